package dialog

import "time"

// cancel offers the reasons, or ends the consult for the one that was picked.
// A duty that stands is not cancelled away: only a consult that was no real one
// can be cancelled over it, and the supervisors are told.
func (t *turn) cancel() {
	reason := Code(t.arg(0))
	if !CancelReasons.Has(reason) {
		t.private(cancelView(t.env, t.c))
		return
	}
	if t.c.inDanger() {
		t.notice("Immediate danger is declared. Say first that it has passed.")
		return
	}
	owed := len(t.owed()) > 0
	if owed && (reason == "not_needed" || reason == "settled_elsewhere") {
		t.notice("A duty stands and is not marked as done. Mark it, change the answer it rests on, or press \"I will not do this\" for a departure.")
		return
	}
	t.end(Ending{How: EndCancelled, Reason: reason, By: t.in.Actor})
	if owed {
		for _, p := range t.c.helping() {
			t.message(LaneNormal, p, LineCancelledOwed)
		}
	}
}

// closeConsult ends the consult with its record, unless something is owed.
func (t *turn) closeConsult() {
	switch {
	case t.c.inDanger():
		t.notice("Immediate danger is declared. Say first that it has passed.")
	case len(t.owed()) > 0:
		t.notice("A duty is not marked as done. Mark it, or press \"I will not do this\" for a departure that a supervisor decides on.")
	case t.c.looking():
		t.notice("A second look at the risk is planned. Mark it as taken, or take it off, before you close.")
	case len(t.c.acted(studied(t.env, t.c))) > 0:
		t.notice("You acted on a duty that the finding no longer shows. Decide first what becomes of that.")
	default:
		t.end(Ending{How: EndClosed, By: t.in.Actor})
	}
}

// owed are the duties that are not met.
func (t *turn) owed() []group {
	s := studied(t.env, t.c)
	return t.c.owed(actionList(t.env, t.c, s))
}

// end closes the consult. What was still asked is withdrawn, the timers are
// taken away, and the record is put into the thread.
func (t *turn) end(e Ending) {
	t.changed = true
	e.At = t.now()
	for i, have := range t.c.Escalations {
		if have.Live() {
			t.endEscalation(i+1, StateDropped, Turn{Kind: TurnDropped, At: t.now()})
		}
	}
	t.c.End = &e
	t.c.Ask = ""
	t.timer(timerRemind, time.Time{})
	t.timer(timerClose, time.Time{})
	t.armRetention()
	action := ActClose
	if e.How == EndCancelled {
		action = ActCancel
	}
	t.audit(action, "how", string(e.How), "reason", string(e.Reason))
	t.tell(LaneNormal, t.c.Clinician, LineEnded, string(e.How))
	if e.How == EndLapsed {
		for _, p := range t.c.helping() {
			t.message(LaneNormal, p, LineEnded, string(e.How))
		}
	}
	if t.c.Found != nil {
		t.effect(Effect{Kind: SendFile, Code: "md"})
		t.effect(Effect{Kind: SendFile, Code: "pdf"})
	}
}

// handRecord gives the record to the presser as a download.
func (t *turn) handRecord() {
	file, err := recordFile(t.env, t.c, t.arg(0))
	if err != nil {
		t.notice("The record could not be written. Try the other format; nothing was lost.")
		return
	}
	t.out.Reply.File = file
}
