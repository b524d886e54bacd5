package rules

import (
	"encoding/binary"
	"slices"
)

// A diagram holds conditions over finite variables as a reduced, ordered,
// multi-valued decision diagram: a graph that asks the variables in a fixed
// order, with one edge for each value, and ends in never or always. Equal parts
// are shared and a node whose edges all lead to the same place does not exist.
// Therefore two conditions are equivalent exactly when they are the same node,
// and a variable matters to a condition exactly when a node asks it. That is
// what makes "no question whose answer cannot change the finding" a fact and
// not a hope.
//
// The idea is Bryant's: Graph-Based Algorithms for Boolean Function
// Manipulation, IEEE Transactions on Computers C-35 (1986).
//
// Building adds nodes and is for one goroutine; a diagram that is no longer
// added to may be read by many.
type diagram struct {
	variables []variable
	nodes     []node
	unique    map[string]ref // by the bytes of a node: makes equal nodes one
	chosen    map[[3]ref]ref // what choose has worked out
	key       []byte
}

// A variable is one fact, or one member of a fact of kind choices, which is
// in the answer (value 1) or not (value 0).
type variable struct {
	fact   *Fact
	member Value // "" unless the fact is of kind choices
	size   int   // the number of values
}

// A ref is a condition of a diagram.
type ref int32

// The conditions that ask nothing.
const (
	never  ref = 0
	always ref = 1
)

// A node asks the variable at its level: the condition goes on at the edge of
// its value. Edges lead to deeper levels only.
type node struct {
	level int
	edges []ref
}

// A state says what is known of each variable: the index of its value, or that
// it is open (it can still be asked) or unknown (it was asked in vain).
type state []int

const (
	open    = -1
	unknown = -2
)

func newDiagram(variables []variable) *diagram {
	d := &diagram{variables: variables, unique: map[string]ref{}, chosen: map[[3]ref]ref{}}
	d.nodes = []node{never: {level: len(variables)}, always: {level: len(variables)}}
	return d
}

// ask returns the condition that goes on at edges[v] when the variable at level
// has the value v. It keeps edges when it returns a new node.
func (d *diagram) ask(level int, edges []ref) ref {
	if !slices.ContainsFunc(edges, func(e ref) bool { return e != edges[0] }) {
		return edges[0]
	}
	d.key = binary.LittleEndian.AppendUint16(d.key[:0], uint16(level))
	for _, e := range edges {
		d.key = binary.LittleEndian.AppendUint32(d.key, uint32(e))
	}
	if r, ok := d.unique[string(d.key)]; ok {
		return r
	}
	r := ref(len(d.nodes))
	d.nodes = append(d.nodes, node{level, edges})
	d.unique[string(d.key)] = r
	return r
}

// choose returns the condition "if f then g else h", from which all others are made.
func (d *diagram) choose(f, g, h ref) ref {
	switch {
	case f == always || g == h:
		return g
	case f == never:
		return h
	case g == always && h == never:
		return f
	}
	if r, ok := d.chosen[[3]ref{f, g, h}]; ok {
		return r
	}
	level := min(d.nodes[f].level, d.nodes[g].level, d.nodes[h].level)
	edges := make([]ref, d.variables[level].size)
	for v := range edges {
		edges[v] = d.choose(d.edge(f, level, v), d.edge(g, level, v), d.edge(h, level, v))
	}
	r := d.ask(level, edges)
	d.chosen[[3]ref{f, g, h}] = r
	return r
}

// edge follows f for the value v of the variable at level.
func (d *diagram) edge(f ref, level, v int) ref {
	if d.nodes[f].level != level {
		return f
	}
	return d.nodes[f].edges[v]
}

func (d *diagram) not(f ref) ref    { return d.choose(f, never, always) }
func (d *diagram) and(f, g ref) ref { return d.choose(f, g, never) }
func (d *diagram) or(f, g ref) ref  { return d.choose(f, always, g) }

// outcomes reports whether some completion of s misses f and whether some
// meets it. Every path of a diagram asks a variable at most once, so each edge
// that s leaves open leads to a completion that takes it.
func (d *diagram) outcomes(f ref, s state) (canMiss, canMeet bool) {
	seen := make([]bool, max(f, always)+1) // edges lead to nodes made before
	stack := make([]ref, 1, 16)
	stack[0] = f
	for len(stack) > 0 && !(seen[never] && seen[always]) {
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[r] {
			continue
		}
		seen[r] = true
		if r <= always {
			continue
		}
		n := d.nodes[r]
		if v := s[n.level]; v >= 0 {
			stack = append(stack, n.edges[v])
		} else {
			stack = append(stack, n.edges...)
		}
	}
	return seen[never], seen[always]
}

// constant reports whether the open variables of s do not matter to f.
func (d *diagram) constant(f ref, s state) bool {
	canMiss, canMeet := d.outcomes(f, s)
	return !canMiss || !canMeet
}

// A view says what a projection makes of variables that are unknown.
type view int

const (
	forAll view = iota // the condition holds whatever they are
	forAny             // the condition holds for some value of them
)

// project returns, in the diagram to, what is left of f when the variables
// known in s are put in and the unknown ones are taken out as v says. Both
// diagrams have the same variables.
func (d *diagram) project(to *diagram, f ref, s state, v view) ref {
	done := make([]ref, f+1)
	for i := range done {
		done[i] = -1
	}
	return d.projectInto(to, done, f, s, v)
}

func (d *diagram) projectInto(to *diagram, done []ref, f ref, s state, v view) ref {
	if f <= always {
		return f
	}
	if done[f] >= 0 {
		return done[f]
	}
	n := d.nodes[f]
	if value := s[n.level]; value >= 0 {
		done[f] = d.projectInto(to, done, n.edges[value], s, v)
		return done[f]
	}
	edges := make([]ref, len(n.edges))
	for i, e := range n.edges {
		edges[i] = d.projectInto(to, done, e, s, v)
	}
	if s[n.level] == open {
		done[f] = to.ask(n.level, edges)
	} else {
		done[f] = to.join(edges, v)
	}
	return done[f]
}

// join takes a variable out: the condition holds on all of its edges, or on some.
func (d *diagram) join(edges []ref, v view) ref {
	joined := edges[0]
	for _, e := range edges[1:] {
		if v == forAll {
			joined = d.and(joined, e)
		} else {
			joined = d.or(joined, e)
		}
	}
	return joined
}

// support marks, by level, the variables that f asks: exactly those that matter.
func (d *diagram) support(f ref, marks []bool) {
	d.mark(f, marks, make([]bool, f+1))
}

func (d *diagram) mark(f ref, marks, seen []bool) {
	if f <= always || seen[f] {
		return
	}
	seen[f] = true
	marks[d.nodes[f].level] = true
	for _, e := range d.nodes[f].edges {
		d.mark(e, marks, seen)
	}
}
