package dialog

import (
	"slices"
	"testing"
	"time"

	"curbside/rules"
)

func TestAChangedAnswerAsksOnlyWhatDependsOnIt(t *testing.T) {
	k := newClinic(t).open("ana").press("ana", "California").pick("ana", "Child abuse or neglect")
	k.press("ana", "Yes").pick("ana", "Physical")
	if k.c.Phase != PhaseThink {
		t.Fatalf("phase = %s", k.c.Phase)
	}
	k.press("ana", "Change an answer", "Abuse suspected: Yes")
	sees(t, k.card(), "Do you reasonably suspect", "(x) Yes", "Leave it as it was")
	k.press("ana", "No")
	golden(t, "change-1-duty-gone", k.card())
	if _, kept := k.c.Case.Facts["child_harms"]; kept {
		t.Error("an answer that only the other path had asked for is kept")
	}
	k.press("ana", "Change an answer", "Abuse suspected: No", "Yes")
	sees(t, k.card(), "What kinds of abuse or neglect?")
	k.pick("ana", "Neglect")
	sees(t, k.card(), "You must")
	if len(k.c.Changes) != 2 || k.c.Changes[0].Subject != "fact.child_suspected" || !slices.Equal(k.c.Changes[0].Was, []Code{"yes"}) {
		t.Errorf("changes = %+v, want both, with what was said before", k.c.Changes)
	}
}

func TestLeavingAnAnswerAsItWasChangesNothing(t *testing.T) {
	k := threatIn(t, "California")
	before := k.c.Case
	k.press("ana", "Change an answer", "Person in danger: Somebody who can be identified", "Leave it as it was")
	if !slices.Equal(k.c.Case.Order, before.Order) || len(k.c.Changes) > 0 || k.c.Phase != PhaseThink {
		t.Errorf("case = %+v, changes = %v, phase = %s", k.c.Case, k.c.Changes, k.c.Phase)
	}
}

func TestADutySomebodyHasActedOnIsNeverLiftedSilently(t *testing.T) {
	k := threatIn(t, "California").press("ana", "Done: Warn the person in danger").later(5 * time.Minute)
	k.press("ana", "Change an answer", "Person in danger: Somebody who can be identified", "Nobody in particular")
	k.answers("ana", nil, "I don't know")
	golden(t, "change-2-acted", k.card())
	sees(t, k.card(), "You acted on this; the finding has changed", "No longer: Protect a reasonably identifiable victim")
	k.press("ana", "Go on: what are the ways?", "Nothing more for now", "Go on: consult and act", "Close with the record")
	sees(t, k.last.Reply.Notice, "Decide first")
	k.press("ana", "I will tell the receiver what has changed")
	sees(t, k.card(), "!You acted on this")
	k.press("ana", "Close with the record")
	if !k.c.Closed() {
		t.Error("it cannot be closed after the decision")
	}
}

func TestTheClientsPlaceCanBeChangedAndTheLawFollows(t *testing.T) {
	k := threatIn(t, "California")
	k.press("ana", "Change an answer", "Where the client is", "Texas")
	k.answers("ana", nil, "Yes")
	sees(t, k.card(), "Client is in: Texas", "No longer: Protect a reasonably identifiable victim", "Now applies: You may tell medical")
}

func TestWhereClientAndLicenceDifferBothLawsAreShown(t *testing.T) {
	k := newClinic(t)
	ana := k.env.Practice.People["ana"]
	ana.Licences = []rules.JurisdictionID{"US-TX"}
	k.env.Practice.People["ana"] = ana
	k.open("ana").press("ana", "California").pick("ana", "Harm to others")
	k.answers("ana", map[rules.FactID]string{"threat_source": "The client", "victim": "Somebody who can be identified"}, "Yes")
	sees(t, k.card(), "California, where the client is", "Texas, where you are licensed", "Licensed in: Texas")
}

func TestBooksThatChangeUnderAnOpenConsultAreSeen(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Approve")
	k.env.Book = loadBook(t, "testdata/document")
	k.press("ana", "I will do more")
	withinLimits(t, renderCard(k.env, k.c))
	k.do(Input{ID: "x", Actor: "ana", Version: k.c.Version, Action: ActDanger})
	withinLimits(t, renderCard(k.env, k.c))
	sees(t, k.card(), "Immediate danger", "911")
}
