package deid

import "curbside/dialog/deid/internal/lexicon"

// phrases finds names of places in several words, and keeps the fixed phrases
// of law and of regions: "Tarasoff v. Regents", "West Virginia".
func (d *doc) phrases() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		if t.form != word || t.hit != "" || t.kept || !t.class.Has(lexicon.Opens) {
			continue
		}
		place, keep := d.phrase(i, lexicon.Place), d.phrase(i, lexicon.Law|lexicon.Region)
		switch {
		case keep > 0 && keep >= place && !d.titled(i):
			if d.has(keep, lexicon.Street) && d.at(keep).casing == initial || d.is(keep, "city", "county", "beach") && d.at(keep).casing == initial && !d.is(keep-1, "state") {
				d.hit(i, keep+1, Place)
				continue
			}
			d.keep(i, keep)
			i = keep - 1
		case place > 0 && d.townPhrase(i, place):
			d.hit(i, place, Place)
			i = place - 1
		}
	}
}

func (d *doc) keep(i, j int) {
	for ; i < j; i++ {
		d.t[i].kept = true
	}
}

// townPhrase tells "grand rapids" from words that happen to stand together.
func (d *doc) townPhrase(i, end int) bool {
	capitals, common := 0, 0
	for k := i; k < end; k++ {
		t := &d.t[k]
		if t.form != word {
			continue
		}
		if t.casing == initial && (!t.opens || k > i) && d.cased {
			capitals++
		}
		if t.class.Has(lexicon.Words20|lexicon.Words35|lexicon.Function|lexicon.Person|lexicon.Clinical) && !t.class.Has(lexicon.Strong) {
			common++
		}
	}
	if capitals > 0 && !d.capitalHarmlessPhrase(i, end) {
		return true
	}
	leads := d.is(i-1, "in", "near", "to", "from", "outside") && (d.at(end).form == mark || d.at(end).gap == '\n' || d.has(end, lexicon.Function))
	return leads || d.placedBefore(i) || common < end-i-1 || common == 0 || d.is(end, ",") && d.has(end+1, lexicon.Region)
}

func (d *doc) capitalHarmlessPhrase(i, end int) bool {
	for k := i; k < end; k++ {
		if !d.has(k, lexicon.Capital|lexicon.Clinical|lexicon.Function|lexicon.Person) {
			return false
		}
	}
	return true
}

// placedBefore reports whether what stands before token i leads to a place.
func (d *doc) placedBefore(i int) bool {
	k := i - 1
	if d.is(k, "the", "downtown", "nearby", "rural", "east", "west", "north", "south") {
		k--
	}
	if k < 0 {
		return false
	}
	return d.has(k, lexicon.Placed) && !d.is(k, "near", "from", "outside", "downtown", "visited", "visiting") || d.phraseBefore(k, lexicon.Placed) || d.is(k, "in", "near", "from", "outside", "at", "downtown", "visited", "visiting", "to") && d.is(k+1, "downtown", "rural") ||
		d.is(k, "near", "from", "outside", "downtown", "visiting")
}

// placeHere reports whether a common word is the name of a town: "lives in bend".
func (d *doc) placeHere(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if !t.class.Has(lexicon.Place) || t.class.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Number|lexicon.Clinical) || d.has(i, lexicon.Generic) {
		return false
	}
	if next.text == "," && d.has(i+2, lexicon.Region) && d.at(i+2).class&lexicon.Function == 0 && !d.is(i+2, "in", "me", "or", "ok", "hi") {
		return d.is(i-1, "in", "near", "from", "to", "at", "of") || d.placedBefore(i)
	}
	if next.class.Has(lexicon.Region) && next.form == word && len(next.text) > 2 && next.casing != lower && d.is(i-1, "in", "near", "from", "to") {
		return true
	}
	if d.is(i-1, "from") && !d.is(i-2, "moved", "came", "comes", "is", "are", "was", "hails", "client", "back", "fled", "drove", "family", "transferred", "flew", "she's", "he's", "they're", "originally", "over", "relocated") {
		return false
	}
	if !d.placedBefore(i) || d.is(i-1, "the") {
		return false
	}
	return next.form == mark || next.gap == '\n' || next.class.Has(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Unit|lexicon.Weekday) || d.isHit(i+1)
}

// regionHere reports whether a state, country or people that is also a
// person's name stands where a region does.
func (d *doc) regionHere(i int) bool {
	t, prev, next := &d.t[i], d.at(i-1), d.at(i+1)
	c := t.class
	if d.titled(i) || d.cuedName(i) {
		return false
	}
	person := c.Has(lexicon.Given1 | lexicon.Given2)
	if !person && c.Has(lexicon.Region) && !c.Has(lexicon.Surname1) {
		return true
	}
	switch {
	case d.is(i-1, "in", "from", "of", "under", "to", "across", "and", "or", "outside", "for", "both", "within", "near", "via", "through", "visited", "visiting", "left", ",", "/", "(", "west", "northern", "southern", "eastern", "western", "south", "north", "central", "upstate", "rural", "is", "are", "speaks", "speak", "speaking", "a", "an", "as", "the", "native", "than", "between") && !(d.is(i-1, "and", "or", ",", "for", "to", "of", "is", "from") && (next.class.Has(lexicon.Says) || t.possessive || d.isHit(i-2))):
		return !next.class.Has(lexicon.Says) || next.class.Has(lexicon.Function) || prev.form == mark
	case d.is(i+1, "law", "laws", "statute", "statutes", "code", "licensed", "license", "licence", "licensure", "board", "state", "rule", "rules", "courts", "court", "cps", "aps", "dcf", "dcfs", "clinic", "resident", "residents", "client", "clients", "duty", "requires", "allows", "says", "permits", "has", "penal", "civil", "health", "based", "speaking", "descent", "origin", "heritage", "ancestry", "immigrant", "immigrants", "refugee", "refugees", "family", "man", "woman", "american", "americans", "male", "female", "couple", "culture", "community", "language", "parents", "mother", "father", "and", "or", "-", "/", "christian", "catholic", "statutory", "medicaid", "hotline", "psychologist", "therapist", "counselor", "interpreter", "faith", "counseling", "church", "household", "values", "home", "patient", "patients"):
		return !(d.is(i+1, "has", "and", "or", "says") && t.opens && person)
	}
	return !person && next.form == mark && prev.form == mark
}
