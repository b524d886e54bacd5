package discordfake

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNotThere says that somebody cannot do what they want to: it is not on their
// screen.
var ErrNotThere = errors.New("not there")

// A Client is Discord in front of one person.
type Client struct {
	s     *Server
	user  string
	stale bool
}

// As is Discord in front of somebody.
func (s *Server) As(user string) *Client { return &Client{s: s, user: user} }

// Stale is a client that has not heard yet that its person may see less: what it
// does reaches the app all the same, with what Discord knows of them now.
func (c *Client) Stale() *Client { return &Client{s: c.s, user: c.user, stale: true} }

// An Outcome is what became of something that somebody did.
type Outcome struct {
	Answered bool   // the app answered in time
	Type     int    // with what
	Message  string // the id of the message that came of it or was changed
}

// interact begins an interaction. The lock is held.
func (c *Client) interact(kind int, at *Channel) (*interaction, map[string]any) {
	s := c.s
	in := &interaction{
		id: s.snowflake(), kind: kind, user: c.user, channel: at, guild: at.Guild, at: s.now(),
		answered: make(chan struct{}), failed: make(chan struct{}),
	}
	in.token = "interaction-token-" + in.id
	s.interactions[in.token] = in
	payload := map[string]any{
		"id": in.id, "application_id": AppID, "type": kind, "token": in.token, "version": 1,
		"channel_id": at.ID, "locale": "en-US", "entitlements": []any{}, "attachment_size_limit": maxFile,
		"app_permissions": s.permissions(BotUser, at).text(),
	}
	if at.Guild == "" {
		payload["user"], payload["context"] = s.shapeUser(c.user), 1
		payload["channel"] = s.shapeChannel(at)
		payload["authorizing_integration_owners"] = map[string]any{"0": "0"}
		return in, payload
	}
	member := s.shapeMember(c.user)
	member["permissions"] = s.permissions(c.user, at).text()
	channel := s.shapeChannel(at)
	channel["permissions"] = member["permissions"]
	payload["member"], payload["context"], payload["channel"] = member, 0, channel
	payload["guild_id"], payload["guild_locale"] = at.Guild, "en-US"
	payload["guild"] = map[string]any{"id": at.Guild, "locale": "en-US", "features": []any{}}
	payload["authorizing_integration_owners"] = map[string]any{"0": at.Guild}
	return in, payload
}

// deliver hands an interaction to the app and waits as long as Discord does.
func (c *Client) deliver(in *interaction, payload map[string]any) Outcome {
	s := c.s
	s.mu.Lock()
	body, _ := json.Marshal(payload) // made of maps, texts and numbers
	in.at = s.now()
	over := s.endpoints
	switch {
	case len(over) == 0:
		s.event("INTERACTION_CREATE", payload)
	default:
		s.turn++
		over = []string{over[s.turn%len(over)]}
	}
	s.mu.Unlock()
	if len(over) > 0 {
		go s.overHTTP(in, body, over[0])
	}
	select {
	case <-in.answered:
	case <-in.failed:
	case <-time.After(s.options.Patience):
	case <-s.done:
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if in.taken == 0 {
		in.over = true
		notice := noticeFailed
		if in.kind == interactionCommand {
			notice = noticeNotResponding
		}
		s.notices[c.user] = append(s.notices[c.user], notice)
	}
	out := Outcome{Answered: in.taken != 0, Type: in.taken}
	if in.reply != nil {
		out.Message = in.reply.ID
	}
	return out
}

// Command uses a slash command in a channel. Discord's own apps offer the values
// that an option may have and nothing else.
func (c *Client) Command(channel, name string, options map[string]string) (Outcome, error) {
	return c.command(channel, name, options, true)
}

// Typed uses a slash command with values that its options do not offer, which
// Discord hands on all the same when another app than its own sends them.
func (c *Client) Typed(channel, name string, options map[string]string) (Outcome, error) {
	return c.command(channel, name, options, false)
}

func (c *Client) command(channel, name string, options map[string]string, offered bool) (Outcome, error) {
	s := c.s
	s.mu.Lock()
	at, ok := s.channels[channel]
	if !ok || !c.stale && !s.sees(c.user, at) {
		s.mu.Unlock()
		return Outcome{}, fmt.Errorf("channel %s: %w", channel, ErrNotThere)
	}
	registered, err := s.usable(c.user, at, name)
	if err != nil {
		s.mu.Unlock()
		return Outcome{}, err
	}
	list := []any{}
	for _, o := range registered.Options {
		value, given := options[o.Name]
		if !given {
			continue
		}
		in := slices.ContainsFunc(o.Choices, func(choice CommandChoice) bool { return fmt.Sprint(choice.Value) == value })
		if offered && len(o.Choices) > 0 && !in {
			s.mu.Unlock()
			return Outcome{}, fmt.Errorf("%s as %s: %w", value, o.Name, ErrNotThere)
		}
		list = append(list, map[string]any{"name": o.Name, "type": o.Type, "value": value})
	}
	if len(list) != len(options) {
		s.mu.Unlock()
		return Outcome{}, fmt.Errorf("options of /%s: %w", name, ErrNotThere)
	}
	in, payload := c.interact(interactionCommand, at)
	data := map[string]any{"id": registered.ID, "name": name, "type": 1}
	if registered.Guild != "" {
		data["guild_id"] = registered.Guild
	}
	if len(list) > 0 {
		data["options"] = list
	}
	payload["data"] = data
	s.mu.Unlock()
	return c.deliver(in, payload), nil
}

// usable finds a command that somebody may use in a channel. The lock is held.
func (s *Server) usable(user string, at *Channel, name string) (Command, error) {
	for _, command := range append(slices.Clone(s.commands[at.Guild]), s.commands[""]...) {
		if command.Name != name {
			continue
		}
		here := 0
		if at.Guild == "" {
			here = 1
		}
		allowed := s.permissions(user, at)
		hidden := command.Permission != nil && *command.Permission == "0" && !s.opened[name] && !allowed.has(Administrator)
		if hidden || command.Contexts != nil && !slices.Contains(command.Contexts, here) || at.Guild != "" && !allowed.has(UseCommands) {
			break
		}
		return command, nil
	}
	return Command{}, fmt.Errorf("/%s: %w", name, ErrNotThere)
}

// Press presses a button.
func (c *Client) Press(message, customID string) (Outcome, error) {
	return c.act(message, customID, func(b Component) (map[string]any, error) {
		if b.Type != typeButton || b.Disabled {
			return nil, fmt.Errorf("a button %q: %w", b.Label, ErrNotThere)
		}
		return map[string]any{}, nil
	})
}

// Choose picks options of a list by their labels.
func (c *Client) Choose(message, customID string, labels ...string) (Outcome, error) {
	return c.act(message, customID, func(b Component) (map[string]any, error) {
		values := []string{}
		for _, o := range b.Options {
			if slices.Contains(labels, o.Label) {
				values = append(values, o.Value)
			}
		}
		least, most := b.picks()
		if b.Type != typeSelect || b.Disabled || len(values) != len(labels) || len(values) < least || len(values) > most {
			return nil, fmt.Errorf("%d options of %q: %w", len(labels), b.Placeholder, ErrNotThere)
		}
		return map[string]any{"values": values}, nil
	})
}

// act does something to a component of a message. In an archived thread a client
// first takes the thread out of the archive, which needs leave to write there.
func (c *Client) act(message, customID string, do func(Component) (map[string]any, error)) (Outcome, error) {
	s := c.s
	s.mu.Lock()
	in, payload, err := c.prepare(message, customID, do)
	s.mu.Unlock()
	if err != nil {
		return Outcome{}, err
	}
	return c.deliver(in, payload), nil
}

func (c *Client) prepare(message, customID string, do func(Component) (map[string]any, error)) (*interaction, map[string]any, error) {
	s := c.s
	m := s.find(message)
	if m == nil || m.For != "" && m.For != c.user || m.Loading {
		return nil, nil, fmt.Errorf("message %s: %w", message, ErrNotThere)
	}
	at := s.channels[m.Channel]
	if !c.stale && !s.sees(c.user, at) {
		return nil, nil, fmt.Errorf("message %s: %w", message, ErrNotThere)
	}
	if at.Archived {
		if at.Locked || !s.permissions(c.user, at).has(SendMessagesInThreads) {
			return nil, nil, fmt.Errorf("an archived thread: %w", ErrNotThere)
		}
		s.wake(at)
	}
	controls := m.Controls()
	i := slices.IndexFunc(controls, func(b Component) bool { return customID != "" && b.CustomID == customID })
	if i < 0 {
		return nil, nil, fmt.Errorf("component %q: %w", customID, ErrNotThere)
	}
	data, err := do(controls[i])
	if err != nil {
		return nil, nil, err
	}
	in, payload := c.interact(interactionPress, at)
	in.pressed = m
	data["custom_id"], data["component_type"], data["id"] = customID, controls[i].Type, controls[i].ID
	payload["data"], payload["message"] = data, s.shapeMessage(m)
	return in, payload, nil
}

// Modal is the form in front of somebody, if one is.
func (s *Server) Modal(user string) (Modal, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.modals[user]
	if !ok {
		return Modal{}, false
	}
	return *m, true
}

// Hide takes a message that only this person sees off their screen.
func (c *Client) Hide(message string) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if m := c.s.find(message); m != nil && m.For == c.user {
		c.s.drop(message)
	}
}

// Dismiss closes the form in front of somebody.
func (c *Client) Dismiss() {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	delete(c.s.modals, c.user)
}

// Submit fills in the form in front of somebody and sends it: texts by the ids of
// the inputs, where those left out stay as they are. The form closes when the app
// has answered, and stays when it has not.
func (c *Client) Submit(texts map[string]string) (Outcome, error) {
	return c.submit(texts, func(_ int, id string, text string) any {
		return map[string]any{"type": typeRow, "id": 1, "components": []any{map[string]any{"type": typeInput, "id": 2, "custom_id": id, "value": text}}}
	})
}

// SubmitNewer sends the form as clients do whose modals hold newer components:
// texts in labels, and beside them a group of checkboxes, a checkbox, a file, a
// plain text and a type that nobody knows yet.
func (c *Client) SubmitNewer(texts map[string]string) (Outcome, error) {
	return c.submit(texts, func(i int, id string, text string) any {
		input := map[string]any{"type": typeInput, "id": 2, "custom_id": id, "value": text}
		label := map[string]any{"type": typeLabel, "id": 1, "component": input}
		if i > 0 {
			return label
		}
		in := func(component map[string]any) any {
			return map[string]any{"type": typeLabel, "id": 3, "component": component}
		}
		return map[string]any{"type": 17, "id": 9, "components": []any{
			label,
			map[string]any{"type": typeTextDisplay, "id": 4},
			in(map[string]any{"type": 22, "id": 5, "custom_id": "boxes", "values": []any{"a", "b"}}),
			in(map[string]any{"type": 23, "id": 6, "custom_id": "box", "value": true}),
			in(map[string]any{"type": 19, "id": 7, "custom_id": "file", "values": []any{"1"}}),
			in(map[string]any{"type": 99, "id": 8, "custom_id": "later", "value": map[string]any{"x": 1.5}}),
		}}
	})
}

func (c *Client) submit(texts map[string]string, part func(i int, id, text string) any) (Outcome, error) {
	s := c.s
	s.mu.Lock()
	m, ok := s.modals[c.user]
	if !ok {
		s.mu.Unlock()
		return Outcome{}, fmt.Errorf("a form: %w", ErrNotThere)
	}
	parts := []any{}
	for i, input := range m.Inputs() {
		text := input.Value
		if typed, given := texts[input.CustomID]; given {
			text = typed
		}
		least, most := 0, maxInputText
		set(&least, input.MinLength)
		set(&most, input.MaxLength)
		required := input.Required == nil || *input.Required
		if n := length(text); n > most || n > 0 && n < least || required && n == 0 {
			s.mu.Unlock()
			return Outcome{}, fmt.Errorf("%d characters in %q: %w", n, input.Label, ErrNotThere)
		}
		parts = append(parts, part(i, input.CustomID, text))
	}
	in, payload := c.interact(interactionSubmit, m.from.channel)
	in.modal, in.pressed = m, m.from.pressed
	payload["data"] = map[string]any{"custom_id": m.CustomID, "components": parts}
	if in.pressed != nil {
		payload["message"] = s.shapeMessage(in.pressed)
	}
	s.mu.Unlock()
	return c.deliver(in, payload), nil
}
