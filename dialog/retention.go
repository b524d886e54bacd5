package dialog

import "time"

// The timers of the end of a consult's retention.
const (
	timerKeptSoon TimerID = "kept.soon"
	timerKeptOver TimerID = "kept.over"
)

const (
	// keptWarning is how long before the record is deleted its clinician is told.
	keptWarning = 72 * time.Hour
	// keptEntry is how long before its end the retention's entry is written: after
	// it there is nothing left to write from.
	keptEntry = time.Hour
)

// armRetention sets the clocks of a consult that has just ended. A practice that
// keeps consults for a few days only is not reminded in between.
func (t *turn) armRetention() {
	over := t.c.End.At.Add(t.env.Practice.KeepClosed)
	if t.env.Practice.KeepClosed > keptWarning+24*time.Hour {
		t.timer(timerKeptSoon, over.Add(-keptWarning))
	}
	if t.env.Practice.KeepClosed > keptEntry {
		t.timer(timerKeptOver, over.Add(-keptEntry))
	}
}

// fireRetention tells the clinician that the record will be gone, and notes the
// end of its retention.
func (t *turn) fireRetention(id TimerID) {
	over := t.c.End.At.Add(t.env.Practice.KeepClosed)
	switch {
	case id == timerKeptSoon && !t.now().Before(over.Add(-keptWarning)):
		t.changed = true
		if t.c.Found != nil {
			t.message(LaneNormal, t.c.Clinician, LineKeptSoon, stamp(over))
		}
		t.audit(ActTimer, "retention", "soon")
	case id == timerKeptOver && !t.now().Before(over.Add(-keptEntry)):
		t.changed = true
		t.audit(ActTimer, "retention", "over")
	}
}
