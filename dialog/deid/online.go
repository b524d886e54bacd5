package deid

import (
	"strings"

	"curbside/dialog/deid/internal/lexicon"
)

// markup finds what Slack and Discord put between angle brackets: mentions,
// channels, custom emoji, timestamps, and links with both of their halves.
func (d *doc) markup() {
	for i := 0; i < len(d.t); i++ {
		if !d.is(i, "<") || !d.glued(i+1) {
			continue
		}
		kind, ok := d.markupKind(i + 1)
		if !ok {
			continue
		}
		end := i + 1
		for end < min(len(d.t), i+longestLink) && !d.is(end, ">") && d.t[end].gap != '\n' {
			end++
		}
		if d.is(end, ">") {
			end++
		} else {
			end = d.chunkEnd(i)
		}
		d.hit(i, end, kind)
		i = end - 1
	}
}

// longestLink is how many tokens a link in angle brackets may have.
const longestLink = 200

func (d *doc) markupKind(i int) (Kind, bool) {
	switch {
	case d.is(i, "@", "#", "!", ":"), d.is(i, "a") && d.is(i+1, ":"), d.is(i, "/"):
		return Handle, true
	case d.is(i, "t") && d.is(i+1, ":"):
		return Date, true
	case d.is(i, "mailto"):
		return Email, true
	case d.is(i, "tel", "sms", "callto"):
		return Phone, true
	}
	for j := i; j < min(len(d.t), i+longestLink) && (j == i || d.t[j].gap == 0) && !d.is(j, "<"); j++ {
		switch {
		case d.is(j, "@"):
			return Email, true
		case d.is(j, "/") && d.is(j+1, "/"), d.topDomain(j):
			return URL, true
		}
	}
	return "", false
}

// chunkEnd returns the end of the run of tokens without space that holds i.
func (d *doc) chunkEnd(i int) int {
	for i++; i < len(d.t) && d.t[i].gap == 0; i++ {
	}
	return i
}

func (d *doc) forbidden() {
	if len(d.forbid) == 0 {
		return
	}
	for i := range d.t {
		if t := &d.t[i]; t.form != mark && (d.forbid[t.text] || d.forbid[strings.TrimSuffix(t.text, "s")]) {
			t.kept = false
			d.hit(i, i+1, d.nameKind(t.class))
		}
	}
}

var topDomains = wordsOf(`com net org edu gov mil int info biz io co dev app ai tv fm gg ly us uk ca au nz ie eu de fr es it nl
 be ch at se no dk fi pl cz pt gr ru ua in cn jp kr br mx ar cl za ng ke gh ph vn th sg my id pk bd il tr ae health care clinic
 blog online site xyz shop store social chat link page live news me cc to so test example invalid local localhost onion`)

// commonEnds are top domains that are words as well, so a missing space after a full stop is no domain.
var commonEnds = wordsOf("me us is it in so to at be no my health care clinic social chat link page live news store shop id de co an as am pm")

var fileEnds = map[string]Kind{
	"jpg": Photo, "jpeg": Photo, "png": Photo, "heic": Photo, "heif": Photo, "gif": Photo, "webp": Photo, "tif": Photo, "tiff": Photo,
	"bmp": Photo, "raw": Photo, "mp4": Photo, "mov": Photo, "avi": Photo, "mkv": Photo, "m4v": Photo, "mp3": Biometric, "wav": Biometric,
	"m4a": Biometric, "ogg": Biometric, "aac": Biometric, "pdf": Code, "doc": Code, "docx": Code, "xls": Code, "xlsx": Code, "csv": Code,
	"txt": Code, "rtf": Code, "zip": Code, "msg": Code, "eml": Code, "pptx": Code, "dcm": Photo,
}

// addressesOnline finds e-mail, web and network addresses, file names and
// handles, written plainly or in words.
func (d *doc) addressesOnline() {
	for i := 0; i < len(d.t); {
		if d.t[i].kept || d.t[i].hit != "" {
			i++
			continue
		}
		end := d.chunkEnd(i)
		if kind, ok := d.chunkKind(i, end); ok {
			from, to := d.trimmed(i, end)
			d.hit(from, to, kind)
		}
		i = end
	}
	for i := range d.t {
		d.emailInWords(i)
	}
}

// trimmed leaves the punctuation of the sentence out of a chunk.
func (d *doc) trimmed(i, j int) (int, int) {
	for i < j && d.is(i, "(", "\"", "'", "[", "<", ",", ";", "*") {
		i++
	}
	for j > i && d.is(j-1, ".", ",", ";", ":", "!", "?", ")", "\"", "'", ">", "*") {
		j--
	}
	return i, j
}

// longestDomain is how many labels and dots a domain may have.
const longestDomain = 40

func (d *doc) chunkKind(i, j int) (Kind, bool) {
	if t := &d.t[i]; j == i+1 && t.form == word && t.gap != 0 && t.text[0] != 'w' && t.text[0] != 'h' {
		return "", false // a word by itself, which is neither www nor hxxp
	}
	colons, hexes := 0, 0
	for k := i + 1; k < j-1; k++ {
		if d.is(k, "@") && d.t[k-1].form != mark && d.t[k+1].form != mark && d.domain(k+1, min(j, k+1+longestDomain)) {
			return Email, true
		}
	}
	for k := i; k < j; k++ {
		t := &d.t[k]
		switch {
		case t.hit != "":
			return "", false
		case t.text == "@" && k+1 < j && d.t[k+1].form != mark:
			if k > i && d.t[k-1].form != mark {
				continue
			}
			if d.t[k+1].form == word || letter(d.t[k+1].text[0]) {
				return Handle, true
			}
		case t.text == "@" && k > i && d.is(k-1, "[", "("), t.text == "at" && k > i+1 && d.is(k-1, "[", "(", "{") && d.glued(k-1) && d.is(k+1, "]", ")", "}"):
			return Email, true
		case t.text == "/" && d.is(k+1, "/") && k+1 < j, d.is(k, "www") && d.is(k+1, "."), t.text == "hxxp", t.text == "hxxps":
			return URL, true
		case t.text == "_" && k > i && k+1 < j && d.t[k-1].form != mark && d.t[k+1].form != mark:
			if kind, ok := fileEnds[d.at(j-1).text]; ok {
				return kind, true
			}
			return Handle, true
		case t.text == "#" && k+1 < j && d.t[k+1].form == word, t.text == "#" && k > i && d.t[k-1].form == word && k+1 < j && figures(d.t[k+1].text):
			return Handle, true
		case t.text == ":":
			colons++
		case d.topDomain(k):
			return URL, true
		}
		if t.form == number && hexadecimal(t.text) || t.form == word && len(t.text) <= 4 && hexadecimal(t.text) {
			hexes++
		}
		if k > i+1 && d.is(k-1, ".") {
			if kind, ok := fileEnds[t.text]; ok {
				return kind, true
			}
		}
	}
	if colons >= 2 && hexes >= 2 && d.address6(i, j) {
		return IP, true
	}
	return "", false
}

// topDomain reports whether token k ends a domain name.
func (d *doc) topDomain(k int) bool {
	t := d.at(k)
	if t.form != word || !topDomains.has(t.text) || t.gap != 0 {
		return false
	}
	before := k - 1
	if d.is(before, "]", ")") {
		before = k - 3
		if !d.is(k-2, ".", "dot") || !d.is(before, "[", "(") {
			return false
		}
	} else if !d.is(before, ".") {
		return false
	}
	name := d.at(before - 1)
	if name.form == mark || !d.glued(before) {
		return false
	}
	return !commonEnds.has(t.text) || d.is(k+1, "/") && d.glued(k+1) || name.form == number || name.hit == "" && d.is(before-2, ".", "-", "@") && d.glued(before-1)
}

// domain reports whether a domain name stands between i and j.
func (d *doc) domain(i, j int) bool {
	for k := i; k < j; k++ {
		if d.is(k, ".") && k+1 < j || d.is(k, "[", "(") && d.is(k+1, ".", "dot") {
			return true
		}
	}
	return false
}

func hexadecimal(s string) bool {
	for i := range len(s) {
		if !figure(s[i]) && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return true
}

// address6 reports IPv6 and hardware addresses: groups of hexadecimal digits.
func (d *doc) address6(i, j int) bool {
	i, j = d.trimmed(i, j)
	groups, letters := 0, false
	for k := i; k < j; k++ {
		t := &d.t[k]
		switch {
		case t.text == ":" || t.text == "/" || t.text == "%" || t.text == "." || t.text == "[" || t.text == "]":
		case t.form != mark && len(t.text) <= 4 && hexadecimal(t.text):
			groups++
			letters = letters || len(t.text) > 2 || t.form == word
		default:
			return false
		}
	}
	return groups >= 6 || groups >= 2 && letters && groups != 3 || groups >= 3 && strings.Contains(d.text[d.t[i].from:d.t[j-1].to], "::")
}

// emailInWords finds "candace at example dot net" from its "at" on.
func (d *doc) emailInWords(i int) {
	if d.t[i].hit != "" {
		return
	}
	switch text := d.t[i].text; {
	case text == "at", text == "@":
		from, to := d.localPart(i), d.domainInWords(i+1)
		if to > 0 && from < i && !d.has(from, lexicon.Function) && !(d.has(from, lexicon.Person|lexicon.Meets|lexicon.Says) && d.is(i+2, ".")) {
			d.hit(from, to, Email)
		}
	case text == "dot" && d.at(i-1).form != mark && d.at(i+1).form == word && topDomains.has(d.at(i+1).text):
		from := i - 1
		for from > 1 && (d.is(from-1, "dot") || d.is(from-1, "-") && d.glued(from)) && d.at(from-2).form != mark {
			from -= 2
		}
		d.hit(from, i+2, URL)
	}
}

// localPart returns where the part before an "at" starts.
func (d *doc) localPart(i int) int {
	from := i
	if d.is(from-1, "[", "(", "{") {
		from--
	}
	for from > 0 && d.at(from-1).form != mark && d.at(from-1).gap != '\n' {
		from--
		if d.is(from-1, "dot", "underscore", "dash", "plus", "hyphen") || d.glued(from) && d.is(from-1, ".", "_", "-", "+") {
			from--
			continue
		}
		break
	}
	return from
}

// domainInWords returns the end of a domain that starts at i, 0 for none.
func (d *doc) domainInWords(i int) int {
	if d.is(i, "]", ")", "}") {
		i++
	}
	if d.at(i).form == mark || d.at(i).gap == '\n' {
		return 0
	}
	end := 0
	for k := i + 1; k+1 < len(d.t); k++ {
		dots := 0
		switch {
		case d.is(k, "dot"), d.is(k, ".") && d.t[k+1].gap == 0, d.is(k, ".") && d.t[k].gap == ' ':
			dots = 1
		case d.is(k, "[", "(") && d.is(k+1, "dot", ".") && d.is(k+2, "]", ")"):
			dots = 3
		default:
			return end
		}
		k += dots
		if d.at(k).form == mark {
			return end
		}
		if topDomains.has(d.at(k).text) {
			end = k + 1
		}
	}
	return end
}
