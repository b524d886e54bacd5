package config

import (
	"fmt"
	"slices"
	"time"
)

func (c *checker) escalation() {
	e := c.cfg.Escalation
	c.perUrgency("escalation.step_time", e.StepTime)
	c.perUrgency("escalation.decide_time", e.DecideTime)
	if len(c.cfg.People) == 0 {
		return
	}
	c.chain("escalation.chain", e.Chain)
	c.quietHours()
	c.signatures()
	c.secondSupervisor()
}

func (c *checker) chain(path string, chain [][]string) {
	if len(chain) == 0 {
		c.fault(path, "is missing, so nobody would be paged; list supervisors step by step, such as [[sam], [kim, lee]]")
	}
	for i, step := range chain {
		at := fmt.Sprintf("%s[%d]", path, i)
		if len(step) == 0 || len(step) == 1 && step[0] == allOf {
			c.warn(at, "is empty and will be skipped; take it out or name somebody")
		}
		for j, id := range step {
			c.link(fmt.Sprintf("%s[%d]", at, j), id, j, slices.Contains(step[:j], id))
		}
	}
}

func (c *checker) link(at, id string, place int, twice bool) {
	p, ok := c.person(id)
	switch {
	case id == allOf && place == 0:
	case id == allOf:
		c.fault(at, "all stands first in its step, such as [all, kim, lee]")
	case c.isRota(id) && twice, ok && twice:
		c.fault(at, "%s stands twice in one step; take one out", id)
	case c.isRota(id):
	case !ok:
		c.fault(at, "%q is nobody's id; %s", id, c.nearPerson(id, true))
	case !p.Has(RoleSupervisor):
		c.fault(at, "%s is no supervisor; give them that role or take them out of the chain", id)
	case p.Pager.Kind == PagerNone:
		c.warn(at, "%s has no pager: at night only chat reaches this person", id)
	}
}

func (c *checker) isRota(id string) bool {
	return slices.ContainsFunc(c.cfg.Rotas, func(r Rota) bool { return r.ID == id })
}

// quietHours reads when the night begins and ends for what can wait.
func (c *checker) quietHours() {
	q := &c.cfg.Escalation.QuietHours
	if q.From == "" && q.Until == "" {
		return
	}
	var err error
	if q.Begins, err = clockMinutes(q.From); err != nil {
		c.fault("escalation.quiet_hours.from", "%q is no time; write one such as 21:00", q.From)
	}
	if q.Ends, err = clockMinutes(q.Until); err != nil {
		c.fault("escalation.quiet_hours.until", "%q is no time; write one such as 07:00", q.Until)
	}
	q.Begins, q.Ends = q.Begins%minutesOfDay, q.Ends%minutesOfDay
}

// signatures looks for what nobody could sign twice.
func (c *checker) signatures() {
	s := c.cfg.Escalation.Signatures
	c.oneOrTwo("escalation.signatures.sign_off", s.SignOff)
	c.oneOrTwo("escalation.signatures.departure", s.Departure)
	if s.SignOff < 2 && s.Departure < 2 {
		return
	}
	for i, p := range c.cfg.People {
		others := slices.DeleteFunc(c.answering(p), func(id string) bool { return id == p.ID })
		if p.Has(RoleClinician) && len(others) < 2 {
			c.fault(fmt.Sprintf("people[%d]", i), "two signatures are asked for, and besides %s fewer than two supervisors are in the chain", p.ID)
		}
	}
}

func (c *checker) oneOrTwo(path string, n int) {
	if n != 1 && n != 2 {
		c.fault(path, "%d is out of bounds; write 1 or 2", n)
	}
}

// answering are those whom the chain for somebody's consults may page, through
// the rotas as well.
func (c *checker) answering(p Person) []string {
	chain := c.cfg.Escalation.Chain
	for _, t := range c.cfg.Teams {
		if t.ID == p.Team && p.Team != "" {
			chain = t.Chain
		}
	}
	var ids []string
	for _, id := range slices.Concat(chain...) {
		if !c.isRota(id) {
			ids = append(ids, id)
		}
		for _, r := range c.cfg.Rotas {
			for _, t := range r.Turns {
				if r.ID == id {
					ids = append(ids, t.People...)
				}
			}
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == allOf })
}

// secondSupervisor looks for consults that nobody could sign: nobody signs
// their own.
func (c *checker) secondSupervisor() {
	for i, p := range c.cfg.People {
		paged := c.answering(p)
		if !p.Has(RoleClinician) || len(paged) == 0 {
			continue
		}
		if !slices.ContainsFunc(paged, func(id string) bool { return id != p.ID }) {
			c.warn(fmt.Sprintf("people[%d]", i), "nobody but %s is in the chain and nobody signs their own consult, so nobody could sign theirs", p.ID)
		}
	}
}

func (c *checker) perUrgency(at string, t PerUrgency) {
	ok := c.duration(at+".routine", t.Routine, time.Second, 7*day)
	ok = c.duration(at+".today", t.Today, time.Second, day) && ok
	ok = c.duration(at+".imminent", t.Imminent, time.Second, time.Hour) && ok
	if ok && (t.Imminent > t.Today || t.Today > t.Routine) {
		c.fault(at, "what is more urgent must not wait longer: imminent (%s) at most today (%s), today at most routine (%s)",
			spoken(t.Imminent), spoken(t.Today), spoken(t.Routine))
	}
}

func (c *checker) times() {
	cfg := c.cfg
	ok := c.duration("consult.remind_after", cfg.Consult.RemindAfter, time.Minute, 30*day)
	ok = c.duration("consult.close_after", cfg.Consult.CloseAfter, time.Minute, 90*day) && ok
	ok = c.duration("retention.open", cfg.Retention.Open, time.Hour, 365*day) && ok
	kept := c.duration("retention.closed", cfg.Retention.Closed, time.Hour, 20*365*day)
	kept = c.duration("retention.audit", cfg.Retention.Audit, day, 20*365*day) && kept
	if until := cfg.Consult.RemindAfter + cfg.Consult.CloseAfter; ok && cfg.Retention.Open < until {
		c.fault("retention.open", "%s is too short: an open consult reminds and closes within %s, and would be gone before it has its record; write at least that",
			spoken(cfg.Retention.Open), spoken(until))
	}
	if kept && cfg.Retention.Audit < cfg.Retention.Closed {
		c.fault("retention.audit", "%s is shorter than retention.closed (%s): a consult would outlive its audit trail; write at least that",
			spoken(cfg.Retention.Audit), spoken(cfg.Retention.Closed))
	}
}

func (c *checker) duration(path string, d, least, most time.Duration) bool {
	if d >= least && d <= most {
		return true
	}
	c.fault(path, "%s is out of bounds; write between %s and %s", spoken(d), spoken(least), spoken(most))
	return false
}

// spoken writes a length of time as it would be written in the file.
func spoken(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if d != 0 && d%unit.size == 0 {
			return fmt.Sprintf("%d%s", d/unit.size, unit.name)
		}
	}
	return d.String()
}
