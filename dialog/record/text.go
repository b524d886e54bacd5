package record

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	noBreak    = '\u00a0' // joins two words that belong on one line
	softHyphen = '\u00ad' // only a place where a word may break
)

// plain brings s onto one line, in composed form. What could reorder or hide
// text (controls, direction marks, invalid bytes) becomes a visible U+FFFD.
func plain(s string) string {
	visible := strings.Map(func(r rune) rune {
		switch {
		case r == noBreak:
			return r
		case r == softHyphen:
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
	words := strings.FieldsFunc(visible, func(r rune) bool { return r == ' ' })
	line := strings.TrimFunc(strings.Join(words, " "), unicode.IsSpace)
	return norm.NFC.String(line)
}
