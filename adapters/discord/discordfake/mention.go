package discordfake

import (
	"regexp"
	"slices"
)

var (
	callsPerson = regexp.MustCompile(`<@!?(\d+)>`)
	callsRole   = regexp.MustCompile(`<@&(\d+)>`)
	callsAll    = regexp.MustCompile(`@(everyone|here)`)
)

// called finds whom a message calls. A backslash keeps nobody from being called,
// only what is allowed does. What is not said to be forbidden is allowed: that is
// the default. The lock is held.
func (s *Server) called(c *Channel, content string, allowed *allowedMentions) (people []string, everyone bool) {
	open := allowed == nil || allowed.vague
	if content != "" && open {
		s.faulty("left it open whom a message may call")
	}
	may := func(kind string) bool { return open || slices.Contains(allowed.Parse, kind) }
	for _, m := range callsPerson.FindAllStringSubmatch(content, -1) {
		if may("users") || slices.Contains(allowed.Users, m[1]) {
			people = append(people, m[1])
		}
	}
	for _, m := range callsRole.FindAllStringSubmatch(content, -1) {
		if !may("roles") && !slices.Contains(allowed.Roles, m[1]) {
			continue
		}
		for id, p := range s.people {
			if slices.Contains(p.Roles, m[1]) {
				people = append(people, id)
			}
		}
	}
	everyone = callsAll.MatchString(content) && may("everyone") && s.permissions(BotUser, c).has(MentionEveryone)
	slices.Sort(people)
	return slices.Compact(people), everyone
}

// summon lets a message call people: it adds those to a private thread whom a
// mention adds, and rings the phones of all whom it is for. The lock is held.
func (s *Server) summon(c *Channel, m *Message) {
	if s.options.MentionsAdd && c.Type == PrivateThread {
		for _, user := range m.Pings {
			if s.permissions(user, c).has(ViewChannel) && !slices.Contains(c.Members, user) {
				c.Members = append(c.Members, user)
			}
		}
	}
	if m.For != "" || m.Flags&flagSilent != 0 {
		return
	}
	text := s.copied(m).onScreen()
	for user := range s.people {
		direct := c.Type == DirectChannel && c.With == user
		called := slices.Contains(m.Pings, user) || m.Everyone
		watching := c.Type != DirectChannel && s.guilds[c.Guild].NotifyAll
		if user != BotUser && (direct || (called || watching) && s.sees(user, c)) {
			s.shown[user] = append(s.shown[user], text)
		}
	}
}
