package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// pageWidth is how wide text is set, in characters.
const pageWidth = 100

// A page is plain text for a terminal, written at once when it is done.
type page struct{ strings.Builder }

// heading begins a section.
func (p *page) heading(title string) {
	if p.Len() > 0 {
		p.WriteByte('\n')
	}
	fmt.Fprintf(p, "%s\n%s\n", title, strings.Repeat("-", len([]rune(title))))
}

// item writes text beside a label, wrapped and aligned at column; below the
// label where that is wider.
func (p *page) item(column int, label, text string) {
	if text == "" {
		return
	}
	lines := wrap(text, pageWidth-column)
	if len([]rune(label)) >= column && column > 0 {
		fmt.Fprintln(p, label)
		label = ""
	}
	fmt.Fprintf(p, "%-*s%s\n", column, label, lines[0])
	for _, line := range lines[1:] {
		fmt.Fprintf(p, "%s%s\n", strings.Repeat(" ", column), line)
	}
}

// items writes texts one under the other, the label beside the first.
func (p *page) items(column int, label string, texts []string) {
	for i, text := range texts {
		if i > 0 {
			label = ""
		}
		p.item(column, label, text)
	}
}

// table writes rows in aligned columns.
func (p *page) table(rows [][]string) error {
	w := tabwriter.NewWriter(p, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		if _, err := fmt.Fprintln(w, strings.Join(row, "\t")); err != nil {
			return fmt.Errorf("set a table: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("set a table: %w", err)
	}
	return nil
}

func (p *page) writeTo(w io.Writer) error {
	if _, err := io.WriteString(w, p.String()); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

// wrap breaks text at spaces into lines of at most width characters, each
// indented as the text is; a longer word has a line of its own.
func wrap(text string, width int) []string {
	indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = indent + word
		case len([]rune(line))+1+len([]rune(word)) > width:
			lines = append(lines, line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
