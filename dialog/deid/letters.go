package deid

import "curbside/dialog/deid/internal/lexicon"

var slashed = wordsOf("w/ w/o s/p h/o c/o r/o r/t d/t d/c f/u b/c y/o a/o n/v i/o n/a m/f f/m w/c p/w d/w l/r u/o s/i h/i a/v a/h v/h o/p i/p t/c n/s c/w e/o w/d w/in s/s d/o s/n d/n d/c'd t/o v/s")

// letterCues stand before a letter that sorts things: type A, vitamin D, plan B.
var letterCues = wordsOf("vitamin hepatitis hep type plan cluster criterion criteria part axis schedule option grade group section step exhibit form item column letter bipolar appendix category class subpart title level tier phase stage model trimester strep factor medicare answer point")

// harmlessLetter decides on a word of one letter.
func (d *doc) harmlessLetter(i int) bool {
	t, prev, next := &d.t[i], d.at(i-1), d.at(i+1)
	switch {
	case t.disguised || t.accented:
		return false
	case next.text == ":" && d.glued(i+1) && t.casing != lower && t.opens || next.text == ":" && d.glued(i+1) && t.gap == '\n', next.text == ":" && t.text == "q":
		return sections.has(t.text)
	case t.text == "i" && !(prev.hit != "" && t.casing == initial && next.text == "."):
		return true
	case t.text == "a":
		return t.casing == lower || !d.cased || t.opens && !next.class.Has(lexicon.Says|lexicon.Meets) && next.form != mark || letterCues.has(prev.text) || d.is(i+1, "&", "/") && d.glued(i+1) || prev.text == "/" && d.glued(i)
	case next.text == "/" && d.glued(i+1) && (slashed.has(t.text+"/"+d.at(i+2).text) || slashed.has(t.text+"/")):
		return true
	case prev.text == "/" && d.glued(i) && slashed.has(d.at(i-2).text+"/"+t.text):
		return true
	case t.text == "s" && prev.text == "'" && d.glued(i) && d.at(i-2).form == number:
		return true
	case t.text == "k" && t.casing != lower && next.form == number && d.is(i+2, "."):
		return true // potassium
	case (t.text == "m" || t.text == "f") && d.is(i-1, "(") && d.is(i+1, ")"):
		return true // Ryan (f)
	case letterCues.has(prev.text) && next.text != "." && d.at(i).gap == ' ':
		return true
	case next.text == "&" && d.glued(i+1) || prev.text == "&" && d.glued(i):
		return true
	case prev.text == "(" && d.is(i+1, ")") && d.glued(i) && (d.at(i-2).form == number || d.is(i-2, ")")) && d.citationNear(i):
		return true
	case prev.form == number && t.gap != '\n' && t.class.Has(lexicon.Unit) && prev.hit == "":
		return true
	case d.glued(i) && prev.text == "-" && (d.has(i-2, lexicon.Clinical) || credentials.has(d.at(i-2).text)) || next.text == "-" && d.glued(i+1) && (d.has(i+2, lexicon.Clinical|lexicon.English) && d.at(i+2).class&lexicon.Surname1 == 0):
		return true
	case (t.text == "f" || t.text == "m") && next.text == "," && d.at(i+2).form == number, t.text == "w" && t.casing == lower && (next.form == word || next.placed || next.hit != "") && next.gap == ' ':
		return true
	case d.is(i+1, "pod", "wing", "block", "ward", "unit", "building", "dorm") && d.at(i+1).gap == ' ' && (t.casing != lower || d.is(i-1, "in", "on", "to", "from")) || d.is(i-1, "pod", "wing", "block", "dorm", "building", "ward", "unit") && (t.casing != lower || !d.is(i, "a", "i", "w", "s") && t.gap == ' '):
		return false
	case t.text == "q" && d.is(i-1, "quick", "another", "one", "same", "last", "general", "legal"):
		return true
	case t.casing == lower && t.text == "r" && next.form == word && prev.form == word:
		return true
	case t.casing == upper && d.is(i+1, "visa", "visas", "wave", "waves", "shaped"), t.casing == initial && d.is(i+1, "visa", "visas"):
		return true
	case t.text == "x":
		return next.form == number || prev.form == number || d.has(i+1, lexicon.Number)
	case t.casing == lower && (t.text == "u" || t.text == "n"):
		return true
	case t.text == "b" && next.text == "." && year(d.at(i+2).text):
		return true
	case (t.text == "y" || t.text == "n") && (prev.form == mark && prev.text != "." || next.text == "/"):
		return true
	case t.text == "v":
		return prev.gap == ' ' && next.text != ":"
	case t.text == "q" && (next.text == "&" || next.form == number), t.text == "o" && prev.text == "'":
		return true
	case t.class.Has(lexicon.Law) && d.citationNear(i):
		return true
	}
	return d.citationNear(i) && next.text == "."
}

// sections are the letters that head the parts of a note, a question or an answer.
var sections = wordsOf("s o a p d r i b q")

// obfuscated reports a word with signs for letters: L*renzo, M@ria, $arah,
// Tr!sta, or cut in two by a mark: Can.dace.
func (d *doc) obfuscated(i int) bool {
	t := &d.t[i]
	if !d.glued(i) && !d.glued(i+1) {
		return false
	}
	if d.is(i-1, "$", "@", "*", "!", "%", "^", "€", "£") && d.glued(i) && !d.is(i-1, "*", "!") {
		return !d.is(i-1, "@") || d.glued(i-1) && d.at(i-2).form == word
	}
	for _, k := range []int{i - 1, i + 1} {
		sign := d.at(k)
		other := k*2 - i
		if sign.form != mark || sign.text == "\n" || !d.glued(max(k, i)) || !d.glued(max(other, k)) || d.at(other).form == mark {
			continue
		}
		first, second := d.t[min(i, other)].text, d.t[max(i, other)].text
		joined := d.words.Classes(first + second)
		named := joined.Has(lexicon.Named) && !joined.Has(lexicon.Words20|lexicon.Words35|lexicon.Clinical|lexicon.Ordinary)
		switch sign.text {
		case "*", "@", "$", "%", "^", "~", "|", "=", "\\", "`", "{", "}":
			return true
		case "!", "+", "&", "(", ")":
			if named || !d.plain(min(i, other)) || !d.plain(max(i, other)) {
				return true
			}
		case ".", "-", "_", ",":
			if named && joined.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) && t.class.Has(lexicon.Words20) == d.at(other).class.Has(lexicon.Words20) || named && (!d.plain(i) || !d.plain(other)) {
				return true
			}
		}
	}
	return false
}

func (d *doc) plain(i int) bool {
	return d.t[i].class.Has(lexicon.Words20|lexicon.Words35|harmless) || d.t[i].form == number
}

// swear reports a part of a word that is starred out and no name.
func (d *doc) swear(i int) bool {
	if !(d.glued(i) && d.is(i-1, "*")) && !(d.glued(i+1) && d.is(i+1, "*")) {
		return false
	}
	from := i
	for from > max(0, i-6) && d.glued(from) && (d.is(from-1, "*") || d.at(from-1).form == word) {
		from--
	}
	letters, stars := "", 0
	for k := from; k < min(len(d.t), from+8) && (k == from || d.glued(k)); k++ {
		switch {
		case d.is(k, "*"):
			stars++
		case d.t[k].form == word:
			letters += d.t[k].text
		}
	}
	return stars > 0 && swears.has(letters)
}

// swears are what people star out: the letters that are left.
var swears = wordsOf("fck fcking fcked fcker fuk sht shtty btch btches bitc cnt dck dckhead pssy asshle slt whre wtf fk fking mothrfcker bllshit bstard dmn hll")

// shortWords are no half of a name, whatever they make with the letter beside them.
var shortWords = wordsOf("is he we of it us")

// splitWords finds names cut in two by a space: "Lo renzo".
func (d *doc) splitWords() {
	for i := 1; i < len(d.t); i++ {
		a, b := &d.t[i-1], &d.t[i]
		if a.form != word || b.form != word || b.gap != ' ' || (a.hit == "") == (b.hit == "") || a.possessive {
			continue
		}
		rest, other := a, b
		if a.hit != "" {
			rest, other = b, a
		}
		if other.hit != Name && other.hit != Unknown && other.hit != Place || rest.class.Has(lexicon.Function|lexicon.Kin|lexicon.Title) && (len(rest.text) > 2 || shortWords.has(rest.text)) || other.class.Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) {
			continue
		}
		if d.words.Classes(a.text+b.text).Has(lexicon.Given1|lexicon.Given2|lexicon.Surname1) || len(rest.text) < 4 && rest.class&lexicon.Words20 == 0 && d.words.Classes(a.text+b.text).Has(lexicon.Named) {
			d.hit(i-1, i+1, Name)
		}
	}
}
