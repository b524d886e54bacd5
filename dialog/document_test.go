package dialog

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"curbside/dialog/record"
	"curbside/rules"
)

var updateRecords = flag.Bool("update-records", false, "rewrite the golden records")

func recordEnv(t testing.TB) Env {
	t.Helper()
	book, err := rules.Load(os.DirFS("testdata/document"))
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	return Env{
		Book: book, Program: "v1.2.3", Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
		Practice: &Practice{Name: "Willow", Location: zone, People: map[PersonID]Person{
			"dana":   {ID: "dana", Name: "Dana Reyes", Roles: []Role{Clinician}, Profession: "psychologist"},
			"miriam": {ID: "miriam", Name: "Miriam Okonkwo", Roles: []Role{Supervisor}, Reachable: true},
			"sam":    {ID: "sam", Name: "Sam Ito", Roles: []Role{Clinician, Supervisor}, Reachable: true},
		}},
	}
}

// at is a moment on the day of the test consults, in minutes after it was opened.
func at(minutes int) time.Time {
	return time.Date(2026, 11, 21, 4, 50, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
}

func bare() Consult {
	return Consult{
		Handle: "amber-heron-42", Version: 1, Opened: at(0), Touched: at(0), Clinician: "dana", Phase: PhaseEvaluate,
		Case: Case{AsOf: rules.Date{Year: 2026, Month: time.November, Day: 20}},
	}
}

// threatened is a consult in California with the facts given.
func threatened(env Env, facts rules.Facts) Consult {
	c := bare()
	c.Case.Where, c.Case.Client, c.Case.Licence = WhereKnown, "US-CA", "US-CA"
	c.Case.Profession, c.Case.Topics, c.Case.Learned = "psychologist", []rules.TopicID{"harm"}, "now"
	c.Case.Facts = facts
	for i, id := range []rules.FactID{"serious", "identifiable", "threat_source", "means", "history", "part2"} {
		if _, given := facts[id]; given {
			c.Case.Order = append(c.Case.Order, Given{Fact: id, After: 20 * (i + 1)})
		}
	}
	s := studied(env, c)
	c.Found = &Found{At: at(3), Complete: s.complete(), Packs: packsOf(s.finding), Program: env.Program, Standing: standingOf(s.finding)}
	return c
}

func yes() rules.Answer { return rules.Answer{Values: []rules.Value{rules.Yes}} }
func no() rules.Answer  { return rules.Answer{Values: []rules.Value{rules.No}} }

func picked(v ...rules.Value) rules.Answer { return rules.Answer{Values: v} }

// dutyDone is a duty that was met, told to the supervisors at the same moment,
// with a sign-off of the disclosure that went further.
func dutyDone(env Env) Consult {
	c := threatened(env, rules.Facts{
		"serious": yes(), "identifiable": yes(), "threat_source": picked("client"), "means": {Unknown: true}, "history": picked(), "part2": no(),
	})
	over := at(40)
	c.Danger = &Danger{By: "dana", At: at(4), Over: &over}
	c.Changes = []Change{{Subject: SubjectOf("identifiable"), Was: []Code{CodeUnknown}, At: at(2)}, {Subject: SubjectClient, Was: []Code{Code(WhereUnknown)}, At: at(1)}}
	c.Plan = &Plan{Actions: []rules.ActionID{"consult_peer", "notify_police"}, At: at(5), Confirmed: true}
	c.More = []Further{{Action: "warn_victim", Reason: "danger_growing", At: at(6)}}
	c.Departures = []Departure{{Rule: "us-ca.harm.protect", Reason: "already_done", At: at(7), Escalation: 2, Withdrawn: true}}
	c.Escalations = []Escalation{
		{
			Kind: KindNotice, Urgency: Imminent, Rules: []rules.RuleID{"us-ca.harm.protect"}, At: at(3), State: StateHeard, Paged: []PersonID{"sam"},
			Turns: []Turn{
				{Kind: TurnPaged, By: "miriam", At: at(3)},
				{Kind: TurnUnreachable, By: "miriam", At: at(3)},
				{Kind: TurnPaged, By: "sam", At: at(3)},
				{Kind: TurnSeen, By: "sam", At: at(5)},
				{Kind: TurnHeard, By: "sam", At: at(5)},
			},
		},
		{Kind: KindDeparture, Urgency: Today, Rules: []rules.RuleID{"us-ca.harm.protect"}, At: at(7), State: StateDropped, Turns: []Turn{{Kind: TurnDropped, At: at(8)}}},
		{
			Kind: KindSignOff, Urgency: Today, At: at(9), State: StateApproved, Paged: []PersonID{"miriam", "sam"},
			Turns: []Turn{
				{Kind: TurnSkipped, At: at(9), Codes: []Code{"1"}},
				{Kind: TurnPaged, By: "miriam", At: at(9)},
				{Kind: TurnPassed, At: at(24)},
				{Kind: TurnPaged, By: "sam", At: at(24)},
				{Kind: TurnSeen, By: "sam", At: at(25)},
				{Kind: TurnAsked, By: "sam", At: at(26), Codes: []Code{"means", CodeOwnWords}},
				{Kind: TurnAnswered, By: "dana", At: at(27), Codes: []Code{"not_known"}},
				{Kind: TurnConditions, By: "sam", At: at(28), Codes: []Code{"minimum_only", "call_me_after"}},
			},
		},
	}
	c.Notes = []Note{
		{Kind: NoteQuestion, By: "dana", At: at(9), Escalation: 3, Text: "May I tell the roommate as well?"},
		{Kind: NoteInquiry, By: "sam", At: at(26), Escalation: 3, Text: "Is there a weapon at home?"},
	}
	c.Marks = map[TaskID]Mark{
		taskID("US-CA", "notify_police", "police", ""): {By: "dana", At: at(12), For: []rules.RuleID{"us-ca.harm.protect"}, Told: "minimum"},
		"warn_victim":  {By: "dana", At: at(14), For: []rules.RuleID{"us-ca.harm.protect"}, Tried: true},
		"consult_peer": {By: "dana", At: at(11)},
		"call_911":     {By: "sam", At: at(10), Told: "more_safety"},
	}
	police := taskID("US-CA", "notify_police", "police", "")
	c.Log = []Marked{
		{Task: "call_911", Did: ActDone, By: "sam", At: at(10)},
		{Task: "call_911", Did: ActTold, By: "sam", At: at(10), Code: "more_safety"},
		{Task: "consult_peer", Did: ActDone, By: "dana", At: at(11)},
		{Task: police, Did: ActTried, By: "dana", At: at(11)},
		{Task: police, Did: ActDone, By: "dana", At: at(12)},
		{Task: police, Did: ActTold, By: "dana", At: at(12), Code: "minimum"},
		{Task: "warn_victim", Did: ActTried, By: "dana", At: at(14)},
	}
	c.Response = "upset"
	c.End = &Ending{How: EndClosed, By: "dana", At: at(60)}
	return c
}

// leftOpen is an undetermined case in which nobody was reached.
func leftOpen(env Env) Consult {
	c := threatened(env, rules.Facts{
		"serious": yes(), "identifiable": {Unknown: true}, "threat_source": picked("family"), "means": yes(), "history": picked("attempts", "violence"), "part2": yes(),
	})
	c.Departures = []Departure{{Rule: "us-ca.harm.protect", Reason: "more_danger", At: at(7), Escalation: 1}}
	c.Escalations = []Escalation{{
		Kind: KindDeparture, Urgency: Today, Rules: []rules.RuleID{"us-ca.harm.protect"}, At: at(7), State: StateWaiting, Nobody: true, Paged: []PersonID{"miriam"},
		Turns: []Turn{{Kind: TurnPaged, By: "miriam", At: at(7)}, {Kind: TurnPassed, At: at(22)}, {Kind: TurnNobody, At: at(22)}},
	}}
	c.Touched = at(7)
	return c
}

func cancelled(Env) Consult {
	c := bare()
	c.End = &Ending{How: EndCancelled, Reason: "opened_by_mistake", By: "dana", At: at(1)}
	return c
}

func TestRecordsReadAsTheyShould(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(Env) Consult{
		"duty-done": dutyDone, "left-open": leftOpen, "cancelled": cancelled,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := recordEnv(t)
			got := record.Markdown(Document(env, make(env)))
			path := filepath.Join("testdata", "document", name+".md")
			if *updateRecords {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("differs from %s; run the test with -update-records and review the diff. got:\n%s", path, got)
			}
		})
	}
}

func TestARecordDoesNotDependOnWhenItIsMade(t *testing.T) {
	t.Parallel()
	env := recordEnv(t)
	for name, c := range map[string]Consult{"closed": dutyDone(env), "open": leftOpen(env)} {
		first, err := record.PDF(Document(env, c))
		if err != nil {
			t.Fatal(err)
		}
		later := recordEnv(t)
		later.Now, later.Program = env.Now.AddDate(3, 0, 0), "v9"
		again, err := record.PDF(Document(later, c))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Errorf("%s: the same codes gave another PDF three years later", name)
		}
	}
}

func TestARecordSaysSo(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Env, *Consult)
		want   []string
	}{
		"when the law that is loaded is not the text it rested on": {
			func(_ *Env, c *Consult) { c.Found.Packs = []string{"US@0", "US-CA@1"} },
			[]string{"not the text on which the finding rested", "**Applies**: Protect a reasonably identifiable victim", `US\@0, US-CA\@1`},
		},
		"when a departure was approved": {
			func(_ *Env, c *Consult) {
				c.Departures[0].Withdrawn = false
				c.Escalations[1].State = StateApproved
				c.Escalations[1].Turns = []Turn{{Kind: TurnApproved, By: "sam", At: at(8)}}
			},
			[]string{"DEPARTURE from “Protect a reasonably identifiable victim", "Approved by Sam Ito (supervisor), Nov 20, 2026, 20:58 PST"},
		},
		"when a departure was declined": {
			func(_ *Env, c *Consult) {
				c.Escalations[1].State = StateDeclined
				c.Escalations[1].Turns = []Turn{{Kind: TurnDeclined, By: "sam", At: at(8), Codes: []Code{"more_harm"}}}
			},
			[]string{"Declined by Sam Ito", "It would do more harm than good"},
		},
		"when a sign-off was void": {
			func(_ *Env, c *Consult) {
				c.Escalations[2].State = StateVoid
				c.Escalations[2].Turns = append(c.Escalations[2].Turns, Turn{Kind: TurnVoid, At: at(30)})
			},
			[]string{"Void: what it was asked for changed, Nov 20, 2026, 21:20 PST"},
		},
		"when somebody is not in the practice any more": {
			func(env *Env, _ *Consult) { delete(env.Practice.People, "sam") },
			[]string{"Approved with conditions by sam,"},
		},
		"when somebody was tried and not reached": {
			func(*Env, *Consult) {},
			[]string{"[ ] **Warn the person in danger**: Tried and not reached by Dana Reyes"},
		},
		"when something was done for a duty that is gone": {
			func(_ *Env, c *Consult) {
				c.Marks["hospitalize"] = Mark{By: "dana", At: at(15), For: []rules.RuleID{"us-ca.harm.gone"}, Kept: "stands"}
				c.Log = append(c.Log, Marked{Task: "hospitalize", Did: ActKept, By: "dana", At: at(16), Code: "stands"})
			},
			[]string{"Marked, and no longer on the list", "It stands: what I did was right then", "Decided when the answers had changed: "},
		},
		"when the first try reached nobody": {
			func(*Env, *Consult) {},
			[]string{"Tried before and not reached by Dana Reyes (clinician), Nov 20, 2026, 21:01 PST", "Tried, not reached: Call the police"},
		},
		"when a line was tried twice": {
			func(_ *Env, c *Consult) {
				c.Log = append(c.Log, Marked{Task: "warn_victim", Did: ActTried, By: "sam", At: at(15)})
				c.Marks["warn_victim"] = Mark{By: "sam", At: at(15), Tried: true}
			},
			[]string{"Tried and not reached by Sam Ito (supervisor), Nov 20, 2026, 21:05 PST. Tried before and not reached by Dana Reyes (clinician), Nov 20, 2026, 21:04 PST"},
		},
		"when a deadline passed": {
			func(_ *Env, c *Consult) { c.Late = []Late{{Clock: "clock.us-ca.harm.gone.0", At: at(20)}} },
			[]string{"A deadline passed without a mark: us-ca.harm.gone.0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := recordEnv(t)
			c := dutyDone(env)
			tc.change(&env, &c)
			got := string(record.Markdown(Document(env, c)))
			for _, want := range tc.want {
				if !strings.Contains(got, want) {
					t.Errorf("the record does not say %q:\n%s", want, got)
				}
			}
		})
	}
}
