package outbox_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/outbox"
	"curbside/bot/store"
	"curbside/dialog"
)

// A platform stands in for the worker: it remembers what it was handed, and
// answers as a test wants it to.
type platform struct {
	// answer says what comes of a delivery; nil delivers everything.
	answer func(e dialog.Effect, refs map[string]bot.Ref) (bot.Receipt, string)
	// fire says what comes of a timer; nil is content with all.
	fire func(handle string, id dialog.TimerID) error

	mu      sync.Mutex
	tried   []dialog.Effect // every call, in order
	again   []bool          // of every call: whether an earlier one may have arrived
	arrived []dialog.Effect // every call that was answered with delivered
	fired   []string        // every timer that went well
	now     map[string]int  // deliveries that go on at this moment, by surface
	clashes []string        // surfaces that were delivered to twice at once
}

var _ bot.Worker = (*platform)(nil)

func surface(e dialog.Effect) string {
	if e.To != "" {
		return e.Handle + " " + string(e.To)
	}
	return e.Handle
}

func (p *platform) Deliver(_ context.Context, e dialog.Effect, refs map[string]bot.Ref, again bool) (bot.Receipt, string) {
	p.mu.Lock()
	if p.now == nil {
		p.now = make(map[string]int)
	}
	p.tried, p.again = append(p.tried, e), append(p.again, again)
	p.now[surface(e)]++
	if p.now[surface(e)] > 1 {
		p.clashes = append(p.clashes, surface(e))
	}
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.now[surface(e)]--
	}()
	r, key := bot.Receipt{}, ""
	if p.answer != nil {
		r, key = p.answer(e, refs)
	}
	if r.Outcome == bot.Delivered {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.arrived = append(p.arrived, e)
	}
	return r, key
}

func (p *platform) Fire(_ context.Context, handle string, id dialog.TimerID) error {
	if p.fire != nil {
		if err := p.fire(handle, id); err != nil {
			return err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fired = append(p.fired, handle+" "+string(id))
	return nil
}

func ids(effects []dialog.Effect) []string {
	all := make([]string, 0, len(effects))
	for _, e := range effects {
		all = append(all, e.ID())
	}
	return all
}

func (p *platform) attempts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return ids(p.tried)
}

func (p *platform) deliveries() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return ids(p.arrived)
}

func (p *platform) timers() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.fired)
}

// expect waits until exactly these effects were delivered, in this order.
func (p *platform) expect(t *testing.T, want ...string) {
	t.Helper()
	eventually(t, 10*time.Second, func() bool { return len(p.deliveries()) >= len(want) }, func() string {
		return fmt.Sprintf("delivered %v, want %v", p.deliveries(), want)
	})
	if got := p.deliveries(); !slices.Equal(got, want) {
		t.Errorf("delivered %v, want %v", got, want)
	}
}

// A practice is a store with outboxes at work on it.
type practice struct {
	t      *testing.T
	client redis.UniversalClient
	store  *store.Store
	log    *syncBuffer
	clock  *clock
}

func newPractice(t *testing.T, c redis.UniversalClient) *practice {
	t.Helper()
	s, err := store.New(store.Options{Client: c, Sealer: store.Unencrypted()})
	if err != nil {
		t.Fatal(err)
	}
	return &practice{t: t, client: c, store: s, log: new(syncBuffer), clock: new(clock)}
}

// start runs an outbox until stop is called, or the test ends.
func (p *practice) start(w bot.Worker) (o *outbox.Outbox, stop func()) {
	p.t.Helper()
	o = outbox.New(outbox.Parts{
		Store: p.store, Worker: w, Clock: p.clock,
		Log: slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- o.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			p.t.Errorf("run: %v", err)
		}
	})
	p.t.Cleanup(stop)
	return o, stop
}

// commit commits the next version of a consult with effects, to which it gives
// handle, version and index.
func (p *practice) commit(handle string, version uint64, effects ...dialog.Effect) {
	p.t.Helper()
	p.keep(bot.Commit{Effects: effects}, handle, version)
}

func (p *practice) keep(c bot.Commit, handle string, version uint64) {
	p.t.Helper()
	c.Record.Consult = dialog.Consult{Handle: handle, Version: version}
	c.Keep = time.Hour
	for i := range c.Effects {
		c.Effects[i].Handle, c.Effects[i].Version, c.Effects[i].Index = handle, version, i
	}
	if err := p.store.Commit(context.Background(), c); err != nil {
		p.t.Fatal(err)
	}
}

// outcome returns what is kept of an effect.
func (p *practice) outcome(handle, id string) string {
	p.t.Helper()
	text := p.client.HGet(context.Background(), p.store.Layout().Of(handle).Receipts(handle), strings.TrimPrefix(id, handle+"/")).Val()
	if strings.HasPrefix(text, "=") {
		return "delivered"
	}
	outcome, _, _ := strings.Cut(text, " ")
	return outcome
}

// settled waits until nothing waits in any lane or on any track.
func (p *practice) settled() {
	p.t.Helper()
	left := func() (keys []string) {
		for _, at := range p.store.Layout().All() {
			for _, lane := range []dialog.Lane{dialog.LaneNormal, dialog.LaneUrgent} {
				stream := at.Outbox(lane)
				if n := p.client.XLen(context.Background(), stream).Val(); n > 0 {
					keys = append(keys, stream)
				}
				if pending, err := p.client.XPending(context.Background(), stream, "outbox").Result(); err == nil && pending.Count > 0 {
					keys = append(keys, stream+" pending")
				}
			}
		}
		return keys
	}
	eventually(p.t, 10*time.Second, func() bool { return len(left()) == 0 }, func() string { return fmt.Sprint("left: ", left()) })
}

// eventually waits for what other goroutines bring about.
func eventually(t *testing.T, most time.Duration, is func() bool, or func() string) {
	t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatal(or())
}

// A clock can be moved, as in the workbench.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += by
}

// A syncBuffer takes a log from many goroutines.
type syncBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *syncBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(line)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
