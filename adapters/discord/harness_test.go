package discord_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/discord"
	"curbside/adapters/discord/discordfake"
	"curbside/bot"
)

// The practice's places and people in these tests.
const (
	consults  = "600000000000000001"
	staffRole = "700000000000000003"
	owner     = "500000000000000009"
)

// accounts are the people of the suite, as Discord knows them.
var accounts = map[adaptertest.Person]string{
	adaptertest.Clinician: "500000000000000001", adaptertest.Supervisor: "500000000000000002",
	adaptertest.Colleague: "500000000000000003", adaptertest.Stranger: "500000000000000004",
}

func TestDiscordKeepsThePromisesOfAPlatformOverTheGateway(outer *testing.T) {
	adaptertest.Run(outer, func(t *testing.T, b *adaptertest.Bot) adaptertest.Harness {
		h := newHarness(t, discordfake.Options{})
		h.outer = outer
		h.overGateway(b)
		return h
	})
}

func TestDiscordKeepsThePromisesOfAPlatformOverHTTP(outer *testing.T) {
	adaptertest.Run(outer, func(t *testing.T, b *adaptertest.Bot) adaptertest.Harness {
		h := newHarness(t, discordfake.Options{MentionsAdd: true})
		h.outer = outer
		h.fake.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) { g.NotifyAll = true })
		h.overHTTP(b)
		return h
	})
}

func TestDiscordKeepsThePromisesOfAPlatformWithinItsRateLimits(outer *testing.T) {
	adaptertest.Run(outer, func(t *testing.T, b *adaptertest.Bot) adaptertest.Harness {
		h := newHarness(t, discordfake.Options{Limits: 0.02})
		h.outer = outer
		h.overGateway(b)
		return h
	})
}

// A harness is a Discord with its adapter, its people and its places.
type harness struct {
	t       *testing.T
	outer   *testing.T // what ends slowly ends by the end of this test
	fake    *discordfake.Server
	discord *discord.Discord
	logger  *slog.Logger
}

// newHarness starts a Discord with the practice in it. Its owner sees every
// thread, as owners do, and is nobody of the suite. The stranger is elsewhere.
func newHarness(t *testing.T, o discordfake.Options) *harness {
	t.Helper()
	h := &harness{t: t, outer: t, fake: discordfake.New(o), logger: slog.New(slog.DiscardHandler)}
	t.Cleanup(h.fake.Close)
	h.fake.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) {
		g.Owner = owner
		g.Roles = append(g.Roles, discordfake.Role{ID: staffRole, Name: "Clinicians"})
	})
	h.fake.AddPerson(discordfake.Person{ID: owner, Name: "Olive"})
	for _, p := range adaptertest.Staff() {
		h.fake.AddPerson(discordfake.Person{ID: accounts[p], Name: string(p), Roles: []string{staffRole}})
	}
	h.fake.AddPerson(discordfake.Person{ID: accounts[adaptertest.Stranger], Name: string(adaptertest.Stranger), Outside: true})
	h.fake.AddChannel(discordfake.Channel{ID: consults, Name: "consults", Overwrites: privately()})
	t.Cleanup(func() {
		for _, fault := range h.fake.Faults() {
			t.Errorf("Discord was misused: %s", fault)
		}
		h.documents()
	})
	return h
}

// privately are the overwrites of the practice's channel: closed to everybody,
// open to the practice's role and to the bot, with no more than each needs.
func privately() []discordfake.Overwrite {
	see := discordfake.ViewChannel | discordfake.SendMessagesInThreads | discordfake.ReadMessageHistory | discordfake.UseCommands
	return []discordfake.Overwrite{
		{ID: discordfake.GuildID, Deny: discordfake.Everyday},
		{ID: staffRole, Allow: see},
		{ID: discordfake.BotRole, Allow: discordfake.Needed},
	}
}

// newDiscord makes an adapter for the Discord: a replica of its own.
func (h *harness) newDiscord(mode discord.Mode, change func(*discord.Options)) *discord.Discord {
	h.t.Helper()
	o := discord.Options{
		Mode: mode, Application: discordfake.AppID, PublicKey: h.fake.PublicKey(), Guild: discordfake.GuildID, Channel: consults,
		Token: func() string { return discordfake.Token }, API: h.fake.URL,
		Staff: func() []string {
			staff := []string{owner}
			for _, p := range adaptertest.Staff() {
				staff = append(staff, accounts[p])
			}
			return staff
		},
		Log: h.logger,
	}
	if change != nil {
		change(&o)
	}
	d, err := discord.New(o)
	if err != nil {
		h.t.Fatalf("new discord: %v", err)
	}
	return d
}

// runs has an adapter run until the test ends, with the command registered and
// opened.
func (h *harness) runs(d *discord.Discord, b discord.Answers) {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx, b) }()
	h.outer.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			h.outer.Errorf("run ended: %v", err)
		}
	})
	h.t.Cleanup(cancel)
	waitFor(h.t, "the command is registered", func() bool { return len(h.fake.Commands(discordfake.GuildID)) > 0 })
	h.fake.OpenCommand("consult")
}

// overGateway connects the adapter by the gateway until the test ends.
func (h *harness) overGateway(b discord.Answers) {
	h.t.Helper()
	h.discord = h.newDiscord(discord.ModeGateway, nil)
	h.runs(h.discord, b)
	waitFor(h.t, "a session is open", func() bool { return h.fake.Sessions() > 0 })
}

// overHTTP connects the adapter by an address until the test ends.
func (h *harness) overHTTP(b discord.Answers) (url string) {
	h.t.Helper()
	h.discord = h.newDiscord(discord.ModeHTTP, nil)
	h.runs(h.discord, b)
	server := httptest.NewServer(h.discord.Handler(b))
	h.t.Cleanup(server.Close)
	if err := h.fake.UseHTTP(server.URL); err != nil {
		h.t.Fatal(err)
	}
	return server.URL
}

func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("did not come about: %s", what)
		}
	}
}

func (h *harness) Platform() bot.Platform { return h.discord }

func (h *harness) Account(p adaptertest.Person) bot.Identity {
	return bot.Identity{Platform: discord.Name, Workspace: discordfake.GuildID, User: accounts[p]}
}

func (h *harness) Home() bot.Place {
	return bot.Place{Platform: discord.Name, Workspace: discordfake.GuildID, Channel: consults}
}

// Unfit are places that the practice did not choose. What makes its own channel
// unfit, TestAChannelThatOthersCanSeeIsRefused tells.
func (h *harness) Unfit() map[string]bot.Place {
	const other = "700000000000000099"
	h.fake.AddGuild(discordfake.Guild{ID: other, Name: "Elsewhere", Roles: []discordfake.Role{{ID: other, Permissions: discordfake.Everyday}}})
	places := map[string]bot.Place{"a direct message": bot.DirectTo(h.Account(adaptertest.Clinician))}
	for what, c := range map[string]discordfake.Channel{
		"a public channel":                       {ID: "600000000000000011"},
		"a private channel that was not chosen":  {ID: "600000000000000012", Overwrites: privately()},
		"a channel of another server":            {ID: "600000000000000013", Guild: other},
		"a thread of the practice's own channel": {ID: "600000000000000014", Type: discordfake.PrivateThread, Parent: consults},
		"a channel that the bot cannot see":      {ID: "600000000000000015", Overwrites: slices.Clip(privately())[:2]},
		"a voice channel":                        {ID: "600000000000000016", Type: discordfake.VoiceChannel, Overwrites: privately()},
	} {
		h.fake.AddChannel(c)
		guild := discordfake.GuildID
		if c.Guild != "" {
			guild = c.Guild
		}
		places[what] = bot.Place{Platform: discord.Name, Workspace: guild, Channel: c.ID}
	}
	home := h.Home()
	home.Workspace = other
	places["the channel's id in another server"] = home
	return places
}

func (h *harness) As(p adaptertest.Person) adaptertest.Seat {
	return &seat{t: h.t, fake: h.fake, client: h.fake.As(accounts[p]), user: accounts[p]}
}
