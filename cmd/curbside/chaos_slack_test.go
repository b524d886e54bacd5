package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"curbside/adapters/slack/slackfake"
	"curbside/dialog"
)

// A slackScene is the fake Slack with the people of a house in front of it.
type slackScene struct {
	*fakeScene
	fake *slackfake.Server

	looks sync.Mutex
	seen  map[string]slackSeen // by where it stands
}

// A slackSeen is a message as it was when it had been edited so often.
type slackSeen struct {
	edits int
	face  face
}

func (h *house) newSlackScene() *slackScene {
	s := &slackScene{fake: slackfake.New(slackfake.Options{Forgetful: true}), seen: map[string]slackSeen{}}
	h.t.Cleanup(s.fake.Close)
	s.fakeScene = &fakeScene{house: h, client: s, hands: map[string]*sync.Mutex{}}
	members := []string{slackfake.BotUser}
	for _, person := range h.everybody() {
		s.fake.AddPerson(slackfake.Person{ID: s.user(person), Name: person})
		members = append(members, s.user(person))
	}
	s.fake.AddChannel(slackfake.Channel{ID: slackChannel, Name: "consults", Private: true, Members: members})
	return s
}

func (*slackScene) user(person string) string { return "U0" + strings.ToUpper(person) }

func (s *slackScene) person(user string) string {
	return strings.ToLower(strings.TrimPrefix(user, "U0"))
}

// account is that of a person in the settings.
func (s *slackScene) account(person string) string {
	return fmt.Sprintf(", slack: {user: %s}", s.user(person))
}

// settings are the section of Slack, with a passage to it.
func (s *slackScene) settings(mode string, d *passage) string {
	dir := s.t.TempDir()
	keep := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			s.t.Fatal(err)
		}
		return path
	}
	way := fmt.Sprintf("  mode: socket\n  app_token_file: %s\n", keep("app", slackfake.AppToken))
	if mode == "http" {
		way = fmt.Sprintf("  mode: http\n  listen: 127.0.0.1:0\n  signing_secret_file: %s\n", keep("signing", slackfake.SigningSecret))
	}
	return fmt.Sprintf("slack:\n  enabled: true\n  api_url: %s/api/\n  team: %s\n  channel: %s\n  bot_token_file: %s\n%s",
		d.server.URL, slackfake.TeamID, slackChannel, keep("bot", slackfake.BotToken), way)
}

// reaches reports whether Slack reaches every replica from now on.
func (s *slackScene) reaches(mode, front string) bool {
	if mode != "http" {
		return s.fake.Sockets() >= 2*len(s.replicas)
	}
	s.fake.UseHTTP(slackfake.Endpoints{
		Events: []string{front + "/slack/events"}, Interactions: []string{front + "/slack/interactivity"}, Commands: []string{front + "/slack/commands"},
	})
	return true
}

// posted reads a message from a call to post one.
func (s *slackScene) posted(r *http.Request, body, answer []byte) (p post, ok bool) {
	var told struct {
		OK          bool
		Channel, TS string
	}
	if !strings.HasSuffix(r.URL.Path, "/chat.postMessage") || json.Unmarshal(answer, &told) != nil || !told.OK {
		return post{}, false
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return post{}, false
	}
	p = post{ref: told.Channel + "/" + told.TS, text: form.Get("text"), body: form.Get("blocks"), begins: form.Get("thread_ts") == ""}
	if with := s.fake.With(told.Channel); with != "" {
		p.person = s.person(with)
	}
	if _, rest, called := strings.Cut(p.text, "<@"); called {
		user, _, _ := strings.Cut(rest, ">")
		p.calls = s.person(user)
	}
	return p, true
}

func (s *slackScene) command(person string) bool {
	out, err := s.fake.As(s.user(person)).Command(slackChannel, "/consult", "")
	return err == nil && out.Notice == ""
}

func slackAt(ref string) slackfake.Where {
	channel, ts, _ := strings.Cut(ref, "/")
	return slackfake.At(channel, ts)
}

func (s *slackScene) see(ref string) (face, bool) {
	m, ok := s.fake.Look(slackAt(ref))
	if !ok {
		return face{}, false
	}
	s.looks.Lock()
	defer s.looks.Unlock()
	if have, ok := s.seen[ref]; ok && have.edits == m.Edits {
		return have.face, true
	}
	f := slackFace(m)
	s.seen[ref] = slackSeen{m.Edits, f}
	return f, true
}

// slackFace is what a message shows and holds.
func slackFace(m slackfake.Message) face {
	f := newFace(m.Text + "\n" + m.Readable())
	sends := ""
	for _, c := range m.Controls() {
		if strings.HasPrefix(c.Element.ActionID, "send|") {
			sends = c.Element.Value
		}
	}
	for _, c := range m.Controls() {
		if c.Element.Value != "" {
			f.offer(c.Label(), c.Element.Value)
		}
		for i, label := range c.Options() {
			f.offer(label, slackOption(c, i, sends))
		}
	}
	return f
}

// slackOption is the press of an option; of one among several it goes with the
// button that sends them.
func slackOption(c slackfake.Control, i int, sends string) string {
	value := c.Element.Options[i].Value
	if send, err := dialog.ParsePress(sends); err == nil && strings.HasPrefix(c.Element.ActionID, "pick|") {
		return send.With(value).String()
	}
	return value
}

func (s *slackScene) private(person string) (all []face) {
	for _, m := range slices.Backward(s.fake.Ephemeral(s.user(person))) {
		all = append(all, slackFace(m))
	}
	return all
}

func (s *slackScene) do(person string, refs []string, encoded string) (acknowledged, there bool) {
	client := s.fake.As(s.user(person))
	alone := newestFirst(s.fake.Ephemeral(s.user(person)))
	for _, m := range alone {
		if spot, _, ok := slackSpot(m, encoded); ok && spot.Element.Type == "button" { // such as to try it again
			return s.touch(client, m, spot, "")
		}
	}
	var messages []slackfake.Message
	for _, ref := range refs {
		if m, ok := s.fake.Look(slackAt(ref)); ok {
			messages = append(messages, m)
		}
	}
	for _, m := range append(messages, alone...) {
		if spot, label, ok := slackSpot(m, encoded); ok {
			return s.touch(client, m, spot, label)
		}
	}
	return false, false
}

// touch presses a button or chooses an option, and sends what was picked.
func (s *slackScene) touch(client *slackfake.Client, m slackfake.Message, spot slackfake.Control, label string) (acknowledged, there bool) {
	out, err := client.Do(slackfake.Spot{Where: m.Where(), Control: spot}, label)
	if err == nil && out == (slackfake.Outcome{}) && !strings.HasPrefix(spot.Element.ActionID, "pick|") {
		for _, c := range m.Controls() { // it is chosen already, of which Slack says nothing
			if c.BlockID == spot.BlockID && c.Element.Type == "button" {
				s.count("press: given by the button beside it")
				out, err = client.Do(slackfake.Spot{Where: m.Where(), Control: c})
			}
		}
	}
	if err != nil || out.Notice != "" || !strings.HasPrefix(spot.Element.ActionID, "pick|") {
		return out.Notice == "", err == nil // a tick that was not taken has gone again
	}
	for _, c := range m.Controls() {
		if strings.HasPrefix(c.Element.ActionID, "send|") {
			out, err = client.Do(slackfake.Spot{Where: m.Where(), Control: c})
		}
	}
	return out.Notice == "", err == nil
}

// slackSpot is what holds a press on a message.
func slackSpot(m slackfake.Message, encoded string) (spot slackfake.Control, label string, ok bool) {
	sends := ""
	for _, c := range m.Controls() {
		if strings.HasPrefix(c.Element.ActionID, "send|") {
			sends = c.Element.Value
		}
	}
	for _, c := range m.Controls() {
		if c.Element.Value == encoded {
			return c, "", true
		}
		for i, label := range c.Options() {
			if slackOption(c, i, sends) == encoded {
				return c, label, true
			}
		}
	}
	return slackfake.Control{}, "", false
}

func (s *slackScene) tamper(person, ref, encoded string) bool {
	out, err := s.fake.As(s.user(person)).Tamper(slackAt(ref), encoded)
	return err == nil && out.Notice == ""
}

func (s *slackScene) misuses() []string { return s.fake.Faults() }
