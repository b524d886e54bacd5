package discordfake

import (
	"fmt"
	"slices"
)

// A Spot is a button, or a list, on a message that somebody sees.
type Spot struct {
	Message   Message
	Component Component
}

// Find finds what has a label in front of somebody: first in what only they see,
// then in other messages, the newest first. The label is that of a button or of
// an option of a list. in narrows down where it is; nil takes it anywhere.
func (c *Client) Find(label string, in func(Message) bool) (Spot, bool) {
	for _, m := range slices.Backward(c.screen()) {
		if in != nil && !in(m) {
			continue
		}
		for _, control := range m.Controls() {
			listed := slices.ContainsFunc(control.Options, func(o Option) bool { return o.Label == label })
			if (control.Button() && control.Label == label && control.CustomID != "" || listed) && !control.Disabled {
				return Spot{m, control}, true
			}
		}
	}
	return Spot{}, false
}

// screen are the messages that somebody sees, those for them alone last.
func (c *Client) screen() []Message {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	var shared, own []Message
	for _, m := range s.messages {
		at, ok := s.channels[m.Channel]
		switch {
		case !ok || m.Loading || !s.sees(c.user, at):
		case m.For == "":
			shared = append(shared, s.copied(m))
		case m.For == c.user:
			own = append(own, s.copied(m))
		}
	}
	return slices.Concat(shared, own)
}

// Screen is everything that somebody can read now.
func (c *Client) Screen() []string {
	var all []string
	for _, m := range c.screen() {
		all = append(all, m.Readable())
	}
	return all
}

// Do presses a button, or picks options by their labels.
func (c *Client) Do(spot Spot, labels ...string) (Outcome, error) {
	if spot.Component.Button() {
		return c.Press(spot.Message.ID, spot.Component.CustomID)
	}
	if len(labels) == 0 {
		return Outcome{}, fmt.Errorf("nothing to pick: %w", ErrNotThere)
	}
	return c.Choose(spot.Message.ID, spot.Component.CustomID, labels...)
}
