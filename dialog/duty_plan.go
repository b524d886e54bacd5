package dialog

import (
	"cmp"
	"slices"
	"time"

	"curbside/rules"
)

// planAhead is how far gaps and coming turns are looked for.
const planAhead = 14 * 24 * time.Hour

// A Span is a time during which the same people have a duty; nobody is a gap.
type Span struct {
	From, Until time.Time
	People      []PersonID
}

// DutyPlan lays out who has a duty between two moments, without a break: every
// change of hands is the end of one span and the beginning of the next.
func (p *Practice) DutyPlan(id RotaID, from, until time.Time, covers []Cover) []Span {
	r := p.rota(id)
	if r == nil || !from.Before(until) {
		return nil
	}
	var plan []Span
	marks := append(p.changes(r, from, until, covers), until)
	at := from
	for _, next := range marks {
		if !next.After(at) {
			continue
		}
		people := p.OnDuty(id, at, covers)
		if last := len(plan) - 1; last >= 0 && slices.Equal(plan[last].People, people) {
			plan[last].Until = next
		} else {
			plan = append(plan, Span{From: at, Until: next, People: people})
		}
		at = next
	}
	return plan
}

// changes are the moments at which the duty may change hands, sorted.
func (p *Practice) changes(r *Rota, from, until time.Time, covers []Cover) []time.Time {
	var all []time.Time
	add := func(moments ...time.Time) {
		for _, m := range moments {
			if m.After(from) && m.Before(until) {
				all = append(all, m)
			}
		}
	}
	first, last := rules.DateOf(from.In(r.zone())), rules.DateOf(until.In(r.zone()))
	for _, s := range r.Shifts {
		for monday := addDays(mondayOf(first), -7); !s.Holidays && !last.Before(monday); monday = addDays(monday, 7) {
			add(pair(r.weekShift(s, monday))...)
		}
		for day := addDays(first, -1); s.Holidays && !last.Before(day); day = addDays(day, 1) {
			if p.Holidays.Has(day) {
				add(pair(r.holidayShift(s, day))...)
			}
		}
	}
	for _, a := range p.Absences {
		add(a.From, a.Until)
	}
	for _, c := range covers {
		if c.Rota == r.ID {
			add(c.From, c.Until)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

func pair(from, until time.Time) []time.Time { return []time.Time{from, until} }

// A Gap is a time within the next fourteen days during which a step of a chain
// that counts on a rota has nobody who can be reached.
type Gap struct {
	Rota        RotaID // the first of the step
	From, Until time.Time
	People      []PersonID // whom the step has and who cannot be reached; nil when it has nobody
}

// Gaps finds the gaps of every step that counts on a rota. Rotas and people of one
// step fill in for each other. reaches says whether somebody can be reached at all.
func (p *Practice) Gaps(now time.Time, covers []Cover, reaches func(PersonID) bool) []Gap {
	var gaps []Gap
	var looked [][]PersonID
	for _, step := range slices.Concat(p.chains()...) {
		if slices.ContainsFunc(looked, func(other []PersonID) bool { return slices.Equal(other, step) }) {
			continue
		}
		looked = append(looked, step)
		gaps = append(gaps, p.gapsOf(step, now, covers, reaches)...)
	}
	return gaps
}

func (p *Practice) gapsOf(step []PersonID, now time.Time, covers []Cover, reaches func(PersonID) bool) []Gap {
	end := now.Add(planAhead)
	var first RotaID
	var marks []time.Time
	for _, id := range step {
		if r := p.rota(id); r != nil {
			first = cmp.Or(first, id)
			marks = append(marks, p.changes(r, now, end, covers)...)
		}
	}
	if first == "" {
		return nil
	}
	slices.SortFunc(marks, time.Time.Compare)
	var gaps []Gap
	at := now
	for _, next := range append(marks, end) {
		people := p.stepAt(step, at, covers).People
		switch last := len(gaps) - 1; {
		case !next.After(at):
			continue
		case slices.ContainsFunc(people, reaches):
		case last >= 0 && gaps[last].Until.Equal(at):
			gaps[last].Until = next
			gaps[last].People = union(gaps[last].People, people)
		default:
			gaps = append(gaps, Gap{Rota: first, From: at, Until: next, People: people})
		}
		at = next
	}
	return gaps
}

// Unreachable returns the supervisors whom a chain or its rotas count on and who
// cannot be reached, sorted.
func (p *Practice) Unreachable(reaches func(PersonID) bool) []PersonID {
	return slices.DeleteFunc(p.Answering(), reaches)
}

// Answering are all who may be paged by a chain, through the rotas as well, sorted.
func (p *Practice) Answering() []PersonID {
	var people []PersonID
	for _, chain := range p.chains() {
		for _, id := range slices.Concat(chain...) {
			r := p.rota(id)
			switch {
			case id == AllOf:
			case r == nil:
				people = append(people, id)
			default:
				for _, s := range r.Shifts {
					people = append(people, s.People...)
				}
			}
		}
	}
	for _, a := range p.Absences {
		if a.Instead != "" && slices.Contains(people, a.Who) {
			people = append(people, a.Instead)
		}
	}
	slices.Sort(people)
	return slices.Compact(people)
}
