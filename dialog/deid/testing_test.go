package deid_test

import (
	"testing"
	"unicode"

	"curbside/dialog/deid"
)

// scrubber returns one with the default options.
func scrubber(t testing.TB) *deid.Scrubber {
	t.Helper()
	s, err := deid.New(deid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// left returns the letters and digits of runes from start to end that no span covers.
func left(text string, spans []deid.Span, start, end int) string {
	runes := []rune(text)
	covered := make([]bool, len(runes))
	for _, sp := range spans {
		for i := sp.Start; i < sp.End; i++ {
			covered[i] = true
		}
	}
	var out []rune
	for i := start; i < end; i++ {
		if !covered[i] && (unicode.IsLetter(runes[i]) || unicode.IsNumber(runes[i])) {
			out = append(out, runes[i])
		}
	}
	return string(out)
}
