// Package packed writes and reads the word lists as they are embedded: all lists
// as one, in order, each word without what it has in common with the one before.
// That is about twice as long as if it were compressed, and read ten times as fast.
package packed

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// maxLists is how many lists there may be, a bit of a set for each.
const maxLists = 64

// errCut says that packed lists end before they should, or hold what no list has.
var errCut = errors.New("the packed word lists are damaged")

// Pack packs lists by name. Words are of 1 to 255 bytes.
func Pack(lists map[string][]string) ([]byte, error) {
	if len(lists) > maxLists {
		return nil, errors.New("too many word lists to pack")
	}
	names := slices.Sorted(maps.Keys(lists))
	in := make(map[string]uint64) // by word, the set of lists that have it
	for i, name := range names {
		for _, w := range lists[name] {
			if w == "" || len(w) > 255 {
				return nil, errors.New("a word is too long to pack, or has no letter")
			}
			in[w] |= 1 << i
		}
	}
	out := binary.AppendUvarint(nil, uint64(len(names)))
	for _, name := range names {
		out = append(append(out, byte(len(name))), name...)
	}
	often := make(map[uint64]int)
	for _, set := range in {
		often[set]++
	}
	// What is frequent comes first, so that one byte tells it.
	sets := slices.SortedFunc(maps.Keys(often), func(a, b uint64) int {
		if often[a] != often[b] {
			return often[b] - often[a]
		}
		return cmp.Compare(a, b)
	})
	number := make(map[uint64]uint64)
	out = binary.AppendUvarint(out, uint64(len(sets)))
	for i, set := range sets {
		number[set] = uint64(i)
		out = binary.AppendUvarint(out, set)
	}
	last := ""
	for _, w := range slices.Sorted(maps.Keys(in)) {
		n := common(last, w)
		out = append(append(out, byte(n), byte(len(w)-n)), w[n:]...)
		out = binary.AppendUvarint(out, number[in[w]])
		last = w
	}
	return out, nil
}

// common returns how many bytes two words begin with alike.
func common(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// Words are packed lists.
type Words struct {
	Lists []string // their names
	Sets  []uint64 // which lists go together: bit i for Lists[i]
	rest  string
}

// Open reads what stands before the words.
func Open(s string) (Words, error) {
	w := Words{rest: s}
	for range w.uvarint(maxLists) {
		n := int(w.uvarint(255))
		if n > len(w.rest) {
			return Words{}, errCut
		}
		w.Lists = append(w.Lists, w.rest[:n])
		w.rest = w.rest[n:]
	}
	for range w.uvarint(1 << 16) {
		w.Sets = append(w.Sets, w.uvarint(math.MaxUint64))
	}
	if len(w.Lists) == 0 || len(w.Sets) == 0 || w.rest == "" {
		return Words{}, errCut
	}
	return w, nil
}

// uvarint reads a number; what is cut short or too large reads as 0.
func (w *Words) uvarint(most uint64) uint64 {
	v, n := binary.Uvarint([]byte(w.rest[:min(len(w.rest), binary.MaxVarintLen64)]))
	if n <= 0 || v > most {
		w.rest = ""
		return 0
	}
	w.rest = w.rest[n:]
	return v
}

// Each calls found with every word, in order, and the number of its set in Sets.
// The word is written over after that.
func (w Words) Each(found func(word []byte, set int)) error {
	var word []byte
	for s := w.rest; len(s) > 0; {
		if len(s) < 3 || int(s[0]) > len(word) || len(s) < 3+int(s[1]) {
			return errCut
		}
		end := 2 + int(s[1])
		word = append(word[:s[0]], s[2:end]...)
		set := int(s[end] & 0x7F)
		for shift := 7; s[end] >= 0x80; shift += 7 {
			end++
			if end == len(s) || shift > 14 {
				return errCut
			}
			set |= int(s[end]&0x7F) << shift
		}
		if set >= len(w.Sets) {
			return errCut
		}
		found(word, set)
		s = s[end+1:]
	}
	return nil
}
