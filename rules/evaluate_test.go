package rules

import (
	"errors"
	"reflect"
	"slices"
	"testing"
)

func TestWhereARuleStands(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name, facts string
		rule        RuleID
		want        Status
		settles     []FactID
	}{
		{"nothing is known", `{}`, "us-aa.harm.protect", Undetermined, []FactID{"threat", "victim", "means"}},
		{"a required element is missed", `{"threat": false}`, "us-aa.harm.protect", DoesNotApply, nil},
		{"one limb is met", `{"threat": true, "victim": "named"}`, "us-aa.harm.protect", Applies, nil},
		{"the other limb is met", `{"threat": true, "victim": "group", "means": true}`, "us-aa.harm.protect", Applies, nil},
		{"no limb is met", `{"threat": true, "victim": "public", "means": true}`, "us-aa.harm.protect", DoesNotApply, nil},
		{"every answer that is left meets it", `{"means": true, "reported": true}`, "us-bb.harm.warn", Applies, nil},
		{"what is not known does not matter", `{"threat": null, "means": true, "reported": true}`, "us-bb.harm.warn", Applies, nil},
		{
			"what is not known matters", `{"threat": true, "means": null, "victim": "group"}`,
			"us-aa.harm.protect", Undetermined,
			[]FactID{"means"},
		},
		{"an exception takes the rule away", `{"part2": true, "harms": ["physical"], "reported": false}`, "us.part2.bar", DoesNotApply, nil},
		{"an exception that may be met", `{"part2": true, "harms": ["physical"]}`, "us.part2.bar", Undetermined, []FactID{"reported"}},
		{"an unsettled rule is met", `{"harms": ["neglect"], "minor_now": true}`, "us-aa.child.neglect", Undetermined, []FactID{}},
		{"an unsettled rule is missed", `{"harms": ["physical"]}`, "us-aa.child.neglect", DoesNotApply, nil},
		{"none of the harms", `{"harms": []}`, "us-aa.child.report", DoesNotApply, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := testQuery(answers(t, b, test.facts), "harm", "child")
			q.Licence = "US-BB"
			f := evaluate(t, b, q).find(t, test.rule)
			if f.Status != test.want || !slices.Equal(f.Settles, test.settles) {
				t.Errorf("the rule ends %s, settled by %v, and not %s, by %v", f.Status, f.Settles, test.want, test.settles)
			}
		})
	}
}

func TestARuleOfLowConfidenceNeverEndsApplies(t *testing.T) {
	b := testBook(t, "us-bb.yaml", "confidence: high", "confidence: low")
	q := testQuery(answers(t, b, `{"threat": true, "means": true}`), "harm")
	q.Client = "US-BB"
	if f := evaluate(t, b, q).find(t, "us-bb.harm.warn"); f.Status != Undetermined {
		t.Errorf("the rule ends %s", f.Status)
	}
	q.Facts = answers(t, b, `{"threat": true, "means": false}`)
	if f := evaluate(t, b, q).find(t, "us-bb.harm.warn"); f.Status != DoesNotApply {
		t.Errorf("the rule ends %s", f.Status)
	}
}

func TestElementsSayWhereEachStands(t *testing.T) {
	b := testBook(t)
	f := evaluate(t, b, testQuery(answers(t, b, `{"threat": true, "victim": "group"}`), "harm")).find(t, "us-aa.harm.protect")
	type stand struct {
		id, limb string
		status   Status
		facts    []FactID
	}
	var got []stand
	for _, e := range f.Elements {
		got = append(got, stand{e.Element.ID, e.Limb, e.Status, e.Facts})
	}
	want := []stand{
		{"told", "", Applies, []FactID{"threat"}},
		{"named", "person", DoesNotApply, []FactID{"victim"}},
		{"wide", "crowd", Applies, []FactID{"victim"}},
		{"able", "crowd", Undetermined, []FactID{"means"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the elements are %v and not %v", got, want)
	}
}

func TestTheMostUrgentComesFirst(t *testing.T) {
	b := testBook(t)
	f := evaluate(t, b, testQuery(answers(t, b, `{"harms": ["neglect"], "threat": true, "victim": "named", "part2": true}`), "harm", "child"))
	var got []RuleID
	for _, r := range f.Rules {
		got = append(got, r.Rule.ID)
	}
	want := []RuleID{"us-aa.harm.protect", "us.part2.bar", "us-aa.child.neglect", "us-aa.child.report"}
	if !slices.Equal(got, want) {
		t.Errorf("the order is %v and not %v", got, want)
	}
}

func TestWithinOneUrgencyTheConcernsOrderDecides(t *testing.T) {
	b := testBook(t, "vocabulary.yaml", "order: 10, alternatives", "order: 30, alternatives")
	f := evaluate(t, b, testQuery(nil, "harm", "child"))
	if f.Rules[0].Rule.ID != "us-aa.child.report" || f.Rules[1].Rule.ID != "us-aa.harm.protect" {
		t.Errorf("the order is %s, %s", f.Rules[0].Rule.ID, f.Rules[1].Rule.ID)
	}
}

func TestWhatSettlesARuleMostLikelyIsNamedFirst(t *testing.T) {
	b := testBook(t)
	f := evaluate(t, b, testQuery(nil, "records")).find(t, "us.part2.bar")
	// One of two answers on part2 settles the rule, none on the others does.
	if want := []FactID{"part2", "harms", "reported"}; !slices.Equal(f.Settles, want) {
		t.Errorf("named are %v and not %v", f.Settles, want)
	}
}

func TestWhoIsBound(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name       string
		profession ProfessionID
		want       []RuleID
	}{
		{
			"a group and anybody bind", "psychologist",
			[]RuleID{"us-aa.harm.protect", "us-aa.child.report", "us.part2.bar", "us-aa.child.neglect"},
		},
		{
			"a rule for one licence leaves the others out", "counselor",
			[]RuleID{"us-aa.harm.protect", "us-aa.child.report", "us.part2.bar"},
		},
		{"an exception from anybody", "intern", []RuleID{"us.part2.bar"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := testQuery(nil, "harm", "child")
			q.Profession = test.profession
			var got []RuleID
			for _, r := range evaluate(t, b, q).Rules {
				got = append(got, r.Rule.ID)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("the rules are %v and not %v", got, test.want)
			}
		})
	}
}

func TestBothPlacesAreLookedAtSideBySide(t *testing.T) {
	b := testBook(t)
	q := testQuery(nil, "harm")
	q.Licence = "US-BB"
	f := evaluate(t, b, q)
	for id, seat := range map[RuleID]Seat{
		"us-aa.harm.protect": SeatClient, "us-bb.harm.warn": SeatLicence, "us.part2.bar": SeatFederal,
	} {
		if got := f.find(t, id).Seat; got != seat {
			t.Errorf("%s has the seat %s and not %s", id, got, seat)
		}
	}
	var packs []JurisdictionID
	for _, p := range f.Packs {
		packs = append(packs, p.Jurisdiction)
		if len(p.Hash) != 64 || p.Review != (Review{}) {
			t.Errorf("the pack of %s has hash %q and review %v", p.Jurisdiction, p.Hash, p.Review)
		}
	}
	if want := []JurisdictionID{"US-AA", "US-BB", "US"}; !slices.Equal(packs, want) {
		t.Errorf("the packs are %v and not %v", packs, want)
	}
	q.Licence = "US-AA"
	if f := evaluate(t, b, q); len(f.Packs) != 2 {
		t.Errorf("a licence from the client's own state is counted twice: %v", f.Packs)
	}
}

func TestARuleOutsideItsPeriodIsLeftOut(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name string
		day  Date
		in   bool
	}{
		{"the day before", Date{2019, 12, 31}, false},
		{"the first day", Date{2020, 1, 1}, true},
		{"the last day", Date{2030, 12, 31}, true},
		{"the day after", Date{2031, 1, 1}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := testQuery(nil, "harm")
			q.Client, q.AsOf = "US-BB", test.day
			f := evaluate(t, b, q)
			in := slices.ContainsFunc(f.Rules, func(r RuleFinding) bool { return r.Rule.ID == "us-bb.harm.warn" })
			if in != test.in {
				t.Errorf("the rule is in: %v", in)
			}
		})
	}
}

func TestSilenceIsAGapAndAStatementIsNot(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name            string
		client, licence JurisdictionID
		profession      ProfessionID
		want            []Gap
	}{
		{"no rule and no statement on a topic", "US-AA", "", "psychologist", []Gap{{"records", "US-AA"}}},
		{"a statement speaks to this licence only", "US-BB", "", "intern", []Gap{{"harm", "US-BB"}, {"records", "US-BB"}}},
		{"a statement speaks", "US-BB", "", "psychologist", nil},
		{"a place without a pack", "US-ZZ", "", "psychologist", []Gap{{"harm", "US-ZZ"}, {"records", "US-ZZ"}}},
		{
			"both places are silent", "US-AA", "US-ZZ", "psychologist",
			[]Gap{{"records", "US-AA"}, {"harm", "US-ZZ"}, {"records", "US-ZZ"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := testQuery(nil, "harm", "records")
			q.Client, q.Licence, q.Profession = test.client, test.licence, test.profession
			if got := evaluate(t, b, q).Gaps; !slices.Equal(got, test.want) {
				t.Errorf("the gaps are %v and not %v", got, test.want)
			}
		})
	}
}

func TestABarPullsAgainstEveryDisclosureThatMayBeDue(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name, facts string
		want        []Conflict
	}{
		{
			"both may apply", `{}`,
			[]Conflict{
				{"us.part2.bar", "us-aa.harm.protect"}, {"us.part2.bar", "us-aa.child.report"}, {"us.part2.bar", "us-aa.child.neglect"},
			},
		},
		{"the bar does not apply", `{"part2": false}`, nil},
		{"only one duty is left", `{"part2": true, "harms": [], "threat": true}`, []Conflict{{"us.part2.bar", "us-aa.harm.protect"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := evaluate(t, b, testQuery(answers(t, b, test.facts), "harm", "child")).Conflicts; !slices.Equal(got, test.want) {
				t.Errorf("the conflicts are %v and not %v", got, test.want)
			}
		})
	}
}

func TestDischargeRecipientsAndClocksAreResolved(t *testing.T) {
	b := testBook(t)
	type outcome struct {
		discharge *Discharge
		tell      []Recipient
		clocks    []string
	}
	resolved := func(facts string) outcome {
		f := evaluate(t, b, testQuery(answers(t, b, facts), "harm")).find(t, "us-aa.harm.protect")
		o := outcome{discharge: f.Discharge, tell: f.Tell}
		for _, d := range f.Deadlines {
			o.clocks = append(o.clocks, d.Form+" if "+d.When)
		}
		return o
	}
	t.Run("what is not excluded stays, with its condition", func(t *testing.T) {
		o := resolved(`{"threat": true, "means": true}`)
		if both := o.discharge.Any[0].All; len(both) != 2 || both[1].When != `victim == "named"` {
			t.Errorf("the discharge is %+v", o.discharge)
		}
		if len(o.tell) != 2 || o.tell[1].When == "" {
			t.Errorf("told are %+v", o.tell)
		}
		if want := []string{"oral if ", "written if aa_licensed_gun"}; !slices.Equal(o.clocks, want) {
			t.Errorf("the clocks are %q and not %q", o.clocks, want)
		}
	})
	t.Run("what is excluded is gone", func(t *testing.T) {
		o := resolved(`{"threat": true, "means": true, "victim": "group", "aa_licensed_gun": false}`)
		if len(o.discharge.Any[0].All) != 1 || len(o.tell) != 1 || len(o.clocks) != 1 {
			t.Errorf("left are %+v", o)
		}
	})
	t.Run("what is certain has no condition any more", func(t *testing.T) {
		o := resolved(`{"threat": true, "means": true, "victim": "named", "aa_licensed_gun": true}`)
		if o.discharge.Any[0].All[1].When != "" || o.tell[1].When != "" || o.clocks[1] != "written if " {
			t.Errorf("left are %+v", o)
		}
	})
	t.Run("the book itself is left alone", func(t *testing.T) {
		rule, _, _ := b.Rule("us-aa.harm.protect")
		if len(rule.Tell) != 2 || rule.Tell[1].When == "" || len(rule.Discharge.Any[0].All) != 2 {
			t.Errorf("the rule has become %+v", rule)
		}
	})
}

func TestABranchIsJudgedWithinTheBranchesAboveIt(t *testing.T) {
	b := testBook(t, "us-aa.yaml", "- {action: hospitalize}",
		`- {when: means, all: [{action: hospitalize, when: means || reported}, {action: document, when: "!means"}]}`)
	f := evaluate(t, b, testQuery(answers(t, b, `{"threat": true, "victim": "named"}`), "harm")).find(t, "us-aa.harm.protect")
	want := Discharge{When: "means", All: []Discharge{{Action: "hospitalize"}}}
	if got := f.Discharge.Any[1]; !reflect.DeepEqual(got, want) {
		t.Errorf("the branch is %+v and not %+v", got, want)
	}
}

func TestAQueryOutsideTheVocabularyIsRefused(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name string
		edit func(*Query)
		want string
	}{
		{"a place that cannot be", func(q *Query) { q.Client = "Texas" }, `"Texas" is no jurisdiction; write US or a code such as US-CA`},
		{"a licence that cannot be", func(q *Query) { q.Licence = "CA" }, `"CA" is no jurisdiction; write US or a code such as US-CA`},
		{"an unknown profession", func(q *Query) { q.Profession = "barber" }, `unknown profession "barber"; known are counselor, intern, psychologist`},
		{"an unknown topic", func(q *Query) { q.Topics = []TopicID{"hram"} }, `unknown topic "hram"; did you mean "harm"?`},
		{"no day", func(q *Query) { q.AsOf = Date{} }, "the query does not say which day's law it asks for"},
		{"an unknown fact", func(q *Query) { q.Facts = Facts{"threats": known(Yes)} }, `unknown fact "threats"; did you mean "threat"?`},
		{"an unknown answer", func(q *Query) { q.Facts = Facts{"victim": known("me")} }, `"me" is no answer to fact "victim"; give one of [named group public]`},
		{"two answers where one belongs", func(q *Query) { q.Facts = Facts{"threat": known(No, Yes)} }, `fact "threat" has 2 answers; give one of [no yes]`},
		{"one member twice", func(q *Query) { q.Facts = Facts{"harms": known("sexual", "sexual")} }, `fact "harms" is answered with "sexual" twice`},
		{
			"an answer that is also unknown", func(q *Query) { q.Facts = Facts{"threat": {Values: []Value{Yes}, Unknown: true}} },
			`fact "threat" is answered with values and with I don't know`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := testQuery(nil, "harm")
			test.edit(&q)
			_, err := b.Evaluate(q)
			var refused *QueryError
			if !errors.As(err, &refused) || err.Error() != test.want {
				t.Errorf("the error is %v and not %s", err, test.want)
			}
			if _, _, err := b.Next(q); err == nil || err.Error() != test.want {
				t.Errorf("the error of Next is %v and not %s", err, test.want)
			}
		})
	}
}

func TestFederalLawAloneCanBeAsked(t *testing.T) {
	b := testBook(t)
	q := testQuery(nil, "harm", "records")
	q.Client = Federal
	f := evaluate(t, b, q)
	if len(f.Rules) != 1 || f.Rules[0].Seat != SeatFederal || len(f.Statements) != 1 || len(f.Packs) != 1 || f.Gaps != nil {
		t.Errorf("the finding is %+v", f)
	}
}
