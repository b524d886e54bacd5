package deid

import (
	"slices"
	"unicode/utf8"
)

// maxLooks bounds how often a text is looked through. Each look after the first
// is at the text with placeholders, where little is left to find.
const maxLooks = 6

// settle looks until nothing more turns up, so that scrubbing what was scrubbed
// changes nothing: a placeholder can change what its neighbours read like. A
// text that does not settle is refused whole.
func (s *Scrubber) settle(text string) []Span {
	d := &doc{Scrubber: s}
	spans := d.look(text)
	for range maxLooks {
		if len(spans) == 0 {
			return nil
		}
		scrubbed, placed := Redact(text, spans)
		more := d.look(scrubbed)
		if len(more) == 0 {
			return spans
		}
		spans = Merge(spans, unplace(more, placed))
	}
	return []Span{Unknown.Of(0, utf8.RuneCountInString(text))}
}

// unplace moves spans of a text with placeholders back to the text before.
// What touches a placeholder takes in all that it stands for.
func unplace(found, placed []Span) []Span {
	from, to := make([]int, len(placed)), make([]int, len(placed)) // of each placeholder
	shift := 0                                                     // how much longer the text has become
	shifts := make([]int, len(placed)+1)
	for i, p := range placed {
		from[i] = p.Start + shift
		to[i] = from[i] + utf8.RuneCountInString(p.Replacement)
		shift = to[i] - p.End
		shifts[i+1] = shift
	}
	out := make([]Span, 0, len(found))
	for _, f := range found {
		i, _ := slices.BinarySearch(to, f.Start+1) // the first that ends behind f's start
		start := f.Start - shifts[i]
		if i < len(placed) && from[i] <= f.Start {
			start = placed[i].Start
		}
		j, _ := slices.BinarySearch(to, f.End) // the first that ends at f's end or behind it
		end := f.End - shifts[j]
		if j < len(placed) && from[j] < f.End {
			end = placed[j].End
		}
		out = append(out, f.Kind.Of(start, end))
	}
	return out
}
