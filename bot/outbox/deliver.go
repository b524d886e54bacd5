package outbox

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

const (
	// deliverTime bounds one call of the worker.
	deliverTime = 20 * time.Second
	// leasedWait is how long to wait before looking at a surface again that
	// somebody delivers to.
	leasedWait = 100 * time.Millisecond
	// cardWait is how long to wait before looking again for a card that is about
	// to be posted.
	cardWait = 250 * time.Millisecond
)

// step delivers the oldest effect of a track, or says how long to wait for it.
func (l *lane) step(ctx context.Context, t *track) (time.Duration, error) {
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-ctx.Done():
		return 0, nil
	}
	entries := l.entriesOf(t)
	turn, err := l.take(ctx, t.id, t.token)
	if err != nil {
		return 0, err // Redis may have taken it all the same: the same token gets it again
	}
	t.token = rand.Text()
	switch turn.state {
	case "empty":
		return finished, l.clear(ctx, t, entries)
	case "hold":
		return turn.wait, nil
	case "leased":
		return leasedWait, nil
	case "card":
		return cardWait, nil
	case "merged":
		l.Metrics.effects.WithLabelValues(string(l.name), merged).Inc()
		return 0, nil
	default:
		l.deliver(ctx, turn)
		return 0, nil
	}
}

// deliver carries one turn through, also when ctx ends meanwhile.
func (l *lane) deliver(ctx context.Context, t turn) {
	waiting := t.waiting()
	work := t.track.at.Work(t.track.handle)
	defer l.keep(ctx, work, "lease/"+waiting.Surface, t.token)()
	defer l.surfaces.lock(work + "|" + waiting.Surface)()

	if t.receipt.final() {
		l.insist(ctx, t.track.at, func(ctx context.Context) error { return l.finish(ctx, t, t.receipt, "", "") })
		return
	}
	var e dialog.Effect
	if json.Unmarshal([]byte(t.effect), &e) != nil || e.ID() != waiting.Effect || e.Handle != t.track.handle {
		l.insist(ctx, t.track.at, func(ctx context.Context) error { return l.giveUp(ctx, t) })
		return
	}
	r, key := l.call(ctx, e, t)
	after, wait := settle(e, t.refs, t.receipt, r, time.Now())
	l.tell(e, t.receipt, after, wait)
	if !after.final() {
		l.insist(ctx, t.track.at, func(ctx context.Context) error { return l.later(ctx, t, after, wait) })
		return
	}
	l.insist(ctx, t.track.at, func(ctx context.Context) error { return l.finish(ctx, t, after, key, r.Ref) })
	l.Metrics.delay.WithLabelValues(string(l.name)).Observe(age(waiting.Entry).Seconds())
}

// call runs the worker. A worker that panics is asked again later.
func (l *lane) call(ctx context.Context, e dialog.Effect, t turn) (r bot.Receipt, key string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deliverTime)
	defer cancel()
	defer func() {
		if cause := recover(); cause != nil {
			l.Log.Error("worker panicked", "effect", e.ID(), "kind", e.Kind, "stack", string(debug.Stack()))
			r, key = bot.Receipt{Outcome: bot.Busy, Code: "panic"}, ""
		}
	}()
	return l.Worker.Deliver(ctx, e, t.refs, t.broken || t.receipt.Tries > 0)
}

// giveUp ends an effect that cannot be read.
func (l *lane) giveUp(ctx context.Context, t turn) error {
	waiting := t.waiting()
	fields := map[string]any{"h": t.track.handle, "t": t.track.name, "e": t.effect}
	if err := l.bury(ctx, t.track.at, waiting.Entry, fields); err != nil {
		return err
	}
	return l.finish(ctx, t, receipt{Outcome: dead, At: time.Now().UTC()}, "", "")
}

// tell counts and logs what became of a try. A failing retry speaks again when
// its reason changes.
func (l *lane) tell(e dialog.Effect, before, after receipt, wait time.Duration) {
	l.Metrics.effects.WithLabelValues(string(l.name), after.Outcome).Inc()
	log := l.Log.With("effect", e.ID(), "kind", e.Kind, "lane", l.name, "code", after.Code, "tries", after.Tries)
	switch {
	case after.Outcome == delivered:
		log.Debug("delivered")
	case after.final():
		log.Warn("not delivered", "outcome", after.Outcome)
	case before.Outcome != after.Outcome || before.Code != after.Code:
		log.Warn("delivery waits", "outcome", after.Outcome, "wait", wait.Round(time.Millisecond))
	}
}

// age is how long ago a stream entry was written.
func age(entry string) time.Duration {
	ms, _, _ := strings.Cut(entry, "-")
	written, err := strconv.ParseInt(ms, 10, 64)
	if err != nil {
		return 0
	}
	return max(time.Since(time.UnixMilli(written)), 0)
}
