package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	line    *badLine
	phones  *phones
	process *exec.Cmd
	out     *lockedBuffer
	hook    string // where PagerDuty says that somebody has seen a page
	seen    atomic.Int64
	put     atomic.Int64
	doors   map[string]bool
}

const pagerDutySecret = "canary-pagerduty-secret"

// newChatDay rewrites the settings of a practice so that all it depends on can
// fail.
func newChatDay(t *testing.T, m *mirror, server *redistest.Server, settings, platform string) *chatDay {
	t.Helper()
	d := &chatDay{m: m, line: newBadLine(t, server.Options.Addrs[0]), phones: newPhones(t), out: &lockedBuffer{}, doors: map[string]bool{}}
	d.t, d.server, d.settings, d.log = t, server, settings, &lockedBuffer{}
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
const atOnce = 12

// share is by how many the doors are divided while something fails: each is then
// tried while a third of all that can fail does, another one in each platform's
// way in. All of them are, each time, when the variable says so.
func share() int {
	if os.Getenv("CURBSIDE_CANARY") == "all" {
		return 1
	}
	return 3
}

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

// A badLine is the way to a Redis that can be broken in every way.
type badLine struct {
	address, upstream string

	mu    sync.Mutex
	fault string // "" is none
	turn  int
	held  int // questions that were never answered
	conns map[net.Conn]bool
}

// lineTroubles are what can become of the way to Redis.
var lineTroubles = []string{"redis is away", "redis repeats what it was asked in its errors", "redis answers nonsense", "redis is cut off in the middle", "redis answers as from elsewhere"}

// redisIsSilent lets Redis answer nothing any more.
const redisIsSilent = "redis is silent"

// waiting is how many questions were never answered.
func (l *badLine) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held
}

func newBadLine(t *testing.T, upstream string) *badLine {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	line := &badLine{address: l.Addr().String(), upstream: upstream, conns: map[net.Conn]bool{}}
	t.Cleanup(func() {
		_ = l.Close()
		line.set("redis is away")
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go line.serve(c)
		}
	}()
	return line
}

// set breaks the line, or mends it with "". Whatever is open ends.
func (l *badLine) set(fault string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fault = fault
	for c := range l.conns {
		_ = c.Close()
	}
	clear(l.conns)
}

func (l *badLine) now(c net.Conn) (fault string, p plant) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c != nil {
		l.conns[c] = true
	}
	l.turn++
	return l.fault, plants[l.turn%len(plants)]
}

var redisCommand = regexp.MustCompile(`\*\d+\r\n\$`)

func (l *badLine) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	if fault, _ := l.now(c); fault == "redis is away" {
		return
	}
	up, err := net.Dial("unix", l.upstream)
	if err != nil {
		return
	}
	defer func() { _ = up.Close() }()
	go func() {
		defer func() { _ = c.Close() }()
		buf := make([]byte, 64<<10)
		for {
			n, err := up.Read(buf)
			if err != nil {
				return
			}
			if fault, _ := l.now(nil); fault == "redis is cut off in the middle" {
				_, _ = c.Write(buf[:n/2])
				return
			}
			if _, err := c.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 256<<10)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		fault, p := l.now(nil)
		echo := strings.NewReplacer("\r", " ", "\n", " ").Replace(p.text + ", with args beginning with: " + string(buf[:min(n, 300)]))
		switch fault {
		case "redis repeats what it was asked in its errors":
			for range redisCommand.FindAll(buf[:n], -1) {
				_, _ = c.Write([]byte("-ERR unknown command " + echo + "\r\n"))
			}
		case "redis answers as from elsewhere":
			for i := range redisCommand.FindAll(buf[:n], -1) {
				_, _ = c.Write([]byte([]string{"-MOVED 1 ", "-READONLY ", "-OOM ", "-LOADING ", "-NOAUTH ", "-BUSY ", "-EXECABORT "}[(n+i)%7] + echo + "\r\n"))
			}
		case "redis answers nonsense":
			_, _ = c.Write([]byte([]string{p.text + "\r\n", "$-7\r\n" + p.text, "*3\r\n+" + p.text + "\r\n:" + p.text + "\r\n$400\r\n" + p.text, "+" + p.text + "\r\n", "%2\r\n+" + p.text + "\r\n"}[n%5]))
		case redisIsSilent:
			l.mu.Lock()
			l.held++
			l.mu.Unlock()
		default:
			if _, err := up.Write(buf[:n]); err != nil {
				return
			}
		}
	}
}

// phones are the pagers and the alarm. When they fail, they repeat what they
// were asked, with plants.
type phones struct {
	URL     string
	failing atomic.Bool
	turn    atomic.Int64

	mu    sync.Mutex
	asked [][]byte
}

func newPhones(t *testing.T) *phones {
	s := &phones{}
	server := httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	s.URL = server.URL
	return s
}

func (s *phones) heard() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

func (s *phones) answer(w http.ResponseWriter, r *http.Request) {
	var text bytes.Buffer
	_ = r.Write(&text)
	s.mu.Lock()
	s.asked = append(s.asked, text.Bytes())
	s.mu.Unlock()
	turn := int(s.turn.Add(1))
	if !s.failing.Load() {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	_, _ = conn.Write(badAnswer(turn, plants[turn%len(plants)], text.Bytes()))
	time.AfterFunc(300*time.Millisecond, func() { _ = conn.Close() })
}

// badAnswer is an answer of a web service that fails: whole, with its head. It
// repeats what was asked, and a plant.
func badAnswer(turn int, p plant, asked []byte) []byte {
	echo := p.text + ": " + strings.ToValidUTF8(string(asked[:min(len(asked), 400)]), "?")
	sized := func(status, head, body string) []byte {
		return fmt.Appendf(nil, "HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s", status, head, len(body), body)
	}
	quoted, _ := json.Marshal(echo) // a text
	w := strings.ToLower(strings.NewReplacer("-", "_", ".", "_").Replace(word(p.text)))
	structured := fmt.Sprintf(`{"ok":false,"error":%q,"warning":%s,"needed":%s,"response_metadata":{"messages":[%s]},"code":50035,"message":%s,"errors":{%s:{"_errors":[{"code":%s,"message":%s}]}}}`,
		w, quoted, quoted, quoted, quoted, quoted, quoted, quoted)
	const json = "Content-Type: application/json\r\n"
	answers := [][]byte{
		sized("500 "+p.text, "X-Request-Id: "+p.text+"\r\n", echo),
		sized("200 OK", json, structured),
		sized("400 Bad Request", json, structured),
		sized("200 OK", json, echo),
		sized("200 OK", json, `{"ok":`+string(quoted)+`,"code":`+string(quoted)+`,"error":["`+w+`"],"message":{"`+w+`":1}}`),
		sized("403 Forbidden", "Content-Type: text/html; name="+w+"\r\n", "<h1>"+echo+"</h1>"),
		append(sized("200 OK", json, `{"ok":true}`), "HTTP/1.1 "+echo...), // more than it said
		sized("302 Found", "Location: http://"+w+".example/"+w+"\r\n", echo),
		[]byte("HTTP/1.1 " + p.text + "\r\n\r\n"),
		[]byte(p.text + " " + echo),
		[]byte("HTTP/1.1 200 OK\r\n" + p.text + "\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + w + "\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + w + "\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 900\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nContent-Length: " + w + "\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + echo),
		sized("429 Too Many Requests", "Retry-After: "+p.text+"\r\n"+json, structured),
		sized("404 Not Found", json, structured),
		{},
	}
	return answers[turn%len(answers)]
}

// metricsNow reads the metrics before the program ends.
func (d *chatDay) metricsNow() []byte {
	d.t.Helper()
	return []byte(get(d.t, d.metrics+"/metrics"))
}
