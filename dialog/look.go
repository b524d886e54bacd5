package dialog

import (
	"slices"
	"strconv"
	"time"
)

// A Look is a second look at the risk that somebody has promised: good practice,
// not law. It is reminded of like a deadline, and its consult stays open for it.
type Look struct {
	By   PersonID  `json:"by"`
	At   time.Time `json:"at"`
	Due  time.Time `json:"due"`
	Done time.Time `json:"done,omitzero"`
	Off  bool      `json:"off,omitempty"` // it was taken off instead
	Late bool      `json:"late,omitempty"`
	// Asked says that a supervisor made it a condition: it is due by midnight.
	Asked bool `json:"asked,omitempty"`
}

// LookBands are when a second look can be planned.
var LookBands = codedList{
	{"h4", "In 4 hours", ""},
	{"d1", "Tomorrow at this time", ""},
	{"d3", "In three days", ""},
	{"d7", "In a week", ""},
}

// What becomes of a second look, as an argument of [ActLooked].
const (
	lookDone = "done"
	lookOff  = "off"
)

// open reports whether a second look is still to be taken.
func (l Look) open() bool { return l.Done.IsZero() && !l.Off }

// looking reports whether a second look is still to be taken.
func (c Consult) looking() bool { return slices.ContainsFunc(c.Looks, Look.open) }

// planLook offers when, or plans a second look. Days are days of the wall clock.
func (t *turn) planLook() {
	code := Code(t.arg(0))
	if !LookBands.Has(code) {
		v := card{env: t.env, c: t.c}
		t.private(privately(t.c, "A second look", v.coded("look", "When do you look at the risk again?", LookBands, ActLook)))
		return
	}
	due := t.now().Add(4 * time.Hour)
	if days := map[Code]int{"d1": 1, "d3": 3, "d7": 7}[code]; days > 0 {
		due = t.now().In(t.env.Practice.zone()).AddDate(0, 0, days).UTC()
	}
	t.addLook(Look{By: t.in.Actor, At: t.now(), Due: due})
}

func (t *turn) addLook(l Look) {
	t.changed = true
	t.c.Looks = append(t.c.Looks, l)
	n := len(t.c.Looks)
	t.audit(ActLook, "number", strconv.Itoa(n), "due", l.Due.Format(time.RFC3339))
	t.timer(lookTimer(n, "soon"), l.soon())
	t.timer(lookTimer(n, "due"), l.Due)
}

// conditionLook plans the second look that a supervisor has made a condition:
// before the day is over, and never in less than an hour.
func (t *turn) conditionLook() {
	local := t.now().In(t.env.Practice.zone())
	due := nextDay(local).UTC()
	if least := t.now().Add(time.Hour); due.Before(least) {
		due = least
	}
	t.addLook(Look{By: t.in.Actor, At: t.now(), Due: due, Asked: true})
}

// soon is when a second look is brought back to mind.
func (l Look) soon() time.Time {
	return l.Due.Add(-min(max(l.Due.Sub(l.At)/4, leastWarning), mostWarning))
}

func lookTimer(n int, which string) TimerID { return TimerID("look." + strconv.Itoa(n) + "." + which) }

// looked marks a second look as taken, or takes it off.
func (t *turn) looked() {
	n, _ := strconv.Atoi(t.arg(0))
	if n < 1 || n > len(t.c.Looks) || !t.c.Looks[n-1].open() {
		t.notice("That is not on the list any more. This is how the consult stands.")
		return
	}
	switch t.arg(1) {
	case lookDone:
		t.c.Looks[n-1].Done = t.now()
	case lookOff:
		t.c.Looks[n-1].Off = true
	default:
		t.notice("Choose what became of it.")
		return
	}
	t.changed = true
	t.audit(ActLooked, "number", t.arg(0), "became", t.arg(1))
	t.timer(lookTimer(n, "soon"), time.Time{})
	t.timer(lookTimer(n, "due"), time.Time{})
}

// fireLook reminds of a second look, and loudly when its time has come.
func (t *turn) fireLook(number, which string) {
	n, _ := strconv.Atoi(number)
	if n < 1 || n > len(t.c.Looks) || !t.c.Looks[n-1].open() {
		return
	}
	l := &t.c.Looks[n-1]
	line := LineLookSoon
	if which == "due" {
		line = LineLookDue
	}
	if t.now().Before(l.soon()) || line == LineLookDue && t.now().Before(l.Due) {
		return
	}
	t.changed = true
	l.Late = l.Late || line == LineLookDue
	t.tell(LaneUrgent, t.c.Clinician, line, number)
	t.audit(ActTimer, "look", number, "line", string(line))
	if line == LineLookDue && l.Asked {
		t.message(LaneUrgent, l.By, line, number)
	}
}

// lookLine reminds of a second look; it is stale when that was taken.
func lookLine(env Env, c Consult, line Line, number string) said {
	n, _ := strconv.Atoi(number)
	if n < 1 || n > len(c.Looks) || !c.Looks[n-1].open() || c.Closed() {
		return said{stale: true}
	}
	if line == LineLookDue {
		return said{tone: ToneUrgent, text: "It is time for the second look at the risk. Look again, then mark it; the answers can be changed on the card."}
	}
	return said{tone: ToneWarning, text: "A second look at the risk is planned " + until(env.Now, c.Looks[n-1].Due) + "."}
}

// looks shows the second looks that are still to be taken.
func (v *card) looks() {
	for i, l := range v.c.Looks {
		if !l.open() {
			continue
		}
		label := "Second look at the risk (good practice)"
		if l.Asked {
			label = "Second look at the risk: " + nameOf(v.env.Practice, l.By) + "'s condition"
		}
		if l.Late {
			v.say(ToneUrgent, "The time for a second look has passed. Look again, then mark it.")
		}
		n := strconv.Itoa(i + 1)
		v.add(Clock{Label: clip(label, 100), Due: l.Due})
		v.buttons(v.c.button("Looked again", ActLooked, n, lookDone), v.c.button("Take it off", ActLooked, n, lookOff))
	}
}
