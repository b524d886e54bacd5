// Package lexicon holds what the scrubber knows about words: common English by
// size, names and places of people all over the world, and the vocabulary of a
// clinic. Everything is embedded and pinned by hash.
package lexicon

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"path"
	"strings"
	"sync"

	"curbside/dialog/deid/internal/packed"
)

//go:generate go run ../wordlists -from "$CURBSIDE_WORD_SOURCES" -to lists
//go:generate go run ../corpus/generate ../../testdata/corpus

//go:embed lists/words.packed
var lists string

//go:embed data/*.txt
var data embed.FS

// A Lexicon maps folded words and phrases to their classes. It is immutable
// and safe for concurrent use.
type Lexicon struct {
	seed    maphash.Seed
	text    []byte
	slots   []uint32 // open addressing: index into entries, plus one
	entries []entry
	hash    string
}

type entry struct {
	from    uint32
	size    uint8
	classes Class
}

// The table is kept less than half full, so that a miss ends at once.
const slotBits = 20

var embedded = sync.OnceValues(load)

// Embedded returns the lexicon of this build. It is decoded once.
func Embedded() (*Lexicon, error) { return embedded() }

// Hash is the SHA-256 of all lists, in hexadecimal: the same hash, the same findings.
func (l *Lexicon) Hash() string { return l.hash }

// Classes returns what is known about a folded word or phrase; 0 for nothing.
func (l *Lexicon) Classes(w string) Class {
	for i := maphash.String(l.seed, w) & (1<<slotBits - 1); ; i = (i + 1) & (1<<slotBits - 1) {
		slot := l.slots[i]
		if slot == 0 {
			return 0
		}
		if e := &l.entries[slot-1]; string(l.text[e.from:e.from+uint32(e.size)]) == w {
			return e.classes
		}
	}
}

// ClassesOf is [Lexicon.Classes] of a word in a buffer.
func (l *Lexicon) ClassesOf(w []byte) Class {
	for i := l.hashOf(w); ; i = (i + 1) & (1<<slotBits - 1) {
		slot := l.slots[i]
		if slot == 0 {
			return 0
		}
		if e := &l.entries[slot-1]; bytes.Equal(l.text[e.from:e.from+uint32(e.size)], w) {
			return e.classes
		}
	}
}

func load() (*Lexicon, error) {
	l := &Lexicon{
		seed:    maphash.MakeSeed(),
		text:    make([]byte, 0, 7<<19),
		slots:   make([]uint32, 1<<slotBits),
		entries: make([]entry, 0, 400_000),
	}
	if err := l.loadLists(); err != nil {
		return nil, fmt.Errorf("read the word lists: %w", err)
	}
	sum := sha256.New()
	sum.Write([]byte(lists))
	names, err := data.ReadDir("data")
	if err != nil {
		return nil, fmt.Errorf("read the word lists: %w", err)
	}
	for _, f := range names {
		b, err := data.ReadFile(path.Join("data", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("read word list %s: %w", f.Name(), err)
		}
		sum.Write(b)
		list, _, _ := strings.Cut(f.Name(), ".")
		class, ok := classOf[list]
		if !ok {
			return nil, fmt.Errorf("word list %s has no class", f.Name())
		}
		for line := range bytes.Lines(b) {
			if line = bytes.TrimSuffix(line, []byte("\n")); len(line) > 0 && line[0] != '#' {
				if class&^pairs != 0 {
					l.open(line, nil)
				}
				l.put(line, class)
			}
		}
	}
	l.hash = hex.EncodeToString(sum.Sum(nil))
	return l, nil
}

// pairs are looked up as a whole, so that nothing opens them.
const pairs = Usage | Compound

// loadLists files the large lists, which hold no word twice.
func (l *Lexicon) loadLists() error {
	words, err := packed.Open(lists)
	if err != nil {
		return err
	}
	classes := make([]Class, len(words.Sets))
	for i, name := range words.Lists {
		class, ok := classOf[name]
		if !ok {
			return fmt.Errorf("word list %s has no class", name)
		}
		for k, set := range words.Sets {
			if set>>i&1 != 0 {
				classes[k] |= class
			}
		}
	}
	hashes := make([]uint32, 0, cap(l.entries))
	err = words.Each(func(w []byte, set int) {
		l.append(w, classes[set])
		hashes = append(hashes, uint32(l.hashOf(w)))
	})
	if err != nil {
		return err
	}
	l.index(hashes)
	var last []byte
	for i := range l.entries {
		if e := l.entries[i]; e.classes&^pairs != 0 {
			phrase := l.text[e.from : e.from+uint32(e.size)]
			l.open(phrase, last)
			last = phrase
		}
	}
	return nil
}

// index gives each of the first entries, which were none before, its slot. It sorts
// them into parts of the table first: a part stays in the processor's cache while
// it is filled, and the whole does not.
func (l *Lexicon) index(hashes []uint32) {
	const parts = 256
	var ends [parts]int // first where the part starts, then where it ends
	for _, h := range hashes {
		ends[h/(1<<slotBits/parts)]++
	}
	start := 0
	for p, n := range ends {
		ends[p] = start
		start += n
	}
	sorted := make([]uint64, len(hashes)) // hash and entry
	for i, h := range hashes {
		end := &ends[h/(1<<slotBits/parts)]
		sorted[*end] = uint64(h)<<32 | uint64(i+1)
		*end++
	}
	for _, s := range sorted {
		i := s >> 32
		for l.slots[i] != 0 {
			i = (i + 1) & (1<<slotBits - 1)
		}
		l.slots[i] = uint32(s)
	}
}

// open marks what a phrase begins with as something to look on from, unless the
// last phrase began with it as well.
func (l *Lexicon) open(phrase, last []byte) {
	if bytes.IndexByte(phrase, ' ') < 0 {
		return
	}
	for i, b := range phrase {
		if b == ' ' && !bytes.HasPrefix(last, phrase[:i+1]) {
			l.put(phrase[:i], Opens)
		}
	}
}

func (l *Lexicon) put(w []byte, c Class) {
	i := l.hashOf(w)
	for ; l.slots[i] != 0; i = (i + 1) & (1<<slotBits - 1) {
		if e := &l.entries[l.slots[i]-1]; bytes.Equal(l.text[e.from:e.from+uint32(e.size)], w) {
			e.classes |= c
			return
		}
	}
	l.append(w, c)
	l.slots[i] = uint32(len(l.entries))
}

// append adds an entry that is not there yet and has no slot.
func (l *Lexicon) append(w []byte, c Class) {
	l.entries = append(l.entries, entry{from: uint32(len(l.text)), size: uint8(len(w)), classes: c})
	l.text = append(l.text, w...)
}

// hashOf returns the slot that w stands in, or behind.
func (l *Lexicon) hashOf(w []byte) uint64 {
	return maphash.Bytes(l.seed, w) & (1<<slotBits - 1)
}
