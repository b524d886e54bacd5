package dialog

import (
	"testing"
	"time"

	"curbside/rules"
)

func day(t testing.TB, text string) rules.Date {
	t.Helper()
	d, err := rules.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The days are those the Office of Personnel Management publishes for each year.
func TestFederalHolidaysFallWhereTheGovernmentKeepsThem(t *testing.T) {
	federal := FederalHolidays()
	for year, want := range map[int][]string{
		2026: {"2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25"},
		2027: {"2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-07-05", "2027-09-06", "2027-10-11", "2027-11-11", "2027-11-25", "2027-12-24"},
	} {
		got := federal.Of(rules.Federal, year, year)
		if len(got) != len(want) {
			t.Fatalf("%d has %d federal holidays, want %d", year, len(got), len(want))
		}
		for i, w := range want {
			if got[i] != day(t, w) {
				t.Errorf("%s is kept on %s, want %s", federal[i].Name, got[i], w)
			}
		}
	}
}

func TestAHolidayIsComputedByItsRule(t *testing.T) {
	for name, tc := range map[string]struct {
		rule HolidayRule
		on   string
		not  string
	}{
		"a New Year's Day on a Saturday is kept in the year before": {HolidayRule{Month: time.January, Day: 1, Observed: ObservedNearest}, "2027-12-31", "2028-01-01"},
		"a state that moves Sundays only keeps its Saturdays":       {HolidayRule{Month: time.March, Day: 31, Observed: ObservedMonday}, "2029-03-31", "2029-03-30"},
		"a state that moves Sundays keeps them on Monday":           {HolidayRule{Month: time.March, Day: 31, Observed: ObservedMonday}, "2030-04-01", "2030-03-29"},
		"a holiday that moves nowhere stays on its Sunday":          {HolidayRule{Month: time.July, Day: 4}, "2027-07-04", "2027-07-05"},
		"the day after Thanksgiving":                                {HolidayRule{Month: time.November, Weekday: time.Thursday, Nth: 4, Plus: 1}, "2026-11-27", "2026-11-26"},
		"the last Monday of a month with five":                      {HolidayRule{Month: time.May, Weekday: time.Monday, Nth: -1}, "2027-05-31", "2027-05-24"},
		"Good Friday":                                               {HolidayRule{Easter: true, Plus: -2}, "2026-04-03", "2026-04-05"},
		"Good Friday of an early year":                              {HolidayRule{Easter: true, Plus: -2}, "2008-03-21", "2008-03-23"},
		"one day alone":                                             {HolidayRule{On: rules.Date{Year: 2026, Month: time.December, Day: 24}}, "2026-12-24", "2027-12-24"},
		"a leap day is kept in leap years":                          {HolidayRule{Month: time.February, Day: 29}, "2028-02-29", "2027-03-01"},
		"a fixed day and the day after that":                        {HolidayRule{Month: time.December, Day: 25, Plus: 1}, "2026-12-26", "2026-12-25"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Calendar{{Name: name, Day: tc.rule}}
			if !c.Has(day(t, tc.on)) {
				t.Errorf("%s is not kept", tc.on)
			}
			if c.Has(day(t, tc.not)) {
				t.Errorf("%s is kept", tc.not)
			}
		})
	}
}
