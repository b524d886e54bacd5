package slack

import (
	"errors"
	"testing"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
)

func TestOnlyIdsAreKeptOfWhereSlackSaysAMessageStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		channel, ts string
		want        bot.Outcome
	}{
		"a message in a channel":         {"C0CONSULTS", "1795328038.747626", bot.Delivered},
		"a channel that is a name":       {"Oakhollow Elementary", "1795328038.747626", bot.Ambiguous},
		"a time that is a name":          {"C0CONSULTS", "Oakhollow.1", bot.Ambiguous},
		"nothing, and nothing went awry": {"", "", bot.Ambiguous},
	} {
		got, err := placed(c.channel, c.ts, nil)
		if c.want == bot.Delivered {
			if err != nil || got != ref(c.channel, c.ts) {
				t.Errorf("%s: %q, %v", name, got, err)
			}
			continue
		}
		if r := receipt(err); got != "" || r.Outcome != c.want {
			t.Errorf("%s: %q, %+v", name, got, r)
		}
	}
	if _, err := placed("C0CONSULTS", "1.1", errors.New("away")); err == nil {
		t.Error("a failure is taken for a message")
	}
}

func TestAnErrorOfSlacksIsNamedOnlyWhenSlackDocumentsIt(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"channel_not_found":    "channel_not_found",
		"candelaria_whitfeldt": unlisted,
		"Candelaria Whitfeldt": "unknown",
	} {
		if got := codeOf(slackapi.SlackErrorResponse{Err: said}); got != want {
			t.Errorf("%s is logged as %q, want %q", said, got, want)
		}
	}
	for _, decided := range []map[string]bool{gone, doubtful, refusedForGood} {
		for code := range decided {
			if !known[code] && code != "unknown" {
				t.Errorf("%s decides something and is not on the list", code)
			}
		}
	}
}
