package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// forget runs the command on a Redis.
func forget(t *testing.T, server *redistest.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := newForgetCommand(func(string) (redis.UniversalClient, error) { return store.NewClient(server.Options), nil })
	var out, errs strings.Builder
	cmd.SetArgs(append(args, "--config", "practice.yaml"))
	cmd.SetOut(&out)
	cmd.SetErr(&errs)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	code = report(&errs, cmd.ExecuteContext(t.Context()))
	return code, out.String(), errs.String()
}

func TestAConsultIsForgottenWithProof(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	auditedConsult(t, server, "amber-heron-42", 3)
	auditedConsult(t, server, "quiet-otter-07", 1)

	code, out, _ := forget(t, server, "amber-heron-42")
	if code != exitOK || !strings.Contains(out, "Nothing was changed.\nTo be removed: 1 key.\nTo stay: 3 links") {
		t.Errorf("without --yes: exit %d, said %q", code, out)
	}
	code, out, errs := forget(t, server, "amber-heron-42", "--yes")
	if code != exitUsage || !strings.Contains(errs, "--by") {
		t.Errorf("without --by: exit %d, said %q %q", code, out, errs)
	}
	code, out, errs = forget(t, server, "amber-heron-42", "--by", "robin", "--yes")
	if code != exitOK || !strings.Contains(out, "nothing left of it") || !strings.Contains(out, "4 links") {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
	code, _, errs = forget(t, server, "amber-heron-42", "--by", "robin", "--yes")
	if code != exitFailed || !strings.Contains(errs, "nothing that is kept names this consult") {
		t.Errorf("again: exit %d, said %q", code, errs)
	}
	if code, out, _ = forget(t, server, "quiet-otter-07"); !strings.Contains(out, "To be removed: 1 key.") {
		t.Errorf("the other consult: exit %d, said %q", code, out)
	}
	if code, out, _ := audit(t, server, "export", "--config", "practice.yaml"); code != exitOK || !strings.Contains(out, `\"actor\":\"robin\",\"action\":\"forget\"`) {
		t.Errorf("the audit chain does not say who: %s", out)
	}
}

func TestForgettingEndsWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s, err := store.New(store.Options{Client: server.Client(t), Sealer: store.Unencrypted()})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Commit(t.Context(), bot.Commit{
		Record:  bot.Record{Consult: dialog.Consult{Handle: "amber-heron-42", Version: 1}},
		Effects: []dialog.Effect{{Handle: "amber-heron-42", Version: 1, Kind: dialog.PostCard}},
		Timers:  []dialog.Timer{{ID: "remind", Due: time.Now().Add(time.Hour)}},
		Joined:  []dialog.PersonID{"dana"},
		Keep:    time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := forget(t, server, "amber-heron-42", "--by", "robin", "--yes")
	if code != exitOK || !strings.Contains(out, "1 effect, 1 entry, 2 keys, 1 timer") {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
	if keys := server.Client(t).Keys(context.WithoutCancel(t.Context()), "*amber*").Val(); len(keys) > 0 {
		t.Errorf("left: %v", keys)
	}
}
