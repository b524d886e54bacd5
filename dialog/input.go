package dialog

import (
	"time"

	"curbside/dialog/deid"
	"curbside/rules"
)

// An Action is what a press or a timer asks for. The constants below are all
// there are; an unknown one is refused.
type Action string

// An Input is one thing that happened to a consult.
type Input struct {
	ID      string   // the platform's id of the interaction, or the timer's
	Actor   PersonID // "" for timers
	Version uint64   // the version of the view that was pressed; 0 for timers
	Action  Action
	Args    []string
	Form    map[FieldID]string // raw text of a submitted form; scrubbed before anything else
}

// Env is everything the dialog needs besides the consult and the input, so
// that it reads no clock, does no I/O and has no state.
type Env struct {
	Book     *rules.Book
	Practice *Practice
	Scrubber *deid.Scrubber
	Program  string // the version of the program, for the record
	Now      time.Time
	Covers   []Cover   // the duties that were taken over in chat
	Trouble  []Trouble // what is failing right now, so that the card says so
	Heads    string    // of the audit chain, in one word, for what owners are told every week
}

// A Trouble is something people rely on that is failing.
type Trouble string

// The troubles.
const (
	TroublePager    Trouble = "pager"    // pages do not leave the chat
	TroubleTimers   Trouble = "timers"   // timers are late: nobody may be paged in time
	TroubleDelivery Trouble = "delivery" // messages are late
)

// A Reply is what the presser sees besides the surface that was pressed, which
// the caller renders anew with [Render]. All parts may be empty.
type Reply struct {
	FieldErrors map[FieldID]string // keeps the form open; excludes the other parts but Rewrite
	Rewrite     *Form              // the refused form with the scrubbed text, for platforms that cannot keep one open
	Form        *Form              // opens a form
	Notice      string             // a private line: a hint, a refusal, who was faster
	Private     *View              // shown to the presser alone, beside the surface
	File        *File              // a download for the presser alone
}

// An AuditEntry is one link of the audit chain: codes, staff ids, pack hashes
// and times only.
type AuditEntry struct {
	Handle string            `json:"consult"`
	Actor  PersonID          `json:"actor,omitempty"`
	Action Action            `json:"action"`
	Codes  map[string]string `json:"codes,omitempty"`
	Packs  []string          `json:"packs,omitempty"` // jurisdiction@hash
	At     time.Time         `json:"at"`
}

// An Outcome is what an input leads to. When Changed is false nothing is to be
// committed: the input was stale, refused or only asked for something to read.
type Outcome struct {
	Consult Consult
	Changed bool
	Reply   Reply
	Effects []Effect
	Timers  []Timer
	Audit   []AuditEntry
}
