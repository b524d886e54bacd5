package main

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"syscall"
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
		p.settles()
		client := p.fake.As(slackDana)
		spot, ok := client.Find(completes, "", nil)
		if !ok {
			t.Fatal("the last answer cannot be given")
		}
		dies := p.replicas[0]
		dies.stop(t) // so that it is sent the answer and keeps nothing
		if out, err := client.Do(spot, completes); err != nil || out.Notice == "" {
			t.Errorf("nobody took the answer, and Slack says %+v, %v", out, err)
		}
		p.kill(dies)
		p.until("Slack knows that nobody is there", func() bool { return p.fake.Sockets() == 0 })
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

// stop makes a process stand still, and waits until all of it does.
func (r *replica) stop(t *testing.T) {
	t.Helper()
	var status syscall.WaitStatus
	if err := r.process.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	if _, err := syscall.Wait4(r.process.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil || !status.Stopped() {
		t.Fatalf("the process does not stand still: %v, %v", status, err)
	}
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
