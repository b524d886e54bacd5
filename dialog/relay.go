package dialog

import (
	"slices"
	"strconv"
)

// drop takes somebody out of an escalation for good. Others go on at once.
func (t *turn) drop(n int, p PersonID, turn Turn) {
	e := &t.c.Escalations[n-1]
	had := e.has(p)
	e.Paged = slices.DeleteFunc(e.Paged, func(q PersonID) bool { return q == p })
	t.turnOf(n, turn)
	t.letGo(n, p, had)
}

// letGo goes on without somebody who was asked: by whoever else has it in hand,
// by those who were asked beside them, or by the next step at once.
func (t *turn) letGo(n int, p PersonID, had bool) {
	e := &t.c.Escalations[n-1]
	asked := slices.Contains(e.Ringing, p)
	e.Ringing = slices.DeleteFunc(e.Ringing, func(q PersonID) bool { return q == p })
	switch {
	case !e.Held.IsZero() || e.Nobody || !had && !asked:
	case slices.ContainsFunc(e.Paged, e.has) && e.State != StateWaiting:
	case !had && len(e.Ringing) > 0:
	default:
		t.askRest(n)
	}
}

// askRest pages those again who were asked beside the one who has let go, or the
// next step when there are none.
func (t *turn) askRest(n int) {
	e := &t.c.Escalations[n-1]
	rest := e.Ringing
	switch {
	case len(rest) == 0:
		t.nextStep(n)
		return
	case e.State == StateWaiting:
		return // they are ringing
	}
	e.State, e.Reminded = StateWaiting, false
	for _, p := range rest {
		t.page(n, p)
	}
	t.arm(n, t.env.Practice.stepTime(e.Urgency))
}

// unsee gives back what somebody has seen and cannot take after all. They may
// still answer.
func (t *turn) unsee() {
	n := t.number()
	e := &t.c.Escalations[n-1]
	if !e.has(t.in.Actor) {
		t.notice("You have not taken this up, so there is nothing to give back.")
		return
	}
	t.changed = true
	t.turnOf(n, Turn{Kind: TurnUnseen, By: t.in.Actor, At: t.now()})
	t.audit(ActUnsee, "number", strconv.Itoa(n))
	t.tell(LaneUrgent, t.c.Clinician, LineUnseen, string(t.in.Actor))
	t.letGo(n, t.in.Actor, true)
	t.notice("Given back. Somebody else is asked now; you can still answer.")
}

// handOver offers who could take it, or pages the one who was picked. Until they
// have seen it, the one who hands it over can still answer.
func (t *turn) handOver() {
	n := t.number()
	e := &t.c.Escalations[n-1]
	to := PersonID(t.arg(1))
	if !slices.Contains(t.heirs(n), to) {
		t.private(handOverView(t, n))
		return
	}
	t.changed = true
	t.turnOf(n, Turn{Kind: TurnHanded, By: t.in.Actor, At: t.now(), Codes: []Code{Code(to)}})
	t.audit(ActHandOver, "number", strconv.Itoa(n), "to", string(to))
	e.State, e.Reminded, e.Nobody, e.Ringing = StateWaiting, false, false, nil
	t.page(n, to)
	t.arm(n, t.env.Practice.stepTime(e.Urgency))
	t.tell(LaneUrgent, t.c.Clinician, LineHanded, string(t.in.Actor), string(to))
	t.notice(t.person(to) + " is paged now. Until they have seen it, it stays with you too.")
}

// heirs are the supervisors to whom an escalation can be handed over: those on
// duty now first, then the others of the practice, by name.
func (t *turn) heirs(n int) []PersonID {
	e := t.c.Escalations[n-1]
	p := t.env.Practice
	people := p.onDutyFor(t.c.Clinician, t.env.Now, t.env.Covers)
	people = union(people, p.supervisors())
	signed := e.signed()
	return slices.DeleteFunc(people, func(q PersonID) bool {
		return q == t.c.Clinician || q == t.in.Actor || e.out(q) || slices.Contains(signed, q) || !p.People[q].Reachable
	})
}

// takesUp lets a supervisor answer who is on duty at this moment and was not paged.
func (t *turn) takesUp() {
	n := t.number()
	e := &t.c.Escalations[n-1]
	if slices.Contains(e.Paged, t.in.Actor) {
		return
	}
	if !e.Held.IsZero() { // nobody has to wait for the morning any more
		t.fixChain(n)
	}
	e.Paged = append(e.Paged, t.in.Actor)
	t.turnOf(n, Turn{Kind: TurnTaken, By: t.in.Actor, At: t.now()})
	t.audit("taken", "number", strconv.Itoa(n))
	t.effect(Effect{Kind: Message, Lane: LaneUrgent, To: t.in.Actor, Code: string(LineTaken), Args: []string{strconv.Itoa(n)}})
}
