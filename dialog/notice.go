package dialog

import (
	"slices"

	"curbside/rules"
)

// tellOfDuties tells the supervisors at the same moment of duties that disclose
// something and of planned disclosures that the law permits without waiting. A
// call that is still open takes in what comes up meanwhile.
func (t *turn) tellOfDuties(s study) {
	c := &t.c
	told := map[rules.RuleID]bool{}
	for _, e := range c.Escalations {
		if e.Kind == KindDanger || (e.Kind == KindNotice || e.Kind == KindSignOff) && e.State != StateDropped && e.State != StateVoid {
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
	t.audit("notice", "rules", joinIDs(fresh))
	if n := c.live(KindDanger, KindNotice); n > 0 {
		e := &c.Escalations[n-1]
		e.Rules = append(e.Rules, fresh...)
		return
	}
	t.effect(Effect{Kind: PostNote, Lane: LaneUrgent, Code: string(line)})
	if n := c.live(KindSignOff); n > 0 && line == LinePermitted && c.Escalations[n-1].Held.IsZero() {
		// The same people are asked for the rest of the plan and see all of it.
		c.Escalations[n-1].Rules = union(c.Escalations[n-1].Rules, fresh)
		return
	}
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
