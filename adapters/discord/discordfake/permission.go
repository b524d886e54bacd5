package discordfake

import "slices"

// Permissions are a set, which Discord writes as a decimal text.
type Permissions uint64

// The permissions that are enforced.
const (
	Administrator         Permissions = 1 << 3
	ManageChannels        Permissions = 1 << 4
	ViewChannel           Permissions = 1 << 10
	SendMessages          Permissions = 1 << 11
	ManageMessages        Permissions = 1 << 13
	EmbedLinks            Permissions = 1 << 14
	AttachFiles           Permissions = 1 << 15
	ReadMessageHistory    Permissions = 1 << 16
	MentionEveryone       Permissions = 1 << 17
	UseCommands           Permissions = 1 << 31
	ManageThreads         Permissions = 1 << 34
	CreatePublicThreads   Permissions = 1 << 35
	CreatePrivateThreads  Permissions = 1 << 36
	SendMessagesInThreads Permissions = 1 << 38

	// Everyday is what @everyone has in a new server, as far as it is enforced.
	Everyday = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | MentionEveryone | UseCommands |
		CreatePublicThreads | CreatePrivateThreads | SendMessagesInThreads
	// Needed is what the bot's role has to begin with: not SendMessages, because
	// a bot of threads needs none, and not ReadMessageHistory, because this one
	// reads nothing.
	Needed = ViewChannel | EmbedLinks | AttachFiles | CreatePrivateThreads | SendMessagesInThreads

	everything Permissions = 1<<53 - 1
)

func (p Permissions) has(all Permissions) bool { return p&all == all }

// permissions are somebody's in a channel of a server, in the order that Discord
// documents: roles, then the overwrites of @everyone, of roles and of the member.
// A thread has those of its parent. The lock is held.
func (s *Server) permissions(user string, c *Channel) Permissions {
	g, ok := s.guilds[c.Guild]
	p, known := s.people[user]
	if !ok || !known || p.Outside {
		return 0
	}
	if g.Owner == user {
		return everything
	}
	var base Permissions
	for _, r := range g.Roles {
		if r.ID == g.ID || slices.Contains(p.Roles, r.ID) {
			base |= r.Permissions
		}
	}
	if base.has(Administrator) {
		return everything
	}
	if c.thread() {
		if parent, ok := s.channels[c.Parent]; ok {
			c = parent
		}
	}
	var allow, deny Permissions
	for _, o := range c.Overwrites {
		if !o.Member && o.ID == g.ID {
			base = base&^o.Deny | o.Allow
		}
	}
	for _, o := range c.Overwrites {
		if !o.Member && o.ID != g.ID && slices.Contains(p.Roles, o.ID) {
			allow |= o.Allow
			deny |= o.Deny
		}
	}
	base = base&^deny | allow
	for _, o := range c.Overwrites {
		if o.Member && o.ID == user {
			base = base&^o.Deny | o.Allow
		}
	}
	if !base.has(ViewChannel) {
		return 0
	}
	return base
}

// sees reports whether somebody can see what is in a channel. The lock is held.
func (s *Server) sees(user string, c *Channel) bool {
	switch {
	case c.Type == DirectChannel:
		return user == c.With || user == BotUser
	case !s.permissions(user, c).has(ViewChannel):
		return false
	case c.Type == PrivateThread:
		return slices.Contains(c.Members, user) || s.permissions(user, c).has(ManageThreads)
	default:
		return true
	}
}

// may refuses what the bot lacks permission for. The lock is held.
func (s *Server) may(c *Channel, needed Permissions) error {
	switch {
	case c.Type == DirectChannel:
		return nil
	case !s.sees(BotUser, c):
		return refuse(403, codeMissingAccess, "Missing Access")
	case !s.permissions(BotUser, c).has(needed):
		return refuse(403, codeMissingPermissions, "Missing Permissions")
	default:
		return nil
	}
}
