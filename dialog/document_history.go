package dialog

import (
	"slices"
	"strings"
	"time"

	"curbside/dialog/record"
)

// A moment is one thing that happened in a consult.
type moment struct {
	at   time.Time
	text string
}

// history lists everything that happened, oldest first, in absolute times.
func (b documentation) history() []record.Block {
	var line record.Timeline
	for _, m := range b.moments() {
		line.Moments = append(line.Moments, record.Moment{When: b.when(m.at), Text: m.text})
	}
	return []record.Block{line}
}

func (b documentation) moments() []moment {
	c := b.c
	all := []moment{{c.Opened, "Consult opened by " + b.who(c.Clinician) + "."}}
	add := func(at time.Time, text string) { all = append(all, moment{at, text}) }
	for _, ch := range c.Changes {
		label, was := b.changed(ch)
		add(ch.At, "Answer changed: "+label+" (until then: "+was+").")
	}
	if d := c.Danger; d != nil {
		add(d.At, "Immediate danger declared by "+b.who(d.By)+".")
		if d.Over != nil {
			add(*d.Over, "The danger was said to have passed.")
		}
	}
	if f := c.Found; f != nil {
		add(f.At, "The finding stood as shown above.")
	}
	if p := c.Plan; p != nil {
		add(p.At, "Plan: "+b.planned()+".")
	}
	for _, e := range c.Escalations {
		for _, t := range e.Turns {
			add(t.At, b.happened(e, t))
		}
	}
	for _, d := range c.Departures {
		add(d.At, "DEPARTURE declared: “"+ruleTitle(b.env.Book, d.Rule)+"”.")
	}
	for _, f := range c.More {
		add(f.At, "Beyond the finding: "+b.action(f.Action)+".")
	}
	for _, n := range c.Notes {
		if !b.shown(n) {
			add(n.At, noteWords(n.Kind)+" written by "+b.who(n.By)+".")
		}
	}
	all = append(all, b.marked()...)
	for _, l := range c.Late {
		add(l.At, "A deadline passed without a mark: "+b.clockName(l.Clock)+".")
	}
	if c.End != nil {
		add(c.End.At, endWords(c.End.How)+".")
	}
	slices.SortStableFunc(all, func(x, y moment) int { return x.at.Compare(y.at) })
	return all
}

// clockName names a clock by its id, also one that runs no more.
func (b documentation) clockName(id string) string {
	for _, k := range clocks(b.env, b.c, b.study) {
		if k.id == id {
			return k.label(b.env)
		}
	}
	return strings.TrimPrefix(id, "clock.")
}

func (b documentation) planned() string {
	if b.c.Plan == nil || len(b.c.Plan.Actions) == 0 {
		return "nothing was chosen"
	}
	labels := make([]string, len(b.c.Plan.Actions))
	for i, id := range b.c.Plan.Actions {
		labels[i] = b.action(id)
	}
	return strings.Join(labels, "; ")
}

// happened is one turn of an escalation, as a sentence.
func (b documentation) happened(e Escalation, t Turn) string {
	who := b.who(t.By)
	switch t.Kind {
	case TurnPaged:
		return "Paged (" + string(e.Urgency) + "): " + who + "."
	case TurnSkipped:
		return "Nobody at this step can be reached: skipped at once (" + b.said(t, first(t.Codes)) + ")."
	case TurnUnreachable:
		return "Could not be reached: " + who + "."
	case TurnSeen:
		return "Seen by " + who + "."
	case TurnUnseen:
		return "Given back by " + who + "."
	case TurnTaken:
		return "Taken up by " + who + ", who was on duty and not paged."
	case TurnHanded:
		return "Handed over by " + who + " " + b.said(t, first(t.Codes)) + "."
	case TurnHeld:
		return "It could wait for the end of the quiet hours: nobody was paged before."
	case TurnReminded:
		return "An answer was due: reminded."
	case TurnPassed:
		return "No answer in time: the next step was called."
	case TurnNobody:
		return "Nobody was left to call. The clinician was told so, and what does not have to wait."
	case TurnAsked:
		return "Question by " + who + "."
	case TurnAnswered:
		return "Answered by " + who + "."
	case TurnAside:
		return who + " stepped aside."
	case TurnAnother:
		return "Another supervisor was asked for."
	case TurnApproved:
		return "Approved by " + who + "."
	case TurnConditions:
		return "Approved with conditions by " + who + "."
	case TurnDeclined:
		return "Declined by " + who + "."
	case TurnHeard:
		return "Taken up by " + who + "."
	case TurnVoid:
		return "What was asked for changed: the request or the approval is void."
	case TurnDropped:
		return "The request was withdrawn."
	default:
		return string(t.Kind) + "."
	}
}

func first(codes []Code) Code {
	if len(codes) == 0 {
		return ""
	}
	return codes[0]
}
