package dialog

import "slices"

// mark keeps what became of one line of the action list.
func (t *turn) mark() {
	s := studied(t.env, t.c)
	list := actionList(t.env, t.c, s)
	id := TaskID(t.arg(0))
	line, listed := find(append(list, aftercare(t.env, t.c)...), id)
	have, marked := t.c.Marks[id]
	switch {
	case t.in.Action == ActUndo && marked:
		delete(t.c.Marks, id)
	case t.in.Action == ActTold && marked && !have.Tried && ToldAmounts.Has(Code(t.arg(1))):
		have.Told = Code(t.arg(1))
		t.c.Marks[id] = have
	case t.in.Action == ActTold || t.in.Action == ActUndo || !listed:
		t.notice("That is not on the action list any more. This is how the consult stands.")
		return
	case marked && !have.Tried && t.in.Action != ActTried:
		t.notice(t.person(have.By) + " marked that as done " + ago(t.env.Now, have.At) + ".")
		return
	case t.in.Action == ActTried:
		t.setMark(line, true)
	case line.waits:
		t.private(tooSoonView(t.env, t.c, line))
		return
	default:
		t.setMark(line, false)
		if line.action.Discloses {
			t.private(toldView(t.env, t.c, line))
		}
	}
	var told Code
	if t.in.Action == ActTold {
		told = Code(t.arg(1)) // a code of the list, as checked above; what another press carries there is nobody's
	}
	t.changed = true
	t.logMark(id, told)
	t.audit(t.in.Action, "task", string(id), "told", string(told))
}

// logMark keeps the press beside those before it.
func (t *turn) logMark(id TaskID, code Code) {
	t.c.Log = append(t.c.Log, Marked{Task: id, Did: t.in.Action, By: t.in.Actor, At: t.now(), Code: code})
}

func (t *turn) setMark(line task, tried bool) {
	marks := map[TaskID]Mark{}
	for id, m := range t.c.Marks {
		marks[id] = m
	}
	marks[line.id] = Mark{By: t.in.Actor, At: t.now(), Tried: tried, For: slices.Clone(line.rules)}
	t.c.Marks = marks
}

// decideActed is the explicit decision on something that was done for a duty
// the changed answers no longer show.
func (t *turn) decideActed() {
	id, code := TaskID(t.arg(0)), Code(t.arg(1))
	if !slices.Contains(t.c.acted(studied(t.env, t.c)), id) || !ActedDecisions.Has(code) {
		t.notice("There is nothing to decide about that.")
		return
	}
	t.changed = true
	m := t.c.Marks[id]
	m.Kept = code
	t.c.Marks[id] = m
	t.logMark(id, code)
	t.audit(ActKept, "task", string(id), "decision", string(code))
}

// setResponse offers the responses, or keeps how the client responded.
func (t *turn) setResponse() {
	code := Code(t.arg(0))
	if !Responses.Has(code) {
		v := card{env: t.env, c: t.c}
		t.private(privately(t.c, "The client's response", v.coded("response", responsePrompt, Responses, ActResponse)))
		return
	}
	t.changed = true
	t.c.Response = code
	t.audit(ActResponse, "response", string(code))
}

// aftercare looks after client and clinician, as a group of the action list.
func aftercare(env Env, c Consult) []group {
	g := group{kind: groupAftercare, mode: modeAll}
	seen := map[TaskID]bool{}
	for _, topic := range pickedTopics(env.Book, c.Case) {
		for _, id := range topic.Aftercare {
			a, ok := env.Book.Action(id)
			if ok && !seen[TaskID(id)] {
				seen[TaskID(id)] = true
				g.options = append(g.options, []task{{id: TaskID(id), action: a}})
			}
		}
	}
	if len(g.options) == 0 {
		return nil
	}
	return []group{g}
}
