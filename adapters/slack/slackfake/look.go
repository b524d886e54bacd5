package slackfake

import (
	"fmt"
	"slices"
)

// At is where a message stands, by what Slack names it.
func At(channel, ts string) Where { return Where{channel: channel, ts: ts} }

// Look is a message as it is now, for those who watch few of many.
func (s *Server) Look(at Where) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range slices.Backward(s.posts) {
		if m.Channel == at.channel && m.TS == at.ts {
			return *m, true
		}
	}
	return Message{}, false
}

// With is the person on the other side of a direct message, "" for channels.
func (s *Server) With(channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.channels[channel]; ok {
		return c.With
	}
	return ""
}

// Tamper presses a button of a message with a value that it does not hold, which
// Slack lets nobody do: what an app would be sent by somebody who found a way.
func (c *Client) Tamper(at Where, value string) (Outcome, error) {
	m, ok := c.s.Look(at)
	for _, control := range m.Controls() {
		if ok && control.Element.Type == "button" {
			return c.act(at, control.BlockID, control.Element.ActionID, func(e *Element, _ *entry) (map[string]any, error) {
				return map[string]any{"text": e.Text, "value": value}, nil
			})
		}
	}
	return Outcome{}, fmt.Errorf("a button of %s: %w", at.ts, ErrNotThere)
}
