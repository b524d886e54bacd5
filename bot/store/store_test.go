package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// open makes a store with a keyset of its own.
func open(t testing.TB, c redis.UniversalClient) *store.Store {
	t.Helper()
	keyset, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	return openWith(t, c, keyset)
}

func openWith(t testing.TB, c redis.UniversalClient, keyset []byte) *store.Store {
	t.Helper()
	sealer, err := store.OpenKeyset(keyset)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.New(store.Options{Client: c, Sealer: sealer})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// marker stands in for what must be sealed.
const marker = "channel-of-the-practice"

// version makes the commit that leads a consult to a version.
func version(handle string, v uint64) bot.Commit {
	return bot.Commit{
		Record: bot.Record{
			Consult: dialog.Consult{Handle: handle, Version: v},
			Home:    bot.Place{Platform: "web", Workspace: "local", Channel: marker},
		},
		Keep: time.Hour,
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestStore(t *testing.T) {
	t.Parallel()
	redistest.Each(t, redistest.Suite{
		"a consult comes back as it was committed":                              comesBack,
		"a commit that is refused leaves nothing behind":                        refuses,
		"an input whose handle was taken comes again with another":              drawsAnotherHandle,
		"an input that opens a consult, received many times, opens one":         opensOnce,
		"effects and timers are kept with their commit":                         keepsWhatItCarries,
		"a consult is gone when its retention ends":                             expires,
		"a person sees the consults they are involved in":                       involves,
		"the number of partitions is fixed at the first start":                  fixesPartitions,
		"state is sealed unless somebody names the contrary":                    seals,
		"many commits on one consult happen one after the other":                linearises,
		"the chain of many commits by two processes at once can be verified":    chainsTogether,
		"the chain shows what was done to it":                                   showsTampering,
		"the rest of a chain can be verified when its oldest links were pruned": prunes,
	})
}

func comesBack(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	if _, err := s.Load(t.Context(), "amber-heron-42"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("before it is opened: %v, want %v", err, bot.ErrNotFound)
	}
	must(t, s.Commit(t.Context(), version("amber-heron-42", 1)))
	must(t, s.Commit(t.Context(), version("amber-heron-42", 2)))
	rec, err := s.Load(t.Context(), "amber-heron-42")
	must(t, err)
	if rec.Consult.Handle != "amber-heron-42" || rec.Consult.Version != 2 || rec.Home.Channel != marker {
		t.Errorf("loaded %+v", rec)
	}
}

func refuses(t *testing.T, c redis.UniversalClient) {
	input := func(c bot.Commit, id string) bot.Commit {
		c.InputID = id
		return c
	}
	for name, tc := range map[string]struct {
		kept []bot.Commit
		next bot.Commit
		want error
	}{
		"the handle is taken": {
			[]bot.Commit{version("a", 1)}, version("a", 1), bot.ErrExists,
		},
		"the consult has moved on": {
			[]bot.Commit{version("a", 1), version("a", 2)}, version("a", 2), bot.ErrConflict,
		},
		"a version is left out": {
			[]bot.Commit{version("a", 1)}, version("a", 3), bot.ErrConflict,
		},
		"the consult is gone": {
			nil, version("a", 2), bot.ErrConflict,
		},
		"the input was committed before": {
			[]bot.Commit{version("a", 1), input(version("a", 2), "press")}, input(version("a", 3), "press"), bot.ErrSeen,
		},
		"the input was committed before and the consult has moved on": {
			[]bot.Commit{version("a", 1), input(version("a", 2), "press"), version("a", 3)}, input(version("a", 2), "press"), bot.ErrSeen,
		},
		"the input has opened another consult": {
			[]bot.Commit{input(version("a", 1), "command")}, input(version("b", 1), "command"), bot.ErrSeen,
		},
		"the input has opened this consult": {
			[]bot.Commit{input(version("a", 1), "command")}, input(version("a", 1), "command"), bot.ErrSeen,
		},
	} {
		t.Run(name, func(t *testing.T) {
			must(t, c.FlushAll(t.Context()).Err())
			s := open(t, c)
			for _, kept := range tc.kept {
				must(t, s.Commit(t.Context(), kept))
			}
			refused := tc.next
			refused.Effects = []dialog.Effect{{Handle: "a", Version: 9, Kind: dialog.PostNote}}
			refused.Timers = []dialog.Timer{{ID: "t", Due: time.Now()}}
			refused.Audit = []dialog.AuditEntry{{Handle: "a"}}
			refused.Joined = []dialog.PersonID{"dana"}
			if err := s.Commit(t.Context(), refused); !errors.Is(err, tc.want) {
				t.Fatalf("commit = %v, want %v", err, tc.want)
			}
			p := s.Layout().Of("a")
			for _, key := range []string{p.Outbox(dialog.LaneNormal), p.Timers(), p.Audit(), p.Person("dana")} {
				if n := c.Exists(t.Context(), key).Val(); n != 0 {
					t.Errorf("%s is kept of a commit that was refused", key)
				}
			}
		})
	}
}

func drawsAnotherHandle(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	must(t, s.Commit(t.Context(), version("taken", 1)))
	again := version("taken", 1)
	again.InputID = "command"
	if err := s.Commit(t.Context(), again); !errors.Is(err, bot.ErrExists) {
		t.Fatalf("commit = %v, want %v", err, bot.ErrExists)
	}
	other := version("free", 1)
	other.InputID = "command"
	must(t, s.Commit(t.Context(), other))
}

func opensOnce(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	answers := make(chan error)
	for i := range 8 {
		go func() {
			opening := version(fmt.Sprintf("heron-%d", i), 1)
			opening.InputID = "command"
			answers <- s.Commit(t.Context(), opening)
		}()
	}
	opened := 0
	for range 8 {
		switch err := <-answers; {
		case err == nil:
			opened++
		case !errors.Is(err, bot.ErrSeen):
			t.Error(err)
		}
	}
	if opened != 1 {
		t.Errorf("%d consults were opened", opened)
	}
}

func TestACommitThatCannotBeKeptIsAnError(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	must(t, err)
	defer stop()
	s := open(t, client)
	forever, nobody, unborn := version("a", 1), version("no:handle", 1), version("a", 0)
	forever.Keep = 0
	for _, c := range []bot.Commit{forever, nobody, unborn} {
		if err := s.Commit(t.Context(), c); err == nil {
			t.Errorf("committed %+v", c)
		}
	}
}

func TestAHandleThatIsNoneIsNotFound(t *testing.T) {
	t.Parallel()
	client, stop, err := store.Embedded(t.Context())
	must(t, err)
	defer stop()
	s := open(t, client)
	for _, handle := range []string{"", "a:b", "A", "{p1}", "a b", "*", strings.Repeat("a", 65)} {
		if _, err := s.Load(t.Context(), handle); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("load %q = %v, want %v", handle, err, bot.ErrNotFound)
		}
	}
}

func keepsWhatItCarries(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	due := time.UnixMilli(1_800_000_000_123)
	first := version("a", 1)
	first.Effects = []dialog.Effect{
		{Handle: "a", Version: 1, Index: 0, Kind: dialog.PostCard},
		{Handle: "a", Version: 1, Index: 1, Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana", Args: []string{"today"}},
	}
	first.Timers = []dialog.Timer{{ID: "stays", Due: due}, {ID: "goes", Due: due}, {ID: "moves", Due: due}}
	must(t, s.Commit(t.Context(), first))
	second := version("a", 2)
	second.Timers = []dialog.Timer{{ID: "goes"}, {ID: "moves", Due: due.Add(time.Minute)}}
	must(t, s.Commit(t.Context(), second))

	p := s.Layout().Of("a")
	for lane, want := range map[dialog.Lane]dialog.Effect{dialog.LaneNormal: first.Effects[0], dialog.LaneUrgent: first.Effects[1]} {
		entries, err := c.XRange(t.Context(), p.Outbox(lane), "-", "+").Result()
		must(t, err)
		var got dialog.Effect
		if len(entries) != 1 || json.Unmarshal([]byte(entries[0].Values["e"].(string)), &got) != nil || got.ID() != want.ID() || got.Kind != want.Kind {
			t.Errorf("lane %s holds %v, want %+v", lane, entries, want)
		}
	}
	timers, err := c.ZRangeWithScores(t.Context(), p.Timers(), 0, -1).Result()
	must(t, err)
	want := []redis.Z{{Member: "a|stays", Score: 1_800_000_000_123}, {Member: "a|moves", Score: 1_800_000_060_123}}
	if !slices.Equal(timers, want) {
		t.Errorf("timers = %v, want %v", timers, want)
	}
}

func expires(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	short := version("a", 1)
	short.Keep = 50 * time.Millisecond
	short.Joined = []dialog.PersonID{"dana"}
	must(t, s.Commit(t.Context(), short))
	eventually(t, "the consult is gone", func() bool {
		_, err := s.Load(t.Context(), "a")
		return errors.Is(err, bot.ErrNotFound)
	})
	if list, err := s.Involving(t.Context(), "dana"); err != nil || len(list) != 0 {
		t.Errorf("it still stands on a list: %v, %v", list, err)
	}
	if n := c.Exists(t.Context(), s.Layout().Of("a").Person("dana")).Val(); n != 0 {
		t.Error("it still stands in the index")
	}
}

func involves(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	for i := range 20 { // in more than one partition
		c := version(fmt.Sprintf("heron-%02d", i), 1)
		c.Joined = []dialog.PersonID{"dana", "eli"}
		must(t, s.Commit(t.Context(), c))
	}
	left := version("heron-07", 2)
	left.Left = []dialog.PersonID{"dana"}
	must(t, s.Commit(t.Context(), left))

	danas, err := s.Involving(t.Context(), "dana")
	must(t, err)
	if len(danas) != 19 || slices.Contains(danas, "heron-07") || !slices.IsSorted(danas) {
		t.Errorf("dana's consults: %v", danas)
	}
	elis, err := s.Involving(t.Context(), "eli")
	must(t, err)
	if len(elis) != 20 {
		t.Errorf("eli's consults: %v", elis)
	}
}

func fixesPartitions(t *testing.T, c redis.UniversalClient) {
	must(t, open(t, c).Check(t.Context()))
	must(t, open(t, c).Check(t.Context()))
	other, err := store.New(store.Options{Client: c, Sealer: store.Unencrypted(), Partitions: 8})
	must(t, err)
	var differs *store.PartitionsError
	if err := other.Check(t.Context()); !errors.As(err, &differs) || differs.Kept != 16 || differs.Configured != 8 {
		t.Fatalf("check = %v", err)
	}
	if want := "set redis.partitions to 16"; !strings.Contains(differs.Error(), want) {
		t.Errorf("%q does not say %q", differs, want)
	}
	if err := other.Commit(t.Context(), version("a", 1)); !errors.As(err, &differs) {
		t.Errorf("commit = %v, want it refused", err)
	}
}

// eventually waits for something that the clock brings about.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("not so: %s", what)
}
