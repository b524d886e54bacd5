package rules

// An Answer is what is known of one fact.
type Answer struct {
	Values  []Value // one for bool and choice; any number, sorted, for choices
	Unknown bool    // "I don't know": an answer that leaves the fact open and is not asked again
}

// Facts are the answers given so far. A fact that is missing was not asked.
// As JSON: true, "choice", ["one","two"], and null for "I don't know".
type Facts map[FactID]Answer
