package rules

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
)

// The properties hold for every book; they are tried on the invented one and on
// the shipped packs. Random choices are seeded: a failure comes again.
func eachBook(t *testing.T, try func(t *testing.T, b *Book)) {
	t.Run("invented", func(t *testing.T) { try(t, testBook(t)) })
	t.Run("shipped", func(t *testing.T) { try(t, shippedBook(t)) })
}

// A reference decides a rule by CEL's interpreter and by trying every answer,
// with nothing of diagrams in it.
type reference struct {
	t      *testing.T
	oracle *oracle
	rule   *bookRule
	facts  []*Fact             // those that the rule reads
	given  Facts               // known and unknown ones
	likely map[FactID][]Answer // answers that differ to the rule
}

func newReference(t *testing.T, o *oracle, r *bookRule, given Facts) *reference {
	ref := &reference{t: t, oracle: o, rule: r, facts: r.compile().facts, given: given, likely: map[FactID][]Answer{}}
	for _, f := range ref.facts {
		ref.likely[f.ID] = distinctAnswers(r, f)
	}
	return ref
}

// distinctAnswers lists the answers that a rule can tell apart: members that it
// does not mention are left out.
func distinctAnswers(r *bookRule, f *Fact) []Answer {
	if f.Kind != Choices {
		return answersTo(f)
	}
	mentioned := &Fact{ID: f.ID, Kind: Choices}
	for _, c := range f.Choices {
		for _, text := range conditionsOf(r.rule) {
			if mentions(r.conditions[text].meets, f, c.ID) {
				mentioned.Choices = append(mentioned.Choices, c)
				break
			}
		}
	}
	return answersTo(mentioned)
}

func mentions(f formula, fact *Fact, v Value) bool {
	return f.fact == fact && slices.Contains(f.values, v) ||
		slices.ContainsFunc(f.parts, func(p formula) bool { return mentions(p, fact, v) })
}

// values are the rule's facts as CEL sees them.
func (r *reference) values(facts Facts) map[string]any {
	byID := map[FactID]*Fact{}
	for _, f := range r.facts {
		byID[f.ID] = f
	}
	return activation(byID, facts)
}

// applies decides the rule on complete answers, as the doc of [Rule] says.
func (r *reference) applies(facts Facts) bool {
	values := r.values(facts)
	met := func(e *Element) bool { return r.oracle.holds(r.t, e.When, values) }
	all := func(elements []Element) bool {
		for i := range elements {
			if !met(&elements[i]) {
				return false
			}
		}
		return true
	}
	if !all(r.rule.rule.Elements) {
		return false
	}
	if limbs := r.rule.rule.AnyOf; len(limbs) > 0 && !slices.ContainsFunc(limbs, func(l Limb) bool { return all(l.Elements) }) {
		return false
	}
	for i := range r.rule.rule.Unless {
		if met(&r.rule.rule.Unless[i]) {
			return false
		}
	}
	return true
}

// every calls visit with given and every answer to those of facts that pick
// chooses.
func (r *reference) every(given Facts, pick func(*Fact) bool, visit func(Facts)) {
	current := Facts{}
	for id, a := range given {
		current[id] = a
	}
	var next func(int)
	next = func(i int) {
		if i == len(r.facts) {
			visit(current)
			return
		}
		f := r.facts[i]
		if !pick(f) {
			next(i + 1)
			return
		}
		was, had := current[f.ID]
		for _, a := range r.likely[f.ID] {
			current[f.ID] = a
			next(i + 1)
		}
		delete(current, f.ID)
		if had {
			current[f.ID] = was
		}
	}
	next(0)
}

func (r *reference) isOpen(f *Fact) bool { _, answered := r.given[f.ID]; return !answered }

func (r *reference) isUnknown(f *Fact) bool { return r.given[f.ID].Unknown }

// completions is the number of complete answers that given leaves.
func (r *reference) completions() int {
	n := 1
	for _, f := range r.facts {
		if r.isOpen(f) || r.isUnknown(f) {
			n *= len(r.likely[f.ID])
		}
	}
	return n
}

// ends is where the rule ends once the open facts are answered and the unknown
// ones stay unknown.
func (r *reference) ends(answered Facts) Status {
	var missed, met bool
	r.every(answered, r.isUnknown, func(full Facts) {
		if r.applies(full) {
			met = true
		} else {
			missed = true
		}
	})
	switch {
	case !met:
		return DoesNotApply
	case missed || r.rule.rule.capped():
		return Undetermined
	}
	return Applies
}

// status is where the rule stands now: where it must end whatever the open and
// unknown facts are, or undetermined.
func (r *reference) status() Status {
	all := map[Status]bool{}
	r.every(r.given, r.isOpen, func(answered Facts) { all[r.ends(answered)] = true })
	if len(all) == 1 {
		for s := range all {
			return s
		}
	}
	return Undetermined
}

// needs are the open facts of which some answer changes where the rule ends.
func (r *reference) needs() []FactID {
	var needed []FactID
	for _, f := range r.facts {
		if !r.isOpen(f) {
			continue
		}
		matters := false
		r.every(r.given, func(o *Fact) bool { return r.isOpen(o) && o != f }, func(others Facts) {
			var first Status
			for _, a := range r.likely[f.ID] {
				others[f.ID] = a
				s := r.ends(others)
				matters = matters || first != "" && s != first
				first = s
			}
			delete(others, f.ID)
		})
		if matters {
			needed = append(needed, f.ID)
		}
	}
	return needed
}

// randomFacts answers some facts of a rule, until few enough completions are
// left to try them all.
func randomFacts(t *testing.T, o *oracle, r *bookRule, random *rand.Rand, atMost int) *reference {
	ref := newReference(t, o, r, Facts{})
	for _, f := range ref.facts {
		switch random.IntN(3) {
		case 0:
			ref.given[f.ID] = ref.likely[f.ID][random.IntN(len(ref.likely[f.ID]))]
		case 1:
			ref.given[f.ID] = dontKnow
		}
	}
	for _, i := range random.Perm(len(ref.facts)) {
		if ref.completions() <= atMost {
			break
		}
		f := ref.facts[i]
		ref.given[f.ID] = ref.likely[f.ID][random.IntN(len(ref.likely[f.ID]))]
	}
	return ref
}

func TestStatusAndRelevanceAreThoseOfTryingEveryAnswer(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		o := newOracle(t, b.facts)
		random := rand.New(rand.NewPCG(1, 2))
		times := 4
		if len(b.rules) < 10 {
			times = 200
		}
		for _, r := range b.rules {
			for range times {
				ref := randomFacts(t, o, r, random, 200)
				s := stand(r, ref.given)
				if got, want := s.status(), ref.status(); got != want {
					t.Fatalf("%s on %v stands at %s, by trying at %s", r.rule.ID, ref.given, got, want)
				}
				var asked []FactID
				if i, ok := s.question(); ok {
					for _, f := range i.facts {
						asked = append(asked, f.ID)
					}
				}
				want := ref.needs()
				slices.Sort(asked)
				slices.Sort(want)
				if !slices.Equal(asked, want) {
					t.Fatalf("%s on %v needs %v, by trying %v", r.rule.ID, ref.given, asked, want)
				}
			}
		}
	})
}

func TestEveryRuleCanApply(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		for _, r := range b.rules {
			if s := stand(r, nil); s.met == DoesNotApply {
				t.Errorf("no answers let %s apply", r.rule.ID)
			}
		}
	})
}

func TestEveryElementDecidesSomeCase(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		for _, r := range b.rules {
			c := newCompiler(r)
			elements := c.elements(r.rule)
			for i, e := range elements {
				if c.applies(r.rule, elements) == c.applies(r.rule, without(elements, i)) {
					t.Errorf("%s ends the same with and without its element %s", r.rule.ID, e.element.ID)
				}
			}
		}
	})
}

// randomQuery draws what a consult could be about in a book.
func randomQuery(b *Book, random *rand.Rand) Query {
	places := slices.DeleteFunc(b.Jurisdictions(), func(j JurisdictionID) bool { return j == Federal })
	if len(places) == 0 {
		places = []JurisdictionID{Federal}
	}
	q := Query{
		Client:     places[random.IntN(len(places))],
		Profession: b.vocabulary.Professions[random.IntN(len(b.vocabulary.Professions))].ID,
		Facts:      Facts{},
		AsOf:       Date{2026, 12, 1},
	}
	if random.IntN(3) == 0 {
		q.Licence = places[random.IntN(len(places))]
	}
	for range 1 + random.IntN(2) {
		topic := b.vocabulary.Topics[random.IntN(len(b.vocabulary.Topics))].ID
		if !slices.Contains(q.Topics, topic) {
			q.Topics = append(q.Topics, topic)
		}
	}
	return q
}

func randomAnswer(f *Fact, random *rand.Rand) Answer {
	if random.IntN(6) == 0 {
		return dontKnow
	}
	if f.Kind != Choices {
		return known(f.values()[random.IntN(len(f.values()))])
	}
	a := Answer{}
	for _, v := range f.values() {
		if random.IntN(3) == 0 {
			a.Values = append(a.Values, v)
		}
	}
	return a
}

// conclusion is what of a finding a clinician acts on.
func conclusion(f Finding) []any {
	var all []any
	for _, r := range f.Rules {
		all = append(all, r.Rule.ID, r.Status)
		if r.Status == Applies {
			all = append(all, r.Discharge, r.Tell, r.Deadlines)
		}
	}
	return all
}

func TestEveryDialogEndsWhereNoAnswerMatters(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		random := rand.New(rand.NewPCG(3, 4))
		for range 60 {
			q := randomQuery(b, random)
			for {
				question, more := next(t, b, q)
				if !more {
					break
				}
				if _, again := q.Facts[question.Fact.ID]; again {
					t.Fatalf("%+v: %s is asked twice", q, question.Fact.ID)
				}
				if len(question.For) == 0 || question.Left < 1 {
					t.Fatalf("%+v: the question %s is for %v, left %d", q, question.Fact.ID, question.For, question.Left)
				}
				q.Facts[question.Fact.ID] = randomAnswer(question.Fact, random)
			}
			end := conclusion(evaluate(t, b, q))
			for range 5 {
				more := q
				more.Facts = Facts{}
				for id, f := range b.facts {
					if a, answered := q.Facts[id]; answered {
						more.Facts[id] = a
					} else if owner := b.factOwner[id]; owner == "" || owner == q.Client || owner == q.Licence {
						more.Facts[id] = randomAnswer(f, random)
					}
				}
				if other := conclusion(evaluate(t, b, more)); !reflect.DeepEqual(other, end) {
					t.Fatalf("the dialog of %+v ended too early: %v turns it", q, more.Facts)
				}
			}
		}
	})
}

func TestAQuestionIsOnlyAskedWhenSomeAnswerChangesTheFinding(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		o := newOracle(t, b.facts)
		random := rand.New(rand.NewPCG(5, 6))
		for range 60 {
			q := randomQuery(b, random)
			for {
				question, more := next(t, b, q)
				if !more {
					break
				}
				if question.For[0].Element != nil && !slices.ContainsFunc(question.For, func(n Need) bool {
					ref := newReference(t, o, b.byID[n.Rule.ID], q.Facts)
					return ref.completions() > 2000 || slices.Contains(ref.needs(), question.Fact.ID)
				}) {
					t.Fatalf("%+v: no answer to %s changes a rule that it is asked for", q, question.Fact.ID)
				}
				q.Facts[question.Fact.ID] = randomAnswer(question.Fact, random)
			}
		}
	})
}

func TestNotKnowingIsNeverFirmerThanKnowing(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		random := rand.New(rand.NewPCG(7, 8))
		for _, r := range b.rules {
			given := Facts{}
			for _, f := range r.compile().facts {
				if random.IntN(2) == 0 {
					given[f.ID] = randomAnswer(f, random)
				}
			}
			before := stand(r, given)
			for id := range given {
				less := Facts{}
				for other, a := range given {
					less[other] = a
				}
				less[id] = dontKnow
				after := stand(r, less)
				if after.status() != Undetermined && after.status() != before.status() {
					t.Fatalf("%s on %v is %s, without knowing %s it is %s", r.rule.ID, given, before.status(), id, after.status())
				}
			}
		}
	})
}

func TestTheSameQueryGivesTheSameFinding(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		random := rand.New(rand.NewPCG(9, 10))
		for range 30 {
			q := randomQuery(b, random)
			for _, f := range b.vocabulary.Facts {
				if random.IntN(2) == 0 {
					q.Facts[f.ID] = randomAnswer(&f, random)
				}
			}
			if x, y := evaluate(t, b, q), evaluate(t, b, q); !reflect.DeepEqual(x, y) {
				t.Fatalf("%+v has two findings", q)
			}
			x, _ := next(t, b, q)
			if y, _ := next(t, b, q); !reflect.DeepEqual(x, y) {
				t.Fatalf("%+v has two questions", q)
			}
		}
	})
}

func TestManyMayAskAtOnce(t *testing.T) {
	eachBook(t, func(t *testing.T, b *Book) {
		random := rand.New(rand.NewPCG(11, 12))
		queries := make([]Query, 40)
		for i := range queries {
			queries[i] = randomQuery(b, random)
		}
		findings := make([]Finding, len(queries))
		var all sync.WaitGroup
		for i, q := range queries {
			all.Go(func() {
				findings[i], _ = b.Evaluate(q)
				_, _, _ = b.Next(q)
			})
		}
		all.Wait()
		for i, q := range queries {
			if again := evaluate(t, b, q); !reflect.DeepEqual(findings[i], again) {
				t.Fatalf("%+v has another finding when many ask", q)
			}
		}
	})
}
