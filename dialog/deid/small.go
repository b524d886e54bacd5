package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// smallName decides on a word without a capital, or in a text without any case.
func (d *doc) smallName(i int) bool {
	t, prev, next := &d.t[i], d.at(i-1), d.at(i+1)
	c := t.class
	if c.Has(lexicon.Weak) && c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && !c.Has(lexicon.Function|lexicon.Person|lexicon.Kin|lexicon.Clinical) && d.is(i-1, "ask", "asked", "tell", "text") && d.object(i) {
		return true
	}
	if c.Has(lexicon.Weak) && d.weakName(i) {
		return true
	}
	if strings.HasSuffix(t.text, "s") && d.surnameAfterRole(i) {
		return true
	}
	if !c.Has(lexicon.Named) || c.Has(lexicon.Weak) && !c.Has(lexicon.Strong) {
		return d.placeHere(i) || d.surnameAfterRole(i) || d.bareTown(i) || d.townOfSomebody(i)
	}
	if d.accompanied(i) && c.Has(lexicon.Given1|lexicon.Given2) && c&(lexicon.Function|lexicon.Kin|lexicon.Weak|lexicon.Person|lexicon.Clinical) == 0 && !d.is(i, "summer", "winter", "autumn", "spring") {
		return true
	}
	if (d.object(i) && c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) || d.question(i) && c.Has(lexicon.Strong)) && !c.Has(lexicon.Function|lexicon.Kin) {
		return true
	}
	if c.Has(lexicon.Place) && d.phraseBefore(i-1, lexicon.Placed) && d.placeHere(i) {
		return true
	}
	if d.aged(i) {
		return true
	}
	if d.adjacent(i) || c.Has(lexicon.Function|lexicon.Kin|lexicon.Weekday) {
		return false
	}
	if d.plainSurname(i) || d.pointedOut(i) {
		return true
	}
	determined := d.determined(i)
	belongs := next.form == word && groupsOfPeople.has(next.text) && !c.Has(lexicon.Person)
	if d.is(i-1, ",") && next.text == "," && d.has(i-2, lexicon.Kin) && c.Has(lexicon.Given1|lexicon.Given2) {
		return true
	}
	if d.is(i-1, ",") && next.text == "," && d.has(i-2, lexicon.Person|lexicon.Title|lexicon.Post2) && !strings.HasSuffix(d.at(i-2).text, "s") && c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname) && !c.Has(lexicon.Words20|lexicon.Clinical|lexicon.Says|lexicon.Person) && !d.verbForm(i) && !adverb(t.text) && !describes(t.text) {
		return true // new warden, hatch, no pencils
	}
	if d.is(i, "summer", "winter", "autumn", "spring") && (next.class.Has(lexicon.Function) || next.form == mark && prev.form != word) {
		return false
	}
	if c.Has(lexicon.Given1|lexicon.Given2) && !c.Has(lexicon.Person|lexicon.Clinical|lexicon.Says) && d.startsClause(i) && d.is(i+1, "and") && d.is(i+2, "his", "her") && d.has(i+3, lexicon.Kin) {
		return true // cash and his dad
	}
	strong := c.Has(lexicon.Strong) || c.Has(lexicon.Words60) && c.Has(lexicon.Given1|lexicon.Given2)
	switch {
	case d.is(i+1, "who", "whose") && c.Has(lexicon.Given1|lexicon.Given2) && !c.Has(lexicon.Person|lexicon.Clinical), d.inverted(i) && c.Has(lexicon.Given1|lexicon.Given2):
		return true
	case (strong || !d.cased && t.casing == upper && c.Has(lexicon.Given1|lexicon.Given2) && !c.Has(lexicon.Person|lexicon.Says|lexicon.Meets|lexicon.Title|lexicon.Ordinary)) && !c.Has(lexicon.Clinical):
		return !determined && !d.verbHere(i) || belongs || t.possessive && !determined
	case c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && !c.Has(lexicon.Clinical):
		return d.placedLikeName(i, determined, belongs) || d.placeHere(i) || d.townOfSomebody(i)
	case c.Has(lexicon.Words20 | lexicon.Clinical | lexicon.Person | lexicon.Says | lexicon.Meets | lexicon.Unit | lexicon.Score):
		return d.placeHere(i) || d.bareTown(i) || d.townOfSomebody(i)
	}
	return d.placedLikeRareName(i, determined) || d.placeHere(i) || d.townOfSomebody(i)
}

var determiners = wordsOf("a an the this that these those his her their my your our its no any some every each another one more most less very so too such what which was is are be being been")

// groupsOfPeople after a name make a family or a case of it.
var groupsOfPeople = wordsOf("family kids boys girls twins household siblings brothers sisters parents home residence case couple children estate kid boy girl")

// verbHere reports a name that is the verb of its sentence: "to chase him",
// "they rob".
func (d *doc) verbHere(i int) bool {
	if d.is(i-2, "why", "how", "when", "where", "what", "who") || d.at(i-1).opens && !d.is(i-1, "i", "we", "they", "you", "she", "he") && !strings.HasSuffix(d.at(i-1).text, "'d") && !strings.HasSuffix(d.at(i-1).text, "'ll") {
		return false
	}
	return beforeBareVerb.has(d.at(i-1).text) && !d.is(i, "grace", "hope", "heather", "amber") &&
		(!d.is(i-1, "to") || verbObjects.has(d.at(i+1).text) && !d.spokenTo(i-1))
}

// spokenTo reports a "to" at i that leads to a person.
func (d *doc) spokenTo(i int) bool {
	return spokenVerbs.has(d.at(i - 1).text)
}

// inverted reports a subject behind its verb: "why would guy lie".
func (d *doc) inverted(i int) bool {
	return d.is(i-1, "would", "did", "does", "is", "was", "should", "can", "could", "will", "has") && d.is(i-2, "why", "how", "when", "where", "what") && !d.adjacent(i)
}

// afflicted reports a word that is said to be what only a person is: "whether
// hill is dangerous".
func (d *doc) afflicted(i int) bool {
	c := d.t[i].class
	return c.Has(lexicon.Surname1|lexicon.Given1|lexicon.Given2) && c&(lexicon.Function|lexicon.Kin|lexicon.Clinical) == 0 && (!c.Has(lexicon.Person) || c.Has(lexicon.Surname1) && !determiners.has(d.at(i-1).text)) &&
		d.is(i+1, "is", "was") && d.is(i+2, "dangerous", "violent", "suicidal", "homicidal", "lying", "drunk", "pregnant", "abusive", "armed", "psychotic", "manic", "intoxicated", "hallucinating", "competent") &&
		d.is(i-1, "whether", "if", "that", "because", "when", "says", "said", "think", "thinks", "believes", "since", "how") && d.t[i].gap != '\n'
}

// surnameAfterRole reports "the landlord church threatened": a surname, though
// it is far more often the word, between a role and what people do.
func (d *doc) surnameAfterRole(i int) bool {
	c, prev, next := d.t[i].class, d.at(i-1), d.at(i+1)
	if d.is(i-1, "the") && d.is(i-2, ",") && d.is(i-3, "neighbors", "neighbours", "family", "couple", "parents", "landlords", "tenants", "cousins") && next.form == mark {
		return true // "the neighbors, the weavers,"
	}
	return c.Has(lexicon.Surname1) && c&(lexicon.Person|lexicon.Says|lexicon.Function|lexicon.Clinical) == 0 &&
		prev.class.Has(lexicon.Person) && prev.class&lexicon.Clinical == 0 && !prev.possessive && !strings.HasSuffix(prev.text, "s") &&
		next.class.Has(lexicon.Says) && next.class&lexicon.Function == 0
}

// determined reports a word before token i that makes it a word as well: "the
// chase", "is frank". Behind "says that" or before a verb it does not.
func (d *doc) determined(i int) bool {
	p := d.at(i - 1)
	switch {
	case p.form != word || !determiners.has(p.text) || d.question(i):
		return false
	case p.text == "that" && (d.has(i-2, lexicon.Says|lexicon.Meets) || d.is(i-2, "me", "him", "her", "them", "us", "think", "believe", "so", "worried", "afraid", "sure")), p.text == "so" && d.speaks(i+1):
		return false
	case d.is(i-1, "is", "was") && d.has(i-2, lexicon.Kin|lexicon.Person) && !predicates.has(d.t[i].text):
		next := d.at(i + 1)
		return next.form == word && next.gap != '\n' && !d.is(i+1, "and")
	}
	return true
}

// predicates are names that say what somebody is like.
var predicates = wordsOf("rich frank young blue gay stormy sunny rocky misty curt earnest happy merry gentle major minor able ready angel junior christian honest royal")

// accompanied reports a word after what only a person can be with, scared of
// or according to.
func (d *doc) accompanied(i int) bool {
	switch {
	case d.is(i-1, "with"):
		return accompaniedVerbs.has(d.at(i - 2).text)
	case d.is(i-1, "of"):
		return peopleNouns.has(d.at(i - 2).text)
	case d.is(i-1, "to"):
		return d.spokenTo(i - 1)
	case d.is(i-1, "and"):
		return d.is(i-2, "she", "he", "i", "they", "we", "him") && (d.is(i+1, "are", "were", "have", "both", "fight", "fought", "got", "broke", "had") || d.at(i+1).form == mark)
	case d.is(i-1, "is", "was"):
		next := d.at(i + 1)
		return d.has(i-2, lexicon.Kin|lexicon.Person) && !predicates.has(d.t[i].text) && (next.form == mark && next.text != "-" || next.gap == '\n' || d.is(i+1, "and"))
	case d.is(i-1, "seeing", "saw", "see"):
		return d.is(i+1, "on", "for", "today", "tomorrow", "next", "again", "weekly", "yesterday", "this", "last")
	}
	next := d.at(i + 1)
	return d.t[i].gap == '\n' && (next.text == ":" && d.has(i+2, lexicon.Says) && d.at(i+2).gap == ' ' || next.text == "," && figures(d.at(i+2).text) && d.is(i+3, ","))
}

// aged reports who is told with an age: "dealing with cash, 17, from out of town".
func (d *doc) aged(i int) bool {
	c := d.t[i].class
	return c.Has(lexicon.Given1|lexicon.Given2) && c&(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Weekday) == 0 && d.is(i+1, ",") && figures(d.at(i+2).text) && len(d.at(i+2).text) <= 2 && (d.is(i+3, ",") || d.is(i+3, ".") && d.at(i+4).form != number)
}

// weakName reports a name that is far more often the word where only a person
// can be: "texted trip twice", "her brother ash is using".
func (d *doc) weakName(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	c := t.class
	if !c.Has(lexicon.Named) || c.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Generic|lexicon.Spot|lexicon.Body|lexicon.Says|lexicon.Meets|lexicon.Number|lexicon.Unit) || t.gap != ' ' || strings.HasSuffix(t.text, "s") || adverb(t.text) || notAsked.has(t.text) || adverbsBeforeVerb.has(t.text) || d.usual(i-1) || d.usual(i) || d.adjacent(i) {
		return false
	}
	if d.has(i-1, lexicon.Kin) && !d.at(i-1).possessive {
		return articles.has(d.at(i-2).text) && (d.is(i+1, "is", "was", "has") || next.class.Has(lexicon.Says) && next.class&lexicon.Function == 0)
	}
	return d.is(i-1, "told", "texted", "emailed", "phoned", "warned", "hugged", "married", "divorced") && (next.form == mark && next.text != "-" || next.gap == '\n' || d.is(i+1, "that", "about", "i", "she", "he", "to", "twice", "again", "and", "back", "yesterday", "today"))
}

// pointedOut reports who it was: "that was hope, not her dad", "it was clay who",
// "ran into bill at the store".
func (d *doc) pointedOut(i int) bool {
	c := d.t[i].class
	if !c.Has(lexicon.Given1|lexicon.Given2) || c.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical) || predicates.has(d.t[i].text) {
		return false
	}
	if d.is(i-1, "into") && d.is(i-2, "ran", "run", "runs", "bumped", "bump", "running", "bumping") {
		return d.at(i+1).form == mark || d.has(i+1, lexicon.Function)
	}
	return d.is(i-1, "was", "is", "wasn't", "isn't", "it's", "that's") && (d.is(i-2, "it", "that", "this") || d.is(i-1, "it's", "that's")) && (d.is(i+1, "who") || d.is(i+1, ",") && d.is(i+2, "not", "her", "his", "my", "the", "their") && (d.is(i+2, "not") || d.has(i+3, lexicon.Kin|lexicon.Person)))
}

// object reports what was told, called or hit, or thanked and greeted.
func (d *doc) object(i int) bool {
	next := d.at(i + 1)
	ends := next.form == mark && next.text != "-" && next.text != "'" || next.gap == '\n'
	if d.is(i-1, ",") && d.is(i-2, "thanks", "hi", "hey", "hello", "dear", "thx", "sorry", "ok", "okay", "yes", "no", "bye") && d.at(i-2).opens {
		return ends
	}
	if d.is(i-1, "ask", "tell", "text", "asking", "telling", "texting", "asked", "told", "texted") && d.is(i+1, "for", "about", "to", "if", "whether", "only", "why", "how", "what", "where", "when") && d.at(i).class&(lexicon.Person|lexicon.Clinical) == 0 && !notAsked.has(d.at(i).text) {
		return true
	}
	if d.has(i-1, lexicon.Meets) && afterObject.has(d.at(i+1).text) && d.has(i, lexicon.Given1|lexicon.Given2) && d.at(i).class&(lexicon.Clinical|lexicon.Weak) == 0 && !alsoMetThings.has(d.at(i-1).text) {
		return true
	}
	return doneToPeople.has(d.at(i-1).text) &&
		(ends || next.class.Has(lexicon.Function) && !d.is(i+1, "be", "not", "have", "you", "she", "he", "they", "we", "i"))
}

// question reports a verb before token i that opens a question: "is bill safe".
func (d *doc) question(i int) bool {
	return d.at(i-1).opens && d.is(i-1, "is", "was", "are", "does", "did", "has", "can", "should", "could", "would", "do", "may", "might")
}

// beforeBareVerb go before a verb as it is.
var beforeBareVerb = wordsOf("i'd we'd he'd she'd they'd you'd i'll we'll he'll she'll they'll you'll let's to not will would could should can might may must i we they you she he who don't didn't won't doesn't never")

// verbObjects are what a verb does something to.
var verbObjects = wordsOf("him her them me the a an it his their my us you up down out off and someone people")

// spokenVerbs lead to a person by "to".
var spokenVerbs = wordsOf(`talked talk talking talks spoke speak speaking said say married engaged according next close closer related lied lies lie texted sent gave
wrote listens listened went back home loyal attached threats threat violent up unknown owed owes attracted apologized apologize
disclosed come ran reported yelled returned happened custody belongs belonged belonging promised`)

// accompaniedVerbs lead to a person by "with".
var accompaniedVerbs = wordsOf(`lives living live lived stays staying home moved sleeping slept sleeps met spoke talked session alone appointment together engaged involved
fight fought fights argument argued left contact sex dating relationship meeting call lunch conversation text affair baby kids child
pregnant`)

// peopleNouns lead to a person by "of".
var peopleNouns = wordsOf(`scared afraid fearful terrified jealous custody accused friend mother father wife husband brother sister son daughter victim picture
pictures photo guardian parents`)

// notAsked follow "ask" and "tell" and are nobody.
var notAsked = wordsOf("help permission someone people questions staff parents work school time support advice change money police truth life death story home more anything lies stories messages back")

// afterObject go on after whom something was done to.
var afterObject = wordsOf(`a the with about on twice again back yesterday today once if for when because after before and since unless until in at while then last
every`)

// alsoMetThings take things as well as people as their object.
var alsoMetThings = wordsOf(`report reports reported reporting call calls fear fears left leaving saw see seeing love loves reached raised describes described treat
mentioned trust hurt thanks stalking hunt burn follow watching named names joined helped`)

// doneToPeople take people alone as their object.
var doneToPeople = wordsOf(`told asked texted married divorced kissed hugged stabbed punched slapped choked killed raped molested emailed phoned warned confronted
stalked strangled`)
