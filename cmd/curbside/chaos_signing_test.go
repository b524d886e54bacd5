package main

import (
	"math"
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
	args := []string{"2"}
	if what == dialog.ActDecline {
		args = append(args, "try_less_first")
	}
	for deadline := time.Now().Add(chaosPatience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		now := h.world.on(handle, who)
		if encoded, asked := now.Can[seenIt]; asked {
			if press, err := dialog.ParsePress(encoded); err == nil && press.Args[0] == "2" {
				_, _ = h.press(handle, who, encoded, true)
			}
		}
		if !strings.Contains(now.Text, "Sign-off") {
			continue // not paged yet
		}
		t := h.signing1(handle, signed{who, what}, dialog.Press{Handle: handle, Version: 1, Action: what, Args: args})
		if t.taken || t.stands != "" {
			return
		}
	}
	h.t.Errorf("%s: %s could not decide, and sees:\n%s", handle, who, h.world.on(handle, who).Text)
}

// meddle tries to sign what one must not, and looks at how it stands meanwhile.
func (h *house) meddle(handle, who string) {
	stranger := "c0"
	if who == stranger {
		stranger = "c1"
	}
	for i := range 4 {
		by := []string{who, stranger}[i%2]
		press := dialog.Press{Handle: handle, Version: 1, Action: dialog.ActApprove, Args: []string{"2"}}
		if t, known := h.press(handle, by, press.String(), true); known && !t.Down {
			h.count("signing: refused to somebody who may not")
			if !strings.Contains(t.Notice, "your own consult") && !strings.Contains(t.Notice, "Only a supervisor") {
				h.t.Errorf("%s: %s signs and is told %q", handle, by, t.Notice)
			}
		}
		h.signing1(handle, signed{}, dialog.Press{Handle: handle, Version: 1, Action: dialog.ActLaw, Args: []string{"1"}})
		time.Sleep(h.upTo(50 * time.Millisecond))
	}
}

// signing1 does one thing to a sign-off and notes what came of it.
func (h *house) signing1(handle string, in signed, press dialog.Press) verdictTold {
	who := in.by
	if who == "" {
		who = "lee"
	}
	called := time.Since(h.began)
	t, known, twice := h.pressTwice(handle, who, press.String(), false)
	returned := time.Since(h.began)
	out := verdictTold{unknown: !known || t.Down, twice: twice}
	switch {
	case out.unknown:
		returned = math.MaxInt64 // it may take effect at any time, or never
	case strings.HasPrefix(t.Notice, "Thank you"):
		out.taken = true
	case in.by == "" || t.Notice == "":
		out.stands = standing(t.View)
	default:
		out.stands = decidedBy(t.Notice)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if out.unknown && (in.by == "" || h.doubted[handle+who]) {
		return out // the first of them stands for what any of them may have done
	}
	h.doubted[handle+who] = h.doubted[handle+who] || out.unknown
	h.signing[handle] = append(h.signing[handle], porcupine.Operation{
		ClientId: len(h.signing[handle]), Input: in, Output: out, Call: called.Nanoseconds(), Return: returned.Nanoseconds(),
	})
	return out
}

var supervisors = map[string]string{"sam": "Sam Okafor", "kim": "Kim Lindqvist", "lee": "Lee Park"}

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
