package config

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The lengths of a day and of a week, in minutes.
const (
	minutesOfDay  = 24 * 60
	minutesOfWeek = 7 * minutesOfDay
)

// weekdays are the days as a turn names them, the first of the week first.
var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// holidaysDay, among the days of a turn, stands for every holiday.
const holidaysDay = "holidays"

var (
	clockTime = regexp.MustCompile(`^([01]?\d|2[0-4]):([0-5]\d)$`)
	dayOfYear = regexp.MustCompile(`^([a-z]+) (\d{1,2})$`)
	nthDay    = regexp.MustCompile(`^(1st|2nd|3rd|4th|last) ([a-z]+) (?:of|in) ([a-z]+)$`)
	daysLater = regexp.MustCompile(`^(.+?) ([+-]) (\d{1,2})$`)

	errTime    = errors.New("one of them is no time; write 08:00, or mon 08:00")
	errHoliday = errors.New("is no day; write 2026-12-24, march 31, 3rd monday of january, last monday of may, easter - 2, or one of these with + 1 after it")
)

// clockMinutes reads "08:00"; "24:00" is the midnight at the end of a day.
func clockMinutes(text string) (int, error) {
	m := clockTime.FindStringSubmatch(text)
	if m == nil {
		return 0, errTime
	}
	hours, _ := strconv.Atoi(m[1])
	minutes, _ := strconv.Atoi(m[2])
	if hours*60+minutes > minutesOfDay {
		return 0, errTime
	}
	return hours*60 + minutes, nil
}

// weekMinutes reads "mon 08:00". dated is false for a time without its day.
func weekMinutes(text string) (minutes int, dated bool, err error) {
	day, clock, dated := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " ")
	if !dated {
		minutes, err = clockMinutes(day)
		return minutes, false, err
	}
	i := slices.Index(weekdays, day)
	if i < 0 {
		return 0, false, errTime
	}
	minutes, err = clockMinutes(strings.TrimSpace(clock))
	return i*minutesOfDay + minutes, true, err
}

// spans lays a turn out over the week.
func (t RotaTurn) spans() ([]Span, error) {
	from, dated, err := weekMinutes(t.From)
	until, alsoDated, errUntil := weekMinutes(t.Until)
	switch {
	case err != nil || errUntil != nil || !dated && from == minutesOfDay:
		return nil, errTime
	case dated != alsoDated:
		return nil, errors.New("from and until must both name their day, or neither")
	case dated && len(t.Days) > 0:
		return nil, errors.New("days has no use where from and until name theirs")
	case dated:
		return []Span{{From: from % minutesOfWeek, Until: until % minutesOfWeek}}, nil
	}
	if until <= from {
		until += minutesOfDay
	}
	days := t.Days
	if len(days) == 0 {
		days = weekdays
	}
	var spans []Span
	for _, day := range days {
		if day == holidaysDay {
			spans = append(spans, Span{From: from, Until: until, Holidays: true})
			continue
		}
		start := slices.Index(weekdays, day) * minutesOfDay
		spans = append(spans, Span{From: start + from, Until: (start + until) % minutesOfWeek})
	}
	return spans, nil
}

// holidayRule reads on which day a holiday falls.
func holidayRule(text string) (HolidayRule, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	var rule HolidayRule
	if m := daysLater.FindStringSubmatch(text); m != nil {
		rule.Plus, _ = strconv.Atoi(m[2] + m[3])
		text = m[1]
	}
	if date, err := time.Parse(time.DateOnly, text); err == nil {
		rule.Date = date.AddDate(0, 0, rule.Plus)
		rule.Plus = 0
		return rule, nil
	}
	if text == "easter" {
		rule.Easter = true
		return rule, nil
	}
	if m := nthDay.FindStringSubmatch(text); m != nil {
		weekday, ok := named(m[2], time.Sunday, time.Saturday, time.Weekday.String)
		month, also := named(m[3], time.January, time.December, time.Month.String)
		rule.Weekday, rule.Month = weekday, month
		rule.Nth = map[string]int{"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1}[m[1]]
		if ok && also {
			return rule, nil
		}
		return HolidayRule{}, errHoliday
	}
	if m := dayOfYear.FindStringSubmatch(text); m != nil {
		month, ok := named(m[1], time.January, time.December, time.Month.String)
		rule.Month = month
		rule.Day, _ = strconv.Atoi(m[2])
		if leap := time.Date(2028, month, rule.Day, 0, 0, 0, 0, time.UTC); ok && leap.Month() == month && rule.Day > 0 {
			return rule, nil
		}
	}
	return HolidayRule{}, errHoliday
}

// named finds a weekday or a month by its English name, or by its first three letters.
func named[T ~int](text string, first, last T, name func(T) string) (T, bool) {
	for one := first; one <= last; one++ {
		if full := strings.ToLower(name(one)); text == full || text == full[:3] {
			return one, true
		}
	}
	return 0, false
}
