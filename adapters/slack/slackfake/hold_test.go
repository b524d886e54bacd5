package slackfake

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func TestACallIsHeldBeforeOrAfterItIsTaken(t *testing.T) {
	for name, c := range map[string]struct{ taken, release, there bool }{
		"before it is taken, and its caller goes away": {taken: false, release: false, there: false},
		"before it is taken, and it goes on":           {taken: false, release: true, there: true},
		"after it was taken, and its caller goes away": {taken: true, release: false, there: true},
		"after it was taken, and it goes on":           {taken: true, release: true, there: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := workspace(t, Options{})
			held := s.Hold(c.taken, func(c Call) bool { return strings.Contains(c.Args, "this one") })
			one := slack.New(BotToken, slack.OptionAPIURL(s.URLFor("one")))
			_, _, err := one.PostMessage(consult, slack.MsgOptionText("another one", false))
			taken(t, err)
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			answered := make(chan error, 1)
			go func() {
				_, _, err := one.PostMessageContext(ctx, consult, slack.MsgOptionText("this one", false))
				answered <- err
			}()
			for !held.IsMet() {
				time.Sleep(time.Millisecond)
			}
			if held.By != "one" {
				t.Errorf("held of process %q, want one", held.By)
			}
			if there := len(s.Messages("", consult)) == 2; there != c.taken {
				t.Errorf("done while it is held: %t, want %t", there, c.taken)
			}
			if c.release {
				held.Release()
			} else {
				leave()
			}
			if err := <-answered; (err == nil) != c.release {
				t.Errorf("its caller is answered %v", err)
			}
			s.Close() // waits for the call
			if there := len(s.Messages("", consult)) == 2; there != c.there {
				t.Errorf("done in the end: %t, want %t", there, c.there)
			}
		})
	}
}
