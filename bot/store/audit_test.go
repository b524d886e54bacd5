package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/dialog"
)

// noon is when the entries of these tests begin.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// audited commits n versions of a consult with an audit entry each, a minute apart.
func audited(t *testing.T, s *store.Store, handle string, n int) {
	t.Helper()
	for v := range n {
		c := version(handle, uint64(v+1))
		c.Audit = []dialog.AuditEntry{{
			Handle: handle, Actor: "dana", Action: "answer", Codes: map[string]string{"fact": "threat"},
			At: noon.Add(time.Duration(v) * time.Minute),
		}}
		must(t, s.Commit(t.Context(), c))
	}
}

func chainsTogether(t *testing.T, c redis.UniversalClient) {
	keyset, err := store.NewKeyset()
	must(t, err)
	const processes, consults, versions = 2, 8, 10
	var all sync.WaitGroup
	for process := range processes {
		s := openWith(t, c, keyset)
		for _, handle := range neighbours(s, process*consults, consults) {
			all.Go(func() {
				for v := range uint64(versions) {
					next := version(handle, v+1)
					next.Audit = []dialog.AuditEntry{{Handle: handle}, {Handle: handle}}
					if err := s.Commit(t.Context(), next); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	all.Wait()
	seen, err := store.NewAudit(c).Verify(t.Context(), nil)
	must(t, err)
	if want := processes * consults * versions * 2; seen.Links != want {
		t.Errorf("%d links, want %d", seen.Links, want)
	}
	if again, err := store.NewAudit(c).Verify(t.Context(), seen.Heads); err != nil || again.Links != seen.Links {
		t.Errorf("against its own heads: %+v, %v", again, err)
	}
}

// neighbours returns handles that all lie in the first partition, from the nth on.
func neighbours(s *store.Store, n, count int) (handles []string) {
	for i := 0; len(handles) < n+count; i++ {
		if handle := fmt.Sprintf("heron-%d", i); s.Layout().Of(handle) == 0 {
			handles = append(handles, handle)
		}
	}
	return handles[n:]
}

func showsTampering(t *testing.T, c redis.UniversalClient) {
	for name, tc := range map[string]struct {
		tamper func(t *testing.T, s *store.Store, chain string)
		seq    uint64
		why    string
	}{
		"a changed link": {
			func(t *testing.T, _ *store.Store, chain string) {
				link := c.LIndex(t.Context(), chain, 3).Val()
				must(t, c.LSet(t.Context(), chain, 3, strings.Replace(link, `"dana"`, `"mark"`, 1)).Err())
			}, 4, "its text was changed",
		},
		"a changed link with a hash that fits": {
			func(t *testing.T, _ *store.Store, chain string) {
				link := strings.Replace(c.LIndex(t.Context(), chain, 3).Val()[64:], `"dana"`, `"mark"`, 1)
				must(t, c.LSet(t.Context(), chain, 3, store.HashOf(link)+link).Err())
			}, 5, "the link before it is another one",
		},
		"a link taken out": {
			func(t *testing.T, _ *store.Store, chain string) {
				must(t, c.LRem(t.Context(), chain, 1, c.LIndex(t.Context(), chain, 3).Val()).Err())
			}, 4, "link 5 stands in its place",
		},
		"the first link taken out": {
			func(t *testing.T, _ *store.Store, chain string) { must(t, c.LPop(t.Context(), chain).Err()) },
			1, "link 2 stands in its place",
		},
		"two links that changed places": {
			func(t *testing.T, _ *store.Store, chain string) {
				third, fourth := c.LIndex(t.Context(), chain, 2).Val(), c.LIndex(t.Context(), chain, 3).Val()
				must(t, c.LSet(t.Context(), chain, 2, fourth).Err())
				must(t, c.LSet(t.Context(), chain, 3, third).Err())
			}, 3, "link 4 stands in its place",
		},
		"a link written in between": {
			func(t *testing.T, _ *store.Store, chain string) {
				third := c.LIndex(t.Context(), chain, 2).Val()
				must(t, c.LInsertAfter(t.Context(), chain, third, third).Err())
			}, 4, "link 3 stands in its place",
		},
		"a link that is no link": {
			func(t *testing.T, _ *store.Store, chain string) { must(t, c.LSet(t.Context(), chain, 3, "x").Err()) },
			4, "it cannot be read",
		},
		"the end cut off": {
			func(t *testing.T, _ *store.Store, chain string) { must(t, c.LTrim(t.Context(), chain, 0, 4).Err()) },
			6, "the chain ends here",
		},
		"the chain taken away": {
			func(t *testing.T, _ *store.Store, chain string) { must(t, c.Del(t.Context(), chain).Err()) },
			1, "the chain ends here",
		},
		"the end cut off and written anew": {
			func(t *testing.T, s *store.Store, chain string) {
				must(t, c.LTrim(t.Context(), chain, 0, 4).Err())
				for v := uint64(11); v <= 15; v++ {
					must(t, s.Commit(t.Context(), withAudit(version("blue-otter-08", v))))
				}
			}, 10, "another one than the head written down",
		},
		"all of it taken away, with all else": {
			func(t *testing.T, _ *store.Store, _ string) { must(t, c.FlushAll(t.Context()).Err()) },
			10, "no such chain",
		},
	} {
		t.Run(name, func(t *testing.T) {
			must(t, c.FlushAll(t.Context()).Err())
			s := open(t, c)
			audited(t, s, "blue-otter-08", 10)
			audit := store.NewAudit(c)
			before, err := audit.Verify(t.Context(), nil)
			must(t, err)
			now, err := audit.Heads(t.Context())
			must(t, err)
			coded, err := store.ReadHeads(store.HeadsCode(now))
			must(t, err)
			if _, err := audit.Verify(t.Context(), coded); err != nil || !slices.Equal(now, before.Heads) {
				t.Errorf("against the code of its own heads %v: %v", now, err)
			}
			tc.tamper(t, s, s.Layout().Of("blue-otter-08").Audit())
			for _, known := range [][]store.Head{before.Heads, coded} {
				_, err = audit.Verify(t.Context(), known)
				var broken *store.BrokenLinkError
				if !errors.As(err, &broken) || broken.Seq != tc.seq || !strings.Contains(broken.Why, tc.why) {
					t.Errorf("verify = %v, want link %d: %s", err, tc.seq, tc.why)
				}
			}
		})
	}
}

func prunes(t *testing.T, c redis.UniversalClient) {
	s := open(t, c)
	audited(t, s, "a", 1200) // more than two pages
	audit := store.NewAudit(c)
	before, err := audit.Verify(t.Context(), nil)
	must(t, err)
	n, err := audit.Prune(t.Context(), noon.Add(700*time.Minute))
	must(t, err)
	if n != 700 {
		t.Errorf("pruned %d links, want 700", n)
	}
	if n, err := audit.Prune(t.Context(), noon.Add(700*time.Minute)); err != nil || n != 0 {
		t.Errorf("pruned again: %d, %v", n, err)
	}
	after, err := audit.Verify(t.Context(), before.Heads)
	must(t, err)
	if after.Links != 500 || after.Pruned != 700 {
		t.Errorf("verified %+v", after)
	}
	next := version("a", 1201)
	next.Audit = []dialog.AuditEntry{{Handle: "a"}}
	must(t, open(t, c).Commit(t.Context(), next))
	if n, err := audit.Prune(t.Context(), noon.Add(24*time.Hour)); err != nil || n != 501 {
		t.Errorf("pruned the rest: %d, %v", n, err)
	}
	must(t, s.Commit(t.Context(), withAudit(version("a", 1202))))
	end, err := audit.Verify(t.Context(), nil)
	must(t, err)
	if end.Links != 1 || end.Pruned != 1201 || end.Heads[0].Seq != 1202 {
		t.Errorf("verified %+v", end)
	}
}

func withAudit(c bot.Commit) bot.Commit {
	c.Audit = []dialog.AuditEntry{{Handle: c.Record.Consult.Handle}}
	return c
}

func FuzzReadHeads(f *testing.F) {
	f.Add(`{"partition":0,"seq":7,"hash":"` + strings.Repeat("a", 64) + `"}` + "\n")
	f.Add("{}\n\n[]")
	f.Add(store.HeadsCode([]store.Head{{Partition: 3, Seq: 700, Hash: strings.Repeat("a", 64)}}))
	f.Add("heads1.AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		heads, err := store.ReadHeads(text)
		if err != nil && heads != nil {
			t.Error("heads and an error")
		}
		for _, head := range heads {
			if head.Seq == 0 || (len(head.Hash) != 64 && len(head.Hash) != 24) {
				t.Errorf("read %+v", head)
			}
		}
	})
}
