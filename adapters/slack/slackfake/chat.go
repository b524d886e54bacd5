package slackfake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// content reads text and blocks of a message.
func (s *Server) content(text string, raw json.RawMessage) ([]Block, error) {
	blocks, check := checkBlocks(raw, onMessage, func() string { return s.name("b") })
	switch {
	case len(check.faults) > 0:
		return nil, refuse("invalid_blocks", check.faults...)
	case len(blocks) == 0 && text == "":
		return nil, refuse("no_text")
	case length(text) > maxMessageText:
		return nil, refuse("msg_too_long")
	case length(readable(blocks)) > maxBlockText:
		return nil, refuse("msg_blocks_too_long")
	}
	return blocks, nil
}

// calls reads whom a message calls, with what parse and link_names make live.
func (r request) calls(text string, blocks []Block) Mentions {
	m := mentioned(text, blocks)
	if r.text("parse") == "full" || r.yes("link_names") {
		m.full(text)
	}
	return m
}

// writable returns a channel that the bot can post in: a person's id stands for
// the direct message with them.
func (s *Server) writable(id string) (*Channel, error) {
	if p, ok := s.people[id]; ok {
		if p.Deactivated || p.Bot || p.Stranger {
			return nil, refuse("channel_not_found")
		}
		return s.direct(id), nil
	}
	c, ok := s.channels[id]
	switch {
	case !ok, c.Private && !c.has(BotUser):
		return nil, refuse("channel_not_found")
	case !c.has(BotUser):
		return nil, refuse("not_in_channel")
	case c.Archived:
		return nil, refuse("is_archived")
	case c.Direct && s.people[c.With].Deactivated:
		return nil, refuse("is_inactive")
	}
	return c, nil
}

func (s *Server) postMessage(r request) (reply, error) {
	c, err := s.writable(r.text("channel"))
	if err != nil {
		return nil, err
	}
	if wait, ok := s.limited("post "+c.ID, postsPerSecond, postBurst); !ok {
		return nil, refusal{code: "ratelimited", wait: wait}
	}
	blocks, err := s.content(r.text("text"), r.json("blocks"))
	if err != nil {
		return nil, err
	}
	thread := r.text("thread_ts")
	if thread != "" {
		parent := s.find(c.ID, thread)
		if parent == nil {
			return nil, refuse("thread_not_found")
		}
		thread = parent.root()
	}
	m := s.post(c, thread, r.text("text"), blocks, r.calls(r.text("text"), blocks))
	m.Metadata = string(r.json("metadata"))
	return reply{"channel": c.ID, "ts": m.TS, "message": s.shape(m)}, nil
}

// post puts a message of the bot into a channel.
func (s *Server) post(c *Channel, thread, text string, blocks []Block, mentions Mentions) *Message {
	m := &Message{
		Channel: c.ID, TS: s.timestamp(), ThreadTS: thread, User: BotUser,
		Text: text, Blocks: blocks, Posted: s.now(), mentions: mentions,
	}
	s.posts = append(s.posts, m)
	s.notify(m)
	return m
}

// shape is a message as payloads and answers hold it.
func (s *Server) shape(m *Message) map[string]any {
	shape := map[string]any{
		"type": "message", "ts": m.TS, "user": m.User, "text": m.Text, "team": TeamID,
		"bot_id": botID, "app_id": AppID, "blocks": m.Blocks,
	}
	if thread := s.threadOf(m); thread != "" {
		shape["thread_ts"] = thread
	}
	if m.Metadata != "" {
		shape["metadata"] = json.RawMessage(m.Metadata)
	}
	return shape
}

// threadOf is the thread_ts of a message: that of a message with replies is its
// own. The lock is held.
func (s *Server) threadOf(m *Message) string {
	if m.ThreadTS != "" || m.For != "" {
		return m.ThreadTS
	}
	for _, other := range s.posts {
		if other.Channel == m.Channel && other.ThreadTS == m.TS {
			return m.TS
		}
	}
	return ""
}

func (s *Server) postEphemeral(r request) (reply, error) {
	c, err := s.writable(r.text("channel"))
	if err != nil {
		return nil, err
	}
	user := r.text("user")
	if !c.has(user) {
		return nil, refuse("user_not_in_channel")
	}
	blocks, err := s.content(r.text("text"), r.json("blocks"))
	if err != nil {
		return nil, err
	}
	m := s.hint(user, c.ID, r.text("thread_ts"), r.text("text"), blocks)
	return reply{"message_ts": m.TS}, nil
}

// hint puts a message into a channel that one person sees.
func (s *Server) hint(user, channel, thread, text string, blocks []Block) *Message {
	m := &Message{
		Channel: channel, TS: s.timestamp(), ThreadTS: thread, User: BotUser, For: user,
		Text: text, Blocks: blocks, Posted: s.now(), mentions: mentioned(text, blocks),
	}
	s.hints = append(s.hints, m)
	return m
}

// own returns a message that the bot may change.
func (s *Server) own(channel, ts, otherwise string) (*Message, error) {
	c, ok := s.channels[channel]
	if !ok || !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	m := s.find(channel, ts)
	switch {
	case m == nil:
		return nil, refuse("message_not_found")
	case m.User != BotUser || m.File != nil:
		return nil, refuse(otherwise)
	case c.Archived:
		return nil, refuse("is_archived")
	}
	return m, nil
}

func (s *Server) updateMessage(r request) (reply, error) {
	m, err := s.own(r.text("channel"), r.text("ts"), "cant_update_message")
	if err != nil {
		return nil, err
	}
	if s.options.EditWindow > 0 && s.now().Sub(m.Posted) > s.options.EditWindow {
		return nil, refuse("edit_window_closed")
	}
	blocks, err := s.content(r.text("text"), r.json("blocks"))
	if err != nil {
		return nil, err
	}
	s.edit(m, r.text("text"), blocks, r.calls(r.text("text"), blocks))
	return reply{"channel": m.Channel, "ts": m.TS, "text": m.Text, "message": s.shape(m)}, nil
}

// edit changes a message; nobody is notified, and mentions call nobody anew.
func (s *Server) edit(m *Message, text string, blocks []Block, mentions Mentions) {
	m.Text, m.Blocks, m.mentions = text, blocks, mentions
	m.Edits++
	s.forget(m)
}

func (s *Server) deleteMessage(r request) (reply, error) {
	m, err := s.own(r.text("channel"), r.text("ts"), "cant_delete_message")
	if err != nil {
		return nil, err
	}
	s.posts = slices.DeleteFunc(s.posts, func(other *Message) bool { return other == m })
	return reply{"channel": m.Channel, "ts": m.TS}, nil
}

func (s *Server) permalink(r request) (reply, error) {
	c, ok := s.channels[r.text("channel")]
	if !ok || !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	m := s.find(c.ID, r.text("message_ts"))
	if m == nil {
		return nil, refuse("message_not_found")
	}
	link := fmt.Sprintf("https://harbor.slack.test/archives/%s/p%s", m.Channel, strings.ReplaceAll(m.TS, ".", ""))
	if m.ThreadTS != "" {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + m.Channel
	}
	return reply{"channel": m.Channel, "permalink": link}, nil
}
