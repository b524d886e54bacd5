package rules

import (
	"fmt"
	"testing"
)

func compareAlpha(t *testing.T, edits ...string) []Change {
	t.Helper()
	old, _ := testBook(t).Pack("US-AA")
	next, _ := testBook(t, edits...).Pack("US-AA")
	changes, err := Compare(old, next)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func TestEveryChangeOfAPackIsNamed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, old, next string
		want            []Change
	}{
		{"nothing", "name: Alpha", "name:   Alpha  # as it was", nil},
		{"the day it was looked up", "as_of: 2026-01-15", "as_of: 2026-02-15", []Change{
			{Changed, "pack", "", []TextChange{{"as_of", "2026-01-15", "2026-02-15"}}},
		}},
		{"a condition", "when: 'victim in [\"named\", \"group\"]'", "when: 'victim == \"group\"'", []Change{
			{Changed, "rule", "us-aa.harm.protect", []TextChange{
				{"any_of.crowd.elements.wide.when", `victim in ["named", "group"]`, `victim == "group"`},
			}},
		}},
		{"a recipient's least", "minimum: [The threat]", "minimum: [The threat, The place]", []Change{
			{Changed, "rule", "us-aa.harm.protect", []TextChange{{"tell.1.minimum.2", "", "The place"}}},
		}},
		{"a clock", "hours: 24, from: knowledge, text: Within 24 hours", "hours: 36, from: knowledge, text: Within 24 hours", []Change{
			{Changed, "rule", "us-aa.child.report", []TextChange{{"deadlines.1.hours", "24", "36"}}},
		}},
		{"a number", "phone: 555-0100", "phone: 555-0199", []Change{
			{Changed, "agency", "cps", []TextChange{{"phone", "555-0100", "555-0199"}}},
		}},
		{"a question", "Does the client hold a gun licence?", "Does the client hold a licence?", []Change{
			{Changed, "fact", "aa_licensed_gun", []TextChange{
				{"question", "Does the client hold a gun licence?", "Does the client hold a licence?"},
			}},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := compareAlpha(t, "us-aa.yaml", test.old, test.next)
			if fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
		})
	}
}

func TestARuleWithAnotherNameIsOneGoneAndOneMore(t *testing.T) {
	t.Parallel()
	got := map[string]ChangeKind{}
	for _, c := range compareAlpha(t, "us-aa.yaml", "id: us-aa.harm.protect", "id: us-aa.harm.shield") {
		got[c.ID] = c.Kind
	}
	want := map[string]ChangeKind{"us-aa.harm.protect": Removed, "us-aa.harm.shield": Added}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAPackIsTheSameAsItself(t *testing.T) {
	t.Parallel()
	b := shippedBook(t)
	for _, j := range b.Jurisdictions() {
		pack, _ := b.Pack(j)
		if changes, err := Compare(pack, pack); err != nil || len(changes) > 0 {
			t.Errorf("%s: %v, %v", j, changes, err)
		}
	}
}
