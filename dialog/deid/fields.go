package deid

import "curbside/dialog/deid/internal/lexicon"

// fields reads what stands in a form behind the name of a field: "employer:
// golden state foods", "School - west high", "nickname = bug". There nothing
// stands but the value, so that a plain word is a name unless a list says that
// such fields are filled with it.
func (d *doc) fields() {
	for i := 0; i < len(d.t)-2; i++ {
		if d.t[i].form != word || d.t[i].hit != "" || d.t[i+1].form != mark {
			continue
		}
		kind, ok := fieldNames[d.t[i].text]
		if !ok || !d.fieldMark(i+1) || !d.fieldStart(i) {
			continue
		}
		start := i + 2
		if d.is(start, "the") {
			start++
		}
		end := d.valueEnd(start)
		if end == start || d.fillsField(start, end, kind) {
			continue
		}
		for k := start; k < end; k++ {
			if d.t[k].hit == "" && !d.t[k].own {
				d.hit(k, k+1, kind)
			}
		}
	}
}

// fieldMark reports what goes between a field and its value.
func (d *doc) fieldMark(i int) bool {
	return d.is(i, ":", "=") || d.is(i, "-") && d.at(i).gap == ' ' && d.at(i+1).gap == ' '
}

// fieldStart reports that the name of a field starts at token i, or a word before.
func (d *doc) fieldStart(i int) bool {
	t := &d.t[i]
	before := func(k int) bool { return d.t[k].gap == '\n' || d.at(k-1).form == mark }
	return before(i) || t.gap == ' ' && d.at(i-1).form == word && before(i-1)
}

// valueEnd returns the end of a value of up to four words from start on, start if
// a sentence goes on there.
func (d *doc) valueEnd(start int) int {
	end := start
	for end < len(d.t) && end < start+5 && d.t[end].gap != '\n' && d.t[end].form == word && !(d.has(end, lexicon.Function) && !d.is(end, "of", "at")) {
		end++
	}
	t := d.at(end)
	if end == start+5 || t.form == word && t.gap == ' ' {
		return start
	}
	return end
}

// fillsField reports a value that tells nobody.
func (d *doc) fillsField(start, end int, kind Kind) bool {
	for k := start; k < end; k++ {
		c := d.t[k].class
		if d.t[k].hit != "" || c.Has(lexicon.Function|lexicon.Clinical|lexicon.Kin|lexicon.Person|lexicon.Generic|lexicon.Region|lexicon.Weekday|lexicon.Number|lexicon.Ordinal|lexicon.Score|lexicon.Unit|lexicon.Ordinary|lexicon.Says|lexicon.Meets) && !brands.has(d.t[k].text) ||
			usualValues.has(d.t[k].text) || kind != Name && c.Has(lexicon.Spot) || d.verbForm(k) || adverb(d.t[k].text) || kind == Name && c&(lexicon.Named|lexicon.Place) == 0 {
			continue
		}
		return false
	}
	return true
}

// fieldNames are fields that hold a name, and its kind.
var fieldNames = map[string]Kind{
	"employer": Organization, "employment": Organization, "workplace": Organization, "works": Organization, "work": Organization, "job": Organization,
	"company": Organization, "school": Organization, "college": Organization, "church": Organization, "parish": Organization, "daycare": Organization,
	"clinic": Organization, "hospital": Organization, "shelter": Organization, "facility": Organization, "placement": Organization, "program": Organization,
	"venue": Organization, "gym": Organization, "team": Organization, "unit": Organization, "ward": Organization,
	"city": Place, "town": Place, "hometown": Place, "county": Place, "location": Place, "birthplace": Place, "neighborhood": Place, "lives": Place, "residence": Place,
	"name": Name, "names": Name, "nickname": Name, "alias": Name, "aka": Name, "client": Name, "pt": Name, "patient": Name, "guardian": Name, "contact": Name, "sponsor": Name,
	"therapist": Name, "psychiatrist": Name, "pcp": Name, "supervisor": Name, "caseworker": Name, "worker": Name, "mother": Name, "father": Name, "mom": Name, "dad": Name,
	"partner": Name, "spouse": Name, "husband": Name, "wife": Name, "boyfriend": Name, "girlfriend": Name, "ex": Name, "perp": Name, "abuser": Name, "victim": Name,
	"suspect": Name, "witness": Name, "brother": Name, "sister": Name, "son": Name, "daughter": Name, "friend": Name, "roommate": Name, "teacher": Name, "coach": Name,
	"caller": Name, "reporter": Name, "attorney": Name, "lawyer": Name, "pet": Name, "dog": Name, "cat": Name,
}

// usualValues fill fields and tell nobody.
var usualValues = wordsOf(`none unknown yes no nil unemployed retired disabled self homeless homeschooled suspended expelled absent present current former active inactive
deceased dead alive estranged supportive uninvolved involved married single divorced separated widowed declined refused pending same see below above
stable unstable safe unsafe good poor fair okay fine better worse high low moderate mild severe ongoing stressful part full time seasonal remote hybrid
loss lost search seeking looking issues problems conflict stress struggling failing passing grades grade attendance mainstream special education
online home indoors outdoors street car rural urban suburban out local nearby away here there custody joint sole shared temporary permanent
voluntary involuntary inpatient outpatient residential crisis strict abusive violent sober drinking using angry sad anxious tearful calm
male female nonbinary trans white black asian latino hispanic native mixed adult minor teen older younger elderly both first second last
not never always often sometimes nobody noone everyone anyone someone wants needs feels says`)
