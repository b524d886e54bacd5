package deid

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"curbside/dialog/deid/internal/fold"
)

// Merge joins the spans of a second look to those of the first: it adds what
// is new and takes nothing away. Spans that touch nothing of the first keep
// their own kind; the rest widen what they overlap.
func Merge(first, second []Span) []Span {
	all := append(slices.Clone(first), second...)
	slices.SortStableFunc(all, func(a, b Span) int { return a.Start - b.Start })
	var out []Span
	for _, sp := range all {
		if n := len(out); n > 0 && sp.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, sp.End)
			continue
		}
		out = append(out, sp)
	}
	return out
}

// Of returns a span of this kind with the words that go with it. An unknown
// kind reads as [Code].
func (k Kind) Of(start, end int) Span {
	r, ok := reasons[k]
	if !ok {
		k, r = Code, reasons[Code]
	}
	return Span{Start: start, End: end, Kind: k, Why: r.why, Replacement: r.replacement}
}

// Replace returns text with every identifier replaced by a placeholder that is
// consistent within the text, and the spans that were replaced. The first
// value behind a placeholder goes without a number, the next ones count from
// 2: "[name]", "[name 2]". Replacing again changes nothing.
func (s *Scrubber) Replace(text string) (string, []Span) {
	return Redact(text, s.Find(text))
}

// Redact does what [Scrubber.Replace] does, with spans that were found before.
// They must be in order, without overlap and inside text.
func Redact(text string, spans []Span) (string, []Span) {
	if len(spans) == 0 {
		return text, nil
	}
	spans = slices.Clone(spans)
	if !utf8.ValidString(text) {
		text = string([]rune(text)) // so that every byte that is none counts as one, as in spans
	}
	var out strings.Builder
	out.Grow(len(text))
	seen := newPlaceholders(text)
	at := 0 // code points that are done with; text is what is behind them
	for i := range spans {
		sp := &spans[i]
		before, rest := cutRunes(text, sp.Start-at)
		value, rest := cutRunes(rest, sp.End-sp.Start)
		sp.Replacement = seen.number(sp.Replacement, fold.Word(value))
		out.WriteString(before)
		out.WriteString(sp.Replacement)
		text, at = rest, sp.End
	}
	out.WriteString(text)
	return out.String(), spans
}

// cutRunes cuts s behind its first n code points.
func cutRunes(s string, n int) (before, after string) {
	i := 0
	for ; n > 0; n-- {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i], s[i:]
}

type placeholders struct {
	there  map[string]bool   // those that the text brought along
	byText map[string]string // placeholder and value to the numbered placeholder
	last   map[string]int
}

func newPlaceholders(text string) *placeholders {
	return &placeholders{there: bracketed(text), byText: make(map[string]string), last: make(map[string]int)}
}

func (p *placeholders) number(placeholder, value string) string {
	value = strings.TrimSuffix(strings.TrimSuffix(value, "'s"), "'")
	key := placeholder + "\x00" + value
	if have, ok := p.byText[key]; ok {
		return have
	}
	for {
		p.last[placeholder]++
		numbered := placeholder
		if n := p.last[placeholder]; n > 1 {
			numbered = strings.TrimSuffix(placeholder, "]") + " " + strconv.Itoa(n) + "]"
		}
		// A placeholder that the text brought along stands for somebody else.
		if !p.there[numbered] {
			p.byText[key] = numbered
			return numbered
		}
	}
}

// bracketed returns what stands in square brackets in text and is short enough
// to be a placeholder.
func bracketed(text string) map[string]bool {
	const longest = 40
	there := make(map[string]bool)
	for {
		i := strings.IndexByte(text, '[')
		if i < 0 {
			return there
		}
		text = text[i:]
		if j := strings.IndexByte(text[:min(len(text), longest)], ']'); j > 0 {
			there[strings.ToLower(text[:j+1])] = true
		}
		text = text[1:]
	}
}
