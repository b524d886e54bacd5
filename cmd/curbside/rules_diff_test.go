package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTwoPlacesStandSideBySide(t *testing.T) {
	t.Parallel()
	code, out, errs := rulesOn(t, "", "diff", "US-AA", "US-BB")
	if code != exitOK {
		t.Fatalf("exit %d, said %q", code, errs)
	}
	compareGolden(t, filepath.Join("testdata", "rules", "diff-places.txt"), out)
}

// otherVersion is a folder with a pack that says something else in one place.
func otherVersion(t *testing.T, old, next string) string {
	t.Helper()
	pack, err := os.ReadFile(filepath.Join(inventedLaw, "us-aa.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(pack), old) {
		t.Fatalf("the pack does not say %q", old)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "us-aa.yaml"), []byte(strings.Replace(string(pack), old, next, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAnotherVersionOfAPackIsComparedWithTheShippedOne(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, old, next, say string }{
		{"a comment", "# Invented law for tests.", "# Other words.", "Both versions of US-AA say the same"},
		{"a text", "title: Report child abuse", "title: Report abuse", "changed: rule us-aa.child.report\n--------------------------------\ntitle\n  - Report child abuse\n  + Report abuse\n"},
		{"a rule's name", "id: us-aa.harm.protect", "id: us-aa.harm.shield", "added: rule us-aa.harm.shield"},
		{"a rule that is gone", "id: us-aa.harm.protect", "id: us-aa.harm.shield", "removed: rule us-aa.harm.protect"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := rulesOn(t, "", "diff", "US-AA", "--packs", otherVersion(t, test.old, test.next))
			if code != exitOK || !strings.Contains(out, test.say) {
				t.Errorf("exit %d, said %q %q", code, out, errs)
			}
		})
	}
}

func TestAComparisonThatCannotBeMadeIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		say  string
		args []string
	}{
		"one place alone":         {"two jurisdictions", []string{"US-AA"}},
		"a place without a pack":  {"no rule pack", []string{"US-AA", "US-ZZ"}},
		"a version with a fault":  {"unknown fact", []string{"US-AA", "--packs", otherVersion(t, "when: threat}", "when: no_such}")}},
		"a folder without it":     {"us-aa.yaml", []string{"US-AA", "--packs", t.TempDir()}},
		"two places and a folder": {"two jurisdictions", []string{"US-AA", "US-BB", "--packs", t.TempDir()}},
	} {
		code, _, errs := rulesOn(t, "", append([]string{"diff"}, test.args...)...)
		if code == exitOK || !strings.Contains(errs, test.say) {
			t.Errorf("%s: exit %d, said %q", name, code, errs)
		}
	}
}
