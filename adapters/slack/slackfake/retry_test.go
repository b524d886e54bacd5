package slackfake

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/slack-go/slack/slackevents"
)

func TestAnEventIsSentAgainUntilItIsAcknowledged(t *testing.T) {
	s := workspace(t, Options{RetryAfter: []time.Duration{0, time.Millisecond, time.Millisecond}})
	a := overHTTP(t, s)
	a.answers(http.StatusInternalServerError, nil)
	_, done := s.Event(map[string]any{"type": "app_mention", "user": dana, "text": "hello", "channel": consult})
	<-done
	if want := []string{" ", "1 http_error", "2 http_error", "3 http_error"}; !slices.Equal(a.retries, want) {
		t.Errorf("the tries were %q, want %q", a.retries, want)
	}
	ids := map[string]bool{}
	for _, e := range a.events {
		ids[e.Data.(*slackevents.EventsAPICallbackEvent).EventID] = true
	}
	if len(ids) != 1 {
		t.Errorf("one event came under %d ids", len(ids))
	}
	a.answers(http.StatusOK, nil)
	_, done = s.Event(map[string]any{"type": "app_mention", "user": dana, "channel": consult})
	<-done
	if len(a.retries) != 5 {
		t.Errorf("an acknowledged event came %d times", len(a.retries)-4)
	}
}

func TestAnAppCanEndTheRetries(t *testing.T) {
	s := workspace(t, Options{RetryAfter: []time.Duration{0, 0, 0}})
	tries := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		tries++
		w.Header().Set("X-Slack-No-Retry", "1")
		w.WriteHeader(http.StatusTeapot)
	}))
	defer server.Close()
	s.UseHTTP(Endpoints{Events: []string{server.URL}})
	_, done := s.Event(map[string]any{"type": "app_mention"})
	<-done
	if tries != 1 {
		t.Errorf("there were %d tries, want 1", tries)
	}
}

func TestOnlySubscribedEventsAreSent(t *testing.T) {
	s := workspace(t, Options{Events: []string{"app_home_opened"}})
	a := overHTTP(t, s)
	_, done := s.Event(map[string]any{"type": "message", "text": "private words"})
	<-done
	_, done = s.Event(map[string]any{"type": "app_home_opened", "user": dana, "tab": "home"})
	<-done
	if len(a.events) != 1 || a.events[0].InnerEvent.Type != "app_home_opened" {
		t.Errorf("got %+v", a.events)
	}
}

func TestAnAddressProvesItself(t *testing.T) {
	s := workspace(t, Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("abc")) }))
	defer server.Close()
	s.UseHTTP(Endpoints{Events: []string{server.URL}})
	if got := s.Challenge("abc"); got != "abc" {
		t.Errorf("got %q", got)
	}
}

func TestASilentAppIsNoticed(t *testing.T) {
	eachWay(t, func(t *testing.T, s *Server, a *fakeApp) {
		m := card(t, s)
		a.answers(http.StatusInternalServerError, nil)
		out, err := s.As(dana).Press(m.Where(), "row", "yes")
		if err != nil || out.Notice != noticeSilent || out.Took > ackTime+time.Second {
			t.Errorf("got %+v, %v", out, err)
		}
		if got := s.Notices(dana); len(got) != 1 {
			t.Errorf("Dana was told %q", got)
		}
	})
}

func TestEachPayloadGoesToOneOfTheSockets(t *testing.T) {
	s := workspace(t, Options{})
	first, second := overSockets(t, s), overSockets(t, s)
	m := card(t, s)
	for range 6 {
		_, err := s.As(dana).Press(m.Where(), "row", "yes")
		taken(t, err)
	}
	if len(first.pressed)+len(second.pressed) != 6 || len(first.pressed) == 0 || len(second.pressed) == 0 {
		t.Errorf("one had %d presses, the other %d", len(first.pressed), len(second.pressed))
	}
}

func TestASocketThatIsAskedToEndComesBack(t *testing.T) {
	for _, end := range map[string]func(*Server){
		"refresh": func(s *Server) { s.Disconnect("refresh_requested") },
		"cut":     (*Server).DropSockets,
	} {
		s := workspace(t, Options{})
		overSockets(t, s)
		opened := len(s.Calls("apps.connections.open"))
		end(s)
		waitFor(t, "there is a socket again", func() bool { return len(s.Calls("apps.connections.open")) > opened && s.Sockets() == 1 })
	}
}

func TestWithoutASocketAPressIsNoticedAtOnce(t *testing.T) {
	s := workspace(t, Options{})
	m := card(t, s)
	out, err := s.As(dana).Press(m.Where(), "row", "yes")
	if err != nil || out.Notice == "" {
		t.Errorf("got %+v, %v", out, err)
	}
}

func TestWhatSlackTakesWithoutAWordIsAFault(t *testing.T) {
	s := workspace(t, Options{})
	for _, sent := range []string{`{"envelope_id":"none"}`, `no json`} {
		s.acknowledge([]byte(sent))
	}
	e := &envelope{answer: make(chan []byte, 1)}
	s.awaiting["e"] = e
	s.acknowledge([]byte(`{"envelope_id":"e","payload":{"text":"` + long(maxAckPayload) + `"}}`))
	if e.acked {
		t.Error("an acknowledgement of 20 KB was taken")
	}
	s.acknowledge([]byte(`{"envelope_id":"e","payload":{"text":"x"}}`))
	s.acknowledge([]byte(`{"envelope_id":"e"}`))
	if got := s.Faults(); len(got) != 5 {
		t.Errorf("%d faults, want 5: %q", len(got), got)
	}
}

func TestAnOrganisationIsNamedEverywhere(t *testing.T) {
	s := workspace(t, Options{Enterprise: "E0HARBOR"})
	a := overHTTP(t, s)
	m := card(t, s)
	_, err := s.As(dana).Press(m.Where(), "row", "yes")
	taken(t, err)
	_, err = s.As(dana).Command(consult, "/consult", "")
	taken(t, err)
	who, err := app(s).AuthTest()
	taken(t, err)
	if a.last(t).Enterprise.ID != "E0HARBOR" || a.commands[0].EnterpriseID != "E0HARBOR" || who.EnterpriseID != "E0HARBOR" {
		t.Errorf("got %q, %q, %q", a.last(t).Enterprise.ID, a.commands[0].EnterpriseID, who.EnterpriseID)
	}
}

func TestASignatureIsThatOfTheDocuments(t *testing.T) {
	body := []byte("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
	want := "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	if got := Sign("8f742231b10e8888abcd99yyyzzz85a5", time.Unix(1531420618, 0), body); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
