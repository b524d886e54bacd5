package main

import (
	"net/http"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

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
