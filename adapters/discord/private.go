package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"curbside/bot"
)

// A scene is what decides who can see the channel, as it is now.
type scene struct {
	guild   guild
	channel channel
	self    string   // the bot's user id
	roles   []string // and its roles
}

// Check implements [bot.Platform]. A channel is private when everybody who can
// see it is of the practice: it is closed to everybody, and each role and member
// that is let in is on the practice's list or can be shown to be held by people
// on it alone.
func (d *Discord) Check(ctx context.Context, p bot.Place) (bot.Verdict, error) {
	if p != d.home() {
		return bot.Verdict{
			Code: "unknown", Reason: "This is not the practice's consultation channel.",
			Remedy: "Start the consult anew; it opens in the channel that is configured.",
		}, nil
	}
	s, err := d.scene(ctx)
	if coded(err, codeUnknownChannel, codeNoAccess) {
		return bot.Verdict{
			Code: "not_member", Reason: "Curbside cannot see the consultation channel.",
			Remedy: "Give Curbside's role there: " + neededWords + ".",
		}, nil
	}
	if err != nil {
		return bot.Verdict{}, err
	}
	return d.judge(ctx, s)
}

// scene asks for what decides.
func (d *Discord) scene(ctx context.Context) (scene, error) {
	var s scene
	var own struct {
		Roles []string `json:"roles"`
	}
	self, err := d.self.id(ctx, d)
	if err != nil {
		return s, err
	}
	s.self = self
	asking, ctx := errgroup.WithContext(ctx)
	get := func(path string, out any) {
		asking.Go(func() error { return d.api.do(ctx, request{method: http.MethodGet, path: path, out: out}) })
	}
	get("guilds/"+d.options.Guild, &s.guild)
	get("channels/"+d.options.Channel, &s.channel)
	get("guilds/"+d.options.Guild+"/members/"+self, &own)
	if err := asking.Wait(); err != nil {
		return s, fmt.Errorf("look at the channel: %w", err)
	}
	s.roles = own.Roles
	return s, nil
}

// judge decides by what was found.
func (d *Discord) judge(ctx context.Context, s scene) (bot.Verdict, error) {
	switch {
	case s.channel.GuildID != d.options.Guild || s.guild.ID != d.options.Guild:
		return refusal("unknown", "The consultation channel is not in the practice's server.", "Name a channel of that server in discord.channel."), nil
	case s.channel.Type != channelText:
		return refusal("unknown", "The consultation channel is no text channel, and only those have private threads.", "Name a text channel in discord.channel."), nil
	case permissionsIn(s.guild, s.channel, "", nil).has(permViewChannel):
		return refusal("public", "Everybody in the server can see the consultation channel.", "Take View Channel from @everyone there."), nil
	case !d.staff(s.guild.OwnerID):
		return refusal("guests", "The server's owner sees every channel and is not on the practice's list.", "Add the owner to the practice's people, or give the server to somebody who is."), nil
	}
	if lacking := needed &^ permissionsIn(s.guild, s.channel, s.self, s.roles); lacking != 0 {
		return refusal("not_member", "Curbside lacks permissions in the consultation channel.", "Give Curbside's role there: "+neededWords+"."), nil
	}
	for _, o := range s.channel.Overwrites {
		if o.Type == overwriteMember && o.Allow.has(permViewChannel) && o.ID != s.self && !d.staff(o.ID) {
			return refusal("guests", "Somebody who is not on the practice's list is let into the consultation channel by name.", "Take that member out of the channel's permissions, or add them to the practice's people."), nil
		}
	}
	return d.judgeRoles(ctx, s)
}

// judgeRoles looks at every role that lets somebody see the channel.
func (d *Discord) judgeRoles(ctx context.Context, s scene) (bot.Verdict, error) {
	var doubtful []role
	for _, r := range viewers(s) {
		if r.Tags.BotID != s.self && !slices.Contains(d.vouched(), r.ID) {
			doubtful = append(doubtful, r)
		}
	}
	if len(doubtful) == 0 {
		return bot.Verdict{Private: true}, nil
	}
	holders, err := d.census.of(ctx, d)
	if err != nil {
		return bot.Verdict{}, err
	}
	var open []string
	for _, r := range doubtful {
		if holders.all[r.ID] > holders.staff[r.ID] {
			open = append(open, r.ID) // its name is a text of somebody's
		}
	}
	if len(open) == 0 {
		return bot.Verdict{Private: true}, nil
	}
	return refusal("guests", "People who are not on the practice's list hold a role that sees the consultation channel. Its id: "+strings.Join(open, ", ")+".",
		"Look in the channel's settings for a role that others have too. Take the role out of the channel or away from them, add them to the practice's people, or vouch for the role in discord.roles."), nil
}

// viewers are the roles of which each alone lets its holder see the channel. If
// none does, no set of them does.
func viewers(s scene) []role { return rolesWith(s, permViewChannel) }

func rolesWith(s scene, p permissions) []role {
	var found []role
	for _, r := range s.guild.Roles {
		if r.ID != s.guild.ID && permissionsIn(s.guild, s.channel, "", []string{r.ID}).has(p) {
			found = append(found, r)
		}
	}
	return found
}

func (d *Discord) vouched() []string {
	if d.options.Roles == nil {
		return nil
	}
	return d.options.Roles()
}

func refusal(code, reason, remedy string) bot.Verdict {
	return bot.Verdict{Code: code, Reason: reason, Remedy: remedy}
}

// self is the bot's own account.
type self struct {
	mu   sync.Mutex
	user string
}

func (s *self) id(ctx context.Context, d *Discord) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.user != "" {
		return s.user, nil
	}
	var me user
	if err := d.api.do(ctx, request{method: http.MethodGet, path: "users/@me", out: &me}); err != nil {
		return "", fmt.Errorf("ask who the bot is: %w", err)
	}
	if me.ID == "" {
		return "", errors.New("discord does not say who the bot is")
	}
	s.user = me.ID
	return s.user, nil
}
