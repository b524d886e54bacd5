package deid

import "strings"

// A vocabulary is a set of words. Most of what it is asked for is not in it, which
// the length and the first letter tell in most cases.
type vocabulary struct {
	words  map[string]bool
	firsts [maxLength + 1]uint32 // by length, a bit for each first letter
}

// maxLength is the longest length told apart; longer words share the last place.
const maxLength = 15

// wordsOf returns the set of the words in s, which white space separates.
func wordsOf(s string) *vocabulary {
	set := &vocabulary{words: make(map[string]bool)}
	for _, w := range strings.Fields(s) {
		set.words[w] = true
		set.firsts[min(len(w), maxLength)] |= 1 << (w[0] & 31)
	}
	return set
}

func (s *vocabulary) has(w string) bool {
	return w != "" && s.firsts[min(len(w), maxLength)]&(1<<(w[0]&31)) != 0 && s.words[w]
}
