package slack

import (
	"encoding/json"
	"fmt"
	"slices"

	slackapi "github.com/slack-go/slack"

	"curbside/dialog"
)

// A room is how much one page takes.
type room struct{ blocks, text int }

var (
	messageRoom = room{mostInMessage, messageText}
	viewRoom    = room{mostInView, viewText}
)

// half is for when Slack takes less than it says.
func (r room) half() room { return room{r.blocks / 2, r.text / 2} }

// pages lays a view out. What can be pressed stays on the first page as long as
// there is room; what is to be read moves to later ones, in its order, whole.
// turn makes the button that leads to a page, counted from 0; nil leaves it out.
func (p *painter) pages(v dialog.View, in room, turn func(page, of int) slackapi.Block) [][]slackapi.Block {
	head := p.head(v)
	units := p.whole(p.units(v), in)
	left := room{in.blocks - len(head) - 1, in.text - weigh(head...) - 40}
	kept := make([]bool, len(units))
	for i := range kept {
		kept[i] = true
	}
	for !fits(units, kept, left) {
		victim := lastKept(units, kept, true)
		if victim < 0 {
			victim = lastKept(units, kept, false)
		}
		kept[victim] = false
	}
	later := p.packPages(units, kept, left)
	first := slices.Clone(head)
	moved := false
	for i, u := range units {
		switch {
		case kept[i]:
			first = append(first, u.blocks...)
		case !moved && turn != nil:
			first, moved = append(first, turn(1, len(later)+1)), true
		}
	}
	all := [][]slackapi.Block{first}
	for i, page := range later {
		page = append(slices.Clone(head[:min(len(head), 1)]), page...)
		if next := i + 2; turn != nil && next <= len(later) {
			page = append(page, turn(next, len(later)+1))
		}
		all = append(all, page)
	}
	return all
}

// whole breaks a unit that is more than a page into its blocks.
func (p *painter) whole(units []unit, in room) []unit {
	var all []unit
	for _, u := range units {
		if len(u.blocks) < in.blocks/2 && weigh(u.blocks...) < in.text/2 {
			all = append(all, u)
			continue
		}
		for _, b := range u.blocks {
			all = append(all, unit{blocks: []slackapi.Block{b}, read: u.read})
		}
	}
	return all
}

func fits(units []unit, kept []bool, in room) bool {
	for i, u := range units {
		if kept[i] {
			in.blocks -= len(u.blocks)
			in.text -= weigh(u.blocks...)
		}
	}
	return in.blocks >= 0 && in.text >= 0 || !slices.Contains(kept, true)
}

func lastKept(units []unit, kept []bool, read bool) int {
	for i := len(units) - 1; i >= 0; i-- {
		if kept[i] && (!read || units[i].read) {
			return i
		}
	}
	return -1
}

// packPages puts what was not kept on pages of their own, in its order.
func (p *painter) packPages(units []unit, kept []bool, in room) [][]slackapi.Block {
	var pages [][]slackapi.Block
	left := room{}
	for i, u := range units {
		if kept[i] {
			continue
		}
		weight := weigh(u.blocks...)
		if len(pages) == 0 || len(u.blocks) > left.blocks || weight > left.text {
			pages = append(pages, nil)
			left = in
		}
		last := len(pages) - 1
		pages[last] = append(pages[last], u.blocks...)
		left.blocks -= len(u.blocks)
		left.text -= weight
	}
	return pages
}

// A page names one page of what an effect put in front of people: the value of
// its More button.
type page struct {
	Effect dialog.Effect `json:"e"`
	Number int           `json:"n"`
}

// turner makes the More buttons of what an effect shows.
func (p *painter) turner(e dialog.Effect) func(number, of int) slackapi.Block {
	return func(number, of int) slackapi.Block {
		value, _ := json.Marshal(page{e, number}) // plain values
		label := fmt.Sprintf("More (%d of %d)", number+1, of)
		return slackapi.NewActionBlock(p.id("more"), slackapi.NewButtonBlockElement(p.action(actMore), string(value), plain(label)))
	}
}

// weigh counts the characters that stand in blocks.
func weigh(blocks ...slackapi.Block) int {
	n := 0
	for _, b := range blocks {
		switch b := b.(type) {
		case *slackapi.HeaderBlock:
			n += length(b.Text.Text)
		case *slackapi.SectionBlock:
			n += length(b.Text.Text)
			if b.Accessory != nil && b.Accessory.ButtonElement != nil {
				n += weighElement(b.Accessory.ButtonElement)
			}
			if b.Accessory != nil && b.Accessory.MultiSelectElement != nil {
				n += weighElement(b.Accessory.MultiSelectElement)
			}
		case *slackapi.ContextBlock:
			for _, e := range b.ContextElements.Elements {
				if t, ok := e.(*slackapi.TextBlockObject); ok {
					n += length(t.Text)
				}
			}
		case *slackapi.ActionBlock:
			for _, e := range b.Elements.ElementSet {
				n += weighElement(e)
			}
		case *slackapi.RichTextBlock:
			for _, e := range b.Elements {
				n += weighRich(e)
			}
		}
	}
	return n
}

func weighElement(e slackapi.BlockElement) int {
	switch e := e.(type) {
	case *slackapi.ButtonBlockElement:
		n := length(e.Text.Text)
		if e.Confirm != nil {
			n += length(e.Confirm.Title.Text) + length(e.Confirm.Text.Text)
		}
		return n
	case *slackapi.RadioButtonsBlockElement:
		return weighOptions(e.Options)
	case *slackapi.CheckboxGroupsBlockElement:
		return weighOptions(e.Options)
	case *slackapi.SelectBlockElement:
		return length(e.Placeholder.Text) + weighOptions(e.Options)
	case *slackapi.MultiSelectBlockElement:
		return length(e.Placeholder.Text) + weighOptions(e.Options)
	}
	return 0
}

func weighOptions(options []*slackapi.OptionBlockObject) int {
	n := 0
	for _, o := range options {
		n += length(o.Text.Text)
		if o.Description != nil {
			n += length(o.Description.Text)
		}
	}
	return n
}

func weighRich(e slackapi.RichTextElement) int {
	n := 0
	switch e := e.(type) {
	case *slackapi.RichTextSection:
		for _, part := range e.Elements {
			n += weighPart(part)
		}
	case *slackapi.RichTextQuote:
		for _, part := range e.Elements {
			n += weighPart(part)
		}
	case *slackapi.RichTextList:
		for _, part := range e.Elements {
			n += weighRich(part)
		}
	}
	return n
}

func weighPart(e slackapi.RichTextSectionElement) int {
	switch e := e.(type) {
	case *slackapi.RichTextSectionTextElement:
		return length(e.Text)
	case *slackapi.RichTextSectionLinkElement:
		return length(e.Text) + length(e.URL)
	case *slackapi.RichTextSectionDateElement:
		return 40
	}
	return 0
}
