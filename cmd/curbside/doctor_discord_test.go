package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"curbside/adapters/discord/discordfake"
)

func TestTheDoctorLooksAtDiscord(t *testing.T) {
	t.Parallel()
	const alex, robin, channel = "500000000000000001", "500000000000000002", "600000000000000001"
	fake := discordfake.New(discordfake.Options{})
	t.Cleanup(fake.Close)
	fake.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) { g.Owner = robin })
	fake.AddPerson(discordfake.Person{ID: robin, Name: "Robin"})
	fake.AddPerson(discordfake.Person{ID: alex, Name: "Alex"})
	fake.AddChannel(discordfake.Channel{ID: channel, Name: "consults", Overwrites: []discordfake.Overwrite{
		{ID: discordfake.BotRole, Allow: discordfake.Needed},
		{ID: alex, Member: true, Allow: discordfake.ViewChannel | discordfake.SendMessagesInThreads},
	}})
	file := practiceFile(t,
		"discord:\n  enabled: false\n", "discord:\n  enabled: true\n  api_url: "+fake.URL+"\n  application: \""+discordfake.AppID+"\"\n  guild: \""+
			discordfake.GuildID+"\"\n  channel: \""+channel+"\"\n  bot_token_file: bot\n",
		"    licences: [US-CA]\n", "    licences: [US-CA]\n    discord: {user: \""+alex+"\"}\n",
		"    roles: [supervisor, owner]\n", "    roles: [supervisor, owner]\n    discord: {user: \""+robin+"\"}\n",
		"redis://localhost:6379/0", "redis://127.0.0.1:1/0")
	if err := os.WriteFile(filepath.Join(filepath.Dir(file), "bot"), []byte(discordfake.Token), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := curbside(t, "doctor", "--config", file)
	for _, want := range []string{
		"fault    discord  Everybody in the server can see the consultation channel.\n                  next: Take View Channel from @everyone there.\n",
		"ok       discord  The gateway can be reached.\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q in\n%s", want, out)
		}
	}
	if code != exitFailed || strings.Contains(out+errs, discordfake.Token) {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

func TestTheManifestOfDiscordNamesTheAddressThatInstallsIt(t *testing.T) {
	t.Parallel()
	code, out, errs := curbside(t, "manifest", "discord", "--application", discordfake.AppID)
	if code != exitOK || !strings.Contains(out, "https://discord.com/oauth2/authorize?client_id="+discordfake.AppID) || errs != "" {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
	if code, _, errs := curbside(t, "manifest", "discord", "--application", "curbside"); code != exitUsage || !strings.Contains(errs, "long number") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}
