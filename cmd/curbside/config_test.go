package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// practiceFile writes the example's settings, changed, with a keyset beside it.
func practiceFile(t *testing.T, changes ...string) string {
	t.Helper()
	_, example, _ := curbside(t, "config", "example")
	changed := strings.NewReplacer(changes...).Replace(example)
	if len(changes) > 0 && changed == example {
		t.Fatal("the example does not hold what was to be changed")
	}
	name := filepath.Join(t.TempDir(), "curbside.yaml")
	if err := os.WriteFile(name, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := curbside(t, "keyset", "new", filepath.Join(filepath.Dir(name), "keyset.json")); code != exitOK {
		t.Fatal(errs)
	}
	return name
}

func TestTheExampleCanBeUsedAsItIs(t *testing.T) {
	t.Parallel()
	code, out, errs := curbside(t, "config", "check", practiceFile(t))
	if code != exitOK || out != "curbside.yaml can be used.\n" || errs != "" {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
}

func TestConfigCheckSaysWhatTheRulesDoNotKnow(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from, to string
		want     string
	}{
		"a jurisdiction without a pack": {
			"jurisdictions: [US-CA]", "jurisdictions: [US-ZZ]",
			"practice.jurisdictions[0]: there is no rule pack for US-ZZ; write one that curbside rules list shows, or add a pack of your own in packs_dir\n",
		},
		"a licence from where no pack is": {
			"licences: [US-CA]", "licences: [US-ZZ]",
			"people[0].licences[0]: there is no rule pack for US-ZZ; write one that curbside rules list shows, or add a pack of your own in packs_dir\n",
		},
		"a profession": {
			"profession: psychologist", "profession: plumber",
			"people[0].profession: \"plumber\" is not known; write one of addiction_counselor, ",
		},
		"a file that is no keyset": {
			"keyset_file: keyset.json", "keyset_file: bot.txt",
			"redis.encryption.keyset_file: cannot be used: ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := practiceFile(t, tc.from, tc.to)
			for name, secret := range map[string]string{"bot.txt": "xoxb-1", "app.txt": "xapp-1"} {
				if err := os.WriteFile(filepath.Join(filepath.Dir(file), name), []byte(secret), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			code, out, errs := curbside(t, "config", "check", file)
			if code != exitFailed || !strings.Contains(out, tc.want) {
				t.Errorf("exit %d, said %q, want %q", code, out, tc.want)
			}
			if want := "curbside: curbside.yaml cannot be used: the configuration has faults\n  safe: nothing was changed\n"; !strings.HasPrefix(errs, want) {
				t.Errorf("said %q", errs)
			}
		})
	}
}

func TestConfigCheckSaysWhatTheFileItselfGetsWrong(t *testing.T) {
	t.Parallel()
	code, out, _ := curbside(t, "config", "check", practiceFile(t, "chain: [[robin], [jo]]", "chain: [[robbin]]"))
	if want := "escalation.chain[0][0]: \"robbin\" is nobody's id; did you mean robin?\n"; code != exitFailed || !strings.Contains(out, want) {
		t.Errorf("exit %d, said %q", code, out)
	}
}

func TestConfigCheckSaysThatAFileIsMissing(t *testing.T) {
	t.Parallel()
	code, _, errs := curbside(t, "config", "check", filepath.Join(t.TempDir(), "curbside.yaml"))
	if code != exitFailed || !strings.Contains(errs, "no such file") || !strings.Contains(errs, "curbside config example > curbside.yaml") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}
