package rules

import (
	"slices"
	"testing"
)

// saidIn is an invented book in which a statement holds on facts alone.
func saidIn(t *testing.T, when string) *Book {
	t.Helper()
	return testBook(t, "us-bb.yaml", "    topics: [records]\n", "    topics: [records, harm]\n    when: '"+when+"'\n")
}

func TestAStatementIsSaidOnlyWhereItIsTrue(t *testing.T) {
	const when = `threat && victim == "public"`
	b := saidIn(t, when)
	for _, test := range []struct {
		name, facts string
		said        bool
		open        string
	}{
		{"nothing is known", `{}`, true, when},
		{"part of it is met", `{"threat": true}`, true, when},
		{"what is not known stays open", `{"threat": true, "victim": null}`, true, when},
		{"all of it is met", `{"threat": true, "victim": "public"}`, true, ""},
		{"it is not met", `{"threat": true, "victim": "named"}`, false, ""},
		{"it cannot be met any more", `{"threat": false}`, false, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := testQuery(answers(t, b, test.facts), "harm")
			q.Client = "US-BB"
			f := evaluate(t, b, q)
			i := slices.IndexFunc(f.Statements, func(s StatementFinding) bool { return s.Statement.ID == "us-bb.records.none" })
			if said := i >= 0; said != test.said {
				t.Fatalf("the statement is said: %v", said)
			}
			if test.said && f.Statements[i].When != test.open {
				t.Errorf("open is %q and not %q", f.Statements[i].When, test.open)
			}
		})
	}
}

func TestAStatementThatDoesNotHoldLeavesAGap(t *testing.T) {
	b := saidIn(t, "threat")
	q := testQuery(answers(t, b, `{"threat": false}`), "records")
	q.Client = "US-BB"
	if got, want := evaluate(t, b, q).Gaps, []Gap{{"records", "US-BB"}}; !slices.Equal(got, want) {
		t.Errorf("the gaps are %v and not %v", got, want)
	}
}

func TestAStatementNeverCausesAQuestion(t *testing.T) {
	b := saidIn(t, `part2 && "neglect" in harms`)
	plain := testBook(t)
	facts := Facts{}
	for range 10 {
		q := testQuery(facts, "harm", "records")
		q.Client = "US-BB"
		asked, more, err := b.Next(q)
		if err != nil {
			t.Fatal(err)
		}
		before, had, err := plain.Next(q)
		if err != nil {
			t.Fatal(err)
		}
		if more != had || more && asked.Fact.ID != before.Fact.ID {
			t.Fatalf("the statement changes what is asked: %v after %v", asked.Fact, facts)
		}
		if !more {
			return
		}
		facts[asked.Fact.ID] = answersTo(asked.Fact)[0]
	}
	t.Fatal("the questions do not end")
}

func TestTheConditionOfAStatementIsSaidInWords(t *testing.T) {
	b := saidIn(t, `threat && victim == "public"`)
	p, _ := b.Pack("US-BB")
	if got, want := b.SaidWhen(&p.Statements[0]), "Threat voiced: yes and Person in danger: “Anybody”"; got != want {
		t.Errorf("the condition reads %q and not %q", got, want)
	}
	p, _ = testBook(t).Pack("US-BB")
	if got := b.SaidWhen(&p.Statements[0]); got != "" {
		t.Errorf("a statement without condition reads %q", got)
	}
}
