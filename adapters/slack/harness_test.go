package slack

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
)

// consults is the practice's channel in these tests.
const consults = "C0CONSULTS"

func TestSlackKeepsThePromisesOfAPlatformOverSockets(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T, b *adaptertest.Bot) adaptertest.Harness {
		h := newHarness(t, slackfake.Options{})
		h.overSockets(b)
		return h
	})
}

func TestSlackKeepsThePromisesOfAPlatformOverHTTP(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T, b *adaptertest.Bot) adaptertest.Harness {
		h := newHarness(t, slackfake.Options{})
		h.overHTTP(b)
		return h
	})
}

// accounts are the people of the suite, as Slack knows them.
var accounts = map[adaptertest.Person]string{
	adaptertest.Clinician: "U0DANA", adaptertest.Supervisor: "U0SAM", adaptertest.Colleague: "U0KIM",
	adaptertest.Stranger: "U0MALLORY",
}

// A harness is a Slack with its adapter, its people and its places.
type harness struct {
	t     *testing.T
	fake  *slackfake.Server
	slack *Slack
	at    bot.Ref // the consult's card, once a test has posted it

	enterprise string
}

// newHarness starts a Slack with the practice in it. The stranger is in no
// workspace of theirs.
func newHarness(t *testing.T, o slackfake.Options) *harness {
	t.Helper()
	fake := slackfake.New(o)
	t.Cleanup(fake.Close)
	members := []string{slackfake.BotUser}
	for _, p := range adaptertest.Staff() {
		fake.AddPerson(slackfake.Person{ID: accounts[p], Name: string(p)})
		members = append(members, accounts[p])
	}
	fake.AddChannel(slackfake.Channel{ID: consults, Name: "consults", Private: true, Members: members})
	h := &harness{t: t, fake: fake, slack: newSlack(t, fake, o.Enterprise), enterprise: o.Enterprise}
	t.Cleanup(func() {
		for _, fault := range fake.Faults() {
			t.Errorf("Slack was misused: %s", fault)
		}
		for _, c := range fake.Calls("chat.postMessage") {
			if !strings.Contains(c.Args, "unfurl_links=false") || !strings.Contains(c.Args, "unfurl_media=false") {
				t.Error("a message lets Slack fetch what it links to")
			}
		}
	})
	return h
}

// newSlack makes an adapter for a Slack: a replica of its own.
func newSlack(t *testing.T, fake *slackfake.Server, enterprise string) *Slack {
	t.Helper()
	is := func(token string) func() string { return func() string { return token } }
	s, err := New(Options{
		BotToken: is(slackfake.BotToken), AppToken: is(slackfake.AppToken), SigningSecret: is(slackfake.SigningSecret),
		APIURL: fake.URL, Enterprise: enterprise, Team: slackfake.TeamID, Channel: consults,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatalf("new slack: %v", err)
	}
	return s
}

// overSockets connects the adapter by Socket Mode until the test ends.
func (h *harness) overSockets(b Answers) {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.slack.Run(ctx, b) }()
	h.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			h.t.Errorf("socket mode ended: %v", err)
		}
		h.slack.Wait()
	})
	waitFor(h.t, "a socket is open", func() bool { return h.fake.Sockets() > 0 })
}

// overHTTP connects the adapter by addresses until the test ends. What keeps the
// App Homes true runs beside it, without a socket.
func (h *harness) overHTTP(b Answers) {
	h.t.Helper()
	server := httptest.NewServer(h.slack.Handler(b))
	h.t.Cleanup(func() {
		server.Close()
		h.slack.Wait()
	})
	h.fake.UseHTTP(slackfake.Endpoints{
		Events:       []string{server.URL + "/slack/events"},
		Interactions: []string{server.URL + "/slack/interactivity"},
		Commands:     []string{server.URL + "/slack/commands"},
	})
}

func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("did not come about: %s", what)
		}
	}
}

func (h *harness) Platform() bot.Platform { return h.slack }

func (h *harness) Account(p adaptertest.Person) bot.Identity {
	return bot.Identity{Platform: Name, Workspace: Workspace(h.enterprise, slackfake.TeamID), User: accounts[p]}
}

func (h *harness) Home() bot.Place {
	return bot.Place{Platform: Name, Workspace: Workspace(h.enterprise, slackfake.TeamID), Channel: consults}
}

// Unfit are channels of every kind that is not private, each with the bot in it
// unless that is what is wrong.
func (h *harness) Unfit() map[string]bot.Place {
	h.fake.AddPerson(slackfake.Person{ID: "U0GUEST", Guest: true})
	h.fake.AddPerson(slackfake.Person{ID: "U0OTHER", Stranger: true, Team: "T0OTHER"})
	in := []string{slackfake.BotUser, accounts[adaptertest.Clinician]}
	places := map[string]bot.Place{"a direct message": bot.DirectTo(h.Account(adaptertest.Clinician))}
	for what, c := range map[string]slackfake.Channel{
		"a public channel":                      {ID: "C0PUBLIC", Members: in},
		"a public channel without the bot":      {ID: "C0PUBLIC2"},
		"a private channel without the bot":     {ID: "C0WITHOUT", Private: true, Members: in[1:]},
		"an archived channel":                   {ID: "C0ARCHIVED", Private: true, Archived: true, Members: in},
		"a channel shared with another company": {ID: "C0SHARED", Private: true, Shared: true, Members: in},
		"a channel about to be shared":          {ID: "C0PENDING", Private: true, PendingShared: true, Members: in},
		"a channel another company is asked to": {ID: "C0INVITED", Private: true, PendingTeams: []string{"T0OTHER"}, Members: in},
		"a channel of several workspaces":       {ID: "C0ORG", Private: true, OrgShared: true, Members: in},
		"a group of direct messages":            {ID: "C0GROUP", Private: true, Group: true, Members: in},
		"a channel with a guest":                {ID: "C0GUESTS", Private: true, Members: append(in, "U0GUEST")},
		"a channel with somebody of elsewhere":  {ID: "C0ELSE", Private: true, Members: append(in, "U0OTHER")},
	} {
		h.fake.AddChannel(c)
		places[what] = bot.Place{Platform: Name, Workspace: slackfake.TeamID, Channel: c.ID}
	}
	other := h.Home()
	other.Workspace = "T0OTHER"
	places["a channel of another workspace"] = other
	return places
}

func (h *harness) As(p adaptertest.Person) adaptertest.Seat {
	return &seat{t: h.t, fake: h.fake, client: h.fake.As(accounts[p]), slack: h.slack, user: accounts[p]}
}
