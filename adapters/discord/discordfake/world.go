package discordfake

import (
	"slices"
	"time"
)

// The types of channels.
const (
	TextChannel    = 0
	DirectChannel  = 1
	VoiceChannel   = 2
	Category       = 4
	NewsChannel    = 5
	PublicThread   = 11
	PrivateThread  = 12
	ForumChannel   = 15
	overwriteRole  = 0
	overwriteUser  = 1
	defaultArchive = 4320 // minutes
)

// A Person is an account.
type Person struct {
	ID      string
	Name    string
	Bot     bool
	Outside bool     // in no server with the bot
	Closed  bool     // takes no direct messages
	Roles   []string // in the one server of [GuildID]
}

// A Guild is a server.
type Guild struct {
	ID    string
	Name  string
	Owner string
	Roles []Role
	// NotifyAll says that people are notified of every message that they can see,
	// and not of mentions alone: it is up to a server, and to each person.
	NotifyAll bool
}

// A Role is a role of a server. The one with the server's id is @everyone.
type Role struct {
	ID          string
	Name        string
	Permissions Permissions
	Bot         string // the bot with which it came
}

// An Overwrite changes permissions in one channel.
type Overwrite struct {
	ID          string
	Member      bool // of a person, and not of a role
	Allow, Deny Permissions
}

// A Channel is a channel, a thread or a direct message.
type Channel struct {
	ID         string
	Guild      string // "" is [GuildID], unless it is a direct message
	Type       int
	Name       string
	Parent     string
	Overwrites []Overwrite
	With       string // a direct message: the other side

	// Of threads alone.
	Owner       string
	Members     []string
	Invitable   bool
	Archived    bool
	Locked      bool
	AutoArchive int // minutes
	active      time.Time
}

func (c *Channel) thread() bool { return c.Type == PublicThread || c.Type == PrivateThread }

// A Message is one message as Discord keeps it.
type Message struct {
	ID         string
	Channel    string
	Author     string
	Content    string
	Embeds     []Embed
	Components []Component
	Flags      int
	Files      []File
	For        string // an ephemeral message: the only one who sees it
	Edits      int
	Posted     time.Time
	Pings      []string // whom it calls, by id
	Everyone   bool     // it calls all who are there
	Loading    bool     // the app said that it will come

	nonce string
	names map[string]string
}

// A File is what came with a message.
type File struct {
	ID      string
	Name    string
	Content []byte
}

// AddPerson makes an account.
func (s *Server) AddPerson(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.Roles = slices.Clone(p.Roles)
	s.people[p.ID] = &p
}

// AddGuild makes a server, in which the bot is.
func (s *Server) AddGuild(g Guild) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.Roles = slices.Clone(g.Roles)
	s.guilds[g.ID] = &g
}

// AddChannel makes a channel.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Guild == "" && c.Type != DirectChannel {
		c.Guild = GuildID
	}
	c.Overwrites = slices.Clone(c.Overwrites)
	c.active = s.now()
	s.channels[c.ID] = &c
}

// ChangePerson changes somebody, such as to take a role away.
func (s *Server) ChangePerson(id string, change func(*Person)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.people[id])
}

// ChangeGuild changes a server and tells the gateway, as far as the bot's intent
// goes.
func (s *Server) ChangeGuild(id string, change func(*Guild)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.guilds[id]
	change(g)
	s.event("GUILD_UPDATE", s.shapeGuild(g))
	for i := range g.Roles {
		s.event("GUILD_ROLE_UPDATE", map[string]any{"guild_id": id, "role": shapeRole(g, i)})
	}
}

// ChangeChannel changes a channel or thread and tells the gateway.
func (s *Server) ChangeChannel(id string, change func(*Channel)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[id]
	change(c)
	name := "CHANNEL_UPDATE"
	if c.thread() {
		name = "THREAD_UPDATE"
	}
	s.event(name, s.shapeChannel(c))
}

// DeleteChannel takes a channel or thread away, with its messages.
func (s *Server) DeleteChannel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[id]
	delete(s.channels, id)
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool { return m.Channel == id })
	s.event("CHANNEL_DELETE", s.shapeChannel(c))
}

// DeleteMessage takes a message away, as a moderator does.
func (s *Server) DeleteMessage(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(id)
}

// drop takes a message away. The lock is held.
func (s *Server) drop(id string) {
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool { return m.ID == id })
}

// find returns a message by its id. The lock is held.
func (s *Server) find(id string) *Message {
	for _, m := range s.messages {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// direct returns the direct messages between the bot and somebody, made when they
// are not there. The lock is held.
func (s *Server) direct(user string) *Channel {
	for _, c := range s.channels {
		if c.Type == DirectChannel && c.With == user {
			return c
		}
	}
	c := &Channel{ID: s.snowflake(), Type: DirectChannel, With: user}
	s.channels[c.ID] = c
	return c
}

// Threads are the threads that somebody sees, in no order. An empty user is
// somebody who sees all.
func (s *Server) Threads(user string) []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var seen []Channel
	for _, c := range s.channels {
		if c.thread() && (user == "" || s.sees(user, c)) {
			copied := *c
			copied.Members = slices.Clone(c.Members)
			seen = append(seen, copied)
		}
	}
	return seen
}

// Messages are what somebody sees in a channel or thread, oldest first, with
// what is for them alone. An empty user is somebody who sees all but that.
func (s *Server) Messages(user, channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.channels[channel]
	if !ok || user != "" && !s.sees(user, c) {
		return nil
	}
	var seen []Message
	for _, m := range s.messages {
		if m.Channel == channel && (m.For == "" || m.For == user) {
			seen = append(seen, s.copied(m))
		}
	}
	return seen
}

// copied is a message with the names that it needs to be read. The lock is held.
func (s *Server) copied(m *Message) Message {
	one := *m
	one.names = map[string]string{}
	for id, p := range s.people {
		one.names[id] = p.Name
	}
	for id, c := range s.channels {
		one.names[id] = c.Name
	}
	return one
}

// Direct are the direct messages between the bot and somebody, oldest first.
func (s *Server) Direct(user string) []Message {
	s.mu.Lock()
	id := ""
	for _, c := range s.channels {
		if c.Type == DirectChannel && c.With == user {
			id = c.ID
		}
	}
	s.mu.Unlock()
	var all []Message
	for _, m := range s.Messages(user, id) {
		if m.For == "" {
			all = append(all, m)
		}
	}
	return all
}

// Ephemeral are the messages that only this person sees, oldest first.
func (s *Server) Ephemeral(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var seen []Message
	for _, m := range s.messages {
		if m.For == user && !m.Loading {
			seen = append(seen, s.copied(m))
		}
	}
	return seen
}

// Reload makes somebody's client load again: what was ephemeral is gone.
func (s *Server) Reload(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool { return m.For == user })
}

// Notifications are what somebody's lock screen showed, oldest first.
func (s *Server) Notifications(user string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.shown[user])
}

// Notices are what Discord itself told somebody, such as that the app did not
// answer, oldest first.
func (s *Server) Notices(user string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.notices[user])
}
