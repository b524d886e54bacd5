package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
	"curbside/dialog"
)

// examinedFile writes the settings of a practice on a Slack, and the files they name.
func examinedFile(t *testing.T, fake *slackfake.Server) string {
	t.Helper()
	slack := "slack: {enabled: true, api_url: \"" + fake.URL + "\", team: " + slackfake.TeamID +
		", channel: C0CONSULTS, bot_token_file: bot, app_token_file: app}"
	file := practiceFile(t,
		"slack:\n  enabled: false\n", slack+"\n",
		"    licences: [US-CA]\n", "    licences: [US-CA]\n    slack: {user: U0ALEX}\n",
		"    roles: [supervisor, owner]\n", "    roles: [supervisor, owner]\n    slack: {user: U0ROBIN}\n",
		"redis://localhost:6379/0", "redis://127.0.0.1:1/0")
	for name, secret := range map[string]string{"bot": slackfake.BotToken, "app": slackfake.AppToken} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), name), []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

func examinedSlack(t *testing.T) *slackfake.Server {
	t.Helper()
	fake := slackfake.New(slackfake.Options{})
	t.Cleanup(fake.Close)
	for _, id := range []string{"U0ALEX", "U0ROBIN"} {
		fake.AddPerson(slackfake.Person{ID: id, Name: id})
	}
	fake.AddChannel(slackfake.Channel{ID: "C0CONSULTS", Name: "consults", Private: true, Members: []string{slackfake.BotUser, "U0ALEX", "U0ROBIN"}})
	return fake
}

func TestTheDoctorSaysWhatDoesNotWorkAndWhatToDo(t *testing.T) {
	t.Parallel()
	fake := examinedSlack(t)
	fake.Leave("C0CONSULTS", "U0ROBIN")
	code, out, errs := curbside(t, "doctor", "--config", examinedFile(t, fake))
	for _, want := range []string{
		"fault    redis    Redis cannot be reached.\n                  next: Start Redis, or correct redis.url.\n",
		"ok       slack    Socket Mode is open to this app.\n",
		"fault    slack    robin (U0ROBIN) is not in the channel.\n",
		"warning  law      The law of US-CA",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q in\n%s", want, out)
		}
	}
	if code != exitFailed || !strings.Contains(errs, "2 things do not work") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	for _, secret := range []string{slackfake.BotToken, slackfake.AppToken} {
		if strings.Contains(out+errs, secret) {
			t.Error("it prints a token")
		}
	}
}

func TestAKeysetThatDoesNotOpenWhatIsKeptIsFound(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	sealed := func() *store.Sealer {
		keyset, err := store.NewKeyset()
		if err != nil {
			t.Fatal(err)
		}
		seal, err := store.OpenKeyset(keyset)
		if err != nil {
			t.Fatal(err)
		}
		return seal
	}
	kept, err := store.New(store.Options{Client: server.Client(t), Sealer: sealed()})
	if err != nil {
		t.Fatal(err)
	}
	desk := bot.Record{Consult: dialog.Consult{Handle: dialog.DeskHandle, Version: 1}, Desk: &dialog.Desk{Version: 1}}
	if err := kept.Commit(t.Context(), bot.Commit{Record: desk, Keep: time.Hour}); err != nil {
		t.Fatal(err)
	}
	file := practiceFile(t, "redis://localhost:6379/0", "unix://"+server.Options.Addrs[0])
	_, out, _ := curbside(t, "doctor", "--config", file)
	for _, want := range []string{"ok       redis    Redis answers.", "fault    redis    What is kept cannot be opened with this keyset."} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q in\n%s", want, out)
		}
	}
}

func TestWhatRedisWouldLoseIsSaid(t *testing.T) {
	t.Parallel()
	info := "# Memory\r\nmaxmemory_policy:allkeys-lru\r\n# Persistence\r\naof_enabled:0\r\n"
	if got := infoField(info, "maxmemory_policy"); got != "allkeys-lru" {
		t.Errorf("the policy is %q", got)
	}
	if got := infoField(info, "aof_enabled"); got != "0" {
		t.Errorf("the file is %q", got)
	}
	if got := infoField(info, "loading"); got != "" {
		t.Errorf("what is not there is %q", got)
	}
}
