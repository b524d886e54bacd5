package rules

import (
	"slices"
	"sync"
)

// A bookRule is a rule in its book: which pack it comes from and, once somebody
// has asked about it, its diagram.
type bookRule struct {
	rule *Rule
	pack *Pack

	conditions map[string]*condition // by text: all conditions of the rule
	once       sync.Once
	compiled   *compiledRule
}

// A compiledRule is a rule as conditions of one diagram.
type compiledRule struct {
	diagram  *diagram
	levels   map[FactID][]int // where a fact's variables stand
	facts    []*Fact          // those the rule reads, in reading order
	applies  ref              // the rule itself
	elements []compiledElement
	branches map[*Discharge]branch
	tell     []ref // by index of Rule.Tell
	deadline []ref // by index of Rule.Deadlines
	details  []ref // what can differ in branches, recipients and deadlines, each once
}

// A branch is a node of a discharge tree as conditions.
type branch struct {
	counts  ref // its own condition and those of the nodes above it are met
	certain ref // its own condition is met wherever those above it are
}

// A compiledElement is an element as a condition.
type compiledElement struct {
	element *Element
	limb    string
	except  bool
	met     ref
	facts   []FactID
}

// compile returns the rule's diagram, which is made on first use.
func (r *bookRule) compile() *compiledRule {
	r.once.Do(func() {
		r.compiled = newCompiler(r).build(r)
		// Nothing is added any more, so what only building needs can go.
		r.compiled.diagram.unique, r.compiled.diagram.chosen = nil, nil
	})
	return r.compiled
}

type memberOf struct {
	fact   FactID
	member Value
}

// A compiler turns rules into conditions of one diagram.
type compiler struct {
	conditions map[string]*condition
	variables  []variable
	levels     map[FactID][]int
	members    map[memberOf]int
	facts      []*Fact
	diagram    *diagram
}

// newCompiler fixes the order of the variables: the facts in the order in which
// the rules read them, the members of one fact next to each other. Elements
// mostly read facts of their own, which keeps such a diagram small.
func newCompiler(rules ...*bookRule) *compiler {
	c := &compiler{conditions: map[string]*condition{}, levels: map[FactID][]int{}, members: map[memberOf]int{}}
	mentioned := map[FactID][]Value{}
	for _, r := range rules {
		for _, text := range conditionsOf(r.rule) {
			c.conditions[text] = r.conditions[text]
			c.mention(r.conditions[text].meets, mentioned)
		}
	}
	for _, f := range c.facts {
		if f.Kind != Choices {
			c.levels[f.ID] = []int{len(c.variables)}
			c.variables = append(c.variables, variable{fact: f, size: len(f.values())})
			continue
		}
		for _, v := range f.values() {
			if slices.Contains(mentioned[f.ID], v) {
				c.members[memberOf{f.ID, v}] = len(c.variables)
				c.levels[f.ID] = append(c.levels[f.ID], len(c.variables))
				c.variables = append(c.variables, variable{fact: f, member: v, size: 2})
			}
		}
	}
	c.diagram = newDiagram(c.variables)
	return c
}

func (c *compiler) mention(f formula, mentioned map[FactID][]Value) {
	if f.fact != nil {
		if _, seen := mentioned[f.fact.ID]; !seen {
			c.facts = append(c.facts, f.fact)
		}
		mentioned[f.fact.ID] = append(mentioned[f.fact.ID], f.values...)
	}
	for _, part := range f.parts {
		c.mention(part, mentioned)
	}
}

// conditionsOf lists the texts of all conditions of a rule in reading order.
func conditionsOf(r *Rule) []string {
	var texts []string
	add := func(when string) {
		if when != "" && !slices.Contains(texts, when) {
			texts = append(texts, when)
		}
	}
	for _, e := range elementsOf(r) {
		add(e.element.When)
	}
	eachBranch(r.Discharge, func(d *Discharge) { add(d.When) })
	for i := range r.Tell {
		add(r.Tell[i].When)
	}
	for i := range r.Deadlines {
		add(r.Deadlines[i].When)
	}
	return texts
}

// elementsOf lists all elements of a rule: its own, its limbs', its exceptions.
func elementsOf(r *Rule) []compiledElement {
	var all []compiledElement
	for i := range r.Elements {
		all = append(all, compiledElement{element: &r.Elements[i]})
	}
	for i := range r.AnyOf {
		limb := &r.AnyOf[i]
		for j := range limb.Elements {
			all = append(all, compiledElement{element: &limb.Elements[j], limb: limb.ID})
		}
	}
	for i := range r.Unless {
		all = append(all, compiledElement{element: &r.Unless[i], except: true})
	}
	return all
}

// eachBranch calls visit for d and everything under it, parents first.
func eachBranch(d *Discharge, visit func(*Discharge)) {
	if d == nil {
		return
	}
	visit(d)
	for _, branches := range [][]Discharge{d.All, d.Any, d.First} {
		for i := range branches {
			eachBranch(&branches[i], visit)
		}
	}
}

// build compiles the whole rule.
func (c *compiler) build(from *bookRule) *compiledRule {
	r := from.rule
	out := &compiledRule{diagram: c.diagram, levels: c.levels, facts: c.facts, branches: map[*Discharge]branch{}}
	out.elements = c.elements(r)
	out.applies = c.applies(r, out.elements)
	c.branch(out, r.Discharge, always)
	for i := range r.Tell {
		out.tell = append(out.tell, c.when(r.Tell[i].When))
	}
	for i := range r.Deadlines {
		out.deadline = append(out.deadline, c.when(r.Deadlines[i].When))
	}
	out.details = slices.Concat(out.tell, out.deadline)
	for _, b := range out.branches {
		out.details = append(out.details, b.counts, b.certain)
	}
	slices.Sort(out.details)
	out.details = slices.Compact(out.details)
	return out
}

// elements returns the elements of a rule with their conditions.
func (c *compiler) elements(r *Rule) []compiledElement {
	all := elementsOf(r)
	for i := range all {
		all[i].met = c.when(all[i].element.When)
		for _, f := range c.conditions[all[i].element.When].facts {
			all[i].facts = append(all[i].facts, f.ID)
		}
	}
	return all
}

// applies returns when a rule applies: its own elements, one of its limbs if it
// has any, and no exception.
func (c *compiler) applies(r *Rule, elements []compiledElement) ref {
	d := c.diagram
	own, excepted := always, never
	limbs := map[string]ref{}
	for _, limb := range r.AnyOf {
		limbs[limb.ID] = always
	}
	for _, e := range elements {
		switch {
		case e.except:
			excepted = d.or(excepted, e.met)
		case e.limb != "":
			limbs[e.limb] = d.and(limbs[e.limb], e.met)
		default:
			own = d.and(own, e.met)
		}
	}
	if len(r.AnyOf) > 0 {
		some := never
		for _, limb := range r.AnyOf {
			some = d.or(some, limbs[limb.ID])
		}
		own = d.and(own, some)
	}
	return d.and(own, d.not(excepted))
}

// branch adds the conditions of a node and of everything under it.
func (c *compiler) branch(out *compiledRule, d *Discharge, parent ref) {
	if d == nil {
		return
	}
	when := c.when(d.When)
	own := branch{counts: c.diagram.and(parent, when), certain: c.diagram.or(c.diagram.not(parent), when)}
	out.branches[d] = own
	for _, branches := range [][]Discharge{d.All, d.Any, d.First} {
		for i := range branches {
			c.branch(out, &branches[i], own.counts)
		}
	}
}

// when returns a condition of the rule; none is always met.
func (c *compiler) when(text string) ref {
	if text == "" {
		return always
	}
	return c.formula(c.conditions[text].meets)
}

func (c *compiler) formula(f formula) ref {
	d := c.diagram
	parts := make([]ref, len(f.parts))
	for i, p := range f.parts {
		parts[i] = c.formula(p)
	}
	switch f.op {
	case opConstant:
		if f.holds {
			return always
		}
		return never
	case opOneOf:
		return c.oneOf(f)
	case opHas:
		return d.ask(c.members[memberOf{f.fact.ID, f.values[0]}], []ref{never, always})
	case opNot:
		return d.not(parts[0])
	case opAnd:
		return d.and(parts[0], parts[1])
	case opOr:
		return d.or(parts[0], parts[1])
	case opSame:
		return d.choose(parts[0], parts[1], d.not(parts[1]))
	}
	return d.choose(parts[0], parts[1], parts[2])
}

func (c *compiler) oneOf(f formula) ref {
	values := f.fact.values()
	edges := make([]ref, len(values))
	for i, v := range values {
		if slices.Contains(f.values, v) {
			edges[i] = always
		}
	}
	return c.diagram.ask(c.levels[f.fact.ID][0], edges)
}
