package main

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"

	"curbside/dialog"
)

// A signed is one press on a decision, or with nobody one look at it.
type signed struct {
	by   string
	what dialog.Action
}

// A verdictTold is what came of it.
type verdictTold struct {
	unknown bool
	taken   bool
	twice   bool   // the same interaction came twice, and this is the second answer
	stands  string // who decided, as it was shown; "" is nobody
}

// oneSignOff says what people may be told of one sign-off: it is decided once,
// by whoever was first, and everybody is told of that decision from then on.
var oneSignOff = porcupine.Model{
	Init: func() any { return "" },
	Step: func(state, input, output any) (bool, any) {
		stands, in, out := state.(string), input.(signed), output.(verdictTold)
		switch {
		case in.by == "":
			return out.unknown || out.stands == stands, stands
		case stands == "" && (out.unknown || out.taken || out.twice && out.stands == in.by):
			return true, in.by
		case out.unknown:
			return true, stands
		default:
			return !out.taken && out.stands == stands, stands
		}
	},
}

// decide presses a decision until it stands, whoever made it.
func (h *house) decide(handle, who string, what dialog.Action) {
	in := h.sceneOf(handle)
	for begun := time.Now(); h.patient(begun, chaosPatience); time.Sleep(100 * time.Millisecond) {
		now := in.on(handle, who)
		if encoded, asked := now.Can[seenIt]; asked {
			if press, err := dialog.ParsePress(encoded); err == nil && (press.Args[0] == "2" || h.settles) { // a late page can stand below the newest
				_, _ = h.press(handle, who, encoded, true)
			}
		}
		encoded, over := in.decision(handle, who, what)
		if encoded != "" {
			t := h.signing1(handle, signed{who, what}, encoded)
			over = t.taken || t.stands != ""
		}
		if over {
			h.took(begun)
			return
		}
	}
	h.t.Errorf("%s: %s could not decide, and sees:\n%s\nThe processes say:\n%s", handle, who, h.on(handle, who).Text, h.saidOf(handle))
}

// refusals are what somebody is told who may not sign.
var refusals = []string{
	"your own consult", "Only a supervisor who was paged", "You are not on duty for this one", "does not know this account",
}

// meddle lets people try to sign who may not, and look at how it stands meanwhile.
func (h *house) meddle(handle, who string) {
	in := h.sceneOf(handle)
	for _, by := range in.meddlers(who) {
		if t, known := in.meddle(handle, by); known && !t.Down {
			h.count("signing: refused to somebody who may not")
			if !slices.ContainsFunc(refusals, func(words string) bool { return strings.Contains(t.Notice, words) }) {
				h.t.Errorf("%s: %s signs and is told %q", handle, by, t.Notice)
			}
		}
		in.look(handle)
		time.Sleep(h.upTo(50 * time.Millisecond))
	}
}

// signing1 does one thing to a sign-off and notes what came of it.
func (h *house) signing1(handle string, in signed, encoded string) verdictTold {
	who := in.by
	if who == "" {
		who = "lee"
	}
	called := time.Since(h.began)
	t, known, twice := h.sceneOf(handle).press(handle, who, encoded, false)
	returned := time.Since(h.began)
	if t.unsent {
		return verdictTold{unknown: true}
	}
	out := verdictTold{unknown: !known || t.Down, twice: twice || t.shown}
	switch {
	case out.unknown:
	case strings.HasPrefix(t.Notice, "Thank you"):
		out.taken = true
	case in.by == "" || t.Notice == "":
		out.stands = standing(t.View)
	default:
		out.stands = decidedBy(t.Notice)
	}
	if t.shown && out.stands == "" {
		out.unknown = true // it may show later
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if out.unknown && (in.by == "" || h.doubted[handle+who]) {
		return out // the first of them stands for what any of them may have done
	}
	h.doubted[handle+who] = h.doubted[handle+who] || out.unknown
	h.signing1At(handle, in, out, called, returned)
	return out
}

// signing1At adds to the history of a sign-off. The lock is held.
func (h *house) signing1At(handle string, in signed, out verdictTold, called, returned time.Duration) {
	if out.unknown {
		returned = math.MaxInt64 // it may take effect at any time, or never
	}
	h.signing[handle] = append(h.signing[handle], porcupine.Operation{
		ClientId: len(h.signing[handle]), Input: in, Output: out, Call: called.Nanoseconds(), Return: returned.Nanoseconds(),
	})
}

// supervisors are everybody who can be: Pat is not on duty.
var supervisors = map[string]string{"sam": "Sam Okafor", "kim": "Kim Lindqvist", "lee": "Lee Park", "pat": "Pat Moreno"}

// decidedBy reads who decided from a notice.
func decidedBy(notice string) string {
	for id, name := range supervisors {
		if strings.HasPrefix(notice, name+" approved this") || strings.HasPrefix(notice, name+" declined this") {
			return id
		}
	}
	return ""
}

// standing reads who decided from a card.
func standing(f *face) string {
	if f == nil {
		return ""
	}
	for id, name := range supervisors {
		if strings.Contains(f.Text, "approved by "+name) || strings.Contains(f.Text, "declined by "+name) {
			return id
		}
	}
	return ""
}
