package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

var workVerbs = wordsOf("works worked working employed interns interning volunteers volunteered volunteering teaches taught teaching enrolled studies studied studying student goes went attends attended attending worships worshipped preaches member members joined graduated graduating alum alumna alumnus bartends waitresses shifts job transferred drives drove driving delivers delivered delivering cleans cleaned consults temps temped freelances subcontracts manages managed stocks serves drive deliver")

// bodyAfterVerb finds "works at best buy", "goes to oak grove elementary",
// "attends grace fellowship", "member of hope lutheran".
func (d *doc) bodyAfterVerb(i int) {
	if d.t[i].form != word {
		return
	}
	if careVerbs.has(d.t[i].text) && d.is(i+1, "at", "to", "from", "by") && (d.is(i+1, "at") || d.is(i+1, "to") && d.is(i, "sent", "brought", "taken", "transported", "rushed") || d.is(i+1, "from", "by") && d.is(i, "discharged", "referred", "transferred", "released", "seen", "evaluated")) {
		d.bareClinic(i + 2)
	}
	if employed.has(d.t[i].text) && d.is(i+1, "at", "from", "by") {
		d.bareEmployer(i + 2)
	}
	d.playsFor(i)
	d.ladyTeam(i)
	if !workVerbs.has(d.t[i].text) {
		return
	}
	start := i + 1
	attends := d.is(i, "attends", "attended", "attending", "joined")
	if !attends {
		if d.is(start, "part", "full", "nights", "weekends", "mornings", "shifts", "classes", "as") && !d.is(start, "as") {
			start++
		}
		if d.is(start, "-") {
			start += 2
		}
		if d.is(start, "time") {
			start++
		}
		ok := d.is(start, "at", "for", "with", "by") && !d.is(i, "goes", "went", "transferred") || d.is(start, "to") && d.is(i, "goes", "went", "transferred") || d.is(start, "of", "in") && d.is(i, "member", "members", "enrolled") || d.is(start, "from", "at") && d.is(i, "graduated", "graduating")
		if !ok {
			return
		}
		start++
	}
	end, last, bodied, hits := start, start, false, false
	if d.is(start, "the", "a", "an", "her", "his", "their", "our", "my", "this", "that", "another") {
		if !d.is(start, "the") {
			return // "a bank" names none
		}
		start++
		end = start
	}
	determined := d.is(start-1, "the")
	for n := 0; n < 5 && end < len(d.t) && d.t[end].gap == ' ' && d.t[end].form == word && !d.endsBody(end, n); n++ {
		hits = hits || d.isHit(end)
		end++
		if d.has(end-1, lexicon.Body) && end > start+1 {
			bodied, last = true, end
		}
	}
	if bodied && !hits {
		end = last
	}
	if end == start {
		return
	}
	generic := true
	for k := start; k < end; k++ {
		generic = generic && d.t[k].hit == "" && !brands.has(d.t[k].text) && !(end > start+2 && d.has(k, lexicon.Region)) && d.has(k, lexicon.Generic|lexicon.Body|lexicon.Clinical|lexicon.Person|lexicon.Capital|lexicon.Weekday|lexicon.Region|lexicon.Kin)
	}
	if generic {
		return
	}
	switch {
	case hits, bodied && end > start+1, brands.has(d.t[start].text):
		d.hit(start, end, Organization)
	case !determined && d.is(start-1, "at", "for", "by") && d.is(i, "works", "worked", "working", "employed", "interns", "shifts", "job") && d.has(start, lexicon.English) && !d.has(start, lexicon.Function|lexicon.Clinical) && end <= start+2 && !notEmployers.has(d.at(start).text):
		d.hit(start, end, Organization)
	}
}

// playsFor finds a team that is a plain word: "swims for the otters".
func (d *doc) playsFor(i int) {
	if !(playVerbs.has(d.t[i].text) && d.is(i+1, "for", "with") || players.has(d.t[i].text) && d.is(i+1, "for", "with", "from", "on", "of")) || !d.is(i+2, "the") {
		return
	}
	end := i + 3
	for n := 0; n < 2 && d.at(end).form == word && d.at(end).gap == ' ' && d.at(end).class&(lexicon.Function|lexicon.Person|lexicon.Kin|lexicon.Generic|lexicon.Clinical|lexicon.Says|lexicon.Number|lexicon.Ordinal) == 0; n++ {
		end++
	}
	if last := d.at(end - 1); end > i+3 && strings.HasSuffix(last.text, "s") && (last.class.Has(lexicon.Body) || last.class&(lexicon.Unit|lexicon.Noun) == 0) {
		d.hit(i+3, end, Organization)
	}
}

// ladyTeam finds "the lady warriors".
func (d *doc) ladyTeam(i int) {
	t := d.at(i + 1)
	if d.is(i, "lady") && t.form == word && t.gap == ' ' && len(t.text) > 4 && strings.HasSuffix(t.text, "s") && !t.possessive && t.class&(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Clinical|lexicon.Unit) == 0 {
		d.hit(i, i+2, Organization)
	}
}

// players are who is on a team.
var players = wordsOf("coach player players goalie kicker pitcher catcher goalkeeper quarterback cheerleader cheerleaders mascot shortstop linebacker")

// playVerbs say who is on a team.
var playVerbs = wordsOf("plays played playing swims swam pitches pitched skates skated coaches coached cheers cheered wrestles wrestled quarterback goalie")

// bareClinic finds a clinic that is named by plain words: "discharged from pine rest".
func (d *doc) bareClinic(start int) {
	end, plain, named := start, true, false
	for end < len(d.t) && end < start+4 && d.t[end].gap == ' ' && d.t[end].form == word && !d.has(end, lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Weekday) {
		named = named || (d.has(end, lexicon.Named|lexicon.Place) || !d.has(end, lexicon.Words20|lexicon.Words35)) && !d.has(end, lexicon.Generic) || d.isHit(end)
		plain = plain && d.t[end].hit == "" && d.has(end, lexicon.Generic|lexicon.Clinical|lexicon.Person|lexicon.Kin|lexicon.Body|lexicon.Unit|lexicon.Score|lexicon.Number)
		end++
	}
	if end > start && !plain && !d.is(start, "risk", "least", "once", "times", "bedside", "night", "discharge", "intake", "baseline", "birth", "age", "noon") && named {
		d.hit(start, end, Organization)
	}
}

// bareEmployer finds an employer that is a plain word: "her boss at target".
func (d *doc) bareEmployer(start int) {
	end := start
	for end < len(d.t) && end < start+3 && d.t[end].gap == ' ' && d.t[end].form == word && !d.has(end, lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Kin|lexicon.Clinical|lexicon.Weekday) && (end == start || d.t[end].hit != "" || d.t[end].casing != lower || d.t[end-1].casing == lower) && !(end > start && d.verbForm(end) && !d.has(end, lexicon.Body)) {
		end++
	}
	if end == start || d.has(start, lexicon.Generic) || afterAt.has(d.at(start).text) {
		return
	}
	d.hit(start, end, Organization)
}

// brands may be spoken of as the places people post and pay at, but not as employers.
var brands = wordsOf("cvs ihop kfc ikea rei aldi gamestop petco petsmart sephora ulta ups usps fedex amazon google facebook instagram tiktok uber lyft doordash instacart grubhub ubereats postmates shipt netflix paypal twitter youtube snapchat linkedin reddit apple microsoft target subway chase costco starbucks gap shell chevron walmart exxon kroger walgreens safeway signal telegram zoom slack discord venmo")

// bareAt finds a body or a place that is a plain word behind "at": what has no
// article there and is nothing that English puts there has a name.
func (d *doc) bareAt(i int) {
	t := &d.t[i]
	c := t.class
	if !d.is(i-1, "at") || t.gap != ' ' || t.form != word || t.hit != "" || t.kept || t.possessive || t.casing != lower && d.cased || d.usual(i-1) ||
		c.Has(lexicon.Function|lexicon.Generic|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Weekday|lexicon.Number|lexicon.Ordinal|lexicon.Region|lexicon.Body|lexicon.Unit) || strings.HasSuffix(t.text, "s") && !c.Has(lexicon.Named) || adverb(t.text) || d.verbForm(i) || d.allow[t.text] {
		return
	}
	end := i + 1
	for n := 0; n < 2 && d.at(end).form == word && d.at(end).gap == ' ' && d.t[end].hit == "" && !d.t[end].kept && !d.has(end, lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Weekday|lexicon.Kin|lexicon.Clinical|lexicon.Person|lexicon.Number|lexicon.Unit) && !adverb(d.t[end].text) && !d.is(end, "today", "tonight", "yesterday", "tomorrow", "again", "most", "last", "next", "every"); n++ {
		end++
	}
	if d.directed(i-1) || d.everybodys(i, end, false) {
		return
	}
	d.hit(i, end, Organization)
}

// workplace finds "over at the mill": a plain word with its article where
// somebody works.
func (d *doc) workplace(i int) {
	t := &d.t[i]
	if t.form != word || t.hit != "" || t.kept || !d.is(i-1, "the") || !d.is(i-2, "at") || d.has(i, lexicon.Function|lexicon.Generic|lexicon.Clinical|lexicon.Person|lexicon.Kin|lexicon.Unit) && !d.is(i, "factory", "bakery", "warehouse", "farm") {
		return
	}
	verb := i - 3
	if d.is(verb, "over", "down", "up", "out", "nights", "days", "weekends") {
		verb--
	}
	next := d.at(i + 1)
	if workVerbs.has(d.at(verb).text) && !d.is(verb, "goes", "went", "attends", "attended", "student", "member") && !d.is(i, "end", "time", "moment", "front", "top", "same", "other", "old", "new", "local", "main", "desk", "window", "counter", "register") && (next.form == mark || next.gap == '\n' || next.class.Has(lexicon.Function|lexicon.Weekday)) {
		d.hit(i-1, i+1, Organization)
	}
}

// platforms are brands that clients are in touch over, pay with or watch.
var platforms = wordsOf("google facebook instagram tiktok uber lyft netflix paypal twitter youtube snapchat linkedin reddit signal telegram zoom slack discord venmo")

// brandHere finds an employer or a shop that is a plain word, where people go,
// work and meet: "drives for Amazon", "met him through target".
func (d *doc) brandHere(i int) {
	t := &d.t[i]
	if t.hit == "" && !t.kept && t.form == word && t.casing == initial && d.cased && healthSystems.has(t.text) && (t.opens || d.is(i-1, "that", "if", "because")) && d.at(i+1).gap == ' ' && (d.speaks(i+1) || d.is(i+1, "should", "would", "could", "has", "had", "is", "was", "won't", "wants", "discharged", "can't", "needs")) {
		d.hit(i, i+1, Organization) // Banner should know better
		return
	}
	if t.hit != "" || t.kept || t.form != word || !brands.has(t.text) || platforms.has(t.text) || d.usual(i-1) && !d.is(i-1, "at", "for", "through", "from", "by") {
		return
	}
	if d.is(i+1, "route", "truck", "shift", "warehouse", "store", "plant", "job", "uniform", "driver", "parking", "lot") && d.is(i-1, "her", "his", "their", "the", "a", "my", "new", "old") && (t.casing != lower || !d.cased || d.is(i, "ups", "usps", "fedex", "walmart", "costco", "kroger")) {
		d.hit(i, i+1, Organization) // her UPS route
		return
	}
	capital := (t.casing == initial || t.casing == upper) && d.cased && !t.opens
	placed := d.is(i-1, "at", "for", "through", "from", "outside", "behind") && workWords.has(d.at(i-2).text)
	ends := d.at(i+1).form == mark || d.at(i+1).gap == '\n' || d.has(i+1, lexicon.Function|lexicon.Weekday)
	if capital || d.is(i-1, "at", "through", "from") && ends && !d.is(i, "signal", "gap", "shell", "apple", "chase", "target") || placed && ends || d.is(i-1, "at", "through") && d.is(i, "target", "chase", "gap", "shell") && ends {
		d.hit(i, i+1, Organization)
	}
}

// healthSystems are hospitals whose names are plain words.
var healthSystems = wordsOf("banner mercy dignity providence ascension intermountain advocate beacon sutter kaiser essentia sanford novant atrium prisma ochsner geisinger sentara baptist methodist bellin aspirus corewell optum piedmont northside eastside westside")

var workWords = wordsOf("works worked working job drives drove shifts hired fired manager cashier boss met back home over shopping shoplifting stole arrested caught")

// endsBody reports a word that no name of a body goes over.
func (d *doc) endsBody(k, n int) bool {
	return d.has(k, lexicon.Function) && !(d.is(k, "of", "the") && d.isHit(k+1)) && !(d.is(k, "&", "and") && d.is(k+1, "sons", "daughters")) || d.has(k, lexicon.Says) && !d.isHit(k) && n > 0 || d.is(k, "where", "which")
}

// manyHold are jobs that many people have at one place, so that the place alone
// is what tells.
var manyHold = wordsOf("foreman driller lieutenant sergeant nurse manager cook cashier aide assistant teacher counselor caseworker leader driver clerk server bartender barista janitor guard receptionist secretary coach tech technician attendant host waiter waitress welder mechanic custodian volunteer trainer tutor nanny babysitter salesman salesperson operator supervisor")

// jobs takes in the job that somebody has at a named body or place: "night
// nurse at Mercy General".
func (d *doc) jobs() {
	for i := 1; i < len(d.t); i++ {
		if d.t[i].hit != "" || !beforeBody.has(d.t[i].text) || d.is(i, "from") && !d.has(i-1, lexicon.Post1|lexicon.Post2) || d.t[i].hit != "" || d.t[i].gap != ' ' {
			continue
		}
		k := i + 1
		if d.is(k, "the", "a") {
			k++
		}
		if d.is(i, "on") && !d.is(k, "channel", "station", "kiss", "radio") {
			continue
		}
		if d.is(i, "on") && d.isHit(k+1) {
			k++
			d.hit(i, k, Post)
		}
		if !d.isHit(k) || d.t[k].hit != Organization && d.t[k].hit != Place && d.t[k].hit != Unknown && d.t[k].hit != Name || d.is(i, "with", "for", "of") && d.t[k].hit != Organization {
			continue
		}
		if teams.has(d.at(i-1).text) && !d.is(i-1, "school", "class", "schools") && d.is(i, "at", "of") && d.at(i-1).gap == ' ' && d.t[i-1].hit == "" {
			from := i - 1
			for n := 0; n < 2 && d.at(from-1).form == word && d.at(from).gap == ' ' && !d.has(from-1, lexicon.Function|lexicon.Says|lexicon.Meets) && d.t[from-1].hit == "" && !d.is(from-1, "whole", "entire"); n++ {
				from--
			}
			d.hit(from, k, Organization)
			continue
		}
		said := beforeJob.has(d.at(i - 2).text)
		if (said || d.is(i, "from", "in") && d.is(i-3, "a", "an", "the", "is", "our")) && d.has(i-1, lexicon.Post1|lexicon.Post2) || said && d.has(i-1, lexicon.Person) && !manyHold.has(d.at(i-1).text) && !everybodysRoles.has(d.at(i-1).text) && !strings.HasSuffix(d.at(i-1).text, "s") {
			from := i - 1
			if d.at(from-1).form == word && d.at(from).gap == ' ' && jobModifiers.has(d.at(from-1).text) {
				from--
			}
			group := d.t[k].hit
			if group == Name || group == Unknown {
				group = Post
			}
			d.hit(from, k, group)
			for k < len(d.t) && d.isHit(k) && d.t[k].gap != '\n' && (d.t[k].hit == Name || d.t[k].hit == Unknown || d.t[k].hit == Place || d.t[k].hit == Organization) {
				d.t[k].hit, d.t[k].group = group, d.groups
				k++
			}
		}
	}
}

// careVerbs say that somebody came to a clinic or left one.
var careVerbs = wordsOf(`discharged referred transferred hospitalized treated seen evaluated detoxed released admitted stay nurse therapist intern resident rehab
patient bed care inpatient weeks days months nights stint sent brought taken transported rushed`)

// notEmployers follow "works for" and "works at" without naming an employer.
var notEmployers = wordsOf(`least all night several multiple various different odd cash tips free pay money hours years months reducing keeping staying building
managing improving large small minimum`)

// afterAt follow "at" without naming a place.
var afterAt = wordsOf("risk least once present times fault odds ease age noon night midnight dawn email text phone mail")

// beforeJob go before the job that somebody has.
var beforeJob = wordsOf("a an the as is was our former night head lead charge chief assistant store shift senior school line youth")

// everybodysRoles are roles that tell nothing beside a body.
var everybodysRoles = wordsOf(`client clients patient patients friend friends student students people person staff member members worker man woman men women police
provider providers pt ct supervisor therapist counselor clinician adult adults teen boy girl boys girls resident inmate tenant guest
customer participant intern`)

// jobModifiers narrow a job.
var jobModifiers = wordsOf(`head night charge lead chief assistant senior junior store shift school youth music math gym science english line pastry front desk floor
general team vice associate`)

// employed go before "at" and an employer.
var employed = wordsOf("boss manager coworker coworkers supervisor shift job hired fired employee cashier shifts position barista server")

// beforeBody stand between a job and where it is held.
var beforeBody = wordsOf("at for of with on from")
