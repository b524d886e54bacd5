package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// oldestBirthYear: who was born later is not over 89 before 2041.
const oldestBirthYear = 1950

// lastYearOfOld: who remembers it is over 89, and hardly anything else is dated so early.
const lastYearOfOld = 1936

// ages finds ages over 89, in figures and in words, and birth years that show one.
func (d *doc) ages() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		switch {
		case t.hit != "" || t.kept:
		case t.form == number:
			if end := d.oldAge(i); end > 0 {
				d.hit(i, end, Age)
				i = end - 1
			}
		case len(d.t[i].text) >= len("centenarian") && d.is(i, "nonagenarian", "nonagenarians", "centenarian", "centenarians", "supercentenarian"):
			d.hit(i, i+1, Age)
		case d.is(i, "nineties") && d.is(i-1, "her", "his", "their", "my", "mid", "early", "late", "-", "old"):
			d.hit(i, i+1, Age)
		case t.class.Has(lexicon.Number):
			if end, value := d.cardinal(i); value >= 90 && value <= 125 && (d.ageContext(i, end) || !d.counts(end)) {
				from := i
				if d.is(i, "hundred") && d.is(i-1, "a") {
					from--
				}
				d.hit(from, d.ageEnd(end), Age)
				i = end - 1
			} else if inRange(value, 1900, oldestBirthYear) && d.bornBefore(i) {
				d.hit(i, end, Age)
			}
		}
	}
}

// counts reports whether what is at token i is counted by the number before it.
func (d *doc) counts(i int) bool {
	t := d.at(i)
	return t.form == word && t.gap != '\n' && (t.class.Has(lexicon.Unit) && !t.class.Has(lexicon.Function) || d.is(i, "square", "cubic") || d.plural(i)) || d.is(i, "%")
}

// oldAge returns the end of an age over 89 that starts with figures at i.
func (d *doc) oldAge(i int) int {
	s := d.t[i].text
	n := firstFigures(s)
	if d.glued(i) && d.is(i-1, ".", "/", ":") || d.glued(i+1) && d.is(i+1, ".", "/", ":") && d.glued(i+2) && d.at(i+2).form == number {
		return 0 // a part of a longer number
	}
	suffix := strings.TrimPrefix(s[len(n):], "'")
	switch {
	case year(n) && len(s) == 4 && (atoi(n) <= oldestBirthYear && d.bornBefore(i) || inRange(atoi(n), 1900, lastYearOfOld) && !d.citation(i, i+1) && d.at(i-1).form != number):
		return i + 1
	case len(n) < 2 || len(n) > 3 || !inRange(atoi(n), 90, 125):
		return 0
	case suffix == "s" && n == "90" && d.is(i-1, "her", "his", "their", "my", "mid", "early", "late", "-", "lower", "upper"):
		return i + 1
	case suffix == "yo" || suffix == "yof" || suffix == "yom" || suffix == "y" || suffix == "yr" || suffix == "yrs" || suffix == "f" || suffix == "m":
		return d.ageEnd(i + 1)
	case suffix != "":
		return 0
	case d.ageContext(i, i+1):
		return d.ageEnd(i + 1)
	}
	return 0
}

// ageContext reports whether the number from i to end, 90 or more, is an age.
func (d *doc) ageContext(i, end int) bool {
	k := end
	if d.is(k, "-") {
		k++
	}
	switch {
	case d.is(k, "yo", "yof", "yom", "f", "m") && !d.is(k, "m", "f"), d.is(k, "y") && d.is(k+1, "/", ".", "o"), d.is(k, "yr", "yrs", "year", "years") && (d.is(k+1, "old", "-", "olds", "of", "young") || d.is(k+1, "o")):
		return true
	case d.is(i-1, "age", "aged", "turned", "turning", "turns", "ages") || d.is(i-1, "of") && d.is(i-2, "age"):
		return true
	case d.is(k, "f", "m") && d.at(k).casing == upper && d.at(k).gap != '\n':
		return true
	}
	next := d.at(end)
	bare := next.form == mark && next.text != "%" && next.text != "/" || next.gap == '\n' || d.is(end, "male", "female", "man", "woman", "m", "f", "client", "patient", "pt", "widow", "widower", "lady", "gentleman", "resident") || next.class.Has(lexicon.Function) && !next.class.Has(lexicon.Unit) || d.is(end, "and", "or")
	if d.has(i-1, lexicon.Kin) && (bare || d.has(end, lexicon.Says)) {
		return true
	}
	who := i == 0 || d.at(i-1).form == mark && d.is(i-1, ".", "(", ":") || d.at(i).gap == '\n' || d.is(i-1, "is", "was", "now", "nearly", "almost", "about", "a", "at", "the") || d.is(i-1, ",") && d.at(i-2).form == word && (d.has(i-2, lexicon.Kin|lexicon.Person) || d.isHit(i-2) || d.is(i-2, "ct", "cl", "pt", "clt"))
	return bare && who
}

// ageEnd takes in "yo", "years old", "-year-old".
func (d *doc) ageEnd(k int) int {
	for n := 0; n < 5; n++ {
		switch {
		case d.is(k, "yo", "yof", "yom", "year", "years", "yr", "yrs", "old", "y", "o"), d.is(k, "-", "/") && d.glued(k) && d.is(k+1, "year", "years", "yr", "old", "y", "o", "yo"):
			k++
		default:
			return k
		}
	}
	return k
}

func (d *doc) bornBefore(i int) bool {
	if d.is(i-1, "(") && d.is(i+1, ")", ",", "-") && d.has(i-2, lexicon.Kin|lexicon.Person|lexicon.Named) {
		return true // Mother (1927)
	}
	for k := i - 1; k >= max(0, i-9) && d.is(i-1, "says", "shows", "reads", "gives", "has", "states"); k-- {
		if d.is(k, "passport", "licence", "license", "certificate", "id", "papers", "card", "chart", "record", "records") {
			return true
		}
	}
	if d.is(i+1, "birth", "born", "baby") {
		return true
	}
	for k := i - 1; k >= max(0, i-4); k-- {
		if d.is(k, "born", "b", "birth", "dob", "birthyear", "yob", "né", "nee", "birthdate") {
			return true
		}
		if d.is(k, ".") && d.at(k+1).gap != 0 && !d.is(k-1, "b") {
			return false
		}
	}
	return false
}

var cardinals = map[string]int{
	"zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
	"ninety": 90,
}

// cardinal reads a number in words from i on, with "a hundred" before it taken
// as read by the caller, and returns its end and value.
func (d *doc) cardinal(i int) (end, value int) {
	k, total, current, last := i, 0, 0, 1000
	for ; k < len(d.t); k++ {
		t := &d.t[k]
		n, ok := cardinals[t.text]
		switch {
		case t.gap == '\n' && k > i:
			return k, total + current
		case ok && (n < 10 && last >= 20 && last%10 == 0 || n >= 10 && last >= 100 || n < 20 && last >= 100):
			current += n
			last = n
			if n >= 20 {
				last = n
			}
		case ok && k > i && current >= 19 && current <= 20 && n >= 10: // nineteen twenty-six
			current, last = current*100+n, n
		case t.text == "hundred":
			current, last = max(current, 1)*100, 100
		case t.text == "thousand":
			total, current, last = (total + max(current, 1)*1000), 0, 1000
		case t.text == "and" && (last == 100 || last == 1000) && d.has(k+1, lexicon.Number), t.text == "-" && t.gap == 0 && d.glued(k+1) && d.has(k+1, lexicon.Number):
		default:
			return k, total + current
		}
	}
	return k, total + current
}

// spelledDigits finds digits dictated in words: "six one four, five five five".
func (d *doc) spelledDigits() {
	for i := 0; i < len(d.t); i++ {
		mixed := figures(d.t[i].text) && d.has(i+1, lexicon.Number) && d.has(i+2, lexicon.Number) && !d.t[i].kept
		if !d.has(i, lexicon.Number) && !mixed || d.t[i].hit != "" {
			continue
		}
		end, digits, words := i, 0, 0
		for k := i; k < len(d.t) && (k == i || d.t[k].gap != '\n'); k++ {
			t := &d.t[k]
			n, ok := cardinals[t.text]
			switch {
			case ok && n < 10, t.form == number && len(t.text) == 1 && words > 0:
				digits++
				words++
			case figures(t.text) && (k == i || words > 1) && len(t.text) <= 4:
				digits += len(t.text)
				words++
			case t.class.Has(lexicon.Number):
				words++
			case t.form == mark && strings.Contains(",-.", t.text), d.is(k, "dash", "and", "then", "hyphen", "space", "ext", "extension") && words > 1:
				continue
			default:
				goto done
			}
			end = k + 1
		}
	done:
		cued := d.cue(i)
		last, _ := d.cardinal(i)
		switch {
		case end == i:
		case digits >= 5, words >= 4 && last < end && digits >= 3, cued != "" && words >= 3 && last < end, cued != "" && digits >= 3:
			d.hit(i, end, d.or(cued, Phone))
			i = end - 1
		default:
			i = max(i, last-1)
			if i > end {
				i = end
			}
		}
	}
}
