package discord

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// A Finding is one thing that was looked at on the live platform. It holds ids,
// codes and the names of roles, and nothing that anybody wrote.
type Finding struct {
	Level  Level
	What   string // for people
	Remedy string // for people; "" when there is nothing to do
}

// A Level says how bad a finding is.
type Level int

// The levels.
const (
	Fine    Level = iota
	Warning       // it works, and should be put right
	Fault         // it does not work
)

// A Member is one of the practice's people as the settings name them.
type Member struct {
	Name string // to be said in findings
	User string // the Discord user id
}

// The flags of an application that was granted what Curbside must not have.
const (
	grantedPresence = 1<<12 | 1<<13
	grantedMembers  = 1<<14 | 1<<15
	grantedContent  = 1<<18 | 1<<19
)

// fewSessions is from how few further starts on a day is worth a word: after the
// last one Discord resets the token.
const fewSessions = 100

// An app is the application, as far as it is looked at.
type app struct {
	ID           string         `json:"id"`
	Key          string         `json:"verify_key"`
	Endpoint     string         `json:"interactions_endpoint_url"`
	Public       bool           `json:"bot_public"`
	Flags        int            `json:"flags"`
	Integrations map[string]any `json:"integration_types_config"`
}

// Examine looks at everything that the program needs of Discord, as it is now.
// It opens no gateway, since what people press would come in by it, and sends
// nothing.
func (d *Discord) Examine(ctx context.Context, staff []Member) []Finding {
	found, ok := d.examineApp(ctx)
	if !ok {
		return found
	}
	if d.options.Mode == ModeGateway {
		found = append(found, d.examineGateway(ctx)...)
	}
	s, err := d.scene(ctx)
	if err != nil {
		return append(found, amiss("Check discord.guild and discord.channel, and that the app is installed there with: "+neededWords+".",
			"Discord does not show the server or the channel (%s).", labelOf(err)))
	}
	verdict, err := d.judge(ctx, s)
	switch {
	case err != nil:
		found = append(found, amiss("Vouch in discord.roles for the roles that may see the channel, or try again.",
			"Who holds the roles that see the channel cannot be counted (%s).", labelOf(err)))
	case verdict.Private:
		found = append(found, good("The consultation channel is private."))
	default:
		found = append(found, amiss(verdict.Remedy, "%s", verdict.Reason))
	}
	found = append(found, overseers(s, d.vouched())...)
	found = append(found, d.examineCommand(ctx)...)
	return append(found, d.examineStaff(ctx, s, staff)...)
}

func good(format string, args ...any) Finding { return Finding{Fine, fmt.Sprintf(format, args...), ""} }

func amiss(remedy, format string, args ...any) Finding {
	return Finding{Fault, fmt.Sprintf(format, args...), remedy}
}

func warned(remedy, format string, args ...any) Finding {
	return Finding{Warning, fmt.Sprintf(format, args...), remedy}
}

// examineApp looks at the token and the application it belongs to.
func (d *Discord) examineApp(ctx context.Context) (found []Finding, ok bool) {
	var a app
	err := d.api.do(ctx, request{method: http.MethodGet, path: "applications/@me", out: &a})
	switch label := labelOf(err); {
	case err == nil:
	case label == "http_401":
		return []Finding{amiss("Reset the token under Bot in the developer portal and put it into discord.bot_token_file.", "Discord refuses the bot's token.")}, false
	default:
		return []Finding{amiss("Let this machine reach "+d.options.API+", and try again.", "Discord cannot be asked (%s).", label)}, false
	}
	if a.ID != d.options.Application {
		return []Finding{amiss("Write discord.application: "+a.ID+", or use the token of the application that is named.", "The token belongs to another application than the settings name.")}, false
	}
	found = append(found, good("The token is the application's, %s.", a.ID))
	found = append(found, d.examineWayIn(a)...)
	return append(found, examineGrants(a)...), true
}

// examineWayIn looks at how presses come in: one way at a time.
func (d *Discord) examineWayIn(a app) []Finding {
	const where = "Interactions Endpoint URL under General Information in the developer portal"
	switch {
	case d.options.Mode == ModeGateway && a.Endpoint != "":
		return []Finding{amiss("Empty the "+where+", or write discord.mode: http.", "Discord sends what people press to an address, and not by the gateway.")}
	case d.options.Mode == ModeGateway:
		return nil
	case a.Endpoint == "":
		return []Finding{amiss("Write this program's address as "+where+" while it runs, or discord.mode: gateway.", "Discord knows no address to send to what people press.")}
	case !strings.EqualFold(a.Key, d.options.PublicKey):
		return []Finding{amiss("Copy the Public Key from General Information in the developer portal.", "discord.public_key is not this application's, so nothing from Discord would be taken.")}
	default:
		return []Finding{good("Discord sends what people press to %s.", a.Endpoint)}
	}
}

// examineGrants looks at what the application could do and must not.
func examineGrants(a app) []Finding {
	var found []Finding
	if a.Flags&grantedContent != 0 {
		found = append(found, amiss("Switch off Message Content Intent under Bot in the developer portal.", "The application may read what people write, which nobody expects of it."))
	}
	if a.Flags&(grantedMembers|grantedPresence) != 0 {
		found = append(found, warned("Switch off Server Members Intent and Presence Intent under Bot in the developer portal.", "The application has intents it does not need."))
	}
	if a.Public {
		found = append(found, warned("Switch off Public Bot under Bot in the developer portal.", "Anybody can add the application to a server of their own."))
	}
	if _, personal := a.Integrations["1"]; personal {
		found = append(found, warned("Allow Guild Install alone under Installation in the developer portal.", "People can install the application for themselves; what they press there is refused."))
	}
	if len(found) == 0 {
		found = append(found, good("It was granted no intent that it does not need."))
	}
	return found
}

func (d *Discord) examineGateway(ctx context.Context) []Finding {
	var gateway struct {
		Limit struct {
			Remaining int `json:"remaining"`
		} `json:"session_start_limit"`
	}
	if err := d.api.do(ctx, request{method: http.MethodGet, path: "gateway/bot", out: &gateway}); err != nil {
		return []Finding{amiss("Try again; if it stays so, look at Discord's status page.", "Discord does not say where its gateway is (%s).", labelOf(err))}
	}
	if gateway.Limit.Remaining < fewSessions {
		return []Finding{warned("Find out what starts the program again and again before Discord resets the token.", "Only %d more connections are allowed today.", gateway.Limit.Remaining)}
	}
	return []Finding{good("The gateway can be reached.")}
}

// overseers names who sees more than those of a consult: who may manage threads
// sees every one of them.
func overseers(s scene, vouched []string) []Finding {
	var names []string
	for _, r := range rolesWith(s, permManageThreads) {
		names = append(names, "the role "+r.Name)
	}
	for _, o := range s.channel.Overwrites {
		if o.Type == overwriteMember && o.Allow.has(permManageThreads) {
			names = append(names, "the member "+o.ID)
		}
	}
	found := []Finding{good("The server's owner sees every consult.")}
	if len(names) > 0 {
		found = append(found, warned("Take Manage Threads from those who should not, in the channel.", "These see every consult, invited or not, as they may manage threads: %s.", strings.Join(names, ", ")))
	}
	for _, r := range viewers(s) {
		if slices.Contains(vouched, r.ID) {
			found = append(found, warned("", "The practice vouches for the role %s: Curbside does not count who holds it.", r.Name))
		}
	}
	return found
}

// examineCommand looks whether people can see the command.
func (d *Discord) examineCommand(ctx context.Context) []Finding {
	at := "applications/" + d.options.Application + "/guilds/" + d.options.Guild + "/commands"
	var have []slashCommand
	if err := d.api.do(ctx, request{method: http.MethodGet, path: at, out: &have}); err != nil {
		return []Finding{amiss("Install the app again with the address that curbside manifest discord prints.", "The command cannot be looked at (%s).", labelOf(err))}
	}
	if same, err := equal(have, commands()); err != nil || !same {
		return []Finding{warned("Start curbside serve, which registers it.", "The command is not registered as this version has it.")}
	}
	var opened []struct {
		Permissions []struct {
			Permission bool `json:"permission"`
		} `json:"permissions"`
	}
	if err := d.api.do(ctx, request{method: http.MethodGet, path: at + "/permissions", out: &opened}); err != nil {
		return []Finding{good("The command is registered.")}
	}
	for _, o := range opened {
		for _, p := range o.Permissions {
			if p.Permission {
				return []Finding{good("The command is registered and opened to somebody.")}
			}
		}
	}
	return []Finding{warned("Open it to the practice's role: Server Settings, Integrations, Curbside, /"+command+".", "The command is registered, and only administrators see it.")}
}

// examineStaff looks whether the practice's people can be reached and take part.
func (d *Discord) examineStaff(ctx context.Context, s scene, staff []Member) []Finding {
	const part = permViewChannel | permSendInThreads
	var found []Finding
	for _, p := range staff {
		var member struct {
			Roles []string `json:"roles"`
		}
		err := d.api.do(ctx, request{method: http.MethodGet, path: "guilds/" + d.options.Guild + "/members/" + p.User, out: &member})
		switch {
		case coded(err, codeUnknownMember, codeUnknownUser):
			found = append(found, amiss("Invite them to the server, or correct people[].discord.user.", "%s is not in the server, and can be reached by nobody there.", p.Name))
		case err != nil:
			found = append(found, warned("Try again.", "%s could not be looked up (%s).", p.Name, labelOf(err)))
		case !permissionsIn(s.guild, s.channel, p.User, member.Roles).has(part):
			found = append(found, amiss("Give them a role that has View Channel and Send Messages in Threads there.", "%s cannot take part in the consultation channel.", p.Name))
		}
	}
	if len(found) == 0 {
		found = append(found, good("All %d people are in the server and can take part. Whether they take direct messages shows when they are paged.", len(staff)))
	}
	return found
}
