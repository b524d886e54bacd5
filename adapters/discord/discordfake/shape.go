package discordfake

import (
	"strconv"
	"strings"
	"time"
)

// What is here has the shape that Discord's reference gives it. What a test has
// no use for is there all the same, empty.

func (p Permissions) text() string { return strconv.FormatUint(uint64(p), 10) }

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }

// shapeUser is an account. The lock is held.
func (s *Server) shapeUser(id string) map[string]any {
	name, isBot := "deleted_user", false
	if p, ok := s.people[id]; ok {
		name, isBot = p.Name, p.Bot
	}
	shape := map[string]any{
		"id": id, "username": strings.ToLower(name), "global_name": name, "avatar": nil, "discriminator": "0",
		"public_flags": 0, "flags": 0, "bot": isBot, "primary_guild": nil,
	}
	if id == BotUser {
		shape["mfa_enabled"], shape["locale"], shape["verified"] = true, "en-US", true
	}
	return shape
}

// shapeMember is somebody in a server. The lock is held.
func (s *Server) shapeMember(id string) map[string]any {
	roles := []string{}
	if p, ok := s.people[id]; ok {
		roles = append(roles, p.Roles...)
	}
	return map[string]any{
		"user": s.shapeUser(id), "roles": roles, "avatar": nil, "banner": nil, "communication_disabled_until": nil, "flags": 0,
		"joined_at": "2026-01-02T03:04:05.000000+00:00", "nick": nil, "pending": false, "premium_since": nil, "mute": false, "deaf": false,
	}
}

func shapeRoles(g *Guild) []any {
	list := []any{}
	for i := range g.Roles {
		list = append(list, shapeRole(g, i))
	}
	return list
}

func shapeRole(g *Guild, i int) map[string]any {
	r := g.Roles[i]
	shape := map[string]any{
		"id": r.ID, "name": r.Name, "permissions": r.Permissions.text(), "position": i, "color": 0,
		"colors": map[string]any{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist":  false, "managed": r.Bot != "", "mentionable": false, "icon": nil, "unicode_emoji": nil, "flags": 0,
	}
	if r.Bot != "" {
		shape["tags"] = map[string]any{"bot_id": r.Bot}
	}
	return shape
}

// shapeGuild is a server. The lock is held.
func (s *Server) shapeGuild(g *Guild) map[string]any {
	notify := 1
	if g.NotifyAll {
		notify = 0
	}
	return map[string]any{
		"id": g.ID, "name": g.Name, "owner_id": g.Owner, "roles": shapeRoles(g), "default_message_notifications": notify,
		"icon": nil, "description": nil, "home_header": nil, "splash": nil, "discovery_splash": nil, "features": []any{}, "banner": nil,
		"application_id": nil, "region": "us-west", "afk_channel_id": nil, "afk_timeout": 300, "system_channel_id": nil,
		"system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": nil, "verification_level": 1, "mfa_level": 0,
		"explicit_content_filter": 0, "max_presences": nil, "max_members": 500000, "max_stage_video_channel_users": 50,
		"max_video_channel_users": 25, "vanity_url_code": nil, "premium_tier": 0, "premium_subscription_count": 0,
		"preferred_locale": "en-US", "rules_channel_id": nil, "safety_alerts_channel_id": nil, "public_updates_channel_id": nil,
		"premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0, "emojis": []any{}, "stickers": []any{}, "incidents_data": nil,
	}
}

// shapeChannel is a channel, a thread or a direct message. The lock is held.
func (s *Server) shapeChannel(c *Channel) map[string]any {
	shape := map[string]any{"id": c.ID, "type": c.Type, "flags": 0, "last_message_id": nil}
	for _, m := range s.messages {
		if m.Channel == c.ID && m.For == "" {
			shape["last_message_id"] = m.ID
		}
	}
	if c.Type == DirectChannel {
		shape["recipients"] = []any{s.shapeUser(c.With)}
		return shape
	}
	shape["guild_id"], shape["name"], shape["rate_limit_per_user"] = c.Guild, c.Name, 0
	shape["parent_id"] = nil
	if c.Parent != "" {
		shape["parent_id"] = c.Parent
	}
	if c.thread() {
		shape["owner_id"], shape["message_count"], shape["total_message_sent"], shape["member_count"] = c.Owner, 0, 0, len(c.Members)
		shape["thread_metadata"] = map[string]any{
			"archived": c.Archived, "archive_timestamp": stamp(c.active), "auto_archive_duration": c.AutoArchive,
			"locked": c.Locked, "invitable": c.Invitable, "create_timestamp": stamp(c.active),
		}
		return shape
	}
	shape["position"], shape["topic"], shape["nsfw"] = 0, nil, false
	overwrites := []any{}
	for _, o := range c.Overwrites {
		kind := overwriteRole
		if o.Member {
			kind = overwriteUser
		}
		overwrites = append(overwrites, map[string]any{"id": o.ID, "type": kind, "allow": o.Allow.text(), "deny": o.Deny.text()})
	}
	shape["permission_overwrites"] = overwrites
	return shape
}

// A rich embed is one as it comes back.
type richEmbed struct {
	Type string `json:"type"`
	Embed
}

// shapeMessage is a message. The lock is held.
func (s *Server) shapeMessage(m *Message) map[string]any {
	embeds, files, mentions := []any{}, []any{}, []any{}
	for _, e := range m.Embeds {
		embeds = append(embeds, richEmbed{"rich", e})
	}
	for _, f := range m.Files {
		url := "https://cdn.discordapp.com/attachments/" + m.Channel + "/" + f.ID + "/" + f.Name
		files = append(files, map[string]any{"id": f.ID, "filename": f.Name, "size": len(f.Content), "url": url, "proxy_url": url})
	}
	for _, user := range m.Pings {
		mentions = append(mentions, s.shapeUser(user))
	}
	shape := map[string]any{
		"id": m.ID, "channel_id": m.Channel, "author": s.shapeUser(m.Author), "type": 0, "content": m.Content, "embeds": embeds,
		"components": shapeComponents(m.Components), "attachments": files, "mentions": mentions, "mention_roles": []any{},
		"mention_everyone": m.Everyone, "timestamp": stamp(m.Posted), "edited_timestamp": nil, "flags": m.Flags, "pinned": false, "tts": false,
	}
	if m.Edits > 0 {
		shape["edited_timestamp"] = stamp(s.now())
	}
	if m.nonce != "" {
		shape["nonce"] = m.nonce
	}
	return shape
}

// shapeComponents are components as they come back.
func shapeComponents(components []Component) []any {
	list := []any{}
	for _, c := range components {
		shape := map[string]any{"type": c.Type, "id": c.ID}
		if c.Type == typeRow {
			shape["components"] = shapeComponents(c.Components)
			list = append(list, shape)
			continue
		}
		for key, text := range map[string]string{"custom_id": c.CustomID, "label": c.Label, "url": c.URL, "placeholder": c.Placeholder} {
			if text != "" {
				shape[key] = text
			}
		}
		if c.Type == typeButton {
			shape["style"] = c.Style
		}
		if c.Disabled {
			shape["disabled"] = true
		}
		if c.Emoji != nil {
			shape["emoji"] = c.Emoji
		}
		if c.selects() {
			least, most := c.picks()
			shape["min_values"], shape["max_values"] = least, most
		}
		if c.Type == typeSelect {
			shape["options"] = c.Options
		}
		list = append(list, shape)
	}
	return list
}

// picks is how many options of a select are to be picked.
func (c Component) picks() (least, most int) {
	least, most = 1, 1
	set(&least, c.MinValues)
	set(&most, c.MaxValues)
	return least, most
}
