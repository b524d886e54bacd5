package deid

import "curbside/dialog/deid/internal/lexicon"

// tails takes in what belongs to a name behind it: "Tulsa PD", "sandusky county
// jail", "deschutes river trail", "4 West bed 11".
func (d *doc) tails() {
	for i := range d.t {
		if !d.isHit(i) || d.t[i].possessive {
			continue
		}
		switch d.t[i].hit {
		case Place, Name, Unknown, Organization, Code, Post:
			d.tail(i)
		}
	}
}

func (d *doc) tail(i int) {
	t, next := &d.t[i], d.at(i+1)
	if next.form != word || next.gap != ' ' || next.hit != "" {
		d.doorBetween(i)
		return
	}
	if end := d.agencyEnd(i); end > 0 {
		d.t[i+1].kept = false
		d.hit(i, end, Organization)
		return
	}
	if end := max(d.countyEnd(i), d.teamEnd(i), d.sightEnd(i)); end > 0 {
		for k := i + 1; k < end; k++ {
			d.t[k].kept = false
		}
		d.take(i+1, end, t)
		return
	}
	d.doorBetween(i)
}

// located reports an identifier that is or may be where something is.
func (d *doc) located(i int) bool {
	t := &d.t[i]
	return t.hit == Place || t.hit == Unknown || t.class.Has(lexicon.Place)
}

// agencyEnd returns the end of a body that is told by its town and a word or two
// letters: "Tulsa PD", "elmore correctional", "cass tech"; 0 for none.
func (d *doc) agencyEnd(i int) int {
	t, next := &d.t[i], d.at(i+1)
	switch {
	case agencies.has(next.text) && d.located(i) && t.form == word && (next.casing == upper || (t.casing == lower || !d.cased) && !next.class.Has(lexicon.Function) && d.ends(i+2)),
		d.is(i+1, "hub", "terminal", "depot") && t.casing == upper && len(t.text) <= 5 && next.casing == lower,
		d.is(i+1, "works") && t.hit == Organization && (d.ends(i+2) || whenWords.has(d.at(i+2).text)),
		d.is(i+1, "tech", "poly") && next.casing == lower && t.casing == lower && t.class&lexicon.English == 0 && d.ends(i+2),
		d.is(i+1, "correctional", "penitentiary", "detention") && (d.located(i) || t.hit == Name),
		next.text == "state" && next.casing == lower && (t.hit == Place || t.hit == Unknown) && !t.class.Has(lexicon.Region) && d.ends(i+2):
		return i + 2
	}
	return 0
}

// countyEnd returns the end of what a county or a town has: "sandusky county jail",
// "Gogebic County board of commissioners"; 0 for none.
func (d *doc) countyEnd(i int) int {
	t, next := &d.t[i], d.at(i+1)
	if t.hit != Place && t.hit != Post && t.hit != Name || !countyBodies.has(next.text) || !d.is(i, "county", "parish", "city", "borough") && !(d.located(i) && t.form == word) {
		return 0
	}
	inTown := d.located(i) && t.casing == lower && (d.leadsIn(i-1) || d.isHit(i-1)) && townBodies.has(next.text) && d.ends(i+2)
	if next.casing != initial && !d.is(i, "county", "parish") && !inTown && !(t.hit == Place && d.is(i+1, "courthouse")) {
		return 0
	}
	end := i + 2
	for countyBodies.has(d.at(end).text) && d.at(end).gap == ' ' {
		end++
	}
	if d.is(end, "of") && boardsOf.has(d.at(end+1).text) {
		end += 2
	}
	return end
}

// teamEnd returns the end of a team: "quit roughrider wrestling", "Northfield JV
// hockey", "plays for cincy elite"; 0 for none.
func (d *doc) teamEnd(i int) int {
	t, next := &d.t[i], d.at(i+1)
	switch {
	case d.is(i+1, "jv", "varsity", "girls", "boys", "youth", "club") && sportTails.has(d.at(i+2).text) && d.at(i+2).gap == ' ' && (d.located(i) || t.hit == Organization):
		return i + 3
	case d.is(i-1, "for") && playVerbs.has(d.at(i-2).text) && next.casing == lower && t.casing == lower && d.ends(i+2) && !next.class.Has(lexicon.Function|lexicon.Person|lexicon.Kin|lexicon.Unit) && !whenWords.has(next.text) && !adverb(next.text),
		sportTails.has(next.text) && (next.casing == t.casing || !d.cased) && d.ends(i+2) && t.form == word && !t.class.Has(lexicon.Given1|lexicon.Given2) && (t.hit == Place || t.hit == Unknown || t.hit == Organization):
		return i + 2
	}
	return 0
}

// sightEnd returns the end of a landmark: "deschutes river trail", "the scoular
// elevator", "trinity cemetery"; 0 for none.
func (d *doc) sightEnd(i int) int {
	t, next := &d.t[i], d.at(i+1)
	switch {
	case landmarks.has(next.text) && t.hit == Unknown && t.casing == lower && next.casing == lower && d.is(i-1, "the") && (d.ends(i+2) || d.is(i+2, "and")),
		landmarks.has(t.text) && landmarks.has(next.text) && (next.casing == t.casing || !d.cased) && d.ends(i+2),
		d.is(i+1, "cemetery", "graveyard", "memorial", "mausoleum") && d.leadsIn(i-1) && d.ends(i+2), d.is(i+1, "cemetery") && d.located(i):
		return i + 2
	}
	return 0
}

// doorBetween takes in the cue between two halves of where somebody is: "4 West
// bed 11", "555-0199 pin 4471".
func (d *doc) doorBetween(i int) {
	k := i + 1
	if d.is(k, "bed", "room", "rm", "unit", "apt", "bldg", "building", "lot", "space", "suite", "ste", "pin", "ext", "extension", "cell", "floor") && d.isHit(k+1) && d.t[k+1].form == number && d.at(k).gap == ' ' && d.at(k+1).gap == ' ' {
		d.take(i+1, k+1, &d.t[i])
	}
}

// agencies are the short forms of police and other bodies behind their town.
var agencies = wordsOf("cboc vamc pd so fd sd isd usd cisd ems pdx hs ms cc jc dcfs sheriff")

// sportTails are what teams are called by behind their town.
var sportTails = wordsOf("wrestling rowing crew volleyball football lacrosse hockey softball baseball basketball soccer swimming swim gymnastics cheer track rugby fencing dance ballet boxing cycling cheerleading rodeo drumline marching band")

// countyBodies are what a county has, townBodies what is told by its town without a
// capital, and boardsOf end what a county is run by.
var (
	townBodies   = wordsOf("jail courthouse prison hospital airport library fairgrounds morgue mall casino")
	countyBodies = wordsOf("adult jail detention sheriff sheriff's court courthouse hospital library fair fairgrounds prison corrections correctional workhouse board council commission morgue coroner coroner's animal shelter health department probation drug family juvenile veterans treatment mental superior district schools school")
	boardsOf     = wordsOf("commissioners supervisors education trustees directors health")
)

// byName takes in what shops of one hand are called by: "fades by ray".
func (d *doc) byName() {
	for i := 2; i < len(d.t); i++ {
		if d.is(i-1, "by") && d.t[i].hit == Name && d.t[i-1].hit == "" && crafts.has(d.at(i-2).text) && d.t[i-1].gap == ' ' && d.t[i].gap == ' ' {
			d.hit(i-2, i+1, Organization)
		}
	}
}

// crafts are what shops of one hand do.
var crafts = wordsOf("fades cuts nails hair lashes brows designs creations catering photography photos cakes sweets flowers blooms braids ink tattoos massage skin beauty styles threads interiors candles soaps")
