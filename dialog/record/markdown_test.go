package record

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s; run the test with -update and review the diff. got:\n%s", path, got)
	}
}

func TestEveryBlockHasItsMarkdown(t *testing.T) {
	t.Parallel()
	golden(t, "sample.md", Markdown(sample()))
}

func TestMarkdownEscapes(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"a citation stays readable":                {"Cal. Civ. Code § 43.92(b)(1)", "Cal. Civ. Code § 43.92(b)(1)"},
		"a time stays readable":                    {"20 Nov 2026, 13:05 PST", "20 Nov 2026, 13:05 PST"},
		"stars and underscores are no emphasis":    {"*a* _b_", `\*a\* \_b\_`},
		"a link is no link":                        {"[a](b)", `\[a\](b)`},
		"a bare address is no link":                {"https://x.example www.x.example", `https\://x.example www\.x.example`},
		"a mail address is no link":                {"a@b.example", `a\@b.example`},
		"a mention reaches nobody":                 {"<@U123> @here", `\<\@U123\> \@here`},
		"a tag is no tag":                          {"<b>&amp;</b>", `\<b\>\&amp;\</b\>`},
		"a hash is no heading":                     {"# a #", `\# a \#`},
		"a number opens no list":                   {"12. a", `12\. a`},
		"a number with a bracket opens no list":    {"3) a", `3\) a`},
		"a dash opens no list":                     {"- a - b", `\- a - b`},
		"a fence is no code":                       {"``` a", "\\`\\`\\` a"},
		"a task is not ticked by its words":        {"[x] a", `\[x\] a`},
		"a colon names no emoji":                   {":skull: and 1:2", `\:skull: and 1:2`},
		"mathematics and strikes are text":         {"$a$ ~b~ ^c^ {d}", `\$a\$ \~b\~ \^c\^ \{d\}`},
		"a backslash is a backslash":               {`\*`, `\\\*`},
		"line breaks are spaces":                   {"a\n\n# b\r\n\tc", `a \# b c`},
		"a mark that turns text round is seen":     {"a\u202eb", "a\ufffdb"},
		"an invalid byte is seen":                  {"a\xffb", "a\ufffdb"},
		"a soft hyphen is no character":            {"un\u00adder", "under"},
		"two code points of one letter become one": {"e\u0301", "\u00e9"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := escape(tc.in); got != tc.want {
				t.Errorf("escape(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestEmptyPartsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	d := Document{Title: "T", Handle: "h", Sections: []Section{{Heading: "Gone"}, {Heading: "S", Blocks: []Block{
		Paragraph{}, Paragraph{Tone: Alert}, Table{}, List{}, Timeline{}, Blanks{}, Checklist{},
	}}}}
	if got, want := string(Markdown(d)), "# T\n\nh\n\n## S\n"; got != want {
		t.Errorf("Markdown = %q, want %q", got, want)
	}
}

func FuzzMarkdownShowsWhatWasWritten(f *testing.F) {
	for _, s := range []string{"", "a *b*", "1. x", "\\", "\u202e", "|---|", "#", "www.a:b", "é\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := escape(s)
		if strings.ContainsAny(got, "\n\r") {
			t.Errorf("escape(%q) = %q, which has more than one line", s, got)
		}
		var shown strings.Builder
		for i := 0; i < len(got); i++ {
			if got[i] == '\\' {
				i++
				if i == len(got) || !strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", rune(got[i])) {
					t.Fatalf("escape(%q) = %q, whose backslash at %d escapes nothing", s, got, i-1)
				}
			} else if strings.IndexByte(alwaysMarkup, got[i]) >= 0 {
				t.Fatalf("escape(%q) = %q, which leaves %q bare", s, got, got[i])
			}
			shown.WriteByte(got[i])
		}
		if shown.String() != plain(s) {
			t.Errorf("escape(%q) shows %q, want %q", s, shown.String(), plain(s))
		}
		if lines := bytes.Count(Markdown(Document{Title: s, Lead: s}), []byte("\n")); lines > 5 {
			t.Errorf("a text spread over %d lines", lines)
		}
	})
}
