package dialog

import (
	"slices"
	"testing"
	"time"
)

// waiting is a plan in Texas that waits for a supervisor.
func waiting(t testing.TB, how string) *clinic {
	t.Helper()
	return threatIn(t, "Texas").press("ana", "Go on: what are the ways?").pick("ana", "Tell the police").press("ana", how)
}

func TestNobodyAnswersAndTheNextOneIsPaged(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.later(9 * time.Minute)
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Fatalf("paged = %v within the first step's time", got)
	}
	k.later(2 * time.Minute)
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli"}) {
		t.Fatalf("paged = %v after the first step's time", got)
	}
	k.later(10 * time.Minute)
	if !k.told("ana", LineNobody) {
		t.Error("the clinician was not told that nobody has been reached")
	}
	sees(t, k.card(), "Nobody has been reached", "extension 12", "wait for nobody", "nobody has been reached")
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Approve")
	sees(t, k.card(), "approved by Dana Kim", "!Nobody has been reached")
}

func TestSeenIsNotDecided(t *testing.T) {
	k := waiting(t, "Sign-off: today").later(5 * time.Minute)
	k.pressDirect("dana", "Seen: I am on it").later(19 * time.Minute)
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Fatalf("paged = %v while the one who has seen it decides", got)
	}
	k.later(2 * time.Minute)
	if !k.told("dana", LineDecideDue) {
		t.Fatal("the one who has seen it was not reminded")
	}
	k.later(10 * time.Minute)
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli"}) {
		t.Errorf("paged = %v after the reminder, want the next step", got)
	}
}

func TestWhatIsImminentPagesEverybodyAtOnce(t *testing.T) {
	k := waiting(t, "Now: page everybody")
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli"}) {
		t.Fatalf("paged = %v, want the whole chain at once", got)
	}
	for _, e := range k.sent {
		if e.Kind == Page && (e.Lane != LaneUrgent || e.Args[0] != string(Imminent)) {
			t.Errorf("the page to %s has lane %s and urgency %s", e.To, e.Lane, e.Args[0])
		}
	}
	k.later(3 * time.Minute)
	if got := k.pages(); len(got) != 4 || !k.told("ana", LineNobody) {
		t.Errorf("paged = %v after nobody answered, want everybody once more and the clinician told", got)
	}
}

func TestAStepWithNobodyIsSkippedAtOnceAndSaysSo(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*Practice)
		want   []PersonID
	}{
		"an empty step":                             {func(p *Practice) { p.Chain = [][]PersonID{{}, {"eli"}} }, []PersonID{"eli"}},
		"a step with nobody who can be reached":     {func(p *Practice) { unreachable(p, "dana") }, []PersonID{"eli"}},
		"a step with the one who asks":              {func(p *Practice) { p.Chain = [][]PersonID{{"ana"}, {"eli"}} }, []PersonID{"eli"}},
		"a step with somebody who is no supervisor": {func(p *Practice) { p.Chain = [][]PersonID{{"omar"}, {"eli"}} }, []PersonID{"eli"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := threatIn(t, "Texas")
			tc.change(k.env.Practice)
			k.press("ana", "Go on: what are the ways?").pick("ana", "Tell the police").press("ana", "Sign-off: today")
			if got := k.pages(); !slices.Equal(got, tc.want) {
				t.Errorf("paged = %v, want %v", got, tc.want)
			}
			if !k.noted(LineSkipped) {
				t.Error("nothing says that a step was skipped")
			}
		})
	}
}

func unreachable(p *Practice, id PersonID) {
	person := p.People[id]
	person.Reachable = false
	p.People[id] = person
}

func TestWithoutAnybodyToPageTheClinicianIsToldAtOnce(t *testing.T) {
	k := threatIn(t, "Texas")
	k.env.Practice.Chain = nil
	k.press("ana", "Go on: what are the ways?").pick("ana", "Tell the police").press("ana", "Sign-off: today")
	sees(t, k.card(), "Nobody has been reached", "extension 12")
	if !slices.ContainsFunc(k.sent, func(e Effect) bool {
		return e.Kind == Message && e.To == "ana" && e.Code == string(LineNobody) && e.Lane == LaneUrgent
	}) {
		t.Error("the clinician got no urgent message")
	}
}

func TestTheChainIsFixedWhenPagingStarts(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.env.Practice.Chain = [][]PersonID{{"ben"}}
	k.later(11 * time.Minute)
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli"}) {
		t.Errorf("paged = %v, want the chain as it was when paging started", got)
	}
}

func TestWhoCannotBeReachedIsPassedOverAtOnce(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.do(Input{Action: ActUnreachable, Args: []string{"dana"}})
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli"}) {
		t.Errorf("paged = %v, want the next step at once", got)
	}
	if out := k.do(Input{Action: ActUnreachable, Args: []string{"dana"}}); out.Changed {
		t.Error("the same news twice changed something")
	}
	k.do(Input{ID: "x", Actor: "dana", Version: k.c.Version, Action: ActApprove, Args: []string{"1"}})
	sees(t, k.last.Reply.Notice, "not on duty")
}

func TestASupervisorCanStepAsideAndTheClinicianCanAskForAnother(t *testing.T) {
	for name, leave := range map[string]func(*clinic){
		"a conflict":           func(k *clinic) { k.pressDirect("dana", "I have a conflict") },
		"a conflict once seen": func(k *clinic) { k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "I have a conflict") },
		"not this supervisor":  func(k *clinic) { k.press("ana", "Not this supervisor") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := waiting(t, "Sign-off: today")
			leave(k)
			if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "eli"}) {
				t.Fatalf("paged = %v, want the next step at once", got)
			}
			k.do(Input{ID: "x", Actor: "dana", Version: k.c.Version, Action: ActApprove, Args: []string{"1"}})
			sees(t, k.last.Reply.Notice, "not on duty")
			sees(t, plain(renderPerson(k.env, k.c, "dana")), "You are out of this one", "!Approve")
			k.do(Input{ID: "x", Actor: "dana", Version: k.c.Version, Action: ActRecord, Args: []string{"md"}})
			if k.last.Reply.File != nil {
				t.Error("the one who is out still gets the record")
			}
			if slices.Contains(k.c.Involved(), "dana") {
				t.Error("it still stands on the list of the one who is out")
			}
			k.pressDirect("eli", "Seen: I am on it").pressDirect("eli", "Approve")
			sees(t, k.card(), "approved by Eli Stone")
		})
	}
}

func TestAQuestionIsAnsweredByCodeAndTheClockGoesOn(t *testing.T) {
	k := waiting(t, "Sign-off: today").later(time.Minute)
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Ask").pick("dana", "Are the means at hand?")
	if !k.told("ana", LineAsked) {
		t.Fatal("the clinician was not told of the question")
	}
	sees(t, k.card(), "Dana Kim asks: Are the means at hand?", "a supervisor asks Ana Reyes")
	k.later(20 * time.Minute)
	if !k.told("ana", LineAnswerDue) {
		t.Error("the clinician was not reminded of the question")
	}
	k.press("ana", "I have told you by phone")
	if !k.told("dana", LineAnswered) {
		t.Error("the supervisor was not told of the answer")
	}
	k.pressDirect("dana", "Decline").press("dana", "A less intrusive way comes first")
	sees(t, k.card(), "declined by Dana Kim", "A less intrusive way comes first", "Waits for sign-off")
}

func TestASecondDecisionIsAnsweredWithWhoWasFaster(t *testing.T) {
	k := waiting(t, "Now: page everybody")
	k.pressDirect("dana", "Seen: I am on it").pressDirect("eli", "Seen: I am on it")
	late, _ := pressOf(renderPerson(k.env, k.c, "eli"), "Decline")
	k.pressDirect("dana", "Approve").later(3 * time.Minute)
	k.do(Input{ID: "x", Actor: "eli", Version: late.Version, Action: late.Action, Args: late.Args})
	sees(t, k.last.Reply.Notice, "Dana Kim approved this 3 min ago")
	sees(t, plain(renderPerson(k.env, k.c, "eli")), "approved by Dana Kim")
}

func TestAnOlderTimerChangesNothing(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.pressDirect("dana", "Seen: I am on it")
	for _, id := range []string{"escalation.1.1", "escalation.2.1", "escalation.0.0", "escalation.1", "clock.us-ca.harm.protect.0.due", "remind", "close", "something"} {
		if out := k.do(Input{Action: ActTimer, Args: []string{id}}); out.Changed {
			t.Errorf("the stale timer %q changed the consult", id)
		}
	}
}

func TestASignOffIsBoundToWhatWasDecided(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*clinic)
		void   bool
	}{
		"another plan voids it": {func(k *clinic) {
			k.press("ana", "Change the plan").pick("ana", "Tell the police", "Tell medical personnel")
		}, true},
		"an answer that changes the finding voids it": {func(k *clinic) {
			k.press("ana", "Change an answer", "Imminent: Yes", "No")
		}, true},
		"the same answer again leaves it": {func(k *clinic) {
			k.press("ana", "Change an answer", "Imminent: Yes", "Yes")
		}, false},
		"marking something as done leaves it": {func(k *clinic) {
			k.press("ana", "Done: Tell the police")
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := waiting(t, "Sign-off: today")
			k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Approve")
			tc.change(k)
			void := k.c.Escalations[0].State == StateVoid
			if void != tc.void {
				t.Errorf("void = %v, want %v", void, tc.void)
			}
			if void && (!k.told("dana", LineVoid) || !k.noted(LineVoid)) {
				t.Error("nobody was told that the sign-off is void")
			}
		})
	}
}

func TestAVoidSignOffIsAskedForAgain(t *testing.T) {
	k := waiting(t, "Sign-off: today").press("ana", "Change the plan").pick("ana", "Tell the police", "Tell medical personnel")
	if k.c.Escalations[0].State != StateVoid || !slices.ContainsFunc(k.last.Effects, func(e Effect) bool { return e.Kind == EndPage && e.To == "dana" }) {
		t.Fatal("the page for a plan that is no more goes on")
	}
	sees(t, k.card(), "Sign-off: today")
	k.press("ana", "Sign-off: today")
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana", "dana"}) {
		t.Errorf("paged = %v, want to be asked again", got)
	}
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Approve")
	sees(t, k.card(), "approved by Dana Kim", "Tell medical personnel [Done]")
}

func TestASupervisorWhoSeesClientsCannotSignTheirOwn(t *testing.T) {
	k := newClinic(t)
	k.env.Practice.Chain = [][]PersonID{{"ben", "dana"}}
	k.open("ben").press("ben", "Texas", "Texas").pick("ben", "Harm to others")
	k.press("ben", "Immediate danger")
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("paged = %v, want everybody but the one who asks", got)
	}
}
