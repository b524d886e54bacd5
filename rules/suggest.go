package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Of more words than mostKnown the nearestKnown are said alone.
const (
	mostKnown    = 30
	nearestKnown = 5
)

// suggest says what would be right instead of an unknown word: the one nearest
// in spelling, or all that are known, or of many the nearest.
func suggest(word string, known []string) string {
	best, least := "", 1+len(word)/3
	for _, k := range known {
		if d := editDistance(word, k); d <= least {
			best, least = k, d-1
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	case len(known) == 0:
		return "there is none to choose from"
	case len(known) <= mostKnown:
		return "known are " + strings.Join(known, ", ")
	}
	return fmt.Sprintf("of %d the nearest are %s", len(known), strings.Join(nearest(word, known), ", "))
}

// nearest returns the words most like one: those that share the most of its
// parts, and of these the nearest in spelling.
func nearest(word string, known []string) []string {
	parts := strings.FieldsFunc(word, separates)
	near := slices.SortedStableFunc(slices.Values(known), func(a, b string) int {
		return cmp.Or(
			cmp.Compare(shared(parts, b), shared(parts, a)),
			cmp.Compare(editDistance(word, a), editDistance(word, b)),
		)
	})
	return near[:min(nearestKnown, len(near))]
}

// shared counts the parts that a word has too.
func shared(parts []string, word string) int {
	n := 0
	has := strings.FieldsFunc(word, separates)
	for _, part := range parts {
		if slices.Contains(has, part) {
			n++
		}
	}
	return n
}

func separates(letter rune) bool { return letter == '_' || letter == '.' || letter == '-' }

// editDistance counts the letters to insert, delete or replace to get from a to b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
