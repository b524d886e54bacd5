package fold_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"curbside/dialog/deid/internal/fold"
)

func TestFoldingUndoesDisguises(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"capitals":                 {"GRACE", "grace"},
		"a zero-width space":       {"Gra\u200bce", "grace"},
		"a soft hyphen":            {"Gra\u00adce", "grace"},
		"a word joiner":            {"Gra\u2060ce", "grace"},
		"a variation selector":     {"Gra\ufe0fce", "grace"},
		"a tag character":          {"Gra\U000E0041ce", "grace"},
		"a Hangul filler":          {"Gra\u115fce", "grace"},
		"an emoji in the middle":   {"Gra🎉ce", "grace"},
		"an emoji of several":      {"Gra👩‍👧ce", "grace"},
		"marks that compose":       {"Nguyễn", "nguyen"},
		"marks that do not":        {"G\u0301r\u0301ace", "grace"},
		"letters with a stroke":    {"Łukasz Ødegård", "lukasz odegard"},
		"a sharp s":                {"Strauß", "strauss"},
		"Cyrillic look-alikes":     {"Сапdасе", "candace"},
		"Greek look-alikes":        {"Κατε", "kate"},
		"Cherokee look-alikes":     {"ᎪᏞᎬᎻ", "aleh"},
		"small capitals":           {"ɢʀᴀᴄᴇ", "grace"},
		"full-width letters":       {"Ｇｒａｃｅ", "grace"},
		"mathematical letters":     {"𝓖𝓻𝓪𝓬𝓮", "grace"},
		"circled letters":          {"Ⓖⓡⓐⓒⓔ", "grace"},
		"letters in boxes":         {"🅶🅡🄰🅲🅴", "grace"},
		"flags that spell":         {"🇬🇷🇦🇨🇪", "grace"},
		"full-width digits":        {"６１４", "614"},
		"Arabic digits":            {"٦١٤", "614"},
		"Devanagari digits":        {"६१४", "614"},
		"mathematical digits":      {"𝟔𝟙𝟦", "614"},
		"superscripts":             {"⁶¹⁴", "614"},
		"a typographic apostrophe": {"O’Dowd", "o'dowd"},
		"an en dash":               {"412–55", "412-55"},
		"a ligature":               {"ﬁrst", "first"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := fold.Word(tc.in); got != tc.want {
				t.Errorf("Word(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

// FuzzFold: every byte knows where it came from, in order; folding the copy
// changes nothing; what nobody sees makes no difference.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Grace", "Nguyễn 🎉 ６１４", "e\u0301", "\u200b\u200b", "ﬁ½™", "§", "중국", "👩‍👧"} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, at int) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		text := fold.New(s)
		if text.Runes != utf8.RuneCountInString(s) || len(text.Copy) != len(text.Origin) || len(text.Copy) != len(text.Traits) {
			t.Fatalf("the copy does not match its map: %d %d %d", len(text.Copy), len(text.Origin), len(text.Traits))
		}
		last := int32(0)
		for i, o := range text.Origin {
			if o < last || int(o) >= text.Runes {
				t.Fatalf("byte %d comes from code point %d, after %d of %d", i, o, last, text.Runes)
			}
			last = o
		}
		if !utf8.Valid(text.Copy) {
			t.Fatalf("the copy %q is no UTF-8", text.Copy)
		}
		runes := []rune(s)
		if at < 0 || at > len(runes) {
			return
		}
		split := string(runes[:at]) + "\u200b" + string(runes[at:])
		if got := fold.Word(split); got != string(text.Copy) {
			t.Fatalf("%q folds to %q, with something invisible inside to %q", s, text.Copy, got)
		}
		if strings.ContainsRune(string(text.Copy), '\u200b') {
			t.Fatalf("something invisible is left in %q", text.Copy)
		}
	})
}
