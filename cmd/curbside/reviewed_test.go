package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"curbside/bot/store/redistest"
	"curbside/rules"
)

// A review that counsel signed is shown with every finding; without the key, it
// counts for nothing and the owner is told.
func TestCounselsStatementCountsWithTheirKeyAlone(t *testing.T) {
	t.Parallel()
	path := settingsOnRedis(t, redistest.Start(t))
	packs := filepath.Join(filepath.Dir(path), "packs")
	if err := os.Mkdir(packs, 0o700); err != nil {
		t.Fatal(err)
	}
	private := filepath.Join(t.TempDir(), "counsel.pem")
	command := func(args ...string) string {
		t.Helper()
		var out, problems bytes.Buffer
		if code := run(t.Context(), args, nil, &out, &problems); code != exitOK {
			t.Fatalf("%v: %d %s", args, code, problems.String())
		}
		return out.String()
	}
	key := regexp.MustCompile(`[A-Za-z0-9+/]{43}=`).FindString(command("rules", "attest", "keygen", private))
	command("rules", "attest", "US-CA", "--by", "A. Counsel", "--until", "2999-01-01", "--key", private, "--out", filepath.Join(packs, "us-ca.attestation.json"))

	settingsWith := func(lines string) *settings {
		t.Helper()
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(filepath.Dir(path), "with.yaml")
		if err := os.WriteFile(file, append(text, lines...), 0o600); err != nil {
			t.Fatal(err)
		}
		var problems bytes.Buffer
		s, err := loadConfig(file, &problems)
		if err != nil {
			t.Fatalf("%v: %s", err, problems.String())
		}
		if warned := strings.Contains(problems.String(), "us-ca.attestation.json"); warned == strings.Contains(lines, "counsel_keys") {
			t.Errorf("the owner is told: %q", problems.String())
		}
		return s
	}
	by := func(s *settings, id rules.JurisdictionID) string {
		pack, _ := s.book.Pack(id)
		return pack.Review.By
	}
	with := settingsWith("\npacks_dir: packs\ncounsel_keys: ['" + key + "']\n")
	if got := by(with, "US-CA"); got != "A. Counsel" {
		t.Errorf("California is reviewed by %q", got)
	}
	if got := by(with, "US-TX"); got != "" {
		t.Errorf("Texas, which nobody read, is reviewed by %q", got)
	}
	if got := by(settingsWith("\npacks_dir: packs\n"), "US-CA"); got != "" {
		t.Errorf("without counsel's key, California is reviewed by %q", got)
	}
}
