package deid

import "curbside/dialog/deid/internal/lexicon"

// capitalRuns joins what is written with capitals to an identifier beside it, as
// names of several words go: Cedar Glen + Living, Iron + Widow, Back of the + Yards.
func (d *doc) capitalRuns() {
	if !d.cased {
		return
	}
	for i := 0; i < len(d.t); i++ {
		d.titleThe(i)
		d.faithBody(i)
		if !d.runs(i) {
			continue
		}
		d.runRight(i)
		d.runLeft(i)
	}
}

// titleThe finds what is called by an article: "drinks at The Office".
func (d *doc) titleThe(i int) {
	t, next := &d.t[i], d.at(i+1)
	if t.casing == initial && d.is(i, "the") && !t.opens && t.gap == ' ' && t.hit == "" && d.at(i-1).form == word && d.at(i-1).casing == lower && d.is(i-1, "at", "in", "near", "outside", "for", "with", "to", "from", "behind", "inside", "by", "called") &&
		next.form == word && next.gap == ' ' && next.casing == initial && next.hit == "" && d.at(i+2).casing == lower && next.class&(lexicon.Weekday|lexicon.Person|lexicon.Kin|lexicon.Title) == 0 {
		d.t[i+1].kept = false
		d.hit(i, i+2, Organization)
	}
}

// faithBody finds bodies of a church or a state in words that everybody has:
// "Lutheran Social Services", "Catholic Charities of", "Idaho Youth Ranch".
func (d *doc) faithBody(i int) {
	t := &d.t[i]
	if t.casing != initial || t.form != word {
		return
	}
	if (t.possessive && d.is(i, "children") || d.is(i, "childrens")) && t.casing == initial && !t.opens && t.hit == "" && (d.ends(i+1) || d.at(i+1).casing == lower && d.has(i+1, lexicon.Says|lexicon.Meets) || d.is(i+1, "er", "ed")) {
		from := i
		for d.at(from-1).form == word && d.at(from-1).casing == initial && d.at(from).gap == ' ' && !d.has(from-1, lexicon.Function|lexicon.Title) {
			from--
		}
		d.hit(from, i+1, Organization) // Nationwide Children's
		return
	}
	if t.casing != initial || t.form != word || t.possessive || !(t.class.Has(lexicon.Region) || denominations.has(t.text)) || t.class.Has(lexicon.Function) || t.hit != "" {
		return
	}
	end := i + 1
	for end < i+5 && d.at(end).form == word && d.at(end).gap == ' ' && d.at(end).casing == initial && !d.has(end, lexicon.Function) && !ofTheLaw.has(d.at(end).text) {
		end++
	}
	if end >= i+2 && !ofTheLaw.has(d.at(end).text) && cares.has(d.at(end-1).text) && (end >= i+3 || cares.has(d.at(end-1).text) && !d.is(end-1, "family", "health", "care", "women's", "hospital", "college")) {
		for k := i; k < end; k++ {
			d.t[k].kept = false
		}
		d.hit(i, end, Organization)
	}
}

// cares end the names of bodies that care for people.
var cares = wordsOf("services charities kids children's childrens family health care ranch medicine center house home homes hospital college mission fellowship academy alliance coalition ministries outreach clinic works")

// ofTheLaw stand in what a state decides, and in no body that people go to.
var ofTheLaw = wordsOf("code statute statutes law laws act board department dept supreme constitution rules penal revised legislature medicaid senate bar court courts license licensing child protective adult administrative bureau division")

// runs reports a hit that may be a part of a longer name.
func (d *doc) runs(i int) bool {
	t := &d.t[i]
	switch t.hit {
	case Name, Unknown, Place, Organization, Post:
		return t.form == word && t.casing != lower
	}
	return false
}

func (d *doc) runRight(i int) {
	if d.t[i].possessive {
		return
	}
	for k := i + 1; k < len(d.t) && d.t[k].gap == ' ' && (d.joinable(k) || d.capitalWithin(k)); k++ {
		if d.has(k, lexicon.Weekday|lexicon.Region) && !d.capitalWithin(k) || d.t[i].hit == Name && d.has(k, lexicon.Kin|lexicon.Person|lexicon.Title) {
			return
		}
		d.take(k, k+1, &d.t[i])
	}
	if d.is(i+1, "and", "&") && d.t[i].hit != Date && d.isHit(i+2) && d.at(i+1).gap == ' ' && d.at(i+2).gap == ' ' && d.t[i+2].casing == initial && d.t[i].class.Has(lexicon.English) && d.t[i].class&(lexicon.Given1|lexicon.Given2) == 0 && d.isHit(i-1) && d.t[i].gap == ' ' && d.t[i-1].class.Has(lexicon.Place) && d.t[i-1].casing == initial {
		d.take(i+1, i+2, &d.t[i]) // Fresno Heart and Hope
	}
	if d.is(i+1, "of") && d.is(i+2, "god", "christ", "jesus", "mary", "columbus") && d.at(i+2).casing == initial {
		d.take(i+1, i+3, &d.t[i]) // Assembly of God
	}
	if t := d.at(i + 3); d.is(i+1, "of") && d.is(i+2, "the") && d.t[i].class.Has(lexicon.English) && d.t[i].class&(lexicon.Given1|lexicon.Given2) == 0 && d.isHit(i-1) && d.t[i].gap == ' ' && t.form == word && t.casing == initial && t.gap == ' ' && t.class&(lexicon.Function|lexicon.Weekday) == 0 {
		for k := i + 1; k < i+4; k++ {
			d.t[k].kept = false
		}
		d.take(i+1, i+4, &d.t[i]) // Sonic Boom of the South
	}
	if d.is(i+1, "of") && d.t[i+1].hit == "" && d.t[i+1].gap == ' ' && d.isHit(i+2) && d.t[i+2].casing != lower && d.t[i+2].gap == ' ' && d.runs(i+2) {
		d.take(i+1, i+2, &d.t[i])
	}
}

func (d *doc) runLeft(i int) {
	k := i - 1
	for k >= 0 && d.t[k+1].gap == ' ' && d.joinable(k) && (d.has(k, lexicon.Kin) || !d.has(k, lexicon.Title|lexicon.Person|lexicon.Weekday|lexicon.Region)) {
		if d.has(k, lexicon.Kin) && d.t[k+1].class.Has(lexicon.Given1|lexicon.Given2) {
			return // "Uncle Reed" is no name of two words, "Papa Smurf" is
		}
		d.take(k, k+1, &d.t[i])
		k--
	}
	d.leftHalf(k, i)
}

// capitalWithin reports a word of grammar or a day in the middle of a title: "Bury
// Me in", "Beth Or", "Al-Anon Thursday Lights".
func (d *doc) capitalWithin(k int) bool {
	t := d.at(k)
	if t.form != word || t.hit != "" || t.casing != initial || t.opens || len(t.text) < 2 || contracted(t.text) || !d.capitals {
		return false
	}
	next := d.at(k + 1)
	if t.class.Has(lexicon.Weekday) {
		return next.form == word && next.gap == ' ' && next.casing == initial && !next.class.Has(lexicon.Function)
	}
	return t.class.Has(lexicon.Function) && t.class&(lexicon.Title|lexicon.Number) == 0 && (d.t[k-1].hit != Name || d.t[k-1].class.Has(lexicon.English) && d.t[k-1].class&(lexicon.Given1|lexicon.Given2) == 0) && d.at(k-1).casing == initial
}

const notInNames = lexicon.Function | lexicon.Clinical | lexicon.Law | lexicon.Number

// joinable reports a word with a capital that no sentence needs and that
// stands in no list of what is always written with one.
func (d *doc) joinable(k int) bool {
	t := d.at(k)
	return t.form == word && t.hit == "" && !t.kept && t.casing == initial && !t.opens && t.class&notInNames == 0
}

// pageants finds titles that one person holds for a year: Miss Teen Idaho.
func (d *doc) pageants() {
	for i := 0; i < len(d.t); i++ {
		if d.t[i].text[0] != 'm' || len(d.t[i].text) > 4 || !d.is(i, "miss", "mr", "mrs", "ms") || d.t[i].casing == lower && d.cased && !d.is(i-1, "is", "was", "former", "became", "as", "crowned") || d.t[i].hit != "" {
			continue
		}
		k := i + 1
		for d.is(k, "teen", "junior", "senior", "black", "gay", "rodeo", "county", "state", "plus", "earth") && d.at(k).gap == ' ' {
			k++
		}
		end := d.phrase(min(k, len(d.t)-1), lexicon.Region)
		if end == 0 && d.has(k, lexicon.Region) {
			end = k + 1
		}
		if d.is(k, "usa", "america", "universe", "world") {
			end = k + 1
		}
		if end > 0 && d.at(k).gap == ' ' && (k > i+1 || !d.has(k, lexicon.Surname1)) {
			d.hit(i, end, Post)
		}
	}
}

// quotedNames finds what somebody is called, between quotation marks beside
// who they are: client = "Boogie", her brother "Tank".
func (d *doc) quotedNames() {
	for i := 2; i < len(d.t); i++ {
		if t := d.at(i + 2); d.t[i].hit == Name && d.is(i-1, "\"") && d.is(i+1, "\"") && d.isHit(i-2) && d.t[i-2].hit == Name && t.form == word && t.gap == ' ' && t.hit == "" && t.class.Has(lexicon.Surname) && t.class&(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Clinical) == 0 {
			d.hit(i+2, i+3, Name) // wilhelmina "billie" graves
			continue
		}
		if !d.is(i-1, "\"") || !d.glued(i) || d.t[i].hit != "" || d.t[i].kept || d.t[i].form != word || d.has(i, lexicon.Function|lexicon.Clinical) {
			continue
		}
		end := i + 1
		if d.at(end).form == word && d.at(end).gap == ' ' && d.t[end].hit == "" && !d.t[end].kept && !d.has(end, lexicon.Function) {
			end++
		}
		if !d.is(end, "\"") || !d.glued(end) {
			continue
		}
		who := d.is(i-2, "to", "as", "by") && (calledBy.has(d.at(i-3).text) || calledBy.has(d.at(i-4).text) && d.is(i-3, "well", "best", "only", "now", "also")) || d.is(i-2, "=", "called", "nickname", "alias", "aka") || d.isHit(i-2) && d.t[i-2].hit == Name && (d.t[i].casing == initial || !d.plain(i)) || (d.has(i-2, lexicon.Kin|lexicon.Person) || d.is(i-2, "(", "is")) && d.t[i].casing == initial && !d.has(i, lexicon.Says|lexicon.Meets|lexicon.Kin)
		if who {
			d.hit(i, end, Name)
		}
	}
}

// calledBy lead, by "to", "as" or "by", to what somebody is called.
var calledBy = wordsOf("responds respond responded answers answer answered goes went go known referred")
