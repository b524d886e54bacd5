package dialog

import (
	"strings"
	"testing"
	"time"
)

func TestEveryLineReadsAsItShould(t *testing.T) {
	k := childInCalifornia(t)
	k.press("ana", "Immediate danger").later(40 * time.Minute)
	asked := inWriting(t)
	asked.pressDirect("dana", "Ask").pick("dana", "Are the means at hand?")
	clock := clocks(k.env, k.c, studied(k.env, k.c))
	lines := []struct {
		line Line
		args []string
	}{
		{LineDuty, nil},
		{LinePermitted, nil},
		{LineDanger, []string{"ana"}},
		{LineSafe, []string{"ana"}},
		{LineSignOff, []string{"today"}},
		{LineDeparture, nil},
		{LineStay, nil},
		{LineMore, nil},
		{LineSeen, []string{"dana", "sign_off"}},
		{LineSeen, []string{"dana", "notice"}},
		{LineJoined, []string{"dana"}},
		{LineApproved, []string{"dana", "sign_off"}},
		{LineApproved, []string{"dana", "departure"}},
		{LineConditions, []string{"dana", "sign_off"}},
		{LineDeclined, []string{"dana", "sign_off"}},
		{LineAsked, []string{"dana"}},
		{LineAnswered, []string{"ana", "1"}},
		{LineAside, []string{"dana"}},
		{LineAnother, nil},
		{LineSkipped, []string{"1"}},
		{LineUnreachable, []string{"dana"}},
		{LinePassed, nil},
		{LinePassed, []string{"dana"}},
		{LinePassed, []string{"dana", "eli", "ben"}},
		{LineNobody, []string{"1", "danger"}},
		{LineHeld, []string{stamp(saturday.Add(9 * time.Hour))}},
		{LineUnseen, []string{"dana"}},
		{LineHanded, []string{"dana", "eli"}},
		{LineTaken, []string{"1"}},
		{LineSigned, []string{"dana", "2"}},
		{LineReminded, []string{"dana"}},
		{LineDecideDue, []string{"1"}},
		{LineVoid, []string{"sign_off"}},
		{LineVoid, []string{"departure"}},
		{LineClockSoon, []string{clock[0].id}},
		{LineClockSoon, []string{clock[1].id}},
		{LineClockDue, []string{clock[1].id}},
		{LineKeptSoon, []string{stamp(saturday)}},
		{LineRemind, nil},
		{LineEnded, []string{"closed"}},
		{LineCancelledOwed, nil},
	}
	var b strings.Builder
	for _, one := range lines {
		e := Effect{Kind: PostNote, Code: string(one.line), Args: one.args}
		v, _, ok := RenderEffect(k.env, k.c, e)
		if !ok {
			t.Errorf("%s %v is not shown", one.line, one.args)
			continue
		}
		withinLimits(t, v)
		b.WriteString(string(one.line) + "\n" + plain(v) + "\n")
	}
	golden(t, "lines", b.String())
	v, _, ok := RenderEffect(asked.env, asked.c, Effect{Kind: Message, To: "ana", Code: string(LineAnswerDue), Args: []string{"dana"}})
	if !ok {
		t.Error("the clinician is not reminded of the question")
	}
	sees(t, plain(v), "Dana Kim still waits for your answer")
}

func TestASupervisorWhoIsRemindedCanDecideRightThere(t *testing.T) {
	k := inWriting(t)
	k.pressDirect("dana", "Ask").pick("dana", "Are the means at hand?").press("ana", "No")
	for _, e := range k.last.Effects {
		if e.Kind == Message && e.To == "dana" {
			v, _, ok := RenderEffect(k.env, k.c, e)
			if !ok {
				t.Fatal("the answer is not shown")
			}
			withinLimits(t, v)
			sees(t, plain(v), "Asked: Are the means at hand? Answered just now: No.", "[*Approve]", "[Decline]")
			return
		}
	}
	t.Fatal("the supervisor was not told of the answer")
}

func TestAPressComesBackAsItWasWritten(t *testing.T) {
	for name, tc := range map[string]struct {
		in string
		ok bool
	}{
		"a press with arguments":      {"amber-heron-42:1f:a:imminent:yes", true},
		"a press of no consult":       {":0:open", true},
		"words of a person":           {"amber-heron-42:1f:a:some words", false},
		"no action":                   {"amber-heron-42:1f:", false},
		"a version that is no number": {"amber-heron-42:!:a", false},
		"half a press":                {"amber-heron-42", false},
		"something much too long":     {strings.Repeat("a", MaxPress+1), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := ParsePress(tc.in)
			if (err == nil) != tc.ok {
				t.Fatalf("error = %v", err)
			}
			if tc.ok && p.String() != tc.in {
				t.Errorf("%q came back as %q", tc.in, p.String())
			}
			if err != nil && strings.Contains(err.Error(), "some words") {
				t.Error("the error repeats what came in")
			}
		})
	}
}

func FuzzParsePress(f *testing.F) {
	f.Add("amber-heron-42:1f:a:imminent:yes")
	f.Add(":0:open")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePress(s)
		if err != nil {
			return
		}
		back, err := ParsePress(p.String())
		if err != nil || back.String() != p.String() {
			t.Errorf("%q does not come back: %v", s, err)
		}
	})
}
