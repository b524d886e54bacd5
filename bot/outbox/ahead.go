package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Next returns when the next timer of any consult is due; ok is false when no
// timer is set.
func (o *Outbox) Next(ctx context.Context) (due time.Time, ok bool, err error) {
	pipe := o.client.Pipeline()
	var firsts []*redis.ZSliceCmd
	for _, p := range o.layout.All() {
		firsts = append(firsts, pipe.ZRangeWithScores(ctx, p.Timers(), 0, 0))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return time.Time{}, false, fmt.Errorf("look for the next timer: %w", err)
	}
	for _, first := range firsts {
		for _, timer := range first.Val() {
			if at := time.UnixMilli(int64(timer.Score)); !ok || at.Before(due) {
				due, ok = at, true
			}
		}
	}
	return due, ok, nil
}

// Settled reports whether everything that was committed has been delivered and
// no timer is due.
func (o *Outbox) Settled(ctx context.Context) (bool, error) {
	pipe := o.client.Pipeline()
	var waiting []*redis.IntCmd
	for _, p := range o.layout.All() {
		for _, l := range o.lanes {
			waiting = append(waiting, pipe.XLen(ctx, p.Outbox(l.name)))
		}
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return false, fmt.Errorf("count what is not delivered: %w", err)
	}
	for _, w := range waiting {
		if w.Val() > 0 {
			return false, nil
		}
	}
	due, ok, err := o.Next(ctx)
	return err == nil && !(ok && !due.After(o.Clock.Now())), err
}
