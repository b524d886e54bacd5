package deid

import "curbside/dialog/deid/internal/lexicon"

// unshown reports a word that is a frequent given name as well and that nothing
// beside it shows to be the word: no article, no verb that it could be, no pair
// of neighbours that English is full of. Without a capital to tell, such a word
// counts as somebody.
func (d *doc) unshown(i int) bool {
	c := d.t[i].class
	if c.Has(lexicon.Named) && d.appositive(i) {
		return true
	}
	if !c.Has(lexicon.Given1|lexicon.Given2) || c.Has(lexicon.Weak|lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Weekday|lexicon.Number|lexicon.Ordinary|lexicon.Says|lexicon.Meets|lexicon.Region) {
		return false
	}
	if d.is(i, "guy") && (d.at(i-1).form == word && !d.has(i-1, lexicon.Function|lexicon.Kin|lexicon.Says|lexicon.Meets) || d.startsClause(i) && !d.speaks(i+1) || d.t[i].possessive && d.startsClause(i)) {
		return false // yoga guy, guy on the bridge
	}
	return !d.shown(i)
}

// appositive reports a word that is explained as only somebody is: "with jinx,
// the downstairs guy".
func (d *doc) appositive(i int) bool {
	if !d.is(i+1, ",") || !d.is(i+2, "the", "her", "his", "my", "their", "our", "a") || !(d.is(i-1, "with", "w", "told", "saw", "met", "by", "from") || d.is(i-1, "/") && d.is(i-2, "w")) || d.t[i].class.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Region|lexicon.Number|lexicon.Weekday) {
		return false
	}
	for k := i + 3; k < i+6 && d.at(k).form == word; k++ {
		if d.has(k, lexicon.Kin|lexicon.Person) || d.is(k, "guy", "man", "woman", "kid", "girl", "boy", "lady", "dude", "one") {
			return true
		}
	}
	return false
}

// shown reports whether what stands around a word shows it to be no name.
func (d *doc) shown(i int) bool {
	switch {
	case d.adjacent(i), d.usual(i - 1), d.usual(i), d.inNounPhrase(i), d.verbHere(i), d.compound(i):
		return true
	case copulas.has(d.at(i-1).text) && (predicates.has(d.t[i].text) || d.is(i-2, "there") || d.is(i-2, "it", "this", "that") && d.at(i-2).opens && !d.is(i+1, "who", "that")):
		return true
	case feelings.has(d.t[i].text) && beforeFeelings.has(d.at(i-1).text):
		return true
	case d.is(i-1, "of") && !beforePersonOf.has(d.at(i-2).text) && d.at(i-2).form == word && d.has(i-2, lexicon.Words20|lexicon.Words35) && d.t[i].class&lexicon.Place == 0:
		return true // a sense of hope, a work of art
	case predicates.has(d.t[i].text) && d.plainNoun(i+1):
		return true
	case d.is(i-1, "in", "into") && !d.t[i].class.Has(lexicon.Place), d.at(i-1).form == number && d.t[i].class.Has(lexicon.Unit|lexicon.Noun):
		return true
	}
	return false
}

// feelings are names for what one has rather than is.
var feelings = wordsOf("hope faith joy grace peace mercy charity patience honor trust courage serenity harmony justice bliss glory cash")

// plainNoun reports a word at i that an adjective can stand before.
func (d *doc) plainNoun(i int) bool {
	t := d.at(i)
	return t.form == word && t.gap == ' ' && t.class.Has(lexicon.Words20|lexicon.Words35|lexicon.Clinical|lexicon.Person|lexicon.Kin) && t.class&(lexicon.Function|lexicon.Says|lexicon.Meets) == 0 && !d.verbForm(i) && !adverb(t.text)
}

// usual reports a pair of neighbours in which a name is a word: "hope that".
func (d *doc) usual(i int) bool {
	return i >= 0 && i+1 < len(d.t) && d.t[i+1].gap == ' ' && d.pair(i, lexicon.Usage)
}

// inNounPhrase reports an article or its like before token i, or before the
// adjective or two that stand between: "a genuine hope".
func (d *doc) inNounPhrase(i int) bool {
	for k := i - 1; k >= i-3; k-- {
		t := d.at(k)
		switch {
		case t.form != word || d.at(k+1).gap == '\n':
			return false
		case t.possessive && k == i-1:
			return true
		case t.hit != "":
			return false
		case articles.has(t.text) && (t.text != "that" || d.determined(k+1)), t.possessive:
			return true
		case t.class.Has(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Kin|lexicon.Person|lexicon.Title) || !t.class.Has(lexicon.Words20|lexicon.Words35|lexicon.Clinical):
			return false
		}
	}
	return false
}

var articles = wordsOf("a an the this these those his her their my your our no any some every each another")

// compound reports a half of a word with a hyphen, whose other half is a word.
func (d *doc) compound(i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		other := 2*k - i
		if d.is(k, "-") && d.glued(max(k, i)) && d.glued(max(other, k)) && d.at(other).form == word && d.at(other).class.Has(lexicon.Words20|lexicon.Words35|lexicon.Clinical) && !d.at(other).class.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) {
			return true
		}
	}
	return false
}

// copulas say what somebody is like.
var copulas = wordsOf("is was are were be been being seems feels so very too more most less not")

// beforeFeelings go before what one has or loses.
var beforeFeelings = wordsOf(`has have had having lost lose losing felt feel feels without find found need needs regained keep keeps finds is more some little gives gave
brings and`)

// beforePersonOf lead to a person by "of", where a thing could stand.
var beforePersonOf = wordsOf(`custody scared afraid mother father friend wife husband victim photo picture pictures jealous accused care out because instead front think
thinks terrified tired house speak memory`)
