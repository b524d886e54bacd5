package rules

import (
	"fmt"
	"strings"
)

// Lint looks for what loading lets pass and a reader would stumble over: texts
// that are missing or too long for a card, citations nobody can look up, law
// that is old, elements and rules that no answer can meet. It is for people who
// write packs; a book with errors among its faults should not be used.
func (b *Book) Lint(today Date) []Fault {
	l := &linter{book: b, today: today, read: map[FactID]bool{}}
	for _, d := range b.documents {
		at := reopen(d)
		if d.file == vocabularyFile {
			l.vocabulary(at)
		} else {
			l.actions(at)
		}
	}
	for _, j := range b.Jurisdictions() {
		for _, p := range b.packs[j] {
			l.pack(reopen(b.origins[p]), p)
		}
	}
	l.unusedFacts()
	l.askedInOrder()
	sortFaults(l.faults)
	return l.faults
}

// reopen parses a document again, for its lines.
func reopen(d *document) place {
	again := &document{file: d.file, data: d.data}
	again.parse() // It was parsed without fault when the book was loaded.
	return again.top()
}

// A linter collects faults.
type linter struct {
	book   *Book
	today  Date
	faults []Fault
	read   map[FactID]bool // facts that some rule reads

	declared []declaredFact
}

type declaredFact struct {
	place place
	id    FactID
}

func (l *linter) report(s Severity, p place, what, remedy string) {
	f := p.fault(what, remedy)
	f.Severity = s
	l.faults = append(l.faults, f)
}

// text checks a text that must be there and has a limit in characters.
func (l *linter) text(p place, what, s string, limit int) {
	if strings.TrimSpace(s) == "" {
		l.report(Error, p, "there is no "+what, "write it")
		return
	}
	l.limit(p, what, s, limit)
}

// limit checks a text that may be missing.
func (l *linter) limit(p place, what, s string, limit int) {
	if n := len([]rune(s)); n > limit {
		l.report(Error, p, fmt.Sprintf("the %s has %d characters", what, n), fmt.Sprintf("keep it to %d", limit))
	}
}

func (l *linter) pack(top place, p *Pack) {
	if due := p.AsOf.nextYear(); due.Before(l.today) {
		l.report(Warning, top.key("as_of"), fmt.Sprintf("the law was looked up on %s, more than a year ago", p.AsOf),
			"look it up again and set as_of")
	}
	for i := range p.Facts {
		l.fact(top.key("facts").at(i), &p.Facts[i])
	}
	for i := range p.Agencies {
		l.agency(top.key("agencies").at(i), &p.Agencies[i])
	}
	for i := range p.Rules {
		at := top.key("rules").at(i)
		l.ruleTexts(at, &p.Rules[i])
		l.ruleLaw(at, &p.Rules[i])
		l.ruleLogic(at, l.book.byID[p.Rules[i].ID])
	}
	for i := range p.Statements {
		l.statement(top.key("statements").at(i), &p.Statements[i])
	}
	l.contradictions(top, p)
}

// nextYear returns the same day a year later.
func (d Date) nextYear() Date { return DateOf(d.time().AddDate(1, 0, 0)) }

func (l *linter) unusedFacts() {
	for _, d := range l.declared {
		if !l.read[d.id] {
			l.report(Warning, d.place, fmt.Sprintf("no rule reads fact %q", d.id), "leave it out or let a rule read it")
		}
	}
}
