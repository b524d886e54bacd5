package slack

import (
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/dialog"
)

func TestTheLimitsOfSlackDelayACardAndNeverAPage(t *testing.T) {
	h := newHarness(t, slackfake.Options{Limited: true})
	h.posted("Yes", false)
	busy := 0
	for i := range 12 {
		e := dialog.Effect{Handle: handle, Version: 1, Index: 10 + i, Kind: dialog.PostNote}
		r := h.slack.Deliver(t.Context(), bot.Delivery{
			ID: e.ID(), Kind: e.Kind, Effect: e, Handle: handle, Version: 1, Home: h.Home(),
			View: dialog.View{Title: handle, Fallback: handle, Blocks: []dialog.Block{dialog.Text{Text: "a note"}}},
		})
		if r.Outcome == bot.Busy {
			busy++
			if r.RetryAfter <= 0 || r.RetryAfter > 30*time.Second {
				t.Errorf("told to wait %v", r.RetryAfter)
			}
		}
	}
	if busy == 0 {
		t.Error("twelve notes at once were all taken")
	}
	sam := h.Account(adaptertest.Supervisor)
	e := dialog.Effect{Handle: handle, Version: 1, Index: 50, Kind: dialog.Page, To: "sam", Lane: dialog.LaneUrgent}
	page := bot.Delivery{
		ID: e.ID(), Kind: e.Kind, Effect: e, Handle: handle, Version: 1, Home: h.Home(), To: &sam, Mention: []bot.Identity{sam},
		View: dialog.View{Title: handle, Fallback: handle + ": please decide", Blocks: []dialog.Block{dialog.Text{Text: "please decide"}}},
	}
	r := h.slack.Deliver(t.Context(), page)
	direct := h.As(adaptertest.Supervisor).Direct
	if got := len(direct()); got != 1 {
		t.Fatalf("at once there are %d pages, want 1: %+v", got, r)
	}
	for r.Outcome == bot.Busy { // the mention in the thread may have to wait
		h.fake.Advance(r.RetryAfter)
		time.Sleep(min(r.RetryAfter, time.Second))
		r = h.slack.Deliver(t.Context(), page)
	}
	if got := len(direct()); r.Outcome != bot.Delivered || got != 1 {
		t.Errorf("in the end there are %d pages, want 1: %+v", got, r)
	}
}

func TestTheOlderOfTwoCardsBecomesAPointer(t *testing.T) {
	eachWay(t, slackfake.Options{}, func(h *harness, d *desk) {
		h.fake.Cause(slackfake.Trouble{Method: "chat.postMessage", Lost: true, Times: 1})
		ask := dialog.Buttons{Items: []dialog.Button{{Label: "Yes", Press: dialog.Press{Handle: handle, Version: 1, Action: "answer"}}}}
		if r := h.card(1, "", ask); r.Outcome != bot.Ambiguous {
			h.t.Fatalf("got %+v", r)
		}
		newest := h.card(1, "", ask)
		cards := h.fake.Messages("", consults)
		if newest.Outcome != bot.Delivered || len(cards) != 2 {
			h.t.Fatalf("got %+v, with %d cards", newest, len(cards))
		}
		next := dialog.View{Title: handle, Fallback: handle, Blocks: []dialog.Block{dialog.Text{Text: "second look"}}}
		d.replies(bot.Reply{View: &next, Version: 2})
		dana := h.As(adaptertest.Clinician)
		dana.Press(shown(cards[0]), "Yes")
		waitFor(h.t, "the press is heard", func() bool { return len(d.inbound()) == 1 })
		waitFor(h.t, "the older card only points to the newest", func() bool {
			old := h.fake.Messages("", consults)[0]
			return len(old.Controls()) == 0 && !contains(old.Readable(), "second look") && pointsTo(old, newest.Ref)
		})
	})
}

// pointsTo reports whether a message leads to another one.
func pointsTo(m slackfake.Message, to bot.Ref) bool {
	_, ts, _ := strings.Cut(string(to), "/")
	return slices.ContainsFunc(m.Links(), func(url string) bool { return contains(url, strings.ReplaceAll(ts, ".", "")) })
}
