package deid

import "curbside/dialog/deid/internal/lexicon"

// leftHalf takes in the word at k before the name whose last hit is i, where no
// capital alone tells that it belongs to the name.
func (d *doc) leftHalf(k, i int) {
	p := d.at(k)
	if p.hit != "" || p.form != word || d.t[k+1].gap != ' ' {
		return
	}
	switch {
	case p.casing != initial && p.casing != upper:
	case d.faithBefore(k), d.stateBefore(k), d.peopleBefore(k, i), d.sizeBefore(k), d.countBefore(k), d.clinicBefore(k, i), d.articleBefore(k), d.givenOpens(k),
		p.casing == upper && d.is(k, "fc", "afc", "sc"): // FC Wichita
		p.kept = false
		from := k
		if d.is(k-1, "-") && d.glued(k) && d.peopleBefore(k, i) {
			from = max(k-2, 0) // the Afro-American Gospel Choir
		}
		d.take(from, k+1, &d.t[i])
		return
	}
	d.linkBefore(k, i)
}

// faithBefore reports "Methodist San Juan" and "Children's Mercy".
func (d *doc) faithBefore(k int) bool {
	p, next := d.at(k), &d.t[k+1]
	if p.casing != initial {
		return false
	}
	if !p.opens && d.is(k-1, "at", "from", "the", "to", "near", "by") && d.is(k, "methodist", "baptist", "lutheran", "presbyterian", "episcopal", "catholic", "adventist", "jewish", "christian", "mennonite", "mercy") {
		return true
	}
	return (next.hit == Organization || next.hit == Place || next.hit == Unknown || next.hit == Name && next.class&(lexicon.Given1|lexicon.Given2) == 0 || d.is(k+1, "mercy", "hope")) && (p.opens || d.at(k-1).form == word) &&
		(d.is(k, "methodist", "baptist", "lutheran", "presbyterian", "episcopal", "adventist") || p.possessive && d.is(k, "children", "women", "men", "veterans", "shepherd"))
}

// stateBefore reports "Iowa Premium".
func (d *doc) stateBefore(k int) bool {
	p, next := d.at(k), &d.t[k+1]
	return p.casing == initial && p.class.Has(lexicon.Region) && p.class&lexicon.Function == 0 && len(p.text) > 2 && unionStates.has(p.text) && next.class&(lexicon.Given1|lexicon.Given2) == 0 && next.class.Has(lexicon.English) && !d.is(k-1, ",", "in", "to", "from")
}

// peopleBefore reports "the Afro-American Gospel Choir".
func (d *doc) peopleBefore(k, i int) bool {
	p := d.at(k)
	return p.casing == initial && p.class.Has(lexicon.Region) && p.class&lexicon.Function == 0 && d.t[k+1].hit == Organization && (d.is(k-1, "the") || d.is(k-1, "-") && d.glued(k)) && d.is(i, "choir", "chorus", "society", "museum", "association", "league", "club", "festival")
}

// sizeBefore reports "Big Tuna".
func (d *doc) sizeBefore(k int) bool {
	next := &d.t[k+1]
	return d.at(k).casing == initial && d.is(k, "big", "lil", "little", "papa", "mama") && (next.hit == Name || next.hit == Unknown) && next.casing == initial
}

// countBefore reports "Our Redeemer" and "Seven Oaks".
func (d *doc) countBefore(k int) bool {
	p := d.at(k)
	return p.casing == initial && !p.opens && !p.kept && d.t[k+1].class&(lexicon.Given1|lexicon.Given2) == 0 && d.is(k, "our", "lady", "all", "one", "my", "first", "second", "third", "two", "three", "four", "five", "seven", "new", "over", "for", "no", "big", "old")
}

// clinicBefore reports "the Odd Fellows Hall".
func (d *doc) clinicBefore(k, i int) bool {
	p := d.at(k)
	return p.casing == initial && !p.opens && d.is(k-1, "the") && p.class.Has(lexicon.Clinical) && p.class&(lexicon.Named|lexicon.Kin|lexicon.Person|lexicon.Title|lexicon.Function) == 0 && len(p.text) <= 6 && (d.t[k+1].hit == Organization || d.has(i+1, lexicon.Body|lexicon.Spot))
}

// articleBefore reports "at The Gilded Pheasant".
func (d *doc) articleBefore(k int) bool {
	p := d.at(k)
	return d.is(k, "the") && p.casing == initial && !p.opens && d.at(k-1).casing == lower && d.t[k+1].hit != Name
}

// givenOpens reports a name of several words that opens a sentence.
func (d *doc) givenOpens(k int) bool {
	p := d.at(k)
	return p.opens && !p.kept && p.casing == initial && d.t[k+1].hit == Name && p.class.Has(lexicon.Named) && p.class&(notInNames|lexicon.Kin|lexicon.Person|lexicon.Title|lexicon.Weekday|lexicon.Meets|lexicon.Region|lexicon.Words20) == 0
}

// linkBefore takes in what stands before words of grammar: "Back of the Yards".
func (d *doc) linkBefore(k, i int) {
	link := k
	for n := 0; n < 2 && d.is(link, "of", "the", "on", "at") && d.t[link].casing == lower && d.at(link+1).gap == ' '; n++ {
		link--
	}
	first := d.at(link)
	if link < k && d.is(link+1, "of", "on", "at") && first.form == word && first.hit == "" && first.casing == initial && !first.opens && !first.kept && d.t[link+1].gap == ' ' &&
		first.class&(lexicon.Clinical|lexicon.Law|lexicon.Kin|lexicon.Person|lexicon.Title|lexicon.Weekday|lexicon.Capital|lexicon.Body|lexicon.Meets) == 0 {
		d.take(link, k+1, &d.t[i])
	}
}
