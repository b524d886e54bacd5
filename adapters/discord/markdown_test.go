package discord

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// plain is what Discord shows of an escaped text: a backslash before any sign
// shows the sign.
func plain(markdown string) string {
	return regexp.MustCompile(`\\([^0-9A-Za-z\s])`).ReplaceAllString(markdown, "$1")
}

func TestNothingInATextMeansAnything(t *testing.T) {
	for text, want := range map[string]string{
		"plain words, 5 p.m. (or so)": "plain words, 5 p.m. (or so)",
		"*bold* _low_ ~~no~~ `code`":  `\*bold\* \_low\_ \~\~no\~\~ \` + "`code\\`",
		"||hidden||":                  `\|\|hidden\|\|`,
		"> quote\n# head\n- item":     "\\> quote\n\\# head\n\\- item",
		"  - indented":                `  \- indented`,
		"-# small":                    `\-\# small`,
		"1. first\n12) second":        "1\\. first\n12\\) second",
		"at 1. on the list":           "at 1. on the list",
		"@everyone <@123> <#1> <t:1>": `\@everyone \<\@123\> \<\#1\> \<t:1\>`,
		"[x](https://example.test)":   `\[x\](https\://example.test)`,
		"45 CFR 164.512(j)":           "45 CFR 164.512(j)",
		`a\b`:                         `a\\b`,
		"well-being - yes":            "well-being - yes",
	} {
		if got := escaped(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzAnEscapedTextIsShownAsItWasWritten(f *testing.F) {
	f.Add("*a* _b_ <@1> [x](https://y)\n- z\n12. q")
	f.Add("\\*\\\\")
	live := regexp.MustCompile("(^|[^\\\\])(\\\\\\\\)*[*_~`|<>\\[\\]@#]")
	f.Fuzz(func(t *testing.T, text string) {
		if !strings.ContainsRune(text, '\uFFFD') && plain(escaped(text)) != strings.ToValidUTF8(text, "\uFFFD") {
			t.Errorf("%q is shown as %q", text, plain(escaped(text)))
		}
		if back, ok := unescaped(escaped(text)); utf8.ValidString(text) && (!ok || back != text) {
			t.Errorf("%q is read back as %q", text, back)
		}
		if read, ok := unescaped(text); ok && escaped(read) != text {
			t.Errorf("%q is taken for what %q is set as", text, read)
		}
		if found := live.FindString(escaped(text)); found != "" {
			t.Errorf("%q: %q is live in %q", text, found, escaped(text))
		}
	})
}

func TestALongTextIsDividedAtSpacesAndLosesNoWord(t *testing.T) {
	long := strings.Repeat("word 😀 ", 900)
	all := parts(long, 100)
	for _, p := range all {
		if width(p) > 100 {
			t.Errorf("a part of %d", width(p))
		}
	}
	if got := strings.Fields(strings.Join(all, " ")); len(got) != 1800 {
		t.Errorf("%d words, want 1800", len(got))
	}
	if got := parts(strings.Repeat("x", 250), 100); len(got) != 3 || strings.Join(got, "") != strings.Repeat("x", 250) {
		t.Errorf("a text without spaces came as %q", got)
	}
}

func TestWhatIsCutSaysSo(t *testing.T) {
	for text, want := range map[string]string{"short": "short", "exactly 10": "exactly 10", "eleven long": "eleven lo…", "😀😀😀😀😀😀": "😀😀😀😀…"} {
		if got := shortened(text, 10); got != want || width(got) > 10 {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
