package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// phrases finds names of places in several words, and keeps the fixed phrases
// of law and of regions: "Tarasoff v. Regents", "West Virginia".
func (d *doc) phrases() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		if t.form != word || t.hit != "" || t.kept {
			continue
		}
		place, keep := d.phrase(i, lexicon.Place), d.phrase(i, lexicon.Law|lexicon.Region|lexicon.Clinical)
		if end := max(d.phrase(i, lexicon.Brand), d.phrase(i, lexicon.Site)); end > 0 && !(d.has(end, lexicon.Street) && d.at(end).gap == ' ' && d.at(i-1).form == number) {
			kind := Organization
			if d.phrase(i, lexicon.Site) == end {
				kind = Place
			}
			end = d.namedEnd(end)
			d.hit(i, end, kind)
			i = end - 1
			continue
		}
		switch {
		case keep > 0 && keep >= place && !d.titled(i):
			if d.has(keep, lexicon.Street) && d.at(keep).casing == initial || d.is(keep, "city", "county", "beach") && d.at(keep).casing == initial && !d.is(keep-1, "state") {
				d.hit(i, keep+1, Place)
				continue
			}
			if place == keep && d.is(keep, ",") && d.has(keep+1, lexicon.Region) && len(d.at(keep+1).text) == 2 {
				d.hit(i, keep, Place) // New York, NY
				continue
			}
			d.keep(i, keep)
			i = keep - 1
		case place > 0 && d.townPhrase(i, place):
			d.hit(i, place, Place)
			i = place - 1
		}
	}
}

// namedEnd returns the end of what a name of the lists goes on with: "pine ridge" +
// middle, "little acorns" + learning center.
func (d *doc) namedEnd(end int) int {
	for k := end; k < end+3 && d.at(k).form == word && d.at(k).gap == ' ' && (d.at(k).casing == lower) == (d.at(end-1).casing == lower); k++ {
		if firmEnds.has(d.t[k].text) || d.is(k, "middle", "elementary", "high", "bridge", "school", "church", "hospital", "clinic", "campus", "mall", "casino", "hotel", "motel", "lounge", "baptist", "lutheran", "methodist") && (d.ends(k+1) || d.has(k+1, lexicon.Body)) {
			end = k + 1
		} else if !firmKinds.has(d.t[k].text) {
			break
		}
	}
	return end
}

func (d *doc) keep(i, j int) {
	for ; i < j; i++ {
		d.t[i].kept = true
	}
}

// townPhrase tells "grand rapids" from words that happen to stand together.
func (d *doc) townPhrase(i, end int) bool {
	capitals, common := 0, 0
	for k := i; k < end; k++ {
		t := &d.t[k]
		if t.form != word {
			continue
		}
		if t.casing == initial && (!t.opens || k > i) && d.cased {
			capitals++
		}
		if t.class.Has(lexicon.Words20|lexicon.Words35|lexicon.Function|lexicon.Person|lexicon.Clinical) && !t.class.Has(lexicon.Strong) {
			common++
		}
	}
	if capitals > 0 && !d.capitalHarmlessPhrase(i, end) {
		return true
	}
	leads := d.is(i-1, "in", "at", "near", "to", "from", "outside") && (d.at(end).form == mark || d.at(end).gap == '\n' || d.has(end, lexicon.Function))
	verb := d.is(i-1, "in", "near", "from", "outside") && (d.has(end, lexicon.Says|lexicon.Meets) || d.at(end).form == word && d.verbForm(end))
	return leads || verb || townEnds.has(d.t[end-1].text) || d.has(end, lexicon.Body) && d.at(end).gap == ' ' && common < 3 || d.placedBefore(i) || common < end-i-1 || common == 0 || d.is(end, ",") && d.has(end+1, lexicon.Region)
}

// townEnds are the second halves of many towns and hardly anything else.
var townEnds = wordsOf("city rapids falls springs beach heights grove creek valley bluffs junction harbor island lake bay prairie needle mountain canyon")

// stateSchools finds "Ohio State" and "Georgia Tech", where a state alone may stand.
func (d *doc) stateSchools() {
	for i := 1; i < len(d.t); i++ {
		if !d.has(i-1, lexicon.Region|lexicon.RegionName) || !d.is(i, "state", "tech", "a") || d.t[i].gap != ' ' || !d.has(i-1, lexicon.Region|lexicon.RegionName) || d.t[i-1].form != word || d.is(i, "a") && !d.is(i+1, "&") {
			continue
		}
		from, end := i-1, i+1
		for from > 0 && d.is(from-1, "north", "south", "west", "new", "the") && d.t[from].gap == ' ' && !d.is(from-1, "the") {
			from--
		}
		if d.is(i, "a") {
			end = i + 3
		}
		capitals := d.t[i].casing == initial && d.t[i-1].casing == initial || !d.cased || d.is(i, "a") || d.is(i, "tech") || d.is(from-1, "at", "attends", "attended")
		if capitals && d.is(from-1, "at", "for", "attends", "from", "to", "attended", "of", "played", "plays", "coaches") && !d.is(end, "law", "police", "trooper", "troopers", "prison", "hospital", "board", "code", "courts", "court", "penitentiary", "supreme") {
			d.hit(from, end, Organization)
		}
	}
}

// counties finds "polk county", whatever else the first word may be.
func (d *doc) counties() {
	for i := 1; i < len(d.t); i++ {
		p := &d.t[i-1]
		if (d.is(i, "county") || d.is(i, "parish")) && d.t[i].gap == ' ' && p.form == word && p.class.Has(lexicon.Place) && (p.class&(lexicon.Function|lexicon.Words20) == 0 || p.class&(lexicon.Function|lexicon.Generic) == 0 && !plainKinds.has(p.text) && !d.is(i-1, "neighboring", "home", "every", "respective") || p.casing == initial && !p.opens || d.is(i-2, "in", "of", "from", "near", "to", "at", "outside") && p.class&(lexicon.Function|lexicon.Generic) == 0) {
			d.hit(i-1, i+1, Place)
		}
	}
}

func (d *doc) capitalHarmlessPhrase(i, end int) bool {
	for k := i; k < end; k++ {
		if !d.has(k, lexicon.Capital|lexicon.Clinical|lexicon.Function|lexicon.Person) {
			return false
		}
	}
	return true
}

// placedBefore reports whether what stands before token i leads to a place.
func (d *doc) placedBefore(i int) bool {
	k := i - 1
	if d.is(k, "the", "downtown", "nearby", "rural", "east", "west", "north", "south") {
		k--
	}
	if k < 0 {
		return false
	}
	return d.has(k, lexicon.Placed) && !d.is(k, "near", "from", "outside", "downtown", "visited", "visiting") || d.phraseBefore(k, lexicon.Placed) || d.is(k, "in", "near", "from", "outside", "at", "downtown", "visited", "visiting", "to") && d.is(k+1, "downtown", "rural") ||
		d.is(k, "near", "from", "outside", "downtown", "visiting")
}

// placeHere reports whether a common word is the name of a town: "lives in bend".
func (d *doc) placeHere(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if !t.class.Has(lexicon.Place) || t.casing == lower && t.class.Has(lexicon.Meets) || t.class.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Number|lexicon.Clinical) || d.has(i, lexicon.Generic) {
		return false
	}
	if next.text == "," && d.has(i+2, lexicon.Region) && len(d.at(i+2).text) == 2 && d.at(i+3).form == number && len(d.at(i+3).text) == 5 {
		return true // hazard, ky 41701
	}
	if next.text == "," && d.has(i+2, lexicon.Region) && d.at(i+2).class&lexicon.Function == 0 && !d.is(i+2, "in", "me", "or", "ok", "hi") {
		return d.is(i-1, "in", "near", "from", "to", "at", "of") || d.placedBefore(i)
	}
	if next.class.Has(lexicon.Region) && next.form == word && len(next.text) > 2 && next.casing != lower && d.is(i-1, "in", "near", "from", "to") {
		return true
	}
	if d.is(i-1, "from") && !originVerbs.has(d.at(i-2).text) {
		return false
	}
	if !d.placedBefore(i) || d.is(i-1, "the") {
		return false
	}
	return next.form == mark || next.gap == '\n' || next.class.Has(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Unit|lexicon.Weekday|lexicon.Number) || d.isHit(i+1)
}

// bareTown reports a word, or two, that stand where only a place can without an
// article: "he was arrested in big bear".
func (d *doc) bareTown(i int) bool {
	t := &d.t[i]
	if t.class.Has(lexicon.Function|lexicon.Clinical|lexicon.Generic|lexicon.Person|lexicon.Number|lexicon.Region|lexicon.Weekday|lexicon.Unit) || adverb(t.text) || d.verbForm(i) || states.has(t.text) || beforeRegion.has(t.text) {
		return false
	}
	k := i - 1
	if p := d.at(k); p.form == word && p.hit != "" && p.gap == ' ' {
		k--
	}
	if !d.is(k, "in", "to") || !movedVerbs.has(d.at(k-1).text) || d.is(k-1, "up") && !d.is(k-2, "grew") {
		return false
	}
	next := d.at(i + 1)
	if next.form == word && next.gap == ' ' && next.class.Has(lexicon.Place) && next.class&(lexicon.Function|lexicon.Generic|lexicon.Kin|lexicon.Clinical) == 0 && k == i-1 {
		return true
	}
	return next.form == mark && next.text != "-" || next.gap == '\n' || next.class.Has(lexicon.Function|lexicon.Number|lexicon.Weekday)
}

// townOfSomebody reports a word that is a town as well where a town alone does
// without an article: "my guy from normal", "the shop in boring got him", "ran off
// to friendship".
func (d *doc) townOfSomebody(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if !t.class.Has(lexicon.Place) || t.gap != ' ' || t.class.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Number|lexicon.Clinical|lexicon.Generic|lexicon.Region|lexicon.Weekday|lexicon.Unit) || adverb(t.text) && t.class.Has(lexicon.Words20) || d.verbForm(i) || states.has(t.text) || abstracts.has(t.text) || d.usual(i-1) || d.adjacent(i) {
		return false
	}
	if next.form == word && next.gap == ' ' && !next.class.Has(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Weekday|lexicon.Number) && !d.isHit(i+1) && !strings.HasSuffix(next.text, "ed") || d.is(i+1, "-", "/", "'") || d.is(i+1, "of") {
		return false
	}
	before := d.at(i - 2)
	if before.form != word || d.at(i-1).gap != ' ' {
		return false
	}
	switch {
	case d.is(i-1, "from"):
		return before.class.Has(lexicon.Kin|lexicon.Person) || townspeople.has(before.text)
	case d.is(i-1, "in") && t.class&(lexicon.Spot|lexicon.Body|lexicon.Ordinary|lexicon.Noun|lexicon.Given1|lexicon.Given2|lexicon.Surname1|lexicon.Eponym) == 0 && (next.form == mark && next.text != "-" || next.gap == '\n' || next.class.Has(lexicon.Function)) && before.class&lexicon.Function == 0 && !articles.has(before.text):
		return true // signed a lease in bend
	case d.is(i-1, "in"):
		return before.class.Has(lexicon.Spot|lexicon.Generic|lexicon.Body) && !before.class.Has(lexicon.Says|lexicon.Meets) && !d.is(i-2, "line", "school", "work", "class", "session", "group", "meeting", "church", "back", "home") || brands.has(before.text) ||
			before.hit != "" && before.possessive && d.is(i-3, "the", "at") || d.is(i-2, "is", "was", "lives", "stuck", "stranded") && d.has(i-3, lexicon.Kin|lexicon.Person)
	case d.is(i-1, "of"):
		return d.is(i-2, "hour", "hours", "minutes", "mile", "miles", "min", "mins", "north", "south", "east", "west", "outside", "side", "edge", "outskirts", "suburb", "town") && !d.is(i-3, "a", "few", "couple") && t.class&(lexicon.Spot|lexicon.Noun|lexicon.Ordinary) == 0 && !d.is(i, "sleep", "rest", "work", "therapy", "silence", "peace", "love")
	case d.is(i-1, "says", "said", "reads"):
		return writings.has(before.text) && next.form == mark
	case d.is(i-1, "to"):
		return d.is(i-2, "off", "away") && d.is(i-3, "ran", "took", "went", "run", "moved", "drove", "goes", "runs")
	}
	return false
}

// beforeState reports a town, whatever else the word may be, before the name of
// its state: "from hell michigan".
func (d *doc) beforeState(i int) bool {
	t := &d.t[i]
	if d.is(i+1, ",") && (unionStates.has(d.at(i+2).text) || d.has(i+2, lexicon.Region) && d.at(i+2).casing == upper && len(d.at(i+2).text) == 2 && d.cased) && t.gap == ' ' && d.at(i+2).gap == ' ' && !d.is(i+3, "law", "statute", "code", "state") {
		if t.casing == initial && d.cased && !t.opens && d.is(i-1, "in", "from", "near", "to", "outside", "of", "around", "at") && t.class&(lexicon.Region|lexicon.Title) == 0 {
			return true // in Many, Louisiana
		}
		if t.casing == lower && t.class.Has(lexicon.Place) && !t.class.Has(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Region) && unionStates.has(d.at(i+2).text) && d.is(i-1, "in", "from", "near", "outside", ",") && !d.is(i, "school", "court", "person", "session", "home") && !d.usual(i-1) && (!d.is(i-1, ",") || d.is(i+3, ",")) {
			return true // a spot in gas, kansas
		}
		if t.casing == lower && t.class.Has(lexicon.Place) && t.class&(lexicon.Function|lexicon.Generic|lexicon.Spot|lexicon.Kin|lexicon.Person|lexicon.Clinical|lexicon.Body|lexicon.Region) == 0 && !d.verbForm(i) && d.is(i-1, "picked", "chose", "left", "visited", "toured", "visiting", "leaving") {
			return true // picked carefree, arizona
		}
	}
	return (t.class.Has(lexicon.Place) || t.casing == initial && d.cased && t.class&(lexicon.Kin|lexicon.Person|lexicon.Capital) == 0) && t.class&(lexicon.Region|lexicon.Function) == 0 && !t.possessive && !adverb(t.text) && !plainKinds.has(t.text) && !beforeRegion.has(t.text) && t.gap == ' ' && d.is(i-1, "in", "from", "near", "to", "outside", "of", "around") &&
		d.at(i+1).gap == ' ' && unionStates.has(d.at(i+1).text) && !d.has(i+2, lexicon.Body) && !d.usual(i-1)
}

// unionStates are the states of one word.
var unionStates = wordsOf(`alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana
maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming`)

// writings tell where somebody lives.
var writings = wordsOf("voucher lease license licence id address envelope postmark ticket form transcript certificate passport deed")

// townspeople come from towns.
var townspeople = wordsOf("guy man woman girl boy kid dude lady gal one couple family friend person teen male female folks people client pt patient someone somebody")

// states are what people live in, are born in and moved to without a town.
var states = wordsOf("coats coat boots socks pajamas scrubs uniform sandals slippers pen ink pencil crayon cursive love money care bath class debt fear poverty danger pain chaos hiding silence isolation squalor traffic public private front bed tears denial luxury filth crisis misery terror shame secret constant extreme total anger action violence captivity wedlock privilege wealth comfort peace harmony sin guilt limbo darkness grief trauma conflict intervene help leave end therapy accommodation temporary permanent subsidized supported assisted shared student transitional emergency affordable section low abusive unsafe independent separate different")

// regionHere reports whether a state, country or people that is also a
// person's name stands where a region does.
func (d *doc) regionHere(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	c := t.class
	if d.titled(i) || d.cuedName(i) {
		return false
	}
	person := c.Has(lexicon.Given1 | lexicon.Given2)
	if unionStates.has(t.text) && t.opens && !t.possessive && (next.form == mark && strings.Contains(".?!", next.text) || next.gap == '\n') {
		return true // No marks. Indiana. Must I report?
	}
	if !person && c.Has(lexicon.Region) && !c.Has(lexicon.Surname1) {
		return true
	}
	if next.form == word && next.gap == ' ' && next.casing == initial && d.cased && !next.kept && !d.capitalHarmlessLoose(i+1) || t.possessive && person && !regionNouns.has(next.text) && !next.kept {
		return false
	}
	switch {
	case d.is(i, "english") && (articles.has(d.at(i-1).text) || d.at(i-1).possessive):
		return true // her English is good
	case beforeRegion.has(d.at(i-1).text) && !(d.is(i-1, "both") && person):
		return true
	case d.is(i-1, "to") && travelVerbs.has(d.at(i-2).text), d.is(i-1, "of") && d.is(i-2, "state", "citizen", "resident", "native", "out", "most", "parts", "all"):
		return true
	case regionNouns.has(next.text) && next.form == word:
		return !(person && d.is(i+1, "has", "says", "family", "and", "home", "mother", "father", "client") && t.opens)
	case beforePeople.has(d.at(i-1).text) && !c.Has(lexicon.Given1):
		return true
	case d.is(i-1, ",") && d.is(i+1, ",") && d.at(i-2).form == number:
		return true // Rosalind, 34, Dutch, married
	case d.is(i-1, "we're", "they're", "i'm", "he's", "she's") && d.at(i+1).form == mark:
		return true
	case d.is(i-1, "a", "as", "devout", "evangelical", "conservative", "raised", "non", "an"):
		return true
	case d.is(i-1, ",") && (d.isHit(i-2) || d.at(i-2).placed || d.has(i-2, lexicon.Place) && d.has(i-2, lexicon.Region|lexicon.Place) && !person), d.is(i-1, "and", "or", ",", "/", "than", "versus") && d.has(i-2, lexicon.Region) && !d.has(i-2, lexicon.Given1|lexicon.Given2):
		return true
	}
	return !person && !d.speaks(i+1) && !d.has(i-1, lexicon.Kin|lexicon.Person|lexicon.Meets)
}

// regionNouns follow a state, a country or a people, and no name.
var regionNouns = wordsOf("law laws statute statutes code licensed license licence licensure board state rule rules courts court cps aps dcf dcfs resident residents clients duty requires allows permits penal civil health based speaking descent origin heritage ancestry immigrant immigrants refugee refugees family man woman american americans male female couple culture community language statutory medicaid hotline psychologist psychologists therapist therapists counselor counselors interpreter faith speaker speakers interpreters counseling church household values patient patients supreme legislature appellate practitioner residency borders border reporting mandated regulations regulation")

// originVerbs go before "from" and a place.
var originVerbs = wordsOf("moved came comes is are was hails client back fled drove family transferred flew she's he's they're originally over relocated")

// movedVerbs go before "in" or "to" and a town.
var movedVerbs = wordsOf("arrested jailed born raised relocated moved up based stationed resides residing drives flew lives lived incarcerated")

// beforeRegion go before a state or a country.
var beforeRegion = wordsOf("in from under across outside within near via through upstate rural central northern southern eastern western south north west both")

// travelVerbs go before "to" and a state or a country.
var travelVerbs = wordsOf(`moved move moving drove flew fly travel traveled went go going back returned return relocated relocating deported extradited transferred
trip`)

// beforePeople go before what people somebody is of.
var beforePeople = wordsOf("a an as is are speaks speak speaking devout evangelical conservative raised native the half part in fluent both non - born")
