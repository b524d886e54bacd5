package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"curbside/adapters/discord/discordfake"
	"curbside/dialog"
)

// The moments at which a process can die while it tells Discord something.
const (
	deathBefore   = "before Discord took it"
	deathUnread   = "when Discord took it, with the answer unread"
	deathUnkept   = "when it was answered, with the receipt not kept"
	postsMessages = "POST /channels/{channel_id}/messages"
)

// inThread reports whether a request posts into a thread.
func (p *discordPractice) inThread(c discordfake.Call) bool {
	return c.Route == postsMessages && slices.ContainsFunc(p.threads(), func(t discordfake.Channel) bool {
		return c.Path == "/channels/"+t.ID+"/messages"
	})
}

// The three things that stand once, whoever dies.
func (p *discordPractice) isCard(c discordfake.Call) bool { return p.inThread(c) }

func (p *discordPractice) isPage(c discordfake.Call) bool {
	return c.Route == postsMessages && !p.inThread(c)
}

func (p *discordPractice) isMention(c discordfake.Call) bool {
	return p.inThread(c) && strings.Contains(c.Body, `"users":["`+discordSam)
}

// diesWhile lets the process that makes a request die at a moment of it, and
// another be started. kind is the effect that the request is for.
func (p *discordPractice) diesWhile(moment string, kind dialog.EffectKind, is func(discordfake.Call) bool, does func(heard func() bool)) {
	p.t.Helper()
	at := discordfake.Answering
	if moment == deathBefore {
		at = discordfake.Arriving
	}
	held := p.fake.Hold(at, is)
	var met *discordfake.Call
	heard := func() bool {
		select {
		case c := <-held.Met:
			met = &c
		default:
		}
		return met != nil
	}
	does(heard)
	p.until("the request is made", heard)
	r := p.process(met.Client)
	if moment == deathUnkept {
		r.line.Lose("|" + string(kind) + "|")
		held.Release()
		p.until("the receipt is written, and lost", func() bool {
			select {
			case <-r.line.lost:
				return true
			default:
				return false
			}
		})
		p.bury(r)
	} else {
		p.bury(r)
		held.Lose()
	}
	p.start()
}

// discordDeaths are the moments at which the processes die that post the card, page by a
// direct message, and mention: each of them at each moment.
var discordDeaths = map[string][3]string{
	"first":  {deathBefore, deathUnread, deathUnkept},
	"second": {deathUnread, deathUnkept, deathBefore},
	"third":  {deathUnkept, deathBefore, deathUnread},
}

func TestAConsultOnDiscordOutlivesEveryProcessThatItIsToldBy(t *testing.T) {
	t.Parallel()
	var names []string
	for _, mode := range []string{"gateway", "http"} {
		for _, order := range slices.Sorted(maps.Keys(discordDeaths)) {
			names = append(names, mode+"/"+order)
		}
	}
	eachAtOnce(t, names, func(t *testing.T, name string) {
		mode, order, _ := strings.Cut(name, "/")
		at := discordDeaths[order]
		p := newDiscordPractice(t, mode, 2)
		p.diesWhile(at[0], dialog.PostCard, p.isCard, func(func() bool) { p.opensOnDiscord() })
		p.until("there is one card", func() bool { return len(p.inThreads()) == 1 })
		p.answersOnDiscord()
		p.diesWhile(at[1], dialog.Page, p.isPage, func(heard func() bool) { p.press(discordDana, dutyAnswer, heard) })
		p.until("Sam is paged", func() bool { return p.direct(discordSam) == 1 && p.calls(discordSam) == 1 })
		p.upToSignOff()
		p.diesWhile(at[2], dialog.Page, p.isMention, func(heard func() bool) { p.press(discordDana, "Ask a supervisor", heard) })
		p.until("Sam is paged for the sign-off", func() bool { return p.direct(discordSam) == 2 && p.calls(discordSam) == 2 })
		p.signsOff()
		p.onceOnDiscord(t)
		if got := p.direct(discordKim); got != 0 {
			t.Errorf("Kim was paged %d times although Sam answered", got)
		}
		p.holdsItsPromises(t)
	})
}
