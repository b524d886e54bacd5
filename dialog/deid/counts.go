package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

var standing = wordsOf("911 988 211 311 811 5150 5250 5585 1799 5270 1013 2013 504 1099 741741 3d 2d 1st 2nd 3rd 24hr 24h 24 360 401k 1on1 4th 5th 2x 3x 1x 4x bp1 bp2")

// harmlessChain reports whether the numbers from i to end identify nobody.
func (d *doc) harmlessChain(i, end int) bool {
	t := &d.t[i]
	s := t.text
	whole := d.text[t.from:d.t[end-1].to]
	switch {
	case t.foreign || strings.IndexByte(whole, '_') >= 0 || t.disguised && len(whole) > 4:
		return false
	case standing.has(whole):
		return true
	case t.class.Has(lexicon.Clinical):
		return end == i+1 || end == i+3 && len(d.t[i+2].text) <= 3
	case d.clinicalCode(i, end):
		return true
	case d.attached(i, end):
		return true
	}
	if d.height(i) {
		d.keep(i, i+3)
		return true
	}
	if d.is(end, "%") && len(whole) <= 5 {
		return true
	}
	if d.is(i-1, "$", "£", "€") && d.glued(i) && len(s) <= 7 {
		return true
	}
	if ordinalFigures(s) {
		return end == i+1 || end == i+3 && d.has(i+2, lexicon.Noun)
	}
	if d.clock(i, end) || d.ranged(i, end) {
		return true
	}
	if end > i+1 {
		return d.harmlessPair(i, end)
	}
	if strings.HasSuffix(s, "s") && d.decade(i) {
		return true
	}
	if !figures(s) {
		return d.gluedUnit(i, s)
	}
	return d.harmlessInteger(i, s)
}

// attached reports numbers tied to a clinical word: PHQ-9, DSM-5, COVID-19.
func (d *doc) attached(i, end int) bool {
	if len(d.t[i].text) > 3 || end > i+1 && d.t[end-1].form == number {
		return false
	}
	if d.is(i-1, "-") && d.glued(i) && d.glued(i-1) {
		c := d.at(i - 2).class
		return (c.Has(lexicon.Clinical) || d.is(i-2, "sf", "k", "f", "t", "z", "omega", "vitamin", "twelve", "catch", "mid", "title", "cat", "top")) && !c.Has(lexicon.Record) && figures(d.t[i].text)
	}
	return false
}

// clinicalCode reports diagnosis and procedure codes.
func (d *doc) clinicalCode(i, end int) bool {
	s := d.text[d.t[i].from:d.t[end-1].to]
	n := strings.ReplaceAll(s, ".", "")
	if figures(s) && len(s) == 5 && s >= "90785" && s <= "90899" && d.is(i-1, "(") && !d.has(i-2, lexicon.Place|lexicon.Region) {
		return true // (90846)
	}
	near := d.near(i, end, codeWords)
	if len(n) >= 3 && len(n) <= 7 && n[0] >= 'a' && n[0] <= 'z' && figure(n[1]) && figure(n[2]) {
		dot := strings.IndexByte(s, '.')
		return dot == 3 && strings.Count(s, ".") == 1 && len(n) <= 7 || near && end == i+1 && len(n) <= 4
	}
	if near && figures(s) && len(s) == 5 && (s >= "90785" && s <= "90899" || s >= "96105" && s <= "96171" || s >= "97151" && s <= "97158" || s >= "99201" && s <= "99499") {
		return true
	}
	return near && len(s) == 6 && s[3] == '.' && figures(n) && inRange(atoi(s[:3]), 290, 319)
}

// near reports whether one of the words stands within three tokens.
func (d *doc) near(i, end int, words *vocabulary) bool {
	for k := max(0, i-4); k < min(len(d.t), end+3); k++ {
		if (k < i || k >= end) && words.has(d.t[k].text) {
			return true
		}
	}
	return false
}

// codeWords stand beside the codes of diagnoses and procedures.
var codeWords = wordsOf("icd icd10 dsm dx cpt code codes billed billing bill diagnosis diagnosed dxs hcpcs modifier rule ddx")

// clock reports times of day.
func (d *doc) clock(i, end int) bool {
	s := d.text[d.t[i].from:d.t[end-1].to]
	s = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(s, "m"), "a"), "p")
	h, m, colon := strings.Cut(s, ":")
	if colon {
		return figures(h) && figures(m) && len(h) <= 2 && len(m) == 2 && atoi(h) < 25 && atoi(m) < 60
	}
	return len(s) < len(d.text[d.t[i].from:d.t[end-1].to]) && figures(h) && len(h) <= 2 && atoi(h) <= 12
}

// harmlessPair decides on two numbers with a mark between them: 2-3 times,
// 120/80, 4/10, 0.5 mg, 10,000 steps, 1:1.
func (d *doc) harmlessPair(i, end int) bool {
	if end != i+3 || d.t[i+1].form != mark || d.t[i+2].form == mark {
		return d.agePhrase(i, end)
	}
	left, right, sep := d.t[i].text, d.t[i+2].text, d.t[i+1].text
	unit := d.measured(i, end) || d.is(end, "%")
	rightFigures := firstFigures(right)
	if !figures(left) {
		return (sep == "-" || sep == "/" && d.t[i+2].class.Has(lexicon.Unit)) && d.gluedUnit(i, left) && d.t[i+2].class.Has(lexicon.English|lexicon.Clinical|lexicon.Unit)
	}
	if rightFigures == "" {
		return d.agePhrase(i, end) || sep != "." && len(left) <= 3 && d.t[i+2].class.Has(lexicon.Unit|lexicon.Noun|lexicon.English)
	}
	if rightFigures != right && !d.words.Classes(right[len(rightFigures):]).Has(lexicon.Unit) {
		return false
	}
	unit = unit || rightFigures != right
	switch sep {
	case ".":
		return len(left) <= 2 && len(right) == 1 || len(left) <= 3 && len(rightFigures) <= 3 && (unit || d.scoreNear(i)) || left == "0" && len(rightFigures) <= 2 || len(left) == 1 && len(rightFigures) <= 2 && d.clinicalBefore(i)
	case ",":
		return len(rightFigures) == 3 && len(left) <= 3 && (unit || d.is(i-1, "$")) || len(left) <= 2 && len(rightFigures) <= 2 && (unit || d.scoreNear(i))
	case "/":
		if inRange(atoi(left), 60, 260) && inRange(atoi(rightFigures), 30, 160) {
			return true
		}
		return len(left) <= 2 && len(rightFigures) <= 3 && (unit || d.scoreNear(i) || d.fraction(i, atoi(left), atoi(rightFigures))) || left == "50" && right == "50"
	case ":":
		return len(left) == 1 && len(right) == 1
	case "-":
		return len(left) <= 3 && len(rightFigures) <= 3 && (unit || d.scoreNear(i) || d.is(i-1, "ages", "aged", "age", "grades", "grade", "steps", "weeks", "sessions", "items", "between", "chapters", "questions")) || year(left) && (year(right) || len(right) == 2)
	}
	return false
}

// ranged reports the first half of "2 or 3 drinks", "14 out of 27", "3 of 5".
func (d *doc) ranged(i, end int) bool {
	if !figures(d.t[i].text) || len(d.t[i].text) > 3 || end != i+1 {
		return false
	}
	if d.is(end, "or", "to", "-", "of", "and", "vs") || d.is(end, "out") && d.is(end+1, "of") {
		k := end + 1
		if d.is(end, "out") {
			k++
		}
		if n := d.at(k); n.form == number && figures(n.text) && len(n.text) <= 3 {
			if d.is(end, "of", "out") || d.measured(k, k+1) || d.scoreNear(i) {
				d.t[k].kept = true
				return true
			}
			return d.is(end, "and") && d.harmlessInteger(i, d.t[i].text)
		}
	}
	return false
}

// clinicalBefore reports a word of the clinic shortly before token i.
func (d *doc) clinicalBefore(i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		if d.t[k].form == mark {
			return false
		}
		if d.has(k, lexicon.Clinical) {
			return true
		}
	}
	return false
}

func (d *doc) decade(i int) bool {
	s := strings.TrimSuffix(strings.TrimSuffix(d.t[i].text, "s"), "'")
	if year(s) {
		return true
	}
	return len(s) == 2 && figures(s) && s[1] == '0' && s < "90"
}

// gluedUnit reports "50mg", "3x", "34yo", "6wks", "x3", "q4h".
func (d *doc) gluedUnit(i int, s string) bool {
	n := firstFigures(s)
	if n == "" {
		return len(s) <= 4 && (s[0] == 'x' || s[0] == 'q') && figures(firstFigures(s[1:])) && (len(firstFigures(s[1:])) == len(s)-1 || d.words.Classes(s[1+len(firstFigures(s[1:])):]).Has(lexicon.Unit))
	}
	suffix := s[len(n):]
	if len(n) > 4 || len(n) > 3 && len(suffix) == 1 {
		return false
	}
	return d.words.Classes(suffix).Has(lexicon.Unit) || suffix == "yof" || suffix == "yom" || suffix == "oclock" || suffix == "x" || suffix == "hx" || suffix == "wk" || suffix == "ish" && len(n) <= 2
}

// harmlessInteger decides on a bare whole number.
func (d *doc) harmlessInteger(i int, s string) bool {
	n := atoi(s)
	next := d.at(i + 1)
	unit := d.measured(i, i+1)
	switch {
	case len(s) > 4:
		return len(s) == 5 && unit && d.is(i+1, "iu", "mg", "steps", "calories", "dollars", "units", "mcg", "people", "bucks")
	case d.listItem(i):
		return true
	case d.has(i+1, lexicon.Street) && !d.has(i+1, lexicon.English) || d.has(i+2, lexicon.Street) && d.at(i+1).form == word && !d.has(i+2, lexicon.Function) && !unit:
		return false
	case d.at(i+1).form == number && figures(d.at(i+1).text) && next.gap == ' ' && !d.measured(i+1, i+2):
		return false
	case year(s):
		return !d.is(i-1, "#")
	case len(s) == 4:
		return unit || d.dosed(i) || d.militaryTime(i, s)
	case d.agePhrase(i, i+1):
		return true
	case unit:
		return true
	case d.dosed(i):
		return true
	case len(s) <= 3 && d.is(i-1, "|") && d.at(i-2).form == number && d.at(i-2).kept:
		return true // 50 → 100
	case n >= 90 && n <= 125:
		return (d.plural(i+1) || d.is(i-1, "of") && d.is(i-2, "list", "total", "group", "score", "class", "crowd", "max", "maximum", "minimum", "pulse", "systolic") || d.scoreNear(i) || d.afterDrug(i) || d.has(i+1, lexicon.Clinical) && d.at(i+1).gap == ' ' || d.is(i+1, "more") && d.at(i-2).form != mark) && !d.is(i-1, "is", "was", "turned", "turning", "aged", "age")
	case len(s) == 3 && d.is(i+1, "of") && d.is(i+2, "our", "the", "my", "their", "her", "his", "them", "us") && cues[d.at(i-1).text] == "":
		return true
	case len(s) == 3:
		return d.scoreNear(i) || d.is(i-1, "bp", "hr", "hits", "weighs", "weighed", "lbs", "x") || d.afterDrug(i) || d.plural(i+1) && cues[d.at(i-1).text] == ""
	}
	return d.smallCount(i, n)
}

// smallCount decides on one or two digits that nothing has measured. They tell
// little, and stand unless something beside them numbers a person, a day or a door.
func (d *doc) smallCount(i, n int) bool {
	prev, next := d.at(i-1), d.at(i+1)
	switch {
	case d.is(i+1, ")") && d.is(i-2, "(") && n <= 89:
		return true // an age behind a name
	case n <= 89 && d.ageBehindName(i):
		return true
	case prev.text == "#" || prev.text == "@" || prev.class.Has(lexicon.Month|lexicon.MonthVerb) && !d.is(i-1, "may", "march", "sat", "sun", "mar") || next.class.Has(lexicon.Month) && next.gap != '\n' && n <= 31:
		return false
	case prev.hit == "" && !prev.placed && doors.has(prev.text) || d.is(i-1, ".") && doors.has(d.at(i-2).text) && len(d.at(i-2).text) < 5:
		return false
	case d.is(i-1, "'") && d.glued(i) && d.at(i-2).form != number && (inRange(n, 27, 36) || len(d.t[i].text) != 2), d.is(i+1, "?") && d.at(i+2).form == number, prev.form == number && prev.hit != "":
		return false
	case prev.text == "&":
		return d.at(i-2).form == number && d.at(i-2).kept
	case prev.hit != "" && prev.gap != 0 && prev.form == word, next.hit != "" && next.form == word && d.at(i+1).gap == ' ' && next.hit != Name:
		return false
	case next.casing == initial && compass.has(next.text) && next.gap == ' ' && d.cased:
		return false
	case d.cased && prev.form == word && prev.casing == initial && !prev.opens && prev.class&(lexicon.Clinical|lexicon.Score|lexicon.Function|lexicon.Weekday|lexicon.Eponym|lexicon.Capital|lexicon.Kin) == 0 && !d.is(i-1, "victim", "minor", "child", "witness", "respondent", "subject"):
		return false // "Motel 6", "Courtroom 3"
	case !d.cased && prev.form == word && prev.class&(lexicon.English|lexicon.Clinical|lexicon.Kin) == 0:
		return false
	}
	return true
}

// ageBehindName reports "Mohammed 15, Muhammad 8 (cousins)".
func (d *doc) ageBehindName(i int) bool {
	prev := d.at(i - 1)
	named := prev.class.Has(lexicon.Given) && !prev.class.Has(lexicon.Weak|lexicon.Words20) && prev.hit == "" && d.at(i-2).form != word || prev.placed && strings.HasPrefix(prev.text, "[name")
	return named && d.t[i].gap == ' ' && (d.is(i+1, "(", "and", "&") || d.is(i+1, ",", ";") && !d.glued(i+2))
}

// doors are what a short number beside them picks out for one place, vehicle or group.
var doors = wordsOf("cottage tower pavilion villa quad module hall pod unit ward floor wing apt apartment suite ste room rm bed cell bldg building trailer dorm cabin lot gate box locker exit route rt rte hwy highway interstate channel district precinct station engine ladder squad platoon company troop battalion regiment lodge local post camp house number no ps flight bus train seat track section block division courtroom chair bay booth stall berth bunk tent crib isolette stretcher dept department store site spot slot slip pier dock terminal pump table lane road rd street st avenue ave mile marker milepost parcel plot case file badge student inmate employee member chart id code pin extension ext")

var compass = wordsOf("north south east west northeast northwest southeast southwest")

// dosed reports a number of at most three digits before "qhs" and its kin.
func (d *doc) dosed(i int) bool {
	return len(d.t[i].text) <= 4 && d.at(i+1).gap == ' ' && d.is(i+1, "qhs", "qam", "qpm", "bid", "tid", "qid", "prn", "daily", "hs", "xr", "xl", "sr", "po", "nightly")
}

// plural reports things that a number counts: "300 charts".
func (d *doc) plural(i int) bool {
	t := d.at(i)
	return t.form == word && t.gap == ' ' && t.casing == lower && strings.HasSuffix(t.text, "s") && !strings.HasSuffix(t.text, "ss") && t.class.Has(lexicon.Words20|lexicon.Words35) && !t.class.Has(lexicon.Function|lexicon.Says|lexicon.Street|lexicon.Number)
}

// afterDrug reports a dose without its unit: "paliperidone 156".
func (d *doc) afterDrug(i int) bool {
	p := d.at(i - 1)
	return p.form == word && p.class.Has(lexicon.Clinical) && (len(p.text) > 5 || d.cased && p.casing != lower && !p.class.Has(lexicon.Record) && len(p.text) > 1) && d.t[i].gap == ' ' && cues[p.text] == ""
}

// militaryTime reports "at 1015".
func (d *doc) militaryTime(i int, s string) bool {
	if s[0] == '0' && atoi(s[:2]) < 24 && atoi(s[2:]) < 60 && (d.at(i-1).form == mark && d.is(i-1, ".", ":") && d.at(i).gap == ' ' || d.at(i).gap == '\n') && d.at(i+1).form == word && cues[d.at(i-2).text] == "" {
		return true // a log: 0115 awake
	}
	if valid := atoi(s[:2]) < 24 && atoi(s[2:]) < 60; valid && d.at(i-1).form == word && d.at(i-1).hit == "" && d.t[i].gap == ' ' && cues[d.at(i-1).text] == "" && cues[d.at(i-2).text] == "" && (s[0] == '0' || (s[3]-'0')%5 == 0 && (d.at(i+1).form == mark || d.at(i+1).gap == '\n')) && (beforeClock.has(d.at(i-1).text) || d.verbForm(i-1)) {
		return true // slept 0200, meds given 2130
	}
	return d.is(i-1, "at", "until", "til", "till", "by", "around", "approx", "after", "before", "since", "@") && atoi(s[:2]) < 24 && atoi(s[2:]) < 60 && ((s[3]-'0')%5 == 0 || s[0] == '0') && cues[d.at(i-2).text] == "" && (s[0] == '0' || (d.ends(i+1) || d.has(i+1, lexicon.ShortDay)) && !d.is(i-2, "lives", "live", "lived", "living", "house", "home", "resides", "staying", "stays", "address", "moved") || d.clockBefore(i-2) || d.at(i-2).class.Has(lexicon.Clinical))
}

// clockBefore reports what goes before a time of day at token i or shortly
// before it: "left Cedar Hall at 1130".
func (d *doc) clockBefore(i int) bool {
	for k := i; k >= i-3 && d.at(k).form == word; k-- {
		if beforeClock.has(d.at(k).text) {
			return true
		}
	}
	return false
}

// height reports the feet of 5'1", with the inches behind them.
func (d *doc) height(i int) bool {
	feet, inches := d.t[i].text, d.at(i+2)
	return len(feet) == 1 && inRange(atoi(feet), 3, 7) && d.is(i+1, "'") && d.glued(i+1) && d.glued(i+2) && inches.form == number && inRange(atoi(inches.text), 0, 11)
}

// listItem reports "1." and "2)" at the start of a line.
func (d *doc) listItem(i int) bool {
	return d.t[i].gap == '\n' && len(d.t[i].text) <= 2 && d.is(i+1, ".", ")") && d.glued(i+1)
}

// agePhrase reports ages up to 89: "34 y/o", "34-year-old", "34 F".
func (d *doc) agePhrase(i, end int) bool {
	n := firstFigures(d.t[i].text)
	if n == "" || len(n) > 2 || atoi(n) > 89 {
		return false
	}
	k := i + 1
	if d.is(k, "-") {
		k++
	}
	return d.is(k, "year", "years", "yr", "yrs", "month", "months", "mo", "week", "weeks", "day", "yo", "yof", "yom") || d.is(k, "y") && d.is(k+1, "/", ".", "o") ||
		end == i+1 && d.is(k, "f", "m", "nb", "mtf", "ftm") && (d.at(k).gap == 0 || d.at(k).casing == upper)
}

// beforeClock go before a time of day without a colon.
var beforeClock = wordsOf("slept given ama stood sat ate woke fell rang came went done mattress call bed home sandwich back left group meds seen returned arrived called and asleep awake up shift started ended over")
