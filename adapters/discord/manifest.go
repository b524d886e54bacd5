package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
)

var snowflake = regexp.MustCompile(`^[0-9]{15,20}$`)

// manifest is what an owner does in the developer portal and in the server.
const manifest = `Curbside on Discord

1. In the developer portal, under the application %[1]s
   Installation       Guild Install alone; Install Link: None
   Bot                Public Bot off; all three Privileged Gateway Intents off
   OAuth2             no redirects
   General            Interactions Endpoint URL empty with discord.mode: gateway, and
                      this program's address, behind TLS, with discord.mode: http

2. Add the app to the practice's server with this address, and no other permissions
   %[2]s
   It asks for: %[3]s.

3. The channel: a text channel that @everyone cannot view. Give View Channel and Send
   Messages in Threads to the practice's role, and to the app's role what it asks for.
   Manage Threads shows every consult, invited or not: give it to nobody.

4. The command is registered by curbside serve and hidden until it is opened: Server
   Settings, Integrations, Curbside, /%[4]s, to the practice's role.

Command, as it is registered:
%[5]s
`

// Manifest tells an owner how the app is set up, installed and opened. guild "" is
// chosen while installing.
func Manifest(application, guild string) ([]byte, error) {
	if !snowflake.MatchString(application) || guild != "" && !snowflake.MatchString(guild) {
		return nil, errors.New("an application or a server is a long number, to be had in the developer portal and with Copy Server ID")
	}
	registered, err := json.MarshalIndent(commands(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the commands: %w", err)
	}
	install := fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d&integration_type=0",
		application, uint64(needed))
	if guild != "" {
		install += "&guild_id=" + guild + "&disable_guild_select=true"
	}
	return fmt.Appendf(nil, manifest, application, install, neededWords, command, registered), nil
}
