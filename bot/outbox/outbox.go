// Package outbox delivers what was committed: it hands effects and due timers
// to a [bot.Worker], at least once, in order, and across any number of processes.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

// How the processes share the work. A process that dies lets go of its leases
// after leaseTime and of its stream entries after claimTime, which another one
// notices within tendTime: together well below ten seconds. What an answer held
// that got lost on its way is taken over after claimTime as well, and that may be
// short: only leases keep processes apart.
const (
	leaseTime  = 5 * time.Second
	extendTime = 1500 * time.Millisecond
	claimTime  = 2 * time.Second
	tendTime   = 500 * time.Millisecond

	// lateTime is how long timers may go unlooked for before people are warned.
	lateTime = 15 * time.Second

	// blockTime is how long a read waits for work. It also bounds how long the
	// outbox takes to notice that it has to stop.
	blockTime = 500 * time.Millisecond

	// keepTime bounds how long a result is waited for to be kept once the outbox
	// has to stop.
	keepTime = 5 * time.Second

	// group is the consumer group of every stream, and its one consumer: who
	// works on what is decided by the leases, so an entry only has to be idle to
	// be taken over, whoever read it.
	group    = "outbox"
	consumer = "outbox"
)

// Parts are what an [Outbox] is made of. All but Metrics must be set.
type Parts struct {
	Store   *store.Store
	Worker  bot.Worker
	Clock   bot.Clock // timers are due by it; everything else goes by Redis' own clock
	Log     *slog.Logger
	Metrics *Metrics
}

// An Outbox delivers what a store has committed. Several may run on one Redis.
type Outbox struct {
	Parts
	client   redis.UniversalClient
	layout   keyspace.Layout
	lanes    []*lane
	timers   *timers
	surfaces surfaces
	trouble  *trouble
}

// New makes an outbox. It does no I/O; see [Outbox.Run].
func New(p Parts) *Outbox {
	if p.Metrics == nil {
		p.Metrics = NewMetrics()
	}
	o := &Outbox{
		Parts:   p,
		client:  p.Store.Client(),
		layout:  p.Store.Layout(),
		trouble: newTrouble(p.Log),
	}
	for _, name := range []dialog.Lane{dialog.LaneUrgent, dialog.LaneNormal} {
		o.lanes = append(o.lanes, newLane(o, name))
	}
	o.timers = newTimers(o)
	return o
}

// Run delivers until ctx ends; then it finishes the deliveries that are under
// way, and returns nil. While Redis is away it tries again, for ever. It returns
// an error only when the settings do not fit this Redis ([store.PartitionsError],
// [store.DurabilityError]). It must not run twice at the same time.
func (o *Outbox) Run(ctx context.Context) error {
	if err := o.start(ctx); err != nil {
		return err
	}
	var all sync.WaitGroup
	for _, l := range o.lanes {
		all.Go(func() { l.run(ctx) })
	}
	all.Go(func() { o.timers.run(ctx) })
	all.Wait()
	return nil
}

// Wake makes the outbox look for due timers at once: the clock was moved.
func (o *Outbox) Wake() {
	select {
	case o.timers.wake <- struct{}{}:
	default: // somebody has woken it already
	}
}

// TimersLate reports whether due timers have not been looked for since long: then
// nobody is paged in time. It is false until they were looked for once.
func (o *Outbox) TimersLate() bool {
	swept := o.timers.swept.Load()
	return swept != 0 && time.Since(time.Unix(0, swept)) > lateTime
}

// start waits for a Redis that is ready to be read.
func (o *Outbox) start(ctx context.Context) error {
	var wrong error
	o.forever(ctx, "start", func(ctx context.Context) (time.Duration, error) {
		err := o.Store.Check(ctx)
		if err == nil {
			err = o.createGroups(ctx)
		}
		if redis.HasErrorPrefix(err, "OOM") {
			err = nil // most likely they are there; if not, the reads say so
		}
		if misfit(err) {
			wrong = err
		}
		if err == nil || wrong != nil {
			return finished, nil
		}
		return 0, err
	})
	if wrong != nil {
		return fmt.Errorf("start the outbox: %w", wrong)
	}
	return nil
}

// misfit reports whether the settings do not fit this Redis, and will not later on.
func misfit(err error) bool {
	_, partitions := errors.AsType[*store.PartitionsError](err)
	_, disk := errors.AsType[*store.DurabilityError](err)
	return partitions || disk
}

// createGroups makes the consumer groups that are missing: at the first start,
// or when a Redis lost what it kept.
func (o *Outbox) createGroups(ctx context.Context) error {
	for _, p := range o.layout.All() {
		for _, l := range o.lanes {
			// From the beginning: what was committed before is delivered too.
			err := o.client.XGroupCreateMkStream(ctx, p.Outbox(l.name), group, "0").Err()
			if err != nil && !redis.HasErrorPrefix(err, "BUSYGROUP") {
				return fmt.Errorf("make the consumer group of %s: %w", p, err)
			}
		}
	}
	return nil
}

// finished ends a loop of [Outbox.forever].
const finished = time.Duration(-1)

// forever calls step again and again, after the time it asks for, until ctx ends
// or step is finished. After an error it waits a little longer each time.
func (o *Outbox) forever(ctx context.Context, doing string, step func(context.Context) (time.Duration, error)) {
	failures := 0
	for ctx.Err() == nil {
		wait, err := step(ctx)
		switch {
		case err != nil && ctx.Err() != nil:
			return
		case err != nil:
			o.trouble.begins(doing, err)
			wait = min(100*time.Millisecond<<min(failures, 5), 500*time.Millisecond)
			failures++
		default:
			o.trouble.ends(doing)
			failures = 0
		}
		if wait == finished || !pause(ctx, wait, nil) {
			return
		}
	}
}

// insist keeps what came of a call of the worker, however long Redis is away:
// what is not kept is done again. Once the outbox has to stop it gives up after
// keepTime, and the next process does it again.
func (o *Outbox) insist(ctx context.Context, p keyspace.Partition, do func(context.Context) error) {
	doing := "keep receipts of " + p.String()
	bounded := context.WithoutCancel(ctx)
	for {
		err := do(bounded)
		if err == nil {
			o.trouble.ends(doing)
			return
		}
		o.trouble.begins(doing, err)
		if ctx.Err() != nil {
			if _, stopping := bounded.Deadline(); !stopping {
				var cancel context.CancelFunc
				bounded, cancel = context.WithTimeout(bounded, keepTime)
				defer cancel()
			}
		}
		if !pause(bounded, 200*time.Millisecond, nil) {
			return
		}
	}
}

// pause waits for a time, for a wake-up or for the end of ctx, which it reports with false.
func pause(ctx context.Context, wait time.Duration, wake <-chan struct{}) bool {
	if wait <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-wake:
		return true
	case <-ctx.Done():
		return false
	}
}
