package main

import (
	"net/http"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

func TestAnAnswerOnSlackThatWasLostCanBeGivenAgain(t *testing.T) {
	t.Parallel()
	eachSlackWay(t, func(t *testing.T, p *slackPractice) {
		p.onSlack()
		client := p.fake.As(slackDana)
		spot, ok := client.Find(completes, "", nil)
		if !ok {
			t.Fatal("the last answer cannot be given")
		}
		lost := p.replicas[0]
		answered := make(chan struct{})
		go func() {
			defer close(answered)
			_, _ = client.Do(spot, completes) // it may be taken by either process, or by none
		}()
		p.kill(lost)
		<-answered
		p.press(slackDana, completes, "", p.says(slackDana, "You must"))
		p.until("Sam is paged", func() bool { return p.pages(slackSam) == 1 })
	})
}

func TestACardThatSlackDidNotTakeComesWhenSlackWorksAgain(t *testing.T) {
	t.Parallel()
	p := newSlackPractice(t, slackSetup{mode: "http", replicas: 1})
	lift := p.fake.Cause(slackfake.Trouble{Method: "chat.postMessage", Status: http.StatusInternalServerError})
	p.command(slackDana, "")
	failing := time.Now()
	p.until("posting has failed for a while", func() bool { return time.Since(failing) > 2*time.Second })
	lift()
	p.until("the card is there", func() bool { return len(p.cards()) == 1 })
}
