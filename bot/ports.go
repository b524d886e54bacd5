package bot

import (
	"context"
	"errors"
	"time"

	"curbside/dialog"
)

// Errors of a [Store]. Any other error means that the store cannot be reached.
var (
	// ErrNotFound says that no consult has the handle, or its retention has ended.
	ErrNotFound = errors.New("no such consult")
	// ErrExists says that a handle is taken: draw another one.
	ErrExists = errors.New("handle is taken")
	// ErrConflict says that the consult has moved on: load again, apply again.
	ErrConflict = errors.New("consult has moved on")
	// ErrSeen says that the input was committed before.
	ErrSeen = errors.New("input was committed before")
)

// A Record is what is kept of one consult, sealed. The practice's desk is kept as
// a record as well, so that its steps are committed with their audit entries,
// effects and timers like any other: of its Consult only handle and version are
// set then.
type Record struct {
	Consult dialog.Consult `json:"consult"`
	Home    Place          `json:"home"`           // where its card lives
	Desk    *dialog.Desk   `json:"desk,omitempty"` // [dialog.DeskHandle] only
}

// A Commit moves a consult from one version to the next, all or nothing.
type Commit struct {
	Record  Record // Consult.Version is the new version: one more than the one loaded
	InputID string // remembered for an hour; "" is not remembered
	Effects []dialog.Effect
	Timers  []dialog.Timer
	Audit   []dialog.AuditEntry
	Left    []dialog.PersonID // no longer involved
	Joined  []dialog.PersonID // involved from now on
	Keep    time.Duration     // how long from now the consult is kept
}

// A Store keeps consults. It is safe for concurrent use.
type Store interface {
	// Load returns a consult, or [ErrNotFound].
	Load(ctx context.Context, handle string) (Record, error)
	// Commit keeps c. With version 1 it creates the consult or returns
	// [ErrExists]; otherwise it returns [ErrConflict] when the version kept is
	// not the one before, and [ErrSeen] when c.InputID was committed before.
	// Effects, timers and audit entries are kept in the same step or not at all.
	Commit(ctx context.Context, c Commit) error
	// Involving returns the handles of the consults a person is involved in.
	Involving(ctx context.Context, p dialog.PersonID) ([]string, error)
	// Refs returns where the surfaces of a consult stand: see [RefCard] and [RefPerson].
	Refs(ctx context.Context, handle string) (map[string]Ref, error)
}

// RefCard is the key under which [Store.Refs] keeps the consult's living card.
const RefCard = "card"

// RefPerson is the key under which [Store.Refs] keeps a person's direct message.
func RefPerson(p dialog.PersonID) string { return "person/" + string(p) }

// A Worker does what the outbox hands out. The outbox calls it at least once
// for every effect and timer; never twice at the same time for one surface of a
// consult (its card, its thread, one person's page, message or pager), and never
// twice at the same time for the timers of one consult. Two people of a consult
// may be paged at the same moment.
type Worker interface {
	// Deliver delivers one effect. refs is what [Store.Refs] holds for its
	// consult; again says that an earlier try may have arrived, by this process or
	// by one that died. A Ref in the receipt is kept under key ("" keeps none).
	Deliver(ctx context.Context, e dialog.Effect, refs map[string]Ref, again bool) (r Receipt, key string)
	// Fire hands a due timer to its consult. An error fires it again later.
	Fire(ctx context.Context, handle string, id dialog.TimerID) error
}
