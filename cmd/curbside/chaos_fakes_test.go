package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"

	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// strangerName is somebody in the channel whom the settings do not name.
const strangerName = "mallory"

// everybody are the ids of all who have an account on the fakes.
func (h *house) everybody() []string {
	all := []string{"sam", "kim", "lee", "pat", "olive", strangerName}
	for i := range h.people {
		all = append(all, fmt.Sprintf("c%d", i))
	}
	return all
}

// A fakeScene is a fake of a real platform with people in front of it: what does
// not differ between one and the other.
type fakeScene struct {
	*house
	client fakeClient

	mu      sync.Mutex
	awaited []awaited              // presses whose effect does not show yet
	hands   map[string]*sync.Mutex // of those who press one thing at a time
}

// A fakeClient is one platform's client in the hands of anybody.
type fakeClient interface {
	// account is that of a person, as the settings hold it.
	account(person string) string
	// command types the command.
	command(person string) (acknowledged bool)
	// see is what a message shows; ok is false when it is not there.
	see(ref string) (f face, ok bool)
	// private is what somebody alone sees, the newest first.
	private(person string) []face
	// do presses what holds a press, on a message or among what the person alone
	// sees. there is false when it is nowhere any more.
	do(person string, refs []string, encoded string) (acknowledged, there bool)
	// tamper presses something on a message that does not stand there.
	tamper(person, ref, encoded string) (acknowledged bool)
	// misuses are what the program did that the platform took without a word and
	// no program should do.
	misuses() []string
}

// An awaited press is one whose effect is waited for.
type awaited struct {
	promise
	label string
}

// surfaceOf is on which surface somebody acts: supervisors on their own page,
// clinicians on the card.
func surfaceOf(who string) string {
	if supervisors[who] != "" {
		return who
	}
	return ""
}

// newFace is what can be read.
func newFace(text string) face { return face{Text: text, Can: map[string]string{}} }

// offer adds what can be pressed, unless it is no press on a consult.
func (f *face) offer(label, encoded string) {
	if press, err := dialog.ParsePress(encoded); err == nil && press.Handle != "" {
		f.Can[label] = encoded
		f.version = max(f.version, press.Version)
	}
}

// newestFirst turns a row around.
func newestFirst[T any](all []T) []T {
	slices.Reverse(all)
	return all
}

func (s *fakeScene) account(person string) string { return s.client.account(person) }

// open types the command, and again when no card comes of it for a while.
func (s *fakeScene) open(who string, known map[string]bool) (handle string, ok bool) {
	var last time.Time
	for begun := time.Now(); s.patient(begun, chaosPatience); time.Sleep(10 * time.Millisecond) {
		if handle, ok := s.world.newCard(who, known); ok {
			s.took(begun)
			return handle, true
		}
		if time.Since(last) < 8*time.Second {
			continue
		}
		last = time.Now()
		if !s.client.command(who) {
			s.count("press: not answered")
			last = time.Now().Add(-6 * time.Second)
		}
	}
	return "", false
}

// on is the newest message of a surface that is no mere pointer to another one.
func (s *fakeScene) on(handle, whose string) face {
	for _, ref := range s.world.standsAt(handle, whose) {
		f, ok := s.client.see(ref)
		if ok && !strings.Contains(f.Text, "This consult has another card") && !strings.Contains(f.Text, "You were paged again") {
			s.settle(handle, whose, f)
			return f
		}
	}
	return face{}
}

// press presses what somebody sees, one in twenty twice at once, and waits for a
// while until they see something else there.
func (s *fakeScene) press(handle, who, encoded string, _ bool) (t told, known, twice bool) {
	press, err := dialog.ParsePress(encoded)
	if err != nil {
		return told{}, false, false
	}
	whose := surfaceOf(who)
	before := s.on(handle, whose)
	s.await(handle, who, press, before)
	refs := s.world.standsAt(handle, whose)
	var both sync.WaitGroup
	if twice = s.one(20) == 0; twice {
		s.count("press: twice at once")
		both.Go(func() { _, _ = s.client.do(who, refs, encoded) })
	}
	acknowledged, there := s.client.do(who, refs, encoded)
	both.Wait()
	switch {
	case !there:
		s.count("press: it had changed under the finger")
		return told{unsent: true}, false, twice
	case !acknowledged:
		s.count("press: not answered")
	default:
		s.count("press: answered")
	}
	for deadline := time.Now().Add(3 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if now := s.on(handle, whose); now.version > press.Version || now.Text != before.Text {
			return told{View: &now, Version: now.version, shown: true}, true, twice
		}
	}
	return told{}, false, twice
}

// await notes a press, so that what comes of it counts as a promise as soon as it
// is shown.
func (s *fakeScene) await(handle, who string, press dialog.Press, on face) {
	label := ""
	for name, encoded := range on.Can {
		if encoded == press.String() {
			label = name
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.awaited = append(s.awaited, awaited{promise{handle, who, press, 0}, label})
}

// settle takes for promised what a surface shows to be taken.
func (s *fakeScene) settle(handle, whose string, now face) {
	s.mu.Lock()
	var shown []awaited
	s.awaited = slices.DeleteFunc(s.awaited, func(a awaited) bool {
		if a.handle != handle || surfaceOf(a.who) != whose || !a.showsOn(now) {
			return false
		}
		shown = append(shown, a)
		return true
	})
	s.mu.Unlock()
	for _, a := range shown {
		a.version = now.version
		s.promised(a.promise)
	}
}

// showsOn reports whether a surface shows that a press was taken. What asks the
// clinician for something has gone once it was answered, and nobody else answers
// it; of a supervisor it is said who did it.
func (a awaited) showsOn(now face) bool {
	switch a.press.Action {
	case dialog.ActSeen:
		return strings.Contains(now.Text, supervisors[a.who]+" knows") || slices.ContainsFunc(presses(now), func(p dialog.Press) bool {
			return (p.Action == dialog.ActJoined || p.Action == dialog.ActApprove) && slices.Equal(p.Args, a.press.Args)
		})
	case dialog.ActJoined:
		return strings.Contains(now.Text, supervisors[a.who]+" knows")
	case dialog.ActApprove, dialog.ActDecline:
		return standing(&now) == a.who && len(a.press.Args) > 0
	default:
		_, still := now.Can[a.label]
		return a.label != "" && !still && now.version > a.press.Version
	}
}

// presses are all that something can be pressed for on a surface.
func presses(f face) (all []dialog.Press) {
	for _, encoded := range f.Can {
		if press, err := dialog.ParsePress(encoded); err == nil {
			all = append(all, press)
		}
	}
	return all
}

// decision finds a decision on the page of whoever has seen it, or among the
// answers that they were shown alone. Whoever declines is asked why first.
func (s *fakeScene) decision(handle, who string, what dialog.Action) (encoded string, over bool) {
	now := s.on(handle, who)
	if stands := standing(&now); stands != "" {
		s.looked(handle, stands)
		return "", true
	}
	wanted := func(f face, args int) string {
		for _, p := range presses(f) {
			if p.Handle == handle && p.Action == what && len(p.Args) == args && p.Args[0] == "2" {
				return p.String()
			}
		}
		return ""
	}
	if what != dialog.ActDecline {
		return wanted(now, 1), false
	}
	for _, f := range s.client.private(who) {
		if encoded := wanted(f, 2); encoded != "" {
			return encoded, false
		}
	}
	if asks := wanted(now, 1); asks != "" {
		_, _ = s.client.do(who, s.world.standsAt(handle, who), asks)
	}
	return "", false
}

// look looks at the card: what it shows was so at some time before.
func (s *fakeScene) look(handle string) {
	card := s.on(handle, "")
	if stands := standing(&card); stands != "" {
		s.looked(handle, stands)
	}
}

func (s *fakeScene) looked(handle, stands string) {
	now := time.Since(s.began)
	s.house.mu.Lock()
	defer s.house.mu.Unlock()
	s.signing1At(handle, signed{}, verdictTold{stands: stands}, 0, now)
}

func (s *fakeScene) misuses() []string { return s.client.misuses() }

func (s *fakeScene) meddlers(who string) []string { return recording{}.meddlers(who) }

// meddle presses what somebody is not shown. They try one thing at a time, and
// read what they are told.
func (s *fakeScene) meddle(handle, who string) (t told, known bool) {
	s.mu.Lock()
	if s.hands[who] == nil {
		s.hands[who] = &sync.Mutex{}
	}
	hand := s.hands[who]
	s.mu.Unlock()
	hand.Lock()
	defer hand.Unlock()
	refs := s.world.standsAt(handle, "")
	if len(refs) == 0 {
		return told{}, false
	}
	before := s.client.private(who)
	press := dialog.Press{Handle: handle, Version: 1, Action: dialog.ActApprove, Args: []string{"2"}}
	if !s.client.tamper(who, refs[0], press.String()) {
		return told{}, false
	}
	for deadline := time.Now().Add(1500 * time.Millisecond); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		now := s.client.private(who)
		for _, f := range now[:max(len(now)-len(before), 0)] {
			refused := slices.ContainsFunc(refusals, func(words string) bool { return strings.Contains(f.Text, words) })
			if refused || strings.Contains(f.Text, "Thank you") { // other lines come late from what they did before
				return told{Notice: f.Text}, true
			}
		}
	}
	return told{}, false
}

// onFakes opens a house on a fake Slack and a fake Discord, reached in a way each,
// with three replicas on one Redis.
func onFakes(t *testing.T, slackMode, discordMode string) (h *house, server *redistest.Server, lines []*toxiproxy.Proxy) {
	t.Helper()
	server = redistest.StartTCP(t)
	h = emptyHouse(t, drawnSeed(), 2*time.Second)
	h.people, h.settles = min(*chaosConsults, 40), true
	onSlack, onDiscord := h.newSlackScene(), h.newDiscordScene()
	h.scenes = []scene{onSlack.fakeScene, onDiscord.fakeScene}
	for i, skew := range []time.Duration{0, 1500 * time.Millisecond, -1500 * time.Millisecond} {
		line := newLine(t, "line", server.Options.Addrs[0])
		lines = append(lines, line)
		name := fmt.Sprintf("replica %d", i+1)
		h.move(h.settings("  url: redis://"+line.Listen+"\n", "web: {enabled: false}\n",
			onSlack.settings(slackMode, h.openPassage(name, strings.TrimSuffix(onSlack.fake.URL, "/api/"), onSlack.posted)),
			onDiscord.settings(discordMode, h.openPassage(name, onDiscord.fake.URL, onDiscord.posted))), skew)
	}
	h.ready()
	front := httptest.NewServer(http.HandlerFunc(h.front))
	t.Cleanup(func() {
		front.CloseClientConnections()
		front.Close()
	})
	h.until(30*time.Second, "the platforms reach the replicas", func() bool {
		return onSlack.reaches(slackMode, front.URL) && onDiscord.reaches(discordMode, front.URL)
	})
	return h, server, lines
}

// fronting is the connection from the front to the replicas.
var fronting = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

// front is the one address of all replicas: what one refuses goes to the next, and
// what is lost on the way to it is lost.
func (h *house) front(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // whoever called has gone
	}
	door := 0
	if !strings.HasPrefix(r.URL.Path, "/slack/") {
		door = 1
	}
	first := h.one(len(h.replicas))
	for i := range h.replicas {
		address := h.replicas[(first+i)%len(h.replicas)].door(door)
		if address == "" {
			continue
		}
		req, err := http.NewRequest(http.MethodPost, address+strings.TrimPrefix(r.URL.Path, "/"), bytes.NewReader(body))
		if err != nil {
			break
		}
		req.Header = r.Header.Clone()
		resp, err := fronting.Do(req)
		if errors.Is(err, syscall.ECONNREFUSED) {
			continue
		}
		if err != nil {
			break
		}
		w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body) // whoever has gone reads no answer
		_ = resp.Body.Close()
		return
	}
	panic(http.ErrAbortHandler)
}
