package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// A condition is a CEL expression over the facts, understood: what it asks of
// which facts. CEL parses it; of CEL's language a condition may use && || ! ==
// != in, parentheses, the ternary, true and false, so that every condition is
// total and finite and can be decided exactly.
type condition struct {
	text  string
	meets formula
	facts []*Fact // those it reads, in reading order
}

// An operator is what a formula does with its parts.
type operator int

const (
	opConstant operator = iota // holds
	opOneOf                    // the fact's answer is one of the values
	opHas                      // the answer to a fact of kind choices has the (one) value as a member
	opNot
	opAnd
	opOr
	opSame   // both hold or neither
	opChoose // if the first then the second, else the third
)

// A formula is the meaning of a condition.
type formula struct {
	op     operator
	holds  bool
	fact   *Fact
	values []Value
	parts  []formula
}

// conditions parses the conditions of a book. Equal texts are parsed once.
type conditions struct {
	parser *cel.Env
	facts  map[FactID]*Fact
	known  map[string]parsed
}

type parsed struct {
	condition *condition
	err       error
}

// maxCondition is the length of the longest condition, in characters. The
// sentence it stands for has at most 250.
const maxCondition = 2000

// newConditions returns a parser of conditions over the facts; facts may be
// added to the map as packs declare them.
func newConditions(facts map[FactID]*Fact) (*conditions, error) {
	env, err := cel.NewCustomEnv(cel.ClearMacros(), cel.ParserExpressionSizeLimit(maxCondition))
	if err != nil {
		return nil, fmt.Errorf("setting up CEL: %w", err)
	}
	return &conditions{parser: env, facts: facts, known: map[string]parsed{}}, nil
}

// parse reads a condition. Its error is a *conditionError, or several joined.
func (cs *conditions) parse(text string) (*condition, error) {
	if p, ok := cs.known[text]; ok {
		return p.condition, p.err
	}
	c, err := cs.understand(text)
	cs.known[text] = parsed{c, err}
	return c, err
}

// A conditionError says what is wrong with a condition and what would be right.
type conditionError struct{ what, remedy string }

func (e *conditionError) Error() string { return e.what + "; " + e.remedy }

func refuse(remedy, what string, args ...any) error {
	return &conditionError{what: fmt.Sprintf(what, args...), remedy: remedy}
}

func (cs *conditions) understand(text string) (*condition, error) {
	if strings.TrimSpace(text) == "" {
		return nil, refuse("write a CEL condition over the vocabulary, or true", "the condition is empty")
	}
	tree, issues := cs.parser.Parse(text)
	if issues.Err() != nil {
		return nil, unreadable(issues.Errors())
	}
	c := &condition{text: text}
	var err error
	c.meets, err = cs.truth(c, tree.NativeRep().Expr())
	if err != nil {
		return nil, err
	}
	return c, nil
}

// unreadable lists what CEL stumbled over, each once.
func unreadable(issues []*common.Error) error {
	var faults []error
	var said []string
	for _, i := range issues {
		if !slices.Contains(said, i.Message) {
			said = append(said, i.Message)
			faults = append(faults, refuse("write a CEL condition", "the condition cannot be read: %s", i.Message))
		}
	}
	return errors.Join(faults...)
}

const allowedOperations = "use only && || ! == != in, ( ), ? :, true and false"

// truth understands an expression that must be true or false.
func (cs *conditions) truth(c *condition, e ast.Expr) (formula, error) {
	switch e.Kind() {
	case ast.LiteralKind:
		if b, ok := e.AsLiteral().(types.Bool); ok {
			return formula{op: opConstant, holds: bool(b)}, nil
		}
		return formula{}, refuse("compare a fact with it", "%v alone is neither true nor false", e.AsLiteral().Value())
	case ast.IdentKind:
		f, err := cs.fact(c, e)
		if err != nil {
			return formula{}, err
		}
		if f.Kind != Bool {
			return formula{}, refuse(howToAsk(f), "%s is of kind %s and alone neither true nor false", f.ID, f.Kind)
		}
		return formula{op: opOneOf, fact: f, values: []Value{Yes}}, nil
	case ast.CallKind:
		return cs.operation(c, e.AsCall())
	}
	return formula{}, errNotAllowed()
}

func errNotAllowed() error {
	return refuse(allowedOperations, "the condition uses something of CEL that conditions may not use")
}

func (cs *conditions) operation(c *condition, call ast.CallExpr) (formula, error) {
	if call.IsMemberFunction() {
		return formula{}, refuse(allowedOperations, "the condition calls %s()", call.FunctionName())
	}
	switch call.FunctionName() {
	case operators.LogicalAnd:
		return cs.combine(c, opAnd, call.Args())
	case operators.LogicalOr:
		return cs.combine(c, opOr, call.Args())
	case operators.LogicalNot:
		return cs.combine(c, opNot, call.Args())
	case operators.Conditional:
		return cs.combine(c, opChoose, call.Args())
	case operators.Equals:
		return cs.equal(c, call.Args()[0], call.Args()[1])
	case operators.NotEquals:
		same, err := cs.equal(c, call.Args()[0], call.Args()[1])
		return formula{op: opNot, parts: []formula{same}}, err
	case operators.In:
		return cs.member(c, call.Args()[0], call.Args()[1])
	}
	name, isOperator := operators.FindReverse(call.FunctionName())
	switch {
	case !isOperator:
		name = call.FunctionName() + "()"
	case name == "":
		return formula{}, errNotAllowed()
	}
	return formula{}, refuse(allowedOperations, "the condition uses %s", name)
}

// combine understands each part; the faults of all parts come together.
func (cs *conditions) combine(c *condition, op operator, args []ast.Expr) (formula, error) {
	f := formula{op: op, parts: make([]formula, len(args))}
	var faults []error
	for i, arg := range args {
		part, err := cs.truth(c, arg)
		if err != nil {
			faults = append(faults, err)
		}
		f.parts[i] = part
	}
	return f, errors.Join(faults...)
}

// equal understands fact == "choice", "choice" == fact and the equality of two
// conditions.
func (cs *conditions) equal(c *condition, a, b ast.Expr) (formula, error) {
	if _, ok := literal(a); ok {
		a, b = b, a
	}
	word, ok := literal(b)
	if !ok {
		return cs.combine(c, opSame, []ast.Expr{a, b})
	}
	f, err := cs.fact(c, a)
	if err != nil {
		return formula{}, err
	}
	if f.Kind != Choice {
		return formula{}, refuse(howToAsk(f), "%s is of kind %s and is compared with %q", f.ID, f.Kind, word)
	}
	return formula{op: opOneOf, fact: f, values: []Value{Value(word)}}, checkValue(f, Value(word))
}

// member understands "member" in choices and choice in ["one", "two"].
func (cs *conditions) member(c *condition, item, list ast.Expr) (formula, error) {
	if word, ok := literal(item); ok {
		f, err := cs.fact(c, list)
		if err != nil {
			return formula{}, err
		}
		if f.Kind != Choices {
			return formula{}, refuse(howToAsk(f), "%q is looked for in %s, which is of kind %s", word, f.ID, f.Kind)
		}
		return formula{op: opHas, fact: f, values: []Value{Value(word)}}, checkValue(f, Value(word))
	}
	f, err := cs.fact(c, item)
	if err != nil {
		return formula{}, err
	}
	if f.Kind != Choice || list.Kind() != ast.ListKind || list.AsList().Size() == 0 {
		return formula{}, refuse(howToAsk(f), "%s is of kind %s and cannot be looked for in that", f.ID, f.Kind)
	}
	among := formula{op: opOneOf, fact: f}
	var faults []error
	for _, e := range list.AsList().Elements() {
		word, ok := literal(e)
		if !ok {
			faults = append(faults, refuse(howToAsk(f), "the list that %s is looked for in holds more than choices", f.ID))
			continue
		}
		among.values = append(among.values, Value(word))
		if err := checkValue(f, Value(word)); err != nil {
			faults = append(faults, err)
		}
	}
	return among, errors.Join(faults...)
}

func (cs *conditions) fact(c *condition, e ast.Expr) (*Fact, error) {
	if e.Kind() != ast.IdentKind {
		return nil, refuse("compare one fact with its choices", "the condition compares something that is no fact")
	}
	f, ok := cs.facts[FactID(e.AsIdent())]
	if !ok {
		return nil, refuse(suggest(e.AsIdent(), sortedKeys(cs.facts)), "unknown fact %q", e.AsIdent())
	}
	if !slices.Contains(c.facts, f) {
		c.facts = append(c.facts, f)
	}
	return f, nil
}

func literal(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := e.AsLiteral().(types.String)
	return string(s), ok
}

func checkValue(f *Fact, v Value) error {
	if slices.ContainsFunc(f.Choices, func(c FactChoice) bool { return c.ID == v }) {
		return nil
	}
	return refuse(suggest(string(v), valueNames(f)), "%q is no choice of %s", v, f.ID)
}

// values returns the answers that f can have; of a fact of kind choices, the
// members that an answer can have.
func (f *Fact) values() []Value {
	if f.Kind == Bool {
		return []Value{No, Yes}
	}
	values := make([]Value, len(f.Choices))
	for i, c := range f.Choices {
		values[i] = c.ID
	}
	return values
}

func valueNames(f *Fact) []string {
	values := f.values()
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return names
}

// howToAsk shows the right form of a condition over f.
func howToAsk(f *Fact) string {
	example := "a_choice"
	if len(f.Choices) > 0 {
		example = string(f.Choices[0].ID)
	}
	switch f.Kind {
	case Choice:
		return fmt.Sprintf("write %s == %q or %s in [%q]", f.ID, example, f.ID, example)
	case Choices:
		return fmt.Sprintf("write %q in %s", example, f.ID)
	}
	return fmt.Sprintf("write %s or !%s", f.ID, f.ID)
}
