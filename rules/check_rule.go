package rules

import "fmt"

// Anybody is the profession that a rule names when it binds every licence.
const Anybody ProfessionID = "any"

func (l *loader) checkRule(at place, r *bookRule) {
	rule := r.rule
	l.checkTopicIDs(at.key("topics"), rule.Topics)
	oneOf(l, at.key("effect"), "effect", rule.Effect, Must, May, MustNot, Should)
	for i, b := range rule.Basis {
		oneOf(l, at.key("basis").at(i), "basis", b, Statute, Regulation, CaseLaw, EthicsCode)
	}
	if len(rule.Professions) == 0 {
		l.report(at.key("professions"), "the rule binds nobody", `name the professions, or ["any"]`)
	}
	l.checkProfessions(at.key("professions"), rule.Professions)
	l.checkProfessions(at.key("except_professions"), rule.Except)
	oneOf(l, at.key("sign_off"), "sign_off", rule.SignOff, Concurrent, Required)
	if rule.Effect == Must && rule.SignOff == Required {
		l.report(at.key("sign_off"), "what must be done never waits for a sign-off", "write concurrent")
	}
	oneOf(l, at.key("confidence"), "confidence", rule.Confidence, High, Medium, Low)
	if e := rule.Effective; !e.From.IsZero() && !e.Until.IsZero() && e.Until.Before(e.From) {
		l.report(at.key("effective"), "the rule ends before it begins", "let from be the earlier day")
	}
	l.checkBar(at, rule)
	l.checkElements(at, r)
	l.checkDischarge(at.key("discharge"), r, rule.Discharge, true)
	for i := range rule.Tell {
		t := &rule.Tell[i]
		p := at.key("tell").at(i)
		refer(l, p.key("action"), "action", t.Action, l.book.actions)
		l.checkAgency(p.key("agency"), r.pack, t.Agency)
		l.checkWhen(p.key("when"), r, t.When)
	}
	for i := range rule.Deadlines {
		l.checkDeadline(at.key("deadlines").at(i), r, &rule.Deadlines[i])
	}
}

func (l *loader) checkBar(at place, rule *Rule) {
	if rule.Effect != MustNot {
		if rule.Bars {
			l.report(at.key("bars"), fmt.Sprintf("a %s rule bars nothing", rule.Effect), "leave bars out")
		}
		if len(rule.WaysOut) > 0 {
			l.report(at.key("ways_out"), fmt.Sprintf("a %s rule needs no ways out", rule.Effect), "leave ways_out out")
		}
		return
	}
	if rule.Bars && l.extends {
		l.report(at.key("bars"), "a practice cannot bar what the law demands", "leave bars out")
	}
}

func (l *loader) checkElements(at place, r *bookRule) {
	seen := map[string]bool{}
	check := func(p place, elements []Element) {
		for i := range elements {
			e := &elements[i]
			l.checkName(p.at(i).key("id"), "element", e.ID, seen)
			if e.When == "" {
				l.report(p.at(i), fmt.Sprintf("element %q has no condition", e.ID), "write one under when, or true")
				continue
			}
			l.checkWhen(p.at(i).key("when"), r, e.When)
		}
	}
	check(at.key("elements"), r.rule.Elements)
	limbs := map[string]bool{}
	for i := range r.rule.AnyOf {
		limb := &r.rule.AnyOf[i]
		p := at.key("any_of").at(i)
		l.checkName(p.key("id"), "limb", limb.ID, limbs)
		if len(limb.Elements) == 0 {
			l.report(p, fmt.Sprintf("limb %q has no elements", limb.ID), "write them, or leave the limb out")
		}
		check(p.key("elements"), limb.Elements)
	}
	check(at.key("unless"), r.rule.Unless)
}

// checkName checks the id of a part of a rule, which is unique in its rule.
func (l *loader) checkName(p place, kind, id string, seen map[string]bool) {
	if !wordPattern.MatchString(id) {
		l.report(p, fmt.Sprintf("%q is no id for the %s", id, kind), "write it as "+wordPattern.String())
	}
	if seen[id] {
		l.report(p, fmt.Sprintf("the rule has %s %q already", kind, id), "use an id that is not taken")
	}
	seen[id] = true
}

// checkWhen reads a condition that may be left out.
func (l *loader) checkWhen(p place, r *bookRule, when string) {
	if when == "" {
		return
	}
	if c := l.condition(p, r.pack, when); c != nil {
		r.conditions[when] = c
	}
}

func (l *loader) checkAgency(p place, pack *Pack, id string) {
	if id == "" {
		return
	}
	if _, ok := l.book.Agency(pack.Jurisdiction, id); !ok {
		known := map[string]bool{}
		for _, other := range l.book.packs[pack.Jurisdiction] {
			for i := range other.Agencies {
				known[other.Agencies[i].ID] = true
			}
		}
		l.report(p, fmt.Sprintf("unknown agency %q", id), suggest(id, sortedKeys(known)))
	}
}

func (l *loader) checkDischarge(p place, r *bookRule, d *Discharge, root bool) {
	if d == nil {
		return
	}
	set := 0
	for _, is := range []bool{d.Action != "", len(d.All) > 0, len(d.Any) > 0, len(d.First) > 0} {
		if is {
			set++
		}
	}
	if set != 1 {
		l.report(p, fmt.Sprintf("the step sets %d of action, all, any and first", set), "set exactly one")
	}
	switch {
	case root && d.Kind != "":
		oneOf(l, p.key("kind"), "kind of discharge", d.Kind, MeetsDuty, EarnsImmunity)
	case !root && d.Kind != "":
		l.report(p.key("kind"), "a kind stands inside the tree", "write it at the root of discharge only")
	}
	if d.Action != "" {
		refer(l, p.key("action"), "action", d.Action, l.book.actions)
	} else if d.Agency != "" {
		l.report(p.key("agency"), "the step has an agency and no action", "name the action that reaches the agency")
	}
	l.checkAgency(p.key("agency"), r.pack, d.Agency)
	l.checkWhen(p.key("when"), r, d.When)
	for i := range d.All {
		l.checkDischarge(p.key("all").at(i), r, &d.All[i], false)
	}
	for i := range d.Any {
		l.checkDischarge(p.key("any").at(i), r, &d.Any[i], false)
	}
	for i := range d.First {
		l.checkDischarge(p.key("first").at(i), r, &d.First[i], false)
	}
}

func (l *loader) checkDeadline(p place, r *bookRule, d *Deadline) {
	refer(l, p.key("action"), "action", d.Action, l.book.actions)
	oneOf(l, p.key("form"), "form", d.Form, "oral", "written", "electronic", "any")
	oneOf(l, p.key("from"), "start of a clock", d.From, "knowledge", "oral_report", "consent", "request")
	if d.Immediate != "" {
		oneOf(l, p.key("immediate"), "kind of immediate", d.Immediate, "law", "treat_as")
	}
	switch {
	case d.Hours < 0 || d.WorkingDays < 0:
		l.report(p, "the clock runs backwards", "write a positive number")
	case d.Hours == 0 && d.WorkingDays == 0 && d.Immediate == "":
		l.report(p, "the clock has no length", "write hours, working_days or immediate")
	}
	l.checkLimit(p, d)
	l.checkWhen(p.key("when"), r, d.When)
}

// checkLimit checks the words that say how the outer limit of a clock is counted.
func (l *loader) checkLimit(p place, d *Deadline) {
	both := d.Hours > 0 && d.WorkingDays > 0
	switch {
	case both && d.Whichever == "":
		l.report(p, "the clock has hours and working days", "write one of them, or whichever: earlier or later")
	case !both && d.Whichever != "":
		l.report(p.key("whichever"), "the clock has no two limits to choose from", "write hours and working_days, or leave whichever out")
	case both:
		oneOf(l, p.key("whichever"), "choice between two limits", d.Whichever, "earlier", "later")
	}
	if d.DaysOff != "" {
		oneOf(l, p.key("days_off"), "way to count days off", d.DaysOff, "left_out")
		if d.Hours == 0 {
			l.report(p.key("days_off"), "the clock has no hours from which days off could be left out", "write hours; working days leave them out already")
		}
	}
	if d.Until != "" {
		oneOf(l, p.key("until"), "end of a clock", d.Until, "end_of_day")
		if d.WorkingDays == 0 {
			l.report(p.key("until"), "the clock has no working days that could count to their end", "write working_days, or leave until out")
		}
	}
}
