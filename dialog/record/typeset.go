package record

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// A style is how a text is set. Sizes are in points, gray is 0 (black) to 255.
type style struct {
	face          string
	size, leading float64
	gray          int
}

var (
	titleStyle   = style{"B", 19, 24, 15}
	handleStyle  = style{"", 12, 17, 70}
	headingStyle = style{"B", 12, 16, 15}
	strong10     = style{"B", 10, 14, 15}
	verdictStyle = style{"B", 9, 13, 60}
	body         = style{"", 10, 14, 15}
	quiet        = style{"", 10, 14, 85}
	small        = style{"", 8.5, 12, 95}
	smallStrong  = style{"B", 8.5, 14, 60}
	smallItalic  = style{"I", 8.5, 12, 70}
)

// A typesetter turns blocks into pieces, and draws.
type typesetter struct {
	pdf    *fpdf.Fpdf
	glyphs glyphs
	pieces []piece
}

func (t *typesetter) set(st style) {
	t.pdf.SetFont(family, st.face, st.size)
	t.pdf.SetTextColor(st.gray, st.gray, st.gray)
}

func (t *typesetter) width(s string, st style) float64 {
	t.set(st)
	return t.pdf.GetStringWidth(s)
}

func (t *typesetter) text(x, baseline float64, s string, st style) {
	t.set(st)
	t.pdf.Text(x, baseline, s)
}

func (t *typesetter) rule(x, y, w, thickness float64, gray int) {
	t.pdf.SetDrawColor(gray, gray, gray)
	t.pdf.SetLineWidth(thickness)
	t.pdf.Line(x, y, x+w, y)
}

// words cuts s at the spaces where a line may end: not after a section mark.
func words(s string) []string {
	var all []string
	for word := range strings.SplitSeq(s, " ") {
		if last := len(all) - 1; last >= 0 && strings.HasSuffix(all[last], "§") {
			all[last] += " " + word
			continue
		}
		all = append(all, word)
	}
	return all
}

// wrap breaks s into lines no wider than width, at spaces that may be broken
// and, in a word wider than a line, anywhere.
func (t *typesetter) wrap(s string, st style, width float64) []string {
	var lines []string
	line := ""
	for _, word := range words(t.glyphs.legible(s)) {
		if line != "" && t.width(line+" "+word, st) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		parts := t.chop(word, st, width)
		lines, line = append(lines, parts[:len(parts)-1]...), parts[len(parts)-1]
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// chop cuts a word into parts no wider than width, of at least one character.
func (t *typesetter) chop(word string, st style, width float64) []string {
	var parts []string
	part, w := "", 0.0
	for _, r := range word {
		rw := t.width(string(r), st)
		if part != "" && w+rw > width {
			parts, part, w = append(parts, part), "", 0
		}
		part, w = part+string(r), w+rw
	}
	return append(parts, part)
}

// A column is a text in a place of its own on the line.
type column struct {
	x, width float64 // x from the left margin
	text     string
	style
}

// columns sets texts side by side, line by line; the first lines share a
// baseline. The pieces are none when all texts are empty.
func (t *typesetter) columns(space float64, cols ...column) []piece {
	var leading float64
	var rows int
	split := make([][]string, len(cols))
	for i, c := range cols {
		split[i] = t.wrap(c.text, c.style, c.width)
		rows, leading = max(rows, len(split[i])), max(leading, c.leading)
	}
	lines := make([]piece, rows)
	for n := range lines {
		lines[n] = piece{height: leading, draw: func(top float64) {
			for i, c := range cols {
				if n < len(split[i]) {
					t.text(marginSide+c.x, top+0.72*leading, split[i][n], c.style)
				}
			}
		}}
	}
	if rows > 0 {
		lines[0].space = space
	}
	return keepEnds(lines)
}

// para sets one text from indent to the right margin.
func (t *typesetter) para(space, indent float64, s string, st style) []piece {
	return t.columns(space, column{indent, textWidth - indent, s, st})
}

func (t *typesetter) add(p []piece) { t.pieces = append(t.pieces, p...) }

// under draws something at the end of the last of pieces.
func under(pieces []piece, draw func(bottom float64)) []piece {
	if len(pieces) == 0 {
		return nil
	}
	last := &pieces[len(pieces)-1]
	text, height := last.draw, last.height
	last.draw = func(top float64) {
		text(top)
		draw(top + height)
	}
	return pieces
}

// beside draws a bar in the margin of pieces, unbroken on each page.
func (t *typesetter) beside(pieces []piece, w Weight) []piece {
	for i := range pieces {
		p := &pieces[i]
		text, space, height, first := p.draw, p.space, p.height, i == 0
		p.draw = func(top float64) {
			from := top
			if !first && top > marginTop {
				from -= space
			}
			t.bar(w, from, top+height)
			text(top)
		}
	}
	return pieces
}

func (t *typesetter) bar(w Weight, from, to float64) {
	thickness, gray := 1.0, 150
	switch w {
	case Binds:
		thickness, gray = 3, 40
	case Open:
		thickness, gray = 1, 60
		t.pdf.SetDashPattern([]float64{2, 2}, 0)
	}
	t.pdf.SetDrawColor(gray, gray, gray)
	t.pdf.SetLineWidth(thickness)
	t.pdf.Line(marginSide+1.5, from, marginSide+1.5, to)
	t.pdf.SetDashPattern(nil, 0)
}
