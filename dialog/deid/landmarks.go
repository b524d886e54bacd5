package deid

import (
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
