package dialog

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/dialog/deid"
	"curbside/rules"
)

// A clinic is a practice with its consult, as its people live it: they press
// what they read, time passes, timers come back.
type clinic struct {
	t      testing.TB
	env    Env
	c      Consult
	timers map[TimerID]time.Time
	last   Outcome
	sent   []Effect
	audit  []AuditEntry
}

func loadBook(t testing.TB, dir string) *rules.Book {
	t.Helper()
	book, err := rules.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// practice is a small one: Ana and Ben see clients, Dana and Eli supervise in
// turn, and Omar owns it.
func practice(t testing.TB) *Practice {
	t.Helper()
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	return &Practice{
		Name: "Harbor Counseling", Location: zone, Jurisdictions: []rules.JurisdictionID{"US-CA", "US-TX"},
		People: map[PersonID]Person{
			"ana":  {ID: "ana", Name: "Ana Reyes", Roles: []Role{Clinician}, Profession: "psychologist", Licences: []rules.JurisdictionID{"US-CA", "US-TX", "US-WA"}, Reachable: true},
			"ben":  {ID: "ben", Name: "Ben Osei", Roles: []Role{Clinician, Supervisor}, Profession: "counselor", Reachable: true},
			"dana": {ID: "dana", Name: "Dana Kim", Roles: []Role{Supervisor}, Reachable: true},
			"eli":  {ID: "eli", Name: "Eli Stone", Roles: []Role{Supervisor}, Reachable: true},
			"omar": {ID: "omar", Name: "Omar Haddad", Roles: []Role{Owner}, Reachable: true},
		},
		Chain:            [][]PersonID{{"dana"}, {"eli"}},
		StepTime:         map[Urgency]time.Duration{Routine: time.Hour, Today: 10 * time.Minute, Imminent: 2 * time.Minute},
		DecideTime:       map[Urgency]time.Duration{Routine: 2 * time.Hour, Today: 20 * time.Minute, Imminent: 5 * time.Minute},
		EmergencyContact: "the clinical director, extension 12",
		RemindAfter:      4 * time.Hour,
		CloseAfter:       20 * time.Hour,
	}
}

// A Saturday afternoon in California.
var saturday = time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC)

func newClinic(t testing.TB) *clinic {
	t.Helper()
	scrubber, err := deid.New(deid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &clinic{t: t, timers: map[TimerID]time.Time{}, env: Env{
		Book: loadBook(t, "testdata/clinic"), Practice: practice(t), Scrubber: scrubber, Program: "v1.0.0", Now: saturday,
	}}
}

// open starts a consult.
func (k *clinic) open(by PersonID) *clinic {
	k.t.Helper()
	k.took(Open(k.env, "amber-heron-42", by, "input-0"), Consult{})
	if !k.last.Changed {
		k.t.Fatalf("%s could not open a consult: %s", by, k.last.Reply.Notice)
	}
	return k
}

// took keeps an outcome and checks what every outcome has to keep.
func (k *clinic) took(out Outcome, before Consult) {
	k.t.Helper()
	k.last = out
	if !out.Changed {
		if len(out.Effects)+len(out.Timers)+len(out.Audit) > 0 {
			k.t.Errorf("an outcome that changes nothing has effects, timers or audit entries")
		}
		return
	}
	if out.Consult.Version != before.Version+1 {
		k.t.Errorf("version = %d, want %d", out.Consult.Version, before.Version+1)
	}
	k.c = out.Consult
	k.sent = append(k.sent, out.Effects...)
	k.audit = append(k.audit, out.Audit...)
	for _, timer := range out.Timers {
		if timer.Due.IsZero() {
			delete(k.timers, timer.ID)
		} else {
			k.timers[timer.ID] = timer.Due
		}
	}
	k.nobodyIsForgotten()
}

// nobodyIsForgotten checks that whatever still waits for a supervisor has a clock
// that will ring, or says that nobody has been reached.
func (k *clinic) nobodyIsForgotten() {
	k.t.Helper()
	for i, e := range k.c.Escalations {
		if _, ticks := k.timers[escalationTimer(i+1, e.Tick)]; e.Live() && !e.Nobody && !ticks {
			k.t.Errorf("escalation %d (%s, %s) waits for ever: ringing %v, turns %+v", i+1, e.Kind, e.State, e.Ringing, e.Turns)
		}
		if e.State == StateWaiting && !e.Nobody && e.Held.IsZero() && len(e.Ringing) == 0 {
			k.t.Errorf("escalation %d (%s) waits for nobody at all: turns %+v", i+1, e.Kind, e.Turns)
		}
	}
}

// do applies an input as it comes from a platform, and checks that the consult
// it was applied to is left alone and survives being kept.
func (k *clinic) do(in Input) Outcome {
	k.t.Helper()
	before := keptCopy(k.t, k.c)
	out := Apply(k.env, k.c, in)
	if !reflect.DeepEqual(keptCopy(k.t, k.c), before) {
		k.t.Fatalf("%s changed the consult it was applied to", in.Action)
	}
	k.took(out, k.c)
	return out
}

// keptCopy is the consult as it comes back from where it is kept.
func keptCopy(t testing.TB, c Consult) Consult {
	t.Helper()
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var back Consult
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

// answers answers question after question until none is left: by the fact, or with rest.
func (k *clinic) answers(by PersonID, known map[rules.FactID]string, rest string) *clinic {
	k.t.Helper()
	for range 30 {
		s := studied(k.env, k.c)
		if !s.asking {
			return k
		}
		label, ok := known[s.question.Fact.ID]
		if !ok {
			label = rest
		}
		k.press(by, label)
	}
	k.t.Fatal("the questions never end")
	return k
}

// press has somebody press what they read on the card or in a private reply.
func (k *clinic) press(by PersonID, labels ...string) *clinic {
	k.t.Helper()
	for _, label := range labels {
		k.pressOn(by, label, renderCard(k.env, k.c), k.last.Reply.Private)
	}
	return k
}

// pressDirect has somebody press what they read in their direct message.
func (k *clinic) pressDirect(by PersonID, label string) *clinic {
	k.t.Helper()
	k.pressOn(by, label, renderPerson(k.env, k.c, by), k.last.Reply.Private)
	return k
}

func (k *clinic) pressOn(by PersonID, label string, v View, private *View) {
	k.t.Helper()
	all := []View{v}
	if private != nil {
		all = []View{*private, v}
	}
	for _, view := range all {
		if p, ok := pressOf(view, label); ok {
			k.do(Input{ID: "input", Actor: by, Version: p.Version, Action: p.Action, Args: p.Args})
			return
		}
	}
	k.t.Fatalf("there is nothing to press that reads %q on\n%s", label, plain(v))
}

// pick has somebody pick several options and submit them.
func (k *clinic) pick(by PersonID, labels ...string) *clinic {
	k.t.Helper()
	views := []View{renderCard(k.env, k.c)}
	if k.last.Reply.Private != nil {
		views = append([]View{*k.last.Reply.Private}, views...)
	}
	for _, v := range views {
		for _, block := range v.Blocks {
			ch, ok := block.(Choices)
			if !ok || !ch.Multiple {
				continue
			}
			p := ch.Submit
			for _, o := range ch.Options {
				if slices.Contains(labels, o.Label) {
					p = p.With(o.Value)
				}
			}
			if len(p.Args) != len(ch.Submit.Args)+len(labels) {
				k.t.Fatalf("not every one of %q can be picked on\n%s", labels, plain(v))
			}
			k.do(Input{ID: "input", Actor: by, Version: p.Version, Action: p.Action, Args: p.Args})
			return k
		}
	}
	k.t.Fatalf("there is nothing to pick on\n%s", plain(views[0]))
	return k
}

// pressOf finds what a label presses on a view.
func pressOf(v View, label string) (Press, bool) {
	for label2, p := range presses(v) {
		if label2 == label {
			return p, true
		}
	}
	return Press{}, false
}

// presses are all presses of a view by their label; a checklist's are "label: item".
func presses(v View) map[string]Press {
	all := map[string]Press{}
	add := func(label string, p Press) {
		if _, taken := all[label]; !taken {
			all[label] = p
		}
	}
	for _, block := range v.Blocks {
		switch x := block.(type) {
		case Pairs:
			for _, p := range x.Items {
				if p.Change != nil {
					add(p.Change.Label, p.Change.Press)
				}
			}
		case Choices:
			for _, o := range x.Options {
				if !x.Multiple {
					add(o.Label, o.Press)
				}
			}
		case Buttons:
			for _, b := range x.Items {
				add(b.Label, b.Press)
			}
		case Checklist:
			for _, item := range x.Items {
				if item.Press != nil {
					add(item.Press.Label+": "+item.Label, item.Press.Press)
				}
			}
		}
	}
	return all
}

// later lets time pass; timers that come due fire in their order.
func (k *clinic) later(d time.Duration) *clinic {
	k.t.Helper()
	end := k.env.Now.Add(d)
	for range 200 {
		var next TimerID
		for id, due := range k.timers {
			if !due.After(end) && (next == "" || due.Before(k.timers[next]) || due.Equal(k.timers[next]) && id < next) {
				next = id
			}
		}
		if next == "" {
			k.env.Now = end
			return k
		}
		if k.timers[next].After(k.env.Now) {
			k.env.Now = k.timers[next]
		}
		delete(k.timers, next)
		k.do(Input{ID: string(next), Action: ActTimer, Args: []string{string(next)}})
	}
	k.t.Fatal("timers never come to an end")
	return k
}

// card is what everybody sees.
func (k *clinic) card() string { return plain(renderCard(k.env, k.c)) }

// sees checks that a text holds some words and lacks those that begin with "!".
func sees(t testing.TB, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if lacks, ok := strings.CutPrefix(w, "!"); ok {
			if strings.Contains(text, lacks) {
				t.Errorf("%q is shown, and should not be, on\n%s", lacks, text)
			}
		} else if !strings.Contains(text, w) {
			t.Errorf("%q is not shown on\n%s", w, text)
		}
	}
}

// pagedNow are the people whom the effects since a version page, in order.
func (k *clinic) pages() []PersonID {
	var people []PersonID
	for _, e := range k.sent {
		if e.Kind == Page {
			people = append(people, e.To)
		}
	}
	return people
}

// told reports whether somebody got a line as a direct message.
func (k *clinic) told(to PersonID, line Line) bool {
	return slices.ContainsFunc(k.sent, func(e Effect) bool { return e.Kind == Message && e.To == to && e.Code == string(line) })
}

// noted reports whether a line was put into the thread.
func (k *clinic) noted(line Line) bool {
	return slices.ContainsFunc(k.sent, func(e Effect) bool { return e.Kind == PostNote && e.Code == string(line) })
}
