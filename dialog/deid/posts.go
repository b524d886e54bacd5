package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// posts finds positions that one person holds: "the county coroner", "poet
// laureate of …", "is the principal".
func (d *doc) posts() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		if t.form != word || t.kept && t.hit == "" && !t.class.Has(lexicon.Post1|lexicon.Post2) {
			continue
		}
		if end := d.postPhrase(i, lexicon.Post1); end > 0 && !d.genericPost(i, end) {
			from, to := d.aroundPost(i, end)
			d.hit(from, to, Post)
			i = to - 1
			continue
		}
		if end := max(d.headOf(i), d.theOne(i)); end > 0 {
			d.hit(i, d.postTail(end), Post)
			i = end - 1
			continue
		}
		if end := d.postPhrase(i, lexicon.Post2); end > 0 {
			if d.holder(i, end) {
				from, to := d.aroundPost(i, end)
				d.hit(from, to, Post)
				i = to - 1
			} else {
				i = end - 1
			}
		}
	}
}

// theOne returns the end of what somebody is said to be, with "the", at a body
// or a place with a name: "her uncle's the commencement speaker at"; 0 for none.
func (d *doc) theOne(i int) int {
	if !articles.has(d.at(i-1).text) || !d.is(i-1, "the", "a", "an") || !(d.is(i-2, "is", "was", "he's", "she's", "who's", "as") || d.at(i-2).possessive && d.has(i-2, lexicon.Kin|lexicon.Person)) {
		return 0
	}
	for k := i; k < i+3 && d.at(k).form == word && d.at(k).gap == ' ' && d.t[k].hit == "" && !d.has(k, lexicon.Function); k++ {
		if (d.is(k+1, "at", "of", "for") || d.is(k+1, "on", "in", "outside") && d.is(i-1, "the")) && d.namedAhead(k+2) && (agent(d.t[k].text) && (d.is(i-1, "the") || d.is(k+1, "at") && !d.has(k, lexicon.Words20)) || d.t[k].class&lexicon.English == 0) && !manyHold.has(d.t[k].text) && !everybodysRoles.has(d.t[k].text) && !d.has(k, lexicon.Kin) {
			return k + 1
		}
	}
	return 0
}

// agent reports a word for somebody by what they do: speaker, organist, foreman.
func agent(w string) bool {
	if w == "lady" || w == "voice" || w == "face" || w == "cook" || w == "host" || w == "guard" {
		return true
	}
	for _, end := range agentEnds[w[len(w)-1]] {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// agentEnds are what such words end in.
var agentEnds = endingsOf("er or ist ian man woman ess ant eer head keeper ary chief ee star lead")

// headOf returns the end of "head of pediatrics", "director of student life",
// before a body or a place with a name; 0 for none.
func (d *doc) headOf(i int) int {
	if !d.is(i+1, "of") || !d.is(i, "head", "chief", "director", "chair", "dean", "vp", "captain", "commander", "coordinator", "manager") {
		return 0
	}
	for k := i + 2; k < i+6 && d.at(k).form == word && d.at(k).gap == ' ' && d.t[k].hit == ""; k++ {
		if d.is(k+1, "at", "for", "in") && d.namedAhead(k+2) {
			return k + 1
		}
	}
	return 0
}

func (d *doc) postPhrase(i int, c lexicon.Class) int {
	if end := d.phrase(i, c); end > 0 {
		return end
	}
	if d.has(i, c) {
		return i + 1
	}
	return 0
}

// genericPost leaves alone what is not the post: "bishop score", "reported to
// the medical examiner", "mayor's office".
func (d *doc) genericPost(i, end int) bool {
	if d.is(i, "cardinal") {
		return d.at(i).casing == lower && (d.has(end, lexicon.Clinical) || d.is(end, "symptom", "symptoms", "sign", "rule", "features", "feature"))
	}
	if d.is(i, "governor", "provost", "ambassador", "pope", "ombudsman", "cantor") {
		return d.is(i-1, "state", "a", "ombudsman") || d.is(end, "office", "hotline") || d.is(i, "pope", "ombudsman", "governor") && d.at(i).casing == lower && !d.identity(i)
	}
	if d.is(i, "attorney") && d.is(i+1, "general") || d.is(i, "surgeon") && d.is(i+1, "general") || d.is(i, "medical") && d.is(i+1, "director") || d.is(i, "police") && d.is(i+1, "chief") || d.is(i, "school") && d.is(i+1, "principal") || d.is(i, "head") && d.is(i+1, "coach") || d.is(i, "fire") && d.is(i+1, "marshal") || d.is(i, "dean", "head") && d.is(i+1, "of") || d.is(i, "team") && d.is(i+1, "captain") || d.is(i, "game") && d.is(i+1, "warden") || d.is(i, "secretary") || d.is(i, "department") || d.is(i, "chief") && d.is(i+1, "of") {
		k := i - 1
		for d.is(k, "the", "local", "to", "our", "a", "an", "state", "city") {
			k--
		}
		if d.is(i, "police", "chief", "head") && !d.is(k, "call", "called", "notify", "notified", "contact", "contacted", "tell", "told", "ask", "asked", "report", "reported", "inform", "informed") {
			return false
		}
		return !d.identity(i) && !d.is(end, "of", "at", "for", "in") || d.is(end, "opinion", "opinions", "office", "warning", "report")
	}
	return false
}

// identity reports words before token i that say who somebody is.
func (d *doc) identity(i int) bool {
	k := i - 1
	for n := 0; n < 3 && (beforePost.has(d.at(k).text) || d.has(k, lexicon.Place) && d.at(k).casing == initial || d.isHit(k) || d.is(k, "county", "city", "town", "state", "village", "borough", "parish", "district", "tribal", "school") || d.at(k).possessive); n++ {
		k--
	}
	return identityVerbs.has(d.at(k).text) || d.is(k, ",") && (d.has(k-1, lexicon.Kin|lexicon.Person) || d.isHit(k-1))
}

// holder reports whether a post in general use is here held by one person.
func (d *doc) holder(i, end int) bool {
	if (d.is(end, "at", "of", "for", "in") || d.is(end, "with") && end > i+1) && d.namedAhead(end+1) || d.is(i, "crossing") && d.is(end, "on") && d.namedAhead(end+1) {
		return !d.oneOfMany(i, end)
	}
	definite := d.is(i-1, "the", "our", "town's", "city's", "county's", "village's") || d.at(i-1).possessive && d.isHit(i-1)
	modified := d.is(i-1, "county", "city", "town", "village", "borough", "tribal", "state", "parish", "youngest", "first", "only")
	switch {
	case d.is(end, "of", "at", "for") && d.is(end+1, "the", "our", "a") && d.has(end+2, lexicon.Body|lexicon.Generic) && d.identity(i) && d.is(i-1, "the", "our"):
		return true
	case d.is(end, "of", "at") && d.has(end+1, lexicon.Body) && d.identity(i) && definite:
		return true
	case d.is(i, "captain", "quarterback", "goalie", "goalkeeper", "pitcher", "star", "president", "leader", "editor", "conductor", "chair", "director") && d.is(end, "of", "for") && d.is(end+1, "the", "our", "his", "her", "its") && (d.teamAhead(end+2) || d.is(end+1, "the") && d.at(end+2).form == word && strings.HasSuffix(d.at(end+2).text, "s") && !d.has(end+2, lexicon.Unit|lexicon.Function|lexicon.Person|lexicon.Kin) && d.ends(end+3)):
		return d.identity(i) || d.is(i, "captain", "quarterback", "goalie", "goalkeeper")
	case modified && d.identity(i):
		return true
	case definite && d.identity(i) && d.rare(i, end):
		return true
	case d.is(end, "of", "for") && d.is(end+1, "the") && d.identity(i) && d.rare(i, end) && !d.is(i, "owner", "leader", "director", "manager", "founder") && !d.is(i-1, "a", "an"):
		return true
	case d.is(end, "of") && d.at(end+1).form == word && !d.has(end+1, lexicon.Function) && d.identity(i) && d.is(i-1, "is", "was", "as", "became", "elected", "named", "appointed", "the"):
		return d.rare(i, end)
	}
	return false
}

// oneOfMany reports a job that others have there too: "a nurse at", "her pastor at".
func (d *doc) oneOfMany(i, end int) bool {
	k := i - 1
	for n := 0; n < 2 && d.at(k).form == word && d.has(k, lexicon.English) && !d.has(k, lexicon.Function) && d.t[k].hit == ""; n++ {
		k--
	}
	many := !d.rare(i, end) || d.is(i, "pastor", "priest", "rabbi", "organist", "principal", "deacon")
	if many && d.startsClause(k+1) {
		return true // Pastor at Lakeside referred him
	}
	return many && d.is(k, "a", "an", "his", "her", "their", "my", "your", "our") && !(d.is(k, "a", "an") && d.identity(k))
}

func (d *doc) teamAhead(k int) bool {
	for n := k; n < min(len(d.t), k+4); n++ {
		if teams.has(d.t[n].text) || d.has(n, lexicon.Body) {
			return true
		}
	}
	return false
}

// rare leaves jobs out that many people have in one place.
func (d *doc) rare(i, end int) bool {
	return end > i+1 || !commonPosts.has(d.at(i).text)
}

// namedAhead reports whether a named place or body follows.
func (d *doc) namedAhead(k int) bool {
	for n := 0; n < 3; n++ {
		if d.isHit(k) && d.t[k].gap != '\n' {
			switch d.t[k].hit {
			case Name, Place, Organization, Unknown:
				return true
			}
			return false
		}
		if !d.is(k, "the", "a", "our") && !d.has(k, lexicon.Body) {
			return false
		}
		k++
	}
	return false
}

// aroundPost takes in the place or body and what goes before the post.
func (d *doc) aroundPost(i, end int) (int, int) {
	for postModifiers.has(d.at(i-1).text) || d.isHit(i-1) && d.at(i).gap == ' ' && (d.t[i-1].hit == Place || d.t[i-1].hit == Name || d.t[i-1].hit == Unknown) {
		i--
	}
	to := d.postTail(end)
	if to > end && d.namedAhead(end+1) {
		i = d.narrowed(i)
	}
	return i, to
}

// narrowed returns the start of what narrows the post at token i, back to its
// article: the "head football" coach, the "HOA" president.
func (d *doc) narrowed(i int) int {
	k := i - 1
	for ; k >= i-3 && d.at(k).form == word && d.at(k+1).gap == ' ' && d.at(k).class&(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Number) == 0 && !beforePost.has(d.at(k).text) && !d.is(k, "only", "named", "called"); k-- {
	}
	if k < i-1 && (beforePost.has(d.at(k).text) || identityVerbs.has(d.at(k).text) || d.is(k, "a", "an", "as", "his", "her", "their", "only")) {
		return k + 1
	}
	return i
}

// postTail returns the end of "of the swim team at …" after a post.
func (d *doc) postTail(end int) int {
	if d.is(end, "pro") && d.is(end+1, "tem") {
		end += 2 // mayor pro tem
	}
	if d.is(end, "to") && d.is(end-1, "ambassador", "consul", "envoy", "delegate", "emissary") && d.at(end+1).form == word {
		return end + 2
	}
	if !d.is(end, "of", "at", "for", "in") && !(d.is(end, "on", "with") && d.namedAhead(end+1)) {
		return end
	}
	last := end
	for k := end + 1; k < min(len(d.t), end+9) && d.t[k].gap == ' ' && (d.t[k].form == word || d.isHit(k) || d.is(k, "-", "&")); k++ {
		if d.has(k, lexicon.Function) && !d.is(k, "of", "the", "our", "at", "for", "in", "a", "and", "us", "his", "her") || d.has(k, lexicon.Says) && !d.isHit(k) {
			break
		}
		if d.isHit(k) || d.has(k, lexicon.Body|lexicon.Region|lexicon.Place) && !d.has(k, lexicon.Function) || teams.has(d.t[k].text) || k == end+1 && !d.has(k, lexicon.Function) {
			last = k + 1
		}
	}
	if d.is(last, "a") && d.is(last+1, "&") && d.glued(last+1) {
		last += 3 // A&M
	}
	return last
}

// teams are what captains and presidents are of.
var teams = wordsOf("team club squad council board district society party association department band choir orchestra union guild chapter lodge congregation city town village county state order class school schools company")

// singledOut finds the one person of a kind in a place: "the only rabbi in town".
func (d *doc) singledOut() {
	for i := 0; i < len(d.t); i++ {
		if !singling.has(d.t[i].text) || d.t[i].hit != "" || !d.is(i-1, "the", "our", "their", "town's", "county's", "its") && !d.at(i-1).possessive && !(d.is(i, "only", "sole") && d.startsClause(i) && (d.roleNoun(i+1) || d.roleNoun(i+2))) {
			continue
		}
		if p := d.at(i - 1); p.possessive && areas.has(p.text) && !commonOnly.has(d.at(i+1).text) && d.at(i+1).form == word {
			d.hit(i-1, i+2, Post) // the county's only translator
			continue
		}
		for k := i + 2; k < min(len(d.t), i+8); k++ {
			if d.t[k].form == mark && !d.is(k, "-") || d.t[k].gap == '\n' || d.has(k, lexicon.Says) && !d.is(k, "works") {
				break
			}
			if !d.is(k, "in", "at", "on", "for", "from") && !(d.is(k, "of", "with") && (d.isHit(k+1) || d.isHit(k+2))) {
				continue
			}
			after := k + 1
			if d.is(after, "the", "our", "this", "her", "his", "their") {
				after++
			}
			if d.is(k, "in") && unionStates.has(d.at(after).text) && d.is(i, "only", "sole") && d.roleNoun(k-1) {
				d.t[after].kept = false
				d.hit(i, after+1, Post) // only sikh trooper in oregon
				break
			}
			if d.isHit(after) || areas.has(d.at(after).text) {
				if d.has(i+1, lexicon.Person|lexicon.Post2|lexicon.Post1) || d.has(k-1, lexicon.Person|lexicon.Post1|lexicon.Post2) || d.is(i, "only", "sole", "first") && !commonOnly.has(d.at(i+1).text) {
					d.hit(i, after+1, Post)
				}
			}
			break
		}
	}
}

// beforePost go between "is" and a position.
var beforePost = wordsOf("the our my their former current new acting deputy interim retired youngest first local longtime tribal")

// identityVerbs say who somebody is.
var identityVerbs = wordsOf(`is was as being became become elected named appointed be been he's she's they're who's remains serves served works worked are were hes shes
(`)

// commonPosts are positions that many hold in one place.
var commonPosts = wordsOf(`nurse teacher secretary receptionist lawyer attorney clerk host star manager coach doctor dentist leader owner director janitor custodian
commander captain judge minister delegate trustee prosecutor representative surgeon pediatrician psychiatrist pharmacist librarian midwife
vet heir prince queen king chair curator drummer cheerleader anchor regent organist`)

// postModifiers belong to the position behind them.
var postModifiers = wordsOf(`county city town village borough tribal state parish vice deputy assistant former acting district night head charge lead senior chief shift
staff youth worship music women's men's girls boys line first second associate interim emeritus fire police school church varsity
junior volunteer lutheran baptist methodist presbyterian episcopal anglican catholic orthodox mormon lds unitarian`)

// areas are what somebody can be the only one in.
var areas = wordsOf(regions)

const regions = `town county village city state district tribe reservation island region area parish congregation department valley borough township hospital
company school diocese band history board council squad choir orchestra ballet team force`

// commonOnly follow "only" and "first" without singling anybody out.
var commonOnly = wordsOf("time thing way one person reason session place issue problem day family support visit child appointment week option episode")

// singling pick one of a kind.
var singling = wordsOf("last lone only first youngest oldest sole")
