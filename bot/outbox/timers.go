package outbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

const (
	// sweepTime is how often due timers are looked for.
	sweepTime = 250 * time.Millisecond
	// firing is how many consults have their timers fired at once.
	firing = 16
	// refire is how long a timer waits whose firing failed.
	refire = 2 * time.Second
)

var (
	dueScript   = script("due")
	firedScript = script("fired")
	letGoScript = script("letgo")
)

// timers fires what is due.
type timers struct {
	*Outbox
	wake   chan struct{}
	slots  chan struct{}
	firing sync.WaitGroup
	swept  atomic.Int64 // when due timers were last looked for, in Unix nanoseconds; 0 before the first time
}

// A due is a timer that has come due.
type due struct {
	member string // HANDLE|TIMER
	score  string // as Redis wrote it
}

func (d due) split() (handle string, id dialog.TimerID) {
	handle, timer, _ := strings.Cut(d.member, "|")
	return handle, dialog.TimerID(timer)
}

func newTimers(o *Outbox) *timers {
	return &timers{Outbox: o, wake: make(chan struct{}, 1), slots: make(chan struct{}, firing)}
}

// run fires until ctx ends, and waits for what is under way.
func (t *timers) run(ctx context.Context) {
	t.forever(ctx, "sweep", func(ctx context.Context) (time.Duration, error) {
		if err := t.sweep(ctx); err != nil {
			return 0, err
		}
		t.swept.Store(time.Now().UnixNano())
		pause(ctx, sweepTime, t.wake)
		return 0, nil
	})
	t.firing.Wait()
}

// sweep looks into every partition once.
func (t *timers) sweep(ctx context.Context) error {
	now := t.Clock.Now().UnixMilli()
	pipe := t.client.Pipeline()
	counts := make([]*redis.IntCmd, 0, t.layout.Partitions)
	for _, p := range t.layout.All() {
		counts = append(counts, pipe.ZCount(ctx, p.Timers(), "-inf", strconv.FormatInt(now, 10)))
	}
	_, failed := pipe.Exec(ctx)
	// A node of a cluster that is away keeps nobody from the others.
	for i, p := range t.layout.All() {
		if counts[i].Err() != nil || counts[i].Val() == 0 {
			continue
		}
		if err := t.hand(ctx, p, now); err != nil {
			failed = err
		}
	}
	if failed != nil {
		return fmt.Errorf("look for due timers: %w", failed)
	}
	return nil
}

// hand takes the due timers of a partition, for as many consults as can be
// fired now, and has them fired.
func (t *timers) hand(ctx context.Context, p keyspace.Partition, now int64) error {
	free := cap(t.slots) - len(t.slots)
	if free == 0 {
		return nil
	}
	token := rand.Text()
	answer, err := dueScript.Run(ctx, t.client, []string{p.Timers(), p.TimersHeld()},
		now, token, leaseTime.Milliseconds(), free).StringSlice()
	if err != nil {
		return fmt.Errorf("take due timers: %w", err)
	}
	consults := make(map[string][]due)
	for i := 0; i+1 < len(answer); i += 2 {
		d := due{member: answer[i], score: answer[i+1]}
		handle, _ := d.split()
		consults[handle] = append(consults[handle], d)
	}
	for handle, all := range consults {
		t.slots <- struct{}{}
		t.firing.Go(func() {
			defer func() { <-t.slots }()
			t.fire(ctx, p, handle, token, all)
		})
	}
	return nil
}

// fire fires the timers of a consult, one after the other. After a failure it
// gives the rest back for later.
func (t *timers) fire(ctx context.Context, p keyspace.Partition, handle, token string, all []due) {
	stop := t.keep(ctx, p.TimersHeld(), handle, token)
	again := time.Duration(0)
	for _, d := range all {
		if err := t.one(ctx, p, d); err != nil {
			_, id := d.split()
			t.Log.Warn("timer fires again", "consult", handle, "timer", id, "reason", reason(err), "wait", refire)
			t.Metrics.timers.WithLabelValues("failed").Inc()
			again = refire
			break
		}
		t.Metrics.timers.WithLabelValues("fired").Inc()
	}
	stop()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	// When Redis is away the lease runs out by itself.
	_ = letGoScript.Run(ctx, t.client, []string{p.TimersHeld()}, handle, token, again.Milliseconds()).Err()
}

// one fires one timer and removes it, unless it was moved meanwhile.
func (t *timers) one(ctx context.Context, p keyspace.Partition, d due) error {
	handle, id := d.split()
	if err := t.call(ctx, handle, id); err != nil && !errors.Is(err, bot.ErrNotFound) {
		return err
	}
	t.insist(ctx, p, func(ctx context.Context) error {
		if err := firedScript.Run(ctx, t.client, []string{p.Timers()}, d.member, d.score).Err(); err != nil {
			return fmt.Errorf("remove a timer of %s: %w", handle, err)
		}
		return nil
	})
	return nil
}

// call runs the worker. One that panics has failed.
func (t *timers) call(ctx context.Context, handle string, id dialog.TimerID) (err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deliverTime)
	defer cancel()
	defer func() {
		if cause := recover(); cause != nil {
			t.Log.Error("worker panicked", "consult", handle, "timer", id, "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	return t.Worker.Fire(ctx, handle, id)
}

var errPanic = errors.New("worker panicked")
