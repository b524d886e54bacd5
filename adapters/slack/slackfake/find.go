package slackfake

import (
	"fmt"
	"slices"
	"strings"
)

// A Spot is something to press or choose, and where somebody sees it.
type Spot struct {
	Where
	Control
}

// spots are everything that has a label, in front of one person: in the modal when
// one is open, then in what only they see, then in messages, the newest first.
// The label is that of a button or of an option; on begins the line that a
// button stands beside.
func (c *Client) spots(label, on string) []Spot {
	var found []Spot
	look := func(at Where, all []Control) {
		for _, control := range all {
			if (control.Label() == label || slices.Contains(control.Options(), label)) && strings.HasPrefix(control.Line, on) {
				found = append(found, Spot{at, control})
			}
		}
	}
	if v, open := c.s.Modal(c.user); open {
		look(v.Where(), v.Controls())
	}
	for _, m := range slices.Backward(c.s.Ephemeral(c.user)) {
		look(m.Where(), m.Controls())
	}
	for _, m := range slices.Backward(c.s.everything(c.user)) {
		look(m.Where(), m.Controls())
	}
	return found
}

// everything are the messages of all channels somebody is in, oldest first.
func (s *Server) everything(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var seen []Message
	for _, m := range s.posts {
		if s.channels[m.Channel].has(user) {
			seen = append(seen, *m)
		}
	}
	return seen
}

// Find finds what has a label, the newest of it first; see [Client.Do]. in says
// which surfaces count; nil is every one.
func (c *Client) Find(label, on string, in func(Where) bool) (Spot, bool) {
	for _, spot := range c.spots(label, on) {
		if in == nil || in(spot.Where) {
			return spot, true
		}
	}
	return Spot{}, false
}

// Labels are what somebody could press and choose now, for whoever looks for
// what is not there.
func (c *Client) Labels() []string {
	var all []string
	for _, m := range slices.Concat(c.s.everything(c.user), c.s.Ephemeral(c.user)) {
		for _, control := range m.Controls() {
			all = append(all, strings.TrimSpace(control.Line+" "+control.Label()))
			all = append(all, control.Options()...)
		}
	}
	return all
}

// Do presses a button that still has its label, or chooses an option by its label.
// Whoever does it says yes when Slack asks.
func (c *Client) Do(spot Spot, labels ...string) (Outcome, error) {
	if spot.Element.Type == "button" {
		return c.press(spot.Where, spot.BlockID, spot.Element.ActionID, spot.Label())
	}
	if len(labels) == 0 {
		return Outcome{}, fmt.Errorf("nothing to choose: %w", ErrNotThere)
	}
	return c.Choose(spot.Where, spot.BlockID, spot.Element.ActionID, labels...)
}

// In reports whether a surface is in a channel.
func (w Where) In(channel string) bool { return w.channel == channel && !w.hint }
