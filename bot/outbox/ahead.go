package outbox

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/dialog"
)

// Settled reports whether nothing is left to do: every effect that was committed
// has been delivered, and every timer that is due has fired. It is safe for
// concurrent use.
func (o *Outbox) Settled(ctx context.Context) (bool, error) {
	now := strconv.FormatInt(o.Clock.Now().UnixMilli(), 10)
	for _, p := range o.layout.All() {
		// In one step: a timer that fires and the effects of that are never both
		// out of sight.
		pipe := o.client.TxPipeline()
		timers := pipe.ZCount(ctx, p.Timers(), "-inf", now)
		urgent, normal := pipe.XLen(ctx, p.Outbox(dialog.LaneUrgent)), pipe.XLen(ctx, p.Outbox(dialog.LaneNormal))
		if _, err := pipe.Exec(ctx); err != nil {
			return false, fmt.Errorf("look at what is left to do: %w", err)
		}
		if timers.Val()+urgent.Val()+normal.Val() > 0 {
			return false, nil
		}
	}
	return true, nil
}

// Lag returns how far paging is behind: how long ago the oldest timer was due that
// has not fired, or the oldest urgent effect was committed that is not delivered;
// 0 when nothing waits. What a platform has put off counts as well, because
// nobody has been paged meanwhile. It is safe for concurrent use.
func (o *Outbox) Lag(ctx context.Context) (time.Duration, error) {
	behind := time.Duration(0)
	due, ok, err := o.Next(ctx)
	if err != nil {
		return 0, err
	}
	if ok {
		behind = max(behind, o.Clock.Now().Sub(due))
	}
	now, err := o.client.Time(ctx).Result()
	if err != nil {
		return 0, fmt.Errorf("ask Redis for the time: %w", err)
	}
	pipe := o.client.Pipeline()
	oldest := make([]*redis.XMessageSliceCmd, 0, o.layout.Partitions)
	for _, p := range o.layout.All() {
		oldest = append(oldest, pipe.XRangeN(ctx, p.Outbox(dialog.LaneUrgent), "-", "+", 1))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, fmt.Errorf("look at what is urgent: %w", err)
	}
	for _, first := range oldest {
		for _, entry := range first.Val() {
			behind = max(behind, now.Sub(committed(entry.ID)))
		}
	}
	return behind, nil
}

// committed returns when a stream entry was written: its id begins with that.
func committed(entry string) time.Time {
	millis, _, _ := strings.Cut(entry, "-")
	ms, _ := strconv.ParseInt(millis, 10, 64) // Redis wrote it
	return time.UnixMilli(ms)
}

// Next returns when the next timer is due, by the clock of the timers, and
// whether there is one. It is safe for concurrent use.
func (o *Outbox) Next(ctx context.Context) (due time.Time, ok bool, err error) {
	pipe := o.client.Pipeline()
	firsts := make([]*redis.ZSliceCmd, 0, o.layout.Partitions)
	for _, p := range o.layout.All() {
		firsts = append(firsts, pipe.ZRangeWithScores(ctx, p.Timers(), 0, 0))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return time.Time{}, false, fmt.Errorf("look at the next timer: %w", err)
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
