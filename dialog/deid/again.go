package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// again finds everywhere what was found once: plural, possessive, small.
func (d *doc) again() {
	seen, initials := make(map[string]Kind), make(map[string]bool)
	for i := range d.t {
		t := &d.t[i]
		if len(t.text) == 2 && (t.casing == upper || t.possessive && t.casing == mixed) && d.cased && t.form == word && (t.hit == Name || t.hit == Unknown) {
			initials[t.text] = true
		}
		if d.single(i) && t.hit != "" && t.casing != lower && d.is(i+1, ".") && d.glued(i+1) && d.single(i+2) && d.glued(i+2) && d.isHit(i+2) && d.cased {
			initials[t.text+d.t[i+2].text] = true // R.O. is RO
		}
		if t.hit == "" || t.form == mark || len(t.text) < 3 || t.class.Has(lexicon.Function|lexicon.Number|lexicon.Ordinal|lexicon.Unit) {
			continue
		}
		switch t.hit {
		case Name, Unknown:
			if !t.class.Has(lexicon.Kin | lexicon.Person | lexicon.Title | lexicon.Says | lexicon.Region) {
				seen[t.text] = t.hit
			}
		case Place, Organization:
			if t.class&(lexicon.English|lexicon.Clinical|lexicon.Region|lexicon.Capital|lexicon.Kin|lexicon.Person) == 0 {
				seen[t.text] = t.hit
			}
		}
	}
	if len(seen) == 0 && len(initials) == 0 {
		return
	}
	for i := range d.t {
		t := &d.t[i]
		if t.hit != "" || t.form != word || t.kept {
			continue
		}
		if (t.casing == upper || t.possessive && t.casing == mixed) && initials[t.text] {
			d.hit(i, i+1, Name)
			continue
		}
		k, ok := seen[t.text]
		if !ok && strings.HasSuffix(t.text, "s") {
			k, ok = seen[strings.TrimSuffix(t.text, "s")]
		}
		if ok && (t.class&(lexicon.English|lexicon.Clinical) == 0 || t.casing != lower || !d.shown(i) && !t.class.Has(lexicon.Weak)) && !(t.class.Has(lexicon.Eponym) && d.eponymHere(i)) {
			d.hit(i, i+1, k)
		}
	}
}

// joined takes in what belongs to an identifier: halves of hyphenated words,
// initials and particles beside names, suffixes.
func (d *doc) joined() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		if t.hit == "" && particles.has(t.text) && d.isHit(i-1) && d.isHit(i+1) && t.gap == ' ' && d.t[i-1].form == word && t.form == word {
			d.take(i, i+1, &d.t[i-1])
		}
		if t.hit == "" || t.form == mark {
			continue
		}
		if d.glued(i) && d.is(i-1, "-", "_", "'") && d.glued(i-1) && d.at(i-2).form != mark && d.t[i-2].hit == "" && t.hit != Age {
			d.take(i-2, i, t)
		}
		if d.glued(i+1) && d.is(i+1, "-", "_", "'") && d.glued(i+2) && d.at(i+2).form != mark && d.t[i+2].hit == "" && !d.pronounTail(i+2) {
			d.take(i+1, i+3, t)
		}
		if d.glued(i) && d.is(i-1, "/") && d.glued(i-1) && d.is(i-2, "u", "r") && t.form != mark {
			d.take(i-2, i, t)
		}
		if t.form == word && (t.hit == Unknown || t.hit == Handle) && t.class == 0 && d.glued(i+1) && d.is(i+1, ".") && d.glued(i+2) && d.at(i+2).form == word && d.t[i+2].hit == "" && d.at(i+2).casing == lower {
			d.take(i+1, i+3, t) // sadgirl.studies
		}
		if t.form == number && d.glued(i) && d.is(i-1, ".") && d.glued(i-1) && (t.hit == Code || t.hit == Handle) && !figures(t.text) && d.at(i-2).form == word && d.t[i-2].hit == "" {
			d.take(i-2, i, t)
		}
		if d.is(i+1, "&", "and") && d.at(i+1).gap == ' ' && d.is(i+2, "sons", "daughters", "co", "associates", "bros") && (d.is(i+1, "&") || d.at(i+2).casing != lower) {
			d.take(i+1, i+3, t)
		}
		if t.hit != Name && t.hit != Unknown && !(t.hit == Place && d.at(i-1).form == word && particles.has(d.at(i-1).text) && t.class.Has(lexicon.Named)) {
			continue
		}
		d.joinNames(i)
	}
}

// pronounTail reports "-related" and its kin, which still go: only words after
// an age or a date stay.
func (d *doc) pronounTail(i int) bool { return d.at(i-2).hit == Age && d.has(i, lexicon.Unit) }

func (d *doc) take(i, j int, like *token) {
	for ; i < j; i++ {
		if d.t[i].hit == "" && !d.t[i].own && (!d.t[i].kept || d.t[i].form == number) {
			d.t[i].hit, d.t[i].group, d.t[i].place, d.t[i].kept = like.hit, like.group, like.place, false
		}
	}
}

var particles = wordsOf("de da do dos das del della der den van von ter ten la le el al ul bin binti ibn bint abu abd st st. san santa mac mc o y e di du af av zu zum jr sr iii ii iv ap ab ferch verch bat vander vom zur dela ould ait nic")

// joinNames joins initials, particles and further capitals beside the name at i.
func (d *doc) joinNames(i int) {
	t := &d.t[i]
	if d.is(i-1, "boy", "girl") && d.is(i-2, "baby") && t.gap == ' ' {
		d.take(i-2, i, t) // Baby Boy Mendez
	}
	// Before: an initial ("J. Whitfield"), a particle ("dos Anjos").
	for k := i - 1; k >= max(0, i-6) && d.t[k+1].gap != '\n'; k-- {
		p := &d.t[k]
		if p.hit != "" && particles.has(p.text) {
			continue
		}
		if p.hit != "" || p.kept {
			break
		}
		if p.text == "." && k > 0 && d.single(k-1) && d.t[k-1].casing != lower && p.gap == 0 {
			d.take(k-1, k+1, t)
			k--
			continue
		}
		if p.form == word && p.casing == initial && !p.opens && d.cased && d.t[k+1].gap == ' ' && d.t[k+1].casing == initial && k == i-1 && p.class&(lexicon.Kin|lexicon.Person|lexicon.Title|lexicon.Function|lexicon.Weekday|lexicon.Region|lexicon.Clinical|lexicon.Law) == 0 {
			d.take(k, k+1, t)
			continue
		}
		if p.form == word && particles.has(p.text) && !(d.is(k, "do", "la", "y", "e", "o", "do", "st", "al", "san", "abu", "el") && p.class.Has(lexicon.Function)) && (p.casing != lower || k == 0 || !d.is(k, "da", "do", "den", "van", "ten", "e", "o", "y", "i") || d.isHit(k-1) || d.is(k, "da", "van")) {
			d.take(k, k+1, t)
			continue
		}
		break
	}
	if n := d.at(i + 2); len(t.text) == 1 && (t.casing == upper || t.casing == initial || d.cased && !d.capitals && d.ends(i+3)) {
		if d.is(i+1, ".") && d.glued(i+1) && n.form == word && n.gap == ' ' && (n.casing == initial || t.casing == lower) && n.hit == "" && len(n.text) > 1 && n.class&(notInNames|lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Weekday) == 0 && (d.at(i-1).form == word && !d.isHit(i-1) || n.class.Has(lexicon.Named)) {
			d.take(i+1, i+3, t) // J. Featherly
		}
	}
	// After: an initial, a further capital that no sentence needs, a suffix.
	for k := i + 1; k < len(d.t) && d.t[k].gap != '\n'; k++ {
		n := &d.t[k]
		if n.hit != "" && k <= i+2 && (d.single(k) || n.text == ".") {
			continue
		}
		if n.hit != "" || n.kept || n.casing == lower && d.is(k+1, "him", "them", "me", "us", "it") {
			break
		}
		switch {
		case n.form == word && n.gap == ' ' && d.is(k-1, ".") && d.single(k-2) && d.isHit(k-2) && d.isHit(k-3) && n.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Says) == 0 && n.casing != lower:
			d.take(k, k+1, t)
			continue
		case n.form == word && len(n.text) == 1 && (n.casing != lower || t.casing == lower && d.is(k+1, ".") && n.text != "c" && n.text != "h") && n.text != "i" && (n.text != "a" || d.is(k+1, ".")) && n.gap == ' ' && !d.isUnitLetter(k):
			d.take(k, k+1, t)
			if d.is(k+1, ".") && d.glued(k+1) {
				d.take(k+1, k+2, t)
				k++
			}
			continue
		case n.form == word && d.is(k, "jr", "sr", "iii", "ii", "iv") && n.gap == ' ', n.form == word && particles.has(n.text) && !n.class.Has(lexicon.Function) && d.isHit(k+1) && (d.t[k+1].hit == Name || d.t[k+1].hit == Unknown):
			d.take(k, k+1, t)
			continue
		case n.form == word && n.gap == ' ' && n.casing == initial && d.cased && t.casing == initial && n.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Weekday|lexicon.Says) == 0 && !d.capitalHarmless(k):
			d.take(k, k+1, t)
			continue
		case n.form == word && n.gap == ' ' && n.class.Has(lexicon.Surname1) && !(n.class.Has(lexicon.Kin|lexicon.Says|lexicon.Function) && n.text != "le") && t.class.Has(lexicon.Given) && d.nameOnly(i) && k == i+1 && !t.possessive && (d.at(k+1).form == mark && !d.is(k+1, "-", "/") || d.at(k+1).gap == '\n' || d.has(k+1, lexicon.Says) || d.is(k+1, "and", "is", "was", "who", "has", "about", "at", "in", "on", "with", "because")):
			d.take(k, k+1, t)
			continue
		case n.form == word && n.gap == ' ' && k == i+1 && t.casing == n.casing && t.class.Has(lexicon.Given1) && d.nameOnly(i) && !t.possessive && n.class.Has(lexicon.Surname2) && n.class&(lexicon.Words20|lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Ordinary) == 0 && !d.verbForm(k) && !adverb(n.text) && (d.at(k+1).form == mark && !d.is(k+1, "-", "/") || d.at(k+1).gap == '\n' || d.has(k+1, lexicon.Says)):
			d.take(k, k+1, t) // jane dough
			continue
		case n.form == word && n.gap == ' ' && (t.casing == lower && n.casing == lower || !d.cased) && n.class.Has(lexicon.Surname1) && (!n.class.Has(lexicon.Words20|lexicon.Weak) || d.at(k+1).form == mark || d.at(k+1).gap == '\n' || d.has(k+1, lexicon.Says|lexicon.Function)) && !(n.class.Has(lexicon.Meets) && !d.has(k+1, lexicon.Says) && d.at(k+1).form == word) && !n.class.Has(lexicon.Says|lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Ordinary|lexicon.Unit) && t.class.Has(lexicon.Given) && !t.possessive:
			d.take(k, k+1, t)
			continue
		}
		break
	}
}

func (d *doc) isUnitLetter(k int) bool { return d.at(k-1).form == number }
