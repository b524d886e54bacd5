package rules

import (
	"slices"
)

// A seated is a jurisdiction whose law is looked at, and why.
type seated struct {
	jurisdiction JurisdictionID
	seat         Seat
}

// seats returns the jurisdictions whose law a query is about.
func (q *Query) seats() []seated {
	if q.Client == Federal {
		return []seated{{Federal, SeatFederal}}
	}
	all := []seated{{q.Client, SeatClient}}
	if q.Licence != "" && q.Licence != q.Client && q.Licence != Federal {
		all = append(all, seated{q.Licence, SeatLicence})
	}
	return append(all, seated{Federal, SeatFederal})
}

// check returns an error when q is not within the vocabulary.
func (b *Book) check(q *Query) error {
	if !jurisdictionPattern.MatchString(string(q.Client)) {
		return queryFault("%q is no jurisdiction; write US or a code such as US-CA", q.Client)
	}
	if q.Licence != "" && !jurisdictionPattern.MatchString(string(q.Licence)) {
		return queryFault("%q is no jurisdiction; write US or a code such as US-CA", q.Licence)
	}
	if _, ok := b.professions[q.Profession]; !ok {
		return queryFault("unknown profession %q; %s", q.Profession, suggest(string(q.Profession), sortedKeys(b.professions)))
	}
	for _, t := range q.Topics {
		if _, ok := b.topics[t]; !ok {
			return queryFault("unknown topic %q; %s", t, suggest(string(t), sortedKeys(b.topics)))
		}
	}
	if err := b.checkFacts(q.Facts); err != nil {
		return err
	}
	if q.AsOf.IsZero() {
		return queryFault("the query does not say which day's law it asks for")
	}
	return nil
}

// binds reports whether a list of professions and groups names a licence.
func (b *Book) binds(named []ProfessionID, licence ProfessionID) bool {
	p := b.professions[licence]
	return slices.ContainsFunc(named, func(n ProfessionID) bool {
		return n == Anybody || n == licence || slices.Contains(p.Groups, n)
	})
}

// bound reports whether a rule binds a licence.
func (b *Book) bound(r *Rule, licence ProfessionID) bool {
	return b.binds(r.Professions, licence) && !b.binds(r.Except, licence)
}

// topicOrder returns the urgency of the most urgent of topics that the query
// asks about; ok is false when it asks about none of them.
func (b *Book) topicOrder(q *Query, topics []TopicID) (order int, ok bool) {
	for _, t := range topics {
		if slices.Contains(q.Topics, t) && (!ok || b.topics[t].Order < order) {
			order, ok = b.topics[t].Order, true
		}
	}
	return order, ok
}

// Covers reports whether day d lies within the period, both ends included.
func (p Period) Covers(d Date) bool {
	return (p.From.IsZero() || !d.Before(p.From)) && (p.Until.IsZero() || !p.Until.Before(d))
}

// A scoped rule is one that a query is about.
type scoped struct {
	*bookRule
	seat  Seat
	topic int // the urgency of its topic
}

// scope returns the rules that q is about, by seat and in the order of the packs.
func (b *Book) scope(q *Query) []scoped {
	var all []scoped
	for _, s := range q.seats() {
		for _, p := range b.packs[s.jurisdiction] {
			for _, r := range b.rulesOf[p] {
				order, asked := b.topicOrder(q, r.rule.Topics)
				if asked && b.bound(r.rule, q.Profession) && r.rule.Effective.Covers(q.AsOf) {
					all = append(all, scoped{r, s.seat, order})
				}
			}
		}
	}
	return all
}

// statements returns the statements that q is about, by topic and seat.
func (b *Book) statements(q *Query) []StatementFinding {
	type ordered struct {
		StatementFinding
		topic int
	}
	var all []ordered
	for _, s := range q.seats() {
		for _, p := range b.packs[s.jurisdiction] {
			for i := range p.Statements {
				st := &p.Statements[i]
				order, asked := b.topicOrder(q, st.Topics)
				bound := len(st.Professions) == 0 || b.binds(st.Professions, q.Profession)
				if !asked || !bound {
					continue
				}
				if when, said := b.saidOn(st, q.Facts); said {
					all = append(all, ordered{StatementFinding{st, s.jurisdiction, s.seat, when}, order})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(x, y ordered) int { return x.topic - y.topic })
	findings := make([]StatementFinding, len(all))
	for i, o := range all {
		findings[i] = o.StatementFinding
	}
	return findings
}

// saidOn reports whether a statement holds or may hold on the facts known, and
// what is open of its condition.
func (b *Book) saidOn(st *Statement, facts Facts) (when string, said bool) {
	r, conditional := b.saidWhen[st]
	if !conditional {
		return "", true
	}
	s := stand(r, facts)
	return s.resolveWhen(s.applies, st.When)
}

// gaps returns the topics on which a state's packs say nothing to this
// clinician: no rule that binds the licence that day and no statement.
func (b *Book) gaps(q *Query, rules []scoped, statements []StatementFinding) []Gap {
	var gaps []Gap
	for _, s := range q.seats() {
		if s.jurisdiction == Federal && q.Client != Federal {
			continue
		}
		for _, t := range q.Topics {
			ruled := slices.ContainsFunc(rules, func(r scoped) bool {
				return r.pack.Jurisdiction == s.jurisdiction && slices.Contains(r.rule.Topics, t)
			})
			stated := slices.ContainsFunc(statements, func(f StatementFinding) bool {
				return f.Jurisdiction == s.jurisdiction && slices.Contains(f.Statement.Topics, t)
			})
			if !ruled && !stated {
				gaps = append(gaps, Gap{Topic: t, Jurisdiction: s.jurisdiction})
			}
		}
	}
	return gaps
}

// packRefs names the packs that q rests on.
func (b *Book) packRefs(q *Query) []PackRef {
	var refs []PackRef
	for _, s := range q.seats() {
		for _, p := range b.packs[s.jurisdiction] {
			refs = append(refs, PackRef{
				Jurisdiction: p.Jurisdiction, Name: p.Name, AsOf: p.AsOf, Hash: p.Hash, Review: p.Review,
			})
		}
	}
	return refs
}
