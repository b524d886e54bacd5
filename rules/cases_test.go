package rules

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// testCases reads one file of cases beside the invented book.
func testCases(b *Book, name, text string) ([]Case, error) {
	return b.ReadCases(fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}})
}

func TestCasesThatEndAsExpectedHaveNoFaults(t *testing.T) {
	b := testBook(t)
	cases, err := b.ReadCases(os.DirFS("testdata/book"))
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 4 {
		t.Errorf("there are %d cases", len(cases))
	}
	if faults := b.RunCases(cases); len(faults) > 0 {
		t.Errorf("the faults are %v", faults)
	}
}

func TestACaseThatEndsOtherwiseSaysWhereAndWhy(t *testing.T) {
	b := testBook(t)
	cases, err := testCases(b, "cases/us-aa.yaml", `
- name: A threat is enough
  profession: psychologist
  facts: {threat: true}
  expect: {us-aa.harm.protect: applies}
`)
	if err != nil {
		t.Fatal(err)
	}
	want := "cases/us-aa.yaml:2: A threat is enough: us-aa.harm.protect ends undetermined (waits for victim or means); expected applies"
	if faults := b.RunCases(cases); len(faults) != 1 || faults[0].String() != want {
		t.Errorf("the faults are %v and not %s", faults, want)
	}
}

func TestMistakesInCasesAreNamed(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"no pack of this name", "cases/us-zz.yaml", "[]", "cases/us-zz.yaml: there is no pack of this name; name the file after its pack, such as us-ca.yaml"},
		{"an unknown key", "cases/us-aa.yaml", "- {nam: x}", `cases/us-aa.yaml:1: unknown key "nam"; did you mean "name"?`},
		{"no name", "cases/us-aa.yaml", "- {profession: intern, expect: {us-aa.harm.protect: applies}}", "cases/us-aa.yaml:1: the case has no name; write a sentence that says what it shows"},
		{"nothing expected", "cases/us-aa.yaml", "- {name: x, profession: intern}", "cases/us-aa.yaml:1: the case expects nothing; name rules and where they must end"},
		{"an unknown rule", "cases/us-aa.yaml", "- {name: x, profession: intern, expect: {us-aa.harm.protct: applies}}", `cases/us-aa.yaml:1: unknown rule "us-aa.harm.protct"; did you mean "us-aa.harm.protect"?`},
		{"another state's rule", "cases/us-aa.yaml", "- {name: x, profession: intern, expect: {us-bb.harm.warn: applies}}", "cases/us-aa.yaml:1: the case does not look at the law of US-BB; name it as licence, or leave the rule out"},
		{"no status", "cases/us-aa.yaml", "- {name: x, profession: intern, expect: {us-aa.harm.protect: maybe}}", `cases/us-aa.yaml:1: "maybe" is no status; write applies, does_not_apply or undetermined`},
		{"an unknown fact", "cases/us-aa.yaml", "- {name: x, profession: intern, facts: {thret: true}, expect: {us-aa.harm.protect: applies}}", `cases/us-aa.yaml:1: unknown fact "thret"; did you mean "threat"?`},
		{"an unknown answer", "cases/us-aa.yaml", "- {name: x, profession: intern, facts: {victim: me}, expect: {us-aa.harm.protect: applies}}", `cases/us-aa.yaml:1: "me" is no answer to fact "victim"; give one of [named group public]`},
		{"a mapping for an answer", "cases/us-aa.yaml", "- {name: x, profession: intern, facts: {victim: {a: b}}, expect: {us-aa.harm.protect: applies}}", `cases/us-aa.yaml:1: fact "victim": an answer is true, false`},
		{"no YAML", "cases/us-aa.yaml", "- [", "cases/us-aa.yaml:"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := testCases(testBook(t), test.file, test.text)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("the error is\n%v\nand not\n%s", err, test.want)
			}
		})
	}
}

func TestShippedCasesEndAsExpected(t *testing.T) {
	b := shippedBook(t)
	cases, err := b.ReadCases(ShippedFiles())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.RunCases(cases) {
		t.Error(f)
	}
}

func TestShippedPacksHaveNoFaults(t *testing.T) {
	for _, f := range shippedBook(t).Lint(Date{2026, 12, 1}) {
		if f.Severity == Error {
			t.Error(f)
		}
	}
}

func TestAnswersInCasesAreThoseOfJSON(t *testing.T) {
	b := testBook(t)
	cases, err := testCases(b, "cases/us-aa.yaml", `
- name: every form
  profession: intern
  facts: {threat: true, means: false, victim: named, harms: [sexual, physical], reported: null}
  expect: {us-aa.harm.protect: applies}
`)
	if err != nil {
		t.Fatal(err)
	}
	want := answers(t, b, `{"threat": true, "means": false, "victim": "named", "harms": ["physical", "sexual"], "reported": null}`)
	got := cases[0].Query
	if fmt.Sprint(got.Facts) != fmt.Sprint(want) || !slices.Equal(got.Topics, []TopicID{"harm"}) || got.AsOf != (Date{2026, 1, 15}) {
		t.Errorf("the query is %+v", got)
	}
}
