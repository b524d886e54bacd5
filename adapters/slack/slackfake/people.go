package slackfake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// visible returns a channel that the bot may look up. A private channel that it
// is not in does not exist for it.
func (s *Server) visible(id string) (*Channel, error) {
	c, ok := s.channels[id]
	if !ok {
		return nil, refuse("channel_not_found")
	}
	if err := s.allowed(c.kindScope("read")); err != nil {
		return nil, err
	}
	if c.Private && !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

func (s *Server) channelInfo(r request) (reply, error) {
	c, err := s.visible(r.text("channel"))
	if err != nil {
		return nil, err
	}
	return reply{"channel": s.shapeChannel(c)}, nil
}

func (s *Server) shapeChannel(c *Channel) map[string]any {
	pending := c.PendingTeams
	if pending == nil {
		pending = []string{}
	}
	shape := map[string]any{
		"id": c.ID, "created": 1760000000, "is_archived": c.Archived, "is_im": c.Direct, "is_mpim": c.Group,
		"is_private": c.Private, "is_org_shared": c.OrgShared, "context_team_id": TeamID,
	}
	if c.Direct {
		shape["user"], shape["is_open"], shape["priority"] = c.With, true, 0
		if !s.options.NoLatest {
			shape["latest"] = s.latest(c)
		}
		return shape
	}
	shape["name"] = c.Name
	shape["is_channel"], shape["is_group"] = !c.Private, false // private channels have C ids and say is_channel too since 2021
	shape["is_member"] = c.has(BotUser)
	shape["is_shared"] = c.Shared || c.OrgShared
	shape["is_ext_shared"] = c.Shared
	shape["is_pending_ext_shared"] = c.PendingShared
	shape["pending_shared"] = pending
	shape["creator"] = "U0OWNER"
	return shape
}

func (s *Server) channelMembers(r request) (reply, error) {
	c, err := s.visible(r.text("channel"))
	if err != nil {
		return nil, err
	}
	limit, _ := strconv.Atoi(r.text("limit"))
	if limit < 1 || limit > 1000 {
		limit = 100
	}
	from := 0
	if cursor := r.text("cursor"); cursor != "" {
		if from, err = strconv.Atoi(cursor); err != nil || from > len(c.Members) {
			return nil, refuse("invalid_cursor")
		}
	}
	to, next := min(from+limit, len(c.Members)), ""
	if to < len(c.Members) {
		next = strconv.Itoa(to)
	}
	return reply{"members": c.Members[from:to], "response_metadata": map[string]any{"next_cursor": next}}, nil
}

func (s *Server) openDirect(r request) (reply, error) {
	if id := r.text("channel"); id != "" {
		c, ok := s.channels[id]
		if !ok || !c.Direct {
			return nil, refuse("channel_not_found")
		}
		return reply{"no_op": true, "already_open": true, "channel": map[string]any{"id": c.ID}}, nil
	}
	users := strings.Split(r.text("users"), ",")
	switch {
	case r.text("users") == "":
		return nil, refuse("users_list_not_supplied")
	case len(users) > maxDirect:
		return nil, refuse("too_many_users")
	}
	for _, user := range users {
		p, ok := s.people[user]
		switch {
		case !ok:
			return nil, refuse("user_not_found")
		case p.Deactivated:
			return nil, refuse("user_disabled")
		case p.Bot:
			return nil, refuse("cannot_dm_bot")
		case p.Stranger:
			return nil, refuse("user_not_visible")
		}
	}
	if len(users) > 1 {
		if err := s.allowed("mpim:write"); err != nil {
			return nil, err
		}
		c := &Channel{ID: s.name("G"), Private: true, Group: true, Members: append([]string{BotUser}, users...)}
		s.channels[c.ID] = c
		return reply{"channel": map[string]any{"id": c.ID}}, nil
	}
	if err := s.allowed("im:write"); err != nil {
		return nil, err
	}
	c := s.direct(users[0])
	if r.yes("return_im") {
		return reply{"channel": s.shapeChannel(c)}, nil
	}
	return reply{"channel": map[string]any{"id": c.ID}}, nil
}

// latest is what stands last in a direct message, as a conversation object says
// it: nothing of its blocks. The lock is held.
func (s *Server) latest(c *Channel) any {
	for _, m := range slices.Backward(s.posts) {
		if m.Channel == c.ID && m.ThreadTS == "" {
			return map[string]any{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS}
		}
	}
	return nil
}

var channelName = regexp.MustCompile(`^[\p{Ll}\p{Lo}\d_-]+$`)

func (s *Server) createChannel(r request) (reply, error) {
	name, private := r.text("name"), r.yes("is_private")
	scope := "channels:manage"
	if private {
		scope = "groups:write"
	}
	if err := s.allowed(scope); err != nil {
		return nil, err
	}
	switch {
	case name == "":
		return nil, refuse("invalid_name_required")
	case length(name) >= maxChannelName:
		return nil, refuse("invalid_name_maxlength")
	case !channelName.MatchString(name):
		return nil, refuse("invalid_name_specials")
	}
	for _, c := range s.channels {
		if c.Name == name {
			return nil, refuse("name_taken")
		}
	}
	c := &Channel{ID: s.name("C"), Name: name, Private: private, Members: []string{BotUser}}
	s.channels[c.ID] = c
	return reply{"channel": s.shapeChannel(c)}, nil
}

func (s *Server) invite(r request) (reply, error) {
	c, ok := s.channels[r.text("channel")]
	if !ok || c.Private && !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	users := strings.Split(r.text("users"), ",")
	switch {
	case !c.has(BotUser):
		return nil, refuse("not_in_channel")
	case c.Archived:
		return nil, refuse("is_archived")
	case r.text("users") == "":
		return nil, refuse("no_user")
	case len(users) > maxInvited:
		return nil, refuse("too_many_users")
	}
	for _, user := range users {
		switch p, known := s.people[user]; {
		case !known:
			return nil, refuse("user_not_found")
		case p.ID == BotUser:
			return nil, refuse("cant_invite_self")
		case p.Deactivated:
			return nil, refuse("cant_invite")
		case c.has(user):
			return nil, refuse("already_in_channel")
		}
	}
	c.Members = append(c.Members, users...)
	return reply{"channel": s.shapeChannel(c)}, nil
}

func (s *Server) userInfo(r request) (reply, error) {
	p, ok := s.people[r.text("user")]
	if !ok {
		return nil, refuse("user_not_found")
	}
	shape := map[string]any{
		"id": p.ID, "team_id": p.Team, "name": strings.ToLower(p.Name), "deleted": p.Deactivated,
		"profile": map[string]any{"real_name": p.Name},
	}
	if !p.Deactivated {
		shape["is_bot"], shape["is_restricted"], shape["is_ultra_restricted"] = p.Bot, p.Guest || p.SingleGuest, p.SingleGuest
	}
	if p.Stranger {
		shape["is_stranger"] = true
	}
	return reply{"user": shape}, nil
}

// Leave takes somebody out of a channel.
func (s *Server) Leave(channel, user string) {
	s.ChangeChannel(channel, func(c *Channel) {
		c.Members = slices.DeleteFunc(c.Members, func(m string) bool { return m == user })
	})
}

// Join puts somebody into a channel.
func (s *Server) Join(channel, user string) {
	s.ChangeChannel(channel, func(c *Channel) { c.Members = append(c.Members, user) })
}
