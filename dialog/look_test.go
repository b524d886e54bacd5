package dialog

import (
	"testing"
	"time"
)

func TestASecondLookIsRemindedOfAndKeepsTheConsultOpen(t *testing.T) {
	k := waiting(t, "Sign-off: today").press("ana", "Plan a second look", "In three days")
	sees(t, k.card(), "⏱ Second look at the risk (good practice), due 2026-11-24 23:00:00")
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Approve")
	k.press("ana", "Close with the record")
	sees(t, k.last.Reply.Notice, "A second look at the risk is planned")
	k.later(61 * time.Hour)
	if !k.told("ana", LineLookSoon) || k.told("ana", LineLookDue) || k.c.Closed() {
		t.Fatalf("soon = %t, due = %t, closed = %t twelve hours before", k.told("ana", LineLookSoon), k.told("ana", LineLookDue), k.c.Closed())
	}
	k.later(12 * time.Hour)
	if !k.told("ana", LineLookDue) {
		t.Fatal("nobody was told that it is time")
	}
	sees(t, k.card(), "The time for a second look has passed")
	k.press("ana", "Looked again")
	sees(t, k.card(), "!Second look at the risk")
	sees(t, docText(k), "Second looks at the risk", "Taken LATE")
	k.press("ana", "Close with the record")
	if !k.c.Closed() {
		t.Error("it cannot be closed after the second look")
	}
}

// docText is the record as text.
func docText(k *clinic) string {
	file, err := recordFile(k.env, k.c, "md")
	if err != nil {
		k.t.Fatal(err)
	}
	return string(file.Content)
}

func TestASecondLookThatIsTakenOffIsNotRemindedOf(t *testing.T) {
	k := waiting(t, "Sign-off: today").press("ana", "Plan a second look", "In 4 hours", "Take it off").later(5 * time.Hour)
	if k.told("ana", LineLookSoon) || k.told("ana", LineLookDue) {
		t.Error("what was taken off was reminded of")
	}
	sees(t, docText(k), "Taken off the list")
}

func TestAConditionToAssessAgainBecomesASecondLookBeforeMidnight(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Approve with conditions").pick("dana", "Assess the risk again today")
	midnight := time.Date(2026, 11, 22, 0, 0, 0, 0, k.env.Practice.Location)
	if len(k.c.Looks) != 1 || !k.c.Looks[0].Due.Equal(midnight) {
		t.Fatalf("looks = %+v, want one by midnight", k.c.Looks)
	}
	sees(t, k.card(), "Second look at the risk: Dana Kim's condition")
	k.later(10 * time.Hour)
	if !k.told("ana", LineLookDue) || !k.told("dana", LineLookDue) {
		t.Error("the clinician and the supervisor were not told that the time has passed")
	}
}

func TestADeadlineThatPassesIsInTheRecordAndInTheAudit(t *testing.T) {
	k := childInCalifornia(t).later(36 * time.Hour)
	if len(k.c.Late) != 1 {
		t.Fatalf("late = %+v, want the one written report", k.c.Late)
	}
	entry := false
	for _, a := range k.audit {
		entry = entry || a.Codes["clock"] == k.c.Late[0].Clock && a.Codes["line"] == string(LineClockDue)
	}
	if !entry {
		t.Error("no entry in the audit chain says that the deadline has passed")
	}
	sees(t, docText(k), "A deadline passed without a mark: Send the written report")
	k.press("ana", "Done: Send the written report: County child welfare services")
	sees(t, docText(k), "Marked as done LATE")
}

func TestTheEndOfRetentionIsToldAndNoted(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.env.Practice.KeepClosed = 30 * 24 * time.Hour
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Approve").press("ana", "Close with the record")
	if !k.c.Closed() {
		t.Fatal("the consult is not closed")
	}
	k.later(27*24*time.Hour - time.Minute)
	if k.told("ana", LineKeptSoon) {
		t.Error("the clinician was told too early")
	}
	k.later(2 * time.Minute)
	if !k.told("ana", LineKeptSoon) {
		t.Error("the clinician was not told that the record will be gone")
	}
	for _, e := range k.sent {
		if e.Code == string(LineKeptSoon) {
			v, _, ok := RenderEffect(k.env, k.c, e)
			if !ok {
				t.Fatal("it is not shown")
			}
			sees(t, plain(v), "is deleted Mon Dec 21, 3:00 PM PST")
		}
	}
	k.later(3 * 24 * time.Hour)
	last := k.audit[len(k.audit)-1]
	if last.Codes["retention"] != "over" {
		t.Errorf("the last entry is %+v, want that the retention is over", last)
	}
}
