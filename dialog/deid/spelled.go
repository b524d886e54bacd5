package deid

import (
	"slices"
	"strings"
	"unicode/utf8"

	"curbside/dialog/deid/internal/lexicon"
)

// spacedLetters finds words written one letter at a time: "C a n d a c e",
// "c.a.n", "T.N.".
func (d *doc) spacedLetters() {
	for i := 0; i < len(d.t); i++ {
		if !d.single(i) || d.t[i].hit != "" || d.t[i].kept {
			continue
		}
		if d.is(i, "a", "p") && d.is(i+1, ".") && d.is(i+2, "m") && d.has(i-1, lexicon.Number) {
			d.keep(i, i+3) // at four a.m.
			continue
		}
		if d.is(i, "y") && d.is(i+1, ".", "/") && d.is(i+2, "o", "os") && d.at(i-1).form == number {
			d.keep(i, i+3) // 14 y.o.
			continue
		}
		end, separator := d.letterRun(i)
		letters := d.lettersOf(i, end)
		switch {
		case len(letters) >= 3 && !d.knownLetters(i, letters, separator):
			d.hit(i, end, d.nameKind(d.words.Classes(letters)))
		case len(letters) == 2 && separator == "." && !d.knownLetters(i, letters, separator):
			d.hit(i, end, Name)
		case len(letters) >= 2 && separator == ".":
			for k := i; k < end; k++ {
				d.t[k].kept = true
			}
		}
		i = max(i, end-1)
	}
}

func (d *doc) single(i int) bool {
	t := d.at(i)
	return t.form == word && len(t.text) <= utf8.UTFMax && utf8.RuneCountInString(t.text) == 1
}

// letterRun returns the end of a run of single letters with the same separator.
func (d *doc) letterRun(i int) (end int, separator string) {
	end = i + 1
	first := true
	for {
		sep, next := "", end
		for d.at(next).form == mark && d.at(next).gap != '\n' && next < len(d.t) && len(sep) < 3 && strings.Contains(".-_*/~+|,", d.at(next).text) {
			sep += d.at(next).text
			next++
		}
		if !d.single(next) || d.at(next).gap == '\n' || d.at(next).hit != "" {
			return d.closing(end, separator), separator
		}
		if sep == "" {
			sep = " "
		}
		if first {
			separator, first = sep, false
		} else if sep != separator {
			return end, separator
		}
		end = next + 1
	}
}

// closing takes in the full stop after the last initial.
func (d *doc) closing(end int, separator string) int {
	if separator == "." && d.is(end, ".") && d.glued(end) {
		return end + 1
	}
	return end
}

func (d *doc) lettersOf(i, j int) string {
	var b strings.Builder
	for ; i < j; i++ {
		if d.t[i].form == word {
			b.WriteString(d.t[i].text)
		}
	}
	return b.String()
}

var dotted = wordsOf("usc cfr rcw ors ilcs rsa mca us usa uk eu dc ny nyc am pm ie eg md phd rn lpn np do dds ma ba bs ms msw po prn bid tid qid qd qhs iv im etc vs aka id ed er lcsw lpc lmft jd esq fbi cia dui")

// degrees are also initials: they stand after a comma, a name or a job.
var degrees = wordsOf("md rn np do ma ba bs ms va ed id er jd edd bsw msw")

func (d *doc) knownLetters(i int, letters, separator string) bool {
	if separator == "." {
		switch p := d.at(i - 1); {
		case letters == "am" || letters == "pm":
			return p.form == number
		case degrees.has(letters):
			return p.text == "," || p.hit != "" || p.class.Has(lexicon.Person|lexicon.Kin)
		}
		return dotted.has(letters) || len(letters) > 2 && d.words.Classes(letters).Has(lexicon.Clinical)
	}
	c := d.words.Classes(letters)
	return separator != " " && len(letters) <= 5 && c.Has(lexicon.Clinical) && !c.Has(lexicon.Named) || slices.Contains([]string{"abc", "aei"}, letters)
}
