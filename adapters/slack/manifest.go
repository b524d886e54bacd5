package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"
)

// Command is the slash command.
const Command = "/consult"

// scopes are the least that the program works with, and why. None of them lets it
// read what anybody writes.
var scopes = map[string]string{
	"commands":    "the command " + Command,
	"chat:write":  "cards, notes and pages, and nothing in channels it was not invited to",
	"groups:read": "whether the channel is private, and who is in it",
	"im:write":    "pages and the clinician's own messages",
	"users:read":  "who is a guest, a bot or deactivated",
	"files:write": "the record as a file",
}

// Scopes returns the bot scopes the program needs, sorted.
func Scopes() []string { return sortedKeys(scopes) }

// appScope is what the app-level token of Socket Mode needs.
const appScope = "connections:write"

// botEvents are what the program is told without asking: that somebody opens
// their App Home, and whatever may make the channel less private. All of them come
// with the scopes above.
var botEvents = []string{
	"app_home_opened", "channel_shared", "channel_unshared", "group_archive", "group_deleted", "group_left",
	"group_unarchive", "member_joined_channel", "member_left_channel",
}

// Manifest describes the app to Slack, as JSON for api.slack.com/apps: with
// sockets, or for HTTP when it is given the address under which Slack reaches
// [Slack.Handler], such as https://curbside.example.
func Manifest(address string) ([]byte, error) {
	address = strings.TrimSuffix(address, "/")
	if address != "" && !strings.HasPrefix(address, "https://") {
		return nil, fmt.Errorf("%q is no address that Slack can reach: it must begin with https://", address)
	}
	at := func(path string) string {
		if address == "" {
			return ""
		}
		return address + path
	}
	m := slackapi.Manifest{
		Metadata: slackapi.ManifestMetadata{MajorVersion: 1, MinorVersion: 1},
		Display: slackapi.Display{
			Name:            "Curbside",
			Description:     "May I, must I, must I not break confidentiality? A de-identified consult, with a supervisor.",
			BackgroundColor: "#1f4d4a",
			LongDescription: "Curbside runs de-identified consultations for therapists in the practice's own private channel. It asks only what " +
				"the law needs, shows what the law requires, permits and limits, pages a supervisor for sign-off, and keeps no client " +
				"identifiers. It has no permission to read messages.",
		},
		Features: slackapi.Features{
			AppHome: slackapi.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true, MessagesTabReadOnlyEnabled: true},
			BotUser: slackapi.BotUser{DisplayName: "Curbside", AlwaysOnline: true},
			SlashCommands: []slackapi.ManifestSlashCommand{{
				Command: Command, Description: "Start a consult, or see what waits for you", UsageHint: "[list | duty | help]",
				Url: at(CommandsPath),
			}},
		},
		OAuthConfig: slackapi.OAuthConfig{Scopes: slackapi.OAuthScopes{Bot: Scopes()}},
		Settings: slackapi.Settings{
			EventSubscriptions: &slackapi.EventSubscriptions{RequestUrl: at(EventsPath), BotEvents: slices.Clone(botEvents)},
			Interactivity:      &slackapi.Interactivity{IsEnabled: true, RequestUrl: at(InteractionsPath)},
			SocketModeEnabled:  address == "",
		},
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	return append(text, '\n'), nil
}
