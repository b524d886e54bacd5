package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// cuedName reports a word that what stands before it makes a name, whatever
// the lists say of it: "named Bear", "Dr. Long".
func (d *doc) cuedName(i int) bool {
	t := &d.t[i]
	if (t.text[0] == 'm' || t.text[0] == 'd') && d.is(i, "mr", "mrs", "ms", "mx", "dr") {
		return false // what is behind it is the name
	}
	if len(t.text) <= 3 && (d.is(i-1, "initials") || d.is(i-2, "initials") && d.is(i-1, "are", "is", ":", "=")) && !d.is(i, "are", "is", "and", "of", "on", "in", "for", "or", "not", "at", "to") {
		return true
	}
	if d.is(i-1, "by") && d.is(i-2, "went", "goes", "go") && (d.is(i+1, ",", ".", "\"", ";") || d.at(i+1).gap == '\n') && t.class&(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Number|lexicon.Unit) == 0 && !adverb(t.text) && !d.is(i, "fast", "slow", "unnoticed", "smoothly", "ok", "okay", "fine", "before", "today", "yesterday", "it", "memory", "feel", "instinct") {
		return true // went by cricket
	}
	if d.is(i-1, "the") && (d.is(i-2, "aka", "alias", "nicknamed") || d.is(i-2, "as") && d.is(i-3, "known")) && t.gap == ' ' && t.class&(lexicon.Function|lexicon.Kin|lexicon.Person) == 0 && d.ends(i+1) {
		return true // aka the hammer
	}
	if d.titled(i) || d.isHit(i-1) && t.gap == ' ' && d.is(i-1, "lil", "big", "lady", "king", "queen", "mama", "papa", "tio") && !t.class.Has(lexicon.Function|lexicon.Says|lexicon.Meets) {
		return true
	}
	if t.casing == initial && d.is(i-1, "named", "called") && t.gap == ' ' && d.cased && !t.opens && !t.class.Has(lexicon.Clinical) && d.is(i-1, "named") {
		return true
	}
	if t.class.Has(lexicon.Function|lexicon.Kin) && !t.class.Has(lexicon.Given1|lexicon.Given2) && !(d.is(i, "mama", "papa", "big", "little", "old") && d.nameOnly(i+1) && d.at(i+1).gap == ' ') || t.class.Has(lexicon.Person) || t.class.Has(lexicon.Title) && t.casing == lower {
		return false
	}
	k := i - 1
	for d.at(k).form == mark && d.is(k, "\"", "'", ":", "(", ",") {
		k--
	}
	if notNames.has(t.text) && t.casing == lower {
		return false
	}
	if k < 0 || k < i-3 {
		return false
	}
	if !d.has(k, lexicon.NameCue) && !d.phraseBefore(k, lexicon.NameCue) {
		next := d.at(i + 1)
		if d.is(k, "called") && somebody.has(d.at(k-1).text) && k == i-1 {
			return !t.class.Has(lexicon.Function) && !d.is(i, "cps", "police", "aps", "back", "crying", "today", "yesterday", "twice", "once")
		}
		return d.has(k, lexicon.Kin|lexicon.Person) && d.at(k-1).form == word && d.is(k-2, "call", "calls", "called", "nickname", "nicknamed") && k == i-1 && !t.class.Has(lexicon.Function) &&
			(next.form == mark || next.gap == '\n' || d.is(i+1, "and", "because", "but"))
	}
	if d.is(k, "nickname", "alias", "aka") && (d.at(i+1).form == mark || d.at(i+1).gap == '\n') && !t.class.Has(lexicon.Function|lexicon.Clinical|lexicon.Kin) && !notNicknames.has(t.text) {
		return true
	}
	if t.class.Has(lexicon.Words20|lexicon.Words35) && d.is(k, "him", "her") {
		next := d.at(i + 1)
		return !notNicknames.has(t.text) && !t.class.Has(lexicon.Kin|lexicon.Clinical) && (next.form == mark || next.placed || next.gap == '\n' || d.is(i+1, "and", "because", "but", "since", "on", "at", "in", "who", "or"))
	}
	if t.class&(lexicon.Words20|lexicon.Words35|lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Ordinary) == 0 && d.is(k, "him", "her") && d.ends(i+1) && !describes(t.text) {
		return true // call him tater
	}
	calls := d.is(k, "him", "her", "himself", "herself", "themselves", "nickname", "alias", "aka", "named")
	return !calls || t.casing != lower || t.class.Has(lexicon.Named|lexicon.Place) && t.class&lexicon.Words20 == 0 || d.is(k, "named", "aka", "alias") && !t.class.Has(lexicon.Clinical)
}

// describes reports what ends like an adjective.
func describes(s string) bool {
	for _, end := range []string{"ic", "ous", "ive", "al", "ful", "less", "ish", "able", "ed", "ing", "ist"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// notNicknames are what people are called without being named.
var notNicknames = wordsOf("names back daily later today tomorrow weekly once twice crazy stupid fat ugly lazy worthless dumb again out often late first useless selfish evil mean weird gay loser idiot trash pathetic disgusting psycho manipulative dramatic liar cheater fake weak toxic dirty sick insane monster every repeatedly constantly collect sir anxious annoying bipolar depressed needy clingy dependent spoiled broken damaged difficult childish boring ungrateful heartless careless hopeless helpless nothing everything")

// notNames say of a name what became of it.
var notNames = wordsOf("unknown withheld redacted omitted changed given not only first last same different other similar something someone listed blank missing correct wrong misspelled after and or on in is")

// phraseBefore reports whether a phrase of class c of two or three words ends at token k.
func (d *doc) phraseBefore(k int, c lexicon.Class) bool {
	for from := k - 1; from >= max(0, k-3); from-- {
		if d.t[from].form == mark || d.t[from+1].gap == '\n' {
			return false
		}
		if d.phrase(from, c) == k+1 {
			return true
		}
	}
	return false
}

// titled reports a word after a title: "dr wade", "Sgt. Long".
func (d *doc) titled(i int) bool {
	t := &d.t[i]
	k := i - 1
	if d.glued(k) && d.is(k, ".") {
		k--
	}
	title := d.at(k)
	if title.form != word || !title.class.Has(lexicon.Title) || title.possessive || t.gap == '\n' {
		return false
	}
	if d.is(k, "dr", "mr", "mrs", "ms", "mx", "sgt", "lt", "prof", "rev", "fr", "cpl", "tia", "tio", "tita", "tito") {
		if d.is(k, "ms", "lt", "fr", "dr") && t.casing == lower && t.class&lexicon.Named == 0 {
			return t.class&(lexicon.Function|lexicon.English|lexicon.Clinical) == 0
		}
		return !t.class.Has(lexicon.Function) && !(t.class.Has(lexicon.Meets|lexicon.Says) && t.casing == lower && !t.class.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1))
	}
	if t.class.Has(lexicon.Function|lexicon.Kin|lexicon.Person) && !t.class.Has(lexicon.Given1|lexicon.Given2) && !(t.class.Has(lexicon.Surname1) && t.class&(lexicon.Function|lexicon.Kin) == 0 && (t.casing != lower && !t.class.Has(lexicon.Capital) || !title.class.Has(lexicon.Person|lexicon.Kin))) {
		return false
	}
	if t.casing == initial && d.cased && !t.opens {
		return !d.capitalHarmless(i)
	}
	if d.is(k, "officer", "deputy", "detective", "sergeant", "judge", "coach", "pastor", "agent", "principal", "professor", "trooper", "lieutenant", "senator") && d.speaks(i+1) && t.class.Has(lexicon.Named) && t.class&(lexicon.Says|lexicon.Meets) == 0 {
		return true
	}
	if t.class.Has(lexicon.Surname1) && t.class&(lexicon.Clinical|lexicon.Says|lexicon.Meets) == 0 && (t.class&(lexicon.Noun|lexicon.Unit) == 0 || d.is(k, "officer", "deputy", "detective", "trooper")) && d.is(k, "officer", "deputy", "detective", "nurse", "judge", "coach", "pastor", "agent", "principal", "professor", "trooper") && (d.speaks(i+1) || d.at(i+1).form == mark || d.is(i+1, "and") && d.has(i+2, lexicon.Title)) {
		return true
	}
	return t.class.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && !t.class.Has(lexicon.Weak|lexicon.Clinical|lexicon.Says) && !d.adjacent(i) && (title.class.Has(lexicon.Kin) || !t.class.Has(lexicon.Words20) || t.class.Has(lexicon.Strong) || d.speaks(i+1) || d.at(i+1).form == mark || d.at(i+1).gap == '\n')
}

// nameHere decides on a word that a list knows: is it the word or somebody?
func (d *doc) nameHere(i int) bool {
	t := &d.t[i]
	if t.class.Has(lexicon.RegionName) {
		return !d.regionHere(i)
	}
	if t.class.Has(lexicon.Law) && d.citationNear(i) {
		return false
	}
	if d.spoken(i) {
		return false
	}
	if d.beforeState(i) {
		return true
	}
	if t.class.Has(lexicon.Region) && t.class.Has(lexicon.Surname1) && t.casing == initial && !t.opens && d.cased && d.speaks(i+1) {
		return true // White as a name: "whether White is"
	}
	if d.afflicted(i) {
		return true
	}
	if t.class.Has(lexicon.Place) && t.class.Has(lexicon.Clinical) && t.class&lexicon.English == 0 && len(t.text) > 4 && d.is(i-1, "in") {
		return true // in Doral, and in no drug
	}
	if t.class.Has(lexicon.Unit) && t.gap == ' ' && (d.at(i-1).form == number && d.at(i-1).hit == "" || d.has(i-1, lexicon.Number)) {
		return false // 200 miles
	}
	if t.class.Has(lexicon.Region) && (len(t.text) > 2 || t.casing == upper) {
		return t.casing == upper && len(t.text) == 2 && d.initialsHere(i)
	}
	if t.class.Has(lexicon.ShortDay) {
		return !d.dayHere(i)
	}
	if t.class.Has(lexicon.Eponym) {
		if d.eponymHere(i) {
			return false
		}
		if t.class&(lexicon.Words20|lexicon.Words35|lexicon.Law|harmless) == 0 {
			return true
		}
	}
	if strings.HasSuffix(t.text, "s") && d.is(i-1, "the") && d.is(i-2, "and", "&") && d.isHit(i-3) && d.is(i-4, "the") && d.t[i-3].hit == Name && d.words.Classes(t.text[:len(t.text)-1]).Has(lexicon.Surname) {
		return true // the moodys and the savages
	}
	if d.shortName(i) || d.modalName(i) {
		return true
	}
	if t.casing == upper && d.cased && d.is(i, "sf", "la") && !d.is(i+1, "-") && d.at(i+1).form != number && d.is(i-1, "in", "from", "to", ",", "near") && !(d.is(i, "la") && d.is(i-1, ",")) {
		return true // the city
	}
	switch {
	case t.casing == initial && d.cased && !t.opens, t.casing == mixed && d.cased:
		return !d.capitalHarmless(i)
	case t.casing == upper && d.cased:
		return d.capitalsHere(i)
	case t.casing == initial && t.opens:
		return d.opensWithName(i) || d.unshown(i)
	}
	return d.smallName(i) || d.unshown(i)
}

// diseases are called after people with an 's and no noun.
var diseases = wordsOf("parkinson alzheimer huntington tourette asperger hodgkin crohn wilson grave addison cushing korsakoff")

// eponymHere reports whether an eponym stands beside its noun.
func (d *doc) eponymHere(i int) bool {
	if d.titled(i) || d.has(i-1, lexicon.Kin) || d.is(i-1, "client", "pt", "patient", "named") {
		return false
	}
	if d.t[i].possessive && diseases.has(d.t[i].text) || d.is(i-1, "out") && d.is(i-2, "rule", "ruled") || d.is(i-1, "/") && d.is(i-2, "r") {
		return true
	}
	for k := i + 1; k < min(len(d.t), i+6); k++ {
		t := &d.t[k]
		switch {
		case t.gap == '\n' || t.form == mark && t.text != "-" && t.text != "/" && t.text != "&" && t.text != "'":
			return false
		case t.class.Has(lexicon.EpoNoun):
			for d.has(k+1, lexicon.EpoNoun) && d.at(k+1).gap == ' ' {
				k++
			}
			d.keep(i, k+1)
			return true
		case t.form == number && k > i && figures(t.text) && len(t.text) <= 2 && !d.is(k-1, ","):
			return true // "Zarit 52"
		case t.class.Has(lexicon.Eponym) || t.form == mark || d.is(k, "and", "of", "the"):
		case t.class.Has(lexicon.Clinical) && t.casing == upper && d.cased:
			return true
		default:
			return false
		}
	}
	return false
}

// somebody are words for a person who may be called something.
var somebody = wordsOf(`man woman guy boy girl person friend dealer kid teen dude someone somebody stranger brother sister cousin uncle dog classmate coworker
neighbor`)

// spoken reports the people and the language that are called Karen as well.
func (d *doc) spoken(i int) bool {
	return d.is(i, "karen") && (d.is(i-1, "speak", "speaks", "speaking", "spoke", "in") || d.is(i-1, "only", "mostly", "some") && d.is(i-2, "speak", "speaks", "spoke") || d.is(i+1, "interpreter", "speaking", "speaker", "speakers", "language", "refugee", "refugees", "clients"))
}
