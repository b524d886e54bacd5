// Package dialog holds a consult as a value and what may happen to it. It does
// no I/O, reads no clock and starts no goroutine.
package dialog

// A Consult is the whole state of one consultation. It holds codes, bands,
// relative times and scrubbed text only, and is kept sealed, as JSON.
// Nothing changes a Consult in place: [Apply] returns its successor.
type Consult struct {
	Handle  string `json:"handle"`
	Version uint64 `json:"version"`
}

// Open starts a consult with a fresh handle. Anybody who is no clinician is
// refused with a notice; then Changed is false.
func Open(env Env, handle string, by PersonID, inputID string) Outcome { return Outcome{} }

// Apply is the whole dialog: it returns what input in leads to. It never
// panics and never changes c. The successor's version is c.Version+1.
func Apply(env Env, c Consult, in Input) Outcome { return Outcome{Consult: c} }

// Closed reports whether the consult has ended and only its record is left.
func (c Consult) Closed() bool { return false }

// Involved returns the people on whose lists the consult stands now, sorted:
// its clinician while it is open, and those whose answer it waits for.
func (c Consult) Involved() []PersonID { return nil }
