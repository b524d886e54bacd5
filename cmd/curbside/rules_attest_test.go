package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCounselSignsAPackAndTheStatementCounts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key, statement := filepath.Join(dir, "counsel.pem"), filepath.Join(dir, "us-aa.attestation.json")

	code, out, errs := rulesOn(t, "", "attest", "keygen", key)
	if code != exitOK {
		t.Fatal(errs)
	}
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file is %v, %v", info, err)
	}
	public := strings.Split(out, "\n")[1]
	if code, _, errs := rulesOn(t, "", "attest", "keygen", key); code == exitOK || !strings.Contains(errs, "exists already") {
		t.Errorf("a second key over the first: exit %d, said %q", code, errs)
	}

	sign := []string{"attest", "US-AA", "--by", "Jo Doe", "--until", "2026-12-31", "--key", key, "--out", statement}
	if code, _, errs := rulesOn(t, "", sign...); code != exitOK {
		t.Fatal(errs)
	}
	code, out, errs = rulesOn(t, "", "attest", "verify", statement, "--key", public)
	if code != exitOK || out != "Jo Doe has read US-AA as it is here. The statement counts until 2026-12-31.\n" {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}

	content, err := os.ReadFile(statement)
	if err != nil {
		t.Fatal(err)
	}
	forged := filepath.Join(dir, "forged.json")
	if err := os.WriteFile(forged, []byte(strings.Replace(string(content), "2026-12-31", "2036-12-31", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := rulesOn(t, "", "attest", "verify", forged, "--key", public); code == exitOK || !strings.Contains(out, "not signed") {
		t.Errorf("a later end than was signed: exit %d, said %q", code, out)
	}
}

func TestWhatCannotBeSignedIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key, other := filepath.Join(dir, "counsel.pem"), filepath.Join(dir, "other.txt")
	if code, _, errs := rulesOn(t, "", "attest", "keygen", key); code != exitOK {
		t.Fatal(errs)
	}
	if err := os.WriteFile(other, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out.json")
	for name, test := range map[string]struct {
		say  string
		args []string
	}{
		"a place without a pack": {"no rule pack", []string{"US-ZZ", "--by", "Jo", "--until", "2026-12-31", "--key", key}},
		"nobody named":           {"nobody is named", []string{"US-AA", "--until", "2026-12-31", "--key", key}},
		"a day that is none":     {"--until", []string{"US-AA", "--by", "Jo", "--until", "soon", "--key", key}},
		"a day that is past":     {"before the day of reading", []string{"US-AA", "--by", "Jo", "--until", "2026-05-31", "--key", key}},
		"a file without a key":   {"holds no signing key", []string{"US-AA", "--by", "Jo", "--until", "2026-12-31", "--key", other}},
		"a text nobody has":      {"0 packs", []string{"US-AA", "--by", "Jo", "--until", "2026-12-31", "--key", key, "--text", "zz"}},
	} {
		code, _, errs := rulesOn(t, "", append([]string{"attest", "--out", out}, test.args...)...)
		if code == exitOK || !strings.Contains(errs, test.say) {
			t.Errorf("%s: exit %d, said %q", name, code, errs)
		}
		if _, err := os.Stat(out); err == nil {
			t.Fatalf("%s: a statement was written", name)
		}
	}
}
