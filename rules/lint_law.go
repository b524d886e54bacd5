package rules

import "fmt"

func (l *linter) ruleLaw(p place, r *Rule) {
	if len(r.Basis) == 0 {
		l.report(Error, p.key("basis"), "the rule has no basis", "write statute, regulation, case_law or ethics_code")
	}
	l.citations(p.key("citations"), r.Citations)
	l.sources(p.key("sources"), r.Sources)
	l.openQuestions(p, r.Confidence, r.Unsettled, r.Open)
	for i := range r.Elements {
		l.citation(p.key("elements").at(i).key("citation"), r.Elements[i].Citation)
	}
	for i := range r.AnyOf {
		for j := range r.AnyOf[i].Elements {
			l.citation(p.key("any_of").at(i).key("elements").at(j).key("citation"), r.AnyOf[i].Elements[j].Citation)
		}
	}
	for i := range r.Unless {
		l.citation(p.key("unless").at(i).key("citation"), r.Unless[i].Citation)
	}
	for i := range r.Deadlines {
		l.citation(p.key("deadlines").at(i).key("citation"), r.Deadlines[i].Citation)
	}
	l.notes(p.key("immunity"), r.Immunity)
	l.notes(p.key("ways_out"), r.WaysOut)
	l.notes(p.key("notes"), r.Notes)
	if until := r.Effective.Until; !until.IsZero() && until.Before(l.today) {
		l.report(Warning, p.key("effective"), fmt.Sprintf("the rule ended on %s", until),
			"keep it for old consults only if a rule for today stands beside it")
	}
}

func (l *linter) notes(p place, notes []Note) {
	for i, n := range notes {
		l.text(p.at(i).key("text"), "text of the note", n.Text, 700)
		l.citation(p.at(i).key("citation"), n.Citation)
	}
}

func (l *linter) citations(p place, all []string) {
	if len(all) == 0 {
		l.report(Error, p, "nothing is cited", "cite the statute, regulation, case or code")
	}
	for i, c := range all {
		if c == "" {
			l.report(Error, p.at(i), "the citation is empty", "cite the statute, regulation, case or code")
		}
		l.citation(p.at(i), c)
	}
}

// citation checks one that may be missing.
func (l *linter) citation(p place, c string) {
	if c == "" {
		return
	}
	if err := checkCitation(c); err != nil {
		l.report(Error, p, fmt.Sprintf("%q %v", c, err),
			"write code and section, such as RCW 26.44.030, or parties, reporter and year")
	}
}

func (l *linter) sources(p place, all []Source) {
	if len(all) == 0 {
		l.report(Error, p, "there is no source", "say where the text was read")
	}
	for i, s := range all {
		if s.Title == "" {
			l.report(Error, p.at(i), "the source has no title", "say what was read")
		}
	}
}

func (l *linter) openQuestions(p place, c Confidence, unsettled bool, open []string) {
	if len(open) > 0 {
		return
	}
	if c == Low {
		l.report(Error, p.key("confidence"), "the confidence is low and nothing is said to be open",
			"write under open_questions what counsel has to look at")
	}
	if unsettled {
		l.report(Error, p.key("unsettled"), "the rule is unsettled and nothing is said to be open",
			"write under open_questions what the outcome depends on")
	}
}
