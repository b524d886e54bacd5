package discordfake

import (
	"slices"
	"time"
)

// maxThreadName is how long the name of a thread or channel may be.
const maxThreadName = 100

func (s *Server) channel(c *call) (int, any, error) {
	at, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return 0, nil, unknownChannel()
	}
	if err := s.may(at, ViewChannel); err != nil {
		return 0, nil, err
	}
	return 200, s.shapeChannel(at), nil
}

func (s *Server) createThread(c *call) (int, any, error) {
	parent, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return 0, nil, unknownChannel()
	}
	var sent struct {
		Name        string `json:"name"`
		Type        *int   `json:"type"`
		Invitable   *bool  `json:"invitable"`
		AutoArchive int    `json:"auto_archive_duration"`
	}
	if err := c.into(&sent); err != nil {
		return 0, nil, err
	}
	kind := PrivateThread // what version 9 takes when none is named
	if sent.Type != nil {
		kind = *sent.Type
	} else {
		s.faulty("left it open which type of thread to make")
	}
	var f form
	f.within("name", sent.Name, 1, maxThreadName)
	if sent.AutoArchive == 0 {
		sent.AutoArchive = defaultArchive
	}
	if !slices.Contains([]int{60, 1440, 4320, 10080}, sent.AutoArchive) {
		f.fault("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
	}
	if kind != PublicThread && kind != PrivateThread {
		f.fault("type", "BASE_TYPE_CHOICES", "Value must be one of (10, 11, 12).")
	}
	if err := f.err(); err != nil {
		return 0, nil, err
	}
	needed := CreatePrivateThreads
	if kind == PublicThread {
		needed = CreatePublicThreads
	}
	if err := s.may(parent, needed); err != nil {
		return 0, nil, err
	}
	if parent.Type != TextChannel {
		return 0, nil, refuse(400, codeWrongChannel, "Cannot execute action on this channel type")
	}
	if s.active(parent.Guild) >= s.options.MaxThreads {
		return 0, nil, refuse(400, codeTooManyThreads, "Maximum number of active threads reached")
	}
	made := &Channel{
		ID: s.snowflake(), Guild: parent.Guild, Type: kind, Name: sent.Name, Parent: parent.ID, Owner: BotUser,
		Members: []string{BotUser}, Invitable: sent.Invitable == nil || *sent.Invitable, AutoArchive: sent.AutoArchive, active: s.now(),
	}
	s.channels[made.ID] = made
	s.event("THREAD_CREATE", s.shapeChannel(made))
	return 201, s.shapeChannel(made), nil
}

// active counts the threads of a server that are not archived. The lock is held.
func (s *Server) active(guild string) int {
	n := 0
	for _, c := range s.channels {
		if c.thread() && !c.Archived && c.Guild == guild {
			n++
		}
	}
	return n
}

// changeChannel changes a thread: it archives it and takes it out, names it and
// locks it. Whoever may write in a thread that is not locked may take it out of
// the archive; whoever made it may do most of the rest.
func (s *Server) changeChannel(c *call) (int, any, error) {
	at, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return 0, nil, unknownChannel()
	}
	if err := s.may(at, ViewChannel); err != nil {
		return 0, nil, err
	}
	if !at.thread() {
		return 0, nil, refuse(403, codeMissingPermissions, "Missing Permissions")
	}
	var sent struct {
		Name        *string `json:"name"`
		Archived    *bool   `json:"archived"`
		Locked      *bool   `json:"locked"`
		Invitable   *bool   `json:"invitable"`
		AutoArchive *int    `json:"auto_archive_duration"`
	}
	if err := c.into(&sent); err != nil {
		return 0, nil, err
	}
	reviving := sent.Archived != nil && !*sent.Archived
	if at.Archived && !reviving {
		return 0, nil, refuse(400, codeArchived, "Thread is archived")
	}
	allowed := s.permissions(BotUser, at)
	only := sent.Name == nil && sent.Locked == nil && sent.Invitable == nil && sent.AutoArchive == nil
	switch {
	case allowed.has(ManageThreads):
	case reviving && only && !at.Locked && allowed.has(SendMessagesInThreads):
	case at.Owner == BotUser && sent.Locked == nil && !at.Locked:
	default:
		return 0, nil, refuse(403, codeMissingPermissions, "Missing Permissions")
	}
	var f form
	if sent.Name != nil {
		f.within("name", *sent.Name, 1, maxThreadName)
	}
	if err := f.err(); err != nil {
		return 0, nil, err
	}
	set(&at.Name, sent.Name)
	set(&at.Archived, sent.Archived)
	set(&at.Locked, sent.Locked)
	set(&at.Invitable, sent.Invitable)
	set(&at.AutoArchive, sent.AutoArchive)
	at.active = s.now()
	s.event("THREAD_UPDATE", s.shapeChannel(at))
	return 200, s.shapeChannel(at), nil
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// threadOf returns a thread that the bot sees. The lock is held.
func (s *Server) threadOf(c *call) (*Channel, error) {
	at, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return nil, unknownChannel()
	}
	if err := s.may(at, ViewChannel); err != nil {
		return nil, err
	}
	if !at.thread() {
		return nil, refuse(400, codeWrongChannel, "Cannot execute action on this channel type")
	}
	return at, nil
}

func (s *Server) threadMembers(c *call) (int, any, error) {
	at, err := s.threadOf(c)
	if err != nil {
		return 0, nil, err
	}
	list := []any{}
	for _, user := range at.Members {
		list = append(list, shapeThreadMember(at, user))
	}
	return 200, list, nil
}

func (s *Server) threadMember(c *call) (int, any, error) {
	at, err := s.threadOf(c)
	if err != nil {
		return 0, nil, err
	}
	if !slices.Contains(at.Members, c.arg("user_id")) {
		return 0, nil, refuse(404, codeUnknownMember, "Unknown Member")
	}
	return 200, shapeThreadMember(at, c.arg("user_id")), nil
}

func (s *Server) joinThread(c *call) (int, any, error) {
	at, err := s.threadOf(c)
	if err == nil && at.Archived {
		err = refuse(400, codeArchived, "Thread is archived")
	}
	if err != nil {
		return 0, nil, err
	}
	if !slices.Contains(at.Members, BotUser) {
		at.Members = append(at.Members, BotUser)
	}
	return 204, nil, nil
}

// addThreadMember adds somebody who can see the channel. Where the thread does
// not let its members invite, only its maker and moderators add others.
func (s *Server) addThreadMember(c *call) (int, any, error) {
	at, err := s.threadOf(c)
	if err == nil {
		err = s.may(at, SendMessagesInThreads)
	}
	user := c.arg("user_id")
	switch p, known := s.people[user]; {
	case err != nil:
	case at.Archived:
		err = refuse(400, codeArchived, "Thread is archived")
	case !at.Invitable && at.Owner != BotUser && !s.permissions(BotUser, at).has(ManageThreads):
		err = refuse(403, codeMissingPermissions, "Missing Permissions")
	case !known:
		err = refuse(404, codeUnknownUser, "Unknown User")
	case p.Outside:
		err = refuse(404, codeUnknownMember, "Unknown Member")
	case !s.permissions(user, at).has(ViewChannel):
		err = refuse(403, codeMissingAccess, "Missing Access")
	}
	if err != nil {
		return 0, nil, err
	}
	if !slices.Contains(at.Members, user) {
		at.Members = append(at.Members, user)
	}
	return 204, nil, nil
}

func (s *Server) removeThreadMember(c *call) (int, any, error) {
	at, err := s.threadOf(c)
	switch {
	case err != nil:
	case at.Archived:
		err = refuse(400, codeArchived, "Thread is archived")
	case at.Owner != BotUser && !s.permissions(BotUser, at).has(ManageThreads):
		err = refuse(403, codeMissingPermissions, "Missing Permissions")
	}
	if err != nil {
		return 0, nil, err
	}
	at.Members = slices.DeleteFunc(at.Members, func(m string) bool { return m == c.arg("user_id") })
	return 204, nil, nil
}

// activeThreads are those of a server that the bot sees.
func (s *Server) activeThreads(c *call) (int, any, error) {
	if _, ok := s.guilds[c.arg("guild_id")]; !ok {
		return 0, nil, refuse(404, codeUnknownGuild, "Unknown Guild")
	}
	return 200, s.threadList(func(t *Channel) bool { return !t.Archived && t.Guild == c.arg("guild_id") }), nil
}

func (s *Server) threadList(wanted func(*Channel) bool) map[string]any {
	threads, members := []any{}, []any{}
	for _, t := range s.channels {
		if !t.thread() || !wanted(t) || !s.sees(BotUser, t) {
			continue
		}
		threads = append(threads, s.shapeChannel(t))
		if slices.Contains(t.Members, BotUser) {
			members = append(members, shapeThreadMember(t, BotUser))
		}
	}
	return map[string]any{"threads": threads, "members": members, "has_more": false}
}

func (s *Server) archivedThreads(c *call) (int, any, error) {
	return s.archived(c, ReadMessageHistory|ManageThreads)
}

func (s *Server) ownArchivedThreads(c *call) (int, any, error) {
	return s.archived(c, ReadMessageHistory)
}

func (s *Server) archived(c *call, needed Permissions) (int, any, error) {
	at, ok := s.channels[c.arg("channel_id")]
	if !ok {
		return 0, nil, unknownChannel()
	}
	if err := s.may(at, needed); err != nil {
		return 0, nil, err
	}
	return 200, s.threadList(func(t *Channel) bool { return t.Archived && t.Parent == at.ID && t.Type == PrivateThread }), nil
}

func shapeThreadMember(c *Channel, user string) map[string]any {
	return map[string]any{"id": c.ID, "user_id": user, "join_timestamp": c.active.UTC().Format(time.RFC3339), "flags": 0}
}
