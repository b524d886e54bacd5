package rules

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// compiledText compiles a condition over some facts.
func compiledText(t *rapid.T, cs *conditions, when string) *compiledRule {
	return bookRuleOf(t, cs, when).compile()
}

// eachState calls visit with every way to complete s.
func eachState(variables []variable, s state, visit func(state)) {
	s = slices.Clone(s)
	var next func(int)
	next = func(i int) {
		if i == len(s) {
			visit(s)
			return
		}
		if s[i] >= 0 {
			next(i + 1)
			return
		}
		was := s[i]
		for v := range variables[i].size {
			s[i] = v
			next(i + 1)
		}
		s[i] = was
	}
	next(0)
}

// value follows a complete state to its end.
func value(d *diagram, f ref, s state) bool {
	for f > always {
		f = d.nodes[f].edges[s[d.nodes[f].level]]
	}
	return f == always
}

func drawState(t *rapid.T, variables []variable) state {
	s := make(state, len(variables))
	for i, v := range variables {
		s[i] = rapid.IntRange(unknown, v.size-1).Draw(t, "state")
	}
	return s
}

func TestEquivalentConditionsAreOneNode(t *testing.T) {
	facts := someFacts()
	cs := parser(t, facts)
	for _, same := range [][2]string{
		{"threat && means || threat && !means", "threat"},
		{"!(threat && means)", "!threat || !means"},
		{`victim == "named" || victim == "group"`, `victim != "public"`},
		{`victim == "named" && victim == "group"`, "false"},
		{`victim in ["named", "group", "public"]`, "true"},
		{"threat ? means : means", "means"},
		{`"physical" in harms || !("physical" in harms)`, "true"},
	} {
		x, y := bookRuleOf(t, cs, same[0]), bookRuleOf(t, cs, same[1])
		c := newCompiler(x, y)
		if c.when(same[0]) != c.when(same[1]) {
			t.Errorf("%s and %s are two nodes", same[0], same[1])
		}
	}
}

func TestAVariableIsAskedExactlyWhenItMatters(t *testing.T) {
	facts := someFacts()
	cs := parser(t, facts)
	rapid.Check(t, func(t *rapid.T) {
		c := compiledText(t, cs, conditionText(3).Draw(t, "condition"))
		d := c.diagram
		marks := make([]bool, len(d.variables))
		d.support(c.applies, marks)
		matters := make([]bool, len(d.variables))
		open := make(state, len(d.variables))
		for i := range open {
			open[i] = -1
		}
		eachState(d.variables, open, func(s state) {
			for i := range s {
				other := slices.Clone(s)
				for v := range d.variables[i].size {
					other[i] = v
					matters[i] = matters[i] || value(d, c.applies, other) != value(d, c.applies, s)
				}
			}
		})
		if !slices.Equal(marks, matters) {
			t.Fatalf("asked are %v, matter %v", marks, matters)
		}
	})
}

func TestOutcomesAreThoseOfSomeCompletion(t *testing.T) {
	facts := someFacts()
	cs := parser(t, facts)
	rapid.Check(t, func(t *rapid.T) {
		c := compiledText(t, cs, conditionText(3).Draw(t, "condition"))
		s := drawState(t, c.diagram.variables)
		var missed, met bool
		eachState(c.diagram.variables, s, func(s state) {
			if value(c.diagram, c.applies, s) {
				met = true
			} else {
				missed = true
			}
		})
		if canMiss, canMeet := c.diagram.outcomes(c.applies, s); canMiss != missed || canMeet != met {
			t.Fatalf("the outcomes are %v, %v and not %v, %v", canMiss, canMeet, missed, met)
		}
	})
}

func TestAProjectionHoldsForAllOrForSomeOfWhatIsUnknown(t *testing.T) {
	facts := someFacts()
	cs := parser(t, facts)
	rapid.Check(t, func(t *rapid.T) {
		c := compiledText(t, cs, conditionText(3).Draw(t, "condition"))
		d := c.diagram
		given := drawState(t, d.variables)
		to := newDiagram(d.variables)
		all, some := d.project(to, c.applies, given, forAll), d.project(to, c.applies, given, forAny)
		for _, f := range []ref{all, some} {
			marks := make([]bool, len(d.variables))
			to.support(f, marks)
			for i := range marks {
				if marks[i] && given[i] != open {
					t.Fatalf("variable %d is not open and still asked", i)
				}
			}
		}
		// Fix what is open in each way, and try each way the unknown could be.
		asked := slices.Clone(given)
		for i := range asked {
			if asked[i] == unknown {
				asked[i] = 0
			}
		}
		eachState(d.variables, asked, func(s state) {
			partly := slices.Clone(s)
			for i := range partly {
				if given[i] == unknown {
					partly[i] = unknown
				}
			}
			everywhere, somewhere := true, false
			eachState(d.variables, partly, func(full state) {
				v := value(d, c.applies, full)
				everywhere, somewhere = everywhere && v, somewhere || v
			})
			if value(to, all, s) != everywhere || value(to, some, s) != somewhere {
				t.Fatalf("on %v the projections are %v, %v and not %v, %v",
					s, value(to, all, s), value(to, some, s), everywhere, somewhere)
			}
		})
	})
}
