package dialog

import (
	"strings"
	"testing"

	"curbside/rules"
)

func TestTwoLawsAreShownSideBySide(t *testing.T) {
	book := shipped(t)
	env := Env{Book: book, Practice: &Practice{}}
	told := func(client, licence rules.JurisdictionID) []string {
		k := Case{Where: WhereKnown, Client: client, Licence: licence, Profession: "psychologist", Topics: []rules.TopicID{"harm_to_others"}, AsOf: rules.Date{Year: 2026, Month: 11, Day: 21}, Facts: rules.Facts{
			"danger": {Values: []rules.Value{"imminent"}}, "harm_feared": {Values: []rules.Value{"serious"}},
			"threat_source": {Values: []rules.Value{"client"}}, "target": {Values: []rules.Value{"identified"}},
		}}
		return differences(env, k, studied(env, Consult{Case: k}))
	}

	two := told("US-TX", "US-CA")
	if len(two) != 3 {
		t.Fatalf("%q, want a line for each place and the open question", two)
	}
	for i, want := range []string{"You may tell medical, mental health or law enforcement", "California, where you are licensed: You must: Protect", "a question that the law leaves open"} {
		if !strings.Contains(two[i], want) {
			t.Errorf("line %d is %q and does not say %q", i, two[i], want)
		}
	}
	if strings.Contains(two[0], "You must: Protect") {
		t.Errorf("Texas is given California's duty: %q", two[0])
	}
	for name, got := range map[string][]string{
		"one place":       told("US-CA", "US-CA"),
		"no licence yet":  told("US-CA", NoLicence),
		"licence not yet": told("US-CA", ""),
	} {
		if got != nil {
			t.Errorf("%s: %q, want nothing", name, got)
		}
	}
}
