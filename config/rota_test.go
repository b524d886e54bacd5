package config

import (
	"os"
	"reflect"
	"testing"
	"time"
)

func loadRota(t *testing.T) *Config {
	t.Helper()
	src, err := os.ReadFile("testdata/rota-complete.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cfg, found, err := Parse(src, Options{Dir: "testdata"})
	if err != nil {
		t.Fatalf("%v: %v", err, found)
	}
	return cfg
}

func TestARotaIsReadWhole(t *testing.T) {
	cfg := loadRota(t)
	r := cfg.Rotas[0]
	if r.First != time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) || r.Location.String() != "America/Chicago" {
		t.Errorf("it begins %s in %s", r.First, r.Location)
	}
	if got, want := r.Turns[0].Spans, []Span{{From: 480, Until: 480}}; !reflect.DeepEqual(got, want) {
		t.Errorf("the week is %+v, want %+v", got, want)
	}
	if got, want := r.Turns[1].Spans, []Span{{From: 480, Until: 480 + minutesOfDay, Holidays: true}}; !reflect.DeepEqual(got, want) {
		t.Errorf("holidays are %+v, want %+v", got, want)
	}
	if q := cfg.Escalation.QuietHours; q.Begins != 21*60 || q.Ends != 7*60+30 {
		t.Errorf("quiet hours are %+v", q)
	}
	if a := cfg.Absences[0]; a.Begins.Format(time.RFC3339) != "2026-12-21T00:00:00-06:00" || a.Ends.Format(time.RFC3339) != "2027-01-04T00:00:00-06:00" {
		t.Errorf("away from %s until %s; want the last day as well", a.Begins, a.Ends)
	}
	if s := cfg.Escalation.Signatures; s.SignOff != 2 || s.Departure != 1 {
		t.Errorf("signatures are %+v, want the default beside what was set", s)
	}
	if !cfg.Holidays.Federal {
		t.Error("the federal holidays are off, which nobody wrote")
	}
}

func TestTurnsAreLaidOutOverTheWeek(t *testing.T) {
	for name, tc := range map[string]struct {
		turn RotaTurn
		want []Span
	}{
		"a weekend":                       {RotaTurn{From: "fri 18:00", Until: "mon 08:00"}, []Span{{From: 4*1440 + 1080, Until: 480}}},
		"nights of two days":              {RotaTurn{From: "18:00", Until: "08:00", Days: []string{"mon", "sun"}}, []Span{{From: 1080, Until: 1440 + 480}, {From: 6*1440 + 1080, Until: 480}}},
		"a day until its midnight":        {RotaTurn{From: "18:00", Until: "24:00", Days: []string{"sun"}}, []Span{{From: 6*1440 + 1080, Until: 0}}},
		"the whole week, until its end":   {RotaTurn{From: "mon 00:00", Until: "sun 24:00"}, []Span{{From: 0, Until: 0}}},
		"hours that are the same round":   {RotaTurn{From: "08:00", Until: "08:00", Days: []string{"tue"}}, []Span{{From: 1440 + 480, Until: 2*1440 + 480}}},
		"the first hours of every Monday": {RotaTurn{From: "Mon 0:00", Until: "mon 6:30"}, []Span{{From: 0, Until: 390}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tc.turn.spans()
			if err != nil || !reflect.DeepEqual(got, tc.want) {
				t.Errorf("spans = %+v, %v; want %+v", got, err, tc.want)
			}
		})
	}
}

func TestHolidaysAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]HolidayRule{
		"2026-12-24":                   {Date: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)},
		"2026-12-31 + 1":               {Date: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		"March 31":                     {Month: time.March, Day: 31},
		"feb 29":                       {Month: time.February, Day: 29},
		"3rd Monday of January":        {Month: time.January, Weekday: time.Monday, Nth: 3},
		"last mon in may":              {Month: time.May, Weekday: time.Monday, Nth: -1},
		"4th thursday of november + 1": {Month: time.November, Weekday: time.Thursday, Nth: 4, Plus: 1},
		"easter - 2":                   {Easter: true, Plus: -2},
		"  december   25  ":            {Month: time.December, Day: 25},
	} {
		got, err := holidayRule(text)
		if err != nil || got != want {
			t.Errorf("%q is %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func FuzzAHolidayOrATurnIsReadOrRefused(f *testing.F) {
	for _, seed := range []string{"march 31", "last monday of may + 1", "easter - 2", "2026-12-24", "mon 08:00", "24:00", "99:99", "st monday of"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, from, until string) {
		if rule, err := holidayRule(from); err == nil && rule == (HolidayRule{}) {
			t.Errorf("%q is taken for a holiday that is on no day", from)
		}
		spans, err := RotaTurn{From: from, Until: until}.spans()
		for _, s := range spans {
			if err != nil || s.From < 0 || s.From >= minutesOfWeek || s.Until < 0 || s.Until >= minutesOfWeek {
				t.Errorf("from %q until %q: %+v, %v", from, until, s, err)
			}
		}
	})
}
