package pager_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"curbside/adapters/pager"
	"curbside/bot"
	"curbside/dialog"
)

// A station is a paging service with a memory.
type station struct {
	*httptest.Server
	status int
	header http.Header
	bodies []string
	heads  []http.Header
}

func newStation(t *testing.T, status int, header http.Header) *station {
	s := &station{status: status, header: header}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.bodies = append(s.bodies, string(body))
		s.heads = append(s.heads, r.Header.Clone())
		for k, v := range s.header {
			w.Header()[k] = v
		}
		w.WriteHeader(s.status)
	}))
	t.Cleanup(s.Close)
	return s
}

var (
	noon    = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	atNoon  = bot.ClockFunc(func() time.Time { return noon })
	request = bot.PageRequest{ID: "amber-heron-42/7/1", Handle: "amber-heron-42", Urgency: dialog.Imminent, To: "dana"}
)

func TestPagerDuty(t *testing.T) {
	t.Parallel()
	s := newStation(t, http.StatusAccepted, nil)
	p := pager.NewPagerDuty(s.URL, func() string { return "r0uting" })

	if got := p.Page(context.Background(), request); got.Outcome != bot.Delivered {
		t.Fatalf("page: %+v, want delivered", got)
	}
	end := request
	end.ID, end.End = "amber-heron-42/9/0", true
	if got := p.Page(context.Background(), end); got.Outcome != bot.Delivered {
		t.Fatalf("end: %+v, want delivered", got)
	}

	want := []string{
		`{"routing_key":"r0uting","event_action":"trigger","dedup_key":"curbside/amber-heron-42/dana","payload":{"summary":"Curbside consult amber-heron-42 asks for you (imminent)","source":"curbside","severity":"critical"}}`,
		`{"routing_key":"r0uting","event_action":"resolve","dedup_key":"curbside/amber-heron-42/dana"}`,
	}
	for i, w := range want {
		if s.bodies[i] != w {
			t.Errorf("event %d:\n got %s\nwant %s", i, s.bodies[i], w)
		}
	}
}

func TestWebhookSignsWhatItSends(t *testing.T) {
	t.Parallel()
	s := newStation(t, http.StatusNoContent, nil)
	w := pager.NewWebhook(s.URL, func() string { return "s3cret" }, atNoon)

	if got := w.Page(context.Background(), request); got.Outcome != bot.Delivered {
		t.Fatalf("page: %+v, want delivered", got)
	}

	timestamp := s.heads[0].Get(pager.HeaderTimestamp)
	mac := hmac.New(sha256.New, []byte("s3cret"))
	mac.Write([]byte(timestamp + "." + s.bodies[0]))
	if got, want := s.heads[0].Get(pager.HeaderSignature), "v1="+hex.EncodeToString(mac.Sum(nil)); got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
	if timestamp != "1795262400" {
		t.Errorf("timestamp %s, want that of the clock", timestamp)
	}
	var body map[string]string
	if err := json.Unmarshal([]byte(s.bodies[0]), &body); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"id": request.ID, "event": "page", "handle": request.Handle, "urgency": "imminent", "to": "dana"}
	if len(body) != len(want) {
		t.Errorf("body holds %v, want only %v", body, want)
	}
	for k, v := range want {
		if body[k] != v {
			t.Errorf("%s = %q, want %q", k, body[k], v)
		}
	}
}

// What may be tried again is the same for every pager.
func TestWhatTheServiceAnswersDecides(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		header http.Header
		want   bot.Receipt
	}{
		"taken":                             {202, nil, bot.Receipt{Outcome: bot.Delivered, Code: "http_202"}},
		"too many requests waits as told":   {429, http.Header{"Retry-After": {"12"}}, bot.Receipt{Outcome: bot.Busy, RetryAfter: 12 * time.Second, Code: "http_429"}},
		"no page waits longer than minutes": {429, http.Header{"Retry-After": {"86400"}}, bot.Receipt{Outcome: bot.Busy, RetryAfter: time.Minute, Code: "http_429"}},
		"a broken service is tried again":   {503, nil, bot.Receipt{Outcome: bot.Busy, RetryAfter: 2 * time.Second, Code: "http_503"}},
		"a wrong key is final":              {400, nil, bot.Receipt{Outcome: bot.Unreachable, Code: "http_400"}},
		"a redirect is not followed":        {302, http.Header{"Location": {"http://elsewhere.example/"}}, bot.Receipt{Outcome: bot.Unreachable, Code: "http_302"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStation(t, tc.status, tc.header)
			for kind, p := range map[string]bot.Pager{
				"pagerduty": pager.NewPagerDuty(s.URL, func() string { return "k" }),
				"webhook":   pager.NewWebhook(s.URL, func() string { return "k" }, atNoon),
			} {
				if got := p.Page(context.Background(), request); got != tc.want {
					t.Errorf("%s: %+v, want %+v", kind, got, tc.want)
				}
			}
		})
	}
}

func TestAnAddressIsNeverInTheReceipt(t *testing.T) {
	t.Parallel()
	p := pager.NewWebhook("http://127.0.0.1:1/hook-token-1234", func() string { return "k" }, atNoon)
	got := p.Page(context.Background(), request)
	if got.Outcome != bot.Busy || strings.Contains(got.Code, "token") {
		t.Errorf("%+v, want busy with a code of its own", got)
	}
}
