package dialog

import (
	"slices"
	"time"

	"curbside/rules"
)

// A RotaID names a rota. It is of the same shape as a [PersonID] and is no
// person's, so that a step of the chain may name either.
type RotaID = PersonID

// A Rota says who has a duty, week by week, by the clock on the wall of its place.
type Rota struct {
	ID       RotaID
	Name     string // as colleagues know it
	Location *time.Location
	// Starts is any day of the week in which the first of every shift's people
	// has their turn.
	Starts rules.Date
	Shifts []Shift
}

// A Shift is a part of the week, and who takes turns at it.
type Shift struct {
	From, Until WeekTime // Until not after From: into the next week, or into the next day for Holidays
	People      []PersonID
	// Holidays makes it a part of every holiday of the practice instead, counted
	// from the midnight before. It stands in for the shifts of the week then, and
	// its people take turns holiday by holiday.
	Holidays bool
}

// A WeekTime is a time of the week, in minutes since the beginning of Monday.
type WeekTime int

// The lengths of a day and of a week of the wall clock.
const (
	minutesOfDay  = 24 * 60
	minutesOfWeek = 7 * minutesOfDay
)

// An Absence is somebody who is away. From and Until are moments: the first at
// which they are away and the first at which they are back.
type Absence struct {
	Who         PersonID
	From, Until time.Time
	Instead     PersonID // has their duties meanwhile; "" leaves them to nobody
}

// A Cover is a duty that somebody has taken over, in chat. Later ones are laid
// over earlier ones.
type Cover struct {
	Number int       `json:"n"`
	Rota   RotaID    `json:"rota"`
	Who    PersonID  `json:"who"` // whose duty it was
	By     PersonID  `json:"by"`  // who has it now
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
}

// rota returns the rota with an id, nil when there is none.
func (p *Practice) rota(id RotaID) *Rota {
	for i := range p.Rotas {
		if p.Rotas[i].ID == id {
			return &p.Rotas[i]
		}
	}
	return nil
}

// OnDuty returns who has the duty of a rota at a moment: by the week or the
// holiday, without those who are away, and after what was taken over. It is nil
// when nobody has.
func (p *Practice) OnDuty(id RotaID, at time.Time, covers []Cover) []PersonID {
	r := p.rota(id)
	if r == nil {
		return nil
	}
	var people []PersonID
	for _, who := range r.planned(at, p.Holidays) {
		if stand := p.present(who, at); stand != "" {
			people = union(people, []PersonID{stand})
		}
	}
	for _, c := range covers {
		if c.Rota != id || at.Before(c.From) || !at.Before(c.Until) || !slices.Contains(people, c.Who) {
			continue
		}
		people = slices.DeleteFunc(people, func(q PersonID) bool { return q == c.Who })
		people = union(people, []PersonID{c.By})
	}
	return people
}

// present is who stands in for somebody at a moment: themselves unless they are
// away, "" when nobody does.
func (p *Practice) present(who PersonID, at time.Time) PersonID {
	away := func(q PersonID) (Absence, bool) {
		for _, a := range p.Absences {
			if a.Who == q && !at.Before(a.From) && at.Before(a.Until) {
				return a, true
			}
		}
		return Absence{}, false
	}
	a, gone := away(who)
	if !gone {
		return who
	}
	if _, alsoGone := away(a.Instead); alsoGone {
		return ""
	}
	return a.Instead
}

// zone is where the rota's clock hangs.
func (r *Rota) zone() *time.Location {
	if r.Location == nil {
		return time.UTC
	}
	return r.Location
}

// planned is whose turn it is by the plan alone.
func (r *Rota) planned(at time.Time, holidays Calendar) []PersonID {
	day := rules.DateOf(at.In(r.zone()))
	var week, holiday []PersonID
	for _, s := range r.Shifts {
		if s.Holidays {
			for _, d := range []rules.Date{addDays(day, -1), day} {
				from, until := r.holidayShift(s, d)
				if holidays.Has(d) && within(at, from, until) && len(s.People) > 0 {
					holiday = union(holiday, []PersonID{turnOf(s.People, holidays.between(r.Starts, d))})
				}
			}
			continue
		}
		for _, monday := range []rules.Date{addDays(mondayOf(day), -7), mondayOf(day)} {
			from, until := r.weekShift(s, monday)
			if within(at, from, until) && len(s.People) > 0 {
				week = union(week, []PersonID{turnOf(s.People, weeksBetween(mondayOf(r.Starts), monday))})
			}
		}
	}
	if holiday != nil {
		return holiday
	}
	return week
}

// weekShift is when a shift begins and ends in the week that begins on a Monday.
func (r *Rota) weekShift(s Shift, monday rules.Date) (from, until time.Time) {
	end := s.Until
	if end <= s.From {
		end += minutesOfWeek
	}
	return r.wall(monday, s.From), r.wall(monday, end)
}

// holidayShift is when a shift begins and ends on a holiday.
func (r *Rota) holidayShift(s Shift, day rules.Date) (from, until time.Time) {
	end := s.Until
	if end <= s.From {
		end += minutesOfDay
	}
	return r.wall(day, s.From), r.wall(day, end)
}

// wall is a time on the wall clock, so many minutes after the midnight before a
// day. Where the clocks are put forward over it, it is the same moment for the
// shift that ends then and the one that begins.
func (r *Rota) wall(day rules.Date, after WeekTime) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, int(after), 0, 0, r.zone())
}

func within(at, from, until time.Time) bool { return !at.Before(from) && at.Before(until) }

// turnOf is whose turn the nth is, also before the first.
func turnOf(people []PersonID, n int) PersonID {
	return people[((n%len(people))+len(people))%len(people)]
}

func addDays(d rules.Date, n int) rules.Date {
	return rules.DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

func mondayOf(d rules.Date) rules.Date {
	weekday := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
	return addDays(d, -(int(weekday)+6)%7)
}

// weeksBetween counts the weeks from one Monday to another.
func weeksBetween(from, to rules.Date) int {
	a := time.Date(from.Year, from.Month, from.Day, 0, 0, 0, 0, time.UTC)
	b := time.Date(to.Year, to.Month, to.Day, 0, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (minutesOfWeek * time.Minute))
}
