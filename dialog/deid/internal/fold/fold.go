// Package fold turns text into the copy that identifiers are looked for in:
// compatibility forms, marks, look-alike letters and invisible characters are
// undone, and every byte of the copy knows which code point it came from.
package fold

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Trait tells what was done to a byte of the copy to get it.
type Trait uint8

// The traits.
const (
	Upper    Trait = 1 << iota // the original was an upper-case letter
	Disguise                   // a look-alike or styled letter, or something invisible stood before it
	Foreign                    // a letter of another script that looks like no Latin one
	Digit                      // the original was a digit of any script
	Marked                     // a letter with a diacritic
)

// Section stands in the copy for the section and paragraph signs, which have no
// likeness in ASCII. It is the byte that old code pages had for them.
const Section = 0x15

// Text is a lower-case detection copy. All slices but Runes have one entry for
// each byte of Copy.
type Text struct {
	Copy   []byte
	Origin []int32 // the code point of the original that the byte came from
	Traits []Trait
	Runes  int // code points in the original
}

// New folds s, which must be valid UTF-8.
func New(s string) *Text {
	t := new(Text)
	t.Fold(s)
	return t
}

// Fold makes t the copy of s, which must be valid UTF-8, in the room that t has.
func (t *Text) Fold(s string) {
	t.Copy = slices.Grow(t.Copy[:0], len(s))
	t.Origin = slices.Grow(t.Origin[:0], len(s))
	t.Traits = slices.Grow(t.Traits[:0], len(s))
	t.Runes = 0
	f := folder{out: t}
	for len(s) > 0 {
		if n := plain(s); n > 0 && !f.pending {
			f.plain(s[:n], int32(t.Runes))
			t.Runes += n
			s = s[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		f.add(r, int32(t.Runes))
		t.Runes++
		s = s[size:]
	}
}

// plain returns how many bytes of ASCII s starts with.
func plain(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return i
		}
	}
	return len(s)
}

// Word folds one dictionary entry the way [New] folds text.
func Word(s string) string { return string(New(s).Copy) }

type folder struct {
	out     *Text
	pending bool // something invisible was dropped since the last letter
}

func (f *folder) put(b byte, origin int32, t Trait) {
	f.out.Copy = append(f.out.Copy, b)
	f.out.Origin = append(f.out.Origin, origin)
	f.out.Traits = append(f.out.Traits, t)
}

// plain writes ASCII in one go, as most texts are nothing else.
func (f *folder) plain(s string, origin int32) {
	out, n := f.out, len(f.out.Copy)
	out.Copy = append(out.Copy, s...)
	out.Traits = append(out.Traits, make([]Trait, len(s))...)
	out.Origin = append(out.Origin, make([]int32, len(s))...)
	letters, traits, origins := out.Copy[n:], out.Traits[n:], out.Origin[n:]
	for i, b := range letters {
		origins[i] = origin + int32(i)
		switch {
		case b >= 'A' && b <= 'Z':
			letters[i], traits[i] = b|0x20, Upper
		case b >= '0' && b <= '9':
			traits[i] = Digit
		}
	}
}

func (f *folder) add(r rune, origin int32) {
	if r < utf8.RuneSelf {
		f.ascii(byte(r), origin, 0)
		return
	}
	if n := len(f.out.Copy); arrow(r) && (n == 0 || !letter(f.out.Copy[n-1])) {
		f.ascii('|', origin, 0) // 31 → 14 are two numbers
		return
	}
	if invisible(r) || pictorial(r) {
		// Emoji stand for themselves between spaces; between letters they hide one word in two.
		if n := len(f.out.Copy); n > 0 && alnum(f.out.Copy[n-1]) {
			f.pending = true
		}
		return
	}
	if s, ok := lookalike[r]; ok {
		f.string(s, origin, traitOf(r))
		return
	}
	if p := norm.NFKD.PropertiesString(string(r)); p.Decomposition() != nil {
		f.decomposed(r, string(p.Decomposition()), origin)
		return
	}
	f.other(r, origin)
}

// decomposed writes what a compatibility or canonical form stands for.
func (f *folder) decomposed(r rune, d string, origin int32) {
	var t Trait
	if canonical := norm.NFD.PropertiesString(string(r)).Decomposition() != nil; canonical {
		t = Marked
	} else if !ligature(r) {
		t = Disguise
	}
	if unicode.IsUpper(r) {
		t |= Upper
	}
	for _, part := range d {
		switch {
		case unicode.Is(unicode.M, part):
		case part < utf8.RuneSelf:
			f.ascii(byte(part), origin, t)
		default:
			if s, ok := lookalike[part]; ok {
				f.string(s, origin, t|traitOf(part))
				continue
			}
			f.other(part, origin)
		}
	}
}

func (f *folder) other(r rune, origin int32) {
	switch {
	case unicode.Is(unicode.M, r):
		if n := len(f.out.Traits); n > 0 {
			f.out.Traits[n-1] |= Marked
		}
	case unicode.Is(unicode.Nd, r):
		f.ascii(digit(r), origin, Disguise)
	case unicode.IsSpace(r):
		f.ascii(' ', origin, 0)
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		t := Foreign
		if f.pending {
			t |= Disguise
		}
		f.pending = false
		if unicode.IsUpper(r) {
			t |= Upper
		}
		var buf [utf8.UTFMax]byte
		n := utf8.EncodeRune(buf[:], unicode.ToLower(r))
		for _, b := range buf[:n] {
			f.put(b, origin, t)
		}
	case r == '§' || r == '¶':
		f.ascii(Section, origin, 0)
	default:
		f.ascii('|', origin, 0)
	}
}

func (f *folder) string(s string, origin int32, t Trait) {
	for i := range len(s) {
		f.ascii(s[i], origin, t)
	}
}

func (f *folder) ascii(b byte, origin int32, t Trait) {
	switch {
	case b >= 'A' && b <= 'Z':
		b |= 0x20
		t |= Upper
	case b >= '0' && b <= '9':
		t |= Digit
	}
	if f.pending {
		if alnum(b) {
			t |= Disguise
		}
		f.pending = false
	}
	f.put(b, origin, t)
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= utf8.RuneSelf }

func alnum(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= utf8.RuneSelf
}

// digit maps a decimal digit of any script: its blocks are runs of ten.
func digit(r rune) byte {
	n := 0
	for n < 9 && unicode.Is(unicode.Nd, r-1) && !mathDigitStart(r) {
		r--
		n++
	}
	return byte('0' + n%10)
}

// mathDigitStart tells the five runs of mathematical digits apart, which touch.
func mathDigitStart(r rune) bool {
	return r >= 0x1D7CE && r <= 0x1D7FF && (r-0x1D7CE)%10 == 0
}

// ligature reports forms that people get by pasting from print, not by hiding.
func ligature(r rune) bool {
	return r >= 0xFB00 && r <= 0xFB06 || r == '…' || r == '™' || r == '½' || r == '¼' || r == '¾' ||
		r == '²' || r == '³' || r == '¹' || r == 'º' || r == 'ª' || r == '\u00a0' || r == '\u2009' || r == '\u202f'
}

// invisible reports what a reader does not see: format characters, joiners,
// soft hyphens, fillers, variation selectors and tags.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || r == 0x034F || unicode.Is(unicode.Co, r) ||
		unicode.Is(unicode.Cs, r) || (unicode.Is(unicode.Cc, r) && r >= 0x80 && r != 0x85)
}

// pictorial reports emoji and other pictures.
func pictorial(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF && !squaredLetter(r) || r >= 0x2600 && r <= 0x27BF || r >= 0x2B00 && r <= 0x2BFF ||
		r >= 0x2190 && r <= 0x23FF || r >= 0x25A0 && r <= 0x25FF && r != 0x25CF && r != 0x25AA || r == 0x20E3
}

// arrow reports what people write between one score and the next.
func arrow(r rune) bool { return r >= 0x2190 && r <= 0x21FF }

// squaredLetter reports letters in boxes and circles, and flags spelled by them.
func squaredLetter(r rune) bool { return r >= 0x1F130 && r <= 0x1F189 || r >= 0x1F1E6 && r <= 0x1F1FF }

func traitOf(r rune) Trait {
	var t Trait
	if unicode.IsUpper(r) || r >= 0x1F130 && r <= 0x1F189 {
		t = Upper
	}
	switch {
	case unicode.Is(unicode.Latin, r):
		t |= Marked
	case unicode.IsLetter(r) || unicode.IsSymbol(r) && r > 0x1F000:
		t |= Disguise
	}
	return t
}
