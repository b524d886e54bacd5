package deid

import "curbside/dialog/deid/internal/lexicon"

// plainStreet finds streets that nothing but what is around them shows, from one of
// the streetCues on, and reports whether it found one.
func (d *doc) plainStreet(i int) bool {
	t := &d.t[i]
	from, end := i, 0
	switch {
	case d.is(i, "block"): // the 900 block of elm
		if d.is(i+1, "of") && d.at(i-1).form == number && d.at(i+2).form == word && !d.has(i+2, lexicon.Function) {
			from, end = i-1, i+3
			if d.has(end, lexicon.Street) && d.at(end).gap == ' ' {
				end++
			}
		}
	case len(t.text) == 1 && t.form == word: // on n 3rd
		if ordinalFigures(d.at(i+1).text) && d.at(i+1).gap == ' ' && d.is(i-1, "on", "off", "at", "and", "&", "near", "down") {
			end = i + 2
		}
	case d.is(i, "and", "&"): // between broad and erie
		if d.is(i-2, "between") && d.streetName(i-1) && d.streetName(i+1) {
			d.hit(i-1, i, Place)
			from, end = i+1, i+2
		}
	case d.is(i, "dr"): // on Sugar Maple Dr
		if t.casing == initial && d.cased && d.at(i-1).form == word && d.at(i-1).casing == initial && d.at(i-2).casing == initial && d.is(i-3, "on", "off", "at", "down") && (d.at(i+1).form == mark || d.has(i+1, lexicon.Function)) && t.gap == ' ' {
			from, end = i-2, i+1
		}
	case d.is(i, "state", "farm", "township", "forest"): // state rd 44
		if d.is(i+1, "rd", "road", "route", "rte", "hwy", "highway") && d.at(i+2).form == number && d.at(i+2).gap == ' ' {
			end = i + 3
		}
	case highways.has(t.text): // county rd f
		if d.is(i-1, "county", "state", "cty") && d.at(i+1).form == word && len(d.at(i+1).text) <= 2 && d.at(i+1).gap == ' ' && !d.has(i+1, lexicon.Function) && t.gap == ' ' {
			from, end = i-1, i+2
		}
	case d.onTree(i): // the house on elm, between the elevator and main
		end = i + 1
	}
	if end > 0 {
		d.hit(from, end, Place)
	}
	return end > 0
}

// streetName reports a word that may be a street's between two of them.
func (d *doc) streetName(k int) bool {
	t := d.at(k)
	return t.form == word && (mainStreets.has(t.text) || t.class.Has(lexicon.Place)) && !t.class.Has(lexicon.Function|lexicon.Generic|lexicon.Clinical|lexicon.Kin|lexicon.Region)
}

// onTree reports a street that is called like a tree, or main, where one is on it.
func (d *doc) onTree(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if d.is(i, "main", "broadway") && d.is(i-1, "and") && (d.is(i-3, "between") || d.is(i-4, "between") || d.is(i-5, "between")) && d.ends(i+1) {
		return true
	}
	return d.is(i-1, "on", "off", "down") && t.gap == ' ' && (next.form == mark && !d.is(i+1, "-") || next.gap == '\n' || d.is(i+1, "at", "and", "near", "by", "between", "in", "where", "since", "with", "so")) && (t.casing != lower || !d.cased || !d.is(i-2, "put", "working"))
}

// streetCues are what plain streets are found from: trees, which hardly anything
// else is on, what counties number, and what stands in an address.
var streetCues = wordsOf(`block n s e w and & dr state farm township forest rd road hwy highway trunk
main broadway elm pine maple cedar walnut chestnut spruce oak sycamore magnolia juniper poplar hickory birch willow mulberry alder dogwood cypress locust laurel`)

// highways are what a county or a state numbers or letters.
var highways = wordsOf("rd road hwy highway trunk")
