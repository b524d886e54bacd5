package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
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
	waits    []time.Duration // from an answer that calls somebody until they were paged
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
	address string // where it answers; "" while it is away
}

// An outage is a time in which something was broken that can make a replica
// lose what it held.
type outage struct {
	replica     string // "" is all of them
	what        string
	from, until time.Time
}

// chaosClinicians is how many people ask; each has one consult open at a time.
const chaosClinicians = 24

func newHouse(t testing.TB, seed uint64, step time.Duration) *house {
	t.Helper()
	h := &house{
		t: t, began: time.Now(), world: newWorld(seed), step: step, ending: make(chan struct{}), rng: rand.New(rand.NewPCG(seed, 2)),
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

func lastLines(text []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// settings writes the settings of a replica, with the lines of its redis section.
func (h *house) settings(redis string) string {
	h.t.Helper()
	dir := h.t.TempDir()
	secret := filepath.Join(dir, "phones")
	var people strings.Builder
	for _, s := range []struct{ id, name string }{{"sam", "Sam Okafor"}, {"kim", "Kim Lindqvist"}, {"lee", "Lee Park"}} {
		_, _ = fmt.Fprintf(&people, "  - {id: %s, name: %s, roles: [supervisor], pager: {kind: webhook, url: %s/phone, secret_file: %s}}\n",
			s.id, s.name, h.world.server.URL, secret)
	}
	for i := range chaosClinicians {
		_, _ = fmt.Fprintf(&people, "  - {id: c%d, name: Clinician %d, roles: [clinician], profession: psychologist, licences: [US-CA]}\n", i, i)
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
`, people.String(), redis, h.keyset)
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
		Settings: settings, Name: fmt.Sprintf("replica %d", len(h.replicas)+1), World: h.world.server.URL, Skew: skew, Step: h.step,
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
		if address, listens := strings.CutPrefix(strings.TrimSpace(line), "Listening on "); listens {
			r.mu.Lock()
			r.address = address
			r.mu.Unlock()
		}
		_ = r.process.Wait()
		r.mu.Lock()
		r.address = ""
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

// at is where it answers, "" while it does not.
func (r *chaosReplica) at() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.address
}

// ready waits until every replica answers.
func (h *house) ready() {
	h.t.Helper()
	h.until(30*time.Second, "every replica listens", func() bool {
		for _, r := range h.replicas {
			if r.at() == "" {
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

// pressing is the connection of people to the program: as a proxy in front of
// the replicas does, what one refuses goes to the next.
var pressing = &http.Client{Timeout: 3500 * time.Millisecond, Transport: &http.Transport{
	MaxIdleConnsPerHost: 64, DialContext: (&net.Dialer{Timeout: time.Second}).DialContext,
}}

// push hands something to a replica. known is false when nobody knows what came of it.
func (h *house) push(p pushed) (t told, known bool) {
	body, _ := json.Marshal(p) // plain values
	first := h.one(len(h.replicas))
	for i := range h.replicas {
		address := h.replicas[(first+i)%len(h.replicas)].at()
		if address == "" {
			continue
		}
		resp, err := pressing.Post(address, "application/json", bytes.NewReader(body))
		if errors.Is(err, syscall.ECONNREFUSED) {
			continue
		}
		if err != nil {
			return told{}, false
		}
		err = json.NewDecoder(resp.Body).Decode(&t)
		_ = resp.Body.Close()
		return t, err == nil && resp.StatusCode == http.StatusOK
	}
	return told{Down: true}, true // nobody took it
}
