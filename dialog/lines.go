package dialog

import (
	"strings"
	"time"
)

// A Line is one sentence that people elsewhere are told. It is a code in the
// effect; the words are found when it is delivered.
type Line string

// The lines.
const (
	LineDuty          Line = "duty"           // a duty applies
	LinePermitted     Line = "permitted"      // a planned disclosure that does not wait
	LineDanger        Line = "danger"         // by
	LineSafe          Line = "safe"           // by
	LineSignOff       Line = "sign_off"       // urgency
	LineDeparture     Line = "departure"      // a departure is to be decided
	LineStay          Line = "stay"           // it was withdrawn
	LineMore          Line = "more"           // the clinician goes further
	LineSeen          Line = "seen"           // by, kind
	LineJoined        Line = "joined"         // by
	LineApproved      Line = "approved"       // by, kind
	LineConditions    Line = "conditions"     // by, kind
	LineDeclined      Line = "declined"       // by, kind
	LineAsked         Line = "asked"          // by
	LineAnswered      Line = "answered"       // by, number
	LineAside         Line = "aside"          // by
	LineAnother       Line = "another"        // the clinician asked for somebody else
	LineSkipped       Line = "skipped"        // step
	LineUnreachable   Line = "unreachable"    // person
	LinePassed        Line = "passed"         // person who had seen it, if any; who is asked now
	LineNobody        Line = "nobody"         // number, kind
	LineHeld          Line = "held"           // when the quiet hours end
	LineUnseen        Line = "unseen"         // by
	LineHanded        Line = "handed"         // by, to
	LineTaken         Line = "taken"          // number; to the supervisor on duty who took it up
	LineSigned        Line = "signed"         // by, number: another signature is needed
	LineReminded      Line = "reminded"       // the supervisor who was reminded
	LineDecideDue     Line = "decide_due"     // number; to the supervisor who has seen it
	LineAnswerDue     Line = "answer_due"     // the supervisor who asked
	LineVoid          Line = "void"           // kind
	LineClockSoon     Line = "clock_soon"     // clock
	LineClockDue      Line = "clock_due"      // clock
	LineLookSoon      Line = "look_soon"      // number of the second look
	LineLookDue       Line = "look_due"       // number of the second look
	LineKeptSoon      Line = "kept_soon"      // when the record is deleted
	LineRemind        Line = "remind"         // nobody has pressed for long
	LineEnded         Line = "ended"          // how
	LineCancelledOwed Line = "cancelled_owed" // cancelled while a duty stood
)

// A said line: its words, how loud it is, and whether it still holds.
type said struct {
	tone  Tone
	text  string
	stale bool
}

// lineWords puts a line in words. A line that the consult has moved past is
// stale: it would only mislead.
func lineWords(env Env, c Consult, e Effect) said {
	by := nameOf(env.Practice, PersonID(argOf(e, 0)))
	kind := EscalationKind(argOf(e, len(e.Args)-1))
	switch Line(e.Code) {
	case LineDuty:
		return said{tone: ToneWarning, text: "A duty applies. What to do and by when is on the card; nothing waits for a supervisor, who is told now."}
	case LinePermitted:
		return said{text: "A disclosure is planned that the law permits. It waits for nobody; the supervisors are told now."}
	case LineDanger:
		return said{tone: ToneUrgent, text: by + " declared immediate danger. The steps are on the card; everybody on the chain is paged.", stale: !c.inDanger()}
	case LineSafe:
		return said{tone: ToneGood, text: by + " says that the immediate danger has passed."}
	case LineMore:
		return said{text: nameOf(env.Practice, c.Clinician) + " does more than the finding asks. No leave is needed; the reason is in the record."}
	case LineRemind:
		return said{tone: ToneWarning, text: "This consult is still open. Go on, or close it with its record." + closesWords(env)}
	case LineEnded:
		return said{tone: ToneMuted, text: endLine(c)}
	case LineCancelledOwed:
		return said{tone: ToneWarning, text: "This consult was cancelled as no real one while a duty stood in its answers. Please ask " + nameOf(env.Practice, c.Clinician) + " about it."}
	case LineLookSoon, LineLookDue:
		return lookLine(env, c, Line(e.Code), argOf(e, 0))
	case LineKeptSoon:
		return said{tone: ToneWarning, text: "The record of this consult is deleted " + dutyWhen(env.Practice.zone(), unstamp(argOf(e, 0))) + ", when its retention ends. If it is not in the chart yet, get it now: the file stands in the thread."}
	case LineClockSoon, LineClockDue:
		return clockLine(env, c, Line(e.Code), argOf(e, 0))
	case LineApproved, LineConditions, LineDeclined:
		return said{tone: decisionTone(Line(e.Code)), text: by + " " + decisionWords(Line(e.Code)) + " " + aboutWords(kind) + "."}
	default:
		return turnLine(env, c, e, by, kind)
	}
}

// turnLine puts the other turns of an escalation in words.
func turnLine(env Env, c Consult, e Effect, by string, kind EscalationKind) said {
	switch Line(e.Code) {
	case LineSignOff:
		return said{text: "Sign-off is asked for, " + urgencyWords(Urgency(argOf(e, 0))) + "."}
	case LineDeparture:
		return said{tone: ToneWarning, text: "A departure from a duty is to be decided. Until then, and after, the duty stays on the card."}
	case LineStay:
		return said{tone: ToneGood, text: "The departure was withdrawn: the duty will be met."}
	case LineSeen:
		return said{text: by + " has seen it" + seenWords(kind) + "."}
	case LineJoined:
		return said{tone: ToneGood, text: by + " is with " + nameOf(env.Practice, c.Clinician) + "."}
	case LineAsked:
		return said{text: by + " has a question. The answer buttons are on the card; the clock goes on."}
	case LineAnswered:
		return said{text: by + " has answered the question."}
	case LineAside:
		return said{text: by + " stepped aside. No reason is asked; the next one is paged."}
	case LineAnother:
		return said{text: "Another supervisor was asked for. No reason is asked."}
	case LineSkipped:
		return said{tone: ToneWarning, text: "Step " + argOf(e, 0) + " of the chain has nobody who can be reached. It was skipped at once."}
	case LineUnreachable:
		return said{tone: ToneWarning, text: by + " could not be reached. It goes on to the next step at once."}
	case LinePassed:
		return said{tone: ToneWarning, text: passedWords(env, e)}
	case LineNobody:
		return said{tone: ToneUrgent, text: nobodyWords(env, c), stale: !nobodyNow(c)}
	case LineDecideDue:
		return said{tone: ToneWarning, text: "Your answer is still awaited. Without it, the next step is paged soon.", stale: c.live(KindSignOff, KindDeparture, KindDanger) == 0}
	case LineAnswerDue:
		return said{tone: ToneWarning, text: by + " still waits for your answer. The clock goes on.", stale: c.openInquiry() == 0}
	case LineHeld, LineUnseen, LineHanded, LineTaken, LineSigned, LineReminded:
		return relayLine(env, c, e, by)
	case LineVoid:
		return said{tone: ToneWarning, text: "What was to be decided has changed, so the " + strings.ToLower(kindWords(kind)) + " is void. " + againWords(kind)}
	default:
		return said{stale: true}
	}
}

func argOf(e Effect, i int) string {
	if i >= 0 && i < len(e.Args) {
		return e.Args[i]
	}
	return ""
}

func decisionTone(l Line) Tone {
	if l == LineDeclined {
		return ToneWarning
	}
	return ToneGood
}

func decisionWords(l Line) string {
	switch l {
	case LineApproved:
		return "approved"
	case LineConditions:
		return "approved, with conditions,"
	default:
		return "declined"
	}
}

func aboutWords(k EscalationKind) string {
	if k == KindDeparture {
		return "the departure. The duty stays on the card"
	}
	return "the plan"
}

func seenWords(k EscalationKind) string {
	if k == KindSignOff || k == KindDeparture {
		return " and will decide"
	}
	return ""
}

// relayLine puts in words how an escalation goes from hand to hand.
func relayLine(env Env, c Consult, e Effect, by string) said {
	p := env.Practice
	switch Line(e.Code) {
	case LineHeld:
		return said{text: "It is night at the practice, and you said that this can wait: the supervisors are asked " + whenWords(p, unstamp(argOf(e, 0))) +
			". If it cannot wait after all, say so on the card."}
	case LineUnseen:
		return said{tone: ToneWarning, text: by + " cannot take it after all. Somebody else is asked now."}
	case LineHanded:
		return said{text: by + " hands it over to " + nameOf(p, PersonID(argOf(e, 1))) + ", who is paged now."}
	case LineTaken:
		return said{text: "You took this up while on duty."}
	case LineReminded:
		return said{text: by + " was reminded that you wait for an answer."}
	default:
		number := argOf(e, 1)
		text := by + " has signed. Another person has to sign as well before it counts."
		have := c.escalation(number)
		return said{tone: ToneGood, text: text, stale: have == nil || !have.Live()}
	}
}

// passedWords says who was silent and who is asked now.
func passedWords(env Env, e Effect) string {
	text := "Nobody answered in time."
	if silent := argOf(e, 0); silent != "" {
		text = nameOf(env.Practice, PersonID(silent)) + " has seen it but not answered in time."
	}
	var next []PersonID
	for _, p := range e.Args[min(1, len(e.Args)):] {
		next = append(next, PersonID(p))
	}
	if len(next) == 0 {
		return text
	}
	return text + " Paged now: " + namesOf(env.Practice, next) + "."
}

// nobodyWords says plainly that nobody was reached and what does not wait.
func nobodyWords(env Env, c Consult) string {
	text := "Nobody has been reached."
	for _, e := range c.Escalations {
		if signed := e.signed(); e.Live() && e.Nobody && len(signed) > 0 {
			text = "Nobody has been reached for the signature that is still missing."
		}
	}
	text += " Emergency steps, required reports and everything else you must do wait for nobody: do them now."
	if contact := env.Practice.EmergencyContact; contact != "" {
		text += " Call the practice's emergency contact: " + contact + "."
	}
	return text
}

// nobodyNow reports whether an escalation is at its end without an answer.
func nobodyNow(c Consult) bool {
	for _, e := range c.Escalations {
		if e.Live() && e.Nobody {
			return true
		}
	}
	return false
}

// openInquiry is the number of the escalation with a question to the clinician, 0 for none.
func (c Consult) openInquiry() int {
	for i, e := range c.Escalations {
		if e.State == StateAsked {
			return i + 1
		}
	}
	return 0
}

// againWords says how what is void is asked for again.
func againWords(k EscalationKind) string {
	if k == KindDeparture {
		return "If it is still meant, it has to be asked for again."
	}
	return "It is asked for again when the plan is confirmed."
}

func closesWords(env Env) string {
	if env.Practice.CloseAfter <= 0 {
		return ""
	}
	return " It closes by itself in " + span(env.Practice.CloseAfter) + " unless a deadline still runs."
}

// endLine says how a consult ended.
func endLine(c Consult) string {
	if c.End == nil {
		return "This consult has ended."
	}
	switch c.End.How {
	case EndCancelled:
		return "This consult was cancelled: " + CancelReasons.Label(c.End.Reason) + "."
	case EndLapsed:
		return "Nobody pressed any more, so this consult was closed by itself. What was left open is in its record."
	default:
		return "This consult is closed. Its record is here."
	}
}

// clockLine reminds of a deadline; it is stale when that is met or gone.
func clockLine(env Env, c Consult, l Line, id string) said {
	for _, k := range clocks(env, c, studied(env, c)) {
		if k.id != id || k.done || c.Closed() {
			continue
		}
		what := k.label(env)
		switch {
		case k.immediate:
			return said{tone: ToneWarning, text: what + " is due at once and is not marked as done. Do it now, then mark it."}
		case l == LineClockDue:
			return said{tone: ToneUrgent, text: "The deadline has passed: " + what + ". Do it now, even late, then mark it."}
		default:
			return said{tone: ToneWarning, text: what + " is due " + until(env.Now, k.due) + " and is not marked as done."}
		}
	}
	return said{stale: true}
}

// label says what a clock is for: "Report to child protection (written)".
func (k clock) label(env Env) string {
	what := k.rule.Rule.Title
	if a, ok := env.Book.Action(k.deadline.Action); ok {
		what = a.Label
	}
	if k.deadline.Form != "" && k.deadline.Form != "any" {
		what += " (" + k.deadline.Form + ")"
	}
	return what
}

// late reports whether a deadline has passed.
func (k clock) late(now time.Time) bool {
	return !k.done && !k.waiting && !k.immediate && !now.Before(k.due)
}
