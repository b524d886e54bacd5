package record

import (
	"strconv"
	"strings"
	"unicode"
)

// Markdown writes d as CommonMark with task lists. Whatever
// Markdown (also as GitHub, Pandoc and chat programs read it) would interpret in
// d's texts is escaped. It is stable: the same document gives the same bytes.
func Markdown(d Document) []byte {
	var w markdown
	w.para("# " + escape(d.Title))
	w.para(escape(d.Handle))
	w.text(d.Lead)
	for _, s := range d.Sections {
		if len(s.Blocks) == 0 {
			continue
		}
		w.para("## " + escape(s.Heading))
		for _, b := range s.Blocks {
			w.block(b)
		}
	}
	if closing := escape(d.Closing); closing != "" {
		w.para("---")
		w.para(closing)
	}
	return []byte(w.String())
}

// A markdown collects blocks with one empty line between them.
type markdown struct {
	strings.Builder
	bullet string // of the list that was just written: the next one has another
}

func (w *markdown) para(s string) {
	if w.Len() > 0 {
		w.WriteString("\n")
	}
	w.WriteString(s + "\n")
	w.bullet = ""
}

func (w *markdown) text(s string) {
	if s = escape(s); s != "" {
		w.para(s)
	}
}

// bullets writes a list, which two lists with the same mark in a row would not be.
func (w *markdown) bullets(items []string) { w.items(items, "-", "*") }

func (w *markdown) items(items []string, marks ...string) {
	if len(items) == 0 {
		return
	}
	mark := marks[0]
	if w.bullet == mark {
		mark = marks[1]
	}
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = strings.Replace(mark, "1", strconv.Itoa(i+1), 1) + " " + item
	}
	w.para(strings.Join(lines, "\n"))
	w.bullet = mark
}

func (w *markdown) block(b Block) {
	switch b := b.(type) {
	case Paragraph:
		w.paragraph(b)
	case Table:
		w.rows(b.Rows)
	case List:
		w.list(b)
	case Law:
		w.law(b)
	case Timeline:
		w.bullets(each(b.Moments, func(m Moment) string { return strong(m.When) + " " + escape(m.Text) }))
	case Blanks:
		w.bullets(each(b.Labels, func(label string) string { return strong(label) + ": " + strings.Repeat("_", 30) }))
	case Checklist:
		w.bullets(each(b.Items, check))
	}
}

func (w *markdown) paragraph(p Paragraph) {
	switch text := escape(p.Text); {
	case text == "":
	case p.Tone == Subtitle:
		w.para("### " + text)
	case p.Tone == Alert:
		w.para("> " + strong(p.Text))
	default:
		w.para(text)
	}
}

func (w *markdown) list(l List) {
	if l.Ordered {
		w.items(each(l.Items, escape), "1.", "1)")
		return
	}
	w.bullets(each(l.Items, escape))
}

func (w *markdown) law(l Law) {
	w.para("### " + escape(l.Verdict) + ": " + escape(l.Title))
	w.text(l.Text)
	w.bullets(each(l.Points, func(p Point) string { return labelled(p.Status, p.full()) }))
	w.rows(l.Terms)
	w.text(l.authority())
	w.text(l.Footer)
}

// rows writes a table as a list, which also reads well where it is not rendered.
func (w *markdown) rows(rows []Row) {
	w.bullets(each(rows, func(r Row) string { return labelled(r.Label, r.Value) }))
}

// check is one line of a task list.
func check(c Check) string {
	if c.Done {
		return "[x] " + labelled(c.Label, c.Detail)
	}
	return "[ ] " + labelled(c.Label, c.Detail)
}

// labelled is a label and what is said of it, if anything.
func labelled(label, text string) string {
	if text = escape(text); text != "" {
		return strong(label) + ": " + text
	}
	return strong(label)
}

// each maps s through f.
func each[T any](s []T, f func(T) string) []string {
	lines := make([]string, len(s))
	for i, t := range s {
		lines[i] = f(t)
	}
	return lines
}

// strong sets s in bold; empty text gives "", for two pairs of stars are a rule.
func strong(s string) string {
	if s = escape(s); s == "" {
		return ""
	}
	return "**" + s + "**"
}

const (
	alwaysMarkup = "\\`*_[]<>&|~$^{}@#" // means something wherever it stands
	openingMark  = "+-=:%"              // means something at the start of a line
)

// escape returns s, on one line, so that Markdown shows it as it is.
func escape(s string) string {
	var b strings.Builder
	runes := []rune(plain(s))
	for i, r := range runes {
		if strings.ContainsRune(alwaysMarkup, r) ||
			i == 0 && strings.ContainsRune(openingMark, r) ||
			(r == '.' || r == ')') && (numbers(runes[:i]) || afterWWW(runes[:i])) ||
			r == ':' && i+1 < len(runes) && opensName(runes[i+1]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// numbers reports whether a full stop after opening would number a list.
func numbers(opening []rune) bool {
	for _, r := range opening {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(opening) > 0
}

// afterWWW reports whether a full stop after text would start a bare link.
func afterWWW(text []rune) bool {
	return len(text) >= 3 && strings.EqualFold(string(text[len(text)-3:]), "www")
}

// opensName reports whether r after a colon would start a link or an emoji's name.
func opensName(r rune) bool { return r == '/' || r == '+' || unicode.IsLetter(r) }
