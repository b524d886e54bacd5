package rules

import (
	"cmp"
	"slices"
)

// Evaluate applies the law of q's jurisdictions to its facts. A jurisdiction
// that has no pack is no error: each topic is then a [Gap]. It returns a
// *[QueryError] when q names a jurisdiction that cannot exist, no day, or a
// topic, profession, fact or answer outside the vocabulary.
func (b *Book) Evaluate(q Query) (Finding, error) {
	if err := b.check(&q); err != nil {
		return Finding{}, err
	}
	rules := b.scope(&q)
	type ordered struct {
		RuleFinding
		topic int
	}
	found := make([]ordered, len(rules))
	for i, r := range rules {
		found[i] = ordered{b.ruleFinding(r, q.Facts), r.topic}
	}
	slices.SortStableFunc(found, func(x, y ordered) int {
		return cmp.Or(byUrgency(x.RuleFinding, y.RuleFinding), cmp.Compare(x.topic, y.topic))
	})
	var f Finding
	for _, o := range found {
		f.Rules = append(f.Rules, o.RuleFinding)
	}
	f.Statements = b.statements(&q)
	f.Conflicts = b.conflicts(f.Rules)
	f.Gaps = b.gaps(&q, rules, f.Statements)
	f.Packs = b.packRefs(&q)
	return f, nil
}

// byUrgency compares findings: what must be done or left undone for certain,
// what may turn out so, what is permitted or good practice, what does not apply.
func byUrgency(x, y RuleFinding) int {
	return cmp.Or(
		cmp.Compare(band(x), band(y)),
		cmp.Compare(effectOrder(x.Rule.Effect), effectOrder(y.Rule.Effect)),
		cmp.Compare(x.Status, y.Status), // "applies" sorts before "undetermined"
	)
}

func band(f RuleFinding) int {
	switch {
	case f.Status == DoesNotApply:
		return 3
	case f.Rule.Effect == May || f.Rule.Effect == Should:
		return 2
	case f.Status == Undetermined:
		return 1
	}
	return 0
}

// A standing is a rule on the answers given.
type standing struct {
	*compiledRule
	rule  *Rule
	state state
	met   Status // of the rule's conditions alone
}

func stand(r *bookRule, facts Facts) standing {
	c := r.compile()
	s := standing{compiledRule: c, rule: r.rule, state: c.stateOf(facts)}
	s.met = s.statusOf(c.applies)
	return s
}

// capped reports whether a rule never stands firmer than undetermined.
func (r *Rule) capped() bool { return r.Confidence == Low || r.Unsettled }

// status is what the finding says of the rule.
func (s *standing) status() Status {
	if s.met == Applies && s.rule.capped() {
		return Undetermined
	}
	return s.met
}

// statusOf is where one condition of the rule stands.
func (s *standing) statusOf(condition ref) Status {
	canMiss, canMeet := s.diagram.outcomes(condition, s.state)
	switch {
	case !canMiss:
		return Applies
	case !canMeet:
		return DoesNotApply
	}
	return Undetermined
}

// stateOf puts answers into the variables of the rule.
func (c *compiledRule) stateOf(facts Facts) state {
	s := make(state, len(c.diagram.variables))
	for i, v := range c.diagram.variables {
		s[i] = v.state(facts)
	}
	return s
}

func (v variable) state(facts Facts) int {
	a, answered := facts[v.fact.ID]
	switch {
	case !answered:
		return open
	case a.Unknown:
		return unknown
	case v.member == "":
		return slices.Index(v.fact.values(), a.Values[0])
	case slices.Contains(a.Values, v.member):
		return 1
	}
	return 0
}

func (b *Book) ruleFinding(r scoped, facts Facts) RuleFinding {
	s := stand(r.bookRule, facts)
	f := RuleFinding{Rule: r.rule, Jurisdiction: r.pack.Jurisdiction, Seat: r.seat, Status: s.status()}
	f.Elements = make([]ElementFinding, len(s.elements))
	for i, e := range s.elements {
		f.Elements[i] = ElementFinding{
			Element: e.element, Limb: e.limb, Except: e.except, Status: s.statusOf(e.met), Facts: e.facts,
		}
	}
	if f.Status == Undetermined {
		f.Settles = b.settles(s)
	}
	f.Discharge = s.resolve(r.rule.Discharge)
	for i, t := range r.rule.Tell {
		if when, kept := s.resolveWhen(s.tell[i], t.When); kept {
			t.When = when
			f.Tell = append(f.Tell, t)
		}
	}
	for i, d := range r.rule.Deadlines {
		if when, kept := s.resolveWhen(s.deadline[i], d.When); kept {
			d.When = when
			f.Deadlines = append(f.Deadlines, d)
		}
	}
	return f
}

// resolveWhen drops what is excluded, and the condition of what is certain.
func (s *standing) resolveWhen(condition ref, when string) (string, bool) {
	switch s.statusOf(condition) {
	case Applies:
		return "", true
	case DoesNotApply:
		return "", false
	}
	return when, true
}

// resolve returns what is left of a discharge tree: branches that are excluded
// are gone, and so are nodes with nothing left in them.
func (s *standing) resolve(d *Discharge) *Discharge {
	if d == nil {
		return nil
	}
	b := s.branches[d]
	if s.statusOf(b.counts) == DoesNotApply {
		return nil
	}
	left := *d
	if s.statusOf(b.certain) == Applies {
		left.When = ""
	}
	left.All, left.Any, left.First = s.resolveAll(d.All), s.resolveAll(d.Any), s.resolveAll(d.First)
	if left.Action == "" && len(left.All)+len(left.Any)+len(left.First) == 0 {
		return nil
	}
	return &left
}

func (s *standing) resolveAll(branches []Discharge) []Discharge {
	var left []Discharge
	for i := range branches {
		if d := s.resolve(&branches[i]); d != nil {
			left = append(left, *d)
		}
	}
	return left
}

// settles returns the facts that could still settle an undetermined rule, also
// those that were answered with "I don't know": those that alone settle it with
// most of their answers first.
func (b *Book) settles(s standing) []FactID {
	s.state = slices.Clone(s.state)
	for i, v := range s.state {
		if v == unknown {
			s.state[i] = open
		}
	}
	type telling struct {
		fact   FactID
		chance float64
	}
	var facts []telling
	if i, waits := s.question(); waits {
		for _, f := range i.facts {
			facts = append(facts, telling{f.ID, i.chance(f)})
		}
	}
	slices.SortStableFunc(facts, func(x, y telling) int {
		return cmp.Or(cmp.Compare(y.chance, x.chance), b.inOrder(x.fact, y.fact))
	})
	ids := make([]FactID, len(facts))
	for i, t := range facts {
		ids[i] = t.fact
	}
	return ids
}

// conflicts pairs each bar with each disclosure it may stand against.
func (b *Book) conflicts(rules []RuleFinding) []Conflict {
	var conflicts []Conflict
	for _, bar := range rules {
		if !bar.Rule.Bars || bar.Status == DoesNotApply {
			continue
		}
		for _, duty := range rules {
			if duty.Status != DoesNotApply && b.disclosing(duty.Rule) {
				conflicts = append(conflicts, Conflict{Bar: bar.Rule.ID, Duty: duty.Rule.ID})
			}
		}
	}
	return conflicts
}

// disclosing reports whether following a rule lets somebody outside treatment
// learn of the client.
func (b *Book) disclosing(r *Rule) bool {
	if r.Effect != Must && r.Effect != May {
		return false
	}
	discloses := false
	eachBranch(r.Discharge, func(d *Discharge) {
		discloses = discloses || d.Action != "" && b.actions[d.Action].Discloses
	})
	return discloses || slices.ContainsFunc(r.Tell, func(t Recipient) bool { return b.actions[t.Action].Discloses })
}
