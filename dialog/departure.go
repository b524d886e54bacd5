package dialog

import (
	"strconv"

	"curbside/rules"
)

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
