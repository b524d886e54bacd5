// Package lexicon holds what the scrubber knows about words: common English by
// size, names and places of people all over the world, and the vocabulary of a
// clinic. Everything is embedded and pinned by hash.
package lexicon

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:generate go run ../wordlists -from "$CURBSIDE_WORD_SOURCES" -to lists
//go:generate go run ../corpus/generate ../../testdata/corpus

//go:embed lists/*.gz data/*.txt
var files embed.FS

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
	for i := maphash.Bytes(l.seed, w) & (1<<slotBits - 1); ; i = (i + 1) & (1<<slotBits - 1) {
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
		text:    make([]byte, 0, 4<<20),
		slots:   make([]uint32, 1<<slotBits),
		entries: make([]entry, 0, 300_000),
	}
	sum := sha256.New()
	for _, dir := range []string{"lists", "data"} {
		names, err := fs.ReadDir(files, dir)
		if err != nil {
			return nil, fmt.Errorf("read the word lists: %w", err)
		}
		for _, f := range names {
			if err := l.loadFile(path.Join(dir, f.Name()), sum); err != nil {
				return nil, err
			}
		}
	}
	l.hash = hex.EncodeToString(sum.Sum(nil))
	return l, nil
}

func (l *Lexicon) loadFile(name string, sum io.Writer) error {
	b, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read word list %s: %w", name, err)
	}
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return fmt.Errorf("open word list %s: %w", name, err)
		}
		// The last four bytes of a gzip file are its unpacked size.
		unpacked := make([]byte, binary.LittleEndian.Uint32(b[len(b)-4:]))
		if _, err := io.ReadFull(z, unpacked); err != nil {
			return fmt.Errorf("unpack word list %s: %w", name, err)
		}
		b = unpacked
	}
	if _, err := sum.Write(b); err != nil {
		return fmt.Errorf("hash word list %s: %w", name, err)
	}
	list, _, _ := strings.Cut(path.Base(name), ".")
	class, ok := classOf[list]
	if !ok {
		return fmt.Errorf("word list %s has no class", name)
	}
	for len(b) > 0 {
		line := b
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			line, b = b[:i], b[i+1:]
		} else {
			b = nil
		}
		switch {
		case len(line) == 0 || line[0] == '#':
		case class == Usage || class == Compound:
			l.put(line, class) // always looked up as a pair
		default:
			l.add(line, class)
		}
	}
	return nil
}

// add files an entry and, for a phrase, marks what it begins with as something
// to look on from.
func (l *Lexicon) add(w []byte, c Class) {
	for i, b := range w {
		if b == ' ' {
			l.put(w[:i], Opens)
		}
	}
	l.put(w, c)
}

func (l *Lexicon) put(w []byte, c Class) {
	i := maphash.Bytes(l.seed, w) & (1<<slotBits - 1)
	for ; l.slots[i] != 0; i = (i + 1) & (1<<slotBits - 1) {
		if e := &l.entries[l.slots[i]-1]; bytes.Equal(l.text[e.from:e.from+uint32(e.size)], w) {
			e.classes |= c
			return
		}
	}
	l.entries = append(l.entries, entry{from: uint32(len(l.text)), size: uint8(len(w)), classes: c})
	l.slots[i] = uint32(len(l.entries))
	l.text = append(l.text, w...)
}
