package record

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// drawn is how text stands in an uncompressed page: UTF-16, with PDF's escapes.
func drawn(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		for _, c := range []byte{byte(u >> 8), byte(u)} {
			if strings.IndexByte(`\()`, c) >= 0 {
				b = append(b, '\\')
			}
			b = append(b, c)
		}
	}
	return b
}

func uncompressed(t testing.TB, d Document) []byte {
	t.Helper()
	b, err := render(d, false)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func pageCount(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page\n")) }

// long is a document of many pages.
func long() Document {
	d := sample()
	for i := range 12 {
		s := d.Sections[2]
		s.Heading = fmt.Sprintf("Part %d", i+1)
		d.Sections = append(d.Sections, s)
	}
	return d
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	first, err := PDF(long())
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		again, err := PDF(long())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("two renderings of one document differ")
		}
	}
}

func TestPDFShowsEveryBlock(t *testing.T) {
	t.Parallel()
	pdf := uncompressed(t, sample())
	for _, want := range []string{
		"Record of a consult", "To complete in the chart", "Date and time of call:", "Not known",
		"You must", "Cal. Civ. Code § 43.92(a))", "Authority: 45 CFR 164.512(j)(1)(i)", "not reviewed by counsel",
		"DEPARTURE from", "Least intrusive first", "Voluntary hospitalisation", "Call the police",
		"Done by Dana Reyes, 20 Nov 2026, 13:22 PST", "20 Nov 2026, 13:11 PST", "Decision support",
	} {
		if !bytes.Contains(pdf, drawn(want)) {
			t.Errorf("the PDF does not show %q", want)
		}
	}
	if bytes.Contains(pdf, drawn("Left out")) {
		t.Error("the PDF shows a section without blocks")
	}
}

func TestEveryPageSaysWhoseItIsAndWhichOfHowMany(t *testing.T) {
	t.Parallel()
	pdf := uncompressed(t, long())
	n := pageCount(pdf)
	if n < 4 {
		t.Fatalf("the long document has %d pages, too few to test", n)
	}
	for page := 1; page <= n; page++ {
		if want := fmt.Sprintf("amber-heron-42 · page %d of %d", page, n); !bytes.Contains(pdf, drawn(want)) {
			t.Errorf("no page says %q", want)
		}
	}
}

func TestMetadataNamesTheHandleAndNobody(t *testing.T) {
	t.Parallel()
	pdf := uncompressed(t, sample())
	title := append([]byte("/Title (\xfe\xff"), drawn("amber-heron-42")...)
	for name, want := range map[string][]byte{
		"title":         title,
		"creation date": []byte("/CreationDate (D:20261120214000)"),
		"change date":   []byte("/ModDate (D:20261120214000)"),
		"language":      []byte("/Lang (en-US)"),
	} {
		if !bytes.Contains(pdf, want) {
			t.Errorf("the PDF has no %s %q", name, want)
		}
	}
	for _, never := range []string{"/Author", "/Subject", "/Keywords", "/Creator "} {
		if bytes.Contains(pdf, []byte(never)) {
			t.Errorf("the PDF says %s", never)
		}
	}
}

func TestADocumentWithoutADateIsRefused(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Created = time.Time{}
	if b, err := PDF(d); err == nil {
		t.Errorf("PDF gave %d bytes, want an error", len(b))
	}
}

func TestWhatTheFontLacksIsABox(t *testing.T) {
	t.Parallel()
	g, err := parseGlyphs()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ in, want string }{
		"Latin, Greek and Cyrillic are shown": {"Ünal Łoś Ελένη Жанна", "Ünal Łoś Ελένη Жанна"},
		"Han is a box for each character":     {"李明", "□□"},
		"an emoji is a box":                   {"a 🙂 b", "a □ b"},
		"an invalid byte is seen":             {"a\xff", "a\ufffd"},
		"a direction mark is seen":            {"a\u202eb", "a\ufffdb"},
		"a lone combining mark is a box":      {"\u0300", "□"},
		"a composed letter is itself":         {"e\u0301", "é"},
		"a non-breaking hyphen is a hyphen":   {"a\u2011b", "a-b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := g.legible(tc.in); got != tc.want {
				t.Errorf("legible(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestTheStylesCoverTheSameCharacters(t *testing.T) {
	t.Parallel()
	cover := func(ttf []byte) (have []rune) {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			t.Fatal(err)
		}
		for r := range rune(0x11000) {
			if i, err := f.GlyphIndex(nil, r); err == nil && i != 0 {
				have = append(have, r)
			}
		}
		return have
	}
	regular := cover(goregular.TTF)
	if !slices.Equal(regular, cover(gobold.TTF)) || !slices.Equal(regular, cover(goitalic.TTF)) {
		t.Error("a character of the regular style is missing in another")
	}
	if regular[len(regular)-1] > 0xffff {
		t.Error("a character lies beyond what fpdf can draw")
	}
}

func TestLinesAreNeverWiderThanTheirColumn(t *testing.T) {
	t.Parallel()
	g, err := parseGlyphs()
	if err != nil {
		t.Fatal(err)
	}
	ts := &typesetter{pdf: open(sample(), true), glyphs: g}
	for _, s := range []string{
		"Reasonable efforts to communicate the threat to the victim and to a law enforcement agency",
		strings.Repeat("5f3c9a7e01b2", 20), "a " + strings.Repeat("W", 90) + " b", "x",
	} {
		lines := ts.wrap(s, body, 120)
		for _, line := range lines {
			if w := ts.width(line, body); w > 120 {
				t.Errorf("line %q is %.1f points wide, want at most 120", line, w)
			}
		}
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(s, " ", ""); got != want {
			t.Errorf("wrapped lines hold %q, want %q", got, want)
		}
	}
}

func TestNoLineEndsWithASectionMark(t *testing.T) {
	t.Parallel()
	g, err := parseGlyphs()
	if err != nil {
		t.Fatal(err)
	}
	ts := &typesetter{pdf: open(sample(), true), glyphs: g}
	for width := 40.0; width < 300; width += 7 {
		for _, line := range ts.wrap("See Cal. Civ. Code § 43.92 and §§ 8100 of another code, § 1", body, width) {
			if strings.HasSuffix(line, "§") {
				t.Errorf("at %v points a line ends %q", width, line)
			}
		}
	}
}

func FuzzPDFTakesAnyText(f *testing.F) {
	for _, s := range []string{"", "a", "\x00", "\xff", "🙂", "\u0300\u0301", "\u00a0", strings.Repeat("word ", 900), strings.Repeat("x", 900)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := Document{Title: s, Handle: s, Created: time.Unix(0, 0), Lead: s, Closing: s, Sections: []Section{{Heading: s, Blocks: []Block{
			Paragraph{Alert, s},
			Table{[]Row{{s, s}}},
			List{true, []string{s}},
			Law{Title: s, Text: s, Points: []Point{{s, s, s}}, Citations: []string{s}},
			Timeline{[]Moment{{s, s}}},
			Blanks{[]string{s}},
			Checklist{[]Check{{true, s, s}}},
		}}}}
		first, err := PDF(d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := PDF(d)
		if err != nil || !bytes.Equal(first, again) {
			t.Errorf("rendering again gives other bytes (error %v)", err)
		}
		Markdown(d)
	})
}
