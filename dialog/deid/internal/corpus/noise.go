package corpus

import (
	"math/rand/v2"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Noise writes s so that a person still reads it and a pattern does not: split
// by something invisible or by an emoji, in another alphabet, decomposed,
// full-width, mathematical or spaced.
func Noise(s string, rnd *rand.Rand) string {
	return noises[rnd.IntN(len(noises))](s, rnd)
}

var noises = []func(string, *rand.Rand) string{
	func(s string, rnd *rand.Rand) string { return insert(s, "\u200b", rnd) },
	func(s string, rnd *rand.Rand) string { return insert(s, "\u00ad", rnd) },
	func(s string, rnd *rand.Rand) string { return insert(s, "\u2060", rnd) },
	func(s string, rnd *rand.Rand) string { return insert(s, "🎉", rnd) },
	func(s string, rnd *rand.Rand) string { return insert(s, "\u0301", rnd) },
	func(s string, _ *rand.Rand) string { return norm.NFD.String(s) },
	func(s string, _ *rand.Rand) string { return shift(s, '!', '~', 0xFF01-'!') },
	func(s string, _ *rand.Rand) string {
		return shift(shift(s, 'a', 'z', 0x1D41A-'a'), 'A', 'Z', 0x1D400-'A')
	},
	func(s string, _ *rand.Rand) string {
		return strings.NewReplacer("a", "а", "e", "е", "o", "о", "c", "с", "p", "р", "i", "і", "A", "А", "B", "В", "H", "Н").Replace(s)
	},
}

// insert puts sign between two letters or digits, where it splits a word.
func insert(s, sign string, rnd *rand.Rand) string {
	r := []rune(s)
	var places []int
	for i := 1; i < len(r); i++ {
		if alnum(r[i-1]) && alnum(r[i]) {
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return s
	}
	i := places[rnd.IntN(len(places))]
	return string(r[:i]) + sign + string(r[i:])
}

func alnum(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

func shift(s string, from, to rune, by rune) string {
	return strings.Map(func(r rune) rune {
		if r >= from && r <= to {
			return r + by
		}
		return r
	}, s)
}
