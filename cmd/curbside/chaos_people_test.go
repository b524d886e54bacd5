package main

import (
	"slices"
	"strings"
	"sync"
	"time"

	"curbside/dialog"
)

// A promise is what somebody was told was taken.
type promise struct {
	handle  string
	who     string
	press   dialog.Press // without an action: the consult was opened
	version uint64
}

// chaosPatience is how long people try the same thing before the test gives up; in
// a house that settles twice as long, and as long again once all is whole.
const chaosPatience = 60 * time.Second

// patient reports whether people who began to try something go on.
func (h *house) patient(begun time.Time, most time.Duration) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.settles {
		return time.Since(begun) < most
	}
	return time.Since(begun) < 2*most || !h.whole.IsZero() && time.Since(h.whole) < chaosPatience
}

// took counts what took people very long.
func (h *house) took(since time.Time) {
	if time.Since(since) > chaosPatience {
		h.count("steps that took longer than a minute")
	}
}

// denied notes that somebody was told that nothing was saved.
func (h *house) denied(handle, who, encoded string) {
	press, err := dialog.ParsePress(encoded)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil {
		h.denials = append(h.denials, promise{handle: handle, who: who, press: press})
	}
}

func (h *house) promised(p promise) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.promises = append(h.promises, p)
}

// do presses what has a label on somebody's surface until the sign shows there.
func (h *house) do(handle, who, whose, label string, sign func(face) bool) bool {
	var last time.Time
	for begun := time.Now(); h.patient(begun, chaosPatience); time.Sleep(5 * time.Millisecond) {
		now := h.on(handle, whose)
		if sign(now) {
			h.took(begun)
			return true
		}
		if encoded, can := now.Can[label]; can && time.Since(last) > 200*time.Millisecond {
			_, _ = h.press(handle, who, encoded, whose != "")
			last = time.Now()
		}
	}
	now := h.on(handle, whose)
	h.t.Errorf("%s: nothing comes of %q for %s, who sees:\n%s\nThe processes say:\n%s", handle, label, who, now.Text, h.saidOf(handle))
	return false
}

// can is the sign that something can be pressed; gone that it cannot any more.
func can(label string) func(face) bool {
	return func(f face) bool { _, can := f.Can[label]; return can }
}

func gone(label string) func(face) bool {
	return func(f face) bool { _, can := f.Can[label]; return f.Text != "" && !can }
}

func says(texts ...string) func(face) bool {
	return func(f face) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(f.Text, text) })
	}
}

// toTheDuty is what a clinician answers until a duty applies, in order.
var toTheDuty = []string{
	"California", "Harm to others", "Imminent: now or within days", "Kill somebody or injure somebody seriously", "The client", completes,
}

// toTheSignOff is what follows until a supervisor is to decide, in order.
var toTheSignOff = []string{
	"None of these", "Go on: what are the ways?", "See or call the client more often", "Go on: consult and act", "Ask a supervisor",
}

// does carries a row of deeds through: always the furthest that can be done, so
// that what was lost meanwhile is done again.
func (h *house) does(handle, who string, labels []string, sign func(face) bool) bool {
	var last time.Time
	for begun := time.Now(); h.patient(begun, 2*chaosPatience); time.Sleep(5 * time.Millisecond) {
		now := h.on(handle, "")
		if sign(now) {
			h.took(begun)
			return true
		}
		for _, label := range slices.Backward(labels) {
			if encoded, can := now.Can[label]; can && time.Since(last) > 200*time.Millisecond {
				last = time.Now()
				if t, known := h.press(handle, who, encoded, false); known && !t.Down {
					last = time.Time{}
				}
				break
			}
		}
	}
	now := h.on(handle, "")
	h.t.Errorf("%s: %s does not come to the end of it, and sees:\n%s\nThe processes say:\n%s", handle, who, now.Text, h.saidOf(handle))
	return false
}

const (
	seenIt = "Seen: I am on it"
	withMe = "I am with the clinician"
)

// clinician asks one consult after the other in a scene, as long as there is time,
// and says when the last one is begun.
func (h *house) clinician(who string, consults int, in scene, last func()) {
	defer last()
	h.mu.Lock()
	known := h.known[who]
	if known == nil {
		known = map[string]bool{}
		h.known[who] = known
	}
	h.mu.Unlock()
	for i := range consults {
		if time.Since(h.began) > *chaosTime {
			h.count("consults for which there was no time")
			continue
		}
		handle, ok := h.open(in, who, known)
		if !ok {
			return
		}
		known[handle] = true
		h.count("consults")
		if i == consults-1 {
			last()
		}
		if !h.waitCard(handle) {
			h.t.Errorf("%s: its card never came", handle)
			continue
		}
		switch h.one(4) {
		case 0:
			h.danger(handle, who)
		case 1:
			h.duty(handle, who)
		case 2:
			h.signOff(handle, who, false)
		default:
			h.signOff(handle, who, true)
		}
	}
}

// waitCard waits until the card stands in its thread.
func (h *house) waitCard(handle string) bool {
	for begun := time.Now(); h.patient(begun, chaosPatience); time.Sleep(5 * time.Millisecond) {
		if h.on(handle, "").Text != "" {
			h.took(begun)
			return true
		}
	}
	return false
}

// danger: everybody of the chain is paged at once, and one comes.
func (h *house) danger(handle, who string) {
	if !h.do(handle, who, "", "Immediate danger", gone("Immediate danger")) {
		return
	}
	h.pagedWithin(handle, "1", "sam", "kim", "lee")
	_ = h.do(handle, "sam", "sam", seenIt, can(withMe)) && h.do(handle, "sam", "sam", withMe, gone(withMe))
}

// duty: the supervisors are told, and one says that they know.
func (h *house) duty(handle, who string) bool {
	if !h.does(handle, who, toTheDuty, says("You must")) {
		return false
	}
	h.pagedWithin(handle, "1", "sam", "kim")
	return h.do(handle, "sam", "sam", seenIt, gone(seenIt))
}

// signOff: two supervisors decide at the same moment, or nobody of the first
// step answers and the next one does.
func (h *house) signOff(handle, who string, silent bool) {
	if !h.duty(handle, who) || !h.does(handle, who, slices.Concat(toTheDuty, toTheSignOff), says("Sign-off: ", "Sign-off is asked for")) {
		return
	}
	if silent {
		h.decide(handle, "lee", dialog.ActApprove)
		return
	}
	h.pagedWithin(handle, "2", "sam", "kim")
	var both sync.WaitGroup
	both.Go(func() { h.decide(handle, "sam", dialog.ActApprove) })
	both.Go(func() { h.decide(handle, "kim", dialog.ActDecline) })
	both.Go(func() { h.meddle(handle, who) })
	both.Wait()
}

// pagedWithin measures how long people wait for their page.
func (h *house) pagedWithin(handle, number string, people ...string) {
	from := time.Now()
	for _, who := range people {
		for time.Since(from) < chaosPatience {
			if chat, _ := h.world.reached(handle, who, number); !chat.IsZero() {
				h.mu.Lock()
				h.waits = append(h.waits, max(chat.Sub(from), 0))
				h.mu.Unlock()
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
}
