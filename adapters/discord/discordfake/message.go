package discordfake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// nonceLife is how long the same nonce is the same message. Discord documents
// "the past few minutes".
const nonceLife = 3 * time.Minute

// A once is a message that was posted under a nonce.
type once struct {
	message string
	at      time.Time
}

func (s *Server) createMessage(c *call) (int, any, error) {
	in, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return 0, nil, unknownChannel()
	}
	sent, err := parseMessage(c.body, "")
	if err != nil {
		return 0, nil, err
	}
	if err := s.mayPost(in, sent, len(c.files) > 0); err != nil {
		return 0, nil, err
	}
	nonce := ""
	if sent.Nonce != nil && sent.EnforceNonce {
		nonce = fmt.Sprint(sent.Nonce)
		if before, ok := s.nonces[nonce]; ok && s.now().Sub(before.at) < nonceLife && s.find(before.message) != nil {
			return 200, s.shapeMessage(s.find(before.message)), nil
		}
	}
	m, err := s.put(in, BotUser, sent, c.files, sent.Flags&flagSilent|sent.Flags&flagSuppressEmbeds)
	if err != nil {
		return 0, nil, err
	}
	s.summon(in, m)
	if nonce != "" {
		m.nonce = nonce
		s.nonces[nonce] = once{m.ID, s.now()}
	}
	return 200, s.shapeMessage(m), nil
}

func unknownChannel() error { return refuse(404, codeUnknownChannel, "Unknown Channel") }

// mayPost refuses what the bot may not post in a channel.
func (s *Server) mayPost(c *Channel, sent sentMessage, files bool) error {
	if c.Type == DirectChannel {
		if p, ok := s.people[c.With]; !ok || p.Closed || p.Outside {
			return refuse(403, codeCannotWriteTo, "Cannot send messages to this user")
		}
		return nil
	}
	needed := SendMessages
	if c.thread() {
		needed = SendMessagesInThreads
	} else if c.Type != TextChannel && c.Type != NewsChannel && c.Type != VoiceChannel {
		return refuse(400, 50008, "Cannot send messages in a non-text channel")
	}
	if len(sent.Embeds) > 0 {
		needed |= EmbedLinks
	}
	if files {
		needed |= AttachFiles
	}
	if err := s.may(c, needed); err != nil {
		return err
	}
	if c.Locked && !s.permissions(BotUser, c).has(ManageThreads) {
		return refuse(403, codeLocked, "This thread is locked")
	}
	return nil
}

// put makes a message. A thread that was archived is not any more. The lock is
// held.
func (s *Server) put(c *Channel, author string, sent sentMessage, files map[string]File, flags int) (*Message, error) {
	m := &Message{ID: s.snowflake(), Channel: c.ID, Author: author, Flags: flags, Posted: s.now()}
	if err := m.take(sent, files, s); err != nil {
		return nil, err
	}
	m.Pings, m.Everyone = s.called(c, m.Content, sent.AllowedMentions)
	s.messages = append(s.messages, m)
	s.wake(c)
	return m, nil
}

// wake takes a thread in which something is said out of the archive. The lock is
// held.
func (s *Server) wake(c *Channel) {
	if !c.thread() {
		return
	}
	c.active = s.now()
	if c.Archived {
		c.Archived = false
		s.event("THREAD_UPDATE", s.shapeChannel(c))
	}
}

var unsafeName = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// take takes over what was sent: what was left out stays.
func (m *Message) take(sent sentMessage, files map[string]File, s *Server) error {
	if sent.Content != nil || sent.has["content"] {
		m.Content = ""
		if sent.Content != nil {
			m.Content = *sent.Content
		}
	}
	if sent.has["embeds"] {
		m.Embeds = slices.DeleteFunc(slices.Clone(sent.Embeds), func(e Embed) bool { return e.readable(nil) == "" })
	}
	if sent.has["components"] {
		m.Components = numbered(sent.Components)
	}
	if sent.has["attachments"] && len(files) == 0 {
		m.Files = nil
	}
	if err := m.attach(sent, files, s); err != nil {
		return err
	}
	if m.Content == "" && len(m.Embeds) == 0 && len(m.Files) == 0 && len(m.Components) == 0 {
		return refuse(400, codeEmptyMessage, "Cannot send an empty message")
	}
	return nil
}

// attach adds the files. Each is named by an attachment with its number, where
// there are any.
func (m *Message) attach(sent sentMessage, files map[string]File, s *Server) error {
	for n := range files {
		if len(files[n].Content) > maxFile {
			return refuse(413, codeTooBig, "Request entity too large")
		}
	}
	for n := range maxFiles {
		file, ok := files[fmt.Sprintf("files[%d]", n)]
		if !ok {
			continue
		}
		named := sent.Attachments == nil
		for _, a := range sent.Attachments {
			if fmt.Sprint(a.ID) == fmt.Sprint(n) {
				named = true
				file.Name = cmp.Or(a.Filename, file.Name)
			}
		}
		if !named {
			var f form
			f.fault("attachments", "ATTACHMENT_NOT_FOUND", "An uploaded file has no attachment")
			return f.err()
		}
		file.ID, file.Name = s.snowflake(), unsafeName.ReplaceAllString(file.Name, "_")
		m.Files = append(m.Files, file)
	}
	return nil
}

// numbered gives components the ids that Discord gives those without.
func numbered(components []Component) []Component {
	next := 0
	var number func([]Component) []Component
	number = func(list []Component) []Component {
		list = slices.Clone(list)
		for i := range list {
			next++
			list[i].ID = cmp.Or(list[i].ID, next)
			list[i].Components = number(list[i].Components)
		}
		return list
	}
	return number(components)
}

// reach returns a message that the bot may act on by its token: none of those
// that are for one person alone. The lock is held.
func (s *Server) reach(c *call) (*Channel, *Message, error) {
	in, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return nil, nil, unknownChannel()
	}
	if err := validID(c.arg("message_id")); err != nil {
		return nil, nil, err
	}
	if err := s.may(in, ViewChannel); err != nil {
		return nil, nil, err
	}
	m := s.find(c.arg("message_id"))
	if m == nil || m.Channel != in.ID || m.For != "" {
		return nil, nil, unknownMessage()
	}
	return in, m, nil
}

func unknownMessage() error { return refuse(404, codeUnknownMessage, "Unknown Message") }

func (s *Server) editMessage(c *call) (int, any, error) {
	in, m, err := s.reach(c)
	if err != nil {
		return 0, nil, err
	}
	if m.Author != BotUser {
		return 0, nil, refuse(403, codeOthersMessage, "Cannot edit a message authored by another user")
	}
	sent, err := parseMessage(c.body, "")
	if err != nil {
		return 0, nil, err
	}
	if err := s.change(in, m, sent, c.files); err != nil {
		return 0, nil, err
	}
	return 200, s.shapeMessage(m), nil
}

// change edits a message. A change calls nobody anew. The lock is held.
func (s *Server) change(c *Channel, m *Message, sent sentMessage, files map[string]File) error {
	if c.Archived {
		return refuse(400, codeArchived, "Thread is archived")
	}
	changed := *m
	if err := changed.take(sent, files, s); err != nil {
		return err
	}
	changed.Edits++
	changed.Loading = false
	changed.Flags &^= flagLoading
	if sent.has["content"] {
		changed.Pings, changed.Everyone = s.called(c, changed.Content, sent.AllowedMentions)
	}
	*m = changed
	return nil
}

func (s *Server) message(c *call) (int, any, error) {
	in, m, err := s.reach(c)
	if err == nil {
		err = s.may(in, ReadMessageHistory)
	}
	if err != nil {
		return 0, nil, err
	}
	return 200, s.shapeMessage(m), nil
}

// listMessages gives nothing to those who may not read what was before.
func (s *Server) listMessages(c *call) (int, any, error) {
	in, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return 0, nil, unknownChannel()
	}
	if err := s.may(in, ViewChannel); err != nil {
		return 0, nil, err
	}
	list := []any{}
	if in.Type != DirectChannel && !s.permissions(BotUser, in).has(ReadMessageHistory) {
		return 200, list, nil
	}
	for _, m := range slices.Backward(s.messages) {
		if m.Channel == in.ID && m.For == "" && len(list) < 50 {
			list = append(list, s.shapeMessage(m))
		}
	}
	return 200, list, nil
}

func (s *Server) deleteMessage(c *call) (int, any, error) {
	in, m, err := s.reach(c)
	if err != nil {
		return 0, nil, err
	}
	if m.Author != BotUser {
		if err := s.may(in, ManageMessages); err != nil || in.Type == DirectChannel {
			return 0, nil, refuse(403, codeMissingPermissions, "Missing Permissions")
		}
	}
	if in.Archived {
		return 0, nil, refuse(400, codeArchived, "Thread is archived")
	}
	s.drop(m.ID)
	return 204, nil, nil
}
