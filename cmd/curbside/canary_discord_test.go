package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"curbside/adapters/discord/discordfake"
)

// A discordDay is a day on Discord, over the gateway or over HTTP.
type discordDay struct {
	*chatDay
	p      *discordPractice
	serial atomic.Int64
}

var discordFurniture = map[string]map[string]any{
	"user":    {"username": "x", "global_name": "x", "discriminator": "x", "avatar": "x", "email": "x", "banner": "x", "clan": map[string]any{"tag": "x"}},
	"author":  {"username": "x", "global_name": "x"},
	"member":  {"nick": "x", "avatar": "x", "communication_disabled_until": nil},
	"channel": {"name": "x", "topic": "x", "icon_emoji": map[string]any{"name": "x"}},
	"guild":   {"name": "x", "description": "x", "vanity_url_code": "x", "preferred_locale": "x"},
	"message": {"content": "x", "attachments": []any{map[string]any{"filename": "x", "title": "x", "description": "x", "url": "x"}}, "interaction_metadata": map[string]any{"name": "x", "user": map[string]any{"username": "x"}}, "referenced_message": map[string]any{"content": "x"}},
	"data":    {"name": "x", "resolved": map[string]any{"users": map[string]any{"1": map[string]any{"username": "x", "global_name": "x"}}, "members": map[string]any{"1": map[string]any{"nick": "x"}}, "attachments": map[string]any{"1": map[string]any{"filename": "x", "url": "x"}}, "channels": map[string]any{"1": map[string]any{"name": "x", "topic": "x"}}, "roles": map[string]any{"1": map[string]any{"name": "x"}}}},
}

// discordTicket reports whether a part of a payload goes back to Discord as it
// came: a token, an id, or what the program has put on its own message, which no
// person can write.
func discordTicket(l leaf) bool {
	switch l.last() {
	case "token", "id", "custom_id", "channel_id", "guild_id", "parent_id", "description", "label", "placeholder":
		return true
	case "value":
		return slices.Contains(l.path, any("message"))
	case "values":
		return true
	}
	return false
}

// discordPayload names what Discord sends: the body of a request, or a frame.
func discordPayload(raw []byte) (name string, payload []byte) {
	var frame struct {
		Op   *int            `json:"op"`
		Type string          `json:"t"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(raw, &frame) != nil {
		return "", nil
	}
	kind, payload := "INTERACTION_CREATE", raw
	if frame.Op != nil {
		kind, payload = frame.Type, frame.Data
	}
	var v map[string]any
	if kind == "" || kind == "READY" || kind == "RESUMED" || json.Unmarshal(payload, &v) != nil {
		return "", nil
	}
	detail := ""
	if kind == "INTERACTION_CREATE" {
		if v["type"] == 1.0 {
			return "", nil
		}
		detail = fmt.Sprint(v["type"], " in a server: ", v["guild_id"] != nil)
		if data, ok := v["data"].(map[string]any); ok {
			id, _ := data["custom_id"].(string)
			mark, _, _ := strings.Cut(id, ":")
			if len(mark) > 0 && mark[0] >= 'a' {
				mark = ""
			}
			detail += fmt.Sprint(" ", data["component_type"], " ", mark)
		}
		if message, ok := v["message"].(map[string]any); ok {
			detail += fmt.Sprint(" ", message["flags"])
		}
	}
	return kind + " " + detail, written(furnish(few(v), discordFurniture))
}

func newDiscordDay(t *testing.T, mode string) *discordDay {
	p := openDiscordPractice(t, mode)
	m := newMirror(t, p.fake.URL)
	m.dress = discordPayload
	m.hears = func(route string) bool { return strings.Contains(route, "/canary-") }
	d := &discordDay{chatDay: newChatDay(t, m, p.server, p.settings, p.fake.URL), p: p}
	address := d.start(nil)
	p.registered()
	if mode == "http" {
		m.app = func(path string) string { return address + path }
		if err := p.fake.UseHTTP(m.Inbound); err != nil {
			t.Fatal(err)
		}
	} else {
		p.until("a session is open", func() bool { return p.fake.Sessions() == 1 })
	}
	return d
}

func (d *discordDay) live() {
	p := d.p
	p.onDiscord()
	p.press(discordDana, dutyAnswer, p.says(discordDana, "You must"))
	p.press(discordDana, "None of these", p.can(discordDana, "Go on: what are the ways?"))
	p.press(discordDana, "Go on: what are the ways?", p.can(discordDana, "Bring in family or friends with the client's consent"))
	p.pick(discordDana, "This is my plan", p.can(discordDana, "Add your question"), "Bring in family or friends with the client's consent")
	d.form("Add your question")
	d.fill("She told me of " + plants[0].text + ", is that enough?")
	d.freeTexts()
	for _, label := range []string{"Edit", "Use this"} {
		if spot, ok := p.fake.As(discordDana).Find(label, nil); ok {
			_, _ = p.fake.As(discordDana).Do(spot, label) // what comes of it is not looked at here
		}
		p.fake.As(discordDana).Dismiss()
	}
	d.phones.failing.Store(true)
	p.press(discordDana, "Sign-off: today", p.says(discordSam, "Sign-off: asked for"))
	p.press(discordSam, "Seen: I am on it", p.can(discordSam, "Approve"))
	for _, words := range []string{"list", "duty", "help", "of " + plants[0].text} {
		p.command(discordDana, words)
	}
	for _, user := range []string{discordDana, discordSam} {
		for _, label := range []string{"Read on (1 more)", "Read on (2 more)", "More to press", "Who is on duty", "Record so far", "Change an answer", "Decline", "Approve with conditions"} {
			if spot, ok := p.fake.As(user).Find(label, nil); ok {
				_, _ = p.fake.As(user).Do(spot, label) // it may ask for more than a press
			}
		}
	}
	d.eventually("kinds of payloads", func() bool { return len(d.m.heardSoFar()) >= 7 })
}

// form opens a form.
func (d *discordDay) form(label string) {
	d.p.press(discordDana, label, func() bool { _, open := d.p.fake.Modal(discordDana); return open })
}

// fill writes into the form in front of Dana, and sends it.
func (d *discordDay) fill(text string) {
	d.t.Helper()
	form, open := d.p.fake.Modal(discordDana)
	if !open {
		d.t.Fatal("there is no form")
	}
	if _, err := d.p.fake.As(discordDana).Submit(map[string]string{form.Inputs()[0].CustomID: text}); err != nil {
		d.t.Fatal(err)
	}
}

// freeTexts sends every plant in the text of the form that was sent last.
func (d *discordDay) freeTexts() {
	for name, raw := range d.m.heardSoFar() {
		if !strings.HasPrefix(name, "INTERACTION_CREATE 5") {
			continue
		}
		payload := read(d.t, raw)
		for _, l := range leavesOf(payload) {
			if !slices.Contains(l.path, any("data")) || l.last() != "value" {
				continue
			}
			d.doors["the text of a form"] = true
			for _, p := range plants {
				d.put.Add(1)
				back := d.send("INTERACTION_CREATE", with(payload, l.path, "She told me of "+p.text+" last week, and I wonder what that changes."), nil)
				if found := sieves()[p.kind].find(back); len(found) > 0 {
					d.t.Errorf("a form: what comes back holds %s:\n%s", strings.Join(found, "; "), around(back, p))
				}
			}
			return
		}
	}
	d.t.Error("no form was sent")
}

// send sends what Discord sends, as something that was not sent before.
func (d *discordDay) send(kind string, payload any, header http.Header) []byte {
	n := d.serial.Add(1)
	if top, ok := payload.(map[string]any); ok && kind == "INTERACTION_CREATE" {
		for key, fresh := range map[string]string{"id": fmt.Sprintf("9%017d", n), "token": fmt.Sprintf("canary-%d", n)} {
			if before, has := top[key].(string); has && !strings.Contains(strings.ToLower(before), "leibniz") {
				top, _ = with(top, []any{key}, fresh).(map[string]any)
			}
		}
		payload = top
	}
	if d.p.mode == "gateway" {
		d.m.frame(func(last []byte) []byte {
			var was struct {
				Seq int `json:"s"`
			}
			_ = json.Unmarshal(last, &was) // a frame of Discord's
			return fmt.Appendf(nil, `{"op":0,"s":%d,"t":%s,"d":%s}`, was.Seq, written(kind), written(payload))
		})
		time.Sleep(8 * time.Millisecond) // it takes one at a time
		return nil
	}
	return d.post("/", header, written(payload), true)
}

func (d *discordDay) post(path string, header http.Header, body []byte, signed bool) []byte {
	h := http.Header{"Content-Type": {"application/json"}}
	if signed {
		s := d.p.fake.Sign(body, time.Now())
		h.Set("X-Signature-Ed25519", s.Signature)
		h.Set("X-Signature-Timestamp", s.Timestamp)
	}
	for key, values := range header {
		h[key] = values
	}
	return d.m.post(path, h, body)
}

// everyDoor are the ways in through Discord.
func (d *discordDay) everyDoor() []chatDoor {
	payloads := d.m.heardSoFar()
	if d.p.mode == "gateway" {
		guild := map[string]any{"id": discordfake.GuildID, "name": "x", "description": "x"}
		for kind, data := range map[string]map[string]any{
			"GUILD_UPDATE":        guild,
			"GUILD_ROLE_UPDATE":   {"guild_id": discordfake.GuildID, "role": map[string]any{"id": discordClinician, "name": "x"}},
			"CHANNEL_UPDATE":      {"id": discordChannel, "guild_id": discordfake.GuildID, "name": "x", "topic": "x", "type": 0},
			"THREAD_UPDATE":       {"id": "1", "guild_id": discordfake.GuildID, "parent_id": discordChannel, "name": "x", "type": 12},
			"MESSAGE_CREATE":      {"id": "1", "channel_id": discordChannel, "content": "x", "author": map[string]any{"id": discordDana, "username": "x", "global_name": "x"}, "attachments": []any{map[string]any{"filename": "x"}}},
			"GUILD_MEMBER_UPDATE": {"guild_id": discordfake.GuildID, "nick": "x", "user": map[string]any{"id": discordDana, "username": "x"}, "roles": []any{}},
			"PRESENCE_UPDATE":     {"user": map[string]any{"id": discordDana}, "activities": []any{map[string]any{"name": "x", "state": "x"}}},
			"WHAT_IS_NEWER":       {"name": "x"},
		} {
			payloads[kind+" "] = written(data)
		}
	}
	for kind := range 8 {
		payloads[fmt.Sprintf("INTERACTION_CREATE of kind %d", kind)] = written(map[string]any{
			"id": "1", "application_id": discordfake.AppID, "type": kind, "token": "x", "version": 1, "guild_id": discordfake.GuildID,
			"data": map[string]any{"name": "consult", "custom_id": "x", "options": []any{map[string]any{"name": "show", "type": 3, "value": "x"}}}, "locale": "x",
		})
	}
	var doors []chatDoor
	for _, name := range inOrder(payloads) {
		kind, _, _ := strings.Cut(name, " ")
		payload := read(d.t, payloads[name])
		for _, l := range leavesOf(payload) {
			doors = append(doors, chatDoor{
				name: name + l.name(), ticket: discordTicket(l),
				put: func(p plant, way int) []byte { return d.send(kind, l.planted(payload, p, way), nil) },
			})
		}
		doors = append(doors, d.partsOf(name, kind, payload)...)
	}
	return append(doors, d.bodies(payloads)...)
}

// partsOf put something into each part of an id that comes back.
func (d *discordDay) partsOf(name, kind string, payload any) []chatDoor {
	var doors []chatDoor
	for _, l := range leavesOf(payload) {
		text, ok := valueAt(payload, l.path).(string)
		if l.more || !ok || slices.Contains(l.path, any("message")) || l.last() != "custom_id" && l.last() != "values" {
			continue
		}
		parts := strings.Split(text, ":")
		for j := range parts {
			doors = append(doors, chatDoor{name: fmt.Sprintf("%s%s, part %d", name, l.name(), j), ticket: true, put: func(p plant, way int) []byte {
				changed := slices.Clone(parts)
				changed[j] = []string{word(p.text), strings.ToLower(word(p.text)), p.text}[way%3]
				return d.send(kind, with(payload, l.path, strings.Join(changed, ":")), nil)
			}})
		}
	}
	return doors
}

// bodies are what is no payload at all, and what stands around one.
func (d *discordDay) bodies(payloads map[string][]byte) []chatDoor {
	texts := map[string]func(p plant) string{
		"words":                 func(p plant) string { return p.text },
		"a text of JSON":        func(p plant) string { return string(written(p.text)) },
		"a list":                func(p plant) string { return string(written([]any{p.text})) },
		"an object":             func(p plant) string { return string(written(map[string]any{p.text: p.text, "type": p.text})) },
		"one cut short":         func(p plant) string { return `{"type":3,"id":"1","member":{"nick":` + string(written(p.text)) },
		"a frame of no kind":    func(p plant) string { return `{"op":77,"s":1,"t":` + string(written(p.text)) + `,"d":1}` },
		"a frame of nonsense":   func(p plant) string { return `{"op":"` + word(p.text) + `","d":{"a":` + string(written(p.text)) + `}}` },
		"letters that are none": func(p plant) string { return "{\"t\":\"" + p.text + "\xff\xfe\"}" },
		"nothing but depth":     func(p plant) string { return strings.Repeat(`{"`+word(p.text)+`":`, 12000) },
	}
	var doors []chatDoor
	for _, name := range inOrder(texts) {
		if d.p.mode == "gateway" {
			doors = append(doors, chatDoor{name: "a frame: " + name, put: func(p plant, _ int) []byte {
				d.m.frame(func([]byte) []byte { return []byte(texts[name](p)) })
				return nil
			}}, chatDoor{name: "an event: " + name, put: func(p plant, _ int) []byte {
				return d.send("INTERACTION_CREATE", texts[name](p), nil)
			}})
			continue
		}
		for _, signed := range []bool{true, false} {
			doors = append(doors, chatDoor{name: fmt.Sprintf("a body, signed %v: %s", signed, name), put: func(p plant, _ int) []byte {
				return d.post("/"+word(p.text)+"?"+url.Values{word(p.text): {p.text}}.Encode(), nil, []byte(texts[name](p)), signed)
			}})
		}
	}
	if d.p.mode == "gateway" {
		return doors
	}
	some := read(d.t, payloads[inOrder(payloads)[0]])
	for _, key := range []string{"X-Signature-Ed25519", "X-Signature-Timestamp", "User-Agent", "Cookie", "X-Forwarded-For", "Traceparent", "Content-Type", "Expect", "Authorization"} {
		doors = append(doors, chatDoor{name: "the header " + key, put: func(p plant, _ int) []byte {
			return d.send("INTERACTION_CREATE", some, http.Header{key: {p.text}})
		}})
	}
	return doors
}

// discordSteers are the parts of Discord's answers by which the program goes.
var discordSteers = []string{"id", "type", "url", "channel_id", "guild_id", "parent_id", "owner_id", "user_id", "permissions", "allow", "deny", "roles", "flags", "session_id", "default_member_permissions", "timestamp", "archive_timestamp"}

func TestNothingOfAPlantIsFoundBehindTheDoorsOfDiscord(t *testing.T) {
	t.Parallel()
	eachAtOnce(t, []string{"gateway", "http"}, func(t *testing.T, mode string) {
		d := newDiscordDay(t, mode)
		d.live()
		d.day(d.everyDoor(), discordSteers, discordFurniture, func() {
			d.p.fake.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) { g.Name = plants[0].text })
		}, func() bool {
			out, err := d.p.fake.As(discordDana).Command(discordChannel, "consult", map[string]string{"show": "help"})
			return err == nil && out.Answered
		})
	})
}
