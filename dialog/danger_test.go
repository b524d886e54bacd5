package dialog

import (
	"slices"
	"testing"
	"time"
)

func TestImmediateDangerWorksBeforeAnythingWasAnswered(t *testing.T) {
	k := newClinic(t).open("ana").press("ana", "Immediate danger")
	golden(t, "danger-1-declared", k.card())
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli"}) {
		t.Errorf("paged = %v, want the whole chain at once", got)
	}
	for _, e := range k.last.Effects {
		if (e.Kind == Page || e.Kind == UpdateCard || e.Kind == PostNote) && e.Lane != LaneUrgent {
			t.Errorf("%s is in lane %s", e.Kind, e.Lane)
		}
	}
	k.later(time.Minute).press("ana", "Done: Call 911", "California").pick("ana", "Harm to others")
	sees(t, k.card(), "Done by the clinician", "Who told you of the threat?")
	k.pressDirect("dana", "Seen: I am on it")
	golden(t, "danger-2-supervisor", plain(renderPerson(k.env, k.c, "dana")))
	k.pressDirect("dana", "I am with the clinician")
	if !k.told("ana", LineJoined) {
		t.Error("the clinician was not told who is with them")
	}
	k.press("ana", "The danger has passed")
	sees(t, k.card(), "!Immediate danger, declared", "said to have passed just now", "[!Immediate danger]", "Also done\n  [x] Call 911")
}

func TestADangerThatNobodyTakesUpIsPagedAgain(t *testing.T) {
	k := newClinic(t).open("ana").press("ana", "Immediate danger").later(time.Minute)
	k.pressDirect("dana", "Seen: I am on it").later(8 * time.Minute)
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli", "dana", "eli"}) {
		t.Errorf("paged = %v after somebody saw it and went silent, want everybody again", got)
	}
}

func TestInDangerNothingWaitsForSignOff(t *testing.T) {
	k := waiting(t, "Sign-off: today").press("ana", "Immediate danger")
	sees(t, k.card(), "Tell the police [Done]", "!Waits for sign-off")
}

func TestASupervisorReadingAlongCanDeclareDanger(t *testing.T) {
	k := newClinic(t).open("ana").press("dana", "Immediate danger")
	if !k.told("ana", LineDanger) {
		t.Error("the clinician was not told")
	}
	old := k.c.Version
	k.later(2 * time.Minute)
	k.do(Input{ID: "x", Actor: "ana", Version: old, Action: ActDanger})
	sees(t, k.last.Reply.Notice, "declared by Dana Kim 2 min ago")
}

func TestTheTwinOfAPressChangesNothingTwice(t *testing.T) {
	for name, tc := range map[string]struct {
		at   func(*clinic)
		who  PersonID
		read string
		want string
	}{
		"the same answer": {func(k *clinic) {
			k.open("ana").press("ana", "California").pick("ana", "Harm to others")
		}, "ana", "The client", "Ana Reyes has answered that already, 1 min ago"},
		"the same place":        {func(k *clinic) { k.open("ana") }, "ana", "California", "Ana Reyes has answered that already"},
		"the same page seen":    {func(k *clinic) { *k = *waiting(k.t, "Now: page everybody") }, "dana", "Seen: I am on it", "You have seen this already"},
		"danger declared twice": {func(k *clinic) { k.open("ana") }, "ana", "Immediate danger", "declared by Ana Reyes 1 min ago"},
		"sign-off asked twice": {func(k *clinic) {
			*k = *threatIn(k.t, "Texas").press("ana", "Go on: what are the ways?").pick("ana", "Tell the police")
		}, "ana", "Sign-off: today", "Sign-off was asked for 1 min ago"},
		"done twice": {func(k *clinic) {
			*k = *threatIn(k.t, "California")
		}, "ana", "Done: Warn the person in danger", "Ana Reyes marked that as done 1 min ago"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newClinic(t)
			tc.at(k)
			v := renderCard(k.env, k.c)
			if tc.who != "ana" {
				v = renderPerson(k.env, k.c, tc.who)
			}
			p, ok := pressOf(v, tc.read)
			if !ok {
				t.Fatalf("nothing reads %q on\n%s", tc.read, plain(v))
			}
			in := Input{ID: "x", Actor: tc.who, Version: p.Version, Action: p.Action, Args: p.Args}
			if out := k.do(in); !out.Changed {
				t.Fatalf("the first press did nothing: %s", out.Reply.Notice)
			}
			k.env.Now = k.env.Now.Add(time.Minute)
			if out := k.do(in); out.Changed {
				t.Fatal("the second press did it again")
			}
			sees(t, k.last.Reply.Notice, tc.want)
		})
	}
}

func TestAPressOnAnOldViewCountsOnlyWhenNothingItRestsOnHasMoved(t *testing.T) {
	k := threatIn(t, "Texas").press("ana", "Go on: what are the ways?")
	ways := renderCard(k.env, k.c)
	back, _ := pressOf(ways, "Back to the finding")
	k.press("ana", "Back to the finding", "Change an answer", "Imminent: Yes", "No")
	if out := k.do(Input{ID: "x", Actor: "ana", Version: back.Version, Action: ActPlan, Args: []string{"notify_police"}}); out.Changed {
		t.Error("a plan made on an older finding was taken")
	}
	sees(t, k.last.Reply.Notice, "has moved on")

	k = waiting(t, "Sign-off: today")
	old := k.c.Version
	k.pressDirect("dana", "Seen: I am on it")
	if out := k.do(Input{ID: "x", Actor: "ana", Version: old, Action: ActGo, Args: []string{string(PhaseHypothesise)}}); !out.Changed {
		t.Errorf("somebody else's press made the clinician's stale: %s", out.Reply.Notice)
	}
}
