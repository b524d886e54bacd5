package adaptertest

import (
	"context"
	"sync"

	"curbside/bot"
	"curbside/dialog"
)

// A Bot records what people did and answers as it was told. It stands where
// [bot.Bot] stands in the program and is safe for concurrent use.
type Bot struct {
	mu     sync.Mutex
	heard  []bot.Inbound
	answer func(bot.Inbound) bot.Reply
	shown  map[string]bot.Delivery
	home   func(bot.Identity) (dialog.View, bool)
}

// Handle records in and returns the prepared reply.
func (b *Bot) Handle(_ context.Context, in bot.Inbound) bot.Reply {
	b.mu.Lock()
	b.heard = append(b.heard, in)
	answer := b.answer
	b.mu.Unlock()
	if answer == nil {
		return bot.Reply{}
	}
	return answer(in)
}

// Show returns what the suite last delivered for e.
func (b *Bot) Show(_ context.Context, e dialog.Effect) (dialog.View, *dialog.File, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d, ok := b.shown[e.ID()]
	return d.View, d.File, ok
}

// Home is what [Bot.homes] prepared for an account: to begin with, for every one,
// a view with one button that opens a consult.
func (b *Bot) Home(_ context.Context, who bot.Identity) (dialog.View, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.home != nil {
		return b.home(who)
	}
	return dialog.View{Title: "What waits for you", Fallback: "Home", Blocks: []dialog.Block{dialog.Buttons{Items: []dialog.Button{
		{Label: "Start a consult", Press: dialog.Press{Action: dialog.ActOpen}},
	}}}}, true
}

// homes sets what people find at home from now on.
func (b *Bot) homes(with func(bot.Identity) (dialog.View, bool)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.home = with
}

// answers sets how everything that people do from now on is answered.
func (b *Bot) answers(with func(bot.Inbound) bot.Reply) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = with
}

// replies sets the replies to what people do from now on; the last one is the
// reply to everything that follows.
func (b *Bot) replies(first bot.Reply, more ...bot.Reply) {
	next := make(chan bot.Reply, len(more))
	for _, r := range more {
		next <- r
	}
	last := first
	b.answers(func(bot.Inbound) bot.Reply {
		defer func() {
			select {
			case last = <-next:
			default:
			}
		}()
		return last
	})
}

// inbound returns what people did so far.
func (b *Bot) inbound() []bot.Inbound {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]bot.Inbound(nil), b.heard...)
}

func (b *Bot) delivered(d bot.Delivery) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.shown == nil {
		b.shown = map[string]bot.Delivery{}
	}
	b.shown[d.ID] = d
}
