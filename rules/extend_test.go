package rules

import (
	"strings"
	"testing"
	"testing/fstest"
)

// ownPack is a practice's own pack with one rule more for Alpha.
const ownPack = `jurisdiction: US-AA
name: Alpha, practice rules
as_of: 2026-02-01
facts:
  - {id: own_school, kind: bool, question: 'Was it at our school site?', short: School site}
rules:
  - id: own.harm.call
    topics: [harm]
    effect: must
    title: Call the school's guard
    summary: House rule of this practice.
    basis: [ethics_code]
    citations: [House Rules 4]
    professions: [any]
    elements:
      - {id: told, text: The client voiced a threat, when: threat && own_school}
    discharge: {action: call_guard, agency: cps}
    sign_off: concurrent
    sources: [{title: House rules}]
    confidence: high
`

const ownActions = `- {id: call_guard, label: Call the guard, detail: The number is at the desk., discloses: true}
`

func practice(files ...string) fstest.MapFS {
	folder := fstest.MapFS{}
	for ; len(files) >= 2; files = files[2:] {
		folder[files[0]] = &fstest.MapFile{Data: []byte(files[1])}
	}
	return folder
}

func TestAPracticeAddsRulesFactsAndActions(t *testing.T) {
	shipped := testBook(t)
	b, err := shipped.Extend(practice("us-aa.yaml", ownPack, "actions.yaml", ownActions))
	if err != nil {
		t.Fatal(err)
	}
	f := evaluate(t, b, testQuery(answers(t, b, `{"threat": true, "own_school": true}`), "harm"))
	if own := f.find(t, "own.harm.call"); own.Status != Applies || own.Discharge.Agency != "cps" {
		t.Errorf("the practice's rule is %+v", own)
	}
	if f.find(t, "us-aa.harm.protect").Status != Undetermined {
		t.Error("the shipped rule is touched")
	}
	var packs []string
	for _, p := range f.Packs {
		packs = append(packs, p.Name)
	}
	if got := strings.Join(packs, "; "); got != "Alpha; Alpha, practice rules; Federal law" {
		t.Errorf("the finding rests on %s", got)
	}
	before, _ := shipped.Pack("US-AA")
	after, _ := b.Pack("US-AA")
	if before.Hash != after.Hash {
		t.Error("the shipped pack has another hash, which would void its review")
	}
	if _, ok := shipped.Fact("own_school"); ok {
		t.Error("the shipped book has changed")
	}
	if f := evaluate(t, shipped, testQuery(nil, "harm")); len(f.Rules) != 2 {
		t.Errorf("the shipped book has the rules %v", f.Rules)
	}
}

func TestAPracticeBringsThePackOfAnotherPlace(t *testing.T) {
	b, err := testBook(t).Extend(practice("us-zz.yaml", strings.NewReplacer(
		"US-AA", "US-ZZ", ", agency: cps", "", "call_guard", "call_police", "own_school", "zz_school",
	).Replace(ownPack)))
	if err != nil {
		t.Fatal(err)
	}
	q := testQuery(nil, "harm")
	q.Client = "US-ZZ"
	if f := evaluate(t, b, q); len(f.Gaps) != 0 || f.Rules[0].Rule.ID != "own.harm.call" {
		t.Errorf("the finding is %+v", f)
	}
}

func TestAPracticeCannotLoosenTheLaw(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{
			"by redefining a rule",
			[]string{"us-aa.yaml", strings.Replace(ownPack, "own.harm.call", "us-aa.harm.protect", 1), "actions.yaml", ownActions},
			`us-aa.yaml:7: the rule "us-aa.harm.protect" is there already; a practice adds and never redefines: use an id that is not taken`,
		},
		{
			"by redefining a fact",
			[]string{"us-aa.yaml", strings.ReplaceAll(ownPack, "own_school", "means"), "actions.yaml", ownActions},
			`us-aa.yaml:5: the fact "means" is there already; a practice adds and never redefines: use an id that is not taken`,
		},
		{
			"by redefining an action",
			[]string{"actions.yaml", strings.Replace(ownActions, "call_guard", "call_police", 1)},
			`actions.yaml:1: the action "call_police" is there already; a practice adds and never redefines: use an id that is not taken`,
		},
		{
			"by sending reports elsewhere",
			[]string{"us-aa.yaml", strings.Replace(ownPack, "rules:", "agencies: [{id: cps, name: Us, phone: 555-0199, confirmed: true}]\nrules:", 1), "actions.yaml", ownActions},
			`us-aa.yaml:6: the agency of US-AA "cps" is there already; a practice adds and never redefines: use an id that is not taken`,
		},
		{
			"by barring what it demands",
			[]string{"us-aa.yaml", strings.Replace(ownPack, "effect: must", "effect: must_not\n    bars: true", 1), "actions.yaml", ownActions},
			"us-aa.yaml:10: a practice cannot bar what the law demands; leave bars out",
		},
		{
			"by another vocabulary",
			[]string{"vocabulary.yaml", "topics: []\n"},
			"vocabulary.yaml:1: a practice cannot change the vocabulary; declare facts of your own in a pack, under facts",
		},
		{
			"by making a duty wait",
			[]string{"us-aa.yaml", strings.Replace(ownPack, "concurrent", "required", 1), "actions.yaml", ownActions},
			"us-aa.yaml:18: what must be done never waits for a sign-off; write concurrent",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := testBook(t).Extend(practice(test.files...))
			if err == nil || err.Error() != test.want {
				t.Errorf("the error is\n%v\nand not\n%s", err, test.want)
			}
		})
	}
}

func TestAPracticesMistakesAreNamedLikeAnyOthers(t *testing.T) {
	_, err := testBook(t).Extend(practice("us-aa.yaml", strings.Replace(ownPack, "threat && own_school", "thret && own_scool", 1)))
	want := []string{
		`us-aa.yaml:16: unknown fact "thret"; did you mean "threat"?`,
		`us-aa.yaml:16: unknown fact "own_scool"; did you mean "own_school"?`,
		`us-aa.yaml:17: unknown action "call_guard"; known are`,
	}
	if err == nil {
		t.Fatal("the pack is accepted")
	}
	for i, line := range strings.Split(err.Error(), "\n") {
		if i >= len(want) || !strings.HasPrefix(line, want[i]) {
			t.Errorf("fault %d is %s", i, line)
		}
	}
}
