package dialog

import (
	"slices"

	"curbside/rules"
)

// more is going further than the finding: what, and why. Nobody's leave is needed.
func (t *turn) more() {
	s := studied(t.env, t.c)
	action, reason := rules.ActionID(t.arg(0)), Code(t.arg(1))
	if _, ok := t.env.Book.Action(action); !ok {
		t.private(moreView(t.env, t.c, s))
		return
	}
	if i := slices.IndexFunc(t.c.More, func(m Further) bool { return m.Action == action }); i >= 0 {
		t.notice("That was put on the list " + ago(t.env.Now, t.c.More[i].At) + " already.")
		return
	}
	if !MoreReasons.Has(reason) {
		t.private(moreReasonView(t.env, t.c, action))
		return
	}
	t.changed = true
	t.c.More = append(t.c.More, Further{Action: action, Reason: reason, At: t.now()})
	t.audit(ActMore, "action", string(action), "reason", string(reason))
	t.effect(Effect{Kind: PostNote, Code: string(LineMore)})
	for _, p := range t.c.helping() {
		t.message(LaneNormal, p, LineMore)
	}
}

// further reports whether the clinician has said that they do an action beyond the finding.
func (c Consult) further(id rules.ActionID) bool {
	return slices.ContainsFunc(c.More, func(m Further) bool { return m.Action == id })
}
