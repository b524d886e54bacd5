package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"curbside/dialog"
)

// A textBlock is one block of a view as lines of plain text: a heading, which
// may be empty, and parts that can stand without each other.
type textBlock struct {
	tone  dialog.Tone
	head  []string
	parts [][]string
}

// whole is a block that is shown as a whole.
func whole(tone dialog.Tone, lines []string) textBlock {
	if len(lines) == 0 {
		return textBlock{tone: tone}
	}
	return textBlock{tone: tone, parts: [][]string{lines}}
}

// lines are all lines of the block.
func (b textBlock) lines() []string { return slices.Concat(b.head, slices.Concat(b.parts...)) }

// textBlocks writes a view for a terminal, no line wider than width. Times are
// shown in zone. A view's title and status are its first block.
func textBlocks(v dialog.View, width int, zone *time.Location) []textBlock {
	t := texter{width: width, zone: zone}
	var blocks []textBlock
	if head := append(t.wrap("", v.Title), t.wrap("", v.Status)...); len(head) > 0 {
		blocks = append(blocks, whole(dialog.ToneHeading, head))
	}
	for _, b := range v.Blocks {
		if tb := t.block(b); len(tb.parts) > 0 {
			blocks = append(blocks, tb)
		}
	}
	return blocks
}

type texter struct {
	width int
	zone  *time.Location
}

func (t texter) block(b dialog.Block) textBlock {
	switch b := b.(type) {
	case dialog.Text:
		return whole(b.Tone, t.wrap("", b.Text))
	case dialog.Pairs:
		return t.pairs(b)
	case dialog.List:
		return t.list(b)
	case dialog.Law:
		return whole(dialog.TonePlain, t.law(b))
	case dialog.Choices:
		return whole(dialog.TonePlain, t.choices(b))
	case dialog.Buttons:
		return whole(dialog.TonePlain, t.buttons(b))
	case dialog.Checklist:
		return t.checklist(b)
	case dialog.Clock:
		return whole(dialog.TonePlain, t.clock(b))
	case dialog.Pointer:
		return whole(dialog.TonePlain, t.wrap("", "-> "+b.Label+" ("+b.Handle+")"))
	default:
		return textBlock{}
	}
}

func (t texter) pairs(p dialog.Pairs) textBlock {
	b := textBlock{head: t.wrap("", p.Title)}
	for _, item := range p.Items {
		b.parts = append(b.parts, t.wrap("  ", item.Label+": "+item.Value))
	}
	return b
}

func (t texter) list(l dialog.List) textBlock {
	b := textBlock{tone: l.Tone, head: t.wrap("", l.Title)}
	for i, item := range l.Items {
		mark := "- "
		if l.Ordered {
			mark = fmt.Sprintf("%d. ", i+1)
		}
		b.parts = append(b.parts, t.wrap("  "+mark, item))
	}
	return b
}

func (t texter) law(l dialog.Law) []string {
	lines := t.wrap("", l.Effect+": "+l.Title)
	lines = append(lines, t.wrap("  ", l.Text)...)
	for _, p := range l.Points {
		lines = append(lines, t.wrap("  - ", p)...)
	}
	for _, c := range l.Citations {
		lines = append(lines, t.wrap("  law: ", c)...)
	}
	return append(lines, t.wrap("  ", l.Footer)...)
}

func (t texter) choices(c dialog.Choices) []string {
	lines := append(t.wrap("", c.Prompt), t.wrap("", c.Help)...)
	for _, o := range c.Options {
		mark := "  ( ) "
		switch {
		case c.Multiple && o.Selected:
			mark = "  [x] "
		case c.Multiple:
			mark = "  [ ] "
		case o.Selected:
			mark = "  (o) "
		}
		label := o.Label
		if o.Help != "" {
			label += " (" + o.Help + ")"
		}
		lines = append(lines, t.wrap(mark, label)...)
	}
	if c.Multiple {
		lines = append(lines, "  <"+c.Label+">")
	}
	return lines
}

func (t texter) buttons(b dialog.Buttons) []string {
	labels := make([]string, len(b.Items))
	for i, item := range b.Items {
		labels[i] = "<" + strings.ReplaceAll(item.Label, " ", "\u00a0") + ">" // a button is not broken
	}
	return t.wrap("  ", strings.Join(labels, " "))
}

func (t texter) checklist(c dialog.Checklist) textBlock {
	b := textBlock{head: t.wrap("", c.Title)}
	for _, item := range c.Items {
		mark, button := "  [ ] ", ""
		if item.Done != "" {
			mark = "  [x] "
		}
		if item.Press != nil {
			button = " <" + item.Press.Label + ">"
		}
		b.parts = append(b.parts, slices.Concat(
			t.wrap(mark, item.Label+button), t.wrap("      ", item.Detail), t.wrap("      ", item.Done)))
	}
	return b
}

func (t texter) clock(c dialog.Clock) []string {
	due := c.Due.In(t.zone).Format("Mon 15:04")
	if c.Done {
		return t.wrap("  [x] ", c.Label+" (was due "+due+")")
	}
	return t.wrap("  by "+due+": ", c.Label)
}

// wrap breaks s at spaces; lead stands before the first line and as many spaces
// before the others. Empty text has no lines.
func (t texter) wrap(lead, s string) []string {
	var lines []string
	line, indent := lead, strings.Repeat(" ", utf8.RuneCountInString(lead))
	empty := true
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		switch {
		case empty:
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= t.width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = indent + word
		}
		empty = false
	}
	if empty {
		return nil
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "\u00a0", " ")
	}
	return lines
}
