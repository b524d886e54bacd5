package dialog

import (
	"slices"
	"strings"
	"time"

	"curbside/rules"
)

// weeklyAt is when the owners are written to: on Mondays, by the practice's clock.
const weeklyAt = 9 * time.Hour

// arm sets the timers that a desk always has. It changes nothing when they stand
// as they should.
func (t *deskTurn) arm() {
	if t.d.Weekly.IsZero() {
		t.changed = true
		t.d.Weekly = nextWeekly(t.env.Practice, t.env.Now)
		t.timer(timerWeekly, t.d.Weekly)
	}
	if due := t.d.Handover; !due.IsZero() && !due.After(t.now()) {
		return // its timer is on its way
	}
	if next := t.nextHandover(); !next.Equal(t.d.Handover) {
		t.changed = true
		t.d.Handover = next
		t.timer(timerHandover, next)
	}
}

func nextWeekly(p *Practice, now time.Time) time.Time {
	monday := mondayOf(rules.DateOf(now.In(p.zone())))
	for {
		at := time.Date(monday.Year, monday.Month, monday.Day, int(weeklyAt/time.Hour), 0, 0, 0, p.zone())
		if at.After(now) {
			return at.UTC()
		}
		monday = addDays(monday, 7)
	}
}

// nextHandover is when a duty changes hands next; the zero time when none does
// within two weeks.
func (t *deskTurn) nextHandover() time.Time {
	var first time.Time
	end := t.env.Now.Add(planAhead)
	for _, r := range t.env.Practice.Rotas {
		plan := t.env.Practice.DutyPlan(r.ID, t.env.Now, end, t.d.Covers)
		if len(plan) > 1 && (first.IsZero() || plan[0].Until.Before(first)) {
			first = plan[0].Until
		}
	}
	return first.UTC()
}

// fire is what a due timer leads to. One that is stale changes nothing.
func (t *deskTurn) fire(id TimerID) {
	kind, number, _ := strings.Cut(string(id), ".")
	switch TimerID(kind) {
	case "drill":
		t.drillOver(number)
	case "cover":
		t.coverOver(number)
	case timerWeekly:
		if t.d.Weekly.IsZero() || t.now().Before(t.d.Weekly) {
			return
		}
		t.changed = true
		t.d.Weekly = time.Time{}
		for _, p := range t.env.Practice.owners() {
			t.tell(p, DeskWeekly)
		}
	case timerHandover:
		if !t.d.Handover.IsZero() && !t.now().Before(t.d.Handover) {
			t.changed = true
			t.handOver()
			t.d.Handover = time.Time{}
		}
	}
}

// handOver tells those whose duty has begun and who still have it.
func (t *deskTurn) handOver() {
	p := t.env.Practice
	for _, r := range p.Rotas {
		before := p.OnDuty(r.ID, t.d.Handover.Add(-time.Second), t.d.Covers)
		now := p.OnDuty(r.ID, t.env.Now, t.d.Covers)
		for _, who := range p.OnDuty(r.ID, t.d.Handover, t.d.Covers) {
			if !slices.Contains(before, who) && slices.Contains(now, who) {
				t.tell(who, DeskBegins, string(r.ID))
			}
		}
	}
}
