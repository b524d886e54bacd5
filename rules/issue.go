package rules

import (
	"cmp"
	"slices"
)

// An issue is a condition of a rule that answers can still decide: whether the
// rule applies, or whether one of its branches, recipients or clocks counts.
type issue struct {
	standing *standing
	diagram  *diagram
	// all holds when the condition is met whatever the unknown facts are, any
	// when it is met for some value of them. An answer that leaves both as they
	// are leaves the finding as it is.
	all, any ref
	facts    []*Fact // those that matter to all or any
	detail   bool    // the issue is not the rule itself but a part of it
	topic    int     // the urgency of the concern that brings the rule up
}

// question returns whether the rule applies as an issue; ok is false when no
// answer can decide that any more.
func (s *standing) question() (i issue, ok bool) {
	i, ok = s.issueOf(newDiagram(s.diagram.variables), s.applies)
	if ok && s.rule.capped() {
		i.all = never // such a rule never stands firm
		i.facts = i.needs()
	}
	return i, ok && len(i.facts) > 0
}

// openDetails returns what answers can still decide of the rule's branches,
// recipients and clocks.
func (s *standing) openDetails() []issue {
	var open []issue
	d := newDiagram(s.diagram.variables)
	for _, condition := range s.details {
		if i, ok := s.issueOf(d, condition); ok {
			i.detail = true
			open = append(open, i)
		}
	}
	return open
}

// issueOf puts a condition of the rule, as far as it is open, into diagram d.
func (s *standing) issueOf(d *diagram, condition ref) (i issue, ok bool) {
	if s.diagram.constant(condition, s.state) {
		return issue{}, false
	}
	i = issue{standing: s, diagram: d}
	i.all = s.diagram.project(d, condition, s.state, forAll)
	i.any = i.all
	if slices.Contains(s.state, unknown) {
		i.any = s.diagram.project(d, condition, s.state, forAny)
	}
	i.facts = i.needs()
	return i, len(i.facts) > 0
}

// needs returns the facts whose answers matter, in the order of the variables.
func (i *issue) needs() []*Fact {
	marks := make([]bool, len(i.diagram.variables))
	i.diagram.support(i.all, marks)
	i.diagram.support(i.any, marks)
	var facts []*Fact
	for level, matters := range marks {
		f := i.diagram.variables[level].fact
		if matters && !slices.Contains(facts, f) {
			facts = append(facts, f)
		}
	}
	return facts
}

// inTurn compares issues: those to settle first first.
func inTurn(x, y issue) int {
	return cmp.Or(
		cmp.Compare(effectOrder(x.standing.rule.Effect), effectOrder(y.standing.rule.Effect)),
		cmp.Compare(x.topic, y.topic),
		cmp.Compare(x.step(), y.step()),
	)
}

func (i *issue) step() int {
	if i.detail {
		return 1
	}
	return 0
}

// effectOrder orders effects by what weighs most.
func effectOrder(e Effect) int { return slices.Index([]Effect{Must, MustNot, May, Should}, e) }

// chance returns the part of f's likely answers that alone decide the issue.
func (i *issue) chance(f *Fact) float64 {
	levels := i.standing.levels[f.ID]
	s := make(state, len(i.diagram.variables))
	for n := range s {
		s[n] = open
	}
	closes, answers := 0, likelyAnswers(i.diagram.variables, levels)
	for _, answer := range answers {
		for n, level := range levels {
			s[level] = answer[n]
		}
		if i.diagram.constant(i.all, s) && i.diagram.constant(i.any, s) {
			closes++
		}
	}
	return float64(closes) / float64(len(answers))
}

// likelyAnswers returns answers to one fact as values of its variables: each of
// its values, or, when members are picked, none of them, each alone, and all.
func likelyAnswers(variables []variable, levels []int) [][]int {
	first := variables[levels[0]]
	if first.member == "" {
		answers := make([][]int, first.size)
		for v := range answers {
			answers[v] = []int{v}
		}
		return answers
	}
	none, all := make([]int, len(levels)), make([]int, len(levels))
	for n := range levels {
		all[n] = 1
	}
	answers := [][]int{none, all}
	if len(levels) > 1 {
		for n := range levels {
			alone := make([]int, len(levels))
			alone[n] = 1
			answers = append(answers, alone)
		}
	}
	return answers
}
