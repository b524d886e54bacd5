package dialog

import (
	"slices"
	"strconv"

	"curbside/rules"
)

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

// tellOfDuties tells the supervisors at the same moment of duties that disclose
// something and of planned disclosures that the law permits without waiting. A
// call that is still open takes in what comes up meanwhile.
func (t *turn) tellOfDuties(s study) {
	c := &t.c
	told := map[rules.RuleID]bool{}
	for _, e := range c.Escalations {
		if e.Kind == KindDanger || e.Kind == KindNotice && e.State != StateDropped {
			for _, id := range e.Rules {
				told[id] = true
			}
		}
	}
	var fresh []rules.RuleID
	for _, r := range s.rules(rules.Applies, rules.Must) {
		if !told[r.Rule.ID] && !manner(r.Rule) && discloses(t.env.Book, r) {
			fresh = append(fresh, r.Rule.ID)
		}
	}
	line := LineDuty
	if len(fresh) == 0 {
		line = LinePermitted
		fresh = slices.DeleteFunc(plannedAtOnce(t.env, *c, s), func(id rules.RuleID) bool { return told[id] })
	}
	if len(fresh) == 0 {
		return
	}
	t.audit("notice", "rules", joinRules(fresh))
	if n := c.live(KindDanger, KindNotice); n > 0 {
		e := &c.Escalations[n-1]
		e.Rules = append(e.Rules, fresh...)
		return
	}
	t.effect(Effect{Kind: PostNote, Lane: LaneUrgent, Code: string(line)})
	t.escalate(Escalation{Kind: KindNotice, Urgency: Today, Rules: fresh})
}

// plannedAtOnce are the rules behind planned disclosures that do not wait.
func plannedAtOnce(env Env, c Consult, s study) []rules.RuleID {
	if c.Plan == nil || !c.Plan.Confirmed {
		return nil
	}
	var ids []rules.RuleID
	for _, w := range ways(env, c, s) {
		if w.action.Discloses && !w.waits && slices.Contains(c.Plan.Actions, w.action.ID) {
			ids = union(ids, w.rules)
		}
	}
	return ids
}

// discloses reports whether meeting a rule lets somebody outside treatment learn of the client.
func discloses(b *rules.Book, r rules.RuleFinding) bool {
	for _, id := range actionsOf(r) {
		if a, ok := b.Action(id); ok && a.Discloses {
			return true
		}
	}
	return false
}

func joinRules(ids []rules.RuleID) string {
	out := ""
	for i, id := range ids {
		if i > 0 {
			out += ","
		}
		out += string(id)
	}
	return out
}

// depart is going below a duty: which one, why, and then a supervisor decides.
// The duty stays on the card with its clocks whatever is decided.
func (t *turn) depart() {
	s := studied(t.env, t.c)
	rule := rules.RuleID(t.arg(0))
	have, ok := s.standing(rule)
	switch {
	case rule == "":
		t.private(departView(t.env, t.c, s))
		return
	case !ok || have.Status != rules.Applies || have.Rule.Effect != rules.Must || manner(have.Rule):
		t.notice("No such duty stands in the finding.")
		return
	case t.c.departing(rule):
		t.notice("This departure is recorded already. Withdraw it first to give another reason.")
		return
	}
	reason := Code(t.arg(1))
	if !DepartureReasons.Has(reason) {
		t.private(departReasonView(t.env, t.c, have))
		return
	}
	t.changed = true
	n := t.escalate(Escalation{Kind: KindDeparture, Urgency: Today, About: t.c.fingerprint(KindDeparture), Rules: []rules.RuleID{rule}})
	t.c.Departures = append(t.c.Departures, Departure{Rule: rule, Reason: reason, At: t.now(), Escalation: n})
	t.audit(ActDepart, "rule", string(rule), "reason", string(reason), "number", strconv.Itoa(n))
	t.effect(Effect{Kind: PostNote, Lane: LaneUrgent, Code: string(LineDeparture)})
}

// stay withdraws a departure: the clinician will meet the duty after all.
func (t *turn) stay() {
	rule := rules.RuleID(t.arg(0))
	for i := range t.c.Departures {
		d := &t.c.Departures[i]
		if d.Rule != rule || d.Withdrawn {
			continue
		}
		t.changed = true
		d.Withdrawn = true
		if t.c.Escalations[d.Escalation-1].Live() {
			t.endEscalation(d.Escalation, StateDropped, Turn{Kind: TurnDropped, By: t.in.Actor, At: t.now()})
		}
		t.audit(ActStay, "rule", string(rule))
		t.effect(Effect{Kind: PostNote, Code: string(LineStay)})
	}
	if !t.changed {
		t.notice("No departure from this duty is recorded.")
	}
}

// departing reports whether a departure from a duty is awaited or agreed to.
func (c Consult) departing(id rules.RuleID) bool {
	for _, d := range c.Departures {
		if d.Rule == id && !d.Withdrawn && (c.Escalations[d.Escalation-1].Live() || c.Escalations[d.Escalation-1].State == StateApproved) {
			return true
		}
	}
	return false
}

// departed reports whether a supervisor has agreed that a duty is not met.
func (c Consult) departed(id rules.RuleID) bool {
	for _, d := range c.Departures {
		if d.Rule == id && !d.Withdrawn && c.Escalations[d.Escalation-1].State == StateApproved {
			return true
		}
	}
	return false
}

// more is going further than the finding: what, and why. Nobody's leave is needed.
func (t *turn) more() {
	s := studied(t.env, t.c)
	action, reason := rules.ActionID(t.arg(0)), Code(t.arg(1))
	if _, ok := t.env.Book.Action(action); !ok {
		t.private(moreView(t.env, t.c, s))
		return
	}
	for _, m := range t.c.More {
		if m.Action == action {
			t.notice("That is on the list already, since " + ago(t.env.Now, m.At) + ".")
			return
		}
	}
	if !MoreReasons.Has(reason) {
		t.private(moreReasonView(t.env, t.c, action))
		return
	}
	t.changed = true
	t.c.More = append(t.c.More, Further{Action: action, Reason: reason, At: t.now()})
	t.audit(ActMore, "action", string(action), "reason", string(reason))
	t.effect(Effect{Kind: PostNote, Code: string(LineMore)})
	for _, p := range t.c.everPaged() {
		t.message(LaneNormal, p, LineMore)
	}
}

// everPaged are the people who were paged for the consult, in that order.
func (c Consult) everPaged() []PersonID {
	var people []PersonID
	seen := map[PersonID]bool{}
	for _, e := range c.Escalations {
		for _, t := range e.Turns {
			if t.Kind == TurnPaged && !seen[t.By] {
				seen[t.By] = true
				people = append(people, t.By)
			}
		}
	}
	return people
}
