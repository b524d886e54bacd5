package main

import (
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"
	"time"

	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// TestARollingRestartLosesAndDoublesNothing ends one of three processes after
// the other, as an update does, under people at work.
func TestARollingRestartLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	server := redistest.StartTCP(t)
	h := newHouse(t, drawnSeed(), 2*time.Second)
	for range 3 {
		h.move(h.settings("  url: redis://"+server.Options.Addrs[0]+"\n"), 0)
	}
	next := 0
	restarts := []fault{{"process restarted", func(h *house, _ *rand.Rand) {
		r := h.replicas[next%len(h.replicas)]
		next++
		h.count("fault: process told to end")
		r.signal(syscall.SIGTERM)
		h.until(30*time.Second, "it ends", func() bool { return !r.isUp() })
		h.ready()
	}}}
	for next < len(h.replicas) {
		h.stand(fewer(), 0, 200*time.Millisecond, restarts)
	}
	a := h.aftermath(server.Client(t))
	a.holds()
	a.report()
	if n := a.tally["press: told that nothing was saved"]; n > 0 {
		t.Errorf("%d presses were not saved", n)
	}
	if n := a.tally["arrived again"]; n > 0 {
		t.Errorf("%d effects reached somebody again", n)
	}
}

// TestAPageOfADeadProcessIsSentWithinTenSeconds kills the process that sends a
// page, while it does.
func TestAPageOfADeadProcessIsSentWithinTenSeconds(t *testing.T) {
	t.Parallel()
	server := redistest.StartTCP(t)
	h := newHouse(t, drawnSeed(), time.Hour)
	for range 2 {
		h.move(h.settings("  url: redis://"+server.Options.Addrs[0]+"\n"), 0)
	}
	h.ready()
	var once sync.Once
	var killed time.Time
	h.world.swallow = func(s sent) (gone bool) {
		if s.Kind != dialog.Page || s.To != "sam" {
			return false
		}
		once.Do(func() {
			for _, r := range h.replicas {
				if r.plan.Name == s.Replica {
					r.signal(syscall.SIGKILL)
				}
			}
			killed, gone = time.Now(), true
		})
		return gone
	}
	handle, ok := h.open(h.scenes[0], "c0", nil)
	if !ok || !h.waitCard(handle) {
		t.Fatal("no consult")
	}
	if !h.do(handle, "c0", "", "Immediate danger", gone("Immediate danger")) {
		t.Fatal("nobody is called")
	}
	var paged time.Time
	h.until(30*time.Second, "Sam is paged", func() bool {
		paged, _ = h.world.reached(handle, "sam", "1")
		return !paged.IsZero()
	})
	took := paged.Sub(killed)
	t.Logf("a page of a process that died was sent after %v", took.Round(time.Millisecond))
	if took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
