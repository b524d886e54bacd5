package discord

import (
	"encoding/json"
	"errors"
	"regexp"

	"curbside/bot"
)

// The types of interactions.
const (
	interactionPing    = 1
	interactionCommand = 2
	interactionPress   = 3
	interactionSubmit  = 5
)

// inDirect is the context of an interaction in a direct message with the app.
const inDirect = 1

// The types of channels that are threads.
const (
	channelText          = 0
	channelNewsThread    = 10
	channelPublicThread  = 11
	channelPrivateThread = 12
)

// An interaction is one thing that a person did, as far as this package reads it.
type interaction struct {
	ID            string            `json:"id"`
	ApplicationID string            `json:"application_id"`
	Type          int               `json:"type"`
	Token         string            `json:"token"`
	GuildID       string            `json:"guild_id"`
	ChannelID     string            `json:"channel_id"`
	Channel       *channel          `json:"channel"`
	Context       *int              `json:"context"`
	Owners        map[string]string `json:"authorizing_integration_owners"`
	Member        *member           `json:"member"`
	User          *user             `json:"user"`
	Message       *received         `json:"message"`
	Data          input             `json:"data"`

	garbled bool // some of it is of another type than Discord documents
}

// A member is a person in a server, with what they may do now in the channel or
// thread where they did something.
type member struct {
	User        user        `json:"user"`
	Permissions permissions `json:"permissions"`
}

type user struct {
	ID string `json:"id"`
}

// A received message is the one that was pressed on.
type received struct {
	ID         string      `json:"id"`
	ChannelID  string      `json:"channel_id"`
	Flags      int         `json:"flags"`
	Embeds     []embed     `json:"embeds"`
	Components []component `json:"components"`
}

// An input is what was done: which parts are set depends on the type.
type input struct {
	Name       string      `json:"name"`
	Options    []typed     `json:"options"`
	CustomID   string      `json:"custom_id"`
	Values     []string    `json:"values"`
	Components []component `json:"components"`
}

type typed struct {
	Value word `json:"value"`
}

// number is the shape of Discord's ids: a ping's is short.
var number = regexp.MustCompile(`^[0-9]{1,20}$`)

var errNotInteraction = errors.New("not an interaction")

// decodeInteraction reads what came in. Where a part of it is of another type
// than documented, the rest is there all the same, so that the person can be told.
// What is no id of Discord's is neither logged nor sent on. Its error repeats
// nothing of what came in.
func decodeInteraction(raw []byte) (interaction, error) {
	var in interaction
	err := json.Unmarshal(raw, &in)
	_, in.garbled = errors.AsType[*json.UnmarshalTypeError](err)
	if err != nil && !in.garbled || !number.MatchString(in.ID) || in.user() != "" && !number.MatchString(in.user()) || in.Type == 0 {
		return interaction{}, errNotInteraction
	}
	return in, nil
}

// private reports whether it was pressed in a reply that only its reader sees.
func (in interaction) private() bool { return in.Message != nil && in.Message.Flags&flagEphemeral != 0 }

func (in interaction) user() string {
	switch {
	case in.Member != nil:
		return in.Member.User.ID
	case in.User != nil:
		return in.User.ID
	default:
		return ""
	}
}

// ours reports whether it comes from the practice's server, or from a direct
// message of somebody who was written to, by the app as the server installed it.
func (d *Discord) ours(in interaction) bool {
	if in.user() == "" || in.ApplicationID != d.options.Application {
		return false
	}
	owner, installed := in.Owners["0"]
	if in.GuildID != "" {
		return in.GuildID == d.options.Guild && (len(in.Owners) == 0 || owner == d.options.Guild)
	}
	direct := in.Context == nil || *in.Context == inDirect
	return direct && in.Type != interactionCommand && (len(in.Owners) == 0 || installed)
}

// sees reports whether the person may see the place where they did it. A client
// that has not heard yet that its person lost a role, and the channel with it,
// still shows what can be pressed. In direct messages nothing is to be lost.
func (in interaction) sees() bool {
	return in.GuildID == "" || in.Member != nil && (in.Member.Permissions.has(permViewChannel) || in.Member.Permissions.has(permAdministrator))
}

func (d *Discord) identity(in interaction) bot.Identity { return d.account(in.user()) }

func (d *Discord) account(user string) bot.Identity {
	return bot.Identity{Platform: Name, Workspace: d.options.Guild, User: user}
}

// place says where something was done. A thread stands for its channel, and so
// does a card that had to move into direct messages.
func (d *Discord) place(in interaction, handle string) bot.Place {
	if in.GuildID == "" {
		if s, ok := d.threads.known(handle); ok && s.moved && in.Message != nil && in.Message.ID == s.card {
			return d.home()
		}
		return bot.DirectTo(d.identity(in))
	}
	p := bot.Place{Platform: Name, Workspace: d.options.Guild, Channel: in.ChannelID}
	if c := in.Channel; c != nil && c.thread() {
		if p.Channel = c.ParentID; p.Channel == "" {
			p.Channel = d.options.Channel
		}
	}
	return p
}
