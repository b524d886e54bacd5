package config

import (
	"fmt"
	"slices"
	"time"
)

// allOf, as the first of a step, asks that everybody of it sees the page.
const allOf = "all"

func (c *checker) rotas() {
	taken := map[string]string{allOf: "the word for everybody of a step"}
	for _, p := range c.cfg.People {
		taken[p.ID] = "somebody's id"
	}
	for i := range c.cfg.Rotas {
		r, at := &c.cfg.Rotas[i], fmt.Sprintf("rotas[%d]", i)
		switch {
		case !personID.MatchString(r.ID):
			c.fault(at+".id", "%q is no id; write small letters, digits and dashes, such as first-call", r.ID)
		case taken[r.ID] != "":
			c.fault(at+".id", "%q is %s; a chain could not tell them apart", r.ID, taken[r.ID])
		}
		taken[r.ID] = "the id of a rota above"
		if r.Name == "" {
			r.Name = r.ID
		}
		c.text(at+".name", r.Name, 60, "what colleagues call this duty")
		c.rotaPlace(at, r)
		c.turns(at, r)
	}
}

func (c *checker) rotaPlace(at string, r *Rota) {
	r.Location = c.cfg.Practice.Location
	if r.TimeZone != "" {
		location, err := time.LoadLocation(r.TimeZone)
		if err != nil || r.TimeZone == "Local" {
			c.fault(at+".time_zone", "%q is no time zone; write one such as America/Chicago", r.TimeZone)
		}
		r.Location = location
	}
	r.First, _ = c.date(at+".starts", r.Starts, "the week in which the first of every turn begins")
}

func (c *checker) turns(at string, r *Rota) {
	if len(r.Turns) == 0 {
		c.fault(at+".turns", "is missing; write when and who, such as {from: mon 08:00, until: mon 08:00, people: [sam, kim]}")
	}
	for i := range r.Turns {
		t, at := &r.Turns[i], fmt.Sprintf("%s.turns[%d]", at, i)
		for j, day := range t.Days {
			c.oneOf(fmt.Sprintf("%s.days[%d]", at, j), day, append(slices.Clone(weekdays), holidaysDay)...)
		}
		spans, err := t.spans()
		if err != nil {
			c.fault(at+".from", "from %q until %q: %v", t.From, t.Until, err)
		}
		t.Spans = spans
		if len(t.People) == 0 {
			c.fault(at+".people", "is missing; list who takes turns, the first of the first week first")
		}
		for j, id := range t.People {
			c.supervisor(fmt.Sprintf("%s.people[%d]", at, j), id, "the rota")
		}
	}
}

// date reads a day.
func (c *checker) date(path, text, what string) (time.Time, bool) {
	if text == "" {
		c.fault(path, "is missing; write %s, such as 2026-11-23", what)
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		c.fault(path, "%q is no day; write one such as 2026-11-23", text)
	}
	return day, err == nil
}

func (c *checker) teams() {
	ids := map[string]bool{}
	for i, t := range c.cfg.Teams {
		at := fmt.Sprintf("teams[%d]", i)
		switch {
		case !personID.MatchString(t.ID):
			c.fault(at+".id", "%q is no id; write small letters, digits and dashes, such as youth", t.ID)
		case ids[t.ID]:
			c.fault(at+".id", "%q is taken by a team above", t.ID)
		}
		ids[t.ID] = true
		c.chain(at+".chain", t.Chain)
	}
	for i, p := range c.cfg.People {
		if p.Team != "" && !ids[p.Team] {
			c.fault(fmt.Sprintf("people[%d].team", i), "there is no team %q; add it to teams, or take the line out", p.Team)
		}
	}
}

func (c *checker) absences() {
	for i := range c.cfg.Absences {
		a, at := &c.cfg.Absences[i], fmt.Sprintf("absences[%d]", i)
		if _, ok := c.person(a.Person); !ok {
			c.fault(at+".person", "%q is nobody's id", a.Person)
		}
		if a.Instead != "" {
			c.supervisor(at+".instead", a.Instead, "it")
		}
		if a.Instead == a.Person {
			c.fault(at+".instead", "%s cannot stand in for themselves", a.Person)
		}
		first, ok := c.date(at+".from", a.From, "the first day away")
		last, also := c.date(at+".until", a.Until, "the last day away")
		switch {
		case !ok || !also || c.cfg.Practice.Location == nil:
		case last.Before(first):
			c.fault(at+".until", "%s is before the first day away, %s", a.Until, a.From)
		default:
			a.Begins, a.Ends = c.midnight(first), c.midnight(last.AddDate(0, 0, 1))
		}
	}
}

// midnight is the beginning of a day where the practice is.
func (c *checker) midnight(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, c.cfg.Practice.Location)
}

func (c *checker) holidays() {
	for i := range c.cfg.Holidays.Days {
		h, at := &c.cfg.Holidays.Days[i], fmt.Sprintf("holidays.days[%d]", i)
		c.text(at+".name", h.Name, 80, "what the day is called")
		rule, err := holidayRule(h.On)
		if err != nil {
			c.fault(at+".on", "%q %v", h.On, err)
		}
		h.Rule = rule
		if h.Observed != "" {
			c.oneOf(at+".observed", h.Observed, "nearest", "monday")
		}
		switch {
		case h.Law == "":
		case !jurisdiction.MatchString(h.Law):
			c.fault(at+".law", "%q is no state; write one such as US-CA, or take the line out for a day on which the practice alone is closed", h.Law)
		case h.Source == "":
			c.fault(at+".source", "is missing; a holiday moves the deadlines of %s, so write where its law says so, such as Cal. Gov. Code § 6700", h.Law)
		}
	}
}

// supervisor wants somebody who may sign.
func (c *checker) supervisor(at, id, from string) {
	p, ok := c.person(id)
	switch {
	case !ok:
		c.fault(at, "%q is nobody's id; %s", id, c.nearPerson(id, false))
	case !p.Has(RoleSupervisor):
		c.fault(at, "%s is no supervisor; give them that role or take them out of %s", id, from)
	case p.Pager.Kind == PagerNone:
		c.warn(at, "%s has no pager: at night only chat reaches this person", id)
	}
}

// nearPerson says whom somebody most likely meant.
func (c *checker) nearPerson(id string, rotas bool) string {
	var ids []string
	for _, p := range c.cfg.People {
		ids = append(ids, p.ID)
	}
	hint := "the people are " + list(ids)
	if rotas && len(c.cfg.Rotas) > 0 {
		var names []string
		for _, r := range c.cfg.Rotas {
			names = append(names, r.ID)
		}
		ids, hint = append(ids, names...), hint+", the rotas "+list(names)
	}
	if near := nearest(id, ids); near != "" {
		return "did you mean " + near + "?"
	}
	return hint
}
