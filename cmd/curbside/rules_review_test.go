package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func reviewSheetOf(t *testing.T, jurisdiction, name string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), name)
	if code, _, errs := rulesOn(t, "", "review", jurisdiction, "--out", out); code != exitOK {
		t.Fatalf("exit %d, said %q", code, errs)
	}
	content, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestAReviewSheetShowsAllThatARuleSays(t *testing.T) {
	t.Parallel()
	compareGolden(t, filepath.Join("testdata", "rules", "review.html"), reviewSheetOf(t, "US-AA", "us-aa.html"))
}

func TestAReviewSheetLoadsNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	page := reviewSheetOf(t, "US-AA", "us-aa.html")
	if found := regexp.MustCompile(`(?i)<(script|link|img|iframe)|\b(src|href)=|@import|url\(`).FindString(page); found != "" {
		t.Errorf("the page holds %q", found)
	}
}

func TestAReviewSheetIsAPDF(t *testing.T) {
	t.Parallel()
	first, second := reviewSheetOf(t, "US-AA", "a.pdf"), reviewSheetOf(t, "US-AA", "b.PDF")
	if !bytes.HasPrefix([]byte(first), []byte("%PDF-")) || first != second {
		t.Errorf("two sheets of %d and %d bytes, beginning %q", len(first), len(second), first[:8])
	}
}

func TestAReviewSheetThatCannotBeWrittenIsRefused(t *testing.T) {
	t.Parallel()
	marked := filepath.Join(t.TempDir(), "marked.pdf")
	if err := os.WriteFile(marked, []byte("marked"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ place, out, say string }{
		"no file named":           {"US-AA", "", ".pdf or .html"},
		"another kind of file":    {"US-AA", "sheet.docx", ".pdf or .html"},
		"a place without a pack":  {"US-ZZ", "sheet.pdf", "no rule pack"},
		"a sheet that is there":   {"US-AA", marked, "exists already"},
		"a folder that is missed": {"US-AA", filepath.Join(marked, "x", "sheet.pdf"), "write"},
	} {
		code, _, errs := rulesOn(t, "", "review", test.place, "--out", test.out)
		if code == exitOK || !strings.Contains(errs, test.say) {
			t.Errorf("%s: exit %d, said %q", name, code, errs)
		}
	}
}
