package slack

import (
	"context"
	"encoding/json"
	"time"
)

// An event is what Slack tells without anybody asking, of the few kinds this
// program subscribes to.
type event struct {
	Type           string `json:"type"`
	Challenge      string `json:"challenge"`
	ID             string `json:"event_id"`
	TeamID         string `json:"team_id"`
	EnterpriseID   string `json:"enterprise_id"`
	Authorizations []struct {
		EnterpriseID string `json:"enterprise_id"`
	} `json:"authorizations"`
	Event struct {
		Type    string          `json:"type"`
		User    string          `json:"user"`
		Tab     string          `json:"tab"`
		Channel json.RawMessage `json:"channel"`
	} `json:"event"`
}

// handleEvent takes an event in. An event that was taken in within the last hour
// is not taken in again; a retry is taken in like any other, since the first try
// may have reached nobody.
func (s *Slack) handleEvent(ctx context.Context, b Answers, payload []byte) error {
	var e event
	if json.Unmarshal(payload, &e) != nil || e.Type == "" {
		return errMalformed
	}
	if e.Type == "app_rate_limited" {
		s.options.Log.Warn("events are held back", "platform", Name, "code", "app_rate_limited")
		return nil
	}
	if e.Type != "event_callback" || e.ID == "" || e.Event.Type == "" {
		return errMalformed
	}
	if !s.seen.add(e.ID, struct{}{}) {
		s.counts.WithLabelValues("repeated").Inc()
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime)
	s.working.Go(func() {
		defer cancel()
		s.guarded("event", func() { s.event(ctx, b, e) })
	})
	return nil
}

func (s *Slack) event(ctx context.Context, b Answers, e event) {
	switch e.Event.Type {
	case "app_home_opened":
		if e.Event.Tab == "home" || e.Event.Tab == "" {
			s.homeOpened(ctx, b, e)
		}
	case "member_joined_channel":
		s.members.drop(e.Event.User)
		s.recheck(ctx, e.Event.Type)
	case "channel_shared", "channel_unshared", "group_archive", "group_unarchive", "group_left", "group_deleted", "member_left_channel":
		s.recheck(ctx, e.Event.Type)
	}
}

func (s *Slack) homeOpened(ctx context.Context, b Answers, e event) {
	enterprise := e.EnterpriseID
	if enterprise == "" && len(e.Authorizations) > 0 {
		enterprise = e.Authorizations[0].EnterpriseID
	}
	who, err := identity(enterprise, e.TeamID, e.Event.User)
	if err != nil {
		s.counts.WithLabelValues("malformed").Inc()
		return
	}
	s.visits.opened(who)
	if s.turnedAway(ctx, who) != "" {
		return
	}
	s.publish(ctx, b, who)
}

// recheck asks at once how private the consultation channel is. Whatever channel
// an event is about, asking does no harm.
func (s *Slack) recheck(ctx context.Context, after string) {
	s.channel.forget()
	verdict, err := s.check(ctx, s.Home(), time.Second)
	switch {
	case err != nil:
		s.options.Log.Warn("channel unchecked", "platform", Name, "code", codeOf(err), "after", after)
	case !verdict.Private:
		s.options.Log.Error("channel refused", "platform", Name, "code", verdict.Code, "after", after)
	}
}

// guarded keeps a fault in one part from ending the others. What it says may
// quote what came in.
func (s *Slack) guarded(where string, do func()) {
	defer func() {
		if recover() != nil {
			s.counts.WithLabelValues("fault").Inc()
			s.options.Log.Error("recovered", "platform", Name, "in", where)
		}
	}()
	do()
}
