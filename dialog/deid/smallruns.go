package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// smallRuns joins the words beside an identifier without capitals as
// capitalRuns does with them: "at cedar bluffs" + treatment, "out of" fort +
// "cavazos", and finds landmarks and streets by what such names end in.
func (d *doc) smallRuns() {
	for i := range d.t {
		t := &d.t[i]
		if t.form != word || t.casing != lower && d.cased {
			continue
		}
		switch {
		case t.hit == "":
			d.pub(i)
			d.smallStreet(i)
			d.smallLandmark(i)
		case t.hit == Name || t.hit == Unknown || t.hit == Place || t.hit == Organization:
			d.runSmall(i)
		}
	}
}

// runSmall takes in what stands between a word of place and the identifier at i,
// and what ends its name.
func (d *doc) runSmall(i int) {
	if d.t[i].possessive {
		if k := i + 1; d.runsOn(k) && d.at(k).gap == ' ' && (trades.has(d.at(k).text) || d.has(k, lexicon.Body) && !commonTails.has(d.at(k).text)) && (d.leadsIn(i-1) || d.is(i-1, "above", "over", "below", "owns", "left", "quit")) {
			d.take(k, k+1, &d.t[i]) // sal's pizza
		}
		return
	}
	if p := d.at(i - 1); d.t[i].hit == Name && p.hit == "" && d.t[i].gap == ' ' && p.form == word && d.is(i-1, "big", "lil", "papa", "mama", "lady", "lucky", "crazy", "young") && !articles.has(d.at(i-2).text) {
		d.take(i-1, i, &d.t[i]) // big mike
		return
	}
	if d.is(i-1, "marching") && d.t[i].gap == ' ' && d.is(i-2, "the") && d.t[i].hit == Unknown {
		d.take(i-1, i, &d.t[i]) // the marching illini
	}
	from := i
	for from > i-4 && d.runsOn(from-1) && d.at(from).gap == ' ' && (!d.has(from-1, lexicon.Clinical|lexicon.Region|lexicon.Ordinary) || denominations.has(d.at(from-1).text)) && !plainKinds.has(d.at(from-1).text) {
		from--
	}
	if from < i && d.leadsIn(from-1) && !(d.t[i].hit == Name && d.is(from-1, "with", "to", "by", "of")) {
		d.take(from, i, &d.t[i])
	}
	start := i
	for start > i-4 && d.isHit(start-1) && d.at(start).gap != '\n' {
		start--
	}
	if d.t[i].hit == Name && d.t[i].class&lexicon.English == 0 && trades.has(d.at(i+1).text) && d.at(i+1).gap == ' ' && d.at(i+1).hit == "" && (d.ends(i+2) || d.is(i+1, "foods", "farms", "mills", "mining", "freight", "lumber", "packing", "poultry", "steel", "plumbing", "roofing", "trucking", "logistics")) && !d.has(i-1, lexicon.Meets) && !d.is(i-1, "gave", "give", "sent", "brought") {
		d.take(i+1, i+2, &d.t[i]) // his employer, lockhart steel, says
		return
	}
	if (d.is(i+1, "square", "plaza") || d.is(i+1, "fc")) && d.at(i+1).gap == ' ' && d.at(i+1).hit == "" && d.has(i, lexicon.Named|lexicon.Place) {
		d.take(i+1, i+2, &d.t[i]) // circles lafayette square
		return
	}
	if n := d.at(i + 1); d.is(start-1, "the") && (d.t[i].hit != Name || d.is(start-2, "coaches", "coach", "coached", "for", "against", "joined", "played", "plays")) && (d.runsOn(i+1) || d.is(start-2, "for", "against") && n.form == word && n.hit == "") && n.gap == ' ' && strings.HasSuffix(n.text, "s") && n.class&(lexicon.Unit|lexicon.Clinical) == 0 && (n.class&lexicon.Spot == 0 || d.is(start-2, "of", "for", "against")) && d.ends(i+2) {
		d.take(i+1, i+2, &d.t[i]) // the naperville comets
		return
	}
	if !d.leadsIn(start-1) && !(d.is(start-1, "&") && d.isHit(start-2)) || start > 0 && d.isHit(start-1) {
		return
	}
	end := i + 1
	for end < i+4 && end < len(d.t) && d.t[end].gap == ' ' && (d.runsOn(end) || d.is(end, "kids", "children") && d.is(start-1, "at", "from") && d.ends(end+1)) {
		end++
	}
	if end == i+1 || d.isHit(end) {
		return
	}
	last := d.at(end - 1)
	if last.class.Has(lexicon.Body|lexicon.Street) || landmarks.has(last.text) || bodyTails.has(last.text) || sights.has(last.text) || trades.has(last.text) || end == i+2 && d.t[i].hit != Name && d.is(start-1, "at") && d.ends(end) {
		d.take(i+1, end, &d.t[i])
	}
}

// runsOn reports a word in small letters that may be a part of a name.
func (d *doc) runsOn(k int) bool {
	t := d.at(k)
	return t.form == word && t.hit == "" && !t.kept && (t.casing == lower || !d.cased) && len(t.text) > 2 && !whenWords.has(t.text) && !adverb(t.text) &&
		(!d.verbForm(k) || t.class.Has(lexicon.Body|lexicon.Street) || bodyTails.has(t.text) || sights.has(t.text) || trades.has(t.text) || d.is(k, "assisted")) && t.class&(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Kin|lexicon.Person|lexicon.Title|lexicon.Weekday|lexicon.ShortDay|lexicon.Number|lexicon.Month) == 0 && !workVerbs.has(t.text)
}

// leadsIn reports a word of place at token k, with an article behind it or not.
func (d *doc) leadsIn(k int) bool {
	if d.is(k, "the") {
		k--
	}
	return d.is(k, "at", "in", "near", "outside", "behind", "on", "off", "inside", "from", "to", "of", "by", "with", "through", "for")
}

// pub finds what taverns and shops are called by: "the crooked spoon".
func (d *doc) pub(i int) {
	if p := d.at(i - 1); d.is(i, "fc") && d.t[i].gap == ' ' && p.form == word && p.class&(lexicon.Function|lexicon.Clinical|lexicon.Person|lexicon.Kin) == 0 {
		d.hit(i-1, i+1, Organization) // the cobalt fc girls
		return
	}
	if !d.is(i-2, "the") {
		return
	}
	if d.is(i, "door", "gate", "room", "cup", "saucer", "bowl", "fork", "nail", "bell") && d.is(i+1, "at", "in", "of", "on", "with", "that", "to", "from") && !d.is(i-3, "at", "outside", "near", "behind", "inside") {
		return // the red door at
	}
	if pubThings.has(d.t[i].text) && d.t[i].gap == ' ' && pubLooks.has(d.at(i-1).text) && d.at(i-1).gap == ' ' && d.at(i-1).hit == "" && !d.is(i-3, "with", "by") {
		d.hit(i-2, i+1, Organization)
	}
}

// pubLooks and pubThings make the names of taverns.
var (
	pubLooks = wordsOf(`copper rusty crooked blue red golden gold silver black white green yellow iron brass bronze broken tipsy thirsty drunken lucky hungry dancing laughing prancing
velvet crystal emerald ruby sapphire amber wooden salty wild flying sleeping jolly merry royal twisted painted howling leaping singing smoky stone oak crossed
lazy dirty blind three two seven twin pink purple scarlet crimson`)
	pubThings = wordsOf(`lantern nail spoon heron anchor dragon lion fox hound stag horse crow raven eagle owl goose duck boar wolf rose oak shamrock clover harp crown bell barrel keg cask mug
tankard cork wagon saddle spur lasso boot horseshoe sail ship mast compass helm mermaid pelican gull crab lobster oyster whale trout parrot peacock rooster hen feather
antler arrow sword shield hammer anvil forge kettle skillet fork lamp torch pony mule buffalo bison elk moose otter beaver badger hare rabbit squirrel swan dove lark
sparrow robin falcon hawk cactus lotus lily orchid thistle pine maple willow acorn olive pepper onion pineapple cherry monkey tiger elephant turtle frog toad lizard
door gate spoke cup saucer bowl tap room grape vine heifer steer bull goat lamb pig hog unicorn griffin phoenix`)
)

// smallStreet finds "on old quarry road", "off telegraph rd".
func (d *doc) smallStreet(i int) {
	if !smallStreets.has(d.t[i].text) || d.t[i].gap != ' ' {
		return
	}
	from := i
	for from > i-3 && d.at(from).gap == ' ' && d.at(from-1).form == word && (d.at(from-1).casing == lower || !d.cased) && d.at(from-1).class&(lexicon.Function|lexicon.Person|lexicon.Kin|lexicon.Clinical|lexicon.Number|lexicon.Says) == 0 && (!plainStreets.has(d.at(from-1).text) || from < i) {
		from--
	}
	p := d.at(from - 1)
	if from == i || p.gap == '\n' && from == 0 || !d.is(from-1, "on", "off", "down", "along", "across", "past", "around", "near", "from", "at", "to", "up") || d.is(i, "way", "drive", "court", "place", "trail", "circle") && !d.is(from-1, "on", "off") ||
		from == i-1 && d.has(from, lexicon.Region|lexicon.Generic) || d.pair(i-1, lexicon.Compound) {
		return
	}
	d.hit(from, i+1, Place)
}

var smallStreets = wordsOf("road rd street st lane ln avenue ave blvd boulevard drive dr way court ct circle cir terrace trail pike place pl highway hwy parkway loop")

// smallLandmark finds "from pioneer square", "by the old zenith mill", "at
// spillway no 2": what nothing but its first word tells from any other.
func (d *doc) smallLandmark(i int) {
	if !landmarks.has(d.t[i].text) && !sights.has(d.t[i].text) && !d.has(i, lexicon.Body) || d.t[i].possessive || d.has(i+1, lexicon.Body|lexicon.Spot) && d.at(i+1).gap == ' ' {
		return
	}
	if d.is(i+1, "no", "number") && d.at(i+1).gap == ' ' && d.at(i+2).form == number {
		d.hit(i, i+3, Place)
		return
	}
	from := i
	for from > i-3 && d.at(from).gap == ' ' && d.runsOn(from-1) {
		from--
	}
	if from > i-3 && from < i && d.is(i, "manor", "marina") && d.is(from-1, "(", ",") && d.ends(i+1) && !plainKinds.has(d.at(from).text) {
		d.hit(from, i+1, Place) // room 31, birch manor
		return
	}
	if from == i || !d.leadsIn(from-1) && !d.is(from-1, "overlooks", "past", "toward", "towards", "around", "along", "across", "faces", "facing", "circles") || d.is(from-1, "with", "for", "of") || d.is(from-1, "the") && d.is(from-2, "with", "for", "of") || d.everybodys(from, i+1, true) && !(d.t[i-1].possessive && d.t[i-1].class&(lexicon.Kin|lexicon.Person|lexicon.Generic) == 0 && !plainKinds.has(d.textOf(i-1))) {
		return
	}
	d.hit(from, i+1, Place)
}

// sights are further nouns that places are told by.
var sights = wordsOf("spillway hollow mill ridge pass landing quarry silo grange pier dock lookout bluff bluffs cove bayou slough prairie orchard field fairgrounds speedway rink arena stadium depot terminal point bay island manor marina cafe tavern saloon diner grill pub lounge inn motel arms")

// bodyTails end the names of bodies beside what carries the name.
var bodyTails = wordsOf("assembly tabernacle chapel temple treatment recovery kids children care counseling wellness pediatrics dental psych behavioral resettlement outreach rescue ministries fellowship day prep tech poly office solutions partners associates group therapy hospice rehab elementary middle high academy state southwest northwest southeast northeast unified")

// trades are what shops and firms are called by behind the name of their owner.
var trades = wordsOf("pizza pizzeria tackle bait tap taproom cleaners nails roofing plumbing transportation trucking towing casualty insurance steel dentistry dental deli donuts tacos bbq barbecue burgers liquors liquor kitchen garage auto autos tires hardware lumber flowers florist jewelers pawn guns firearms antiques books records comics music video cuts barber hair beauty lash brows tattoo tattoos ink landscaping painting electric heating moving storage realty law daycare childcare preschool assisted living laundry laundromat cab taxi cabs limo farms farm dairy orchards produce seafood fish market subs sandwiches coffee espresso tea bakery cakes mining poultry ambulance couriers courier meats packing packers foods freight shipping express logistics marina manor plumbers roofers movers builders contracting construction excavating paving concrete masonry glass welding machine tool mills textiles furniture upholstery motors motorsports cycles bikes dairies hatchery vineyards winery brewing brewery distillery cattle feed grain seed nursery paper printing press signs security staffing temps janitorial disposal recycling salvage wrecking septic drilling energy oil gas propane electrical fire ems")

// denominations go before the name of a church or a hospital.
var denominations = wordsOf("methodist baptist lutheran presbyterian episcopal catholic adventist jewish christian mennonite old greater mercy first second third mount mt st saint holy")
