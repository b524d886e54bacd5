package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// houseRules is the folder of a practice with a rule that is not yet in force on
// the day of these tests, and one that no longer is.
const houseRules = "testdata/rules/practice"

func TestTheLawOfAnotherDayIsShownByEveryCommand(t *testing.T) {
	t.Parallel()
	query := []string{"--jurisdiction", "US-AA", "--profession", "intern", "--topic", "harm", "--facts", "-"}
	for _, test := range []struct {
		name, stdin string
		args        []string
		now, later  string // what is said now, and what of the day in the new year
	}{
		{"the packs there are", "", []string{"list"}, "2 (2 not in force)", "2 (1 not in force)"},
		{
			"the rules of a place", "",
			[]string{"list", "--jurisdiction", "US-AA"},
			"not yet: from 2027-01-01", "high        from 2027-01-01 ",
		},
		{
			"a rule", "",
			[]string{"show", "own.harm.second_opinion"},
			"In force        not yet: from 2027-01-01\n", "In force        from 2027-01-01\n",
		},
		{
			"a rule that has ended", "",
			[]string{"show", "own.records.paper"},
			"In force        no longer: until 2026-03-31\n", "In force        no longer: until 2026-03-31\n",
		},
		{
			"a drawing", "",
			[]string{"graph", "own.harm.second_opinion"},
			"Not in force on 2026-06-01: You must", ">You must: Ask for a second opinion<",
		},
		{
			"a finding", `{"threat": false, "part2": false}`, append([]string{"eval"}, query...),
			"US-AA, the law in force on 2026-06-01\n", "Ask for a second opinion (own.harm.second_opinion)",
		},
		{
			"a question", `{"part2": false}`, append([]string{"next"}, query...),
			"Nothing more to ask", "own.harm.second_opinion: A threat was voiced",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for day, want := range map[string]string{"2026-06-01": test.now, "2027-01-01": test.later} {
				args := append([]string{"--packs", houseRules, "--as-of", day}, test.args[1:]...)
				code, out, errs := rulesOn(t, test.stdin, append([]string{test.args[0]}, args...)...)
				if code != exitOK || !strings.Contains(out, want) {
					t.Errorf("on %s: exit %d, said %q, not %q in:\n%s", day, code, errs, want, out)
				}
				if day == "2026-06-01" && test.stdin != "" && strings.Contains(out, "own.harm.second_opinion") {
					t.Errorf("on %s the rule of the new year takes part:\n%s", day, out)
				}
			}
			code, today, errs := rulesOn(t, test.stdin, append(test.args, "--packs", houseRules)...)
			if code != exitOK || !strings.Contains(today, test.now) {
				t.Errorf("today: exit %d, said %q, not %q in:\n%s", code, errs, test.now, today)
			}
		})
	}
}

func TestCasesThatNameNoDayAreRunOnTheDayAsked(t *testing.T) {
	t.Parallel()
	args := []string{"test", "us-aa", "--packs", houseRules}
	if code, out, errs := rulesOn(t, "", args...); code != exitOK {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
	code, out, _ := rulesOn(t, "", append(args, "--as-of", "2027-01-01")...)
	if code != exitFailed || !strings.Contains(out, "A threat waits for no second opinion yet: own.harm.second_opinion ends applies") {
		t.Errorf("in the new year: exit %d, said %q", code, out)
	}
	code, out, _ = rulesOn(t, "", append(args, "--as-of", "2026-12-31")...)
	if code != exitOK {
		t.Errorf("a case that names its own day ran on another: exit %d, said %q", code, out)
	}
}

func TestAPackIsOldOnTheDayAsked(t *testing.T) {
	t.Parallel()
	for day, old := range map[string]bool{"2026-06-01": false, "2029-06-01": true} {
		code, out, errs := rulesOn(t, "", "lint", "--packs", houseRules, "--as-of", day)
		if code != exitOK || strings.Contains(out, "us-aa.yaml:4: ") != old {
			t.Errorf("%s: exit %d, said %q %q", day, code, out, errs)
		}
	}
}

func TestAReviewSheetSaysWhatIsNotInForce(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2026-06-01": "not yet: from 2027-01-01", "2027-01-01": "<td>from 2027-01-01</td>",
	} {
		out := filepath.Join(t.TempDir(), "sheet.html")
		if code, _, errs := rulesOn(t, "", "review", "US-AA", "--packs", houseRules, "--as-of", day, "--out", out); code != exitOK {
			t.Fatalf("exit %d, said %q", code, errs)
		}
		sheet, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{want, "<td>" + day + "; a rule", "<td>2026-06-01</td>", "no longer: until 2026-03-31"} {
			if !strings.Contains(string(sheet), want) {
				t.Errorf("on %s the sheet does not say %q", day, want)
			}
		}
	}
}

func TestAComparisonSaysWhatIsNotInForce(t *testing.T) {
	t.Parallel()
	version := otherVersion(t, "    confidence: high\n  - id: us-aa.child.report", "    confidence: high\n    effective: {from: 2027-01-01}\n  - id: us-aa.child.report")
	for _, test := range []struct {
		name, day, want string
		args            []string
	}{
		{"places, while both rules are in force", "2026-06-01", "You may: You may warn", []string{"US-AA", "US-BB"}},
		{"places, once one has ended", "2031-01-01", "Not in force: You may: You may warn", []string{"US-AA", "US-BB"}},
		{"versions, before the new one is in force", "2026-06-01", "is not in force on 2026-06-01: not yet: from 2027-01-01", []string{"US-AA", "--packs", version}},
		{"versions, once it is", "2027-01-01", "changed: rule us-aa.harm.protect\n--------------------------------\neffective", []string{"US-AA", "--packs", version}},
	} {
		code, out, errs := rulesOn(t, "", append([]string{"diff", "--as-of", test.day}, test.args...)...)
		if code != exitOK || !strings.Contains(out, test.want) {
			t.Errorf("%s: exit %d, said %q, not %q in:\n%s", test.name, code, errs, test.want, out)
		}
	}
}

func TestADayThatIsNoneIsRefusedByEveryCommand(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"list"},
		{"show", "us-aa.harm.protect"},
		{"graph", "us-aa.harm.protect"},
		{"lint"},
		{"test"},
		{"report"},
		{"diff", "US-AA", "US-BB"},
		{"review", "US-AA", "--out", filepath.Join(t.TempDir(), "x.html")},
	} {
		code, out, errs := rulesOn(t, "", append(args, "--as-of", "2026-02-30")...)
		if want := "curbside: --as-of: \"2026-02-30\" is not a date of the form YYYY-MM-DD\n"; code != exitUsage || out != "" || !strings.HasPrefix(errs, want) {
			t.Errorf("%v: exit %d, said %q %q", args, code, out, errs)
		}
	}
}
