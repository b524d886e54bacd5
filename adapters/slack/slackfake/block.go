package slackfake

import (
	"encoding/json"
	"strings"
)

// A Text is a text object: plain_text or mrkdwn.
type Text struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji,omitempty"`
	Verbatim bool   `json:"verbatim,omitempty"`
}

// An Option is one entry of a menu, a radio group or a row of checkboxes.
type Option struct {
	Text        *Text  `json:"text"`
	Value       string `json:"value"`
	Description *Text  `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
}

// An OptionGroup is a titled part of a menu.
type OptionGroup struct {
	Label   *Text    `json:"label"`
	Options []Option `json:"options"`
}

// A Confirm is the question that Slack asks before an element counts.
type Confirm struct {
	Title   *Text  `json:"title"`
	Text    *Text  `json:"text"`
	Confirm *Text  `json:"confirm"`
	Deny    *Text  `json:"deny"`
	Style   string `json:"style,omitempty"`
}

// An Element is something to press, choose or fill in.
type Element struct {
	Type               string        `json:"type"`
	ActionID           string        `json:"action_id,omitempty"`
	Text               *Text         `json:"text,omitempty"`
	Value              string        `json:"value,omitempty"`
	URL                string        `json:"url,omitempty"`
	Style              string        `json:"style,omitempty"`
	Confirm            *Confirm      `json:"confirm,omitempty"`
	Placeholder        *Text         `json:"placeholder,omitempty"`
	Options            []Option      `json:"options,omitempty"`
	OptionGroups       []OptionGroup `json:"option_groups,omitempty"`
	InitialOption      *Option       `json:"initial_option,omitempty"`
	InitialOptions     []Option      `json:"initial_options,omitempty"`
	InitialValue       string        `json:"initial_value,omitempty"`
	Multiline          bool          `json:"multiline,omitempty"`
	MinLength          *int          `json:"min_length,omitempty"`
	MaxLength          *int          `json:"max_length,omitempty"`
	MaxSelectedItems   *int          `json:"max_selected_items,omitempty"`
	FocusOnLoad        bool          `json:"focus_on_load,omitempty"`
	AccessibilityLabel string        `json:"accessibility_label,omitempty"`
	ImageURL           string        `json:"image_url,omitempty"`
	AltText            string        `json:"alt_text,omitempty"`

	raw json.RawMessage
}

// UnmarshalJSON keeps what it reads, so that properties which are not Slack's
// can be found.
func (e *Element) UnmarshalJSON(data []byte) error {
	type bare Element
	e.raw = append(json.RawMessage(nil), data...)
	return json.Unmarshal(data, (*bare)(e))
}

// all returns the options of an element, those in groups as well.
func (e *Element) all() []Option {
	options := e.Options
	for _, g := range e.OptionGroups {
		options = append(options, g.Options...)
	}
	return options
}

// multiple reports whether several options can be picked.
func (e *Element) multiple() bool {
	return e.Type == "checkboxes" || e.Type == "multi_static_select"
}

// chosen reports whether an element keeps what was put in, as state.
func (e *Element) chosen() bool {
	switch e.Type {
	case "static_select", "multi_static_select", "radio_buttons", "checkboxes", "plain_text_input":
		return true
	}
	return false
}

// A Block is one block of a message or a view, with what Slack adds: the ids
// that were left out.
type Block struct {
	Type           string            `json:"type"`
	BlockID        string            `json:"block_id"`
	Text           *Text             `json:"-"`
	RawText        json.RawMessage   `json:"text,omitempty"`
	Fields         []Text            `json:"fields,omitempty"`
	Accessory      *Element          `json:"accessory,omitempty"`
	Expand         *bool             `json:"expand,omitempty"`
	RawElements    []json.RawMessage `json:"elements,omitempty"`
	Elements       []Element         `json:"-"` // of an actions block
	Label          *Text             `json:"label,omitempty"`
	Hint           *Text             `json:"hint,omitempty"`
	Element        *Element          `json:"element,omitempty"`
	Optional       bool              `json:"optional,omitempty"`
	DispatchAction bool              `json:"dispatch_action,omitempty"`
	Title          *Text             `json:"title,omitempty"`
	ImageURL       string            `json:"image_url,omitempty"`
	AltText        string            `json:"alt_text,omitempty"`
	Rows           [][]RichText      `json:"rows,omitempty"`
	ColumnSettings json.RawMessage   `json:"column_settings,omitempty"`
}

// controls returns the interactive elements of a block.
func (b *Block) controls() []*Element {
	var all []*Element
	for i := range b.Elements {
		all = append(all, &b.Elements[i])
	}
	for _, e := range []*Element{b.Accessory, b.Element} {
		if e != nil && e.Type != "image" {
			all = append(all, e)
		}
	}
	return all
}

// A RichText is one node of a rich_text block, or a cell of a table.
type RichText struct {
	Type     string          `json:"type"`
	Text     string          `json:"text,omitempty"`
	Elements []RichText      `json:"elements,omitempty"`
	UserID   string          `json:"user_id,omitempty"`
	Range    string          `json:"range,omitempty"`
	Name     string          `json:"name,omitempty"`
	URL      string          `json:"url,omitempty"`
	Fallback string          `json:"fallback,omitempty"`
	Format   string          `json:"format,omitempty"`
	Style    json.RawMessage `json:"style,omitempty"`

	Timestamp int64 `json:"timestamp,omitempty"`
	Indent    int   `json:"indent,omitempty"`
	Border    int   `json:"border,omitempty"`
}

// A Control is an interactive element as somebody finds it on a surface.
type Control struct {
	BlockID string
	Element Element
	Line    string // what is written beside it, in the same block
}

// Label is what stands on a button, or the placeholder of a menu.
func (c Control) Label() string {
	if c.Element.Text != nil {
		return plain(c.Element.Text)
	}
	if c.Element.Placeholder != nil {
		return plain(c.Element.Placeholder)
	}
	return ""
}

// Question is what Slack asks before the element counts; "" is nothing.
func (c Control) Question() string {
	q := c.Element.Confirm
	if q == nil {
		return ""
	}
	return plain(q.Title) + "\n" + plain(q.Text)
}

// Options are the labels that can be chosen, in their order.
func (c Control) Options() []string {
	var labels []string
	for _, o := range c.Element.all() {
		labels = append(labels, plain(o.Text))
	}
	return labels
}

func controls(blocks []Block) []Control {
	var all []Control
	for i := range blocks {
		for _, e := range blocks[i].controls() {
			all = append(all, Control{blocks[i].BlockID, *e, plain(blocks[i].Text)})
		}
	}
	return all
}

// readable is all that can be read in blocks, a line for each text, with the
// labels of what can be pressed, chosen or filled in.
func readable(blocks []Block) string {
	var lines []string
	add := func(texts ...*Text) {
		for _, t := range texts {
			if t != nil {
				lines = append(lines, plain(t))
			}
		}
	}
	for i := range blocks {
		b := &blocks[i]
		add(b.Title, b.Text, b.Label, b.Hint)
		for j := range b.Fields {
			add(&b.Fields[j])
		}
		if b.Type == "context" {
			for _, t := range contextTexts(b) {
				add(t)
			}
		}
		lines = append(lines, richLines(b)...)
		for _, e := range b.controls() {
			add(e.Text)
			for _, o := range e.all() {
				add(o.Text, o.Description)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// contextTexts are the texts in a context block, whose elements may be images too.
func contextTexts(b *Block) []*Text {
	var texts []*Text
	for _, raw := range b.RawElements {
		var t Text
		if json.Unmarshal(raw, &t) == nil && t.Type != "image" {
			texts = append(texts, &t)
		}
	}
	return texts
}

// richLines are the lines of a rich_text block or a table.
func richLines(b *Block) []string {
	var lines []string
	switch b.Type {
	case "rich_text":
		for _, raw := range b.RawElements {
			var node RichText
			if json.Unmarshal(raw, &node) == nil {
				lines = append(lines, node.lines()...)
			}
		}
	case "table":
		for _, row := range b.Rows {
			var cells []string
			for _, cell := range row {
				cells = append(cells, strings.Join(cell.lines(), " "))
			}
			lines = append(lines, strings.Join(cells, " "))
		}
	}
	return lines
}

// lines are what a node shows: one line, or one for each entry of a list.
func (n RichText) lines() []string {
	if n.Type == "rich_text_list" || n.Type == "rich_text" {
		var lines []string
		for _, entry := range n.Elements {
			lines = append(lines, entry.lines()...)
		}
		return lines
	}
	return []string{n.inline()}
}

func (n RichText) inline() string {
	switch n.Type {
	case "user":
		return "@" + n.UserID
	case "broadcast":
		return "@" + n.Range
	case "emoji":
		return emoji(":" + n.Name + ":")
	case "date":
		return n.Fallback
	case "link":
		if n.Text == "" {
			return n.URL
		}
	}
	var line strings.Builder
	line.WriteString(n.Text)
	for _, part := range n.Elements {
		line.WriteString(part.inline())
	}
	return line.String()
}

// walk visits n and everything in it.
func (n RichText) walk(visit func(RichText)) {
	visit(n)
	for _, part := range n.Elements {
		part.walk(visit)
	}
}
