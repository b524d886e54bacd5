package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// capitalHarmless reports whether a capital inside a sentence tells nothing.
func (d *doc) capitalHarmless(i int) bool {
	t := &d.t[i]
	c := t.class
	switch {
	case c.Has(lexicon.Place) && c&(lexicon.Function|lexicon.Weekday|lexicon.Region) == 0 && (d.phraseBefore(i-1, lexicon.Placed) || d.is(i-1, "from", "near", "outside", "leaving") && (d.at(i+1).form == mark || d.has(i+1, lexicon.Function))) && (d.at(i+1).casing == lower || !d.has(i+1, lexicon.Capital)):
		return false
	case c.Has(lexicon.Person) && !c.Has(lexicon.Capital|lexicon.Clinical|lexicon.Title) && t.casing == initial && d.at(i+1).casing == lower && d.at(i+1).gap == ' ' && d.has(i+1, lexicon.Spot|lexicon.Body) && !clientele.has(t.text),
		c.Has(lexicon.Place) && c&(lexicon.Function|lexicon.Weekday|lexicon.Region|lexicon.Clinical|lexicon.Capital) == 0 && d.is(i-1, "in") && (d.at(i+1).form == mark || d.at(i+1).gap == '\n' || d.has(i+1, lexicon.Function) || strings.HasSuffix(d.at(i+1).text, "n't")):
		return false // the Pilot truck stop, a shop in Sisters
	case c.Has(lexicon.Place) && c.Has(lexicon.Function) && t.casing == initial && len(t.text) > 2 && d.phraseBefore(i-1, lexicon.Placed):
		return false // moved to Why
	case plainSchools.has(t.text) && c&lexicon.Region == 0 && t.casing == initial && d.is(i+1, "jrotc", "rotc", "ffa", "pta", "ptsa", "ptao", "fbla", "deca"):
		return false // Central JROTC
	case c.Has(lexicon.Person) && c&(lexicon.Capital|lexicon.Clinical|lexicon.Title|lexicon.Kin) == 0 && t.casing == initial && d.is(i-1, "at") && t.gap == ' ' && !clientele.has(t.text):
		return false // at Pilot
	case plainSchools.has(t.text) && c&lexicon.Region == 0 && t.casing == initial && d.is(i-1, "at", "from", "to") && (d.at(i+1).form == mark || d.has(i+1, lexicon.Function)) && !d.is(i, "north", "south", "east", "west", "southern", "northern", "eastern", "western"):
		return false // switched from Poly
	case c.Has(lexicon.Title) && c.Has(lexicon.Weak) && d.at(i+1).form == word && d.at(i+1).casing == initial && d.at(i+1).gap == ' ':
		return true // Judge Marsh
	case c.Has(lexicon.Weekday), c.Has(lexicon.Law) && d.citationNear(i), c.Has(lexicon.Title) && c&(lexicon.Given1|lexicon.Given2) == 0 && (d.is(i+1, ".") || d.at(i+1).form == word && d.at(i+1).casing == initial):
		return true
	case c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && d.has(i-1, lexicon.Person|lexicon.Title) && d.speaks(i+1) && !c.Has(lexicon.Function|lexicon.Person):
		return false
	case c.Has(lexicon.Function | lexicon.Number | lexicon.Law):
		return !c.Has(lexicon.Given1|lexicon.Given2) || !c.Has(lexicon.Strong) && c.Has(lexicon.Function)
	case c.Has(lexicon.Clinical):
		return !c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) || t.casing == upper
	case c.Has(lexicon.Capital | lexicon.Kin | lexicon.Person):
		return !c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) || c.Has(lexicon.Capital) && (c.Has(lexicon.Weak|lexicon.Kin|lexicon.Person) && !d.isHit(i-1) && d.at(i+1).casing != initial || d.capitalNeighbour(i))
	case c.Has(lexicon.Ordinary):
		return !c.Has(lexicon.Given1|lexicon.Given2) || !d.has(i-1, lexicon.Kin|lexicon.Person|lexicon.Meets) && !d.speaks(i+1)
	case c.Has(lexicon.Words20|lexicon.Words35) && c&(lexicon.Named|lexicon.Place) == 0 && d.verbForm(i) && (d.at(i-1).casing == lower || d.has(i-1, lexicon.Function)) && d.at(i+1).casing == lower && d.at(i+1).form == word && d.has(i+1, lexicon.Function):
		return true // And Noticed a rash
	case t.text == "god" || t.text == "lord":
		return true
	case d.glued(i) && d.is(i-1, "-") && d.at(i-2).form == word && d.at(i-2).hit == "" && !c.Has(lexicon.Named|lexicon.Place):
		return true
	}
	return d.heading(i)
}

// capitalNeighbour reports a word that people write with a capital beside
// another such word: "Case Manager", "Power of Attorney".
func (d *doc) capitalNeighbour(i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		if d.at(k).form == word && d.at(k).casing == initial && d.at(max(k, i)).gap != '\n' && d.has(k, lexicon.Capital|lexicon.Clinical) && !d.has(k, lexicon.Strong|lexicon.Given1) {
			return true
		}
	}
	return false
}

// heading reports a word of a line in title case that ends in a colon.
func (d *doc) heading(i int) bool {
	t := &d.t[i]
	if t.class.Has(lexicon.Named|lexicon.Place) || !t.class.Has(lexicon.English) {
		return false
	}
	for k := i + 1; k < min(len(d.t), i+5); k++ {
		if d.t[k].gap == '\n' {
			return false
		}
		if d.is(k, ":") {
			return true
		}
	}
	return false
}

// capitalsHere decides on a word in capitals in a text that is not.
func (d *doc) capitalsHere(i int) bool {
	c := d.t[i].class
	switch {
	case len(d.t[i].text) == 2 && c.Has(lexicon.Unit) && d.at(i-1).form != number && c&(lexicon.Clinical|lexicon.Function) == 0 && !d.is(i, "am", "pm", "hr", "mo", "yo", "lb", "iu", "ft", "sx", "wk", "yr", "co"):
		return true
	case len(d.t[i].text) <= 3 && !c.Has(lexicon.Function) && d.startsClause(i) && (d.is(i+1, "and") && d.is(i+2, "her", "his", "their") && d.has(i+3, lexicon.Kin|lexicon.Person) || d.t[i].possessive && d.ownsKin(i)):
		return true // MJ and her sister
	case c.Has(lexicon.Unit) && d.at(i-1).form == word && d.t[i].gap == ' ' && !d.is(i, "am", "pm"):
		return d.initialsHere(i) // his sister KM
	case c.Has(lexicon.Clinical | lexicon.Law | lexicon.Function | lexicon.Weekday | lexicon.Ordinary):
		return len(d.t[i].text) <= 3 && d.initialsHere(i)
	case c.Has(lexicon.Strong | lexicon.Given1 | lexicon.Given2):
		return !c.Has(lexicon.Weak)
	case c.Has(lexicon.Words60|lexicon.Words70) && c&(lexicon.Words20|lexicon.Words35) == 0:
		return len(d.t[i].text) <= 5 // an abbreviation that happens to be a rare word
	}
	return false
}

// initialsHere reports two or three capitals where a name is expected: "pt AL".
func (d *doc) initialsHere(i int) bool {
	if len(d.t[i].text) != 2 || d.t[i].class.Has(lexicon.Clinical|lexicon.Function|lexicon.Ordinary) {
		return false
	}
	return d.has(i-1, lexicon.Kin) || d.is(i-1, "client", "pt", "patient", "friend", "boss", "roommate", "coworker", "with", "w", "told", "met") || d.has(i+1, lexicon.Says) && !d.is(i-1, "in", "from", "of", "to", ",")
}

// opensWithName decides on a capital that starts a sentence.
func (d *doc) opensWithName(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	c := t.class
	capitalNext := next.form == word && !next.kept && next.casing == initial && next.gap == ' ' && !d.capitalHarmlessLoose(i+1)
	switch {
	case c.Has(lexicon.Surname1|lexicon.Given1|lexicon.Given2) && c&(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Weekday) == 0 && d.is(i+1, "is", "was") && d.is(i+2, "the", "my", "her", "his") && d.has(i+3, lexicon.Person|lexicon.Title|lexicon.Kin) && next.gap == ' ':
		return true // Long is the detective
	case c.Has(lexicon.Function|lexicon.Ordinary|lexicon.Title) && !c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1):
		return false
	case d.adjacent(i):
		return false
	case t.possessive && c&notOwners == 0 && d.ownsKin(i):
		return true // Mouse's little sister
	case c.Has(lexicon.Function) && c.Has(lexicon.Weak):
		return capitalNext && next.class.Has(lexicon.Surname) && d.speaks(i+2) // My Nguyen said
	case c.Has(lexicon.Strong), c.Has(lexicon.Words60) && c.Has(lexicon.Given1|lexicon.Given2):
		return true
	case t.possessive && c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && !c.Has(lexicon.Weak|lexicon.Kin|lexicon.Person|lexicon.Weekday):
		return true
	case c.Has(lexicon.Kin | lexicon.Person | lexicon.Clinical | lexicon.Weekday):
		return false
	case c.Has(lexicon.Given1|lexicon.Given2) && d.is(i+1, "is") && d.at(i+2).form == number && figures(d.at(i+2).text):
		return true
	case c.Has(lexicon.Weak):
		return capitalNext && c.Has(lexicon.Named) && d.nameOnly(i+1)
	case d.is(i, "summer", "winter", "autumn", "spring", "season"):
		return d.speaks(i+1) && !d.has(i+1, lexicon.Function) || next.text == "," && d.is(i+2, "her", "his", "their", "my", "the", "our") && d.has(i+3, lexicon.Kin|lexicon.Person)
	case c.Has(lexicon.Given1|lexicon.Given2) && next.casing == initial && next.gap == ' ' && next.class.Has(lexicon.Surname1) && next.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin) == 0:
		return true
	case c.Has(lexicon.Given1 | lexicon.Given2 | lexicon.Surname1):
		return capitalNext || d.speaks(i+1) || next.form == mark && next.text == "," || d.is(i+1, "and") && d.personNear(i+2) || next.form == mark && next.text != ":" && next.text != "-" && next.text != "/"
	case c.Has(lexicon.Meets | lexicon.Says):
		return false
	case c.Has(lexicon.Named | lexicon.Place):
		return capitalNext && d.nameOnly(i+1) || c.Has(lexicon.Given3) && !c.Has(lexicon.Words20) && next.class.Has(lexicon.Says) && !next.class.Has(lexicon.Function)
	}
	return capitalNext && d.nameOnly(i+1) && t.gap == ' ' && !c.Has(lexicon.Words20)
}

// notOwners are words whose relatives are spoken of without naming anybody.
const notOwners = lexicon.Function | lexicon.Kin | lexicon.Person | lexicon.Title | lexicon.Clinical | lexicon.Weekday | lexicon.Ordinary | lexicon.Number | lexicon.Region | lexicon.Unit | lexicon.Generic | lexicon.Body

// ownsKin reports a relative of whom token i speaks as the owner.
func (d *doc) ownsKin(i int) bool {
	k := i + 1
	if d.is(k, "little", "big", "older", "younger", "oldest", "youngest", "baby", "twin", "half", "own", "new", "best", "ex", "late") {
		k++
	}
	t := d.at(k)
	return t.form == word && t.gap == ' ' && t.class.Has(lexicon.Kin) && d.at(i+1).gap == ' '
}

func (d *doc) capitalHarmlessLoose(i int) bool {
	return d.has(i, lexicon.Function|lexicon.Clinical|lexicon.Capital|lexicon.Weekday|lexicon.Kin|lexicon.Person|lexicon.Region)
}

// nameOnly reports a word that no list of harmless words has.
func (d *doc) nameOnly(i int) bool {
	t := d.at(i)
	if t.kept {
		return false
	}
	return t.form == word && t.class&(lexicon.English|harmless|lexicon.Region|lexicon.Eponym|lexicon.Title|lexicon.Law) == 0 || t.casing == initial && !t.opens && t.class.Has(lexicon.Named) && !d.capitalHarmlessLoose(i)
}

// personNear reports whether token i is a name by itself or a word for a person.
func (d *doc) personNear(i int) bool {
	return d.nameOnly(i) || d.is(i, "i", "her", "his", "my", "me", "him", "she", "he") || d.isHit(i)
}

// speaks reports what a person does at token i, with an adverb before it or not.
func (d *doc) speaks(i int) bool {
	t := d.at(i)
	if t.form != word || t.gap == '\n' {
		return false
	}
	if adverbsBeforeVerb.has(d.at(i).text) || adverb(t.text) {
		return d.has(i+1, lexicon.Says) && d.at(i+1).form == word
	}
	if d.is(i, "no") && d.is(i+1, "longer", "show", "showed", "shows") {
		return true
	}
	return t.class.Has(lexicon.Says) || len(t.text) > 4 && strings.HasSuffix(t.text, "ed")
}

func adverb(s string) bool { return len(s) > 4 && s[len(s)-2:] == "ly" }

// verbForm reports what reads as a verb in the past or going on.
func (d *doc) verbForm(i int) bool {
	s := d.t[i].text
	return len(s) > 4 && (s[len(s)-2:] == "ed" || s[len(s)-3:] == "ing")
}

// dayHere reports whether "thu" or "sun" is a day and nobody's name.
func (d *doc) dayHere(i int) bool {
	t := &d.t[i]
	if t.opens && d.is(i, "sat") && d.is(i+1, "with", "in", "at", "on", "through", "down", "up", "outside", "alone", "quietly", "next", "there", "by", "and", "beside", "for", "silent", "silently") {
		return true
	}
	return d.is(i-1, "on", "this", "next", "last", "every", "each", "until", "till", "since", "-", "/", "thru") && !d.has(i+1, lexicon.Says) || d.is(i-1, "to", "and", "or", "through") && d.has(i-2, lexicon.Weekday|lexicon.ShortDay) ||
		d.is(i+1, "at", "am", "pm", "-", "/", "night", "morning", "afternoon", "evening", "and", "eve") && !t.opens || d.at(i+1).form == number || d.is(i-1, "and", ",") && d.is(i+1, "he", "she", "they", "we", "i", "it") && !t.opens ||
		t.casing == lower && t.class.Has(lexicon.Words20) && !d.has(i+1, lexicon.Says)
}

// shortName reports names that are words of grammar: "told An about it".
func (d *doc) shortName(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if len(t.text) != 2 {
		return false
	}
	switch {
	case d.is(i, "ha", "ho"):
		return !d.is(i-1, "ha", "ho") && !d.is(i+1, "ha", "ho")
	case d.is(i, "an"):
		return next.form == mark && next.text != "\"" && next.text != "'" && next.text != "(" && next.text != "[" && next.text != "<" && next.text != "-" || next.class.Has(lexicon.Says) && next.class.Has(lexicon.Function) || t.casing == initial && !t.opens && d.cased && next.casing == lower || next.casing != lower && d.cased && t.casing == initial && d.nameOnly(i+1)
	case shortNames.has(t.text):
		return d.has(i-1, lexicon.Meets) && t.gap == ' ' && (next.form == mark && next.text != "." && next.text != "-" || next.gap == '\n' || d.is(i+1, "and", "back", "about", "again"))
	case d.is(i, "my", "do", "so"):
		return t.casing == initial && !t.opens && d.cased && (d.at(i-1).casing != initial || d.at(i-1).opens) && d.at(i-1).form == word && (next.form != word || next.casing == lower || next.text == "i")
	}
	return false
}

// adverbsBeforeVerb stand between a subject and what it does.
var adverbsBeforeVerb = wordsOf("and also still never always just recently reportedly allegedly apparently finally again later then already now even only")

// clientele are people whose room, group or home is spoken of with a capital.
var clientele = wordsOf("client clients patient patients pt pts resident residents staff visitor guest guests member members employee employees nurse nurses women men adult adults child children teen teens veterans veteran student students")

// shortNames are words of two letters that are names where somebody is told something.
var shortNames = wordsOf("mo al ed di jo ty vi bo cy ma la lu si")
