package dialog

import (
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"curbside/dialog/record"
	"curbside/rules"
)

// Document builds the record of a consult: what the clinician puts in the
// chart. It holds no client identifiers but the blanks for them, and depends on
// nothing but the codes of c, the book and the practice's people: replaying the
// same codes gives the same document, whatever the time.
func Document(env Env, c Consult) record.Document {
	b := documentation{env: env, c: c, study: studied(env, c)}
	return record.Document{
		Title:   "Record of a consult",
		Handle:  c.Handle,
		Created: b.asOf(),
		Lead:    b.lead(),
		Sections: []record.Section{
			{Heading: "The consult", Blocks: b.overview()},
			{Heading: "What was known", Blocks: b.known()},
			{Heading: "What the law says", Blocks: b.law()},
			{Heading: "What the law leaves open", Blocks: b.open()},
			{Heading: "Alternatives considered", Blocks: b.alternatives()},
			{Heading: "Consultation and sign-off", Blocks: b.consultation()},
			{Heading: "Departures, and more than required", Blocks: b.deviations()},
			{Heading: "What was done", Blocks: b.actions()},
			{Heading: "Who was informed, and of what", Blocks: b.disclosures()},
			{Heading: "The client, and steps to reduce harm", Blocks: b.client()},
			{Heading: "What happened, in order", Blocks: b.history()},
			{Heading: "Limits of this record", Blocks: b.limits()},
			{Heading: "To complete in the chart", Blocks: b.chart()},
		},
		Closing: "Decision support, prepared from coded answers. It does not decide: the judgement is the clinician’s, and this record shows what it rested on.",
	}
}

// A documentation is one record in the making.
type documentation struct {
	env   Env
	c     Consult
	study study
}

// asOf is the moment the record speaks of: the end of the consult or the last
// thing that happened in it.
func (b documentation) asOf() time.Time {
	if b.c.End != nil {
		return b.c.End.At
	}
	last := b.c.Opened
	for _, m := range b.moments() {
		if m.at.After(last) {
			last = m.at
		}
	}
	if b.c.Touched.After(last) {
		last = b.c.Touched
	}
	return last
}

func (b documentation) lead() string {
	state := "Still open when this was written: it shows how things stood on " + b.when(b.asOf()) + "."
	if b.c.End != nil {
		state = endWords(b.c.End.How) + " on " + b.when(b.c.End.At) + "."
	}
	return "A de-identified consult on the limits of confidentiality. " + state +
		" It holds nothing that says who the client is; the blanks are for the chart alone."
}

func endWords(how Code) string {
	switch how {
	case EndCancelled:
		return "Cancelled by the clinician"
	case EndLapsed:
		return "Left open by everybody; it ended by itself"
	default:
		return "Closed by the clinician"
	}
}

func (b documentation) overview() []record.Block {
	k := b.c.Case
	rows := []record.Row{
		{Label: "Opened", Value: b.when(b.c.Opened)},
		{Label: "Clinician", Value: b.who(b.c.Clinician)},
		{Label: "Client is in", Value: b.place(k.place())},
		{Label: "Licensed in", Value: b.jurisdiction(k.Licence)},
		{Label: "Profession", Value: b.profession(k.Profession)},
		{Label: "Concerns", Value: b.topics()},
		{Label: "Learned of it", Value: b.learned()},
	}
	if d := b.c.Danger; d != nil {
		said := "Declared by " + b.who(d.By) + ", " + b.when(d.At)
		if d.Over != nil {
			said += "; said to have passed, " + b.when(*d.Over)
		}
		rows = append(rows, record.Row{Label: "Immediate danger", Value: said})
	}
	if e := b.c.End; e != nil && e.Reason != "" {
		rows = append(rows, record.Row{Label: "Cancelled because", Value: CancelReasons.Label(e.Reason)})
	}
	return []record.Block{record.Blanks{Labels: []string{"Client"}}, record.Table{Rows: append(rows, b.brief()...)}}
}

// brief is the whole record in a few rows, for who reads one page only.
func (b documentation) brief() []record.Row {
	var rows []record.Row
	add := func(label string, said []string) {
		if len(said) > 0 {
			rows = append(rows, record.Row{Label: label, Value: strings.Join(said, "; ")})
		}
	}
	var duties, open, signed, departed, informed []string
	for _, r := range b.study.finding.Rules {
		switch {
		case r.Status == rules.Undetermined:
			open = append(open, r.Rule.Title)
		case r.Status == rules.Applies && r.Rule.Effect == rules.Must && !manner(r.Rule):
			duties = append(duties, r.Rule.Title)
		}
	}
	for _, e := range b.c.Escalations {
		signed = append(signed, calledFor(b.env.Book, e)+": "+lowered(b.outcome(e)))
	}
	for _, d := range b.c.Departures {
		if !d.Withdrawn {
			departed = append(departed, ruleTitle(b.env.Book, d.Rule))
		}
	}
	for _, id := range b.marks() {
		if t := b.task(id); t.action.Discloses && !b.c.Marks[id].Tried {
			informed = append(informed, taskLabel(t))
		}
	}
	add("Duties found", duties)
	add("Left open by the law", open)
	add("Departures", departed)
	add("Supervisors", signed)
	add("Told outside treatment", informed)
	return rows
}

// lowered is a sentence as a part of another one.
func lowered(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

// place puts [Case.place] in words.
func (b documentation) place(code Code) string {
	switch code {
	case "":
		return unanswered
	case Code(WhereUnknown):
		return "Not known"
	case Code(WhereElsewhere):
		return "Outside the jurisdictions that the program covers"
	default:
		return b.jurisdiction(rules.JurisdictionID(code))
	}
}

func (b documentation) profession(id rules.ProfessionID) string {
	if p, ok := b.env.Book.Profession(id); ok {
		return p.Label
	}
	return cmp.Or(string(id), unanswered)
}

func (b documentation) topic(id rules.TopicID) string {
	if t, ok := b.env.Book.Topic(id); ok {
		return t.Label
	}
	return string(id)
}

func (b documentation) topics() string {
	labels := make([]string, len(b.c.Case.Topics))
	for i, id := range b.c.Case.Topics {
		labels[i] = b.topic(id)
	}
	return cmp.Or(strings.Join(labels, "; "), unanswered)
}

func (b documentation) learned() string {
	if b.c.Case.Learned == "" {
		return unanswered + "; the clocks assume: " + LearnedBands.Label("now")
	}
	return LearnedBands.Label(b.c.Case.Learned)
}

// unanswered stands for what the clinician was not asked or did not answer.
const unanswered = "Not answered"

func (b documentation) jurisdiction(id rules.JurisdictionID) string {
	return cmp.Or(placeName(b.env.Book, id), unanswered)
}

// when is a moment in the practice's own time zone, written out.
func (b documentation) when(t time.Time) string {
	return t.In(b.env.Practice.zone()).Format("Jan 2, 2006, 15:04 MST")
}

// who names somebody with the part they had in the consult, as in "Dana Reyes
// (clinician)".
func (b documentation) who(id PersonID) string {
	p, known := b.env.Practice.People[id]
	name := nameOf(b.env.Practice, id)
	switch {
	case id == b.c.Clinician:
		return name + " (clinician)"
	case p.Has(Supervisor):
		return name + " (supervisor)"
	case known && len(p.Roles) > 0:
		return name + " (" + string(p.Roles[0]) + ")"
	default:
		return name
	}
}

func (b documentation) names(ids []PersonID) string {
	said := make([]string, len(ids))
	for i, id := range ids {
		said[i] = b.who(id)
	}
	return strings.Join(said, ", ")
}

// action is what an action is called.
func (b documentation) action(id rules.ActionID) string {
	if a, ok := b.env.Book.Action(id); ok {
		return a.Label
	}
	return string(id)
}
