package dialog

import (
	"maps"
	"slices"
	"time"

	"curbside/rules"
)

// A turn collects what one input leads to: the successor in the making and
// everything that others are to see of it.
type turn struct {
	env Env
	c   Consult
	in  Input
	out Outcome

	changed bool // something is to be committed
	caseMoved,
	planMoved bool
	changedAnswer bool // an answer was taken back
}

func newTurn(env Env, c Consult, in Input) *turn {
	return &turn{env: env, c: c.clone(), in: in}
}

// now is the moment of the input, as it is kept.
func (t *turn) now() time.Time { return t.env.Now.UTC().Truncate(time.Second) }

// arg returns an argument of the press, "" when there is none.
func (t *turn) arg(i int) string {
	if i < len(t.in.Args) {
		return t.in.Args[i]
	}
	return ""
}

func (t *turn) moveCase() { t.changed, t.caseMoved = true, true }
func (t *turn) movePlan() { t.changed, t.planMoved = true, true }

func (t *turn) effect(e Effect) { t.out.Effects = append(t.out.Effects, e) }

// tell puts a line in the thread and, when to is somebody, in a direct message.
func (t *turn) tell(lane Lane, to PersonID, line Line, args ...string) {
	t.effect(Effect{Kind: PostNote, Lane: lane, Code: string(line), Args: args})
	t.message(lane, to, line, args...)
}

func (t *turn) message(lane Lane, to PersonID, line Line, args ...string) {
	if to != "" && to != t.in.Actor {
		t.effect(Effect{Kind: Message, Lane: lane, To: to, Code: string(line), Args: args})
	}
}

func (t *turn) timer(id TimerID, due time.Time) {
	t.out.Timers = append(t.out.Timers, Timer{ID: id, Due: due})
}

func (t *turn) notice(text string) { t.out.Reply.Notice = text }

func (t *turn) private(v View) { t.out.Reply.Private = &v }

// audit adds a link of the audit chain; pairs are keys and codes in turn.
func (t *turn) audit(action Action, pairs ...string) {
	entry := AuditEntry{Handle: t.c.Handle, Actor: t.in.Actor, Action: action, At: t.now()}
	for i := 0; i+1 < len(pairs); i += 2 {
		if entry.Codes == nil {
			entry.Codes = map[string]string{}
		}
		entry.Codes[pairs[i]] = pairs[i+1]
	}
	t.out.Audit = append(t.out.Audit, entry)
}

// outcome closes the turn. An input that changed nothing leaves the consult as it was.
func (t *turn) outcome(before Consult) Outcome {
	if !t.changed {
		return Outcome{Consult: before, Reply: t.out.Reply}
	}
	t.out.Consult, t.out.Changed = t.c, true
	for i := range t.out.Effects {
		e := &t.out.Effects[i]
		e.Handle, e.Version, e.Index = t.c.Handle, t.c.Version, i
		if e.Lane == "" {
			e.Lane = LaneNormal
		}
	}
	return t.out
}

// clone copies everything a successor may change.
func (c Consult) clone() Consult {
	c.Case.Topics = slices.Clone(c.Case.Topics)
	c.Case.Facts = maps.Clone(c.Case.Facts)
	c.Case.Order = slices.Clone(c.Case.Order)
	c.Changes = slices.Clone(c.Changes)
	c.Found = cloned(c.Found)
	c.Danger = cloned(c.Danger)
	if c.Plan = cloned(c.Plan); c.Plan != nil {
		c.Plan.Actions = slices.Clone(c.Plan.Actions)
	}
	c.Escalations = slices.Clone(c.Escalations)
	for i := range c.Escalations {
		e := &c.Escalations[i]
		e.Rules = slices.Clone(e.Rules)
		e.Paged = slices.Clone(e.Paged)
		e.Ringing = slices.Clone(e.Ringing)
		e.Turns = slices.Clone(e.Turns)
	}
	c.Marks = maps.Clone(c.Marks)
	c.Log = slices.Clone(c.Log)
	c.Late = slices.Clone(c.Late)
	c.Looks = slices.Clone(c.Looks)
	c.More = slices.Clone(c.More)
	c.Departures = slices.Clone(c.Departures)
	c.Notes = slices.Clone(c.Notes)
	c.End = cloned(c.End)
	return c
}

// cloned copies what p points to, so that a successor can change it.
func cloned[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// standingOf is what a finding comes to, as it is kept and compared.
func standingOf(f rules.Finding) map[rules.RuleID]rules.Status {
	standing := map[rules.RuleID]rules.Status{}
	for _, r := range f.Rules {
		if r.Status != rules.DoesNotApply {
			standing[r.Rule.ID] = r.Status
		}
	}
	return standing
}
