// Package deid finds client identifiers in free text before anything is kept
// or shown. It errs towards refusing. It does no I/O after [New].
package deid

// A Kind is a category of identifier, after 45 CFR 164.514(b)(2)(i).
type Kind string

// A Span is one identifier found. Start and End are offsets in code points of
// the original text, half open, on whole words.
type Span struct {
	Start, End  int
	Kind        Kind
	Why         string // for people: "looks like a person's name"
	Replacement string // what to write instead: "[name]", "[last week]"
}

// Options are what a practice may set.
type Options struct {
	Allow  []string // words that are harmless in this practice; hard categories cannot be allowed
	Forbid []string // words that are always refused
}

// A Scrubber is immutable and safe for concurrent use.
type Scrubber struct{}

// New builds a scrubber from the embedded dictionaries.
func New(o Options) (*Scrubber, error) { return &Scrubber{}, nil }

// Find returns the identifiers in text, in order and without overlap. Text
// that is not valid UTF-8 or too long is one span.
func (s *Scrubber) Find(text string) []Span { return nil }

// Replace returns text with every identifier replaced by a placeholder that is
// consistent within the text, and the spans that were replaced.
func (s *Scrubber) Replace(text string) (string, []Span) { return text, nil }
