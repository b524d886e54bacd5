package rules

import (
	"slices"
	"testing"
)

func next(t testing.TB, b *Book, q Query) (Question, bool) {
	t.Helper()
	question, more, err := b.Next(q)
	if err != nil {
		t.Fatal(err)
	}
	return question, more
}

// dialog answers every question from given and returns the facts asked, in order.
func dialog(t testing.TB, b *Book, q Query, given Facts) []FactID {
	t.Helper()
	q.Facts = Facts{}
	var asked []FactID
	for {
		question, more := next(t, b, q)
		if !more {
			return asked
		}
		answer, ok := given[question.Fact.ID]
		if !ok {
			t.Fatalf("after %v nobody expects the question %s", asked, question.Fact.ID)
		}
		asked = append(asked, question.Fact.ID)
		q.Facts[question.Fact.ID] = answer
	}
}

func TestTheDialogAsksOnlyWhatTheLawNeeds(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name   string
		topics []TopicID
		given  string
		want   []FactID
	}{
		{"no threat ends it", []TopicID{"harm"}, `{"threat": false, "part2": false}`, []FactID{"threat", "part2"}},
		{
			"one limb is enough, then details are asked",
			[]TopicID{"harm"},
			`{"threat": true, "victim": "named", "aa_licensed_gun": true, "part2": false}`,
			[]FactID{"threat", "victim", "aa_licensed_gun", "part2"},
		},
		{
			"the other limb needs more",
			[]TopicID{"harm"},
			`{"threat": true, "victim": "group", "means": false, "part2": false}`,
			[]FactID{"threat", "victim", "means", "part2"},
		},
		{
			"an exception is asked after the bar",
			[]TopicID{"records"},
			`{"part2": true, "harms": ["physical"], "reported": true}`,
			[]FactID{"part2", "harms", "reported"},
		},
		{
			"an exception that cannot be met is not followed",
			[]TopicID{"records"},
			`{"part2": true, "harms": ["neglect"]}`,
			[]FactID{"part2", "harms"},
		},
		{
			"I don't know is not asked again, and what only it would open is not asked",
			[]TopicID{"harm"},
			`{"threat": null, "victim": "group", "means": true, "part2": false}`,
			[]FactID{"threat", "victim", "means", "part2"},
		},
		{
			"what can only firm up an unsettled rule is not asked",
			[]TopicID{"child"},
			`{"harms": ["neglect"], "part2": false, "minor_now": null}`,
			[]FactID{"harms", "part2", "minor_now"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := dialog(t, b, testQuery(nil, test.topics...), answers(t, b, test.given)); !slices.Equal(got, test.want) {
				t.Errorf("asked is %v and not %v", got, test.want)
			}
		})
	}
}

func TestAQuestionSaysWhichRulesAndElementsNeedIt(t *testing.T) {
	b := testBook(t)
	q := testQuery(Facts{}, "harm")
	for _, step := range []struct {
		answers  string
		fact     FactID
		elements []string // "" for a detail of the rule
	}{
		{`{"threat": true, "part2": false}`, "victim", []string{"named", "wide"}},
		{`{"threat": true, "part2": false, "victim": "group"}`, "means", []string{"able"}},
		{`{"threat": true, "part2": false, "victim": "group", "means": true}`, "aa_licensed_gun", []string{""}},
	} {
		q.Facts = answers(t, b, step.answers)
		question, _ := next(t, b, q)
		var elements []string
		for _, n := range question.For {
			if n.Rule.ID != "us-aa.harm.protect" {
				t.Errorf("%s is asked for %s", question.Fact.ID, n.Rule.ID)
			}
			if n.Element == nil {
				elements = append(elements, "")
				continue
			}
			elements = append(elements, n.Element.ID)
		}
		if question.Fact.ID != step.fact || !slices.Equal(elements, step.elements) {
			t.Errorf("%s is asked for %q, and not %s for %q", question.Fact.ID, elements, step.fact, step.elements)
		}
	}
}

func TestTheMostUrgentConcernIsAskedAboutFirst(t *testing.T) {
	for _, test := range []struct {
		name  string
		order string // of the concern harm; that of child is 20
		want  FactID
	}{
		{"harm first", "order: 10, alternatives", "threat"},
		{"children first", "order: 30, alternatives", "harms"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := testBook(t, "vocabulary.yaml", "order: 10, alternatives", test.order)
			if question, _ := next(t, b, testQuery(nil, "child", "harm")); question.Fact.ID != test.want {
				t.Errorf("asked is %s and not %s", question.Fact.ID, test.want)
			}
		})
	}
}

func TestWhetherABranchIsCertainIsAskedTooWhenTheOneAboveItIsNotKnown(t *testing.T) {
	b := testBook(t, "us-aa.yaml", "- {action: hospitalize}",
		"- {when: reported, all: [{action: hospitalize, when: means || part2}, {action: document}]}")
	q := testQuery(answers(t, b, `{"threat": true, "victim": "named", "aa_licensed_gun": false, "reported": null, "part2": null}`), "harm")
	if question, more := next(t, b, q); !more || question.Fact.ID != "means" {
		t.Errorf("the question is %+v", question)
	}
}

func TestTheNumberOfQuestionsLeftIsNeverTooSmall(t *testing.T) {
	b := testBook(t)
	q := testQuery(nil, "harm", "child")
	q.Licence = "US-BB"
	everyDialog(t, b, q, func(left []int) {
		for i, n := range left {
			if follow := len(left) - i; n < follow {
				t.Fatalf("%d questions followed where %d were announced at most", follow, n)
			}
		}
		if !slices.IsSortedFunc(left, func(x, y int) int { return y - x }) {
			t.Fatalf("the number of questions left grows: %v", left)
		}
	})
}

// everyDialog walks every dialog that can happen, "I don't know" included, and
// calls visit with the announced numbers of questions left.
func everyDialog(t *testing.T, b *Book, q Query, visit func(left []int)) {
	t.Helper()
	q.Facts = Facts{}
	var left []int
	var walk func()
	walk = func() {
		question, more := next(t, b, q)
		if !more {
			visit(left)
			return
		}
		left = append(left, question.Left)
		for _, a := range append(answersTo(question.Fact), dontKnow) {
			q.Facts[question.Fact.ID] = a
			walk()
		}
		delete(q.Facts, question.Fact.ID)
		left = left[:len(left)-1]
	}
	walk()
}
