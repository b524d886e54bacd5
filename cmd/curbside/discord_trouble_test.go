package main

import (
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"curbside/adapters/discord/discordfake"
)

// A spell is a time in which Discord fails.
type spell struct {
	mode     string
	troubles []discordfake.Trouble // in turn, half a second each
	lasts    time.Duration
}

func TestNothingIsLostOrDoubledWhileDiscordFails(t *testing.T) {
	t.Parallel()
	broken := []discordfake.Trouble{
		{Status: http.StatusInternalServerError},
		{Status: http.StatusTooManyRequests, RetryAfter: time.Second},
		{Status: http.StatusBadGateway},
		{Status: http.StatusTooManyRequests, RetryAfter: 3 * time.Second},
		{Status: http.StatusServiceUnavailable},
	}
	spells := map[string]spell{
		"it answers 500 and 429 for a minute, over HTTP":        {"http", broken, time.Minute},
		"it answers 500 and 429 for a minute, over the gateway": {"gateway", broken, time.Minute},
		"its answers are lost":                                  {"http", []discordfake.Trouble{{Lost: true}}, 3 * time.Second},
		"its answers come late":                                 {"http", []discordfake.Trouble{{Delay: 700 * time.Millisecond}}, 3 * time.Second},
	}
	eachAtOnce(t, slices.Sorted(maps.Keys(spells)), func(t *testing.T, name string) {
		p := newDiscordPractice(t, spells[name].mode, 2)
		p.onDiscord()
		p.under(spells[name])
		p.until("Sam is paged", func() bool { return p.direct(discordSam) == 1 && p.calls(discordSam) == 1 })
		p.until("the card shows the duty", p.says(discordDana, "You must"))
		p.goesOn()
		p.onceOnDiscord(t)
		p.holdsItsPromises(t)
	})
}

// under has Discord fail for a time in which people press: Dana gives the last
// answer again and again, as who sees nothing of it does, and Kim asks why.
func (p *discordPractice) under(s spell) {
	p.t.Helper()
	lift := func() {}
	defer func() { lift() }()
	presses := map[string]discordfake.Spot{}
	for label, user := range map[string]string{dutyAnswer: discordDana, "Why do you ask?": discordKim} {
		spot, ok := p.fake.As(user).Find(label, nil)
		if !ok {
			p.t.Fatalf("%q cannot be pressed", label)
		}
		presses[label] = spot
	}
	began := time.Now()
	for turn := 0; time.Since(began) < s.lasts; turn++ {
		again := p.fake.Cause(s.troubles[turn%len(s.troubles)])
		lift()
		lift = again
		if turn%4 == 0 {
			p.pressUnder(discordDana, dutyAnswer, presses)
			p.pressUnder(discordKim, "Why do you ask?", presses)
		}
		time.Sleep(500 * time.Millisecond) // how long it fails in this way
	}
}

// pressUnder presses what somebody still sees. Over HTTP the answer needs nothing
// of what fails.
func (p *discordPractice) pressUnder(user, label string, presses map[string]discordfake.Spot) {
	p.t.Helper()
	out, err := p.fake.As(user).Do(presses[label], label)
	if err == nil && !out.Answered && p.mode == "http" {
		p.t.Errorf("a press on %q is not answered", label)
	}
}

func TestPressesThatArePressedTwiceOnDiscordCountOnce(t *testing.T) {
	t.Parallel()
	eachDiscordWay(t, func(t *testing.T, p *discordPractice) {
		p.twice = true
		p.onDiscord()
		p.press(discordDana, dutyAnswer, p.says(discordDana, "You must"))
		p.goesOn()
		p.onceOnDiscord(t)
	})
}

func TestWhoTakesNoDirectMessagesIsFollowedByTheNextAtOnce(t *testing.T) {
	t.Parallel()
	p := newDiscordPractice(t, "http", 1)
	p.fake.ChangePerson(discordSam, func(sam *discordfake.Person) { sam.Closed = true })
	p.onDiscord()
	p.press(discordDana, dutyAnswer, p.says(discordDana, "You must"))
	p.until("Sam is called in the thread, and Kim is paged", func() bool {
		return p.calls(discordSam) == 1 && p.direct(discordKim) == 1 && p.calls(discordKim) == 1
	})
	if got := p.direct(discordSam); got != 0 {
		t.Errorf("Sam has %d direct messages", got)
	}
}

// press2 presses the same from two clients of one person at once.
func (p *discordPractice) press2(client *discordfake.Client, spot discordfake.Spot, label string) {
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { _, _ = client.Do(spot, label) }) // the second may find that it has changed
	}
	both.Wait()
}
