package record

import (
	"bytes"
	"errors"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// US Letter, in points.
const (
	pageWidth, pageHeight     = 612.0, 792.0
	marginSide                = 72.0
	marginTop, marginBottom   = 76.0, 68.0
	textWidth                 = pageWidth - 2*marginSide
	textHeight                = pageHeight - marginTop - marginBottom
	headerBaseline, headerEnd = 46.0, 53.0
	footerBaseline            = pageHeight - 38.0
)

// PDF sets d on US Letter, with its fonts embedded. The only metadata are the
// handle as title and d.Created, so the same document gives the same bytes. A
// character that the font lacks is shown as a box. It returns an error when
// d.Created is not set.
func PDF(d Document) ([]byte, error) { return render(d, true) }

func render(d Document, compress bool) ([]byte, error) {
	if d.Created.IsZero() {
		return nil, errors.New("set record as PDF: the document has no date")
	}
	known, err := parseGlyphs()
	if err != nil {
		return nil, err
	}
	t := &typesetter{pdf: open(d, compress), glyphs: known}
	t.document(d)
	pages := paginate(t.pieces, textHeight)
	for i, page := range pages {
		t.pdf.AddPage()
		t.furniture(d, i+1, len(pages))
		for _, p := range page {
			p.draw(marginTop + p.top)
		}
	}
	var out bytes.Buffer
	if err := t.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("set record as PDF: %w", err)
	}
	return out.Bytes(), nil
}

func open(d Document, compress bool) *fpdf.Fpdf {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.SetCompression(compress)
	pdf.SetCatalogSort(true) // otherwise fonts are written in the random order of a map
	pdf.SetCreationDate(d.Created.UTC())
	pdf.SetModificationDate(d.Created.UTC())
	pdf.SetProducer("Curbside", false)
	pdf.SetTitle(plain(d.Handle), true)
	pdf.SetLang("en-US")
	pdf.SetAutoPageBreak(false, 0)
	embed(pdf)
	return pdf
}

// furniture is what stands on a page besides its text.
func (t *typesetter) furniture(d Document, page, pages int) {
	handle := t.glyphs.legible(d.Handle)
	if page > 1 {
		t.text(marginSide, headerBaseline, t.glyphs.legible(d.Title), small)
		t.text(pageWidth-marginSide-t.width(handle, small), headerBaseline, handle, small)
		t.rule(marginSide, headerEnd, textWidth, 0.5, 160)
	}
	foot := fmt.Sprintf("%s · page %d of %d", handle, page, pages)
	t.text((pageWidth-t.width(foot, small))/2, footerBaseline, foot, small)
}
