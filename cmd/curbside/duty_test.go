package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"curbside/config"
)

// withRota is the demo's practice with a rota in its chain.
func withRota(t *testing.T, rota, more string) *config.Config {
	t.Helper()
	demo, err := os.ReadFile(filepath.Join(root, "config/demo.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(demo), "chain: [[sam], [kim]]", "chain: [[first-call], [kim]]", 1) + rota + more
	cfg, found, err := config.Parse([]byte(text), config.Options{})
	if err != nil {
		t.Fatalf("%v: %v", err, found)
	}
	return cfg
}

const wholeWeek = "rotas: [{id: first-call, name: First call, starts: 2026-11-23, turns: [{from: mon 08:00, until: mon 08:00, people: [sam, kim]}]}]\n"

func TestGapsAndPeopleOutOfReachAreFaultsOfACheck(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		rota, more string
		change     func(*config.Config)
		want       []string
	}{
		"a rota that is filled": {rota: wholeWeek},
		"somebody away": {rota: wholeWeek, more: "absences: [{person: sam, from: 2026-11-26, until: 2026-11-27}]\n", want: []string{
			"fault: line 42: rotas[0]: nobody has the duty from Thu Nov 26, 00:00 PST until Sat Nov 28, 00:00 PST; name somebody in turns, a stand-in in absences, or take it over in chat",
		}},
		"somebody away with a stand-in": {rota: wholeWeek, more: "absences: [{person: sam, from: 2026-11-26, until: 2026-11-27, instead: kim}]\n"},
		"nights that nobody has":        {rota: strings.Replace(wholeWeek, "from: mon 08:00, until: mon 08:00", "from: sun 00:00, until: sat 24:00", 1), want: nil},
		"somebody without a way to them": {rota: wholeWeek, change: func(c *config.Config) {
			for i := range c.People {
				if c.People[i].ID == "kim" {
					c.People[i].Web, c.People[i].Pager = false, config.Pager{}
				}
			}
		}, want: []string{
			"fault: line 42: rotas[0]: whoever has the duty cannot be reached (kim) from Mon Nov 30, 08:00 PST until Mon Dec 7, 08:00 PST; name somebody in turns, a stand-in in absences, or take it over in chat",
			"fault: line 23: people[3]: kim is in the chain and cannot be reached: give them an account on a platform that is enabled, or a pager",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := withRota(t, tc.rota, tc.more)
			if tc.change != nil {
				tc.change(cfg)
			}
			var got []string
			for _, p := range dutyProblems(cfg, now) {
				got = append(got, cfg.Locate([]config.Problem{p})[0].String())
			}
			if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("the owner reads\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

func TestACheckFailsWithAGapAndServeWouldStart(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "config/demo.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "curbside.yaml")
	gap := strings.Replace(string(text), "chain: [[sam], [kim]]", "chain: [[first-call], [kim]]", 1) +
		"rotas: [{id: first-call, name: First call, starts: 2026-11-23, turns: [{from: mon 08:00, until: mon 09:00, people: [sam]}]}]\n"
	if err := os.WriteFile(path, []byte(gap), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"config", "check", path}, nil, &out, &errs); code == exitOK || !strings.Contains(out.String(), "nobody has the duty from") {
		t.Errorf("it ended with %d and said\n%s%s", code, out.String(), errs.String())
	}
	if _, err := loadConfig(path, &out); err != nil {
		t.Errorf("serve would not start at night for a gap next week: %v", err)
	}
}
