package deid

import (
	"strings"

	"curbside/dialog/deid/internal/fold"
	"curbside/dialog/deid/internal/lexicon"
)

// cases finds court cases that are not in the packs: State v. Somebody, In re
// Somebody, Matter of Somebody.
func (d *doc) cases() {
	for i := 1; i < len(d.t); i++ {
		if d.t[i].hit != "" || d.t[i].kept {
			continue
		}
		switch {
		case d.t[i].text[0] == 'v' && d.is(i, "v", "vs", "versus") && d.at(i-1).form == word && d.at(i+1).gap != '\n' && !d.knownCase(i):
			right := i + 1
			if d.is(right, ".") {
				right++
			}
			for d.single(right) && d.is(right+1, ".") && d.glued(right+1) {
				right += 2 // People v. D. Arroyo
			}
			government := d.is(i-1, "state", "people", "commonwealth", "states")
			if (d.party(i-1) || government) && d.party(right) || d.nameOnly(i-1) || d.nameOnly(right) && government {
				from, to := i-1, right+1
				for d.has(to, lexicon.Body) && d.at(to).gap == ' ' || d.is(to, "general") {
					to++
				}
				for d.party(from-1) && d.at(from).gap == ' ' && d.at(from-1).casing == initial {
					from--
				}
				for d.at(to).casing == initial && d.party(to) && d.at(to).gap == ' ' {
					to++
				}
				d.hit(from, to, Case)
			}
		case d.is(i, "re") && d.is(i-1, "in") && d.at(i+1).form == word && (d.at(i-1).casing != lower && d.at(i+1).casing != lower || d.nameOnly(i+1) || d.single(i+1)) && d.phrase(i-1, lexicon.Law) == 0,
			d.is(i, "of") && d.is(i-1, "matter", "estate", "guardianship", "conservatorship", "adoption") && (d.at(i+1).casing == initial || d.is(i-1, "estate", "matter") && d.nameOnly(i+1)) && d.at(i+1).form == word && !d.has(i+1, lexicon.Function):
			to := i + 2
			for (d.at(to).casing != lower && d.cased && d.at(to).form == word || d.single(to) || d.is(to, ".") && d.glued(to) && len(d.at(to-1).text) <= 2) && d.at(to).gap != '\n' {
				to++
			}
			d.hit(i-1, to, Case)
		}
	}
}

func (d *doc) party(i int) bool {
	t := d.at(i)
	return t.form == word && (t.casing != lower || t.class&(lexicon.English|lexicon.Function) == 0 || t.class.Has(lexicon.Strong) || t.class.Has(lexicon.Surname1) && t.class&(lexicon.Function|lexicon.Kin|lexicon.Person|lexicon.Clinical) == 0) && !(t.opens && t.class.Has(lexicon.Function)) && !(t.class.Has(lexicon.Clinical) && t.casing == upper)
}

// knownCase reports a case of the law packs around the "v" at i.
func (d *doc) knownCase(i int) bool {
	for from := i - 1; from >= max(0, i-7); from-- {
		if d.t[from].form == word {
			if end := d.phrase(from, lexicon.Law); end > i {
				d.keep(from, end)
				return true
			}
		}
	}
	return false
}

// citationWords stand before the number of a statute or a rule.
var citationWords = wordsOf("§ cfr usc code codes statute statutes stat stats section sec sections subsection subdivision rcw ors mcl krs nrs ilcs rsa mca ccr nycrr wac oar comar art article ann rev title part subpart chapter ch rule act law laws civ welf inst evid penal pub subd para paragraph standard standards hipaa dsm ethics vernon's purdon's ucc fsa")

// after follows the first number of a citation: 42 CFR, 45 C.F.R., 18 U.S.C.
var citationAfter = wordsOf("cfr usc ilcs pa del vsa stat us f cal rcs okla code c u v")

// citation reports numbers of statutes and rules. What has the shape of a
// telephone or Social Security number has been taken before.
func (d *doc) citation(i, end int) bool {
	digits := 0
	for k := i; k < end; k++ {
		t := &d.t[k]
		if t.form == mark {
			continue
		}
		n := len(firstFigures(t.text))
		if n == 0 && len(t.text) > 2 || n > 5 || len(t.text)-n > 3 || t.disguised {
			return false
		}
		digits += n
	}
	if digits > 11 || digits > 9 && end < i+4 {
		return false
	}
	return d.citedBefore(i) && d.sectionLike(i, end) || len(d.t[i].text) <= 3 && end == i+1 && d.citedAfter(end)
}

// sectionLike tells the section of a statute from a docket or a chart written
// behind a section sign: the packs cite it, it is short, or a code is named
// beside it.
func (d *doc) sectionLike(i, end int) bool {
	section := d.text[d.t[i].from:d.t[end-1].to]
	if d.words.Classes(section).Has(lexicon.Statute) || d.words.Classes(strings.TrimRight(section, "abcdefgh")).Has(lexicon.Statute) {
		return true
	}
	digits := 0
	for _, b := range []byte(section) {
		if figure(b) {
			digits++
		}
	}
	if digits <= 4 && strings.Count(section, "-") < 2 {
		return true
	}
	for k := i - 1; k >= max(0, i-9) && d.t[k+1].gap != '\n'; k-- {
		t := &d.t[k]
		switch {
		case cues[t.text] != "" && t.text != "code" && t.text != "case":
			return false
		case t.form == word && codes.has(t.text), t.form == word && d.has(k, lexicon.Region) && t.casing != lower, t.kept && t.form == word && d.has(k, lexicon.Region|lexicon.Law):
			return true
		case t.form == word && len(t.text) == 1 && t.casing == upper, t.form == number && t.kept:
			return true
		}
	}
	return d.citedAfter(end)
}

// codes name what a section is a section of.
var codes = wordsOf("cfr usc code codes stat stats statute statutes rcw ors mcl krs nrs ilcs rsa mca ccr nycrr wac oar comar rev ann welf inst evid penal civ crim fam vernon's purdon's ucc hipaa law laws act rules regs reg regulation regulations admin")

func (d *doc) citedBefore(i int) bool {
	for k, seen := i-1, 0; k >= 0 && seen < 4; k-- {
		t := &d.t[k]
		switch {
		case d.t[k+1].gap == '\n':
			return false
		case t.text[0] == fold.Section:
			return true
		case t.form == mark && strings.Contains(".()-,/", t.text):
		case t.form == number && (t.kept || t.hit == "") && len(t.text) <= 8:
			seen++
		case d.is(k, "c", "r") && d.is(k-1, ".") && d.is(k-2, "s", "f") && d.is(k-3, ".") && d.is(k-4, "u", "c"):
			return true
		case t.form == word && len(t.text) == 1, d.is(k, "and", "or", "to", "through", "of", "no"):
			seen++
		case t.form == word && citationWords.has(t.text):
			if d.is(k, "code", "codes") && otherCodes.has(d.at(k-1).text) {
				return false
			}
			if citedInSmall.has(d.at(k).text) && t.casing == lower && len(d.t[i].text) > 3 && !strings.Contains(d.text[d.t[i].from:d.t[d.chainEnd(i)-1].to], ".") {
				return d.is(k, "section", "sec", "rule") && d.lawNear(k)
			}
			return true
		default:
			return false
		}
	}
	return false
}

func (d *doc) lawNear(k int) bool {
	for n := max(0, k-5); n < min(len(d.t), k+6); n++ {
		if d.has(n, lexicon.Law) && d.t[n].form == word && len(d.t[n].text) > 2 || d.is(n, "code", "statute", "law", "act") && n != k {
			return true
		}
	}
	return false
}

func (d *doc) citedAfter(end int) bool {
	if !citationAfter.has(d.at(end).text) || d.at(end).gap == '\n' {
		return false
	}
	letters := ""
	for k := end; k < min(len(d.t), end+7) && (d.at(k).form == word && len(d.at(k).text) <= 4 || d.is(k, ".")); k++ {
		if d.t[k].form == word {
			letters += d.t[k].text
		}
	}
	for _, reporter := range []string{"cfr", "usc", "ilcs", "pacs", "delc", "vsa", "cal", "us", "f"} {
		if strings.HasPrefix(letters, reporter) {
			return len(reporter) > 2 || d.at(end).casing != lower && d.is(end+1, ".")
		}
	}
	return false
}

// citationNear reports whether a citation is close to token i, so that its
// abbreviations stand.
func (d *doc) citationNear(i int) bool {
	for k := max(0, i-5); k < min(len(d.t), i+9); k++ {
		if k == i || d.t[k].hit != "" {
			continue
		}
		if d.t[k].text[0] == fold.Section || d.is(k, "cfr", "usc", "stat", "rcw", "ors", "ilcs", "welf", "statute", "nycrr") || d.is(k, "code", "law", "rev", "ann", "section") && d.t[k].casing != lower {
			return true
		}
	}
	return false
}

// otherCodes go before codes that are no law.
var otherCodes = wordsOf("zip postal area pin access door gate pass dress confirmation promo security alarm qr locker entry lock")

// citedInSmall are words of citations that are everyday words as well.
var citedInSmall = wordsOf("code law act art standard rule title part section sec chapter ch article rev inst para standards laws ethics hipaa dsm")
