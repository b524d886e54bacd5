package rules

import (
	"fmt"
	"testing"
)

func TestAnUnknownWordIsAnsweredWithWhatWasMeant(t *testing.T) {
	t.Parallel()
	many := []string{"threat_explicit", "threat_source", "target", "explicit_means"}
	for i := range mostKnown {
		many = append(many, fmt.Sprintf("other_%02d", i))
	}
	for _, test := range []struct {
		name, word string
		known      []string
		want       string
	}{
		{"a slip of one letter", "thraet_source", many, `did you mean "threat_source"?`},
		{"a word unlike the few there are", "x", many[:3], "known are threat_explicit, threat_source, target"},
		{
			"a word that shares parts with some of many", "was_threat_that_was_explicit", many,
			"of 34 the nearest are threat_explicit, threat_source, explicit_means, target, other_00",
		},
		{"nothing to choose from", "x", nil, "there is none to choose from"},
	} {
		if got := suggest(test.word, test.known); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
