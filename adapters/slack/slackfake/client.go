package slackfake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A Client is Slack in front of one person.
type Client struct {
	s    *Server
	user string
}

// As is Slack in front of somebody.
func (s *Server) As(user string) *Client { return &Client{s, user} }

// An Outcome is what somebody noticed of the app's acknowledgement.
type Outcome struct {
	Took   time.Duration
	Notice string // what Slack said because the app did not answer as it should; "" is nothing
}

// Errors of a [Client]: what Slack's own client does not let anybody do.
var (
	ErrNotThere = errors.New("nothing there to press")
	ErrRefused  = errors.New("not sent by the client")
)

// The notices that Slack gives.
const (
	noticeSilent  = "Oh no! The app did not respond in time."
	noticeTrouble = "We had some trouble connecting. Try again?"
)

// notice tells somebody something. The lock is held.
func (s *Server) notice(user, text string) { s.notices[user] = append(s.notices[user], text) }

func (c *Client) outcome(a ack, notice string) Outcome {
	if a.reason != "" {
		notice = noticeSilent
	}
	if notice != "" {
		c.s.mu.Lock()
		c.s.notice(c.user, notice)
		c.s.mu.Unlock()
	}
	return Outcome{Took: a.took, Notice: notice}
}

// Command types a slash command in a channel.
func (c *Client) Command(channel, name, text string) (Outcome, error) {
	c.s.mu.Lock()
	there, ok := c.s.channels[channel]
	if !ok || !there.has(c.user) {
		c.s.mu.Unlock()
		return Outcome{}, fmt.Errorf("channel %s: %w", channel, ErrNotThere)
	}
	payload := map[string]any{
		"token": "legacy", "team_id": TeamID, "team_domain": "harbor", "channel_id": channel, "channel_name": there.Name,
		"user_id": c.user, "user_name": "user", "command": name, "text": text, "api_app_id": AppID,
		"is_enterprise_install": "false", "trigger_id": c.s.trigger(c.user),
		"response_url": c.s.hook(hook{user: c.user, channel: channel}),
	}
	if c.s.options.Enterprise != "" {
		payload["enterprise_id"], payload["enterprise_name"] = c.s.options.Enterprise, "Harbor"
	}
	c.s.mu.Unlock()
	a := c.s.deliver(command, payload, retry{})
	return c.outcome(a, c.answered(channel, name+" "+text, a)), nil
}

// answered shows what a command was answered with. An answer in the channel
// shows what was typed as well.
func (c *Client) answered(channel, typed string, a ack) (notice string) {
	body := bytes.TrimSpace(a.body)
	if a.reason != "" || len(body) == 0 || string(body) == "{}" {
		return ""
	}
	sent := sentResponse{Text: string(body)}
	if body[0] == '{' && json.Unmarshal(body, &sent) != nil {
		return noticeTrouble
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	blocks, err := c.s.content(sent.Text, sent.Blocks)
	if err != nil {
		return typed + " failed with the error " + err.Error()
	}
	if sent.ResponseType != "in_channel" {
		c.s.hint(c.user, channel, "", sent.Text, blocks)
		return ""
	}
	echo := &Message{Channel: channel, TS: c.s.timestamp(), User: c.user, Text: typed, Posted: c.s.now()}
	c.s.posts = append(c.s.posts, echo)
	c.s.notify(echo)
	c.s.post(c.s.channels[channel], "", sent.Text, blocks, mentioned(sent.Text, blocks))
	return ""
}

// A Where is the surface somebody acts on: a message, an ephemeral message, or a view.
type Where struct {
	channel, ts string
	hint        bool
	view        string
}

// Where is where a message stands.
func (m Message) Where() Where { return Where{channel: m.Channel, ts: m.TS, hint: m.For != ""} }

// Where is where a view stands.
func (v View) Where() Where { return Where{view: v.ID} }

// Press presses a button.
func (c *Client) Press(at Where, block, action string) (Outcome, error) {
	return c.press(at, block, action, "")
}

// press presses a button that has a label, "" is any.
func (c *Client) press(at Where, block, action, label string) (Outcome, error) {
	return c.act(at, block, action, func(e *Element, _ *entry) (map[string]any, error) {
		if e.Type != "button" || label != "" && plain(e.Text) != label {
			return nil, fmt.Errorf("%s: %w", e.Type, ErrNotThere)
		}
		if e.Value == "" {
			return map[string]any{"text": e.Text}, nil
		}
		return map[string]any{"text": e.Text, "value": e.Value}, nil
	})
}

// Choose picks options by their labels: one of a menu or a radio group, several
// of checkboxes and menus that take several. Slack says nothing to the app when
// the one that is picked stands there already. What the app does not acknowledge
// is put back, unless [Options] says that it stays: Slack does not document which.
func (c *Client) Choose(at Where, block, action string, labels ...string) (Outcome, error) {
	return c.act(at, block, action, func(e *Element, put *entry) (map[string]any, error) {
		var picked []Option
		for _, o := range e.all() {
			if slices.Contains(labels, plain(o.Text)) {
				picked = append(picked, o)
			}
		}
		if len(picked) != len(labels) || len(picked) != 1 && !e.multiple() {
			return nil, fmt.Errorf("%d of %d options: %w", len(picked), len(labels), ErrNotThere)
		}
		put.options = picked
		if e.multiple() {
			return map[string]any{"selected_options": picked}, nil
		}
		return map[string]any{"selected_option": picked[0]}, nil
	})
}

// act does something to an element and delivers it, unless the element is an
// input that tells nobody before the form is sent.
func (c *Client) act(at Where, block, action string, do func(*Element, *entry) (map[string]any, error)) (Outcome, error) {
	c.s.mu.Lock()
	payload, blocks, surface, err := c.surroundings(at)
	if err != nil {
		c.s.mu.Unlock()
		return Outcome{}, err
	}
	b, e := element(blocks, block, action)
	if e == nil {
		c.s.mu.Unlock()
		return Outcome{}, fmt.Errorf("%s in %s: %w", action, block, ErrNotThere)
	}
	where := elementAt{surface, c.user, block, action}
	put := c.s.entered(where, e)
	before := put
	what, err := do(e, &put)
	if err != nil {
		c.s.mu.Unlock()
		return Outcome{}, err
	}
	if e.chosen() && !e.multiple() && len(before.options) == 1 && before.options[0].Value == put.options[0].Value {
		c.s.mu.Unlock()
		return Outcome{}, nil // what is chosen already is not chosen again
	}
	if e.chosen() {
		c.s.typed[where] = put
	}
	if b.Type == "input" && !b.DispatchAction {
		c.s.mu.Unlock()
		return Outcome{}, nil
	}
	what["type"], what["block_id"], what["action_id"], what["action_ts"] = e.Type, block, action, c.s.timestamp()
	payload["actions"] = []any{what}
	if view, ok := payload["view"].(*View); ok {
		payload["view"] = c.s.shapeView(view)
	} else {
		payload["state"] = c.s.values(surface, c.user, blocks)
	}
	c.s.mu.Unlock()
	a := c.s.deliver(interactive, payload, retry{})
	if a.reason != "" && e.chosen() && !c.s.options.KeepsLost {
		c.s.putBack(where, put, before)
	}
	return c.outcome(a, ""), nil
}

func element(blocks []Block, block, action string) (*Block, *Element) {
	for i := range blocks {
		for _, e := range blocks[i].controls() {
			if blocks[i].BlockID == block && e.ActionID == action {
				return &blocks[i], e
			}
		}
	}
	return nil, nil
}

// surroundings are what a payload says of where somebody acted. The lock is held.
func (c *Client) surroundings(at Where) (payload map[string]any, blocks []Block, surface string, err error) {
	payload = c.s.interaction("block_actions", c.user)
	if at.view != "" {
		v, ok := c.s.views[at.view]
		if !ok || v.User != c.user {
			return nil, nil, "", fmt.Errorf("view %s: %w", at.view, ErrNotThere)
		}
		payload["view"] = v
		payload["container"] = map[string]any{"type": "view", "view_id": v.ID}
		return payload, v.Blocks, v.ID, nil
	}
	m := c.s.find(at.channel, at.ts)
	if at.hint {
		m = c.s.findHint(c.user, at.ts)
	}
	channel, ok := c.s.channels[at.channel]
	if m == nil || !ok || !channel.has(c.user) {
		return nil, nil, "", fmt.Errorf("message %s: %w", at.ts, ErrNotThere)
	}
	name := "privategroup"
	if channel.Direct {
		name = "directmessage"
	}
	payload["channel"] = map[string]any{"id": channel.ID, "name": name}
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": channel.ID, "is_ephemeral": at.hint}
	if thread := c.s.threadOf(m); thread != "" {
		container["thread_ts"] = thread
	}
	payload["container"] = container
	if !at.hint {
		payload["message"] = c.s.shape(m) // not in the payload of an ephemeral message
	}
	payload["response_url"] = c.s.hook(hook{user: c.user, channel: channel.ID, original: m})
	return payload, m.Blocks, m.surface(), nil
}

// interaction begins the payload of an interaction. The lock is held.
func (s *Server) interaction(kind, user string) map[string]any {
	team := map[string]any{"id": TeamID, "domain": "harbor"}
	payload := map[string]any{
		"type": kind, "token": "legacy", "api_app_id": AppID, "team": team,
		"user":       map[string]any{"id": user, "username": "user", "name": "user", "team_id": TeamID},
		"trigger_id": s.trigger(user), "enterprise": nil, "is_enterprise_install": false,
	}
	if s.options.Enterprise != "" {
		team["enterprise_id"] = s.options.Enterprise
		payload["enterprise"] = map[string]any{"id": s.options.Enterprise, "name": "Harbor"}
	}
	return payload
}

// OpenHome opens the app's home tab. The channel closes when the app has been told.
func (c *Client) OpenHome() (told <-chan struct{}) {
	c.s.mu.Lock()
	fields := map[string]any{
		"type": "app_home_opened", "user": c.user, "channel": c.s.direct(c.user).ID, "tab": "home", "event_ts": c.s.timestamp(),
	}
	if v, ok := c.s.views[c.s.homes[c.user]]; ok {
		fields["view"] = c.s.shapeView(v)
	}
	c.s.mu.Unlock()
	_, told = c.s.Event(fields)
	return told
}
