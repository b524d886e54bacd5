package slackfake

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// The people and places of these tests.
const (
	dana    = "U0DANA"
	sam     = "U0SAM"
	kim     = "U0KIM"
	consult = "C0CONSULTS"
	public  = "C0GENERAL"
)

// workspace starts a Slack with a few people and channels.
func workspace(t *testing.T, o Options) *Server {
	t.Helper()
	s := New(o)
	t.Cleanup(s.Close)
	for id, name := range map[string]string{dana: "Dana", sam: "Sam", kim: "Kim"} {
		s.AddPerson(Person{ID: id, Name: name})
	}
	s.AddChannel(Channel{ID: consult, Name: "consults", Private: true, Members: []string{BotUser, dana, sam, kim}})
	s.AddChannel(Channel{ID: public, Name: "general", Members: []string{dana, sam, kim}})
	return s
}

// app is a client of the bot's token.
func app(s *Server) *slack.Client {
	return slack.New(BotToken, slack.OptionAPIURL(s.URL), slack.OptionAppLevelToken(AppToken))
}

// refused demands an error of Slack's.
func refused(t *testing.T, err error, code string) {
	t.Helper()
	if r, ok := errors.AsType[slack.SlackErrorResponse](err); !ok || r.Err != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func taken(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("got %v, want none", err)
	}
}

// send calls a method with raw arguments, for what a library would not send.
func send(t *testing.T, s *Server, method string, args url.Values) (code string) {
	t.Helper()
	args.Set("token", BotToken)
	resp, err := http.PostForm(s.URL+method, args)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var answer struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if answer.OK != (answer.Error == "") {
		t.Errorf("%s: ok is %v with the error %q", method, answer.OK, answer.Error)
	}
	return answer.Error
}

// post posts raw blocks into the consultation channel.
func post(t *testing.T, s *Server, blocks string) string {
	t.Helper()
	return send(t, s, "chat.postMessage", url.Values{"channel": {consult}, "text": {"a card"}, "blocks": {blocks}})
}

// view publishes raw blocks of a modal, with a trigger of Dana's.
func openRaw(t *testing.T, s *Server, view string) string {
	t.Helper()
	return send(t, s, "views.open", url.Values{"trigger_id": {trig(s, dana)}, "view": {view}})
}

// trig gives out a trigger as an interaction would.
func trig(s *Server, user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trigger(user)
}

func long(n int) string { return strings.Repeat("a", n) }

func plainText(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func section(text string) slack.Block {
	return slack.NewSectionBlock(plainText(text), nil, nil)
}
