package corpus

import (
	"fmt"
	"math"
	"strings"
	"unicode"
)

// A Tally counts identifiers of one kind.
type Tally struct{ Have, Found int }

// Wilson returns the 95 % score interval of the recall.
func (t Tally) Wilson() (low, high float64) {
	if t.Have == 0 {
		return 0, 1
	}
	const z = 1.959964
	n := float64(t.Have)
	p := float64(t.Found) / n
	mid := p + z*z/(2*n)
	wide := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, (mid-wide)/(1+z*z/n)), min(1, (mid+wide)/(1+z*z/n))
}

// A Measurement is how well something finds what the notes are labelled with.
type Measurement struct {
	ByKind            map[string]Tally
	All               Tally
	Harmless, Refused int      // words outside labels, and those of them that were covered
	Failures          []string // for people
}

// Measure runs find over the notes. An identifier counts as found only if
// every letter and digit of it is covered; a word outside the labels counts as
// refused if any of it is.
func Measure(notes []Note, find func(string) []Label) Measurement {
	m := Measurement{ByKind: make(map[string]Tally)}
	for _, n := range notes {
		m.note(n, find(n.Text))
	}
	return m
}

func (m *Measurement) note(n Note, found []Label) {
	runes := []rune(n.Text)
	covered := cover(len(runes), found)
	for _, l := range n.Spans {
		t := m.ByKind[l.Type]
		t.Have++
		m.All.Have++
		if missed := uncovered(runes, covered, l); missed == "" {
			t.Found++
			m.All.Found++
		} else {
			m.Failures = append(m.Failures, fmt.Sprintf("%s MISSED %s %q of %q in: %s", n.ID, l.Type, missed, string(runes[l.Start:l.End]), n.Text))
		}
		m.ByKind[l.Type] = t
	}
	labelled := cover(len(runes), n.Spans)
	var refused []string
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && !unicode.IsSpace(runes[j]) {
			j++
		}
		if word, hit := harmlessWord(labelled, covered, runes, i, j); word {
			m.Harmless++
			if hit {
				m.Refused++
				refused = append(refused, string(runes[i:j]))
			}
		}
		i = j + 1
	}
	if len(refused) > 0 {
		m.Failures = append(m.Failures, fmt.Sprintf("%s REFUSED %s in: %s", n.ID, strings.Join(refused, ", "), n.Text))
	}
}

func cover(n int, labels []Label) []bool {
	c := make([]bool, n)
	for _, l := range labels {
		for i := l.Start; i < l.End; i++ {
			c[i] = true
		}
	}
	return c
}

func uncovered(runes []rune, covered []bool, l Label) string {
	var missed strings.Builder
	for i := l.Start; i < l.End; i++ {
		if !covered[i] && (unicode.IsLetter(runes[i]) || unicode.IsNumber(runes[i])) {
			missed.WriteRune(runes[i])
		}
	}
	return missed.String()
}

// harmlessWord reports whether runes i to j are a word without any label, and
// whether it was covered.
func harmlessWord(labelled, covered []bool, runes []rune, i, j int) (word, hit bool) {
	for k := i; k < j; k++ {
		if labelled[k] {
			return false, false
		}
		word = word || unicode.IsLetter(runes[k]) || unicode.IsNumber(runes[k])
		hit = hit || covered[k]
	}
	return word, word && hit
}
