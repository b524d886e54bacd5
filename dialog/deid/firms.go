package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// firms finds bodies by what nothing but their names ends in, wherever they
// stand and without any capital: "little acorns learning center", "pinewood
// management", "hvac for comfort brothers".
func (d *doc) firms() {
	for i := 1; i < len(d.t); i++ {
		t := &d.t[i]
		if t.form != word || t.hit != "" || t.casing != lower && d.cased || t.possessive || t.gap != ' ' || !firmEnds.has(t.text) && !groupEnds.has(t.text) {
			continue
		}
		kind := i // where what the firm does begins
		for kind > i-3 && firmKinds.has(d.at(kind-1).text) && d.at(kind).gap == ' ' && d.t[kind-1].hit == "" {
			kind--
		}
		from := kind
		for from > kind-2 && d.firmName(from-1) && d.at(from).gap == ' ' {
			from--
		}
		if from == kind || !d.firmStands(from, i) {
			continue
		}
		d.hit(from, i+1, Organization)
	}
}

// firmName reports a word that firms are called by and that narrows no noun of
// the clinic.
func (d *doc) firmName(k int) bool {
	t := d.at(k)
	return t.form == word && (t.casing == lower || !d.cased) && !t.kept && t.hit == "" && len(t.text) > 2 && t.class&(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Says|lexicon.Meets|lexicon.Generic|lexicon.Number|lexicon.Ordinal|lexicon.Weekday|lexicon.Title|lexicon.Region|lexicon.Unit|lexicon.Body|lexicon.Month|lexicon.Ordinary) == 0 &&
		!plainKinds.has(t.text) && !firmKinds.has(t.text) && !whenWords.has(t.text) && !adverb(t.text) && !d.verbForm(k) && !notFirms.has(t.text)
}

// firmStands reports that the words from token i to the end of a firm at j stand
// where a name does, and are no pair that English is full of.
func (d *doc) firmStands(i, j int) bool {
	if d.pair(j-1, lexicon.Compound) || d.usual(j-1) || d.adjacent(j) {
		return false
	}
	before := d.at(i - 1)
	if articles.has(before.text) && !d.is(i-1, "the") || d.has(i-1, lexicon.Number|lexicon.Clinical) || before.possessive || before.form == number {
		return false
	}
	if groupEnds.has(d.t[j].text) {
		return d.is(i-1, "at", "for", "with", "by", "from") && worksAround(d, i-1) && d.ends(j+1)
	}
	next := d.at(j + 1)
	return next.form == mark && next.text != "-" || next.gap == '\n' || next.class.Has(lexicon.Function|lexicon.Says|lexicon.Meets|lexicon.Weekday) || whenWords.has(next.text) || d.verbForm(j+1) || strings.HasSuffix(next.text, "s") && next.class.Has(lexicon.Says)
}

// worksAround reports somebody's work in the words before token k.
func worksAround(d *doc, k int) bool {
	for n := k - 1; n >= k-4 && d.at(n).form == word; n-- {
		if workVerbs.has(d.at(n).text) || worksFor.has(d.at(n).text) || trades.has(d.at(n).text) || d.is(n, "does", "did", "doing", "hvac", "job", "work", "plays", "sings", "rides") || d.has(n, lexicon.Person) {
			return true
		}
	}
	return false
}

// firmEnds end the names of firms and of what looks after people.
var firmEnds = wordsOf(`center centre management properties realty rentals apartments academy preschool montessori ministries ministry staffing logistics transport trucking freight
industries enterprises holdings partners associates solutions systems technologies manufacturing fabrication plastics roofing plumbing landscaping construction contractors
rehab hospice clinic pediatrics obgyn dental orthodontics dermatology behavioral ranch acres gardens village villas
church chapel tabernacle fellowship temple synagogue mosque cathedral parish
salon barbershop spa tavern saloon brewery winery bakery diner grill pizzeria cantina steakhouse creamery florist nursery hardware
credit casino resort motel inn lodge camp school elementary middle high college university institute seminary
quartet quintet ensemble troupe orchestra symphony
newspaper gazette herald tribune chronicle bank`)

// groupEnds end the names of bands, teams and family firms as well as plain nouns.
var groupEnds = wordsOf("brothers bros sons sisters riders pals marines rangers pioneers guardians angels warriors raiders")

// firmKinds say what a firm does, between its name and its end.
var firmKinds = wordsOf(`learning child children's childrens kids day care daycare early childhood community health medical wellness treatment recovery counseling behavioral mental family women's womens youth
senior nursing assisted living adult memory retirement pain surgery urgent dialysis imaging rehab rehabilitation outreach crisis resource pregnancy birth property apartment house home homes
worship christian catholic baptist bible prayer training career job fitness sports dance martial arts music art yoga hair nail beauty
barbershop string brass jazz chamber
public charter elementary middle high prep preparatory technical vocational cosmetology union savings
auto tire body`)

// notFirms narrow a center, a school or a bank without naming it.
var notFirms = wordsOf(`campus halfway grief group college university walkin sleep sober teen call data shopping distribution fulfillment detention correctional conference convention visitor welcome tech drop walk stand strip drug alcohol detox
food blood sperm milk time anger stress case risk money weight symptom crisis medication behavior classroom waste project product property self pain
middle high law medical dental nursing grad graduate boarding reform summer sunday night home public private online virtual charter magnet
inner dead front town city local nearest closest main new old same whole another whichever nice good bad big small great strict cheap
mega storefront house street vape smoke gift coffee thrift pawn book
rent mortgage payday credit piggy river
tattoo nail hair beauty barber
trade driving flight cooking art music dance swim clown preschool nursery`)
