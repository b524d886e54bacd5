package slack

import (
	"slices"
	"strings"
	"testing"

	"curbside/adapters/slack/slackfake"
)

// everybody is the practice as its settings name it.
var everybody = []Staff{{Name: "dana", User: "U0DANA"}, {Name: "sam", User: "U0SAM"}, {Name: "kim", User: "U0KIM"}}

func TestWhatIsWrongWithAnInstallationIsSaidWithItsRemedy(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spoil  func(*slackfake.Server)
		level  Level
		what   string
		remedy string
	}{
		"the channel is public": {
			func(f *slackfake.Server) {
				f.ChangeChannel(consults, func(c *slackfake.Channel) { c.Private = false })
			}, Fault, "is refused:", "/invite",
		},
		"the channel is shared": {
			func(f *slackfake.Server) {
				f.ChangeChannel(consults, func(c *slackfake.Channel) { c.Shared = true })
			}, Fault, "shared with another company", "End the sharing",
		},
		"the bot is not in the channel": {
			func(f *slackfake.Server) { f.Leave(consults, slackfake.BotUser) }, Fault, "not in the channel", "/invite",
		},
		"a supervisor is not in the channel": {
			func(f *slackfake.Server) { f.Leave(consults, "U0SAM") }, Fault, "sam (U0SAM) is not in the channel", "Invite them",
		},
		"somebody else is in the channel": {
			func(f *slackfake.Server) {
				f.AddPerson(slackfake.Person{ID: "U0EVE", Name: "Eve"})
				f.Join(consults, "U0EVE")
			}, Warning, "U0EVE is in the channel", "take them out",
		},
		"a guest is in the channel": {
			func(f *slackfake.Server) {
				f.AddPerson(slackfake.Person{ID: "U0GUEST", Guest: true})
				f.Join(consults, "U0GUEST")
			}, Fault, "guests in the channel", "Take the guests out",
		},
		"a supervisor's account is deactivated": {
			func(f *slackfake.Server) { f.ChangePerson("U0KIM", func(p *slackfake.Person) { p.Deactivated = true }) },
			Fault, "kim (U0KIM) is deactivated", "Correct the id",
		},
		"the bot token is refused": {
			func(f *slackfake.Server) { f.Cause(slackfake.Trouble{Method: "auth.test", Code: "invalid_auth"}) },
			Fault, "refuses the bot token (invalid_auth)", "xoxb-",
		},
		"the app-level token is refused": {
			func(f *slackfake.Server) {
				f.Cause(slackfake.Trouble{Method: "apps.connections.open", Code: "not_allowed_token_type"})
			}, Fault, "refuses the app-level token", "xapp-",
		},
		"Slack is down": {
			func(f *slackfake.Server) { f.Cause(slackfake.Trouble{Method: "auth.test", Status: 503}) },
			Fault, "cannot be asked (http_503)", "Let this machine reach",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, slackfake.Options{})
			tc.spoil(h.fake)
			found := h.slack.Examine(t.Context(), everybody)
			if !slices.ContainsFunc(found, func(f Finding) bool {
				return f.Level == tc.level && strings.Contains(f.What, tc.what) && strings.Contains(f.Remedy, tc.remedy)
			}) {
				t.Errorf("found %+v", found)
			}
		})
	}
}

func TestAGoodInstallationIsFoundGoodAndNothingIsSentOrOpened(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	for _, f := range h.slack.Examine(t.Context(), everybody) {
		if f.Level == Fault {
			t.Errorf("found %+v", f)
		}
	}
	if h.fake.Sockets() != 0 || len(h.fake.Calls("chat.postMessage")) != 0 {
		t.Error("a socket was opened or something was sent")
	}
}

func TestPermissionsThatAreMissingOrTooManyAreNamed(t *testing.T) {
	t.Parallel()
	all := strings.Join(Scopes(), ",")
	for name, tc := range map[string]struct {
		header string
		level  Level
		what   string
	}{
		"exactly what is needed": {all, Fine, "no others"},
		"one is missing":         {strings.ReplaceAll(all, "users:read", ""), Fault, "users:read is missing"},
		"one is more":            {all + ",reactions:read", Warning, "does not need: reactions:read"},
		"it could read messages": {all + ",groups:history", Fault, "lets the app read"},
		"Slack does not say":     {"", Warning, "did not say"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := examineScopes(tc.header)
			if !slices.ContainsFunc(found, func(f Finding) bool { return f.Level == tc.level && strings.Contains(f.What, tc.what) }) {
				t.Errorf("found %+v", found)
			}
		})
	}
}
