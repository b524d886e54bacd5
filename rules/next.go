package rules

import (
	"cmp"
	"slices"
)

// Next returns the question whose answer is expected to end the consult
// earliest. It returns false when no answer can change the finding any more.
// Its errors are those of [Book.Evaluate].
//
// What must be done is settled first, then what must not, may and should be
// done; within that the most urgent concern, and a rule before its details.
// Among the questions that help there, the one comes first that alone closes
// the most issues of all rules, its answers taken as equally likely; then the
// one that more issues wait for; then the facts' own order. A question that
// makes sense only after another comes after it.
func (b *Book) Next(q Query) (Question, bool, error) {
	if err := b.check(&q); err != nil {
		return Question{}, false, err
	}
	var issues []issue
	left := map[FactID]bool{}
	add := func(i issue, topic int, now bool) {
		for _, f := range i.facts {
			left[f.ID] = true
		}
		if now {
			i.topic = topic
			issues = append(issues, i)
		}
	}
	for _, r := range b.scope(&q) {
		s := stand(r.bookRule, q.Facts)
		if s.met == DoesNotApply {
			continue
		}
		if i, ok := s.question(); ok {
			add(i, r.topic, true)
		}
		for _, i := range s.openDetails() {
			add(i, r.topic, s.met == Applies)
		}
	}
	fact := b.mostTelling(issues)
	if fact == nil {
		return Question{}, false, nil
	}
	return Question{Fact: fact, For: needsOf(fact, issues), Left: len(left)}, true, nil
}

// mostTelling returns the fact to ask next, or nil when none is needed.
func (b *Book) mostTelling(issues []issue) *Fact {
	if len(issues) == 0 {
		return nil
	}
	type telling struct {
		fact   *Fact
		closes float64 // how many issues its answer can be expected to close
		needed int     // how many issues wait for it
	}
	var candidates []telling
	for _, f := range presupposedFirst(factsInTurn(issues), issues) {
		t := telling{fact: f}
		for _, i := range issues {
			if slices.Contains(i.facts, f) {
				t.closes += i.chance(f)
				t.needed++
			}
		}
		candidates = append(candidates, t)
	}
	return slices.MinFunc(candidates, func(x, y telling) int {
		return cmp.Or(
			cmp.Compare(y.closes, x.closes), cmp.Compare(y.needed, x.needed), b.inOrder(x.fact.ID, y.fact.ID),
		)
	}).fact
}

// factsInTurn returns the facts that the issues to settle first wait for.
func factsInTurn(issues []issue) []*Fact {
	first := slices.MinFunc(issues, inTurn)
	var facts []*Fact
	for _, i := range issues {
		if inTurn(i, first) != 0 {
			continue
		}
		for _, f := range i.facts {
			if !slices.Contains(facts, f) {
				facts = append(facts, f)
			}
		}
	}
	return facts
}

// presupposedFirst puts in the place of each fact those that it comes after, as
// far as an issue waits for them.
func presupposedFirst(facts []*Fact, issues []issue) []*Fact {
	var first []*Fact
	var seen []*Fact
	var take func(f *Fact)
	take = func(f *Fact) {
		if slices.Contains(seen, f) {
			return
		}
		seen = append(seen, f)
		before := waitedFor(f.After, issues)
		if len(before) == 0 {
			first = append(first, f)
		}
		for _, b := range before {
			take(b)
		}
	}
	for _, f := range facts {
		take(f)
	}
	return first
}

// waitedFor returns those of the facts that some issue waits for.
func waitedFor(ids []FactID, issues []issue) []*Fact {
	var facts []*Fact
	for _, id := range ids {
		for _, i := range issues {
			if n := slices.IndexFunc(i.facts, func(f *Fact) bool { return f.ID == id }); n >= 0 {
				facts = append(facts, i.facts[n])
				break
			}
		}
	}
	return facts
}

// needsOf lists the rules that wait for a fact, each with the elements that
// read it and are not decided. A rule that needs it only to say how it is
// discharged, who is told or by when has no element.
func needsOf(f *Fact, issues []issue) []Need {
	var needs []Need
	for _, i := range issues {
		if !slices.Contains(i.facts, f) {
			continue
		}
		if i.detail {
			n := Need{Rule: i.standing.rule}
			if !slices.Contains(needs, n) {
				needs = append(needs, n)
			}
			continue
		}
		for _, e := range i.standing.elements {
			if slices.Contains(e.facts, f.ID) && i.standing.statusOf(e.met) == Undetermined {
				needs = append(needs, Need{Rule: i.standing.rule, Element: e.element})
			}
		}
	}
	return needs
}
