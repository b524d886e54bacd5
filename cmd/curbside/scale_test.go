package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/adapters/web"
	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/config"
	"curbside/dialog"
)

// scale is how many open consults the test of that fills a Redis with.
var scale = flag.Int("scale", 10_000, "open consults in one Redis, for TestManyOpenConsults")

const (
	// consultSize is what an open consult may take of Redis, with everything
	// that belongs to it.
	consultSize = 2 << 10
	// unaffected is how much longer something may take beside many consults.
	unaffected = 250 * time.Millisecond
)

// TestManyOpenConsults plays a consult, copies it as it stands after each of its
// steps until a Redis is full of such ones, and measures what one takes and
// whether the program notices the others.
func TestManyOpenConsults(t *testing.T) {
	server := redistest.Start(t, "--hash-max-listpack-value", "4096") // as docs/redis.md advises
	patient := server.Options
	patient.ReadTimeout, patient.PoolTimeout = time.Minute, time.Minute // writing a million takes all that the machine has
	client := store.NewClient(patient)
	defer func() { _ = client.Close() }()
	s := sealedDemo(t)
	models := atEveryStep(t, s, client, "california-threat")
	before := usedMemory(t, client)
	idle := atBest(func() time.Duration { return onePress(t, s, client) })

	began := time.Now()
	copies(t, s, client, models, *scale)
	each := (usedMemory(t, client) - before) / int64(*scale)
	t.Logf("%d open consults written in %s: %d bytes each", *scale, time.Since(began).Round(time.Millisecond), each)
	if each > consultSize {
		t.Errorf("an open consult takes %d bytes, want %d at most", each, consultSize)
	}
	full := atBest(func() time.Duration { return onePress(t, s, client) })
	t.Logf("start, a consult opened and shown, timers looked at: %s alone, %s among %d", idle.Round(time.Millisecond), full.Round(time.Millisecond), *scale)
	if full > idle+unaffected {
		t.Errorf("start, press and sweep take %s longer", full-idle)
	}
}

// sealedDemo is the made-up practice with one keyset for every program that
// shares its Redis.
func sealedDemo(t *testing.T) *settings {
	t.Helper()
	s, err := demoSettings("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	s.config.Redis.Encryption.Keyset = config.NewSecret(string(keys))
	return s
}

// A model is an open consult with what else is kept of it.
type model struct {
	record   bot.Record
	receipts map[string]string
	refs     map[string]string
}

// atEveryStep plays a script and returns the consult as it stands after each
// step, as long as it is open.
func atEveryStep(t *testing.T, s *settings, client redis.UniversalClient, play string) []model {
	t.Helper()
	script, err := loadScript(play)
	if err != nil {
		t.Fatal(err)
	}
	clock := web.NewClock(bot.ClockFunc(func() time.Time { return script.Start }))
	st := newStage()
	c, err := newCore(s, client, clock, slog.New(slog.DiscardHandler), st, st)
	if err != nil {
		t.Fatal(err)
	}
	clock.OnMove(c.outbox.Wake)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = c.outbox.Run(ctx) })
	defer running.Wait()
	defer cancel()
	var models []model
	look := func(ctx context.Context) error {
		err := c.settle(ctx)
		if handles, _ := c.outbox.Store.Involving(ctx, "dana"); len(handles) == 1 {
			rec, _ := c.outbox.Store.Load(ctx, handles[0])
			if at := c.outbox.Store.Layout().Of(handles[0]); !rec.Consult.Closed() {
				models = append(models, model{rec, client.HGetAll(ctx, at.Receipts(handles[0])).Val(), client.HGetAll(ctx, at.Refs(handles[0])).Val()})
			}
		}
		return err
	}
	err = theatre{
		handle: c.bot.Handle, practice: func() *dialog.Practice { return c.office.Practice(web.Name) },
		clock: clock, stage: st, settle: look,
	}.play(ctx, script, io.Discard)
	if last := models[len(models)-1]; err != nil || len(models) < 10 || len(last.receipts) < 10 || len(last.refs) < 2 {
		t.Fatalf("%d steps, the last with %d receipts and %d references, %v", len(models), len(last.receipts), len(last.refs), err)
	}
	return models
}

// copies fills a Redis with consults that stand where the models stand, as many
// at each step: each with its people, references, timers and receipts. A clinician
// has 2,000 of them and a supervisor 20,000: Redis keeps a list of each person's
// by partition. The audit chain is left out: it outlives the consults, and has a
// retention of its own.
func copies(t *testing.T, s *settings, client redis.UniversalClient, models []model, n int) {
	t.Helper()
	c, err := newCore(s, client, bot.ClockFunc(time.Now), slog.New(slog.DiscardHandler), newStage(), newStage())
	if err != nil {
		t.Fatal(err)
	}
	kept := c.outbox.Store
	numbers := make(chan int)
	var writing sync.WaitGroup
	for range 32 {
		writing.Go(func() {
			for i := range numbers {
				of := models[i%len(models)]
				rec, handle := of.record, fmt.Sprintf("%s-%d", strings.TrimRight(of.record.Consult.Handle, "0123456789-"), 1000+i)
				rec.Consult.Handle, rec.Consult.Version = handle, 1
				err := kept.Commit(t.Context(), bot.Commit{
					Record: rec, Keep: 30 * 24 * time.Hour,
					Timers: []dialog.Timer{{ID: "remind", Due: time.Now().Add(24 * time.Hour)}, {ID: "close", Due: time.Now().Add(72 * time.Hour)}},
					Joined: []dialog.PersonID{dialog.PersonID("clinician-" + strconv.Itoa(i%max(1, n/2000))), dialog.PersonID("supervisor-" + strconv.Itoa(i%max(1, n/20000)))},
				})
				at := kept.Layout().Of(handle)
				pipe := client.Pipeline()
				pipe.HSet(t.Context(), at.Receipts(handle), of.receipts)
				if len(of.refs) > 0 {
					pipe.HSet(t.Context(), at.Refs(handle), of.refs)
				}
				pipe.Expire(t.Context(), at.Receipts(handle), time.Hour)
				pipe.Expire(t.Context(), at.Refs(handle), time.Hour)
				if _, failed := pipe.Exec(t.Context()); failed != nil || err != nil {
					t.Errorf("copy %d: %v, %v", i, err, failed)
				}
			}
		})
	}
	for i := range n {
		numbers <- i
	}
	close(numbers)
	writing.Wait()
}

// atBest returns the shortest of three tries: what else the machine does meanwhile
// is not what is measured.
func atBest(try func() time.Duration) time.Duration { return min(try(), try(), try()) }

// onePress starts the program, has somebody open a consult, and returns how long
// it took until that was delivered and the timers were looked at.
func onePress(t *testing.T, s *settings, client redis.UniversalClient) time.Duration {
	t.Helper()
	began := time.Now()
	st := newStage()
	c, err := newCore(s, client, bot.ClockFunc(time.Now), slog.New(slog.DiscardHandler), st, st)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = c.outbox.Run(ctx) })
	defer running.Wait()
	defer cancel()
	theo := bot.Inbound{ID: "scale/" + strconv.FormatInt(began.UnixNano(), 36), From: web.Account("theo"), In: web.Home(), Kind: bot.Command}
	reply := c.bot.Handle(ctx, theo)
	if reply.Private == nil {
		t.Fatal("no consult was opened")
	}
	if err := c.settle(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := c.outbox.Lag(ctx); err != nil {
		t.Fatal(err)
	}
	return time.Since(began)
}

// usedMemory is what Redis has taken for what it keeps: all, but for what its
// connections and the writing of its file take.
func usedMemory(t *testing.T, client redis.UniversalClient) int64 {
	t.Helper()
	values := map[string]int64{}
	for line := range strings.Lines(client.Info(t.Context(), "memory").Val()) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		values[name], _ = strconv.ParseInt(value, 10, 64) // other lines are of no interest
	}
	if values["used_memory"] == 0 || values["mem_clients_normal"] == 0 {
		t.Fatal("Redis does not say how much memory it takes")
	}
	return values["used_memory"] - values["mem_clients_normal"] - values["mem_aof_buffer"]
}
