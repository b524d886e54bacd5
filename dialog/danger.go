package dialog

import "curbside/rules"

// maxEmergencySteps keeps the steps on one screen while no concern is picked.
const maxEmergencySteps = 6

// declareDanger puts the emergency steps on the card and pages the whole chain
// as urgent. It works before anything was answered, and waits for nothing.
func (t *turn) declareDanger() {
	t.changed = true
	t.c.Danger = &Danger{By: t.in.Actor, At: t.now()}
	t.audit(ActDanger)
	var told []rules.RuleID
	for i, e := range t.c.Escalations {
		if e.Live() && e.Kind == KindNotice {
			told = union(told, e.Rules)
			t.endEscalation(i+1, StateDropped, Turn{Kind: TurnDropped, At: t.now()})
		}
	}
	t.effect(Effect{Kind: PostNote, Lane: LaneUrgent, Code: string(LineDanger), Args: []string{string(t.in.Actor)}})
	t.message(LaneUrgent, t.c.Clinician, LineDanger, string(t.in.Actor))
	t.escalate(Escalation{Kind: KindDanger, Urgency: Imminent, Rules: told})
}

// dangerDeclared says who was faster, "" when nobody was.
func dangerDeclared(t *turn) string {
	if d := t.c.Danger; d != nil && d.Over == nil {
		return "Immediate danger was declared by " + t.person(d.By) + " " + ago(t.env.Now, d.At) + ". The steps are on the card."
	}
	return ""
}

// dangerOver folds the emergency steps up. Pages that are still open go on: a
// supervisor looks in even when it is over.
func (t *turn) dangerOver() {
	d := t.c.Danger
	if d == nil || d.Over != nil {
		t.notice("No immediate danger is declared.")
		return
	}
	t.changed = true
	now := t.now()
	d.Over = &now
	t.audit(ActSafe)
	t.effect(Effect{Kind: PostNote, Lane: LaneUrgent, Code: string(LineSafe), Args: []string{string(t.in.Actor)}})
}

// inDanger reports whether immediate danger stands.
func (c Consult) inDanger() bool { return c.Danger != nil && c.Danger.Over == nil }

// emergencySteps are the steps to take at once, in the order of the concerns
// that were picked; before that, those of the most urgent ones.
func emergencySteps(b *rules.Book, k Case) []*rules.Action {
	topics := pickedTopics(b, k)
	limit := 0
	if len(topics) == 0 {
		limit = maxEmergencySteps
		for i := range b.Vocabulary().Topics {
			topics = append(topics, &b.Vocabulary().Topics[i])
		}
	}
	var steps []*rules.Action
	for _, topic := range topics {
		for _, id := range topic.Emergency {
			if limit == 0 || len(steps) < limit {
				steps = withAction(b, steps, id)
			}
		}
	}
	return steps
}

// pickedTopics are the concerns of a case, in order of urgency.
func pickedTopics(b *rules.Book, k Case) []*rules.Topic {
	var topics []*rules.Topic
	for _, id := range k.Topics {
		if topic, ok := b.Topic(id); ok {
			topics = append(topics, topic)
		}
	}
	return topics
}

// withAction adds an action of the book unless it is there already.
func withAction(b *rules.Book, have []*rules.Action, id rules.ActionID) []*rules.Action {
	for _, a := range have {
		if a.ID == id {
			return have
		}
	}
	if a, ok := b.Action(id); ok {
		return append(have, a)
	}
	return have
}
