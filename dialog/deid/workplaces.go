package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// plainEmployer finds employers and schools with plain names where no capital
// tells: "drives for swift", "been with united for years", "a salon called shear
// joy", "freshman at state".
func (d *doc) plainEmployer(i int) {
	t := &d.t[i]
	if t.form != word || t.hit != "" {
		return
	}
	switch t.text {
	case "for", "by":
		if d.employs(i) {
			d.hitEmployer(i + 1)
		}
	case "with":
		if !d.is(i-1, "been", "stayed") && !worksIn.has(d.at(i-1).text) {
			return
		}
		if end := d.nounEnd(i + 1); end > i+1 && (d.is(end, "for", "since", "as") && d.at(end+1).form != mark || brands.has(d.at(i+1).text)) {
			d.hitEmployer(i + 1)
		}
	case "employer", "workplace":
		if end := d.nounEnd(i + 2); end > i+2 && d.is(i+1, ",", "(") && d.at(end).form == mark && !d.everybodys(i+2, end, false) && d.at(i+2).class&(lexicon.Function|lexicon.Says|lexicon.Meets) == 0 {
			d.hit(i+2, end, Organization)
		}
	case "called", "named":
		if d.at(i-1).gap == ' ' && d.has(i-1, lexicon.Body|lexicon.Spot|lexicon.Generic) && !d.has(i-1, lexicon.Kin|lexicon.Person) && !d.is(i-1, "police", "school", "office", "clinic", "work", "staff", "family", "agency", "back", "hospital") {
			d.hitCalled(i + 1)
		}
	case "owns", "runs", "manages", "own", "quit", "left":
		if end := d.nounEnd(i + 1); d.is(i, "owns", "manages") && end == i+3 && d.at(end).form == mark && !d.is(end, "-", "/") && !d.everybodys(i+1, end, false) && !d.has(i+1, lexicon.Function|lexicon.Number|lexicon.Clinical|lexicon.Generic) && !d.pair(i+1, lexicon.Compound) && !strings.HasSuffix(d.t[end-1].text, "s") {
			d.hit(i+1, end, Organization) // manages shear delight
			return
		}
		if end := d.nounEnd(i + 1); end > i+2 && d.has(end-1, lexicon.Body) && !d.everybodys(i+1, end, false) && !d.has(i+1, lexicon.Clinical|lexicon.Generic) {
			d.hit(i+1, end, Organization)
		}
	case "at", "from", "of", "to", "attends", "attended", "in":
		d.plainSchool(i)
	}
}

// plainSchool finds "freshman at state", "attends north".
func (d *doc) plainSchool(i int) {
	if !plainSchools.has(d.at(i+1).text) || d.at(i+1).gap != ' ' || !d.studies(i) {
		return
	}
	end := i + 2
	for d.has(end, lexicon.Body) && d.at(end).gap == ' ' {
		end++
	}
	if d.ends(end) {
		d.hit(i+1, end, Organization)
	}
}

// employs reports a "for" or "by" at i that leads to who employs somebody.
func (d *doc) employs(i int) bool {
	if d.is(i, "by") {
		return d.is(i-1, "employed", "hired", "fired", "contracted") || d.is(i-1, "go", "off") && d.is(i-2, "let", "laid")
	}
	return worksFor.has(d.at(i-1).text) || worksIn.has(d.at(i-1).text) && d.at(i-2).form == word || d.is(i-1, "nights", "days", "security", "time", "construction", "maintenance", "dispatch", "payroll", "sales", "routes", "trucks", "loads") && worksFor.has(d.at(i-2).text)
}

// hitEmployer files the noun at start, unless it is what everybody works for.
func (d *doc) hitEmployer(start int) {
	if d.is(start, "the") {
		start++
	}
	end := d.nounEnd(start)
	if end == start || d.has(start, lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Unit|lexicon.Says|lexicon.Meets|lexicon.Number) || strings.HasSuffix(d.at(start).text, "ing") && end == start+1 || notEmployers.has(d.at(start).text) || d.everybodys(start, end, true) && !brands.has(d.at(start).text) || d.t[end-1].class.Has(lexicon.Unit|lexicon.Clinical) {
		return
	}
	if end == start+1 && strings.HasSuffix(d.t[start].text, "s") && d.t[start].class&(lexicon.Named|lexicon.Place) == 0 {
		return // works for tips
	}
	d.hit(start, end, Organization)
}

// hitCalled files what a body or a place is called, up to the next word of grammar.
func (d *doc) hitCalled(start int) {
	if d.is(start, "the") {
		start++
	}
	end := d.nounEnd(start)
	if end > start && !d.has(start, lexicon.Kin|lexicon.Person|lexicon.Number) && !whenWords.has(d.at(start).text) {
		d.hit(start, end, Organization)
	}
}

// studies reports, at the preposition or verb i, that somebody goes to school.
func (d *doc) studies(i int) bool {
	switch {
	case d.is(i, "attends", "attended"):
		return true
	case d.is(i, "to"):
		return d.is(i-1, "transferred", "back", "admitted", "accepted", "going", "went", "goes") && d.is(i-1, "transferred", "accepted", "admitted")
	case d.is(i, "from"):
		return d.is(i-1, "graduated", "transferred", "expelled", "degree", "graduate", "suspended")
	case d.is(i, "of"):
		return d.is(i-1, "out") && d.is(i-2, "dropped", "flunked", "failed")
	}
	return studentWords.has(d.at(i - 1).text)
}

// ends reports that no noun goes on at token i.
func (d *doc) ends(i int) bool {
	t := d.at(i)
	return t.form == mark && t.text != "-" || t.gap == '\n' || t.class.Has(lexicon.Function|lexicon.Weekday|lexicon.Says) || whenWords.has(t.text)
}

// worksFor lead by "for" to an employer.
var worksFor = wordsOf("works worked working drives drove driving subs subbed hauls hauled trucks trucking delivers delivered cleans cleaned bakes cooks temps flies flew dispatches codes deals models sells drive deliver welds waits")

// worksIn are jobs behind which an employer is named.
var worksIn = wordsOf(`engineer nurse driver manager cook cashier welder mechanic guard teacher analyst pilot broker agent rep clerk barista server stylist accountant lawyer
attorney deputy officer electrician plumber programmer developer technician tech aide sub security payroll sales contract contractor dispatcher courier
job internship position career`)

// studentWords are who goes to school.
var studentWords = wordsOf("freshman sophomore junior senior student students grader kindergartner kindergartener undergrad grad postdoc professor teacher teaches taught studying studies enrolled major coach coaches classes semester degree adjunct year")

// plainSchools are schools that are called by a word that says nothing else there.
var plainSchools = wordsOf("state tech north south east west central temple northern southern eastern western northwest southwest northeast southeast poly brown rice duke emory northside southside eastside westside")
