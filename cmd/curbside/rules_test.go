package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"curbside/rules"
)

var updateRules = flag.Bool("update-rules", false, "rewrite the golden files of the rules commands")

// inventedLaw is the folder of an invented vocabulary and packs.
const inventedLaw = "../../rules/testdata/book"

// rulesOn runs a rules command on the invented law.
func rulesOn(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	files := os.DirFS(inventedLaw)
	root := &cobra.Command{Use: "curbside", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(newRulesCommandOf(library{
		book:  func() (*rules.Book, error) { return rules.Load(files) },
		files: files,
		today: func() rules.Date { return rules.Date{Year: 2026, Month: 6, Day: 1} },
	}))
	var out, errs strings.Builder
	root.SetArgs(append([]string{"rules"}, args...))
	root.SetIn(strings.NewReader(stdin))
	root.SetOut(&out)
	root.SetErr(&errs)
	code = report(&errs, root.ExecuteContext(t.Context()))
	return code, out.String(), errs.String()
}

func TestRulesCommandsSayThis(t *testing.T) {
	t.Parallel()
	alpha := []string{"--jurisdiction", "US-AA", "--profession", "psychologist", "--facts", "-"}
	for _, test := range []struct {
		name, golden, stdin string
		args                []string
	}{
		{"the packs there are", "list", "", []string{"list"}},
		{"the rules of a place", "list-alpha", "", []string{"list", "--jurisdiction", "US-AA"}},
		{"a duty with two limbs, its discharge and its clocks", "show-protect", "", []string{"show", "us-aa.harm.protect"}},
		{"a bar with an exception and a way out", "show-bar", "", []string{"show", "us.part2.bar"}},
		{"an unsettled permission", "show-neglect", "", []string{"show", "us-aa.child.neglect"}},
		{
			"a finding with a duty, a bar and what is open", "eval",
			`{"threat": true, "victim": "named", "part2": true, "harms": ["neglect"]}`,
			append([]string{"eval", "--licence", "US-BB", "--topic", "harm", "--topic", "child"}, alpha...),
		},
		{"a finding of all topics in a place without a pack", "eval-gap", `{}`, []string{
			"eval", "--jurisdiction", "US-ZZ", "--profession", "intern", "--as-of", "2026-02-03", "--facts", "-",
		}},
		{
			"a finding as JSON", "eval-json", `{"threat": true, "victim": "group"}`,
			append([]string{"eval", "--json", "--topic", "harm"}, alpha...),
		},
		{"the first question", "next", `{}`, append([]string{"next", "--topic", "harm"}, alpha...)},
		{
			"a question for a detail", "next-detail", `{"threat": true, "victim": "named"}`,
			append([]string{"next", "--topic", "harm"}, alpha...),
		},
		{"no question", "next-none", `{"threat": false, "part2": false}`, append([]string{"next", "--topic", "harm"}, alpha...)},
		{"a question as JSON", "next-json", `{"threat": true}`, append([]string{"next", "--json", "--topic", "harm"}, alpha...)},
		{"the facts there are", "facts", "", []string{"facts"}},
		{"the facts of a word", "facts-threat", "", []string{"facts", "Threat"}},
		{"packs without faults", "lint", "", []string{"lint"}},
		{"cases that end as expected", "test", "", []string{"test"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := rulesOn(t, test.stdin, test.args...)
			if code != exitOK || errs != "" {
				t.Fatalf("exit %d, said %q", code, errs)
			}
			compareGolden(t, filepath.Join("testdata", "rules", test.golden+".txt"), out)
		})
	}
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if *updateRules {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s; run the test with -update-rules and review the diff. got:\n%s", name, got)
	}
}

func TestRulesCommandsRefuseWhatTheyDoNotKnow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		stdin string
		args  []string
		want  string
	}{
		"an unknown command":   {"", []string{"lst"}, "curbside: curbside rules has no command \"lst\"; did you mean list?\n"},
		"an unknown rule":      {"", []string{"show", "us-aa.x"}, "curbside: there is no rule \"us-aa.x\"; curbside rules list --jurisdiction US-CA shows those of a place\n"},
		"an unknown place":     {"", []string{"list", "--jurisdiction", "US-ZZ"}, "curbside: there is no rule pack for \"US-ZZ\"; curbside rules list shows those there are\n"},
		"nobody to ask for":    {"", []string{"eval", "--jurisdiction", "US-AA"}, "curbside: curbside rules eval needs --jurisdiction and --profession\n"},
		"a place that is none": {"", []string{"eval", "--jurisdiction", "Alpha", "--profession", "intern"}, "curbside: \"Alpha\" is no jurisdiction; write US or a code such as US-CA\n"},
		"a day that is none":   {"", []string{"next", "--jurisdiction", "US-AA", "--profession", "intern", "--as-of", "soon"}, "curbside: --as-of: \"soon\" is not a date of the form YYYY-MM-DD\n"},
		"an unknown topic":     {"", []string{"next", "--jurisdiction", "US-AA", "--profession", "intern", "--topic", "hram"}, "curbside: unknown topic \"hram\"; did you mean \"harm\"?\n"},
		"an unknown answer":    {`{"victim": "me"}`, []string{"eval", "--jurisdiction", "US-AA", "--profession", "intern", "--facts", "-"}, "curbside: \"me\" is no answer to fact \"victim\"; give one of [named group public] (curbside rules facts lists the facts and their answers)\n"},
		"an unknown fact":      {`{"thraet": true}`, []string{"next", "--jurisdiction", "US-AA", "--profession", "intern", "--facts", "-"}, "curbside: unknown fact \"thraet\"; did you mean \"threat\"? (curbside rules facts lists the facts and their answers)\n"},
		"a word of no fact":    {"", []string{"facts", "weather"}, "curbside: no fact has \"weather\" in its name or question; curbside rules facts alone lists all\n"},
		"two words":            {"", []string{"facts", "a", "b"}, "curbside: curbside rules facts takes one word at most\n"},
		"answers that are not": {`{`, []string{"eval", "--jurisdiction", "US-AA", "--profession", "intern", "--facts", "-"}, "curbside: reading the answers: unexpected end of JSON input\n"},
		"cases of no pack":     {"", []string{"test", "us-zz"}, "curbside: pack \"us-zz\" has no cases\n"},
		"two packs":            {"", []string{"test", "us-aa", "us-bb"}, "curbside: curbside rules test takes one pack at most\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := rulesOn(t, test.stdin, test.args...)
			if code != exitUsage || out != "" || !strings.HasPrefix(errs, test.want) {
				t.Errorf("exit %d, said %q %q, want %q", code, out, errs, test.want)
			}
		})
	}
}

// ownFolder writes a practice's own folder of packs.
func ownFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

const ownPack = `jurisdiction: US-AA
name: Own rules
as_of: 2026-02-01
rules:
  - id: own.harm.document
    topics: [harm]
    effect: should
    title: Write it down the same day
    summary: A house rule.
    basis: [ethics_code]
    citations: [§ 4]
    professions: [any]
    elements: [{id: told, text: A threat was voiced, when: threat}]
    discharge: {action: document}
    sign_off: concurrent
    sources: [{title: House rules}]
    confidence: high
`

func TestAPracticesOwnPacksAreLookedAtToo(t *testing.T) {
	t.Parallel()
	folder := ownFolder(t, map[string]string{
		"us-aa.yaml": ownPack,
		"cases/us-aa.yaml": "- {name: A threat is written down, profession: intern, facts: {threat: true}, expect: {own.harm.document: applies}}\n" +
			"- {name: So is no threat, profession: intern, facts: {threat: false}, expect: {own.harm.document: applies}}\n",
	})
	code, out, _ := rulesOn(t, "", "list", "--packs", folder)
	if code != exitOK || !strings.Contains(out, "Own rules") {
		t.Errorf("list: exit %d, said %q", code, out)
	}
	code, out, errs := rulesOn(t, "", "lint", "--packs", folder)
	if want := "error: us-aa.yaml:11: \"§ 4\" names no code and section; "; code != exitFailed || !strings.HasPrefix(out, want) || !strings.HasPrefix(errs, "curbside: 1 error\n") {
		t.Errorf("lint: exit %d, said %q %q", code, out, errs)
	}
	code, out, errs = rulesOn(t, "", "test", "us-aa", "--packs", folder)
	if want := "error: cases/us-aa.yaml:2: So is no threat: own.harm.document ends does_not_apply; expected applies\n"; code != exitFailed || out != want || !strings.HasPrefix(errs, "curbside: 1 error\n") {
		t.Errorf("test: exit %d, said %q %q", code, out, errs)
	}
}

func TestAPracticesPackThatCannotBeUsedIsRefusedWithEveryFault(t *testing.T) {
	t.Parallel()
	folder := ownFolder(t, map[string]string{"us-aa.yaml": strings.NewReplacer("when: threat", "when: treat", "should", "shuold").Replace(ownPack)})
	code, out, errs := rulesOn(t, "", "lint", "--packs", folder)
	for _, want := range []string{`us-aa.yaml:7: "shuold" is no effect; did you mean "should"?`, `us-aa.yaml:13: unknown fact "treat"; did you mean "threat"?`} {
		if code != exitFailed || out != "" || !strings.Contains(errs, want) {
			t.Errorf("exit %d, said %q %q, want %q", code, out, errs, want)
		}
	}
}

func TestTheShippedLawCanBeListed(t *testing.T) {
	t.Parallel()
	root := &cobra.Command{Use: "curbside"}
	root.AddCommand(newRulesCommand())
	var out strings.Builder
	root.SetOut(&out)
	root.SetArgs([]string{"rules", "list"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\nUS-CA ") {
		t.Errorf("said %q", out.String())
	}
}

func TestAFindingSaysWhatIsOpenInWords(t *testing.T) {
	t.Parallel()
	args := []string{"--packs", houseRules, "--jurisdiction", "US-AA", "--profession", "psychologist", "--topic", "harm", "--facts", "-"}
	code, out, errs := rulesOn(t, `{"threat": true}`, append([]string{"eval"}, args...)...)
	for _, want := range []string{
		"Undetermined    You must, if it applies: Protect the person in danger (us-aa.harm.protect)\n",
		"The house asks for no more than the law does.\n                Only if Means: yes and Person in danger: not “Anybody”\n",
		"Warn the victim, only if Person in danger: “A person I can name”\n",
		"Call the police: Within a day (written), only if Gun licence: yes\n",
	} {
		if code != exitOK || !strings.Contains(out, want) {
			t.Errorf("exit %d, said %q, not %q in:\n%s", code, errs, want, out)
		}
	}
	if strings.Contains(out, "==") || strings.Contains(out, "&&") {
		t.Errorf("the finding shows code:\n%s", out)
	}
}

func TestAnUnknownFactOfManyIsAnsweredWithTheNearest(t *testing.T) {
	t.Parallel()
	var out, errs strings.Builder
	args := []string{"rules", "next", "--jurisdiction", "US-CA", "--profession", "psychologist", "--facts", "-"}
	code := run(t.Context(), args, strings.NewReader(`{"a_threat_that_was_explicit": true}`), &out, &errs)
	said, _, _ := strings.Cut(errs.String(), "\n")
	if code != exitUsage || !strings.Contains(said, "the nearest are threat_explicit, ") || !strings.HasSuffix(said, "(curbside rules facts lists the facts and their answers)") || len(said) > 300 {
		t.Errorf("exit %d, said %q %q", code, out.String(), errs.String())
	}
}
