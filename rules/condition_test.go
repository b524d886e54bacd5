package rules

import (
	"fmt"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"pgregory.net/rapid"
)

// someFacts are one fact of each kind, and a second choice.
func someFacts() map[FactID]*Fact {
	facts := []*Fact{
		{ID: "threat", Kind: Bool},
		{ID: "means", Kind: Bool},
		{ID: "victim", Kind: Choice, Choices: []FactChoice{{ID: "named"}, {ID: "group"}, {ID: "public"}}},
		{ID: "setting", Kind: Choice, Choices: []FactChoice{{ID: "inpatient"}, {ID: "outpatient"}}},
		{ID: "harms", Kind: Choices, Choices: []FactChoice{{ID: "physical"}, {ID: "sexual"}, {ID: "neglect"}}},
	}
	byID := map[FactID]*Fact{}
	for _, f := range facts {
		byID[f.ID] = f
	}
	return byID
}

func parser(t testing.TB, facts map[FactID]*Fact) *conditions {
	t.Helper()
	cs, err := newConditions(facts)
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

func TestAConditionOutsideTheAllowedFormsIsRefusedWithARemedy(t *testing.T) {
	for _, test := range []struct{ name, condition, want string }{
		{"nothing", " ", "the condition is empty; write a CEL condition over the vocabulary, or true"},
		{"an unknown fact", "thret", `unknown fact "thret"; did you mean "threat"?`},
		{"an unknown choice", `victim == "nmed"`, `"nmed" is no choice of victim; did you mean "named"?`},
		{"an unknown choice on the left", `"nmed" != victim`, `"nmed" is no choice of victim; did you mean "named"?`},
		{"an unknown member", `"fysical" in harms`, `"fysical" is no choice of harms; did you mean "physical"?`},
		{"a choice that is not compared", "victim", `victim is of kind choice and alone neither true nor false; write victim == "named"`},
		{"a bool compared with text", `threat == "yes"`, `threat is of kind bool and is compared with "yes"; write threat or !threat`},
		{"a list compared with text", `harms == "physical"`, `harms is of kind choices and is compared with "physical"; write "physical" in harms`},
		{"a member looked for in a choice", `"named" in victim`, `"named" is looked for in victim, which is of kind choice; write victim == "named"`},
		{"a choice looked for in nothing", "victim in []", "victim is of kind choice and cannot be looked for in that"},
		{"a list with a fact in it", "victim in [setting]", "the list that victim is looked for in holds more than choices"},
		{"two choices compared", "victim == setting", "victim is of kind choice and alone neither true nor false"},
		{"two texts compared", `"a" == "b"`, "the condition compares something that is no fact"},
		{"a number", "1", "1 alone is neither true nor false"},
		{"an order", `victim < "named"`, "the condition uses <; use only"},
		{"arithmetic", "threat + means", "the condition uses +; use only"},
		{"a function", "size(harms)", "the condition uses size(); use only"},
		{"a method", `victim.startsWith("n")`, "the condition calls startsWith(); use only"},
		{"a macro", `harms.exists(h, h == "physical")`, "the condition calls exists(); use only"},
		{"a field", "victim.name", "the condition uses something of CEL that conditions may not use"},
		{"an index", "harms[0] == victim", "the condition uses something of CEL that conditions may not use"},
		{"a map", "{}", "the condition uses something of CEL that conditions may not use"},
		{"a condition as long as a chapter", strings.Repeat("threat && ", 200) + "threat", "the condition cannot be read: "},
		{"half a condition", "threat &&", "the condition cannot be read: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := parser(t, someFacts()).parse(test.condition)
			if err == nil {
				t.Fatal("the condition is accepted")
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("the error is\n%v\nand not\n%s", err, test.want)
			}
		})
	}
}

// conditionText draws a condition in one of the allowed forms.
func conditionText(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		if depth == 0 || rapid.IntRange(0, 3).Draw(t, "leaf") == 0 {
			return rapid.SampledFrom([]string{
				"threat", "means", "true", "false", `victim == "named"`, `"group" == victim`, `victim != "public"`,
				`victim in ["named", "public"]`, `setting == "inpatient"`, `!(setting in ["outpatient"])`,
				`"physical" in harms`, `"neglect" in harms`, `!("sexual" in harms)`,
			}).Draw(t, "atom")
		}
		part := func() string { return conditionText(depth-1).Draw(t, "part") }
		switch rapid.IntRange(0, 5).Draw(t, "form") {
		case 0:
			return fmt.Sprintf("(%s) && (%s)", part(), part())
		case 1:
			return fmt.Sprintf("(%s) || (%s)", part(), part())
		case 2:
			return fmt.Sprintf("!(%s)", part())
		case 3:
			return fmt.Sprintf("((%s) ? (%s) : (%s))", part(), part(), part())
		case 4:
			return fmt.Sprintf("(%s) == (%s)", part(), part())
		}
		return fmt.Sprintf("(%s) != (%s)", part(), part())
	})
}

// An oracle says what a condition means by CEL's own checker and interpreter.
type oracle struct {
	env      *cel.Env
	programs map[string]cel.Program
}

func newOracle(t testing.TB, facts map[FactID]*Fact) *oracle {
	t.Helper()
	var variables []cel.EnvOption
	for id, f := range facts {
		kinds := map[FactKind]*cel.Type{Bool: cel.BoolType, Choice: cel.StringType, Choices: cel.ListType(cel.StringType)}
		variables = append(variables, cel.Variable(string(id), kinds[f.Kind]))
	}
	env, err := cel.NewEnv(variables...)
	if err != nil {
		t.Fatal(err)
	}
	return &oracle{env, map[string]cel.Program{}}
}

// activation is a set of answers as CEL sees them; every fact has one.
func activation(facts map[FactID]*Fact, answers Facts) map[string]any {
	values := map[string]any{}
	for id, f := range facts {
		a := answers[id]
		switch f.Kind {
		case Bool:
			values[string(id)] = a.Values[0] == Yes
		case Choice:
			values[string(id)] = string(a.Values[0])
		case Choices:
			list := []string{}
			for _, v := range a.Values {
				list = append(list, string(v))
			}
			values[string(id)] = list
		}
	}
	return values
}

type fatal interface {
	Helper()
	Fatalf(string, ...any)
}

func (o *oracle) program(t fatal, condition string) cel.Program {
	t.Helper()
	if p, ok := o.programs[condition]; ok {
		return p
	}
	tree, issues := o.env.Compile(condition)
	if issues.Err() != nil {
		t.Fatalf("CEL refuses %s: %v", condition, issues.Err())
	}
	if tree.OutputType() != cel.BoolType {
		t.Fatalf("%s is of type %s", condition, tree.OutputType())
	}
	p, err := o.env.Program(tree)
	if err != nil {
		t.Fatalf("planning %s: %v", condition, err)
	}
	o.programs[condition] = p
	return p
}

func (o *oracle) holds(t fatal, condition string, values map[string]any) bool {
	t.Helper()
	v, _, err := o.program(t, condition).Eval(values)
	if err != nil {
		t.Fatalf("evaluating %s: %v", condition, err)
	}
	return v.Value().(bool)
}

// answersTo lists every answer to a fact.
func answersTo(f *Fact) []Answer {
	var all []Answer
	if f.Kind != Choices {
		for _, v := range f.values() {
			all = append(all, known(v))
		}
		return all
	}
	for set := range 1 << len(f.Choices) {
		a := Answer{}
		for i, c := range f.Choices {
			if set&(1<<i) != 0 {
				a.Values = append(a.Values, c.ID)
			}
		}
		all = append(all, a)
	}
	return all
}

// bookRuleOf makes a rule of one element.
func bookRuleOf(t fatal, cs *conditions, when string) *bookRule {
	t.Helper()
	c, err := cs.parse(when)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	return &bookRule{
		rule:       &Rule{Elements: []Element{{ID: "only", When: when}}},
		conditions: map[string]*condition{when: c},
	}
}

func TestWhatIsAcceptedMeansWhatCELMeans(t *testing.T) {
	facts := someFacts()
	cs, o := parser(t, facts), newOracle(t, facts)
	rapid.Check(t, func(t *rapid.T) {
		when := conditionText(3).Draw(t, "condition")
		r := bookRuleOf(t, cs, when)
		c := r.compile()
		for range 20 {
			given := Facts{}
			for _, f := range []FactID{"threat", "means", "victim", "setting", "harms"} {
				given[f] = rapid.SampledFrom(answersTo(facts[f])).Draw(t, string(f))
			}
			_, met := c.diagram.outcomes(c.applies, c.stateOf(given))
			if want := o.holds(t, when, activation(facts, given)); met != want {
				t.Fatalf("%s on %v is %v, in CEL %v", when, given, met, want)
			}
		}
	})
}

func FuzzCondition(f *testing.F) {
	for _, seed := range []string{
		"threat", `victim == "named" && !means`, `"physical" in harms ? threat : means`, `victim in ["named"]`, "a.b(c)[1]", `"\u`,
	} {
		f.Add(seed)
	}
	facts := someFacts()
	o := newOracle(f, facts)
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := parser(t, facts).parse(text); err == nil {
			o.program(t, text)
		}
	})
}
