// Package dialog holds a consult as a value and what may happen to it. It does
// no I/O, reads no clock and starts no goroutine.
package dialog

import (
	"slices"
	"time"

	"curbside/rules"
)

// A Consult is the whole state of one consultation. It holds codes, bands,
// times of the practice's own doings and scrubbed text only, and is kept
// sealed, as JSON. Nothing changes a Consult in place: [Apply] returns its
// successor. All times are UTC and whole seconds.
type Consult struct {
	Handle    string    `json:"handle"`
	Version   uint64    `json:"version"`
	Opened    time.Time `json:"opened"`
	Touched   time.Time `json:"touched"` // the last press of a person
	Clinician PersonID  `json:"clinician"`
	Phase     Phase     `json:"phase"`
	// Ask is the question of now when the clinician chose it ([Subject]); ""
	// leaves the choice to the law.
	Ask Subject `json:"ask,omitempty"`

	Case        Case            `json:"case"`
	Changes     []Change        `json:"changes,omitempty"` // answers that were taken back, oldest first
	Found       *Found          `json:"found,omitempty"`   // the finding as it last stood
	Danger      *Danger         `json:"danger,omitempty"`  // immediate danger, once it was declared
	Plan        *Plan           `json:"plan,omitempty"`    // what the clinician means to do
	Escalations []Escalation    `json:"escalations,omitempty"`
	Marks       map[TaskID]Mark `json:"marks,omitempty"`      // what was done
	Log         []Marked        `json:"log,omitempty"`        // every mark that was set or taken back, oldest first
	Late        []Late          `json:"late,omitempty"`       // the deadlines that passed without a mark
	Looks       []Look          `json:"looks,omitempty"`      // second looks at the risk
	More        []Further       `json:"more,omitempty"`       // where the clinician goes further than the finding
	Departures  []Departure     `json:"departures,omitempty"` // where the clinician stays below a duty
	Response    Code            `json:"response,omitempty"`   // how the client responded: [Responses]
	Notes       []Note          `json:"notes,omitempty"`
	End         *Ending         `json:"end,omitempty"`

	Moved Moved `json:"moved,omitzero"`
}

// A Phase is one of the five steps of the ETHIC model.
type Phase string

// The phases, in order.
const (
	PhaseEvaluate    Phase = "evaluate"    // where, who, which concerns, and the questions the law needs
	PhaseThink       Phase = "think"       // the finding, benefits and harms
	PhaseHypothesise Phase = "hypothesise" // the alternatives, least intrusive first
	PhaseIdentify    Phase = "identify"    // who would be told, the minimum, what to leave out
	PhaseConsult     Phase = "consult"     // sign-off or notice, the action list, the record
)

// A Code is a word of one of the dialog's closed lists (codes.go). It means the same for ever.
type Code string

// A Subject names what can be asked and changed: one of the constants below or
// "fact." and the id of a fact.
type Subject string

// The subjects that are no facts.
const (
	SubjectClient     Subject = "client"     // where the client is
	SubjectAnywhere   Subject = "anywhere"   // the same, with every jurisdiction on offer
	SubjectLicence    Subject = "licence"    // where the clinician is licensed
	SubjectProfession Subject = "profession" // the clinician's licence
	SubjectTopics     Subject = "topics"     // the concerns
	SubjectLearned    Subject = "learned"    // when the clinician learned of it
)

// SubjectOf returns the subject of a fact.
func SubjectOf(f rules.FactID) Subject { return Subject("fact." + f) }

// A Case is everything a finding rests on. It holds codes only.
type Case struct {
	Where      Whereabouts          `json:"where,omitempty"`   // "" until it is answered
	Client     rules.JurisdictionID `json:"client,omitempty"`  // [WhereKnown] only
	Licence    rules.JurisdictionID `json:"licence,omitempty"` // or [NoLicence]
	Profession rules.ProfessionID   `json:"profession,omitempty"`
	Topics     []rules.TopicID      `json:"topics,omitempty"`
	Facts      rules.Facts          `json:"facts,omitempty"`
	Order      []Given              `json:"order,omitempty"`   // the facts as they were answered
	Learned    Code                 `json:"learned,omitempty"` // when the clinician learned of it: [LearnedBands]
	AsOf       rules.Date           `json:"as_of"`             // the day on which the consult was opened
}

// A Given is one fact that was answered, and when.
type Given struct {
	Fact  rules.FactID `json:"f"`
	After int          `json:"s"` // seconds after the consult was opened
}

// Whereabouts says what is known of where the client is.
type Whereabouts string

// What can be known of where the client is.
const (
	WhereKnown     Whereabouts = "known"
	WhereUnknown   Whereabouts = "unknown"   // the clinician does not know
	WhereElsewhere Whereabouts = "elsewhere" // outside every jurisdiction of the book
)

// given is when a fact was answered.
func (c Consult) given(g Given) time.Time { return c.Opened.Add(time.Duration(g.After) * time.Second) }

// NoLicence is the licence of somebody who holds none yet, such as a trainee.
const NoLicence rules.JurisdictionID = "none"

// A Change is an answer that was taken back.
type Change struct {
	Subject Subject   `json:"subject"`
	Was     []Code    `json:"was,omitempty"` // the codes before, [CodeUnknown] for "I don't know"
	At      time.Time `json:"at"`
}

// Found is the finding as it last stood, so that a change can be shown and
// nothing is lifted silently.
type Found struct {
	At       time.Time                     `json:"at"`
	Complete bool                          `json:"complete,omitempty"` // no question is left
	Packs    []string                      `json:"packs"`              // jurisdiction@hash
	Program  string                        `json:"program,omitempty"`
	Standing map[rules.RuleID]rules.Status `json:"standing,omitempty"` // those that apply or are undetermined
	Before   map[rules.RuleID]rules.Status `json:"before,omitempty"`   // as it stood before the last change of it, until the clinician has seen that
}

// Danger says that somebody is in immediate danger.
type Danger struct {
	By   PersonID   `json:"by"`
	At   time.Time  `json:"at"`
	Over *time.Time `json:"over,omitempty"` // when it was said to have passed
}

// A Plan is what the clinician means to do.
type Plan struct {
	Actions   []rules.ActionID `json:"actions"` // in the order in which they were offered: least intrusive first
	At        time.Time        `json:"at"`
	Confirmed bool             `json:"confirmed,omitempty"` // past the Identify phase
}

// A TaskID names one line of the action list for ever: the action, then the
// jurisdiction and its agency, then the form, as far as there are any.
type TaskID string

// A Mark is what became of one line of the action list.
type Mark struct {
	By    PersonID  `json:"by"`
	At    time.Time `json:"at"`
	Tried bool      `json:"tried,omitempty"` // tried and not reached: the line stays open
	// For are the rules the line stood for when it was marked.
	For  []rules.RuleID `json:"for,omitempty"`
	Told Code           `json:"told,omitempty"` // how much was told: [ToldAmounts]
	// Kept is the explicit decision on something done for a duty that no
	// longer stands in the finding: [ActedDecisions]. "" while it is owed.
	Kept Code `json:"kept,omitempty"`
}

// A Marked is one press on a line of the action list: a try that reached nobody
// stays in the record when the next one did.
type Marked struct {
	Task TaskID    `json:"task"`
	Did  Action    `json:"did"` // [ActDone], [ActTried], [ActTold], [ActUndo] or [ActKept]
	By   PersonID  `json:"by"`
	At   time.Time `json:"at"`
	Code Code      `json:"code,omitempty"` // [ToldAmounts] or [ActedDecisions]
}

// A Late is a deadline that passed while it was not marked as met.
type Late struct {
	Clock string    `json:"clock"`
	At    time.Time `json:"at"`
}

// A Further is one thing the clinician does beyond the finding. It needs a
// coded reason and nobody's leave.
type Further struct {
	Action rules.ActionID `json:"action"`
	Reason Code           `json:"reason"` // [MoreReasons]
	At     time.Time      `json:"at"`
}

// A Departure is a duty the clinician does not mean to meet. It never takes the
// duty off the card.
type Departure struct {
	Rule       rules.RuleID `json:"rule"`
	Reason     Code         `json:"reason"` // [DepartureReasons]
	At         time.Time    `json:"at"`
	Escalation int          `json:"escalation"` // the number of the one that decides it
	Withdrawn  bool         `json:"withdrawn,omitempty"`
}

// A NoteKind says which of the few free-text fields a text was written in.
type NoteKind string

// The free-text fields.
const (
	NoteQuestion  NoteKind = "question"  // the clinician's question to the supervisor
	NoteRationale NoteKind = "rationale" // the clinician's reasons; also the answer to a supervisor's question
	NoteCondition NoteKind = "condition" // a condition of approval
	NoteDecline   NoteKind = "decline"   // a reason for declining
	NoteInquiry   NoteKind = "inquiry"   // the supervisor's question to the clinician
)

// A Note is free text that has passed the scrubber.
type Note struct {
	Kind       NoteKind  `json:"kind"`
	By         PersonID  `json:"by"`
	At         time.Time `json:"at"`
	Escalation int       `json:"escalation,omitempty"`
	Text       string    `json:"text"`
}

// An Ending is how a consult ended; only its record is left.
type Ending struct {
	How    Code      `json:"how"`              // [EndClosed], [EndCancelled] or [EndLapsed]
	Reason Code      `json:"reason,omitempty"` // cancelled: [CancelReasons]
	By     PersonID  `json:"by,omitempty"`     // "" when nobody pressed any more
	At     time.Time `json:"at"`
}

// Moved keeps the versions at which the parts of a consult last changed. A
// press on an older view counts only when nothing it depends on has moved since.
type Moved struct {
	Case uint64 `json:"case,omitempty"` // answers, and so the finding
	Plan uint64 `json:"plan,omitempty"` // phase and plan
}

// Closed reports whether the consult has ended and only its record is left.
func (c Consult) Closed() bool { return c.End != nil }

// Involved returns the people on whose lists the consult stands now, sorted:
// its clinician while it is open, and those whose answer it waits for.
func (c Consult) Involved() []PersonID {
	if c.Closed() {
		return nil
	}
	people := []PersonID{c.Clinician}
	for _, e := range c.Escalations {
		if e.Live() {
			people = append(people, e.Paged...)
		}
	}
	slices.Sort(people)
	return slices.Compact(people)
}
