package pager_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"curbside/adapters/pager"
	"curbside/dialog"
)

// hook is a webhook in the shape of PagerDuty's version 3.
func hook(kind, agent, key string, at time.Time) string {
	return fmt.Sprintf(`{"event":{"id":"01E","event_type":%q,"resource_type":"incident","occurred_at":%q,`+
		`"agent":{"id":"PXPGF42","type":%q,"summary":"Somebody"},"client":null,`+
		`"data":{"id":"PT4KHLK","type":"incident","status":"acknowledged","incident_key":%q,"title":"Curbside"}}}`,
		kind, at.Format(time.RFC3339), agent, key)
}

func signature(secret, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

func TestAnAcknowledgementFromPagerDuty(t *testing.T) {
	t.Parallel()
	const acknowledged, key = "incident.acknowledged", "curbside/amber-heron-42/dana"
	good := hook(acknowledged, "user_reference", key, noon)
	for name, tc := range map[string]webhook{
		"counts as seen by who was paged": {body: good, sign: signature("s3cret", good), status: 204, seen: "pagerduty/01E amber-heron-42 dana"},
		"is good while a secret is changed": {
			body: good, sign: "v1=00, " + signature("s3cret", good), status: 204, seen: "pagerduty/01E amber-heron-42 dana",
		},
		"is refused with another secret":           {body: good, sign: signature("0ther", good), status: 401},
		"is refused without a signature":           {body: good, status: 401},
		"is refused with half a signature":         {body: good, sign: signature("s3cret", good)[:40], status: 401},
		"is refused when a letter of it changed":   {body: strings.Replace(good, "dana", "sam", 1), sign: signature("s3cret", good), status: 401},
		"is refused when it is no POST":            {method: http.MethodGet, body: good, sign: signature("s3cret", good), status: 405},
		"is refused when it is too long":           {body: strings.Repeat("x", 300<<10), status: 413},
		"comes again when it cannot be kept":       {body: good, sign: signature("s3cret", good), fails: errors.New("redis at secret-host is away"), status: 503, seen: "pagerduty/01E amber-heron-42 dana"},
		"is none when an integration made it":      unheard(hook(acknowledged, "inbound_integration_reference", key, noon)),
		"is none when the incident was resolved":   unheard(hook("incident.resolved", "user_reference", key, noon)),
		"is none of another program's incident":    unheard(hook(acknowledged, "user_reference", "d3640fbd41094207", noon)),
		"is none when it is replayed a day later":  unheard(hook(acknowledged, "user_reference", key, noon.Add(-24*time.Hour))),
		"is none when it comes from a day to come": unheard(hook(acknowledged, "user_reference", key, noon.Add(24*time.Hour))),
		"is none when it cannot be read":           unheard(`{"event":`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var seen string
			var logged bytes.Buffer
			h := pager.NewPagerDutyWebhook(func() string { return "s3cret" }, atNoon,
				func(_ context.Context, id, handle string, by dialog.PersonID) error {
					seen = id + " " + handle + " " + string(by)
					return tc.fails
				}, slog.New(slog.NewTextHandler(&logged, nil)))
			method := tc.method
			if method == "" {
				method = http.MethodPost
			}
			r := httptest.NewRequest(method, "/pagerduty", strings.NewReader(tc.body))
			if tc.sign != "" {
				r.Header.Set("X-PagerDuty-Signature", tc.sign)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != tc.status || seen != tc.seen {
				t.Errorf("status %d, seen %q; want %d, %q", w.Code, seen, tc.status, tc.seen)
			}
			if strings.Contains(logged.String(), "secret") || strings.Contains(logged.String(), "Somebody") {
				t.Errorf("logged %s", &logged)
			}
		})
	}
}

// A webhook is what comes in, and what follows.
type webhook struct {
	method, body, sign string
	fails              error
	status             int
	seen               string
}

// unheard is a webhook that is signed and changes nothing.
func unheard(body string) webhook {
	return webhook{body: body, sign: signature("s3cret", body), status: http.StatusNoContent}
}

func TestWithoutASecretNothingIsTaken(t *testing.T) {
	t.Parallel()
	h := pager.NewPagerDutyWebhook(func() string { return "" }, atNoon, nil, slog.New(slog.DiscardHandler))
	r := httptest.NewRequest(http.MethodPost, "/pagerduty", strings.NewReader("{}"))
	r.Header.Set("X-PagerDuty-Signature", signature("", "{}"))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusUnauthorized {
		t.Errorf("status %d", w.Code)
	}
}
