package pager

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

const (
	// ackBody bounds the body of a webhook: PagerDuty's are a few kilobytes.
	ackBody = 256 << 10
	// ackAge is how old an event may be. PagerDuty repeats what was not taken;
	// older ones are replays, or too late to mean anything.
	ackAge = time.Hour
)

// Acknowledged takes the acknowledgement of a person's page. The same id is the
// same acknowledgement. An error is answered so that PagerDuty repeats it.
type Acknowledged func(ctx context.Context, id, handle string, by dialog.PersonID) error

// NewPagerDutyWebhook answers PagerDuty's webhooks (version 3): an incident of
// Curbside's that a person acknowledges counts as seen by whoever was paged
// with it. Requests without a good signature over the raw body are refused
// (https://developer.pagerduty.com/docs/verifying-webhook-signatures); other
// events are taken and change nothing. It is safe for concurrent use.
func NewPagerDutyWebhook(secret func() string, clock bot.Clock, seen Acknowledged, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, ackBody))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		if !signedBy(secret(), body, r.Header.Get("X-PagerDuty-Signature")) {
			log.Warn("pagerduty webhook refused", "reason", "signature")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		ack, ok := readAck(body, clock.Now())
		if !ok {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if err := seen(r.Context(), "pagerduty/"+ack.id, ack.handle, ack.by); err != nil {
			log.Warn("pagerduty webhook not taken", "consult", ack.handle, "reason", "unavailable")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// signedBy reports whether one of the signatures of a header, as in
// "v1=HEX,v1=HEX", is the HMAC-SHA256 of a body. There are two while a secret
// is changed.
func signedBy(secret string, body []byte, header string) bool {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	want := mac.Sum(nil)
	good := false
	for one := range strings.SplitSeq(header, ",") {
		digits, found := strings.CutPrefix(strings.TrimSpace(one), "v1=")
		got, err := hex.DecodeString(digits)
		good = (found && err == nil && hmac.Equal(got, want)) || good
	}
	return good && secret != ""
}

// An ack says whose page a person acknowledged.
type ack struct {
	id     string
	handle string
	by     dialog.PersonID
}

// readAck reads the acknowledgement in a webhook, if it holds one. What an
// integration acknowledges by itself is none: nobody has seen anything.
func readAck(body []byte, now time.Time) (ack, bool) {
	var hook struct {
		Event struct {
			ID    string    `json:"id"`
			Type  string    `json:"event_type"`
			At    time.Time `json:"occurred_at"`
			Agent struct {
				Type string `json:"type"`
			} `json:"agent"`
			Data struct {
				Key string `json:"incident_key"`
			} `json:"data"`
		} `json:"event"`
	}
	if json.Unmarshal(body, &hook) != nil {
		return ack{}, false
	}
	e := hook.Event
	if e.ID == "" || e.Type != "incident.acknowledged" || e.Agent.Type != "user_reference" || now.Sub(e.At).Abs() > ackAge {
		return ack{}, false
	}
	handle, by, ok := whoseKey(e.Data.Key)
	return ack{id: e.ID, handle: handle, by: by}, ok
}
