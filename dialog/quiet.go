package dialog

import "time"

// A DayTime is a time of day, in minutes after midnight on the wall clock.
type DayTime int

// quietUntil is when the quiet hours end in which a moment falls, and false when
// it falls in none. They are the practice's, by its own clock.
func (p *Practice) quietUntil(at time.Time) (time.Time, bool) {
	if p.QuietFrom == p.QuietUntil {
		return time.Time{}, false
	}
	local := at.In(p.zone())
	for _, days := range []int{-1, 0} {
		wall := func(after DayTime) time.Time {
			return time.Date(local.Year(), local.Month(), local.Day()+days, 0, int(after), 0, 0, p.zone())
		}
		end := p.QuietUntil
		if end < p.QuietFrom {
			end += minutesOfDay
		}
		if from, until := wall(p.QuietFrom), wall(end); within(at, from, until) {
			return until, true
		}
	}
	return time.Time{}, false
}
