package discord

import (
	"slices"
	"strings"
	"testing"
)

// sound is an application that is set up as it should be.
const sound = `{"id":"` + application + `","verify_key":"%KEY","interactions_endpoint_url":"https://curbside.example/discord","bot_public":false,"flags":0,"integration_types_config":{"0":{}}}`

func TestTheDoctorSaysWhatIsWrongWithDiscordAndWhatToDo(t *testing.T) {
	app := func(change ...string) string { return strings.NewReplacer(change...).Replace(sound) }
	for name, c := range map[string]struct {
		app    string
		status int
		server func(*serverState)
		want   string // in a fault or warning; "" is none
	}{
		"all is well":                          {app(), 200, nil, ""},
		"the token is refused":                 {"", 401, nil, "refuses the bot's token"},
		"nobody answers":                       {"", 500, nil, "cannot be asked"},
		"another application's token":          {app(application, "800000000000000099"), 200, nil, "another application"},
		"no address is known":                  {app("https://curbside.example/discord", ""), 200, nil, "no address"},
		"another key":                          {app("%KEY", "abcd"), 200, nil, "public_key is not"},
		"it may read messages":                 {app(`"flags":0`, `"flags":524288`), 200, nil, "read what people write"},
		"it may list members":                  {app(`"flags":0`, `"flags":32768`), 200, nil, "does not need"},
		"anybody can add it":                   {app(`"bot_public":false`, `"bot_public":true`), 200, nil, "Anybody can add"},
		"people can install it for themselves": {app(`{"0":{}}`, `{"0":{},"1":{}}`), 200, nil, "for themselves"},
		"the channel is open":                  {app(), 200, func(s *serverState) { s.overwrite(guildID, 0, "1024", "0") }, "Everybody in the server"},
		"a role sees every thread": {app(), 200, func(s *serverState) {
			s.role(roleAdmin, "Moderators", "0").overwrite(roleAdmin, 0, "17179870208", "0")
		}, "the role Moderators"},
		"somebody is not in the server":   {app(), 200, func(s *serverState) { delete(s.members, ana) }, "Ana Reyes is not in the server"},
		"somebody cannot see the channel": {app(), 200, func(s *serverState) { s.members[ana] = nil }, "Ana Reyes cannot take part"},
		"a role is vouched for": {app(), 200, func(s *serverState) {
			s.role("910000000000000009", "Auditors", "0").overwrite("910000000000000009", 0, "1024", "0")
		}, "vouches for the role Auditors"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, func(o *Options) { o.Roles = func() []string { return []string{"910000000000000009"} } })
			s := privateServer()
			s.overwrite(roleStaff, 0, "274877908992", "0")
			if c.server != nil {
				c.server(s)
			}
			l.serves(s)
			rest := l.stub.refuse
			l.stub.refuses(func(method, path string) (int, string) {
				switch {
				case path == "applications/@me":
					return c.status, strings.ReplaceAll(c.app, "%KEY", l.options.PublicKey)
				case strings.HasSuffix(path, "/commands"):
					return 200, string(registeredCommands(t))
				case strings.HasSuffix(path, "/commands/permissions"):
					return 200, `[{"permissions":[{"permission":true}]}]`
				}
				return rest(method, path)
			})
			found := l.Examine(t.Context(), []Member{{Name: "Ana Reyes", User: ana}, {Name: "Dana Kim", User: dana}})
			bad := slices.DeleteFunc(found, func(f Finding) bool { return f.Level == Fine })
			if c.want == "" && len(bad) > 0 {
				t.Errorf("it complains: %+v", bad)
			}
			if c.want != "" && !slices.ContainsFunc(bad, func(f Finding) bool { return strings.Contains(f.What, c.want) }) {
				t.Errorf("it says %+v, want %q", bad, c.want)
			}
		})
	}
}

func registeredCommands(t *testing.T) []byte {
	t.Helper()
	text, err := Manifest(application, guildID)
	if err != nil {
		t.Fatal(err)
	}
	_, commands, ok := strings.Cut(string(text), "as it is registered:\n")
	if !ok {
		t.Fatal("the manifest shows no command")
	}
	return []byte(commands)
}

func TestTheDoctorSeesThatPressesGoAnotherWay(t *testing.T) {
	l := newLab(t, func(o *Options) { o.Mode = ModeGateway })
	found := l.examineWayIn(app{Endpoint: "https://curbside.example"})
	if len(found) != 1 || found[0].Level != Fault || found[0].Remedy == "" {
		t.Errorf("got %+v", found)
	}
}

func TestTheManifestAsksForNoMoreThanIsNeeded(t *testing.T) {
	text, err := Manifest(application, guildID)
	if err != nil {
		t.Fatal(err)
	}
	want := "https://discord.com/oauth2/authorize?client_id=" + application + "&scope=bot+applications.commands&permissions=343597433856&integration_type=0&guild_id=" + guildID
	if !strings.Contains(string(text), want) {
		t.Errorf("it says\n%s\nwant %s", text, want)
	}
	for _, bad := range []string{"", "harbor", "8000000000000000 1"} {
		if _, err := Manifest(bad, ""); err == nil {
			t.Errorf("%q is taken for an application", bad)
		}
	}
}
