// Package record turns the record of a consult into Markdown and PDF. It knows
// nothing of consults or law: a [Document] is headings and neutral blocks, and
// the same document always gives the same bytes.
package record

import (
	"strings"
	"time"
)

// A Document is what goes into the chart. Every string in it is plain text on
// one line: line breaks and runs of spaces count as one space, and nothing is
// interpreted as markup. It holds no client identifiers; the places for them
// are [Blanks], to be filled in the chart.
type Document struct {
	Title    string
	Handle   string    // the only name the consult has; also the PDF's title
	Created  time.Time // the PDF's creation date; never the time of rendering
	Lead     string    // a paragraph under the title, "" for none
	Sections []Section
	Closing  string // set apart at the end
}

// A Section is a heading with what stands under it. One without blocks is left out.
type Section struct {
	Heading string
	Blocks  []Block
}

// A Block is one part of a section: [Paragraph], [Table], [List], [Law],
// [Timeline], [Blanks] or [Checklist].
type Block interface{ block() }

// A Tone sets a paragraph apart.
type Tone int

// The tones.
const (
	Plain    Tone = iota
	Subtitle      // a heading inside a section
	Muted         // an explanation
	Alert         // a departure, a conflict, something that was down
)

// A Paragraph is running text.
type Paragraph struct {
	Tone Tone
	Text string
}

// A Table lists labelled values, one row each.
type Table struct{ Rows []Row }

// A Row is one labelled value.
type Row struct{ Label, Value string }

// A List is a bulleted or numbered list.
type List struct {
	Ordered bool
	Items   []string
}

// A Law is one rule as it stood, with what it rests on. Empty parts are left out.
type Law struct {
	Verdict   string // what it comes to: "You must", "You may", "Undetermined"
	Weight    Weight
	Title     string
	Text      string   // what the law says
	Points    []Point  // its elements, one by one
	Terms     []Row    // deadlines, recipients, immunity, open questions
	Citations []string // where the law stands
	Footer    string   // pack, date, hash, review
}

// authority is the line that says where the law stands, "" without citations.
func (l Law) authority() string {
	if len(l.Citations) == 0 {
		return ""
	}
	return "Authority: " + strings.Join(l.Citations, "; ")
}

// A Weight says how far a rule binds; the PDF shows it in the rule's margin.
type Weight int

// The weights.
const (
	Permits Weight = iota // a permission, good practice, a statement
	Binds                 // a duty or a bar
	Open                  // undetermined
)

// A Point is one element of a rule, where it stands, and its citation, if any.
type Point struct{ Status, Text, Citation string }

// full is what the point says, with its citation.
func (p Point) full() string {
	if p.Citation == "" {
		return p.Text
	}
	return p.Text + " (" + p.Citation + ")"
}

// A Timeline lists what happened, in order.
type Timeline struct{ Moments []Moment }

// A Moment is one thing that happened; When is written out, in words and digits.
type Moment struct{ When, Text string }

// Blanks are lines for the chart, never for the program, to hold.
type Blanks struct{ Labels []string }

// A Checklist is what was to be done, and whether it was.
type Checklist struct{ Items []Check }

// A Check is one thing to do.
type Check struct {
	Done   bool
	Label  string
	Detail string // who did it and when, by when it is due, why it was not done
}

func (Paragraph) block() {}
func (Table) block()     {}
func (List) block()      {}
func (Law) block()       {}
func (Timeline) block()  {}
func (Blanks) block()    {}
func (Checklist) block() {}
