package rules

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAQuestionComesAfterTheOneThatGivesItASense(t *testing.T) {
	const twofold = `when: 'victim != "public" && means'`
	edit := []string{"us-bb.yaml", `when: "threat ? means : reported"`, twofold}
	q := testQuery(nil, "harm")
	q.Client = "US-BB"
	if asked := dialog(t, testBook(t, edit...), q, answers(t, testBook(t), `{"means": false, "part2": false}`)); asked[1] != "means" {
		t.Fatalf("without an order %v is asked, and the test shows nothing", asked)
	}
	edit = append(edit, "vocabulary.yaml", "short: Means, order: 30,", "short: Means, order: 30, after: [victim],")
	b := testBook(t, edit...)
	given := answers(t, b, `{"victim": "named", "means": false, "part2": false}`)
	if asked := dialog(t, b, q, given); !slices.Equal(asked, []FactID{"part2", "victim", "means"}) {
		t.Errorf("asked is %v", asked)
	}
	given = answers(t, b, `{"victim": "public", "part2": false}`)
	if asked := dialog(t, b, q, given); !slices.Equal(asked, []FactID{"part2", "victim"}) {
		t.Errorf("asked is %v", asked)
	}
}

// No consult, whatever is answered, asks what another question would have settled
// first: who consented for a minor before the age, how a threat was worded before
// whether there was one.
func TestNoPackTurnsQuestionsRound(t *testing.T) {
	b := shippedBook(t)
	random := rand.New(rand.NewPCG(7, 11))
	for _, j := range b.Jurisdictions() {
		for _, topic := range b.Vocabulary().Topics {
			for _, profession := range []ProfessionID{"psychologist", "psychiatrist", "addiction_counselor"} {
				q := Query{Client: j, Profession: profession, Topics: []TopicID{topic.ID}, Facts: Facts{}, AsOf: Date{2026, 11, 21}}
				var asked []FactID
				for question, more := next(t, b, q); more; question, more = next(t, b, q) {
					f := question.Fact
					for _, earlier := range asked {
						if old, _ := b.Fact(earlier); slices.Contains(old.After, f.ID) {
							t.Errorf("%s, %s, %s: %q is asked before %q", j, topic.ID, profession, old.Question, f.Question)
						}
					}
					asked = append(asked, f.ID)
					possible := answersTo(f)
					q.Facts[f.ID] = possible[random.IntN(len(possible))]
				}
			}
		}
	}
}
