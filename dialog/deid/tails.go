package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

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
	placed := t.hit == Place || t.hit == Unknown || t.class.Has(lexicon.Place)
	switch {
	case agencies.has(next.text) && placed && t.form == word && (next.casing == upper || (t.casing == lower || !d.cased) && !next.class.Has(lexicon.Function) && d.ends(i+2)):
		d.hit(i, i+2, Organization) // Tulsa PD
	case (t.hit == Place || t.hit == Post || t.hit == Name) && (d.is(i, "county", "parish", "city", "borough") || placed && t.form == word) && countyBodies.has(next.text) && (next.casing == initial || d.is(i, "county", "parish") || placed && t.casing == lower && (d.leadsIn(i-1) || d.isHit(i-1)) && d.is(i+1, "jail", "courthouse", "prison", "hospital", "airport", "library", "fairgrounds", "morgue", "mall", "casino") && d.ends(i+2) || t.hit == Place && d.is(i+1, "courthouse")):
		end := i + 2
		for countyBodies.has(d.at(end).text) && d.at(end).gap == ' ' {
			end++
		}
		if d.is(end, "of") && boardsOf.has(d.at(end+1).text) {
			end += 2
		}
		d.t[i+1].kept = false
		d.take(i+1, end, t) // sandusky county jail
	case d.is(i+1, "hub", "terminal", "depot") && t.casing == upper && len(t.text) <= 5 && next.casing == lower:
		d.take(i+1, i+2, t) // the RTA hub
	case landmarks.has(next.text) && t.hit == Unknown && t.casing == lower && next.casing == lower && d.is(i-1, "the") && (d.ends(i+2) || d.is(i+2, "and")):
		d.take(i+1, i+2, t) // the scoular elevator
	case d.is(i+1, "works") && t.hit == Organization && (d.ends(i+2) || whenWords.has(d.at(i+2).text)):
		d.take(i+1, i+2, t) // at iron works
	case d.is(i+1, "tech", "poly") && next.casing == lower && t.casing == lower && t.class&lexicon.English == 0 && d.ends(i+2):
		d.hit(i, i+2, Organization) // cass tech
	case d.is(i+1, "correctional", "penitentiary", "detention") && (placed || t.hit == Name):
		d.t[i+1].kept = false
		d.hit(i, i+2, Organization) // elmore correctional
	case d.is(i+1, "jv", "varsity", "girls", "boys", "youth", "club") && sportTails.has(d.at(i+2).text) && d.at(i+2).gap == ' ' && (placed || t.hit == Organization):
		d.t[i+1].kept, d.t[i+2].kept = false, false
		d.take(i+1, i+3, t) // Northfield JV hockey
	case d.is(i-1, "for") && playVerbs.has(d.at(i-2).text) && next.casing == lower && t.casing == lower && d.ends(i+2) && !next.class.Has(lexicon.Function|lexicon.Person|lexicon.Kin|lexicon.Unit) && !whenWords.has(next.text) && !adverb(next.text):
		d.take(i+1, i+2, t) // plays for cincy elite
	case sportTails.has(next.text) && (next.casing == t.casing || !d.cased) && d.ends(i+2) && t.form == word && !t.class.Has(lexicon.Given1|lexicon.Given2) && (t.hit == Place || t.hit == Unknown || t.hit == Organization):
		d.take(i+1, i+2, t) // quit roughrider wrestling
	case next.text == "state" && next.casing == lower && (t.hit == Place || t.hit == Unknown) && !t.class.Has(lexicon.Region) && d.ends(i+2):
		d.hit(i, i+2, Organization) // graduates bemidji state
	case landmarks.has(t.text) && landmarks.has(next.text) && (next.casing == t.casing || !d.cased) && d.ends(i+2), d.is(i+1, "cemetery", "graveyard", "memorial", "mausoleum") && d.leadsIn(i-1) && d.ends(i+2), d.is(i+1, "cemetery") && placed:
		d.take(i+1, i+2, t) // deschutes river trail
	default:
		d.doorBetween(i)
	}
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

// countyBodies are what a county has, and countyBoards what it is run by.
var (
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

// membersOf takes in who belongs to a body that is called after a place:
// "literacy volunteers of troy", "Legal Aid of Nebraska".
func (d *doc) membersOf() {
	for i := 1; i < len(d.t); i++ {
		if d.is(i, "of") && d.t[i].hit == "" && d.isHit(i-1) && d.t[i-1].hit == Organization && !d.t[i-1].possessive && d.isHit(i+1) && (d.t[i+1].hit == Place || d.t[i+1].hit == Unknown || d.has(i+1, lexicon.Place)) && d.at(i+1).gap == ' ' {
			d.take(i, i+1, &d.t[i-1]) // planned parenthood of spokane
			continue
		}
		if d.is(i, "of") && d.t[i].hit == "" && d.isHit(i-1) && d.t[i-1].hit == Organization && !d.t[i-1].possessive && d.has(i+1, lexicon.Place) && d.t[i+1].hit == "" && d.at(i+1).gap == ' ' && d.t[i+1].casing == d.t[i-1].casing && d.at(i+1).class&(lexicon.Function|lexicon.Generic|lexicon.Kin|lexicon.Clinical|lexicon.Region) == 0 && d.ends(i+2) {
			d.hitRun(i, i+2) // Compassionate Friends of Mobile
			continue
		}
		d.fraternal(i)
		if !d.is(i, "of") || d.t[i].hit != "" || d.t[i].gap != ' ' || d.at(i+1).gap != ' ' || d.at(i+1).form != word {
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
var companies = wordsOf("moms dads mothers fathers parents club lodge post chapter league assembly church chapel temple tabernacle house volunteers sisters brothers daughters sons knights friends ladies guardians angels soldiers champions voices legion ministries charities fellowship society association alliance coalition league guild order knights scouts crusaders congregation archdiocese diocese conservatory symphony choir consulate embassy embassy chamber humane ymca ywca habitat")

// general are what agencies and papers everywhere are called by.
var general = wordsOf("department dept state power board office bureau division court code duty rule bill act statute law chapter title section part article secretary city town county village borough people republic")

// transit finds lines by their number, letter or colour: "the 42 bus", "takes the
// Q58", "nights on the blue line".
func (d *doc) transit() {
	for i := 1; i < len(d.t); i++ {
		t := &d.t[i]
		switch {
		case d.is(i+1, "train") && t.form == word && len(t.text) == 1 && t.gap == ' ' && d.is(i-1, "the") && t.text != "i":
			t.kept = false
			d.hit(i, i+2, Code)
		case t.form == number && len(t.text) <= 2 && d.is(i+1, "train") && d.is(i-1, "the"):
			t.kept = false
			d.hit(i, i+2, Code) // the 6 train
		case t.form == number && len(t.text) <= 4 && t.gap == ' ' && t.hit == "" && (d.is(i+1, "bus", "tram", "trolley", "streetcar", "outbound", "inbound", "crosstown", "express", "train") || d.is(i-1, "the") && d.is(i-2, "takes", "took", "take", "rides", "ride", "rode", "riding", "catch", "catches", "caught", "missed", "on", "off", "taking") && d.is(i+1, "to", "home", "back", "in", "downtown", "every") && (figures(t.text) || !d.has(i, lexicon.Unit)) && !d.is(i-2, "missed", "on", "off")),
			t.form == number && t.gap == ' ' && t.hit == "" && len(t.text) <= 4 && t.text[0] > '9' && d.is(i-1, "the") && d.is(i-2, "takes", "took", "take", "rides", "ride", "rode", "riding", "catch", "catches", "caught", "missed", "taking", "on"):
			t.kept = false
			d.hit(i, i+1, Code)
		case t.form == number && t.gap == ' ' && t.hit == "" && len(t.text) <= 4 && t.text[0] > '9' && d.is(i-1, "the") && d.near(i, i+1, rides):
			t.kept = false
			d.hit(i, i+1, Code) // the bus she takes is the Q58
		case d.is(i, "line") && colours.has(d.at(i-1).text) && d.is(i-2, "the") && (d.is(i-3, "on", "off", "ride", "rides", "riding", "rode", "takes", "took", "take", "taking", "catch", "along", "down", "down") || d.is(i+1, "train", "station", "stop", "platform")) && t.hit == "":
			d.hit(i-1, i+1, Place)
		}
	}
}

// rides are what has a number and a letter.
var rides = wordsOf("bus train tram trolley streetcar ferry takes rides")

// colours are what lines are called by.
var colours = wordsOf("red blue green orange yellow brown purple pink silver gold gray grey")

// block finds the part of a jail by its letter: "on C-pod", "b block".
func (d *doc) block(i int) {
	if !cellBlocks.has(d.t[i].text) || d.t[i].hit != "" {
		return
	}
	k := i - 1
	if d.is(k, "-") && d.glued(i) {
		k--
	}
	if p := d.at(k); p.form == word && len(p.text) == 1 && (k == i-1 || d.glued(k+1)) && !(d.is(k, "a") && p.casing == lower) && p.text != "i" && !strings.Contains("s", p.text) {
		d.t[k].kept = false
		d.hit(k, i+1, Place)
	}
}

// cellBlocks are the parts of a jail that have a letter.
var cellBlocks = wordsOf("pod block dorm tier cellblock")
