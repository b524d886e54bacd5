package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// plainNames finds bodies and parts of towns that are called by one plain word,
// where what is around it leads to such a name: "laid off from intel", "swift has
// him hauling", "she scores in the tenderloin".
func (d *doc) plainNames() {
	for i := range d.t {
		t := &d.t[i]
		if t.form != word {
			continue
		}
		if k := i - 1; t.text == "eleven" && (d.at(k).text == "7" || d.is(k, "-") && d.glued(i) && d.at(k-1).text == "7") {
			if d.is(k, "-") {
				k--
			}
			d.t[k].kept = false
			d.hit(k, i+1, Organization) // the 7-eleven
			continue
		}
		d.bands(i)
		if t.hit != "" || !t.class.Has(lexicon.Firm|lexicon.Quarter) || fraternities.has(t.text) {
			continue
		}
		switch {
		case t.class.Has(lexicon.Firm) && d.firmHere(i):
			end := i + 1
			if d.is(end, "warehouse", "store", "plant", "factory", "hospital", "casino", "campus", "health", "high", "church", "university", "college") && d.at(end).gap == ' ' && d.at(end).hit == "" {
				end++
			}
			d.hit(i, end, Organization)
		case t.class.Has(lexicon.Quarter) && d.quarterHere(i):
			d.hit(i, i+1, Place)
		}
	}
}

// firmHere reports that a word which is the name of a body stands where one does.
func (d *doc) firmHere(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if t.kept && t.casing == lower || d.usual(i) || d.adjacent(i) || d.glued(i+1) && d.is(i+1, "-", "/") {
		return false
	}
	ends := next.form == mark && next.text != "-" || next.gap == '\n' || next.class.Has(lexicon.Function|lexicon.Weekday) || whenWords.has(next.text) || d.is(i+1, "warehouse", "store", "plant", "factory", "hospital", "casino", "campus", "health", "high", "church", "university", "college", "says", "said")
	if d.is(i-1, "the") && d.is(i+1, "on", "off", "by", "near", "in") && (d.isHit(i+2) || d.has(i+2, lexicon.Place) && d.ends(i+3)) && d.leadsIn(i-2) {
		return true // behind the speedway on harper
	}
	if d.is(i-1, "the") && d.is(i+1, "eap", "warehouse") && next.gap == ' ' || d.startsClause(i) && d.is(i+1, "warehouse", "plant", "factory") && next.gap == ' ' {
		return true
	}
	if !ends && !d.is(i+1, "w") && !(d.startsClause(i) && d.actsAsBody(i+1)) {
		return false
	}
	switch {
	case d.is(i-1, "at"):
		return !d.directed(i - 1)
	case d.is(i-1, "from", "by", "with", "for", "to", "through", "thru", "via", "into", "over"):
		return ledTo.has(d.at(i-2).text) || ledTo.has(d.at(i-3).text) && d.at(i-2).form == word && !d.has(i-2, lexicon.Function)
	case leads.has(d.at(i-1).text) && d.at(i-1).gap != 0:
		return true
	}
	return d.startsClause(i) && !t.possessive && d.actsAsBody(i+1)
}

// actsAsBody reports at token k what a body does to people: "swift has him
// hauling", "Peninsula sent a bill".
func (d *doc) actsAsBody(k int) bool {
	switch {
	case d.is(k, "has", "had", "got", "put", "let", "made", "wrote", "kept", "moved", "promoted", "demoted", "pays", "paid", "gave"):
		return d.is(k+1, "him", "her", "them", "me") || d.is(k+1, "my") && d.has(k+2, lexicon.Person)
	case d.is(k, "fired", "hired", "suspended", "discharged", "admitted", "transferred", "evaluated", "referred", "expelled", "reinstated", "rehired"):
		return true
	case d.is(k, "sent", "called", "denied", "refused", "dropped", "says", "said", "wants", "won't", "wont", "faxed", "released", "closed", "lost", "declined", "discharges", "requires", "offered", "cut", "cancelled", "canceled", "billed"):
		return d.is(k+1, "him", "her", "them", "us", "me", "it", "a", "the", "his", "their", "my", "over", "no", "release", "records", "back", "that", "they", "he", "she")
	}
	return false
}

// ledTo go before a preposition and a body.
var ledTo = wordsOf(`works worked working job hired fired laid off let go shift shifts route position career contract hauls hauling hauled drives drove driving delivers delivered stocks temps interns interned
discharged referred transferred admitted released sent seen treated evaluated prescribed meds bill billed call called letter fax faxed records detoxed rehab inpatient residential bed
graduated expelled suspended accepted enrolled degree switched went goes back returned married deploys retired quit resigned tithing tithes worship worships baptized membership member fellowship
flies flew pilot mechanic cashier manager driver nurse engineer supervisor boss coworker coworkers guard chaplain clerk check paycheck benefits insurance pension stays stayed been`)

// leads go before a body without a preposition.
var leads = wordsOf("quit left joined attends attended owns sued suing dropped fled tried leaving quitting attending joining")

// bands finds what a band is called: "plays bass in rusty gallows", "her band, the
// velvet possums, is".
func (d *doc) bands(i int) {
	start := 0
	switch {
	case !bandCues.has(d.t[i].text):
		return
	case instruments.has(d.t[i].text) && d.is(i+1, "in", "for", "with") && (playVerbs.has(d.at(i-1).text) || d.is(i-2, "plays", "played", "play", "on")):
		start = i + 2
	case d.is(i, "band", "quartet", "trio", "troupe", "league", "quintet", "gang") && d.is(i+1, ","):
		start = i + 2
	default:
		return
	}
	if d.is(start, "the") {
		start++
	}
	end := start
	for end < start+3 && d.at(end).form == word && d.at(end).gap == ' ' && !d.has(end, lexicon.Function|lexicon.Weekday) && !whenWords.has(d.t[end].text) {
		end++
	}
	if end < start+2 || d.everybodys(start, end, false) || d.is(i+1, ",") && !d.is(end, ",", ".", "is", "was") || d.has(start, lexicon.Function|lexicon.Kin|lexicon.Clinical|lexicon.Number|lexicon.Person|lexicon.Says|lexicon.Meets) || d.verbForm(start) || adverb(d.t[start].text) {
		return
	}
	d.hit(start, end, Organization)
}

// instruments are played in bands, and bandCues are where a band is looked for.
var (
	instruments = wordsOf(playable)
	bandCues    = wordsOf(playable + " band quartet trio troupe league quintet gang")
)

const playable = "bass guitar drums keys keyboard keyboards piano fiddle violin viola cello banjo mandolin trumpet trombone sax saxophone flute clarinet oboe tuba horn percussion harmonica accordion vocals lead rhythm"

// quarterHere reports that a word which is the name of a part of a town, of a
// street or of a town stands where one does.
func (d *doc) quarterHere(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if t.possessive || t.kept && t.casing == lower || d.adjacent(i) || d.usual(i) || next.form == word && next.gap == ' ' && next.hit == "" && !next.class.Has(lexicon.Function|lexicon.Weekday|lexicon.Says) && !whenWords.has(next.text) || d.is(i+1, "of", "-", "/") {
		return false
	}
	k := i - 1
	article := d.is(k, "the")
	if article {
		k--
	}
	switch {
	case article && d.is(k, "in", "to", "from", "through", "around", "outside"):
		return lived.has(d.at(k-1).text) || lived.has(d.at(k-2).text) || d.has(k-1, lexicon.Kin|lexicon.Person|lexicon.Spot) || !t.class.Has(lexicon.Words20)
	case article && d.startsClause(k+1):
		return d.is(i+1, "is") && d.is(i+2, "where")
	case article:
		return false
	case d.is(k, "in", "near", "around", "outside", "from", "to"):
		return t.class.Has(lexicon.Place) && (lived.has(d.at(k-1).text) || d.has(k-1, lexicon.Kin)) && !states.has(t.text)
	case d.is(k, "on", "off", "down"):
		return onStreets.has(d.at(k-1).text) && !strings.HasSuffix(t.text, "s")
	}
	return false
}

// lived go before where somebody is or comes from.
var lived = wordsOf("live lives lived living stays stayed staying moved moving grew raised born house home apartment apt place room street block corner score scores scored heroin dope drugs dealer deals sleeps slept sleeping camps camped shelter friends family cousin folks from back over down up out hangs hanging found arrested jumped robbed mugged shot stabbed drove served evicted relocated")

// onStreets go before "on" and a street.
var onStreets = wordsOf("parked overlook lookout living lives live lived corner down apartment place unit storage house spot store shop just out jumped robbed shot mugged hit block shelter motel hotel church clinic bar walking panhandling sleeps sleeping camped deals up laid found stays staying")
