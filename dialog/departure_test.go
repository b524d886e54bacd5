package dialog

import (
	"slices"
	"testing"
	"time"
)

// childInCalifornia is a duty to report in California, at the action list.
func childInCalifornia(t testing.TB) *clinic {
	t.Helper()
	return newClinic(t).open("ana").press("ana", "California").pick("ana", "Child abuse or neglect").
		press("ana", "Yes").pick("ana", "Physical").
		press("ana", "Go on: what are the ways?", "Nothing more for now", "Go on: consult and act")
}

func TestGoingBelowADutyNeedsAReasonAndASupervisorAndLiftsNothing(t *testing.T) {
	k := childInCalifornia(t)
	k.pressDirect("dana", "Seen: I am on it")
	k.press("ana", "I will not do this", "Report suspected child abuse or neglect", "Counsel has advised otherwise")
	golden(t, "departure-1-asked", k.card())
	sees(t, k.card(), "Report to child protection by phone: County child welfare services [Done]", "not decided yet")
	k.press("ana", "Close with the record")
	sees(t, k.last.Reply.Notice, "A duty is not marked as done")
	k.pressDirect("dana", "Seen: I am on it")
	sees(t, plain(renderPerson(k.env, k.c, "dana")), "does not lift the duty", "Counsel has advised otherwise")
	k.pressDirect("dana", "Approve")
	sees(t, k.card(), "agreed to by Dana Kim", "The law still asks for it", "Report to child protection by phone: County child welfare services [Done]")
	k.press("ana", "Close with the record")
	if !k.c.Closed() {
		t.Errorf("it cannot be closed: %s", k.last.Reply.Notice)
	}
	if !slices.ContainsFunc(k.audit, func(a AuditEntry) bool { return a.Action == ActDepart && a.Codes["reason"] == "counsel_advised" }) {
		t.Error("the audit chain does not hold the departure")
	}
}

func TestADepartureThatIsDeclinedLeavesTheDuty(t *testing.T) {
	k := childInCalifornia(t)
	k.press("ana", "I will not do this", "Report suspected child abuse or neglect", "I hold that this duty is not mine")
	n := len(k.c.Escalations)
	k.do(Input{ID: "x", Actor: "dana", Version: k.c.Version, Action: ActDecline, Args: []string{"2", "law_not_met"}})
	if n != 2 || k.c.Escalations[1].State != StateDeclined {
		t.Fatalf("escalations = %+v", k.c.Escalations)
	}
	sees(t, k.card(), "declined: the duty has to be met")
	k.press("ana", "Close with the record")
	sees(t, k.last.Reply.Notice, "A duty is not marked as done")
	k.press("ana", "I will do it after all")
	sees(t, k.card(), "!Departure from a duty")
}

func TestGoingFurtherNeedsAReasonAndNobodysLeave(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.press("ana", "I will do more", "Tell medical personnel")
	sees(t, plain(*k.last.Reply.Private), "Why?")
	k.press("ana", "The danger is growing")
	sees(t, k.card(), "More than required", "Tell medical personnel [Done]")
	if !k.told("dana", LineMore) {
		t.Error("the supervisor was not told")
	}
	k.later(time.Minute).press("ana", "Done already: Tell the police", "It cannot wait for an answer")
	k.press("ana", "Done: Tell the police")
	if m := k.c.Marks["notify_police"]; m.By != "ana" {
		t.Errorf("marks = %v", k.c.Marks)
	}
}

func TestADutyWithImmunityAloneIsMetByOtherProtection(t *testing.T) {
	k := threatIn(t, "California").press("ana", "Go on: what are the ways?").pick("ana", "Make a safety plan with the client").
		press("ana", "Go on: consult and act", "Close with the record")
	sees(t, k.last.Reply.Notice, "A duty is not marked as done")
	k.press("ana", "Done: Make a safety plan with the client", "Close with the record")
	if !k.c.Closed() {
		t.Errorf("other protection did not meet the duty: %s", k.last.Reply.Notice)
	}
}

func TestADutyIsNotCancelledAway(t *testing.T) {
	k := childInCalifornia(t).press("ana", "Cancel", "It turned out not to be needed")
	sees(t, k.last.Reply.Notice, "A duty stands")
	k.press("ana", "Cancel", "I was trying it out")
	if !k.c.Closed() || !k.told("dana", LineCancelledOwed) {
		t.Error("cancelling a trial has to work and to be told to the supervisor who was paged")
	}
}
