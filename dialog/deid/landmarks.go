package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// saint takes in what goes before many names of places: St., Mt., Ft., San.
func (d *doc) saint(i int) {
	if n := d.at(i + 1); d.is(i, "mt") && n.form == word && n.gap == ' ' && n.hit == "" && n.class.Has(lexicon.Surname|lexicon.Place) && n.class&(lexicon.Function|lexicon.Clinical) == 0 {
		d.hit(i, i+2, Place) // mt hood
		return
	}
	if n := d.at(i + 1); d.t[i].hit == "" && n.form == word && n.gap == ' ' && n.hit == "" && n.class&(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Kin|lexicon.Person|lexicon.Clinical) == 0 && d.is(i, "fort", "mount", "cape") && d.is(i-1, "at", "of", "from", "to", "in", "near", "on", "outside") && !d.verbForm(i+1) {
		d.hit(i, i+2, Place) // out of fort drum
		return
	}
	if !d.isHit(i) || d.t[i].gap == '\n' || d.t[i].form != word {
		return
	}
	k := i - 1
	if d.is(k, ".") && d.glued(k) {
		k--
	}
	if d.is(k, "temple", "masjid", "mosque", "congregation", "iglesia", "chabad", "camp", "villa", "casa", "parroquia") && k == i-1 && d.at(k).hit == "" {
		d.take(k, i, &d.t[i])
		return
	}
	if d.is(k, "st", "ste", "mt", "ft", "saint", "mount", "fort", "port", "san", "santa", "lake", "los", "las", "el", "new") && (d.at(k).hit == "") && (!d.is(k, "lake", "port", "new", "mount", "fort") || d.at(k).casing == initial && !d.at(k).opens || d.is(k, "lake", "mount", "fort", "port") && d.is(k-1, "near", "at", "in", "on", "by", "from", "to", "off")) {
		d.take(k, i, &d.t[i])
	}
}

// landmark joins a hit to what it is: Golden Gate + Bridge.
func (d *doc) landmark(i int) {
	if !d.isHit(i) || d.t[i].possessive || d.t[i].hit != Name && d.t[i].hit != Place && d.t[i].hit != Unknown && d.t[i].hit != Post {
		return
	}
	if landmarks.has(d.at(i+1).text) && d.at(i+1).gap == ' ' && d.at(i+1).hit == "" && (d.at(i+1).casing == initial || d.is(i+1, "trailer", "mobile", "apartments", "apartment", "estates", "manor") && d.t[i].casing == initial || d.t[i].hit == Place || !d.cased || d.t[i].casing == lower && d.is(i+1, "trailer", "mobile", "apartments", "apartment", "estates", "manor", "bridge", "crossing", "lake", "creek", "county", "beach", "falls", "canyon", "island")) {
		d.t[i].hit = Place
		end := i + 2
		for d.is(end, "home", "park", "complex", "court", "estates") && d.at(end).gap == ' ' && d.at(end).hit == "" && d.is(end-1, "trailer", "mobile", "home", "apartment") {
			end++
		}
		d.take(i+1, end, &d.t[i])
	}
}

var landmarks = wordsOf("elevator silo trailer mobile apartments apartment estates manor bridge crossing skyway needle tower tunnel dam pier lake river creek beach falls mountain mountains peak canyon gorge park point island bay pass overlook trail trailhead mall plaza station square county parish township valley hills heights springs village district neighborhood projects city skyline reservoir hill mesa butte harbor marina forest woods")

// ward finds the part of a clinic, a camp or a jail that has a name or a number of
// its own: "the maple wing", "4 west".
func (d *doc) ward(i int) {
	if wards.has(d.t[i].text) && d.t[i].gap == ' ' && d.is(i-2, "the", "to", "on", "from", "in", "at") && d.at(i-1).gap == ' ' {
		p := d.at(i - 1)
		if p.form == word && p.hit == "" && !p.kept && p.class.Has(lexicon.Given|lexicon.Surname1|lexicon.Place) && !d.pair(i-1, lexicon.Compound) && p.class&(lexicon.Weak|lexicon.Function|lexicon.Clinical|lexicon.Generic|lexicon.Person|lexicon.Kin|lexicon.Body|lexicon.Says|lexicon.Meets|lexicon.Number|lexicon.Region) == 0 && !compass.has(p.text) && !predicates.has(p.text) {
			d.hit(i-1, i+1, Organization)
		}
	}
	next := d.at(i + 1)
	if s := d.t[i].text; len(s) <= 3 && len(firstFigures(s)) == len(s)-1 && len(s) > 1 && strings.Contains("nsew", s[len(s)-1:]) && d.is(i-1, "from", "on", "to") && next.text != "ago" && d.t[i].hit == "" {
		d.t[i].kept = false
		d.hit(i, i+1, Place) // from 4w
		return
	}
	if floors.has(d.t[i].text) && figures(next.text) && len(next.text) <= 2 && next.gap == ' ' && d.is(i-1, "on", "to", "from", "in", "off", "surg") && d.ends(i+2) {
		from := i
		if d.is(i-1, "med") {
			from--
		}
		next.kept = false
		d.hit(from, i+2, Place) // on ortho 6
		return
	}
	if d.is(i, "room", "bay", "cell", "pod", "unit", "ward") && d.has(i+1, lexicon.Number) && d.t[i].hit == "" && next.gap == ' ' && d.ends(i+2) && (d.is(i-1, "in", "to", "from", ",", "of", "side") || d.startsClause(i)) {
		d.hit(i, i+2, Place) // on the men's side, room nine
		return
	}
	if d.has(i, lexicon.Number) && d.t[i].casing == initial && d.cased && compass.has(next.text) && next.casing == initial && next.gap == ' ' && next.hit == "" && (d.is(i-1, "on", "to", "from", "in", "off", "covers", "cover", "covering", "at") || d.ends(i+2)) && !d.is(i, "one") {
		d.hit(i, i+2, Place) // Three North
		return
	}
	if figures(d.t[i].text) && len(d.t[i].text) <= 2 && d.t[i].gap == ' ' && (compass.has(next.text) || d.is(i+1, "tower", "pavilion", "annex", "lower", "upper", "alpha", "bravo", "charlie", "delta", "echo")) && next.gap == ' ' && (next.hit == "" || next.hit == Name) && d.is(i-1, "on", "to", "in", "from", "unit", "ward", "floor", "off", "bed", "room", ",") && (d.at(i+2).form == mark || d.at(i+2).gap == '\n' || d.has(i+2, lexicon.Function|lexicon.Says|lexicon.Weekday) || d.is(i+2, "last", "right", "today", "tonight", "nurse", "staff", "unit")) {
		d.t[i].kept = false
		d.hit(i, i+2, Place)
	}
}

// floors are what the floors of a hospital are called by, before their number.
var floors = wordsOf("ortho surg medsurg tele onc oncology peds psych rehab detox stepdown cardiac neuro obs l&d postpartum maternity acute geri adolescent trauma burn")

var wards = wordsOf("program wing unit ward pavilion cottage pod cellblock bunkhouse annex house building hall tower lodge dorm suite")

// structure finds bridges and dams by name where capitals do not tell: "near
// the ambassador bridge".
func (d *doc) structure(i int) {
	if !structures.has(d.t[i].text) || d.t[i].gap != ' ' {
		return
	}
	p := d.at(i - 1)
	if !d.is(i-2, "the", "near", "off", "from", "at", "on", "by", "under", "over") && d.at(i-2).form == word && d.at(i-1).gap == ' ' && d.is(i-3, "the", "near", "off", "from", "at", "by", "under") && p.class&(lexicon.Function|lexicon.Clinical) == 0 {
		d.hit(i-2, i+1, Place)
		return
	}
	if p.form == word && (p.hit == "" || p.hit == Post) && p.class&(lexicon.Function|lexicon.Clinical) == 0 && !plainBridges.has(d.at(i-1).text) && d.is(i-2, "the", "near", "off", "from", "at", "on", "by", "under", "over") {
		d.hit(i-1, i+1, Place)
	}
}

// structures are found behind any word that is no plain one.
var structures = wordsOf("bridge skyway viaduct dam pier lighthouse speedway coliseum arena stadium fairgrounds")

// plainBridges say what kind of bridge it is.
var plainBridges = wordsOf(`railroad train foot suspension highway covered old new high local nearby city river freeway railway land closest big tall same nearest
football baseball`)
