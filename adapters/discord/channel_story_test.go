package discord_test

import (
	"slices"
	"testing"

	"curbside/adapters/adaptertest"
	"curbside/adapters/discord"
	"curbside/adapters/discord/discordfake"
)

// guest is somebody of the server who is not of the practice.
const (
	guest     = "500000000000000020"
	guestRole = "700000000000000020"
)

func TestAChannelThatOthersCanSeeIsRefused(t *testing.T) {
	t.Parallel()
	channel := func(change func(*discordfake.Channel)) func(*discordfake.Server) {
		return func(f *discordfake.Server) { f.ChangeChannel(consults, change) }
	}
	opens := func(o discordfake.Overwrite) func(*discordfake.Server) {
		return channel(func(c *discordfake.Channel) { c.Overwrites = append(slices.Clone(c.Overwrites), o) })
	}
	withRole := func(p discordfake.Permissions, holder string) func(*discordfake.Server) {
		return func(f *discordfake.Server) {
			f.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) {
				g.Roles = append(g.Roles, discordfake.Role{ID: guestRole, Name: "Visitors", Permissions: p})
			})
			f.ChangePerson(holder, func(p *discordfake.Person) { p.Roles = append(p.Roles, guestRole) })
		}
	}
	both := func(all ...func(*discordfake.Server)) func(*discordfake.Server) {
		return func(f *discordfake.Server) {
			for _, do := range all {
				do(f)
			}
		}
	}
	lacking := func(p discordfake.Permissions) func(*discordfake.Server) {
		return channel(func(c *discordfake.Channel) {
			c.Overwrites = slices.Clone(c.Overwrites)
			c.Overwrites[2].Allow &^= p
		})
	}
	dana := accounts[adaptertest.Clinician]
	for name, test := range map[string]struct {
		change func(*discordfake.Server)
		code   string // "" is private
	}{
		"as it should be":                       {func(*discordfake.Server) {}, ""},
		"open to everybody":                     {channel(func(c *discordfake.Channel) { c.Overwrites = c.Overwrites[1:] }), "public"},
		"open to everybody by an overwrite":     {opens(discordfake.Overwrite{ID: discordfake.GuildID, Allow: discordfake.ViewChannel}), "public"},
		"a guest is let in by name":             {opens(discordfake.Overwrite{ID: guest, Member: true, Allow: discordfake.ViewChannel}), "guests"},
		"one of the practice is let in by name": {opens(discordfake.Overwrite{ID: dana, Member: true, Allow: discordfake.ViewChannel}), ""},
		"a guest holds the practice's role": {func(f *discordfake.Server) {
			f.ChangePerson(guest, func(p *discordfake.Person) { p.Roles = []string{staffRole} })
		}, "guests"},
		"a guest administers the server":         {withRole(discordfake.Administrator, guest), "guests"},
		"one of the practice administers it":     {withRole(discordfake.Administrator, dana), ""},
		"a guest's role is let in":               {both(withRole(0, guest), opens(discordfake.Overwrite{ID: guestRole, Allow: discordfake.ViewChannel})), "guests"},
		"a role of the practice alone is let in": {both(withRole(0, dana), opens(discordfake.Overwrite{ID: guestRole, Allow: discordfake.ViewChannel})), ""},
		"the server is owned by a guest": {func(f *discordfake.Server) {
			f.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) { g.Owner = guest })
		}, "guests"},
		"the bot cannot see it":                     {lacking(discordfake.ViewChannel), "not_member"},
		"the bot cannot make private threads":       {lacking(discordfake.CreatePrivateThreads), "not_member"},
		"the bot cannot write in threads":           {lacking(discordfake.SendMessagesInThreads), "not_member"},
		"the bot cannot attach files":               {lacking(discordfake.AttachFiles), "not_member"},
		"the bot cannot embed":                      {lacking(discordfake.EmbedLinks), "not_member"},
		"it is gone":                                {func(f *discordfake.Server) { f.DeleteChannel(consults) }, "not_member"},
		"it is a voice channel":                     {channel(func(c *discordfake.Channel) { c.Type = discordfake.VoiceChannel }), "unknown"},
		"it is a forum":                             {channel(func(c *discordfake.Channel) { c.Type = discordfake.ForumChannel }), "unknown"},
		"a guest's role that sees nothing is there": {withRole(discordfake.SendMessages|discordfake.ManageThreads, guest), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, discordfake.Options{})
			h.fake.AddPerson(discordfake.Person{ID: guest, Name: "Gus"})
			test.change(h.fake)
			verdict, err := h.newDiscord(discord.ModeHTTP, nil).Check(t.Context(), h.Home())
			if err != nil {
				t.Fatal(err)
			}
			if verdict.Private != (test.code == "") || verdict.Code != test.code {
				t.Errorf("verdict %+v, want the code %q", verdict, test.code)
			}
			if !verdict.Private && (verdict.Reason == "" || verdict.Remedy == "") {
				t.Errorf("refused without saying all: %+v", verdict)
			}
		})
	}
}
