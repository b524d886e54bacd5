package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestTheReportSaysWhatThePacksHold(t *testing.T) {
	t.Parallel()
	var first, second, problems bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if code := run(t.Context(), []string{"rules", "report", "--jurisdiction", "US-CA"}, nil, out, &problems); code != exitOK {
			t.Fatalf("exit code %d: %s", code, problems.String())
		}
	}
	if first.String() != second.String() {
		t.Error("the report differs from one time to the next")
	}
	for _, want := range []string{
		"| Harm to others | must | Cal. Civ. Code § 43.92",
		"| Child abuse or neglect | must | Cal. Penal Code § 11166",
		"not reviewed by counsel",
	} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("the report does not say %q:\n%s", want, first.String())
		}
	}
	if strings.Contains(first.String(), "| 0, at most 0 |") {
		t.Error("a concern asks nothing at all")
	}
}

func TestTheReportIsOfTheLawInForceOnItsDay(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2035-06-30": "| Harm to others | may | Tex. Health & Safety Code",
		"2035-07-01": "| Harm to others | must | House Code § 4 |",
	} {
		var out, problems bytes.Buffer
		args := []string{"rules", "report", "--jurisdiction", "US-TX", "--packs", "testdata/rules/practice-texas", "--as-of", day}
		if code := run(t.Context(), args, nil, &out, &problems); code != exitOK {
			t.Fatalf("exit code %d: %s", code, problems.String())
		}
		waits := strings.Contains(out.String(), "House rules, of the practice: As of 2026-05-01") && strings.Contains(out.String(), "1 (1 not in force) rules")
		if !strings.Contains(out.String(), want) || !strings.Contains(out.String(), "in force on "+day) || waits != (day == "2035-06-30") {
			t.Errorf("on %s the report does not say %q:\n%s", day, want, out.String())
		}
	}
}

func TestTheReportTellsHowToDiscloseFromWhetherTo(t *testing.T) {
	t.Parallel()
	var out, problems bytes.Buffer
	if code := run(t.Context(), []string{"rules", "report", "--jurisdiction", "US"}, nil, &out, &problems); code != exitOK {
		t.Fatalf("exit code %d: %s", code, problems.String())
	}
	if !strings.Contains(out.String(), "| Harm to others | may | ") {
		t.Errorf("federal law on harm to others is not called a permission:\n%s", out.String())
	}
}
