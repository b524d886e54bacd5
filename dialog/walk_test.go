package dialog

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/rules"
)

// A walk lets people press whatever they find, in any order, at any time, some
// of it twice, late or by the wrong person.
type walk struct {
	*clinic
	pick func(n int) int // a number below n
	old  []Press         // presses of views shown before
}

var walkers = []PersonID{"ana", "ana", "ana", "ana", "ben", "dana", "eli", "omar", "nobody"}

// step does one thing that may happen.
func (w *walk) step() {
	w.t.Helper()
	switch w.pick(20) {
	case 0:
		w.later(time.Duration(1+w.pick(90)) * time.Minute)
	case 1:
		w.do(Input{Action: ActUnreachable, Args: []string{string(walkers[w.pick(len(walkers))])}})
	case 2:
		if len(w.old) > 0 {
			w.give(walkers[w.pick(len(walkers))], w.old[w.pick(len(w.old))], nil)
		}
	case 3:
		w.give(walkers[w.pick(len(walkers))], Press{Action: Action([]string{"a", "done", "approve", "depart", "words", "never"}[w.pick(6)]), Version: w.c.Version, Args: []string{"x", "y"}}, nil)
	case 4:
		w.do(Input{Action: ActTimer, Args: []string{[]string{"escalation.1.1", "escalation.9.9", "clock.x.0.due", "remind", "close", ""}[w.pick(6)]}})
	default:
		w.pressSomething()
	}
	w.look()
}

// pressSomething presses one of the things that can be pressed, mostly by
// somebody who may; cancelling and closing come rarely, or nothing else would.
func (w *walk) pressSomething() {
	viewer := []PersonID{"ana", "dana", "eli"}[w.pick(3)]
	views := []View{renderCard(w.env, w.c), renderCard(w.env, w.c), renderPerson(w.env, w.c, viewer)}
	if f := w.last.Reply.Form; f != nil {
		text := []string{"", "What would you do?", "What would you do?", strings.Repeat("long ", 200)}[w.pick(4)]
		w.give(w.rightful(f.Submit, viewer), f.Submit, map[FieldID]string{fieldText: text})
		return
	}
	v := views[w.pick(len(views))]
	if w.last.Reply.Private != nil && w.pick(4) > 0 {
		v = *w.last.Reply.Private
	}
	all := pressesOf(v, w.pick)
	if len(all) == 0 {
		return
	}
	p := all[w.pick(len(all))]
	if ends := p.Action == ActCancel || p.Action == ActClose; ends && w.pick(30) > 0 {
		return
	}
	w.old = append(w.old, p)
	if w.pick(10) == 0 {
		w.give(walkers[w.pick(len(walkers))], p, nil)
		return
	}
	w.give(w.rightful(p, viewer), p, nil)
}

// rightful is somebody who may press: who was paged for what a supervisor
// decides, the clinician for the rest.
func (w *walk) rightful(p Press, viewer PersonID) PersonID {
	d, _ := deeds(p.Action)
	forSupervisor := p.Action == ActOwnWords && len(p.Args) == 2 && p.Args[0] != string(NoteRationale)
	if d.by != thePaged && !forSupervisor {
		return w.c.Clinician
	}
	if e := w.c.escalation(p.Args[len(p.Args)-1]); forSupervisor && e != nil && len(e.Paged) > 0 {
		return e.Paged[w.pick(len(e.Paged))]
	}
	if e := w.c.escalation(p.Args[0]); e != nil && len(e.Paged) > 0 {
		return e.Paged[w.pick(len(e.Paged))]
	}
	return viewer
}

func (w *walk) give(who PersonID, p Press, form map[FieldID]string) {
	out := w.do(Input{ID: "input", Actor: who, Version: p.Version, Action: p.Action, Args: p.Args, Form: form})
	if strings.Contains(out.Reply.Notice, "not known here") && p.Action != "never" {
		w.t.Errorf("a button that was shown is not known: %s", p)
	}
}

// look renders everything there is to see.
func (w *walk) look() {
	w.t.Helper()
	withinLimits(w.t, renderCard(w.env, w.c))
	for _, who := range []PersonID{"ana", "dana", "omar"} {
		withinLimits(w.t, renderPerson(w.env, w.c, who))
	}
	if w.last.Reply.Private != nil {
		withinLimits(w.t, *w.last.Reply.Private)
	}
	for _, e := range w.last.Effects {
		if e.Kind == SendFile {
			continue // the record has tests of its own
		}
		if v, _, ok := RenderEffect(w.env, w.c, e); ok {
			withinLimits(w.t, v)
		}
	}
}

// pressesOf are all presses of a view; a multiple choice is submitted with some of its options.
func pressesOf(v View, pick func(int) int) []Press {
	var all []Press
	for _, block := range v.Blocks {
		switch x := block.(type) {
		case Pairs:
			for _, p := range x.Items {
				if p.Change != nil {
					all = append(all, p.Change.Press)
				}
			}
		case Choices:
			p := x.Submit
			for _, o := range x.Options {
				switch {
				case !x.Multiple:
					all = append(all, o.Press)
				case pick(3) == 0:
					p = p.With(o.Value)
				}
			}
			if x.Multiple {
				all = append(all, p, p)
			}
		case Buttons:
			for _, b := range x.Items {
				all = append(all, b.Press)
			}
		case Checklist:
			for _, item := range x.Items {
				if item.Press != nil {
					all = append(all, item.Press.Press)
				}
			}
		}
	}
	return all
}

// Whatever people press, in whatever order, nothing breaks, everything shown
// stays within what platforms hold, and the consult comes to an end.
func TestWhateverIsPressedAConsultHoldsAndEnds(t *testing.T) {
	for name, tc := range map[string]struct {
		book  *rules.Book
		walks uint64
	}{
		"with the small book":   {loadBook(t, "testdata/clinic"), 16},
		"with the shipped book": {shipped(t), 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range tc.walks {
				random := rand.New(rand.NewPCG(seed, 1))
				wander(t, tc.book, 120, random.IntN)
			}
		})
	}
}

func wander(t testing.TB, book *rules.Book, steps int, pick func(int) int) {
	t.Helper()
	w := &walk{clinic: newClinic(t), pick: pick}
	w.env.Book = book
	w.env.Practice.FreeText = pick(2) == 0
	w.staffed()
	w.open("ana")
	for range steps {
		w.step()
		if t.Failed() {
			return
		}
	}
	w.later(60 * 24 * time.Hour)
	if !w.c.Closed() {
		t.Fatalf("left alone for two months, the consult is still open:\n%s", w.card())
	}
	if len(w.c.Involved()) > 0 {
		t.Errorf("a consult that has ended still waits for %v", w.c.Involved())
	}
}

// staffed puts a rota, a step of which all have to see the page, quiet hours and
// two signatures into some of the practices.
func (w *walk) staffed() {
	p := w.env.Practice
	p.KeepClosed = 30 * 24 * time.Hour
	if w.pick(2) == 0 {
		p.Rotas = rotas(w.t).Rotas
		p.Chain = [][]PersonID{{"first"}, {AllOf, "dana", "eli"}, {"ben"}}
	}
	if w.pick(2) == 0 {
		p.Signatures = map[EscalationKind]int{KindSignOff: 2, KindDeparture: 2}
	}
	if w.pick(2) == 0 {
		p.QuietFrom, p.QuietUntil = DayTime(20*60), DayTime(8*60)
	}
}

func shipped(t testing.TB) *rules.Book {
	t.Helper()
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func FuzzConsult(f *testing.F) {
	f.Add([]byte{7, 7, 7, 0, 9, 3, 200, 14, 2, 2, 5, 90})
	f.Add(slices.Repeat([]byte{9, 0, 1, 3, 7, 5}, 20))
	book := loadBook(f, "testdata/clinic")
	f.Fuzz(func(t *testing.T, choices []byte) {
		at := 0
		wander(t, book, min(len(choices), 80), func(n int) int {
			if len(choices) == 0 {
				return 0
			}
			at++
			return int(choices[at%len(choices)]+byte(at/len(choices))) % n
		})
	})
}
