package rules

import (
	"fmt"
	"slices"
)

// ruleLogic looks for conditions that can never be met or never matter.
func (l *linter) ruleLogic(p place, r *bookRule) {
	c := newCompiler(r)
	for _, f := range c.facts {
		l.read[f.ID] = true
	}
	elements := c.elements(r.rule)
	applies := c.applies(r.rule, elements)
	if applies == never {
		l.report(Error, p, fmt.Sprintf("rule %s can never apply", r.rule.ID), "look for elements that exclude each other")
	}
	l.clocks(p, r.rule, c, applies)
	for i, e := range elements {
		at := elementPlace(p, r.rule, e)
		switch {
		case e.met == never:
			l.report(Error, at, fmt.Sprintf("no answer can meet element %q", e.element.ID), "correct its condition")
		case e.met == always:
			l.report(Warning, at, fmt.Sprintf("element %q is always met", e.element.ID), "correct its condition or leave it out")
		case applies != never && c.applies(r.rule, without(elements, i)) == applies:
			l.report(Warning, at, fmt.Sprintf("element %q changes nothing: the others say it already", e.element.ID),
				"correct its condition or leave it out")
		}
	}
}

// saidWhen looks for a condition of a statement that says nothing, or that no
// question can decide: a statement asks nothing by itself.
func (l *linter) saidWhen(p place, s *Statement) {
	r, conditional := l.book.saidWhen[s]
	if !conditional {
		return
	}
	c := newCompiler(r)
	switch c.when(s.When) {
	case never:
		l.report(Error, p, "no answer can meet the condition of the statement", "correct it")
	case always:
		l.report(Warning, p, "the condition of the statement is always met", "correct it or leave it out")
	}
	for _, f := range c.facts {
		if !l.askedFor(r.pack, s, f) {
			l.report(Warning, p, fmt.Sprintf("no rule that stands beside the statement asks for %q", f.ID),
				"read a fact that a rule of the same concern reads, or say the condition in the text")
		}
	}
}

// askedFor reports whether a rule on a concern of the statement, of its place or
// of federal law, reads a fact.
func (l *linter) askedFor(p *Pack, s *Statement, f *Fact) bool {
	return slices.ContainsFunc(l.book.rules, func(r *bookRule) bool {
		return (r.pack.Jurisdiction == p.Jurisdiction || r.pack.Jurisdiction == Federal) &&
			slices.ContainsFunc(r.rule.Topics, func(t TopicID) bool { return slices.Contains(s.Topics, t) }) &&
			slices.Contains(newCompiler(r).facts, f)
	})
}

// clocks looks for a clock that runs on answers on which the rule applies and does
// not ask for what is timed: nobody could ever meet it. A clock of something the
// rule never asks for stands alone and is no fault, such as a report on request.
func (l *linter) clocks(p place, r *Rule, c *compiler, applies ref) {
	asked := map[ActionID]ref{}
	var walk func(d *Discharge, above ref)
	walk = func(d *Discharge, above ref) {
		counts := c.diagram.and(above, c.when(d.When))
		if d.Action != "" {
			asked[d.Action] = c.diagram.or(asked[d.Action], counts)
		}
		for _, branches := range [][]Discharge{d.All, d.Any, d.First} {
			for i := range branches {
				walk(&branches[i], counts)
			}
		}
	}
	if r.Discharge != nil {
		walk(r.Discharge, always)
	}
	for i := range r.Deadlines {
		steps, known := asked[r.Deadlines[i].Action]
		runs := c.diagram.and(applies, c.when(r.Deadlines[i].When))
		if known && c.diagram.and(runs, c.diagram.not(steps)) != never {
			l.report(Warning, p.key("deadlines").at(i), fmt.Sprintf("the clock of %q runs where the rule does not ask for it", r.Deadlines[i].Action),
				"give the clock the condition of its step")
		}
	}
}

// without returns the elements with one that has no say: met when it is
// required, not met when it is an exception.
func without(elements []compiledElement, i int) []compiledElement {
	all := slices.Clone(elements)
	all[i].met = always
	if all[i].except {
		all[i].met = never
	}
	return all
}

// elementPlace finds an element of r in its file.
func elementPlace(p place, r *Rule, e compiledElement) place {
	for i := range r.Elements {
		if &r.Elements[i] == e.element {
			return p.key("elements").at(i).key("when")
		}
	}
	for i := range r.Unless {
		if &r.Unless[i] == e.element {
			return p.key("unless").at(i).key("when")
		}
	}
	for i := range r.AnyOf {
		for j := range r.AnyOf[i].Elements {
			if &r.AnyOf[i].Elements[j] == e.element {
				return p.key("any_of").at(i).key("elements").at(j).key("when")
			}
		}
	}
	return p
}

// contradictions looks for a bar on an action that another rule of the same
// place demands or permits, on answers on which both apply, when nothing marks
// the bar as one that pulls against disclosures.
func (l *linter) contradictions(top place, p *Pack) {
	var all []*bookRule
	for _, pack := range l.book.packs[p.Jurisdiction] {
		all = append(all, l.book.rulesOf[pack]...)
	}
	for i, bar := range l.book.rulesOf[p] {
		if bar.rule.Effect != MustNot || bar.rule.Bars {
			continue
		}
		for _, duty := range all {
			if (duty.rule.Effect == Must || duty.rule.Effect == May) && l.collide(bar, duty) {
				l.report(Error, top.key("rules").at(i),
					fmt.Sprintf("%s forbids what %s asks for, on the same answers", bar.rule.ID, duty.rule.ID),
					"say in a condition which gives way, or mark the bar with bars: true")
			}
		}
	}
}

// collide reports whether two rules can apply to one clinician on the same
// answers and name the same action.
func (l *linter) collide(x, y *bookRule) bool {
	theirs := actionsOf(y.rule)
	if !slices.ContainsFunc(actionsOf(x.rule), func(a ActionID) bool { return slices.Contains(theirs, a) }) {
		return false
	}
	if !slices.ContainsFunc(l.book.vocabulary.Professions, func(p Profession) bool {
		return l.book.bound(x.rule, p.ID) && l.book.bound(y.rule, p.ID)
	}) {
		return false
	}
	c := newCompiler(x, y)
	return c.diagram.and(
		c.applies(x.rule, c.elements(x.rule)), c.applies(y.rule, c.elements(y.rule)),
	) != never
}

// actionsOf lists the actions of a rule's discharge and recipients.
func actionsOf(r *Rule) []ActionID {
	var ids []ActionID
	eachBranch(r.Discharge, func(d *Discharge) {
		if d.Action != "" {
			ids = append(ids, d.Action)
		}
	})
	for _, t := range r.Tell {
		ids = append(ids, t.Action)
	}
	return ids
}
