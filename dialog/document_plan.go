package dialog

import (
	"slices"
	"strings"

	"curbside/dialog/record"
	"curbside/rules"
)

// alternatives shows the ways that were laid out, least intrusive first, which
// were chosen, what the law says of each and what speaks for and against it.
func (b documentation) alternatives() []record.Block {
	var rows []record.Row
	for _, w := range ways(b.env, b.c, b.study) {
		rows = append(rows, record.Row{Label: w.action.Label, Value: b.weighed(w)})
	}
	if len(rows) == 0 {
		return nil
	}
	plan := "No plan was chosen."
	if b.c.Plan != nil {
		plan = "The plan of " + b.signed(b.c.Clinician, b.c.Plan.At) + ": " + b.planned() + "."
	}
	return []record.Block{
		record.Paragraph{Text: plan},
		record.Paragraph{Tone: record.Muted, Text: "Laid out least intrusive first. What a duty demands is no alternative: it is on the action list."},
		record.Table{Rows: rows},
	}
}

// weighed says whether a way was chosen, what the law says of it, and what was
// to be weighed.
func (b documentation) weighed(w way) string {
	said := b.choice(w.action.ID) + ". " + wayHelp(w) + "."
	if len(w.action.Benefits) > 0 {
		said += " For: " + sentence(w.action.Benefits)
	}
	if len(w.action.Harms) > 0 {
		said += " Against: " + sentence(w.action.Harms)
	}
	return said
}

// choice says what became of an alternative.
func (b documentation) choice(id rules.ActionID) string {
	if b.c.Plan != nil && slices.Contains(b.c.Plan.Actions, id) {
		return "Chosen"
	}
	if slices.ContainsFunc(b.c.More, func(f Further) bool { return f.Action == id }) {
		return "Added by the clinician"
	}
	return "Not chosen"
}

func sentence(parts []string) string {
	trimmed := make([]string, len(parts))
	for i, p := range parts {
		trimmed[i] = strings.TrimRight(p, ".")
	}
	return strings.Join(trimmed, "; ") + "."
}
