package deid

import "unicode/utf8"

// maxLooks bounds how often a text is looked through. Each look after the first
// is at the text with placeholders, where little is left to find.
const maxLooks = 6

// settle looks until nothing more turns up, so that scrubbing what was scrubbed
// changes nothing: a placeholder can change what its neighbours read like. A
// text that does not settle is refused whole.
func (s *Scrubber) settle(text string) []Span {
	spans := s.look(text)
	for range maxLooks {
		if len(spans) == 0 {
			return nil
		}
		scrubbed, placed := Redact(text, spans)
		more := s.look(scrubbed)
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
	out := make([]Span, 0, len(found))
	for _, f := range found {
		shift := 0
		start, end := -1, -1
		for _, p := range placed {
			length := utf8.RuneCountInString(p.Replacement)
			from, to := p.Start+shift, p.Start+shift+length
			if start < 0 && f.Start < to {
				start = min(f.Start-shift, p.Start)
			}
			if f.End > from {
				end = max(f.End-shift-length+(p.End-p.Start), p.End)
			} else if end < 0 {
				end = f.End - shift
			}
			shift += length - (p.End - p.Start)
		}
		if start < 0 {
			start = f.Start - shift
		}
		if end < 0 || f.End-shift > end {
			end = f.End - shift
		}
		out = append(out, f.Kind.Of(start, max(end, start+1)))
	}
	return out
}
