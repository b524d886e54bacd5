package deid

import "curbside/dialog/deid/internal/lexicon"

// bridges takes in the words of grammar between two halves of a name, and the last
// half where it is a word that everybody writes with a capital: Rochester School +
// for the Deaf.
func (d *doc) bridges() {
	for i := range d.t {
		t := &d.t[i]
		if t.form != word || t.possessive || t.hit != Organization && t.hit != Place && t.hit != Post && t.hit != Unknown && !(t.hit == Name && t.class.Has(lexicon.English) && t.class&(lexicon.Given1|lexicon.Given2) == 0) || d.isHit(i+1) || t.casing == lower && d.cased {
			continue
		}
		k := i + 1
		if !d.is(k, "of", "for", "&") || d.at(k).gap != ' ' {
			continue
		}
		for d.is(k, "of", "for", "&", "the", "our", "all") && k < i+4 {
			k++
		}
		end := d.at(k)
		if end.form != word || end.gap != ' ' || end.placed || d.at(k-1).casing == upper && d.cased {
			continue
		}
		switch {
		case d.isHit(k) && end.hit != Date && end.hit != Age:
			d.take(i+1, k, t)
		case d.cased && end.casing == initial && !end.opens && t.hit != Name && !d.has(k, lexicon.Weekday|lexicon.Month|lexicon.Kin|lexicon.Title) && t.casing == initial && (t.hit == Organization || t.hit == Unknown):
			end.kept = false
			d.take(i+1, k+1, t)
		}
	}
}
