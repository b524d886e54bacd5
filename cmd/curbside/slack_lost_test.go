package main

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

// lostAnswers are what Slack may show of a choice that nobody acknowledged, and
// what somebody then presses: Slack does not say which of the two it is.
var lostAnswers = map[string]string{"which Slack puts back": completes, "which stands all the same": "Give this answer"}

func TestAnAnswerOnSlackThatWasLostCanBeGivenAgain(t *testing.T) {
	t.Parallel()
	var names []string
	for _, mode := range []string{"socket", "http"} {
		for _, what := range slices.Sorted(maps.Keys(lostAnswers)) {
			names = append(names, mode+"/"+what)
		}
	}
	eachAtOnce(t, names, func(t *testing.T, name string) {
		mode, what, _ := strings.Cut(name, "/")
		again := lostAnswers[what]
		p := newSlackPractice(t, slackSetup{mode: mode, replicas: 1, keepLost: again != completes})
		p.onSlack()
		p.kill(p.replicas[0])
		p.until("Slack knows that nobody is there", func() bool { return p.fake.Sockets() == 0 })
		dies := p.start() // knows nobody yet, and asks Slack who presses before anything is kept
		held := p.fake.Hold(false, func(c slackfake.Call) bool {
			return c.Method == "users.info" && strings.Contains(c.Args, slackDana)
		})
		client := p.fake.As(slackDana)
		spot, ok := client.Find(completes, "", nil)
		if !ok {
			t.Fatal("the last answer cannot be given")
		}
		pressed := make(chan slackfake.Outcome, 1)
		go func() {
			out, _ := client.Do(spot, completes)
			pressed <- out
		}()
		p.until("the answer has come in", held.IsMet)
		p.kill(dies)
		p.until("Slack knows that nobody is there", func() bool { return p.fake.Sockets() == 0 })
		if out := <-pressed; out.Notice == "" {
			t.Error("nobody took the answer, and Slack does not say so")
		}
		if p.applied(7) != nil {
			t.Error("the answer was kept")
		}
		p.start()
		if _, err := client.Do(spot, completes); err != nil {
			t.Errorf("the same cannot be chosen again: %v", err)
		}
		if again != completes {
			p.press(slackDana, again, "", p.says(slackDana, "You must"))
		}
		p.until("the answer is kept", p.says(slackDana, "You must"))
		p.until("Sam is paged", func() bool { return p.pages(slackSam) == 1 && p.mentions(slackSam) == 1 })
		p.holdsItsPromises(t)
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
