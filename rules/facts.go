package rules

import (
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

// checkAnswer says what is wrong with an answer to f.
func checkAnswer(f *Fact, a Answer) error {
	if a.Unknown {
		if len(a.Values) > 0 {
			return queryFault("fact %q is answered with values and with I don't know", f.ID)
		}
		return nil
	}
	if f.Kind != Choices && len(a.Values) != 1 {
		return queryFault("fact %q is answered with %d values instead of one of %v", f.ID, len(a.Values), f.values())
	}
	for i, v := range a.Values {
		if !slices.Contains(f.values(), v) {
			return queryFault("%q is no answer to fact %q; valid are %v", v, f.ID, f.values())
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
