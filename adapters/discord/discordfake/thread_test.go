package discordfake

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAPrivateThreadIsMadeWhereTheBotMay(t *testing.T) {
	s := server(t, Options{MaxThreads: 2})
	s.AddChannel(Channel{ID: "600000000000000005", Type: VoiceChannel})
	make := func(channel, body string) answer {
		return ask(t, s, http.MethodPost, "/channels/"+channel+"/threads", body)
	}
	make(consult, `{"name":"","type":12}`).is(t, 400, codeInvalidForm)
	make(consult, `{"name":"`+long(101)+`","type":12}`).is(t, 400, codeInvalidForm)
	make(consult, `{"name":"a","type":12,"auto_archive_duration":61}`).is(t, 400, codeInvalidForm)
	make(consult, `{"name":"a","type":11}`).is(t, 403, codeMissingPermissions)
	make(hidden, `{"name":"a","type":12}`).is(t, 403, codeMissingAccess)
	make("600000000000000005", `{"name":"a","type":12}`).is(t, 400, codeWrongChannel)
	make(consult, `{"name":"a","type":12}`).is(t, 201, 0)
	make(consult, `{"name":"a","type":12}`).is(t, 201, 0)
	make(consult, `{"name":"a","type":12}`).is(t, 400, codeTooManyThreads)
	if got := len(s.Threads("")); got != 2 {
		t.Errorf("there are %d threads, want 2: making one is not idempotent", got)
	}
	s.ChangeChannel(consult, func(c *Channel) { c.Overwrites[2].Allow &^= CreatePrivateThreads })
	make(consult, `{"name":"a","type":12}`).is(t, 403, codeMissingPermissions)
	if got := s.Faults(); len(got) != 0 {
		t.Errorf("faults: %v", got)
	}
	make(public, `{"name":"a"}`)
	if got := s.Faults(); len(got) != 1 {
		t.Errorf("a thread without a type is no fault: %v", got)
	}
}

func TestAPrivateThreadIsSeenByItsMembersAndModerators(t *testing.T) {
	s := server(t, Options{})
	s.AddPerson(Person{ID: "500000000000000006", Name: "Ann"}) // cannot see the channel
	at := thread(t, s)
	post(t, s, at, `{"content":"hello","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	add := func(user string) answer {
		return ask(t, s, http.MethodPut, "/channels/"+at+"/thread-members/"+user, "")
	}
	if len(s.Messages(dana, at)) != 0 || len(s.Threads(dana)) != 0 {
		t.Error("somebody sees it who was not added")
	}
	add(dana).is(t, 204, 0)
	add(dana).is(t, 204, 0)
	add("500000000000000006").is(t, 403, codeMissingAccess)
	add(mallory).is(t, 404, codeUnknownMember)
	add("599999999999999999").is(t, 404, codeUnknownUser)
	if len(s.Messages(dana, at)) != 1 || len(s.Messages(sam, at)) != 0 || len(s.Messages(owner, at)) != 1 {
		t.Error("it is not seen by its member and the owner alone")
	}
	if a := ask(t, s, http.MethodGet, "/channels/"+at+"/thread-members", ""); !strings.Contains(a.raw, dana) {
		t.Errorf("the members are %s", a.raw)
	}
	s.ChangePerson(dana, func(p *Person) { p.Roles = nil })
	if len(s.Messages(dana, at)) != 0 {
		t.Error("who lost the channel sees its thread")
	}
	s.ChangeChannel(consult, func(c *Channel) { c.Overwrites[1].Allow |= ManageThreads })
	if len(s.Messages(sam, at)) != 1 {
		t.Error("a moderator does not see it")
	}
}

func TestAMentionAddsWhereDiscordDoesThat(t *testing.T) {
	for _, adds := range []bool{false, true} {
		s := server(t, Options{MentionsAdd: adds})
		at := thread(t, s)
		post(t, s, at, `{"content":"<@`+sam+`>","allowed_mentions":{"users":["`+sam+`"]}}`).is(t, 200, 0)
		if got := len(s.Messages(sam, at)) > 0; got != adds {
			t.Errorf("it adds: %v, want %v", got, adds)
		}
		if got := len(s.Notifications(sam)) > 0; got != adds {
			t.Errorf("it rings for who cannot see it: %v, want %v", got, adds)
		}
	}
}

func TestAnArchivedThreadTakesNoChangesAndComesBackByAWord(t *testing.T) {
	s := server(t, Options{})
	at := thread(t, s)
	id := post(t, s, at, `{"content":"hello","allowed_mentions":{"parse":[]}}`).text("id")
	s.Advance(defaultArchive*time.Minute + time.Minute)
	if !s.Threads("")[0].Archived {
		t.Fatal("it was not archived by its time")
	}
	ask(t, s, http.MethodPatch, "/channels/"+at+"/messages/"+id, `{"content":"two"}`).is(t, 400, codeArchived)
	ask(t, s, http.MethodDelete, "/channels/"+at+"/messages/"+id, "").is(t, 400, codeArchived)
	ask(t, s, http.MethodPut, "/channels/"+at+"/thread-members/"+dana, "").is(t, 400, codeArchived)
	ask(t, s, http.MethodPatch, "/channels/"+at, `{"name":"other"}`).is(t, 400, codeArchived)
	if a := ask(t, s, http.MethodGet, "/guilds/"+GuildID+"/threads/active", ""); strings.Contains(a.raw, at) {
		t.Error("it is among the active ones")
	}
	ask(t, s, http.MethodPatch, "/channels/"+at, `{"archived":false}`).is(t, 200, 0)
	ask(t, s, http.MethodPatch, "/channels/"+at+"/messages/"+id, `{"content":"two","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	ask(t, s, http.MethodPatch, "/channels/"+at, `{"archived":true}`).is(t, 200, 0)
	post(t, s, at, `{"content":"back","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	if s.Threads("")[0].Archived {
		t.Error("a word did not bring it back")
	}
	s.ChangeChannel(at, func(c *Channel) { c.Locked, c.Archived = true, true })
	post(t, s, at, `{"content":"x"}`).is(t, 403, codeLocked)
	ask(t, s, http.MethodPatch, "/channels/"+at, `{"archived":false}`).is(t, 403, codeMissingPermissions)
}

func TestThreadsAreListedAsFarAsTheBotSees(t *testing.T) {
	s := server(t, Options{})
	mine := thread(t, s)
	s.AddChannel(Channel{ID: "610000000000000001", Type: PrivateThread, Parent: consult, Owner: dana, Members: []string{dana}, AutoArchive: 60})
	a := ask(t, s, http.MethodGet, "/guilds/"+GuildID+"/threads/active", "").is(t, 200, 0)
	if !strings.Contains(a.raw, mine) || strings.Contains(a.raw, "610000000000000001") {
		t.Errorf("listed: %s", a.raw)
	}
	ask(t, s, http.MethodGet, "/channels/610000000000000001", "").is(t, 403, codeMissingAccess)
	ask(t, s, http.MethodGet, "/channels/"+consult+"/threads/archived/private", "").is(t, 403, codeMissingPermissions)
	ask(t, s, http.MethodPatch, "/channels/"+mine, `{"archived":true}`).is(t, 200, 0)
	a = ask(t, s, http.MethodGet, "/channels/"+consult+"/users/@me/threads/archived/private", "").is(t, 200, 0)
	if !strings.Contains(a.raw, mine) {
		t.Errorf("archived: %s", a.raw)
	}
}

func TestPermissionsAreSummedAsDocumented(t *testing.T) {
	s := server(t, Options{})
	const channel = "600000000000000007"
	for name, test := range map[string]struct {
		overwrites []Overwrite
		sees       bool
	}{
		"open by the server":                     {nil, true},
		"closed to everybody":                    {[]Overwrite{{ID: GuildID, Deny: ViewChannel}}, false},
		"closed, and open to a role":             {[]Overwrite{{ID: GuildID, Deny: ViewChannel}, {ID: staff, Allow: ViewChannel}}, true},
		"a role opens what another one closes":   {[]Overwrite{{ID: BotRole, Allow: ViewChannel}, {ID: staff, Deny: ViewChannel}}, false},
		"closed to a role, and open to a person": {[]Overwrite{{ID: staff, Deny: ViewChannel}, {ID: dana, Member: true, Allow: ViewChannel}}, true},
		"open to a role, and closed to a person": {[]Overwrite{{ID: staff, Allow: ViewChannel}, {ID: dana, Member: true, Deny: ViewChannel}}, false},
	} {
		s.AddChannel(Channel{ID: channel, Overwrites: test.overwrites})
		s.mu.Lock()
		for user, want := range map[string]bool{dana: test.sees, owner: true, mallory: false} {
			if got := s.sees(user, s.channels[channel]); got != want {
				t.Errorf("%s: %s sees it: %v, want %v", name, user, got, want)
			}
		}
		s.mu.Unlock()
	}
	s.ChangeGuild(GuildID, func(g *Guild) { g.Roles[2].Permissions = Administrator })
	s.AddChannel(Channel{ID: channel, Overwrites: []Overwrite{{ID: dana, Member: true, Deny: ViewChannel}}})
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.sees(dana, s.channels[channel]) {
		t.Error("an administrator does not see everything")
	}
}

func TestRolesAreCountedAndMembersOnlyListedByLeave(t *testing.T) {
	s := server(t, Options{})
	if a := ask(t, s, http.MethodGet, "/guilds/"+GuildID+"/roles/member-counts", "").is(t, 200, 0); a.body[staff] != 2.0 || a.body[BotRole] != 1.0 || a.body[GuildID] != nil {
		t.Errorf("counted %s", a.raw)
	}
	ask(t, s, http.MethodGet, "/guilds/"+GuildID+"/members/"+dana, "").is(t, 200, 0)
	ask(t, s, http.MethodGet, "/guilds/"+GuildID+"/members/"+mallory, "").is(t, 404, codeUnknownMember)
	ask(t, s, http.MethodGet, "/guilds/"+GuildID+"/members", "").is(t, 403, codeMissingAccess)
	ask(t, s, http.MethodGet, "/guilds/1", "").is(t, 404, codeUnknownGuild)
	granted := server(t, Options{Privileged: intentMembers})
	ask(t, granted, http.MethodGet, "/guilds/"+GuildID+"/members", "").is(t, 200, 0)
}
