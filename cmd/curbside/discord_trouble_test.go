package main

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"curbside/adapters/discord/discordfake"
)

func TestNothingIsLostOrDoubledWhileDiscordFails(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]discordfake.Trouble{
		"it is broken":          {Status: http.StatusInternalServerError},
		"it asks for time":      {Status: http.StatusTooManyRequests, RetryAfter: time.Second},
		"its answers are lost":  {Lost: true},
		"its answers come late": {Delay: 700 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newDiscordPractice(t, "http", 2)
			p.onDiscord()
			lift := p.fake.Cause(trouble)
			client := p.fake.As(discordDana)
			spot, ok := client.Find(dutyAnswer, nil)
			if !ok {
				t.Fatal("the last answer cannot be given")
			}
			if out, err := client.Do(spot, dutyAnswer); err != nil || !out.Answered {
				t.Errorf("while Discord fails a press comes to %+v, %v", out, err)
			}
			failing := time.Now()
			p.until("deliveries have failed for a while", func() bool { return time.Since(failing) > 3*time.Second })
			lift()
			p.until("Sam is paged", func() bool { return p.direct(discordSam) == 1 && p.calls(discordSam) == 1 })
			p.until("the card shows the duty", p.says(discordDana, "You must"))
			p.goesOn()
			p.onceOnDiscord(t)
			p.holdsItsPromises(t)
		})
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
