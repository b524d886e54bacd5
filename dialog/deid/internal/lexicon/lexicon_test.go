package lexicon_test

import (
	"testing"

	"curbside/dialog/deid/internal/lexicon"
)

func TestWordsAreFoundWithTheClassesOfAllTheirLists(t *testing.T) {
	t.Parallel()
	l, err := lexicon.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]lexicon.Class{
		"the":          lexicon.Words20 | lexicon.Function,
		"hope":         lexicon.Words20 | lexicon.Given1 | lexicon.Place,
		"whitfield":    lexicon.Surname1,
		"zainab":       lexicon.Given2,
		"sertraline":   lexicon.Clinical,
		"new":          lexicon.Words20 | lexicon.Opens,
		"new york":     lexicon.Place | lexicon.Region,
		"waiting room": lexicon.Compound,
		"hope that":    lexicon.Adjacent,
		"at risk":      lexicon.Usage,
	} {
		if got := l.Classes(word); got&want != want {
			t.Errorf("Classes(%q) = %b, want at least %b", word, got, want)
		}
		if got, again := l.Classes(word), l.ClassesOf([]byte(word)); got != again {
			t.Errorf("%q has %b as text and %b as bytes", word, got, again)
		}
	}
	for _, word := range []string{"", "sertralin", "sertralinee", "new yorkk", "hope tha"} {
		if got := l.Classes(word); got != 0 {
			t.Errorf("Classes(%q) = %b, want nothing", word, got)
		}
	}
}
