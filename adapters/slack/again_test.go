package slack

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/dialog"
)

// page is a page to Sam as the bot hands it over: step says which one of the consult.
func (h *harness) page(consult string, step uint64) bot.Delivery {
	e := dialog.Effect{Handle: consult, Version: step, Index: 1, Kind: dialog.Page, Lane: dialog.LaneUrgent, To: "sam"}
	sam := h.Account(adaptertest.Supervisor)
	return bot.Delivery{
		ID: e.ID(), Kind: e.Kind, Effect: e, Handle: consult, Version: step, Home: h.Home(), Card: h.at, To: &sam, Mention: []bot.Identity{sam},
		View: dialog.View{
			Title: "Consult " + consult, Fallback: "Consult " + consult + ": your answer is needed today",
			Blocks: []dialog.Block{dialog.Buttons{Items: []dialog.Button{{
				Label: "Seen: I am on it", Press: dialog.Press{Handle: consult, Version: step, Action: "seen"},
			}}}},
		},
	}
}

// sent delivers a page and returns where it stands.
func (h *harness) sent(by *Slack, d bot.Delivery) bot.Ref {
	h.t.Helper()
	r := by.Deliver(h.t.Context(), d)
	if r.Outcome != bot.Delivered || r.Ref == "" {
		h.t.Fatalf("the page %s: %+v", d.ID, r)
	}
	return r.Ref
}

// TestAPageThatMayHaveArrived is about a page that a process had begun to send
// which is not there any more, or whose answer was lost.
func TestAPageThatMayHaveArrived(t *testing.T) {
	t.Parallel()
	const (
		arrived   = true // it stands in the direct message, and is not sent again
		sentAgain = false
		thisStep  = 7
		otherStep = 5
		other     = "brisk-otter-17"
	)
	earlier := func(h *harness, d bot.Delivery) bot.Ref { return h.sent(newSlack(h.t, h.fake, ""), d) }
	for name, c := range map[string]struct {
		options slackfake.Options
		ago     time.Duration                    // how long ago before was
		before  func(h *harness) (older bot.Ref) // what there is when it is tried again
		is      bool
	}{
		"has arrived when it stands last in the direct message": {is: arrived, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, thisStep))
			return ""
		}},
		"has arrived when it stands after the page before it": {is: arrived, before: func(h *harness) bot.Ref {
			older := earlier(h, h.page(handle, otherStep))
			earlier(h, h.page(handle, thisStep))
			return older
		}},
		"is sent when nothing stands there": {is: sentAgain, before: func(*harness) bot.Ref { return "" }},
		"is sent when the page of another consult stands there": {is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(other, thisStep))
			return ""
		}},
		"is sent when the page of another consult stands after it": {is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, thisStep))
			earlier(h, h.page(other, thisStep))
			return ""
		}},
		"is sent when an earlier page of the same consult stands there, of which nobody knows": {is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, otherStep))
			return ""
		}},
		"is sent when the page before it stands there": {is: sentAgain, before: func(h *harness) bot.Ref {
			return earlier(h, h.page(handle, otherStep))
		}},
		"is sent when what stands there is the page that is kept already": {is: sentAgain, before: func(h *harness) bot.Ref {
			return earlier(h, h.page(handle, thisStep))
		}},
		"is sent when a rehearsal stands there": {is: sentAgain, before: func(h *harness) bot.Ref {
			d := h.page(dialog.DeskHandle, thisStep)
			d.View = h.page(handle, thisStep).View
			earlier(h, d)
			return ""
		}},
		"is sent when another message stands there that now shows the same": {is: sentAgain, before: func(h *harness) bot.Ref {
			d := h.page(handle, thisStep)
			d.Kind, d.View.Fallback = dialog.Message, "Consult "+handle+": your answer is awaited"
			d.Ref = earlier(h, d)
			d.Kind, d.View = dialog.EndPage, h.page(handle, thisStep).View
			earlier(h, d)
			return ""
		}},
		"is sent when it was changed": {is: sentAgain, before: func(h *harness) bot.Ref {
			d := h.page(handle, thisStep)
			d.Ref = earlier(h, d)
			d.Kind = dialog.EndPage
			earlier(h, d)
			return ""
		}},
		"is sent when what stands there is of long ago": {ago: 2 * time.Hour, is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, thisStep))
			return ""
		}},
		"is sent when Slack does not say what stands there": {options: slackfake.Options{NoLatest: true}, is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, thisStep))
			return ""
		}},
		"is sent when Slack does not answer": {is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, thisStep))
			h.fake.Cause(slackfake.Trouble{Method: "conversations.open", Delay: 4 * time.Second, Times: 1})
			return ""
		}},
		"is sent when Slack fails": {is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, thisStep))
			h.fake.Cause(slackfake.Trouble{Method: "conversations.open", Status: http.StatusInternalServerError, Times: 1})
			return ""
		}},
		"is sent when Slack does not say who Curbside is": {is: sentAgain, before: func(h *harness) bot.Ref {
			earlier(h, h.page(handle, thisStep))
			h.fake.Cause(slackfake.Trouble{Method: "auth.test", Status: http.StatusInternalServerError})
			return ""
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, c.options)
			h.fake.Advance(-c.ago)
			h.at = h.posted("Go on", false)
			older := c.before(h)
			h.fake.Advance(c.ago)
			there := h.fake.Direct("U0SAM")
			d := h.page(handle, thisStep)
			d.Again, d.Older = true, older
			at := h.sent(h.slack, d)
			now := h.fake.Direct("U0SAM")
			if is := len(now) == len(there); is != c.is {
				t.Fatalf("taken for arrived: %t, want %t", is, c.is)
			}
			if last := now[len(now)-1]; at != ref(last.Channel, last.TS) {
				t.Errorf("it is said to stand at %s, want the newest message", at)
			}
			if got := h.sent(h.slack, d); got != at || len(h.fake.Direct("U0SAM")) != len(now) {
				t.Error("the same process sends the same page twice")
			}
		})
	}
}

func TestAFirstTryOfAPageLooksForNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	h.at = h.posted("Go on", false)
	h.sent(h.slack, h.page(handle, 7))
	for _, c := range h.fake.Calls("conversations.open") {
		if strings.Contains(c.Args, "return_im=true") {
			t.Error("the page waited for a look")
		}
	}
}

func TestAPageThatWasFoundIsFollowedByItsMention(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	h.at = h.posted("Go on", false)
	h.fake.Cause(slackfake.Trouble{Method: "chat.postMessage", Lost: true, Times: 1})
	d := h.page(handle, 7)
	if r := h.slack.Deliver(t.Context(), d); r.Outcome != bot.Ambiguous {
		t.Fatalf("the page whose answer was lost: %+v", r)
	}
	d.Again = true
	h.sent(h.slack, d)
	h.rangOnce()
}

func TestAPageIsFollowedByItsMentionOnceTheChannelCanBeChecked(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	h.at = h.posted("Go on", false)
	h.fake.Cause(slackfake.Trouble{Method: "conversations.info", Status: http.StatusInternalServerError, Times: 1})
	started, d := newSlack(h.t, h.fake, ""), h.page(handle, 7)
	if r := started.Deliver(t.Context(), d); r.Outcome != bot.Busy {
		t.Fatalf("the page whose channel could not be checked: %+v", r)
	}
	h.sent(started, d)
	h.rangOnce()
}

// rangOnce holds a page to one direct message and one mention.
func (h *harness) rangOnce() {
	h.t.Helper()
	mentions := 0
	for _, m := range h.fake.Messages("", consults) {
		mentions += len(m.Mentions().People)
	}
	if pages := len(h.fake.Direct("U0SAM")); pages != 1 || mentions != 1 {
		h.t.Errorf("%d direct messages and %d mentions, want one of each", pages, mentions)
	}
}

func TestAPageWhoseWayCannotBeAskedForHasNotArrived(t *testing.T) {
	t.Parallel()
	h := newHarness(t, slackfake.Options{})
	h.at = h.posted("Go on", false)
	h.fake.Cause(slackfake.Trouble{Method: "conversations.open", Status: http.StatusInternalServerError, Times: 1})
	if r := h.slack.Deliver(t.Context(), h.page(handle, 7)); r.Outcome != bot.Busy {
		t.Errorf("nothing was sent, and it is said: %+v", r)
	}
	h.fake.Cause(slackfake.Trouble{Method: "chat.postMessage", Status: http.StatusInternalServerError, Times: 1})
	if r := h.slack.Deliver(t.Context(), h.page(handle, 7)); r.Outcome != bot.Ambiguous {
		t.Errorf("it may have arrived, and it is said: %+v", r)
	}
}
