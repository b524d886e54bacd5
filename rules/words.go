package rules

import "strings"

// InWords returns a condition of a rule as people say it, in the labels of the
// facts and their choices: "Source of the threat: the client". It returns "" for
// a condition that the rule does not have.
func (b *Book) InWords(id RuleID, when string) string {
	r, ok := b.byID[id]
	if !ok {
		return ""
	}
	c, ok := r.conditions[when]
	if !ok {
		return ""
	}
	return c.meets.words()
}

// SaidWhen returns the condition of a statement as [Book.InWords] says those of a
// rule, "" for a statement without one.
func (b *Book) SaidWhen(s *Statement) string {
	r, conditional := b.saidWhen[s]
	if !conditional {
		return ""
	}
	return r.conditions[s.When].meets.words()
}

// words says a formula; parts that hold several parts stand in parentheses.
func (f formula) words() string {
	switch f.op {
	case opConstant:
		if f.holds {
			return "always"
		}
		return "never"
	case opOneOf, opHas:
		return f.asked(true)
	case opNot:
		if part := f.parts[0]; part.op == opOneOf || part.op == opHas {
			return part.asked(false)
		}
		return "not " + f.parts[0].inside()
	case opAnd:
		return f.joined(" and ")
	case opOr:
		return f.joined(" or ")
	case opSame:
		return f.joined(" exactly when ")
	}
	return "if " + f.parts[0].inside() + " then " + f.parts[1].inside() + ", otherwise " + f.parts[2].inside()
}

// inside is how a formula stands within another.
func (f formula) inside() string {
	if f.op == opConstant || f.op == opOneOf || f.op == opHas || f.op == opNot {
		return f.words()
	}
	return "(" + f.words() + ")"
}

func (f formula) joined(by string) string {
	parts := make([]string, len(f.parts))
	for i, p := range f.parts {
		parts[i] = p.inside()
		if p.op == f.op && f.op != opSame { // and within and needs no parentheses
			parts[i] = p.words()
		}
	}
	return strings.Join(parts, by)
}

// asked says what is asked of one fact, or the opposite.
func (f formula) asked(holds bool) string {
	if f.fact.Kind == Bool {
		if holds == (f.values[0] == Yes) {
			return f.fact.Short + ": yes"
		}
		return f.fact.Short + ": no"
	}
	labels := make([]string, len(f.values))
	for i, v := range f.values {
		labels[i] = "“" + f.fact.label(v) + "”"
	}
	verb := map[bool]string{true: ": ", false: ": not "}[holds]
	if f.op == opHas {
		verb = map[bool]string{true: " includes ", false: " does not include "}[holds]
	}
	return f.fact.Short + verb + strings.Join(labels, " or ")
}

// label is a choice as it is shown.
func (f *Fact) label(v Value) string {
	for _, c := range f.Choices {
		if c.ID == v {
			return c.Label
		}
	}
	return string(v)
}
