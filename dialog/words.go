package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"curbside/rules"
)

// ago says how long ago something was, coarsely: "3 min ago".
func ago(now, then time.Time) string {
	d := now.Sub(then)
	if d < time.Minute {
		return "just now"
	}
	return span(d) + " ago"
}

// whenWords is a moment by the practice's clock: "Mon 7:00 AM PST".
func whenWords(p *Practice, at time.Time) string { return at.In(p.zone()).Format("Mon 3:04 PM MST") }

// stamp writes a moment as a code; unstamp reads it, and anything else as the
// zero time.
func stamp(at time.Time) string { return strconv.FormatInt(at.Unix(), 36) }

func unstamp(code string) time.Time {
	seconds, err := strconv.ParseInt(code, 36, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// until says when something will be, coarsely: "in 3 h".
func until(now, then time.Time) string {
	if d := then.Sub(now); d >= time.Minute {
		return "in " + span(d)
	}
	return "now"
}

func span(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d < 48*time.Hour:
		return "1 day"
	default:
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	}
}

// clip shortens a text to at most n characters, on a word where it can.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	short := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(short, ' '); i > n/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:") + "…"
}

// plural counts things: "1 question", "3 questions".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// inWords lists names: "Ana, Ben and Cleo".
func inWords(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func namesOf(p *Practice, ids []PersonID) string {
	var names []string
	for _, id := range ids {
		names = append(names, nameOf(p, id))
	}
	return inWords(names)
}

// placeName names a jurisdiction for people.
func placeName(b *rules.Book, j rules.JurisdictionID) string {
	if j == NoLicence {
		return "not licensed yet"
	}
	if p, ok := b.Pack(j); ok && p.Name != "" {
		return p.Name
	}
	return string(j)
}

// answerWords says an answer as a card lists it.
func answerWords(f *rules.Fact, a rules.Answer) string {
	switch {
	case a.Unknown:
		return "I don't know"
	case len(a.Values) == 0:
		return "None of these"
	}
	var words []string
	for _, v := range a.Values {
		words = append(words, valueLabel(f, v))
	}
	return strings.Join(words, "; ")
}

func valueLabel(f *rules.Fact, v rules.Value) string {
	if f.Kind == rules.Bool {
		if v == rules.Yes {
			return "Yes"
		}
		return "No"
	}
	for _, c := range f.Choices {
		if c.ID == v {
			return c.Label
		}
	}
	return string(v)
}

// phaseWords names a phase and its place among the five.
func phaseWords(p Phase) string {
	switch p {
	case PhaseEvaluate:
		return "1 of 5 · Evaluate"
	case PhaseThink:
		return "2 of 5 · Think through"
	case PhaseHypothesise:
		return "3 of 5 · Hypothesise"
	case PhaseIdentify:
		return "4 of 5 · Identify"
	default:
		return "5 of 5 · Consult"
	}
}

// urgencyWords says how soon an answer is needed.
func urgencyWords(u Urgency) string {
	switch u {
	case Imminent:
		return "now"
	case Today:
		return "today"
	default:
		return "when you can"
	}
}

// obliges reports whether a duty is among what the supervisors are called for. A
// rule that the book does not hold any more is taken for one.
func (e Escalation) obliges(b *rules.Book) bool {
	return slices.ContainsFunc(e.Rules, func(id rules.RuleID) bool {
		r, _, ok := b.Rule(id)
		return !ok || r.Effect == rules.Must
	})
}

// calledFor says why the supervisors are called by this escalation.
func calledFor(b *rules.Book, e Escalation) string {
	if e.Kind == KindNotice && !e.obliges(b) {
		return "Notice of a disclosure"
	}
	return kindWords(e.Kind)
}

func (v *card) called(e Escalation) string { return calledFor(v.env.Book, e) }

// kindWords says why the supervisors are called.
func kindWords(k EscalationKind) string {
	switch k {
	case KindDanger:
		return "Immediate danger"
	case KindNotice:
		return "Notice of a duty"
	case KindDeparture:
		return "Departure from a duty"
	default:
		return "Sign-off"
	}
}
