package web

import (
	"strings"

	"curbside/rules"
)

// ruleData is one rule with its ids in words.
type ruleData struct {
	*rules.Rule
	Own        bool     // added by the practice
	Strength   strength // [notNow] for a rule that is not in force
	InForce    string   // from when until when, "" for a rule that always is
	Effect     string
	Binds      string
	NotBinds   string
	Discharge  *stepData
	Immunizing bool // the steps earn the statute's immunity and are not the duty
	Tell       []tellData
	May        bool // the rule is a permission
	Clocks     []dueData
	SignOff    string
	Confidence string
	Authority  string
}

// stepData is one node of the tree of steps that meet a duty.
type stepData struct {
	Way    string // how the steps below go together; "" for one step
	What   string
	Agency *rules.Agency
	Text   string
	OnlyIf string
	Steps  []stepData
}

type tellData struct {
	rules.Recipient
	OnlyIf string
	Agency *rules.Agency
}

// dueData is one deadline.
type dueData struct {
	rules.Deadline
	What, Time, Start, Form string
	Said                    string // the law's formula, as a sentence
	OnlyIf                  string
}

func (e reading) rule(j rules.JurisdictionID, r *rules.Rule, own bool) ruleData {
	data := ruleData{
		Rule: r, Own: own, Strength: strengthOf(r), Effect: effectWords(r), InForce: forceWords(r.Effective), Binds: e.professions(r.Professions), May: r.Effect == rules.May,
		NotBinds: e.professions(r.Except), SignOff: signOffWords(r.SignOff), Confidence: confidenceWords(r.Confidence),
		Authority: basisWords(r.Basis),
	}
	if !r.Effective.Covers(e.day) {
		data.Strength, data.Effect = notNow, "Not in force on "+e.day.String()+" · "+data.Effect
	}
	if r.Discharge != nil {
		root := e.step(j, r.ID, r.Discharge)
		data.Discharge, data.Immunizing = &root, r.Discharge.Kind == rules.EarnsImmunity
	}
	for _, t := range r.Tell {
		data.Tell = append(data.Tell, tellData{Recipient: t, OnlyIf: e.book.InWords(r.ID, t.When), Agency: e.agency(j, t.Agency)})
	}
	for _, d := range r.Deadlines {
		data.Clocks = append(data.Clocks, dueData{
			Deadline: d, What: e.action(d.Action), OnlyIf: e.book.InWords(r.ID, d.When), Said: sentence(d.Text),
			Time: timeWords(d), Start: startWords(d.From), Form: formWords(d.Form),
		})
	}
	return data
}

func (e *explorer) step(j rules.JurisdictionID, id rules.RuleID, d *rules.Discharge) stepData {
	data := stepData{Text: d.Text, OnlyIf: e.book.InWords(id, d.When), Agency: e.agency(j, d.Agency)}
	below := d.All
	switch {
	case d.Action != "":
		data.What = e.action(d.Action)
		return data
	case len(d.All) > 0:
		data.Way = "All of these:"
	case len(d.Any) > 0:
		data.Way, below = "Any one of these:", d.Any
	default:
		data.Way, below = "In this order; the next only if the one before cannot be had:", d.First
	}
	for i := range below {
		data.Steps = append(data.Steps, e.step(j, id, &below[i]))
	}
	return data
}

// Ordered reports whether the order of the steps matters.
func (s stepData) Ordered() bool { return strings.HasPrefix(s.Way, "In this order") }

func (e *explorer) action(id rules.ActionID) string {
	if a, ok := e.book.Action(id); ok {
		return a.Label
	}
	return string(id)
}

func (e *explorer) agency(j rules.JurisdictionID, id string) *rules.Agency {
	a, _ := e.book.Agency(j, id)
	return a
}

// professions names licences and groups; a group is told by its own word.
func (e *explorer) professions(ids []rules.ProfessionID) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		p, licence := e.book.Profession(id)
		switch {
		case licence:
			names = append(names, p.Label)
		case id == rules.Anybody:
			names = append(names, "Everybody")
		default:
			names = append(names, words(string(id)))
		}
	}
	return strings.Join(names, "; ")
}
