package dialog

import (
	"slices"

	"curbside/rules"
)

// A study is the law on a case at one moment: the finding so far and the next
// question it needs. It is computed anew whenever it is wanted and never kept.
type study struct {
	ready    bool // everything a finding needs besides facts is answered
	finding  rules.Finding
	question rules.Question
	asking   bool  // a question is left
	err      error // the book cannot answer for this case
}

func studied(env Env, c Consult) study {
	if !c.Case.ready() {
		return study{}
	}
	q := query(env.Book, c.Case)
	s := study{ready: true}
	if s.finding, s.err = env.Book.Evaluate(q); s.err != nil {
		return s
	}
	s.question, s.asking, s.err = env.Book.Next(q)
	return s
}

// complete reports whether no answer can change the finding any more.
func (s study) complete() bool { return s.ready && s.err == nil && !s.asking }

// ready reports whether everything besides facts is known.
func (k Case) ready() bool {
	return k.Where != "" && k.Licence != "" && k.Profession != "" && len(k.Topics) > 0
}

// query puts a case to the book. Where the client's place is not known, the law
// of the licence speaks, and the card says so. Answers that the book of today
// does not know any more are left out, so that they are asked again.
func query(b *rules.Book, k Case) rules.Query {
	q := rules.Query{Client: k.Client, Licence: k.Licence, Profession: k.Profession, AsOf: k.AsOf, Facts: rules.Facts{}}
	if q.Licence == NoLicence {
		q.Licence = ""
	}
	if k.Where != WhereKnown {
		q.Client = q.Licence
	}
	if q.Client == "" {
		q.Client = rules.Federal
	}
	for _, topic := range k.Topics {
		if _, ok := b.Topic(topic); ok {
			q.Topics = append(q.Topics, topic)
		}
	}
	for id, answer := range k.Facts {
		if fact, ok := b.Fact(id); ok && fits(fact, answer) {
			q.Facts[id] = answer
		}
	}
	return q
}

// fits reports whether an answer is one the fact can have.
func fits(f *rules.Fact, a rules.Answer) bool {
	if a.Unknown {
		return len(a.Values) == 0
	}
	if f.Kind != rules.Choices && len(a.Values) != 1 {
		return false
	}
	for _, v := range a.Values {
		if !offers(f, v) {
			return false
		}
	}
	return true
}

func offers(f *rules.Fact, v rules.Value) bool {
	if f.Kind == rules.Bool {
		return v == rules.Yes || v == rules.No
	}
	return slices.ContainsFunc(f.Choices, func(c rules.FactChoice) bool { return c.ID == v })
}

// subject returns what the card asks now, "" when nothing is left to ask.
func subject(c Consult, s study) Subject {
	switch {
	case c.Ask != "":
		return c.Ask
	case c.Case.Where == "":
		return SubjectClient
	case c.Case.Licence == "":
		return SubjectLicence
	case c.Case.Profession == "":
		return SubjectProfession
	case len(c.Case.Topics) == 0:
		return SubjectTopics
	case s.asking:
		return SubjectOf(s.question.Fact.ID)
	default:
		return ""
	}
}

// prune drops the answers that no question led to: those that only a path the
// clinician has left had asked for. No answer it drops can change the finding.
func prune(b *rules.Book, k *Case) {
	q := query(b, *k)
	known := q.Facts
	q.Facts = rules.Facts{}
	for {
		question, ok, err := b.Next(q)
		if err != nil {
			return
		}
		if !ok {
			break
		}
		answer, had := known[question.Fact.ID]
		if !had {
			return
		}
		q.Facts[question.Fact.ID] = answer
	}
	k.Facts = q.Facts
	k.Order = slices.DeleteFunc(k.Order, func(g Given) bool { _, kept := q.Facts[g.Fact]; return !kept })
}

// rules returns the rules of a finding with one of the effects that stand at the status.
func (s study) rules(status rules.Status, effects ...rules.Effect) []rules.RuleFinding {
	var found []rules.RuleFinding
	for _, r := range s.finding.Rules {
		if r.Status == status && slices.Contains(effects, r.Rule.Effect) {
			found = append(found, r)
		}
	}
	return found
}

// standing returns the rule of the finding, if it applies or is undetermined.
func (s study) standing(id rules.RuleID) (rules.RuleFinding, bool) {
	for _, r := range s.finding.Rules {
		if r.Rule.ID == id && r.Status != rules.DoesNotApply {
			return r, true
		}
	}
	return rules.RuleFinding{}, false
}
