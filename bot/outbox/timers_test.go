package outbox_test

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/dialog"
)

// left returns the timers of a consult's partition.
func (p *practice) left(handle string) []string {
	return p.client.ZRange(p.t.Context(), p.store.Layout().Of(handle).Timers(), 0, -1).Val()
}

func firesOnce(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{fire: func(string, dialog.TimerID) error { time.Sleep(time.Millisecond); return nil }}
	p.start(w)
	p.start(w)
	const many = 60
	due := time.Now().Add(300 * time.Millisecond)
	for i := range many {
		p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "t", Due: due}, {ID: "later", Due: due.Add(time.Hour)}}}, fmt.Sprintf("heron-%d", i), 1)
	}
	eventually(t, 10*time.Second, func() bool { return len(w.timers()) >= many }, func() string { return fmt.Sprintf("%d fired", len(w.timers())) })
	time.Sleep(600 * time.Millisecond) // two more sweeps of each
	fired := w.timers()
	slices.Sort(fired)
	if n := len(slices.Compact(slices.Clone(fired))); n != many || len(fired) != many {
		t.Errorf("%d timers fired %d times, want %d", n, len(fired), many)
	}
}

func firesInOrder(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var now atomic.Int32
	w := &platform{fire: func(string, dialog.TimerID) error {
		if now.Add(1) > 1 {
			t.Error("two timers of one consult fire at once")
		}
		time.Sleep(20 * time.Millisecond)
		now.Add(-1)
		return nil
	}}
	p.keep(bot.Commit{Timers: []dialog.Timer{
		{ID: "third", Due: time.Now().Add(-time.Second)},
		{ID: "first", Due: time.Now().Add(-time.Minute)},
		{ID: "second", Due: time.Now().Add(-30 * time.Second)},
	}}, "a", 1)
	p.start(w)
	p.start(w)
	eventually(t, 5*time.Second, func() bool { return len(w.timers()) >= 3 }, func() string { return fmt.Sprint(w.timers()) })
	if got, want := w.timers(), []string{"a first", "a second", "a third"}; !slices.Equal(got, want) {
		t.Errorf("fired %v, want %v", got, want)
	}
}

func firesAgain(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	var failed, gone atomic.Int32
	w := &platform{fire: func(handle string, _ dialog.TimerID) error {
		switch {
		case handle == "gone":
			gone.Add(1)
			return fmt.Errorf("load: %w", bot.ErrNotFound)
		case failed.Add(1) == 1:
			return errors.New("the store is away")
		default:
			return nil
		}
	}}
	p.start(w)
	p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "t", Due: time.Now()}}}, "a", 1)
	p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "t", Due: time.Now()}}}, "gone", 1)
	eventually(t, 10*time.Second, func() bool { return len(w.timers()) == 1 && len(p.left("a")) == 0 && len(p.left("gone")) == 0 }, func() string {
		return fmt.Sprint(w.timers(), p.left("a"), p.left("gone"))
	})
	if gone.Load() != 1 {
		t.Errorf("the timer of a consult that is gone fired %d times", gone.Load())
	}
}

func keepsMovedTimer(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{}
	due := time.Now().Add(-time.Second)
	w.fire = func(handle string, id dialog.TimerID) error {
		if id == "moves" {
			p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "moves", Due: due.Add(time.Hour)}}}, handle, 2)
		}
		return nil
	}
	p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "moves", Due: due}, {ID: "stays", Due: due.Add(time.Millisecond)}}}, "a", 1)
	p.start(w)
	eventually(t, 5*time.Second, func() bool { return len(w.timers()) == 2 && len(p.left("a")) == 1 }, func() string { return fmt.Sprint(p.left("a")) })
	if got := p.left("a"); got[0] != "a|moves" {
		t.Errorf("left: %v", got)
	}
}

func wakes(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{}
	o, _ := p.start(w)
	p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "t", Due: time.Now().Add(2 * time.Hour)}}}, "a", 1)
	time.Sleep(400 * time.Millisecond)
	if got := w.timers(); len(got) != 0 {
		t.Fatalf("fired too early: %v", got)
	}
	p.clock.move(3 * time.Hour)
	o.Wake()
	eventually(t, 5*time.Second, func() bool { return len(w.timers()) == 1 }, func() string { return "it does not fire" })
}

func looksAhead(t *testing.T, c redis.UniversalClient) {
	p := newPractice(t, c)
	w := &platform{}
	release := make(chan struct{})
	w.answer = func(dialog.Effect, map[string]bot.Ref) (bot.Receipt, string) {
		<-release
		return bot.Receipt{}, ""
	}
	w.fire = func(handle string, _ dialog.TimerID) error {
		p.commit(handle, 2, dialog.Effect{Kind: dialog.PostNote})
		return nil
	}
	o, _ := p.start(w)
	settled := func() bool {
		is, err := o.Settled(t.Context())
		must(t, err)
		return is
	}
	if _, ok, err := o.Next(t.Context()); ok || err != nil || !settled() {
		t.Fatalf("a timer before there is one: %v, %v", ok, err)
	}
	soon := time.UnixMilli(time.Now().Add(time.Second).UnixMilli())
	p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "t", Due: soon.Add(time.Hour)}}}, "b", 1)
	p.keep(bot.Commit{Timers: []dialog.Timer{{ID: "t", Due: soon}}}, "a", 1)
	if due, ok, err := o.Next(t.Context()); !ok || err != nil || !due.Equal(soon) || !settled() {
		t.Errorf("next is %v, %v, %v; want %v", due, ok, err, soon)
	}
	for time.Until(soon) > 0 {
		time.Sleep(time.Millisecond)
	}
	for len(w.attempts()) == 0 {
		if settled() {
			t.Fatal("settled while a timer was due or its effect was not delivered")
		}
	}
	close(release)
	eventually(t, 5*time.Second, settled, func() string { return "it does not settle" })
	if got := w.deliveries(); len(got) != 1 {
		t.Errorf("settled with %v delivered", got)
	}
}
