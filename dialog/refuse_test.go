package dialog

import (
	"testing"
)

func TestEveryActionIsRefusedToTheWrongPerson(t *testing.T) {
	const (
		stranger = PersonID("nobody")
		owner    = PersonID("omar")
		asker    = PersonID("ana")
		offDuty  = PersonID("eli") // a supervisor of the next step, not paged yet
		onDuty   = PersonID("dana")
	)
	for name, tc := range map[string]struct {
		who  PersonID
		act  Action
		args []string
		want string
	}{
		"somebody unknown cannot answer":                          {stranger, ActAnswer, []string{"imminent", "yes"}, "does not know you"},
		"somebody unknown cannot declare danger":                  {stranger, ActDanger, nil, "does not know you"},
		"another colleague cannot answer for the clinician":       {owner, ActClient, []string{"US-CA"}, "Ana Reyes's consult"},
		"a supervisor cannot answer for the clinician":            {onDuty, ActDunno, []string{"imminent"}, "Ana Reyes's consult"},
		"a supervisor cannot change the plan":                     {onDuty, ActPlan, []string{"notify_police"}, "Ana Reyes's consult"},
		"a supervisor cannot ask for sign-off":                    {onDuty, ActSignOff, []string{"today"}, "Ana Reyes's consult"},
		"a supervisor cannot depart from a duty":                  {onDuty, ActDepart, []string{"us-ca.harm.protect", "not_my_duty"}, "Ana Reyes's consult"},
		"a supervisor cannot close the consult":                   {onDuty, ActClose, nil, "Ana Reyes's consult"},
		"a supervisor cannot cancel the consult":                  {onDuty, ActCancel, []string{"not_needed"}, "Ana Reyes's consult"},
		"a supervisor cannot be replaced by themselves":           {onDuty, ActAnother, []string{"1"}, "Ana Reyes's consult"},
		"the clinician cannot approve their own plan":             {asker, ActApprove, []string{"1"}, "your own consult"},
		"the clinician cannot acknowledge their own page":         {asker, ActSeen, []string{"1"}, "your own consult"},
		"the clinician cannot decline for the supervisor":         {asker, ActDecline, []string{"1", "law_not_met"}, "your own consult"},
		"a supervisor who was not paged cannot approve":           {offDuty, ActApprove, []string{"1"}, "not on duty"},
		"a supervisor who was not paged cannot step aside":        {offDuty, ActAside, []string{"1"}, "not on duty"},
		"the owner is no supervisor and cannot approve":           {owner, ActApprove, []string{"1"}, "Only a supervisor who was paged"},
		"the owner cannot approve with conditions":                {owner, ActConditions, []string{"1", "minimum_only"}, "Only a supervisor who was paged"},
		"nobody can approve what was never asked":                 {onDuty, ActApprove, []string{"7"}, "nothing to answer"},
		"the owner cannot mark a task as done":                    {owner, ActDone, []string{"notify_police"}, "Only Ana Reyes and the supervisors"},
		"a supervisor who was not paged cannot take the record":   {offDuty, ActRecord, []string{"md"}, "Only Ana Reyes and the supervisors"},
		"the owner cannot say that the danger has passed":         {owner, ActSafe, nil, "Only Ana Reyes and the supervisors"},
		"an action that is not in the list is refused":            {asker, "no_such_action", nil, "not known here"},
		"the clinician cannot pretend to be a timer":              {asker, ActTimer, []string{"close"}, "not known here"},
		"the clinician cannot say that a page reached nobody":     {asker, ActUnreachable, []string{"dana"}, "not known here"},
		"a supervisor's words are not taken from the clinician":   {asker, ActOwnWords, []string{"condition", "1"}, "switched off"},
		"the clinician's question is not taken from a supervisor": {onDuty, ActOwnWords, []string{"question"}, "switched off"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := threatIn(t, "Texas").press("ana", "Go on: what are the ways?").pick("ana", "Tell the police").press("ana", "Sign-off: today")
			out := k.do(Input{ID: "x", Actor: tc.who, Version: k.c.Version, Action: tc.act, Args: tc.args})
			if out.Changed {
				t.Fatal("it was done")
			}
			sees(t, out.Reply.Notice, tc.want)
		})
	}
}
