package dialog

import (
	"slices"
	"time"
)

// DeskHandle is the name under which the practice's desk is kept, beside the
// consults. It has no number, so no consult is ever called so.
const DeskHandle = "the-desk"

// A Desk is what belongs to the practice and to no consult: the duties that were
// taken over, the rehearsals of pages, and what its owners are told. It holds
// staff ids, codes and times only. Nothing changes a Desk in place: [ApplyDesk]
// returns its successor. All times are UTC and whole seconds.
type Desk struct {
	Version  uint64    `json:"version"`
	Count    int       `json:"count"` // numbers covers and drills
	Covers   []Cover   `json:"covers,omitempty"`
	Drills   []Drill   `json:"drills,omitempty"`   // the newest last
	Weekly   time.Time `json:"weekly,omitzero"`    // when the owners are written to next
	Handover time.Time `json:"hand_over,omitzero"` // when a duty changes hands next
}

// A Drill is the rehearsal of a page: the whole way to one person, and nothing
// of a consult.
type Drill struct {
	Number int       `json:"n"`
	To     PersonID  `json:"to"`
	By     PersonID  `json:"by,omitempty"` // "" for whoever runs the program
	At     time.Time `json:"at"`
	Ways   []Way     `json:"ways"`
	Got    time.Time `json:"got,omitzero"`  // when they answered
	Over   time.Time `json:"over,omitzero"` // when nobody waited for it any more
}

// A Way is one way to a person, and what came of it.
type Way struct {
	Name  string `json:"way"`             // a platform, or [WayPager]
	Code  string `json:"code,omitempty"`  // what the other side said; "" until it has said something
	OK    bool   `json:"ok,omitempty"`    // it took the page
	After int    `json:"after,omitempty"` // seconds from the beginning of the rehearsal
}

// WayPager is the way through a person's pager.
const WayPager = "pager"

// The least and the most that a desk keeps.
const (
	drillTime   = 15 * time.Minute // how long an answer is awaited
	keepDrills  = 100
	longestTurn = 14 * 24 * time.Hour // a duty is taken over for no longer at a time
)

// The timers of a desk.
const (
	timerWeekly   TimerID = "weekly"
	timerHandover TimerID = "handover"
)

// A DeskOutcome is what an input leads to. When Changed is false nothing is to be
// committed.
type DeskOutcome struct {
	Desk    Desk
	Changed bool
	Reply   Reply
	Effects []Effect
	Timers  []Timer
	Audit   []AuditEntry
}

// A deskTurn collects what one input at the desk leads to.
type deskTurn struct {
	env     Env
	d       Desk
	in      Input
	out     DeskOutcome
	changed bool
}

// ApplyDesk returns what an input leads to that belongs to no consult. It never
// panics and never changes d. For [ActTest] the arguments are the person and the
// ways to them, which the caller knows.
func ApplyDesk(env Env, d Desk, in Input) DeskOutcome {
	d.Covers, d.Drills = slices.Clone(d.Covers), slices.Clone(d.Drills)
	t := &deskTurn{env: env, d: d, in: in}
	t.env.Covers = t.d.Covers
	switch in.Action {
	case ActCover:
		t.cover()
	case ActAsk:
		t.ask()
	case ActBack:
		t.giveBack()
	case ActTest:
		t.rehearse()
	case ActReached:
		t.reached()
	case ActGot:
		t.got()
	case ActTimer:
		t.fire(TimerID(t.arg(0)))
	}
	t.arm()
	if !t.changed {
		return DeskOutcome{Desk: d, Reply: t.out.Reply}
	}
	return t.outcome()
}

func (t *deskTurn) outcome() DeskOutcome {
	t.d.Version++
	t.d.Covers = slices.DeleteFunc(t.d.Covers, func(c Cover) bool { return c.Until.Before(t.now().Add(-24 * time.Hour)) })
	t.d.Drills = t.d.Drills[max(0, len(t.d.Drills)-keepDrills):]
	t.out.Desk, t.out.Changed = t.d, true
	for i := range t.out.Effects {
		e := &t.out.Effects[i]
		e.Handle, e.Version, e.Index = DeskHandle, t.d.Version, i
		if e.Lane == "" {
			e.Lane = LaneNormal
		}
	}
	return t.out
}

func (t *deskTurn) now() time.Time { return t.env.Now.UTC().Truncate(time.Second) }

func (t *deskTurn) arg(i int) string {
	if i < len(t.in.Args) {
		return t.in.Args[i]
	}
	return ""
}

func (t *deskTurn) notice(text string) { t.out.Reply.Notice = text }

func (t *deskTurn) private(v View) { t.out.Reply.Private = &v }

func (t *deskTurn) tell(to PersonID, line DeskLine, args ...string) {
	if to != "" {
		t.out.Effects = append(t.out.Effects, Effect{Kind: Message, To: to, Code: string(line), Args: args})
	}
}

func (t *deskTurn) timer(id TimerID, due time.Time) {
	t.out.Timers = append(t.out.Timers, Timer{ID: id, Due: due})
}

func (t *deskTurn) audit(action Action, pairs ...string) {
	entry := AuditEntry{Handle: DeskHandle, Actor: t.in.Actor, Action: action, At: t.now(), Codes: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		entry.Codes[pairs[i]] = pairs[i+1]
	}
	t.out.Audit = append(t.out.Audit, entry)
}

// person names somebody as colleagues know them.
func (t *deskTurn) person(id PersonID) string { return nameOf(t.env.Practice, id) }

// owners are those who are told how the practice stands, sorted.
func (p *Practice) owners() []PersonID {
	var people []PersonID
	for id, person := range p.People {
		if person.Has(Owner) {
			people = append(people, id)
		}
	}
	slices.Sort(people)
	return people
}
