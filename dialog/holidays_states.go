package dialog

import (
	"time"

	"curbside/rules"
)

// legalHolidays are the holidays built in for a state whose law leaves days off
// out of a deadline; nil for any other. They count for that state's deadlines
// alone, and are no holidays of the rotas. A day is left out where the statute
// or another one leaves open whether the offices that take reports work on it,
// or where no text of the law was at hand: the deadline shown is then earlier
// than the law's, never later. docs/paging.md says which.
func legalHolidays(law rules.JurisdictionID) Calendar {
	switch law {
	case "US-AK":
		// § 44.12.010 as quoted in 2021; one that falls on a Sunday makes the Monday
		// one too (§ 44.12.020).
		in := statute{law, "Alaska Stat. §§ 44.12.010 and 44.12.020"}
		return Calendar{
			in.fixed("New Year's Day", time.January, 1, ObservedMonday),
			in.nth("Presidents' Day", 3, time.Monday, time.February),
			in.nth("Seward's Day", -1, time.Monday, time.March),
			in.nth("Memorial Day", -1, time.Monday, time.May),
			in.fixed("Independence Day", time.July, 4, ObservedMonday),
			in.nth("Labor Day", 1, time.Monday, time.September),
			in.fixed("Alaska Day", time.October, 18, ObservedMonday),
			in.fixed("Veterans' Day", time.November, 11, ObservedMonday),
			in.nth("Thanksgiving Day", 4, time.Thursday, time.November),
			in.fixed("Christmas Day", time.December, 25, ObservedMonday),
		}
	case "US-CA":
		// Those of § 6700(a) that hold for counties without an ordinance of theirs and
		// on which the state does not work either (§ 19853(a)); § 6701 for weekends.
		in := statute{law, "Cal. Gov. Code §§ 6700, 6701 and 19853"}
		return Calendar{
			in.fixed("New Year's Day", time.January, 1, ObservedMonday),
			in.nth("third Monday in February", 3, time.Monday, time.February),
			in.nth("Memorial Day", -1, time.Monday, time.May),
			in.fixed("Independence Day", time.July, 4, ObservedMonday),
			in.nth("Labor Day", 1, time.Monday, time.September),
			in.fixed("Veterans Day", time.November, 11, ObservedNearest),
			in.nth("Thanksgiving Day", 4, time.Thursday, time.November),
			in.fixed("Christmas Day", time.December, 25, ObservedMonday),
		}
	case "US-MN":
		// What “holiday” means in Minnesota's statutes, without the second Monday in
		// October and the Friday after Thanksgiving, which counties choose for themselves.
		in := statute{law, "Minn. Stat. § 645.44, subd. 5"}
		return Calendar{
			in.fixed("New Year's Day", time.January, 1, ObservedNearest),
			in.nth("Martin Luther King's Birthday", 3, time.Monday, time.January),
			in.nth("Washington's and Lincoln's Birthday", 3, time.Monday, time.February),
			in.nth("Memorial Day", -1, time.Monday, time.May),
			in.fixed("Juneteenth", time.June, 19, ObservedNearest),
			in.fixed("Independence Day", time.July, 4, ObservedNearest),
			in.nth("Labor Day", 1, time.Monday, time.September),
			in.fixed("Veterans Day", time.November, 11, ObservedNearest),
			in.nth("Thanksgiving Day", 4, time.Thursday, time.November),
			in.fixed("Christmas Day", time.December, 25, ObservedNearest),
		}
	case "US-MS":
		// § 3-3-7(1), as quoted in 2024: one that falls on a Sunday is kept on the next day.
		in := statute{law, "Miss. Code § 3-3-7"}
		return Calendar{
			in.fixed("New Year's Day", time.January, 1, ObservedMonday),
			in.nth("Robert E. Lee's and Dr. Martin Luther King, Jr.'s birthday", 3, time.Monday, time.January),
			in.nth("Washington's birthday", 3, time.Monday, time.February),
			in.nth("Confederate Memorial Day", -1, time.Monday, time.April),
			in.nth("National Memorial Day and Jefferson Davis' birthday", -1, time.Monday, time.May),
			in.fixed("Independence Day", time.July, 4, ObservedMonday),
			in.nth("Labor Day", 1, time.Monday, time.September),
			in.fixed("Armistice or Veterans' Day", time.November, 11, ObservedMonday),
			in.nth("Thanksgiving Day", 4, time.Thursday, time.November),
			in.fixed("Christmas Day", time.December, 25, ObservedMonday),
		}
	case "US-RI":
		// One that falls on a Sunday is kept on the next day; that of a Saturday moves
		// for state employees alone.
		in := statute{law, "R.I. Gen. Laws § 25-1-1"}
		return Calendar{
			in.fixed("New Year's Day", time.January, 1, ObservedMonday),
			in.nth("Dr. Martin Luther King, Jr.'s Birthday", 3, time.Monday, time.January),
			in.nth("Memorial Day", -1, time.Monday, time.May),
			in.fixed("Independence Day", time.July, 4, ObservedMonday),
			in.nth("Victory Day", 2, time.Monday, time.August),
			in.nth("Labor Day", 1, time.Monday, time.September),
			in.nth("Columbus Day", 2, time.Monday, time.October),
			in.fixed("Veterans' Day", time.November, 11, ObservedMonday),
			in.nth("Thanksgiving Day", 4, time.Thursday, time.November),
			in.fixed("Christmas Day", time.December, 25, ObservedMonday),
		}
	case "US-SC":
		// The statute moves none that falls on a weekend.
		in := statute{law, "S.C. Code § 53-5-10"}
		afterThanksgiving := in.nth("the day after Thanksgiving Day", 4, time.Thursday, time.November)
		afterThanksgiving.Day.Plus = 1
		return Calendar{
			in.fixed("New Year's Day", time.January, 1, ObservedThen),
			in.nth("Martin Luther King, Jr. Day", 3, time.Monday, time.January),
			in.nth("George Washington's birthday/President's Day", 3, time.Monday, time.February),
			in.fixed("Confederate Memorial Day", time.May, 10, ObservedThen),
			in.nth("National Memorial Day", -1, time.Monday, time.May),
			in.fixed("Independence Day", time.July, 4, ObservedThen),
			in.nth("Labor Day", 1, time.Monday, time.September),
			in.fixed("Veterans Day", time.November, 11, ObservedThen),
			in.nth("National Thanksgiving Day", 4, time.Thursday, time.November),
			afterThanksgiving,
			in.fixed("Christmas Eve", time.December, 24, ObservedThen),
			in.fixed("Christmas Day", time.December, 25, ObservedThen),
			in.fixed("the day after Christmas Day", time.December, 26, ObservedThen),
		}
	default:
		return nil
	}
}

// A statute is whose holidays it sets, and how it is cited.
type statute struct {
	law    rules.JurisdictionID
	source string
}

// fixed is a holiday on a day of a month.
func (s statute) fixed(name string, m time.Month, d int, o Observed) Holiday {
	return Holiday{Name: name, Law: s.law, Source: s.source, Day: HolidayRule{Month: m, Day: d, Observed: o}}
}

// nth is a holiday on the nth weekday of a month, or its last for -1.
func (s statute) nth(name string, n int, w time.Weekday, m time.Month) Holiday {
	return Holiday{Name: name, Law: s.law, Source: s.source, Day: HolidayRule{Month: m, Weekday: w, Nth: n}}
}
