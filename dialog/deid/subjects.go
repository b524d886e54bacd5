package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// bareSubject reports a word without an article that does what only a person
// does: "ghost has the gun", "Tiny weighs 300 pounds", "Wednesday is 14". English
// puts an article before a thing there, so that the word is what somebody is
// called.
func (d *doc) bareSubject(i int) bool {
	t := &d.t[i]
	c := t.class
	if c.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Generic|lexicon.Spot|lexicon.Body|lexicon.Law|lexicon.Region|lexicon.Number|lexicon.Ordinal|lexicon.Ordinary) || c.Has(lexicon.Clinical) || t.possessive || len(t.text) < 3 ||
		adverb(t.text) || d.verbForm(i) || tellings.has(t.text) || t.casing == upper && d.cased || !d.startsClause(i) && !(d.has(i-1, lexicon.Kin) && determiners.has(d.at(i-2).text) && c&(lexicon.Says|lexicon.Meets) == 0) || d.at(i+1).gap != ' ' {
		return false
	}
	if strings.HasSuffix(t.text, "s") && c&lexicon.Named == 0 && !d.is(i+1, "says", "is", "has", "hits", "was", "tells", "wants") {
		return false
	}
	return d.actsAsPerson(i + 1)
}

// startsClause reports whether a subject can stand at token i without an article.
func (d *doc) startsClause(i int) bool {
	p := d.at(i - 1)
	return i == 0 || d.t[i].gap == '\n' || p.form == mark && !d.is(i-1, "-", "'", "/", "&", "\"") || clauseOpeners.has(p.text) && !d.is(i-1, "so", "as", "before", "after", "since", "once", "but", "when", "if", "whether", "although", "until") || d.is(i-1, "says", "said", "that") && d.t[i].gap == ' '
}

// actsAsPerson reports at token k what a person alone does or is.
func (d *doc) actsAsPerson(k int) bool {
	t := d.at(k)
	switch {
	case t.form != word:
		return false
	case personal.has(t.text):
		return !t.possessive
	case d.is(k, "is", "was") && d.is(k+1, "what") && d.is(k+2, "she", "he", "they", "everybody", "everyone", "we", "people", "friends") && d.is(k+3, "calls", "call", "called"), d.is(k, "is", "was") && d.is(k+1, "what") && articles.has(d.at(k+2).text) && d.is(k+4, "calls", "call", "called"):
		return true // day is what she calls her sister
	case d.is(k, "is", "was") && d.has(k+1, lexicon.Number) && d.is(k+2, "and") && d.is(k+3, "already", "says", "has", "still", "now", "she", "he", "wants", "just") && d.at(k-1).class.Has(lexicon.Given1|lexicon.Given2):
		return true // case is five and already says
	case d.is(k, "is", "was"):
		return d.is(k+1, "the") && d.is(k+2, "one", "guy", "man", "woman", "kid", "girl", "boy", "dude", "dealer", "boss", "leader") || d.is(k+1, "out", "back", "in", "on") && (d.is(k+2, "jail", "prison", "probation", "parole") || d.is(k+2, "of", "from") && d.is(k+3, "jail", "prison", "rehab", "detox")) || d.at(k+1).form == number && figures(d.at(k+1).text) && len(d.at(k+1).text) <= 2 && (d.at(k+2).form == mark && !d.is(k+2, "/", "%", "-") || d.at(k+2).gap == '\n' || d.is(k+2, "and", "yo", "now", "y", "but")) ||
			d.is(k+1, "my", "her", "his") && (d.has(k+2, lexicon.Kin|lexicon.Person) || d.is(k+2, "name", "dealer", "pimp") || d.has(k+2, lexicon.Kin) && d.is(k+3, "name")) ||
			d.is(k+1, "pregnant", "suicidal", "homicidal", "drunk", "armed") && d.at(k+2).form != word
	case d.is(k, "will", "would", "might", "could", "won't", "didn't", "doesn't", "wouldn't"):
		return d.is(k+1, "shoot", "kill", "stab", "beat", "hit", "hurt", "rape", "choke", "strangle") && d.is(k+2, "him", "her", "them", "me", "somebody", "someone", "us", "you", "himself", "herself", "his", "my")
	case d.is(k, "took", "stole", "takes", "steals", "grabbed", "hid"):
		return d.bareOwner(k + 1)
	case d.is(k, "and"):
		return d.at(k+1).form == word && d.at(k+1).class&(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Generic) == 0 && d.is(k+2, "fight", "fought", "argue", "argued", "dated", "kissed", "swapped", "traded", "split", "eloped")
	case d.is(k, "has"):
		return d.bareOwner(k+1) || d.is(k+1, "the", "a", "my", "his", "her") && d.is(k+2, "gun", "knife", "rifle", "pistol", "weapon", "baby", "kids", "warrant", "warrants") || d.is(k+1, "been") && d.is(k+2, "drinking", "using", "calling", "texting", "hitting", "sleeping", "crying", "following", "cutting")
	}
	return false
}

// personal are verbs with a person for their subject.
var personal = wordsOf(`says told tells texted texts slapped slaps punched punches kicked choked chokes raped molested stabbed stabs yelled yells screamed screams drinks smokes
swears swore confessed weighs jokes joked lied lies cried cries begged whispered hugged kissed hits threatens vapes cuts snorts relapsed overdosed`)

// tellings are what is read, heard and felt, and says something too.
var tellings = wordsOf(`text texts voicemail letter letters note notes email emails message messages msg form website journal diary chart report reports record records post posts sign
article book manual policy order subpoena app screen paper papers file history paperwork consent contract label card caption news rumor word words voice
voices evidence research literature data legend song lyrics tattoo sticker shirt statement affidavit complaint petition log poem script story poster
everyone nobody someone nothing something everything anyone ones rest half most many few some all both each none neither either other others another
first second last next now then today yesterday tonight tomorrow later again also just still never once ever even always often together back only
thing things way part body stomach head hand hands heart mind gut eyes alcohol drug drugs pain grief anger rage life money time police court
apparently maybe perhaps please well yes sorry thanks okay fine right sure true wow great good bad sad mad glad happy angry upset scared drunk high
sober crying home here there twice alone outside inside upstairs downstairs afterwards afterward meanwhile instead anyway otherwise
literally basically honestly actually school work church group camp daycare hospital jail prison summer winter spring autumn fall`)

// daySubject reports a weekday that does what only a person does.
func (d *doc) daySubject(i int) bool {
	t := &d.t[i]
	if t.class.Has(lexicon.Function) || t.possessive && d.ownsKin(i) {
		return t.possessive && t.class&lexicon.Function == 0
	}
	return d.at(i+1).gap == ' ' && (d.startsClause(i) && d.t[i].gap != 0 && !d.is(i-1, ",") || (d.has(i-1, lexicon.Kin|lexicon.Person) && determiners.has(d.at(i-2).text))) && (d.actsAsPerson(i+1) || d.has(i-1, lexicon.Kin) && d.is(i+1, "is", "has"))
}

// named reports what is said to be somebody's name: "Tuesday is her daughter's name".
func (d *doc) saidToBeName(i int) bool {
	if !d.is(i+1, "is") && !d.is(i+1, "was") || d.has(i, lexicon.Function|lexicon.Person|lexicon.Kin) || !d.is(i+2, "her", "his", "my", "their", "the") {
		return false
	}
	for k := i + 3; k < i+6 && d.at(k).form == word; k++ {
		if d.is(k, "name", "nickname") {
			return !d.is(i, "that", "this", "what", "real", "first", "last", "middle", "maiden", "name")
		}
	}
	return false
}

// bareOwner reports a word without an article that owns what is behind it, after
// what is done to things: "took copper's pills".
func (d *doc) bareOwner(i int) bool {
	t := d.at(i)
	return t.form == word && t.possessive && t.gap == ' ' && t.class&notOwners == 0 && t.class&(lexicon.Spot|lexicon.Law) == 0 && d.at(i+1).form == word && d.at(i+1).gap == ' ' &&
		!d.is(i, "today", "yesterday", "tomorrow", "tonight", "nature", "month", "week", "year", "arm", "stone", "death", "life", "god", "child", "money") &&
		ownedBy.has(d.at(i-1).text)
}

// ownsRelative reports "summer's brother": whoever has relatives is somebody.
func (d *doc) ownsRelative(i int) bool {
	t := &d.t[i]
	if len(t.text) == 2 && t.possessive && t.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person) == 0 && d.startsClause(i) && d.ownsKin(i) {
		return true // lb's ma
	}
	if t.possessive && d.is(i, "summer", "autumn", "winter", "spring") && d.ownsKin(i) && !articles.has(d.at(i-1).text) {
		return true
	}
	return t.possessive && t.class&notOwners == 0 && t.class&(lexicon.Spot|lexicon.Law) == 0 && d.ownsKin(i) && !articles.has(d.at(i-1).text) && !d.has(i-1, lexicon.Ordinal) && len(t.text) > 2 && (t.class.Has(lexicon.Named|lexicon.Place) || d.at(i-1).form == mark || d.has(i-1, lexicon.Function|lexicon.Says|lexicon.Meets)) &&
		!d.is(i, "today", "yesterday", "tomorrow", "tonight", "month", "week", "year", "child", "woman", "man", "god", "nature")
}

// ownedBy are verbs for what is done to somebody's things and people.
var ownedBy = wordsOf("took takes stole steals grabbed hid has hit hits broke breaks burned burnt smashed ate wears wore borrowed punched kicked slapped threatened stabbed shot killed robbed used lost found")

// wholeFamily reports "the bishops want": a surname in the plural that does what
// only people do.
func (d *doc) wholeFamily(i int) bool {
	t := &d.t[i]
	if !d.is(i-1, "the") || d.at(i).gap != ' ' || len(t.text) < 5 || !strings.HasSuffix(t.text, "s") || !families.has(d.at(i+1).text) {
		return false
	}
	c := d.words.Classes(t.text[:len(t.text)-1])
	return c.Has(lexicon.Surname1) && c&(lexicon.Person|lexicon.Kin|lexicon.Function|lexicon.Clinical|lexicon.Generic|lexicon.Spot|lexicon.Unit|lexicon.Body) == 0 && t.class&(lexicon.Clinical|lexicon.Person|lexicon.Kin) == 0
}

// families are what families do.
var families = wordsOf("want wanted invited adopted fostered moved called told said say think thought refuse refused live lived came met hosted threatened sued visit visited took")
