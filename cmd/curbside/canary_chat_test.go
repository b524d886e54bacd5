package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"curbside/bot/store/redistest"
)

// ticketPlants go through the doors whose content has to go back to the platform
// as it came, since that is what it is for: triggers, tokens and addresses for
// one answer. Everywhere else they must not be found either.
var ticketPlants = []plant{{"a name in a ticket", "Ostrander-Leibniz-7718", nil}}

// A chatDoor is a way in through a platform. put sends a plant in one of several
// ways and returns what came back at once.
type chatDoor struct {
	name   string
	ticket bool
	put    func(p plant, way int) []byte
}

// A chatDay is the program as a process of its own, with a Redis, a platform and
// phones that can be made to fail.
type chatDay struct {
	canaryDay
	m       *mirror
	phones  *phones
	process *exec.Cmd
	out     *lockedBuffer
	hook    string // where PagerDuty says that somebody has seen a page
	seen    atomic.Int64
	put     atomic.Int64
	doors   map[string]bool
}

// newChatDay rewrites the settings of a practice so that all it depends on can
// fail.
func newChatDay(t *testing.T, m *mirror, server *redistest.Server, settings, platform string) *chatDay {
	t.Helper()
	d := &chatDay{m: m, phones: newPhones(t), out: &lockedBuffer{}, doors: map[string]bool{}}
	d.t, d.server, d.settings, d.log, d.line = t, server, settings, &lockedBuffer{}, newBadLine(t, server.Options.Addrs[0])
	keep := func(name, content string) string {
		path := filepath.Join(filepath.Dir(settings), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	metrics, hook := redistest.FreePort(t), redistest.FreePort(t)
	d.metrics, d.hook = "http://127.0.0.1:"+metrics, "127.0.0.1:"+hook
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(
		"unix://"+server.Options.Addrs[0], "redis://"+d.line.address,
		strings.TrimSuffix(platform, "/"), m.URL+strings.TrimPrefix(strings.TrimSuffix(platform, "/"), "http://"+m.real),
		"log: {level: info}", "log: {level: debug, format: json}\nmetrics: {listen: 127.0.0.1:"+metrics+"}\n"+
			"alarm: {ping_url_file: "+keep("ping", d.phones.URL+"/alarm")+", ping_every: 10s}\n"+
			"pagerduty: {listen: 127.0.0.1:"+hook+", secret_file: "+keep("pagerduty", pagerDutySecret)+"}",
		"name: Sam Okafor, roles: [supervisor]", "name: Sam Okafor, roles: [supervisor], pager: {kind: webhook, url: "+d.phones.URL+"/phone, secret_file: "+keep("phone", "canary-phone-secret")+"}",
		"name: Kim Lindqvist, roles: [supervisor]", "name: Kim Lindqvist, roles: [supervisor], pager: {kind: pagerduty, url: "+d.phones.URL+"/events, routing_key_file: "+keep("routing", "0123456789abcdef0123456789abcdef")+"}",
		"[[sam], [kim]]", "[[sam, kim]]",
		"\ndiscord:\n", "\nfree_text: {discord: {enabled: true, plan: community, baa: none}}\ndiscord:\n",
	).Replace(string(text))
	if err := os.WriteFile(settings, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

// start starts the program and returns where it answers, if it does over HTTP.
func (d *chatDay) start(stderr *os.File) (address string) {
	d.t.Helper()
	d.process = exec.Command(os.Args[0], "serve", "--config", d.settings)
	d.process.Env = append(os.Environ(), actAs+"="+asProgram)
	d.process.Stdout, d.process.Stderr = d.out, d.log
	if stderr != nil {
		d.process.Stderr = stderr
	}
	if err := d.process.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		_ = d.process.Process.Kill()
		_ = d.process.Wait()
		if d.t.Failed() {
			d.t.Logf("the program says last:\n%s", d.log.last(30))
		}
	})
	d.eventually("the program listens", func() bool { return strings.Contains(string(d.out.bytes()), d.hook) })
	address, _, _ = strings.Cut(strings.TrimPrefix(string(d.out.bytes()), "Listening on "), "\n")
	return strings.TrimSuffix(strings.TrimSpace(address), "/")
}

func (d *chatDay) eventually(what string, holds func() bool) {
	d.t.Helper()
	for deadline := time.Now().Add(40 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			d.t.Fatalf("did not come about: %s", what)
		}
	}
}

// sieves are the sieves of single plants.
var sieves = sync.OnceValue(func() map[string]*sieve {
	all := map[string]*sieve{}
	for _, p := range slices.Concat(plants, ticketPlants) {
		all[p.kind] = newSieve(p)
	}
	return all
})

// atOnce is how many people try doors at the same time: they wait most of it.
const atOnce = 16

// share is by how many the doors are divided while something fails: each door is
// tried in that share of the failures, and with CURBSIDE_CANARY=all in every one.
func share(of int) int {
	if os.Getenv("CURBSIDE_CANARY") == "all" {
		return 1
	}
	return of
}

// someFailures divides the doors of a platform: each is tried in about three failures of
// eleven, and another three in its other way in.
const someFailures = 4

// try sends a plant through each door of a share of them, and looks at what
// comes back.
func (d *chatDay) try(doors []chatDoor, share int, during string) {
	d.t.Helper()
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	round := int(d.seen.Add(1))
	for n, at := range doors {
		d.doors[at.name] = true
		if (n+round)%share != 0 {
			continue
		}
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			from := plants
			if at.ticket {
				from = ticketPlants
			}
			p := from[(n+round*7)%len(from)]
			d.put.Add(1)
			back := at.put(p, n/3+round)
			if found := sieves()[p.kind].find(back); len(found) > 0 && !at.ticket {
				d.t.Errorf("%s, while %s: what comes back holds %s:\n%s", at.name, during, strings.Join(found, "; "), around(back, p))
			}
		})
	}
	all.Wait()
	d.settle()
}

// settle waits until the program says nothing more, so that what came in while
// something failed is done before it is mended.
func (d *chatDay) settle() {
	said, still := -1, 0
	for end := time.Now().Add(6 * time.Second); still < 4 && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		now := d.m.times() + len(d.log.bytes())
		if still++; now != said {
			said, still = now, 0
		}
	}
}

// around shows where a plant stands in something, for whoever has to find out how.
func around(content []byte, p plant) string {
	low := bytes.ToLower(content)
	for _, text := range p.searched() {
		if i := bytes.Index(low, bytes.ToLower([]byte(text))); i >= 0 {
			return string(content[max(0, i-160):min(len(content), i+len(text)+80)])
		}
	}
	return string(content[:min(len(content), 200)])
}

// end ends the program as an operator does, so that everything is written.
func (d *chatDay) end() {
	d.t.Helper()
	_ = d.process.Process.Signal(syscall.SIGTERM)
	ended := make(chan struct{})
	go func() {
		_ = d.process.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		d.t.Error("the program does not end")
	}
}

// search looks for plants in all that the program wrote and said, once it has
// ended, and says how much that was.
func (d *chatDay) search(metrics []byte) (places, size int) {
	d.t.Helper()
	all := map[string][]byte{"the log": d.log.bytes(), "standard output": d.out.bytes(), "the metrics": metrics}
	d.eventuallySaved()
	for name, content := range d.server.Files(d.t) {
		all["redis: "+name] = content
	}
	d.keysOfRedis(all)
	d.unsealed(all)
	for _, args := range [][]string{{"audit", "export", "--config", d.settings}, {"audit", "verify", "--config", d.settings}} {
		var out, errs bytes.Buffer
		if code := run(d.t.Context(), args, nil, &out, &errs); code != exitOK {
			d.t.Errorf("%v ends with %d: %s", args, code, errs.String())
		}
		all[strings.Join(args[:2], " ")] = append(out.Bytes(), errs.Bytes()...)
	}
	everything, noTickets := newSieve(slices.Concat(plants, ticketPlants)...), newSieve(plants...)
	for name, content := range all {
		size += len(content)
		d.report(name, content, everything)
	}
	for i, one := range d.m.saidSoFar() {
		size += len(one.text)
		d.report(fmt.Sprintf("what was said (%d), %s", i, one.how), one.text, noTickets)
		places++
	}
	for i, one := range d.phones.heard() {
		size += len(one)
		d.report(fmt.Sprintf("what a phone was told (%d)", i), one, everything)
		places++
	}
	return places + len(all), size
}

func (d *chatDay) report(name string, content []byte, s *sieve) {
	d.t.Helper()
	found := s.find(content)
	for _, one := range found[:min(len(found), 12)] {
		kind, _, _ := strings.Cut(one, ", ")
		for _, p := range slices.Concat(plants, ticketPlants) {
			if p.kind == kind {
				d.t.Errorf("%s holds %s:\n%s", name, one, around(content, p))
			}
		}
	}
}

// eventuallySaved has Redis write its other file, too, without packing anything.
func (d *chatDay) eventuallySaved() {
	c, ctx := d.server.Client(d.t), d.t.Context()
	if err := c.ConfigSet(ctx, "rdbcompression", "no").Err(); err != nil {
		d.t.Error(err)
	}
	if err := c.Save(ctx).Err(); err != nil {
		d.t.Errorf("save: %v", err)
	}
}

// metricsNow reads the metrics before the program ends.
func (d *chatDay) metricsNow() []byte {
	d.t.Helper()
	return []byte(get(d.t, d.metrics+"/metrics"))
}
