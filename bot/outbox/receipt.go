package outbox

import (
	"encoding/json"
	"math/rand/v2"
	"time"

	"curbside/bot"
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
	Outcome string    `json:"o"`
	Code    string    `json:"c,omitempty"`
	Tries   int       `json:"n,omitempty"`
	Doubts  int       `json:"d,omitempty"` // how many of the tries may have arrived
	At      time.Time `json:"t"`
}

func (r receipt) String() string {
	text, err := json.Marshal(r)
	if err != nil {
		return "" // cannot be: it holds a time of this century and plain values
	}
	return string(text)
}

// readReceipt reads what is kept; anything else counts as no receipt.
func readReceipt(text string) receipt {
	var r receipt
	if json.Unmarshal([]byte(text), &r) != nil {
		return receipt{}
	}
	return r
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

// doubts is how often an effect that may have arrived is tried again. What posts
// a message that nobody looks up would show twice, so it is tried once more and
// the newest wins; what a person must not miss rather comes twice. What edits a
// message is tried until it is clear.
func doubts(kind dialog.EffectKind) (most int, bounded bool) {
	switch kind {
	case dialog.UpdateCard, dialog.EndPage:
		return 0, false
	case dialog.Page, dialog.CallPager:
		return 4, true
	default:
		return 1, true
	}
}

// settle says what to keep after a try, and after which time to try again; a
// receipt that is final is not tried again.
func settle(lane dialog.Lane, kind dialog.EffectKind, before receipt, r bot.Receipt, now time.Time) (after receipt, wait time.Duration) {
	after = receipt{Code: r.Code, Tries: before.Tries + 1, Doubts: before.Doubts, At: now.UTC()}
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
		if most, bounded := doubts(kind); bounded && after.Doubts > most {
			after.Outcome = unclear
			return after, 0
		}
	default:
		after.Outcome = busy
	}
	return after, max(r.RetryAfter, backoff(lane, after.Tries))
}

// backoff grows with the tries, and is spread so that many do not come at once.
// Somebody waits for what is urgent: it is tried again within seconds.
func backoff(lane dialog.Lane, tries int) time.Duration {
	most := 30 * time.Second
	if lane == dialog.LaneUrgent {
		most = 3 * time.Second
	}
	wait := min(250*time.Millisecond<<min(tries-1, 10), most)
	return wait*3/4 + rand.N(wait/4)
}
