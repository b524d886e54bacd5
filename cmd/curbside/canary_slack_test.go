package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

// A slackDay is a day on Slack, over sockets or over HTTP.
type slackDay struct {
	*chatDay
	p      *slackPractice
	serial atomic.Int64
}

// slackFurniture is what Slack's objects hold besides what the program reads.
var slackFurniture = map[string]map[string]any{
	"user": {
		"name": "x", "username": "x", "real_name": "x", "email": "x", "tz_label": "x", "team_id": "",
		"profile": map[string]any{"real_name": "x", "display_name": "x", "first_name": "x", "last_name": "x", "title": "x", "phone": "x", "email": "x", "status_text": "x", "image_512": "x", "fields": map[string]any{"Xf1": map[string]any{"value": "x", "alt": "x"}}},
	},
	"channel":    {"name": "x", "name_normalized": "x", "topic": map[string]any{"value": "x"}, "purpose": map[string]any{"value": "x"}, "previous_names": []any{"x"}},
	"team":       {"domain": "x", "name": "x", "icon": map[string]any{"image_34": "x"}},
	"enterprise": {"id": "", "name": "x"},
	"message":    {"text": "x", "username": "x", "attachments": []any{map[string]any{"text": "x", "author_name": "x"}}, "files": []any{map[string]any{"name": "x", "title": "x", "url_private": "x"}}},
	"view":       {"external_id": "x", "callback_id": "x", "hash": "x", "app_id": "x", "root_view_id": "x"},
	"item":       {"name": "x"},
}

// slackTicket reports whether a part of a payload goes back to Slack as it came:
// a ticket of Slack's own, an id, or a press and its block, which no person can
// write.
func slackTicket(l leaf) bool {
	n := len(l.path)
	switch l.last() {
	case "trigger_id", "response_url", "challenge", "channel_id", "user_id", "block_id", "action_id", "private_metadata":
		return true
	case "id":
		return n > 1 && slices.Contains([]any{"view", "channel", "user"}, l.path[n-2])
	case "user":
		return slices.Contains(l.path, any("event"))
	case "value":
		return slices.Contains(l.path, any("actions"))
	}
	return false
}

// slackPayload names what Slack sends: the body of a request, or a frame.
func slackPayload(raw []byte) (name string, payload []byte) {
	kind := "events_api"
	payload = raw
	var frame struct {
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload"`
	}
	switch {
	case bytes.HasPrefix(raw, []byte("payload=")):
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return "", nil
		}
		kind, payload = "interactive", []byte(form.Get("payload"))
	case raw[0] != '{':
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return "", nil
		}
		fields := map[string]any{}
		for key := range form {
			fields[key] = form.Get(key)
		}
		kind, payload = "slash_commands", written(fields)
	case json.Unmarshal(raw, &frame) == nil && len(frame.Payload) > 0:
		kind, payload = frame.Type, frame.Payload
	}
	var v map[string]any
	if json.Unmarshal(payload, &v) != nil || v["type"] == "hello" {
		return "", nil
	}
	detail := fmt.Sprint(v["type"])
	if at, ok := v["container"].(map[string]any); ok {
		detail += fmt.Sprint(" ", at["type"], " ", at["is_ephemeral"])
	}
	if view, ok := v["view"].(map[string]any); ok {
		detail += fmt.Sprint(" ", view["type"])
	}
	if channel, ok := v["channel"].(map[string]any); ok {
		detail += fmt.Sprint(" ", channel["name"])
	}
	if acts, ok := v["actions"].([]any); ok && len(acts) > 0 {
		id, _ := acts[0].(map[string]any)["action_id"].(string)
		mark, _, _ := strings.Cut(id, "|")
		detail += " " + mark
	}
	if event, ok := v["event"].(map[string]any); ok {
		detail = fmt.Sprint(event["type"])
	}
	return kind + " " + detail, written(furnish(few(v), slackFurniture))
}

func newSlackDay(t *testing.T, mode string) *slackDay {
	p := newSlackPractice(t, slackSetup{mode: mode, freeText: true})
	m := newMirror(t, p.fake.URL)
	m.dress = slackPayload
	s := &slackDay{chatDay: newChatDay(t, m, p.server, p.settings, p.fake.URL), p: p}
	address := s.start(nil)
	if mode == "http" {
		m.app = func(path string) string { return address + path }
		m.sign = func(r *http.Request, body []byte) { signSlack(r.Header, body) }
		p.fake.UseHTTP(slackfake.Endpoints{
			Events: []string{m.Inbound + "/slack/events"}, Interactions: []string{m.Inbound + "/slack/interactivity"}, Commands: []string{m.Inbound + "/slack/commands"},
		})
	} else {
		p.until("the program has its sockets", func() bool { return p.fake.Sockets() == 2 })
	}
	return s
}

func signSlack(h http.Header, body []byte) {
	now := time.Now()
	h.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
	h.Set("X-Slack-Signature", slackfake.Sign(slackfake.SigningSecret, now, body))
}

// live goes through a consult until every kind of payload was seen, with every
// plant in its forms on the way.
func (s *slackDay) live() {
	p := s.p
	p.asksOpenly()
	p.press(slackDana, "Add your question", "", func() bool { _, open := p.fake.Modal(slackDana); return open })
	p.fill(slackDana, "She told me of "+plants[0].text+", is that enough?")
	s.freeTexts()
	p.fill(slackDana, "Is the plan enough?")
	s.phones.failing.Store(true)
	p.press(slackDana, "Sign-off: today", "", p.says(slackSam, "Sign-off: asked for"))
	p.press(slackSam, "Seen: I am on it", "", p.can(slackSam, "Approve"))
	for _, words := range []string{"list", "duty", "help"} {
		p.command(slackDana, words)
	}
	<-p.fake.As(slackDana).OpenHome()
	s.eventually("Dana has a home", func() bool { _, there := p.fake.Home(slackDana); return there })
	for _, user := range []string{slackDana, slackSam} {
		s.everyKind(user)
	}
	p.fake.Event(map[string]any{"type": "member_joined_channel", "user": slackSam, "channel": slackChannel, "inviter": "U0SAM"})
	s.eventually("kinds of payloads", func() bool { return len(s.m.heardSoFar()) >= 8 })
}

// everyKind presses one of each kind that somebody can press: what shows
// something first, as it changes nothing.
func (s *slackDay) everyKind(user string) {
	client := s.p.fake.As(user)
	for _, label := range []string{"More (2 of 2)", "More (2 of 3)", "Who is on duty", "Your consults", "Record so far", "Why these", "Change an answer", "Ask for more time", "Decline", "Approve with conditions", "Ask a question back"} {
		if spot, ok := client.Find(label, "", nil); ok {
			_, _ = client.Do(spot, label) // it may ask for more than a press
		}
	}
	if home, ok := s.p.fake.Home(user); ok {
		for _, c := range home.Controls() {
			if c.Element.Type == "button" {
				_, _ = client.Press(home.Where(), c.BlockID, c.Element.ActionID)
				return
			}
		}
	}
}

// freeTexts sends every plant in the text of the form that is open.
func (s *slackDay) freeTexts() {
	for name, raw := range s.m.heardSoFar() {
		if !strings.HasPrefix(name, "interactive view_submission") {
			continue
		}
		payload := read(s.t, raw)
		for _, l := range leavesOf(payload) {
			if !slices.Contains(l.path, any("state")) || l.last() != "value" {
				continue
			}
			s.doors["the text of a form"] = true
			for _, p := range plants {
				s.put.Add(1)
				back := s.send("interactive", with(payload, l.path, "She told me of "+p.text+" last week, and I wonder what that changes."), nil)
				if !bytes.Contains(back, []byte("errors")) {
					s.t.Errorf("a form takes %s: %s", p.kind, back)
				}
				if found := sieves()[p.kind].find(back); len(found) > 0 {
					s.t.Errorf("a form: what comes back holds %s", strings.Join(found, "; "))
				}
			}
			return
		}
	}
	s.t.Error("no form was sent")
}

// send sends a payload as Slack does, as one that was not sent before.
func (s *slackDay) send(kind string, payload any, header http.Header) []byte {
	n := s.serial.Add(1)
	if top, ok := payload.(map[string]any); ok {
		top = with(top, nil, top).(map[string]any)
		for key, fresh := range map[string]string{"trigger_id": fmt.Sprintf("1234567890.%d.canary", n), "event_id": fmt.Sprintf("Ev0CANARY%d", n)} {
			if before, has := top[key].(string); has && !strings.Contains(strings.ToLower(before), "leibniz") {
				top, _ = with(top, []any{key}, fresh).(map[string]any)
			}
		}
		payload = top
	}
	raw := s.m.own(written(payload))
	if s.p.mode == "socket" {
		more := ""
		if kind == "events_api" && header != nil {
			more = `,"retry_attempt":1,"retry_reason":` + string(written(header.Get("X-Slack-Retry-Reason")))
		}
		return s.m.envelope(kind, raw, more)
	}
	path, body, mediaType := "/slack/events", raw, "application/json"
	switch kind {
	case "interactive":
		path, mediaType = "/slack/interactivity", "application/x-www-form-urlencoded"
		body = []byte(url.Values{"payload": {string(raw)}}.Encode())
	case "slash_commands":
		path, mediaType = "/slack/commands", "application/x-www-form-urlencoded"
		form := url.Values{}
		fields, _ := payload.(map[string]any)
		for key, value := range fields {
			form.Set(key, fmt.Sprint(value))
		}
		body = s.m.own([]byte(form.Encode()))
	}
	h := http.Header{"Content-Type": {mediaType}}
	signSlack(h, body)
	for key, values := range header {
		h[key] = values
	}
	return s.m.post(path, h, body)
}

// doorsOf are the ways in that Slack's payloads are.
func (s *slackDay) everyDoor() []chatDoor {
	payloads := s.m.heardSoFar()
	payloads["slash_commands <nil>"] = written(map[string]any{
		"token": "legacy", "team_id": slackfake.TeamID, "team_domain": "x", "enterprise_name": "x", "channel_id": slackChannel, "channel_name": "x",
		"user_id": slackDana, "user_name": "x", "command": "/consult", "text": "list", "api_app_id": slackfake.AppID,
		"response_url": s.m.URL + "/response/none", "trigger_id": "1",
	})
	for name, event := range map[string]map[string]any{
		"message":       {"type": "message", "user": slackDana, "text": "x", "channel": slackChannel, "channel_type": "group", "files": []any{map[string]any{"name": "x", "title": "x"}}},
		"group_rename":  {"type": "group_rename", "channel": map[string]any{"id": slackChannel, "name": "x", "created": 1}},
		"user_change":   {"type": "user_change", "user": map[string]any{"id": slackDana, "name": "x", "profile": map[string]any{"real_name": "x", "display_name": "x"}}},
		"team_rename":   {"type": "team_rename", "name": "x"},
		"group_left":    {"type": "group_left", "channel": slackChannel, "actor_id": slackDana},
		"what is newer": {"type": "x", "user": slackDana, "name": "x"},
	} {
		payloads["events_api "+name] = written(map[string]any{
			"type": "event_callback", "token": "legacy", "team_id": slackfake.TeamID, "context_team_id": "x", "api_app_id": slackfake.AppID, "event_id": "Ev1", "event_context": "x",
			"event": event, "authorizations": []any{map[string]any{"enterprise_id": nil, "team_id": slackfake.TeamID, "user_id": "x"}},
		})
	}
	var doors []chatDoor
	for _, name := range inOrder(payloads) {
		kind, _, _ := strings.Cut(name, " ")
		payload := read(s.t, payloads[name])
		for _, l := range leavesOf(payload) {
			doors = append(doors, chatDoor{
				name: name + l.name(), ticket: slackTicket(l),
				put: func(p plant, way int) []byte { return s.send(kind, l.planted(payload, p, way), nil) },
			})
		}
		doors = append(doors, s.partsOf(name, kind, payload)...)
	}
	for _, key := range []string{"X-Slack-Retry-Reason", "X-Slack-Retry-Num", "X-Slack-Signature", "X-Slack-Request-Timestamp", "User-Agent", "Cookie", "X-Forwarded-For", "Traceparent", "Content-Type", "Expect", "Authorization"} {
		for _, name := range []string{"events_api app_home_opened", "slash_commands <nil>"} {
			kind, _, _ := strings.Cut(name, " ")
			payload := read(s.t, payloads[name])
			doors = append(doors, chatDoor{name: name + ", the header " + key, put: func(p plant, _ int) []byte {
				return s.send(kind, payload, http.Header{key: {p.text}})
			}})
		}
	}
	return append(doors, s.bodies()...)
}

// partsOf put something into each part of what a press is made of.
func (s *slackDay) partsOf(name, kind string, payload any) []chatDoor {
	var doors []chatDoor
	for _, l := range leavesOf(payload) {
		text, ok := valueAt(payload, l.path).(string)
		if l.more || !ok || !slices.Contains([]string{"value", "action_id", "block_id", "private_metadata"}, l.last()) || slices.Contains(l.path, any("message")) {
			continue
		}
		for i, cut := range []string{":", "|", ".", `"`} {
			parts := strings.Split(text, cut)
			for j := range parts {
				if len(parts) < 2 || j > 7 {
					continue
				}
				doors = append(doors, chatDoor{name: fmt.Sprintf("%s%s, part %d.%d", name, l.name(), i, j), ticket: slackTicket(l), put: func(p plant, way int) []byte {
					changed := slices.Clone(parts)
					changed[j] = []string{word(p.text), strings.ToLower(word(p.text)), p.text}[way%3]
					return s.send(kind, with(payload, l.path, strings.Join(changed, cut)), nil)
				}})
			}
		}
	}
	return doors
}

// bodies are what is no payload at all.
func (s *slackDay) bodies() []chatDoor {
	texts := map[string]func(p plant) string{
		"words":          func(p plant) string { return p.text },
		"a text of JSON": func(p plant) string { return string(written(p.text)) },
		"a list":         func(p plant) string { return string(written([]any{p.text})) },
		"an object":      func(p plant) string { return string(written(map[string]any{p.text: p.text, "type": p.text})) },
		"one cut short":  func(p plant) string { return `{"type":"block_actions","user":{"name":` + string(written(p.text)) },
		"a number too long": func(p plant) string {
			return `{"type":"event_callback","event_id":` + string(written(p.text)) + `,"event":1e999}`
		},
		"letters that are none": func(p plant) string { return "{\"type\":\"" + p.text + "\xff\xfe\"}" },
		"nothing but depth":     func(p plant) string { return strings.Repeat(`{"`+word(p.text)+`":`, 12000) },
		"a check of the address": func(p plant) string {
			return `{"type":"url_verification","token":` + string(written(p.text)) + `,"challenge":"ok"}`
		},
		"events held back": func(p plant) string { return `{"type":"app_rate_limited","team_id":` + string(written(p.text)) + `}` },
	}
	var doors []chatDoor
	for _, name := range inOrder(texts) {
		if s.p.mode == "socket" {
			doors = append(doors, chatDoor{name: "a frame: " + name, put: func(p plant, _ int) []byte {
				s.m.frame(func([]byte) []byte { return []byte(texts[name](p)) })
				return nil
			}}, chatDoor{name: "an envelope of no kind: " + name, put: func(p plant, _ int) []byte {
				return s.m.envelope(word(p.text), written(texts[name](p)), `,"debug_info":{"host":`+string(written(p.text))+`}`)
			}})
			continue
		}
		for path, kind := range map[string]string{"/slack/events": "application/json", "/slack/interactivity": "application/x-www-form-urlencoded", "/slack/commands": "application/x-www-form-urlencoded"} {
			for _, before := range []string{"", "payload=", "payload=%ZZ", "user_id=U0DANA&text="} {
				doors = append(doors, chatDoor{name: path + ", " + before + name, put: func(p plant, way int) []byte {
					body := []byte(before + texts[name](p))
					h := http.Header{"Content-Type": {kind}}
					if way%4 != 0 { // one in four is not signed
						signSlack(h, body)
					}
					return s.m.post(path+"?"+url.Values{word(p.text): {p.text}}.Encode(), h, body)
				}})
			}
		}
	}
	return doors
}

func inOrder[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// slackSteers are the parts of Slack's answers by which the program goes. They
// are forged last.
var slackSteers = []string{"ok", "id", "url", "ts", "channel", "upload_url", "file_id", "team_id", "user_id", "members", "next_cursor", "message_ts", "thread_ts"}

func TestNothingOfAPlantIsFoundBehindTheDoorsOfSlack(t *testing.T) {
	t.Parallel()
	eachAtOnce(t, []string{"socket", "http"}, func(t *testing.T, mode string) {
		s := newSlackDay(t, mode)
		s.live()
		s.day(s.everyDoor(), slackSteers, slackFurniture, func() {
			s.p.fake.Event(map[string]any{"type": "member_joined_channel", "user": slackSam, "channel": slackChannel})
		}, func() bool {
			out, err := s.p.fake.As(slackDana).Command(slackChannel, "/consult", "help")
			return err == nil && out.Notice == ""
		})
	})
}
