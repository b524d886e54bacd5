package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/keyspace"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// audit runs an audit command on a practice whose settings file is practice.yaml.
func audit(t *testing.T, server *redistest.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := newAuditCommand(func(path string) (redis.UniversalClient, error) {
		if path != "practice.yaml" {
			return nil, errors.New("no such practice")
		}
		return store.NewClient(server.Options), nil
	})
	var out, errs strings.Builder
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&errs)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	code = report(&errs, cmd.ExecuteContext(t.Context()))
	return code, out.String(), errs.String()
}

// auditedConsult commits a consult of n steps.
func auditedConsult(t *testing.T, server *redistest.Server, handle string, n uint64) {
	t.Helper()
	s, err := store.New(store.Options{Client: server.Client(t), Sealer: store.Unencrypted()})
	if err != nil {
		t.Fatal(err)
	}
	for v := range n {
		err := s.Commit(t.Context(), bot.Commit{
			Record: bot.Record{Consult: dialog.Consult{Handle: handle, Version: v + 1}},
			Audit:  []dialog.AuditEntry{{Handle: handle, Actor: "dana", Action: "answer", At: time.Unix(1_800_000_000, 0).UTC()}},
			Keep:   time.Hour,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnAuditChainThatFitsIsVerifiedAndExported(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	url := "unix://" + server.Options.Addrs[0]
	if code, out, errs := audit(t, server, "verify", "--redis", url); code != exitOK || out != "" || !strings.HasPrefix(errs, "0 links in 0 chains fit.") {
		t.Errorf("an empty Redis: exit %d, said %q %q", code, out, errs)
	}
	auditedConsult(t, server, "amber-heron-42", 3)
	auditedConsult(t, server, "quiet-otter-07", 2)

	code, out, errs := audit(t, server, "verify", "--config", "practice.yaml")
	if code != exitOK || !strings.HasPrefix(errs, "5 links in 2 chains fit.") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	if heads, err := store.ReadHeads(out); err != nil || len(heads) != 2 || heads[0].Seq+heads[1].Seq != 5 {
		t.Errorf("heads %v, %v", heads, err)
	}

	code, out, errs = audit(t, server, "export", "--redis", url)
	if code != exitOK || errs != "" {
		t.Errorf("export: exit %d, said %q", code, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 5 {
		t.Fatalf("exported %d lines, want 5", len(lines))
	}
	for _, line := range lines {
		var link struct{ Hash, Link string }
		if err := json.Unmarshal([]byte(line), &link); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(link.Link))
		if hex.EncodeToString(sum[:]) != link.Hash || !strings.Contains(link.Link, `"actor":"dana"`) {
			t.Errorf("exported %s", line)
		}
	}
	kept := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(kept, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := audit(t, server, "verify", "--redis", url, "--heads", kept); code != exitOK {
		t.Errorf("against its own export: exit %d, said %q", code, errs)
	}
}

func TestAnAuditChainThatWasTamperedWithIsSaidWithItsFirstBrokenLink(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	auditedConsult(t, server, "amber-heron-42", 4)
	_, heads, _ := audit(t, server, "verify", "--config", "practice.yaml")
	kept := filepath.Join(t.TempDir(), "heads.jsonl")
	if err := os.WriteFile(kept, []byte(heads), 0o600); err != nil {
		t.Fatal(err)
	}
	c, chain := server.Client(t), keyspace.Layout{Partitions: store.DefaultPartitions}.Of("amber-heron-42").Audit()

	if err := c.LTrim(t.Context(), chain, 0, 2).Err(); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := audit(t, server, "verify", "--config", "practice.yaml"); code != exitOK {
		t.Errorf("without heads a cut end shows nowhere, but: exit %d, said %q", code, errs)
	}
	code, _, errs := audit(t, server, "verify", "--config", "practice.yaml", "--heads", kept)
	want := "curbside: audit chain of partition 8 is broken at link 4: the chain ends here, but link 4 was written down\n" +
		"  safe: nothing was changed\n  next: keep a copy of this Redis as it is, and compare it with your last export\n"
	if code != exitFailed || errs != want {
		t.Errorf("the end cut off: exit %d, said %q, want %q", code, errs, want)
	}

	link := c.LIndex(t.Context(), chain, 1).Val()
	if err := c.LSet(t.Context(), chain, 1, strings.Replace(link, "dana", "mark", 1)).Err(); err != nil {
		t.Fatal(err)
	}
	code, _, errs = audit(t, server, "verify", "--config", "practice.yaml")
	if code != exitFailed || !strings.Contains(errs, "broken at link 2: its text was changed") {
		t.Errorf("a changed link: exit %d, said %q", code, errs)
	}
	if code, out, _ := audit(t, server, "export", "--config", "practice.yaml"); code != exitOK || !strings.Contains(out, "mark") {
		t.Errorf("a broken chain is not exported as it is: exit %d, %q", code, out)
	}
}

func TestAnAuditCommandIsNotUnderstood(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"without a Redis":            {[]string{"verify"}, "needs either --config or --redis"},
		"with two":                   {[]string{"export", "--config", "a", "--redis", "redis://b"}, "needs either --config or --redis"},
		"with an address that is no": {[]string{"verify", "--redis", "http://user:sesame@host"}, "write redis://host:port/0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := audit(t, nil, tc.args...)
			if code != exitUsage || out != "" || !strings.Contains(errs, tc.want) || strings.Contains(errs, "sesame") {
				t.Errorf("exit %d, said %q %q", code, out, errs)
			}
		})
	}
}
