package dialog

import "slices"

// Apply is the whole dialog: it returns what input in leads to. It never
// panics and never changes c. The successor's version is c.Version+1.
//
// A press on an older view counts only when nothing it depends on has moved
// since; otherwise the reply says what has happened meanwhile and the caller
// shows the consult as it stands.
func Apply(env Env, c Consult, in Input) Outcome {
	t := newTurn(env, c, in)
	switch {
	case in.Actor != "":
		t.press()
	case in.Action == ActTimer:
		t.fire(TimerID(t.arg(0)))
	case in.Action == ActUnreachable:
		t.unreachable(PersonID(t.arg(0)))
	}
	if t.changed {
		t.settle()
	}
	return t.outcome(c)
}

// A deed is what one action does and who may ask for it.
type deed struct {
	by      audience
	after   dependency // what must not have moved since the view was shown
	ended   bool       // works when the consult has ended
	do      func(*turn)
	already func(*turn) string // says who was faster, "" when nobody was
}

// A dependency names the parts of a consult that a press rests on.
type dependency uint8

const (
	onCase dependency = 1 << iota
	onPlan
)

// An audience is who may press.
type audience uint8

const (
	theClinician audience = iota // whose consult it is
	thePaged                     // the supervisors of the escalation that Args[0] names, and those on duty now
	theTeam                      // the clinician and whoever was paged
	anyStaff                     // everybody of the practice
)

func (t *turn) press() {
	d, known := deeds(t.in.Action)
	if !known {
		t.notice("This button is not known here. Nothing was changed.")
		return
	}
	if why := t.refuse(d); why != "" {
		t.notice(why)
		return
	}
	if t.c.Closed() && !d.ended {
		t.notice("This consult has ended " + ago(t.env.Now, t.c.End.At) + ". Its record is kept; start a new one with /consult.")
		return
	}
	if d.already != nil {
		if said := d.already(t); said != "" {
			t.notice(said)
			return
		}
	}
	if t.stale(d.after) {
		t.notice("The consult has moved on since that was shown. Nothing was changed; this is how it stands.")
		return
	}
	if d.by == thePaged {
		t.takesUp()
	}
	d.do(t)
}

// stale reports whether something the press depends on has moved since.
func (t *turn) stale(d dependency) bool {
	seen := t.in.Version
	switch {
	case d == 0:
		return false
	case seen > t.c.Version:
		return true
	case d&onCase != 0 && seen < t.c.Moved.Case:
		return true
	default:
		return d&onPlan != 0 && seen < t.c.Moved.Plan
	}
}

// refuse says why the presser may not, kindly, or "".
func (t *turn) refuse(d deed) string {
	p, known := t.env.Practice.People[t.in.Actor]
	if !known {
		return "Curbside does not know you as one of the practice's people. Ask its owner to add you."
	}
	asker := t.person(t.c.Clinician)
	switch d.by {
	case theClinician:
		if p.ID != t.c.Clinician {
			return "This is " + asker + "'s consult, so only they can do that. You can read along and talk with them in the thread."
		}
	case theTeam:
		if p.ID != t.c.Clinician && !slices.Contains(t.c.helping(), p.ID) {
			return "Only " + asker + " and the supervisors who were paged can do that."
		}
	case thePaged:
		return t.refuseDecision(p)
	}
	return ""
}

// refuseDecision says why p may not act for the supervisors, or "".
func (t *turn) refuseDecision(p Person) string {
	e := t.c.escalation(t.arg(0))
	switch {
	case p.ID == t.c.Clinician:
		return "This is your own consult, so somebody else has to answer it."
	case e == nil:
		return "There is nothing to answer here."
	case !p.Has(Supervisor):
		return "Only a supervisor who was paged can answer this. Thank you for looking."
	case e.out(p.ID), !slices.Contains(e.Paged, p.ID) && !slices.Contains(t.env.Practice.onDutyFor(t.c.Clinician, t.env.Now, t.env.Covers), p.ID):
		return "You are not on duty for this one, so you cannot answer it. The people who are have been paged."
	default:
		return ""
	}
}

// person names somebody as colleagues know them.
func (t *turn) person(id PersonID) string { return nameOf(t.env.Practice, id) }

func nameOf(p *Practice, id PersonID) string {
	if person, ok := p.People[id]; ok && person.Name != "" {
		return person.Name
	}
	return string(id)
}
