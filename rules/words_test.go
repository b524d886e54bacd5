package rules

import (
	"strings"
	"testing"
)

func TestConditionsAreSaidInTheLabelsOfTheFacts(t *testing.T) {
	t.Parallel()
	b := testBook(t)
	fact := func(id FactID) string { f, _ := b.Fact(id); return f.Short }
	label := func(id FactID, v Value) string { f, _ := b.Fact(id); return "“" + f.label(v) + "”" }
	for _, test := range []struct{ name, when, want string }{
		{"a fact that is yes or no", `threat`, fact("threat") + ": yes"},
		{"its opposite", `!threat`, fact("threat") + ": no"},
		{"one choice", `victim == "named"`, fact("victim") + ": " + label("victim", "named")},
		{"not that choice", `victim != "named"`, fact("victim") + ": not " + label("victim", "named")},
		{
			"one of several", `victim in ["named", "group"]`,
			fact("victim") + ": " + label("victim", "named") + " or " + label("victim", "group"),
		},
		{"a member of a list", `"sexual" in harms`, fact("harms") + " includes " + label("harms", "sexual")},
		{"no member of a list", `!("sexual" in harms)`, fact("harms") + " does not include " + label("harms", "sexual")},
		{
			"an or within an and", `threat && (means || minor_now)`,
			fact("threat") + ": yes and (" + fact("means") + ": yes or " + fact("minor_now") + ": yes)",
		},
		{
			"a long and without parentheses", `threat && means && minor_now`,
			fact("threat") + ": yes and " + fact("means") + ": yes and " + fact("minor_now") + ": yes",
		},
		{
			"a choice of conditions", `threat ? means : false`,
			"if " + fact("threat") + ": yes then " + fact("means") + ": yes, otherwise never",
		},
		{"a condition that is negated as a whole", `!(threat && means)`, "not (" + fact("threat") + ": yes and " + fact("means") + ": yes)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cs, err := newConditions(b.facts)
			if err != nil {
				t.Fatal(err)
			}
			c, err := cs.parse(test.when)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.meets.words(); got != test.want {
				t.Errorf("%s is said as %q, want %q", test.when, got, test.want)
			}
		})
	}
}

func TestEveryShippedConditionCanBeSaid(t *testing.T) {
	t.Parallel()
	b := shippedBook(t)
	for _, r := range b.rules {
		for _, when := range conditionsOf(r.rule) {
			if got := b.InWords(r.rule.ID, when); got == "" || strings.ContainsAny(got, "_&|=!") {
				t.Errorf("%s: %s is said as %q", r.rule.ID, when, got)
			}
		}
	}
	if b.InWords("us-zz.none", "true") != "" || b.InWords("us-ca.harm.protect", "no_such") != "" {
		t.Error("words for a condition that is not there")
	}
}
