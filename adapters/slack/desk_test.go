package slack

import (
	"context"
	"sync"
	"testing"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/dialog"
)

// A desk answers what people do, as a test tells it, and keeps what it heard.
type desk struct {
	mu    sync.Mutex
	heard []bot.Inbound
	reply bot.Reply
	homes int
}

func (d *desk) Handle(_ context.Context, in bot.Inbound) bot.Reply {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard = append(d.heard, in)
	return d.reply
}

func (d *desk) Home(context.Context, bot.Identity) (dialog.View, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.homes++
	return dialog.View{Title: "What waits for you", Blocks: []dialog.Block{
		dialog.Buttons{Items: []dialog.Button{{Label: "Start a consult", Press: dialog.Press{Action: dialog.ActOpen}}}},
	}}, true
}

func (d *desk) Show(context.Context, dialog.Effect) (dialog.View, *dialog.File, bool) {
	return dialog.View{}, nil, false
}

func (d *desk) replies(r bot.Reply) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reply = r
}

func (d *desk) inbound() []bot.Inbound {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]bot.Inbound(nil), d.heard...)
}

func (d *desk) published() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.homes
}

// handle is the consult of these stories.
const handle = "amber-heron-42"

// eachWay tells a story over sockets and over HTTP.
func eachWay(t *testing.T, o slackfake.Options, tell func(h *harness, d *desk)) {
	for name, connect := range map[string]func(*harness, Answers){
		"sockets": (*harness).overSockets, "http": (*harness).overHTTP,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, d := newHarness(t, o), &desk{}
			connect(h, d)
			tell(h, d)
		})
	}
}

// card delivers a card and returns where it stands.
func (h *harness) card(version uint64, ref bot.Ref, blocks ...dialog.Block) bot.Receipt {
	h.t.Helper()
	kind := dialog.PostCard
	if ref != "" {
		kind = dialog.UpdateCard
	}
	e := dialog.Effect{Handle: handle, Version: version, Index: 1, Kind: kind}
	asker := h.Account(adaptertest.Clinician)
	return h.slack.Deliver(h.t.Context(), bot.Delivery{
		ID: e.ID(), Kind: kind, Effect: e, Handle: handle, Version: version, Home: h.Home(), Card: ref, Ref: ref, Asker: &asker,
		View: dialog.View{Title: handle, Fallback: handle + ": changed", Blocks: blocks},
	})
}

// posted delivers a card with one button, which opens a form when opens is set.
func (h *harness) posted(label string, opens bool) bot.Ref {
	h.t.Helper()
	r := h.card(1, "", dialog.Buttons{Items: []dialog.Button{{
		Label: label, Press: dialog.Press{Handle: handle, Version: 1, Action: "answer"}, Opens: opens,
	}}})
	if r.Outcome != bot.Delivered {
		h.t.Fatalf("the card: %+v", r)
	}
	return r.Ref
}

// message waits for a text among some messages.
func (h *harness) message(text string, among func() []adaptertest.Message) adaptertest.Message {
	h.t.Helper()
	var found adaptertest.Message
	waitFor(h.t, "somebody sees: "+text, func() bool {
		for _, m := range among() {
			if contains(m.Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func notifying(text string) bot.Reply { return bot.Reply{Reply: dialog.Reply{Notice: text}} }
