package rules

import (
	"fmt"
	"maps"
	"slices"
)

// askedInOrder looks for questions that only another's answer gives a sense, and
// that nothing keeps from being asked before it: in every condition that reads
// the one, some answer to the other makes it moot, and never the other way round.
func (l *linter) askedInOrder() {
	gates := map[*Fact]map[*Fact]bool{}
	for _, r := range l.book.rules {
		c := newCompiler(r)
		for _, text := range conditionsOf(r.rule) {
			narrow(gates, c, r.conditions[text])
		}
	}
	for _, d := range l.declared {
		f := l.book.facts[d.id]
		for _, gate := range slices.SortedFunc(maps.Keys(gates[f]), func(x, y *Fact) int { return l.book.inOrder(x.ID, y.ID) }) {
			if !l.isAfter(f, gate.ID) {
				l.report(Warning, d.place, fmt.Sprintf("whether %q makes sense is settled by %q", f.ID, gate.ID), fmt.Sprintf("write after: [%s]", gate.ID))
			}
		}
	}
}

// narrow keeps for each fact of a condition those gates that hold in it too.
func narrow(gates map[*Fact]map[*Fact]bool, c *compiler, cond *condition) {
	met := c.formula(cond.meets)
	for _, f := range cond.facts {
		found := map[*Fact]bool{}
		for _, g := range cond.facts {
			if g != f && c.moot(met, g, f) && !c.moot(met, f, g) {
				found[g] = true
			}
		}
		before, read := gates[f]
		if read {
			maps.DeleteFunc(found, func(g *Fact, _ bool) bool { return !before[g] })
		}
		gates[f] = found
	}
}

// moot reports whether some answer to one fact leaves the other without a say.
func (c *compiler) moot(met ref, by, fact *Fact) bool {
	levels := c.levels[by.ID]
	return slices.ContainsFunc(likelyAnswers(c.variables, levels), func(answer []int) bool {
		s := make(state, len(c.variables))
		for n := range s {
			s[n] = open
		}
		for n, level := range levels {
			s[level] = answer[n]
		}
		marks := make([]bool, len(c.variables))
		c.diagram.support(c.diagram.project(c.diagram, met, s, forAll), marks)
		return !slices.ContainsFunc(c.levels[fact.ID], func(level int) bool { return marks[level] })
	})
}

// isAfter reports whether a fact comes after another, also by way of others.
func (l *linter) isAfter(f *Fact, before FactID) bool {
	return slices.ContainsFunc(f.After, func(id FactID) bool {
		return id == before || l.isAfter(l.book.facts[id], before)
	})
}
