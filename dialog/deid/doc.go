package deid

import (
	"slices"
	"strings"

	"curbside/dialog/deid/internal/fold"
	"curbside/dialog/deid/internal/lexicon"
)

// rules run in this order: what has a shape comes before what is only a word,
// so that no allowed word can hide a part of it.
var rules = []func(*doc){
	(*doc).markup,
	(*doc).forbidden,
	(*doc).handles,
	(*doc).addressesOnline,
	(*doc).screenNames,
	(*doc).spacedLetters,
	(*doc).spelledDigits,
	(*doc).phones,
	(*doc).dates,
	(*doc).cases,
	(*doc).phrases,
	(*doc).stateSchools,
	(*doc).counties,
	(*doc).troops,
	(*doc).streets,
	(*doc).ages,
	(*doc).numbers,
	(*doc).eachWord,
	(*doc).fields,
	(*doc).coordinated,
	(*doc).splitWords,
	(*doc).quotedNames,
	(*doc).pageants,
	(*doc).posts,
	(*doc).bodies,
	(*doc).firms,
	(*doc).plainNames,
	(*doc).transit,
	(*doc).membersOf,
	(*doc).byName,
	(*doc).capitalRuns,
	(*doc).smallRuns,
	(*doc).inns,
	(*doc).tails,
	(*doc).posts,
	(*doc).singledOut,
	(*doc).again,
	(*doc).joined,
	(*doc).jobs,
	(*doc).roles,
	(*doc).bridges,
}

// A doc is one text while it is looked through.
type doc struct {
	*Scrubber
	copy     fold.Text
	text     string // the copy
	t        []token
	groups   int32
	cased    bool     // capitals tell something here
	capitals bool     // sentences begin with them, so that a small letter tells as well
	texts    []string // of all tokens, and of one more, which is none
	end      uint     // where that one stands
	outer    token
	key      []byte // scratch for looking up phrases
	places   []string

	stretches []stretch // all phrases, in order of their first token
	from      []int32   // where those of each token start
}

// look goes through text once. What an earlier look has left is written over, as
// to make room takes as long as to read.
func (d *doc) look(text string) []Span {
	d.copy.Fold(text)
	d.text = string(d.copy.Copy)
	d.t = joinPlaceholders(d.text, tokenize(d.t[:0], d.text, d.copy.Traits, d.words))
	d.texts = slices.Grow(d.texts[:0], len(d.t)+1)
	for i := range d.t {
		d.texts = append(d.texts, d.t[i].text)
	}
	d.texts, d.end = append(d.texts, "\n"), uint(len(d.t))
	d.groups, d.places = 0, d.places[:0]
	d.cased = hasCase(d.t)
	d.capitals = d.cased && beginsWithCapitals(d.t)
	d.findStretches()
	for _, rule := range rules {
		rule(d)
	}
	return d.spans()
}

// placeOf returns the number, in places, of what to write instead of a token.
func (d *doc) placeOf(replacement string) uint8 {
	i := slices.Index(d.places, replacement)
	if i < 0 {
		i = len(d.places)
		d.places = append(d.places, replacement)
	}
	return uint8(i + 1)
}

// hasCase reports whether a text has capitals and more small words than those.
func hasCase(tokens []token) bool {
	capitals, smalls := 0, 0
	for i := range tokens {
		if t := &tokens[i]; t.form == word && len(t.text) > 1 {
			switch t.casing {
			case upper:
				capitals++
			default:
				smalls++
			}
		}
	}
	return smalls >= capitals
}

// beginsWithCapitals reports that no sentence begins with a small letter and that
// some have a capital.
func beginsWithCapitals(tokens []token) bool {
	capitals := 0
	for i := range tokens {
		if t := &tokens[i]; t.form == word && t.opens && !t.placed {
			if t.casing == lower {
				return false
			}
			capitals++
		}
	}
	return capitals > 0
}

// at returns token i, or an empty mark where there is none.
func (d *doc) at(i int) *token {
	if uint(i) < uint(len(d.t)) {
		return &d.t[i]
	}
	return d.none()
}

// none is never inlined, as it is seldom called and at is everywhere.
//
//go:noinline
func (d *doc) none() *token {
	d.outer = token{text: "\n", gap: '\n'}
	return &d.outer
}

// hit files tokens i to j, half open, as one identifier.
func (d *doc) hit(i, j int, k Kind) {
	d.groups++
	for ; i < j && i < len(d.t); i++ {
		if t := &d.t[i]; !t.own && (!t.kept || k != Unknown) {
			t.hit, t.group, t.kept = k, d.groups, false
		}
	}
}

func (d *doc) isHit(i int) bool { return i >= 0 && i < len(d.t) && d.t[i].hit != "" }

// glued reports whether nothing stands between tokens i-1 and i.
func (d *doc) glued(i int) bool { return i > 0 && i < len(d.t) && d.t[i].gap == 0 }

// is reports whether token i is one of the words or marks. The rules ask so more
// often than anything else, of one word mostly: that case is all that is inlined.
func (d *doc) is(i int, first string, more ...string) bool {
	return d.texts[min(uint(i), d.end)] == first || len(more) > 0 && d.among(i, more)
}

// among is never inlined: rules ask in a thousand places, which would no longer fit
// the processor's cache.
//
//go:noinline
func (d *doc) among(i int, texts []string) bool {
	text := d.texts[min(uint(i), d.end)]
	first := text[0]
	for _, s := range texts {
		if len(s) == len(text) && s[0] == first && s == text { // most differ in length or the first letter
			return true
		}
	}
	return false
}

func (d *doc) has(i int, c lexicon.Class) bool {
	return uint(i) < uint(len(d.t)) && d.t[i].class.Has(c)
}

// A stretch is a phrase of the lists that a token opens.
type stretch struct {
	end   int32
	class lexicon.Class
}

// findStretches looks up every phrase once. Hyphens, dots and apostrophes
// inside are passed over.
func (d *doc) findStretches() {
	d.stretches = d.stretches[:0]
	d.from = slices.Grow(d.from[:0], len(d.t)+1)[:len(d.t)+1]
	for i := range d.t {
		d.from[i] = int32(len(d.stretches))
		if t := &d.t[i]; t.form == word && (t.possessive || t.class.Has(lexicon.Opens)) {
			d.stretchesAt(i)
		}
	}
	d.from[len(d.t)] = int32(len(d.stretches))
}

func (d *doc) stretchesAt(i int) {
	first := d.textOf(i)
	class := d.t[i].class
	if d.t[i].possessive {
		class |= d.words.Classes(first)
	}
	if !class.Has(lexicon.Opens) {
		return
	}
	d.key = append(d.key[:0], first...)
	for j := i + 1; j < len(d.t) && class.Has(lexicon.Opens); j++ {
		t := &d.t[j]
		if t.form == mark {
			if t.gap == 0 && strings.ContainsAny(t.text, ".-'") {
				continue
			}
			return
		}
		if t.gap == '\n' {
			return
		}
		d.key = append(append(d.key, ' '), d.textOf(j)...)
		class = d.words.ClassesOf(d.key)
		if class&^lexicon.Opens != 0 {
			d.stretches = append(d.stretches, stretch{int32(j + 1), class})
		}
	}
}

// phrase returns the end of the longest phrase of class c that starts at token
// i, 0 for none.
func (d *doc) phrase(i int, c lexicon.Class) int {
	best := 0
	for k := d.from[i]; k < d.from[i+1]; k++ { // none, most often
		if s := &d.stretches[k]; s.class.Has(c) {
			best = int(s.end)
		}
	}
	return best
}

// textOf returns what token i is called in lists: plurals of possessives keep their s.
func (d *doc) textOf(i int) string {
	t := d.at(i)
	if !t.possessive {
		return t.text
	}
	return strings.TrimSuffix(d.text[t.from:t.to], "'")
}

// spans turns the hits into spans of the original text.
func (d *doc) spans() []Span {
	var out []Span
	for i := 0; i < len(d.t); {
		if d.t[i].hit == "" {
			i++
			continue
		}
		j := i + 1
		for j < len(d.t) && d.t[j].hit != "" && d.continues(i, j) {
			j++
		}
		if d.placedBeforehand(i, j) {
			i = j
			continue
		}
		sp := d.span(i, j)
		if n := len(out); n > 0 && sp.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, sp.End)
		} else {
			out = append(out, sp)
		}
		i = j
	}
	return out
}

// placedBeforehand reports placeholders of an earlier run and nothing else.
func (d *doc) placedBeforehand(i, j int) bool {
	for ; i < j; i++ {
		if !d.t[i].placed {
			return false
		}
	}
	return true
}

// continues reports whether token j belongs to the identifier that began at i.
func (d *doc) continues(i, j int) bool {
	a, b := &d.t[i], &d.t[j]
	names := (a.hit == Name || a.hit == Unknown) && (b.hit == Name || b.hit == Unknown)
	bodies := a.hit == Post && b.hit == Post || a.hit == Organization && b.hit == Organization && !a.possessive
	return b.gap != '\n' && (b.gap == 0 || names || bodies) || a.group == b.group
}

func (d *doc) span(i, j int) Span {
	first, last := &d.t[i], &d.t[j-1]
	kind := first.hit
	for k := i; kind == Unknown && k < j; k++ {
		kind = d.t[k].hit
	}
	sp := kind.Of(int(d.copy.Origin[first.from]), d.after(int(last.to)))
	if first.place > 0 {
		sp.Replacement = d.places[first.place-1]
	}
	return sp
}

// after returns the end, in the original, of what ends at byte b of the copy,
// with the marks and invisible characters that follow it.
func (d *doc) after(b int) int {
	if b == len(d.copy.Origin) {
		return d.copy.Runes
	}
	if d.copy.Origin[b] == d.copy.Origin[b-1] {
		return int(d.copy.Origin[b]) + 1 // one character that stands for several
	}
	return int(d.copy.Origin[b])
}
