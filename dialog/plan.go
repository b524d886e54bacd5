package dialog

import (
	"slices"
	"strings"

	"curbside/rules"
)

// maxWays is how many ways the card offers: one platform's select holds 25.
const maxWays = 25

// planNothing is the argument of a plan without any action.
const planNothing = "-"

// A wayKind says what the law says of a way.
type wayKind string

const (
	wayFree      wayKind = "free"      // tells nobody outside treatment
	wayAtOnce    wayKind = "at_once"   // an emergency step: never waits
	wayPermitted wayKind = "permitted" // the law permits it
	wayFederal   wayKind = "federal"   // federal law alone permits it where the state has law of its own
	wayOpen      wayKind = "open"      // the law leaves open whether it permits or demands it
	wayNoBasis   wayKind = "no_basis"  // a disclosure that no rule found permits
)

// A way is one thing a clinician can choose to do. What a duty demands is no
// way: it is on the action list whatever is chosen.
type way struct {
	action   *rules.Action
	kind     wayKind
	rules    []rules.RuleID
	waits    bool   // for a supervisor: the law leaves it to judgement
	barredBy string // the title of a rule that bars disclosures
}

// ways lays out what can be chosen, least intrusive first: the alternatives of
// the concerns in the order of the vocabulary, then what else the law permits.
func ways(env Env, c Consult, s study) []way {
	taken := map[rules.ActionID]bool{}
	for _, g := range duties(env, s, false) {
		for _, option := range g.options {
			for _, t := range option {
				taken[t.action.ID] = true
			}
		}
	}
	var actions []*rules.Action
	for _, topic := range pickedTopics(env.Book, c.Case) {
		for _, id := range topic.Alternatives {
			actions = withAction(env.Book, actions, id)
		}
	}
	slices.SortStableFunc(actions, func(a, b *rules.Action) int { return rank(a) - rank(b) })
	for _, r := range s.finding.Rules {
		if r.Status == rules.Applies && r.Rule.Effect == rules.May || r.Status == rules.Undetermined && discretion(r.Rule) {
			for _, id := range actionsOf(r) {
				actions = withAction(env.Book, actions, id)
			}
		}
	}
	var list []way
	for _, a := range actions {
		if !taken[a.ID] && len(list) < maxWays {
			list = append(list, wayOf(env, c, s, a))
		}
	}
	return list
}

// rank puts what tells nobody before what does.
func rank(a *rules.Action) int {
	if a.Discloses {
		return 1
	}
	return 0
}

// discretion reports whether a rule is about doing something, when it stands.
func discretion(r *rules.Rule) bool { return r.Effect == rules.May || r.Effect == rules.Must }

// actionsOf are the actions a rule names, in its order.
func actionsOf(r rules.RuleFinding) []rules.ActionID {
	var ids []rules.ActionID
	add := func(id rules.ActionID) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	var walk func(d *rules.Discharge)
	walk = func(d *rules.Discharge) {
		add(d.Action)
		for _, child := range slices.Concat(d.All, d.Any, d.First) {
			walk(&child)
		}
	}
	if r.Discharge != nil {
		walk(r.Discharge)
	}
	for _, who := range r.Tell {
		add(who.Action)
	}
	for _, d := range r.Deadlines {
		add(d.Action)
	}
	return ids
}

// wayOf says what the law says of an action. A disclosure waits for sign-off
// when the law leaves it to judgement, never when it is an emergency step, when
// the law may demand it, or when the permission itself asks for no sign-off.
func wayOf(env Env, c Consult, s study, a *rules.Action) way {
	w := way{action: a, kind: wayFree}
	demanded, eased := false, false
	for _, r := range s.finding.Rules {
		if r.Status == rules.DoesNotApply || !slices.Contains(actionsOf(r), a.ID) {
			continue
		}
		switch {
		case r.Rule.Effect == rules.Must:
			demanded = demanded || !manner(r.Rule)
		case r.Rule.Effect == rules.May && r.Status == rules.Applies:
			if s.overruled(r) {
				if w.kind != wayPermitted {
					w.kind = wayFederal
				}
				break
			}
			w.kind = wayPermitted
			eased = eased || r.Rule.SignOff == rules.Concurrent
		case r.Rule.Effect != rules.May:
			continue
		}
		w.rules = append(w.rules, r.Rule.ID)
	}
	if a.Discloses {
		w.barredBy = barring(s, a.ID)
	}
	switch {
	case !a.Discloses:
		w.kind = wayFree
	case isEmergencyStep(env.Book, c.Case, a.ID):
		w.kind = wayAtOnce
	case w.kind == wayPermitted:
		w.waits = (!eased || w.barredBy != "") && !demanded
	case w.kind == wayFederal:
		w.waits = !demanded
	case len(w.rules) > 0:
		w.kind, w.waits = wayOpen, !demanded
	default:
		w.kind, w.waits = wayNoBasis, true
	}
	return w
}

// overruled reports whether a federal permission stands beside law of the state
// on the same concern: the stricter law decides, and this one alone is not enough.
func (s study) overruled(r rules.RuleFinding) bool {
	return r.Seat == rules.SeatFederal && slices.ContainsFunc(s.finding.Rules, func(o rules.RuleFinding) bool {
		return o.Seat == rules.SeatClient && o.Rule.Effect != rules.Should &&
			slices.ContainsFunc(o.Rule.Topics, func(t rules.TopicID) bool { return slices.Contains(r.Rule.Topics, t) })
	})
}

// barring is the title of a rule that bars a disclosure, "" when none does: one
// that bars them all, or one that names this action.
func barring(s study, id rules.ActionID) string {
	for _, r := range s.finding.Rules {
		if r.Rule.Effect != rules.MustNot || r.Status == rules.DoesNotApply {
			continue
		}
		if r.Rule.Bars && r.Status == rules.Applies || slices.Contains(actionsOf(r), id) {
			return r.Rule.Title
		}
	}
	return ""
}

func isEmergencyStep(b *rules.Book, k Case, id rules.ActionID) bool {
	return slices.ContainsFunc(pickedTopics(b, k), func(t *rules.Topic) bool { return slices.Contains(t.Emergency, id) })
}

// chosen are the tasks of what the clinician chose: going further, then the
// plan. What is on the list already is not repeated.
func chosen(env Env, c Consult, s study, list []group) []group {
	var groups []group
	further := group{kind: groupMore, mode: modeAll}
	for _, m := range c.More {
		if t, ok := chosenTask(env, c, s, m.Action, append(list, further)); ok {
			t.waits = false
			further.options = append(further.options, []task{t})
		}
	}
	if len(further.options) > 0 {
		groups = append(groups, further)
	}
	if c.Plan == nil || !c.Plan.Confirmed {
		return groups
	}
	plan := group{kind: groupPlan, mode: modeAll}
	for _, id := range c.Plan.Actions {
		if t, ok := chosenTask(env, c, s, id, append(list, further, plan)); ok {
			t.waits = t.waits && !c.signedOff() && !c.inDanger()
			plan.options = append(plan.options, []task{t})
		}
	}
	if len(plan.options) > 0 {
		groups = append(groups, plan)
	}
	return groups
}

// chosenTask is the task of one chosen action, unless a line of the list is for it.
func chosenTask(env Env, c Consult, s study, id rules.ActionID, list []group) (task, bool) {
	a, ok := env.Book.Action(id)
	if !ok || slices.ContainsFunc(list, func(g group) bool { return hasAction(g, id) }) {
		return task{}, false
	}
	w := wayOf(env, c, s, a)
	return task{id: TaskID(id), action: a, rules: w.rules, waits: w.waits}, true
}

func hasAction(g group, id rules.ActionID) bool {
	return slices.ContainsFunc(g.options, func(option []task) bool {
		return slices.ContainsFunc(option, func(t task) bool { return t.action.ID == id })
	})
}

// signedOff reports whether a supervisor has approved the plan as it stands.
func (c Consult) signedOff() bool {
	for _, e := range c.Escalations {
		if e.Kind == KindSignOff && e.State == StateApproved && e.About == c.fingerprint(KindSignOff) {
			return true
		}
	}
	return false
}

// needsSignOff reports whether something in the plan waits for a supervisor.
func needsSignOff(env Env, c Consult, s study) bool {
	if c.Plan == nil || c.signedOff() || c.inDanger() {
		return false
	}
	return slices.ContainsFunc(ways(env, c, s), func(w way) bool {
		return w.waits && slices.Contains(c.Plan.Actions, w.action.ID) && !c.further(w.action.ID)
	})
}

// setPlan takes what the clinician picked, in the order in which it was offered.
func (t *turn) setPlan() {
	s := studied(t.env, t.c)
	if t.c.Phase == PhaseEvaluate || s.err != nil {
		t.notice("The plan comes after the finding.")
		return
	}
	plan := &Plan{At: t.now(), Actions: []rules.ActionID{}}
	for _, w := range ways(t.env, t.c, s) {
		if slices.Contains(t.in.Args, string(w.action.ID)) {
			plan.Actions = append(plan.Actions, w.action.ID)
		}
	}
	t.c.Plan = plan
	t.c.Phase = PhaseIdentify
	t.movePlan()
	t.audit(ActPlan, "actions", joinIDs(plan.Actions))
}

// goTo moves between the phases after the questions.
func (t *turn) goTo() {
	c := &t.c
	to := Phase(t.arg(0))
	if c.Phase == PhaseEvaluate || !slices.Contains([]Phase{PhaseThink, PhaseHypothesise, PhaseIdentify, PhaseConsult}, to) {
		t.notice("Answer the question that is open first.")
		return
	}
	if c.Plan == nil && (to == PhaseIdentify || to == PhaseConsult) {
		t.notice("Choose what you plan first; \"Nothing more\" is an answer too.")
		return
	}
	s := studied(t.env, t.c)
	if to == PhaseConsult && needsSignOff(t.env, t.c, s) && c.live(KindSignOff) == 0 {
		t.notice("Part of the plan waits for a supervisor. Choose how soon you need the answer.")
		return
	}
	c.Phase = to
	if to != PhaseThink && c.Found != nil {
		c.Found.Before = nil
	}
	if c.Plan != nil {
		c.Plan.Confirmed = to == PhaseConsult
	}
	t.movePlan()
}

// joinIDs writes ids as one code for the audit chain.
func joinIDs[T ~string](ids []T) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return strings.Join(words, ",")
}
