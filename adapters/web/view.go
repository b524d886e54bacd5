package web

import (
	"strconv"
	"strings"
	"time"

	"curbside/dialog"
)

// manyOptions is from how many answers on a question is shown as one select.
const manyOptions = 10

type viewData struct {
	ID, Title, Status string
	Blocks            []blockData
}

// A blockData is one block; exactly one of its parts is set.
type blockData struct {
	Text      *dialog.Text
	Pairs     *pairsData
	List      *dialog.List
	Law       *lawData
	Choices   *choicesData
	Buttons   []buttonData
	Checklist *checklistData
	Clock     *deadlineData
	Pointer   *pointerData
}

type buttonData struct {
	ID      string
	Label   string
	Style   dialog.ButtonStyle
	Confirm string
	Opens   bool
	Press   string
	Hidden  hidden
}

type pairsData struct {
	Title string
	Items []pairData
}

type pairData struct {
	Label, Value string
	Change       *buttonData
}

type lawData struct {
	dialog.Law
	Heading string // id
}

type choicesData struct {
	ID           string
	Prompt, Help string
	Multiple     bool
	Select       bool
	Options      []optionData
	Label        string
	Press        string
	Hidden       hidden
}

type optionData struct {
	ID, Label, Help, Value string
	Selected               bool
}

type checklistData struct {
	Title string
	Items []checkData
}

type checkData struct {
	Label, Detail, Done string
	Press               *buttonData
}

type deadlineData struct {
	Label, When, Relative, ISO string
	Done, Late                 bool
}

type pointerData struct{ Label, Thread, Side string }

// view draws v at the painter's place.
func (d painter) view(v dialog.View) viewData {
	data := viewData{ID: d.id, Title: v.Title, Status: v.Status}
	for _, b := range v.Blocks {
		data.Blocks = append(data.Blocks, d.block(b))
	}
	return data
}

func (d painter) block(b dialog.Block) blockData {
	switch b := b.(type) {
	case dialog.Text:
		return blockData{Text: &b}
	case dialog.Pairs:
		return blockData{Pairs: d.pairs(b)}
	case dialog.List:
		return blockData{List: &b}
	case dialog.Law:
		return blockData{Law: &lawData{Law: b, Heading: d.name("law", b.Title)}}
	case dialog.Choices:
		return blockData{Choices: d.choices(b)}
	case dialog.Buttons:
		var row []buttonData
		for _, item := range b.Items {
			row = append(row, d.button(item))
		}
		return blockData{Buttons: row}
	case dialog.Checklist:
		return blockData{Checklist: d.checklist(b)}
	case dialog.Clock:
		return blockData{Clock: d.deadline(b)}
	case dialog.Pointer:
		return blockData{Pointer: &pointerData{Label: b.Label, Thread: d.side.String() + "-thread-" + b.Handle, Side: d.side.String()}}
	default:
		return blockData{}
	}
}

// button draws b. Its id holds what it does and not the version it was drawn
// for, so that the focus stays on it when the message changes.
func (d painter) button(b dialog.Button) buttonData {
	return buttonData{
		ID:    d.name(append([]string{"press", b.Press.Handle, string(b.Press.Action)}, b.Press.Args...)...),
		Label: b.Label, Style: b.Style, Confirm: b.Confirm, Opens: b.Opens,
		Press: b.Press.String(), Hidden: d.hidden(),
	}
}

func (d painter) pairs(p dialog.Pairs) *pairsData {
	data := &pairsData{Title: p.Title}
	for _, item := range p.Items {
		pair := pairData{Label: item.Label, Value: item.Value}
		if item.Change != nil {
			change := d.button(*item.Change)
			pair.Change = &change
		}
		data.Items = append(data.Items, pair)
	}
	return data
}

func (d painter) choices(c dialog.Choices) *choicesData {
	data := &choicesData{
		ID: d.name("ask", c.ID), Prompt: c.Prompt, Help: c.Help, Multiple: c.Multiple,
		Select: !c.Multiple && len(c.Options) >= manyOptions, Hidden: d.hidden(), Label: c.Label,
	}
	if c.Multiple {
		data.Press = c.Submit.String()
	}
	for _, o := range c.Options {
		option := optionData{Label: o.Label, Help: o.Help, Value: o.Value, Selected: o.Selected}
		if c.Multiple {
			option.ID = d.name("ask", c.ID, o.Value)
		} else {
			option.Value = o.Press.String()
			option.ID = d.name("ask", c.ID, string(o.Press.Action), strings.Join(o.Press.Args, "-"))
		}
		data.Options = append(data.Options, option)
	}
	return data
}

func (d painter) checklist(c dialog.Checklist) *checklistData {
	data := &checklistData{Title: c.Title}
	for _, item := range c.Items {
		check := checkData{Label: item.Label, Detail: item.Detail, Done: item.Done}
		if item.Press != nil {
			press := d.button(*item.Press)
			check.Press = &press
		}
		data.Items = append(data.Items, check)
	}
	return data
}

func (d painter) deadline(c dialog.Clock) *deadlineData {
	due := c.Due.In(d.now.Location())
	return &deadlineData{
		Label: c.Label, When: due.Format("Mon Jan 2, 3:04 PM MST"), Relative: relative(due, d.now),
		ISO: due.Format(time.RFC3339), Done: c.Done, Late: !c.Done && due.Before(d.now),
	}
}

type formData struct {
	ID, Title, Intro, Label, Press string
	Hidden                         hidden
	Fields                         []fieldData
}

type fieldData struct {
	dialog.Field
	HTMLID, Fault string
	DescribedBy   string
}

func (d painter) form(f openForm) *formData {
	at := d.at("form-"+strconv.Itoa(f.id), f.from)
	data := &formData{
		ID: at.id, Title: f.form.Title, Intro: f.form.Intro, Label: f.form.Label,
		Press: f.form.Submit.String(), Hidden: at.hidden(),
	}
	for _, field := range f.form.Fields {
		shown := fieldData{Field: field, HTMLID: at.name(string(field.ID)), Fault: f.faults[field.ID]}
		var by []string
		if field.Hint != "" {
			by = append(by, shown.HTMLID+"-hint")
		}
		if shown.Fault != "" {
			by = append(by, shown.HTMLID+"-fault")
		}
		shown.DescribedBy = strings.Join(by, " ")
		data.Fields = append(data.Fields, shown)
	}
	return data
}
