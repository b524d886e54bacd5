package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// streets finds street addresses, crossings, roads by number, boxes and units.
func (d *doc) streets() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		switch {
		case t.hit == Date && ordinalFigures(t.text) || t.hit == "" && t.form == number && len(firstFigures(t.text)) <= 6 && firstFigures(t.text) != "":
			if end := d.streetAfter(i); end > 0 {
				if streetSights.has(d.at(end).text) && d.at(end).gap == ' ' {
					end++
				}
				d.hit(i, end, Place)
				i = end - 1
			}
		case t.hit != "" || t.kept:
		case streetCues.has(t.text) && d.plainStreet(i):
		case roads.has(t.text) && d.roadNumber(i) > 0:
			end := d.roadNumber(i)
			d.hit(i, end, Place)
			i = end - 1
		case t.text[0] == 'p' && d.is(i, "po", "p") && d.boxEnd(i) > 0:
			end := d.boxEnd(i)
			d.hit(i, end, Place)
			i = end - 1
		case (d.is(i, "&") || d.is(i, "and")) && d.crossing(i):
			from := i - 1
			for d.at(from-1).form == word && d.at(from-1).casing == initial && !d.at(from-1).opens && d.at(from).gap == ' ' && d.at(from-1).class&lexicon.Function == 0 {
				from--
			}
			end := i + 2
			if d.is(i+1, "n", "s", "e", "w", "ne", "nw", "se", "sw") && ordinalFigures(d.at(end).text) {
				end++
			}
			for d.at(end).form == word && d.has(end, lexicon.Street) && d.at(end).gap == ' ' {
				end++
			}
			d.hit(from, end, Place)
		case d.is(i+1, "of") && d.is(i, "corner", "intersection"):
			end := i + 2
			for n := 0; n < 6 && d.at(end).gap != '\n' && (d.at(end).form != mark || d.is(end, "&")) && !d.has(end, lexicon.Says); n++ {
				end++
			}
			d.hit(i+2, end, Place)
		case streetEnds.has(t.text) && d.at(i-1).form == word && t.gap == ' ' && d.t[i-1].hit == "" && !d.has(i-1, lexicon.Function|lexicon.Number|lexicon.Unit) && !plainStreets.has(d.at(i-1).text):
			d.hit(i-1, i+1, Place)
		case t.class.Has(lexicon.Street) && d.is(i, "st", "rd", "ave", "ln", "blvd") && t.casing == initial && d.cased && d.is(i-2, "on", "off", "near", "at", "down", "from") && d.at(i-1).casing == initial && t.gap == ' ' && d.at(i-1).form == word:
			d.t[i-1].kept, t.kept = false, false
			d.hit(i-1, i+1, Place) // on Court St
		case t.class.Has(lexicon.Street) && t.casing == initial && d.cased && !t.opens && d.at(i-1).casing == initial && d.at(i-1).form == word && t.gap == ' ' && !d.is(i, "court", "place", "close", "drive", "way", "dr", "path", "bridge") && !d.has(i-1, lexicon.Capital):
			d.hit(i-1, i+1, Place)
		}
	}
}

// streetSights are what stands at a street and is called after it.
var streetSights = wordsOf("overpass underpass bridge viaduct tunnel station pier ramp exit mission shelter library armory projects clinic bus garage deli diner")

// streetEnds are what nothing but a street's name ends in.
var streetEnds = wordsOf("blvd boulevard ave avenue pkwy parkway turnpike tpke expy expressway")

// plainStreets tell one street from another without naming it.
var plainStreets = wordsOf("busy same next side main dirt back private residential quiet dark empty nearby local whole wide big long legal possible best only another other new last potential promising")

// streetAfter returns the end of "4417 Alder Creek Rd, Apt 2" that starts at i.
func (d *doc) streetAfter(i int) int {
	compass := d.is(i+1, "n", "s", "e", "w") && (d.is(i+2, ".") || d.at(i+1).gap == ' ')
	if d.measured(i, i+1) && !d.has(i+1, lexicon.Street) && !compass {
		return 0
	}
	if n := d.t[i].text; figures(n) && len(n) >= 3 && d.at(i+1).form == word && d.at(i+1).gap == ' ' && len(d.at(i+1).text) > 3 && d.at(i+1).class&(lexicon.Function|lexicon.Unit|lexicon.Clinical|lexicon.Person|lexicon.Kin) == 0 && (d.is(i+2, ",") && d.is(i+3, "apt", "suite", "ste", "unit", "apartment") && d.at(i+4).form == number || d.is(i+2, "apt", "suite", "ste", "unit", "apartment", "#") && d.at(i+3).form == number) {
		return i + 2 // 1140 tamarack, suite 200
	}
	if compass && d.at(i+2).gap == ' ' && d.at(i+2).form == word && figures(d.t[i].text) && len(d.t[i].text) >= 3 && len(d.at(i+2).text) > 2 && !d.has(i+2, lexicon.Function|lexicon.Unit|lexicon.Clinical|lexicon.Person|lexicon.Kin) && (d.is(i+3, "apt", "unit", "#", ",") || d.at(i+2).class.Has(lexicon.Named|lexicon.Place) || mainStreets.has(d.at(i+2).text)) {
		return i + 3 // 409 w pine
	}
	if compass && d.at(i+2).gap == ' ' && ordinalFigures(d.at(i+2).text) && figures(d.t[i].text) {
		return i + 3 // 14 e 9th
	}
	if d.is(i+1, "rue", "calle", "avenida", "via", "camino", "paseo", "rua", "platz", "place") && d.at(i+2).form == word && d.at(i+2).gap == ' ' && (d.nameOnly(i+2) || d.at(i+2).casing == initial || d.at(i+2).class.Has(lexicon.Named)) {
		return i + 3
	}
	for k := i + 1; k < len(d.t) && k <= i+5; k++ {
		t := &d.t[k]
		if t.gap == '\n' || t.form == mark && (t.text != "." || k == i+1 || len(d.t[k-1].text) > 4) || t.hit != "" && !ordinalFigures(t.text) && t.hit != Name && t.hit != Place && t.hit != Unknown {
			return 0
		}
		if t.class.Has(lexicon.Street) && k > i && d.streetEnd(i, k) {
			end := k + 1
			for d.has(end, lexicon.Street) && d.at(end).gap == ' ' && (d.at(end).casing != lower || t.casing == lower && !d.has(end, lexicon.Words20)) {
				end++ // Quail Hollow Dr
			}
			if d.is(end, ".") && d.glued(end) && len(t.text) <= 4 {
				end++
			}
			if !d.is(end+1, "/") && !(d.is(end, "w") && d.at(end).casing == lower && d.cased) && d.is(end, "n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west") {
				end++
			}
			return end
		}
		if t.class.Has(lexicon.Function) && !d.is(k, "of", "the") {
			return 0
		}
	}
	return 0
}

// streetEnd tells a street from a count before an ordinary word ("3 court dates").
func (d *doc) streetEnd(i, k int) bool {
	plain := d.t[k].class.Has(lexicon.Words20|lexicon.Words35) && !d.is(k, "street", "avenue", "boulevard", "lane", "parkway", "turnpike", "highway")
	if k == i+1 {
		return ordinalFigures(d.t[i].text) && !d.is(k, "place", "way", "court", "close", "path", "bridge") || !plain
	}
	if !plain {
		return true
	}
	for n := i + 1; n < k; n++ {
		if t := &d.t[n]; len(d.t[i].text) >= 3 && figures(d.t[i].text) && t.class&(lexicon.Function|lexicon.Unit|lexicon.Noun|lexicon.Person|lexicon.Kin|lexicon.Clinical) == 0 || t.casing != lower || t.class&(lexicon.English|lexicon.Function|lexicon.Unit) == 0 || t.class.Has(lexicon.Named|lexicon.Place) && t.class&(lexicon.Unit|lexicon.Noun|lexicon.Person|lexicon.Kin|lexicon.Clinical) == 0 && len(d.t[i].text) >= 2 {
			return true
		}
	}
	return false
}

// roadNumber returns the end of "I-81", "I 81", "exit 212", "Route 9".
func (d *doc) roadNumber(i int) int {
	k := i + 1
	if d.is(i, "county") {
		if !d.is(k, "road", "rd", "route", "highway") {
			return 0
		}
		k++
	}
	if d.is(k, "-", "#") && d.at(k).gap != '\n' {
		k++
	}
	n := d.at(k)
	if n.form != number || n.gap == '\n' || len(n.text) > 5 || n.hit != "" && n.hit != Date {
		return 0
	}
	if d.is(i, "i") && (d.t[i].casing != upper && d.t[i].casing != initial && !d.is(i+1, "-") || k == i+1 && (!figures(n.text) || d.has(k+1, lexicon.Unit|lexicon.English) && !d.is(k+1, "exit", "near", "at", "and", "north", "south", "east", "west", "in", "to"))) {
		return 0
	}
	if d.is(i, "us", "sr", "cr", "fm", "rt") && d.t[i].casing != upper && !d.is(i+1, "-") && !d.is(i, "rt") {
		return 0
	}
	return k + 1
}

// boxEnd returns the end of "PO Box 212" and "P.O. Box 212".
func (d *doc) boxEnd(i int) int {
	k := i + 1
	for n := 0; n < 4 && d.is(k, ".", "o"); n++ {
		k++
	}
	if !d.is(k, "box") {
		return 0
	}
	if d.is(k+1, "#", "no") {
		k++
	}
	if d.at(k+1).form == number {
		return k + 2
	}
	return 0
}

// crossing reports "Birchwood & 9th", "Main and 3rd", "Oak & Vine".
func (d *doc) crossing(i int) bool {
	a, b := d.at(i-1), d.at(i+1)
	if a.form == mark || b.form == mark {
		return false
	}
	if d.has(i-1, lexicon.Ordinal) && d.is(i-2, "at", "near", "on", "corner", "of") && b.form == word && b.gap == ' ' && b.class&(lexicon.Function|lexicon.Ordinal|lexicon.Number|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Noun) == 0 && d.is(i, "and", "&") && (b.class.Has(lexicon.Named|lexicon.Place) || mainStreets.has(b.text)) {
		return true // at fifth and laurel
	}
	ordinals := ordinalFigures(b.text) || d.is(i+1, "n", "s", "e", "w", "ne", "nw", "se", "sw") && ordinalFigures(d.at(i+2).text) || ordinalFigures(a.text)
	street := func(t *token) bool {
		return t.form == word && !contracted(t.text) && (t.casing == initial && !t.class.Has(lexicon.Function) || t.class&(lexicon.English|lexicon.Clinical|lexicon.Function) == 0)
	}
	if ordinals && mainStreets.has(d.at(i-1).text) {
		return !d.has(i+2, lexicon.Noun)
	}
	if ordinals && (street(a) || street(b) || ordinalFigures(a.text) && ordinalFigures(b.text) && d.is(i, "&")) && !d.has(i+2, lexicon.Noun) {
		return true
	}
	if d.is(i, "&") && d.is(i-2, "at", "from", "called") && a.form == word && b.form == word && a.casing == lower && b.casing == lower && !d.glued(i) && a.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Generic|lexicon.Region|lexicon.Number|lexicon.Weekday|lexicon.Body) == 0 && b.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Generic|lexicon.Region|lexicon.Number|lexicon.Weekday|lexicon.Body) == 0 && d.ends(i+2) {
		return true // a note from roots & wings
	}
	return d.is(i, "&") && d.is(i-2, "at", "near", "on", "off", "by") && street(a) && street(b) && !strings.Contains("rqda", a.text)
}

// contracted reports "i'm", "he's": a word of grammar that leads on to a verb.
func contracted(s string) bool {
	before, _, ok := strings.Cut(s, "'")
	return ok && subjects.has(before)
}

// roads are known by their numbers.
var roads = wordsOf("rr i us sr cr hwy highway route rt rte interstate exit county fm")

// mainStreets are names of streets everywhere.
var mainStreets = wordsOf(`main oak elm pine maple cedar market broadway park walnut lake church chestnut spruce vine grand front water state center high mill river
hill`)
