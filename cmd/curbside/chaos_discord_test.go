package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"curbside/adapters/discord/discordfake"
	"curbside/dialog"
)

// A discordScene is the fake Discord with the people of a house in front of it.
type discordScene struct {
	*fakeScene
	fake  *discordfake.Server
	users map[string]string // by person
	names map[string]string // by account

	looks sync.Mutex
	seen  map[string]discordSeen // by where it stands
}

// A discordSeen is a message as it was when it had been edited so often.
type discordSeen struct {
	edits int
	face  face
}

func (h *house) newDiscordScene() *discordScene {
	s := &discordScene{
		fake:  discordfake.New(discordfake.Options{Forgetful: true, MaxThreads: 1 << 20}),
		users: map[string]string{}, names: map[string]string{}, seen: map[string]discordSeen{},
	}
	h.t.Cleanup(s.fake.Close)
	s.fakeScene = &fakeScene{house: h, client: s, hands: map[string]*sync.Mutex{}}
	for i, person := range h.everybody() {
		id := fmt.Sprintf("5100000000000%05d", i)
		s.users[person], s.names[id] = id, person
		roles := []string{discordClinician}
		if person == strangerName {
			roles = nil // with a stranger in it the channel is refused
		}
		s.fake.AddPerson(discordfake.Person{ID: id, Name: person, Roles: roles})
	}
	s.fake.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) {
		g.Owner = s.users["olive"]
		g.Roles = append(g.Roles, discordfake.Role{ID: discordClinician, Name: "Clinicians"})
	})
	see := discordfake.ViewChannel | discordfake.SendMessagesInThreads | discordfake.UseCommands
	s.fake.AddChannel(discordfake.Channel{ID: discordChannel, Name: "consults", Overwrites: []discordfake.Overwrite{
		{ID: discordfake.GuildID, Deny: discordfake.Everyday}, {ID: discordClinician, Allow: see}, {ID: discordfake.BotRole, Allow: discordfake.Needed},
	}})
	return s
}

func (s *discordScene) account(person string) string {
	return fmt.Sprintf(", discord: {user: %q}", s.users[person])
}

// settings are the section of Discord, with a passage to it.
func (s *discordScene) settings(mode string, d *passage) string {
	token := filepath.Join(s.t.TempDir(), "bot")
	if err := os.WriteFile(token, []byte(discordfake.Token), 0o600); err != nil {
		s.t.Fatal(err)
	}
	way := "  mode: gateway\n"
	if mode == "http" {
		way = fmt.Sprintf("  mode: http\n  listen: 127.0.0.1:0\n  public_key: %q\n", s.fake.PublicKey())
	}
	return fmt.Sprintf("discord:\n  enabled: true\n  api_url: %s\n  application: %q\n  guild: %q\n  channel: %q\n  bot_token_file: %s\n%s",
		d.server.URL, discordfake.AppID, discordfake.GuildID, discordChannel, token, way)
}

// reaches reports whether Discord reaches the replicas from now on.
func (s *discordScene) reaches(mode, front string) bool {
	if len(s.fake.Commands(discordfake.GuildID)) == 0 {
		return false
	}
	s.fake.OpenCommand("consult")
	if mode != "http" {
		return s.fake.Sessions() == 1
	}
	return s.fake.UseHTTP(front+"/") == nil
}

// posted reads a message from a call to post one.
func (s *discordScene) posted(r *http.Request, body, answer []byte) (p post, ok bool) {
	var told struct {
		ID      string
		Channel string `json:"channel_id"`
	}
	var sent struct {
		Content            string
		Embeds, Components json.RawMessage
	}
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/messages") ||
		json.Unmarshal(body, &sent) != nil || json.Unmarshal(answer, &told) != nil || told.ID == "" {
		return post{}, false
	}
	p = post{ref: told.ID, text: strings.ReplaceAll(sent.Content, `\`, ""), body: string(sent.Embeds) + string(sent.Components), begins: true}
	if with := s.fake.With(told.Channel); with != "" {
		p.person = s.names[with]
	}
	if _, rest, called := strings.Cut(p.text, "<@"); called {
		user, _, _ := strings.Cut(rest, ">")
		p.calls = s.names[user]
	}
	return p, true
}

func (s *discordScene) command(person string) bool {
	out, err := s.fake.As(s.users[person]).Command(discordChannel, "consult", nil)
	return err == nil && out.Answered
}

func (s *discordScene) see(ref string) (face, bool) {
	m, ok := s.fake.Look(ref)
	if !ok {
		return face{}, false
	}
	s.looks.Lock()
	defer s.looks.Unlock()
	if have, ok := s.seen[ref]; ok && have.edits == m.Edits {
		return have.face, true
	}
	f := discordFace(m)
	s.seen[ref] = discordSeen{m.Edits, f}
	return f, true
}

// discordFace is what a message shows and holds.
func discordFace(m discordfake.Message) face {
	f := newFace(m.Readable())
	for _, c := range m.Controls() {
		if c.Button() {
			f.offer(c.Label, discordPress(c.CustomID))
		}
		for _, o := range c.Options {
			f.offer(o.Label, discordOption(c, o))
		}
	}
	return f
}

// discordPress is the press in the id of a button.
func discordPress(id string) string { return strings.TrimLeft(id, "?!") }

// discordOption is the press of an option; of one among several it goes with the
// button that sends them.
func discordOption(c discordfake.Component, o discordfake.Option) string {
	if rest, several := strings.CutPrefix(c.CustomID, "*"); several {
		if send, err := dialog.ParsePress(rest[1:]); err == nil {
			return send.With(o.Value).String()
		}
	}
	return discordPress(o.Value)
}

func (s *discordScene) private(person string) (all []face) {
	for _, m := range slices.Backward(s.fake.Ephemeral(s.users[person])) {
		all = append(all, discordFace(m))
	}
	return all
}

func (s *discordScene) do(person string, refs []string, encoded string) (acknowledged, there bool) {
	client := s.fake.As(s.users[person])
	var messages []discordfake.Message
	for _, ref := range refs {
		if m, ok := s.fake.Look(ref); ok {
			messages = append(messages, m)
		}
	}
	messages = append(messages, newestFirst(s.fake.Ephemeral(s.users[person]))...)
	for _, m := range messages {
		for _, c := range m.Controls() {
			if c.Button() && discordPress(c.CustomID) == encoded {
				out, err := client.Do(discordfake.Spot{Message: m, Component: c})
				return err == nil && out.Answered, err == nil
			}
			for _, o := range c.Options {
				if discordOption(c, o) != encoded {
					continue
				}
				out, err := client.Do(discordfake.Spot{Message: m, Component: c}, o.Label)
				if err != nil || !out.Answered || !strings.HasPrefix(c.CustomID, "*") {
					return err == nil && out.Answered, err == nil
				}
				return s.send(person, o.Value, c.CustomID[2:])
			}
		}
	}
	return false, false
}

// send sends what was picked, once the app shows it as picked to them alone.
func (s *discordScene) send(person, value, press string) (acknowledged, there bool) {
	client := s.fake.As(s.users[person])
	for deadline := time.Now().Add(3 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		for _, m := range slices.Backward(s.fake.Ephemeral(s.users[person])) {
			picked := false
			for _, c := range m.Controls() {
				for _, o := range c.Options {
					picked = picked || o.Default && o.Value == value && strings.HasSuffix(c.CustomID, press)
				}
				if picked && c.CustomID == "!"+press {
					out, err := client.Do(discordfake.Spot{Message: m, Component: c})
					return err == nil && out.Answered, err == nil
				}
			}
		}
	}
	return false, true
}

func (s *discordScene) tamper(person, ref, encoded string) bool {
	out, err := s.fake.As(s.users[person]).Tamper(ref, encoded)
	return err == nil && out.Answered
}

func (s *discordScene) misuses() []string { return s.fake.Faults() }
