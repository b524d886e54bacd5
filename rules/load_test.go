package rules

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"
)

func TestEveryMistakeIsNamedWithLineAndRemedy(t *testing.T) {
	for _, test := range []struct {
		name, file, old, new string
		want                 []string // "@" stands for the line of the mistake
	}{
		{
			"a misspelt key", "us-aa.yaml", "citations: [Alpha Code § 10]", "citation: [Alpha Code § 10]",
			[]string{`us-aa.yaml:@: unknown key "citation"; did you mean "citations"?`},
		},
		{
			"a misspelt key in a flow mapping", "us-aa.yaml", "immediate: law, from", "imediate: law, from",
			[]string{
				`us-aa.yaml:@: unknown key "imediate"; did you mean "immediate"?`,
				"us-aa.yaml:@: the clock has no length; write hours, working_days or immediate",
			},
		},
		{
			"a word where a number belongs", "us-aa.yaml", "hours: 24, from: knowledge, text: Within a day", "hours: soon, from: knowledge, text: Within a day",
			[]string{
				"us-aa.yaml:@: `soon` is no value of this key; write a whole number",
				"us-aa.yaml:@: the clock has no length; write hours, working_days or immediate",
			},
		},
		{
			"an id that no button can hold", "us-aa.yaml", "id: us-aa.child.neglect", "id: us-aa.child.neglect_by_somebody_who_lives_elsewhere_now",
			[]string{`us-aa.yaml:@: the id "us-aa.child.neglect_by_somebody_who_lives_elsewhere_now" of the rule has 55 characters; use at most 50: it has to fit a button of every platform`},
		},
		{
			"no YAML", "us-bb.yaml", "jurisdiction: US-BB", "jurisdiction: [US-BB",
			[]string{"us-bb.yaml:@: did not find expected ',' or ']'; write valid YAML: quote a text"},
		},
		{
			"a second document", "us-bb.yaml", "statements:", "---\nstatements:",
			[]string{"us-bb.yaml:@: the file holds a second document, which nothing would read; leave out the line ---"},
		},
		{
			"a key twice", "us-bb.yaml", "name: Beta", "jurisdiction: US-BB\nname: Beta",
			[]string{
				`us-bb.yaml:2: "" is no jurisdiction; write US or a code such as US-CA`,
				`us-bb.yaml:@: mapping key "jurisdiction" already defined at line 2; leave out one of the two`,
			},
		},
		{
			"a misspelt fact", "us-aa.yaml", "when: threat}", "when: treat}",
			[]string{`us-aa.yaml:@: unknown fact "treat"; did you mean "threat"?`},
		},
		{
			"a misspelt choice", "us-aa.yaml", `"named", "group"`, `"nmed", "groop"`,
			[]string{
				`us-aa.yaml:@: "nmed" is no choice of victim; did you mean "named"?`,
				`us-aa.yaml:@: "groop" is no choice of victim; did you mean "group"?`,
			},
		},
		{
			"a condition that CEL cannot read", "us-aa.yaml", "when: threat}", "when: threat &&}",
			[]string{`us-aa.yaml:@: the condition cannot be read: `},
		},
		{
			"a fact of another state's pack", "us-bb.yaml", "threat ? means : reported", "aa_licensed_gun",
			[]string{`us-bb.yaml:@: fact "aa_licensed_gun" belongs to the pack of US-AA; move it to the vocabulary or ask a fact of this pack`},
		},
		{
			"every fault of one condition", "us-aa.yaml", `"named", "group"`, `"nmed", 1, "groop"`,
			[]string{
				`us-aa.yaml:@: "nmed" is no choice of victim; did you mean "named"?`,
				"us-aa.yaml:@: the list that victim is looked for in holds more than choices",
				`us-aa.yaml:@: "groop" is no choice of victim; did you mean "group"?`,
			},
		},
		{
			"a jurisdiction that cannot be does not hide the rest", "us-bb.yaml", "jurisdiction: US-BB\nname: Beta", "jurisdiction: US-BEE\nname: \"\"",
			[]string{
				`us-bb.yaml:@: "US-BEE" is no jurisdiction; write US or a code such as US-CA`,
				"us-bb.yaml:3: the pack has no name; write the name of the jurisdiction",
			},
		},
		{
			"a question that comes after one that is not there", "vocabulary.yaml", "short: Means, order: 30,", "short: Means, order: 30, after: [treat],",
			[]string{`vocabulary.yaml:@: unknown fact "treat"; did you mean "threat"?`},
		},
		{
			"two questions that each come after the other", "vocabulary.yaml", "    short: Kind of harm\n", "    short: Kind of harm\n    after: [minor_now]\n",
			[]string{
				"vocabulary.yaml:26: harms comes after itself; leave out one of the two ways round",
				"vocabulary.yaml:32: minor_now comes after itself; leave out one of the two ways round",
			},
		},
		{
			"a question that comes after one of another state", "us-bb.yaml", "rules:\n", "facts: [{id: bb_own, kind: bool, question: 'Own?', short: Own, after: [aa_licensed_gun]}]\nrules:\n",
			[]string{`us-bb.yaml:@: fact "aa_licensed_gun" belongs to the pack of US-AA; name a fact of the vocabulary or of this pack`},
		},
		{
			"an unknown topic", "us-aa.yaml", "topics: [harm]", "topics: [arms]",
			[]string{`us-aa.yaml:@: unknown topic "arms"; did you mean "harm"?`},
		},
		{
			"an unknown profession", "us-aa.yaml", "professions: [mental_health]", "professions: [dentist]",
			[]string{`us-aa.yaml:@: unknown profession "dentist"; known are counselor, intern, psychologist`},
		},
		{
			"an unknown effect", "us-aa.yaml", "effect: must", "effect: shall",
			[]string{`us-aa.yaml:@: "shall" is no effect; known are must, may, must_not, should`},
		},
		{
			"an unknown action", "us-aa.yaml", "- {action: hospitalize}", "- {action: hospitalise}",
			[]string{`us-aa.yaml:@: unknown action "hospitalise"; did you mean "hospitalize"?`},
		},
		{
			"an unknown agency", "us-aa.yaml", "agency: cps}", "agency: aps}",
			[]string{`us-aa.yaml:@: unknown agency "aps"; did you mean "cps"?`},
		},
		{
			"an element without a condition", "us-bb.yaml", `voiced a threat, when: "threat ? means : reported"`, "voiced a threat",
			[]string{`us-bb.yaml:@: element "told" has no condition; write one under when, or true`},
		},
		{
			"a step of two kinds", "us-aa.yaml", "- {action: hospitalize}", "- {action: hospitalize, any: [{action: hospitalize}]}",
			[]string{"us-aa.yaml:@: the step sets 2 of action, all, any and first; set exactly one"},
		},
		{
			"a rule id that is taken", "us-bb.yaml", "us-bb.harm.warn", "us-aa.harm.protect",
			[]string{`us-bb.yaml:@: the rule "us-aa.harm.protect" is there already; use an id that is not taken`},
		},
		{
			"a file that is named after another state", "us-bb.yaml", "jurisdiction: US-BB", "jurisdiction: US-CC",
			[]string{"us-bb.yaml:@: the file is not named after US-CC; name it us-cc.yaml"},
		},
		{
			"a date that is none", "us-bb.yaml", "as_of: 2026-01-15", "as_of: 15.1.2026",
			[]string{
				"us-bb.yaml:@: `15.1.2026` is no value of this key; write a date as YYYY-MM-DD",
				"us-bb.yaml:@: the pack has no as_of date; write the day on which its law was looked up",
			},
		},
		{
			"a misspelt fact in the condition of a statement", "us-bb.yaml", "    professions: [psychologist]\n    text:", "    professions: [psychologist]\n    when: treat\n    text:",
			[]string{`us-bb.yaml:25: unknown fact "treat"; did you mean "threat"?`},
		},
		{
			"hours and working days without a word which counts", "us-aa.yaml", "hours: 24, from: knowledge, text: Within 24", "hours: 24, working_days: 1, from: knowledge, text: Within 24",
			[]string{"us-aa.yaml:@: the clock has hours and working days; write one of them, or whichever: earlier or later"},
		},
		{
			"words that the clock has nothing for", "us-aa.yaml", "immediate: law, from", "immediate: law, whichever: earlier, days_off: left_out, until: end_of_day, from",
			[]string{
				"us-aa.yaml:@: the clock has no two limits to choose from; write hours and working_days, or leave whichever out",
				"us-aa.yaml:@: the clock has no hours from which days off could be left out; write hours; working days leave them out already",
				"us-aa.yaml:@: the clock has no working days that could count to their end; write working_days, or leave until out",
			},
		},
		{
			"a misspelt way to count", "us-aa.yaml", "hours: 24, from: knowledge, text: Within 24", "hours: 24, working_days: 1, whichever: sooner, days_off: out, until: noon, from: knowledge, text: Within 24",
			[]string{
				`us-aa.yaml:@: "sooner" is no choice between two limits; known are earlier, later`,
				`us-aa.yaml:@: "out" is no way to count days off; known are left_out`,
				`us-aa.yaml:@: "noon" is no end of a clock; known are end_of_day`,
			},
		},
		{
			"a permission that bars", "us-aa.yaml", "unsettled: true", "bars: true",
			[]string{"us-aa.yaml:@: a may rule bars nothing; leave bars out"},
		},
		{
			"a duty that waits", "us-aa.yaml", "sign_off: concurrent", "sign_off: required",
			[]string{"us-aa.yaml:@: what must be done never waits for a sign-off; write concurrent"},
		},
		{
			"a bool with choices", "vocabulary.yaml", "short: Means,", "short: Means, choices: [{id: a, label: A}],",
			[]string{"vocabulary.yaml:@: a bool has no choices; leave them out: its answers are yes and no"},
		},
		{
			"a fact named by a word of CEL", "vocabulary.yaml", "id: means", "id: let",
			[]string{
				`us-aa.yaml:28: unknown fact "means"`, `us-bb.yaml:15: unknown fact "means"`,
				`vocabulary.yaml:@: "let" is a word of CEL; give the fact another id`,
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := testFolder(t, test.file, test.old, test.new)
			line := lineOf(folder, test.file, test.new)
			_, err := Load(folder)
			var faults *LoadError
			if !errors.As(err, &faults) {
				t.Fatalf("the error is %v, not a LoadError", err)
			}
			got := strings.Split(err.Error(), "\n")
			if len(got) != len(test.want) {
				t.Fatalf("the faults are\n%v\nand not\n%s", err, strings.Join(test.want, "\n"))
			}
			for i := range got {
				want := strings.Replace(test.want[i], "@", line, 1)
				if !strings.HasPrefix(got[i], want) {
					t.Errorf("fault %d is\n%s\nand not\n%s", i, got[i], want)
				}
			}
		})
	}
}

// lineOf returns the number of the line of a file on which text begins.
func lineOf(folder fstest.MapFS, file, text string) string {
	before, _, _ := strings.Cut(string(folder[file].Data), text)
	return strconv.Itoa(1 + strings.Count(before, "\n"))
}

func TestAllFaultsOfAllFilesComeAtOnce(t *testing.T) {
	_, err := Load(testFolder(t,
		"us-aa.yaml", "when: threat}", "when: treat}",
		"us-bb.yaml", "effect: may", "effect: might",
		"us-federal.yaml", "sign_off: required", "sign_off: never",
	))
	var faults *LoadError
	if !errors.As(err, &faults) || len(faults.Faults) != 3 {
		t.Fatalf("the error is %v", err)
	}
	var files []string
	for _, f := range faults.Faults {
		files = append(files, f.File)
	}
	if want := []string{"us-aa.yaml", "us-bb.yaml", "us-federal.yaml"}; !slices.Equal(files, want) {
		t.Errorf("the faults are in %v, not in %v", files, want)
	}
}

func TestAFolderWithoutVocabularySaysOnlyThat(t *testing.T) {
	folder := testFolder(t)
	delete(folder, "vocabulary.yaml")
	_, err := Load(folder)
	want := "vocabulary.yaml: the file is missing; write the topics, professions and facts of a consult into it"
	if err == nil || err.Error() != want {
		t.Errorf("the error is %v, not %s", err, want)
	}
}

func TestAliasesThatNeverEndAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"an alias that holds itself": "jurisdiction: US-CC\nname: &a [*a]\n",
		"aliases that multiply": `a: &a [1,1,1,1,1,1,1,1,1]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
`,
	} {
		t.Run(name, func(t *testing.T) {
			folder := testFolder(t)
			folder["us-cc.yaml"] = &fstest.MapFile{Data: []byte(text)}
			_, err := Load(folder)
			if err == nil || !strings.Contains(err.Error(), "us-cc.yaml:1: the file is too large, or an alias holds itself") {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestAnEmptyFileIsNoPack(t *testing.T) {
	for _, file := range []string{"us-bb.yaml", "vocabulary.yaml", "actions.yaml"} {
		folder := testFolder(t)
		folder[file] = &fstest.MapFile{Data: []byte("# nothing\n")}
		_, err := Load(folder)
		if err == nil || !strings.HasPrefix(err.Error(), file+": the file is empty; write ") {
			t.Errorf("%s: the error is %v", file, err)
		}
	}
}

func TestAFileThatIsNoPackIsRefused(t *testing.T) {
	folder := testFolder(t)
	folder["texas.yaml"] = &fstest.MapFile{Data: []byte("jurisdiction: US-TX")}
	_, err := Load(folder)
	if err == nil || !strings.Contains(err.Error(), "texas.yaml: the file is no pack") {
		t.Errorf("the error is %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	for _, file := range []string{"us-aa.yaml", "us-bb.yaml", "us-federal.yaml"} {
		f.Add(testFolder(f)[file].Data)
	}
	f.Add([]byte("jurisdiction: US-BB\nname: &a x\nas_of: 2026-01-01\nrules: [{id: *a, unless: [{when: '1'}]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder := testFolder(t)
		delete(folder, "us-aa.yaml")
		folder["us-bb.yaml"] = &fstest.MapFile{Data: data}
		b, err := Load(folder)
		if err != nil {
			if !errors.As(err, new(*LoadError)) {
				t.Errorf("the error is %v", err)
			}
			return
		}
		b.Lint(Date{2026, 6, 1})
		q := testQuery(nil, "harm", "child", "records")
		q.Client = "US-BB"
		evaluate(t, b, q)
		next(t, b, q)
	})
}

func FuzzReadCases(f *testing.F) {
	f.Add([]byte("- {name: x, profession: intern, facts: {threat: true, harms: [physical]}, expect: {us-aa.harm.protect: applies}}"))
	f.Add([]byte("- {name: x, profession: intern, facts: {threat: null}, licence: US-BB, as_of: 2026-01-01, expect: {}}"))
	b := testBook(f)
	f.Fuzz(func(_ *testing.T, data []byte) {
		if cases, err := testCases(b, "cases/us-aa.yaml", string(data)); err == nil {
			b.RunCases(cases)
		}
	})
}

// The shapes decide which keys a file may have; the types decide which are read.
func TestShapesHaveExactlyTheKeysOfTheTypes(t *testing.T) {
	all := fileShapes()
	for name, pair := range map[string]struct {
		shape *shape
		of    reflect.Type
	}{
		"vocabulary": {all.vocabulary, reflect.TypeFor[Vocabulary]()},
		"actions":    {all.actions, reflect.TypeFor[Action]()},
		"pack":       {all.pack, reflect.TypeFor[Pack]()},
		"cases":      {all.cases, reflect.TypeFor[caseEntry]()},
	} {
		t.Run(name, func(t *testing.T) { compareShape(t, pair.shape, pair.of, map[*shape]bool{}) })
	}
}

func compareShape(t *testing.T, s *shape, of reflect.Type, seen map[*shape]bool) {
	if seen[s] {
		return
	}
	seen[s] = true
	tagged := map[string]reflect.Type{}
	for i := range of.NumField() {
		key, _, _ := strings.Cut(of.Field(i).Tag.Get("yaml"), ",")
		if key == "-" {
			continue
		}
		if key == "" {
			t.Errorf("%s.%s has no yaml key", of, of.Field(i).Name)
		}
		tagged[key] = of.Field(i).Type
	}
	if got, want := s.keyList(), strings.Join(sortedKeys(tagged), ", "); got != want {
		t.Errorf("the shape of %s has keys %s, the type %s", of, got, want)
	}
	for key, nested := range s.keys {
		of := tagged[key]
		for of != nil && (of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer) {
			of = of.Elem()
		}
		isMapping := of != nil && of.Kind() == reflect.Struct &&
			of != reflect.TypeFor[Date]() && of != reflect.TypeFor[yaml.Node]()
		if isMapping != (nested != nil) {
			t.Errorf("key %s of %s: the shape and the type do not agree on what is in it", key, of)
		}
		if isMapping && nested != nil {
			compareShape(t, nested, of, seen)
		}
	}
}
