package slack

import (
	"context"
	"errors"
	"strings"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
)

// A member is what Slack says about an account: a code, "" for a full member of
// the workspace.
type member struct{ code string }

// The codes of those who are not full members.
const (
	memberUnknown     = "unknown"
	memberDeactivated = "deactivated"
	memberBot         = "bot"
	memberGuest       = "guest"
	memberStranger    = "stranger" // of another company, by a shared channel
)

// refusals say to whoever is not a full member why nothing happens, kindly.
var refusals = map[string]string{
	memberUnknown:     "Slack does not know this account here, so Curbside cannot answer it. Ask your practice's owner.",
	memberDeactivated: "This account is deactivated, so Curbside cannot answer it. Ask your practice's owner.",
	memberBot:         "Curbside answers people only.",
	memberGuest:       "This is a guest account. Curbside answers full members of the practice's workspace only. Ask your practice's owner.",
	memberStranger:    "This account belongs to another company. Curbside answers the practice's own people only.",
}

// member looks an account up, by what is remembered of it for ten minutes.
func (s *Slack) member(ctx context.Context, user string) (member, error) {
	if have, ok := s.members.get(user); ok {
		return have, nil
	}
	var found member
	err := s.call(ctx, "users.info", func(ctx context.Context) error {
		u, err := s.api.GetUserInfoContext(ctx, user)
		if err == nil {
			found = memberOf(u)
		}
		return err
	})
	switch codeOf(err) {
	case "":
	case "user_not_found", "user_not_visible", "users_not_found":
		found = member{memberUnknown}
	default:
		return member{}, err
	}
	s.members.put(user, found)
	return found, nil
}

func memberOf(u *slackapi.User) member {
	switch {
	case u.Deleted:
		return member{memberDeactivated}
	case u.IsBot || u.IsWorkflowBot || u.IsConnectorBot || u.ID == "USLACKBOT":
		return member{memberBot}
	case u.IsStranger:
		return member{memberStranger}
	case u.IsRestricted || u.IsUltraRestricted:
		return member{memberGuest}
	default:
		return member{}
	}
}

// turnedAway says why somebody is not answered, "" when they are. When Slack
// cannot say, people the practice knows are answered: an emergency cannot wait
// for it, and whoever is answered is bound by id all the same.
func (s *Slack) turnedAway(ctx context.Context, who bot.Identity) string {
	found, err := s.member(ctx, who.User)
	if err != nil {
		s.options.Log.Warn("account unchecked", "platform", Name, "code", codeOf(err))
		return ""
	}
	if found.code != "" {
		s.options.Log.Info("refused", "platform", Name, "reason", found.code)
	}
	return refusals[found.code]
}

// reachable reports whether a person can be written to, or why not. What Slack
// cannot say now is no reason not to try.
func (s *Slack) reachable(ctx context.Context, who *bot.Identity) (why string, ok bool) {
	if who == nil || who.Platform != Name || !s.ours(who.Workspace) {
		return "unknown_account", false
	}
	found, err := s.member(ctx, who.User)
	if err != nil || found.code == "" {
		return "", true
	}
	return found.code, false
}

// ours reports whether a workspace is the practice's own, or another one of its
// organisation where the channel belongs to several.
func (s *Slack) ours(workspace string) bool {
	if workspace == s.workspace() {
		return true
	}
	return s.options.SharedWorkspaces && s.options.Enterprise != "" && strings.HasPrefix(workspace, s.options.Enterprise+"/")
}

// errElsewhere says that the bot token belongs to another workspace, or to another
// organisation, than is configured: everybody would be a stranger.
var errElsewhere = errors.New("the bot token belongs to another workspace or organisation than the settings name")

// authenticate asks whose token it is. The caller holds who.
func (s *Slack) authenticate(ctx context.Context) error {
	var me *slackapi.AuthTestResponse
	err := s.call(ctx, "auth.test", func(ctx context.Context) (err error) {
		me, err = s.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if me.TeamID != s.options.Team || me.EnterpriseID != s.options.Enterprise {
		return errElsewhere
	}
	s.who.user = me.UserID
	if safeURL(me.URL) == nil {
		s.who.url = strings.TrimSuffix(me.URL, "/") + "/"
	}
	return nil
}
