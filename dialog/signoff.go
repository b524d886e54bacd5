package dialog

// askSignOff asks the supervisors to decide on the plan: because the law leaves
// a disclosure to judgement, or because the clinician wants to. It confirms the plan.
func (t *turn) askSignOff() {
	urgency := Urgency(t.arg(0))
	if urgency != Routine && urgency != Today && urgency != Imminent {
		t.notice("Choose how soon you need the answer.")
		return
	}
	c := &t.c
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

// signOffAsked says that the answer is awaited or given already.
func signOffAsked(t *turn) string {
	if n := t.c.live(KindSignOff); n > 0 {
		return "Sign-off was asked for " + ago(t.env.Now, t.c.Escalations[n-1].At) + "."
	}
	return ""
}
