package dialog

import "strconv"

// askSignOff asks the supervisors to decide on the plan: because the law leaves
// a disclosure to judgement, or because the clinician wants to. It confirms the plan.
func (t *turn) askSignOff() {
	urgency := Urgency(t.arg(0))
	if urgency != Routine && urgency != Today && urgency != Imminent {
		t.notice("Choose how soon you need the answer.")
		return
	}
	c := &t.c
	if n := c.live(KindSignOff); n > 0 {
		t.hurry(n, urgency)
		return
	}
	if c.Plan == nil || c.Phase != PhaseIdentify && c.Phase != PhaseConsult {
		t.notice("Choose what you plan first; \"Nothing more\" is an answer too.")
		return
	}
	c.Phase, c.Plan.Confirmed = PhaseConsult, true
	if c.Found != nil {
		c.Found.Before = nil
	}
	t.movePlan()
	t.escalate(Escalation{Kind: KindSignOff, Urgency: urgency, About: c.fingerprint(KindSignOff)})
	t.effect(Effect{Kind: PostNote, Code: string(LineSignOff), Args: []string{string(urgency)}})
}

// hurry asks again, sooner: the chain begins anew, with whoever is on duty now
// when nobody was paged yet.
func (t *turn) hurry(n int, u Urgency) {
	e := &t.c.Escalations[n-1]
	t.changed = true
	e.Urgency = u
	t.audit(ActSignOff, "number", strconv.Itoa(n), "urgency", string(u))
	t.effect(Effect{Kind: PostNote, Code: string(LineSignOff), Args: []string{string(u)}})
	if !e.Held.IsZero() {
		t.startPaging(n)
		return
	}
	e.Step = -1
	t.nextStep(n)
}

// sooner reports whether one urgency is above another.
func (u Urgency) sooner(than Urgency) bool {
	rank := map[Urgency]int{Routine: 0, Today: 1, Imminent: 2}
	return rank[u] > rank[than]
}

// signOffAsked says that the answer is awaited already, unless it is needed
// sooner now.
func signOffAsked(t *turn) string {
	if n := t.c.live(KindSignOff); n > 0 && !Urgency(t.arg(0)).sooner(t.c.Escalations[n-1].Urgency) {
		return "Sign-off was asked for " + ago(t.env.Now, t.c.Escalations[n-1].At) + "."
	}
	return ""
}
