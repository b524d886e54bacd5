package main

import (
	"flag"
	"testing"
	"time"

	"curbside/bot/store/redistest"
)

var latencyPages = flag.Int("latency", 5, "pages that are timed one after the other; from 100 on, 99 of 100 have to be sent within 200 ms")

// TestAPageIsSentAtOnce times, in a system that does nothing else, how long it
// takes from a press until the platform has the page.
func TestAPageIsSentAtOnce(t *testing.T) {
	server := redistest.StartTCP(t)
	h := newHouse(t, drawnSeed(), time.Hour)
	h.move(h.settings("  url: redis://"+server.Options.Addrs[0]+"\n"), 0)
	h.ready()
	var took []time.Duration
	known := map[string]bool{}
	for range *latencyPages {
		handle, ok := h.open(h.scenes[0], "c0", known)
		if !ok || !h.waitCard(handle) {
			t.Fatal("no consult")
		}
		known[handle] = true
		press, can := h.on(handle, "").Can["Immediate danger"]
		if !can {
			t.Fatal("nobody can be called")
		}
		pressed := time.Now()
		if answer, known := h.press(handle, "c0", press, false); !known || answer.Down {
			t.Fatal("the press was not taken")
		}
		for _, who := range []string{"sam", "kim", "lee"} {
			h.until(20*time.Second, who+" is paged", func() bool {
				chat, phone := h.world.reached(handle, who, "1")
				if chat.IsZero() || phone.IsZero() {
					return false
				}
				took = append(took, chat.Sub(pressed))
				return true
			})
		}
	}
	t.Logf("from the press to the page: %s", spread(took))
	if within := took[len(took)*99/100]; *latencyPages >= 100 && within > 200*time.Millisecond {
		t.Errorf("99 of 100 pages were sent within %v", within)
	}
	if took[len(took)-1] > 10*time.Second {
		t.Errorf("a page took %v", took[len(took)-1])
	}
}
