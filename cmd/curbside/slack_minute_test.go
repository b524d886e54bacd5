package main

import (
	"bytes"
	"net/http"
	"slices"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

const (
	// slackOutage is how long Slack fails in these stories.
	slackOutage = time.Minute
	// slackWait is how long what waits for Slack may take once it works again: the
	// next try is half a minute away at most.
	slackWait = 45 * time.Second
	// turnTime is how often what goes wrong changes in the worst of them.
	turnTime = 700 * time.Millisecond
)

// slackTroubles are what goes wrong with Slack for a minute, in turns.
var slackTroubles = map[string][]slackfake.Trouble{
	"Slack is broken for a minute":     {{Status: http.StatusInternalServerError}},
	"Slack asks for time for a minute": {{Status: http.StatusTooManyRequests, RetryAfter: 1}},
	"all of it goes wrong for a minute": {
		{Status: http.StatusInternalServerError}, {Lost: true}, {Status: http.StatusTooManyRequests, RetryAfter: 1}, {Delay: 2 * time.Second},
	},
}

// troubled are the methods that things go wrong with in turns. Whether a page has
// arrived can be asked all the time, so that it is clear how often it may come.
var troubled = []string{"chat.postMessage", "chat.update", "chat.postEphemeral", "response_url", "conversations.info", "users.info"}

// outlastsAMinute lets Slack fail for a minute, with the last answer of a consult
// given at its beginning and people who go on pressing all the time.
func outlastsAMinute(t *testing.T, mode string, trouble []slackfake.Trouble) {
	p := newSlackPractice(t, slackSetup{mode: mode, replicas: 2, more: []string{slackFrank}})
	p.onSlack()
	p.settles()
	over := make(chan struct{})
	lifted := p.fails(trouble, over)
	end := time.Now().Add(slackOutage)
	dana, frank := p.fake.As(slackDana), p.fake.As(slackFrank)
	p.until("the answer is kept", func() bool {
		spot, ok := dana.Find(completes, "", nil)
		if ok {
			_, _ = dana.Do(spot, completes) // whether it was kept shows
		}
		return p.applied(7) != nil
	})
	opened, err := frank.Command(slackChannel, "/consult", "")
	if err != nil {
		t.Fatal(err)
	}
	for time.Now().Before(end) {
		if spot, ok := dana.Find("Give this answer", "", nil); ok {
			_, _ = dana.Do(spot) // it has been kept, and is not kept twice
		}
		if _, err := frank.Command(slackChannel, "/consult", "list"); err != nil {
			t.Error(err)
		}
		if alone := len(trouble) == 1; alone && p.pages(slackSam) > 0 {
			t.Error("a page came through although Slack fails")
		}
		time.Sleep(3 * time.Second)
	}
	if p.applied(8) != nil {
		t.Error("one answer was kept twice")
	}
	close(over)
	<-lifted
	p.within(slackWait, "Sam is paged", func() bool { return p.pages(slackSam) > 0 })
	p.press(slackDana, "Give this answer", "", p.says(slackDana, "You must"))
	mentions := 1
	p.until("Sam is called, or it is known that he is not", func() bool {
		if p.wrote("no mention") { // one that met a failure is not repeated: the direct message is the page
			mentions = p.mentions(slackSam)
			return true
		}
		return p.mentions(slackSam) == 1
	})
	p.endsWell(t, mentions+1)
	p.hasOpened(t, opened.Notice == "")
}

// hasOpened holds a consult that Frank opened while Slack failed to being there,
// once, if he was not told otherwise.
func (p *slackPractice) hasOpened(t *testing.T, heard bool) {
	t.Helper()
	consults := 0
	for _, r := range p.replicas {
		consults += bytes.Count(r.log.bytes(), []byte(" msg=opened "))
	}
	if consults > 2 || heard && consults != 2 {
		t.Errorf("%d consults were opened, want Dana's and Frank's", consults)
	}
	if consults == 2 {
		p.within(slackWait, "the card of the consult that was opened is there", p.can(slackFrank, "California"))
		p.press(slackFrank, "California", "", p.can(slackFrank, "Harm to others"))
	}
}

// wrote reports whether a process has written something into its log.
func (p *slackPractice) wrote(words string) bool {
	return slices.ContainsFunc(p.replicas, func(r *replica) bool { return bytes.Contains(r.log.bytes(), []byte(words)) })
}

// fails lets things go wrong with Slack, in turns, until over is closed; lifted is
// closed when all is well again. A single trouble is that of all methods.
func (p *slackPractice) fails(trouble []slackfake.Trouble, over <-chan struct{}) (lifted <-chan struct{}) {
	done := make(chan struct{})
	methods := troubled
	if len(trouble) == 1 {
		methods = []string{""}
	}
	cause := func(turn int) (lift func()) {
		var all []func()
		for _, method := range methods {
			one := trouble[turn%len(trouble)]
			one.Method = method
			all = append(all, p.fake.Cause(one))
		}
		return func() {
			for _, lift := range all {
				lift()
			}
		}
	}
	lift := cause(0)
	go func() {
		defer close(done)
		for turn := 1; ; turn++ {
			select {
			case <-over:
				lift()
				return
			case <-time.After(turnTime):
				lift()
				lift = cause(turn)
			}
		}
	}()
	return done
}
