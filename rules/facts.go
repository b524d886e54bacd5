package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// An Answer is what is known of one fact.
type Answer struct {
	Values  []Value // one for bool and choice; any number, sorted, for choices
	Unknown bool    // "I don't know": an answer that leaves the fact open and is not asked again
}

// Facts are the answers given so far. A fact that is missing was not asked.
// As JSON: true, "choice", ["one","two"], and null for "I don't know".
type Facts map[FactID]Answer

// MarshalJSON writes true or false, one choice as text, any other number of
// choices as a list, and null for "I don't know".
func (a Answer) MarshalJSON() ([]byte, error) {
	switch {
	case a.Unknown:
		return []byte("null"), nil
	case len(a.Values) == 0:
		return []byte("[]"), nil
	case len(a.Values) > 1:
		return json.Marshal(a.Values)
	case a.Values[0] == Yes || a.Values[0] == No:
		return json.Marshal(a.Values[0] == Yes)
	}
	return json.Marshal(a.Values[0])
}

var errNoAnswer = errors.New(`an answer is true, false, "a choice", ["a","list"] or null for I don't know`)

// UnmarshalJSON reads what MarshalJSON writes, and a list of one choice. Only
// [Book.ParseFacts] knows whether the answer fits its fact.
func (a *Answer) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	*a = Answer{}
	switch {
	case bytes.Equal(data, []byte("null")):
		a.Unknown = true
	case bytes.Equal(data, []byte("true")):
		a.Values = []Value{Yes}
	case bytes.Equal(data, []byte("false")):
		a.Values = []Value{No}
	case len(data) > 0 && data[0] == '"':
		a.Values = make([]Value, 1)
		return json.Unmarshal(data, &a.Values[0])
	case len(data) > 0 && data[0] == '[':
		if err := json.Unmarshal(data, &a.Values); err != nil {
			return errNoAnswer
		}
		slices.Sort(a.Values)
	default:
		return errNoAnswer
	}
	return nil
}

// ParseFacts reads answers from JSON, an object of fact ids. Its error is a
// *[QueryError] when a fact or an answer is not in the vocabulary.
func (b *Book) ParseFacts(data []byte) (Facts, error) {
	var facts Facts
	if err := json.Unmarshal(data, &facts); err != nil {
		return nil, fmt.Errorf("reading the answers: %w", err)
	}
	if err := b.checkFacts(facts); err != nil {
		return nil, err
	}
	return facts, nil
}

func (b *Book) checkFacts(facts Facts) error {
	for _, id := range sortedKeys(facts) {
		f, ok := b.facts[FactID(id)]
		if !ok {
			return queryFault("unknown fact %q; %s", id, suggest(id, sortedKeys(b.facts)))
		}
		if err := checkAnswer(f, facts[f.ID]); err != nil {
			return err
		}
	}
	return nil
}

// checkAnswer says what is wrong with an answer to f.
func checkAnswer(f *Fact, a Answer) error {
	if a.Unknown {
		if len(a.Values) > 0 {
			return queryFault("fact %q is answered with values and with I don't know", f.ID)
		}
		return nil
	}
	if f.Kind != Choices && len(a.Values) != 1 {
		return queryFault("fact %q has %d answers; give one of %v", f.ID, len(a.Values), f.values())
	}
	for i, v := range a.Values {
		if !slices.Contains(f.values(), v) {
			return queryFault("%q is no answer to fact %q; give one of %v", v, f.ID, f.values())
		}
		if slices.Contains(a.Values[:i], v) {
			return queryFault("fact %q is answered with %q twice", f.ID, v)
		}
	}
	return nil
}

// A QueryError says what in a query the book does not know.
type QueryError struct{ What string }

// Error implements error.
func (e *QueryError) Error() string { return e.What }

func queryFault(format string, args ...any) error {
	return &QueryError{What: fmt.Sprintf(format, args...)}
}
