package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"curbside/bot/store/redistest"
)

// newLine is a connection to Redis that can be broken.
func newLine(t testing.TB, name, upstream string) *toxiproxy.Proxy {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	line := toxiproxy.NewProxy(server, name, "127.0.0.1:0", upstream)
	if err := line.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(line.Stop)
	return line
}

// A fault breaks something, and mends it before it returns.
type fault struct {
	name string
	do   func(h *house, rng *rand.Rand)
}

// drawn draws a time.
func drawn(rng *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(rng.Int64N(int64(most-least)))
}

// processFaults are what can become of a process.
func processFaults() []fault {
	signals := func(name string, sig syscall.Signal, least, most time.Duration) fault {
		return fault{name, func(h *house, rng *rand.Rand) {
			r := h.replicas[rng.IntN(len(h.replicas))]
			end := h.outage(r.plan.Name, name)
			r.signal(sig)
			time.Sleep(drawn(rng, least, most))
			r.signal(syscall.SIGCONT)
			end()
		}}
	}
	return []fault{
		signals("process killed", syscall.SIGKILL, 10*time.Millisecond, 300*time.Millisecond),
		signals("process killed", syscall.SIGKILL, 10*time.Millisecond, 300*time.Millisecond),
		signals("process told to end", syscall.SIGTERM, 100*time.Millisecond, 500*time.Millisecond),
		signals("process stands still", syscall.SIGSTOP, 200*time.Millisecond, 7*time.Second),
	}
}

// serverFaults are what can become of one Redis.
func serverFaults(server *redistest.Server) []fault {
	return []fault{
		{"redis killed", func(h *house, rng *rand.Rand) {
			defer h.outage("", "redis killed")()
			server.Kill()
			time.Sleep(drawn(rng, 50*time.Millisecond, 1500*time.Millisecond))
			server.Start(h.t)
		}},
		{"redis hangs", func(h *house, rng *rand.Rand) {
			defer h.outage("", "redis hangs")()
			server.Hang(h.t)
			time.Sleep(drawn(rng, 100*time.Millisecond, 2500*time.Millisecond))
			server.Resume(h.t)
		}},
	}
}

// lineFaults are what can become of one replica's connections to Redis.
func lineFaults(lines []*toxiproxy.Proxy) []fault {
	all := []fault{{"connection cut", func(h *house, rng *rand.Rand) {
		i := rng.IntN(len(lines))
		defer h.outage(h.replicas[i].plan.Name, "connection cut")()
		lines[i].Stop()
		time.Sleep(drawn(rng, 100*time.Millisecond, 6*time.Second))
		if err := lines[i].Start(); err != nil {
			h.t.Errorf("mend a line: %v", err)
		}
	}}}
	toxic := func(name, kind, stream, attributes string) {
		all = append(all, fault{name, func(h *house, rng *rand.Rand) {
			i := rng.IntN(len(lines))
			defer h.outage(h.replicas[i].plan.Name, name)()
			text := fmt.Sprintf(`{"name":"x","type":%q,"stream":%q,"attributes":{%s}}`, kind, stream, attributes)
			if _, err := lines[i].Toxics.AddToxicJson(strings.NewReader(text)); err != nil {
				h.t.Errorf("break a line: %v", err)
				return
			}
			time.Sleep(drawn(rng, 300*time.Millisecond, 3*time.Second))
			if err := lines[i].Toxics.RemoveToxic(h.t.Context(), "x"); err != nil {
				h.t.Errorf("mend a line: %v", err)
			}
		}})
	}
	toxic("answers slow", "latency", "downstream", `"latency":120,"jitter":100`)
	toxic("half closed: nothing gets there", "timeout", "upstream", `"timeout":0`)
	toxic("half closed: nothing comes back", "timeout", "downstream", `"timeout":0`)
	toxic("answers cut short", "limit_data", "downstream", `"bytes":2000`)
	toxic("connections reset", "reset_peer", "downstream", `"timeout":100`)
	return all
}

// breakThings lets one fault of a kind after the other happen until stop is closed.
func (h *house) breakThings(seed uint64, rest time.Duration, faults []fault, stop <-chan struct{}) {
	rng := rand.New(rand.NewPCG(seed, h.world.seed))
	for {
		select {
		case <-stop:
			return
		case <-time.After(drawn(rng, rest/2, rest*3/2)):
		}
		faults[rng.IntN(len(faults))].do(h, rng)
	}
}

// lastFaults is how long things break once the last consult is begun, in a house
// that settles.
const lastFaults = 10 * time.Second

// stand lets people work in a house while it is broken in every way that kinds
// name, and returns when all of them are done and everything is mended.
func (h *house) stand(consults int, mischief float64, rest time.Duration, kinds ...[]fault) {
	h.ready()
	h.world.behave(mischief)
	stop := make(chan struct{})
	var breaking, asking, begun sync.WaitGroup
	for i, faults := range kinds {
		breaking.Go(func() { h.breakThings(uint64(i), rest, faults, stop) })
	}
	people := min(h.people, consults)
	for i := range people {
		each := consults / people
		if i < consults%people {
			each++
		}
		begun.Add(1)
		asking.Go(func() { h.clinician(fmt.Sprintf("c%d", i), each, h.scenes[i%len(h.scenes)], sync.OnceFunc(begun.Done)) })
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		asking.Wait()
	}()
	if begun.Wait(); h.settles {
		select {
		case <-done:
		case <-time.After(lastFaults):
		}
	} else {
		<-done
	}
	close(stop)
	breaking.Wait()
	h.world.behave(0)
	h.mu.Lock()
	h.whole = time.Now()
	h.mu.Unlock()
	<-done
}
