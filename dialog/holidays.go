package dialog

import (
	"slices"
	"time"

	"curbside/rules"
)

// A Calendar is the days off that a practice knows of, each by its rule.
type Calendar []Holiday

// A Holiday is a day off, every year or once.
type Holiday struct {
	Name string
	// Law is whose working days it is none of: [rules.Federal], a state, or "" for
	// a day on which the practice alone is closed. It is also a holiday of the rotas.
	Law    rules.JurisdictionID
	Day    HolidayRule
	Source string // where the law says so
}

// A HolidayRule computes the day of a holiday. One of On, Month with Day, Month
// with Weekday and Easter is set.
type HolidayRule struct {
	On      rules.Date // one day alone
	Month   time.Month
	Day     int          // of Month
	Weekday time.Weekday // with Nth
	Nth     int          // 1 to 4; -1 is the last of Month; 0 leaves Weekday out
	Easter  bool         // Easter Sunday of the Gregorian calendar
	Plus    int          // so many days later
	// Observed says what follows when a day of a month falls on a weekend.
	Observed Observed
}

// Observed says on which day a holiday is kept that falls on a weekend.
type Observed string

// The ways of keeping a holiday.
const (
	ObservedThen    Observed = ""        // on the day itself
	ObservedNearest Observed = "nearest" // Saturday's on Friday, Sunday's on Monday
	ObservedMonday  Observed = "monday"  // Sunday's on Monday
)

// FederalHolidays are the legal public holidays of 5 U.S.C. § 6103(a), kept on
// the Friday before when they fall on a Saturday (§ 6103(b)) and on the Monday
// after when they fall on a Sunday (Executive Order 11582, section 3).
// Inauguration Day, a holiday in and around Washington alone (§ 6103(c)), is not
// among them.
func FederalHolidays() Calendar {
	in := statute{rules.Federal, "5 U.S.C. § 6103"}
	return Calendar{
		in.fixed("New Year's Day", time.January, 1, ObservedNearest),
		in.nth("Birthday of Martin Luther King, Jr.", 3, time.Monday, time.January),
		in.nth("Washington's Birthday", 3, time.Monday, time.February),
		in.nth("Memorial Day", -1, time.Monday, time.May),
		in.fixed("Juneteenth National Independence Day", time.June, 19, ObservedNearest),
		in.fixed("Independence Day", time.July, 4, ObservedNearest),
		in.nth("Labor Day", 1, time.Monday, time.September),
		in.nth("Columbus Day", 2, time.Monday, time.October),
		in.fixed("Veterans Day", time.November, 11, ObservedNearest),
		in.nth("Thanksgiving Day", 4, time.Thursday, time.November),
		in.fixed("Christmas Day", time.December, 25, ObservedNearest),
	}
}

// Has reports whether a day is a holiday of any kind.
func (c Calendar) Has(d rules.Date) bool {
	return slices.ContainsFunc(c, func(h Holiday) bool { return h.Day.falls(d) })
}

// Of returns the days off of one law in the years from one to another.
func (c Calendar) Of(law rules.JurisdictionID, from, to int) []rules.Date {
	var days []rules.Date
	for _, h := range c {
		for year := from; h.Law == law && year <= to; year++ {
			if d, ok := h.Day.in(year); ok {
				days = append(days, d)
			}
		}
	}
	return days
}

// knows reports whether any day off of a law is known.
func (c Calendar) knows(law rules.JurisdictionID) bool {
	return slices.ContainsFunc(c, func(h Holiday) bool { return h.Law == law })
}

// daysOff says which days a clock leaves out that the law counts in working days,
// "" for one that runs through.
func (k clock) daysOff(env Env) string {
	if k.deadline.WorkingDays == 0 && k.deadline.DaysOff == "" {
		return ""
	}
	law := k.rule.Jurisdiction
	place := placeName(env.Book, law)
	set := env.Practice.Holidays.knows(law)
	switch legal := legalHolidays(law); {
	case len(legal) > 0 && set:
		return "Counted without Saturdays, Sundays and holidays of " + place + ": those of " + legal[0].Source +
			" that are built in, and those set for this practice. With others it could only be due later."
	case len(legal) > 0:
		return "Counted without Saturdays, Sundays and holidays of " + place + ": those of " + legal[0].Source +
			" that are built in. With others it could only be due later."
	case set:
		return "Counted without Saturdays, Sundays and the holidays of " + place + " that are set for this practice."
	default:
		return "Counted without Saturdays and Sundays. No holidays of " + place + " are set for this practice: with them it could only be due later."
	}
}

// between counts the holidays after one day up to another; it is negative when
// the other comes first.
func (c Calendar) between(from, to rules.Date) int {
	if to.Before(from) {
		return -c.between(to, from)
	}
	days := map[rules.Date]bool{}
	for year := from.Year - 1; year <= to.Year+1; year++ {
		for _, h := range c {
			if d, ok := h.Day.in(year); ok && from.Before(d) && !to.Before(d) {
				days[d] = true
			}
		}
	}
	return len(days)
}

// falls reports whether the holiday is kept on a day. One that is kept in the
// year before or after its own, such as a New Year's Day on a Saturday, counts.
func (h HolidayRule) falls(d rules.Date) bool {
	for year := d.Year - 1; year <= d.Year+1; year++ {
		if kept, ok := h.in(year); ok && kept == d {
			return true
		}
	}
	return false
}

// in is the day on which the holiday of a year is kept; false when there is none.
func (h HolidayRule) in(year int) (rules.Date, bool) {
	switch {
	case !h.On.IsZero():
		return h.On, h.On.Year == year
	case h.Easter:
		return addDays(easter(year), h.Plus), true
	case h.Nth != 0:
		return addDays(nthWeekday(year, h.Month, h.Weekday, h.Nth), h.Plus), true
	}
	day := rules.Date{Year: year, Month: h.Month, Day: h.Day}
	if real := addDays(day, 0); real != day { // February 29 in a common year
		return rules.Date{}, false
	}
	day = addDays(day, h.Plus)
	switch weekday := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC).Weekday(); {
	case weekday == time.Saturday && h.Observed == ObservedNearest:
		return addDays(day, -1), true
	case weekday == time.Sunday && h.Observed != ObservedThen:
		return addDays(day, 1), true
	}
	return day, true
}

// nthWeekday is the nth such day of a month, or its last for -1.
func nthWeekday(year int, m time.Month, w time.Weekday, n int) rules.Date {
	if n < 0 {
		last := time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC)
		return addDays(rules.DateOf(last), -(int(last.Weekday())-int(w)+7)%7)
	}
	first := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
	return addDays(rules.DateOf(first), (int(w)-int(first.Weekday())+7)%7+7*(n-1))
}

// easter is Easter Sunday, by the anonymous Gregorian computus (Meeus, Jones and
// Butcher).
func easter(year int) rules.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return rules.Date{Year: year, Month: time.Month(n / 31), Day: n%31 + 1}
}
