package dialog

import (
	"slices"
	"strings"

	"curbside/rules"
)

// A task is one line of the action list.
type task struct {
	id     TaskID
	action *rules.Action
	agency *rules.Agency
	form   string         // the form the law asks for, when there are several
	text   string         // what the law adds
	rules  []rules.RuleID // what it stands for
	waits  bool           // until a supervisor has signed off
	open   bool           // whether the law asks for it depends on an answer that is not known
}

// A groupKind says why a group of tasks is on the list.
type groupKind string

const (
	groupDanger    groupKind = "danger"    // emergency steps
	groupDuty      groupKind = "duty"      // a must
	groupImmunity  groupKind = "immunity"  // earns a statute's immunity; the duty can be met otherwise
	groupManner    groupKind = "manner"    // a must without a condition: how to tell, whoever is told
	groupMore      groupKind = "more"      // beyond the finding
	groupPlan      groupKind = "plan"      // the clinician's plan
	groupAftercare groupKind = "aftercare" // good practice afterwards
)

// A groupMode says how many of a group's options are enough.
type groupMode string

const (
	modeAll   groupMode = "all"
	modeAny   groupMode = "any"
	modeFirst groupMode = "first"
)

// A group is a part of the action list. Each option is one way, of one or more tasks.
type group struct {
	kind    groupKind
	mode    groupMode
	rules   []rules.RuleID
	texts   []string // what the law adds for the whole
	options [][]task
}

// actionList merges what applies, what is planned and what goes further into
// one list: danger first, then duties, then what the clinician chose. How to
// tell comes in only when somebody is told.
func actionList(env Env, c Consult, s study) []group {
	var list []group
	if c.inDanger() {
		list = append(list, plainGroup(groupDanger, emergencySteps(env.Book, c.Case)))
	}
	list = append(list, duties(env, s, false)...)
	list = append(list, chosen(env, c, s, list)...)
	if anyTask(list, func(t task) bool { return t.action.Discloses }) {
		list = append(list, duties(env, s, true)...)
	}
	return list
}

// manner reports whether a must has no condition of its own: it says how to
// disclose, whenever somebody does, and not that anybody has to.
func manner(r *rules.Rule) bool {
	return r.Effect == rules.Must && len(r.Elements) == 0 && len(r.AnyOf) == 0
}

// anyTask reports whether a task of the list is of a kind.
func anyTask(list []group, is func(task) bool) bool {
	for _, g := range list {
		for _, option := range g.options {
			if slices.ContainsFunc(option, is) {
				return true
			}
		}
	}
	return false
}

func plainGroup(kind groupKind, actions []*rules.Action) group {
	g := group{kind: kind, mode: modeAll}
	for _, a := range actions {
		g.options = append(g.options, []task{{id: TaskID(a.ID), action: a}})
	}
	return g
}

// duties are the tasks of every must that applies, merged over the rules: what
// each of them asks in any case comes first. Those that only say how to tell
// are apart.
func duties(env Env, s study, onlyManner bool) []group {
	always := map[groupKind]*group{}
	for _, kind := range []groupKind{groupDuty, groupImmunity, groupManner} {
		always[kind] = &group{kind: kind, mode: modeAll}
	}
	var choices []group
	for _, r := range s.rules(rules.Applies, rules.Must) {
		if manner(r.Rule) != onlyManner {
			continue
		}
		w := treeWalk{env: env, rule: r, kind: kindOf(r)}
		for _, option := range w.spread() {
			merge(always[w.kind], option)
		}
		always[w.kind].texts = union(always[w.kind].texts, w.texts)
		choices = append(choices, w.choices...)
	}
	var list []group
	for _, kind := range []groupKind{groupDuty, groupImmunity, groupManner} {
		if len(always[kind].options) > 0 {
			list = append(list, *always[kind])
		}
	}
	return append(list, choices...)
}

func kindOf(r rules.RuleFinding) groupKind {
	switch {
	case manner(r.Rule):
		return groupManner
	case r.Discharge != nil && r.Discharge.Kind == rules.EarnsImmunity:
		return groupImmunity
	default:
		return groupDuty
	}
}

// merge adds a task to a group in which everything is to be done, once.
func merge(g *group, t task) {
	for i := range g.options {
		if have := &g.options[i][0]; have.id == t.id {
			have.rules = union(have.rules, t.rules)
			return
		}
	}
	g.options = append(g.options, []task{t})
	g.rules = union(g.rules, t.rules)
}

func union[T comparable](a, b []T) []T {
	for _, one := range b {
		if !slices.Contains(a, one) {
			a = append(a, one)
		}
	}
	return a
}

// A treeWalk turns the discharge of one rule into tasks.
type treeWalk struct {
	env     Env
	rule    rules.RuleFinding
	kind    groupKind
	choices []group  // its any and first branches
	texts   []string // what the law adds to the nodes above the tasks
}

// spread returns what the rule asks in any case and keeps its branches in choices.
// A deadline for something the tree does not name is a task as well.
func (w *treeWalk) spread() []task {
	var always []task
	if w.rule.Discharge != nil {
		always = w.node(*w.rule.Discharge)
	}
	for _, d := range w.rule.Deadlines {
		if !names(w.rule.Discharge, d.Action) {
			always = append(always, w.leaf(rules.Discharge{Action: d.Action})...)
		}
	}
	return always
}

func (w *treeWalk) node(d rules.Discharge) []task {
	switch {
	case d.Action != "":
		return w.leaf(d)
	case len(d.All) > 0:
		w.adds(d.Text)
		var always []task
		for _, child := range d.All {
			always = append(always, w.node(child)...)
		}
		return always
	case len(d.Any) > 0:
		w.branch(modeAny, d.Text, d.Any)
	case len(d.First) > 0:
		w.branch(modeFirst, d.Text, d.First)
	}
	return nil
}

// adds keeps what the law adds to a node above the tasks.
func (w *treeWalk) adds(text string) {
	if text != "" {
		w.texts = append(w.texts, text)
	}
}

// branch keeps a choice.
func (w *treeWalk) branch(mode groupMode, text string, children []rules.Discharge) {
	g := group{kind: w.kind, mode: mode, rules: []rules.RuleID{w.rule.Rule.ID}}
	if text != "" {
		g.texts = []string{text}
	}
	for _, child := range children {
		if tasks := w.leaves(child); len(tasks) > 0 {
			g.options = append(g.options, tasks)
		}
	}
	if len(g.options) > 0 {
		w.choices = append(w.choices, g)
	}
}

// leaves are all tasks under a node.
func (w *treeWalk) leaves(d rules.Discharge) []task {
	if d.Action != "" {
		return w.leaf(d)
	}
	var tasks []task
	for _, child := range slices.Concat(d.All, d.Any, d.First) {
		tasks = append(tasks, w.leaves(child)...)
	}
	return tasks
}

// leaf is one task, or one for each form when the law sets a clock for several.
func (w *treeWalk) leaf(d rules.Discharge) []task {
	action, ok := w.env.Book.Action(d.Action)
	if !ok {
		return nil
	}
	base := task{action: action, text: d.Text, rules: []rules.RuleID{w.rule.Rule.ID}, open: d.When != ""}
	base.agency, _ = w.env.Book.Agency(w.rule.Jurisdiction, d.Agency)
	forms := formsOf(w.rule.Deadlines, d.Action)
	if len(forms) < 2 {
		forms = []string{""}
	}
	var tasks []task
	for _, form := range forms {
		one := base
		one.form = form
		one.id = taskID(w.rule.Jurisdiction, d.Action, d.Agency, form)
		tasks = append(tasks, one)
	}
	return tasks
}

// taskID names a task for ever.
func taskID(j rules.JurisdictionID, a rules.ActionID, agency, form string) TaskID {
	parts := []string{string(a)}
	if agency != "" {
		parts = append(parts, string(j), agency)
	}
	if form != "" {
		parts = append(parts, form)
	}
	return TaskID(strings.Join(parts, "."))
}

// formsOf are the forms in which the law wants an action, in its order.
func formsOf(deadlines []rules.Deadline, a rules.ActionID) []string {
	var forms []string
	for _, d := range deadlines {
		if d.Action == a && !slices.Contains(forms, d.Form) {
			forms = append(forms, d.Form)
		}
	}
	return forms
}

func names(d *rules.Discharge, a rules.ActionID) bool {
	if d == nil {
		return false
	}
	if d.Action == a {
		return true
	}
	return slices.ContainsFunc(slices.Concat(d.All, d.Any, d.First), func(child rules.Discharge) bool { return names(&child, a) })
}

// done reports whether a task is marked as done.
func (c Consult) done(id TaskID) bool {
	m, ok := c.Marks[id]
	return ok && !m.Tried
}

// met reports whether enough of a group is done.
func (c Consult) met(g group) bool {
	whole := func(option []task) bool {
		return !slices.ContainsFunc(option, func(t task) bool { return !c.done(t.id) })
	}
	if g.mode == modeAll {
		return !slices.ContainsFunc(g.options, func(o []task) bool { return !whole(o) })
	}
	return slices.ContainsFunc(g.options, whole)
}

// owed returns the groups of duties that are not met, without those for which
// every rule is a departure that a supervisor has agreed to. A duty that names
// only what earns immunity is met by any protection that was chosen and done.
func (c Consult) owed(list []group) []group {
	protected := slices.ContainsFunc(list, func(g group) bool {
		return (g.kind == groupDanger || g.kind == groupMore || g.kind == groupPlan) &&
			anyTask([]group{g}, func(t task) bool { return c.done(t.id) })
	})
	var owed []group
	for _, g := range list {
		binds := g.kind == groupDuty || g.kind == groupImmunity && !protected
		if binds && !c.met(g) && slices.ContainsFunc(g.rules, func(r rules.RuleID) bool { return !c.departed(r) }) {
			owed = append(owed, g)
		}
	}
	return owed
}

// find returns a task of the list.
func find(list []group, id TaskID) (task, bool) {
	for _, g := range list {
		for _, option := range g.options {
			for _, t := range option {
				if t.id == id {
					return t, true
				}
			}
		}
	}
	return task{}, false
}

// acted returns what was done for rules of which none stands any more and about
// which the clinician has not decided yet, sorted.
func (c Consult) acted(s study) []TaskID {
	if !s.ready || s.err != nil {
		return nil
	}
	var ids []TaskID
	for id, m := range c.Marks {
		gone := !slices.ContainsFunc(m.For, func(r rules.RuleID) bool {
			have, ok := s.standing(r)
			return ok && have.Status == rules.Applies || ok && have.Rule.Effect != rules.Must
		})
		if len(m.For) > 0 && !m.Tried && m.Kept == "" && gone {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
