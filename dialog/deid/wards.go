package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// ward finds the part of a clinic, a camp or a jail that has a name or a number of
// its own: "the maple wing", "4 west", "ortho 6", "room nine".
func (d *doc) ward(i int) {
	if t := &d.t[i]; t.form == word && !wardWords.has(t.text) && !t.class.Has(lexicon.Number) {
		return
	}
	if d.namedWard(i) {
		d.hit(i-1, i+1, Organization)
	}
	from, end := i, i
	switch {
	case d.t[i].hit != "" && !figures(d.t[i].text):
	case d.bedLetter(i):
		end = i + 1
	case d.wardCompass(i), d.numberedFloor(i), d.roomInWords(i):
		end = i + 2
	}
	if end == i {
		return
	}
	if d.is(i, "surg") && d.is(i-1, "med") {
		from--
	}
	for k := from; k < end; k++ {
		d.t[k].kept = false
	}
	d.hit(from, end, Place)
}

// namedWard reports "the maple wing".
func (d *doc) namedWard(i int) bool {
	if !wards.has(d.t[i].text) || d.t[i].gap != ' ' || !d.is(i-2, "the", "to", "on", "from", "in", "at") || d.at(i-1).gap != ' ' {
		return false
	}
	p := d.at(i - 1)
	return p.form == word && p.hit == "" && !p.kept && p.class.Has(lexicon.Given|lexicon.Surname1|lexicon.Place) && !d.pair(i-1, lexicon.Compound) && p.class&(lexicon.Weak|lexicon.Function|lexicon.Clinical|lexicon.Generic|lexicon.Person|lexicon.Kin|lexicon.Body|lexicon.Says|lexicon.Meets|lexicon.Number|lexicon.Region) == 0 && !compass.has(p.text) && !predicates.has(p.text)
}

// bedLetter reports a number with the letter of a wing or a bed: "from 4w", "in 22A".
func (d *doc) bedLetter(i int) bool {
	n := firstFigures(d.t[i].text)
	if n == "" || d.t[i].hit != "" || len(n) > 4 || len(n) != len(d.t[i].text)-1 {
		return false
	}
	letter, next := d.t[i].text[len(n):], d.at(i+1)
	if strings.Contains("nsew", letter) && len(n) <= 2 && d.is(i-1, "from", "on", "to") {
		return next.text != "ago"
	}
	return strings.Contains("abcef", letter) && (atoi(n) > 12 || letter != "a") && d.is(i-1, "in", "from", "on") && (d.ends(i+1) || next.form == word && d.verbForm(i+1))
}

// wardCompass reports "4 west", "22 Lower", "Three North" and "west 2".
func (d *doc) wardCompass(i int) bool {
	t, next, after := &d.t[i], d.at(i+1), d.at(i+2)
	switch {
	case next.gap != ' ':
		return false
	case compass.has(t.text):
		return t.hit == "" && figures(next.text) && len(next.text) <= 2 && d.is(i-1, "on", "to", "from") && d.ends(i+2)
	case t.class.Has(lexicon.Number):
		return t.casing == initial && d.cased && compass.has(next.text) && next.casing == initial && next.hit == "" && (d.is(i-1, "on", "to", "from", "in", "off", "covers", "cover", "covering", "at") || d.ends(i+2)) && !d.is(i, "one")
	case !figures(t.text) || len(t.text) > 2 || t.gap != ' ' || next.hit != "" && next.hit != Name:
		return false
	}
	return (compass.has(next.text) || d.is(i+1, "tower", "pavilion", "annex", "lower", "upper", "alpha", "bravo", "charlie", "delta", "echo")) && d.is(i-1, "on", "to", "in", "from", "unit", "ward", "floor", "off", "bed", "room", ",") &&
		(after.form == mark || after.gap == '\n' || after.class.Has(lexicon.Function|lexicon.Says|lexicon.Weekday) || d.is(i+2, "last", "right", "today", "tonight", "nurse", "staff", "unit"))
}

// numberedFloor reports "on ortho 6".
func (d *doc) numberedFloor(i int) bool {
	next := d.at(i + 1)
	return floors.has(d.t[i].text) && figures(next.text) && len(next.text) <= 2 && next.gap == ' ' && d.is(i-1, "on", "to", "from", "in", "off", "med") && d.ends(i+2)
}

// roomInWords reports "on the men's side, room nine".
func (d *doc) roomInWords(i int) bool {
	return d.is(i, "room", "bay", "cell", "pod", "unit", "ward") && d.has(i+1, lexicon.Number) && d.t[i].hit == "" && d.at(i+1).gap == ' ' && d.ends(i+2) && (d.is(i-1, "in", "to", "from", ",", "of", "side") || d.startsClause(i))
}

// wardWords are where the name or the number of a ward is looked for.
var wardWords = wordsOf(`program wing unit ward pavilion cottage pod cellblock bunkhouse annex house building hall tower lodge dorm suite room bay cell
north south east west northeast northwest southeast southwest
ortho surg medsurg tele onc oncology peds psych rehab detox stepdown cardiac neuro obs postpartum maternity acute geri adolescent trauma burn`)

// floors are what the floors of a hospital are called by, before their number.
var floors = wordsOf("ortho surg medsurg tele onc oncology peds psych rehab detox stepdown cardiac neuro obs postpartum maternity acute geri adolescent trauma burn")

var wards = wordsOf("program wing unit ward pavilion cottage pod cellblock bunkhouse annex house building hall tower lodge dorm suite")

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
