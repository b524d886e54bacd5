package discord_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/discord"
	"curbside/adapters/discord/discordfake"
	"curbside/bot"
	"curbside/dialog"
)

func TestWhateverGetsLostOnTheWayThereIsOneThreadAndOneCard(t *testing.T) {
	t.Parallel()
	outer := t
	const (
		threads  = "POST /channels/{channel_id}/threads"
		messages = "POST /channels/{channel_id}/messages"
		members  = "PUT /channels/{channel_id}/thread-members/{user_id}"
		active   = "GET /guilds/{guild_id}/threads/active"
	)
	for name, trouble := range map[string]discordfake.Trouble{
		"the answer to the new thread is lost":          {Route: threads, Times: 1, Lost: true},
		"the answer to the card is lost":                {Route: messages, Times: 1, Lost: true},
		"the answers to three cards are lost":           {Route: messages, Times: 3, Lost: true},
		"the answer to a member is lost":                {Route: members, Times: 1, Lost: true},
		"making threads fails for a while":              {Route: threads, Times: 3, Status: 500},
		"posting fails for a while":                     {Route: messages, Times: 3, Status: 502},
		"looking for threads fails for a while":         {Route: active, Times: 3, Status: 503},
		"Discord asks for time to make a thread":        {Route: threads, Times: 2, Status: 429, RetryAfter: 20 * time.Millisecond},
		"Discord asks for time to post":                 {Route: messages, Times: 2, Status: 429, RetryAfter: 20 * time.Millisecond},
		"everything fails for a while":                  {Times: 6, Status: 500},
		"everything is late":                            {Times: 6, Delay: 100 * time.Millisecond},
		"the thread is taken for there, and is not yet": {Route: active, Times: 1, Delay: 200 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(outer, t, discordfake.Options{}, discord.ModeHTTP)
			s.fake.Cause(trouble)
			ref := s.opens()
			s.delivers(s.page(ref))
			again := s.newDiscord(discord.ModeHTTP, nil) // another process, which knows nothing
			if r := again.Deliver(context.Background(), s.card()); r.Outcome != bot.Delivered || r.Ref != ref {
				t.Errorf("another process delivers it again to %q (%v), want %q", r.Ref, r.Outcome, ref)
			}
			thread, posted := s.thread()
			if len(posted) != 2 {
				t.Errorf("the thread holds %d messages, want the card and one mention", len(posted))
			}
			if thread.Invitable {
				t.Error("its members may invite others")
			}
			for _, p := range []adaptertest.Person{adaptertest.Clinician, adaptertest.Supervisor} {
				if len(s.As(p).Thread(consult)) == 0 {
					t.Errorf("%s does not see it", p)
				}
			}
			if len(s.As(adaptertest.Colleague).Thread(consult)) != 0 {
				t.Error("a colleague who is not asked sees it")
			}
			if got := len(s.fake.Direct(accounts[adaptertest.Supervisor])); got != 1 {
				t.Errorf("Sam has %d direct messages, want one", got)
			}
		})
	}
}

func TestWhatDiscordForgotCanStillBeShown(t *testing.T) {
	t.Parallel()
	eachWay(t, discordfake.Options{}, func(t *testing.T, s *story) {
		ref := s.opens()
		thread, _ := s.thread()
		s.fake.ChangeChannel(thread.ID, func(c *discordfake.Channel) { c.Archived = true })
		d := s.effect(dialog.UpdateCard, 2, 1, "second look")
		d.Ref, d.Card = ref, ref
		if r := s.delivers(d); r.Outcome != bot.Delivered || r.Ref != ref {
			t.Errorf("an update of an archived thread: %+v", r)
		}
		s.fake.ChangeChannel(thread.ID, func(c *discordfake.Channel) { c.Archived = true })
		if out := s.yes(s.dana()); !out.Answered {
			t.Error("a press in an archived thread is not answered")
		}
		s.fake.DeleteChannel(thread.ID)
		d = s.effect(dialog.UpdateCard, 3, 1, "third look")
		d.Ref, d.Card = ref, ref
		d.Members = s.card().Members
		if r := s.delivers(d); r.Outcome != bot.Delivered || r.Ref == ref {
			t.Errorf("an update of a thread that was deleted: %+v", r)
		}
		if _, posted := s.thread(); len(posted) != 1 || !strings.Contains(posted[0].Text(), "third look") {
			t.Errorf("the new thread holds %v", posted)
		}
	})
}

func TestAnAnswerThatTakesLongStillComes(t *testing.T) {
	t.Parallel()
	outer := t
	for _, mode := range []discord.Mode{discord.ModeGateway, discord.ModeHTTP} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			s := newStory(outer, t, discordfake.Options{}, mode)
			s.opens()
			next := view("second look")
			s.bot.answers(func(bot.Inbound) bot.Reply {
				time.Sleep(3500 * time.Millisecond) // longer than Discord waits
				return bot.Reply{View: &next, Version: 2, Reply: dialog.Reply{Notice: "At last."}}
			})
			if out := s.yes(s.dana()); !out.Answered {
				t.Fatal("Discord was told nothing in time")
			}
			waitFor(t, "the card is there", func() bool {
				_, posted := s.thread()
				return strings.Contains(posted[0].Text(), "second look")
			})
			waitFor(t, "the word is there", func() bool {
				private := s.fake.Ephemeral(accounts[adaptertest.Clinician])
				return len(private) == 1 && strings.Contains(private[0].Text(), "At last.")
			})
			if got := s.fake.Notices(accounts[adaptertest.Clinician]); len(got) != 0 {
				t.Errorf("Discord told Dana %q", got)
			}
		})
	}
}

func TestAConnectionThatBreaksIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	outer := t
	for name, test := range map[string]struct {
		breaks func(*discordfake.Server)
		anew   int // sessions that may be begun, with the first
	}{
		"it is cut without a word":          {(*discordfake.Server).DropSockets, 1},
		"Discord asks to connect anew":      {(*discordfake.Server).Reconnect, 1},
		"Discord has an unknown error":      {func(f *discordfake.Server) { f.CloseSockets(4000) }, 1},
		"the session timed out":             {func(f *discordfake.Server) { f.CloseSockets(4009) }, 2},
		"the session is not valid any more": {func(f *discordfake.Server) { f.InvalidateSessions(0) }, 2},
		"what comes is no JSON":             {func(f *discordfake.Server) { f.SendRaw("{"); f.DropSockets() }, 1},
		"what comes is unknown": {func(f *discordfake.Server) {
			f.SendRaw(`{"op":99,"d":{"x":[1]}}`)
			f.SendRaw(`{"op":0,"s":9,"t":"NEVER_HEARD_OF","d":{}}`)
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(outer, t, discordfake.Options{}, discord.ModeGateway)
			s.opens()
			test.breaks(s.fake)
			waitFor(t, "a press is answered again", func() bool {
				return s.fake.Sessions() > 0 && s.yes(s.dana()).Answered
			})
			if got := s.fake.Identified(); got > test.anew {
				t.Errorf("%d sessions were begun, want %d", got, test.anew)
			}
			if got := s.fake.Intents(); got != 1 {
				t.Errorf("it asked for the intents %b, want GUILDS alone", got)
			}
		})
	}
}

func TestAConnectionThatDiscordEndsForGoodIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		h := newHarness(t, discordfake.Options{})
		h.fake.CloseIdentifies(code)
		d := h.newDiscord(discord.ModeGateway, nil)
		ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
		err := d.Run(ctx, &listener{})
		cancel()
		if fatal, ok := errors.AsType[*discord.FatalError](err); !ok || fatal.Code != code {
			t.Errorf("%d: ended with %v", code, err)
		}
	}
}

func TestAPressReachesTheBotOnceHoweverManyProcessesHearIt(t *testing.T) {
	t.Parallel()
	s := newStory(t, t, discordfake.Options{}, discord.ModeGateway)
	s.opens()
	second := s.newDiscord(discord.ModeGateway, nil) // without a lease, as nobody should
	other := &listener{}
	s.runs(second, other)
	waitFor(t, "there are two sessions", func() bool { return s.fake.Sessions() == 2 })
	if out := s.yes(s.dana()); !out.Answered {
		t.Error("it is not answered")
	}
	waitFor(t, "both have heard of it", func() bool { return s.bot.count() == 1 && other.count() == 1 })
	if s.bot.heard[0].ID != other.heard[0].ID || s.bot.heard[0].ID == "" {
		t.Error("the store cannot see that both heard the same")
	}
	waitFor(t, "there is one word", func() bool { return len(s.fake.Ephemeral(accounts[adaptertest.Clinician])) == 1 })
}

func TestNewerAndUnknownComponentsOfAFormHarmNobody(t *testing.T) {
	t.Parallel()
	eachWay(t, discordfake.Options{}, func(t *testing.T, s *story) {
		s.opens()
		form := &dialog.Form{
			Title: "Ask", Label: "Send", Submit: press("ask", "q"),
			Fields: []dialog.Field{{ID: "question", Label: "Your question"}, {ID: "leaning", Label: "Your leaning"}},
		}
		s.bot.answers(func(in bot.Inbound) bot.Reply {
			if in.Kind == bot.Submit {
				return bot.Reply{Reply: dialog.Reply{Notice: "Sent."}}
			}
			return bot.Reply{Reply: dialog.Reply{Form: form}}
		})
		s.yes(s.dana())
		out, err := s.dana().SubmitNewer(map[string]string{"question": "may I?", "leaning": "warn"})
		if err != nil || !out.Answered {
			t.Fatalf("the form is not answered: %v", err)
		}
		waitFor(t, "the bot has heard of it", func() bool { return s.bot.count() == 2 })
		if got := s.bot.heard[1]; got.Form["leaning"] != "warn" || got.Form["question"] != "may I?" {
			t.Errorf("the text is lost: %v", got.Form)
		}
		if out := s.yes(s.dana()); !out.Answered {
			t.Error("the program does not answer any more")
		}
	})
}
