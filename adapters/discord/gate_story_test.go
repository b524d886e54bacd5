package discord_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/discord"
	"curbside/adapters/discord/discordfake"
	"curbside/bot"
	"curbside/dialog"
)

func TestAPageWaitsForNobodyElsesTrouble(t *testing.T) {
	t.Parallel()
	outer := t
	const edits = "PATCH /channels/{channel_id}/messages/{message_id}"
	for name, trouble := range map[string]discordfake.Trouble{
		"forty updates are to wait":       {Route: edits, Status: http.StatusTooManyRequests, RetryAfter: time.Minute},
		"forty updates are not permitted": {Route: edits, Status: http.StatusForbidden, Code: 50013},
		"an update is refused the token":  {Route: edits, Times: 1, Status: http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(outer, t, discordfake.Options{}, discord.ModeHTTP)
			ref := s.opens()
			s.fake.Cause(trouble)
			for i := range uint64(40) {
				d := s.effect(dialog.UpdateCard, i+2, 1, "look "+string(rune('a'+i)))
				d.Ref, d.Card = ref, ref
				if r := s.discord.Deliver(context.Background(), d); r.Outcome != bot.Busy {
					t.Fatalf("an update meanwhile: %+v", r)
				}
			}
			if r := s.discord.Deliver(context.Background(), s.page(ref)); r.Outcome != bot.Delivered {
				t.Errorf("the page came to %+v at its first try", r)
			}
			if got := s.fake.Direct(accounts[adaptertest.Supervisor]); len(got) != 1 {
				t.Errorf("Sam has %d direct messages, want one", len(got))
			}
			if _, posted := s.thread(); len(posted) != 2 {
				t.Errorf("the thread holds %d messages, want the card and the mention", len(posted))
			}
		})
	}
}

func TestAReplyThatComesTooLateHoldsNothingBack(t *testing.T) {
	t.Parallel()
	eachWay(t, discordfake.Options{}, func(t *testing.T, s *story) {
		ref := s.opens()
		const follows = "POST /webhooks/{webhook_id}/{webhook_token}"
		s.fake.Cause(discordfake.Trouble{Route: follows, Status: http.StatusUnauthorized, Code: 50027})
		next := view("second look")
		s.bot.answers(func(bot.Inbound) bot.Reply {
			return bot.Reply{View: &next, Version: 2, Reply: dialog.Reply{Notice: "Too late."}}
		})
		if out := s.yes(s.dana()); !out.Answered {
			t.Fatal("the press is not answered")
		}
		waitFor(t, "the reply is lost", func() bool { return s.log.has("reply lost") })
		d := s.effect(dialog.UpdateCard, 3, 1, "third look")
		d.Ref, d.Card = ref, ref
		if r := s.discord.Deliver(context.Background(), d); r.Outcome != bot.Delivered {
			t.Errorf("an update of the card came to %+v at its first try", r)
		}
	})
}
