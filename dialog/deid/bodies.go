package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// bodies finds employers, schools, congregations and clinics by name: what
// carries the name joins its kind ("lincoln high"), and what stands after
// "works at" or "goes to" is a body unless everybody has one.
func (d *doc) bodies() {
	for i := 0; i < len(d.t); i++ {
		d.saint(i)
		d.landmark(i)
		d.structure(i)
	}
	for i := 0; i < len(d.t); i++ {
		d.bodyOf(i)
		d.denomination(i)
		d.dedicated(i)
		d.bodyWithName(i)
		d.bodyAfterVerb(i)
		d.bodyCapitals(i)
		d.bodySmall(i)
		d.congregation(i)
	}
}

// saint takes in what goes before many names of places: St., Mt., Ft., San.
func (d *doc) saint(i int) {
	if !d.isHit(i) || d.t[i].gap == '\n' || d.t[i].form != word {
		return
	}
	k := i - 1
	if d.is(k, ".") && d.glued(k) {
		k--
	}
	if d.is(k, "temple", "masjid", "mosque", "congregation", "iglesia", "chabad", "camp", "villa", "casa", "parroquia") && k == i-1 && d.at(k).hit == "" {
		d.take(k, i, &d.t[i])
		return
	}
	if d.is(k, "st", "ste", "mt", "ft", "saint", "mount", "fort", "port", "san", "santa", "lake", "los", "las", "el", "new") && (d.at(k).hit == "") && (!d.is(k, "lake", "port", "new", "mount", "fort") || d.at(k).casing == initial && !d.at(k).opens || d.is(k, "lake", "mount", "fort", "port") && d.is(k-1, "near", "at", "in", "on", "by", "from", "to", "off")) {
		d.take(k, i, &d.t[i])
	}
}

// landmark joins a hit to what it is: Golden Gate + Bridge.
func (d *doc) landmark(i int) {
	if !d.isHit(i) || d.t[i].possessive || d.t[i].hit != Name && d.t[i].hit != Place && d.t[i].hit != Unknown && d.t[i].hit != Post {
		return
	}
	if landmarks[d.at(i+1).text] && d.at(i+1).gap == ' ' && d.at(i+1).hit == "" && (d.at(i+1).casing == initial || d.t[i].hit == Place || !d.cased || d.t[i].casing == lower && d.is(i+1, "bridge", "crossing", "lake", "creek", "county", "beach", "falls", "canyon", "island")) {
		d.t[i].hit = Place
		d.take(i+1, i+2, &d.t[i])
	}
}

var landmarks = wordsOf("bridge crossing skyway needle tower tunnel dam pier lake river creek beach falls mountain mountains peak canyon gorge park point island bay pass overlook trail trailhead mall plaza station square county parish township valley hills heights springs village district neighborhood projects city skyline reservoir hill mesa butte harbor marina forest woods")

// structure finds bridges and dams by name where capitals do not tell: "near
// the ambassador bridge".
func (d *doc) structure(i int) {
	if !d.is(i, "bridge", "skyway", "viaduct", "dam", "pier", "lighthouse", "speedway", "coliseum", "arena", "stadium", "fairgrounds") || d.t[i].gap != ' ' {
		return
	}
	p := d.at(i - 1)
	if !d.is(i-2, "the", "near", "off", "from", "at", "on", "by", "under", "over") && d.at(i-2).form == word && d.at(i-1).gap == ' ' && d.is(i-3, "the", "near", "off", "from", "at", "by", "under") && p.class&(lexicon.Function|lexicon.Clinical) == 0 {
		d.hit(i-2, i+1, Place)
		return
	}
	if p.form == word && (p.hit == "" || p.hit == Post) && p.class&(lexicon.Function|lexicon.Clinical) == 0 && !d.is(i-1, "railroad", "train", "foot", "suspension", "highway", "covered", "old", "new", "high", "local", "nearby", "city", "river", "freeway", "railway", "land", "closest", "big", "tall", "same", "nearest", "football", "baseball") && d.is(i-2, "the", "near", "off", "from", "at", "on", "by", "under", "over") {
		d.hit(i-1, i+1, Place)
	}
}

// bodyOf joins "Islamic Center of" and the like to the hit they lead to.
func (d *doc) bodyOf(i int) {
	if !d.isHit(i) || d.t[i].hit == Date || d.t[i].form != word {
		return
	}
	k := i - 1
	if d.is(k, "the") {
		k--
	}
	if !d.is(k, "of") || !d.has(k-1, lexicon.Body) && !(d.is(k-1, "children") && d.at(k-1).possessive) || d.is(k-1, "city", "county", "parish", "village", "township", "borough", "store", "house", "home", "group", "band", "company", "base", "post", "unit", "park", "shop", "department", "school", "shelter", "clinic", "hospital", "church") && d.at(k-1).casing == lower && d.cased {
		return
	}
	from := k - 1
	for d.at(from-1).form == word && d.at(from).gap == ' ' && (d.at(from-1).casing == initial && !d.has(from-1, lexicon.Function) || d.has(from-1, lexicon.Region) && len(d.at(from-1).text) > 3 || d.isHit(from-1) || d.is(from-1, "first", "second", "third", "united", "community")) {
		from--
	}
	end := i + 1
	for d.isHit(end) && d.t[end].gap == ' ' {
		end++
	}
	d.hit(from, end, Organization)
}

// denomination finds congregations by number: "second baptist".
func (d *doc) denomination(i int) {
	if d.is(i, "first", "second", "third", "fourth", "1st", "2nd") && d.is(i+1, "baptist", "lutheran", "methodist", "presbyterian", "united", "christian", "congregational", "unitarian", "assembly", "episcopal", "reformed", "nazarene", "missionary", "ame", "church") && d.at(i+1).gap == ' ' {
		end := i + 2
		for d.has(end, lexicon.Body) && d.at(end).gap == ' ' {
			end++
		}
		d.hit(i, end, Organization)
	}
}

// dedicated finds bodies by what they are dedicated to: "our lady of sorrows",
// "church of the redeemer", "new beginnings".
func (d *doc) dedicated(i int) {
	end := 0
	if d.t[i].form == word && d.t[i].hit == "" {
		end = d.phrase(i, lexicon.Congregation)
	}
	if end == 0 && d.is(i, "church", "temple", "congregation", "cathedral", "chapel", "house") && d.is(i+1, "of") && d.t[i].casing != lower == d.cased {
		end = i + 1
	}
	if end == 0 && d.is(i, "church", "temple", "cathedral", "chapel") && d.is(i+1, "of") && d.is(i+2, "the", "our", "st", "saint", "all") {
		end = i + 1
	}
	if end == 0 || d.is(i, "new", "living", "good") && d.t[i].casing == lower && d.cased && !d.has(end, lexicon.Body) && !d.is(i-1, "at", "from", "by", "to", "attends", "joined", "near", "called") {
		return
	}
	if d.is(end, "of") {
		end++
		if d.is(end, "the", "our", "all") {
			end++
		}
		if d.at(end).form == word {
			end++
		}
	}
	for d.has(end, lexicon.Body) && d.at(end).gap == ' ' {
		end++
	}
	d.hit(i, end, Organization)
}

// bodyWithName joins a hit to the noun of its kind: Mercy + General Hospital.
func (d *doc) bodyWithName(i int) {
	if !d.isHit(i) || d.t[i].hit != Name && d.t[i].hit != Place && d.t[i].hit != Unknown || d.t[i].possessive && d.t[i].casing == lower && !d.isHit(i-1) {
		return
	}
	end := i + 1
	for end < min(len(d.t), i+12) && d.t[end].gap == ' ' && (d.t[end].form == word && (d.has(end, lexicon.Body) || d.is(end, "state", "tech", "poly") && (d.at(end).casing == initial || !d.cased) || d.is(end-1, "&") && d.is(end, "sons", "daughters", "co", "associates") || d.isHit(end) && d.t[end].hit != Date || d.is(end, "general", "community", "regional", "valley", "christian", "catholic", "jewish", "family", "day", "first", "youth", "public", "senior", "junior") && (d.has(end+1, lexicon.Body) || d.at(end).casing == initial)) || d.is(end, "&") || d.is(end, "and") && d.is(end+1, "sons", "associates", "co", "daughters")) {
		end++
	}
	last := end - 1
	if d.t[i].hit == Place && d.isHit(last) && d.t[last].hit == Place {
		return
	}
	if last == i || !d.has(last, lexicon.Body) && !d.is(last, "sons", "daughters", "state", "tech", "poly") {
		return
	}
	if last == i+1 && d.is(last, "house", "home", "homes", "group", "works", "camp", "post", "news", "brothers", "department", "unit", "plant", "base", "times", "united", "trust", "health", "medical", "recovery", "park", "high", "company", "radio", "store", "bank", "market", "school", "church", "clinic", "hospital", "college", "bar", "club", "gym", "nation", "band", "tribe", "county", "parish") && d.t[i].possessive && d.at(last).casing == lower {
		return
	}
	d.hit(i, end, Organization)
}

// bodySmall finds names of bodies in small letters after a preposition:
// "at mercy general", "from birch hill clinic".
func (d *doc) bodySmall(i int) {
	if d.t[i].hit != "" || !d.has(i, lexicon.Body) && !d.is(i, "general") || d.t[i].gap != ' ' || d.t[i].casing == initial && d.cased {
		return
	}
	from := i
	for from > i-4 && d.at(from-1).form == word && d.at(from).gap == ' ' && !d.has(from-1, lexicon.Function) {
		from--
	}
	first := d.at(from)
	if from == i || !d.is(from-1, "at", "from", "to", "in", "by", "near", "for", "of", "up") || !first.class.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1|lexicon.Place) || first.class.Has(lexicon.Generic|lexicon.Clinical|lexicon.Body|lexicon.Person|lexicon.Kin|lexicon.Meets|lexicon.Says|lexicon.Weak) {
		return
	}
	d.hit(from, i+1, Organization)
}

// congregation finds "hope lutheran": a name before a denomination.
func (d *doc) congregation(i int) {
	if !d.is(i, "baptist", "lutheran", "methodist", "presbyterian", "episcopal", "catholic", "adventist", "pentecostal", "unitarian", "nazarene") || d.t[i].gap != ' ' {
		return
	}
	p := d.at(i - 1)
	if p.form == word && (p.hit != "" || p.class.Has(lexicon.Given1|lexicon.Given2|lexicon.Place) && p.class&(lexicon.Weak|lexicon.Function|lexicon.Says|lexicon.Region|lexicon.Kin|lexicon.Person) == 0 && !d.is(i-1, "roman", "conservative", "devout", "strict", "black", "white", "western", "independent")) {
		end := i + 1
		for d.has(end, lexicon.Body) && d.at(end).gap == ' ' {
			end++
		}
		d.hit(i-1, end, Organization)
	}
}

// bodyCapitals finds names of several capitals that end in the noun of a body:
// "New Beginnings Academy", "First Baptist Church".
func (d *doc) bodyCapitals(i int) {
	t := d.at(i)
	if t.casing != initial || t.form != word || !d.cased || t.hit != "" || t.class.Has(lexicon.Function|lexicon.Kin) && !d.is(i, "first", "our", "new", "new", "all", "one") || d.at(i-1).casing == initial && d.at(i-1).form == word && t.gap == ' ' && !d.at(i-1).opens && d.at(i-1).class&lexicon.Function == 0 {
		return
	}
	end, named := i+1, d.distinctive(i)
	for end < len(d.t) && d.t[end].gap == ' ' && d.t[end].form == word && (d.t[end].casing == initial || d.is(end, "of", "the", "for", "and") && d.at(end+1).casing == initial) {
		named = named || d.distinctive(end)
		end++
	}
	if end < i+2 || !d.has(end-1, lexicon.Body) || !named && !d.t[i].opens {
		return
	}
	if named {
		d.hit(i, end, Organization)
	}
}

// distinctive reports a capital word that is no part of the name of an agency
// or a kind of treatment that everybody has.
func (d *doc) distinctive(i int) bool {
	return d.isHit(i) || d.t[i].class&(lexicon.Capital|lexicon.Clinical|lexicon.Function|lexicon.Region|lexicon.Body|lexicon.Person|lexicon.Kin|lexicon.Weekday) == 0 && d.t[i].casing == initial && !d.t[i].opens || d.is(i, "baptist", "lutheran", "methodist", "presbyterian", "episcopal", "catholic") && d.has(i+1, lexicon.Body)
}

var workVerbs = wordsOf("works worked working employed interns interning volunteers volunteered volunteering teaches taught teaching enrolled studies studied studying student goes went attends attended attending worships worshipped preaches member members joined graduated graduating alum alumna alumnus bartends waitresses shifts job transferred")

// bodyAfterVerb finds "works at best buy", "goes to oak grove elementary",
// "attends grace fellowship", "member of hope lutheran".
func (d *doc) bodyAfterVerb(i int) {
	if d.is(i, "discharged", "referred", "transferred", "hospitalized", "treated", "seen", "evaluated", "detoxed", "released", "admitted", "stay", "nurse", "therapist", "intern", "resident", "rehab", "patient", "bed", "care", "inpatient", "weeks", "days", "months", "nights", "stint", "sent", "brought", "taken", "transported", "rushed") && (d.is(i+1, "at") || d.is(i+1, "to") && d.is(i, "sent", "brought", "taken", "transported", "rushed") || d.is(i+1, "from", "by") && d.is(i, "discharged", "referred", "transferred", "released", "seen", "evaluated")) {
		d.bareClinic(i + 2)
	}
	if d.is(i, "boss", "manager", "coworker", "coworkers", "supervisor", "shift", "job", "hired", "fired", "employee", "cashier", "shifts", "position", "barista", "server") && d.is(i+1, "at", "from", "by") {
		d.bareEmployer(i + 2)
	}
	if !workVerbs[d.at(i).text] || d.at(i).form != word {
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
		return2 := d.is(start, "the")
		start++
		end = start
		if !return2 {
			return
		}
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
		generic = generic && d.t[k].hit == "" && !brands[d.t[k].text] && !(end > start+2 && d.has(k, lexicon.Region)) && d.has(k, lexicon.Generic|lexicon.Body|lexicon.Clinical|lexicon.Person|lexicon.Capital|lexicon.Weekday|lexicon.Region|lexicon.Kin)
	}
	if generic {
		return
	}
	switch {
	case hits, bodied && end > start+1, brands[d.t[start].text]:
		d.hit(start, end, Organization)
	case !determined && d.is(start-1, "at", "for", "by") && d.is(i, "works", "worked", "working", "employed", "interns", "shifts", "job") && d.has(start, lexicon.English) && !d.has(start, lexicon.Function|lexicon.Clinical) && end <= start+2 && !d.is(start, "least", "all", "night", "several", "multiple", "various", "different", "odd", "cash", "tips", "free", "pay", "money", "hours", "years", "months", "reducing", "keeping", "staying", "building", "managing", "improving", "large", "small", "minimum"):
		d.hit(start, end, Organization)
	}
}

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
	for end < len(d.t) && end < start+3 && d.t[end].gap == ' ' && d.t[end].form == word && !d.has(end, lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Kin|lexicon.Clinical|lexicon.Weekday) {
		end++
	}
	if end == start || d.has(start, lexicon.Generic) || d.is(start, "risk", "least", "once", "present", "times", "fault", "odds", "ease", "age", "noon", "night", "midnight", "dawn", "email", "text", "phone", "mail") {
		return
	}
	d.hit(start, end, Organization)
}

// brands may be spoken of as the places people post and pay at, but not as employers.
var brands = wordsOf("amazon google facebook instagram tiktok uber lyft netflix paypal twitter youtube snapchat linkedin reddit apple microsoft target subway chase costco starbucks gap shell signal telegram zoom slack discord venmo")

// endsBody reports a word that no name of a body goes over.
func (d *doc) endsBody(k, n int) bool {
	return d.has(k, lexicon.Function) && !(d.is(k, "of", "the") && d.isHit(k+1)) && !(d.is(k, "&", "and") && d.is(k+1, "sons", "daughters")) || d.has(k, lexicon.Says) && !d.isHit(k) && n > 0 || d.is(k, "where", "which")
}

// jobs takes in the job that somebody has at a named body or place: "night
// nurse at Mercy General".
func (d *doc) jobs() {
	for i := 1; i < len(d.t); i++ {
		if !d.is(i, "at", "for", "of", "with") || d.t[i].hit != "" || d.t[i].gap != ' ' {
			continue
		}
		k := i + 1
		if d.is(k, "the", "a") {
			k++
		}
		if !d.isHit(k) || d.t[k].hit != Organization && d.t[k].hit != Place && d.t[k].hit != Unknown && d.t[k].hit != Name || d.is(i, "with", "for", "of") && d.t[k].hit != Organization {
			continue
		}
		said := d.is(i-2, "a", "an", "the", "as", "is", "was", "our", "former", "night", "head", "lead", "charge", "chief", "assistant", "store", "shift", "senior", "school", "line", "youth")
		if said && d.has(i-1, lexicon.Post1|lexicon.Post2) || said && d.has(i-1, lexicon.Person) && !d.is(i-1, "client", "clients", "patient", "patients", "friend", "friends", "student", "students", "people", "person", "staff", "member", "members", "worker", "man", "woman", "men", "women", "police", "provider", "providers", "pt", "ct", "supervisor", "therapist", "counselor", "clinician", "adult", "adults", "teen", "boy", "girl", "boys", "girls", "resident", "inmate", "tenant", "guest", "customer", "participant", "intern") && !strings.HasSuffix(d.at(i-1).text, "s") {
			from := i - 1
			if d.at(from-1).form == word && d.at(from).gap == ' ' && d.is(from-1, "head", "night", "charge", "lead", "chief", "assistant", "senior", "junior", "store", "shift", "school", "youth", "music", "math", "gym", "science", "english", "line", "pastry", "front", "desk", "floor", "general", "team", "vice", "associate") {
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
