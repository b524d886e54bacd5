package discordfake

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

func TestTheTokenIsDemandedWithItsPrefix(t *testing.T) {
	s := server(t, Options{})
	for authorization, status := range map[string]int{"Bot " + Token: 200, Token: 401, "Bearer " + Token: 401, "": 401, "Bot other": 401} {
		if a := askAs(t, s, authorization, http.MethodGet, "/api/v10/users/@me", ""); a.status != status {
			t.Errorf("%q: %d, want %d", authorization, a.status, status)
		}
	}
	askAs(t, s, "", http.MethodGet, "/api/v9/gateway", "").is(t, 200, 0)
	askAs(t, s, "Bot "+Token, http.MethodGet, "/api/v6/users/@me", "").is(t, 400, codeInvalidVersion)
	ask(t, s, http.MethodGet, "/nothing", "").is(t, 404, 0)
}

func TestAMessageIsPostedWhereTheBotMay(t *testing.T) {
	s := server(t, Options{})
	post(t, s, consult, `{"content":"hello","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	post(t, s, public, `{"content":"hello","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	post(t, s, hidden, `{"content":"hello"}`).is(t, 403, codeMissingAccess)
	post(t, s, "600000000000000999", `{"content":"hello"}`).is(t, 404, codeUnknownChannel)
	s.ChangeChannel(consult, func(c *Channel) { c.Overwrites[2].Allow = ViewChannel | EmbedLinks })
	post(t, s, consult, `{"content":"hello"}`).is(t, 403, codeMissingPermissions)
	s.ChangeChannel(consult, func(c *Channel) { c.Overwrites[2].Allow = ViewChannel | SendMessages })
	post(t, s, consult, `{"content":"hello","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	post(t, s, consult, `{"embeds":[{"description":"hello"}]}`).is(t, 403, codeMissingPermissions)
	if got := s.Messages(sam, consult); len(got) != 2 || got[0].Readable() != "hello" {
		t.Errorf("Sam sees %v", got)
	}
	if got := s.Messages(mallory, consult); len(got) != 0 {
		t.Errorf("somebody of elsewhere sees %v", got)
	}
}

func TestTheSameNonceIsTheSameMessageForAFewMinutes(t *testing.T) {
	s := server(t, Options{})
	body := `{"content":"hello","nonce":"abc","enforce_nonce":true,"allowed_mentions":{"parse":[]}}`
	first := post(t, s, consult, body).is(t, 200, 0).text("id")
	if again := post(t, s, consult, body).is(t, 200, 0).text("id"); again != first {
		t.Errorf("a second message %s stands beside %s", again, first)
	}
	if got := post(t, s, consult, `{"content":"hello","nonce":"abc","allowed_mentions":{"parse":[]}}`).text("id"); got == first {
		t.Error("a nonce that is not enforced was")
	}
	s.Advance(nonceLife + time.Second)
	if later := post(t, s, consult, body).text("id"); later == first {
		t.Error("the nonce is kept for ever")
	}
	post(t, s, consult, `{"content":"hello","nonce":"`+long(26)+`","enforce_nonce":true}`).is(t, 400, codeInvalidForm)
}

func TestOnlyOwnMessagesAreEditedAndWhatIsLeftOutStays(t *testing.T) {
	s := server(t, Options{})
	id := post(t, s, consult, `{"content":"one","embeds":[{"description":"law"}],"allowed_mentions":{"parse":[]}}`).text("id")
	at := "/channels/" + consult + "/messages/" + id
	ask(t, s, http.MethodPatch, at, `{"content":"two","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	if got := s.Messages(sam, consult)[0]; got.Readable() != "two\nlaw" || got.Edits != 1 {
		t.Errorf("after a change of the content: %v", got.Readable())
	}
	ask(t, s, http.MethodPatch, at, `{"embeds":[]}`).is(t, 200, 0)
	ask(t, s, http.MethodPatch, at, `{"content":""}`).is(t, 400, codeEmptyMessage)
	if got := s.Messages(sam, consult)[0].Readable(); got != "two" {
		t.Errorf("after the embeds went: %q", got)
	}
	ask(t, s, http.MethodPatch, "/channels/"+consult+"/messages/123456789012345678", `{"content":"x"}`).is(t, 404, codeUnknownMessage)
	s.mu.Lock()
	s.messages = append(s.messages, &Message{ID: "42", Channel: consult, Author: dana, Content: "mine"})
	s.mu.Unlock()
	ask(t, s, http.MethodPatch, "/channels/"+consult+"/messages/42", `{"content":"x"}`).is(t, 403, codeOthersMessage)
	ask(t, s, http.MethodDelete, "/channels/"+consult+"/messages/42", "").is(t, 403, codeMissingPermissions)
	ask(t, s, http.MethodDelete, at, "").is(t, 204, 0)
	ask(t, s, http.MethodGet, at, "").is(t, 404, codeUnknownMessage)
}

func TestReadingNeedsLeaveToRead(t *testing.T) {
	s := server(t, Options{})
	id := post(t, s, consult, `{"content":"one","allowed_mentions":{"parse":[]}}`).text("id")
	ask(t, s, http.MethodGet, "/channels/"+consult+"/messages/"+id, "").is(t, 200, 0)
	s.ChangeChannel(consult, func(c *Channel) { c.Overwrites[2].Allow = Needed })
	ask(t, s, http.MethodGet, "/channels/"+consult+"/messages/"+id, "").is(t, 403, codeMissingPermissions)
	if a := ask(t, s, http.MethodGet, "/channels/"+consult+"/messages", ""); a.raw != "[]" {
		t.Errorf("it reads %s", a.raw)
	}
}

func TestFilesArriveUnderTheirNames(t *testing.T) {
	s := server(t, Options{})
	d := library(t, s)
	content := append([]byte("%PDF\r\n\x00\xff"), bytes.Repeat([]byte{1, 2}, 5000)...)
	_, err := d.ChannelMessageSendComplex(consult, &discordgo.MessageSend{
		Content: "the record", AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
		Files: []*discordgo.File{{Name: "amber heron.pdf", ContentType: "application/pdf", Reader: bytes.NewReader(content)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := s.Messages(sam, consult)
	if len(got) != 1 || len(got[0].Files) != 1 || got[0].Files[0].Name != "amber_heron.pdf" || !bytes.Equal(got[0].Files[0].Content, content) {
		t.Errorf("got %d messages with %d files", len(got), len(got[0].Files))
	}
	s.ChangeChannel(consult, func(c *Channel) { c.Overwrites[2].Allow &^= AttachFiles })
	_, err = d.ChannelFileSend(consult, "x.txt", strings.NewReader("x"))
	if r, ok := err.(*discordgo.RESTError); !ok || r.Message.Code != codeMissingPermissions {
		t.Errorf("without leave to attach: %v", err)
	}
	_, err = d.ChannelFileSend(public, "x.bin", bytes.NewReader(make([]byte, maxFile+1)))
	if r, ok := err.(*discordgo.RESTError); !ok || r.Message.Code != codeTooBig {
		t.Errorf("a file of 10 MiB and a byte: %v", err)
	}
}

func TestDirectMessagesReachThoseWhoTakeThem(t *testing.T) {
	s := server(t, Options{})
	s.AddPerson(Person{ID: "500000000000000005", Name: "Shy", Closed: true})
	open := func(user string) answer {
		return ask(t, s, http.MethodPost, "/users/@me/channels", `{"recipient_id":"`+user+`"}`)
	}
	channel := open(dana).is(t, 200, 0).text("id")
	if again := open(dana).text("id"); again != channel {
		t.Error("a second channel was opened")
	}
	post(t, s, channel, `{"content":"for you","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	if got := s.Direct(dana); len(got) != 1 || len(s.Direct(sam)) != 0 {
		t.Errorf("the direct messages are %v", got)
	}
	for _, user := range []string{"500000000000000005", mallory} {
		post(t, s, open(user).is(t, 200, 0).text("id"), `{"content":"for you"}`).is(t, 403, codeCannotWriteTo)
	}
	open("599999999999999999").is(t, 400, codeUnknownUser)
	open("dana").is(t, 400, codeInvalidForm)
	if got := s.Notifications(dana); !slices.Equal(got, []string{"for you"}) {
		t.Errorf("the lock screen shows %q", got)
	}
}

func TestWhomAMessageCalls(t *testing.T) {
	everyone := "@everyone <@" + dana + "> \\<@" + sam + "> <@&" + staff + ">"
	for name, test := range map[string]struct {
		allowed string
		pings   []string
		loud    bool
	}{
		"by default everybody that it names":  {``, []string{dana, sam}, true},
		"nobody when nothing is parsed":       {`"allowed_mentions":{"parse":[]},`, nil, false},
		"nobody when all is left out":         {`"allowed_mentions":{},`, nil, false},
		"those alone who are listed":          {`"allowed_mentions":{"parse":[],"users":["` + sam + `"]},`, []string{sam}, false},
		"everybody when parse is null":        {`"allowed_mentions":{"parse":null},`, []string{dana, sam}, true},
		"all of a role that is listed":        {`"allowed_mentions":{"roles":["` + staff + `"]},`, []string{dana, sam}, false},
		"nobody who is listed and not named":  {`"allowed_mentions":{"users":["` + owner + `"]},`, nil, false},
		"all who are there when that is open": {`"allowed_mentions":{"parse":["everyone"]},`, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, Options{})
			s.ChangeChannel(consult, func(c *Channel) { c.Overwrites[2].Allow |= MentionEveryone })
			post(t, s, consult, `{`+test.allowed+`"content":`+js(t, everyone)+`}`).is(t, 200, 0)
			m := s.Messages(sam, consult)[0]
			if !slices.Equal(m.Pings, test.pings) || m.Everyone != test.loud {
				t.Errorf("it calls %v, everybody: %v", m.Pings, m.Everyone)
			}
			open := strings.Contains(test.allowed, "null") || test.allowed == ""
			if got := len(s.Faults()) > 0; got != open {
				t.Errorf("it is a fault: %v, want %v", got, open)
			}
		})
	}
	s := server(t, Options{})
	post(t, s, consult, `{"content":"x","allowed_mentions":{"parse":["users"],"users":["`+sam+`"]}}`).is(t, 400, codeInvalidForm)
	post(t, s, consult, `{"content":"x","allowed_mentions":{"parse":["all"]}}`).is(t, 400, codeInvalidForm)
}

func TestWhatALockScreenShows(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		all  bool
		want []string
	}{
		"the content of a message that mentions":               {`{"content":"hello <@` + sam + `>","embeds":[{"description":"law"}]}`, false, []string{"hello @Sam"}},
		"the embed where there is no content":                  {`{"embeds":[{"title":"law","description":"text"}]}`, true, []string{"law\ntext"}},
		"nothing of what mentions nobody":                      {`{"content":"hello"}`, false, nil},
		"everything where people are notified of all messages": {`{"content":"hello"}`, true, []string{"hello"}},
		"nothing of a silent message":                          {`{"content":"hello <@` + sam + `>","flags":4096}`, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, Options{})
			s.ChangeGuild(GuildID, func(g *Guild) { g.NotifyAll = test.all })
			post(t, s, consult, test.body).is(t, 200, 0)
			if got := s.Notifications(sam); !slices.Equal(got, test.want) {
				t.Errorf("it shows %q, want %q", got, test.want)
			}
			if got := s.Notifications(mallory); got != nil {
				t.Errorf("somebody of elsewhere is shown %q", got)
			}
		})
	}
}
