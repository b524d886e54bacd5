package discord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"curbside/dialog"
)

// chunk is how much of one plain text stands in one piece: escaped, it may be
// twice as long.
const chunk = 1200

// A piece is a part of a text that is never divided. Pieces of one group stand
// in one box, with its color.
type piece struct {
	text  string // markdown
	group int
	color int
	close bool // follows the piece before it without an empty line
}

// The colors of the boxes. What the law says has a box of its own.
const (
	colorPlain = 0x5C6B73
	colorLaw   = 0x37474F
)

var lawColors = map[string]int{
	"must": 0xB3261E, "must_not": 0x6A1B9A, "may": 0x2E7D32, "should": 0x1565C0,
	"undetermined": 0xB26A00, "conflict": 0xB26A00, "statement": colorLaw,
}

// A writer sets a view as pieces of markdown.
type writer struct {
	link   func(handle string) string // of a consult's thread, "" when it is not known
	pieces []piece
	group  int
	color  int
}

func (w *writer) add(text string, near bool) {
	if text != "" {
		w.pieces = append(w.pieces, piece{text: text, group: w.group, color: w.color, close: near})
	}
}

// paragraph adds a plain text, in as many pieces as it needs.
func (w *writer) paragraph(text string, near bool, set func(string) string) {
	for i, part := range parts(text, chunk) {
		w.add(set(part), near || i > 0)
	}
}

func (w *writer) view(v dialog.View) {
	w.color = colorPlain
	if v.Title != "" {
		w.add("### "+escaped(v.Title), false)
	}
	if v.Status != "" {
		w.add(small(v.Status), true)
	}
	for _, b := range actingFirst(v.Blocks) {
		w.block(b)
	}
}

// actingFirst puts what is to be done before the law that asks for it: a phone
// shows little at once, and the law may go on behind a press.
func actingFirst(blocks []dialog.Block) []dialog.Block {
	law := slices.IndexFunc(blocks, func(b dialog.Block) bool { _, is := b.(dialog.Law); return is })
	if law < 0 {
		return blocks
	}
	from := slices.IndexFunc(blocks[law:], acting)
	if from < 0 {
		return blocks
	}
	from += law
	to := from
	for i, b := range blocks {
		if i >= from && acting(b) {
			to = i + 1
		}
	}
	return slices.Concat(blocks[:law], blocks[from:to], blocks[law:from], blocks[to:])
}

// acting reports whether b says what is to be done, and by when.
func acting(b dialog.Block) bool {
	switch b := b.(type) {
	case dialog.Checklist, dialog.Clock:
		return true
	case dialog.Text:
		return b.Tone == dialog.ToneWarning || b.Tone == dialog.ToneUrgent
	default:
		return false
	}
}

func (w *writer) block(b dialog.Block) {
	switch b := b.(type) {
	case dialog.Text:
		w.paragraph(b.Text, false, toned(b.Tone))
	case dialog.Pairs:
		w.pairs(b)
	case dialog.List:
		w.list(b)
	case dialog.Law:
		w.law(b)
	case dialog.Choices:
		w.question(b)
	case dialog.Checklist:
		w.checklist(b)
	case dialog.Clock:
		w.clock(b)
	case dialog.Pointer:
		if url := w.link(b.Handle); url != "" {
			w.add("["+escaped(b.Label)+"]("+url+")", false)
		}
	}
}

// toned sets a text apart by its tone.
func toned(t dialog.Tone) func(string) string {
	switch t {
	case dialog.ToneHeading:
		return bold
	case dialog.ToneMuted:
		return small
	case dialog.TonePractice:
		return func(text string) string { return "💡 " + escaped(text) }
	case dialog.ToneWarning:
		return func(text string) string { return "⚠️ " + escaped(text) }
	case dialog.ToneUrgent:
		return func(text string) string { return "🚨 " + bold(text) }
	case dialog.ToneGood:
		return func(text string) string { return "✅ " + escaped(text) }
	default:
		return escaped
	}
}

func (w *writer) pairs(p dialog.Pairs) {
	w.add(bold(p.Title), false)
	for i, item := range p.Items {
		label := escaped(item.Label) + ": "
		w.paragraph(item.Value, i > 0 || p.Title != "", func(part string) string {
			set := label + bold(part)
			label = ""
			return set
		})
	}
}

func (w *writer) list(l dialog.List) {
	if l.Title != "" {
		w.add(toned(l.Tone)(l.Title), false)
	}
	for i, item := range l.Items {
		mark := "• "
		if l.Ordered {
			mark = strconv.Itoa(i+1) + ". "
		}
		w.paragraph(item, i > 0 || l.Title != "", func(part string) string {
			set := mark + escaped(part)
			mark = ""
			return set
		})
	}
}

// law sets one rule in a box of its own.
func (w *writer) law(l dialog.Law) {
	was := w.color
	w.group++
	w.color = colorLaw
	if c, ok := lawColors[l.Kind]; ok {
		w.color = c
	}
	w.paragraph(l.Effect+": "+l.Title, false, bold)
	w.paragraph(l.Text, true, escaped)
	for _, point := range l.Points {
		w.paragraph("• "+point, true, escaped)
	}
	for _, cited := range l.Citations {
		w.paragraph(cited, true, small)
	}
	w.paragraph(l.Footer, true, small)
	w.group++
	w.color = was
}

func (w *writer) question(c dialog.Choices) {
	w.paragraph(c.Prompt, false, bold)
	w.paragraph(c.Help, true, escaped)
	if isSelect(c) {
		return // the helps stand in the list
	}
	for _, o := range c.Options {
		if o.Help != "" {
			w.add(small(o.Label+": "+o.Help), true)
		}
	}
}

func (w *writer) checklist(c dialog.Checklist) {
	w.add(bold(c.Title), false)
	for i, item := range c.Items {
		mark := "☐ "
		if item.Done != "" {
			mark = "☑ "
		}
		w.paragraph(item.Label, i > 0 || c.Title != "", func(part string) string {
			set := mark + escaped(part)
			mark = ""
			return set
		})
		w.paragraph(item.Detail, true, small)
		w.paragraph(item.Done, true, small)
	}
}

// clock shows a deadline in the reader's own time.
func (w *writer) clock(c dialog.Clock) {
	mark := "⏰ "
	if c.Done {
		mark = "☑ "
	}
	at := c.Due.Unix()
	w.add(mark+escaped(c.Label)+fmt.Sprintf(": <t:%d:F> (<t:%d:R>)", at, at), false)
}

// parts divides a plain text at line breaks or spaces into parts of at most n units.
func parts(text string, n int) []string {
	var all []string
	for width(text) > n {
		end, used := 0, 0
		for i, r := range text {
			if used += width(string(r)); used > n {
				break
			}
			end = i + len(string(r))
		}
		cut := strings.LastIndexAny(text[:end], " \n")
		if cut <= 0 {
			all, text = append(all, text[:end]), text[end:]
			continue
		}
		all, text = append(all, text[:cut]), text[cut+1:]
	}
	if text != "" {
		all = append(all, text)
	}
	return all
}
