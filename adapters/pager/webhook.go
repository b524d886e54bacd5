package pager

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"curbside/bot"
)

// The headers of a signed page. The signature is "v1=" and the hex HMAC-SHA256,
// under the shared secret, of the timestamp, a full stop and the raw body. A
// receiver compares it in constant time and refuses timestamps that are more
// than five minutes off.
const (
	HeaderTimestamp = "Curbside-Timestamp" // Unix seconds
	HeaderSignature = "Curbside-Signature"
)

// A Webhook sends pages to an address of the practice's own. It is safe for
// concurrent use.
type Webhook struct {
	url    string
	secret func() string
	clock  bot.Clock
	client *http.Client
}

var _ bot.Pager = (*Webhook)(nil)

// NewWebhook returns a pager that posts to url and signs with secret.
func NewWebhook(url string, secret func() string, clock bot.Clock) *Webhook {
	return &Webhook{url: url, secret: secret, clock: clock, client: newClient()}
}

// page is the body of a signed page. The same id is the same page.
type page struct {
	ID      string `json:"id"`
	Event   string `json:"event"` // page or end
	Handle  string `json:"handle"`
	Urgency string `json:"urgency"`
	To      string `json:"to"`
	// Rehearsal says that nothing waits; it is left out of real pages.
	Rehearsal bool `json:"rehearsal,omitempty"`
}

// Page implements [bot.Pager].
func (w *Webhook) Page(ctx context.Context, r bot.PageRequest) bot.Receipt {
	event := "page"
	if r.End {
		event = "end"
	}
	body, err := json.Marshal(page{ID: r.ID, Event: event, Handle: r.Handle, Urgency: string(r.Urgency), To: string(r.To), Rehearsal: r.Rehearsal})
	if err != nil {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "bad_event"}
	}
	header := http.Header{}
	sign(header, w.secret(), body, w.clock.Now())
	return post(ctx, w.client, w.url, body, header)
}

// sign sets both headers for a body sent at a moment.
func sign(h http.Header, secret string, body []byte, at time.Time) {
	timestamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	h.Set(HeaderTimestamp, timestamp)
	h.Set(HeaderSignature, "v1="+hex.EncodeToString(mac.Sum(nil)))
}
