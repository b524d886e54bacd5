package dialog

import (
	"fmt"
	"strings"
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

// The days are counted out by hand from the statutes that holidays_states.go names.
func TestTheHolidaysOfAStateFallWhereItsStatuteSays(t *testing.T) {
	for law, years := range map[rules.JurisdictionID]map[int]string{
		"US-AK": {
			2026: "01-01 02-16 03-30 05-25 07-04 09-07 10-19 11-11 11-26 12-25",
			2027: "01-01 02-15 03-29 05-31 07-05 09-06 10-18 11-11 11-25 12-25",
		},
		"US-CA": {
			2026: "01-01 02-16 05-25 07-04 09-07 11-11 11-26 12-25",
			2027: "01-01 02-15 05-31 07-05 09-06 11-11 11-25 12-25",
			2028: "01-01 02-21 05-29 07-04 09-04 11-10 11-23 12-25", // Veterans Day, a Saturday, is kept on Friday; New Year's Day is not
		},
		"US-MN": {
			2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 11-11 11-26 12-25",
			2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 11-11 11-25 12-24",
		},
		"US-MS": {
			2026: "01-01 01-19 02-16 04-27 05-25 07-04 09-07 11-11 11-26 12-25",
			2027: "01-01 01-18 02-15 04-26 05-31 07-05 09-06 11-11 11-25 12-25",
		},
		"US-RI": {
			2026: "01-01 01-19 05-25 07-04 08-10 09-07 10-12 11-11 11-26 12-25",
			2027: "01-01 01-18 05-31 07-05 08-09 09-06 10-11 11-11 11-25 12-25",
		},
		"US-SC": {
			2026: "01-01 01-19 02-16 05-10 05-25 07-04 09-07 11-11 11-26 11-27 12-24 12-25 12-26",
			2027: "01-01 01-18 02-15 05-10 05-31 07-04 09-06 11-11 11-25 11-26 12-24 12-25 12-26",
		},
	} {
		for year, want := range years {
			var got []string
			for _, d := range legalHolidays(law).Of(law, year, year) {
				got = append(got, strings.TrimPrefix(d.String(), fmt.Sprintf("%d-", year)))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s keeps in %d\n%s, want\n%s", law, year, strings.Join(got, " "), want)
			}
		}
	}
}

func TestAStatesHolidaysAreBuiltInWhereItsLawLeavesDaysOffOut(t *testing.T) {
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	counted := map[rules.JurisdictionID]bool{}
	for _, id := range book.Jurisdictions() {
		for _, pack := range book.Packs(id) {
			for _, r := range pack.Rules {
				for _, d := range r.Deadlines {
					// Where the earlier of 24 hours and a working day counts, it is the hours.
					counted[id] = counted[id] || d.DaysOff != "" || d.WorkingDays > 0 && d.Whichever != "earlier"
				}
			}
		}
	}
	for id, counts := range counted {
		if built := len(legalHolidays(id)) > 0; built != counts {
			t.Errorf("%s leaves days off out of a deadline: %t; its holidays are built in: %t", id, counts, built)
		}
	}
	for id := range counted {
		for _, h := range legalHolidays(id) {
			if h.Law != id || h.Source == "" || h.Name == "" {
				t.Errorf("a holiday of %s: %+v", id, h)
			}
		}
	}
}

func TestWorkingDaysLeaveOutTheHolidaysOfTheLawThatCountsThem(t *testing.T) {
	texas := Holiday{Name: "Day after Thanksgiving", Law: "US-TX", Day: HolidayRule{Month: time.November, Weekday: time.Thursday, Nth: 4, Plus: 1}}
	for name, tc := range map[string]struct {
		calendar Calendar
		due      string
		says     string
	}{
		"the state's, from its statute": {FederalHolidays(), "2026-11-30", "those of Cal. Gov. Code §§ 6700, 6701 and 19853 that are built in. With others it could only be due later."},
		"another state's do not count":  {Calendar{texas}, "2026-11-30", "that are built in. With others"},
		"what the practice sets adds to it": {Calendar{
			{Law: "US-CA", Day: HolidayRule{Month: time.November, Weekday: time.Thursday, Nth: 4}},
			{Law: "US-CA", Day: HolidayRule{Month: time.November, Weekday: time.Thursday, Nth: 4, Plus: 1}},
		}, "2026-12-01", "that are built in, and those set for this practice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newClinic(t)
			text := strings.Replace(shapes, "hours: 2, from: knowledge, text: Within two hours", "working_days: 3, from: knowledge, text: Within three working days", 1)
			k.env.Book = bookWith(t, "us-ca.yaml", text)
			k.env.Practice.Holidays = tc.calendar
			k.env.Now = instant(t, "2026-11-24T10:00:00-08:00")
			k.open("ana").press("ana", "California").pick("ana", "Child abuse or neglect").press("ana", "Yes")
			sees(t, k.card(), tc.says)
			for _, c := range clocks(k.env, k.c, studied(k.env, k.c)) {
				if c.deadline.Form == "oral" && rules.DateOf(c.due.In(k.env.Practice.Location)) != day(t, tc.due) {
					t.Errorf("due = %s, want %s", c.due.In(k.env.Practice.Location), tc.due)
				}
			}
		})
	}
}

func TestWhereNoHolidaysAreBuiltInThePracticesOwnAreAllThereIs(t *testing.T) {
	k := newClinic(t)
	texas := clock{rule: rules.RuleFinding{Jurisdiction: "US-TX"}, deadline: rules.Deadline{WorkingDays: 2}}
	sees(t, texas.daysOff(k.env), "No holidays of Texas are set for this practice: with them it could only be due later")
	k.env.Practice.Holidays = Calendar{{Law: "US-TX", Day: HolidayRule{Month: time.March, Day: 2}}}
	sees(t, texas.daysOff(k.env), "the holidays of Texas that are set for this practice")
}
