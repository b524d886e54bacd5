package slack

import (
	"slices"
	"strconv"

	slackapi "github.com/slack-go/slack"

	"curbside/dialog"
)

// The kinds of action, the first part of an action id. What is only ticked, and
// a link, ask nothing of the bot.
const (
	actPress  = "press"  // a button: its value is the press
	actOpen   = "open"   // a button whose answer is a form
	actChoose = "choose" // a radio group or select: the option's value is the press
	actGive   = "give"   // the button beside one of these: sends what stands there
	actPick   = "pick"   // boxes: read when the button that sends them is pressed
	actSend   = "send"   // the button that sends what was picked
	actMore   = "more"   // another page of the same
)

// shortLabel is how much of a button can be seen on a telephone.
const shortLabel = 30

func (p *painter) buttons(items []dialog.Button) []slackapi.Block {
	var blocks []slackapi.Block
	for row := range slices.Chunk(items, buttonRow) {
		elements := make([]slackapi.BlockElement, len(row))
		for i, b := range row {
			elements[i] = p.button(b)
		}
		blocks = append(blocks, slackapi.NewActionBlock(p.id("buttons"), elements...))
	}
	return blocks
}

func (p *painter) button(b dialog.Button) *slackapi.ButtonBlockElement {
	kind := actPress
	if b.Opens {
		kind = actOpen
	}
	element := slackapi.NewButtonBlockElement(p.action(kind), b.Press.String(), plain(fit(b.Label, labelText)))
	switch b.Style {
	case dialog.StylePrimary:
		element.Style = slackapi.StylePrimary
	case dialog.StyleDanger:
		element.Style = slackapi.StyleDanger
	}
	if b.Confirm != "" {
		element.Confirm = slackapi.NewConfirmationBlockObject(
			plain("Please confirm"), plain(fit(b.Confirm, confirmText)), plain("Yes"), plain("No"))
	}
	return element
}

// action names an element; within a view no name stands twice.
func (p *painter) action(kind string) string {
	p.ids["action "+kind]++
	return kind + "|" + strconv.Itoa(p.ids["action "+kind])
}

// choices are buttons when they are few and short, radio buttons up to nine, and
// selects beyond; of several that can be picked, boxes or a select of many.
func (p *painter) choices(c dialog.Choices) []slackapi.Block {
	blocks := p.rich(section(bold(c.Prompt)))
	if c.Help != "" {
		blocks = append(blocks, p.small(c.Help)...)
	}
	blocks = append(blocks, p.items(slackapi.RTEListBullet, shortened(c.Options))...)
	switch {
	case c.Multiple:
		return append(blocks, p.picks(c)...)
	case fewAndShort(c.Options):
		return append(blocks, p.answers(c)...)
	case len(c.Options) <= mostRadios:
		return append(blocks, p.radios(c)...)
	default:
		return append(blocks, p.selects(c)...)
	}
}

func fewAndShort(options []dialog.Option) bool {
	return len(options) <= buttonRow && !slices.ContainsFunc(options, func(o dialog.Option) bool {
		return o.Help != "" || length(o.Label) > shortLabel
	})
}

// shortened are the answers whose labels a control cannot show in full: they are
// written out above it.
func shortened(options []dialog.Option) []string {
	var full []string
	for _, o := range options {
		if length(o.Label) > labelText {
			full = append(full, o.Label)
		}
	}
	return full
}

func (p *painter) answers(c dialog.Choices) []slackapi.Block {
	buttons := make([]dialog.Button, len(c.Options))
	for i, o := range c.Options {
		buttons[i] = dialog.Button{Label: o.Label, Press: o.Press}
		if o.Selected {
			buttons[i].Style = dialog.StylePrimary
		}
	}
	return p.buttons(buttons)
}

func (p *painter) radios(c dialog.Choices) []slackapi.Block {
	options, chosen := pressed(c.Options)
	radio := slackapi.NewRadioButtonsBlockElement(actChoose+"|"+fit(c.ID, 200), options...)
	if len(chosen) == 1 {
		radio.InitialOption = chosen[0]
	}
	return []slackapi.Block{slackapi.NewActionBlock(p.id(chooseID(c)), radio, give(c))}
}

// give is the button beside what is answered by choosing. An answer is taken as
// soon as it is chosen; when nothing came of that, because nobody was there to take
// it, Slack lets nobody choose what stands there already, and a button can be
// pressed any number of times.
func give(c dialog.Choices) *slackapi.ButtonBlockElement {
	id := fit(c.ID, 200)
	return slackapi.NewButtonBlockElement(actGive+"|"+id, id, plain("Give this answer"))
}

func (p *painter) selects(c dialog.Choices) []slackapi.Block {
	var blocks []slackapi.Block
	for _, part := range menus(c.Options) {
		options, chosen := pressed(part)
		id := p.id(chooseID(c))
		menu := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeStatic, plain(rangeOf(part, c.Options)), actChoose+"|"+fit(c.ID, 200), options...)
		if len(chosen) == 1 {
			menu.InitialOption = chosen[0]
		}
		blocks = append(blocks, slackapi.NewActionBlock(id, menu, give(c)))
	}
	return blocks
}

// chooseID names a question with one answer. It changes with the version: Slack
// keeps what somebody has chosen as long as the name stays, also when it is not
// the answer any more.
func chooseID(c dialog.Choices) string {
	version := uint64(0)
	if len(c.Options) > 0 {
		version = c.Options[0].Press.Version
	}
	return "choose." + fit(c.ID, 150) + "." + strconv.FormatUint(version, 36)
}

// menus parts answers so that each part fits into one select, and into a message
// beside something else.
func menus(options []dialog.Option) [][]dialog.Option {
	var parts [][]dialog.Option
	size := 0
	for i, o := range options {
		weight := length(fit(o.Label, labelText)) + length(fit(o.Help, labelText))
		if i == 0 || len(parts[len(parts)-1]) == mostOptions || size+weight > menuText {
			parts = append(parts, nil)
			size = 0
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], o)
		size += weight
	}
	return parts
}

// rangeOf says what a select holds when it holds only part of the answers.
func rangeOf(part, all []dialog.Option) string {
	if len(part) == len(all) || len(part) == 0 {
		return "Choose an answer"
	}
	return fit(part[0].Label, 60) + " to " + fit(part[len(part)-1].Label, 60)
}

// picks are boxes, or selects when there are many, and the button that sends them.
func (p *painter) picks(c dialog.Choices) []slackapi.Block {
	var blocks []slackapi.Block
	id := fit(c.ID, 150)
	if len(c.Options) <= 2*mostRadios {
		for part := range slices.Chunk(c.Options, mostRadios) {
			options, picked := valued(part)
			boxes := slackapi.NewCheckboxGroupsBlockElement(actPick+"|"+id, options...)
			boxes.InitialOptions = picked
			blocks = append(blocks, slackapi.NewActionBlock(p.id("pick."+id), boxes))
		}
	} else {
		for _, part := range menus(c.Options) {
			options, picked := valued(part)
			menu := slackapi.NewOptionsMultiSelectBlockElement(slackapi.MultiOptTypeStatic, plain(rangeOf(part, c.Options)), actPick+"|"+id, options...)
			menu.InitialOptions = picked
			blocks = append(blocks, slackapi.NewSectionBlock(plain("Your answers"), nil, slackapi.NewAccessory(menu), slackapi.SectionBlockOptionBlockID(p.id("pick."+id))))
		}
	}
	send := slackapi.NewButtonBlockElement(actSend+"|"+id, c.Submit.String(), plain(fit(c.Label, labelText)))
	send.Style = slackapi.StylePrimary
	return append(blocks, slackapi.NewActionBlock(p.id("send."+id), send))
}

// pressed are options whose values are presses, and those chosen already.
func pressed(options []dialog.Option) (all, chosen []*slackapi.OptionBlockObject) {
	for _, o := range options {
		option := optionOf(o, o.Press.String())
		all = append(all, option)
		if o.Selected {
			chosen = append(chosen, option)
		}
	}
	return all, chosen
}

// valued are options whose values are codes, and those picked already.
func valued(options []dialog.Option) (all, picked []*slackapi.OptionBlockObject) {
	for _, o := range options {
		option := optionOf(o, o.Value)
		all = append(all, option)
		if o.Selected {
			picked = append(picked, option)
		}
	}
	return all, picked
}

func optionOf(o dialog.Option, value string) *slackapi.OptionBlockObject {
	option := slackapi.NewOptionBlockObject(value, plain(fit(o.Label, labelText)), nil)
	if o.Help != "" {
		option.Description = plain(fit(o.Help, labelText))
	}
	return option
}
