package discord

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

func TestEveryFailureHasItsOutcomeAndLeavesNoSecrets(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		want   bot.Outcome
		after  time.Duration
	}{
		"too fast":                    {429, refused(429, 0), bot.Busy, 1500 * time.Millisecond},
		"too fast, without words":     {429, "<html>", bot.Busy, time.Second},
		"broken for a moment":         {502, "", bot.Ambiguous, 0},
		"broken":                      {500, "", bot.Ambiguous, 0},
		"an answer that is no answer": {200, "<html>", bot.Ambiguous, 0},
		"permissions were taken":      {403, refused(403, codeNoPermission), bot.Busy, refusedAgain},
		"a token that is no good":     {401, refused(401, 0), bot.Busy, refusedAgain},
		"a message that is refused":   {400, refused(400, 50035), bot.Unreachable, 0},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			l.stub.refuses(func(string, string) (int, string) { return c.status, c.body })
			d := deliveryOf(dialog.PostNote, 1, 2, view("Jane Roe"))
			d.Card = "7/8"
			r := l.Deliver(t.Context(), d)
			if r.Outcome != c.want || r.RetryAfter != c.after {
				t.Errorf("got %+v, want outcome %d after %s", r, c.want, c.after)
			}
			for _, secret := range []string{"the-token", "secret words", "Jane", l.stub.URL, "channels/7"} {
				if strings.Contains(l.logged()+r.Code, secret) {
					t.Errorf("%q stands in %q or %q", secret, l.logged(), r.Code)
				}
			}
		})
	}
}

func TestWhenNobodyAnswersADeliveryMayHaveArrived(t *testing.T) {
	l := newLab(t)
	l.stub.Close()
	d := deliveryOf(dialog.PostNote, 1, 2, view("a note"))
	d.Card = "7/8"
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Ambiguous || r.Code != "no_answer" {
		t.Errorf("got %+v", r)
	}
}

func TestARefusedTokenIsNotTriedAgainAtOnce(t *testing.T) {
	l := newLab(t)
	l.stub.refuses(func(string, string) (int, string) { return 401, refused(401, 0) })
	d := deliveryOf(dialog.PostNote, 1, 2, view("a note"))
	d.Card = "7/8"
	for range 5 {
		if r := l.Deliver(t.Context(), d); r.Outcome != bot.Busy || r.RetryAfter < 50*time.Second {
			t.Errorf("got %+v", r)
		}
	}
	if got := len(l.stub.all(http.MethodPost, "")); got != 1 {
		t.Errorf("%d requests with a refused token, want 1", got)
	}
}

func TestAUsedUpRateLimitIsNotWaitedFor(t *testing.T) {
	l := newLab(t)
	l.stub.refuses(func(string, string) (int, string) { return 429, `{"retry_after":60}` })
	l.options.Patience = time.Second
	d := deliveryOf(dialog.PostNote, 1, 2, view("a note"))
	d.Card = "7/8"
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Busy || r.RetryAfter != time.Minute {
		t.Errorf("got %+v", r)
	}
}
