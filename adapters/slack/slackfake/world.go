package slackfake

import (
	"slices"
	"time"
)

// A Person is a member of the workspace, or somebody of elsewhere who is in one
// of its channels.
type Person struct {
	ID          string
	Name        string
	Team        string // "" is [TeamID]
	Guest       bool   // of several channels
	SingleGuest bool   // of one channel
	Bot         bool
	Deactivated bool
	Stranger    bool // of another workspace
}

// A Channel is a channel, a direct message (ID begins with D) or a group of them.
type Channel struct {
	ID            string
	Name          string
	Private       bool
	Archived      bool
	Shared        bool // with another workspace, by Slack Connect
	PendingShared bool
	PendingTeams  []string // invited and not there yet
	OrgShared     bool
	Direct        bool
	Group         bool // a direct message of several
	Members       []string
	With          string // Direct: the other side
}

// A Message is one message as the workspace keeps it.
type Message struct {
	Channel  string
	TS       string
	ThreadTS string // of the message it replies to; "" is none
	User     string
	Text     string // top-level: what notifications show
	Blocks   []Block
	Metadata string // as sent
	Posted   time.Time
	Edits    int
	File     *File
	For      string // an ephemeral message: the only one who sees it

	mentions Mentions
}

// A File is what was uploaded.
type File struct {
	ID      string
	Name    string
	Title   string
	Content []byte

	length int
	shared bool
}

// AddPerson puts somebody into the workspace.
func (s *Server) AddPerson(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.Team == "" {
		p.Team = TeamID
	}
	s.people[p.ID] = &p
}

// AddChannel makes a channel.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Members = slices.Clone(c.Members)
	s.channels[c.ID] = &c
}

// ChangePerson changes somebody, such as to deactivate them.
func (s *Server) ChangePerson(id string, change func(*Person)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.people[id])
}

// ChangeChannel changes a channel, such as to archive it.
func (s *Server) ChangeChannel(id string, change func(*Channel)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.channels[id])
}

func (c *Channel) has(user string) bool { return slices.Contains(c.Members, user) }

// kindScope is the scope that reading about a channel of this kind needs.
func (c *Channel) kindScope(verb string) string {
	switch {
	case c.Direct:
		return "im:" + verb
	case c.Group:
		return "mpim:" + verb
	case c.Private:
		return "groups:" + verb
	default:
		return "channels:" + verb
	}
}

// Readable is everything that can be read in a message.
func (m Message) Readable() string {
	if len(m.Blocks) == 0 {
		return mrkdwn(m.Text)
	}
	return readable(m.Blocks)
}

// Mentions are whom a message calls.
func (m Message) Mentions() Mentions { return m.mentions }

// Controls are what can be pressed and chosen in a message.
func (m Message) Controls() []Control { return controls(m.Blocks) }

// root is the ts of the thread a message stands in: its own when it begins one.
func (m Message) root() string {
	if m.ThreadTS != "" {
		return m.ThreadTS
	}
	return m.TS
}

// find returns a message of a channel. The lock is held.
func (s *Server) find(channel, ts string) *Message {
	for _, m := range s.posts {
		if m.Channel == channel && m.TS == ts {
			return m
		}
	}
	return nil
}

// findHint returns an ephemeral message. The lock is held.
func (s *Server) findHint(user, ts string) *Message {
	for _, m := range s.hints {
		if m.For == user && m.TS == ts {
			return m
		}
	}
	return nil
}

// direct returns the direct message channel between the bot and somebody, made
// when it is not there. The lock is held.
func (s *Server) direct(user string) *Channel {
	for _, c := range s.channels {
		if c.Direct && c.With == user {
			return c
		}
	}
	c := &Channel{ID: s.name("D"), Private: true, Direct: true, With: user, Members: []string{BotUser, user}}
	s.channels[c.ID] = c
	return c
}

// notify puts a message on the lock screens of everybody who can see it but its
// author: what a phone shows is the top-level text, or all of the blocks when
// there is none. The lock is held.
func (s *Server) notify(m *Message) {
	text := mrkdwn(m.Text)
	if m.Text == "" {
		text = readable(m.Blocks)
	}
	for _, user := range s.channels[m.Channel].Members {
		if user != m.User {
			s.shown[user] = append(s.shown[user], text)
		}
	}
}

// Notifications are what somebody's lock screen showed, oldest first.
func (s *Server) Notifications(user string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.shown[user])
}

// Notices are what Slack itself told somebody, such as that the app did not
// answer, oldest first.
func (s *Server) Notices(user string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.notices[user])
}

// Messages are what somebody sees in a channel and its threads, oldest first.
// An empty user is somebody who sees all.
func (s *Server) Messages(user, channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.channels[channel]
	if !ok || user != "" && !c.has(user) {
		return nil
	}
	var seen []Message
	for _, m := range s.posts {
		if m.Channel == channel {
			seen = append(seen, *m)
		}
	}
	return seen
}

// Direct are the direct messages between the bot and somebody, oldest first.
func (s *Server) Direct(user string) []Message {
	s.mu.Lock()
	channel := ""
	for _, c := range s.channels {
		if c.Direct && c.With == user {
			channel = c.ID
		}
	}
	s.mu.Unlock()
	return s.Messages(user, channel)
}

// Ephemeral are the messages that only this person sees, oldest first.
func (s *Server) Ephemeral(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var seen []Message
	for _, m := range s.hints {
		if m.For == user {
			seen = append(seen, *m)
		}
	}
	return seen
}

// Reload makes somebody's client load again: what was ephemeral is gone.
func (s *Server) Reload(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hints = slices.DeleteFunc(s.hints, func(m *Message) bool { return m.For == user })
}
