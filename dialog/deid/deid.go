// Package deid finds client identifiers in free text before anything is kept
// or shown. It errs towards refusing: what nothing has declared harmless is an
// identifier. It does no I/O after [New].
package deid

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"curbside/dialog/deid/internal/fold"
	"curbside/dialog/deid/internal/lexicon"
)

// MaxBytes is the longest text that is looked through; a longer one is refused whole.
const MaxBytes = 1 << 20

// A Kind is a category of identifier, after 45 CFR 164.514(b)(2)(i).
type Kind string

// A Span is one identifier found. Start and End are offsets in code points of
// the original text, half open, on whole words.
type Span struct {
	Start, End  int
	Kind        Kind
	Why         string // for people: "looks like a person's name"
	Replacement string // what to write instead: "[name]", "[sibling]", "[date]"
}

// Options are what a practice may set.
type Options struct {
	// Allow holds words that are harmless in this practice. They count only as
	// plain words: numbers, dates, addresses and names after a cue ("Dr. …",
	// "her brother …") are found all the same.
	Allow []string
	// Forbid holds words that are always refused.
	Forbid []string
	// Handle reports what the program itself called a consult, such as
	// "mellow-heron-42", in small letters. What it reports stays wherever it
	// stands by itself, plainly written; nil reports nothing. It must be safe for
	// concurrent use and should know a closed list: what it reports is never refused.
	Handle func(string) bool
}

// A Scrubber is immutable and safe for concurrent use.
type Scrubber struct {
	words         *lexicon.Lexicon
	allow, forbid map[string]bool
	handle        func(string) bool
}

// New builds a scrubber from the embedded dictionaries.
func New(o Options) (*Scrubber, error) {
	words, err := lexicon.Embedded()
	if err != nil {
		return nil, fmt.Errorf("build the scrubber: %w", err)
	}
	return &Scrubber{words: words, allow: wordSet(o.Allow), forbid: wordSet(o.Forbid), handle: o.Handle}, nil
}

func wordSet(entries []string) map[string]bool {
	set := make(map[string]bool)
	for _, e := range entries {
		for _, w := range strings.FieldsFunc(fold.Word(e), func(r rune) bool { return r == ' ' || r == '-' || r == '.' }) {
			set[strings.TrimSuffix(w, "'s")] = true
		}
	}
	return set
}

// Lists is the SHA-256 of the word lists, in hexadecimal: with the version of
// the program it fixes what is found.
func (s *Scrubber) Lists() string { return s.words.Hash() }

// Find returns the identifiers in text, in order and without overlap. Text
// that is not valid UTF-8 or longer than [MaxBytes] is one span. It takes time
// linear in the length of text.
//
// Should looking fail, the text counts as unreadable: a fault of ours refuses a
// text, it never lets one through and never repeats it.
func (s *Scrubber) Find(text string) (spans []Span) {
	if text == "" {
		return nil
	}
	defer func() {
		if recover() != nil {
			spans = []Span{Unreadable.Of(0, utf8.RuneCountInString(text))}
		}
	}()
	if len(text) > MaxBytes || !utf8.ValidString(text) {
		return []Span{Unreadable.Of(0, utf8.RuneCountInString(text))}
	}
	return s.settle(text)
}
