package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// numbers decides on every token with a digit that no shape has claimed: it
// stays only if it and its neighbours read as an age, a dose, a score, a count,
// a duration, a time, a year, a code of diagnoses or a citation.
func (d *doc) numbers() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		if t.form != number || t.hit != "" || t.kept {
			continue
		}
		end := d.chainEnd(i)
		kind, sure := d.cueAt(i)
		switch {
		case d.credential(i, end) > 0:
			from := d.credential(i, end)
			d.hit(i-from, end, Licence)
			i = end - 1
		case end == i+1 && figures(t.text) && d.is(i-1, "d") && d.is(i-2, "&") && d.is(i-3, "l"):
			d.hit(i-3, end, Place) // L&D 12
			i = end - 1
		case end == i+1 && ordinalFigures(t.text) && len(t.text) >= 4 && atoi(firstFigures(t.text)) > 31 && d.is(i-1, "the") && d.ends(i+1) && !d.is(i+1, "to", "or"):
			d.hit(i, end, Organization) // first sergeant of the 725th
			i = end - 1
		case end == i+1 && figures(t.text) && d.is(i-1, "squad", "ladder", "troop", "precinct", "platoon") && t.gap == ' ' && d.t[i-1].hit == "" && !d.measured(i, end), end == i+1 && figures(t.text) && d.is(i-1, "engine", "rescue", "truck", "medic", "tower", "battalion", "station", "pack") && d.is(i-2, "with", "on", "at", "from", "for") && !d.measured(i, end) && t.gap == ' ' && d.is(i-1, "engine", "rescue", "medic") || end == i+1 && figures(t.text) && d.is(i-1, "engine", "rescue", "truck", "medic", "tower", "battalion", "station", "pack") && d.at(i-1).casing == initial && d.cased && (!d.at(i-1).opens || d.ends(i+1) || d.is(i-1, "pack")) && t.gap == ' ':
			d.hit(i-1, end, Organization)
			i = end - 1
		case d.citation(i, end):
			i = d.keepChain(i, end)
		case kind != "" && (sure || !d.measured(i, end) || d.doorLetter(i, end, kind)) && !d.clinicalCode(i, end):
			from, to := d.cueEnds(i, end, kind)
			d.hit(from, to, kind)
			i = to - 1
		case d.harmlessChain(i, end):
			i = d.keepChain(i, end)
		default:
			if d.is(i-1, "troop", "bay", "squad", "platoon", "lodge", "local", "chapter", "battalion", "regiment", "precinct", "pack", "den", "engine", "company", "post", "spillway", "pier", "gate", "ladder") && t.gap == ' ' && d.t[i-1].hit == "" {
				d.hit(i-1, end, Organization)
				i = end - 1
				continue
			}
			d.hit(i, end, d.numberKind(i, end))
			i = end - 1
		}
	}
}

// doorLetter reports "room 31W": the letter behind a door's number is no unit.
func (d *doc) doorLetter(i, end int, kind Kind) bool {
	s := d.t[i].text
	return kind == Place && end == i+1 && bunks.has(d.at(i-1).text) && len(firstFigures(s)) == len(s)-1
}

// credential returns how far before a licence number its letters stand, 0 for
// none: "PSY 22119", "LPC.0012394".
func (d *doc) credential(i, end int) int {
	if len(d.text[d.t[i].from:d.t[end-1].to]) < 4 || year(d.t[i].text) || !figures(firstFigures(d.t[i].text)) {
		return 0
	}
	k := i - 1
	if d.is(k, ".", "-", "#") && (d.glued(i) || d.is(k, "#")) {
		k--
	}
	if credentials.has(d.at(k).text) {
		return i - k
	}
	return 0
}

var credentials = wordsOf("psy lpc lpcc lcsw lmsw lsw licsw lisw lmft mft lmhc lcmhc ladc cadc rn lpn np aprn pmhnp do bcba asw amft apcc dea npi upin")

func (d *doc) keepChain(i, end int) int {
	for k := i; k < end; k++ {
		if d.t[k].form == number {
			d.t[k].kept = true
		} else if d.t[k].form == word && !d.t[k].class.Has(lexicon.English|lexicon.Clinical|lexicon.Unit|lexicon.Law) && len(d.t[k].text) > 1 {
			return k - 1
		}
	}
	return end - 1
}

// cueEnds widens a place's number to its cue ("Apt 7C") and takes in letters
// and digits that go on after a space ("8KX 204").
func (d *doc) cueEnds(i, end int, kind Kind) (int, int) {
	from := i
	if kind == Place {
		for from > 0 && d.t[from].gap != '\n' && (cues[d.at(from-1).text] == Place || d.is(from-1, "marker", "mile") || d.is(from-1, "#", ".", "po", "p", "o", "number", "no", "off") && !d.is(from-1, "off") || d.is(from-1, "o") || d.is(from-1, "-") && d.glued(from)) {
			from--
		}
	}
	for end < len(d.t) && d.t[end].gap != '\n' {
		t := &d.t[end]
		more := t.form == number && (kind != Place || d.glued(end)) && !d.has(end+1, lexicon.Unit) || t.form == word && t.casing == upper && len(t.text) <= 4 && t.class&(lexicon.Clinical|lexicon.Function|lexicon.English) == 0 && d.cased ||
			t.form == mark && strings.Contains("-/.", t.text) && d.at(end+1).form == number && d.at(end+1).gap == 0 || t.text == "?" && kind == Vehicle && t.gap == 0 && d.at(end+1).form == number
		if !more || t.hit != "" {
			break
		}
		end++
	}
	for kind != Place && from > 1 && d.glued(from) && d.is(from-1, "-", ".") && d.glued(from-1) && d.at(from-2).form == word && len(d.at(from-2).text) <= 5 {
		from -= 2
	}
	// A plate or serial may begin with letters of its own.
	if p := d.at(from - 1); kind != Place && p.form == word && d.t[from].gap != '\n' && len(p.text) <= 4 && p.class&(lexicon.English|lexicon.Function|lexicon.Clinical|lexicon.Ordinary) == 0 && cues[p.text] == "" {
		from--
	}
	for from > 0 && kind != Place && d.t[from].gap == ' ' && d.at(from-1).form == word && d.at(from-1).casing == upper && len(d.at(from-1).text) <= 4 && d.cased && d.at(from-1).class&(lexicon.Record|lexicon.Clinical|lexicon.English) == 0 {
		from--
	}
	return from, end
}

// bunks are cues that everybody has one of: only the number beside them tells.
var bunks = wordsOf("holding tank hallway room rm bed pod icu nicu picu micu unit ward floor wing cellblock locker bus flight courtroom gate dorm cabin")

func (d *doc) numberKind(i, end int) Kind {
	s := strings.ToLower(d.text[d.t[i].from:d.t[end-1].to])
	switch {
	case strings.Count(s, ".") == 3 && figures(strings.ReplaceAll(s, ".", "")) && len(s) <= 15:
		return IP
	case figures(s) && len(s) == 5 && d.at(i-1).form != mark && (d.has(i-1, lexicon.Region|lexicon.Place) || d.isHit(i-1)), len(s) == 10 && s[5] == '-' && figures(s[:5]) && figures(s[6:]):
		return Place
	case len(s) == 17 && end == i+1:
		return Vehicle
	case len(s) == 15 && figures(s):
		return Device
	case len(s) >= 32 && hexadecimal(strings.ReplaceAll(s, "-", "")):
		return Code
	case figures(strings.ReplaceAll(s, "-", "")) && luhn(strings.ReplaceAll(s, "-", "")) && len(s) >= 13:
		return Account
	}
	return Code
}

// luhn is the checksum of card numbers and IMEIs.
func luhn(s string) bool {
	sum := 0
	for k := range len(s) {
		n := int(s[len(s)-1-k] - '0')
		if k%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// measured reports whether a unit follows the chain.
func (d *doc) measured(i, end int) bool {
	s := d.t[i].text
	if n := firstFigures(s); n != s && n != "" && d.words.Classes(s[len(n):]).Has(lexicon.Unit) && len(n) <= 4 {
		return true
	}
	k := end
	if d.is(k, "-") && d.glued(k) {
		k++
	}
	t := d.at(k)
	return t.form == word && t.gap != '\n' && t.class.Has(lexicon.Unit) && !t.possessive && !d.is(k, "to", "of", "or", "in", "out", "a", "no", "old", "new", "group", "court", "school", "late") && len(d.t[i].text) <= 4
}
