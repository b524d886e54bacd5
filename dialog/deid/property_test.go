package deid_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"curbside/dialog/deid/internal/corpus"
)

// carriers are sentences that an identifier may turn up in.
var carriers = []string{
	"Client said that %s is the one who did it.",
	"Talked about %s in session today, mood was low.",
	"She wrote %s on the form and left",
	"note: %s\nfollow up next week",
	"- %s (sister) confirmed the overdose, PHQ-9 was 14",
	"\"%s\" was all he said.",
	"He is afraid of %s and wants 50 mg of sertraline back.",
	"hx of SI/%s",
	"DENIES SI. MENTIONED %s TWICE.",
	"Is %s safe?",
	"%s",
	"w/ %s present, client minimized",
	"under § 43.92 may I tell %s about the threat",
	"after work.%s came back",
}

// identifier invents one that no reading makes harmless.
func identifier(rnd *rand.Rand) string {
	digits := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte(byte('0' + rnd.IntN(10)))
		}
		return b.String()
	}
	pick := func(s ...string) string { return s[rnd.IntN(len(s))] }
	given := pick("Candace", "Lorenzo", "Thandeka", "Siobhan", "Rajesh", "Oluwaseun", "Nguyễn", "Łukasz", "Xochitl", "Björn", "Priyanka", "Zainab", "Kwame", "Yevgenia")
	family := pick("Whitfield", "O'Dowd", "Quinn-Abara", "Nakamura", "Adeyemi", "Kowalczyk", "Ramaswamy", "Castellanos", "Lindqvist", "Kealoha")
	switch rnd.IntN(13) {
	case 0:
		return given
	case 1:
		return given + " " + family
	case 2:
		return "(" + pick("614", "503", "206") + ") 555-0" + digits(3)
	case 3:
		return pick("614", "503") + pick("-", ".", " ") + "555" + pick("-", ".", " ") + "0" + digits(3)
	case 4:
		return "4" + digits(2) + "-5" + digits(1) + "-8" + digits(3)
	case 5:
		return strings.ToLower(family[:4]) + digits(2) + "@example." + pick("com", "org", "net")
	case 6:
		return fmt.Sprintf("%d/%d/20%02d", 1+rnd.IntN(12), 13+rnd.IntN(15), rnd.IntN(27))
	case 7:
		return fmt.Sprintf("20%02d-%02d-%02d", rnd.IntN(27), 1+rnd.IntN(12), 1+rnd.IntN(28))
	case 8:
		return pick("June", "September", "November") + " " + fmt.Sprint(1+rnd.IntN(28))
	case 9:
		return "https://example." + pick("com", "org") + "/" + strings.ToLower(given[:3]) + digits(3)
	case 10:
		return pick("88", "41", "10") + "-" + digits(4) + pick("A", "B", "X")
	case 11:
		return "@" + pick("candyw", "lorenzo", "kwame") + digits(2)
	default:
		return fmt.Sprintf("203.0.%d.%d", 100+rnd.IntN(100), 100+rnd.IntN(100))
	}
}

// hide puts an identifier, with noise, into a carrier, and tells where it is.
func hide(rnd *rand.Rand) (text string, start, end int) {
	id := identifier(rnd)
	for range rnd.IntN(3) {
		id = corpus.Noise(id, rnd)
	}
	carrier := carriers[rnd.IntN(len(carriers))]
	before, _, _ := strings.Cut(carrier, "%s")
	start = utf8.RuneCountInString(before)
	return strings.Replace(carrier, "%s", id, 1), start, start + utf8.RuneCountInString(id)
}

func TestNoLetterOfAnIdentifierSurvivesInAnyCarrierWithAnyNoise(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		text, start, end := hide(rnd)
		if got := left(text, s.Find(text), start, end); got != "" {
			t.Errorf("%q survives of %q in %q", got, string([]rune(text)[start:end]), text)
		}
	}
}

func TestALettersSpacingDoesNotHideAName(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for _, name := range []string{"Candace", "lorenzo", "THANDEKA", "Grace", "will"} {
		for _, sep := range []string{" ", ".", "-", "*", "_", "/", "·"} {
			spaced := strings.Join(strings.Split(name, ""), sep)
			text := "I spoke with " + spaced + " today."
			if got := left(text, s.Find(text), 13, 13+utf8.RuneCountInString(spaced)); got != "" {
				t.Errorf("%q survives in %q", got, text)
			}
		}
	}
}
