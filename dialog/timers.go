package dialog

import (
	"strconv"
	"strings"
)

// The timers of a consult that nobody presses on.
const (
	timerRemind TimerID = "remind"
	timerClose  TimerID = "close"
)

// fire is what a due timer leads to. One that is stale changes nothing.
func (t *turn) fire(id TimerID) {
	if t.c.Closed() {
		t.fireRetention(id)
		return
	}
	kind, rest, _ := strings.Cut(string(id), ".")
	switch kind {
	case "look":
		number, which, _ := strings.Cut(rest, ".")
		t.fireLook(number, which)
	case "escalation":
		t.fireEscalation(rest)
	case "clock":
		t.fireClock(string(id))
	case string(timerRemind):
		t.fireRemind()
	case string(timerClose):
		t.fireClose()
	}
}

func (t *turn) fireEscalation(rest string) {
	number, tick, _ := strings.Cut(rest, ".")
	e := t.c.escalation(number)
	if e == nil || !e.Live() || e.Nobody || strconv.Itoa(e.Tick) != tick {
		return
	}
	n, _ := strconv.Atoi(number)
	t.overdue(n)
}

// fireClock reminds of a legal deadline before it ends and loudly when it has.
func (t *turn) fireClock(id string) {
	for _, k := range clocks(t.env, t.c, studied(t.env, t.c)) {
		if k.done || k.waiting {
			continue
		}
		if id == k.id+".soon" && !t.now().Before(k.soon) {
			t.remindOf(k, LineClockSoon)
		}
		if id == k.id+".due" && !t.now().Before(k.due) {
			t.remindOf(k, LineClockDue)
		}
	}
}

func (t *turn) remindOf(k clock, line Line) {
	t.changed = true
	t.tell(LaneUrgent, t.c.Clinician, line, k.id)
	t.audit(ActTimer, "clock", k.id, "line", string(line))
	if line == LineClockDue {
		if !k.immediate {
			t.c.Late = append(t.c.Late, Late{Clock: k.id, At: t.now()})
		}
		for _, p := range t.c.helping() {
			t.message(LaneUrgent, p, line, k.id)
		}
	}
}

// fireRemind brings an open consult back to mind.
func (t *turn) fireRemind() {
	if t.now().Before(t.c.Touched.Add(t.env.Practice.RemindAfter)) {
		return
	}
	t.changed = true
	t.tell(LaneNormal, t.c.Clinician, LineRemind)
}

// fireClose ends a consult on which nobody has pressed any more, with its
// record. While a deadline still runs it comes back after that.
func (t *turn) fireClose() {
	p := t.env.Practice
	if t.now().Before(t.c.Touched.Add(p.RemindAfter + p.CloseAfter)) {
		return
	}
	if at := t.closeAt(studied(t.env, t.c)); t.now().Before(at) {
		t.changed = true
		t.timer(timerClose, at)
		return
	}
	t.end(Ending{How: EndLapsed})
}
