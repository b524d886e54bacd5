package main

import (
	"strings"
	"time"

	"curbside/dialog"
)

// lastLook is how long cards may take to show how it ended, once everything is
// delivered: a late answer of a platform may have covered them.
const lastLook = 15 * time.Second

// shows: people see in the end who decided, and that a danger was declared.
func (a *aftermath) shows() {
	until := time.Now().Add(lastLook)
	for handle := range a.kept {
		wrong := a.amiss(handle)
		for ; wrong != "" && time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
			wrong = a.amiss(handle)
		}
		if wrong != "" && a.diedBy(handle) {
			a.tally["cards that a late reply of a process that died has covered"]++
			continue
		}
		if wrong != "" {
			a.t.Errorf("%s: the card does not show %s:\n%s\nThe processes say:\n%s", handle, wrong, a.on(handle, "").Text, a.saidOf(handle))
			continue
		}
		a.tally["cards that show in the end what is kept"]++
	}
}

// diedBy reports whether a process was away about when somebody answered for a
// consult: each looks for what its own late replies have covered, and nobody else
// does.
func (a *aftermath) diedBy(handle string) bool {
	const about = 6 * time.Second // clocks are wrong by 1.5 seconds, and it looks after three
	for _, e := range a.kept[handle].Consult.Escalations {
		if len(e.Turns) > 0 {
			t := e.Turns[len(e.Turns)-1]
			for _, o := range a.outages {
				if strings.HasPrefix(o.what, "process") && o.from.Before(t.At.Add(about)) && o.until.After(t.At.Add(-about)) {
					return true
				}
			}
		}
	}
	return false
}

// amiss is what a card ought to show and does not, "" when all is there.
func (a *aftermath) amiss(handle string) string {
	kept, card := a.kept[handle].Consult, a.on(handle, "")
	if kept.Danger != nil && !strings.Contains(card.Text, "Immediate danger, declared by") {
		return "that a danger was declared"
	}
	for _, e := range kept.Escalations {
		if t, decided := e.Last(dialog.TurnApproved, dialog.TurnDeclined); decided && standing(&card) != string(t.By) {
			return "that " + string(t.By) + " decided"
		}
	}
	return ""
}
