package discordfake

import (
	"net/http"
	"strconv"
	"testing"
	"time"
)

func TestLimitsAreToldAndHeld(t *testing.T) {
	s := server(t, Options{Limits: 1})
	body := `{"content":"x","allowed_mentions":{"parse":[]}}`
	for left := 4; left >= 0; left-- {
		a := post(t, s, consult, body).is(t, 200, 0)
		if got := a.header.Get("X-RateLimit-Remaining"); got != strconv.Itoa(left) {
			t.Errorf("%s are left, want %d", got, left)
		}
		if a.header.Get("X-RateLimit-Bucket") == "" || a.header.Get("X-RateLimit-Reset-After") == "" {
			t.Errorf("headers %v", a.header)
		}
	}
	a := post(t, s, consult, body)
	after, ok := a.body["retry_after"].(float64)
	if a.status != 429 || !ok || after <= 0 || after > 5 || a.header.Get("Retry-After") == "" || a.header.Get("X-RateLimit-Scope") != "user" || a.body["global"] != false {
		t.Errorf("answered %d %s", a.status, a.raw)
	}
	post(t, s, public, body).is(t, 200, 0)
	s.Advance(6 * time.Second)
	post(t, s, consult, body).is(t, 200, 0)
}

func TestTheGlobalLimitSparesInteractions(t *testing.T) {
	s := server(t, Options{Limits: 10})
	p := pressed(t, s)
	var last answer
	for range globalLimit + 1 {
		last = ask(t, s, http.MethodGet, "/gateway/bot", "")
	}
	if last.status != 429 {
		t.Fatalf("answered %d", last.status)
	}
	global := false
	for _, path := range []string{"/users/@me", "/guilds/" + GuildID} {
		if a := ask(t, s, http.MethodGet, path, ""); a.status == 429 && a.body["global"] == true && a.header.Get("X-RateLimit-Global") == "true" {
			global = true
		}
	}
	for range 2 * globalLimit {
		if a := ask(t, s, http.MethodGet, "/channels/"+consult, ""); a.body["global"] == true {
			global = true
		}
	}
	if !global {
		t.Error("there is no global limit")
	}
	answered(t, s, p, hello).is(t, 204, 0)
	hook(t, s, p, http.MethodPost, "", `{"content":"more","allowed_mentions":{"parse":[]}}`).is(t, 200, 0)
}

func TestWhoIsRefusedTooOftenIsBanned(t *testing.T) {
	s := server(t, Options{BanAfter: 3})
	for range 3 {
		post(t, s, hidden, `{"content":"x"}`).is(t, 403, codeMissingAccess)
	}
	if a := ask(t, s, http.MethodGet, "/users/@me", ""); a.status != 429 || len(a.body) != 0 {
		t.Errorf("answered %d %s", a.status, a.raw)
	}
	s.Advance(11 * time.Minute)
	ask(t, s, http.MethodGet, "/users/@me", "").is(t, 200, 0)
}

func TestTroublesMeetWhatTheyAreMeantFor(t *testing.T) {
	s := server(t, Options{})
	const route = "POST /channels/{channel_id}/messages"
	body := `{"content":"x","allowed_mentions":{"parse":[]}}`
	s.Cause(Trouble{Route: route, Times: 1, Status: 500})
	post(t, s, consult, body).is(t, 500, 0)
	post(t, s, consult, body).is(t, 200, 0)
	s.Cause(Trouble{Route: route, Times: 1, Status: 429, RetryAfter: 2 * time.Second})
	if a := post(t, s, consult, body); a.status != 429 || a.body["retry_after"] != 2.0 {
		t.Errorf("answered %d %s", a.status, a.raw)
	}
	s.Cause(Trouble{Route: route, Times: 1, Status: 403, Code: codeMissingAccess})
	post(t, s, consult, body).is(t, 403, codeMissingAccess)
	lift := s.Cause(Trouble{Status: 502})
	ask(t, s, http.MethodGet, "/users/@me", "").is(t, 502, 0)
	lift()
	ask(t, s, http.MethodGet, "/users/@me", "").is(t, 200, 0)

	before := len(s.Messages("", consult))
	s.Cause(Trouble{Route: route, Times: 1, Lost: true})
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/api/v10/channels/"+consult+"/messages", nil)
	r.Header.Set("Authorization", "Bot "+Token)
	if resp, err := http.DefaultClient.Do(r); err == nil {
		_ = resp.Body.Close()
		t.Error("the answer was not lost")
	}
	s.Cause(Trouble{Route: route, Times: 1, Delay: 50 * time.Millisecond})
	began := time.Now()
	post(t, s, consult, body).is(t, 200, 0)
	if time.Since(began) < 50*time.Millisecond || len(s.Messages("", consult)) != before+1 {
		t.Error("it was not late")
	}
	if got := s.Calls(route); len(got) == 0 || got[len(got)-1].Status != 200 || got[len(got)-1].Body != body {
		t.Errorf("kept %+v", got)
	}
}
