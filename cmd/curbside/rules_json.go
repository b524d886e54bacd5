package main

import "curbside/rules"

// A findingView is a finding as JSON: codes, texts and references, no types of
// the program.
type findingView struct {
	Rules      []ruleView      `json:"rules"`
	Statements []statementView `json:"statements"`
	Conflicts  []conflictView  `json:"conflicts"`
	Gaps       []gapView       `json:"gaps"`
	Packs      []packView      `json:"packs"`
}

type ruleView struct {
	ID           rules.RuleID         `json:"id"`
	Jurisdiction rules.JurisdictionID `json:"jurisdiction"`
	Seat         rules.Seat           `json:"seat"`
	Effect       rules.Effect         `json:"effect"`
	Title        string               `json:"title"`
	Status       rules.Status         `json:"status"`
	Settles      []rules.FactID       `json:"settles,omitempty"`
	Elements     []elementView        `json:"elements"`
	Discharge    *dischargeView       `json:"discharge,omitempty"`
	Tell         []tellView           `json:"tell,omitempty"`
	Deadlines    []deadlineView       `json:"deadlines,omitempty"`
	Citations    []string             `json:"citations"`
}

// A dischargeView is what is left of a tree of steps; a condition that is still
// open stands under when.
type dischargeView struct {
	Kind   rules.DischargeKind `json:"kind,omitempty"`
	Action rules.ActionID      `json:"action,omitempty"`
	Agency string              `json:"agency,omitempty"`
	When   string              `json:"when,omitempty"`
	Text   string              `json:"text,omitempty"`
	All    []dischargeView     `json:"all,omitempty"`
	Any    []dischargeView     `json:"any,omitempty"`
	First  []dischargeView     `json:"first,omitempty"`
}

type tellView struct {
	Action  rules.ActionID `json:"action"`
	Agency  string         `json:"agency,omitempty"`
	When    string         `json:"when,omitempty"`
	Text    string         `json:"text"`
	Minimum []string       `json:"minimum,omitempty"`
}

type deadlineView struct {
	Action      rules.ActionID `json:"action"`
	Form        string         `json:"form"`
	Hours       int            `json:"hours,omitempty"`
	DaysOff     string         `json:"days_off,omitempty"`
	WorkingDays int            `json:"working_days,omitempty"`
	Until       string         `json:"until,omitempty"`
	Whichever   string         `json:"whichever,omitempty"`
	Immediate   string         `json:"immediate,omitempty"`
	From        string         `json:"from"`
	When        string         `json:"when,omitempty"`
	Text        string         `json:"text"`
}

type elementView struct {
	ID     string         `json:"id"`
	Text   string         `json:"text"`
	Limb   string         `json:"limb,omitempty"`
	Except bool           `json:"except,omitempty"`
	Status rules.Status   `json:"status"`
	Facts  []rules.FactID `json:"facts"`
}

type statementView struct {
	ID           string               `json:"id"`
	Jurisdiction rules.JurisdictionID `json:"jurisdiction"`
	When         string               `json:"when,omitempty"`
	Text         string               `json:"text"`
	Citations    []string             `json:"citations"`
}

type conflictView struct {
	Bar  rules.RuleID `json:"bar"`
	Duty rules.RuleID `json:"duty"`
}

type gapView struct {
	Topic        rules.TopicID        `json:"topic"`
	Jurisdiction rules.JurisdictionID `json:"jurisdiction"`
}

type packView struct {
	Jurisdiction rules.JurisdictionID `json:"jurisdiction"`
	Name         string               `json:"name"`
	AsOf         rules.Date           `json:"as_of"`
	Hash         string               `json:"hash"`
	ReviewedBy   string               `json:"reviewed_by,omitempty"`
}

func findingJSON(f rules.Finding) findingView {
	v := findingView{
		Rules: []ruleView{}, Statements: []statementView{}, Conflicts: []conflictView{}, Gaps: []gapView{}, Packs: []packView{},
	}
	for _, r := range f.Rules {
		v.Rules = append(v.Rules, ruleJSON(r))
	}
	for _, s := range f.Statements {
		v.Statements = append(v.Statements, statementView{s.Statement.ID, s.Jurisdiction, s.When, s.Statement.Text, s.Statement.Citations})
	}
	for _, c := range f.Conflicts {
		v.Conflicts = append(v.Conflicts, conflictView(c))
	}
	for _, g := range f.Gaps {
		v.Gaps = append(v.Gaps, gapView(g))
	}
	for _, p := range f.Packs {
		v.Packs = append(v.Packs, packView{p.Jurisdiction, p.Name, p.AsOf, p.Hash, p.Review.By})
	}
	return v
}

func ruleJSON(r rules.RuleFinding) ruleView {
	v := ruleView{
		ID: r.Rule.ID, Jurisdiction: r.Jurisdiction, Seat: r.Seat, Effect: r.Rule.Effect, Title: r.Rule.Title,
		Status: r.Status, Settles: r.Settles, Elements: []elementView{}, Citations: r.Rule.Citations,
	}
	for _, e := range r.Elements {
		v.Elements = append(v.Elements, elementView{
			ID: e.Element.ID, Text: e.Element.Text, Limb: e.Limb, Except: e.Except, Status: e.Status, Facts: e.Facts,
		})
	}
	if r.Discharge != nil {
		tree := dischargeJSON([]rules.Discharge{*r.Discharge})[0]
		v.Discharge = &tree
	}
	for _, t := range r.Tell {
		v.Tell = append(v.Tell, tellView(t))
	}
	for _, d := range r.Deadlines {
		v.Deadlines = append(v.Deadlines, deadlineView{
			d.Action, d.Form, d.Hours, d.DaysOff, d.WorkingDays, d.Until, d.Whichever, d.Immediate, d.From, d.When, d.Text,
		})
	}
	return v
}

func dischargeJSON(branches []rules.Discharge) []dischargeView {
	var views []dischargeView
	for _, d := range branches {
		views = append(views, dischargeView{
			d.Kind, d.Action, d.Agency, d.When, d.Text, dischargeJSON(d.All), dischargeJSON(d.Any), dischargeJSON(d.First),
		})
	}
	return views
}

// A questionView is the next question as JSON.
type questionView struct {
	Fact     rules.FactID   `json:"fact"`
	Kind     rules.FactKind `json:"kind"`
	Question string         `json:"question"`
	Choices  []rules.Value  `json:"choices,omitempty"`
	Left     int            `json:"left"`
	For      []needView     `json:"for"`
}

type needView struct {
	Rule    rules.RuleID `json:"rule"`
	Element string       `json:"element,omitempty"`
}

func questionJSON(q rules.Question) questionView {
	v := questionView{Fact: q.Fact.ID, Kind: q.Fact.Kind, Question: q.Fact.Question, Left: q.Left}
	for _, c := range q.Fact.Choices {
		v.Choices = append(v.Choices, c.ID)
	}
	for _, n := range q.For {
		need := needView{Rule: n.Rule.ID}
		if n.Element != nil {
			need.Element = n.Element.ID
		}
		v.For = append(v.For, need)
	}
	return v
}
