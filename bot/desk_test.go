package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"curbside/bot"
	"curbside/dialog"
	"curbside/rules"
)

// atHome presses on the home or on a private reply.
func (w *world) atHome(who string, p dialog.Press) bot.Reply {
	return w.Handle(context.Background(), bot.Inbound{ID: w.id(), From: account(who), In: bot.DirectTo(account(who)), Kind: bot.Pressed, Press: p})
}

// buttonOf finds a button of a view.
func buttonOf(t *testing.T, v *dialog.View, label string) dialog.Press {
	t.Helper()
	if v == nil {
		t.Fatalf("no view to press %q on", label)
	}
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Buttons:
			for _, one := range b.Items {
				if one.Label == label {
					return one.Press
				}
			}
		case dialog.Choices:
			for _, one := range b.Options {
				if one.Label == label {
					return one.Press
				}
			}
		}
	}
	t.Fatalf("there is no %q in %q", label, text(v))
	return dialog.Press{}
}

func TestAHomeIsForThePracticesPeopleAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, has := w.Home(context.Background(), account("mallory")); has {
		t.Error("a stranger has a home")
	}
	home, has := w.Home(context.Background(), account("sam"))
	if !has || !strings.Contains(text(&home), "step 1 of the practice's chain") {
		t.Errorf("sam's home is %t, %q", has, text(&home))
	}
	handle := w.open(t)
	home, _ = w.Home(context.Background(), account("dana"))
	if !strings.Contains(text(&home), handle) {
		t.Errorf("the home %q does not name dana's consult", text(&home))
	}
}

func TestTheCommandAnswersItsWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for word, want := range map[string]string{"list": "What waits for you", "duty": "Who is on duty", "help": "A quick word with a colleague"} {
		if reply := w.command("sam", word); !strings.Contains(text(reply.Private), want) {
			t.Errorf("/consult %s is answered with %q", word, text(reply.Private))
		}
	}
	for typed, want := range map[string]string{"LIST": "list", "duty": "duty", "Help": "help", "": "", "dana": "", "lists": "", "list ": ""} {
		if got := bot.KnownWord(typed); got != want {
			t.Errorf("%q is taken for %q, want %q", typed, got, want)
		}
	}
	if len(w.store.commits) != 0 {
		t.Error("asking changed something")
	}
}

func TestARehearsalRunsThroughTheOutboxAndCreatesNoConsult(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	home, _ := w.Home(context.Background(), account("sam"))
	if reply := w.atHome("sam", buttonOf(t, &home, "Test my page")); !strings.Contains(reply.Notice, "The rehearsal has begun") {
		t.Fatalf("reply %+v", reply)
	}
	c := w.store.newest(t)
	if c.Record.Consult.Handle != dialog.DeskHandle || c.Record.Consult.Clinician != "" || len(c.Joined) != 0 || len(c.Audit) != 1 {
		t.Errorf("committed %+v, want the desk and one entry in the audit chain", c)
	}
	for _, e := range c.Effects {
		if r, _ := w.Deliver(context.Background(), e, nil, false); r.Outcome != bot.Delivered {
			t.Errorf("%s: %+v", e.Kind, r)
		}
	}
	d := w.chat.delivered[0]
	if d.To == nil || *d.To != account("sam") || len(d.Mention) != 0 || !strings.Contains(d.View.Fallback, "rehearsal") {
		t.Fatalf("delivered %+v, want a message to sam that says it is a rehearsal", d)
	}
	w.now = w.now.Add(42 * time.Second)
	if reply := w.atHome("sam", buttonOf(t, &d.View, "I have it")); !strings.Contains(reply.Notice, "answered after 42 s") {
		t.Errorf("reply %+v", reply)
	}
	if handles, err := w.store.Involving(context.Background(), "sam"); err != nil || len(handles) != 0 {
		t.Errorf("sam is involved in %v, %v; want nothing", handles, err)
	}
}

func TestARehearsalRingsThePagerAsOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d, why, err := w.Rehearse(context.Background(), "kim")
	if err != nil || why != "" || !slices.Equal(d.Ways, []dialog.Way{{Name: dialog.WayPager}}) {
		t.Fatalf("rehearsal %+v, %q, %v; want kim's pager, her only way", d, why, err)
	}
	w.practice.rings = bot.Receipt{Outcome: bot.Unreachable, Code: "http_400"}
	w.Deliver(context.Background(), w.store.newest(t).Effects[0], nil, false)
	if p := w.practice.pages[0]; !p.Rehearsal || p.Handle != "rehearsal" || p.To != "kim" || p.End {
		t.Errorf("page %+v, want one that is recognisable as a rehearsal", p)
	}
	d, kept, err := w.Rehearsal(context.Background(), d.Number)
	if err != nil || !kept || d.Ways[0].OK || d.Ways[0].Code != "http_400" {
		t.Errorf("the rehearsal is %+v, %t, %v; want that the pager refused", d, kept, err)
	}
	if _, why, err := w.Rehearse(context.Background(), "kim"); err != nil || !strings.Contains(why, "under way") {
		t.Errorf("a second rehearsal: %q, %v", why, err)
	}
	if _, why, err := w.Rehearse(context.Background(), "zoe"); err != nil || !strings.Contains(why, "Nobody") {
		t.Errorf("a rehearsal for nobody: %q, %v", why, err)
	}
	if err := w.Fire(context.Background(), dialog.DeskHandle, "drill.1"); err != nil {
		t.Fatal(err)
	}
	w.practice.rings = bot.Receipt{Outcome: bot.Delivered}
	for _, e := range w.store.newest(t).Effects {
		w.Deliver(context.Background(), e, nil, false)
	}
	if p := w.practice.pages[len(w.practice.pages)-1]; !p.End || !p.Rehearsal {
		t.Errorf("the last page is %+v, want the end of the rehearsal", p)
	}
}

func TestARehearsalCanBeAnsweredOnThePager(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d, _, err := w.Rehearse(context.Background(), "kim")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a service repeats what it is not sure of
		if err := w.Acknowledge(context.Background(), "ack-1", "rehearsal", "kim"); err != nil {
			t.Fatal(err)
		}
	}
	if d, kept, err := w.Rehearsal(context.Background(), d.Number); err != nil || !kept || d.Got.IsZero() {
		t.Errorf("the rehearsal is %+v, %t, %v; want it answered", d, kept, err)
	}
}

// weekOf puts sam on a rota that the chain counts on, every week.
func weekOf(w *world) {
	w.practice.rotas = []dialog.Rota{{
		ID: "first", Name: "First call", Location: time.UTC, Starts: rules.Date{Year: 2026, Month: time.November, Day: 16},
		Shifts: []dialog.Shift{{From: 480, Until: 480, People: []dialog.PersonID{"sam"}}},
	}}
	w.practice.chain = [][]dialog.PersonID{{"first"}}
}

func TestADutyTakenInChatIsPagedFromThenOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	weekOf(w)
	w.practice.people["lee"] = dialog.Person{ID: "lee", Name: "Lee", Roles: []dialog.Role{dialog.Supervisor}, Reachable: true}
	duty := w.command("lee", "duty")
	reply := w.atHome("lee", buttonOf(t, duty.Private, "I take this duty over"))
	reply = w.atHome("lee", buttonOf(t, reply.Private, "For 4 hours"))
	if !strings.Contains(reply.Notice, "You have the duty “First call” now") {
		t.Fatalf("reply %+v", reply)
	}
	pages := func() []dialog.PersonID {
		var people []dialog.PersonID
		for _, e := range w.store.newest(t).Effects {
			if e.Kind == dialog.Page {
				people = append(people, e.To)
			}
		}
		return people
	}
	handle := w.open(t)
	w.press("dana", danger(handle, 1))
	if got := pages(); !slices.Equal(got, []dialog.PersonID{"lee"}) {
		t.Errorf("paged = %v, want who has taken the duty", got)
	}
	w.now = w.now.Add(5 * time.Hour)
	handle = w.open(t)
	w.press("dana", danger(handle, 1))
	if got := pages(); !slices.Equal(got, []dialog.PersonID{"sam"}) {
		t.Errorf("paged = %v after four hours, want the rota again", got)
	}
}

func TestTheDeskSaysWhenItsStoreIsAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	weekOf(w)
	home, _ := w.Home(context.Background(), account("sam"))
	w.store.away = true
	away, has := w.Home(context.Background(), account("sam"))
	for what, said := range map[string]string{
		"home": text(&away), "a rehearsal": text(w.atHome("sam", buttonOf(t, &home, "Test my page")).Private), "the duty": text(w.command("sam", "duty").Private),
	} {
		if !has || !strings.Contains(said, "911") || !strings.Contains(said, "Nothing was saved") {
			t.Errorf("%s: %q does not say what is down and what helps", what, said)
		}
	}
	if err := w.Fire(context.Background(), dialog.DeskHandle, "weekly"); err == nil {
		t.Error("a timer of the desk was taken while the store was away")
	}
}

func TestTheDeskIsNoConsult(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Rehearse(context.Background(), "sam")
	if reply := w.press("sam", danger(dialog.DeskHandle, 1)); !strings.Contains(reply.Notice, "no longer kept") {
		t.Errorf("a press on the desk as a consult is answered with %+v", reply)
	}
	if e := w.store.newest(t).Effects[0]; e.Handle == dialog.DeskHandle {
		if view, _, ok := w.Show(context.Background(), e); !ok || !strings.Contains(view.Fallback, "rehearsal") {
			t.Errorf("shown again it is %t, %q", ok, view.Fallback)
		}
	}
}

func TestTheDeskIsTendedAgainOnceTheStoreIsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.store.away = true
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan error)
		go func() { ended <- w.Tend(ctx) }()
		time.Sleep(time.Second)
		synctest.Wait()
		if len(w.store.commits) != 0 {
			t.Fatal("something was committed while the store was away")
		}
		w.store.mu.Lock()
		w.store.away = false
		w.store.mu.Unlock()
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if c := w.store.newest(t); len(c.Timers) == 0 || c.Timers[0].ID != "weekly" {
			t.Errorf("committed %+v, want the weekly timer", c)
		}
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		if len(w.store.commits) != 1 {
			t.Errorf("%d commits, want none while everything stands", len(w.store.commits))
		}
		stop()
		if err := <-ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
}
