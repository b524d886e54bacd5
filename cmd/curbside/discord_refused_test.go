package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"curbside/adapters/discord/discordfake"
)

// A claim is a request that says it comes from Discord.
type claim struct {
	delivery discordfake.Delivery
	status   int    // what it is answered with
	logged   string // what an operator finds, "" where nothing is due
}

// changed is a body with some of its keys set anew.
func changed(t *testing.T, body []byte, change func(map[string]any)) []byte {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	change(all)
	raw, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestNothingThatIsNotDiscordsOrNotThePracticesChangesAConsult(t *testing.T) {
	t.Parallel()
	p := newDiscordPractice(t, "http", 2)
	p.onDiscord()
	p.press(discordDana, dutyAnswer, p.says(discordDana, "You must"))
	p.until("Sam is paged", func() bool { return p.direct(discordSam) == 1 && p.calls(discordSam) == 1 })
	p.press(discordSam, "Seen: I am on it", p.says(discordDana, "Sam Okafor knows"))

	sent := p.fake.Deliveries()
	last := sent[len(sent)-1] // Sam's press
	now := time.Now()
	anew := func(change func(map[string]any)) []byte {
		return changed(t, last.Body, func(in map[string]any) {
			in["id"] = "1234567890123456789"
			change(in)
		})
	}
	danger := func(in map[string]any) {
		data, _ := in["data"].(map[string]any)
		id, _ := data["custom_id"].(string)
		handle, _, _ := strings.Cut(id, ":")
		data["custom_id"] = handle + ":1:danger"
	}
	unsigned := p.fake.Sign(last.Body, now)
	unsigned.Signature = ""
	moved := last
	moved.Timestamp = p.fake.Sign(last.Body, now.Add(time.Minute)).Timestamp
	other := p.fake.Sign(anew(danger), now)
	other.Signature = last.Signature
	p.settles()
	before := p.state(t)
	for name, c := range map[string]claim{
		"a forged signature":                    {discordfake.Forge(anew(danger), now), http.StatusUnauthorized, ""},
		"no signature":                          {unsigned, http.StatusUnauthorized, ""},
		"a signature of something else":         {other, http.StatusUnauthorized, ""},
		"a signature of another time":           {moved, http.StatusUnauthorized, ""},
		"what was signed an hour ago":           {p.fake.Sign(anew(danger), now.Add(-time.Hour)), http.StatusUnauthorized, ""},
		"what is signed for tomorrow":           {p.fake.Sign(anew(danger), now.Add(24*time.Hour)), http.StatusUnauthorized, ""},
		"more than Discord ever sends":          {p.fake.Sign(bytes.Repeat([]byte(" "), 2<<20), now), http.StatusRequestEntityTooLarge, ""},
		"what is no JSON":                       {p.fake.Sign([]byte(`{"id":`), now), http.StatusBadRequest, "reason=undecodable"},
		"the same once more":                    {last, http.StatusOK, ""},
		"an interaction of another server":      {p.fake.Sign(anew(func(in map[string]any) { danger(in); in["guild_id"] = "700000000000000077" }), now), http.StatusOK, "reason=foreign_interaction"},
		"an interaction of another application": {p.fake.Sign(anew(func(in map[string]any) { danger(in); in["application_id"] = "800000000000000077" }), now), http.StatusOK, "reason=foreign_interaction"},
		"one that a person's own installation began": {p.fake.Sign(anew(func(in map[string]any) {
			danger(in)
			in["authorizing_integration_owners"] = map[string]any{"1": discordSam}
		}), now), http.StatusOK, "reason=foreign_interaction"},
		"an account that nobody knows": {p.fake.Sign(anew(func(in map[string]any) {
			danger(in)
			who := map[string]any{"user": map[string]any{"id": "500000000000000077"}, "roles": []any{discordClinician}, "permissions": "9007199254740991"}
			delete(in, "user")
			in["member"], in["guild_id"], in["context"] = who, discordfake.GuildID, 0
			in["authorizing_integration_owners"] = map[string]any{"0": discordfake.GuildID}
		}), now), http.StatusOK, ""},
		"a button that nobody made": {p.fake.Sign(anew(func(in map[string]any) {
			data, _ := in["data"].(map[string]any)
			data["custom_id"] = "sudo rm -rf"
		}), now), http.StatusOK, ""},
		"an interaction of a kind to come": {p.fake.Sign(anew(func(in map[string]any) { in["type"] = 99 }), now), http.StatusOK, ""},
	} {
		for i, r := range p.replicas {
			status, _, body, err := c.delivery.Post(t.Context(), r.address)
			if err != nil || status != c.status {
				t.Errorf("%s is answered by process %d with %d %v, want %d", name, i+1, status, err, c.status)
			}
			if bytes.Contains(body, []byte("statute")) && !bytes.Equal(c.delivery.Body, last.Body) {
				t.Errorf("%s is shown the consult", name)
			}
			p.until("the log says "+c.logged+" of "+name, func() bool { return bytes.Contains(r.log.bytes(), []byte(c.logged)) })
		}
	}
	if after := p.state(t); after != before {
		t.Errorf("something has changed:\n%s\nwas\n%s", after, before)
	}
	for _, r := range p.replicas {
		if err := p.fake.Verify(r.address); err != nil {
			t.Errorf("a process does not stand any more: %v", err)
		}
	}
	p.holdsItsPromises(t)
}

// settles waits until everything that was to be delivered has been.
func (p *discordPractice) settles() {
	p.t.Helper()
	calls, since := 0, time.Now()
	p.until("nothing more is delivered", func() bool {
		if now := len(p.fake.Calls("")); now != calls {
			calls, since = now, time.Now()
		}
		return time.Since(since) > 2*time.Second
	})
}

// state is what a consult has come to: what was applied to it, and what people see.
func (p *discordPractice) state(t *testing.T) string {
	t.Helper()
	var all []string
	for _, m := range p.inThreads() {
		all = append(all, m.ID+" "+m.Readable())
	}
	for _, user := range []string{discordDana, discordSam, discordKim} {
		for _, m := range p.fake.Direct(user) {
			all = append(all, user+" "+m.ID+" "+m.Readable())
		}
	}
	for _, r := range p.replicas {
		for line := range strings.Lines(string(r.log.bytes())) {
			if strings.Contains(line, "msg=applied") || strings.Contains(line, "msg=opened") {
				all = append(all, line)
			}
		}
	}
	return strings.Join(all, "\n")
}

func TestAPressOnDiscordByAPersonWhoLostTheRoleASecondAgoChangesNothing(t *testing.T) {
	t.Parallel()
	eachDiscordWay(t, func(t *testing.T, p *discordPractice) {
		p.onDiscord()
		client := p.fake.As(discordDana).Stale()
		spot, ok := client.Find(dutyAnswer, nil)
		if !ok {
			t.Fatal("the last answer cannot be given")
		}
		p.settles()
		before := p.state(t)
		p.fake.ChangePerson(discordDana, func(dana *discordfake.Person) { dana.Roles = nil })
		if out, err := client.Do(spot, dutyAnswer); err != nil || !out.Answered {
			t.Errorf("the press comes to %+v, %v", out, err)
		}
		p.until("Dana is told so in private", func() bool {
			for _, m := range p.fake.Ephemeral(discordDana) {
				if strings.Contains(m.Text(), "you can no longer see this channel, so nothing was changed") {
					return true
				}
			}
			return false
		})
		p.until("the log says so", func() bool { return p.logged("reason=no_access") == 1 })
		if after := p.state(t); after != before {
			t.Errorf("something has changed:\n%s\nwas\n%s", after, before)
		}
		p.fake.ChangePerson(discordDana, func(dana *discordfake.Person) { dana.Roles = []string{discordClinician} })
		p.press(discordDana, dutyAnswer, p.says(discordDana, "You must"))
	})
}
