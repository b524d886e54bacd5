package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// modalName reports "will" or "may" as somebody's name: where no verb follows
// that it could go with, or where no subject can stand before it.
func (d *doc) modalName(i int) bool {
	if !d.is(i, "will") && !d.is(i, "may") {
		return false
	}
	t, prev := &d.t[i], d.at(i-1)
	if t.possessive {
		return true
	}
	if prev.form == word && t.gap != '\n' {
		switch {
		case articles.has(prev.text) && !d.is(i-1, "that", "this", "those", "these", "any", "some", "every", "another"), d.is(i-1, "free", "good", "living", "ill", "last", "own", "strong", "against"):
			return false // a last will, her own will
		case d.beforeObject(i - 1), d.is(i-1, "is", "was", "also") && d.has(i+1, lexicon.Surname) && d.at(i+1).gap == ' ' && d.ends(i+2) && d.at(i+1).class&(lexicon.Function|lexicon.Kin) == 0:
			return true
		}
	}
	return !d.adjacent(i) && !d.verbFollows(i)
}

// beforeObject reports a preposition or a verb at i behind which only a name
// makes sense of "will".
func (d *doc) beforeObject(i int) bool {
	return beforeName.has(d.at(i).text) && (!d.is(i, "and", "or", "&", "see", "call", "let", "like", "than", "ask", "saw") || !d.verbFollows(i+1)) ||
		d.is(i, "is") && d.is(i-1, "this", "name")
}

// verbFollows reports whether what follows a modal verb at token i can: a bare
// verb, with "not" or an adverb before it, or the subject of a question.
func (d *doc) verbFollows(i int) bool {
	k := i + 1
	for n := 0; n < 2 && (betweenModal.has(d.at(k).text) || adverb(d.at(k).text) && d.at(k).form == word); n++ {
		k++
	}
	if d.is(k, "\"") && d.glued(k+1) {
		k++ // will "come over"
	}
	next := d.at(k)
	if next.form != word || next.gap == '\n' {
		prev := d.at(i - 1)
		return prev.form == word && (d.is(i-1, "i", "we", "they", "you", "she", "he", "it", "who", "which") || k > i+1) // "she says she will."
	}
	switch {
	case next.hit != "" || next.placed, subjects.has(d.at(k).text):
		before := d.at(i - 1)
		if d.has(i-1, lexicon.Meets|lexicon.Says) {
			return false // "I told will I would"
		}
		return before.form != word || d.t[i].gap == '\n' || d.is(i-1, "when", "what", "how", "where", "who", "why", "and", "or", "but", "if", "so", "which") // a question
	case bareVerbs.has(d.at(k).text):
		return true
	case next.class.Has(lexicon.Function) || strings.HasSuffix(next.text, "ed") && len(next.text) > 4 || finiteVerbs.has(d.at(k).text):
		return false
	}
	return !next.class.Has(lexicon.Says) || !strings.HasSuffix(next.text, "s") || strings.HasSuffix(next.text, "ss")
}

// beforeName go before a name and hardly before a modal verb.
var beforeName = wordsOf(`with w about from to for by of near like than at on told tell tells asked ask allow allowed let lets called call texted saw met named hi hey
dear thanks re cc into see seeing left hit killed gave remind warn visit married dating hates loves misses trusts and or &`)

// betweenModal stand between a modal verb and its verb.
var betweenModal = wordsOf("not never also always just still only then now even soon no further eventually either simply")

// subjects open the sentence that a modal verb was turned round for.
var subjects = wordsOf("i we they you she he it this that there the a my his her their our your someone anyone these client pt cps police mom dad")

// bareVerbs follow a modal verb as they are.
var bareVerbs = wordsOf(`be have do go get see need want or as well you follow continue refer call let make take discuss monitor consult tell ask report not feel
come return leave kill hurt harm end put cut hit set read`)

// finiteVerbs follow a name and no modal verb.
var finiteVerbs = wordsOf("has had is was says said does did wants came went got told took gave kept knew thinks drinks um uh")
