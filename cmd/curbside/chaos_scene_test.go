package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"curbside/dialog"
)

// A scene is where people meet the program: the recording platform, or a fake of
// a real one. It is safe for concurrent use.
type scene interface {
	// account is how the settings name a person's account there.
	account(person string) string
	// open opens a consult and returns its handle; known are those the person had before.
	open(who string, known map[string]bool) (handle string, ok bool)
	// on is what the card shows, or what the newest page of a person does.
	on(handle, whose string) face
	// press presses on the card, or on the presser's own page. known is false when
	// nobody knows what came of it; twice says that it was pressed twice.
	press(handle, who, encoded string, direct bool) (t told, known, twice bool)
	// decision is what somebody can press for a decision, "" when they cannot; over
	// says that they see that it was made.
	decision(handle, who string, what dialog.Action) (encoded string, over bool)
	// look looks at how a sign-off stands.
	look(handle string)
	// meddlers are people who may not sign a consult of somebody's, and meddle is
	// one of them who tries all the same.
	meddlers(who string) []string
	meddle(handle, who string) (t told, known bool)
	// misuses are what the program did there that no program should do.
	misuses() []string
}

// on is what a surface shows: the card, or the newest page of a person.
func (h *house) on(handle, whose string) face { return h.sceneOf(handle).on(handle, whose) }

// press does what a button says and notes what the presser was told.
func (h *house) press(handle, who, encoded string, direct bool) (t told, known bool) {
	t, known, _ = h.sceneOf(handle).press(handle, who, encoded, direct)
	return t, known
}

func (h *house) sceneOf(handle string) scene {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s, ok := h.at[handle]; ok {
		return s
	}
	return h.scenes[0]
}

// open opens a consult in a scene.
func (h *house) open(in scene, who string, known map[string]bool) (handle string, ok bool) {
	handle, ok = in.open(who, known)
	if !ok {
		h.t.Errorf("%s could not open a consult. The processes say:\n%s", who, h.saidOf(" actor="+who+" "))
		return "", false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at[handle] = in
	return handle, true
}

// A recording is the platform that counts every delivery.
type recording struct{ *house }

func (recording) account(string) string { return "" }

// open gives a command that was not answered again: it opens one consult.
func (s recording) open(who string, known map[string]bool) (handle string, ok bool) {
	s.mu.Lock()
	s.serial++
	p := pushed{ID: fmt.Sprintf("%s/%d", who, s.serial), Who: dialog.PersonID(who)}
	s.mu.Unlock()
	for deadline := time.Now().Add(chaosPatience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if t, answered := s.push(p); answered && !t.Down && t.Private != nil && t.Private.Leads != "" {
			s.promised(promise{handle: t.Private.Leads, who: who})
			return t.Private.Leads, true
		}
		if handle, ok := s.world.newCard(who, known); ok {
			return handle, true
		}
	}
	return "", false
}

func (s recording) on(handle, whose string) face { return s.world.on(handle, whose) }

// press comes twice with the same interaction now and then, as some platforms
// bring it; then the answer is the second one.
func (s recording) press(handle, who, encoded string, direct bool) (t told, known, twice bool) {
	s.mu.Lock()
	s.serial++
	p := pushed{ID: fmt.Sprintf("%s/%d", who, s.serial), Who: dialog.PersonID(who), Press: encoded, Direct: direct}
	again := s.rng.IntN(20) == 0
	s.mu.Unlock()
	t, known = s.push(p)
	if twice = known && !t.Down && again; twice {
		t, known = s.push(p)
	}
	switch {
	case !known:
		s.count("press: not answered")
		return t, known, twice
	case t.Down && t.Private == nil:
		s.count("press: no process listens")
		return t, known, twice
	case t.Down:
		s.count("press: told that nothing was saved")
		s.denied(handle, who, encoded)
		return t, known, twice
	}
	s.count("press: answered")
	if t.View == nil {
		return t, known, twice
	}
	whose := ""
	if direct {
		whose = who
	}
	s.world.showTold(handle, whose, t)
	if press, err := dialog.ParsePress(encoded); err == nil && (t.Notice == "" || strings.HasPrefix(t.Notice, "Thank you")) {
		s.promised(promise{handle, who, press, t.Version})
	}
	return t, known, twice
}

// decision is there once somebody has heard of the sign-off.
func (s recording) decision(handle, who string, what dialog.Action) (encoded string, over bool) {
	if !strings.Contains(s.on(handle, who).Text, "Sign-off") {
		return "", false // not paged yet
	}
	press := dialog.Press{Handle: handle, Version: 1, Action: what, Args: []string{"2"}}
	if what == dialog.ActDecline {
		press = press.With("try_less_first")
	}
	return press.String(), false
}

// look asks for something to read, and is shown the card with it.
func (s recording) look(handle string) {
	s.signing1(handle, signed{}, dialog.Press{Handle: handle, Version: 1, Action: dialog.ActLaw, Args: []string{"1"}}.String())
}

func (recording) misuses() []string { return nil }

func (recording) meddlers(who string) []string {
	stranger := "c0"
	if who == stranger {
		stranger = "c1"
	}
	return []string{who, stranger, "pat", "mallory"}
}

func (s recording) meddle(handle, who string) (t told, known bool) {
	press := dialog.Press{Handle: handle, Version: 1, Action: dialog.ActApprove, Args: []string{"2"}}
	t, known, _ = s.press(handle, who, press.String(), true)
	return t, known
}

// pressing is the connection of people to the program: as a proxy in front of
// the replicas does, what one refuses goes to the next.
var pressing = &http.Client{Timeout: 3500 * time.Millisecond, Transport: &http.Transport{
	MaxIdleConnsPerHost: 64, DialContext: (&net.Dialer{Timeout: time.Second}).DialContext,
}}

// push hands something to a replica. known is false when nobody knows what came of it.
func (s recording) push(p pushed) (t told, known bool) {
	body, _ := json.Marshal(p) // plain values
	first := s.one(len(s.replicas))
	for i := range s.replicas {
		address := s.replicas[(first+i)%len(s.replicas)].door(0)
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
