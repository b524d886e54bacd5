package pager

import (
	"context"
	"encoding/json"
	"net/http"

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
	event := pagerDutyEvent{RoutingKey: p.routingKey(), Action: "trigger", DedupKey: "curbside/" + r.Handle + "/" + string(r.To)}
	if r.End {
		event.Action = "resolve"
	} else {
		event.Payload = &pagerDutyPayload{
			Summary:  "Curbside consult " + r.Handle + " asks for you (" + string(r.Urgency) + ")",
			Source:   "curbside",
			Severity: severity(r.Urgency),
		}
	}
	body, err := json.Marshal(event)
	if err != nil {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "bad_event"}
	}
	return post(ctx, p.client, p.url, body, http.Header{})
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
