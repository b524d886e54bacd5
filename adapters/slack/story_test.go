package slack

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/dialog"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

func TestAWindowThatOpensTooLateSaysSoAndTheNextPressOpensIt(t *testing.T) {
	eachWay(t, slackfake.Options{}, func(h *harness, d *desk) {
		h.posted("Ask", true)
		d.replies(bot.Reply{Reply: dialog.Reply{Form: &dialog.Form{
			Title: "Ask", Label: "Send", Submit: dialog.Press{Handle: handle, Version: 1, Action: "ask"},
			Fields: []dialog.Field{{ID: "question", Label: "Your question", Required: true, MaxLength: 100}},
		}}})
		dana := h.As(adaptertest.Clinician)
		h.fake.HurryTriggers(time.Minute)
		card := h.message(handle, func() []adaptertest.Message { return dana.Thread(handle) })
		dana.Press(card, "Ask")
		h.message("press again", dana.Private)
		h.fake.HurryTriggers(0)
		dana.Press(card, "Ask")
		waitFor(h.t, "the form is open", func() bool { _, open := dana.Form(); return open })
	})
}

func TestAPressIsAnsweredWhateverSlackDoesToTheAnswer(t *testing.T) {
	for name, trouble := range map[string]slackfake.Trouble{
		"the response address fails":         {Method: "response_url", Status: http.StatusInternalServerError},
		"the response address is too busy":   {Method: "response_url", Status: http.StatusTooManyRequests, RetryAfter: 30},
		"accounts cannot be looked up":       {Method: "users.info", Status: http.StatusInternalServerError},
		"accounts are looked up too often":   {Method: "users.info", Status: http.StatusTooManyRequests, RetryAfter: 30},
		"the workspace cannot be asked":      {Method: "auth.test", Status: http.StatusInternalServerError},
		"ephemeral messages are not allowed": {Method: "chat.postEphemeral", Code: "restricted_action"},
		"everything comes late":              {Delay: 300 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, d := newHarness(t, slackfake.Options{}), &desk{}
			h.overHTTP(d)
			h.posted("Yes", false)
			h.fake.Cause(trouble)
			next := dialog.View{Title: handle, Fallback: handle, Blocks: []dialog.Block{dialog.Text{Text: "second look"}}}
			d.replies(bot.Reply{View: &next, Version: 2, Reply: dialog.Reply{Notice: "a private hint"}})
			dana := h.As(adaptertest.Clinician)
			dana.Press(h.message(handle, func() []adaptertest.Message { return dana.Thread(handle) }), "Yes")
			h.message("second look", func() []adaptertest.Message { return dana.Thread(handle) })
			h.message("a private hint", dana.Private)
		})
	}
}

func TestADeliverySaysHowItEnded(t *testing.T) {
	for name, tt := range map[string]struct {
		trouble slackfake.Trouble
		want    bot.Outcome
		wait    time.Duration
		cards   int
	}{
		"Slack asks for time":         {slackfake.Trouble{Status: http.StatusTooManyRequests, RetryAfter: 7}, bot.Busy, 7 * time.Second, 0},
		"Slack is broken":             {slackfake.Trouble{Status: http.StatusInternalServerError}, bot.Ambiguous, 0, 0},
		"the answer is lost":          {slackfake.Trouble{Lost: true}, bot.Ambiguous, 0, 1},
		"Slack fails in its own code": {slackfake.Trouble{Code: "fatal_error"}, bot.Ambiguous, 0, 0},
		"the bot was taken out":       {slackfake.Trouble{Code: "not_in_channel"}, bot.Unreachable, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, slackfake.Options{})
			tt.trouble.Method, tt.trouble.Times = "chat.postMessage", 1
			h.fake.Cause(tt.trouble)
			r := h.card(1, "", dialog.Text{Text: "first look"})
			if r.Outcome != tt.want || r.RetryAfter != tt.wait {
				t.Errorf("got %+v, want outcome %v after %v", r, tt.want, tt.wait)
			}
			if got := len(h.fake.Messages("", consults)); got != tt.cards {
				t.Errorf("%d cards stand in the channel, want %d", got, tt.cards)
			}
		})
	}
}

func TestACardThatCannotBeEditedAnyMoreGoesOnFurtherDown(t *testing.T) {
	h := newHarness(t, slackfake.Options{EditWindow: time.Hour})
	old := h.posted("Yes", false)
	h.fake.Advance(2 * time.Hour)
	r := h.card(2, old, dialog.Text{Text: "second look"})
	if r.Outcome != bot.Delivered || r.Ref == old {
		t.Fatalf("got %+v", r)
	}
	var roots, pointers int
	_, thread, _ := strings.Cut(string(old), "/")
	for _, m := range h.fake.Messages(accounts[adaptertest.Clinician], consults) {
		switch {
		case m.ThreadTS == "" && contains(m.Readable(), "second look"):
			roots++
		case m.ThreadTS == thread:
			pointers++
		}
	}
	if roots != 1 || pointers != 1 {
		t.Errorf("there are %d new cards and %d pointers in the old thread, want one of each", roots, pointers)
	}
}

func TestWhereTheChannelIsNotPrivateTheConsultGoesOnInADirectMessage(t *testing.T) {
	h := newHarness(t, slackfake.Options{})
	h.overHTTP(&desk{})
	card := h.posted("Yes", false)
	h.fake.ChangeChannel(consults, func(c *slackfake.Channel) { c.Shared = true })
	_, done := h.fake.Event(map[string]any{"type": "channel_shared", "channel": consults, "connected_team_id": "T0OTHER"})
	<-done
	waitFor(t, "the channel is refused", func() bool {
		verdict, err := h.slack.Check(t.Context(), h.Home())
		return err == nil && !verdict.Private
	})
	if r := h.card(2, card, dialog.Text{Text: "second look"}); r.Outcome != bot.Delivered {
		t.Fatalf("got %+v", r)
	}
	for _, m := range h.fake.Messages("", consults) {
		if contains(m.Readable(), "second look") || contains(m.Readable(), "Yes") {
			t.Errorf("the shared channel shows %q", m.Readable())
		}
	}
	dana := h.As(adaptertest.Clinician)
	h.message("second look", dana.Direct)
}

func TestOnlyFullMembersOfThePracticesWorkspaceAreAnswered(t *testing.T) {
	eachWay(t, slackfake.Options{}, func(h *harness, d *desk) {
		h.posted("Yes", false)
		d.replies(notifying("the answer"))
		for id, p := range map[string]slackfake.Person{
			"U0GUEST": {Guest: true}, "U0ONE": {SingleGuest: true}, "U0OUT": {Stranger: true}, "U0GONE": {Deactivated: true},
		} {
			p.ID = id
			h.fake.AddPerson(p)
			h.fake.Join(consults, id)
			s := &seat{t: h.t, fake: h.fake, client: h.fake.As(id), slack: h.slack, user: id}
			s.Press(h.message(handle, func() []adaptertest.Message { return s.Thread(handle) }), "Yes")
			waitFor(h.t, id+" is told why not", func() bool { return len(s.Private())+len(s.Direct()) > 0 })
			for _, m := range s.Private() {
				if contains(m.Text, "the answer") {
					h.t.Errorf("%s was answered", id)
				}
			}
		}
		if got := d.inbound(); len(got) != 0 {
			h.t.Errorf("the bot heard %+v", got)
		}
	})
}

func TestAnEventThatComesAgainIsTakenOnce(t *testing.T) {
	eachWay(t, slackfake.Options{}, func(h *harness, d *desk) {
		dana := accounts[adaptertest.Clinician]
		fields := map[string]any{"type": "app_home_opened", "user": dana, "tab": "home", "channel": "D0"}
		id, done := h.fake.Event(fields)
		<-done
		waitFor(h.t, "the home is shown", func() bool { _, ok := h.fake.Home(dana); return ok })
		for range 3 {
			h.fake.Redeliver(id, fields)
		}
		h.slack.Wait()
		if got := d.published(); got != 1 {
			h.t.Errorf("one visit was answered %d times", got)
		}
		if _, ok := h.fake.Home(accounts[adaptertest.Supervisor]); ok {
			h.t.Error("somebody else has a home too")
		}
	})
}

func TestARetryIsTakenWhenTheFirstTryReachedNobody(t *testing.T) {
	h, d := newHarness(t, slackfake.Options{}), &desk{}
	h.overHTTP(d)
	dana := accounts[adaptertest.Clinician]
	h.fake.Redeliver("Ev-first-seen-now", map[string]any{"type": "app_home_opened", "user": dana, "tab": "home"})
	waitFor(t, "the home is shown", func() bool { _, ok := h.fake.Home(dana); return ok })
}

func TestThePressOfAHomeIsAnswered(t *testing.T) {
	eachWay(t, slackfake.Options{}, func(h *harness, d *desk) {
		dana := h.fake.As(accounts[adaptertest.Clinician])
		dana.OpenHome()
		var home slackfake.View
		waitFor(h.t, "the home is shown", func() (ok bool) { home, ok = h.fake.Home(accounts[adaptertest.Clinician]); return ok })
		d.replies(notifying("opened"))
		c := home.Controls()[0]
		if out, err := dana.Press(home.Where(), c.BlockID, c.Element.ActionID); err != nil || out.Notice != "" {
			h.t.Fatalf("got %+v, %v", out, err)
		}
		waitFor(h.t, "the bot has heard of it", func() bool { return len(d.inbound()) == 1 })
		in := d.inbound()[0]
		if in.Press.Action != dialog.ActOpen || in.In != bot.DirectTo(h.Account(adaptertest.Clinician)) {
			h.t.Errorf("heard %+v", in)
		}
		h.message("opened", h.As(adaptertest.Clinician).Private)
	})
}

func TestSocketsThatAreCutOrRefreshedComeBackAndNothingIsLost(t *testing.T) {
	for name, end := range map[string]func(*slackfake.Server){
		"cut": (*slackfake.Server).DropSockets, "refreshed": func(s *slackfake.Server) { s.Disconnect("refresh_requested") },
		"garbage": func(s *slackfake.Server) { s.SendRaw("{not json"); s.SendRaw(`{"type":"surprise"}`) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, d := newHarness(t, slackfake.Options{}), &desk{}
			h.overSockets(d)
			waitFor(t, "both sockets are open", func() bool { return h.fake.Sockets() == 2 })
			h.posted("Yes", false)
			d.replies(notifying("the answer"))
			end(h.fake)
			s := h.As(adaptertest.Clinician)
			card := h.message(handle, func() []adaptertest.Message { return s.Thread(handle) })
			waitFor(t, "a press is answered", func() bool {
				s.Press(card, "Yes")
				return len(s.Private()) > 0
			})
			waitFor(t, "both sockets are open again", func() bool { return h.fake.Sockets() == 2 })
		})
	}
}

func TestWhatSlackHasNotSignedIsRefusedUnread(t *testing.T) {
	h, d := newHarness(t, slackfake.Options{}), &desk{}
	server := httptest.NewServer(h.slack.Handler(d))
	defer server.Close()
	form := []byte(url.Values{"team_id": {slackfake.TeamID}, "user_id": {"U0DANA"}, "channel_id": {consults}, "command": {"/consult"}}.Encode())
	send := func(query string, at time.Time, signature string) int {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/slack/commands"+query, bytes.NewReader(form))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(at.Unix(), 10))
		req.Header.Set("X-Slack-Signature", signature)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	now := time.Now()
	good := slackfake.Sign(slackfake.SigningSecret, now, form)
	for name, got := range map[string]int{
		"no signature":          send("", now, ""),
		"another secret":        send("", now, slackfake.Sign("other", now, form)),
		"another time":          send("", now.Add(time.Second), good),
		"six minutes ago":       send("", now.Add(-6*time.Minute), slackfake.Sign(slackfake.SigningSecret, now.Add(-6*time.Minute), form)),
		"six minutes from now":  send("", now.Add(6*time.Minute), slackfake.Sign(slackfake.SigningSecret, now.Add(6*time.Minute), form)),
		"no prefix":             send("", now, strings.TrimPrefix(good, "v0=")),
		"half of the signature": send("", now, good[:30]),
	} {
		if got != http.StatusUnauthorized {
			t.Errorf("%s: got %d, want 401", name, got)
		}
	}
	if got := d.inbound(); len(got) != 0 {
		t.Fatalf("the bot heard %+v", got)
	}
	if got := send("?user_id=U0SAM&text=list", now, good); got != http.StatusOK {
		t.Fatalf("what Slack signed: got %d", got)
	}
	h.slack.Wait()
	if got := d.inbound(); len(got) != 1 || got[0].From.User != "U0DANA" || got[0].Word != "" {
		t.Errorf("what stands in the address was read: %+v", got)
	}
}

func TestTheAddressForEventsProvesItself(t *testing.T) {
	h := newHarness(t, slackfake.Options{})
	h.overHTTP(&desk{})
	if got := h.fake.Challenge("3eZbrw1aBm2rZgRNFdxV"); got != "3eZbrw1aBm2rZgRNFdxV" {
		t.Errorf("got %q", got)
	}
}

func TestThePeopleOfAnOrganisationAreThoseOfItsWorkspace(t *testing.T) {
	eachWay(t, slackfake.Options{Enterprise: "E0HARBOR"}, func(h *harness, d *desk) {
		d.replies(notifying("the answer"))
		dana := h.As(adaptertest.Clinician)
		dana.Command("list")
		h.message("the answer", dana.Private)
		if in := d.inbound()[0]; in.From.Workspace != "E0HARBOR/"+slackfake.TeamID {
			h.t.Errorf("heard from %+v", in.From)
		}
	})
}
