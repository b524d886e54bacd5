package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// A house is a practice whose program runs as several processes on one Redis, a
// world around it, and what its people were told.
type house struct {
	t        testing.TB
	began    time.Time
	world    *world
	keyset   string
	step     time.Duration // how long a step of the chain waits
	replicas []*chaosReplica
	far      string                     // where the replicas find the recording platform; "" without one
	settles  bool                       // faults end before the last consults do: see [house.patient]
	people   int                        // how many ask; each has one consult open at a time
	scenes   []scene                    // where they ask, one after the other
	known    map[string]map[string]bool // the consults of each clinician, by handle
	ending   chan struct{}              // closed when no process is to be started any more
	end      func()                     // closes it

	mu       sync.Mutex
	rng      *rand.Rand
	serial   int
	outages  []outage
	promises []promise
	denials  []promise                        // what people were told was not saved
	signing  map[string][]porcupine.Operation // by consult
	doubted  map[string]bool                  // by consult and person: a decision of theirs was not answered
	tally    map[string]int
	whole    time.Time        // since when nothing is broken any more
	at       map[string]scene // where a consult is, by handle
	waits    []time.Duration  // from an answer that calls somebody until they were paged
	// failovers are how long a replica of Redis took until it was the master.
	failovers []time.Duration
}

// A chaosReplica is one process of the program, which is started again whenever it ends.
type chaosReplica struct {
	house *house
	plan  replicaPlan
	log   *lockedBuffer

	mu      sync.Mutex
	process *exec.Cmd
	up      bool
	doors   []string // where it answers, while it is up
}

// An outage is a time in which something was broken that can make a replica
// lose what it held.
type outage struct {
	replica     string // "" is all of them
	what        string
	from, until time.Time
}

// chaosClinicians is how many people ask where nothing else is said.
const chaosClinicians = 24

// newHouse is a house on the recording platform.
func newHouse(t testing.TB, seed uint64, step time.Duration) *house {
	t.Helper()
	h := emptyHouse(t, seed, step)
	h.far, h.scenes = h.world.server.URL, []scene{recording{h}}
	return h
}

func emptyHouse(t testing.TB, seed uint64, step time.Duration) *house {
	t.Helper()
	h := &house{
		t: t, began: time.Now(), world: newWorld(seed), step: step, people: chaosClinicians, at: map[string]scene{}, ending: make(chan struct{}), rng: rand.New(rand.NewPCG(seed, 2)),
		signing: map[string][]porcupine.Operation{}, tally: map[string]int{}, doubted: map[string]bool{}, known: map[string]map[string]bool{}, keyset: filepath.Join(t.TempDir(), "keyset.json"),
	}
	h.end = sync.OnceFunc(func() { close(h.ending) })
	if code := run(t.Context(), []string{"keyset", "new", h.keyset}, nil, io.Discard, io.Discard); code != exitOK {
		t.Fatal("no keyset was made")
	}
	t.Cleanup(func() {
		for _, r := range h.replicas {
			if t.Failed() {
				t.Logf("%s says at its end:\n%s", r.plan.Name, lastLines(r.log.bytes(), 15))
			}
		}
		h.world.server.CloseClientConnections()
		h.world.server.Close()
	})
	return h
}

// saidOf is what the processes say of a consult.
func (h *house) saidOf(handle string) string {
	var lines []string
	for _, r := range h.replicas {
		for line := range strings.Lines(string(r.log.bytes())) {
			if strings.Contains(line, handle) {
				lines = append(lines, strings.TrimSpace(line)+" "+r.plan.Name)
			}
		}
	}
	slices.Sort(lines) // they begin with the time
	return strings.Join(lines[max(0, len(lines)-25):], "\n")
}

func lastLines(text []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// accounts are those of a person on all platforms, as the settings hold them.
func (h *house) accounts(person string) (text string) {
	for _, s := range h.scenes {
		text += s.account(person)
	}
	return text
}

// settings writes the settings of a replica, with the lines of its redis section,
// and other sections.
func (h *house) settings(redis string, sections ...string) string {
	h.t.Helper()
	dir := h.t.TempDir()
	secret := filepath.Join(dir, "phones")
	var people strings.Builder
	for _, id := range slices.Sorted(maps.Keys(supervisors)) {
		_, _ = fmt.Fprintf(&people, "  - {id: %s, name: %s, roles: [supervisor], pager: {kind: webhook, url: %s/phone, secret_file: %s}%s}\n",
			id, supervisors[id], h.world.server.URL, secret, h.accounts(id))
	}
	_, _ = fmt.Fprintf(&people, "  - {id: olive, name: Olive Brandt, roles: [owner]%s}\n", h.accounts("olive"))
	for i := range h.people {
		_, _ = fmt.Fprintf(&people, "  - {id: c%d, name: Clinician %d, roles: [clinician], profession: psychologist, licences: [US-CA]%s}\n",
			i, i, h.accounts(fmt.Sprintf("c%d", i)))
	}
	text := fmt.Sprintf(`practice:
  name: Harbor Street Counseling
  time_zone: America/Los_Angeles
  jurisdictions: [US-CA, US-TX, US-WA]
  emergency_contact: Director on call, 555-0100
people:
%sescalation:
  chain: [[sam, kim], [lee]]
redis:
%s  encryption: {keyset_file: %s}
%s`, people.String(), redis, h.keyset, strings.Join(sections, ""))
	path := filepath.Join(dir, "curbside.yaml")
	if err := errors.Join(os.WriteFile(secret, []byte("the phones' secret, of thirty characters"), 0o600), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		h.t.Fatal(err)
	}
	return path
}

// move starts one more replica and keeps it up until the test ends.
func (h *house) move(settings string, skew time.Duration) *chaosReplica {
	h.t.Helper()
	r := &chaosReplica{house: h, log: &lockedBuffer{}, plan: replicaPlan{
		Settings: settings, Name: fmt.Sprintf("replica %d", len(h.replicas)+1), World: h.far, Skew: skew, Step: h.step,
	}}
	h.replicas = append(h.replicas, r)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r.live()
	}()
	h.t.Cleanup(func() {
		h.end()
		r.signal(syscall.SIGCONT)
		r.signal(syscall.SIGKILL)
		<-ended
	})
	return r
}

// live runs the process again and again.
func (r *chaosReplica) live() {
	plan, _ := json.Marshal(r.plan) // plain values
	for {
		r.mu.Lock()
		select {
		case <-r.house.ending:
			r.mu.Unlock()
			return
		default:
		}
		r.process = exec.Command(os.Args[0], string(plan))
		r.process.Env = append(os.Environ(), actAs+"="+asReplica)
		r.process.Stderr = r.log
		out, err := r.process.StdoutPipe()
		if err == nil {
			err = r.process.Start()
		}
		r.mu.Unlock()
		if err != nil {
			r.house.t.Errorf("start %s: %v", r.plan.Name, err)
			return
		}
		line, _ := bufio.NewReader(out).ReadString('\n') // "" when it ended before it listened
		if doors, listens := strings.CutPrefix(strings.TrimSpace(line), listening); listens {
			r.mu.Lock()
			r.up, r.doors = true, strings.Fields(doors)
			r.mu.Unlock()
		}
		_ = r.process.Wait()
		r.mu.Lock()
		r.up, r.doors = false, nil
		r.mu.Unlock()
		select {
		case <-r.house.ending:
			return
		case <-time.After(r.house.upTo(300 * time.Millisecond)):
		}
	}
}

func (r *chaosReplica) signal(sig os.Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.process != nil && r.process.Process != nil {
		_ = r.process.Process.Signal(sig) // it may have ended by itself
	}
}

// isUp reports whether it runs.
func (r *chaosReplica) isUp() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.up
}

// door is where it answers, "" while it does not; it has several on several platforms.
func (r *chaosReplica) door(n int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n >= len(r.doors) {
		return ""
	}
	return r.doors[n]
}

// ready waits until every replica answers.
func (h *house) ready() {
	h.t.Helper()
	h.until(30*time.Second, "every replica listens", func() bool {
		for _, r := range h.replicas {
			if !r.isUp() {
				return false
			}
		}
		return true
	})
}

// upTo draws a time.
func (h *house) upTo(most time.Duration) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Duration(h.rng.Int64N(int64(most)))
}

// one draws a number below n.
func (h *house) one(n int) int { return int(h.upTo(time.Duration(n))) }

func (h *house) count(what string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tally[what]++
}

// outage notes that something is broken from now until end is called.
func (h *house) outage(replica, what string) (end func()) {
	h.count("fault: " + what)
	from := time.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.outages = append(h.outages, outage{replica, what, from, time.Time{}})
	i := len(h.outages) - 1
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.outages[i].until = time.Now()
	}
}

func (h *house) until(most time.Duration, what string, holds func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(most); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("did not come about: %s", what)
		}
	}
}
