package deid_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func seeds(f *testing.F) {
	for _, s := range []string{
		"", "Client Marcus called 614-555-0188 on 6/30.", "[name] and [name 2]", "C a n d a c e", "\xff", "<@U123> <t:1:D> <https://a.example|b>",
		"ninety-nine", "Ma\u200brcus \U0001F389 \uFF27\uFF52\uFF41\uFF43\uFF45", "§ 43.92", "State v. Whitfield", "a@b.c", "1/2 of 3", "«Łukasz»", "e\u0301\u0301",
		"the only rabbi in town", "June the thirtieth", "I-81 exit 212", "the the of of in in", "<@ a <@ a", "12 12 12 12",
	} {
		f.Add(s)
	}
}

// FuzzFind: no panic; spans in order, inside the text and on rune borders;
// what was scrubbed once is left alone.
func FuzzFind(f *testing.F) {
	seeds(f)
	s := scrubber(f)
	f.Fuzz(func(t *testing.T, text string) {
		spans := s.Find(text)
		end := 0
		for _, sp := range spans {
			if sp.Start < end || sp.End <= sp.Start || sp.End > utf8.RuneCountInString(text) {
				t.Fatalf("span %+v after %d in %d code points", sp, end, utf8.RuneCountInString(text))
			}
			if sp.Kind == "unreadable" && utf8.ValidString(text) {
				t.Fatal("looking through a text failed")
			}
			if sp.Why == "" || sp.Replacement == "" {
				t.Fatalf("span %+v does not say why or what instead", sp)
			}
			end = sp.End
		}
		once, _ := s.Replace(text)
		if twice, again := s.Replace(once); twice != once {
			t.Fatalf("scrubbing again finds %+v: %q became %q", again, once, twice)
		}
	})
}

// FuzzHide: no letter of an identifier survives, whatever it is, wherever it
// stands and however it is disguised, between words of the fuzzer's choice.
func FuzzHide(f *testing.F) {
	f.Add(uint64(1), "")
	f.Add(uint64(2), "Client denies SI")
	f.Add(uint64(3), "PHQ-9 14")
	s := scrubber(f)
	f.Fuzz(func(t *testing.T, seed uint64, around string) {
		text, start, end := hide(rand.New(rand.NewPCG(seed, seed)))
		around = strings.ToValidUTF8(around, "")
		lead := around + "\n\n"
		shift := utf8.RuneCountInString(lead)
		text = lead + text
		if got := left(text, s.Find(text), start+shift, end+shift); got != "" {
			t.Fatalf("%q survives of %q in %q", got, string([]rune(text)[start+shift:end+shift]), text)
		}
	})
}
