package pager

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"curbside/bot"
	"curbside/dialog"
)

// PagerDutyURL is where the Events API v2 takes events.
const PagerDutyURL = "https://events.pagerduty.com/v2/enqueue"

// PagerDuty pages one person's service through the Events API v2
// (https://developer.pagerduty.com/docs/events-api-v2-overview). It is safe for
// concurrent use.
type PagerDuty struct {
	url        string
	routingKey func() string
	client     *http.Client
}

var _ bot.Pager = (*PagerDuty)(nil)

// NewPagerDuty returns a pager for the service that routingKey belongs to.
// url is [PagerDutyURL] or that of another service region.
func NewPagerDuty(url string, routingKey func() string) *PagerDuty {
	return &PagerDuty{url: url, routingKey: routingKey, client: newClient()}
}

type pagerDutyEvent struct {
	RoutingKey string            `json:"routing_key"`
	Action     string            `json:"event_action"`
	DedupKey   string            `json:"dedup_key"`
	Payload    *pagerDutyPayload `json:"payload,omitempty"`
}

type pagerDutyPayload struct {
	Summary  string `json:"summary"`
	Source   string `json:"source"`
	Severity string `json:"severity"`
}

// Page implements [bot.Pager]. The consult and the person are the deduplication
// key, so that a page sent twice rings once and its end finds it.
func (p *PagerDuty) Page(ctx context.Context, r bot.PageRequest) bot.Receipt {
	event := pagerDutyEvent{RoutingKey: p.routingKey(), Action: "trigger", DedupKey: keyOf(r.Handle, r.To)}
	if r.End {
		event.Action = "resolve"
	} else {
		event.Payload = &pagerDutyPayload{Summary: summary(r), Source: "curbside", Severity: severity(r.Urgency)}
	}
	body, err := json.Marshal(event)
	if err != nil {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "bad_event"}
	}
	return post(ctx, p.client, p.url, body, http.Header{})
}

// keyOf names the page of one person for one consult.
func keyOf(handle string, to dialog.PersonID) string { return "curbside/" + handle + "/" + string(to) }

// whoseKey reads what keyOf wrote.
func whoseKey(key string) (handle string, to dialog.PersonID, ok bool) {
	parts := strings.Split(key, "/")
	if len(parts) != 3 || parts[0] != "curbside" || parts[1] == "" || parts[2] == "" {
		return "", "", false
	}
	return parts[1], dialog.PersonID(parts[2]), true
}

// summary is what the phone shows: handle and urgency, and nothing of a case.
func summary(r bot.PageRequest) string {
	if r.Rehearsal {
		return "Rehearsal of a Curbside page: nothing waits. Please answer it in the chat."
	}
	return "Curbside consult " + r.Handle + " asks for you (" + string(r.Urgency) + ")"
}

func severity(u dialog.Urgency) string {
	switch u {
	case dialog.Imminent:
		return "critical"
	case dialog.Today:
		return "error"
	default:
		return "warning"
	}
}
