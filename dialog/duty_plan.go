package dialog

import (
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

// A Gap is a time within the next fourteen days during which nobody who can be
// reached has a duty that the chain counts on.
type Gap struct {
	Rota        RotaID
	From, Until time.Time
	People      []PersonID // who has the duty and cannot be reached; nil when nobody has it
}

// Gaps finds the gaps of every rota that a chain counts on. reaches says whether
// somebody can be reached at all.
func (p *Practice) Gaps(now time.Time, covers []Cover, reaches func(PersonID) bool) []Gap {
	var gaps []Gap
	for _, r := range p.Rotas {
		if !p.counted(r.ID) {
			continue
		}
		for _, s := range p.DutyPlan(r.ID, now, now.Add(planAhead), covers) {
			if slices.ContainsFunc(s.People, reaches) {
				continue
			}
			if last := len(gaps) - 1; last >= 0 && gaps[last].Rota == r.ID && gaps[last].Until.Equal(s.From) {
				gaps[last].Until = s.Until
				gaps[last].People = union(gaps[last].People, s.People)
				continue
			}
			gaps = append(gaps, Gap{Rota: r.ID, From: s.From, Until: s.Until, People: s.People})
		}
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
