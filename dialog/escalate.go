package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// escalation returns the escalation with the number, nil when there is none.
func (c *Consult) escalation(number string) *Escalation {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(c.Escalations) {
		return nil
	}
	return &c.Escalations[n-1]
}

// paged reports whether p was ever paged for the consult.
func (c Consult) paged(p PersonID) bool {
	return slices.ContainsFunc(c.Escalations, func(e Escalation) bool { return e.paged(p) })
}

// paged reports whether p was ever paged for the escalation.
func (e Escalation) paged(p PersonID) bool {
	return slices.ContainsFunc(e.Turns, func(t Turn) bool { return t.Kind == TurnPaged && t.By == p })
}

// helping are those who were paged and have not left every call again, in the
// order in which they were paged.
func (c Consult) helping() []PersonID {
	var people []PersonID
	for _, e := range c.Escalations {
		for _, t := range e.Turns {
			if t.Kind == TurnPaged && !e.out(t.By) {
				people = union(people, []PersonID{t.By})
			}
		}
	}
	return people
}

// live returns the number of the newest live escalation of a kind, 0 for none.
func (c Consult) live(kinds ...EscalationKind) int {
	for i, e := range slices.Backward(c.Escalations) {
		if e.Live() && slices.Contains(kinds, e.Kind) {
			return i + 1
		}
	}
	return 0
}

// escalate calls the supervisors. The chain is fixed now: without the one who
// asks, and without those who are no supervisors or cannot be reached.
func (t *turn) escalate(e Escalation) int {
	e.At, e.State, e.Step = t.now(), StateWaiting, -1
	for _, step := range t.env.Practice.Chain {
		var people []PersonID
		for _, id := range step {
			p := t.env.Practice.People[id]
			if id != t.c.Clinician && p.Has(Supervisor) && p.Reachable && !slices.Contains(people, id) {
				people = append(people, id)
			}
		}
		e.Chain = append(e.Chain, people)
	}
	t.c.Escalations = append(t.c.Escalations, e)
	n := len(t.c.Escalations)
	t.nextStep(n)
	return n
}

// nextStep pages the next step that has somebody left; what is imminent pages
// all that are left at once. When there is none, the clinician is told plainly.
func (t *turn) nextStep(n int) {
	e := &t.c.Escalations[n-1]
	e.State, e.Reminded = StateWaiting, false
	reached := false
	for e.Step = min(e.Step+1, len(e.Chain)); e.Step < len(e.Chain); e.Step++ {
		people := e.left(e.Step)
		if len(people) == 0 {
			t.turnOf(n, Turn{Kind: TurnSkipped, At: t.now(), Codes: []Code{Code(strconv.Itoa(e.Step + 1))}})
			t.tell(LaneUrgent, t.c.Clinician, LineSkipped, strconv.Itoa(e.Step+1))
			continue
		}
		for _, p := range people {
			t.page(n, p)
		}
		reached = true
		if e.Urgency != Imminent {
			break
		}
	}
	if !reached {
		t.nobody(n)
		return
	}
	t.arm(n, t.env.Practice.stepTime(e.Urgency))
}

// left are the people of a step who can still be asked.
func (e Escalation) left(step int) []PersonID {
	var people []PersonID
	for _, p := range e.Chain[step] {
		if !e.out(p) {
			people = append(people, p)
		}
	}
	return people
}

// out reports whether somebody has stepped aside, was passed over or could not be reached.
func (e Escalation) out(p PersonID) bool {
	return slices.ContainsFunc(e.Turns, func(t Turn) bool {
		switch t.Kind {
		case TurnAside, TurnUnreachable:
			return t.By == p
		case TurnAnother:
			return slices.Contains(t.Codes, Code(p))
		default:
			return false
		}
	})
}

// page reaches for one person. The pager gets handle and urgency only.
func (t *turn) page(n int, p PersonID) {
	e := &t.c.Escalations[n-1]
	if !slices.Contains(e.Paged, p) {
		e.Paged = append(e.Paged, p)
	}
	t.turnOf(n, Turn{Kind: TurnPaged, By: p, At: t.now()})
	t.effect(Effect{Kind: Page, Lane: LaneUrgent, To: p, Code: string(e.Kind), Args: []string{string(e.Urgency), strconv.Itoa(n)}})
	t.audit("paged", "to", string(p), "kind", string(e.Kind), "urgency", string(e.Urgency), "number", strconv.Itoa(n))
}

// nobody is left to page. Those who were paged can still answer.
func (t *turn) nobody(n int) {
	e := &t.c.Escalations[n-1]
	again := !e.Nobody && e.Urgency == Imminent
	e.Step, e.Nobody = len(e.Chain), true
	t.turnOf(n, Turn{Kind: TurnNobody, At: t.now()})
	t.audit("nobody", "number", strconv.Itoa(n))
	t.effect(Effect{Kind: PostNote, Lane: LaneUrgent, Code: string(LineNobody), Args: []string{string(e.Kind)}})
	t.effect(Effect{Kind: Message, Lane: LaneUrgent, To: t.c.Clinician, Code: string(LineNobody), Args: []string{string(e.Kind)}})
	t.disarm(n)
	if !again {
		return
	}
	for step := range e.Chain {
		for _, p := range e.left(step) {
			t.page(n, p)
		}
	}
}

// drop takes somebody out of an escalation; when nobody of those paged is left
// for this step, the next one begins at once.
func (t *turn) drop(n int, p PersonID, turn Turn) {
	e := &t.c.Escalations[n-1]
	had := e.seenBy(p)
	e.Paged = slices.DeleteFunc(e.Paged, func(q PersonID) bool { return q == p })
	t.turnOf(n, turn)
	switch {
	case e.Nobody:
	case e.State != StateWaiting && !had:
	case len(t.ringing(e)) == 0:
		t.nextStep(n)
	case had:
		e.State, e.Reminded = StateWaiting, false
		t.arm(n, t.env.Practice.stepTime(e.Urgency))
	}
}

// ringing are those of the current step, or of all when imminent, who may still answer.
func (t *turn) ringing(e *Escalation) []PersonID {
	if e.Urgency == Imminent || e.Step >= len(e.Chain) {
		return e.Paged
	}
	return e.left(e.Step)
}

// seenBy reports whether p is the one who has seen it last.
func (e Escalation) seenBy(p PersonID) bool {
	seen, ok := e.Last(TurnSeen)
	return ok && seen.By == p
}

// unreachable is what a page comes back with: the next step begins at once.
func (t *turn) unreachable(p PersonID) {
	for i := range t.c.Escalations {
		e := &t.c.Escalations[i]
		if !e.Live() || !slices.Contains(e.Paged, p) {
			continue
		}
		t.changed = true
		t.tell(LaneUrgent, t.c.Clinician, LineUnreachable, string(p))
		t.drop(i+1, p, Turn{Kind: TurnUnreachable, By: p, At: t.now()})
		t.audit(ActUnreachable, "person", string(p), "number", strconv.Itoa(i+1))
	}
}

// endEscalation ends one; every page of it is over.
func (t *turn) endEscalation(n int, state EscalationState, last Turn) {
	e := &t.c.Escalations[n-1]
	live := e.Live()
	e.State = state
	t.turnOf(n, last)
	t.audit("escalation_"+Action(state), "number", strconv.Itoa(n), "kind", string(e.Kind))
	if !live {
		return
	}
	t.disarm(n)
	t.endPages(n)
}

// endPages updates the messages of those who were paged and stops their pagers.
func (t *turn) endPages(n int) {
	for _, p := range t.c.Escalations[n-1].Paged {
		t.endPage(n, p)
	}
}

func (t *turn) endPage(n int, p PersonID) {
	t.effect(Effect{Kind: EndPage, Lane: LaneUrgent, To: p, Args: []string{string(t.c.Escalations[n-1].Urgency), strconv.Itoa(n)}})
}

func (t *turn) turnOf(n int, turn Turn) {
	e := &t.c.Escalations[n-1]
	e.Turns = append(e.Turns, turn)
}

// arm sets the one timer of an escalation that counts; older ones are stale.
func (t *turn) arm(n int, wait time.Duration) {
	t.disarm(n)
	e := &t.c.Escalations[n-1]
	e.Tick++
	t.timer(escalationTimer(n, e.Tick), t.now().Add(wait))
}

func (t *turn) disarm(n int) {
	if e := t.c.Escalations[n-1]; e.Tick > 0 {
		t.timer(escalationTimer(n, e.Tick), time.Time{})
	}
}

// escalationTimer names the timer: escalation, number, tick.
func escalationTimer(n, tick int) TimerID {
	return TimerID(fmt.Sprintf("escalation.%d.%d", n, tick))
}

// overdue is what the timer of an escalation leads to: without an answer the
// next step; after "seen" first a reminder.
func (t *turn) overdue(n int) {
	e := &t.c.Escalations[n-1]
	t.changed = true
	if e.State == StateWaiting {
		t.turnOf(n, Turn{Kind: TurnPassed, At: t.now()})
		t.message(LaneNormal, t.c.Clinician, LinePassed)
		t.nextStep(n)
		return
	}
	seen, _ := e.Last(TurnSeen)
	if !e.Reminded {
		e.Reminded = true
		t.turnOf(n, Turn{Kind: TurnReminded, At: t.now()})
		if e.State == StateAsked {
			t.message(LaneUrgent, t.c.Clinician, LineAnswerDue, string(seen.By))
		} else {
			t.message(LaneUrgent, seen.By, LineDecideDue, strconv.Itoa(n))
		}
		t.arm(n, t.env.Practice.stepTime(e.Urgency))
		return
	}
	t.turnOf(n, Turn{Kind: TurnPassed, By: seen.By, At: t.now()})
	t.message(LaneNormal, t.c.Clinician, LinePassed, string(seen.By))
	if e.Urgency == Imminent {
		e.Step = -1 // everybody was paged at once: everybody again
	}
	t.nextStep(n)
}
