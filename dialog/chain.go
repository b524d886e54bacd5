package dialog

import (
	"slices"
	"time"
)

// AllOf, as the first of a step, asks that everybody of the step has seen the
// page; otherwise any one of them is enough.
const AllOf PersonID = "all"

// A TeamID names a team of the practice. It is of the shape of a [PersonID].
type TeamID string

// chains are the practice's own and those of its teams, in a fixed order.
func (p *Practice) chains() [][][]PersonID {
	all := [][][]PersonID{p.Chain}
	var teams []TeamID
	for id := range p.Teams {
		teams = append(teams, id)
	}
	slices.Sort(teams)
	for _, id := range teams {
		all = append(all, p.Teams[id])
	}
	return all
}

// chainOf is the chain for the consults of a person: that of their team, or the
// practice's own.
func (p *Practice) chainOf(asker PersonID) [][]PersonID {
	if chain, ok := p.Teams[p.People[asker].Team]; ok {
		return chain
	}
	return p.Chain
}

// A Step is one step of a chain at one moment.
type Step struct {
	People []PersonID
	All    bool // all of them have to see it, not any one
}

// ChainAt is who is paged, step by step, for a consult of asker at a moment: the
// rotas are looked up. Those who are away are left out.
func (p *Practice) ChainAt(asker PersonID, at time.Time, covers []Cover) []Step {
	var chain []Step
	for _, named := range p.chainOf(asker) {
		chain = append(chain, p.stepAt(named, at, covers))
	}
	return chain
}

// stepAt looks up one step at a moment.
func (p *Practice) stepAt(named []PersonID, at time.Time, covers []Cover) Step {
	var step Step
	for _, id := range named {
		switch {
		case id == AllOf:
			step.All = true
		case p.rota(id) != nil:
			step.People = union(step.People, p.OnDuty(id, at, covers))
		default:
			if stand := p.present(id, at); stand != "" {
				step.People = union(step.People, []PersonID{stand})
			}
		}
	}
	return step
}

// onDutyFor are the supervisors who have a duty at a moment that the chain for a
// consult of asker counts on.
func (p *Practice) onDutyFor(asker PersonID, at time.Time, covers []Cover) []PersonID {
	var people []PersonID
	for _, id := range slices.Concat(p.chainOf(asker)...) {
		if p.rota(id) != nil {
			people = union(people, p.OnDuty(id, at, covers))
		}
	}
	return slices.DeleteFunc(people, func(q PersonID) bool { return q == asker || !p.People[q].Has(Supervisor) })
}
