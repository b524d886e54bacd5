package discord

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"curbside/bot"
)

// A server is the practice's server as the stub describes it.
type serverState struct {
	guild   map[string]any
	channel map[string]any
	counts  map[string]int
	members map[string][]string // roles by user
}

const (
	roleStaff = "910000000000000001"
	roleAdmin = "910000000000000002"
	roleBot   = "910000000000000003"
)

// privateServer is one where all is as it should be: the channel is closed to
// everybody, and open to the staff's role and the bot's.
func privateServer() *serverState {
	return &serverState{
		guild: map[string]any{"id": guildID, "owner_id": dana, "roles": []map[string]any{
			{"id": guildID, "name": "@everyone", "permissions": "1024"},
			{"id": roleStaff, "name": "Staff", "permissions": "0"},
			{"id": roleBot, "name": "Curbside", "permissions": "0", "managed": true, "tags": map[string]any{"bot_id": application}},
		}},
		channel: map[string]any{"id": channelID, "guild_id": guildID, "type": 0, "permission_overwrites": []map[string]any{
			{"id": guildID, "type": 0, "allow": "0", "deny": "1024"},
			{"id": roleStaff, "type": 0, "allow": "1024", "deny": "0"},
			{"id": roleBot, "type": 0, "allow": "343597433856", "deny": "0"},
		}},
		counts:  map[string]int{roleStaff: 2},
		members: map[string][]string{ana: {roleStaff}, dana: {roleStaff}, application: {roleBot}},
	}
}

func (s *serverState) role(id, name, permissions string) *serverState {
	s.guild["roles"] = append(s.guild["roles"].([]map[string]any), map[string]any{"id": id, "name": name, "permissions": permissions})
	return s
}

func (s *serverState) overwrite(id string, kind int, allow, deny string) *serverState {
	s.channel["permission_overwrites"] = append(s.channel["permission_overwrites"].([]map[string]any),
		map[string]any{"id": id, "type": kind, "allow": allow, "deny": deny})
	return s
}

func (l *lab) serves(s *serverState) {
	l.stub.refuses(func(method, path string) (int, string) {
		if method != http.MethodGet {
			return 0, ""
		}
		var answer any
		switch {
		case path == "guilds/"+guildID:
			answer = s.guild
		case path == "channels/"+channelID:
			answer = s.channel
		case strings.HasSuffix(path, "/member-counts"):
			answer = s.counts
		case strings.HasPrefix(path, "guilds/"+guildID+"/members/"):
			roles, ok := s.members[path[strings.LastIndex(path, "/")+1:]]
			if !ok {
				return 404, refused(404, codeUnknownMember)
			}
			answer = map[string]any{"roles": roles}
		default:
			return 0, ""
		}
		raw, _ := json.Marshal(answer)
		return 200, string(raw)
	})
}

func TestAChannelIsPrivateOnlyWhenEverybodyWhoSeesItIsOfThePractice(t *testing.T) {
	const see, all = "1024", "8"
	for name, c := range map[string]struct {
		server *serverState
		roles  []string
		want   string // code; "" is private
	}{
		"closed to all but the staff":                  {privateServer(), nil, ""},
		"open to everybody":                            {privateServer().overwrite(guildID, 0, see, "0"), nil, "public"},
		"a role that somebody else holds too":          {func() *serverState { s := privateServer(); s.counts[roleStaff] = 3; return s }(), nil, "guests"},
		"a role that somebody else holds, vouched for": {func() *serverState { s := privateServer(); s.counts[roleStaff] = 3; return s }(), []string{roleStaff}, ""},
		"an administrator who is not of the practice": {func() *serverState {
			s := privateServer().role(roleAdmin, "Mods", all)
			s.counts[roleAdmin] = 1
			return s
		}(), nil, "guests"},
		"an administrator's role that the owner holds": {func() *serverState {
			s := privateServer().role(roleAdmin, "Mods", all)
			s.counts[roleAdmin] = 1
			s.members[dana] = []string{roleAdmin, roleStaff}
			return s
		}(), nil, ""},
		"a role that nobody holds":                      {privateServer().role(roleAdmin, "Mods", all), nil, ""},
		"a stranger let in by name":                     {privateServer().overwrite(mallory, 1, see, "0"), nil, "guests"},
		"a colleague let in by name":                    {privateServer().overwrite(ana, 1, see, "0"), nil, ""},
		"a stranger kept out by name":                   {privateServer().overwrite(mallory, 1, "0", see), nil, ""},
		"a role with sight that the channel takes away": {privateServer().role(roleAdmin, "Guests", see).overwrite(roleAdmin, 0, "0", see), nil, ""},
		"a role with sight that everybody's closing covers": {func() *serverState {
			s := privateServer().role(roleAdmin, "Guests", see)
			s.counts[roleAdmin] = 9
			return s
		}(), nil, ""},
		"the owner is not of the practice": {func() *serverState { s := privateServer(); s.guild["owner_id"] = mallory; return s }(), nil, "guests"},
		"the bot may not make threads":     {func() *serverState { s := privateServer(); s.members[application] = nil; return s }(), nil, "not_member"},
		"a voice channel":                  {func() *serverState { s := privateServer(); s.channel["type"] = 2; return s }(), nil, "unknown"},
		"a channel of another server":      {func() *serverState { s := privateServer(); s.channel["guild_id"] = "1"; return s }(), nil, "unknown"},
		"permissions that are no number":   {privateServer().overwrite(guildID, 0, "lots", "x"), nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, func(o *Options) { o.Roles = func() []string { return c.roles } })
			l.serves(c.server)
			verdict, err := l.Check(t.Context(), l.home())
			if err != nil {
				t.Fatal(err)
			}
			if verdict.Private != (c.want == "") || verdict.Code != c.want {
				t.Errorf("got %+v, want %q", verdict, c.want)
			}
			if !verdict.Private && (verdict.Reason == "" || verdict.Remedy == "") {
				t.Errorf("refused without saying all: %+v", verdict)
			}
		})
	}
}

func TestAChannelThatCannotBeSeenOrAskedForIsRefused(t *testing.T) {
	l := newLab(t)
	l.stub.refuses(func(_, path string) (int, string) {
		if strings.HasPrefix(path, "channels/") {
			return 403, refused(403, codeNoAccess)
		}
		return 0, ""
	})
	if verdict, err := l.Check(t.Context(), l.home()); err != nil || verdict.Private || verdict.Code != "not_member" {
		t.Errorf("got %+v, %v", verdict, err)
	}
	l.stub.refuses(func(string, string) (int, string) { return 500, "" })
	if verdict, err := l.Check(t.Context(), l.home()); err == nil || verdict.Private {
		t.Errorf("got %+v without an error", verdict)
	}
	for _, p := range []bot.Place{bot.DirectTo(accountOf(ana)), {Platform: Name, Workspace: guildID, Channel: "1"}} {
		if verdict, err := l.Check(t.Context(), p); err != nil || verdict.Private || verdict.Remedy == "" {
			t.Errorf("%+v: got %+v, %v", p, verdict, err)
		}
	}
}

func TestWhenTheRolesCannotBeCountedTheChannelIsNotTakenForPrivate(t *testing.T) {
	l := newLab(t)
	s := privateServer()
	l.serves(s)
	whole := l.stub.refuse
	l.stub.refuses(func(method, path string) (int, string) {
		if strings.HasSuffix(path, "/member-counts") {
			return 403, refused(403, codeNoPermission)
		}
		return whole(method, path)
	})
	if verdict, _ := l.Check(t.Context(), l.home()); verdict.Private {
		t.Errorf("got %+v", verdict)
	}
}

func TestALostAnswerAmongManyDoesNotUndoTheCount(t *testing.T) {
	l := newLab(t)
	l.serves(privateServer())
	whole, asked := l.stub.refuse, map[string]int{}
	l.stub.refuses(func(method, path string) (int, string) {
		counts := strings.HasSuffix(path, "/member-counts") || strings.HasSuffix(path, "/members/"+dana)
		if asked[path]++; counts && asked[path] < 3 {
			return 500, ""
		}
		return whole(method, path)
	})
	if verdict, err := l.Check(t.Context(), l.home()); err != nil || !verdict.Private {
		t.Errorf("got %+v, %v", verdict, err)
	}
}

func TestPermissionsAreComputedInDiscordsOrder(t *testing.T) {
	const view, send = permissions(permViewChannel), permissions(permSendInThreads)
	g := guild{ID: "g", OwnerID: "owner", Roles: []role{
		{ID: "g", Permissions: view}, {ID: "a", Permissions: send}, {ID: "b"}, {ID: "admin", Permissions: permAdministrator},
	}}
	for name, c := range map[string]struct {
		overwrites []overwrite
		user       string
		roles      []string
		want       permissions
	}{
		"everybody has the base":                        {nil, "u", nil, view},
		"roles add to it":                               {nil, "u", []string{"a"}, view | send},
		"the owner has everything":                      {[]overwrite{{ID: "g", Deny: everything}}, "owner", nil, everything},
		"an administrator has everything":               {[]overwrite{{ID: "admin", Deny: everything}}, "u", []string{"admin"}, everything},
		"everybody's denial takes away":                 {[]overwrite{{ID: "g", Deny: view}}, "u", []string{"a"}, 0},
		"a role's allowance overrides it":               {[]overwrite{{ID: "g", Deny: view}, {ID: "a", Allow: view}}, "u", []string{"a"}, view | send},
		"among roles an allowance wins":                 {[]overwrite{{ID: "a", Deny: view}, {ID: "b", Allow: view}}, "u", []string{"a", "b"}, view | send},
		"a member's denial overrides the roles":         {[]overwrite{{ID: "a", Allow: view}, {ID: "u", Type: 1, Deny: view}}, "u", []string{"a"}, 0},
		"a member's allowance overrides everything":     {[]overwrite{{ID: "g", Deny: view}, {ID: "u", Type: 1, Allow: view}}, "u", nil, view},
		"the order in the list does not count":          {[]overwrite{{ID: "u", Type: 1, Allow: view}, {ID: "a", Deny: view}, {ID: "g", Deny: view}}, "u", []string{"a"}, view | send},
		"who cannot see can do nothing":                 {[]overwrite{{ID: "g", Deny: view}}, "u", []string{"a"}, 0},
		"another member's overwrite does not count":     {[]overwrite{{ID: "v", Type: 1, Deny: view}}, "u", nil, view},
		"a role's id among members does not count":      {[]overwrite{{ID: "a", Type: 1, Deny: view}}, "u", []string{"a"}, view | send},
		"a role that is not held does not count either": {[]overwrite{{ID: "b", Deny: view}}, "u", nil, view},
	} {
		t.Run(name, func(t *testing.T) {
			if got := permissionsIn(g, channel{Overwrites: c.overwrites}, c.user, c.roles); got != c.want {
				t.Errorf("got %b, want %b", got, c.want)
			}
		})
	}
}
