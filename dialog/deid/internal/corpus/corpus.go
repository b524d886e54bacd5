// Package corpus makes and reads the labelled notes that the scrubber is
// measured on. Everything in them is invented.
package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Label is an identifier in a note, in code points, half open.
type Label struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

// A Note is one invented note with its identifiers.
type Note struct {
	ID    string  `json:"id"`
	Text  string  `json:"text"`
	Spans []Label `json:"spans"`
}

// Fillers maps a kind, or a bracketed harmless slot, to what may fill it.
type Fillers map[string][]string

// ReadFillers reads lines of "kind: one; two; three". What stands before a bar
// in a filler is text, and no part of the identifier.
func ReadFillers(s string) Fillers {
	f := make(Fillers)
	for _, line := range Lines(s) {
		kind, values, _ := strings.Cut(line, ": ")
		f[kind] = strings.Split(values, "; ")
	}
	return f
}

// Lines returns the lines of s that are neither empty nor comments.
func Lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// A Voice is how a note is typed.
type Voice string

// The voices.
const (
	Plain    Voice = "plain"
	Small    Voice = "small"     // no capitals
	Capitals Voice = "capitals"  // nothing else
	Bare     Voice = "bare"      // no punctuation at the ends of words
	Typo     Voice = "typo"      // two letters of each name swapped
	Disguise Voice = "disguised" // identifiers in look-alikes, split, full-width
)

// Voices are all of them.
var Voices = []Voice{Plain, Small, Capitals, Bare, Typo, Disguise}

// Fill makes a note of a frame. The same source gives the same note.
func Fill(id, frame string, f Fillers, voice Voice, rnd *rand.Rand) (Note, error) {
	n := Note{ID: id, Spans: []Label{}}
	var text strings.Builder
	at := 0
	write := func(s string) {
		text.WriteString(s)
		at += utf8.RuneCountInString(s)
	}
	for frame != "" {
		i := strings.IndexAny(frame, "{[")
		if i < 0 {
			write(plainly(frame, voice))
			break
		}
		write(plainly(frame[:i], voice))
		closing := strings.IndexAny(frame[i:], "}]")
		if closing < 0 {
			return Note{}, fmt.Errorf("frame %q has an open slot", frame)
		}
		slot := frame[i : i+closing+1]
		frame = frame[i+closing+1:]
		key := strings.Trim(slot, "{}")
		values := f[key]
		if len(values) == 0 {
			return Note{}, fmt.Errorf("no fillers for %s", slot)
		}
		value := values[rnd.IntN(len(values))]
		if slot[0] == '[' {
			write(plainly(value, voice))
			continue
		}
		if before, rest, ok := strings.Cut(value, "|"); ok {
			// An article or "born" identifies nobody and is no part of the label.
			write(plainly(before, voice))
			value = rest
		}
		value = disguised(value, key, voice, rnd)
		start := at
		write(value)
		n.Spans = append(n.Spans, Label{start, at, key})
	}
	n.Text = text.String()
	return n, nil
}

func plainly(s string, voice Voice) string {
	switch voice {
	case Small:
		return strings.ToLower(s)
	case Capitals:
		return strings.ToUpper(s)
	case Bare:
		return strings.NewReplacer(". ", " ", ", ", " ", "; ", " ", ": ", " ").Replace(strings.TrimRight(s, ".,;:!?"))
	}
	return s
}

// named are the kinds that typos and disguises are put into.
var named = []string{"given", "surname", "full"}

func disguised(s, kind string, voice Voice, rnd *rand.Rand) string {
	switch {
	case voice == Small && kind != "url" && kind != "handle":
		return strings.ToLower(s)
	case voice == Capitals && kind != "url" && kind != "handle":
		return strings.ToUpper(s)
	case voice == Typo && slices.Contains(named, kind):
		return swapped(s, rnd)
	case voice == Disguise:
		return Noise(s, rnd)
	}
	return s
}

func swapped(s string, rnd *rand.Rand) string {
	r := []rune(s)
	if len(r) < 5 {
		return s
	}
	i := 1 + rnd.IntN(len(r)-3)
	if r[i] == ' ' || r[i+1] == ' ' || r[i] == '.' || r[i+1] == '.' {
		return s
	}
	r[i], r[i+1] = r[i+1], r[i]
	return string(r)
}

// Write writes notes as JSON lines.
func Write(w io.Writer, notes []Note) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, n := range notes {
		if err := enc.Encode(n); err != nil {
			return fmt.Errorf("write note %s: %w", n.ID, err)
		}
	}
	return nil
}

// Read reads JSON lines of notes.
func Read(r io.Reader) ([]Note, error) {
	var notes []Note
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var n Note
		if err := json.Unmarshal(sc.Bytes(), &n); err != nil {
			return nil, fmt.Errorf("read note %d: %w", len(notes)+1, err)
		}
		notes = append(notes, n)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read notes: %w", err)
	}
	return notes, nil
}
