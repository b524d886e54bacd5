package dialog

import (
	"slices"
	"strconv"
	"time"
)

// KindDrill marks the pages of a rehearsal. It belongs to no consult.
const KindDrill EscalationKind = "rehearsal"

// rehearse pages somebody over every way there is to them, for practice.
func (t *deskTurn) rehearse() {
	to := PersonID(t.arg(0))
	person, known := t.env.Practice.People[to]
	ways := t.in.Args[min(1, len(t.in.Args)):]
	switch {
	case !known:
		t.notice("Nobody of the practice has that id.")
		return
	case t.in.Actor != "" && t.in.Actor != to && !t.env.Practice.People[t.in.Actor].Has(Owner):
		t.notice("Only an owner can rehearse somebody else's page.")
		return
	case len(ways) == 0:
		t.notice(person.Name + " cannot be reached at all: there is no account on a platform that is in use, and no pager.")
		return
	}
	if d := t.openDrill(to); d != nil {
		t.notice("A rehearsal for " + person.Name + " is under way already, since " + ago(t.env.Now, d.At) + ".")
		return
	}
	t.changed = true
	t.d.Count++
	d := Drill{Number: t.d.Count, To: to, By: t.in.Actor, At: t.now()}
	for _, way := range ways {
		d.Ways = append(d.Ways, Way{Name: way})
		t.out.Effects = append(t.out.Effects, drillEffect(d, way, false))
	}
	t.d.Drills = append(t.d.Drills, d)
	t.timer(drillTimer(d.Number), t.now().Add(drillTime))
	t.audit(ActTest, "to", string(to), "number", strconv.Itoa(d.Number))
	t.notice("The rehearsal has begun: a message, and the pager where there is one. Press “I have it” there; how long it took is told then.")
}

// drillEffect is the part of a rehearsal that goes one way, or its end.
func drillEffect(d Drill, way string, end bool) Effect {
	e := Effect{Kind: Page, Lane: LaneUrgent, To: d.To, Code: string(KindDrill), Args: []string{string(Routine), strconv.Itoa(d.Number), way}}
	switch {
	case end:
		e.Kind = EndPage
	case way == WayPager:
		e.Kind = CallPager
	}
	return e
}

func drillTimer(n int) TimerID { return TimerID("drill." + strconv.Itoa(n)) }

// openDrill is the rehearsal that still waits for somebody, nil when none does.
func (t *deskTurn) openDrill(of PersonID) *Drill {
	for i := range t.d.Drills {
		if d := &t.d.Drills[i]; d.To == of && d.waits() {
			return d
		}
	}
	return nil
}

func (d Drill) waits() bool { return d.Got.IsZero() && d.Over.IsZero() }

// drill finds a rehearsal by its number.
func (t *deskTurn) drill(number string) *Drill {
	i := slices.IndexFunc(t.d.Drills, func(d Drill) bool { return strconv.Itoa(d.Number) == number })
	if i < 0 {
		return nil
	}
	return &t.d.Drills[i]
}

// reached keeps what came of one way: number, way, code and whether it took the
// page.
func (t *deskTurn) reached() {
	d := t.drill(t.arg(0))
	if d == nil {
		return
	}
	d.Ways = slices.Clone(d.Ways)
	for i := range d.Ways {
		w := &d.Ways[i]
		took := t.arg(3) == "ok"
		if w.Name != t.arg(1) || w.OK || w.Code == t.arg(2) && !took {
			continue
		}
		t.changed = true
		w.Code, w.OK, w.After = t.arg(2), took, int(t.now().Sub(d.At)/time.Second)
	}
}

// got ends a rehearsal: its person has answered.
func (t *deskTurn) got() {
	d := t.drill(t.arg(0))
	switch {
	case d == nil:
		t.notice("This rehearsal is no longer known. Nothing was changed.")
		return
	case d.To != t.in.Actor:
		t.notice("This rehearsal is for " + t.person(d.To) + ".")
		return
	case !d.Got.IsZero():
		t.notice("You have answered this rehearsal already.")
		return
	}
	t.changed = true
	d.Got = t.now()
	t.endDrill(*d)
	took := int(d.Got.Sub(d.At) / time.Second)
	t.audit(ActGot, "number", t.arg(0), "seconds", strconv.Itoa(took))
	if d.By != "" && d.By != d.To {
		t.tell(d.By, DeskDrill, t.arg(0))
	}
	t.notice("Thank you. Your page arrived and was answered after " + seconds(took) + ".")
}

// endDrill updates the messages of a rehearsal and stops the pager.
func (t *deskTurn) endDrill(d Drill) {
	t.timer(drillTimer(d.Number), time.Time{})
	for _, w := range d.Ways {
		t.out.Effects = append(t.out.Effects, drillEffect(d, w.Name, true))
	}
}

// drillOver ends a rehearsal that nobody answered. The owners are told.
func (t *deskTurn) drillOver(number string) {
	d := t.drill(number)
	if d == nil || !d.waits() {
		return
	}
	t.changed = true
	d.Over = t.now()
	t.endDrill(*d)
	t.audit("rehearsal_unanswered", "number", number, "to", string(d.To))
	told := t.env.Practice.owners()
	if d.By != "" {
		told = union(told, []PersonID{d.By})
	}
	for _, p := range told {
		t.tell(p, DeskDrill, number)
	}
}
