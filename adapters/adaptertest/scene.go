package adaptertest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// patience is how long the suite waits for something to show.
const patience = 10 * time.Second

// handle is the consult that most promises are about.
const handle = "amber-heron-42"

// A scene is one promise being tried: a fresh platform and its bot.
type scene struct {
	Harness
	t   *testing.T
	bot *Bot

	index int     // of the last effect
	card  bot.Ref // of the consult's card
}

// until waits for what to hold.
func (s *scene) until(what string, holds func() bool) {
	s.t.Helper()
	deadline := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(deadline) {
			s.t.Fatalf("did not come about: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// effect makes a delivery of the next effect at a version of the consult.
func (s *scene) effect(kind dialog.EffectKind, version uint64, view dialog.View) bot.Delivery {
	s.index++
	e := dialog.Effect{Handle: handle, Version: version, Index: s.index, Kind: kind}
	return bot.Delivery{
		ID: e.ID(), Kind: kind, Effect: e, Handle: handle, Version: version,
		Home: s.Home(), Card: s.card, View: view,
	}
}

// to makes a delivery for one person.
func (s *scene) to(p Person, kind dialog.EffectKind, version uint64, view dialog.View) bot.Delivery {
	d := s.effect(kind, version, view)
	account := s.Account(p)
	d.To = &account
	d.Effect.To = dialog.PersonID(p)
	return d
}

// delivers delivers d as often as the platform is busy.
func (s *scene) delivers(d bot.Delivery) bot.Receipt {
	s.t.Helper()
	s.bot.delivered(d)
	for range 20 {
		r := s.Platform().Deliver(context.Background(), d)
		if r.Outcome != bot.Busy {
			return r
		}
		time.Sleep(min(r.RetryAfter, 100*time.Millisecond))
	}
	s.t.Fatalf("%s is busy for ever", d.Kind)
	return bot.Receipt{}
}

// arrives delivers d and demands that it arrives.
func (s *scene) arrives(d bot.Delivery) bot.Ref {
	s.t.Helper()
	r := s.delivers(d)
	if r.Outcome != bot.Delivered {
		s.t.Fatalf("delivering %s: outcome %v, code %q", d.Kind, r.Outcome, r.Code)
	}
	return r.Ref
}

// opens posts the card of the consult and returns it as the clinician sees it.
func (s *scene) opens(view dialog.View) Message {
	s.t.Helper()
	d := s.effect(dialog.PostCard, 1, view)
	d.Members = []bot.Identity{s.Account(Clinician), s.Account(Supervisor)}
	s.card = s.arrives(d)
	if s.card == "" {
		s.t.Fatal("the card's receipt has no reference")
	}
	return s.theCard(Clinician)
}

// theCard is the first message of the consult's thread.
func (s *scene) theCard(p Person) Message {
	s.t.Helper()
	var card Message
	s.until("the card is in the thread", func() bool {
		thread := s.As(p).Thread(handle)
		if len(thread) == 0 {
			return false
		}
		card = thread[0]
		return true
	})
	return card
}

// inThread waits for a message with a text in a person's view of the thread.
func (s *scene) inThread(p Person, text string) Message {
	s.t.Helper()
	return s.among("the thread", func() []Message { return s.As(p).Thread(handle) }, text)
}

// inDirect waits for a direct message with a text.
func (s *scene) inDirect(p Person, text string) Message {
	s.t.Helper()
	return s.among("the direct messages", s.As(p).Direct, text)
}

// inPrivate waits for a private reply with a text.
func (s *scene) inPrivate(p Person, text string) Message {
	s.t.Helper()
	return s.among("the private replies", s.As(p).Private, text)
}

func (s *scene) among(where string, list func() []Message, text string) Message {
	s.t.Helper()
	var found Message
	s.until(text+" stands in "+where, func() bool {
		messages := list()
		at := slices.IndexFunc(messages, func(m Message) bool { return strings.Contains(m.Text, text) })
		if at >= 0 {
			found = messages[at]
		}
		return at >= 0
	})
	return found
}

// nowhere demands that a person sees a text in no place at all.
func (s *scene) nowhere(p Person, text string) {
	s.t.Helper()
	seat := s.As(p)
	for where, list := range map[string][]Message{
		"thread": seat.Thread(handle), "direct messages": seat.Direct(), "private replies": seat.Private(),
	} {
		for _, m := range list {
			if strings.Contains(seat.Read(m), text) {
				s.t.Errorf("%s sees %q in the %s", p, text, where)
			}
		}
	}
	for _, n := range seat.Notifications() {
		if strings.Contains(n, text) {
			s.t.Errorf("%s was notified of %q", p, text)
		}
	}
}

// hears waits until the bot has heard n things and returns the last.
func (s *scene) hears(n int) bot.Inbound {
	s.t.Helper()
	s.until("the bot has heard of it", func() bool { return len(s.bot.inbound()) >= n })
	heard := s.bot.inbound()
	if len(heard) != n {
		s.t.Fatalf("the bot has heard %d things, want %d", len(heard), n)
	}
	return heard[n-1]
}

// says is a view that says a text, under the consult's title.
func says(text string) dialog.View {
	return dialog.View{
		Title: handle, Status: "Evaluate", Fallback: handle + ": changed",
		Blocks: []dialog.Block{dialog.Text{Text: text}},
	}
}

// asks is a view with buttons.
func asks(buttons ...dialog.Button) dialog.View {
	v := says("Please choose.")
	v.Blocks = append(v.Blocks, dialog.Buttons{Items: buttons})
	return v
}

// press is a press on the consult.
func press(version uint64, action dialog.Action, args ...string) dialog.Press {
	return dialog.Press{Handle: handle, Version: version, Action: action, Args: args}
}
