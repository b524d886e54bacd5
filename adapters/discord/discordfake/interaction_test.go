package discordfake

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A press is one that waits for its first answer.
type press struct {
	in       *interaction
	done     chan Outcome
	at, card string // the channel and the message, if it was on one
}

const oneButton = `"components":[{"type":1,"components":[{"type":2,"style":1,"label":"Yes","custom_id":"yes"}]}]`

// pressed lets Dana press a button of a card in a thread.
func pressed(t *testing.T, s *Server) press {
	t.Helper()
	at := thread(t, s)
	ask(t, s, http.MethodPut, "/channels/"+at+"/thread-members/"+dana, "").is(t, 204, 0)
	card := post(t, s, at, `{"content":"the card",`+oneButton+`,"allowed_mentions":{"parse":[]}}`).is(t, 200, 0).text("id")
	return again(t, s, card)
}

// again lets Dana press the button of a message.
func again(t *testing.T, s *Server, message string) press {
	t.Helper()
	return begun(t, s, func() (Outcome, error) { return s.As(dana).Press(message, "yes") })
}

// begun waits until something that somebody does waits for its answer.
func begun(t *testing.T, s *Server, do func() (Outcome, error)) press {
	t.Helper()
	s.mu.Lock()
	before := len(s.interactions)
	s.mu.Unlock()
	done := make(chan Outcome, 1)
	go func() {
		out, err := do()
		if err != nil {
			t.Errorf("could not be done: %v", err)
		}
		done <- out
	}()
	p := press{done: done}
	waitFor(t, "an interaction waits", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.interactions) == before {
			return false
		}
		for _, one := range s.interactions {
			if p.in == nil || one.id > p.in.id {
				p.in, p.at = one, one.channel.ID
			}
		}
		if p.in.pressed != nil {
			p.card = p.in.pressed.ID
		}
		return true
	})
	return p
}

// answered gives a first answer.
func answered(t *testing.T, s *Server, p press, body string) answer {
	t.Helper()
	return askAs(t, s, "", http.MethodPost, "/api/v10/interactions/"+p.in.id+"/"+p.in.token+"/callback", body)
}

// hook uses an interaction's token.
func hook(t *testing.T, s *Server, p press, method, path, body string) answer {
	t.Helper()
	return askAs(t, s, "", method, "/api/v10/webhooks/"+AppID+"/"+p.in.token+path, body)
}

const hello = `{"type":4,"data":{"content":"hello","flags":64,"allowed_mentions":{"parse":[]}}}`

func TestAnInteractionIsAnsweredOnceAndInTime(t *testing.T) {
	s := server(t, Options{Patience: 300 * time.Millisecond})
	p := pressed(t, s)
	hook(t, s, p, http.MethodPost, "", `{"content":"too early"}`).is(t, 404, codeUnknownWebhook)
	answered(t, s, p, hello).is(t, 204, 0)
	answered(t, s, p, hello).is(t, 400, codeAcknowledged)
	if out := <-p.done; !out.Answered || out.Type != 4 {
		t.Errorf("it came to %+v", out)
	}
	late := again(t, s, p.card)
	if out := <-late.done; out.Answered {
		t.Error("it was answered by nobody")
	}
	answered(t, s, late, hello).is(t, 404, codeUnknownInteraction)
	if got := s.Notices(dana); len(got) != 1 || got[0] != noticeFailed {
		t.Errorf("Dana is told %q", got)
	}
	askAs(t, s, "", http.MethodPost, "/api/v10/interactions/1/nothing/callback", hello).is(t, 404, codeUnknownInteraction)
}

func TestATokenEndsAfterFifteenMinutes(t *testing.T) {
	s := server(t, Options{})
	p := pressed(t, s)
	answered(t, s, p, hello).is(t, 204, 0)
	hook(t, s, p, http.MethodPatch, "/messages/@original", `{"content":"two","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	hook(t, s, p, http.MethodPost, "", `{"content":"more","flags":64,"allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	if got := s.Ephemeral(dana); len(got) != 2 || got[0].Readable() != "two" || len(s.Ephemeral(sam)) != 0 {
		t.Errorf("Dana sees %v", got)
	}
	ephemeral := s.Ephemeral(dana)[0]
	ask(t, s, http.MethodPatch, "/channels/"+ephemeral.Channel+"/messages/"+ephemeral.ID, `{"content":"x"}`).is(t, 404, codeUnknownMessage)
	s.Advance(tokenLife + time.Second)
	hook(t, s, p, http.MethodPost, "", `{"content":"more"}`).is(t, 401, codeTokenExpired)
	hook(t, s, p, http.MethodPatch, "/messages/@original", `{"content":"x"}`).is(t, 401, codeTokenExpired)
	askAs(t, s, "", http.MethodPost, "/api/v10/webhooks/1/"+p.in.token, `{"content":"x"}`).is(t, 404, codeUnknownWebhook)
}

func TestADeferredAnswerIsFilledAndKeepsWhoSeesIt(t *testing.T) {
	s := server(t, Options{})
	p := pressed(t, s)
	answered(t, s, p, `{"type":5,"data":{"flags":64}}`).is(t, 204, 0)
	if len(s.Ephemeral(dana)) != 0 {
		t.Error("there is something to read before it came")
	}
	hook(t, s, p, http.MethodPost, "", `{"content":"for all","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	if got := s.Ephemeral(dana); len(got) != 1 || got[0].Readable() != "for all" {
		t.Errorf("Dana sees %v", got)
	}
	if got := s.Messages(owner, p.at); len(got) != 1 {
		t.Errorf("others see %v", got)
	}
	hook(t, s, p, http.MethodPost, "", `{"content":"the next","flags":64,"allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	hook(t, s, p, http.MethodDelete, "/messages/@original", "").is(t, 204, 0)
	if got := s.Ephemeral(dana); len(got) != 1 || got[0].Readable() != "the next" {
		t.Errorf("Dana sees %v", got)
	}
}

func TestWhatWasPressedIsUpdatedInPlace(t *testing.T) {
	s := server(t, Options{})
	p := pressed(t, s)
	answered(t, s, p, `{"type":7,"data":{"content":"second look","allowed_mentions":{"parse":[]}}}`).is(t, 204, 0)
	card := s.Messages(dana, p.at)[0]
	if card.ID != p.card || card.Text() != "second look" || len(card.Controls()) != 1 {
		t.Errorf("the card is %v", card.Readable())
	}
	q := again(t, s, card.ID)
	s.ChangeChannel(p.at, func(c *Channel) { c.Archived = true })
	answered(t, s, q, `{"type":7,"data":{"content":"third"}}`).is(t, 400, codeArchived)
	answered(t, s, q, `{"type":6}`).is(t, 204, 0)
	s.ChangeChannel(p.at, func(c *Channel) { c.Archived = false })
	hook(t, s, q, http.MethodPatch, "/messages/@original", `{"content":"third","components":[],"allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
	if _, err := s.As(dana).Press(card.ID, "yes"); !errors.Is(err, ErrNotThere) {
		t.Errorf("a button that is gone was pressed: %v", err)
	}
}

func TestAFormIsAFirstAnswerAndNotOneToAForm(t *testing.T) {
	s := server(t, Options{})
	p := pressed(t, s)
	form := `{"type":9,"data":{"custom_id":"f","title":"Ask","components":[{"type":1,"components":[{"type":4,"custom_id":"q","style":2,"label":"Question","max_length":20}]},
		{"type":1,"components":[{"type":4,"custom_id":"l","style":1,"label":"Leaning","required":false,"value":"none"}]}]}}`
	answered(t, s, p, form).is(t, 204, 0)
	c := s.As(dana)
	if _, err := c.Submit(map[string]string{}); !errors.Is(err, ErrNotThere) {
		t.Errorf("what is required was left out: %v", err)
	}
	if _, err := c.Submit(map[string]string{"q": long(21)}); !errors.Is(err, ErrNotThere) {
		t.Errorf("too long: %v", err)
	}
	sent := begun(t, s, func() (Outcome, error) { return c.Submit(map[string]string{"q": "may I?"}) })
	answered(t, s, sent, form).is(t, 400, codeInvalidForm)
	if _, open := s.Modal(dana); !open {
		t.Error("it closed before it was answered")
	}
	answered(t, s, sent, `{"type":7,"data":{"content":"asked","allowed_mentions":{"parse":[]}}}`).is(t, 204, 0)
	<-sent.done
	if _, open := s.Modal(dana); open {
		t.Error("it stays open")
	}
	if got := s.Messages(dana, p.at)[0].Text(); got != "asked" {
		t.Errorf("the card says %q", got)
	}
}

func TestWhoCannotSeeAMessageCannotPressIt(t *testing.T) {
	s := server(t, Options{Patience: 100 * time.Millisecond})
	p := pressed(t, s)
	card := p.card
	answered(t, s, p, hello).is(t, 204, 0)
	for user, c := range map[string]*Client{"not in the thread": s.As(sam), "of elsewhere": s.As(mallory)} {
		if _, err := c.Press(card, "yes"); !errors.Is(err, ErrNotThere) {
			t.Errorf("somebody %s: %v", user, err)
		}
	}
	private := s.Ephemeral(dana)[0]
	if _, err := s.As(owner).Press(private.ID, "x"); !errors.Is(err, ErrNotThere) {
		t.Errorf("somebody else's private reply: %v", err)
	}
	s.ChangePerson(dana, func(p *Person) { p.Roles = nil })
	if _, err := s.As(dana).Press(card, "yes"); !errors.Is(err, ErrNotThere) {
		t.Errorf("after the role was lost: %v", err)
	}
	if _, err := s.As(dana).Stale().Press(card, "yes"); err != nil {
		t.Errorf("a client that has not heard of it: %v", err)
	}
}

func TestAPressInAnArchivedThreadBringsItBack(t *testing.T) {
	s := server(t, Options{Patience: 100 * time.Millisecond})
	p := pressed(t, s)
	answered(t, s, p, hello).is(t, 204, 0)
	s.ChangeChannel(p.at, func(c *Channel) { c.Archived = true })
	if _, err := s.As(dana).Press(p.card, "yes"); err != nil || s.Threads("")[0].Archived {
		t.Errorf("it is archived still, %v", err)
	}
	s.ChangeChannel(p.at, func(c *Channel) { c.Archived, c.Locked = true, true })
	if _, err := s.As(dana).Press(p.card, "yes"); !errors.Is(err, ErrNotThere) {
		t.Errorf("a locked one: %v", err)
	}
}

func TestCommandsAreRegisteredCheckedAndHidden(t *testing.T) {
	s := server(t, Options{Patience: 100 * time.Millisecond})
	at := "/applications/" + AppID + "/guilds/" + GuildID + "/commands"
	put := func(body string) answer { return ask(t, s, http.MethodPut, at, body) }
	for _, bad := range []string{
		`[{"name":"Consult","description":"x"}]`, `[{"name":"a b","description":"x"}]`, `[{"name":"consult"}]`,
		`[{"name":"` + long(33) + `","description":"x"}]`, `[{"name":"a","description":"` + long(101) + `"}]`,
		`[{"name":"a","description":"x"},{"name":"a","description":"y"}]`,
		`[{"name":"a","description":"x","options":[{"type":3,"name":"o","description":"d","choices":[` + many(26, `{"name":"#","value":"#"}`) + `]}]}]`,
		`[{"name":"a","description":"x","options":[{"type":3,"name":"o","description":"d"},{"type":3,"name":"p","description":"d","required":true}]}]`,
	} {
		put(bad).is(t, 400, codeInvalidForm)
	}
	good := `[{"name":"consult","description":"x","default_member_permissions":"0","contexts":[0],"options":[{"type":3,"name":"show","description":"d","choices":[{"name":"n","value":"list"}]}]}]`
	put(good).is(t, 200, 0)
	id := s.Commands(GuildID)[0].ID
	put(good).is(t, 200, 0)
	if s.Commands(GuildID)[0].ID != id {
		t.Error("a command that keeps its name has a new id")
	}
	ask(t, s, http.MethodGet, "/applications/1/guilds/"+GuildID+"/commands", "").is(t, 404, codeUnknownApplication)
	c := s.As(dana)
	if _, err := c.Command(consult, "consult", nil); !errors.Is(err, ErrNotThere) {
		t.Errorf("before it is opened: %v", err)
	}
	s.OpenCommand("consult")
	if _, err := c.Command(consult, "consult", map[string]string{"show": "list"}); err != nil {
		t.Errorf("opened: %v", err)
	}
	if _, err := c.Command(consult, "consult", map[string]string{"show": "Jane"}); !errors.Is(err, ErrNotThere) {
		t.Errorf("what is not offered: %v", err)
	}
	if _, err := c.Typed(consult, "consult", map[string]string{"show": "Jane"}); err != nil {
		t.Errorf("what another client sends: %v", err)
	}
	if _, err := s.As(mallory).Command(consult, "consult", nil); !errors.Is(err, ErrNotThere) {
		t.Errorf("a stranger: %v", err)
	}
	if got := s.Notices(dana); len(got) != 2 || got[0] != noticeNotResponding {
		t.Errorf("Dana is told %q", got)
	}
}

func TestALibraryOfOthersUnderstandsTheInteractions(t *testing.T) {
	s := server(t, Options{})
	d := library(t, s)
	heard := make(chan *discordgo.InteractionCreate, 1)
	d.AddHandler(func(d *discordgo.Session, in *discordgo.InteractionCreate) {
		heard <- in
		err := d.InteractionRespond(in.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseUpdateMessage,
			Data: &discordgo.InteractionResponseData{Content: "done", AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}},
		})
		if err != nil {
			t.Errorf("respond: %v", err)
		}
	})
	if err := d.Open(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	p := pressed(t, s)
	in := <-heard
	if in.Type != discordgo.InteractionMessageComponent || in.MessageComponentData().CustomID != "yes" || in.Member.User.ID != dana ||
		in.GuildID != GuildID || in.ChannelID != p.at || in.Message.ID != p.card || in.AppID != AppID {
		t.Errorf("heard %+v", in.Interaction)
	}
	if out := <-p.done; !out.Answered {
		t.Error("it was not answered")
	}
	if got := s.Messages(dana, p.at)[0].Text(); !strings.HasPrefix(got, "done") {
		t.Errorf("the card says %q", got)
	}
}
