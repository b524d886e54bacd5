package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// haunt finds a place with a plain name where people are: "drinking at the rusty
// nail", "jumped outside whiskey creek", "inpatient at turning point". What
// stands there, and is neither where everybody is nor of two words that English
// is full of, has a name.
func (d *doc) haunt(i int) {
	if d.t[i].form != word || d.t[i].hit != "" || !d.leadsToHaunt(i) {
		return
	}
	start, article := i+1, false
	if d.is(start, "the", "that", "this") {
		article = d.is(start, "the")
		if !article || d.at(start).gap == '\n' {
			return
		}
		start++
	}
	end := d.nounEnd(start)
	if end == start || d.isHit(end) && d.at(end).gap == ' ' || d.is(end, "-", "/", "'") && d.glued(end) || d.is(end, "of") && article || d.everybodys(start, end, article) {
		return
	}
	if !article && (!d.is(i, "at") || end == start+1) && !d.bareName(i, start, end) {
		return
	}
	if article && pubThings.has(d.t[end-1].text) && pubLooks.has(d.t[start].text) {
		start-- // the green parrot
	}
	d.hit(start, end, Organization)
}

// leadsToHaunt reports a word behind which people are somewhere.
func (d *doc) leadsToHaunt(i int) bool {
	switch d.t[i].text {
	case "at":
		return !d.directed(i)
	case "near", "outside", "beside", "opposite":
		return d.is(i+1, "the") || d.happened(i-1, 3)
	case "inside", "behind", "from", "leaving":
		return d.happened(i-1, 3)
	case "down", "up", "into":
		return d.is(i-1, "burn", "burned", "burning", "shoot", "shot", "blow", "blew", "break", "broke", "breaking", "drove", "crashed", "crash", "rammed")
	case "rob", "robbed", "bomb", "torch", "torched", "vandalized", "managed", "manages":
		return d.is(i+1, "the")
	case "of":
		return d.is(i-1, "out", "front") && d.happened(i-2, 3)
	case "to":
		return wentTo.has(d.at(i-1).text) || d.is(i-1, "him", "her", "them", "me", "back", "over", "up", "admitted", "brought") && wentTo.has(d.at(i-2).text)
	}
	return false
}

// happened reports, within n words that end at k, what befalls people somewhere.
func (d *doc) happened(k, n int) bool {
	for ; n > 0 && d.at(k).form == word; n-- {
		if befalls.has(d.at(k).text) {
			return true
		}
		k--
	}
	return false
}

// directed reports an "at" that leads to what is looked, yelled or thrown at.
func (d *doc) directed(i int) bool {
	if i == 0 || d.at(i-1).form == mark && d.is(i-1, "-") {
		return true
	}
	for k := i - 1; k >= i-5 && d.at(k).form == word; k-- {
		if aimed.has(d.at(k).text) && (k == i-1 || !d.has(i-1, lexicon.Kin)) {
			return true
		}
	}
	return false
}

// nounEnd returns the end of the noun that starts at token k, with what narrows it.
func (d *doc) nounEnd(k int) int {
	end := k
	for ; end < k+4; end++ {
		t := d.at(end)
		c := t.class
		if t.form != word || t.gap != ' ' || t.hit != "" || t.kept || t.casing == initial && d.cased || len(t.text) < 2 ||
			c.Has(lexicon.Function|lexicon.Weekday|lexicon.Number|lexicon.Month) && !d.is(end, "the") || d.allow[t.text] || whenWords.has(t.text) || adverb(t.text) && !c.Has(lexicon.Named|lexicon.Place) {
			break
		}
		if end > k && !d.pair(end-1, lexicon.Compound) && !d.has(end+1, lexicon.Body) && (c.Has(lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Meets) || d.verbForm(end) || d.t[end-1].possessive) {
			break
		}
	}
	return end
}

// everybodys reports a place, a thing or an event that tells nobody's whereabouts:
// what it is called by is a list's, and so is what narrows it.
func (d *doc) everybodys(from, end int, article bool) bool {
	h := &d.t[end-1]
	switch {
	case h.possessive, end == from+1 && !article && d.usual(from-1) && !strings.HasSuffix(h.text, "s") && !brands.has(h.text):
		return true
	case h.class.Has(lexicon.Person) && h.class.Has(lexicon.Place) && !article && end == from+1 && !strings.HasSuffix(h.text, "s"):
		return d.is(from, "counselor", "police", "boss")
	case moments.has(h.text):
		if end == from+1 {
			return article || d.usual(from-1)
		}
		return plainKinds.has(d.t[end-2].text) || article && d.plain(end-2)
	case !h.class.Has(lexicon.Spot|lexicon.Generic|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Unit|lexicon.Ordinal|lexicon.Region|lexicon.Capital|lexicon.Law) && !(h.class.Has(lexicon.Body) && end == from+1 && h.class&lexicon.Named == 0):
		return false
	}
	for k := from; k < end-1; k++ {
		t := &d.t[k]
		if t.possessive || plainKinds.has(t.text) || d.pair(k, lexicon.Compound) || t.class.Has(lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Generic|lexicon.Ordinal|lexicon.Region|lexicon.Unit|lexicon.Capital) {
			continue
		}
		return false
	}
	return true
}

// bareName reports whether the words from start to end, without an article, can
// be no more than a name: more than one word, or one that no list puts there.
func (d *doc) bareName(i, start, end int) bool {
	t := &d.t[start]
	next := d.at(end)
	if d.is(i, "to", "near", "inside", "behind", "from", "of") {
		ends := next.form == mark && next.text != "-" || next.gap == '\n' || d.is(end, "for", "on", "every", "when", "last", "this", "yesterday", "today", "twice", "and", "with", "because", "after", "until", "again", "weekly", "at")
		return ends && (end > start+1 || strings.HasSuffix(t.text, "s") && !t.class.Has(lexicon.Unit)) && !abstracts.has(d.t[end-1].text) && !d.verbForm(start) && d.t[start].class&(lexicon.Says|lexicon.Meets|lexicon.Weak) == 0
	}
	return t.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Says|lexicon.Unit) == 0 && !d.verbForm(start) && (!strings.HasSuffix(t.text, "s") || t.class.Has(lexicon.Named) || d.happened(i-1, 2))
}

// befalls say what people do and what is done to them somewhere.
var befalls = wordsOf(`jumped attacked assaulted robbed mugged raped shot stabbed beaten hit arrested picked caught detained spotted seen found parked parks sleeps sleeping
slept waiting waits waited sitting sat standing hanging hangs hung lives living lived works worked working camped camps camping met meets wandering walked passed fought fight partying
overdosed collapsed fell fainted happened approached followed kicked banned thrown expelled evicted discharged transferred released fired hired suspended
trespassed escorted removed drunk cornered grabbed groped kissed left leave back smoking drinking drank dancing busking panhandling begging loitering
shoplifted shoplifting stole stealing dropped drop running ran saw bought buys buying home`)

// wentTo lead to where somebody went.
var wentTo = wordsOf("goes went gone drove driven drives took taken takes walked walks sent admitted brought transported transferred referred flew rode returned dragged")

// aimed lead by "at" to what they are done to.
var aimed = wordsOf(`look looks looked looking stare stares stared staring glare glares glared glaring glance glanced peek yell yells yelled yelling scream screams screamed
screaming shout shouts shouted shouting swear swears swore swearing curse cursed cursing laugh laughs laughed laughing smile smiled smiling wave waved
waving point points pointed pointing aim aims aimed aiming shoots shooting throw throws threw thrown throwing swing swings swung swinging lunge
lunged lunging angry mad upset furious frustrated irritated rage raging anger good bad better great terrible skilled hint hinted guess guessed pick
picks picking scratch scratched clawed snap snapped snaps bark barked growl growled hiss hissed spit spat honked banged pounded hitting pulling
grasping marvel hammer hammered directed hurled lashing lash cussed cussing jab poke nip gnaw chip kicking annoyed hate winked hollered rolled excels
bangs slapped tugged sniffing wept cried amazed shocked surprised`)

// moments are what English puts behind "at" without a place.
var moments = wordsOf(`end beginning start top bottom middle edge tip level levels point stage rate rates cost costs expense request hands hand times time moment hour hours minute age ages height
peak verge brink thought idea sight sound mention prospect risk mercy throat head neck face wheel world sky situation staff system government lights mark
turn bend limit limits outset onset conclusion feet second third last latest earliest least most worst best same other others next opposite discretion
direction suggestion insistence discharge admission baseline present birth death war peace sea odds ease fault large random length lengths stake
speed truth problem rest glance bedtime night noon dusk dawn midnight intake gunpoint knifepoint notice value range frequency dose doses volume
temperature capacity pace cruise intervals interval position angle price loss disposal heart core root center side sides bat wrist leg arm chest eyes
ear ears name names picture pictures photo photos phone news words word voice voices wall ceiling ground floor clock bit memory thing things
people man woman kids kid baby dog cat bar very way drop delivery conception graduation accident incident crash shooting attack assault breakup overdose relapse collapse arrest anniversary diagnosis
doctrine mall`)

// plainKinds narrow what everybody is at without naming it.
var plainKinds = wordsOf(`sick loading grade reading old new big small little local whole entire same other main back front side next last first second third closest nearest nearby only very own
mens men's womens women's boys boy's girls girl's kids kid's kiddie family public private city county state free corner neighborhood outdoor indoor open
empty abandoned vacant upstairs downstairs upper lower left right far near red blue white green yellow brown black nice fancy dirty cheap expensive crowded
busy noisy quiet dark nightly weekly monthly annual daily early late morning evening afternoon night weekend summer winter spring fall high low full
great short close safe current previous former original initial final actual present breaking boiling crisis knife gun starting face arm's future some
friend's mother's father's brother's sister's ex's neighbor's client's community catholic christian jewish baptist methodist online virtual overnight
emergency urgent mental psych inpatient outpatient residential forensic juvenile adult pediatric police fire gas bus train subway grocery convenience
liquor thrift pawn dollar hardware pet book toy shoe furniture clothing vape smoke drug box department general parking waiting living dining
break locker dressing rest swimming birthday christmas holiday office dinner pizza ice sports recreation rec senior youth day trailer mobile truck
skate dog water theme amusement`)

// whenWords say when, behind a place.
var whenWords = wordsOf(`today tonight yesterday tomorrow again twice once last next every overnight weekly daily nightly most sometimes often late early lately recently alone together
am pm while when until since because before after during then all now ago also instead anymore drunk high crying asleep sober naked screaming`)

// abstracts follow "to" and "from" and are no place.
var abstracts = wordsOf(`extremes pieces lengths waste sleep voicemail collections trial print meds drugs opioids benzos pills substances injuries wounds symptoms complications bullies
friends strangers kids others women men sessions groups meetings classes appointments services benefits nightmares flashbacks seizures headaches
allergies effects side debts threats words blows terms grips bed hell
knees feet tears`)
