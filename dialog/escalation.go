package dialog

import (
	"slices"
	"time"

	"curbside/rules"
)

// An Escalation is one time the supervisors were called: a sign-off that is
// asked for, or a notice that nothing waits for. Its number is its place in
// [Consult.Escalations], from 1; timers carry it.
type Escalation struct {
	Kind    EscalationKind `json:"kind"`
	Urgency Urgency        `json:"urgency"`
	// About is the fingerprint of the case and the plan it was asked for. When
	// that changes, what was signed is void.
	About string         `json:"about,omitempty"`
	Rules []rules.RuleID `json:"rules,omitempty"` // departures: the duty; the others: what was told of
	At    time.Time      `json:"at"`
	Need  int            `json:"need,omitempty"` // how many different people have to sign; 0 is one
	// Held is when the quiet hours end that paging waits for: then it starts.
	Held time.Time `json:"held,omitzero"`

	Chain    [][]PersonID    `json:"chain"`             // fixed when paging started, without the one who asked and those out of reach
	All      []bool          `json:"all,omitempty"`     // by step: everybody in it has to see it
	Step     int             `json:"step"`              // the step paged last, from 0; len(Chain) when none is left
	Paged    []PersonID      `json:"paged,omitempty"`   // who was paged and may answer
	Ringing  []PersonID      `json:"ringing,omitempty"` // who is asked now: those paged last, without those who left
	Tick     int             `json:"tick,omitempty"`    // the number of its timer that counts
	State    EscalationState `json:"state"`
	Nobody   bool            `json:"nobody,omitempty"`   // the last step passed without an answer
	Reminded bool            `json:"reminded,omitempty"` // the one who has seen it was reminded
	Turns    []Turn          `json:"turns,omitempty"`    // what happened, oldest first
}

// An EscalationKind is why the supervisors are called.
type EscalationKind string

// The kinds of escalation.
const (
	KindSignOff   EscalationKind = "sign_off"  // the law leaves the disclosure to judgement, or the clinician asks
	KindDeparture EscalationKind = "departure" // the clinician means to stay below a duty
	KindNotice    EscalationKind = "notice"    // a duty applies: told at the same moment, nothing waits
	KindDanger    EscalationKind = "danger"    // immediate danger: the same, at once and to everybody
)

// An EscalationState is where an escalation stands.
type EscalationState string

// The states. The first three are live.
const (
	StateWaiting  EscalationState = "waiting"  // paged, not seen
	StateSeen     EscalationState = "seen"     // seen, not decided
	StateAsked    EscalationState = "asked"    // the supervisor asked, the clinician has not answered
	StateApproved EscalationState = "approved" // with or without conditions: the last turn says
	StateDeclined EscalationState = "declined"
	StateHeard    EscalationState = "heard"   // a notice that somebody has taken up
	StateVoid     EscalationState = "void"    // what was to be decided has changed
	StateDropped  EscalationState = "dropped" // withdrawn, or the consult ended first
)

// A TurnKind is one thing that happened in an escalation.
type TurnKind string

// The kinds of turns.
const (
	TurnPaged       TurnKind = "paged"       // By was paged
	TurnSkipped     TurnKind = "skipped"     // a step without anybody who can be reached; Codes holds its number, from 1
	TurnUnreachable TurnKind = "unreachable" // By could not be reached
	TurnSeen        TurnKind = "seen"
	TurnReminded    TurnKind = "reminded"
	TurnPassed      TurnKind = "passed" // nobody answered in time: the next step
	TurnNobody      TurnKind = "nobody" // nobody is left
	TurnAsked       TurnKind = "asked"  // Codes: [Inquiries]
	TurnAnswered    TurnKind = "answered"
	TurnAside       TurnKind = "aside"   // By stepped aside, no reason asked
	TurnAnother     TurnKind = "another" // the clinician asked for somebody else than Codes[0], no reason asked
	TurnApproved    TurnKind = "approved"
	TurnConditions  TurnKind = "conditions" // approved with conditions; Codes: [Conditions]
	TurnDeclined    TurnKind = "declined"   // Codes: [DeclineReasons]
	TurnHeard       TurnKind = "heard"
	TurnVoid        TurnKind = "void"
	TurnDropped     TurnKind = "dropped"
	TurnHeld        TurnKind = "held"   // it waits for the end of the quiet hours
	TurnUnseen      TurnKind = "unseen" // By has seen it and cannot take it after all
	TurnTaken       TurnKind = "taken"  // By is on duty now and took it up without being paged
	TurnHanded      TurnKind = "handed" // By handed it over to Codes[0]
)

// A Turn is one thing that happened in an escalation.
type Turn struct {
	Kind  TurnKind  `json:"kind"`
	By    PersonID  `json:"by,omitempty"` // "" for the clock
	At    time.Time `json:"at"`
	Codes []Code    `json:"codes,omitempty"` // [CodeOwnWords] stands for the note of the same moment
}

// Live reports whether an answer is still awaited.
func (e Escalation) Live() bool {
	return e.State == StateWaiting || e.State == StateSeen || e.State == StateAsked
}

// Decides reports whether a supervisor's decision is asked for, not just told.
func (e Escalation) Decides() bool { return e.Kind == KindSignOff || e.Kind == KindDeparture }

// signed are the different people who have approved.
func (e Escalation) signed() []PersonID {
	var people []PersonID
	for _, t := range e.Turns {
		if t.Kind == TurnApproved || t.Kind == TurnConditions {
			people = union(people, []PersonID{t.By})
		}
	}
	return people
}

// has reports whether somebody has it in hand: they have seen it since they were
// paged last, have not given it back and have not let its time pass.
func (e Escalation) has(p PersonID) bool {
	for _, t := range slices.Backward(e.Turns) {
		if t.By != p {
			continue
		}
		switch t.Kind {
		case TurnSeen:
			return true
		case TurnPaged, TurnUnseen, TurnPassed, TurnHanded, TurnApproved, TurnConditions:
			return false
		}
	}
	return false
}

// inHand is when it was seen by the one who has it in hand now.
func (e Escalation) inHand() (Turn, bool) {
	for _, t := range slices.Backward(e.Turns) {
		if t.Kind == TurnSeen && e.has(t.By) {
			return t, true
		}
	}
	return Turn{}, false
}

// Last returns the last turn of one of the kinds.
func (e Escalation) Last(kinds ...TurnKind) (Turn, bool) {
	for _, t := range slices.Backward(e.Turns) {
		if slices.Contains(kinds, t.Kind) {
			return t, true
		}
	}
	return Turn{}, false
}
