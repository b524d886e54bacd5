package rules

import (
	"testing"
)

// The budgets: all packs load within 300 ms, the first question of a fresh
// consult comes within 20 ms, after that Evaluate and Next together take 1 ms.

func BenchmarkLoadShipped(b *testing.B) {
	for b.Loop() {
		shippedBook(b)
	}
}

// busyQuery is a consult with several concerns in two places.
func busyQuery() Query {
	return Query{
		Client: "US-CA", Licence: "US-TX", Profession: "psychologist",
		Topics: []TopicID{"harm_to_others", "child_abuse", "self_harm"}, Facts: Facts{}, AsOf: Date{2026, 12, 1},
	}
}

func BenchmarkFirstQuestion(b *testing.B) {
	book, q := shippedBook(b), busyQuery()
	for b.Loop() {
		fresh := uncompiled(book)
		evaluate(b, fresh, q)
		next(b, fresh, q)
	}
}

// uncompiled returns a book that nobody has asked anything.
func uncompiled(b *Book) *Book {
	c := b.clone()
	for p, rules := range c.rulesOf {
		fresh := make([]*bookRule, len(rules))
		for i, r := range rules {
			fresh[i] = &bookRule{rule: r.rule, pack: r.pack, conditions: r.conditions}
		}
		c.rulesOf[p] = fresh
	}
	return c
}

func BenchmarkEveryFurtherQuestion(b *testing.B) {
	book, q := shippedBook(b), busyQuery()
	asked := 0
	for b.Loop() {
		evaluate(b, book, q)
		question, more := next(b, book, q)
		if !more || asked > 100 {
			q.Facts, asked = Facts{}, 0
			continue
		}
		q.Facts[question.Fact.ID] = known(question.Fact.values()[asked%len(question.Fact.values())])
		asked++
	}
}

func BenchmarkLint(b *testing.B) {
	book := shippedBook(b)
	for b.Loop() {
		book.Lint(Date{2026, 12, 1})
	}
}
