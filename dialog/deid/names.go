package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// cuedName reports a word that what stands before it makes a name, whatever
// the lists say of it: "named Bear", "Dr. Long".
func (d *doc) cuedName(i int) bool {
	t := &d.t[i]
	if d.titled(i) || d.isHit(i-1) && t.gap == ' ' && d.is(i-1, "lil", "big", "lady", "king", "queen", "mama", "papa", "tio") && !t.class.Has(lexicon.Function|lexicon.Says|lexicon.Meets) {
		return true
	}
	if t.class.Has(lexicon.Function|lexicon.Kin) && !t.class.Has(lexicon.Given1|lexicon.Given2) && !(d.is(i, "mama", "papa", "big", "little", "old") && d.nameOnly(i+1) && d.at(i+1).gap == ' ') || t.class.Has(lexicon.Person) {
		return false
	}
	k := i - 1
	for d.is(k, "\"", "'", ":", "(", ",") {
		k--
	}
	if k < 0 || k < i-3 {
		return false
	}
	if !d.has(k, lexicon.NameCue) && !d.phraseBefore(k, lexicon.NameCue) {
		next := d.at(i + 1)
		if d.is(k, "called") && d.is(k-1, "man", "woman", "guy", "boy", "girl", "person", "friend", "dealer", "kid", "teen", "dude", "someone", "somebody", "stranger", "brother", "sister", "cousin", "uncle", "dog", "classmate", "coworker", "neighbor") && k == i-1 {
			return !t.class.Has(lexicon.Function) && !d.is(i, "cps", "police", "aps", "back", "crying", "today", "yesterday", "twice", "once")
		}
		return d.has(k, lexicon.Kin|lexicon.Person) && d.at(k-1).form == word && d.is(k-2, "call", "calls", "called", "nickname", "nicknamed") && k == i-1 && !t.class.Has(lexicon.Function) &&
			(next.form == mark || next.gap == '\n' || d.is(i+1, "and", "because", "but"))
	}
	if t.class.Has(lexicon.Words20|lexicon.Words35) && d.is(k, "him", "her") {
		next := d.at(i + 1)
		return !notNicknames[t.text] && !t.class.Has(lexicon.Kin|lexicon.Clinical) && (next.form == mark || next.gap == '\n' || d.is(i+1, "and", "because", "but", "since", "on", "at", "in", "who", "or"))
	}
	calls := d.is(k, "him", "her", "himself", "herself", "themselves", "nickname", "alias", "aka", "named")
	return !calls || t.casing != lower || t.class.Has(lexicon.Named|lexicon.Place) && t.class&lexicon.Words20 == 0 || d.is(k, "named", "aka", "alias") && !t.class.Has(lexicon.Clinical)
}

// notNicknames are what people are called without being named.
var notNicknames = wordsOf("names back daily later today tomorrow weekly once twice crazy stupid fat ugly lazy worthless dumb again out often late first stupid useless selfish evil mean weird gay loser idiot trash pathetic disgusting psycho manipulative dramatic liar cheater fake weak toxic dirty sick insane monster every repeatedly constantly collect sir")

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
	if d.is(k, ".") && d.glued(k) {
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
	if t.class.Has(lexicon.Region) && t.class.Has(lexicon.Surname1) && t.casing == initial && !t.opens && d.cased && d.speaks(i+1) {
		return true // White as a name: "whether White is"
	}
	if d.afflicted(i) {
		return true
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
	if d.shortName(i) {
		return true
	}
	switch {
	case t.casing == initial && d.cased && !t.opens, t.casing == mixed && d.cased:
		return !d.capitalHarmless(i)
	case t.casing == upper && d.cased:
		return d.capitalsHere(i)
	case t.casing == initial && t.opens:
		return d.opensWithName(i)
	}
	return d.smallName(i)
}

// capitalHarmless reports whether a capital inside a sentence tells nothing.
func (d *doc) capitalHarmless(i int) bool {
	t := &d.t[i]
	c := t.class
	switch {
	case c.Has(lexicon.Place) && c&(lexicon.Function|lexicon.Weekday|lexicon.Region) == 0 && (d.phraseBefore(i-1, lexicon.Placed) || d.is(i-1, "from", "near", "outside", "leaving") && (d.at(i+1).form == mark || d.has(i+1, lexicon.Function))) && (d.at(i+1).casing == lower || !d.has(i+1, lexicon.Capital)):
		return false
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
		return true
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
	case c.Has(lexicon.Clinical | lexicon.Law | lexicon.Function | lexicon.Weekday | lexicon.Ordinary):
		return len(d.t[i].text) <= 3 && d.initialsHere(i)
	case c.Has(lexicon.Strong | lexicon.Given1 | lexicon.Given2):
		return !c.Has(lexicon.Weak)
	}
	return false
}

// initialsHere reports two or three capitals where a name is expected: "pt AL".
func (d *doc) initialsHere(i int) bool {
	if len(d.t[i].text) != 2 || d.t[i].class.Has(lexicon.Clinical|lexicon.Function) {
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
	case c.Has(lexicon.Function) && !c.Has(lexicon.Given1|lexicon.Given2):
		return false
	case d.adjacent(i):
		return false
	case c.Has(lexicon.Strong), c.Has(lexicon.Words60) && c.Has(lexicon.Given1|lexicon.Given2):
		return true
	case t.possessive && c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && !c.Has(lexicon.Weak|lexicon.Kin|lexicon.Person):
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
	return capitalNext && d.nameOnly(i+1) && t.gap == ' '
}

func (d *doc) capitalHarmlessLoose(i int) bool {
	return d.has(i, lexicon.Function|lexicon.Clinical|lexicon.Capital|lexicon.Weekday|lexicon.Kin|lexicon.Person|lexicon.Region)
}

// nameOnly reports a word that no list of harmless words has.
func (d *doc) nameOnly(i int) bool {
	t := d.at(i)
	return t.form == word && t.class&(lexicon.English|harmless|lexicon.Region|lexicon.Eponym|lexicon.Title|lexicon.Law) == 0 || t.casing == initial && !t.opens && t.class.Has(lexicon.Named) && !d.capitalHarmlessLoose(i)
}

// personNear reports whether token i is a name by itself or a word for a person.
func (d *doc) personNear(i int) bool {
	return d.nameOnly(i) || d.is(i, "i", "her", "his", "my", "me", "him", "she", "he") || d.isHit(i)
}

// smallName decides on a word without a capital, or in a text without any case.
func (d *doc) smallName(i int) bool {
	t, prev, next := &d.t[i], d.at(i-1), d.at(i+1)
	c := t.class
	if c.Has(lexicon.Weak) && c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && !c.Has(lexicon.Function|lexicon.Person|lexicon.Kin|lexicon.Clinical) && d.is(i-1, "ask", "asked", "tell", "text") && d.object(i) {
		return true
	}
	if strings.HasSuffix(t.text, "s") && d.surnameAfterRole(i) {
		return true
	}
	if !c.Has(lexicon.Named) || c.Has(lexicon.Weak) && !c.Has(lexicon.Strong) {
		return d.placeHere(i) || d.surnameAfterRole(i) || d.bareTown(i)
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
	if d.adjacent(i) || c.Has(lexicon.Function|lexicon.Kin|lexicon.Weekday) {
		return false
	}
	determined := d.determined(i)
	belongs := next.form == word && groupsOfPeople[next.text]
	if d.is(i-1, ",") && next.text == "," && d.has(i-2, lexicon.Kin) && c.Has(lexicon.Given1|lexicon.Given2) {
		return true
	}
	if d.is(i, "summer", "winter", "autumn", "spring") && (next.class.Has(lexicon.Function) || next.form == mark && prev.form != word) {
		return false
	}
	strong := c.Has(lexicon.Strong) || c.Has(lexicon.Words60) && c.Has(lexicon.Given1|lexicon.Given2)
	switch {
	case d.is(i+1, "who", "whose") && c.Has(lexicon.Given1|lexicon.Given2) && !c.Has(lexicon.Person|lexicon.Clinical), d.inverted(i) && c.Has(lexicon.Given1|lexicon.Given2):
		return true
	case (strong || !d.cased && t.casing == upper && c.Has(lexicon.Given1|lexicon.Given2) && !c.Has(lexicon.Person|lexicon.Says|lexicon.Meets|lexicon.Title|lexicon.Ordinary)) && !c.Has(lexicon.Clinical):
		return !determined && !d.verbHere(i) || belongs || t.possessive && !determined
	case c.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && !c.Has(lexicon.Clinical):
		return d.placedLikeName(i, determined, belongs) || d.placeHere(i)
	case c.Has(lexicon.Words20 | lexicon.Clinical | lexicon.Person | lexicon.Says | lexicon.Meets | lexicon.Unit | lexicon.Score):
		return d.placeHere(i) || d.bareTown(i)
	}
	return d.placedLikeRareName(i, determined) || d.placeHere(i)
}

var determiners = wordsOf("a an the this that these those his her their my your our its no any some every each another one more most less very so too such what which was is are be being been")

// groupsOfPeople after a name make a family or a case of it.
var groupsOfPeople = wordsOf("family kids boys girls twins household siblings brothers sisters parents home residence case couple children estate kid boy girl")

// verbHere reports a name that is the verb of its sentence: "to chase him",
// "they rob".
func (d *doc) verbHere(i int) bool {
	if d.is(i-2, "why", "how", "when", "where", "what", "who") || d.at(i-1).opens && !d.is(i-1, "i", "we", "they", "you", "she", "he") {
		return false
	}
	return d.is(i-1, "to", "not", "will", "would", "could", "should", "can", "might", "may", "must", "i", "we", "they", "you", "she", "he", "who", "don't", "didn't", "won't", "doesn't", "never") && !d.is(i, "grace", "hope", "heather", "amber") &&
		(!d.is(i-1, "to") || d.is(i+1, "him", "her", "them", "me", "the", "a", "an", "it", "his", "their", "my", "us", "you", "up", "down", "out", "off", "and", "someone", "people") && !d.spokenTo(i-1))
}

// spokenTo reports a "to" at i that leads to a person.
func (d *doc) spokenTo(i int) bool {
	return d.is(i-1, "talked", "talk", "talking", "talks", "spoke", "speak", "speaking", "said", "say", "married", "engaged", "according", "next", "close", "closer", "related", "lied", "lies", "lie", "texted", "sent", "gave", "wrote", "listens", "listened", "went", "back", "home", "related", "loyal", "attached", "threats", "threat", "violent", "up", "unknown", "owed", "owes", "attracted", "apologized", "apologize", "disclosed", "come", "ran", "reported", "yelled", "returned", "happened", "custody")
}

// placedLikeName decides on a word that is about as often a name.
func (d *doc) placedLikeName(i int, determined, belongs bool) bool {
	t, prev, next := &d.t[i], d.at(i-1), d.at(i+1)
	starts := prev.form == mark && prev.text != "-" && prev.text != "'" || prev.gap == '\n' && i == 0 || t.gap == '\n' || d.is(i-1, "because", "if", "when", "that", "and", "but", "whether", "since", "then", "while", "after", "before", "says", "said", "so", "as", "although", "until", "think", "thinks", "believes", "afraid", "worried", "sure", "once")
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
	case prev.form == word && prev.class.Has(lexicon.Kin) && !prev.possessive:
		return !next.class.Has(lexicon.Unit) && !d.verbAfterKin(i)
	case d.is(i-1, "client", "pt", "patient", "friend", "boss", "roommate", "coworker", "neighbor", "supervisee", "sponsor", "landlord", "counselor", "therapist", "dealer", "classmate"):
		return next.class.Has(lexicon.Says) || next.form == mark || d.has(i, lexicon.Given1) && !d.verbAfterKin(i)
	case d.is(i-1, "told", "tell", "telling", "asked", "texted", "texting", "met", "meeting", "married", "marry", "dated", "dating", "divorced", "kissed", "hugged", "hates", "misses", "loves", "hit", "killed", "kill", "punched", "stabbed", "shot", "threatened", "called", "emailed", "phoned", "warn", "warned", "hurt", "contacted", "confronted", "visited", "hi", "hey", "hello", "dear", "thanks", "named", "ex", "w"):
		return next.form == mark || next.class.Has(lexicon.Function|lexicon.Says|lexicon.Weekday) || !next.class.Has(lexicon.English)
	case d.is(i-1, "/") && d.is(i-2, "w"):
		return true
	case prev.form == word && !prev.class.Has(lexicon.Function|lexicon.English) && d.speaks(i+1), d.is(i-1, "fyi", "update", "re", "note", "session", "intake", "btw", "ps", "also", "today", "yesterday", "apparently", "then", "finally", "lately", "where", "why", "how") && (d.speaks(i+1) || strings.HasSuffix(next.text, "ed") && len(next.text) > 4 || d.is(i+1, "no") && d.is(i+2, "show", "showed", "shows")):
		return d.has(i, lexicon.Given1|lexicon.Given2) && !d.has(i, lexicon.Clinical)
	case d.is(i-1, "with", "about", "from", "against", "by", "for", "like", "saw", "and", "of", "versus", "vs", "per", "via", "cc", "re") && (next.form == mark || next.class.Has(lexicon.Says) || d.is(i+1, "and", "at", "in", "on", "about", "when", "because", "who", "that", "for", "is", "was", "again", "last", "yesterday", "today")):
		return d.has(i, lexicon.Given1|lexicon.Given2)
	case d.is(i-1, "with", "about", "from", "against", "by") && (next.class.Has(lexicon.Function) || next.class.Has(lexicon.Weekday)) && !determiners[next.text] && !d.is(i+1, "of", "to"):
		return d.has(i, lexicon.Given1|lexicon.Given2)
	case d.is(i-1, "to"):
		return d.spokenTo(i - 1)
	case starts && next.form == word && next.gap == ' ' && d.speaks(i+1):
		return !d.is(i+1, "and", "who") && (d.has(i, lexicon.Given1|lexicon.Given2) || prev.form == word)
	case d.fullName(i):
		return true
	case next.form == word && d.nameOnly(i+1) && next.gap == ' ' && next.class.Has(lexicon.Surname):
		return d.has(i, lexicon.Given1|lexicon.Given2)
	case prev.form == word && d.nameOnly(i-1) && t.gap == ' ' && prev.class.Has(lexicon.Given):
		return d.has(i, lexicon.Surname1) && !d.has(i, lexicon.Says|lexicon.Words20) || d.has(i, lexicon.Given1|lexicon.Surname1) && (next.form == mark || next.class.Has(lexicon.Says|lexicon.Function)) && !d.has(i, lexicon.Says|lexicon.Meets)
	}
	return false
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
	return after.form == mark || after.gap == '\n' || after.class.Has(lexicon.Says) || strings.HasSuffix(after.text, "ing") || after.class.Has(lexicon.Function) && !determiners[after.text]
}

// coordinated finds the other half of "mark and dawn".
func (d *doc) coordinated() {
	for i := range d.t {
		if d.t[i].hit == "" || d.t[i].form != word {
			continue
		}
		for _, step := range []int{-1, 1} {
			if d.is(i+step, "&") && !d.glued(max(i, i+step)) && d.at(i+2*step).form == word && d.at(i+2*step).hit == "" && d.has(i+2*step, lexicon.Place|lexicon.Surname1) && !d.has(i+2*step, lexicon.Function|lexicon.Clinical) {
				d.hit(i+2*step, i+2*step+1, d.t[i].hit)
			}
		}
		if d.t[i].hit != Name {
			continue
		}
		if p := d.at(i - 2); d.is(i-1, ",") && p.opens && p.form == word && p.hit == "" && p.class.Has(lexicon.Surname1) && p.class&(lexicon.Function|lexicon.Kin) == 0 && (!d.has(i+1, lexicon.Kin|lexicon.Person)) {
			d.hit(i-2, i, Name)
		}
		for _, step := range []int{-1, 1} {
			if d.is(i+step, "and", "&", "or") && d.at(i+2*step).form == word && d.at(i+2*step).hit == "" {
				k := i + 2*step
				c := d.t[k].class
				if c.Has(lexicon.Given1|lexicon.Given2) && !c.Has(lexicon.Weak|lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Weekday) && !determiners[d.at(k-1).text] && !d.adjacent(k) {
					d.hit(k, k+1, Name)
				}
			}
		}
	}
}

// inverted reports a subject behind its verb: "why would guy lie".
func (d *doc) inverted(i int) bool {
	return d.is(i-1, "would", "did", "does", "is", "was", "should", "can", "could", "will", "has") && d.is(i-2, "why", "how", "when", "where", "what") && !d.adjacent(i)
}

// afflicted reports a word that is said to be what only a person is: "whether
// hill is dangerous".
func (d *doc) afflicted(i int) bool {
	c := d.t[i].class
	return c.Has(lexicon.Surname1|lexicon.Given1|lexicon.Given2) && c&(lexicon.Function|lexicon.Kin|lexicon.Clinical) == 0 && (!c.Has(lexicon.Person) || c.Has(lexicon.Surname1) && !determiners[d.at(i-1).text]) &&
		d.is(i+1, "is", "was") && d.is(i+2, "dangerous", "violent", "suicidal", "homicidal", "lying", "drunk", "pregnant", "abusive", "armed", "psychotic", "manic", "intoxicated", "hallucinating", "competent") &&
		d.is(i-1, "whether", "if", "that", "because", "when", "says", "said", "think", "thinks", "believes", "since", "how") && d.t[i].gap != '\n'
}

// verbAfterKin reports "his father drew a gun", "her mom will".
func (d *doc) verbAfterKin(i int) bool {
	return d.is(i, "will", "may", "drew", "rose", "hope", "page", "bill", "may", "chance", "price", "case", "grant", "art") &&
		(d.is(i+1, "a", "the", "his", "her", "back", "up", "not", "be", "have", "to", "never", "always", "for", "she", "he") || d.is(i, "may", "will") && !d.has(i+1, lexicon.Says) && d.at(i+1).form == word || d.is(i+1, "if"))
}

// placedLikeRareName decides on an everyday word that a few people bear.
func (d *doc) placedLikeRareName(i int, determined bool) bool {
	prev, next := d.at(i-1), d.at(i+1)
	if determined || d.has(i, lexicon.Ordinary|lexicon.Region|lexicon.RegionName) {
		return false
	}
	appositive := d.is(i-1, "brother", "sister", "husband", "wife", "boyfriend", "girlfriend", "son", "daughter", "cousin", "uncle", "aunt", "nephew", "niece", "ex", "fiance", "fiancee", "stepdad", "stepfather", "stepmom", "stepbrother", "stepsister")
	return appositive && (next.form == mark && next.text != "-" && next.text != "/" || next.class.Has(lexicon.Says) && next.form == word) && !d.has(i, lexicon.Says) && prev.gap != '\n' && !adverb(d.t[i].text) && !d.verbForm(i)
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
	case p.form != word || !determiners[p.text] || d.question(i):
		return false
	case p.text == "that" && (d.has(i-2, lexicon.Says|lexicon.Meets) || d.is(i-2, "me", "him", "her", "them", "us", "think", "believe", "so", "worried", "afraid", "sure")), p.text == "so" && d.speaks(i+1):
		return false
	case d.is(i-1, "is", "was") && d.has(i-2, lexicon.Kin|lexicon.Person) && !predicates[d.t[i].text]:
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
		return d.is(i-2, "lives", "living", "live", "lived", "stays", "staying", "home", "moved", "sleeping", "slept", "sleeps", "met", "spoke", "talked", "session", "alone", "appointment", "together", "engaged", "involved", "fight", "fought", "fights", "argument", "argued", "left", "contact", "sex", "dating", "relationship", "meeting", "call", "lunch", "conversation", "text", "affair", "baby", "kids", "child", "pregnant")
	case d.is(i-1, "of"):
		return d.is(i-2, "scared", "afraid", "fearful", "terrified", "jealous", "custody", "accused", "friend", "mother", "father", "wife", "husband", "brother", "sister", "son", "daughter", "victim", "picture", "pictures", "photo", "guardian", "parents")
	case d.is(i-1, "to"):
		return d.spokenTo(i - 1)
	case d.is(i-1, "and"):
		return d.is(i-2, "she", "he", "i", "they", "we", "him") && (d.is(i+1, "are", "were", "have", "both", "fight", "fought", "got", "broke", "had") || d.at(i+1).form == mark)
	case d.is(i-1, "is", "was"):
		next := d.at(i + 1)
		return d.has(i-2, lexicon.Kin|lexicon.Person) && !predicates[d.t[i].text] && (next.form == mark && next.text != "-" || next.gap == '\n' || d.is(i+1, "and"))
	case d.is(i-1, "seeing", "saw", "see"):
		return d.is(i+1, "on", "for", "today", "tomorrow", "next", "again", "weekly", "yesterday", "this", "last")
	}
	next := d.at(i + 1)
	return d.t[i].gap == '\n' && (next.text == ":" && d.has(i+2, lexicon.Says) && d.at(i+2).gap == ' ' || next.text == "," && figures(d.at(i+2).text) && d.is(i+3, ","))
}

// object reports what was told, called or hit, or thanked and greeted.
func (d *doc) object(i int) bool {
	next := d.at(i + 1)
	ends := next.form == mark && next.text != "-" && next.text != "'" || next.gap == '\n'
	if d.is(i-1, ",") && d.is(i-2, "thanks", "hi", "hey", "hello", "dear", "thx", "sorry", "ok", "okay", "yes", "no", "bye") && d.at(i-2).opens {
		return ends
	}
	if d.is(i-1, "ask", "tell", "text", "asking", "telling", "texting") && d.is(i+1, "for", "about", "to", "if", "whether", "only") && d.at(i).class&(lexicon.Person|lexicon.Clinical) == 0 && !d.is(i, "help", "permission", "someone", "people", "questions", "staff", "parents", "work", "school", "time", "support", "advice", "change", "money", "more", "anything", "lies", "stories", "messages", "back") {
		return true
	}
	if d.has(i-1, lexicon.Meets) && d.is(i+1, "a", "the", "with", "about", "on", "twice", "again", "back", "yesterday", "today", "once", "if", "for", "when", "because", "after", "before", "and", "since", "unless", "until", "in", "at", "while", "then", "last", "every") && d.has(i, lexicon.Given1|lexicon.Given2) && d.at(i).class&(lexicon.Clinical|lexicon.Weak) == 0 && !d.is(i-1, "report", "reports", "reported", "reporting", "call", "calls", "fear", "fears", "left", "leaving", "saw", "see", "seeing", "love", "loves", "reached", "raised", "describes", "described", "treat", "mentioned", "trust", "hurt", "thanks", "stalking", "hunt", "burn", "follow", "watching", "named", "names", "joined", "helped") {
		return true
	}
	return d.is(i-1, "told", "asked", "texted", "married", "divorced", "kissed", "hugged", "stabbed", "punched", "slapped", "choked", "killed", "raped", "molested", "emailed", "phoned", "warned", "confronted", "stalked", "strangled") &&
		(ends || next.class.Has(lexicon.Function) && !d.is(i+1, "be", "not", "have", "you", "she", "he", "they", "we", "i"))
}

// question reports a verb before token i that opens a question: "is bill safe".
func (d *doc) question(i int) bool {
	return d.at(i-1).opens && d.is(i-1, "is", "was", "are", "does", "did", "has", "can", "should", "could", "would", "do", "may", "might")
}

// speaks reports what a person does at token i, with an adverb before it or not.
func (d *doc) speaks(i int) bool {
	t := d.at(i)
	if t.form != word || t.gap == '\n' {
		return false
	}
	if d.is(i, "and", "also", "still", "never", "always", "just", "recently", "reportedly", "allegedly", "apparently", "finally", "again", "later", "then", "already", "now", "even", "only") || adverb(t.text) {
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

// eponymHere reports whether an eponym stands beside its noun.
func (d *doc) eponymHere(i int) bool {
	if d.titled(i) || d.has(i-1, lexicon.Kin) || d.is(i-1, "client", "pt", "patient", "named") {
		return false
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
		case t.class.Has(lexicon.Eponym) || t.form == mark || d.is(k, "and", "of", "the"):
		case t.class.Has(lexicon.Clinical) && t.casing == upper && d.cased:
			return true
		default:
			return false
		}
	}
	return false
}

// dayHere reports whether "thu" or "sun" is a day and nobody's name.
func (d *doc) dayHere(i int) bool {
	t := &d.t[i]
	return d.is(i-1, "on", "this", "next", "last", "every", "each", "until", "till", "since", "-", "/", "thru") && !d.has(i+1, lexicon.Says) || d.is(i-1, "to", "and", "or", "through") && d.has(i-2, lexicon.Weekday|lexicon.ShortDay) ||
		d.is(i+1, "at", "am", "pm", "-", "/", "night", "morning", "afternoon", "evening", "and", "eve") && !t.opens || d.at(i+1).form == number ||
		t.casing == lower && t.class.Has(lexicon.Words20) && !d.has(i+1, lexicon.Says)
}

// shortName reports names that are words of grammar: "told An about it".
func (d *doc) shortName(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	switch {
	case d.is(i, "ha", "ho"):
		return !d.is(i-1, "ha", "ho") && !d.is(i+1, "ha", "ho")
	case d.is(i, "an"):
		return next.form == mark && next.text != "\"" && next.text != "'" && next.text != "(" && next.text != "[" && next.text != "<" && next.text != "-" || next.class.Has(lexicon.Says) && next.class.Has(lexicon.Function) || t.casing == initial && !t.opens && d.cased && next.casing == lower || next.casing != lower && d.cased && t.casing == initial && d.nameOnly(i+1)
	case d.is(i, "my", "do", "so"):
		return t.casing == initial && !t.opens && d.cased && (d.at(i-1).casing != initial || d.at(i-1).opens) && d.at(i-1).form == word && (next.form != word || next.casing == lower || next.text == "i")
	}
	return false
}
