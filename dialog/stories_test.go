package dialog

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"curbside/rules"
)

var updateCards = flag.Bool("update-cards", false, "rewrite the golden cards")

// golden compares a card with the file that was reviewed like a screenshot.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "cards", name+".txt")
	if *updateCards {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; review it and run with -update-cards.\ngot:\n%s", name, got)
	}
}

// threatIn answers the questions about a client's threat against somebody who
// can be identified, up to the finding.
func threatIn(t testing.TB, place string, more ...string) *clinic {
	t.Helper()
	k := newClinic(t).open("ana")
	if place == "Washington" {
		k.press("ana", "Another state")
	}
	k.press("ana", place).pick("ana", "Harm to others")
	known := map[rules.FactID]string{"threat_source": "The client", "victim": "Somebody who can be identified", "imminent": "Yes", "part2": "No"}
	for i := 0; i+1 < len(more); i += 2 {
		known[rules.FactID(more[i])] = more[i+1]
	}
	return k.answers("ana", known, "I don't know")
}

func TestADutyInCaliforniaIsOnTheCardAtOnceAndWaitsForNobody(t *testing.T) {
	k := newClinic(t).open("ana")
	golden(t, "ca-1-opened", k.card())
	k.press("ana", "California").pick("ana", "Harm to others", "Child abuse or neglect")
	golden(t, "ca-2-first-question", k.card())
	k.press("ana", "Why do you ask?")
	golden(t, "ca-3-why", plain(*k.last.Reply.Private))
	k.press("ana", "The client", "Somebody who can be identified")
	if k.c.Phase != PhaseEvaluate {
		t.Fatalf("phase = %s, want the questions to go on", k.c.Phase)
	}
	golden(t, "ca-4-duty-while-asking", k.card())
	sees(t, k.card(), "Warn the person in danger [Done]", "nothing waits for it")
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("paged = %v, want the first step at the same moment", got)
	}
	k.press("ana", "Yes").pick("ana", "Physical", "Neglect").press("ana", "No", "Yes")
	golden(t, "ca-5-finding", k.card())
	k.press("ana", "Go on: what are the ways?")
	golden(t, "ca-6-ways", k.card())
	k.pick("ana", "Make a safety plan with the client")
	golden(t, "ca-7-who-is-told", k.card())
	k.press("ana", "Go on: consult and act")
	golden(t, "ca-8-to-do", k.card())
	k.later(8*time.Minute).press("ana", "Done: Report to child protection by phone: County child welfare services")
	golden(t, "ca-9-told", plain(*k.last.Reply.Private))
	k.press("ana", "The minimum on the card, nothing more")
	k.press("ana", "Close with the record")
	sees(t, k.last.Reply.Notice, "A duty is not marked as done")
	k.press("ana",
		"Done: Warn the person in danger", "Less than that", "Done: Tell the police: Police or sheriff",
		"Done: Send the written report: County child welfare services", "Done: Make a safety plan with the client", "Was upset or ashamed")
	k.press("ana", "Change the response", "Took part in it", "Change the response", "Was upset or ashamed")
	golden(t, "ca-10-done", k.card())
	k.press("ana", "Close with the record")
	golden(t, "ca-11-closed", k.card())
	files := 0
	for _, e := range k.last.Effects {
		if e.Kind == SendFile {
			_, f, ok := RenderEffect(k.env, k.c, e)
			if !ok || len(f.Content) == 0 {
				t.Errorf("the record as %s cannot be rendered", e.Code)
			}
			files++
		}
	}
	if files != 2 {
		t.Errorf("%d files were sent on closing, want the record as text and as PDF", files)
	}
}

func TestAPermissionInTexasWaitsForASupervisor(t *testing.T) {
	k := threatIn(t, "Texas")
	golden(t, "tx-1-finding", k.card())
	if len(k.pages()) > 0 {
		t.Errorf("paged = %v before anything was asked of a supervisor", k.pages())
	}
	k.press("ana", "Go on: what are the ways?")
	golden(t, "tx-2-ways", k.card())
	k.pick("ana", "Ask a colleague without naming the client", "Tell the police")
	golden(t, "tx-3-who-is-told", k.card())
	k.press("ana", "Sign-off: today")
	golden(t, "tx-4-waiting", k.card())
	golden(t, "tx-5-page", plain(renderPerson(k.env, k.c, "dana")))
	k.later(3*time.Minute).press("ana", "Done already: Tell the police")
	sees(t, plain(*k.last.Reply.Private), "waits for a supervisor", "Why did it not wait?")
	if k.last.Changed {
		t.Error("what waits for sign-off was marked as done")
	}
	k.pressDirect("dana", "Seen: I am on it")
	golden(t, "tx-6-seen", plain(renderPerson(k.env, k.c, "dana")))
	k.pressDirect("dana", "Approve with conditions")
	golden(t, "tx-7-conditions", plain(*k.last.Reply.Private))
	k.pick("dana", "Tell only the minimum on the card", "Call me after you have made the call")
	golden(t, "tx-8-approved", k.card())
	if !k.told("ana", LineConditions) {
		t.Error("the clinician was not told of the decision")
	}
	k.press("ana", "Done: Tell the police")
	if m := k.c.Marks["notify_police"]; m.By != "ana" {
		t.Errorf("marks = %v, want the police told after the approval", k.c.Marks)
	}
}

func TestAnOpenLawInWashingtonIsShownAsOpen(t *testing.T) {
	k := threatIn(t, "Washington", "victim", "I don't know")
	golden(t, "wa-1-undetermined", k.card())
	k.press("ana", "Go on: what are the ways?")
	k.pick("ana", "Warn the person in danger")
	sees(t, k.card(), "Go on: consult and act", "!Sign-off: today")
	k.press("ana", "Go on: consult and act")
	sees(t, k.card(), "Warn the person in danger [Done]")
	if got := k.pages(); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("paged = %v, want the supervisor told of what may be a duty", got)
	}
	if k.c.Escalations[0].Kind != KindNotice {
		t.Errorf("escalation = %s, want a notice: what may be a duty waits for nobody", k.c.Escalations[0].Kind)
	}
}

func TestAPlaceNotKnownIsSaidAndNothingIsGuessed(t *testing.T) {
	k := newClinic(t).open("ana")
	k.press("ana", "I don't know", "California").pick("ana", "Somebody asks for records")
	sees(t, k.card(), "You do not know where the client is", "state law not covered here", "Somebody asks for records, California")
	if k.c.Phase != PhaseThink {
		t.Errorf("phase = %s, want the finding: no question could change it", k.c.Phase)
	}
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
