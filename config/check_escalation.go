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
	if len(e.Chain) == 0 {
		c.fault("escalation.chain", "is missing, so nobody would be paged; list supervisors step by step, such as [[sam], [kim, lee]]")
	}
	for i, step := range e.Chain {
		at := fmt.Sprintf("escalation.chain[%d]", i)
		if len(step) == 0 {
			c.warn(at, "is empty and will be skipped; take it out or name somebody")
		}
		for j, id := range step {
			c.link(fmt.Sprintf("%s[%d]", at, j), id, slices.Contains(step[:j], id))
		}
	}
	c.secondSupervisor()
}

func (c *checker) link(at, id string, twice bool) {
	p, ok := c.person(id)
	switch {
	case !ok:
		var ids []string
		for _, p := range c.cfg.People {
			ids = append(ids, p.ID)
		}
		hint := "the people are " + list(ids)
		if near := nearest(id, ids); near != "" {
			hint = "did you mean " + near + "?"
		}
		c.fault(at, "%q is nobody's id; %s", id, hint)
	case !p.Has(RoleSupervisor):
		c.fault(at, "%s is no supervisor; give them that role or take them out of the chain", id)
	case twice:
		c.fault(at, "%s stands twice in one step; take one out", id)
	case p.Pager.Kind == PagerNone:
		c.warn(at, "%s has no pager: at night only chat reaches this person", id)
	}
}

// secondSupervisor looks for consults that nobody could sign: nobody signs
// their own.
func (c *checker) secondSupervisor() {
	paged := slices.Concat(c.cfg.Escalation.Chain...)
	for i, p := range c.cfg.People {
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
