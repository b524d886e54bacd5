package slack

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/dialog"
)

// A newer is a bot on whose consult another process works as well: what it shows
// is newer than what it replies.
type newer struct {
	desk
	view dialog.View
}

func (n *newer) Show(context.Context, dialog.Effect) (dialog.View, *dialog.File, bool) {
	return n.view, nil, true
}

func sayingOnly(text string) dialog.View {
	return dialog.View{Title: handle, Fallback: handle, Blocks: []dialog.Block{dialog.Text{Text: text}}}
}

func TestAReplyThatIsOvertakenByAnotherProcessIsPutRight(t *testing.T) {
	t.Parallel()
	h, b := newHarness(t, slackfake.Options{}), &newer{view: sayingOnly("seventh look")}
	h.overHTTP(b)
	h.posted("Yes", false)
	sixth := sayingOnly("sixth look")
	b.replies(bot.Reply{View: &sixth, Version: 6})
	dana := h.As(adaptertest.Clinician)
	dana.Press(h.message(handle, func() []adaptertest.Message { return dana.Thread(handle) }), "Yes")
	h.message("seventh look", func() []adaptertest.Message { return dana.Thread(handle) })
}

func TestATokenOfAnotherWorkspaceEndsTheConnectionForGood(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Options){
		"another workspace":                func(o *Options) { o.Team = "T0OTHER" },
		"an organisation that is not said": func(o *Options) { o.Enterprise = "" },
	} {
		h := newHarness(t, slackfake.Options{Enterprise: "E0HARBOR"})
		change(&h.slack.options)
		if err := h.slack.Run(t.Context(), &desk{}); !errors.Is(err, errElsewhere) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestARevokedTokenEndsTheConnectionForGoodAndIsNotPrinted(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	h.fake.Cause(slackfake.Trouble{Method: "auth.test", Code: "token_revoked"})
	err := h.slack.Run(t.Context(), &desk{})
	if err == nil || !strings.Contains(err.Error(), "token_revoked") || strings.Contains(err.Error(), slackfake.BotToken) {
		t.Errorf("got %v", err)
	}
}

func TestASlackThatIsAwayAtTheStartIsWaitedFor(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	h.fake.Cause(slackfake.Trouble{Method: "auth.test", Status: http.StatusServiceUnavailable})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.slack.Run(ctx, &desk{}) }()
	waitFor(t, "it asks", func() bool { return len(h.fake.Calls("auth.test")) > 0 })
	select {
	case err := <-ended:
		t.Errorf("it gave up: %v", err)
	default:
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestARequestThatIsSignedAndMakesNoSenseIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	h, d := newHarness(t, slackfake.Options{}), &desk{}
	server := httptest.NewServer(h.slack.Handler(d))
	defer server.Close()
	for name, tc := range map[string]struct {
		path, body string
		want       int
	}{
		"an event that is no JSON":     {EventsPath, "{", http.StatusBadRequest},
		"an event without an id":       {EventsPath, `{"type":"event_callback","event":{"type":"group_archive"}}`, http.StatusBadRequest},
		"a press without a payload":    {InteractionsPath, "a=b", http.StatusBadRequest},
		"a command of nobody":          {CommandsPath, "text=list", http.StatusBadRequest},
		"more than Slack ever sends":   {EventsPath, strings.Repeat(" ", maxBody+1), http.StatusRequestEntityTooLarge},
		"a notice that events are cut": {EventsPath, `{"type":"app_rate_limited"}`, http.StatusOK},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+tc.path, bytes.NewReader([]byte(tc.body)))
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
		r.Header.Set("X-Slack-Signature", slackfake.Sign(slackfake.SigningSecret, now, []byte(tc.body)))
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != tc.want {
			t.Errorf("%s: got %d, want %d", name, resp.StatusCode, tc.want)
		}
	}
	if got := d.inbound(); len(got) != 0 {
		t.Errorf("the bot heard %+v", got)
	}
}

func TestAResponseAddressOfAnotherHostIsNeverWrittenTo(t *testing.T) {
	t.Parallel()
	s := plainSlack(t)
	for address, want := range map[string]bool{
		"https://hooks.slack.com/actions/T/1/x":     true,
		"https://hooks.slack-gov.com/actions/T/1/x": true,
		"https://hooks.slack.com.evil.example/x":    false,
		"https://evilslack.com/x":                   false,
		"http://hooks.slack.com/x":                  false,
		"http://127.0.0.1:1/x":                      false,
		"":                                          false,
	} {
		if got := s.trusted(address); got != want {
			t.Errorf("%q: %v, want %v", address, got, want)
		}
	}
}

func TestAnAddressThatLeavesTheMachineMustBeEncrypted(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://slack.com/api/": true, "wss://wss-primary.slack.com/link": true, "http://127.0.0.1:9/api/": true,
		"ws://[::1]:9/link": true, "http://localhost/api/": true, "http://slack.com/api/": false, "ws://slack.com/link": false,
		"file:///etc/passwd": false, "slack.com": false,
	} {
		if got := safeURL(address) == nil; got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func TestAnErrorHoldsNothingOfWhatWasSent(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	h.fake.Close()
	_, err := h.slack.post(t.Context(), consults, "", message{text: "the text"})
	if err == nil {
		t.Fatal("it was posted to nobody")
	}
	for _, secret := range []string{"the text", slackfake.BotToken, "http", "127.0.0.1"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q holds %q", err, secret)
		}
	}
}

func TestAHomeIsShownAgainWhenSomethingWaitsAndOnlyWhenItChanged(t *testing.T) {
	t.Parallel()
	v := &visits{}
	who := bot.Identity{Platform: Name, Workspace: "T0HARBOR", User: "U0SAM"}
	v.stale("U0SAM")
	if len(v.due()) != 0 {
		t.Error("somebody who was never there is visited")
	}
	v.opened(who)
	if len(v.due()) != 0 {
		t.Error("what was just shown is shown again")
	}
	v.stale("U0SAM")
	if due := v.due(); len(due) != 1 || due[0] != who {
		t.Errorf("due are %v", due)
	}
	p := newPainter(markHome, func(string) string { return "" })
	blocks := p.small("what waits")
	if !v.differs("U0SAM", blocks) || v.differs("U0SAM", blocks) {
		t.Error("a home that has not changed is published again")
	}
}

// A slow bot takes its time over forms.
type slow struct {
	desk
	takes time.Duration
}

func (s *slow) Handle(ctx context.Context, in bot.Inbound) bot.Reply {
	if in.Kind == bot.Submit {
		time.Sleep(s.takes)
	}
	return s.desk.Handle(ctx, in)
}

// ask is a form with one field.
func askForm() *dialog.Form {
	return &dialog.Form{
		Title: "Ask", Label: "Send", Submit: dialog.Press{Handle: handle, Version: 1, Action: "ask"},
		Fields: []dialog.Field{{ID: "question", Label: "Your question", Required: true, MaxLength: 100}},
	}
}

func TestAFormThatIsRefusedTooLateForSlackOpensAgainWithWhy(t *testing.T) {
	t.Parallel()
	h, b := newHarness(t, slackfake.Options{}), &slow{takes: patience + 100*time.Millisecond}
	h.overHTTP(b)
	h.posted("Ask", true)
	b.replies(bot.Reply{Reply: dialog.Reply{Form: askForm()}})
	dana := h.As(adaptertest.Clinician)
	dana.Press(h.message(handle, func() []adaptertest.Message { return dana.Thread(handle) }), "Ask")
	waitFor(t, "the form is open", func() bool { _, open := dana.Form(); return open })
	again := askForm()
	again.Fields[0].Value = "May I tell [name]?"
	b.replies(bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"question": "This names a person."}, Rewrite: again}})
	dana.Submit(map[dialog.FieldID]string{"question": "May I tell Jane?"})
	waitFor(t, "the form is open again, rewritten", func() bool {
		form, open := dana.Form()
		return open && form.Fields[0].Value == "May I tell [name]?"
	})
	modal, _ := h.fake.Modal(accounts[adaptertest.Clinician])
	if len(modal.Blocks) == 0 || modal.Blocks[0].Text == nil || !strings.Contains(modal.Blocks[0].Text.Text, "This names a person.") {
		t.Errorf("it does not say why: %+v", modal.Blocks)
	}
}

func TestTheAnswerToAFormOfTheHomeStaysInItsWindow(t *testing.T) {
	t.Parallel()
	eachWay(t, slackfake.Options{}, func(h *harness, d *desk) {
		dana := h.fake.As(accounts[adaptertest.Clinician])
		dana.OpenHome()
		var home slackfake.View
		waitFor(h.t, "the home is shown", func() (ok bool) { home, ok = h.fake.Home(accounts[adaptertest.Clinician]); return ok })
		d.replies(bot.Reply{Reply: dialog.Reply{Form: askForm()}})
		c := home.Controls()[0]
		if _, err := dana.Press(home.Where(), c.BlockID, c.Element.ActionID); err != nil {
			h.t.Fatal(err)
		}
		seat := h.As(adaptertest.Clinician)
		waitFor(h.t, "the form is open", func() bool { _, open := seat.Form(); return open })
		d.replies(notifying("what came of it"))
		seat.Submit(map[dialog.FieldID]string{"question": "May I?"})
		waitFor(h.t, "the answer is in the window", func() bool {
			modal, open := h.fake.Modal(accounts[adaptertest.Clinician])
			return open && strings.Contains(modal.Readable(), "what came of it")
		})
	})
}
