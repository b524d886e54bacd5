package dialog

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// A frontDesk is the desk of a practice as its people live it.
type frontDesk struct {
	t      *testing.T
	env    Env
	d      Desk
	timers map[TimerID]time.Time
	last   DeskOutcome
	sent   []Effect
	audit  []AuditEntry
}

// newDesk is the desk of the practice with rotas, in dana's week.
func newDesk(t *testing.T) *frontDesk {
	t.Helper()
	f := &frontDesk{t: t, timers: map[TimerID]time.Time{}, env: Env{Practice: rotas(t), Now: instant(t, "2026-03-03T12:00:00-05:00")}}
	f.do("", "")
	return f
}

func (f *frontDesk) do(who PersonID, a Action, args ...string) *frontDesk {
	f.t.Helper()
	before, err := json.Marshal(f.d)
	if err != nil {
		f.t.Fatal(err)
	}
	out := ApplyDesk(f.env, f.d, Input{ID: "x", Actor: who, Action: a, Args: args})
	if after, _ := json.Marshal(f.d); string(after) != string(before) {
		f.t.Fatalf("%s changed the desk it was applied to", a)
	}
	if out.Changed && out.Desk.Version != f.d.Version+1 {
		f.t.Errorf("version = %d after %d", out.Desk.Version, f.d.Version)
	}
	if !out.Changed && len(out.Effects)+len(out.Timers)+len(out.Audit) > 0 {
		f.t.Errorf("%s changed nothing and has effects, timers or audit entries", a)
	}
	f.d, f.last = out.Desk, out
	f.sent, f.audit = append(f.sent, out.Effects...), append(f.audit, out.Audit...)
	for _, timer := range out.Timers {
		f.timers[timer.ID] = timer.Due
		if timer.Due.IsZero() {
			delete(f.timers, timer.ID)
		}
	}
	return f
}

// press has somebody press what stands in a private view.
func (f *frontDesk) press(who PersonID, v *View, label string) *frontDesk {
	f.t.Helper()
	if v == nil {
		f.t.Fatalf("nothing is shown on which to press %q", label)
	}
	p, ok := pressOf(*v, label)
	if !ok {
		f.t.Fatalf("there is no %q on\n%s", label, plain(*v))
	}
	if p.Handle != "" {
		f.t.Errorf("%q carries the handle %q", label, p.Handle)
	}
	if text := p.String(); len(text) > MaxPress {
		f.t.Errorf("%q is %d bytes long", label, len(text))
	}
	return f.do(who, p.Action, p.Args...)
}

// until lets the time pass; timers fire when they are due.
func (f *frontDesk) until(text string) *frontDesk {
	f.t.Helper()
	end := instant(f.t, text)
	for range 200 {
		var next TimerID
		for id, due := range f.timers {
			if !due.After(end) && (next == "" || due.Before(f.timers[next]) || due.Equal(f.timers[next]) && id < next) {
				next = id
			}
		}
		if next == "" {
			f.env.Now = end
			return f
		}
		f.env.Now = f.timers[next]
		delete(f.timers, next)
		f.do("", ActTimer, string(next))
	}
	f.t.Fatal("timers never come to an end")
	return f
}

// told are the messages to somebody since a number of effects, as they read.
func (f *frontDesk) told(to PersonID, since int) string {
	var b strings.Builder
	for _, e := range f.sent[since:] {
		if v, ok := RenderDesk(f.env, f.d, e, everybody); ok && e.To == to && e.Kind == Message {
			b.WriteString(plain(v))
		}
	}
	return b.String()
}

func TestADutyIsTakenOverInChat(t *testing.T) {
	f := newDesk(t)
	duty := RenderDuty(f.env, f.d, "eli")
	withinLimits(t, duty)
	golden(t, "duty-of-another", plain(duty))
	f.press("eli", &duty, "I take this duty over").press("eli", f.last.Reply.Private, "For 12 hours")
	sees(t, f.last.Reply.Notice, "You have the duty “First call” now, until Wed Mar 4, 12:00 AM EST. Dana Kim is told.")
	sees(t, f.told("dana", 0), "Eli Stone has taken your duty “First call” until Wed Mar 4, 12:00 AM EST")
	if got := f.env.Practice.OnDuty("first", f.env.Now, f.d.Covers); !slices.Equal(got, []PersonID{"eli"}) {
		t.Errorf("on duty = %v, want eli", got)
	}
	if len(f.audit) != 1 || f.audit[0].Action != ActCover || f.audit[0].Actor != "eli" || f.audit[0].Codes["who"] != "dana" {
		t.Errorf("audit = %+v, want that eli took it from dana", f.audit)
	}
	golden(t, "duty-taken", plain(RenderDuty(f.env, f.d, "dana")))
	n := len(f.sent)
	f.until("2026-03-04T00:00:00-05:00")
	sees(t, f.told("dana", n), "Your duty has begun", "It ends Mon Mar 9, 8:00 AM EDT")
	sees(t, f.told("eli", n), "What you had taken over from Dana Kim, “First call”, has ended")
	if got := f.env.Practice.OnDuty("first", f.env.Now, f.d.Covers); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("on duty = %v at the end, want dana", got)
	}
}

func TestAskingForAStandInLeavesTheDutyUntilItIsTaken(t *testing.T) {
	f := newDesk(t)
	duty := RenderDuty(f.env, f.d, "dana")
	f.press("dana", &duty, "Ask for a stand-in").press("dana", f.last.Reply.Private, "Until the end of this turn").press("dana", f.last.Reply.Private, "Ben Osei")
	sees(t, f.last.Reply.Notice, "stays with you until they have taken it")
	if got := f.env.Practice.OnDuty("first", f.env.Now, f.d.Covers); !slices.Equal(got, []PersonID{"dana"}) {
		t.Fatalf("on duty = %v before anybody took it", got)
	}
	asked, ok := RenderDesk(f.env, f.d, f.sent[len(f.sent)-1], everybody)
	if !ok {
		t.Fatal("ben was not asked")
	}
	golden(t, "duty-asked", plain(asked))
	f.press("ben", &asked, "I take it")
	if got := f.env.Practice.OnDuty("first", instant(t, "2026-03-09T07:59:00-04:00"), f.d.Covers); !slices.Equal(got, []PersonID{"ben"}) {
		t.Errorf("on duty = %v in the last minute of the turn, want ben", got)
	}
	view := RenderDuty(f.env, f.d, "dana")
	f.press("dana", &view, "Give it back now")
	if got := f.env.Practice.OnDuty("first", f.env.Now, f.d.Covers); !slices.Equal(got, []PersonID{"dana"}) {
		t.Errorf("on duty = %v after it was given back, want dana", got)
	}
	n := len(f.sent)
	f.press("ben", &asked, "I take it").press("eli", &asked, "I take it")
	sees(t, f.last.Reply.Notice, "Dana Kim does not have the duty")
	if len(f.sent) != n+1 {
		t.Errorf("%d messages for one of two who were faster, want one", len(f.sent)-n)
	}
}

func TestWhatCannotBeTakenOverIsRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		who  PersonID
		do   Action
		args []string
		want string
	}{
		"by a clinician":                      {"ana", ActCover, []string{"first", "dana", "h2"}, "Only a supervisor"},
		"one's own":                           {"dana", ActCover, []string{"first", "dana", "h2"}, "You have this duty already"},
		"of somebody who has no turn":         {"ben", ActCover, []string{"first", "eli", "h2"}, "Eli Stone does not have the duty"},
		"of a rota that is gone":              {"ben", ActCover, []string{"second", "dana", "h2"}, "no such rota"},
		"for a time that is over":             {"ben", ActCover, []string{"first", "dana", "at." + stamp(time.Unix(0, 0))}, "That time is over"},
		"for a month":                         {"ben", ActCover, []string{"first", "dana", "at." + stamp(instant(t, "2026-04-03T12:00:00-04:00"))}, "at most two weeks"},
		"for a word that is no time":          {"ben", ActCover, []string{"first", "dana", "ever"}, "That time is over"},
		"a duty that nobody has":              {"ben", ActCover, []string{"office", "", "h2"}, "Nobody has this duty now"},
		"asking for a stand-in without duty":  {"ben", ActAsk, []string{"first", "h2", "eli"}, "You do not have this duty"},
		"giving back what is not there":       {"ben", ActBack, []string{"7"}, "over already"},
		"another's rehearsal":                 {"ben", ActTest, []string{"dana", "web"}, "Only an owner"},
		"a rehearsal for nobody":              {"omar", ActTest, []string{"zoe", "web"}, "Nobody of the practice"},
		"a rehearsal without a way":           {"dana", ActTest, []string{"dana"}, "cannot be reached at all"},
		"an answer to a rehearsal of nothing": {"dana", ActGot, []string{"9"}, "no longer known"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newDesk(t)
			f.env.Now = instant(t, "2026-03-03T22:00:00-05:00")
			version := f.d.Version
			f.do(tc.who, tc.do, tc.args...)
			sees(t, f.last.Reply.Notice, tc.want)
			if f.d.Version != version {
				t.Error("something was changed")
			}
		})
	}
}

func TestARehearsalGoesTheWholeWayAndReportsTheTime(t *testing.T) {
	f := newDesk(t).do("omar", ActTest, "dana", "slack", "pager")
	kinds := map[EffectKind]Effect{}
	for _, e := range f.sent {
		kinds[e.Kind] = e
		if e.Lane != LaneUrgent {
			t.Errorf("%s goes by the lane %s", e.Kind, e.Lane)
		}
	}
	page, ok := RenderDesk(f.env, f.d, kinds[Page], everybody)
	if !ok || kinds[CallPager].Args[2] != WayPager {
		t.Fatalf("effects = %+v, want a message and the pager", f.sent)
	}
	golden(t, "rehearsal-1-page", plain(page))
	f.do("omar", ActTest, "dana", "slack")
	sees(t, f.last.Reply.Notice, "under way already")
	f.env.Now = f.env.Now.Add(2 * time.Second)
	f.do("", ActReached, "1", "slack", "", "ok").do("", ActReached, "1", "pager", "http_503", "")
	f.env.Now = f.env.Now.Add(4 * time.Second)
	f.do("", ActReached, "1", "pager", "http_202", "ok")
	f.env.Now = f.env.Now.Add(36 * time.Second)
	f.press("dana", &page, "I have it")
	sees(t, f.last.Reply.Notice, "answered after 42 s")
	sees(t, f.told("omar", 0), "The message on Slack was taken after 2 s. The pager was taken after 6 s. Answered after 42 s.")
	ended := 0
	for _, e := range f.last.Effects {
		if e.Kind == EndPage && e.To == "dana" {
			ended++
		}
	}
	if ended != 2 {
		t.Errorf("%d ways were ended, want the message and the pager", ended)
	}
	after, _ := RenderDesk(f.env, f.d, kinds[Page], everybody)
	sees(t, plain(after), "Answered after 42 s", "!I have it")
	f.press("dana", &page, "I have it")
	sees(t, f.last.Reply.Notice, "answered this rehearsal already")
	f.until("2026-03-03T13:00:00-05:00")
	if len(f.d.Drills) != 1 || !f.d.Drills[0].Over.IsZero() {
		t.Error("a rehearsal that was answered is over again")
	}
	for _, e := range f.audit {
		if e.Handle != DeskHandle {
			t.Errorf("%s is in the audit of %s", e.Action, e.Handle)
		}
	}
}

func TestARehearsalThatNobodyAnswersIsToldToTheOwners(t *testing.T) {
	f := newDesk(t).do("dana", ActTest, "dana", "slack")
	f.do("", ActReached, "1", "slack", "dm_closed", "").until("2026-03-03T12:15:00-05:00")
	for _, who := range []PersonID{"omar", "dana"} {
		sees(t, f.told(who, 0), "The message on Slack did not get through (dm_closed)", "Nobody answered")
	}
	home := plain(RenderHome(f.env, Home{Viewer: "omar", Desk: f.d, Reaches: everybody}))
	sees(t, home, "Dana Kim did not answer the last rehearsal, 15 min ago")
}

func TestOwnersAreWrittenToEveryMonday(t *testing.T) {
	f := newDesk(t)
	away("dana", "")(f.env.Practice)
	f.until("2026-03-09T08:59:00-04:00")
	if f.told("omar", 0) != "" {
		t.Error("the owner was written to before Monday at nine")
	}
	f.until("2026-03-09T09:00:00-04:00")
	golden(t, "weekly", f.told("omar", 0))
	f.env.Heads = "heads1.AAEC"
	sees(t, f.told("omar", 0), "audit verify --heads", "heads1.AAEC")
	n := len(f.sent)
	f.until("2026-03-16T09:00:00-04:00")
	if f.told("omar", n) == "" {
		t.Error("the next Monday was left out")
	}
}

func TestWhoseDutyBeginsIsTold(t *testing.T) {
	f := newDesk(t).until("2026-03-09T07:59:00-04:00")
	n := len(f.sent)
	f.do("ben", ActCover, "first", "dana", "h2").until("2026-03-09T09:00:00-04:00")
	if got := f.told("eli", n); !strings.Contains(got, "Your duty has begun") || !strings.Contains(got, "It ends Mon Mar 16, 8:00 AM EDT") {
		t.Errorf("eli was told %q at the hand-over", got)
	}
}

func TestTheHomeOfEachRole(t *testing.T) {
	f := newDesk(t)
	away("eli", "")(f.env.Practice)
	f.env.Trouble = []Trouble{TroublePager}
	reaches := func(p PersonID) bool { return p != "ben" }
	for _, who := range []PersonID{"dana", "eli", "omar", "ana"} {
		v := RenderHome(f.env, Home{Viewer: who, Desk: f.d, Reaches: reaches})
		withinLimits(t, v)
		golden(t, "home-of-"+string(who), plain(v))
		for label, p := range presses(v) {
			if p.Handle != "" {
				t.Errorf("%q carries a handle", label)
			}
		}
	}
	f.env.Practice.Rotas, f.env.Practice.Chain = nil, [][]PersonID{{"all", "dana", "ben"}, {}}
	golden(t, "duty-without-a-rota", plain(RenderDuty(f.env, f.d, "dana")))
}
