package deid

import (
	"math/bits"
	"strings"
)

// A vocabulary is a set of words of up to 31 bytes. Most of what it is asked for is
// not in it, which the length with the first and the last letter tells in most cases.
type vocabulary struct {
	firsts, lasts [256]uint32 // by byte, a bit for each length
	slots         []string    // open addressing, at most a quarter full
	shift         int         // of a hash of 32 bits, to get a slot
}

// wordsOf returns the set of the words in s, which white space separates. A word
// that is too long would never be found, so that it panics.
func wordsOf(s string) *vocabulary {
	words := strings.Fields(s)
	size := 2 + bits.Len(uint(len(words)))
	set := &vocabulary{slots: make([]string, 1<<size), shift: 32 - size}
	for _, w := range words {
		if len(w) > 31 {
			panic("a word is too long for a vocabulary: " + w)
		}
		set.firsts[w[0]] |= 1 << len(w)
		set.lasts[w[len(w)-1]] |= 1 << len(w)
		set.slots[set.slot(w)] = w
	}
	return set
}

func (s *vocabulary) has(w string) bool {
	return w != "" && s.firsts[w[0]]>>len(w)&1 != 0 && s.holds(w)
}

func (s *vocabulary) holds(w string) bool {
	return s.lasts[w[len(w)-1]]>>len(w)&1 != 0 && s.slots[s.slot(w)] != ""
}

// slot returns where w stands, or the empty place where it would.
func (s *vocabulary) slot(w string) int {
	n := len(w)
	h := (uint32(w[0]) | uint32(w[n-1])<<8 | uint32(w[n/2])<<16 | uint32(w[n/4]^byte(n))<<24) * 0x9E3779B1
	i := int(h >> s.shift)
	for s.slots[i] != "" && s.slots[i] != w {
		i = (i + 1) & (len(s.slots) - 1)
	}
	return i
}

// endings are what words end in, by the last byte.
type endings [256][]string

// endingsOf returns the endings in s, which white space separates.
func endingsOf(s string) *endings {
	var e endings
	for _, end := range strings.Fields(s) {
		last := end[len(end)-1]
		e[last] = append(e[last], end)
	}
	return &e
}
