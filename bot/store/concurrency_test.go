package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/redis/go-redis/v9"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// A step is one call on a consult: a load, or a commit of a version.
type step struct {
	commit uint64 // 0 loads
}

// An answer is what came of a step.
type answer struct {
	version uint64 // a load: what was found
	done    bool   // a commit: it was kept
}

// oneConsult says what a store promises of one consult: its state is a version,
// and only the next one is committed.
var oneConsult = porcupine.Model{
	Init: func() any { return uint64(0) },
	Step: func(state, input, output any) (bool, any) {
		version, in, out := state.(uint64), input.(step), output.(answer)
		if in.commit == 0 {
			return out.version == version, version
		}
		if in.commit != version+1 {
			return !out.done, version
		}
		return out.done, in.commit
	},
}

// A history is what people asked of one consult at the same time, and when.
type history struct {
	s     *store.Store
	start time.Time
	mu    sync.Mutex
	steps []porcupine.Operation
}

func (h *history) record(person int, in step, call func() answer) answer {
	called := time.Since(h.start)
	out := call()
	returned := time.Since(h.start)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.steps = append(h.steps, porcupine.Operation{
		ClientId: person, Input: in, Output: out, Call: called.Nanoseconds(), Return: returned.Nanoseconds(),
	})
	return out
}

func (h *history) load(t *testing.T, person int) (version uint64) {
	return h.record(person, step{}, func() answer {
		rec, err := h.s.Load(t.Context(), "a")
		if err != nil && !errors.Is(err, bot.ErrNotFound) {
			t.Error(err)
		}
		return answer{version: rec.Consult.Version}
	}).version
}

func (h *history) commit(t *testing.T, person int, v uint64) {
	h.record(person, step{commit: v}, func() answer {
		err := h.s.Commit(t.Context(), withAudit(version("a", v)))
		if err != nil && !errors.Is(err, bot.ErrConflict) && !errors.Is(err, bot.ErrExists) {
			t.Error(err)
		}
		return answer{done: err == nil}
	})
}

func linearises(t *testing.T, c redis.UniversalClient) {
	h := &history{s: open(t, c), start: time.Now()}
	var all sync.WaitGroup
	for person := range 200 {
		all.Go(func() { h.commit(t, person, 1) })
	}
	all.Wait()
	for person := range 8 {
		all.Go(func() {
			for range 25 {
				h.commit(t, person, h.load(t, person)+1)
			}
		})
	}
	all.Wait()
	if result := porcupine.CheckOperationsTimeout(oneConsult, h.steps, 20*time.Second); result != porcupine.Ok {
		t.Errorf("%d loads and commits are no one row: %s", len(h.steps), result)
	}
	rec, err := h.s.Load(t.Context(), "a")
	must(t, err)
	seen, err := store.NewAudit(c).Verify(t.Context(), nil)
	must(t, err)
	if uint64(seen.Links) != rec.Consult.Version {
		t.Errorf("%d audit links for %d versions", seen.Links, rec.Consult.Version)
	}
}

// A lossyConn does the work and loses the answer, once it is told to.
type lossyConn struct {
	net.Conn
	lose  *atomic.Bool
	armed bool
}

func (c *lossyConn) Write(b []byte) (int, error) {
	if bytes.Contains(bytes.ToLower(b), []byte("evalsha")) && c.lose.CompareAndSwap(true, false) {
		c.armed = true
	}
	return c.Conn.Write(b)
}

func (c *lossyConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if c.armed && err == nil {
		return 0, io.EOF
	}
	return n, err
}

func TestACommitWhoseAnswerWasLostIsCommittedOnce(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	lose := new(atomic.Bool)
	lossy := server.Options
	lossy.Dialer = func(ctx context.Context, _, _ string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, "unix", server.Options.Addrs[0])
		return &lossyConn{Conn: conn, lose: lose}, err
	}
	client := store.NewClient(lossy)
	defer func() { _ = client.Close() }()
	s := open(t, client)
	for v := range uint64(3) {
		next := withAudit(version("a", v+1))
		next.Effects = []dialog.Effect{{Handle: "a", Version: v + 1, Kind: dialog.UpdateCard}}
		lose.Store(true)
		must(t, s.Commit(t.Context(), next))
		if lose.Load() {
			t.Fatal("no answer was lost: this test sees nothing")
		}
	}
	p, c := s.Layout().Of("a"), server.Client(t)
	if n := c.XLen(t.Context(), p.Outbox(dialog.LaneNormal)).Val(); n != 3 {
		t.Errorf("%d effects of 3 commits", n)
	}
	if n := c.LLen(t.Context(), p.Audit()).Val(); n != 3 {
		t.Errorf("%d audit links of 3 commits", n)
	}
}

func TestAPressIsAnsweredInTimeWhileRedisHangs(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.Client(t))
	must(t, s.Commit(t.Context(), version("a", 1)))
	server.Hang(t)
	defer server.Resume(t)
	for name, call := range map[string]func() error{
		"load":   func() error { _, err := s.Load(t.Context(), "a"); return err },
		"commit": func() error { return s.Commit(t.Context(), version("a", 2)) },
	} {
		start := time.Now()
		if err := call(); err == nil {
			t.Errorf("%s: no error", name)
		}
		if took := time.Since(start); took > 2700*time.Millisecond {
			t.Errorf("%s took %v", name, took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		start = time.Now()
		_, err := s.Load(ctx, "a")
		if took := time.Since(start); err == nil || took > time.Second {
			t.Errorf("with a deadline of 200 ms it took %v: %v", took, err)
		}
	}
}

func TestWhatWasCommittedOutlivesACrashOfRedis(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.Client(t))
	kept := uint64(0)
	for round := range 3 {
		for range 20 {
			must(t, s.Commit(t.Context(), version("a", kept+1)))
			kept++
		}
		server.Kill()
		if err := s.Commit(t.Context(), version("a", kept+1)); err == nil {
			t.Fatal("committed to a Redis that is gone")
		}
		server.Start(t)
		rec, err := s.Load(t.Context(), "a")
		must(t, err)
		if rec.Consult.Version != kept {
			t.Fatalf("after crash %d: version %d, want %d", round+1, rec.Consult.Version, kept)
		}
	}
}
