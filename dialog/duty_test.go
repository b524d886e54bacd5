package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/rules"
)

const hour = WeekTime(60)

// rotas are those of a small practice in New York: three people take weeks from
// Monday, 8:00, to Monday, 8:00; nights are shared by two, day by day.
func rotas(t testing.TB) *Practice {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	p := practice(t)
	p.Location = zone
	p.Holidays = FederalHolidays()
	p.Rotas = []Rota{
		{ID: "first", Name: "First call", Location: zone, Starts: rules.Date{Year: 2026, Month: time.March, Day: 2}, Shifts: []Shift{
			{From: 8 * hour, Until: 8 * hour, People: []PersonID{"dana", "eli", "ben"}},
			{From: 8 * hour, Until: 8 * hour, People: []PersonID{"ben", "eli"}, Holidays: true},
		}},
		{ID: "office", Name: "Office hours", Location: zone, Starts: rules.Date{Year: 2026, Month: time.March, Day: 2}, Shifts: []Shift{
			{From: 8 * hour, Until: 18 * hour, People: []PersonID{"dana"}},
			{From: 24*hour + 8*hour, Until: 24*hour + 18*hour, People: []PersonID{"eli"}},
			{From: 24*hour + 17*hour, Until: 24*hour + 20*hour, People: []PersonID{"ben"}},
		}},
	}
	p.Chain = [][]PersonID{{"first"}, {"eli"}}
	return p
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestWhoIsOnDuty(t *testing.T) {
	for name, tc := range map[string]struct {
		rota   RotaID
		at     string
		change func(*Practice)
		covers []Cover
		want   []PersonID
	}{
		"the first week belongs to the first":                       {rota: "first", at: "2026-03-02T08:00:00-05:00", want: []PersonID{"dana"}},
		"a minute before the hand-over it is the one of last week":  {rota: "first", at: "2026-03-09T07:59:00-04:00", want: []PersonID{"dana"}},
		"at the hand-over it is the next":                           {rota: "first", at: "2026-03-09T08:00:00-04:00", want: []PersonID{"eli"}},
		"before the first week the turns run backwards":             {rota: "first", at: "2026-02-23T09:00:00-05:00", want: []PersonID{"ben"}},
		"a year later the turns have gone on":                       {rota: "first", at: "2027-03-03T12:00:00-05:00", want: []PersonID{"eli"}},
		"the hour that the clocks skip in spring has somebody":      {rota: "first", at: "2026-03-08T03:00:00-04:00", want: []PersonID{"dana"}},
		"the first 1:30 of the night on which clocks go back":       {rota: "first", at: "2026-11-01T01:30:00-04:00", want: []PersonID{"eli"}},
		"the second 1:30 of the night on which clocks go back":      {rota: "first", at: "2026-11-01T01:30:00-05:00", want: []PersonID{"eli"}},
		"another zone sees the same hand-over":                      {rota: "first", at: "2026-03-09T05:00:00-07:00", want: []PersonID{"eli"}},
		"on a holiday the people of the holidays":                   {rota: "first", at: "2026-05-25T12:00:00-04:00", want: []PersonID{"eli"}},
		"the night after a holiday belongs to it":                   {rota: "first", at: "2026-05-26T07:59:00-04:00", want: []PersonID{"eli"}},
		"the morning after a holiday is the week's again":           {rota: "first", at: "2026-05-26T08:00:00-04:00", want: []PersonID{"dana"}},
		"holidays are taken in turns":                               {rota: "first", at: "2026-06-19T12:00:00-04:00", want: []PersonID{"ben"}},
		"outside of every shift nobody":                             {rota: "office", at: "2026-03-02T19:00:00-05:00", want: nil},
		"two shifts that overlap give two people":                   {rota: "office", at: "2026-03-03T17:30:00-05:00", want: []PersonID{"eli", "ben"}},
		"somebody away leaves a gap":                                {rota: "first", at: "2026-03-04T12:00:00-05:00", change: away("dana", ""), want: nil},
		"somebody away with a stand-in":                             {rota: "first", at: "2026-03-04T12:00:00-05:00", change: away("dana", "eli"), want: []PersonID{"eli"}},
		"a stand-in who is away as well leaves a gap":               {rota: "first", at: "2026-03-04T12:00:00-05:00", change: func(p *Practice) { away("dana", "eli")(p); away("eli", "ben")(p) }, want: nil},
		"somebody back from being away":                             {rota: "first", at: "2026-03-06T00:00:00-05:00", change: away("dana", "eli"), want: []PersonID{"dana"}},
		"a duty that was taken over":                                {rota: "first", at: "2026-03-04T12:00:00-05:00", covers: []Cover{cover(t, "dana", "ben")}, want: []PersonID{"ben"}},
		"a duty that was taken over twice":                          {rota: "first", at: "2026-03-04T12:00:00-05:00", covers: []Cover{cover(t, "dana", "ben"), cover(t, "ben", "eli")}, want: []PersonID{"eli"}},
		"what was taken over is given back at its end":              {rota: "first", at: "2026-03-05T00:00:00-05:00", covers: []Cover{cover(t, "dana", "ben")}, want: []PersonID{"dana"}},
		"a cover for somebody who has no turn then changes nothing": {rota: "first", at: "2026-03-04T12:00:00-05:00", covers: []Cover{cover(t, "eli", "ben")}, want: []PersonID{"dana"}},
		"a rota that is not there has nobody":                       {rota: "second", at: "2026-03-04T12:00:00-05:00", want: nil},
		"a rota with a shift of nobody":                             {rota: "first", at: "2026-03-04T12:00:00-05:00", change: func(p *Practice) { p.Rotas[0].Shifts[0].People = nil }, want: nil},
		"a day of its own on which the practice is closed is a duty": {rota: "first", at: "2026-03-04T12:00:00-05:00", change: func(p *Practice) {
			p.Holidays = Calendar{{Day: HolidayRule{On: rules.Date{Year: 2026, Month: time.March, Day: 4}}}}
		}, want: []PersonID{"eli"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := rotas(t)
			if tc.change != nil {
				tc.change(p)
			}
			if got := p.OnDuty(tc.rota, instant(t, tc.at), tc.covers); !slices.Equal(got, tc.want) {
				t.Errorf("on duty = %v, want %v", got, tc.want)
			}
		})
	}
}

// away has somebody away on March 4 and 5.
func away(who, instead PersonID) func(*Practice) {
	return func(p *Practice) {
		from := time.Date(2026, time.March, 4, 0, 0, 0, 0, p.Location)
		p.Absences = append(p.Absences, Absence{Who: who, From: from, Until: from.AddDate(0, 0, 2), Instead: instead})
	}
}

// cover takes over on March 4.
func cover(t testing.TB, who, by PersonID) Cover {
	return Cover{Rota: "first", Who: who, By: by, From: instant(t, "2026-03-04T00:00:00-05:00"), Until: instant(t, "2026-03-05T00:00:00-05:00")}
}

// planned writes a plan as lines that can be read.
func planned(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		zone := s.From.Location()
		fmt.Fprintf(&b, "%s – %s %v\n", s.From.Format("Jan 2 15:04 MST"), s.Until.In(zone).Format("Jan 2 15:04 MST"), s.People)
	}
	return b.String()
}

func TestThePlanAcrossANightOnWhichTheClocksChange(t *testing.T) {
	p := rotas(t)
	for name, tc := range map[string]struct{ from, until, want string }{
		"spring": {"2026-03-07T12:00:00-05:00", "2026-03-10T00:00:00-04:00", "Mar 7 12:00 EST – Mar 9 08:00 EDT [dana]\nMar 9 08:00 EDT – Mar 10 00:00 EDT [eli]\n"},
		"autumn": {"2026-10-31T12:00:00-04:00", "2026-11-03T00:00:00-05:00", "Oct 31 12:00 EDT – Nov 2 08:00 EST [eli]\nNov 2 08:00 EST – Nov 3 00:00 EST [ben]\n"},
	} {
		from, until := instant(t, tc.from).In(p.Location), instant(t, tc.until)
		if got := planned(p.DutyPlan("first", from, until, nil)); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, tc.want)
		}
	}
}

func TestThePlanHasNoBreakAndAgreesWithWhoIsOnDuty(t *testing.T) {
	p := rotas(t)
	away("dana", "ben")(p)
	covers := []Cover{cover(t, "ben", "eli")}
	from := instant(t, "2026-02-20T05:17:00-05:00")
	until := from.AddDate(1, 0, 0)
	for _, rota := range []RotaID{"first", "office"} {
		last := from
		for _, s := range p.DutyPlan(rota, from, until, covers) {
			if !s.From.Equal(last) || !s.Until.After(s.From) {
				t.Fatalf("%s: the span from %s follows one that ends %s", rota, s.From, last)
			}
			for _, when := range []time.Time{s.From, s.From.Add(s.Until.Sub(s.From) / 2), s.Until.Add(-time.Second)} {
				if got := p.OnDuty(rota, when, covers); !slices.Equal(got, s.People) {
					t.Errorf("%s: at %s %v, in the plan %v", rota, when, got, s.People)
				}
			}
			last = s.Until
		}
		if !last.Equal(until) {
			t.Errorf("%s: the plan ends %s, want %s", rota, last, until)
		}
	}
}

func TestGapsAreFoundInTheNextFourteenDays(t *testing.T) {
	now := instant(t, "2026-03-02T09:00:00-05:00")
	for name, tc := range map[string]struct {
		change  func(*Practice)
		covers  []Cover
		reaches func(PersonID) bool
		want    string
	}{
		"a week that is filled has none": {want: ""},
		"somebody away":                  {change: away("dana", ""), want: "first Mar 4 00:00 – Mar 6 00:00 []\n"},
		"somebody away whose duty was taken over in part": {
			change: away("dana", "ben"), covers: []Cover{cover(t, "ben", "nobody")},
			reaches: func(p PersonID) bool { return p != "nobody" }, want: "first Mar 4 00:00 – Mar 5 00:00 [nobody]\n",
		},
		"somebody who cannot be reached": {reaches: func(p PersonID) bool { return p != "eli" }, want: "first Mar 9 08:00 – Mar 16 08:00 [eli]\n"},
		"a rota that no chain counts on": {change: func(p *Practice) { p.Chain = [][]PersonID{{"dana"}}; away("dana", "")(p) }, want: ""},
		"two rotas of one step fill in for each other": {change: func(p *Practice) {
			p.Rotas[0].Shifts = []Shift{{From: 0, Until: 8 * hour, People: []PersonID{"ben"}}, {From: 18 * hour, Until: 0, People: []PersonID{"ben"}}}
			p.Rotas[1].Shifts = []Shift{{From: 8 * hour, Until: 18 * hour, People: []PersonID{"dana"}}}
			p.Chain = [][]PersonID{{"first", "office"}}
		}, want: ""},
		"somebody who is always in the step fills every gap": {change: func(p *Practice) { p.Chain = [][]PersonID{{"first", "eli"}}; away("dana", "")(p) }, want: ""},
		"a step of its own has its own gaps": {change: func(p *Practice) {
			p.Rotas[1].Shifts = []Shift{{From: 0, Until: 8 * hour, People: []PersonID{"dana"}}, {From: 9 * hour, Until: 0, People: []PersonID{"dana"}}}
			p.Chain = [][]PersonID{{"first"}, {"office"}}
		}, want: "office Mar 9 08:00 – Mar 9 09:00 []\noffice Mar 16 08:00 – Mar 16 09:00 []\n"},
		"a team's rota counts": {change: func(p *Practice) {
			p.Chain = nil
			p.Teams = map[TeamID][][]PersonID{"youth": {{"first"}}}
			away("dana", "")(p)
		}, want: "first Mar 4 00:00 – Mar 6 00:00 []\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := rotas(t)
			if tc.change != nil {
				tc.change(p)
			}
			if tc.reaches == nil {
				tc.reaches = everybody
			}
			var got strings.Builder
			for _, g := range p.Gaps(now, tc.covers, tc.reaches) {
				fmt.Fprintf(&got, "%s %s – %s %v\n", g.Rota, g.From.In(p.Location).Format("Jan 2 15:04"), g.Until.In(p.Location).Format("Jan 2 15:04"), g.People)
			}
			if got.String() != tc.want {
				t.Errorf("gaps:\n%s\nwant\n%s", got.String(), tc.want)
			}
		})
	}
}

func TestTheChainIsThatOfTheTeamAndOfTheMoment(t *testing.T) {
	p := rotas(t)
	p.Teams = map[TeamID][][]PersonID{"youth": {{"all", "ben", "eli"}, {"first"}}}
	ana := p.People["ana"]
	ana.Team = "youth"
	p.People["ana"] = ana
	away("eli", "dana")(p)
	got := fmt.Sprint(p.ChainAt("ana", instant(t, "2026-03-04T12:00:00-05:00"), nil), p.ChainAt("zoe", instant(t, "2026-03-11T12:00:00-04:00"), nil))
	if want := "[{[ben dana] true} {[dana] false}] [{[eli] false} {[eli] false}]"; got != want {
		t.Errorf("chains = %s, want %s", got, want)
	}
}

func TestQuietHoursRunAcrossMidnightAndAcrossAChangeOfTheClocks(t *testing.T) {
	p := rotas(t)
	p.QuietFrom, p.QuietUntil = DayTime(21*60), DayTime(7*60)
	for at1, want := range map[string]string{
		"2026-03-07T20:59:00-05:00": "",
		"2026-03-07T21:00:00-05:00": "2026-03-08T07:00:00-04:00",
		"2026-03-08T06:59:00-04:00": "2026-03-08T07:00:00-04:00",
		"2026-03-08T07:00:00-04:00": "",
		"2026-11-01T01:30:00-05:00": "2026-11-01T07:00:00-05:00",
	} {
		got := ""
		if until, quiet := p.quietUntil(instant(t, at1)); quiet {
			got = until.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("at %s quiet until %q, want %q", at1, got, want)
		}
	}
}
