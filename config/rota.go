package config

import "time"

// A Rota says who has a duty, week by week.
type Rota struct {
	ID       string         `mapstructure:"id"`   // named in a chain like a person
	Name     string         `mapstructure:"name"` // as colleagues know it
	TimeZone string         `mapstructure:"time_zone"`
	Location *time.Location `mapstructure:"-"`      // TimeZone, looked up; the practice's unless set
	Starts   string         `mapstructure:"starts"` // a day of the week in which the first of every turn begins
	First    time.Time      `mapstructure:"-"`      // Starts, midnight UTC
	Turns    []RotaTurn     `mapstructure:"turns"`
}

// A RotaTurn is a part of the week at which people take turns, week by week.
type RotaTurn struct {
	From   string   `mapstructure:"from"`  // "mon 08:00", or "18:00" for every one of Days
	Until  string   `mapstructure:"until"` // the same; not after From runs into the next week, or day
	Days   []string `mapstructure:"days"`  // mon … sun, or holidays; all days of the week unless set
	People []string `mapstructure:"people"`
	Spans  []Span   `mapstructure:"-"` // what From, Until and Days come to
}

// A Span is a part of the week in minutes since the beginning of Monday, or of
// every holiday in minutes since the midnight before.
type Span struct {
	From, Until int
	Holidays    bool
}

// A Team has a chain of its own.
type Team struct {
	ID    string     `mapstructure:"id"`
	Chain [][]string `mapstructure:"chain"`
}

// An Absence is somebody who is away, whole days by the practice's clock.
type Absence struct {
	Person  string    `mapstructure:"person"`
	From    string    `mapstructure:"from"`  // the first day away
	Until   string    `mapstructure:"until"` // the last day away
	Instead string    `mapstructure:"instead"`
	Begins  time.Time `mapstructure:"-"`
	Ends    time.Time `mapstructure:"-"` // the first moment back
}

// Holidays are the days off of the law and of the practice.
type Holidays struct {
	Federal bool      `mapstructure:"federal"` // those of 5 U.S.C. § 6103
	Days    []Holiday `mapstructure:"days"`
}

// A Holiday is one day off, every year or once.
type Holiday struct {
	Name     string      `mapstructure:"name"`
	Law      string      `mapstructure:"law"`      // the state whose working days it is none of; "" closes the practice alone
	On       string      `mapstructure:"on"`       // 2026-12-24, march 31, last monday of may, easter - 2
	Observed string      `mapstructure:"observed"` // on a weekend: nearest, monday; "" stays
	Source   string      `mapstructure:"source"`   // where the law says so
	Rule     HolidayRule `mapstructure:"-"`        // what On comes to
}

// A HolidayRule computes a day: once on Date; Day of Month; the Nth Weekday of
// Month (-1 is the last); or Easter Sunday. Plus is days later.
type HolidayRule struct {
	Date    time.Time
	Month   time.Month
	Day     int
	Weekday time.Weekday
	Nth     int
	Easter  bool
	Plus    int
}

// QuietHours are the part of the night in which what is routine pages nobody.
type QuietHours struct {
	From  string `mapstructure:"from"` // 21:00
	Until string `mapstructure:"until"`
	// Begins and Ends are the same in minutes after midnight; equal ones are none.
	Begins, Ends int `mapstructure:"-"`
}

// Signatures says how many different people have to sign.
type Signatures struct {
	SignOff   int `mapstructure:"sign_off"`
	Departure int `mapstructure:"departure"`
}
