package dialog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"curbside/rules"
)

// maxChanges bounds how many changes of answers are kept; the oldest go first.
const maxChanges = 50

// settle draws the consequences of what has changed: the finding as it stands
// now, what that voids, who has to be told, and which clocks run.
func (t *turn) settle() {
	c := &t.c
	c.Version++
	if t.in.Actor != "" {
		c.Touched = t.now()
	}
	c.Changes = c.Changes[max(0, len(c.Changes)-maxChanges):]
	if !c.Closed() {
		s := studied(t.env, *c)
		t.review(s)
		t.voidOutdated()
		t.tellOfDuties(s)
		t.armClocks(s)
		t.armReminder(s)
	}
	if t.caseMoved {
		c.Moved.Case = c.Version
	}
	if t.planMoved {
		c.Moved.Plan = c.Version
	}
	if t.in.Action != ActOpen {
		t.effect(Effect{Kind: UpdateCard, Lane: t.lane()})
	}
}

// lane is how fast the card has to reach people.
func (t *turn) lane() Lane {
	if t.c.Danger != nil && t.c.Danger.Over == nil {
		return LaneUrgent
	}
	return LaneNormal
}

// review compares the finding with the one before and moves the phase along.
func (t *turn) review(s study) {
	c := &t.c
	if !s.ready || s.err != nil {
		return
	}
	if s.complete() && t.changedAnswer {
		prune(t.env.Book, &c.Case)
	}
	now := Found{
		At: t.now(), Complete: s.complete(), Program: t.env.Program,
		Packs: packsOf(s.finding), Standing: standingOf(s.finding),
	}
	was := c.Found
	changed := was == nil || !maps.Equal(was.Standing, now.Standing)
	if was != nil {
		now.Before = was.Before
		if !changed {
			now.At = was.At
		} else if now.Before == nil && (was.Complete || lostDuty(t.env.Book, was.Standing, now.Standing)) {
			now.Before = was.Standing
		}
	}
	c.Found = &now
	t.movePhase(now.Complete, changed)
	if now.Complete && (changed || !was.Complete) {
		t.audit("finding", "standing", standingText(now.Standing))
		t.out.Audit[len(t.out.Audit)-1].Packs = now.Packs
	}
}

// movePhase goes back to where the clinician has to look again, and on from the
// last question to the finding.
func (t *turn) movePhase(complete, changed bool) {
	c := &t.c
	was := c.Phase
	switch {
	case !complete || c.Ask != "" && c.Phase == PhaseEvaluate:
		c.Phase = PhaseEvaluate
	case c.Phase == PhaseEvaluate || changed:
		c.Phase = PhaseThink
	}
	if c.Phase == was {
		return
	}
	t.planMoved = true
	if c.Plan != nil {
		c.Plan.Confirmed = false
	}
}

// lostDuty reports whether a duty that applied does so no more.
func lostDuty(b *rules.Book, was, now map[rules.RuleID]rules.Status) bool {
	for id, status := range was {
		if rule, _, ok := b.Rule(id); ok && rule.Effect == rules.Must && status == rules.Applies && now[id] != rules.Applies {
			return true
		}
	}
	return false
}

// packsOf names exactly the texts a finding rests on.
func packsOf(f rules.Finding) []string {
	var packs []string
	for _, p := range f.Packs {
		packs = append(packs, string(p.Jurisdiction)+"@"+p.Hash)
	}
	return packs
}

// standingText writes what stands, in a fixed order.
func standingText(standing map[rules.RuleID]rules.Status) string {
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(standing)) {
		fmt.Fprintf(&b, "%s=%s;", id, standing[id])
	}
	return strings.TrimSuffix(b.String(), ";")
}

// fingerprint binds a sign-off to what it was given for: the finding as it
// stands and, for a plan, what is planned.
func (c Consult) fingerprint(kind EscalationKind) string {
	var b strings.Builder
	if c.Found != nil {
		b.WriteString(standingText(c.Found.Standing))
	}
	if kind == KindSignOff && c.Plan != nil {
		for _, a := range c.Plan.Actions {
			b.WriteString("+" + string(a))
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

// voidOutdated ends every sign-off, asked for or given, whose subject is not
// what it was. It is asked for again when the plan is confirmed.
func (t *turn) voidOutdated() {
	for i := range t.c.Escalations {
		e := &t.c.Escalations[i]
		if !e.Decides() || e.About == t.c.fingerprint(e.Kind) || !e.Live() && e.State != StateApproved {
			continue
		}
		live := e.Live()
		t.endEscalation(i+1, StateVoid, Turn{Kind: TurnVoid, At: t.now()})
		t.tell(LaneNormal, t.c.Clinician, LineVoid, string(e.Kind))
		if !live {
			for _, p := range e.Paged {
				t.message(LaneNormal, p, LineVoid, string(e.Kind))
			}
		}
	}
}

// armReminder moves the moment at which a consult without a press is brought
// back to mind, and then ends by itself: never before its last clock.
func (t *turn) armReminder(s study) {
	p := t.env.Practice
	if t.in.Actor == "" || p.RemindAfter <= 0 {
		return
	}
	remind := t.c.Touched.Add(p.RemindAfter)
	t.timer(timerRemind, remind)
	if p.CloseAfter > 0 {
		t.timer(timerClose, t.closeAt(s))
	}
}

// closeAt is when the consult ends by itself if nobody presses any more.
func (t *turn) closeAt(s study) time.Time {
	at := t.c.Touched.Add(t.env.Practice.RemindAfter)
	for _, k := range clocks(t.env, t.c, s) {
		if !k.done && k.due.After(at) {
			at = k.due
		}
	}
	for _, l := range t.c.Looks {
		if l.open() && l.Due.After(at) {
			at = l.Due
		}
	}
	return at.Add(t.env.Practice.CloseAfter)
}
