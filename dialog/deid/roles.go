package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// roles takes in what somebody is at a body or a place with a name, with all that
// narrows it: "principal cellist at Spoleto", "the night dispatcher for Garfield
// County". What many are at one place tells nothing beside it.
func (d *doc) roles() {
	for i := 1; i < len(d.t); i++ {
		if d.t[i].hit != "" || d.t[i].gap != ' ' || !beforeBody.has(d.t[i].text) && !d.is(i, "in") || !d.hitAhead(i+1) {
			continue
		}
		head := i - 1
		if d.is(head, "ever", "emeritus", "elect", "there", "up", "over", "down", "out") {
			head--
		}
		if !d.roleNoun(head) {
			continue
		}
		from, special := d.roleStart(head)
		if !special && !d.rareRole(head) || !d.is(i, "at", "of") && !d.introduced(from) && !d.startsClause(from) || d.is(i, "from") && !special ||
			d.is(from-1, "his", "her", "their", "my", "your") && (d.has(head, lexicon.Post2) || !special) {
			continue
		}
		d.hitRole(from, i)
	}
	for i := 1; i < len(d.t); i++ {
		if d.t[i].hit == Post && !d.isHit(i-1) && (d.roleNoun(i) || d.roleNoun(i+1)) {
			if from, special := d.roleStart(i); special && from < i && d.introduced(from) {
				d.take(from, i, &d.t[i]) // the girls' softball coach at
			}
		}
		if d.isHit(i-1) && d.t[i-1].hit == Post && d.is(i, ",") && d.t[i].hit == "" && d.has(i-1, lexicon.Place) && d.has(i+1, lexicon.Region) && d.at(i+1).class&lexicon.Function == 0 && d.at(i+1).gap == ' ' && (unionStates.has(d.at(i+1).text) || d.at(i+1).casing != lower) {
			d.t[i+1].kept = false
			d.take(i, i+2, &d.t[i-1]) // mayor of Hyannis, Nebraska
		}
	}
	for i := range d.t {
		if d.t[i].form == mark {
			continue
		}
		d.roleFarther(i)
		d.roleOf(i)
		if roleCues.has(d.t[i].text) {
			d.oneOfTwo(i)
			d.chairs(i)
			d.onlyOneOf(i)
			d.runsThe(i)
			d.firstTo(i)
		}
	}
}

// roleCues are what the rarer ways of telling a role begin with.
var roleCues = wordsOf(playable + " chair one only last lone first youngest oldest sole runs ran run drives drove manages managed owns plays played " + regions)

// hitAhead reports an identifier that a role can be held at, with an article before it or not.
func (d *doc) hitAhead(k int) bool {
	if d.is(k, "the", "a", "our") {
		k++
	}
	return d.isHit(k) && d.t[k].gap == ' ' && (d.t[k].hit == Organization || d.t[k].hit == Place || d.t[k].hit == Unknown || d.t[k].hit == Post || d.t[k].hit == Code && ordinalFigures(d.t[k].text) || d.t[k].hit == Name && (d.is(k-1, "the", "at", "for") || d.has(k, lexicon.Place)))
}

// hitRole files tokens from to i, and the body behind the preposition at i, as one post.
func (d *doc) hitRole(from, i int) {
	k := i + 1
	for d.is(k, "the", "a", "our") {
		k++
	}
	for n := from; n < k; n++ {
		d.t[n].kept = false
	}
	d.hit(from, k, Post)
	for ; k < len(d.t) && d.isHit(k) && d.t[k].gap != '\n' && d.t[k].hit != Date; k++ {
		d.t[k].hit, d.t[k].group = Post, d.groups
	}
	if d.at(k).form == word && d.has(k, lexicon.Body|lexicon.Spot) && d.at(k).gap == ' ' && d.at(k).hit == "" && d.at(k).casing == lower && d.ends(k+1) && !d.at(k-1).possessive && !d.has(k, lexicon.Function|lexicon.Says) {
		d.take(k, k+1, &d.t[k-1]) // Snow Queen of the St. Paul carnival
	}
	if d.at(k).form == word && d.has(k, lexicon.Body|lexicon.Spot) && d.at(k).gap == ' ' && d.is(k+1, "in", "at", "of", "on") && d.isHit(k+2) && (d.t[k+2].hit == Place || d.t[k+2].hit == Organization) {
		d.hit(k, k+2, Post) // steward for the Frito-Lay plant in Killingly
		for k += 2; k < len(d.t) && d.isHit(k) && d.t[k].gap != '\n' && d.t[k].hit != Date; k++ {
			d.t[k].hit, d.t[k].group = Post, d.groups
		}
	}
}

// roleNoun reports a word for what somebody is.
func (d *doc) roleNoun(k int) bool {
	t := d.at(k)
	if t.form != word || t.possessive || t.hit != "" && t.hit != Post && !(t.hit == Name && standsFor.has(t.text)) || t.class.Has(lexicon.Kin|lexicon.Function|lexicon.Unit) || everybodysRoles.has(t.text) {
		return false
	}
	return t.class.Has(lexicon.Post1|lexicon.Post2|lexicon.Person) || standsFor.has(t.text) || fewHold.has(t.text) || agent(t.text) && !things.has(t.text) && !t.class.Has(lexicon.Clinical|lexicon.Spot|lexicon.Generic|lexicon.Body)
}

// rareRole reports a role that few hold at one place.
func (d *doc) rareRole(k int) bool {
	t := d.at(k)
	return standsFor.has(t.text) || (!t.class.Has(lexicon.Person|lexicon.Words20) || fewHold.has(t.text)) && !manyHold.has(t.text) && !commonPosts.has(t.text) && !strings.HasSuffix(t.text, "s")
}

// narrowable are roles that many hold until a noun narrows them: produce manager,
// point guard, chapter president.
var narrowable = wordsOf("manager guard agent president director advisor steward editor keeper chair master inspector superintendent foreman mechanic engineer representative officer")

// fewHold are everyday words for what few are at one place.
var fewHold = wordsOf("bailiff deputy colonel adjutant scheduler announcer steward lieutenant pilot sergeant midwife medic trooper officer translator referee umpire engineer ranger warden captain commander instructor painter")

// roleStart returns where what narrows the role at k begins, and whether it
// makes one of many the one: "head", "first-chair", "county".
func (d *doc) roleStart(k int) (from int, special bool) {
	for from = k; from > k-4 && d.at(from).gap == ' '; from-- {
		p := d.at(from - 1)
		if d.is(from-1, "'") && d.glued(from-1) && d.is(from-2, "girls", "boys", "ladies") {
			from--
			continue
		}
		if p.form != word || contracted(p.text) || identityVerbs.has(p.text) || p.hit != "" && p.hit != Post && p.hit != Place || p.class.Has(lexicon.Function|lexicon.Kin|lexicon.Number) && !d.is(from-1, "first", "second", "third") || p.class.Has(lexicon.Says|lexicon.Meets) && !roleModifiers.has(p.text) || p.possessive && !d.is(from-1, "women", "men", "girls", "boys", "children") || d.is(from-1, "only", "new", "old", "former", "retired") {
			break
		}
		special = special || from < k && d.is(from-2, "the") || narrowable.has(d.t[k].text) && p.hit == "" && !plainKinds.has(p.text) && !describes(p.text) && !adverb(p.text) && !p.class.Has(lexicon.Region|lexicon.Clinical) // produce manager, point guard
		special = special || roleModifiers.has(p.text) || d.isHit(from-1)
	}
	return from, special
}

// introduced reports words before token k that say who somebody is.
func (d *doc) introduced(k int) bool {
	return d.is(k-1, "the", "a", "an", "our", "is", "was", "as", "became", "only") || identityVerbs.has(d.at(k-1).text)
}

// oneOfTwo finds "one of two Garifuna interpreters in New Orleans".
func (d *doc) oneOfTwo(i int) {
	start := i + 3
	if d.is(i, "one") && d.is(i-1, "there's", "theres", "exactly") {
		start = i + 1 // there's one lady plumber in
	} else if !d.is(i, "one") || !d.is(i+1, "of") || !d.is(i+2, "two", "three", "four", "five", "maybe") {
		return
	}
	for k := start; k < i+8 && d.at(k).form == word && d.at(k).gap == ' '; k++ {
		if d.is(k, "in", "at", "on") && d.hitAhead(k+1) {
			d.hitRole(i, k)
			return
		}
		if d.has(k, lexicon.Function|lexicon.Kin) || everybodysRoles.has(d.t[k].text) {
			return
		}
	}
}

// chairs finds seats in an orchestra: "first chair oboe".
func (d *doc) chairs(i int) {
	if instruments.has(d.t[i].text) && d.is(i-1, "first", "second", "third", "principal", "lead") && d.is(i+1, "in", "of", "with", "for") && d.at(i).gap == ' ' && d.hitAhead(i+2) {
		d.hitRole(i-1, i+1)
		return
	}
	if d.is(i, "chair") && d.is(i-1, "first", "second", "third", "1st", "2nd", "3rd", "principal") && d.at(i+1).form == word && d.at(i+1).gap == ' ' && d.at(i).gap == ' ' && d.t[i].hit == "" && !d.has(i+1, lexicon.Function) {
		d.hit(i-1, i+2, Post)
	}
}

// roleFarther finds "guardian ad litem for half of Pocahontas County" and "anchor
// of the 5 o'clock on KFYR": a role of few with words between it and the name.
func (d *doc) roleFarther(i int) {
	if d.t[i].hit != "" || !behindRoles.has(d.at(i+1).text) || !d.roleNoun(i) {
		return
	}
	from, special := d.roleStart(i)
	if !(special || d.rareRole(i) || d.has(i, lexicon.Post2) && d.is(i-1, "is", "was")) || !d.introduced(from) && !d.at(from).opens || d.is(from-1, "a", "an") && !special {
		return
	}
	k := i + 1
	for d.is(k, "ad", "litem", "in", "chief", "at", "arms") && d.at(k).form == word && !d.is(k, "at", "in") {
		k++
	}
	if !d.is(k, "of", "for", "at", "in", "from") {
		return
	}
	for n := k + 1; n < k+8 && n < len(d.t) && d.t[n].gap != '\n' && (d.t[n].form != mark || d.is(n, "'")); n++ {
		if d.isHit(n) && d.t[n].form == word && n > k+2 && (d.t[n].hit == Place || d.t[n].hit == Organization || d.t[n].hit == Unknown || d.is(n-1, "at")) {
			d.hitRole(from, n-1)
			return
		}
		if d.has(n, lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Kin) && !d.is(n, "of", "the", "in", "at", "for", "on", "half", "all", "and", "girls", "boys") || d.t[n].hit == Date || d.verbForm(n) {
			return
		}
	}
}

// roleOf finds "a Utqiagvik whaling captain" and "a sitting Nebraska senator".
func (d *doc) roleOf(i int) {
	if d.has(i, lexicon.Region) && d.t[i].hit == "" && (d.is(i+1, "champion", "champ", "medalist", "winner", "laureate") || d.at(i+1).form == word && d.is(i+2, "champion", "champ", "medalist", "winner", "queen")) && d.is(i-1, "the", "is", "was", "former", "reigning", "current") || d.has(i, lexicon.Region) && d.t[i].hit == "" && year(d.at(i-1).text) && d.at(i-1).form == number && d.is(i+2, "champion", "champ", "medalist", "winner", "queen") {
		from, end := i, i+2
		if year(d.at(i-1).text) && d.at(i-1).form == number {
			from--
		}
		for !d.is(end-1, "champion", "champ", "medalist", "winner", "laureate", "queen") && end < i+4 {
			end++
		}
		for k := from; k < end; k++ {
			d.t[k].kept = false
		}
		d.hit(from, end, Post) // the 2025 Nebraska spelling champion
		return
	}
	region := d.has(i, lexicon.Region) && d.t[i].hit == "" && d.t[i].casing != lower && d.has(i+1, lexicon.Post1|lexicon.Post2) && d.is(i+1, "senator", "congressman", "congresswoman", "governor", "representative", "delegate", "legislator", "justice", "lawmaker")
	if !region && !(d.isHit(i) && (d.t[i].hit == Place || d.t[i].hit == Unknown) && !d.t[i].possessive && d.t[i].form == word) {
		return
	}
	for k := i + 1; k < i+4 && d.at(k).form == word && d.at(k).gap == ' ' && d.t[k].hit == "" && !d.has(k, lexicon.Function|lexicon.Kin|lexicon.Clinical); k++ {
		if d.t[k].possessive && d.has(k, lexicon.Body|lexicon.Spot) {
			for end := k + 1; end < k+4 && d.at(end).form == word && d.at(end).gap == ' ' && !d.has(end, lexicon.Function|lexicon.Kin); end++ {
				if d.roleNoun(end) && !d.roleNoun(end+1) && !manyHold.has(d.t[end].text) {
					d.hit(i, end+1, Post) // the beloit school board's vice chair
					return
				}
			}
			return
		}
		if d.is(i, "county", "parish") && k == i+1 && d.roleNoun(k) && d.rareRole(k) && countyOffices.has(d.t[k].text) {
			d.hit(i-1, k+1, Post) // the Gila County recorder
			return
		}
		if d.roleNoun(k) && (d.has(k, lexicon.Post1|lexicon.Post2) || standsFor.has(d.t[k].text)) && (!commonPosts.has(d.t[k].text) || k > i+1 && roleModifiers.has(d.t[k-1].text) || d.is(k, "captain")) && !manyHold.has(d.t[k].text) {
			from := i
			if region && d.is(i-1, "sitting", "former", "retired") {
				from--
			}
			d.hit(from, k+1, Post)
			return
		}
	}
}

// countyOffices are what one person is in a county.
var countyOffices = wordsOf("recorder assessor auditor surveyor registrar treasurer engineer administrator prosecutor magistrate constable coroner jailer")

// onlyOneOf finds "Moab's only midwife".
func (d *doc) onlyOneOf(i int) {
	if areas.has(d.t[i].text) && d.t[i].possessive && d.t[i].hit == "" && d.is(i-1, "our", "the", "my", "this", "their") && !d.is(i, "school", "company", "hospital") {
		for k := i + 1; k < i+4 && d.at(k).form == word && d.at(k).gap == ' '; k++ {
			if d.has(k, lexicon.Post1|lexicon.Post2) && !commonPosts.has(d.t[k].text) {
				d.hit(i, k+1, Post) // our county's elected coroner
				return
			}
		}
	}
	if !singling.has(d.t[i].text) || d.t[i].hit != "" || !d.isHit(i-1) || !d.t[i-1].possessive || d.t[i-1].hit == Name && !d.has(i-1, lexicon.Place) || !d.roleNoun(i+1) && !d.roleNoun(i+2) {
		return
	}
	end := i + 2
	if !d.roleNoun(i+1) || d.roleNoun(i+2) && d.at(i+2).gap == ' ' {
		end++
	}
	d.hit(i, end, Post)
}

// runsThe finds what somebody runs at a place with a name: "runs the night desk
// at", "drives the zamboni at".
func (d *doc) runsThe(i int) {
	if !runsWhat.has(d.t[i].text) || !d.is(i+1, "the") {
		return
	}
	for k := i + 2; k < i+6 && d.at(k).form == word && d.at(k).gap == ' '; k++ {
		if d.is(k+1, "at") && d.hitAhead(k+2) && (k > i+2 || !d.has(k, lexicon.Spot|lexicon.Words20)) {
			d.hitRole(i+2, k+1)
			return
		}
		if d.has(k, lexicon.Function|lexicon.Kin) {
			return
		}
	}
}

// firstTo finds "first woman to captain the Lummi Island ferry" and "first Hmong
// woman elected to the Wausau school board".
func (d *doc) firstTo(i int) {
	if !firsts.has(d.t[i].text) || d.t[i].hit != "" {
		return
	}
	k := i + 1
	for n := 0; n < 3 && d.at(k).form == word && d.at(k).gap == ' ' && !d.is(k, "woman", "man", "person", "girl", "boy", "student", "player", "immigrant", "refugee", "american", "one"); n++ {
		k++
	}
	if !d.is(k, "woman", "man", "person", "girl", "boy", "student", "player", "immigrant", "refugee", "american") {
		return
	}
	k++
	if d.is(k, "ever", "elected", "appointed", "named", "hired") {
		k++
	}
	if !d.is(k, "to", "in", "on", "at") {
		return
	}
	for end := k + 1; end < k+7 && end < len(d.t) && d.t[end].gap == ' ' && d.t[end].form == word; end++ {
		if d.isHit(end) {
			d.hitRole(i, end-1)
			return
		}
	}
}

// standsFor are words for somebody that do not end as such words do.
var standsFor = wordsOf("steward santa elf emcee dj mc commentator coxswain contestant moderator voice face widow chaplain cantor delegate bassoon cello viola flute oboe clarinet trombone trumpet goalie mascot captain chef soprano alto tenor baritone mezzo bouncer bishop maestro whistleblower head chair coach dean judge sheriff mayor elder scribe lector sexton docent usher bugler goalkeeper catcher pitcher quarterback linebacker striker medium princess queen king")

// things end as words for people do.
var things = wordsOf(`reefer screener detainer trailer freshman rancher elder teller number letter dinner summer winter corner matter paper computer order quarter center water weather color floor door minor flavor labor favor humor terror horror mirror odor rumor tumor behavior
error chapter offer answer power shoulder finger laughter shelter slaughter disaster monster poster cancer counter register career
over under after never ever other another either rather later sooner better older younger larger smaller together however former upper lower inner outer
remember consider bother wonder suffer enter differ wander cover recover discover prefer refer transfer deliver trigger hunger anger danger
transport restaurant apartment pregnant important constant instant relevant distant reluctant significant plant grant want
free fee agree see three degree coffee committee knee tree guarantee employee referee trainee list exist twist assist consist persist resist
history story category territory memory dictionary diary salary library january february secondary primary necessary ordinary military temporary anniversary summary boundary glossary
lead instead bread dread thread spread ahead overhead dead human german woman man start restart chart star head sister brother mother father daughter
border folder reminder voucher sticker charger locker drawer dresser freezer cooler heater shower tower flower prayer player layer lawyer buyer
master minister sponsor`)

// roleModifiers make one of many the one.
var roleModifiers = wordsOf(`union shop battalion division camp head lead chief principal first assistant associate deputy vice acting interim county city town village tribal state hospice band choir youth campus team varsity backup starting
star night council board fire police harbor resident guest morning evening weekend prison jail airport school parish senior junior executive artistic music athletic
pediatric infectious forensic women's men's girls boys girls' boys' rowing chair football basketball soccer hockey swim swimming track wrestling volleyball baseball softball golf tennis gymnastics cheer debate lacrosse
drum bass oboe cello viola violin organ worship public national world navajo student ballet opera symphony mine radio tv television sports traffic`)

// runsWhat go before what somebody alone runs.
var runsWhat = wordsOf("runs ran run drives drove manages managed owns plays played")

// firsts say that somebody is one of a kind.
var firsts = wordsOf("first only youngest oldest")

// behindRoles are what can stand right behind a role with words between it and the name.
var behindRoles = wordsOf("of for at in from ad litem chief arms")
