package deid

import (
	"strconv"
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// dates finds dates finer than a year: with digits, with month names, with
// ordinals, and days of the calendar.
func (d *doc) dates() {
	for i := 0; i < len(d.t); i++ {
		t := &d.t[i]
		if t.hit != "" || t.kept {
			continue
		}
		switch {
		case t.form == number:
			end := d.chainEnd(i)
			if j, ok := d.dateChain(i, end); ok {
				d.hit(i, j, Date)
				i = j - 1
			} else if ordinalFigures(t.text) && d.dayOrdinal(i) {
				d.hit(d.article(i), i+1, Date)
			}
		case t.class.Has(lexicon.Month), t.class.Has(lexicon.MonthVerb) && d.monthNotVerb(i):
			from, to := d.aroundMonth(i)
			d.hit(from, to, Date)
			i = to - 1
		case t.class.Has(lexicon.Ordinal) && d.wordOrdinal(i):
			from := i
			if d.has(i-1, lexicon.Number) || d.is(i-1, "-") && d.glued(i) && d.has(i-2, lexicon.Number) {
				from = i - 1
				if d.is(from, "-") {
					from--
				}
			}
			d.hit(d.article(from), i+1, Date)
		default:
			if end := d.phrase(i, lexicon.Holiday); end > 0 {
				d.hit(i, end, Date)
				i = end - 1
			} else if t.class.Has(lexicon.Holiday) && !(t.text == "lent" || t.text == "tet" || t.text == "advent" || t.text == "ashura" || t.text == "epiphany") ||
				t.class.Has(lexicon.Holiday) && (t.casing == initial || d.is(i-1, "during", "for", "since", "before", "after")) {
				d.hit(i, i+1, Date)
			}
		}
	}
}

// article takes in "the" before token i.
func (d *doc) article(i int) int {
	if d.is(i-1, "the") && d.t[i].gap == ' ' {
		return i - 1
	}
	return i
}

// chainEnd returns the end of the run of numbers, month names and marks without
// space that starts at i.
func (d *doc) chainEnd(i int) int {
	end := i + 1
	for k := end; k < len(d.t) && d.t[k].gap == 0; k++ {
		if d.t[k].form == mark {
			if !strings.Contains("-./:,_\\", d.t[k].text) {
				break
			}
			continue
		}
		end = k + 1
	}
	return end
}

// dateChain reports whether the numbers from i on are a date, and its end.
func (d *doc) dateChain(i, end int) (int, bool) {
	var parts []string
	separators := ""
	for k := i; k < end; k++ {
		if d.t[k].form == mark {
			separators += d.t[k].text
		} else {
			parts = append(parts, d.t[k].text)
		}
	}
	switch {
	case len(parts) == 1 && len(parts[0]) == 8 && compactDate(parts[0]):
		return i + 1, true
	case len(parts) >= 3 && separators != "" && !strings.ContainsAny(separators, ",:"):
		a, b, c := atoi(parts[0]), atoi(strings.TrimSuffix(parts[1], "t")), atoi(strings.TrimRight(firstFigures(parts[2]), "t"))
		if year(parts[0]) && inRange(b, 1, 12) && inRange(c, 1, 31) || dayMonth(a, b) && (len(parts[2]) == 2 || year(parts[2])) && figures(parts[2]) {
			return end, true
		}
	case len(parts) >= 3 && (separators == ".," || separators == "/,"):
		return i + 3, dayMonth(atoi(parts[0]), atoi(parts[1]))
	case len(parts) == 2:
		return d.shortDate(i, parts, separators)
	}
	if len(parts) > 2 && len(separators) > 1 && (separators[0] == '/' || separators[0] == '-') && dayMonth(atoi(parts[0]), atoi(parts[1])) && len(parts[0]) <= 2 && separators[0] != separators[1] {
		return end, true
	}
	return 0, false
}

// shortDate decides on "6/30", "6-30", "30.6", "6/2021", "2021-06".
func (d *doc) shortDate(i int, parts []string, separators string) (int, bool) {
	a, b := atoi(parts[0]), atoi(parts[1])
	end := i + 3
	switch {
	case !figures(parts[0]) || !figures(parts[1]) || len(separators) != 1:
		return 0, false
	case separators == "/" && (inRange(a, 1, 12) && year(parts[1]) || year(parts[0]) && inRange(b, 1, 12)):
		return end, true
	case separators == "-" && (year(parts[0]) && len(parts[1]) == 2 && inRange(b, 1, 12) || inRange(a, 1, 12) && year(parts[1])):
		return end, true
	case separators == "." && inRange(a, 1, 12) && year(parts[1]):
		return end, true
	case len(parts[0]) > 2 || len(parts[1]) > 2 || !dayMonth(a, b):
		return 0, false
	case separators == "/":
		return end, !d.fraction(i, a, b)
	case separators == "-", separators == ".":
		return end, d.dateCue(i) || len(parts[1]) == 2 && parts[1][0] == '0' && separators == "-"
	}
	return 0, false
}

// fraction reports whether a/b at i is a score, a share or a rate, not a date.
func (d *doc) fraction(i, a, b int) bool {
	next := d.at(i + 3)
	switch {
	case d.dateCue(i), d.is(i-1, "and", "or", "&", ",") && d.isHit(i-2) && d.t[i-2].hit == Date, d.is(i-1, "the") && daysOf.has(next.text):
		return false
	case a <= b && scales.has(d.at(i-1).text):
		return true // GDS 3/15
	case inRange(a, 1, 12) && (b == 11 || b == 13 || b == 14 || b == 17 || b == 18 || b == 19 || b == 22 || b == 23 || b == 26 || b == 28 || b == 29 || b == 31):
		return false // nothing is scored out of so many: her 4/18 PHQ
	case a == 24 && b == 7, a == 12 && b == 7:
		return true
	case next.class.Has(lexicon.Unit|lexicon.Score) && next.form == word && next.gap != '\n' && !next.class.Has(lexicon.Weekday) && !d.is(i+3, "to", "or", "and", "of", "at", "a"):
		return true
	case (b == 10 || b == 5 || b == 4 || b == 3 || b == 9 || b == 27 && a <= 27 || b == 30 || b == 21 || b == 100) && a <= b && d.scoreNear(i):
		return true
	}
	return a == 1 && (b == 2 || b == 3 || b == 4) && (next.class.Has(lexicon.Noun) || d.is(i+3, "of", "a", "bottle", "pint", "gallon") || d.is(i-1, "-") || figures(d.at(i-1).text))
}

// scoreNear reports whether a word of scales stands close before or after token i.
func (d *doc) scoreNear(i int) bool {
	for k := i - 1; k >= max(0, i-6) && d.t[k].text != "." && d.t[k+1].gap != '\n'; k-- {
		if d.has(k, lexicon.Score) && d.t[k].form == word {
			return true
		}
	}
	for k := i + 3; k < min(len(d.t), i+6); k++ {
		if d.t[k].gap == '\n' || d.is(k, ".", ";") {
			break
		}
		if d.has(k, lexicon.Score) && d.t[k].form == word {
			return true
		}
	}
	return false
}

func (d *doc) dateCue(i int) bool {
	k := i - 1
	for d.is(k, "(", ":", "\"") {
		k--
	}
	return dateCues.has(d.at(k).text) ||
		d.has(k, lexicon.Weekday|lexicon.ShortDay) || d.is(k, ",") && d.has(k-1, lexicon.Weekday)
}

func dayMonth(a, b int) bool {
	return inRange(a, 1, 12) && inRange(b, 1, 31) || inRange(a, 1, 31) && inRange(b, 1, 12)
}

func compactDate(s string) bool {
	if !figures(s) {
		return false
	}
	return year(s[:4]) && inRange(atoi(s[4:6]), 1, 12) && inRange(atoi(s[6:]), 1, 31) || year(s[4:]) && dayMonth(atoi(s[:2]), atoi(s[2:4]))
}

func inRange(n, low, high int) bool { return n >= low && n <= high }

// atoi returns -1 for what is no short number.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 4 {
		return -1
	}
	return n
}

func firstFigures(s string) string {
	for i := range len(s) {
		if !figure(s[i]) {
			return s[:i]
		}
	}
	return s
}

func ordinalFigures(s string) bool {
	n := firstFigures(s)
	return n != "" && len(n) <= 3 && (s[len(n):] == "st" || s[len(n):] == "nd" || s[len(n):] == "rd" || s[len(n):] == "th")
}

// dayOrdinal reports whether "30th" at i counts days and not sessions.
func (d *doc) dayOrdinal(i int) bool {
	k := i + 1
	if d.is(k, "-", "/") {
		k++
	}
	if d.is(k, "or", "and", "to") && ordinalFigures(d.at(k+1).text) {
		k += 2
	}
	next := d.at(k)
	if next.form != word || next.gap == '\n' {
		return true
	}
	return !next.class.Has(lexicon.Noun) && !(next.class.Has(lexicon.Kin) && !d.is(i-1, "on")) || d.is(k, "of", "in", "or", "one", "two", "three") || d.is(k, "day", "time") && d.is(k+1, "of")
}

// wordOrdinal reports whether an ordinal in words is a day of a month.
func (d *doc) wordOrdinal(i int) bool {
	k := i + 1
	if d.is(k, "-") {
		k++
	}
	next := d.at(k)
	if d.is(k, "of") && (d.has(k+1, lexicon.Month|lexicon.MonthVerb) || d.is(k+1, "the", "this", "next", "last") && d.is(k+2, "month")) {
		return true
	}
	if d.is(i, "first", "second", "third") {
		compound := (d.has(i-1, lexicon.Number) && d.at(i).gap == ' ' || d.is(i-1, "-") && d.has(i-2, lexicon.Number)) && !next.class.Has(lexicon.Noun)
		return compound || d.is(i-1, "the") && d.is(i-2, "on", "by", "since", "until", "till", "from", "before", "after") && (next.form != word || next.gap == '\n' || next.class.Has(lexicon.Function) && !d.is(k, "one"))
	}
	if next.form == word && next.gap != '\n' && next.class.Has(lexicon.Noun|lexicon.Kin) && !d.is(k, "in", "or", "one", "two", "three") {
		return false
	}
	return d.is(i-1, "the", "on", "by", "-") || d.has(i-1, lexicon.Number|lexicon.Month) || next.form != word
}

// monthNotVerb reports whether may, march, mar … is the month.
func (d *doc) monthNotVerb(i int) bool {
	t, next := &d.t[i], d.at(i+1)
	if figures(firstFigures(next.text)) && next.gap != '\n' || figures(firstFigures(d.at(i-1).text)) && t.gap == ' ' && d.at(i-1).form == number && (!d.is(i, "may") || next.form == mark || next.gap == '\n') || d.is(i+1, ".") && figures(d.at(i+2).text) {
		return true
	}
	if beforeMonth.has(d.at(i-1).text) || d.is(i+1, "the") && d.has(i+2, lexicon.Ordinal) || d.is(i+1, "/", "-") && d.has(i+2, lexicon.Month|lexicon.MonthVerb) {
		if d.is(i-1, "-") && !d.glued(i) {
			return false
		}
		return !(d.is(i, "may", "march") && d.is(i-1, "this", "that", "in", "after", "before", "of", "by") && d.is(i+1, "not", "be", "have", "also", "need", "have"))
	}
	return t.casing == initial && d.cased && !t.opens || d.is(i, "mai") || d.is(i, "mars") && d.is(i-1, "le", "en")
}

// aroundMonth takes in the day, the ordinal, the year and "mid-".
func (d *doc) aroundMonth(i int) (int, int) {
	from, to := i, i+1
	for from > 0 && d.t[from].gap != '\n' {
		p := d.at(from - 1)
		switch {
		case p.form == number && inRange(atoi(firstFigures(p.text)), 1, 31), p.class.Has(lexicon.Ordinal), p.class.Has(lexicon.Number) && (d.has(from, lexicon.Ordinal) || d.is(from, "-")):
		case d.is(from-1, "of", "de", "the") && (d.at(from-2).form == number || d.has(from-2, lexicon.Ordinal)):
		case d.is(from-1, "mid", "early", "late"), d.is(from-1, "-", "/", ".") && d.glued(from):
		default:
			goto after
		}
		from--
	}
after:
	for to < len(d.t) && d.t[to].gap != '\n' {
		t := d.at(to)
		switch {
		case t.form == number && d.is(to-1, "'") && len(t.text) == 2, t.form == number && len(t.text) <= 4 && !strings.HasSuffix(t.text, "m") && !d.has(to+1, lexicon.Clinical), t.class.Has(lexicon.Ordinal):
		case t.class.Has(lexicon.Number) && (d.has(to+1, lexicon.Ordinal) || d.is(to+1, "-") || d.is(to-1, "-") || !d.has(to+1, lexicon.Unit|lexicon.Noun)):
		case d.is(to, "the", "of", "de", ",") && (d.has(to+1, lexicon.Ordinal|lexicon.Number) || figures(firstFigures(d.at(to+1).text)) && !d.is(to, "of") || d.is(to+1, "thirty", "twenty")):
		case d.is(to, ",") && d.is(to+1, "'") && d.glued(to+2) && figures(d.at(to+2).text) && len(d.at(to+2).text) == 2, d.is(to, "'") && d.glued(to+1) && figures(d.at(to+1).text) && len(d.at(to+1).text) == 2:
		case d.is(to, ".", "-", "/") && d.glued(to) && d.at(to+1).form != mark && (d.at(to+1).form == number || d.has(to+1, lexicon.Month|lexicon.Ordinal|lexicon.Number)):
		default:
			return from, to
		}
		to++
	}
	return from, to
}

// daysOf are what a day is named for: the 4/11 visit.
var daysOf = wordsOf("visit visits session sessions appointment appointments appt meeting hearing note notes intake incident call admission")

// scales are given as so many of so many.
var scales = wordsOf("gds moca mmse slums phq gad pcl bdi bai hamd madrs bprs epds audit dast cage ciwa cows gcs fas cars suds")

// dateCues lead to a date.
var dateCues = wordsOf(`out released release on since dated dob until till til thru effective starting begins beginning due eff dos before after around circa seen admitted discharged
discharge admit intake birthday bday born date by scheduled hearing court`)

// beforeMonth make a word the month.
var beforeMonth = wordsOf("mid early late last this next since until till during of in by before after through thru - /")
