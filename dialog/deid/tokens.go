package deid

import (
	"slices"
	"strings"

	"curbside/dialog/deid/internal/fold"
	"curbside/dialog/deid/internal/lexicon"
)

// A form is what a token is made of.
type form uint8

const (
	mark   form = iota // one byte of punctuation
	word               // letters
	number             // digits, or letters and digits
)

// A casing is how a word was written.
type casing uint8

const (
	lower casing = iota
	initial
	upper
	mixed
)

// A token is a word, a number or a mark of the detection copy. It has 64 bytes, a
// line of the processor's cache: rules go through them again and again.
type token struct {
	text       string // without any possessive
	hit        Kind
	class      lexicon.Class
	from, to   int32 // bytes of the copy, with any possessive
	group      int32
	place      uint8 // replacement, one of doc.places plus one, where it is not the kind's own
	form       form
	casing     casing
	gap        byte // what stands before: 0 nothing, else ' ' or '\n'
	opens      bool // first word of a sentence, an item or a quotation
	possessive bool
	disguised  bool // written with look-alikes or something invisible inside
	foreign    bool // has letters of a script that English does not use
	accented   bool
	kept       bool // decided to be harmless
	placed     bool // a placeholder that an earlier run put in
	own        bool // a part of a handle of the program's own
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 0x80 }
func figure(b byte) bool { return b >= '0' && b <= '9' }

// tokenize cuts the copy into tokens, which it appends to none. Letters with digits between them are one
// number, because no harmless word has any.
func tokenize(tokens []token, text string, traits []fold.Trait, words *lexicon.Lexicon) []token {
	tokens = slices.Grow(tokens, len(text)/4+8)
	gap := byte('\n')
	for i := 0; i < len(text); {
		b := text[i]
		if b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\v' || b == '\f' {
			if b == '\n' || b == '\r' || gap == '\n' {
				gap = '\n'
			} else {
				gap = ' '
			}
			i++
			continue
		}
		before := len(tokens)
		tokens = append(tokens, token{from: int32(i), gap: gap})
		tok := &tokens[before]
		gap = 0
		if !letter(b) && !figure(b) {
			i++
			tok.to, tok.text = int32(i), text[i-1:i]
			continue
		}
		i = readWord(text, traits, i, tok)
		tok.class = words.Classes(tok.text)
		if tok.form == word {
			trimPossessive(tok, text, words)
		}
		tok.opens = opensSentence(tokens[:before], tok)
	}
	return tokens
}

// readWord reads letters and digits from i on, with apostrophes between letters.
func readWord(text string, traits []fold.Trait, i int, tok *token) int {
	start := i
	uppers, letters := 0, 0
	var all fold.Trait
	tok.form = word
	for i < len(text) {
		b := text[i]
		switch {
		case letter(b):
			letters++
			if traits[i]&fold.Upper != 0 {
				uppers++
			}
		case figure(b):
			tok.form = number
		case b == '\'' && i > start && i+1 < len(text) && letter(text[i+1]) && letter(text[i-1]):
		default:
			goto done
		}
		all |= traits[i]
		i++
	}
done:
	tok.disguised, tok.foreign, tok.accented = all&fold.Disguise != 0, all&fold.Foreign != 0, all&fold.Marked != 0
	tok.to, tok.text = int32(i), text[start:i]
	switch {
	case uppers == 0:
		tok.casing = lower
	case uppers == letters && (letters > 1 || tok.form == number):
		tok.casing = upper
	case uppers == 1 && traits[start]&fold.Upper != 0:
		tok.casing = initial
	default:
		tok.casing = mixed
	}
	return i
}

// trimPossessive tells "wade's" from "it's": the lists hold contractions whole.
func trimPossessive(tok *token, text string, words *lexicon.Lexicon) {
	if tok.class&lexicon.Ordinary != 0 {
		return
	}
	end := int(tok.to)
	switch {
	case strings.HasSuffix(tok.text, "'s"):
		tok.text = tok.text[:len(tok.text)-2]
	case strings.HasSuffix(tok.text, "s") && end < len(text) && text[end] == '\'' && (end+1 == len(text) || !letter(text[end+1])):
		tok.to++
	default:
		return
	}
	tok.possessive = true
	tok.class = words.Classes(tok.text)
}

// opensSentence reports whether a capital at tok tells nothing.
func opensSentence(before []token, tok *token) bool {
	if len(before) == 0 || tok.gap == '\n' {
		return true
	}
	for i := len(before) - 1; i >= 0; i-- {
		p := &before[i]
		if p.form != mark {
			return false
		}
		switch p.text {
		case ".", "!", "?", ":", ">":
			return true
		case "\"", "(", "[", "*", "_", "'", "-", "#", "~":
			if p.gap == '\n' {
				return true
			}
			if p.text == "\"" && tok.gap == 0 {
				return true
			}
		default:
			return false
		}
	}
	return true
}
