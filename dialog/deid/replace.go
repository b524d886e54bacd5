package deid

import (
	"strconv"
	"strings"

	"curbside/dialog/deid/internal/fold"
)

// Replace returns text with every identifier replaced by a placeholder that is
// consistent within the text, and the spans that were replaced. The first
// value behind a placeholder goes without a number, the next ones count from
// 2: "[name]", "[name 2]". Replacing again changes nothing.
func (s *Scrubber) Replace(text string) (string, []Span) {
	spans := s.Find(text)
	if len(spans) == 0 {
		return text, nil
	}
	var out strings.Builder
	seen := newPlaceholders(text)
	runes := []rune(text)
	at := 0
	for i := range spans {
		sp := &spans[i]
		sp.Replacement = seen.number(sp.Replacement, fold.Word(string(runes[sp.Start:sp.End])))
		out.WriteString(string(runes[at:sp.Start]))
		out.WriteString(sp.Replacement)
		at = sp.End
	}
	out.WriteString(string(runes[at:]))
	return out.String(), spans
}

type placeholders struct {
	text   string
	byText map[string]string // placeholder and value to the numbered placeholder
	last   map[string]int
}

func newPlaceholders(text string) *placeholders {
	return &placeholders{text: strings.ToLower(text), byText: make(map[string]string), last: make(map[string]int)}
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
		if !strings.Contains(p.text, numbered) {
			p.byText[key] = numbered
			return numbered
		}
	}
}
