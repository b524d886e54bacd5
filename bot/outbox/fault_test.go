package outbox_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/outbox"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// child names, in the environment, what this binary does as a process of its own
// that a test kills, and the socket of the Redis it does it on.
const child = "CURBSIDE_TEST_CHILD"

func TestMain(m *testing.M) {
	if doing, socket, ok := strings.Cut(os.Getenv(child), " "); ok {
		os.Exit(beChild(doing, socket))
	}
	flag.Parse()
	// These tests wait more than they work.
	if err := flag.Set("test.parallel", "8"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// beChild commits an effect, or delivers one and never comes to an end with it,
// or only to the end that it may have arrived. It says what it has done on its
// standard output, and waits to be killed.
func beChild(doing, socket string) int {
	client := store.NewClient(redis.UniversalOptions{Addrs: []string{socket}})
	s, err := store.New(store.Options{Client: client, Sealer: store.Unencrypted()})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	switch doing {
	case "commit":
		err = s.Commit(context.Background(), bot.Commit{
			Record:  bot.Record{Consult: dialog.Consult{Handle: "a", Version: 1}},
			Effects: []dialog.Effect{{Handle: "a", Version: 1, Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"}},
			Keep:    time.Hour,
		})
		fmt.Println("committed", err)
		select {}
	case "deliver", "doubt":
		w := &platform{answer: func(e dialog.Effect, _ map[string]bot.Ref) (bot.Receipt, string) {
			fmt.Println("delivering", e.ID())
			if doing == "doubt" {
				time.Sleep(3 * time.Second)
				return bot.Receipt{Outcome: bot.Ambiguous, RetryAfter: time.Minute}, ""
			}
			select {}
		}}
		err = outbox.New(outbox.Parts{
			Store: s, Worker: w, Clock: bot.ClockFunc(time.Now), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		}).Run(context.Background())
	}
	fmt.Println(err)
	return 1
}

// spawn starts a child and waits until it has said a line.
func spawn(t *testing.T, doing string, server *redistest.Server, says string) (running *os.Process, kill func()) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	process := exec.Command(self)
	process.Env = append(os.Environ(), child+"="+doing+" "+server.Options.Addrs[0])
	out, err := process.StdoutPipe()
	must(t, err)
	must(t, process.Start())
	kill = sync.OnceFunc(func() {
		_ = process.Process.Kill()
		_ = process.Wait()
	})
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != says {
		t.Fatalf("the child says %q, %v; want %q", line, err, says)
	}
	return process.Process, kill
}

func TestWhatAKilledProcessHasCommittedIsDeliveredOnce(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	_, kill := spawn(t, "commit", server, "committed <nil>")
	kill()
	p := newPractice(t, server.Client(t))
	w := &platform{}
	p.start(w)
	p.start(w)
	w.expect(t, "a/1/0")
	p.settled()
	time.Sleep(time.Second)
	if got := w.attempts(); len(got) != 1 {
		t.Errorf("tried %v, want one try", got)
	}
}

func TestADeliveryIsTakenOverFromAKilledProcessAndNotFromASlowOne(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	p := newPractice(t, server.Client(t))
	p.commit("a", 1, dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"})
	_, kill := spawn(t, "deliver", server, "delivering a/1/0")
	w := &platform{}
	p.start(w)
	// More on the same track, some of which this process reads: it wants the
	// track, and the entry it has to wait for.
	want := []string{"a/1/0"}
	for v := uint64(2); v <= 7; v++ {
		time.Sleep(100 * time.Millisecond)
		p.commit("a", v, dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"})
		want = append(want, fmt.Sprintf("a/%d/0", v))
	}
	time.Sleep(6500 * time.Millisecond) // longer than a lease and a claim last
	if got := w.attempts(); len(got) != 0 {
		t.Fatalf("taken over from a process that is alive: %v", got)
	}
	pending, err := p.client.XPendingExt(t.Context(), &redis.XPendingExtArgs{
		Stream: p.store.Layout().Of("a").Outbox(dialog.LaneUrgent), Group: "outbox", Start: "-", End: "+", Count: 10,
	}).Result()
	must(t, err)
	for _, entry := range pending {
		if entry.RetryCount != 1 {
			t.Errorf("entry %s went from hand to hand although its process is alive", entry.ID)
		}
	}
	kill()
	killed := time.Now()
	w.expect(t, want...)
	if took := time.Since(killed); took > 10*time.Second {
		t.Errorf("taken over after %v", took)
	}
	for i, again := range w.again {
		if first := i == 0; again != first {
			t.Errorf("of %s it is said that an earlier try may have arrived: %t, want %t", want[i], again, first)
		}
	}
	p.settled()
}

func TestWhatAProcessDoesNotGetToIsTakenOverAtOnceWhenItEnds(t *testing.T) {
	t.Parallel()
	p := newPractice(t, redistest.Start(t).Client(t))
	slow := make(chan struct{})
	w := &platform{answer: func(dialog.Effect, map[string]bot.Ref) (bot.Receipt, string) {
		<-slow
		return bot.Receipt{}, ""
	}}
	_, stop := p.start(w)
	stream := p.store.Layout().Of("a").Outbox(dialog.LaneUrgent)
	for i := range 70 { // more than are delivered at once
		p.commit("a", uint64(i+1), dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: dialog.PersonID(fmt.Sprint("sam-", i))})
	}
	eventually(t, 10*time.Second, func() bool {
		read, err := p.client.XPending(t.Context(), stream, "outbox").Result()
		return err == nil && read.Count == 70 && len(w.attempts()) == 64
	}, func() string { return fmt.Sprintf("%d deliveries have begun", len(w.attempts())) })
	time.AfterFunc(100*time.Millisecond, func() { close(slow) })
	stop()
	left, err := p.client.XPendingExt(t.Context(), &redis.XPendingExtArgs{Stream: stream, Group: "outbox", Start: "-", End: "+", Count: 70}).Result()
	must(t, err)
	if len(left) == 0 || len(left)+len(w.deliveries()) != 70 {
		t.Fatalf("%d were delivered and %d are left", len(w.deliveries()), len(left))
	}
	for _, entry := range left {
		if entry.Idle < 2*time.Second {
			t.Errorf("%s is kept from the others, who take over what was idle for 2 s: %v", entry.ID, entry.Idle)
		}
	}
}

// forgetful loses the first answer that hands out an effect.
type forgetful struct{ lost atomic.Bool }

func (f *forgetful) DialHook(next redis.DialHook) redis.DialHook { return next }

func (f *forgetful) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (f *forgetful) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if err := next(ctx, cmd); err != nil {
			return err
		}
		if answer, is := cmd.(*redis.Cmd); is {
			if parts, err := answer.Slice(); err == nil && len(parts) > 0 && parts[0] == "go" && !f.lost.Swap(true) {
				answer.SetErr(io.EOF)
				return io.EOF
			}
		}
		return nil
	}
}

func TestAnAnswerThatGetsLostOnItsWayKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	c := redistest.Start(t).Client(t)
	hook := &forgetful{}
	c.AddHook(hook)
	p := newPractice(t, c)
	w := &platform{}
	p.start(w)
	committed := time.Now()
	p.commit("a", 1, dialog.Effect{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"})
	w.expect(t, "a/1/0")
	if took := time.Since(committed); !hook.lost.Load() || took > 3*time.Second {
		t.Errorf("an answer was lost: %t; the page came after %v, want before its own lease of 5 s ran out", hook.lost.Load(), took)
	}
	p.settled()
}

func TestAProcessThatStoodStillDoesNotUndoWhatAnotherHasDelivered(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	p := newPractice(t, server.Client(t))
	p.commit("a", 1, dialog.Effect{Kind: dialog.PostNote})
	late, kill := spawn(t, "doubt", server, "delivering a/1/0")
	must(t, late.Signal(syscall.SIGSTOP))
	w := &platform{}
	p.start(w)
	w.expect(t, "a/1/0")
	p.settled()
	must(t, late.Signal(syscall.SIGCONT))
	// What it has to say comes at once, and the consult goes on as if it had not.
	time.Sleep(time.Second)
	kill()
	if got := p.outcome("a", "a/1/0"); got != "delivered" {
		t.Errorf("the receipt says %q", got)
	}
	p.commit("a", 2, dialog.Effect{Kind: dialog.PostNote})
	w.expect(t, "a/1/0", "a/2/0")
}

func TestNothingIsLostOrDoubledWhenRedisCrashesAtWork(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	p := newPractice(t, server.Client(t))
	w := &platform{answer: func(dialog.Effect, map[string]bot.Ref) (bot.Receipt, string) {
		time.Sleep(5 * time.Millisecond)
		return bot.Receipt{}, ""
	}}
	p.start(w)
	var committed atomic.Int64
	var all sync.WaitGroup
	stop := make(chan struct{})
	for i := range 4 {
		all.Go(func() {
			handle := fmt.Sprintf("heron-%d", i)
			for v := uint64(1); ; {
				select {
				case <-stop:
					return
				default:
				}
				err := p.store.Commit(context.Background(), bot.Commit{
					Record:  bot.Record{Consult: dialog.Consult{Handle: handle, Version: v}},
					Effects: []dialog.Effect{{Handle: handle, Version: v, Kind: dialog.PostNote}},
					Timers:  []dialog.Timer{{ID: dialog.TimerID(fmt.Sprint("t", v)), Due: time.Now()}},
					Keep:    time.Hour,
				})
				// After an error it may have been kept or not: the answer of the
				// next try says which.
				if err == nil || err == bot.ErrConflict || err == bot.ErrExists {
					committed.Add(1)
					v++
				}
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
	for range 3 {
		time.Sleep(300 * time.Millisecond)
		server.Kill()
		time.Sleep(300 * time.Millisecond)
		server.Start(t)
	}
	time.Sleep(300 * time.Millisecond)
	close(stop)
	all.Wait()
	want := int(committed.Load())
	eventually(t, 15*time.Second, func() bool { return len(w.deliveries()) >= want && len(w.timers()) >= want }, func() string {
		return fmt.Sprintf("%d commits, %d deliveries, %d timers", want, len(w.deliveries()), len(w.timers()))
	})
	p.settled()
	seen := make(map[string]int)
	for _, id := range w.deliveries() {
		seen[id]++
	}
	if len(seen) != want || len(w.deliveries()) != want {
		t.Errorf("%d commits, %d effects in %d deliveries", want, len(seen), len(w.deliveries()))
	}
	if fired := w.timers(); len(fired) != want {
		t.Errorf("%d commits, timers fired %d times", want, len(fired))
	}
	eventually(t, 10*time.Second, func() bool { return strings.HasSuffix(lastLine(p.log, "redis"), `msg="redis back"`) }, func() string {
		return "the log does not say that Redis is back"
	})
	if away := strings.Count(p.log.String(), "redis away"); away == 0 || away > 12 {
		t.Errorf("%d lines say that Redis is away, for three crashes", away)
	}
}

func TestDeliveriesGoOnWhenAClustersMasterIsLost(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartSix(t)
	p := newPractice(t, cluster.Client(t))
	w := &platform{}
	p.start(w)
	commit := func(handle string, v uint64) error {
		return p.store.Commit(t.Context(), bot.Commit{
			Record:  bot.Record{Consult: dialog.Consult{Handle: handle, Version: v}},
			Effects: []dialog.Effect{{Handle: handle, Version: v, Kind: dialog.PostNote}},
			Timers:  []dialog.Timer{{ID: "t", Due: time.Now()}},
			Keep:    time.Hour,
		})
	}
	var want []string
	for i := range 24 { // on every master
		handle := fmt.Sprintf("heron-%d", i)
		must(t, commit(handle, 1))
		want = append(want, handle+"/2/0")
	}
	p.settled()
	cluster.Nodes[0].Kill()
	for i := range want {
		// The first may be lost with its master; then the second is refused until it is there again.
		eventually(t, 20*time.Second, func() bool {
			handle := fmt.Sprintf("heron-%d", i)
			err := commit(handle, 2)
			if errors.Is(err, bot.ErrConflict) {
				_ = commit(handle, 1)
			}
			return err == nil
		}, func() string { return fmt.Sprintf("heron-%d cannot be committed", i) })
	}
	eventually(t, 20*time.Second, func() bool {
		have := w.deliveries()
		return !slices.ContainsFunc(want, func(id string) bool { return !slices.Contains(have, id) })
	}, func() string { return fmt.Sprintf("delivered %v, want %v", w.deliveries(), want) })
	p.settled()
}

func TestWhatWaitsGoesOutWhileTheMemoryOfRedisIsFull(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	p, admin := newPractice(t, server.Client(t)), server.Client(t)
	_, stop := p.start(&platform{})
	p.commit("first", 1, dialog.Effect{Kind: dialog.PostNote})
	p.settled()
	stop()
	p.keep(bot.Commit{
		Effects: []dialog.Effect{{Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "dana"}},
		Timers:  []dialog.Timer{{ID: "t", Due: time.Now()}},
	}, "a", 1)
	must(t, admin.ConfigSet(t.Context(), "maxmemory", "1").Err())

	refused := bot.Commit{
		Record:  bot.Record{Consult: dialog.Consult{Handle: "a", Version: 2}},
		Effects: []dialog.Effect{{Handle: "a", Version: 2, Kind: dialog.PostNote}},
		Keep:    time.Hour,
	}
	if err := p.store.Commit(t.Context(), refused); !redis.HasErrorPrefix(err, "OOM") {
		t.Fatalf("commit = %v, want it refused", err)
	}
	rec, err := p.store.Load(t.Context(), "a")
	must(t, err)
	if n := admin.XLen(t.Context(), p.store.Layout().Of("a").Outbox(dialog.LaneNormal)).Val(); n != 0 || rec.Consult.Version != 1 {
		t.Errorf("a commit that was refused left version %d and %d effects", rec.Consult.Version, n)
	}
	var busy, failed atomic.Bool
	w := &platform{
		answer: func(dialog.Effect, map[string]bot.Ref) (bot.Receipt, string) {
			if !busy.Swap(true) {
				return bot.Receipt{Outcome: bot.Busy, RetryAfter: 2 * time.Second}, ""
			}
			return bot.Receipt{Ref: "m1"}, "person/dana"
		},
		fire: func(string, dialog.TimerID) error {
			if !failed.Swap(true) {
				return errors.New("the store is full")
			}
			return nil
		},
	}
	p.start(w)
	w.expect(t, "a/1/0")
	p.settled()
	eventually(t, 5*time.Second, func() bool { return len(w.timers()) == 1 }, func() string { return "the timer does not fire" })
	if log := p.log.String(); strings.Contains(log, "redis away") {
		t.Errorf("the log:\n%s", log)
	}
	must(t, admin.ConfigSet(t.Context(), "maxmemory", "0").Err())
	must(t, p.store.Commit(t.Context(), refused))
}

// lastLine returns the last line of a log with a word in it.
func lastLine(log *syncBuffer, word string) (last string) {
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, word) {
			last = strings.TrimSpace(line)
		}
	}
	return last
}
