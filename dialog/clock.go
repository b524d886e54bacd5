package dialog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"curbside/rules"
)

// nudge is when a duty without a number of hours is brought back to mind, and
// again, louder, after twice that.
const nudge = 30 * time.Minute

// The least and the most time before a deadline at which it is brought back to mind.
const (
	leastWarning = 15 * time.Minute
	mostWarning  = 12 * time.Hour
)

// A clock is one deadline of a duty that applies.
type clock struct {
	id        string // its timers' stem
	rule      rules.RuleFinding
	deadline  rules.Deadline
	immediate bool // at once, in the law's words or to be treated so; due is then a reminder only
	waiting   bool // starts with a report or a consent that has not been given
	soon, due time.Time
	done      bool
}

// clocks are the deadlines of the duties that apply, in the order of the
// finding. They start when the clinician learned of it.
func clocks(env Env, c Consult, s study) []clock {
	var all []clock
	for _, r := range s.rules(rules.Applies, rules.Must) {
		w := treeWalk{env: env, rule: r}
		always := w.spread()
		for i, d := range r.Deadlines {
			k := clock{id: fmt.Sprintf("clock.%s.%d", r.Rule.ID, i), rule: r, deadline: d}
			k.done = c.departed(r.Rule.ID) || c.clockDone(d, always, w.choices)
			start, started := c.clockStart(d, r)
			k.waiting = !started
			k.immediate = d.Hours == 0 && d.WorkingDays == 0
			k.run(env, c, start)
			all = append(all, k)
		}
	}
	return all
}

// run sets when a clock warns and ends. A duty at once has no end to show: its
// reminders count from the moment it came up.
func (k *clock) run(env Env, c Consult, start time.Time) {
	switch {
	case k.immediate:
		from := c.Opened
		if c.Found != nil {
			from = c.Found.At
		}
		k.soon, k.due = from.Add(nudge), from.Add(2*nudge)
		return
	default:
		law, from, to := k.rule.Jurisdiction, start.Year()-1, start.Year()+1
		off := append(env.Practice.Holidays.Of(law, from, to), legalHolidays(law).Of(law, from, to)...)
		k.due = limit(k.deadline, start.In(env.Practice.zone()), off).UTC()
	}
	k.soon = k.due.Add(-min(max(k.due.Sub(start)/4, leastWarning), mostWarning))
}

// from says what a clock that waits is counted from.
func (k clock) from() string {
	switch k.deadline.From {
	case "consent":
		return "counted from the client's consent: write that day in the chart"
	case "request":
		return "only if you are asked for it: write that day in the chart"
	}
	return "counted from your oral report"
}

// learned is the moment from which the law counts: the earliest the clinician's answer allows.
func (c Consult) learned() time.Time {
	before := map[Code]time.Duration{"": time.Hour, "now": time.Hour, "h4": 4 * time.Hour, "h12": 12 * time.Hour, "h24": 24 * time.Hour, "longer": 48 * time.Hour}
	return c.Opened.Add(-before[c.Case.Learned])
}

// clockStart is when a clock starts; false while it waits for an oral report, or for
// a consent or a request, the day of which is for the chart and not for here.
func (c Consult) clockStart(d rules.Deadline, r rules.RuleFinding) (time.Time, bool) {
	switch d.From {
	case "knowledge":
		return c.learned(), true
	case "consent", "request":
		return c.learned(), false
	}
	for _, first := range r.Deadlines {
		if first.From == "oral_report" {
			continue
		}
		for id, m := range c.Marks {
			if !m.Tried && isTask(id, first) {
				return m.At, true
			}
		}
	}
	return c.learned(), false
}

// isTask reports whether a task is what a deadline is about.
func isTask(id TaskID, d rules.Deadline) bool {
	parts := strings.Split(string(id), ".")
	if parts[0] != string(d.Action) {
		return false
	}
	last := parts[len(parts)-1]
	return !slices.Contains(forms, last) || last == d.Form
}

// forms are the words for the form of a report in a deadline.
var forms = []string{"oral", "written", "electronic", "any"}

// clockDone reports whether what a deadline is about is done, or the choice it
// belongs to is met in another way.
func (c Consult) clockDone(d rules.Deadline, always []task, choices []group) bool {
	about := func(t task) bool { return isTask(t.id, d) }
	found := false
	for _, t := range always {
		if about(t) {
			found = true
			if !c.done(t.id) {
				return false
			}
		}
	}
	if found {
		return true
	}
	for _, g := range choices {
		for _, option := range g.options {
			if slices.ContainsFunc(option, about) {
				return c.met(g)
			}
		}
	}
	return false
}

// limit is when a clock that started ends. Days are those of start's place.
func limit(d rules.Deadline, start time.Time, holidays []rules.Date) time.Time {
	byHours := start.Add(time.Duration(d.Hours) * time.Hour)
	if d.DaysOff != "" {
		byHours = addWorkingHours(start, d.Hours, holidays)
	}
	if d.WorkingDays == 0 {
		return byHours
	}
	byDays := addWorkingDays(start, d.WorkingDays, holidays)
	if d.Until != "" {
		byDays = nextDay(byDays)
	}
	switch {
	case d.Hours == 0:
		return byDays
	case (d.Whichever == "earlier") == byHours.Before(byDays):
		return byHours
	}
	return byDays
}

// nextDay is the midnight that ends a day.
func nextDay(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, at.Location())
}

// addWorkingHours counts hours that do not fall on a Saturday, Sunday or holiday.
func addWorkingHours(from time.Time, hours int, holidays []rules.Date) time.Time {
	at, left := from, time.Duration(hours)*time.Hour
	for {
		midnight := nextDay(at)
		if works(at, holidays) {
			today := midnight.Sub(at)
			if left <= today {
				return at.Add(left)
			}
			left -= today
		}
		at = midnight
	}
}

// addWorkingDays counts days that are neither Saturday, Sunday nor a holiday,
// and keeps the time of day. What is learned on a day off counts from then.
func addWorkingDays(from time.Time, days int, holidays []rules.Date) time.Time {
	at := from
	for days > 0 {
		at = at.AddDate(0, 0, 1)
		if works(at, holidays) {
			days--
		}
	}
	return at
}

func works(day time.Time, holidays []rules.Date) bool {
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		return false
	}
	return !slices.Contains(holidays, rules.DateOf(day))
}

// armClocks sets the two timers of every clock that runs. Setting one again
// does no harm, and a stale one is a no-op.
func (t *turn) armClocks(s study) {
	for _, k := range clocks(t.env, t.c, s) {
		if k.done || k.waiting {
			continue
		}
		if k.soon.After(t.now()) {
			t.timer(TimerID(k.id+".soon"), k.soon)
		}
		if k.due.After(t.now()) {
			t.timer(TimerID(k.id+".due"), k.due)
		}
	}
}
