package discord

import "strconv"

// The permissions that decide anything here, as Discord numbers them.
const (
	permAdministrator    = 1 << 3
	permViewChannel      = 1 << 10
	permEmbedLinks       = 1 << 14
	permAttachFiles      = 1 << 15
	permManageThreads    = 1 << 34
	permPrivateThreads   = 1 << 36
	permSendInThreads    = 1 << 38
	overwriteRole        = 0
	overwriteMember      = 1
	everything           = permissions(1)<<63 - 1
	needed               = permViewChannel | permEmbedLinks | permAttachFiles | permPrivateThreads | permSendInThreads
	neededWords          = "View Channel, Create Private Threads, Send Messages in Threads, Embed Links and Attach Files"
	permissionsByDecimal = 10
)

// permissions are a set, which Discord writes as a decimal text.
type permissions uint64

// UnmarshalJSON implements [json.Unmarshaler]. What is no number is no
// permission.
func (p *permissions) UnmarshalJSON(data []byte) error {
	var text word
	_ = text.UnmarshalJSON(data) // never fails
	n, _ := strconv.ParseUint(string(text), permissionsByDecimal, 64)
	*p = permissions(n)
	return nil
}

func (p permissions) has(all permissions) bool { return p&all == all }

// An overwrite changes permissions in one channel, for a role or a member.
type overwrite struct {
	ID    string      `json:"id"`
	Type  int         `json:"type"`
	Allow permissions `json:"allow"`
	Deny  permissions `json:"deny"`
}

type role struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Permissions permissions `json:"permissions"`
	Managed     bool        `json:"managed"`
	Tags        struct {
		BotID string `json:"bot_id"`
	} `json:"tags"`
}

type guild struct {
	ID      string `json:"id"`
	OwnerID string `json:"owner_id"`
	Roles   []role `json:"roles"`
}

// permissionsIn computes what a member with some roles may do in a channel, in
// Discord's order: the base of all roles; owner and administrators everything;
// then the channel's overwrites for everybody, for the roles, for the member.
// user "" is somebody who is nothing but their roles.
func permissionsIn(g guild, c channel, user string, roles []string) permissions {
	if user != "" && user == g.OwnerID {
		return everything
	}
	held := map[string]bool{}
	for _, id := range roles {
		held[id] = true
	}
	var p permissions
	for _, r := range g.Roles {
		if r.ID == g.ID || held[r.ID] { // the role of everybody has the server's id
			p |= r.Permissions
		}
	}
	if p.has(permAdministrator) {
		return everything
	}
	var allow, deny permissions
	for _, o := range c.Overwrites {
		if o.Type == overwriteRole && o.ID == g.ID {
			p = p&^o.Deny | o.Allow
		}
	}
	for _, o := range c.Overwrites {
		if o.Type == overwriteRole && o.ID != g.ID && held[o.ID] {
			allow, deny = allow|o.Allow, deny|o.Deny
		}
	}
	p = p&^deny | allow
	for _, o := range c.Overwrites {
		if o.Type == overwriteMember && user != "" && o.ID == user {
			p = p&^o.Deny | o.Allow
		}
	}
	if !p.has(permViewChannel) {
		return 0 // who cannot see a channel can do nothing in it
	}
	return p
}
