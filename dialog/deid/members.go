package deid

import "curbside/dialog/deid/internal/lexicon"

// membersOf takes in who belongs to a body that is called after a place:
// "literacy volunteers of troy", "Legal Aid of Nebraska".
func (d *doc) membersOf() {
	for i := 1; i < len(d.t); i++ {
		if d.t[i].text != "of" {
			d.fraternal(i)
			continue
		}
		if d.t[i].hit == "" && d.isHit(i-1) && d.t[i-1].hit == Organization && !d.t[i-1].possessive && d.isHit(i+1) && (d.t[i+1].hit == Place || d.t[i+1].hit == Unknown || d.has(i+1, lexicon.Place)) && d.at(i+1).gap == ' ' {
			d.take(i, i+1, &d.t[i-1]) // planned parenthood of spokane
			continue
		}
		if d.t[i].hit == "" && d.isHit(i-1) && d.t[i-1].hit == Organization && !d.t[i-1].possessive && d.has(i+1, lexicon.Place) && d.t[i+1].hit == "" && d.at(i+1).gap == ' ' && d.t[i+1].casing == d.t[i-1].casing && d.at(i+1).class&(lexicon.Function|lexicon.Generic|lexicon.Kin|lexicon.Clinical|lexicon.Region) == 0 && d.ends(i+2) {
			d.hitRun(i, i+2) // Compassionate Friends of Mobile
			continue
		}
		if d.t[i].hit != "" || d.t[i].gap != ' ' || d.at(i+1).gap != ' ' || d.at(i+1).form != word {
			continue
		}
		placed := d.isHit(i+1) && d.t[i+1].hit != Date
		region := d.has(i+1, lexicon.Region) && d.at(i+1).class&lexicon.Function == 0 && (d.at(i+1).casing == initial || !d.cased)
		if !placed && !region {
			continue
		}
		from, capitals := i, 0
		for n := 0; n < 4 && d.at(from-1).form == word && d.at(from).gap == ' ' && d.at(from-1).casing == initial && d.cased && d.at(from-1).class&(lexicon.Function|lexicon.Kin&^lexicon.Body|lexicon.Title) == 0 || n < 4 && d.is(from-1, "sisters", "brothers", "daughters", "sons", "moms", "dads", "mothers", "fathers", "parents", "women", "men", "kids") && d.at(from-1).casing == initial && d.cased; n++ {
			if general.has(d.at(from - 1).text) {
				capitals = -9
			}
			capitals++
			from--
		}
		if capitals >= 2 || capitals == 1 && placed && companies.has(d.at(i-1).text) {
			d.hitRun(from, i+2)
			continue
		}
		if placed && companies.has(d.at(i-1).text) && (!d.cased || d.at(i-1).casing == lower) && d.t[i+1].hit != Name {
			from = i - 1
			for n := 0; n < 2 && d.runsOn(from-1) && d.at(from).gap == ' '; n++ {
				from--
			}
			d.hitRun(from, i+2)
		}
	}
}

// hitRun files tokens i to j as one body, with what is found behind them.
func (d *doc) hitRun(i, j int) {
	for k := i; k < j; k++ {
		d.t[k].kept = false
	}
	d.hit(i, j, Organization)
	for ; j < len(d.t) && d.isHit(j) && d.t[j].gap == ' ' && d.t[j].hit != Date && !d.t[j-1].possessive; j++ {
		d.t[j].hit, d.t[j].group = Organization, d.groups
	}
}

// fraternal finds lodges by what all of them are called: "to the elks in butte".
func (d *doc) fraternal(i int) {
	if fraternities.has(d.t[i].text) && d.t[i].hit == "" && d.is(i-1, "the") && d.is(i-2, "at", "to", "from", "with", "in", "by", "joined", "left") && (d.is(i+1, "in", "lodge", "club", "hall", "and", "on") || d.at(i+1).form == mark) {
		end := i + 1
		if d.is(end, "lodge", "club", "hall") {
			end++
		}
		if d.is(end, "in") && d.has(end+1, lexicon.Place) && d.at(end+1).class&(lexicon.Function|lexicon.Region) == 0 {
			end += 2
		}
		d.hit(i-1, end, Organization)
	}
}

// fraternities are orders with lodges everywhere.
var fraternities = wordsOf("elks eagles shriners masons rotary kiwanis lions rotarians jaycees oddfellows vfw legion freemasons moose odd")

// companies are people who make a body together.
var companies = wordsOf("moms dads mothers fathers parents club lodge post chapter league assembly church chapel temple tabernacle house volunteers sisters brothers daughters sons knights friends ladies guardians angels soldiers champions voices legion ministries charities fellowship society association alliance coalition guild order scouts crusaders congregation archdiocese diocese conservatory symphony choir consulate embassy chamber humane ymca ywca habitat")

// general are what agencies and papers everywhere are called by.
var general = wordsOf("department dept state power board office bureau division court code duty rule bill act statute law chapter title section part article secretary city town county village borough people republic")
