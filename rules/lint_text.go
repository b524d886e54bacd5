package rules

import "fmt"

func (l *linter) vocabulary(top place) {
	v := &l.book.vocabulary
	for i := range v.Topics {
		p := top.key("topics").at(i)
		l.text(p.key("label"), "label", v.Topics[i].Label, 70)
		l.limit(p.key("help"), "help", v.Topics[i].Help, 70)
	}
	for i := range v.Professions {
		l.text(top.key("professions").at(i).key("label"), "label", v.Professions[i].Label, 70)
	}
	for i := range v.Facts {
		l.fact(top.key("facts").at(i), &v.Facts[i])
	}
}

func (l *linter) fact(p place, f *Fact) {
	l.declared = append(l.declared, declaredFact{p, f.ID})
	l.text(p.key("question"), "question", f.Question, 150)
	l.text(p.key("short"), "short form", f.Short, 40)
	l.limit(p.key("help"), "help", f.Help, 400)
	for i, c := range f.Choices {
		at := p.key("choices").at(i)
		l.text(at.key("label"), "label", c.Label, 70)
		l.limit(at.key("help"), "help", c.Help, 70)
	}
}

// actions checks a file of actions, the shipped one or a practice's own.
func (l *linter) actions(top place) {
	for i, n := range top.doc.root.Content {
		id := childOf(n, "id")
		if id == nil {
			continue
		}
		a := l.book.actions[ActionID(id.Value)]
		p := top.at(i)
		l.text(p.key("label"), "label", a.Label, 70)
		l.text(p.key("detail"), "detail", a.Detail, 600)
	}
}

func (l *linter) agency(p place, a *Agency) {
	l.text(p.key("name"), "name", a.Name, 120)
	if (!a.Confirmed || a.Phone == "") && a.Find == "" {
		l.report(Error, p, fmt.Sprintf("nobody can reach agency %q: it has no confirmed number", a.ID),
			"write under find how to find the number")
	}
}

func (l *linter) ruleTexts(p place, r *Rule) {
	l.text(p.key("title"), "title", r.Title, 100)
	l.text(p.key("summary"), "summary", r.Summary, 700)
	elements := func(at place, all []Element) {
		for i := range all {
			l.text(at.at(i).key("text"), "text of the element", all[i].Text, 250)
		}
	}
	elements(p.key("elements"), r.Elements)
	for i := range r.AnyOf {
		at := p.key("any_of").at(i)
		l.limit(at.key("text"), "text of the limb", r.AnyOf[i].Text, 250)
		elements(at.key("elements"), r.AnyOf[i].Elements)
	}
	elements(p.key("unless"), r.Unless)
	l.dischargeTexts(p.key("discharge"), r.Discharge)
	for i := range r.Tell {
		l.text(p.key("tell").at(i).key("text"), "text of the recipient", r.Tell[i].Text, 250)
	}
	for i := range r.Deadlines {
		l.text(p.key("deadlines").at(i).key("text"), "text of the deadline", r.Deadlines[i].Text, 200)
	}
}

func (l *linter) dischargeTexts(p place, d *Discharge) {
	if d == nil {
		return
	}
	l.limit(p.key("text"), "text of the step", d.Text, 300)
	for key, branches := range map[string][]Discharge{"all": d.All, "any": d.Any, "first": d.First} {
		for i := range branches {
			l.dischargeTexts(p.key(key).at(i), &branches[i])
		}
	}
}

func (l *linter) statement(p place, s *Statement) {
	l.text(p.key("text"), "text", s.Text, 500)
	l.saidWhen(p.key("when"), s)
	l.citations(p.key("citations"), s.Citations)
	l.sources(p.key("sources"), s.Sources)
	l.openQuestions(p, s.Confidence, false, s.Open)
}
