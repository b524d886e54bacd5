package discordfake

import (
	"fmt"
	"slices"
)

// Look is a message as it is now, without the names of whom it calls, for those
// who watch few of many.
func (s *Server) Look(message string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range slices.Backward(s.messages) {
		if m.ID == message {
			return *m, true
		}
	}
	return Message{}, false
}

// With is the person on the other side of direct messages, "" for other channels.
func (s *Server) With(channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.channels[channel]; ok {
		return c.With
	}
	return ""
}

// Tamper presses a button with an id that is not on the message, which may be
// one that the person does not see. Discord lets nobody do either: it is what an
// app would be sent by somebody who found a way.
func (c *Client) Tamper(message, customID string) (Outcome, error) {
	s := c.s
	s.mu.Lock()
	m := s.find(message)
	if m == nil {
		s.mu.Unlock()
		return Outcome{}, fmt.Errorf("message %s: %w", message, ErrNotThere)
	}
	in, payload := c.interact(interactionPress, s.channels[m.Channel])
	in.pressed = m
	payload["data"] = map[string]any{"custom_id": customID, "component_type": typeButton, "id": 1}
	payload["message"] = s.shapeMessage(m)
	s.mu.Unlock()
	return c.deliver(in, payload), nil
}
