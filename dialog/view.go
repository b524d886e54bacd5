package dialog

import "time"

// A View is what one surface shows, in no platform's words. Every string is
// plain text: an adapter escapes all of it and interprets nothing in it.
type View struct {
	Title  string // at most 120 characters
	Status string // one short line under the title: phase and who it waits for
	Blocks []Block
	// Fallback is the notification text. It lands on lock screens, so it holds
	// the handle and a code of what happened, never an answer or a finding.
	Fallback string
}

// A Block is one part of a view: [Text], [Pairs], [List], [Law], [Choices],
// [Buttons], [Checklist] or [Clock].
type Block interface{ block() }

// A Tone tells an adapter how to set a text apart. What the law says is never
// set in the same tone as what is good practice.
type Tone string

// The tones.
const (
	TonePlain    Tone = ""
	ToneHeading  Tone = "heading"
	ToneMuted    Tone = "muted"
	TonePractice Tone = "practice" // good practice, not law
	ToneWarning  Tone = "warning"  // something is down, late or a departure
	ToneUrgent   Tone = "urgent"   // emergency steps
	ToneGood     Tone = "good"     // done, approved
)

// Text is one paragraph.
type Text struct {
	Tone Tone
	Text string // at most 2,500 characters
}

// Pairs lists what is known: label and value.
type Pairs struct {
	Title string
	Items []Pair
}

// A Pair is one labelled value, with the press that changes it, if any.
type Pair struct {
	Label, Value string
	Change       *Button
}

// List is a bulleted or numbered list.
type List struct {
	Tone    Tone
	Title   string
	Ordered bool
	Items   []string
}

// Law is one rule as a card shows it: what the law says, kept apart from advice.
type Law struct {
	Effect    string // such as "You must", "You may", "A limit the law sets", "Undetermined: you must, if it applies"
	Kind      string // must, may, must_not, should, undetermined, statement, conflict: for styling
	Title     string
	Text      string
	Points    []string // elements met, deadlines, who is told
	Citations []string
	Footer    string // as-of date, review status, confidence
}

// Choices are the answers to one question. An adapter picks buttons, a select,
// radio groups or checkboxes by their number.
type Choices struct {
	ID       string // stable for one question
	Prompt   string
	Help     string
	Multiple bool // several may be picked, then Submit is pressed
	Options  []Option
	Submit   Press  // Multiple only: the picked option values become its last arguments
	Label    string // Multiple only: the label of the submit button
}

// An Option is one answer.
type Option struct {
	Label    string // at most 70 characters
	Help     string // at most 70 characters
	Value    string // Multiple only: the code that is added to Submit
	Press    Press  // otherwise: what choosing it means
	Selected bool
}

// Buttons is a row of buttons; an adapter may break it into several rows.
type Buttons struct{ Items []Button }

// A ButtonStyle tells an adapter how much a button stands out.
type ButtonStyle string

// The styles.
const (
	StyleDefault ButtonStyle = ""
	StylePrimary ButtonStyle = "primary"
	StyleDanger  ButtonStyle = "danger"
)

// A Button is one thing to press.
type Button struct {
	Label   string // at most 30 characters
	Press   Press
	Style   ButtonStyle
	Confirm string // when set, asked before the press counts; at most 280 characters
	Opens   bool   // the reply is a form: platforms with short-lived triggers prepare for it
}

// Checklist is the action list: what is to be done, and what is.
type Checklist struct {
	Title string
	Items []CheckItem
}

// A CheckItem is one action of the list.
type CheckItem struct {
	Label  string
	Detail string
	Done   string // "" while open; else who did it and when, by role and relative time
	Press  *Button
}

// Clock is a deadline. An adapter shows it in the reader's own time.
type Clock struct {
	Label string
	Due   time.Time
	Done  bool
}

// Pointer leads to another surface of the same consult, such as the thread
// from a direct message. The adapter turns it into a link.
type Pointer struct {
	Label  string
	Handle string
}

func (Text) block()      {}
func (Pairs) block()     {}
func (List) block()      {}
func (Law) block()       {}
func (Choices) block()   {}
func (Buttons) block()   {}
func (Checklist) block() {}
func (Clock) block()     {}
func (Pointer) block()   {}

// A Form is a modal with text fields. Everything that can be chosen is chosen
// before, by code, because one platform's modals hold text only.
type Form struct {
	Title  string // at most 24 characters
	Intro  string
	Submit Press
	Label  string // of the submit button, at most 24 characters
	Fields []Field
}

// A FieldID names one field of a form.
type FieldID string

// A Field is one free-text field. Its text passes the scrubber before anything is kept.
type Field struct {
	ID        FieldID
	Label     string // at most 45 characters
	Hint      string // at most 150 characters
	Value     string
	Multiline bool
	Required  bool
	MaxLength int // characters
}

// A File is something to download. Its name holds the handle and nothing else.
type File struct {
	Name    string // "amber-heron-42.pdf"
	Type    string // media type
	Title   string
	Content []byte
}
