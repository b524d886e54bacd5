package record

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

const (
	family = "go"
	// missing stands, as a visible box, for a character that the font lacks.
	missing = '\u25a1'
)

// glyphs knows which characters the embedded font can show: Latin, Greek and
// Cyrillic. Its three styles cover the same characters.
type glyphs struct{ font *sfnt.Font }

func parseGlyphs() (glyphs, error) {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return glyphs{}, fmt.Errorf("parse embedded font: %w", err)
	}
	return glyphs{f}, nil
}

// legible is plain text in which every character can be drawn.
func (g glyphs) legible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u2011' { // the font has no non-breaking hyphen of its own
			return '-'
		}
		if i, err := g.font.GlyphIndex(nil, r); err != nil || i == 0 {
			return missing
		}
		return r
	}, plain(s))
}

// embed adds the three styles. fpdf writes into what it is given, so it gets copies.
func embed(pdf *fpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes(family, "", bytes.Clone(goregular.TTF))
	pdf.AddUTF8FontFromBytes(family, "B", bytes.Clone(gobold.TTF))
	pdf.AddUTF8FontFromBytes(family, "I", bytes.Clone(goitalic.TTF))
}
