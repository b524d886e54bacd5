package outbox_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/dialog"
)

func ends(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.Kind == dialog.PostCard {
			return bot.Receipt{Outcome: bot.Unreachable, Code: "channel_not_found"}, ""
		}
		return bot.Receipt{}, ""
	}}
	p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostCard}, dialog.Effect{Kind: dialog.UpdateCard})
	w.expect(t, "a/1/1")
	p.settled()
	if got := p.outcome("a", "a/1/0"); got != "unreachable" {
		t.Errorf("receipt = %q", got)
	}
	if got := w.attempts(); len(got) != 2 {
		t.Errorf("tried %v", got)
	}
}

func repeatsPostOnce(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var tries atomic.Int32
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		switch {
		case e.Handle == "never":
			return bot.Receipt{Outcome: bot.Ambiguous, Code: "timeout"}, ""
		case tries.Add(1) == 1:
			return bot.Receipt{Outcome: bot.Ambiguous, Code: "timeout"}, ""
		default:
			return bot.Receipt{Ref: "second"}, bot.RefCard
		}
	}}
	p.start(w)
	p.commit("once", 1, dialog.Effect{Kind: dialog.PostCard})
	p.commit("never", 1, dialog.Effect{Kind: dialog.PostNote})
	w.expect(t, "once/1/0")
	p.settled()
	refs, err := p.store.Refs(t.Context(), "once")
	if err != nil || refs[bot.RefCard] != "second" {
		t.Errorf("refs = %v, %v: the newest wins", refs, err)
	}
	never := 0
	for _, id := range w.attempts() {
		if id == "never/1/0" {
			never++
		}
	}
	if got := p.outcome("never", "never/1/0"); got != "unclear" || never != 2 {
		t.Errorf("%d tries, receipt %q; want 2 and unclear", never, got)
	}
}

func repeatsUpdate(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var tries atomic.Int32
	w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
		if e.Kind == dialog.UpdateCard && tries.Add(1) < 4 {
			return bot.Receipt{Outcome: bot.Ambiguous}, ""
		}
		return bot.Receipt{Ref: "m1"}, bot.RefCard
	}}
	p.start(w)
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostCard}, dialog.Effect{Kind: dialog.UpdateCard, Lane: dialog.LaneUrgent})
	w.expect(t, "a/1/0", "a/1/1")
	p.settled()
	if want := []bool{false, false, true, true, true}; !slices.Equal(w.again, want) {
		t.Errorf("it is said that an earlier try may have arrived: %v, want %v", w.again, want)
	}
	if n := tries.Load(); n != 4 {
		t.Errorf("%d tries, want 4", n)
	}
}

func recovers(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var panicked, timerPanicked atomic.Bool
	w := &platform{
		answer: func(dialog.Effect, map[string]bot.Ref) (bot.Receipt, string) {
			if !panicked.Swap(true) {
				panic("a word of a client")
			}
			return bot.Receipt{}, ""
		},
		fire: func(string, dialog.TimerID) error {
			if !timerPanicked.Swap(true) {
				panic("a word of a client")
			}
			return nil
		},
	}
	p.start(w)
	p.keep(bot.Commit{
		Effects: []dialog.Effect{{Kind: dialog.PostNote}},
		Timers:  []dialog.Timer{{ID: "t", Due: time.Now()}},
	}, "a", 1)
	w.expect(t, "a/1/0")
	eventually(t, 10*time.Second, func() bool { return len(w.timers()) == 1 }, func() string { return "the timer is lost" })
	if log := p.log.String(); strings.Contains(log, "a word") || !strings.Contains(log, "worker panicked") {
		t.Errorf("the log of a panic:\n%s", log)
	}
}

func buries(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	at := p.store.Layout().Of("a")
	// An effect whose text is damaged, on its track.
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostNote}, dialog.Effect{Kind: dialog.PostNote})
	entries := c.XRange(t.Context(), at.Outbox(dialog.LaneNormal), "-", "+").Val()
	must(t, c.XDel(t.Context(), at.Outbox(dialog.LaneNormal), entries[0].ID).Err())
	must(t, c.LSet(t.Context(), at.Track("a", "normal"), 0, "0-1|a/1/0|post_note|thread").Err())
	// Entries that were never effects.
	for _, fields := range [][]string{
		{"nonsense", "a word of a client"},
		{"h", "a:b", "t", "normal", "e", "{}"},
		{"h", "a", "t", "normal", "e", "a word of a client"},
	} {
		must(t, c.XAdd(t.Context(), &redis.XAddArgs{Stream: at.Outbox(dialog.LaneNormal), Values: fields}).Err())
	}
	w := &platform{}
	p.start(w)
	w.expect(t, "a/1/1")
	p.settled()
	if n := c.LLen(t.Context(), at.Dead()).Val(); n != 3 {
		t.Errorf("%d entries were put aside, want 3: %v", n, c.LRange(t.Context(), at.Dead(), 0, -1).Val())
	}
	if got := p.outcome("a", "a/1/0"); got != "dead" {
		t.Errorf("receipt = %q", got)
	}
	if log := p.log.String(); strings.Contains(log, "a word") || strings.Count(log, "effect cannot be read") != 3 {
		t.Errorf("the log:\n%s", log)
	}
}
