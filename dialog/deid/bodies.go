package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// bodies finds employers, schools, congregations and clinics by name: what
// carries the name joins its kind ("lincoln high"), and what stands after
// "works at" or "goes to" is a body unless everybody has one.
func (d *doc) bodies() {
	for i := 0; i < len(d.t); i++ {
		if d.t[i].form == mark {
			continue
		}
		d.saint(i)
		d.landmark(i)
		d.structure(i)
		d.ward(i)
		d.block(i)
	}
	for i := 0; i < len(d.t); i++ {
		if d.t[i].form == mark {
			continue
		}
		d.bodyOf(i)
		d.denomination(i)
		d.dedicated(i)
		d.bodyWithName(i)
		d.fraternity(i)
		d.innAt(i)
		d.bodyIn(i)
		d.christened(i)
		d.bodyAfterVerb(i)
		d.brandHere(i)
		d.bareAt(i)
		d.workplace(i)
		d.bodyCapitals(i)
		d.bodySmall(i)
		d.congregation(i)
	}
	for i := range d.t {
		if d.t[i].form != word {
			continue
		}
		d.haunt(i)
		d.plainEmployer(i)
		d.onStreet(i)
	}
}

// bodyOf joins "Islamic Center of" and the like to the hit they lead to.
func (d *doc) bodyOf(i int) {
	if !d.isHit(i) || d.t[i].hit == Date || d.t[i].form != word {
		return
	}
	k := i - 1
	if d.is(k, "the") {
		k--
	}
	if !d.is(k, "of") || !d.has(k-1, lexicon.Body) && !(d.is(k-1, "children") && d.at(k-1).possessive) || commonBodies.has(d.at(k-1).text) && d.at(k-1).casing == lower && d.cased {
		return
	}
	from := k - 1
	for d.at(from-1).form == word && d.at(from).gap == ' ' && (d.at(from-1).casing == initial && !d.has(from-1, lexicon.Function) || d.has(from-1, lexicon.Region) && len(d.at(from-1).text) > 3 || d.isHit(from-1) || d.is(from-1, "first", "second", "third", "united", "community")) {
		from--
	}
	if d.is(from, "club", "league", "society", "guild", "association", "lodge", "chorus", "choir", "band", "symphony", "museum", "library", "theater", "theatre", "ballet", "opera") && d.runsOn(from-1) && d.at(from).gap == ' ' && !plainKinds.has(d.at(from-1).text) {
		from-- // rotary club of minot
	}
	end := i + 1
	for d.isHit(end) && d.t[end].gap == ' ' {
		end++
	}
	d.hit(from, end, Organization)
}

// denomination finds congregations by number: "second baptist".
func (d *doc) denomination(i int) {
	if numberedChurches.has(d.t[i].text) && d.is(i+1, "baptist", "lutheran", "methodist", "presbyterian", "united", "christian", "congregational", "unitarian", "assembly", "episcopal", "reformed", "nazarene", "missionary", "ame", "church") && d.at(i+1).gap == ' ' {
		end := i + 2
		for d.has(end, lexicon.Body) && d.at(end).gap == ' ' {
			end++
		}
		d.hit(i, end, Organization)
	}
}

// dedicated finds bodies by what they are dedicated to: "our lady of sorrows",
// "church of the redeemer", "new beginnings".
func (d *doc) dedicated(i int) {
	end := 0
	if d.t[i].form == word && d.t[i].hit == "" {
		end = d.phrase(i, lexicon.Congregation)
	}
	if end == 0 && d.is(i+1, "of") {
		end = d.dedicatedTo(i)
	}
	if end == 0 || d.is(i, "new", "living", "good") && d.t[i].casing == lower && d.cased && !d.has(end, lexicon.Body) && !d.is(i-1, "at", "from", "by", "to", "attends", "joined", "near", "called") {
		return
	}
	if d.is(end, "of") {
		end++
		if d.is(end, "the", "our", "all") {
			end++
		}
		if d.at(end).form == word {
			end++
		}
		if d.runsOn(end) && d.at(end).gap == ' ' && d.at(end).casing == lower && d.ends(end+1) && !d.has(end, lexicon.Clinical) {
			end++ // of the open door
		}
	}
	for (d.has(end, lexicon.Body) || d.is(end, "assembly", "tabernacle")) && d.at(end).gap == ' ' {
		end++
	}
	d.hit(i, end, Organization)
}

// dedicatedTo returns the end of "church" or "university of", before what it is
// called; 0 for none.
func (d *doc) dedicatedTo(i int) int {
	end := 0
	if d.is(i, "church", "temple", "congregation", "cathedral", "chapel", "house") && d.t[i].casing != lower == d.cased {
		end = i + 1
	}
	if end == 0 && d.is(i, "church", "temple", "cathedral", "chapel", "tabernacle", "hospice", "carmel", "monastery", "convent", "abbey", "ministries", "fellowship") && d.is(i+2, "the", "our", "st", "saint", "all") {
		end = i + 1
	}
	if d.is(i, "university", "univ", "college", "bank", "institute", "academy") && d.at(i+2).form == word && (d.has(i+2, lexicon.Region) || d.isHit(i+2) || d.at(i+2).casing == initial) {
		end = i + 3
	}
	return end
}

// bodyWithName joins a hit to the noun of its kind: Mercy + General Hospital.
func (d *doc) bodyWithName(i int) {
	if !d.isHit(i) || d.t[i].hit != Name && d.t[i].hit != Place && d.t[i].hit != Unknown || d.t[i].possessive && d.t[i].casing == lower && !d.isHit(i-1) {
		return
	}
	end := i + 1
	for end < min(len(d.t), i+12) && d.t[end].gap == ' ' && (d.t[end].form == word && (d.has(end, lexicon.Body) || d.is(end, "state", "tech", "poly", "stop", "express") && (d.at(end).casing == initial || !d.cased && !d.is(end, "stop", "express") || d.is(end, "state") && d.t[i].casing == lower && d.is(i-1, "at", "from", "to", "attends", "for") && d.ends(end+1)) || d.is(end-1, "&") && d.is(end, "sons", "daughters", "co", "associates") || d.isHit(end) && d.t[end].hit != Date || d.is(end, "general", "community", "regional", "valley", "christian", "catholic", "jewish", "family", "day", "first", "youth", "public", "senior", "junior", "girls", "boys", "women", "men", "little", "softball", "baseball", "soccer", "football", "basketball", "hockey", "volleyball", "swim", "track", "wrestling", "dance", "gymnastics", "cheer", "rodeo", "saddle", "gun", "yacht", "golf", "country", "tennis", "hunt", "rod", "garden", "book", "bridge", "chess", "glee", "drama", "truck", "driving", "beauty", "cosmetology", "barber", "nursing", "dental", "law", "medical", "business", "flight", "culinary", "bible", "trade", "technical") && (d.has(end+1, lexicon.Body) || d.at(end+1).form == word && d.has(end+2, lexicon.Body) || d.at(end).casing == initial)) || d.is(end, "&") || d.is(end, "and") && d.is(end+1, "sons", "associates", "co", "daughters")) {
		end++
	}
	last := end - 1
	if d.is(last, "works", "plays") && d.t[last].casing == lower && d.cased {
		return // what she does there
	}
	if d.t[i].hit == Place && d.isHit(last) && d.t[last].hit == Place {
		return
	}
	if last == i || !d.has(last, lexicon.Body) && !d.is(last, "sons", "daughters", "state", "tech", "poly", "stop", "express") {
		return
	}
	if last == i+1 && commonTails.has(d.at(last).text) && d.t[i].possessive && d.at(last).casing == lower {
		return
	}
	if d.is(end, "of") && d.at(end).gap == ' ' && d.is(last, "assembly", "church", "temple", "bank", "house", "sisters", "daughters", "sons", "knights", "order", "tabernacle", "congregation", "fellowship", "city", "college", "university") && (d.is(end+1, "god", "christ", "america", "jesus", "mercy", "columbus") || d.at(end+1).casing == initial && d.cased) {
		end += 2
	}
	if d.is(end, "no", "number", "local") && d.at(end).gap == ' ' {
		k := end + 1
		for d.is(k, ".", "#") {
			k++
		}
		if d.isHit(k) && d.t[k].form == number {
			end = k + 1 // Masonic Lodge No. 44
		}
	}
	d.hit(i, end, Organization)
}

// innAt joins what a house is called by to the name it stands at: "the Inn at
// Perry Cabin", "The Residences on Main".
func (d *doc) innAt(i int) {
	if len(d.t[i].text) != 2 || !d.isHit(i+1) {
		return // at, on and of, before an identifier
	}
	if d.isHit(i+1) && d.t[i].hit == "" && d.is(i, "at") && d.is(i-2, "the") && houses.has(d.at(i-1).text) && strings.HasSuffix(d.at(i-1).text, "s") && (d.at(i-1).casing == lower || !d.cased) {
		d.take(i-1, i+1, &d.t[i+1])
		return // the meadows at dove creek
	}
	if d.isHit(i+1) && d.t[i+1].hit != Name && d.t[i].hit == "" && d.is(i, "at") && d.t[i].gap == ' ' && d.is(i-2, "the") && venues.has(d.at(i-1).text) && (d.at(i-1).casing == lower || !d.cased) {
		from := i - 1
		if d.at(i-3).form == mark {
			from--
		}
		d.take(from, i+1, &d.t[i+1])
		return // open bar, the barn at hickory ridge
	}
	if d.cased && d.isHit(i+1) && d.t[i].hit == "" && d.is(i, "at", "on", "of") && d.at(i+1).casing != lower && d.at(i+1).gap == ' ' && houses.has(d.at(i-1).text) && d.at(i-1).casing == initial && (!d.at(i-1).opens || d.is(i-2, "the")) {
		d.take(i-1, i+1, &d.t[i+1])
	}
}

// houses are what inns, homes and malls are called by, before what they are at.
var houses = wordsOf("inn shops lodge club residences villas lofts village arbors meadows links gardens terraces terrace estates pines oaks willows landing crossings heights towers manor commons suites cottages preserve reserve hills woods lakes court courts apartments pavilion promenade outlets market mall villa ranch springs brook falls")

// inns looks for what stands before the names that were found since.
func (d *doc) inns() {
	for i := range d.t {
		switch {
		case d.is(i, "at"):
			d.innAt(i)
		case d.is(i, "in") && d.t[i].hit == "" && d.is(i-1, "va", "vamc", "ymca", "ywca", "jcc", "vfw") && d.t[i-1].hit == "" && d.has(i+1, lexicon.Place) && d.at(i+1).gap == ' ':
			d.take(i-1, i+1, &d.t[i+1]) // the VA in Canandaigua
		}
	}
}

// venues are where weddings and stays are had, before what they are at.
var venues = wordsOf("barn inn lodge manor estate vineyard winery resort retreat chapel loft mill pavilion villa ranch residence grove club terrace village landing crossing commons plantation farm orchard boathouse clubhouse")

// fraternity finds houses by their letters: "Alpha Phi", "sigma chi".
func (d *doc) fraternity(i int) {
	end := i
	for greek.has(d.at(end).text) && (end == i || d.at(end).gap == ' ') {
		end++
	}
	if end >= i+2 && !greek.has(d.at(i-1).text) {
		d.hit(i, end, Organization)
	}
}

var greek = wordsOf("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho sigma tau upsilon phi chi psi omega")

// bodyIn takes in what stands before a place and is called after it: First
// Fidelity of + Joplin.
func (d *doc) bodyIn(i int) {
	if !d.cased || !d.is(i, "of") || d.t[i].gap != ' ' || !d.isHit(i+1) || d.t[i+1].casing != initial || d.t[i+1].hit != Place && d.t[i+1].hit != Name {
		return
	}
	from := i
	for n := 0; n < 3 && d.at(from-1).form == word && d.at(from-1).casing == initial && d.at(from).gap == ' ' && d.at(from-1).class&(lexicon.Kin|lexicon.Person|lexicon.Title|lexicon.Weekday|lexicon.Post1|lexicon.Post2|lexicon.Month) == 0; n++ {
		from--
	}
	if i-from >= 2 && d.is(from, "first", "second", "third", "united", "new", "greater", "farmers", "merchants") && !d.at(from-1).possessive {
		d.hit(from, i+2, Organization)
	}
}

// christened finds what a boat, a band or a dog is called in capitals: "called
// the Second Wind".
func (d *doc) christened(i int) {
	if !d.cased || !d.is(i+1, "the") || !d.is(i, "called", "named", "christened") {
		return
	}
	end := i + 2
	for n := 0; n < 4 && d.at(end).form == word && d.at(end).casing != lower && d.at(end).gap == ' '; n++ {
		end++
	}
	if end >= i+4 && d.at(i+2).class&(lexicon.Clinical|lexicon.Law|lexicon.Region) == 0 && !d.t[i+2].kept {
		d.hit(i+2, end, Organization)
	}
}

// onStreet joins a shop to the street it is told by: "Walgreens on Pine".
func (d *doc) onStreet(i int) {
	if d.is(i, "on") && d.t[i].hit == "" && d.isHit(i-1) && d.isHit(i+1) && d.t[i-1].hit == Organization && (d.t[i+1].hit == Place || d.t[i+1].hit == Name && d.cased && d.t[i+1].casing == initial) {
		d.take(i, i+1, &d.t[i-1])
	}
}

// bodySmall finds names of bodies in small letters after a preposition:
// "at mercy general", "from birch hill clinic".
func (d *doc) bodySmall(i int) {
	if d.t[i].hit != "" || !d.has(i, lexicon.Body) && !d.is(i, "general") || d.t[i].gap != ' ' || d.t[i].casing == initial && d.cased {
		return
	}
	from := i
	for from > i-4 && d.at(from-1).form == word && d.at(from).gap == ' ' && !d.has(from-1, lexicon.Function) {
		from--
	}
	first := d.at(from)
	if from == i || !d.is(from-1, "at", "from", "to", "in", "by", "near", "for", "of", "up") || !first.class.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1|lexicon.Place) || first.class.Has(lexicon.Generic|lexicon.Clinical|lexicon.Body|lexicon.Person|lexicon.Kin|lexicon.Meets|lexicon.Says|lexicon.Weak) {
		return
	}
	d.hit(from, i+1, Organization)
}

// congregation finds "hope lutheran": a name before a denomination.
func (d *doc) congregation(i int) {
	if !churchKinds.has(d.t[i].text) || d.t[i].gap != ' ' {
		return
	}
	p := d.at(i - 1)
	if p.form == word && (p.hit != "" || p.class.Has(lexicon.Given1|lexicon.Given2|lexicon.Place) && p.class&(lexicon.Weak|lexicon.Function|lexicon.Says|lexicon.Region|lexicon.Kin|lexicon.Person) == 0 && !d.is(i-1, "roman", "conservative", "devout", "strict", "black", "white", "western", "independent")) {
		end := i + 1
		for d.has(end, lexicon.Body) && d.at(end).gap == ' ' {
			end++
		}
		d.hit(i-1, end, Organization)
	}
}

// bodyCapitals finds names of several capitals that end in the noun of a body:
// "New Beginnings Academy", "First Baptist Church".
func (d *doc) bodyCapitals(i int) {
	t := d.at(i)
	if t.casing != initial || t.form != word || !d.cased || t.hit != "" || t.class.Has(lexicon.Function|lexicon.Kin) && !d.is(i, "first", "our", "new", "all", "one") || d.at(i-1).casing == initial && d.at(i-1).form == word && t.gap == ' ' && !d.at(i-1).opens && d.at(i-1).class&lexicon.Function == 0 {
		return
	}
	end, named := i+1, d.distinctive(i)
	for end < len(d.t) && d.t[end].gap == ' ' && d.t[end].form == word && (d.t[end].casing == initial || d.is(end, "of", "the", "for", "and") && d.at(end+1).casing == initial) {
		named = named || d.distinctive(end)
		end++
	}
	if end < i+2 || !d.has(end-1, lexicon.Body) || !named && !d.t[i].opens {
		return
	}
	if named {
		d.hit(i, end, Organization)
	}
}

// distinctive reports a capital word that is no part of the name of an agency
// or a kind of treatment that everybody has.
func (d *doc) distinctive(i int) bool {
	if d.t[i].class.Has(lexicon.Region) && d.at(i+1).casing == initial && d.at(i+2).casing == initial && d.has(i+2, lexicon.Body) && d.is(i-1, "at", "from", "with", "by") && d.at(i).casing == initial {
		return true // Lutheran Family Services
	}
	return d.isHit(i) || d.t[i].class&(lexicon.Capital|lexicon.Clinical|lexicon.Function|lexicon.Region|lexicon.Body|lexicon.Person|lexicon.Kin|lexicon.Weekday) == 0 && d.t[i].casing == initial && !d.t[i].opens || d.is(i, "baptist", "lutheran", "methodist", "presbyterian", "episcopal", "catholic") && d.has(i+1, lexicon.Body)
}

// commonBodies bodies that everybody speaks of without naming one.
var commonBodies = wordsOf(`city county parish village township borough store house home group band company base post unit park shop department school shelter clinic
hospital church`)

// commonTails nouns of bodies that follow a possessive as often.
var commonTails = wordsOf(`house home homes group works camp post news journal diary notes brothers department unit plant base times united trust health medical
recovery park high company radio store bank market school church clinic hospital college bar club gym nation band tribe county parish`)

// numberedChurches go before the denomination of a church.
var numberedChurches = wordsOf("first second third fourth 1st 2nd")

// churchKinds are the denominations behind the name of a church.
var churchKinds = wordsOf("baptist lutheran methodist presbyterian episcopal catholic adventist pentecostal unitarian nazarene")
