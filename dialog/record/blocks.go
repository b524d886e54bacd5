package record

import "strconv"

const (
	labelWidth = 148.0 // of a table's first column
	whenWidth  = 128.0 // of a timeline's
	markWidth  = 62.0  // of the status before an element
	lawIndent  = 14.0
	termWidth  = 104.0 // of a rule's deadlines, immunity and so on
	gutter     = 10.0
	blankLine  = 24.0 // room to write by hand
	minRule    = 160.0
)

func (t *typesetter) document(d Document) {
	t.add(keepAll(t.para(0, 0, d.Title, titleStyle), true))
	t.add(t.para(2, 0, d.Handle, handleStyle))
	t.add(t.para(8, 0, d.Lead, quiet))
	for _, s := range d.Sections {
		if len(s.Blocks) > 0 {
			t.section(s)
		}
	}
	t.add(keepAll(t.para(26, 0, d.Closing, small), false))
}

func (t *typesetter) section(s Section) {
	heading := under(t.para(20, 0, s.Heading, headingStyle), func(bottom float64) {
		t.rule(marginSide, bottom, textWidth, 0.6, 60)
	})
	if len(heading) > 0 {
		draw := heading[0].draw
		heading[0].draw = func(top float64) {
			draw(top)
			t.pdf.Bookmark(t.glyphs.legible(s.Heading), 0, top)
		}
	}
	t.add(keepAll(heading, true))
	first := len(t.pieces)
	for _, b := range s.Blocks {
		t.block(b)
	}
	keepStart(t.pieces[first:])
}

func (t *typesetter) block(b Block) {
	switch b := b.(type) {
	case Paragraph:
		t.paragraph(b)
	case Table:
		t.add(t.rows(b.Rows, 0, labelWidth, 4))
	case List:
		t.list(b)
	case Law:
		t.law(b)
	case Timeline:
		for _, m := range b.Moments {
			t.add(t.columns(4,
				column{0, whenWidth - gutter, m.When, quiet},
				column{whenWidth, textWidth - whenWidth, m.Text, body}))
		}
	case Blanks:
		for _, label := range b.Labels {
			t.add(t.blank(label))
		}
	case Checklist:
		for _, c := range b.Items {
			t.check(c)
		}
	}
}

func (t *typesetter) paragraph(p Paragraph) {
	switch p.Tone {
	case Subtitle:
		t.add(keepAll(t.para(12, 0, p.Text, strong10), true))
	case Muted:
		t.add(t.para(5, 0, p.Text, small))
	case Alert:
		t.add(t.beside(t.para(10, lawIndent, p.Text, strong10), Binds))
	default:
		t.add(t.para(6, 0, p.Text, body))
	}
}

// rows sets labelled values with a hairline under each.
func (t *typesetter) rows(rows []Row, indent, label, space float64) []piece {
	var all []piece
	for i, r := range rows {
		row := under(t.columns(space,
			column{indent, label - gutter, r.Label, quiet},
			column{indent + label, textWidth - indent - label, r.Value, body},
		), func(bottom float64) { t.rule(marginSide+indent, bottom+2, textWidth-indent, 0.3, 190) })
		if len(row) > 0 && (i == 0 || i == len(rows)-2) && i < len(rows)-1 {
			row[len(row)-1].keep = true
		}
		all = append(all, row...)
	}
	return all
}

func (t *typesetter) list(l List) {
	for i, item := range l.Items {
		mark, indent, space := "•", 14.0, 3.0
		if i == 0 {
			space = 6
		}
		if l.Ordered {
			mark, indent = strconv.Itoa(i+1)+".", 22
		}
		t.add(t.columns(space,
			column{0, indent, mark, quiet},
			column{indent, textWidth - indent, item, body}))
	}
}

func (t *typesetter) law(l Law) {
	entry := append(
		t.para(14, lawIndent, l.Verdict, verdictStyle),
		t.para(0, lawIndent, l.Title, strong10)...)
	keepAll(entry, true)
	entry = append(entry, t.para(2, lawIndent, l.Text, body)...)
	for _, p := range l.Points {
		entry = append(entry, t.columns(4,
			column{lawIndent, markWidth - gutter, p.Status, smallStrong},
			column{lawIndent + markWidth, textWidth - lawIndent - markWidth, p.full(), body})...)
	}
	entry = append(entry, t.rows(l.Terms, lawIndent, termWidth, 5)...)
	source := append(
		t.para(6, lawIndent, l.authority(), smallItalic),
		t.para(2, lawIndent, l.Footer, small)...)
	if len(entry) > 0 && len(source) > 0 {
		entry[len(entry)-1].keep = true
	}
	entry = append(entry, keepAll(source, false)...)
	t.add(t.beside(entry, l.Weight))
}

func (t *typesetter) check(c Check) {
	const indent = 20.0
	lines := t.para(7, indent, c.Label, body)
	if len(lines) == 0 {
		return
	}
	draw := lines[0].draw
	lines[0].draw = func(top float64) {
		t.box(marginSide+1, top+2.5, 9, c.Done)
		draw(top)
	}
	t.add(keepAll(append(lines, t.para(0, indent, c.Detail, small)...), false))
}

// box draws a box to tick, ticked or not.
func (t *typesetter) box(x, y, side float64, ticked bool) {
	t.pdf.SetDrawColor(40, 40, 40)
	t.pdf.SetLineWidth(0.7)
	t.pdf.Rect(x, y, side, side, "D")
	if ticked {
		t.pdf.SetLineWidth(1.4)
		t.pdf.Line(x+0.2*side, y+0.55*side, x+0.42*side, y+0.78*side)
		t.pdf.Line(x+0.42*side, y+0.78*side, x+0.82*side, y+0.22*side)
	}
}

// blank sets a label and, behind it, a line to write on.
func (t *typesetter) blank(label string) []piece {
	lines := t.wrap(label+":", body, textWidth-minRule)
	pieces := make([]piece, len(lines))
	for i, s := range lines {
		last := i == len(lines)-1
		height := body.leading
		if i == 0 {
			height = blankLine
		}
		pieces[i] = piece{height: height, draw: func(top float64) {
			baseline := top + height - 0.28*body.leading
			t.text(marginSide, baseline, s, body)
			if last {
				from := marginSide + t.width(s, body) + 6
				t.rule(from, baseline+2, pageWidth-marginSide-from, 0.5, 60)
			}
		}}
	}
	return keepAll(pieces, false)
}
