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
