package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// placedLikeName decides on a word that is about as often a name.
func (d *doc) placedLikeName(i int, determined, belongs bool) bool {
	t, prev, next := &d.t[i], d.at(i-1), d.at(i+1)
	starts := prev.form == mark && prev.text != "-" && prev.text != "'" || prev.gap == '\n' && i == 0 || t.gap == '\n' || clauseOpeners.has(d.at(i-1).text)
	switch {
	case belongs && determined:
		return true
	case d.question(i), d.is(i+1, "and", "or") && d.is(i+2, "his", "her", "their", "my", "the") && d.has(i+3, lexicon.Kin):
		return d.has(i, lexicon.Given1|lexicon.Given2)
	case next.form == mark && (d.is(i-1, "(") || d.is(i-1, ",") && d.has(i-2, lexicon.Kin|lexicon.Person)) && d.has(i, lexicon.Given1|lexicon.Given2):
		return true
	case determined && !prev.class.Has(lexicon.Kin):
		return false
	case t.possessive && next.form == word:
		return !prev.class.Has(lexicon.English) || prev.class.Has(lexicon.Function|lexicon.Meets|lexicon.Kin|lexicon.Person)
	case prev.form == word && prev.class.Has(lexicon.Kin) && !prev.possessive && t.class.Has(lexicon.Says|lexicon.Meets) && !t.class.Has(lexicon.Given1|lexicon.Given2):
		return false
	case prev.form == word && prev.class.Has(lexicon.Kin) && !prev.possessive:
		return !next.class.Has(lexicon.Unit) && !d.verbAfterKin(i)
	case d.is(i-1, "client", "pt", "patient", "friend", "boss", "roommate", "coworker", "neighbor", "supervisee", "sponsor", "landlord", "counselor", "therapist", "dealer", "classmate"):
		return next.class.Has(lexicon.Says) || next.form == mark || d.has(i, lexicon.Given1) && !d.verbAfterKin(i)
	case meetsHim.has(d.at(i - 1).text):
		return next.form == mark || next.class.Has(lexicon.Function|lexicon.Says|lexicon.Weekday) || !next.class.Has(lexicon.English)
	case d.is(i-1, "/") && d.is(i-2, "w"):
		return true
	case prev.form == word && !prev.class.Has(lexicon.Function|lexicon.English) && d.speaks(i+1), noteOpeners.has(d.at(i-1).text) && (d.speaks(i+1) || strings.HasSuffix(next.text, "ed") && len(next.text) > 4 || d.is(i+1, "no") && d.is(i+2, "show", "showed", "shows")):
		return d.has(i, lexicon.Given1|lexicon.Given2) && !d.has(i, lexicon.Clinical)
	case besideSomebody.has(d.at(i-1).text) && (next.form == mark || next.class.Has(lexicon.Says) || afterSomebody.has(d.at(i+1).text)):
		return d.has(i, lexicon.Given1|lexicon.Given2)
	case d.is(i-1, "with", "about", "from", "against", "by") && (next.class.Has(lexicon.Function) || next.class.Has(lexicon.Weekday)) && !determiners.has(next.text) && !d.is(i+1, "of", "to"):
		return d.has(i, lexicon.Given1|lexicon.Given2)
	case d.is(i-1, "to"):
		return d.spokenTo(i - 1)
	case starts && next.form == word && next.gap == ' ' && d.speaks(i+1):
		return !d.is(i+1, "and", "who") && (d.has(i, lexicon.Given1|lexicon.Given2) || prev.form == word)
	case d.fullName(i):
		return true
	case next.form == word && d.nameOnly(i+1) && next.gap == ' ' && next.class.Has(lexicon.Surname):
		return d.has(i, lexicon.Given1|lexicon.Given2)
	case d.plainSurname(i):
		return true
	case prev.form == word && d.nameOnly(i-1) && t.gap == ' ' && prev.class.Has(lexicon.Given):
		return d.has(i, lexicon.Surname1) && !d.has(i, lexicon.Says|lexicon.Words20) || d.has(i, lexicon.Given1|lexicon.Surname1) && (next.form == mark || next.class.Has(lexicon.Says|lexicon.Function)) && !d.has(i, lexicon.Says|lexicon.Meets)
	}
	return false
}

// plainSurname reports an everyday word that ends a sentence or a part of one
// behind a given name that is nothing else: "ignatius broom, retired".
func (d *doc) plainSurname(i int) bool {
	t, prev, next := &d.t[i], d.at(i-1), d.at(i+1)
	if beforeBareVerb.has(d.at(i-2).text) || d.is(i-2, "did", "does", "do", "let", "lets", "made", "make", "makes", "help", "helps", "helped", "saw", "see", "heard", "hear", "watched", "watch") {
		return false // why would mercedes lie?
	}
	return t.class.Has(lexicon.Surname) && t.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Meets|lexicon.Weekday|lexicon.Generic|lexicon.Number|lexicon.Unit|lexicon.Month|lexicon.Region) == 0 && t.gap == ' ' && !d.verbForm(i) && !adverb(t.text) && !whenWords.has(t.text) &&
		prev.form == word && !prev.possessive && prev.class.Has(lexicon.Given1|lexicon.Given2) && prev.class&lexicon.English == 0 && d.nameOnly(i-1) && next.form == mark && next.text != "-" && next.text != "'" && next.text != "/"
}

// fullName reports a given name before a surname where both are words: "mark stone".
func (d *doc) fullName(i int) bool {
	t, prev, next, after := &d.t[i], d.at(i-1), d.at(i+1), d.at(i+2)
	if !t.class.Has(lexicon.Given1|lexicon.Given2) || next.form != word || next.gap != ' ' || !next.class.Has(lexicon.Surname1) || next.class.Has(lexicon.Says|lexicon.Function|lexicon.Kin|lexicon.Clinical|lexicon.Meets) {
		return false
	}
	if d.is(i, "will", "may") && prev.form == word && !after.class.Has(lexicon.Says) && (prev.class.Has(lexicon.Kin|lexicon.Person) || !prev.class.Has(lexicon.Function|lexicon.Meets) || d.is(i-1, "i", "we", "you", "she", "he", "they", "it", "that", "this", "who")) {
		return false
	}
	return after.form == mark || after.gap == '\n' || after.class.Has(lexicon.Says) || strings.HasSuffix(after.text, "ing") || after.class.Has(lexicon.Function) && !determiners.has(after.text)
}

// coordinated finds the other half of "mark and dawn".
func (d *doc) coordinated() {
	for i := range d.t {
		if d.t[i].hit == "" || d.t[i].form != word {
			continue
		}
		for _, step := range []int{-1, 1} {
			if d.is(i+step, "&") && !d.glued(max(i, i+step)) && d.at(i+2*step).form == word && d.at(i+2*step).hit == "" && d.has(i+2*step, lexicon.Place|lexicon.Surname1) && !d.has(i+2*step, lexicon.Function|lexicon.Clinical|lexicon.Generic) && !determiners.has(d.at(i+2*step-1).text) {
				d.hit(i+2*step, i+2*step+1, d.t[i].hit)
			}
		}
		d.givenBefore(i)
		d.townsInTurn(i)
		if d.t[i].hit != Name {
			continue
		}
		if p := d.at(i - 2); d.is(i-1, ",") && p.opens && p.form == word && p.hit == "" && p.class.Has(lexicon.Surname1) && p.class&(lexicon.Function|lexicon.Kin) == 0 && (!d.has(i+1, lexicon.Kin|lexicon.Person)) {
			d.hit(i-2, i, Name)
		}
		if p := d.at(i - 2); d.is(i-1, ",") && d.is(i+1, ",", "and", "&") && p.opens && p.form == word && p.hit == "" && !p.kept && p.casing == initial && p.class.Has(lexicon.Named) && p.class&(notInNames|lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Meets|lexicon.Weekday|lexicon.Ordinary) == 0 {
			d.hit(i-2, i-1, Name)
		}
		for _, step := range []int{-1, 1} {
			if d.is(i+step, "and", "&", "or") && d.at(i+2*step).form == word && d.at(i+2*step).hit == "" {
				k := i + 2*step
				c := d.t[k].class
				if c.Has(lexicon.Given1|lexicon.Given2) && !c.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Weekday) && !determiners.has(d.at(k-1).text) && !d.adjacent(k) && (!c.Has(lexicon.Weak) || !d.shown(k) && !d.has(k, lexicon.Says|lexicon.Meets|lexicon.Unit) && !d.verbForm(k) && step < 0) {
					d.hit(k, k+1, Name)
				}
			}
		}
	}
}

// givenBefore finds the given name before a surname that is nothing else:
// "patient hyacinth boateng".
func (d *doc) givenBefore(i int) {
	p := d.at(i - 1)
	if d.t[i].hit == Name && d.t[i].gap == ' ' && d.t[i].class.Has(lexicon.Surname) && d.t[i].class&(lexicon.Given|lexicon.English) == 0 && p.form == word && p.hit == "" && !p.kept && !p.possessive && len(p.text) > 2 && p.class.Has(lexicon.Given) &&
		p.class&(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Meets|lexicon.Title|lexicon.Clinical|lexicon.Weak|lexicon.Weekday|lexicon.Region|lexicon.Generic|lexicon.Body|lexicon.Spot|lexicon.Ordinary|lexicon.Number) == 0 && !adverb(p.text) && !d.verbForm(i-1) && !determiners.has(d.at(i-2).text) {
		d.hit(i-1, i, Name)
	}
}

// townsInTurn finds the next town of "Duluth, then Superior".
func (d *doc) townsInTurn(i int) {
	if d.t[i].hit == Place && d.is(i+1, ",") && d.is(i+2, "then") && d.has(i+3, lexicon.Place) && d.t[i+3].hit == "" && d.t[i+3].class&(lexicon.Function|lexicon.Generic|lexicon.Spot|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Says|lexicon.Meets|lexicon.Region) == 0 && d.ends(i+4) {
		d.hit(i+3, i+4, Place) // duluth, then superior
		return
	}
	if d.t[i].hit != Place || !d.cased || d.t[i].casing != initial || !d.is(i+1, ",", "then", "and", "to") {
		return
	}
	k := i + 2
	if d.is(k, "then", "and", "later") {
		k++
	}
	t := d.at(k)
	if t.form == word && t.hit == "" && !t.kept && t.casing == initial && t.gap == ' ' && !t.opens && t.class.Has(lexicon.Place) && !t.class.Has(lexicon.Function|lexicon.Region|lexicon.Weekday|lexicon.Kin|lexicon.Person) && d.at(k+1).casing != initial {
		d.hit(k, k+1, Place)
	}
}

// verbAfterKin reports "his father drew a gun", "her mom will".
func (d *doc) verbAfterKin(i int) bool {
	return d.is(i, "will", "may", "drew", "rose", "hope", "page", "bill", "may", "chance", "price", "case", "grant", "art") &&
		(d.is(i+1, "a", "the", "his", "her", "back", "up", "not", "be", "have", "to", "never", "always", "for", "she", "he") || d.is(i, "may", "will") && !d.has(i+1, lexicon.Says) && d.at(i+1).form == word || d.is(i+1, "if") || d.is(i, "will") && d.is(i+1, "\"") && d.verbFollows(i))
}

// placedLikeRareName decides on an everyday word that a few people bear.
func (d *doc) placedLikeRareName(i int, determined bool) bool {
	prev, next := d.at(i-1), d.at(i+1)
	if determined || d.has(i, lexicon.Ordinary|lexicon.Region|lexicon.RegionName) {
		return false
	}
	appositive := appositiveKin.has(d.at(i - 1).text)
	return appositive && (next.form == mark && next.text != "-" && next.text != "/" || next.class.Has(lexicon.Says) && next.form == word) && !d.has(i, lexicon.Says) && prev.gap != '\n' && !adverb(d.t[i].text) && !d.verbForm(i)
}

// adjacent reports whether a fixed phrase with a neighbour makes token i a word.
func (d *doc) adjacent(i int) bool {
	return i > 0 && d.t[i].gap == ' ' && d.pair(i-1, lexicon.Adjacent) || i+1 < len(d.t) && d.t[i+1].gap == ' ' && d.pair(i, lexicon.Adjacent) ||
		i+2 < len(d.t) && d.is(i+1, "-") && d.pairOf(i, i+2, lexicon.Adjacent)
}

func (d *doc) pair(i int, c lexicon.Class) bool { return d.pairOf(i, i+1, c) }

func (d *doc) pairOf(i, j int, c lexicon.Class) bool {
	if d.at(i).form != word || d.at(j).form != word || d.at(i).possessive {
		return false
	}
	d.key = append(append(append(d.key[:0], d.t[i].text...), ' '), d.t[j].text...)
	return d.words.ClassesOf(d.key).Has(c)
}

// clauseOpeners open a clause whose subject may be a name.
var clauseOpeners = wordsOf(`because if when that and but whether since then while after before says said so as although until think thinks believes afraid worried sure
once`)

// meetsHim take a person as their object.
var meetsHim = wordsOf(`told tell telling asked texted texting met meeting married marry dated dating divorced kissed hugged hates misses loves hit killed kill
punched stabbed shot threatened called emailed phoned warn warned hurt contacted confronted visited hi hey hello dear thanks named ex w`)

// noteOpeners open a line of a note before a name.
var noteOpeners = wordsOf("fyi update re note session intake btw ps also today yesterday apparently then finally lately where why how")

// besideSomebody go before somebody.
var besideSomebody = wordsOf("with about from against by for like saw and of versus vs per via cc re")

// afterSomebody go on after somebody.
var afterSomebody = wordsOf("and at in on about when because who that for is was again last yesterday today")

// appositiveKin are relatives who are named next.
var appositiveKin = wordsOf(`brother sister husband wife boyfriend girlfriend son daughter cousin uncle aunt nephew niece ex fiance fiancee stepdad stepfather stepmom
stepbrother stepsister`)
