package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

func TestForgetting(t *testing.T) {
	t.Parallel()
	redistest.Each(t, redistest.Suite{
		"leaves nothing of the consult and all of the others": forgetsOne,
		"of what is not kept says so and writes nothing":      forgetsNothing,
		"takes its turn at the audit chain":                   appendsAmongCommits,
	})
}

// busy commits a consult that has left a trace of every kind.
func busy(t *testing.T, s *store.Store, handle string) {
	t.Helper()
	c := version(handle, 1)
	c.InputID = "command of " + handle
	c.Joined = []dialog.PersonID{"dana"}
	c.Effects = []dialog.Effect{
		{Handle: handle, Version: 1, Kind: dialog.PostCard},
		{Handle: handle, Version: 1, Index: 1, Kind: dialog.Page, To: "sam", Lane: dialog.LaneUrgent},
	}
	c.Timers = []dialog.Timer{{ID: "remind", Due: noon}}
	c.Audit = []dialog.AuditEntry{{Handle: handle, Action: dialog.ActOpen, At: noon}}
	must(t, s.Commit(t.Context(), c))
	at := s.Layout().Of(handle)
	must(t, s.Client().HSet(t.Context(), at.Refs(handle), "card", "m1").Err())
	must(t, s.Client().HSet(t.Context(), at.Receipts(handle), handle+"/1/0", "{}").Err())
	must(t, s.Client().HSet(t.Context(), at.TimersHeld(), handle, "token").Err())
	must(t, s.Client().HSet(t.Context(), "curbside:{web}:board", handle+"/card", `{"handle":"`+handle+`"}`).Err())
	must(t, s.Client().LPush(t.Context(), at.Dead(), `{"h":"`+handle+`"}`).Err())
}

func forgetsOne(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	const gone, near = "amber-heron-4", "amber-heron-42"
	busy(t, s, gone)
	busy(t, s, near)
	before, err := store.Find(t.Context(), c, near)
	must(t, err)

	removed, left, err := store.Forget(t.Context(), c, gone, dialog.AuditEntry{Actor: "robin", Action: dialog.ActForget, At: noon})
	must(t, err)
	if len(removed.Traces) != len(before.Traces) || len(left.Traces) != 0 {
		t.Errorf("removed %v, left %v", removed.Traces, left.Traces)
	}
	if _, err := s.Load(t.Context(), gone); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("load = %v", err)
	}
	if list, err := s.Involving(t.Context(), "dana"); err != nil || !slices.Equal(list, []string{near}) {
		t.Errorf("involving = %v, %v", list, err)
	}
	if after, err := store.Find(t.Context(), c, near); err != nil || !slices.Equal(after.Traces, before.Traces) {
		t.Errorf("of the other one: %v, %v, want %v", after.Traces, err, before.Traces)
	}
	if left.Links != 2 {
		t.Errorf("%d links name it, want the opening and the forgetting", left.Links)
	}
	if seen, err := store.NewAudit(c).Verify(t.Context(), nil); err != nil || seen.Links != 3 {
		t.Errorf("verified %+v, %v", seen, err)
	}
	if _, _, err := store.Forget(t.Context(), c, gone, dialog.AuditEntry{}); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("again = %v", err)
	}
}

func forgetsNothing(t *testing.T, c redis.UniversalClient) {
	busy(t, open(t, c), "amber-heron-42")
	for _, handle := range []string{"quiet-otter-07", "amber-heron", "*", "", "a b"} {
		if _, _, err := store.Forget(t.Context(), c, handle, dialog.AuditEntry{}); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("%q: %v", handle, err)
		}
	}
	if seen, err := store.NewAudit(c).Verify(t.Context(), nil); err != nil || seen.Links != 1 {
		t.Errorf("verified %+v, %v", seen, err)
	}
}

func appendsAmongCommits(t *testing.T, c redis.UniversalClient) {
	keyset, err := store.NewKeyset()
	must(t, err)
	const each = 20
	var all sync.WaitGroup
	for process := range 2 {
		s := openWith(t, c, keyset)
		handle := fmt.Sprintf("amber-heron-%d", process)
		all.Go(func() { audited(t, s, handle, each) })
		all.Go(func() {
			for range each {
				if err := s.Append(t.Context(), handle, dialog.AuditEntry{Action: dialog.ActForget, At: time.Now()}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if seen, err := store.NewAudit(c).Verify(t.Context(), nil); err != nil || seen.Links != 4*each {
		t.Errorf("verified %+v, %v", seen, err)
	}
}
