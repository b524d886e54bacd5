package dialog

import (
	"slices"
	"strconv"
)

// number is the escalation that the press is about; [refuseDecision] has
// checked for the supervisors that it exists.
func (t *turn) number() int { n, _ := strconv.Atoi(t.arg(0)); return n }

// codes are the arguments after the first that are in a closed list.
func (t *turn) codes(list codedList) []Code {
	var codes []Code
	for _, have := range list {
		if slices.Contains(t.in.Args[min(1, len(t.in.Args)):], string(have.Code)) {
			codes = append(codes, have.Code)
		}
	}
	return codes
}

// decided says how an escalation that is over ended, or that somebody was faster.
func decided(t *turn) string {
	e := t.c.escalation(t.arg(0))
	if e == nil {
		return "There is nothing to answer here."
	}
	if e.Live() {
		switch signing := t.in.Action == ActApprove || t.in.Action == ActConditions; {
		case t.in.Action == ActSeen && e.has(t.in.Actor):
			return "You have seen this already."
		case signing && slices.Contains(e.signed(), t.in.Actor):
			return "You have signed this already. Another person has to sign it too."
		}
		return ""
	}
	last, _ := e.Last(TurnApproved, TurnConditions, TurnDeclined, TurnHeard, TurnVoid, TurnDropped)
	when := ago(t.env.Now, last.At)
	switch last.Kind {
	case TurnApproved, TurnConditions:
		return t.person(last.By) + " approved this " + when + "."
	case TurnDeclined:
		return t.person(last.By) + " declined this " + when + "."
	case TurnHeard:
		return t.person(last.By) + " took this up " + when + "."
	case TurnVoid:
		return "What was to be decided changed " + when + ". You will be asked again if it is still needed."
	default:
		return "This was withdrawn " + when + "."
	}
}

// ViaPager is the second argument of [ActSeen] for a page that was acknowledged
// on the pager.
const ViaPager = "pager"

// see acknowledges a page. A notice is over with that; everything else starts
// the second clock. Where all of a step have to see it, the last one does that.
func (t *turn) see() {
	n := t.number()
	e := &t.c.Escalations[n-1]
	t.changed = true
	t.turnOf(n, Turn{Kind: TurnSeen, By: t.in.Actor, At: t.now()})
	codes := []string{"number", strconv.Itoa(n)}
	if t.arg(1) == ViaPager {
		codes = append(codes, "via", ViaPager)
	}
	t.audit(ActSeen, codes...)
	t.tell(LaneUrgent, t.c.Clinician, LineSeen, string(t.in.Actor), string(e.Kind))
	if e.State == StateWaiting && e.missing() > 0 {
		t.endPage(n, t.in.Actor)
		return
	}
	if e.Kind == KindNotice {
		t.endEscalation(n, StateHeard, Turn{Kind: TurnHeard, By: t.in.Actor, At: t.now()})
		return
	}
	if e.State == StateWaiting {
		e.State = StateSeen
	}
	e.Reminded, e.Nobody = false, false
	t.endPages(n)
	t.arm(n, t.env.Practice.decideTime(e.Urgency))
}

// missing counts those who have not seen what all of their step have to see.
// What is imminent waits for no second one.
func (e Escalation) missing() int {
	if e.Urgency == Imminent || e.Step < 0 || e.Step >= len(e.All) || !e.All[e.Step] {
		return 0
	}
	return len(slices.DeleteFunc(slices.Clone(e.Ringing), e.has))
}

// join says that a supervisor is with the clinician: what danger needs.
func (t *turn) join() {
	n := t.number()
	if t.c.Escalations[n-1].Kind != KindDanger {
		t.notice("This asks for a decision. Choose one below.")
		return
	}
	t.changed = true
	t.endEscalation(n, StateHeard, Turn{Kind: TurnHeard, By: t.in.Actor, At: t.now()})
	t.tell(LaneUrgent, t.c.Clinician, LineJoined, string(t.in.Actor))
}

func (t *turn) approve() { t.decide(StateApproved, Turn{Kind: TurnApproved}, LineApproved) }

// approveWith offers the conditions, or approves with those that were picked.
func (t *turn) approveWith() {
	codes := t.codes(Conditions)
	if len(codes) == 0 {
		t.private(pickView(t, "Approve with conditions", "Which conditions?", ActConditions, Conditions, true, NoteCondition))
		return
	}
	t.decide(StateApproved, Turn{Kind: TurnConditions, Codes: codes}, LineConditions)
}

// decline offers the reasons, or declines for the one that was picked.
func (t *turn) decline() {
	codes := t.codes(DeclineReasons)
	if len(codes) == 0 {
		t.private(pickView(t, "Decline", "Why?", ActDecline, DeclineReasons, false, NoteDecline))
		return
	}
	t.decide(StateDeclined, Turn{Kind: TurnDeclined, Codes: codes}, LineDeclined)
}

// decide is a supervisor's decision. The signer is named and the clinician told.
func (t *turn) decide(state EscalationState, turn Turn, line Line) {
	n := t.number()
	e := &t.c.Escalations[n-1]
	if !e.Decides() {
		t.notice("Nothing is to be decided here: nothing waits for it.")
		return
	}
	t.changed = true
	turn.By, turn.At = t.in.Actor, t.now()
	if slices.Contains(turn.Codes, "reassess_today") {
		t.conditionLook()
	}
	if state == StateApproved && len(union(e.signed(), []PersonID{t.in.Actor})) < e.Need {
		t.signFirst(n, turn)
		return
	}
	t.endEscalation(n, state, turn)
	t.audit("decided", "number", strconv.Itoa(n), "kind", string(e.Kind), "decision", string(turn.Kind), "about", e.About)
	t.tell(LaneUrgent, t.c.Clinician, line, string(t.in.Actor), string(e.Kind))
	t.notice("Thank you. " + t.person(t.c.Clinician) + " is told at once.")
}

// signFirst keeps a signature that needs another one beside it, and asks for that.
func (t *turn) signFirst(n int, turn Turn) {
	e := &t.c.Escalations[n-1]
	t.turnOf(n, turn)
	t.endPage(n, t.in.Actor)
	t.audit("signed", "number", strconv.Itoa(n), "kind", string(e.Kind), "decision", string(turn.Kind), "about", e.About)
	t.tell(LaneUrgent, t.c.Clinician, LineSigned, string(t.in.Actor), strconv.Itoa(n))
	e.Ringing = slices.DeleteFunc(e.Ringing, func(q PersonID) bool { return q == t.in.Actor })
	if !e.Nobody && !slices.ContainsFunc(e.Paged, e.has) {
		t.askRest(n)
	}
	t.notice("Thank you. A second signature is needed: somebody else is asked for it.")
}

// inquire offers the questions, or asks those that were picked. The clock goes on.
func (t *turn) inquire() {
	codes := t.codes(Inquiries)
	if len(codes) == 0 {
		t.private(pickView(t, "Ask the clinician", "What do you want to know?", ActInquire, Inquiries, true, NoteInquiry))
		return
	}
	t.ask(codes)
}

func (t *turn) ask(codes []Code) {
	n := t.number()
	e := &t.c.Escalations[n-1]
	if !e.Decides() {
		t.notice("Nothing is to be decided here. Speak with " + t.person(t.c.Clinician) + " in the thread.")
		return
	}
	t.changed = true
	if e.State == StateWaiting {
		t.arm(n, t.env.Practice.decideTime(e.Urgency))
		t.turnOf(n, Turn{Kind: TurnSeen, By: t.in.Actor, At: t.now()})
	}
	e.State = StateAsked
	t.turnOf(n, Turn{Kind: TurnAsked, By: t.in.Actor, At: t.now(), Codes: codes})
	t.audit(ActInquire, "number", strconv.Itoa(n))
	t.tell(LaneUrgent, t.c.Clinician, LineAsked, string(t.in.Actor))
}

// reply answers a supervisor's question.
func (t *turn) reply() {
	codes := t.codes(InquiryAnswers)
	if len(codes) == 0 {
		t.notice("Choose one of the answers.")
		return
	}
	t.respond(codes)
}

func (t *turn) respond(codes []Code) {
	n := t.number()
	e := &t.c.Escalations[n-1]
	asked, ok := e.Last(TurnAsked)
	if !ok || e.State != StateAsked {
		t.notice("No question is open.")
		return
	}
	t.changed = true
	e.State = StateSeen
	t.turnOf(n, Turn{Kind: TurnAnswered, By: t.in.Actor, At: t.now(), Codes: codes})
	t.audit(ActReply, "number", strconv.Itoa(n))
	t.tell(LaneUrgent, asked.By, LineAnswered, string(t.c.Clinician), strconv.Itoa(n))
}

// stepAside takes a supervisor out who cannot judge this; no reason is asked.
func (t *turn) stepAside() {
	n := t.number()
	t.changed = true
	t.endPage(n, t.in.Actor)
	t.drop(n, t.in.Actor, Turn{Kind: TurnAside, By: t.in.Actor, At: t.now()})
	t.audit(ActAside, "number", strconv.Itoa(n))
	t.tell(LaneUrgent, t.c.Clinician, LineAside, string(t.in.Actor))
	t.notice("You are out of this one. No reason is asked.")
}

// another lets the clinician ask for somebody else; no reason is asked.
func (t *turn) another() {
	n := t.number()
	e := &t.c.Escalations[n-1]
	p := PersonID(t.arg(1))
	if p == "" && len(e.Paged) == 1 {
		p = e.Paged[0]
	}
	if p == "" {
		t.private(anotherView(t.env, t.c, n))
		return
	}
	if !slices.Contains(e.Paged, p) {
		t.notice("That supervisor is not asked here.")
		return
	}
	t.changed = true
	t.endPage(n, p)
	t.drop(n, p, Turn{Kind: TurnAnother, By: t.in.Actor, At: t.now(), Codes: []Code{Code(p)}})
	t.audit(ActAnother, "number", strconv.Itoa(n), "person", string(p))
	t.effect(Effect{Kind: PostNote, Code: string(LineAnother)})
}
