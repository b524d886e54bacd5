package discord

import (
	"slices"
	"strconv"
	"strings"

	"curbside/dialog"
)

// manyAnswers is from how many answers on a question is shown as a list.
const manyAnswers = 6

func isSelect(c dialog.Choices) bool { return c.Multiple || len(c.Options) >= manyAnswers }

// Controls are what can be pressed in a view, apart from its text: a message has
// all of it below.
type controls struct {
	selects []component   // of the questions, one row each
	marks   []option      // of the checklists
	buttons [][]component // by the group they stand in
	ids     map[string]bool
}

// controlsOf collects what can be pressed. link is as for a [writer]: a pointer
// to a thread that is not known yet is a button that looks for it.
func controlsOf(v dialog.View, link func(string) string, asked func(dialog.Button)) controls {
	c := controls{ids: map[string]bool{}}
	button := func(b dialog.Button) component {
		if b.Confirm != "" {
			asked(b)
		}
		return buttonOf(b)
	}
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Choices:
			c.question(b)
		case dialog.Buttons:
			var group []component
			for _, item := range b.Items {
				group = append(group, button(item))
			}
			c.group(group)
		case dialog.Pairs:
			var group []component
			for _, item := range b.Items {
				if item.Change != nil {
					group = append(group, button(changing(item)))
				}
			}
			c.group(group)
		case dialog.Checklist:
			c.mark(b, asked)
		case dialog.Pointer:
			if link(b.Handle) == "" {
				c.group([]component{{Type: typeButton, Style: styleSecondary, Label: shortened(b.Label, maxButtonLabel), CustomID: idGo + b.Handle}})
			}
		}
	}
	c.list("Mark on the list", c.marks)
	return c
}

// changing is the button that changes a value, which no longer stands beside it.
func changing(p dialog.Pair) dialog.Button {
	b := *p.Change
	if !strings.Contains(b.Label, " ") {
		b.Label += ": " + p.Label
	}
	return b
}

// group adds buttons, each of them once: an id counts once in a message.
func (c *controls) group(of []component) {
	var fresh []component
	for _, b := range of {
		if !c.ids[b.CustomID] {
			fresh = append(fresh, b)
		}
		c.ids[b.CustomID] = true
	}
	if len(fresh) > 0 {
		c.buttons = append(c.buttons, fresh)
	}
}

func buttonOf(b dialog.Button) component {
	styles := map[dialog.ButtonStyle]int{dialog.StylePrimary: stylePrimary, dialog.StyleDanger: styleDanger}
	style, ok := styles[b.Style]
	if !ok {
		style = styleSecondary
	}
	return component{Type: typeButton, Style: style, Label: shortened(b.Label, maxButtonLabel), CustomID: pressID(b)}
}

// pressID is the custom id of a button: its press, marked when it asks first.
func pressID(b dialog.Button) string {
	if b.Confirm != "" {
		return idConfirm + b.Press.String()
	}
	return b.Press.String()
}

func (c *controls) question(q dialog.Choices) {
	if q.Multiple {
		c.several(q)
		return
	}
	if !isSelect(q) {
		var group []component
		for _, o := range q.Options {
			style := styleSecondary
			if o.Selected {
				style = stylePrimary
			}
			group = append(group, component{Type: typeButton, Style: style, Label: shortened(o.Label, maxButtonLabel), CustomID: o.Press.String()})
		}
		c.group(group)
		return
	}
	options := make([]option, 0, len(q.Options))
	for _, o := range q.Options {
		options = append(options, optionOf(o.Label, o.Help, o.Press.String(), o.Selected))
	}
	c.list(q.Prompt, options)
}

// several makes lists in which more than one answer can be picked, and the
// button that sends what was picked in all of them.
func (c *controls) several(q dialog.Choices) {
	press := q.Submit.String()
	for n, some := range chunked(q.Options, maxOptions) {
		options := make([]option, 0, len(some))
		for _, o := range some {
			options = append(options, optionOf(o.Label, o.Help, o.Value, o.Selected))
		}
		least := 0
		c.selects = append(c.selects, component{
			Type: typeSelect, CustomID: idPicks + strconv.Itoa(n) + press, Options: options,
			MinValues: &least, MaxValues: len(options), Placeholder: placeholder(q.Prompt, options, len(q.Options)),
		})
	}
	c.group([]component{{Type: typeButton, Style: stylePrimary, Label: shortened(q.Label, maxButtonLabel), CustomID: idSend + press}})
}

// mark adds what can be marked on a checklist. All checklists share one list, so
// that there is room for what is pressed in a hurry.
func (c *controls) mark(l dialog.Checklist, asked func(dialog.Button)) {
	for _, item := range l.Items {
		if item.Press == nil {
			continue
		}
		if item.Press.Confirm != "" {
			asked(*item.Press)
		}
		c.marks = append(c.marks, optionOf(item.Press.Label+": "+item.Label, "", pressID(*item.Press), false))
	}
}

// list makes as many lists as there are options for. A value is a custom id.
func (c *controls) list(prompt string, options []option) {
	for _, some := range chunked(options, maxOptions) {
		c.selects = append(c.selects, listOf(placeholder(prompt, some, len(options)), some))
	}
}

// listOf is a list of things to press. Its own id says nothing: what is pressed
// is the value. The first value makes it differ from the lists beside it and
// from those of other versions.
func listOf(title string, options []option) component {
	return component{
		Type: typeSelect, CustomID: shortID(idList + options[0].Value), Options: options,
		Placeholder: shortened(title, maxPlaceholder),
	}
}

func shortID(id string) string {
	if len(id) > maxCustomID {
		return id[:maxCustomID] // a press is ASCII
	}
	return id
}

// placeholder is the prompt and, where one list does not hold all, the range.
func placeholder(prompt string, options []option, all int) string {
	if len(options) == all {
		return shortened(prompt, maxPlaceholder)
	}
	return shortened(options[0].Label+" – "+options[len(options)-1].Label, maxPlaceholder)
}

func optionOf(label, help, value string, selected bool) option {
	return option{Label: shortened(label, maxOptionText), Description: shortened(help, maxOptionText), Value: value, Default: selected}
}

func chunked[T any](all []T, n int) [][]T {
	var some [][]T
	for len(all) > n {
		some, all = append(some, all[:n]), all[n:]
	}
	if len(all) > 0 {
		some = append(some, all)
	}
	return some
}

// rows takes from c what fits below one message, and leaves the rest. Lists come
// first, as they hold the question; buttons keep their groups while there is
// room, stand close together when there is less, and those that do not fit are
// one more list.
func (c *controls) rows(most int) []component {
	var rows []component
	lists := min(len(c.selects), most)
	if len(c.buttons) > 0 {
		lists = min(lists, most-1)
	}
	for _, s := range c.selects[:lists] {
		rows = append(rows, row(s))
	}
	c.selects = c.selects[lists:]
	most -= lists

	var grouped, all []component
	for _, group := range c.buttons {
		all = append(all, group...)
		for _, some := range chunked(group, maxRowButtons) {
			grouped = append(grouped, row(some...))
		}
	}
	c.buttons = nil
	if len(grouped) <= most {
		return append(rows, grouped...)
	}
	direct := all
	if len(all) > most*maxRowButtons {
		slices.SortStableFunc(all, func(a, b component) int { return urgency(a) - urgency(b) })
		direct = all[:(most-1)*maxRowButtons]
	}
	for _, some := range chunked(direct, maxRowButtons) {
		rows = append(rows, row(some...))
	}
	if rest := all[len(direct):]; len(rest) > 0 {
		some := rest[:min(len(rest), maxOptions)]
		var options []option
		for _, b := range some {
			options = append(options, option{Label: b.Label, Value: b.CustomID})
		}
		rows = append(rows, row(listOf("More to do here", options)))
		if len(rest) > len(some) {
			c.buttons = [][]component{rest[len(some):]}
		}
	}
	return rows
}

// urgency puts first what must not be behind another press.
func urgency(b component) int {
	switch b.Style {
	case styleDanger:
		return 0
	case stylePrimary:
		return 1
	default:
		return 2
	}
}

func (c *controls) empty() bool { return len(c.selects) == 0 && len(c.buttons) == 0 }
