package deid

import (
	"slices"
	"strings"
	"unicode/utf8"

	"curbside/dialog/deid/internal/lexicon"
)

// eachWord decides on every word: it stays only if a list declares it harmless
// and nothing around it says that it is somebody's name.
func (d *doc) eachWord() {
	for i := range d.t {
		t := &d.t[i]
		if t.form != word || t.hit != "" || t.kept {
			continue
		}
		if d.cuedName(i) {
			d.name(i)
			continue
		}
		switch {
		case d.swear(i):
		case t.foreign || t.disguised && t.class.Has(lexicon.Named|lexicon.Place), t.accented && !accents.has(t.text) && (!t.class.Has(lexicon.Words20) || t.class.Has(lexicon.Named|lexicon.Place)):
			d.name(i)
		case utf8.RuneCountInString(t.text) == 1:
			if !d.harmlessLetter(i) {
				d.hit(i, i+1, Name)
			}
		case len(d.allow) > 0 && (d.allow[t.text] || d.allow[strings.TrimSuffix(t.text, "s")]):
		case d.obfuscated(i):
			d.hit(i, i+1, d.nameKind(t.class))
		case !d.known(i) && !d.adjacent(i):
			d.name(i)
		case d.nameHere(i), d.bareSubject(i), d.bareOwner(i), d.ownsRelative(i), d.wholeFamily(i), d.saidToBeName(i), d.has(i, lexicon.Weekday) && d.daySubject(i):
			d.name(i)
			if d.fullName(i) {
				d.hit(i, i+2, Name)
			}
		}
	}
}

// accents are the English words that may be written with a diacritic.
var accents = wordsOf("cafe cafes naive naivete fiance fiances fiancee fiancees resume resumes cliche cliches facade protege protegee deja vu decor risque expose passe role coup melee regime elite creme brulee jalapeno pinata voila nee seance ingenue entree entrees puree saute matinee cortege emigre attache soiree papier mache a la uber doppelganger angst touche blase canape consomme crepe detente eclair raison detre detat sante jager menage meniere menieres sjogren guillain barre raynaud babinski espanol cooperate reenter reelect cooperation")

// name files token i as a name, or what the lists hold it for.
func (d *doc) name(i int) {
	d.hit(i, i+1, d.kindOf(i))
	if who, ok := kinName[d.at(i-1).text]; ok && d.t[i].hit == Name {
		d.t[i].place = d.placeOf(who)
	}
}

func (d *doc) kindOf(i int) Kind {
	c := d.t[i].class
	if c == 0 {
		w := d.t[i].text
		c = d.words.Classes(strings.ReplaceAll(w, "'", "")) | d.words.Classes(strings.TrimSuffix(w, "s"))&(lexicon.Named|lexicon.Place)
	}
	if c.Has(lexicon.Place) && (!c.Has(lexicon.Named) || d.placedBefore(i)) {
		return Place
	}
	return d.nameKind(c)
}

func (d *doc) nameKind(c lexicon.Class) Kind {
	switch {
	case c.Has(lexicon.Named):
		return Name
	case c.Has(lexicon.Place):
		return Place
	case c == 0:
		return Unknown
	}
	return Name
}

const harmless = lexicon.Function | lexicon.Clinical | lexicon.Kin | lexicon.Person | lexicon.Weekday | lexicon.Unit | lexicon.Number |
	lexicon.Ordinal | lexicon.Ordinary | lexicon.ShortDay | lexicon.Score | lexicon.Says | lexicon.Meets

// known reports whether some list declares the word harmless in some context.
func (d *doc) known(i int) bool {
	t := &d.t[i]
	c := t.class
	switch {
	case d.is(i+1, "-") && d.glued(i+1) && d.glued(i+2) && slices.Contains(prefixes, t.text) && d.has(i+2, lexicon.Words20|lexicon.Words35|lexicon.Function|lexicon.Clinical):
		return true // un-tell
	case len(t.text) == 2 && c&(lexicon.Words20|lexicon.Region|lexicon.Law|lexicon.Title|harmless) == 0:
		return false // two letters that hardly anybody knows as a word are initials
	case c.Has(lexicon.Words20|lexicon.Words35|harmless) || c.Has(lexicon.Title) && len(t.text) > 2 && c.Has(lexicon.English):
		return true
	case c.Has(lexicon.Eponym | lexicon.RegionName), d.spoken(i):
		return true
	case c.Has(lexicon.Words60):
		return (!c.Has(lexicon.Named) || d.rareWord(i)) && (!c.Has(lexicon.Place) || t.casing != initial || t.opens)
	case c.Has(lexicon.Title):
		return true
	case c.Has(lexicon.Words70) && c&(lexicon.Named|lexicon.Place) == 0:
		return true
	case c.Has(lexicon.Region | lexicon.Law):
		return d.regional(i)
	case c.Has(lexicon.EpoNoun | lexicon.Score | lexicon.Noun):
		return c&lexicon.Named == 0
	}
	return c&(lexicon.Named|lexicon.Place) == 0 && d.derived(t.text)
}

// rareWord reports a word of educated English that hardly anybody is called, in
// small letters where the text has capitals and nobody is spoken of.
func (d *doc) rareWord(i int) bool {
	t := &d.t[i]
	return t.casing == lower && d.capitals && t.class&(lexicon.Given1|lexicon.Given2|lexicon.Surname1|lexicon.Strong|lexicon.Place) == 0 && !t.possessive &&
		!d.has(i-1, lexicon.Kin|lexicon.Person|lexicon.Title|lexicon.Meets|lexicon.NameCue) && !d.has(i+1, lexicon.Says) && !beforeName.has(d.at(i-1).text) && !d.is(i+1, ",", "and") && d.at(i-1).form == word
}

// regional reports whether a short form of a state or of law reads as one.
func (d *doc) regional(i int) bool {
	t := &d.t[i]
	if len(t.text) > 3 || len(t.text) == 3 && t.class&(lexicon.Region|lexicon.Named) == 0 {
		return true
	}
	prev := d.at(i - 1)
	return t.casing == upper || d.is(i+1, ".") && prev.form == mark || t.class.Has(lexicon.Law) && d.citationNear(i) || prev.text == "," || prev.class.Has(lexicon.Function)
}

var prefixes = []string{"non", "un", "re", "over", "under", "pre", "post", "anti", "self", "mis", "out", "de", "co", "sub", "hyper", "hypo", "inter", "intra", "multi", "semi", "psycho", "neuro", "bio", "socio", "micro", "poly", "step", "tele", "ultra", "cyber", "counter", "trans"}

var suffixes = []string{"s", "es", "ed", "d", "ing", "ness", "ly", "less", "like", "wise", "er", "ers", "ation", "ability"}

// derived reports whether a word is made of a harmless one by prefix or suffix.
func (d *doc) derived(w string) bool {
	if drawn, ok := drawnOut(w); ok {
		return d.words.Classes(drawn).Has(lexicon.Words20|lexicon.Words35|lexicon.Function|lexicon.Ordinary) && !d.words.Classes(drawn).Has(lexicon.Given1|lexicon.Given2)
	}
	if stem, end, ok := strings.Cut(w, "'"); ok && (end == "d" || end == "ed" || end == "ing" || end == "ll" || end == "ve" || end == "re") {
		return d.words.Classes(stem).Has(lexicon.Clinical|lexicon.Ordinary|lexicon.Function|lexicon.Kin|lexicon.Words20) && !d.words.Classes(stem).Has(lexicon.Given1|lexicon.Given2)
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(w, p); ok && d.stem(rest) {
			return true
		}
	}
	if rest, ok := strings.CutSuffix(w, "s"); ok && len(rest) == 3 && d.words.Classes(rest)&(lexicon.Clinical|lexicon.Given1|lexicon.Given2|lexicon.Surname1) == lexicon.Clinical {
		return true // UTIs
	}
	if rest, ok := strings.CutSuffix(w, "s"); ok && len(rest) > 3 && d.words.Classes(rest)&(lexicon.Person|lexicon.Spot|lexicon.Generic) != 0 && d.words.Classes(rest)&(lexicon.Given1|lexicon.Given2) == 0 {
		return true // realtors
	}
	for _, s := range suffixes {
		if rest, ok := strings.CutSuffix(w, s); ok && (d.stem(rest) || d.stem(rest+"e") && s != "s" || len(rest) > 4 && rest[len(rest)-1] == rest[len(rest)-2] && d.stem(rest[:len(rest)-1])) {
			return true
		}
	}
	return false
}

// drawnOut shortens letters written three times and more: "sooo".
func drawnOut(w string) (string, bool) {
	var short []byte
	for i := range len(w) {
		if n := len(short); n > 0 && short[n-1] == w[i] && i+1 < len(w) && (w[i-1] == w[i] && w[i+1] == w[i] || i > 1 && w[i-2] == w[i]) || n > 0 && i > 1 && short[n-1] == w[i] && w[i-2] == w[i] {
			continue
		}
		short = append(short, w[i])
	}
	for n := len(short); n > 1 && short[n-1] == short[n-2]; n-- {
		short = short[:n-1]
	}
	return string(short), len(w)-len(short) >= 2
}

func (d *doc) stem(w string) bool {
	if len(w) < 4 {
		return false
	}
	c := d.words.Classes(w)
	return c.Has(lexicon.Words20|lexicon.Words35|lexicon.Clinical) && c&(lexicon.Given1|lexicon.Given2|lexicon.Surname1|lexicon.Strong) == 0
}
