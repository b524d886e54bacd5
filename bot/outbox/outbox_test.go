package outbox_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

func TestOutbox(t *testing.T) {
	t.Parallel()
	redistest.Each(t, redistest.Suite{
		"effects arrive once and in order, and references are kept":      delivers,
		"what is busy comes again and nothing of its consult overtakes":  retries,
		"a page waits for nobody else's page, nor a pager for the chat":  pagesApart,
		"a page does not wait for the end of the one before it":          pagesPastTheEnd,
		"phones ring while the chat hangs":                               ringsPastTheChat,
		"ordinary deliveries never delay a page":                         pagesFirst,
		"updates of a card are merged to the newest":                     merges,
		"what needs the card waits until it is posted":                   waitsForCard,
		"what is unreachable is recorded and ends":                       ends,
		"a post that may have arrived is repeated once":                  repeatsPostOnce,
		"an update that may have arrived is repeated until it is clear":  repeatsUpdate,
		"a worker that panics is asked again":                            recovers,
		"what cannot be read is put aside, and only its id is logged":    buries,
		"two outboxes deliver everything once, in order, never at once":  shares,
		"stopping finishes the delivery under way":                       stopsGently,
		"what was committed before the first start is delivered":         startsLate,
		"a Redis that has lost everything is set up anew":                setsUpAnew,
		"timers fire once with two outboxes":                             firesOnce,
		"timers of one consult fire one after the other, in order":       firesInOrder,
		"a timer that fails fires again, one whose consult is gone ends": firesAgain,
		"a timer that is moved while it fires stays":                     keepsMovedTimer,
		"a clock that is moved wakes the timers":                         wakes,
		"it is told when nothing is left to do, and when something will": looksAhead,
	})
}

func delivers(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var seen sync.Map
	w := &platform{answer: func(e dialog.Effect, refs map[string]bot.Ref) (bot.Receipt, string) {
		seen.Store(e.ID(), refs[bot.RefCard])
		if e.Kind == dialog.PostCard {
			return bot.Receipt{Ref: "m1"}, bot.RefCard
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostCard}, dialog.Effect{Kind: dialog.PostNote})
	p.commit("a", 2, dialog.Effect{Kind: dialog.UpdateCard})
	w.expect(t, "a/1/0", "a/1/1", "a/2/0")
	p.settled()
	if ref, _ := seen.Load("a/2/0"); ref != bot.Ref("m1") {
		t.Errorf("the update was handed card %q, want m1", ref)
	}
	refs, err := p.store.Refs(t.Context(), "a")
	if err != nil || refs[bot.RefCard] != "m1" {
		t.Errorf("refs = %v, %v", refs, err)
	}
	if got := p.outcome("a", "a/1/1"); got != "delivered" {
		t.Errorf("receipt = %q", got)
	}
	at := p.store.Layout().Of("a")
	for _, key := range []string{at.Receipts("a"), at.Refs("a")} {
		if left := c.PTTL(t.Context(), key).Val(); left <= 0 || left > time.Hour {
			t.Errorf("%s is kept for %v, want no longer than its consult", key, left)
		}
	}
}

func retries(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var first atomic.Int64
	w := &platform{}
	w.answer = func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.ID() == "a/1/0" && first.CompareAndSwap(0, time.Now().UnixMilli()) {
			return bot.Receipt{Outcome: bot.Busy, RetryAfter: 600 * time.Millisecond, Code: "429"}, ""
		}
		return bot.Receipt{}, ""
	}
	p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostNote}, dialog.Effect{Kind: dialog.PostNote})
	eventually(t, 5*time.Second, func() bool { return first.Load() > 0 }, func() string { return "no first try" })
	p.commit("b", 1, dialog.Effect{Kind: dialog.PostNote})
	w.expect(t, "b/1/0", "a/1/0", "a/1/1")
	if waited := time.Now().UnixMilli() - first.Load(); waited < 600 {
		t.Errorf("tried again after %d ms, want 600", waited)
	}
	if strings.Count(p.log.String(), "delivery waits") != 1 {
		t.Errorf("want one line for one reason:\n%s", p.log.String())
	}
}

func pagesApart(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.To == "dana" && e.Kind == dialog.Page {
			return bot.Receipt{Outcome: bot.Busy, RetryAfter: time.Hour}, ""
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	p.commit("a", 1,
		dialog.Effect{Kind: dialog.PostCard},
		dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"},
		dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "eli"},
		dialog.Effect{Kind: dialog.CallPager, Lane: dialog.LaneUrgent, To: "dana"},
	)
	eventually(t, 5*time.Second, func() bool { return len(w.deliveries()) == 3 }, func() string { return fmt.Sprint(w.deliveries()) })
	if got := w.deliveries(); slices.Contains(got, "a/1/1") {
		t.Errorf("delivered %v", got)
	}
}

func pagesPastTheEnd(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.Kind == dialog.EndPage {
			return bot.Receipt{Outcome: bot.Busy, RetryAfter: time.Hour}, ""
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	dana := func(kind dialog.EffectKind) dialog.Effect {
		return dialog.Effect{Kind: kind, Lane: dialog.LaneUrgent, To: "dana"}
	}
	for _, handle := range []string{"a", dialog.DeskHandle} {
		p.commit(handle, 1, dana(dialog.EndPage))
	}
	eventually(t, 5*time.Second, func() bool { return len(w.attempts()) == 2 }, func() string { return "the ends were not tried" })
	p.commit("a", 2, dana(dialog.Page), dana(dialog.EndPage))
	p.commit(dialog.DeskHandle, 2, dana(dialog.Page))
	w.expect(t, "a/2/0")
	if got := p.outcome("a", "a/1/0"); got != "merged" {
		t.Errorf("receipt of the end = %q, want merged", got)
	}
	eventually(t, 5*time.Second, func() bool { return len(w.attempts()) == 4 }, func() string { return "the end of the new page was not tried" })
	if got := p.outcome(dialog.DeskHandle, dialog.DeskHandle+"/1/0"); got != "busy" {
		t.Errorf("receipt of the end of a rehearsal = %q, want busy: the next one has a message of its own", got)
	}
}

func ringsPastTheChat(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	release := make(chan struct{})
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.Kind == dialog.Page {
			<-release
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	const dangers, chain = 4, 8 // consults in danger at the same time, and whom each pages
	for i := range dangers {
		var all []dialog.Effect
		for j := range chain {
			to := dialog.PersonID(fmt.Sprint("sam-", j))
			all = append(all, dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: to}, dialog.Effect{Kind: dialog.CallPager, Lane: dialog.LaneUrgent, To: to})
		}
		p.commit(fmt.Sprintf("danger-%d", i), 1, all...)
	}
	eventually(t, 5*time.Second, func() bool { return len(w.deliveries()) == dangers*chain }, func() string {
		return fmt.Sprintf("%d phones rang, want %d", len(w.deliveries()), dangers*chain)
	})
	close(release)
	eventually(t, 10*time.Second, func() bool { return len(w.deliveries()) == 2*dangers*chain }, func() string { return fmt.Sprint(len(w.deliveries())) })
}

func pagesFirst(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	release := make(chan struct{})
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.Kind == dialog.PostNote {
			<-release
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	const many = 40 // more than are delivered at once
	for i := range many {
		p.commit(fmt.Sprintf("slow-%d", i), 1, dialog.Effect{Kind: dialog.PostNote})
	}
	eventually(t, 5*time.Second, func() bool { return len(w.attempts()) >= 16 }, func() string { return "nothing is slow" })
	start := time.Now()
	p.commit("slow-0", 2, dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"})
	w.expect(t, "slow-0/2/0")
	if took := time.Since(start); took > time.Second {
		t.Errorf("the page took %v", took)
	}
	close(release)
	eventually(t, 10*time.Second, func() bool { return len(w.deliveries()) == many+1 }, func() string { return fmt.Sprint(len(w.deliveries())) })
}

func merges(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	release := make(chan struct{})
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.Version == 1 {
			<-release
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.UpdateCard})
	eventually(t, 5*time.Second, func() bool { return len(w.attempts()) == 1 }, func() string { return "no first try" })
	p.commit("a", 2, dialog.Effect{Kind: dialog.UpdateCard})
	p.commit("a", 3, dialog.Effect{Kind: dialog.PostNote}, dialog.Effect{Kind: dialog.UpdateCard})
	p.commit("a", 4, dialog.Effect{Kind: dialog.UpdateCard})
	close(release)
	w.expect(t, "a/1/0", "a/3/0", "a/4/0")
	p.settled()
	for _, id := range []string{"a/2/0", "a/3/1"} {
		if got := p.outcome("a", id); got != "merged" {
			t.Errorf("receipt of %s = %q, want merged", id, got)
		}
	}
}

func waitsForCard(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var posted atomic.Bool
	w := &platform{answer: func(e dialog.Effect, refs map[string]bot.Ref) (bot.Receipt, string) {
		if e.Kind == dialog.PostCard {
			if !posted.Swap(true) {
				return bot.Receipt{Outcome: bot.Busy, RetryAfter: 700 * time.Millisecond}, ""
			}
			return bot.Receipt{Ref: "m1"}, bot.RefCard
		}
		if e.Kind != dialog.Page && refs[bot.RefCard] == "" {
			t.Errorf("%s was handed no card", e.ID())
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostCard})
	p.commit("a", 2,
		dialog.Effect{Kind: dialog.UpdateCard, Lane: dialog.LaneUrgent},
		dialog.Effect{Kind: dialog.PostNote, Lane: dialog.LaneUrgent},
		dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"})
	eventually(t, 10*time.Second, func() bool { return len(w.deliveries()) == 4 }, func() string { return fmt.Sprint(w.deliveries()) })
	if got := w.deliveries(); got[0] != "a/2/2" || got[1] != "a/1/0" {
		t.Errorf("delivered %v: the page waits for no card, everything else does", got)
	}
}

func shares(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		time.Sleep(20 * time.Millisecond) // longer than a commit takes, so that both want the next one
		return bot.Receipt{}, ""
	}}
	p.start(w)
	p.start(w)
	time.Sleep(500 * time.Millisecond) // both are reading now
	const consults, versions = 12, 8
	var all sync.WaitGroup
	for i := range consults {
		all.Go(func() {
			for v := range uint64(versions) {
				p.commit(fmt.Sprintf("heron-%d", i), v+1,
					dialog.Effect{Kind: dialog.PostNote},
					dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"})
			}
		})
	}
	all.Wait()
	eventually(t, 15*time.Second, func() bool { return len(w.deliveries()) >= consults*versions*2 }, func() string {
		return fmt.Sprintf("%d of %d delivered", len(w.deliveries()), consults*versions*2)
	})
	p.settled()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.clashes) > 0 {
		t.Errorf("delivered to at once: %v", w.clashes)
	}
	next := make(map[string]uint64)
	for _, e := range w.arrived {
		row := fmt.Sprint(e.Handle, e.Kind)
		if e.Version != next[row]+1 {
			t.Errorf("%s: version %d after %d", row, e.Version, next[row])
		}
		next[row] = e.Version
	}
}

func stopsGently(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{}
	started := make(chan struct{})
	w.answer = func(dialog.Effect, map[string]bot.Ref) (bot.Receipt, string) {
		close(started)
		time.Sleep(300 * time.Millisecond)
		return bot.Receipt{Ref: "m1"}, bot.RefCard
	}
	_, stop := p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostCard})
	<-started
	stop()
	if got := p.outcome("a", "a/1/0"); got != "delivered" {
		t.Errorf("receipt = %q", got)
	}
	p.settled()
}

func startsLate(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostCard})
	p.commit("a", 2, dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"})
	w := &platform{}
	p.start(w)
	eventually(t, 5*time.Second, func() bool { return len(w.deliveries()) == 2 }, func() string { return fmt.Sprint(w.deliveries()) })
}

func setsUpAnew(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{}
	p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostCard})
	w.expect(t, "a/1/0")
	must(t, c.FlushAll(t.Context()).Err())
	p.commit("b", 1, dialog.Effect{Kind: dialog.PostCard})
	w.expect(t, "a/1/0", "b/1/0")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
