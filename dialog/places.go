package dialog

import (
	"strings"

	"curbside/rules"
)

// elsewhere reports whether the clinician's licence is from another place than
// the client's, so that two laws were looked at.
func (k Case) elsewhere() bool {
	return k.Where == WhereKnown && k.Licence != "" && k.Licence != NoLicence && k.Licence != k.Client
}

// differences says what the law of either place comes to, where two were looked
// at, and that which of them governs is not for this program to say. It is empty
// where there is one.
func differences(env Env, k Case, s study) []string {
	if !k.elsewhere() {
		return nil
	}
	where := placeName(env.Book, k.Client) + ", where the client is: "
	licensed := placeName(env.Book, k.Licence) + ", where you are licensed: "
	return []string{
		where + comesTo(s, rules.SeatClient),
		licensed + comesTo(s, rules.SeatLicence),
		"Which of the two governs is a question that the law leaves open: where they differ, ask counsel.",
	}
}

// comesTo names the duties, permissions and bars of one place that stand.
func comesTo(s study, seat rules.Seat) string {
	var said []string
	for _, r := range s.finding.Rules {
		if r.Seat != seat || r.Status == rules.DoesNotApply || manner(r.Rule) {
			continue
		}
		line := headline(r.Rule)
		if r.Status == rules.Undetermined {
			line = "undetermined: " + r.Rule.Title
		}
		said = append(said, line)
	}
	if len(said) == 0 {
		return "no rule stands on these answers"
	}
	if more := len(said) - maxLaws; more > 0 {
		said = append(said[:maxLaws], "and "+plural(more, "more rule"))
	}
	return strings.Join(said, "; ")
}
