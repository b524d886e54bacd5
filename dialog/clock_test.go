package dialog

import (
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/rules"
)

func TestWorkingDaysLeaveOutWeekendsAndHolidays(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	thanksgiving := []rules.Date{{Year: 2026, Month: time.November, Day: 26}}
	for name, tc := range map[string]struct {
		from     string
		days     int
		holidays []rules.Date
		want     string
	}{
		"from Monday, two days on is Wednesday":             {"2026-11-23T09:30:00-05:00", 2, nil, "2026-11-25T09:30:00-05:00"},
		"from Friday, one day on is Monday":                 {"2026-11-20T16:00:00-05:00", 1, nil, "2026-11-23T16:00:00-05:00"},
		"from Saturday, one day on is Monday":               {"2026-11-21T12:00:00-05:00", 1, nil, "2026-11-23T12:00:00-05:00"},
		"a holiday does not count":                          {"2026-11-25T10:00:00-05:00", 1, thanksgiving, "2026-11-27T10:00:00-05:00"},
		"the time of day stays when the clocks are changed": {"2026-10-30T10:00:00-04:00", 1, nil, "2026-11-02T10:00:00-05:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, err := time.Parse(time.RFC3339, tc.from)
			if err != nil {
				t.Fatal(err)
			}
			if got := addWorkingDays(from.In(zone), tc.days, tc.holidays).Format(time.RFC3339); got != tc.want {
				t.Errorf("due = %s, want %s", got, tc.want)
			}
		})
	}
}

func TestAClockEndsAsTheLawCountsIt(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	thanksgiving := []rules.Date{{Year: 2026, Month: time.November, Day: 26}}
	either := func(whichever string) rules.Deadline {
		return rules.Deadline{Hours: 24, WorkingDays: 1, Whichever: whichever}
	}
	byItsEnd := rules.Deadline{Hours: 24, WorkingDays: 1, Whichever: "later", Until: "end_of_day"}
	without := rules.Deadline{Hours: 24, DaysOff: "left_out"}
	for name, tc := range map[string]struct {
		clock      rules.Deadline
		from, want string
	}{
		"24 hours run through the weekend":                                {rules.Deadline{Hours: 24}, "2026-11-20T16:00:00-05:00", "2026-11-21T16:00:00-05:00"},
		"the earlier of 24 hours and the next working day is on Saturday": {either("earlier"), "2026-11-20T16:00:00-05:00", "2026-11-21T16:00:00-05:00"},
		"the later of the two is on Monday":                               {either("later"), "2026-11-20T16:00:00-05:00", "2026-11-23T16:00:00-05:00"},
		"the later of the two on a working day is 24 hours on":            {either("later"), "2026-11-23T16:00:00-05:00", "2026-11-24T16:00:00-05:00"},
		"the end of the next working day is midnight":                     {byItsEnd, "2026-11-23T09:00:00-05:00", "2026-11-25T00:00:00-05:00"},
		"by the end of the working day after a weekend":                   {byItsEnd, "2026-11-21T09:00:00-05:00", "2026-11-24T00:00:00-05:00"},
		"24 hours without the weekend from Friday end on Monday":          {without, "2026-11-20T16:00:00-05:00", "2026-11-23T16:00:00-05:00"},
		"24 hours without the weekend from Saturday end with Monday":      {without, "2026-11-21T12:00:00-05:00", "2026-11-24T00:00:00-05:00"},
		"a holiday is left out of the hours":                              {without, "2026-11-25T10:00:00-05:00", "2026-11-27T10:00:00-05:00"},
		"72 hours without the weekend from Thursday end on Tuesday":       {rules.Deadline{Hours: 72, DaysOff: "left_out"}, "2026-11-19T10:00:00-05:00", "2026-11-24T10:00:00-05:00"},
		"hours left out when the clocks are changed are whole hours":      {without, "2026-10-31T10:00:00-04:00", "2026-11-03T00:00:00-05:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, err := time.Parse(time.RFC3339, tc.from)
			if err != nil {
				t.Fatal(err)
			}
			if got := limit(tc.clock, from.In(zone), thanksgiving).Format(time.RFC3339); got != tc.want {
				t.Errorf("due = %s, want %s", got, tc.want)
			}
		})
	}
}

func TestAClockCountsFromWhenTheClinicianLearnedOfIt(t *testing.T) {
	k := childInCalifornia(t)
	due := func() time.Time {
		for _, c := range clocks(k.env, k.c, studied(k.env, k.c)) {
			if c.deadline.Hours > 0 {
				return c.due
			}
		}
		t.Fatal("no clock runs")
		return time.Time{}
	}
	if got, want := due(), saturday.Add(35*time.Hour); !got.Equal(want) {
		t.Errorf("due = %s, want %s: an hour before the consult is assumed", got, want)
	}
	k.press("ana", "Change", "Up to 12 hours before")
	if got, want := due(), saturday.Add(24*time.Hour); !got.Equal(want) {
		t.Errorf("due = %s, want %s", got, want)
	}
	k.press("ana", "Change", "Longer ago")
	sees(t, k.card(), "The deadline has passed: Send the written report")
}

func TestADeadlineIsRemindedOfBeforeAndLoudlyWhenItHasPassed(t *testing.T) {
	k := childInCalifornia(t)
	k.later(24 * time.Hour)
	if !k.told("ana", LineClockSoon) {
		t.Error("nobody was reminded before the deadline")
	}
	k.later(12 * time.Hour)
	for _, who := range []PersonID{"ana", "dana"} {
		if !slices.ContainsFunc(k.sent, func(e Effect) bool {
			return e.Kind == Message && e.To == who && e.Code == string(LineClockDue) && e.Lane == LaneUrgent && strings.Contains(e.Args[0], ".1")
		}) {
			t.Errorf("%s was not told loudly that the deadline has passed", who)
		}
	}
	if k.c.Closed() {
		t.Error("the consult closed by itself before its last deadline was over")
	}
}

func TestWhatIsDoneIsNotRemindedOf(t *testing.T) {
	k := childInCalifornia(t)
	k.press("ana", "Done: Report to child protection by phone: County child welfare services", "Done: Send the written report: County child welfare services")
	k.later(3 * time.Hour)
	if k.told("ana", LineClockSoon) || k.told("ana", LineClockDue) {
		t.Error("something that was done was reminded of")
	}
	sees(t, k.card(), "!⏱", "!At once (")
}

func TestWhatWasTriedAndNotReachedStaysOpen(t *testing.T) {
	k := threatIn(t, "California").press("ana", "Done: Warn the person in danger", "I tried and did not reach them")
	sees(t, k.card(), "Tried by the clinician just now, not reached", "Warn the person in danger [Done]")
	k.press("ana", "Done: Warn the person in danger", "The minimum on the card, nothing more")
	sees(t, k.card(), "Done by the clinician, just now. The minimum on the card, nothing more")
	k.press("ana", "Not done after all: Warn the person in danger")
	sees(t, k.card(), "Warn the person in danger [Done]")
}

func TestASupervisorCanMarkWhatTheyDid(t *testing.T) {
	k := threatIn(t, "California").press("dana", "Done: Tell the police: Police or sheriff")
	sees(t, k.card(), "Done by a supervisor, just now. Told: Police or sheriff")
}

// A rule with every shape of a discharge and of a clock.
const shapes = `
jurisdiction: US-CA
name: California
as_of: 2026-11-21
agencies:
  - { id: hotline, name: The hotline, phone: 555-0100, confirmed: true, hours: day and night }
  - { id: sheriff, name: The sheriff, phone: 555-0199, confirmed: false, find: Ask the operator }
rules:
  - id: us-ca.child.shapes
    topics: [child_abuse]
    effect: must
    title: Report in every shape
    summary: A rule for tests.
    basis: [statute]
    citations: [Code § 1]
    professions: [any]
    elements:
      - { id: suspected, text: Suspected, when: child_suspected }
    discharge:
      all:
        - { action: report_cps, agency: hotline }
        - any:
            - { action: notify_police, agency: sheriff }
            - all:
                - { action: warn_victim }
                - { action: notify_medical }
        - first:
            - { action: consult_peer }
            - { action: safety_plan }
    deadlines:
      - { action: report_cps, form: oral, hours: 2, from: knowledge, text: Within two hours }
      - { action: report_cps, form: written, working_days: 2, from: oral_report, text: Within two working days of the call }
    sign_off: concurrent
    sources: [{ title: Code }]
    confidence: high
`

func TestTheActionListHoldsEveryShapeOfADuty(t *testing.T) {
	k := newClinic(t)
	k.env.Book = bookWith(t, "us-ca.yaml", shapes)
	k.open("ana").press("ana", "California").pick("ana", "Child abuse or neglect").press("ana", "Yes")
	golden(t, "shapes-1-open", k.card())
	sees(t, k.card(), "Phone 555-0100 (day and night)", "!555-0199", "counted from your oral report")
	k.later(30*time.Minute).press("ana", "Done: Report to child protection by phone: The hotline (oral)")
	sees(t, k.card(), "⏱ Report to child protection by phone (written), due 2026-11-24 23:30:00")
	k.press("ana", "Done: Report to child protection by phone: The hotline (written)")
	k.press("ana", "Done: Way 2, with the others of it: Warn the person in danger")
	if len(k.c.owed(actionList(k.env, k.c, studied(k.env, k.c)))) != 2 {
		t.Error("half of one way met the choice")
	}
	k.press("ana", "Done: Way 2, with the others of it: Tell medical personnel", "Done: Make a safety plan with the client")
	golden(t, "shapes-2-met", k.card())
	if owed := k.c.owed(actionList(k.env, k.c, studied(k.env, k.c))); len(owed) > 0 {
		t.Errorf("owed = %+v", owed)
	}
}

func TestAClockThatRunsFromTheClientsConsentIsShownAndNotCounted(t *testing.T) {
	k := newClinic(t)
	k.env.Book = bookWith(t, "us-ca.yaml", strings.Replace(shapes, "hours: 2, from: knowledge, text: Within two hours", "hours: 720, from: consent, text: Within 30 days of the consent", 1))
	k.open("ana").press("ana", "California").pick("ana", "Child abuse or neglect").press("ana", "Yes")
	sees(t, k.card(), "Within 30 days of the consent (counted from the client's consent: write that day in the chart)")
	for _, c := range clocks(k.env, k.c, studied(k.env, k.c)) {
		if c.deadline.From == "consent" && !c.waiting {
			t.Error("the clock runs, from a day that nobody gave")
		}
	}
}

func TestWhatIsDueOnlyIfItIsAskedForIsNeverLate(t *testing.T) {
	k := newClinic(t)
	k.env.Book = bookWith(t, "us-ca.yaml", strings.Replace(shapes, "working_days: 2, from: oral_report, text: Within two working days of the call", "hours: 48, from: request, text: In writing if asked", 1))
	k.open("ana").press("ana", "California").pick("ana", "Child abuse or neglect").press("ana", "Yes")
	sees(t, k.card(), "In writing if asked (only if you are asked for it: write that day in the chart)")
	k.press("ana", "Done: Report to child protection by phone: The hotline (oral)").later(100 * time.Hour)
	sees(t, k.card(), "!The deadline has passed: Report to child protection by phone (written)")
}
