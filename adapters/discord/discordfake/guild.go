package discordfake

import "slices"

// guildOf returns a server that the bot is in. The lock is held.
func (s *Server) guildOf(c *call) (*Guild, error) {
	g, ok := s.guilds[c.arg("guild_id")]
	if !ok {
		return nil, refuse(404, codeUnknownGuild, "Unknown Guild")
	}
	return g, nil
}

func (s *Server) guild(c *call) (int, any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return 0, nil, err
	}
	return 200, s.shapeGuild(g), nil
}

func (s *Server) guildChannels(c *call) (int, any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return 0, nil, err
	}
	list := []any{}
	for _, at := range s.channels {
		if at.Guild == g.ID && !at.thread() {
			list = append(list, s.shapeChannel(at))
		}
	}
	return 200, list, nil
}

func (s *Server) guildRoles(c *call) (int, any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return 0, nil, err
	}
	return 200, shapeRoles(g), nil
}

// roleCounts says how many hold each role but @everyone.
func (s *Server) roleCounts(c *call) (int, any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return 0, nil, err
	}
	counts := map[string]any{}
	for _, r := range g.Roles {
		if r.ID == g.ID {
			continue
		}
		n := 0
		for _, p := range s.people {
			if !p.Outside && slices.Contains(p.Roles, r.ID) {
				n++
			}
		}
		counts[r.ID] = n
	}
	return 200, counts, nil
}

// listMembers is for those who were granted the privileged intent for it.
func (s *Server) listMembers(c *call) (int, any, error) {
	if _, err := s.guildOf(c); err != nil {
		return 0, nil, err
	}
	if s.options.Privileged&intentMembers == 0 {
		return 0, nil, refuse(403, codeMissingAccess, "Missing Access")
	}
	list := []any{}
	for id, p := range s.people {
		if !p.Outside {
			list = append(list, s.shapeMember(id))
		}
	}
	return 200, list, nil
}

func (s *Server) member(c *call) (int, any, error) {
	if _, err := s.guildOf(c); err != nil {
		return 0, nil, err
	}
	if err := validID(c.arg("user_id")); err != nil {
		return 0, nil, err
	}
	p, ok := s.people[c.arg("user_id")]
	switch {
	case !ok:
		return 0, nil, refuse(404, codeUnknownUser, "Unknown User")
	case p.Outside:
		return 0, nil, refuse(404, codeUnknownMember, "Unknown Member")
	}
	return 200, s.shapeMember(p.ID), nil
}

// openDirect returns the direct messages with somebody. It says nothing of
// whether they take any: writing does.
func (s *Server) openDirect(c *call) (int, any, error) {
	var sent struct {
		Recipient string `json:"recipient_id"`
	}
	if err := c.into(&sent); err != nil {
		return 0, nil, err
	}
	if err := validID(sent.Recipient); err != nil {
		return 0, nil, err
	}
	p, ok := s.people[sent.Recipient]
	switch {
	case !ok:
		return 0, nil, refuse(400, codeUnknownUser, "Unknown User")
	case p.Bot:
		return 0, nil, refuse(400, codeCannotWriteTo, "Cannot send messages to this user")
	}
	return 200, s.shapeChannel(s.direct(p.ID)), nil
}
