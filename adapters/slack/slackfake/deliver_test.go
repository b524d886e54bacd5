package slackfake

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// A fakeApp answers what Slack sends, over HTTP or over a socket.
type fakeApp struct {
	mu       sync.Mutex
	pressed  []slack.InteractionCallback
	commands []slack.SlashCommand
	events   []slackevents.EventsAPIEvent
	retries  []string
	answer   func() (status int, payload any)
}

func (a *fakeApp) answers(status int, payload any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.answer = func() (int, any) { return status, payload }
}

func (a *fakeApp) next() (int, any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.answer == nil {
		return http.StatusOK, nil
	}
	return a.answer()
}

// last is the interaction that came last.
func (a *fakeApp) last(t *testing.T) slack.InteractionCallback {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.pressed) == 0 {
		t.Fatal("no interaction has come")
	}
	return a.pressed[len(a.pressed)-1]
}

// ServeHTTP takes events, interactions and commands at one address each.
func (a *fakeApp) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	verifier, err := slack.NewSecretsVerifier(r.Header, SigningSecret)
	if err == nil {
		_, _ = verifier.Write(body)
		err = verifier.Ensure()
	}
	if err != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	a.mu.Lock()
	switch r.URL.Path {
	case "/interactions":
		if in, err := slack.InteractionCallbackParse(r); err == nil {
			a.pressed = append(a.pressed, in)
		}
	case "/commands":
		if cmd, err := slack.SlashCommandParse(r); err == nil {
			a.commands = append(a.commands, cmd)
		}
	case "/events":
		a.retries = append(a.retries, r.Header.Get("X-Slack-Retry-Num")+" "+r.Header.Get("X-Slack-Retry-Reason"))
		if e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken()); err == nil {
			a.events = append(a.events, e)
		}
	}
	a.mu.Unlock()
	status, payload := a.next()
	w.WriteHeader(status)
	if payload != nil {
		_ = json.NewEncoder(w).Encode(payload)
	}
}

// overHTTP connects an app to a Slack by HTTP.
func overHTTP(t *testing.T, s *Server) *fakeApp {
	t.Helper()
	a := &fakeApp{}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	s.UseHTTP(Endpoints{
		Events: []string{server.URL + "/events"}, Interactions: []string{server.URL + "/interactions"}, Commands: []string{server.URL + "/commands"},
	})
	return a
}

// overSockets connects an app to a Slack by Socket Mode.
func overSockets(t *testing.T, s *Server) *fakeApp {
	t.Helper()
	a := &fakeApp{}
	client := socketmode.New(app(s))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = client.RunContext(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-client.Events:
				a.take(ctx, client, e)
			}
		}
	}()
	before := s.Sockets()
	waitFor(t, "the socket is open", func() bool { return s.Sockets() > before })
	return a
}

func (a *fakeApp) take(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	a.mu.Lock()
	switch data := e.Data.(type) {
	case slack.InteractionCallback:
		a.pressed = append(a.pressed, data)
	case slack.SlashCommand:
		a.commands = append(a.commands, data)
	case slackevents.EventsAPIEvent:
		a.events = append(a.events, data)
		a.retries = append(a.retries, e.Request.RetryReason)
	default:
		a.mu.Unlock()
		return
	}
	a.mu.Unlock()
	status, payload := a.next()
	if status == http.StatusOK {
		_ = client.SendCtx(ctx, socketmode.Response{EnvelopeID: e.Request.EnvelopeID, Payload: payload})
	}
}

func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("did not come about: %s", what)
		}
	}
}

// eachWay runs a test over both ways in which Slack delivers.
func eachWay(t *testing.T, test func(t *testing.T, s *Server, a *fakeApp)) {
	for name, connect := range map[string]func(*testing.T, *Server) *fakeApp{"http": overHTTP, "socket": overSockets} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := workspace(t, Options{})
			test(t, s, connect(t, s))
			if faults := s.Faults(); len(faults) > 0 {
				t.Errorf("faults: %q", faults)
			}
		})
	}
}

// card posts a message with a button, a menu and checkboxes.
func card(t *testing.T, s *Server) Message {
	t.Helper()
	button := slack.NewButtonBlockElement("yes", "a:1:answer", plainText("Yes"))
	option := func(v string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(v, plainText("Option "+v), nil)
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("Choose"), "menu", option("a"), option("b"))
	boxes := slack.NewCheckboxGroupsBlockElement("boxes", option("c"), option("d"))
	_, ts, err := app(s).PostMessage(consult, slack.MsgOptionText("card", false), slack.MsgOptionBlocks(
		section("the card"), slack.NewActionBlock("row", button, menu, boxes),
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range s.Messages("", consult) {
		if m.TS == ts {
			return m
		}
	}
	t.Fatal("the card is not there")
	return Message{}
}

func TestAPressArrivesWithWhereAndWhat(t *testing.T) {
	eachWay(t, func(t *testing.T, s *Server, a *fakeApp) {
		m := card(t, s)
		_, err := s.As(dana).Choose(m.Where(), "row", "boxes", "Option d")
		taken(t, err)
		out, err := s.As(dana).Press(m.Where(), "row", "yes")
		if err != nil || out.Notice != "" {
			t.Fatalf("got %+v, %v", out, err)
		}
		in := a.last(t)
		if in.User.ID != dana || in.Team.ID != TeamID || in.Channel.ID != consult || in.Container.MessageTs != m.TS || in.Message.Timestamp != m.TS {
			t.Errorf("it comes from %s in %s, of message %s", in.User.ID, in.Channel.ID, in.Container.MessageTs)
		}
		if what := in.ActionCallback.BlockActions; len(what) != 1 || what[0].Value != "a:1:answer" || what[0].ActionID != "yes" || what[0].BlockID != "row" {
			t.Errorf("it says %+v", what)
		}
		if picked := in.BlockActionState.Values["row"]["boxes"].SelectedOptions; len(picked) != 1 || picked[0].Value != "d" {
			t.Errorf("the state holds %+v", picked)
		}
		if in.TriggerID == "" || in.ResponseURL == "" {
			t.Error("there is no trigger or no response address")
		}
		_, err = s.As(dana).Choose(m.Where(), "row", "menu", "Option b")
		taken(t, err)
		if what := a.last(t).ActionCallback.BlockActions[0]; what.SelectedOption.Value != "b" {
			t.Errorf("the choice says %+v", what)
		}
		heard := len(a.pressed)
		_, err = s.As(dana).Choose(m.Where(), "row", "menu", "Option b")
		if err != nil || len(a.pressed) != heard {
			t.Errorf("the same choice again: %v, heard %d times", err, len(a.pressed)-heard)
		}
		if _, err := s.As("U0MALLORY").Press(m.Where(), "row", "yes"); !errors.Is(err, ErrNotThere) {
			t.Errorf("somebody outside pressed: %v", err)
		}
		if _, err := s.As(dana).Press(m.Where(), "row", "gone"); !errors.Is(err, ErrNotThere) {
			t.Errorf("a button that is not there was pressed: %v", err)
		}
	})
}

func TestAChoiceThatIsNotAcknowledgedIsPutBackAndCanBeMadeAgain(t *testing.T) {
	s := workspace(t, Options{})
	a, m := overHTTP(t, s), card(t, s)
	a.answers(http.StatusInternalServerError, nil)
	out, err := s.As(dana).Choose(m.Where(), "row", "menu", "Option b")
	if err != nil || out.Notice == "" {
		t.Fatalf("got %+v, %v", out, err)
	}
	a.answers(http.StatusOK, nil)
	if _, err = s.As(dana).Choose(m.Where(), "row", "menu", "Option b"); err != nil || len(a.pressed) != 2 {
		t.Errorf("made again: %v, heard %d times", err, len(a.pressed))
	}
}

func TestACommandIsAnsweredByTheAcknowledgement(t *testing.T) {
	eachWay(t, func(t *testing.T, s *Server, a *fakeApp) {
		a.answers(http.StatusOK, map[string]any{"text": "your consults"})
		_, err := s.As(dana).Command(consult, "/consult", "list")
		taken(t, err)
		if cmd := a.commands[0]; cmd.Text != "list" || cmd.UserID != dana || cmd.ChannelID != consult || cmd.TeamID != TeamID {
			t.Errorf("got %+v", cmd)
		}
		if got := s.Ephemeral(dana); len(got) != 1 || got[0].Text != "your consults" || len(s.Messages(sam, consult)) != 0 {
			t.Errorf("Dana sees %+v", got)
		}
		a.answers(http.StatusOK, map[string]any{"text": "for all", "response_type": "in_channel"})
		_, err = s.As(dana).Command(consult, "/consult", "Jane Roe")
		taken(t, err)
		if got := s.Messages(sam, consult); len(got) != 2 || got[0].Text != "/consult Jane Roe" {
			t.Errorf("an answer to all does not show what was typed: %+v", got)
		}
		a.answers(http.StatusOK, map[string]any{"text": "", "blocks": []any{}})
		if out, _ := s.As(dana).Command(consult, "/consult", ""); !strings.Contains(out.Notice, "no_text") {
			t.Errorf("a bad answer shows %q", out.Notice)
		}
	})
}

func TestAResponseAddressIsForFiveUsesInHalfAnHour(t *testing.T) {
	s := workspace(t, Options{})
	a := overHTTP(t, s)
	m := card(t, s)
	respond := func(address string, message *slack.WebhookMessage) error {
		return slack.PostWebhookContext(t.Context(), address, message)
	}
	press := func(at Where) string {
		t.Helper()
		_, err := s.As(dana).Press(at, "row", "yes")
		taken(t, err)
		return a.last(t).ResponseURL
	}
	address := press(m.Where())
	taken(t, respond(address, &slack.WebhookMessage{Text: "hint"}))
	if got := s.Ephemeral(dana); len(got) != 1 || got[0].Text != "hint" {
		t.Fatalf("Dana sees %+v", got)
	}
	taken(t, respond(address, &slack.WebhookMessage{Text: "second look", ReplaceOriginal: true}))
	if got := s.Messages(sam, consult); len(got) != 1 || got[0].TS != m.TS || got[0].Text != "second look" {
		t.Errorf("the channel shows %+v", got)
	}
	for range 3 {
		taken(t, respond(address, &slack.WebhookMessage{Text: "hint"}))
	}
	if err := respond(address, &slack.WebhookMessage{Text: "hint"}); err == nil {
		t.Error("a sixth use was taken")
	}
	other := card(t, s)
	address = press(other.Where())
	s.Advance(hookLife + time.Second)
	if err := respond(address, &slack.WebhookMessage{Text: "late"}); err == nil {
		t.Error("a use after half an hour was taken")
	}
	_, err := app(s).PostEphemeral(consult, dana, slack.MsgOptionText("x", false), slack.MsgOptionBlocks(
		slack.NewActionBlock("row", slack.NewButtonBlockElement("yes", "v", plainText("Yes"))),
	))
	taken(t, err)
	hints := s.Ephemeral(dana)
	address = press(hints[len(hints)-1].Where())
	if in := a.last(t); !in.Container.IsEphemeral || in.Message.Timestamp != "" {
		t.Errorf("a press on an ephemeral message brings %+v", in.Container)
	}
	taken(t, respond(address, &slack.WebhookMessage{DeleteOriginal: true}))
	if got := len(s.Ephemeral(dana)); got != len(hints)-1 {
		t.Errorf("%d ephemeral messages are left, want %d", got, len(hints)-1)
	}
}

func TestWhatHasALabelIsFoundWhereSomebodySeesIt(t *testing.T) {
	s := workspace(t, Options{})
	a := overHTTP(t, s)
	card(t, s)
	done := slack.NewSectionBlock(plainText("Tell the police"), nil, slack.NewAccessory(slack.NewButtonBlockElement("done", "v", plainText("Done"))))
	_, _, err := app(s).PostMessage(dana, slack.MsgOptionText("list", false), slack.MsgOptionBlocks(done))
	taken(t, err)
	spot, ok := s.As(dana).Find("Done", "Tell the", nil)
	if _, err := s.As(dana).Do(spot); !ok || err != nil || a.last(t).ActionCallback.BlockActions[0].ActionID != "done" {
		t.Errorf("the button of a line: %v, %v", ok, err)
	}
	if _, ok := s.As(dana).Find("Done", "Warn", nil); ok {
		t.Error("a button of another line was found")
	}
	if _, ok := s.As(sam).Find("Done", "", nil); ok {
		t.Error("Sam finds what stands in Dana's direct messages")
	}
	spot, ok = s.As(sam).Find("Option b", "", func(w Where) bool { return w.In(consult) })
	if _, err := s.As(sam).Do(spot, "Option b"); !ok || err != nil || a.last(t).ActionCallback.BlockActions[0].SelectedOption.Value != "b" {
		t.Errorf("an option: %v, %v", ok, err)
	}
	if got := s.As(dana).Labels(); !slices.Contains(got, "Tell the police Done") || !slices.Contains(got, "Option a") {
		t.Errorf("the labels are %q", got)
	}
}
