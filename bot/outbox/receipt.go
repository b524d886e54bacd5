package outbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"curbside/bot"
	"curbside/bot/store/keyspace"
	"curbside/dialog"
)

// What can become of an effect.
const (
	delivered   = "delivered"
	merged      = "merged"      // a newer effect stood for it
	unreachable = "unreachable" // for good
	unclear     = "unclear"     // may have arrived, and is not tried again
	dead        = "dead"        // it could not be read
	busy        = "busy"        // is tried again
	ambiguous   = "ambiguous"   // may have arrived, and is tried again
)

// A receipt is what is kept of an effect: codes only.
type receipt struct {
	Outcome string
	Tries   int
	Doubts  int       // how many of the tries may have arrived
	At      time.Time // to the second
	Code    string
}

// String writes r as it is kept: outcome, Unix seconds in base 36, tries, doubts
// and code.
// For what is usual, delivered at the first try, it is "=" and the seconds alone,
// so that all receipts of a consult take little room.
func (r receipt) String() string {
	at := strconv.FormatInt(r.At.Unix(), 36)
	if r.Outcome == delivered && r.Tries == 1 && r.Doubts == 0 && r.Code == "" {
		return "=" + at
	}
	return fmt.Sprintf("%s %s %d %d %s", r.Outcome, at, r.Tries, r.Doubts, r.Code)
}

// readReceipt reads what is kept; anything else counts as no receipt.
func readReceipt(text string) receipt {
	parts := strings.SplitN(text, " ", 5)
	if at, usual := strings.CutPrefix(text, "="); usual {
		parts = []string{delivered, at, "1", "0", ""}
	}
	if len(parts) < 5 {
		return receipt{}
	}
	at, wrong := strconv.ParseInt(parts[1], 36, 64)
	tries, err := strconv.Atoi(parts[2])
	doubts, errs := strconv.Atoi(parts[3])
	if errors.Join(wrong, err, errs) != nil {
		return receipt{}
	}
	return receipt{Outcome: parts[0], At: time.Unix(at, 0).UTC(), Tries: tries, Doubts: doubts, Code: parts[4]}
}

// final reports whether the effect needs no further try.
func (r receipt) final() bool {
	switch r.Outcome {
	case "", busy, ambiguous:
		return false
	default:
		return true
	}
}

// repeatable reports whether an effect that may have arrived is tried again
// until that is clear. What edits a message does no harm twice, and a page
// rather comes twice than never: somebody waits for it. Anything else would post
// a second time what has come already: see [doubtsOf].
func repeatable(e dialog.Effect, refs map[string]bot.Ref) bool {
	switch e.Kind {
	case dialog.Page, dialog.CallPager, dialog.EndPager:
		return true
	case dialog.UpdateCard:
		return refs[bot.RefCard] != ""
	case dialog.EndPage:
		return refs[bot.RefPerson(e.To)] != ""
	default:
		return false
	}
}

// doubtsOf is how many tries that may have arrived are enough for an effect that
// is not repeatable. A consult without its card is lost to those who look for
// it, and of two cards the newest wins. What is urgent says who was called, what
// they decided and what cannot wait: lost it can cost a life, and twice it is a
// nuisance. Ten tries outlast a platform that fails for a minute and a half.
func doubtsOf(e dialog.Effect) int {
	if keyspace.LaneOf(e) == dialog.LaneUrgent || e.Kind == dialog.PostCard || e.Kind == dialog.UpdateCard {
		return 10
	}
	return 2
}

// doubtWait is how long an effect that is not repeatable waits at least after a
// try that may have arrived: a platform that fails for a moment is whole by then.
const doubtWait = 2 * time.Second

// settle says what to keep after a try, and after which time to try again; a
// receipt that is final is not tried again.
func settle(e dialog.Effect, refs map[string]bot.Ref, before receipt, r bot.Receipt, now time.Time) (after receipt, wait time.Duration) {
	after = receipt{Code: r.Code, Tries: before.Tries + 1, Doubts: before.Doubts, At: now.UTC().Truncate(time.Second)}
	switch r.Outcome {
	case bot.Delivered:
		after.Outcome = delivered
		return after, 0
	case bot.Unreachable:
		after.Outcome = unreachable
		return after, 0
	case bot.Ambiguous:
		after.Outcome = ambiguous
		after.Doubts++
		if repeatable(e, refs) {
			break
		}
		if after.Doubts >= doubtsOf(e) {
			after.Outcome = unclear
			return after, 0
		}
		r.RetryAfter = max(r.RetryAfter, doubtWait)
	default:
		after.Outcome = busy
	}
	return after, max(r.RetryAfter, backoff(keyspace.LaneOf(e), after))
}

// backoff grows with the tries, and is spread so that many do not come at once.
// What is urgent is tried again within seconds, unless it may have arrived
// several times already.
func backoff(lane dialog.Lane, after receipt) time.Duration {
	most := 30 * time.Second
	if lane == dialog.LaneUrgent && after.Doubts < 5 {
		most = 3 * time.Second
	}
	wait := min(250*time.Millisecond<<min(after.Tries-1, 10), most)
	return wait*3/4 + rand.N(wait/4)
}
