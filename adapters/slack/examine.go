package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"
)

// A Finding is one thing that was looked at on the live platform. It holds ids
// and codes, and nothing that anybody wrote.
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

// A Staff is one of the practice's people as the settings name them.
type Staff struct {
	Name string // to be said in findings
	User string // the Slack user id
}

// Examine looks at everything that the program needs of Slack, as it is now. It
// opens no socket, since what people press would come in by it, and sends nothing.
func (s *Slack) Examine(ctx context.Context, staff []Staff) []Finding {
	found, ok := s.examineToken(ctx)
	if !ok {
		return found
	}
	found = append(found, s.examineWayIn(ctx)...)
	found = append(found, s.examineChannel(ctx, staff)...)
	return append(found, s.examineStaff(ctx, staff)...)
}

func good(format string, args ...any) Finding { return Finding{Fine, fmt.Sprintf(format, args...), ""} }

func amiss(remedy, format string, args ...any) Finding {
	return Finding{Fault, fmt.Sprintf(format, args...), remedy}
}

func warned(remedy, format string, args ...any) Finding {
	return Finding{Warning, fmt.Sprintf(format, args...), remedy}
}

// examineToken looks at the bot token: whose it is, and what it may do.
func (s *Slack) examineToken(ctx context.Context) (found []Finding, ok bool) {
	var me *slackapi.AuthTestResponse
	err := s.call(ctx, "auth.test", func(ctx context.Context) (err error) {
		me, err = s.api.AuthTestContext(ctx)
		return err
	})
	switch code := codeOf(err); {
	case err == nil:
	case refusedForGood[code]:
		return []Finding{amiss("Copy the Bot User OAuth Token, which begins with xoxb-, from OAuth & Permissions into slack.bot_token_file.", "Slack refuses the bot token (%s).", code)}, false
	default:
		return []Finding{amiss("Let this machine reach "+s.options.APIURL+", and try again.", "Slack cannot be asked (%s).", code)}, false
	}
	if me.TeamID != s.options.Team || me.EnterpriseID != s.options.Enterprise {
		at := "slack.team: " + me.TeamID
		if me.EnterpriseID != "" {
			at += " and slack.enterprise: " + me.EnterpriseID
		}
		return []Finding{amiss("Write "+at+", or use the token of the practice's own workspace.", "The bot token belongs to another workspace than the settings name.")}, false
	}
	if me.BotID == "" {
		found = append(found, amiss("Use the token that begins with xoxb-.", "The token is a person's and not the app's."))
	} else {
		found = append(found, good("The bot token is the app's, in workspace %s.", me.TeamID))
	}
	return append(found, examineScopes(me.Header.Get("X-OAuth-Scopes"))...), true
}

// examineScopes compares what the token may do with what is needed.
func examineScopes(header string) []Finding {
	if header == "" {
		return []Finding{warned("Compare them with curbside manifest slack.", "Slack did not say what the bot token may do.")}
	}
	var has []string
	for _, scope := range strings.Split(header, ",") {
		has = append(has, strings.TrimSpace(scope))
	}
	var found []Finding
	for _, scope := range Scopes() {
		if !slices.Contains(has, scope) {
			found = append(found, amiss("Add it under OAuth & Permissions and install the app again.", "The permission %s is missing: it is for %s.", scope, scopes[scope]))
		}
	}
	for _, scope := range has {
		switch _, needed := scopes[scope]; {
		case needed:
		case strings.HasSuffix(scope, ":history"):
			found = append(found, amiss("Take it away under OAuth & Permissions and install the app again.", "The permission %s lets the app read what people write.", scope))
		default:
			found = append(found, warned("Take it away if no other use of the app needs it.", "The app has a permission it does not need: %s.", scope))
		}
	}
	if len(found) == 0 {
		found = append(found, good("It has the permissions that are needed and no others."))
	}
	return found
}

// examineWayIn looks at what is needed for presses to come in.
func (s *Slack) examineWayIn(ctx context.Context) []Finding {
	if s.options.AppToken == nil {
		if s.options.SigningSecret == nil || s.options.SigningSecret() == "" {
			return []Finding{amiss("Copy it from Basic Information into slack.signing_secret_file.", "The signing secret is missing.")}
		}
		return []Finding{good("The signing secret is there; Slack shows under Event Subscriptions whether it reaches this program.")}
	}
	var address string
	err := s.call(ctx, "apps.connections.open", func(ctx context.Context) (err error) {
		_, address, err = s.api.StartSocketModeContext(ctx)
		return err
	})
	switch code := codeOf(err); {
	case err == nil && safeURL(address) == nil:
		return []Finding{good("Socket Mode is open to this app.")}
	case err == nil:
		return []Finding{amiss("Set slack.api_url to Slack's own address.", "Slack names an address for sockets that is not encrypted.")}
	case code == "missing_scope":
		return []Finding{amiss("Make an app-level token with the permission "+appScope+" under Basic Information.", "The app-level token may not open a connection.")}
	case refusedForGood[code], code == "socket_mode_disabled", code == "forbidden_team":
		return []Finding{amiss("Switch Socket Mode on, and copy an app-level token, which begins with xapp-, into slack.app_token_file.", "Slack refuses the app-level token (%s).", code)}
	default:
		return []Finding{amiss("Try again; if it stays, look at status.slack.com.", "No connection can be opened (%s).", code)}
	}
}

// examineChannel looks at whether the channel is private, and who is in it.
func (s *Slack) examineChannel(ctx context.Context, staff []Staff) []Finding {
	verdict, err := s.look(ctx, s.options.Channel)
	switch {
	case err != nil:
		return []Finding{amiss("Try again.", "The channel cannot be looked up (%s).", codeOf(err))}
	case !verdict.Private:
		return []Finding{amiss(verdict.Remedy, "The channel %s is refused: %s", s.options.Channel, verdict.Reason)}
	}
	found := []Finding{good("The channel %s is private.", s.options.Channel)}
	members, err := s.membersOf(ctx, s.options.Channel)
	if err != nil {
		return append(found, amiss("Try again.", "The people in the channel cannot be looked up (%s).", codeOf(err)))
	}
	for _, p := range staff {
		if !slices.Contains(members, p.User) {
			found = append(found, amiss("Invite them to the channel, or they see no card and no thread.", "%s (%s) is not in the channel.", p.Name, p.User))
		}
	}
	for _, user := range members {
		if slices.ContainsFunc(staff, func(p Staff) bool { return p.User == user }) {
			continue
		}
		if known, err := s.member(ctx, user); err == nil && known.code == memberBot {
			continue
		}
		found = append(found, warned("Add them to the settings, or take them out of the channel.", "%s is in the channel, reads every card, and is none of the practice's people.", user))
	}
	return found
}

// examineStaff looks at everybody's account.
func (s *Slack) examineStaff(ctx context.Context, staff []Staff) []Finding {
	if len(staff) == 0 {
		return []Finding{amiss("Give people their accounts: slack: {user: U…}.", "Nobody in the settings has a Slack account.")}
	}
	words := map[string]string{
		memberUnknown: "is not known to the workspace", memberDeactivated: "is deactivated", memberBot: "is a bot",
		memberGuest: "is a guest", memberStranger: "belongs to another company",
	}
	var found []Finding
	for _, p := range staff {
		s.members.drop(p.User)
		known, err := s.member(ctx, p.User)
		switch {
		case err != nil:
			found = append(found, amiss("Try again.", "The account of %s cannot be looked up (%s).", p.Name, codeOf(err)))
		case known.code != "":
			found = append(found, amiss("Correct the id in the settings, or make the account a full member of the workspace.", "The account of %s (%s) %s, so Curbside does not answer it.", p.Name, p.User, words[known.code]))
		}
	}
	if len(found) == 0 {
		found = append(found, good("All %d accounts are full members of the workspace.", len(staff)))
	}
	return found
}
