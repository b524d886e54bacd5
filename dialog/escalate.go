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

// paged reports whether p was ever paged for the escalation, or took it up while
// on duty.
func (e Escalation) paged(p PersonID) bool {
	return slices.ContainsFunc(e.Turns, func(t Turn) bool { return called(t) && t.By == p })
}

// called reports whether a turn is how a supervisor came to it.
func called(t Turn) bool { return t.Kind == TurnPaged || t.Kind == TurnTaken }

// helping are those who were paged and have not left every call again, in the
// order in which they were paged.
func (c Consult) helping() []PersonID {
	var people []PersonID
	for _, e := range c.Escalations {
		for _, t := range e.Turns {
			if called(t) && !e.out(t.By) {
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

// escalate calls the supervisors, at once unless it can wait for the morning.
func (t *turn) escalate(e Escalation) int {
	e.At, e.State, e.Step = t.now(), StateWaiting, -1
	if need := t.env.Practice.Signatures[e.Kind]; need > 1 {
		e.Need = need
	}
	t.c.Escalations = append(t.c.Escalations, e)
	n := len(t.c.Escalations)
	if until, quiet := t.env.Practice.quietUntil(t.now()); quiet && e.Urgency == Routine {
		t.hold(n, until)
		return n
	}
	t.startPaging(n)
	return n
}

// hold lets what can wait sleep until the quiet hours are over.
func (t *turn) hold(n int, until time.Time) {
	t.c.Escalations[n-1].Held = until.UTC()
	t.turnOf(n, Turn{Kind: TurnHeld, At: t.now()})
	t.armAt(n, until)
	held := Effect{Kind: Message, Code: string(LineHeld), To: t.c.Clinician, Args: []string{stamp(until)}}
	t.notice(lineWords(t.env, t.c, held).text)
	t.message(LaneNormal, held.To, LineHeld, held.Args...)
}

// startPaging fixes the chain and pages its first step.
func (t *turn) startPaging(n int) {
	t.fixChain(n)
	t.nextStep(n)
}

// fixChain keeps the chain as it is now: without the one who asks, and without
// those who are no supervisors or cannot be reached.
func (t *turn) fixChain(n int) {
	e := &t.c.Escalations[n-1]
	e.Held = time.Time{}
	for _, step := range t.env.Practice.ChainAt(t.c.Clinician, t.env.Now, t.env.Covers) {
		var people []PersonID
		for _, id := range step.People {
			p := t.env.Practice.People[id]
			if id != t.c.Clinician && p.Has(Supervisor) && p.Reachable {
				people = union(people, []PersonID{id})
			}
		}
		e.Chain = append(e.Chain, people)
		e.All = append(e.All, step.All)
	}
	if !slices.Contains(e.All, true) {
		e.All = nil
	}
}

// nextStep pages the next step that has somebody left; what is imminent pages
// all that are left at once. When there is none, the clinician is told plainly.
func (t *turn) nextStep(n int) {
	e := &t.c.Escalations[n-1]
	e.State, e.Reminded, e.Ringing = StateWaiting, false, nil
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
		if e.Urgency != Imminent {
			break
		}
	}
	if len(e.Ringing) == 0 {
		t.nobody(n)
		return
	}
	t.arm(n, t.env.Practice.stepTime(e.Urgency))
}

// left are the people of a step who can still be asked.
func (e Escalation) left(step int) []PersonID {
	signed := e.signed()
	var people []PersonID
	for _, p := range e.Chain[step] {
		if !e.out(p) && !slices.Contains(signed, p) {
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
	e.Paged = union(e.Paged, []PersonID{p})
	e.Ringing = union(e.Ringing, []PersonID{p})
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
	args := []string{strconv.Itoa(n), string(e.Kind)}
	t.effect(Effect{Kind: PostNote, Lane: LaneUrgent, Code: string(LineNobody), Args: args})
	t.effect(Effect{Kind: Message, Lane: LaneUrgent, To: t.c.Clinician, Code: string(LineNobody), Args: args})
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

// arm sets the one timer of an escalation that counts; older ones are stale. What
// is routine rings and reminds nobody in the quiet hours.
func (t *turn) arm(n int, wait time.Duration) {
	due := t.now().Add(wait)
	if until, quiet := t.env.Practice.quietUntil(due); quiet && t.c.Escalations[n-1].Urgency == Routine {
		due = until
	}
	t.armAt(n, due)
}

func (t *turn) armAt(n int, due time.Time) {
	t.disarm(n)
	e := &t.c.Escalations[n-1]
	e.Tick++
	t.timer(escalationTimer(n, e.Tick), due.UTC())
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
	switch {
	case !e.Held.IsZero():
		t.startPaging(n)
	case e.State == StateWaiting:
		t.turnOf(n, Turn{Kind: TurnPassed, At: t.now()})
		t.passOn(n, "")
	case !e.Reminded:
		t.remind(n)
	default:
		seen, _ := e.inHand()
		for _, p := range e.Paged {
			if e.has(p) {
				t.turnOf(n, Turn{Kind: TurnPassed, By: p, At: t.now()})
			}
		}
		if e.Urgency == Imminent {
			e.Step = -1 // everybody was paged at once: everybody again
		}
		t.passOn(n, seen.By)
	}
}

// passOn pages the next step and tells the clinician who is asked now.
func (t *turn) passOn(n int, silent PersonID) {
	t.nextStep(n)
	e := t.c.Escalations[n-1]
	if e.Nobody {
		return // they are told that, which is more
	}
	args := []string{string(silent)}
	for _, p := range e.Ringing {
		args = append(args, string(p))
	}
	t.message(LaneUrgent, t.c.Clinician, LinePassed, args...)
}

// remind asks the one for whom it waits once more, before the next step.
func (t *turn) remind(n int) {
	e := &t.c.Escalations[n-1]
	e.Reminded = true
	seen, _ := e.inHand()
	t.turnOf(n, Turn{Kind: TurnReminded, At: t.now()})
	if e.State == StateAsked {
		t.message(LaneUrgent, t.c.Clinician, LineAnswerDue, string(seen.By))
	} else {
		t.message(LaneUrgent, seen.By, LineDecideDue, strconv.Itoa(n))
		t.message(LaneUrgent, t.c.Clinician, LineReminded, string(seen.By))
	}
	t.arm(n, t.env.Practice.stepTime(e.Urgency))
}
