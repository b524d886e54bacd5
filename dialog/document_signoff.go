package dialog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"curbside/dialog/record"
)

// consultation shows every time the supervisors were called: who was paged, who
// was not reached, who decided what, when, and under which conditions.
func (b documentation) consultation() []record.Block {
	if len(b.c.Escalations) == 0 {
		return []record.Block{record.Paragraph{Text: "No supervisor was asked or told through the program."}}
	}
	var blocks []record.Block
	for i, e := range b.c.Escalations {
		blocks = append(blocks,
			record.Paragraph{Tone: record.Subtitle, Text: fmt.Sprintf("No. %d: %s", i+1, b.escalationWords(e))},
			record.Table{Rows: b.escalation(e)})
	}
	if rows := b.unboundNotes(); len(rows) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "In the people’s own words"}, record.Table{Rows: rows})
	}
	return blocks
}

func (b documentation) escalationWords(e Escalation) string {
	switch {
	case e.Kind == KindSignOff:
		return "Sign-off asked for before a disclosure that the law leaves to judgement"
	case e.Kind == KindDeparture:
		return "Decision asked for on a departure from a duty"
	case e.Kind == KindDanger:
		return "Supervisors called at once: immediate danger"
	case e.obliges(b.env.Book):
		return "Supervisors told of a duty, which waited for nobody"
	default:
		return "Supervisors told of a planned disclosure that the law permits without waiting"
	}
}

func (b documentation) escalation(e Escalation) []record.Row {
	rows := []record.Row{{Label: "Asked", Value: b.when(e.At) + ", urgency: " + string(e.Urgency)}}
	for _, id := range e.Rules {
		rows = append(rows, record.Row{Label: "About", Value: ruleTitle(b.env.Book, id)})
	}
	for _, t := range e.Turns {
		if label := turnLabel(t.Kind); label != "" {
			rows = append(rows, record.Row{Label: label, Value: b.turnWords(e, t)})
		}
	}
	if missed := notReached(e); len(missed) > 0 {
		rows = append(rows, record.Row{Label: "Paged, no answer", Value: b.names(missed)})
	}
	return append(rows, record.Row{Label: "Outcome", Value: b.outcome(e)})
}

// turnLabel names the turns that people took; the clock's are in the history.
func turnLabel(k TurnKind) string {
	switch k {
	case TurnUnreachable:
		return "Not reachable"
	case TurnUnseen:
		return "Given back"
	case TurnHanded:
		return "Handed over"
	case TurnTaken:
		return "Taken up on duty"
	case TurnAsked:
		return "Question"
	case TurnAnswered:
		return "Answer"
	case TurnAside:
		return "Stepped aside"
	case TurnAnother:
		return "Another asked for"
	case TurnConditions:
		return "Conditions"
	case TurnDeclined:
		return "Reasons"
	default:
		return ""
	}
}

// turnWords puts what somebody said in a turn in words, with who and when.
func (b documentation) turnWords(e Escalation, t Turn) string {
	signed := b.signed(t.By, t.At)
	var said []string
	for _, code := range t.Codes {
		said = append(said, b.said(t, code))
	}
	if len(said) == 0 {
		return signed
	}
	return strings.Join(said, "; ") + " (" + signed + ")"
}

// said puts one code of a turn in words; own words are the note of that moment.
func (b documentation) said(t Turn, code Code) string {
	if code == CodeOwnWords {
		for _, n := range b.c.Notes {
			if n.By == t.By && n.At.Equal(t.At) {
				return quoted(n.Text)
			}
		}
	}
	switch t.Kind {
	case TurnAsked:
		return Inquiries.Label(code)
	case TurnAnswered:
		return InquiryAnswers.Label(code)
	case TurnConditions:
		return Conditions.Label(code)
	case TurnDeclined:
		return DeclineReasons.Label(code)
	case TurnAnother:
		return "instead of " + b.who(PersonID(code))
	case TurnHanded:
		return "to " + b.who(PersonID(code))
	case TurnSkipped:
		return "step " + string(code)
	default:
		return string(code)
	}
}

func quoted(text string) string { return "“" + text + "”" }

func (b documentation) signed(by PersonID, at time.Time) string {
	if by == "" {
		return b.when(at)
	}
	return b.who(by) + ", " + b.when(at)
}

// notReached are the people who were paged and never answered.
func notReached(e Escalation) []PersonID {
	var silent []PersonID
	for _, t := range e.Turns {
		switch {
		case t.Kind == TurnPaged && !slices.Contains(silent, t.By):
			silent = append(silent, t.By)
		case t.Kind != TurnPaged && t.By != "" && t.Kind != TurnReminded && t.Kind != TurnPassed:
			silent = slices.DeleteFunc(silent, func(p PersonID) bool { return p == t.By })
		}
	}
	return silent
}

// outcome is what an escalation came to, by whom and when.
func (b documentation) outcome(e Escalation) string {
	switch e.State {
	case StateApproved:
		var signed []string
		for _, t := range e.Turns {
			switch t.Kind {
			case TurnApproved:
				signed = append(signed, "Approved by "+b.signed(t.By, t.At))
			case TurnConditions:
				signed = append(signed, "Approved with conditions by "+b.signed(t.By, t.At))
			}
		}
		return strings.Join(signed, "; ")
	case StateDeclined:
		if t, ok := e.Last(TurnDeclined); ok {
			return "Declined by " + b.signed(t.By, t.At)
		}
	case StateHeard:
		if t, ok := e.Last(TurnHeard); ok {
			return "Taken up by " + b.signed(t.By, t.At)
		}
	case StateSeen, StateAsked:
		if t, ok := e.inHand(); ok {
			return "Seen by " + b.signed(t.By, t.At) + "; not decided"
		}
	case StateVoid:
		return "Void: what it was asked for changed" + b.ended(e, TurnVoid)
	case StateDropped:
		return "Withdrawn, or the consult ended first" + b.ended(e, TurnDropped)
	}
	if e.Nobody {
		return "Nobody was reached; the clinician was told so, and what does not have to wait"
	}
	return "No answer yet"
}

func (b documentation) ended(e Escalation, k TurnKind) string {
	if t, ok := e.Last(k); ok {
		return ", " + b.when(t.At)
	}
	return ""
}

// unboundNotes are the texts that no turn of an escalation shows.
func (b documentation) unboundNotes() []record.Row {
	var rows []record.Row
	for _, n := range b.c.Notes {
		if !b.shown(n) {
			rows = append(rows, record.Row{Label: noteWords(n.Kind), Value: quoted(n.Text) + " (" + b.signed(n.By, n.At) + ")"})
		}
	}
	return rows
}

// shown reports whether a turn stands for the note.
func (b documentation) shown(n Note) bool {
	for _, e := range b.c.Escalations {
		for _, t := range e.Turns {
			if t.By == n.By && t.At.Equal(n.At) && slices.Contains(t.Codes, CodeOwnWords) && turnLabel(t.Kind) != "" {
				return true
			}
		}
	}
	return false
}

func noteWords(k NoteKind) string {
	switch k {
	case NoteQuestion:
		return "Clinician’s question"
	case NoteRationale:
		return "Clinician’s reasons"
	case NoteCondition:
		return "Condition"
	case NoteDecline:
		return "Reason for declining"
	default:
		return "Supervisor’s question"
	}
}

// deviations shows where the clinician stayed below a duty or went beyond it.
func (b documentation) deviations() []record.Block {
	var blocks []record.Block
	for _, d := range b.c.Departures {
		said := "DEPARTURE from “" + ruleTitle(b.env.Book, d.Rule) + "”: " + DepartureReasons.Label(d.Reason) + ". " + b.signed(b.c.Clinician, d.At) + "."
		if n := d.Escalation; n > 0 && n <= len(b.c.Escalations) {
			said += " " + b.outcome(b.c.Escalations[n-1]) + "."
		}
		if d.Withdrawn {
			said += " The departure was withdrawn: the duty was to be met."
		}
		blocks = append(blocks, record.Paragraph{Tone: record.Alert, Text: said})
	}
	var more []string
	for _, f := range b.c.More {
		more = append(more, b.action(f.Action)+": "+MoreReasons.Label(f.Reason)+" ("+b.signed(b.c.Clinician, f.At)+")")
	}
	if len(more) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "Did more than the finding asks"}, record.List{Items: more})
	}
	if len(blocks) == 0 {
		return []record.Block{record.Paragraph{Text: "None."}}
	}
	return blocks
}
