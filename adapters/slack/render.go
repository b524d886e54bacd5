package slack

import (
	"strconv"
	"strings"
	"unicode/utf16"

	slackapi "github.com/slack-go/slack"

	"curbside/dialog"
)

// The limits of Block Kit, with a tenth to spare, since what Slack counts as a
// character is not written down. Source: docs.slack.dev/reference/block-kit.
const (
	mostInMessage = 45     // blocks, of 50
	mostInView    = 90     // blocks, of 100
	messageText   = 11_800 // characters of a whole message; Slack refuses some 13,200
	viewText      = 60_000 // characters of a modal or home, whose JSON may have 250 KB
	sectionText   = 2700   // of 3000
	contextText   = 1800   // of 2000
	headerText    = 135    // of 150
	mostOptions   = 90     // of 100 in a select
	menuText      = 5000   // characters of all its options
	mostRadios    = 9      // of 10
	buttonRow     = 5      // of 25: more are hard to tell apart
	labelText     = 67     // of 75
	confirmText   = 270    // of 300
)

// A unit is one block of a view as Slack shows it. Its blocks stay together on
// one page unless they are more than a page.
type unit struct {
	blocks []slackapi.Block
	read   bool // only to be read: the first to move to a later page
}

// A painter turns a view into Slack's blocks. Every text of a view goes where
// Slack interprets nothing: into plain_text, or into the text elements of rich
// text, which hold no markup.
type painter struct {
	mark string                     // what the message is, kept in its block ids: see [surface]
	link func(handle string) string // where a consult's card is
	ids  map[string]int
}

func newPainter(mark string, link func(string) string) *painter {
	return &painter{mark: mark, link: link, ids: map[string]int{}}
}

// id names a block; the same block of the next version has the same name, so
// that what somebody has picked and not sent yet stays picked.
func (p *painter) id(name string) string {
	p.ids[name]++
	if n := p.ids[name]; n > 1 {
		name += "~" + strconv.Itoa(n)
	}
	return p.mark + "|" + name
}

// head is the title and where things stand.
func (p *painter) head(v dialog.View) []slackapi.Block {
	var blocks []slackapi.Block
	switch {
	case v.Title == "":
	case length(v.Title) > headerText:
		blocks = append(blocks, p.rich(section(bold(v.Title)))...)
	default:
		blocks = append(blocks, slackapi.NewHeaderBlock(plain(v.Title)))
	}
	if v.Status != "" {
		blocks = append(blocks, p.small(v.Status)...)
	}
	return blocks
}

func (p *painter) units(v dialog.View) []unit {
	var units []unit
	for _, b := range v.Blocks {
		if u := p.unit(b); len(u.blocks) > 0 {
			units = append(units, u)
		}
	}
	return units
}

func (p *painter) unit(b dialog.Block) unit {
	switch b := b.(type) {
	case dialog.Text:
		return unit{blocks: p.text(b), read: b.Tone != dialog.ToneUrgent && b.Tone != dialog.ToneWarning}
	case dialog.Pairs:
		return p.pairs(b)
	case dialog.List:
		return unit{blocks: p.list(b), read: true}
	case dialog.Law:
		return unit{blocks: p.law(b), read: true}
	case dialog.Choices:
		return unit{blocks: p.choices(b)}
	case dialog.Buttons:
		return unit{blocks: p.buttons(b.Items)}
	case dialog.Checklist:
		return unit{blocks: p.checklist(b)}
	case dialog.Clock:
		return unit{blocks: p.clock(b)}
	case dialog.Pointer:
		return unit{blocks: p.rich(section(slackapi.NewRichTextSectionLinkElement(p.link(b.Handle), b.Label, nil)))}
	default:
		return unit{}
	}
}

// text sets a paragraph apart by its tone, in signs as well as in type, for those
// who hear it.
func (p *painter) text(t dialog.Text) []slackapi.Block {
	if t.Text == "" {
		return nil
	}
	if t.Tone == dialog.ToneMuted {
		return p.small(t.Text)
	}
	var blocks []slackapi.Block
	for i, part := range chunks(t.Text, sectionText-40) {
		line := toned(t.Tone, part)
		if i > 0 {
			line = line[len(line)-1:]
		}
		blocks = append(blocks, p.rich(section(line...))...)
	}
	return blocks
}

// toned is a text with the sign of its tone before it.
func toned(tone dialog.Tone, text string) []slackapi.RichTextSectionElement {
	switch tone {
	case dialog.ToneHeading:
		return []slackapi.RichTextSectionElement{bold(text)}
	case dialog.TonePractice:
		return []slackapi.RichTextSectionElement{bold("Good practice: "), words(text)}
	case dialog.ToneWarning:
		return []slackapi.RichTextSectionElement{bold("⚠️ "), words(text)}
	case dialog.ToneUrgent:
		return []slackapi.RichTextSectionElement{bold("🚨 "), bold(text)}
	case dialog.ToneGood:
		return []slackapi.RichTextSectionElement{bold("✅ "), words(text)}
	default:
		return []slackapi.RichTextSectionElement{words(text)}
	}
}

// small is what need not be read first.
func (p *painter) small(text string) []slackapi.Block {
	var blocks []slackapi.Block
	for _, part := range chunks(text, contextText) {
		blocks = append(blocks, slackapi.NewContextBlock(p.id("small"), plain(part)))
	}
	return blocks
}

func (p *painter) pairs(pairs dialog.Pairs) unit {
	u := unit{read: true}
	if pairs.Title != "" {
		u.blocks = p.rich(section(bold(pairs.Title)))
	}
	var listed []slackapi.RichTextElement
	for _, item := range pairs.Items {
		if item.Change == nil {
			listed = append(listed, section(bold(item.Label+": "), words(item.Value)))
			continue
		}
		u.read = false
		u.blocks = append(u.blocks, p.listed(slackapi.RTEListBullet, listed)...)
		listed = nil
		u.blocks = append(u.blocks, p.beside(item.Label+": "+item.Value, item.Change)...)
	}
	u.blocks = append(u.blocks, p.listed(slackapi.RTEListBullet, listed)...)
	return u
}

func (p *painter) list(l dialog.List) []slackapi.Block {
	var blocks []slackapi.Block
	if l.Title != "" {
		title := toned(l.Tone, l.Title)
		title[len(title)-1] = bold(l.Title)
		blocks = p.rich(section(title...))
	}
	style := slackapi.RTEListBullet
	if l.Ordered {
		style = slackapi.RTEListOrdered
	}
	return append(blocks, p.items(style, l.Items)...)
}

// items lists texts. One that is longer than a block stands in several.
func (p *painter) items(style slackapi.RichTextListElementType, items []string) []slackapi.Block {
	var listed []slackapi.RichTextElement
	for _, item := range items {
		for _, part := range chunks(item, sectionText) {
			listed = append(listed, section(words(part)))
		}
	}
	return p.listed(style, listed)
}

// law is one rule: what it does, what it says as a quotation, what it turns on,
// and where it stands.
func (p *painter) law(l dialog.Law) []slackapi.Block {
	title := l.Effect
	if l.Effect != "" && l.Title != "" {
		title += ": "
	}
	elements := []slackapi.RichTextElement{section(bold("§ "), bold(title+l.Title))}
	for _, part := range chunks(l.Text, sectionText) {
		elements = append(elements, &slackapi.RichTextQuote{Type: slackapi.RTEQuote, Elements: []slackapi.RichTextSectionElement{words(part)}})
	}
	blocks := p.rich(elements...)
	blocks = append(blocks, p.items(slackapi.RTEListBullet, l.Points)...)
	if where := strings.Join(append(l.Citations[:len(l.Citations):len(l.Citations)], footer(l.Footer)...), " · "); where != "" {
		blocks = append(blocks, p.small(where)...)
	}
	return blocks
}

func footer(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

func (p *painter) checklist(c dialog.Checklist) []slackapi.Block {
	var blocks []slackapi.Block
	if c.Title != "" {
		blocks = p.rich(section(bold(c.Title)))
	}
	for _, item := range c.Items {
		line := "☐ " + item.Label
		if item.Done != "" {
			line = "☑ " + item.Label + " (" + item.Done + ")"
		}
		if item.Detail != "" {
			line += "\n" + item.Detail
		}
		if item.Press != nil {
			blocks = append(blocks, p.beside(line, item.Press)...)
			continue
		}
		for _, part := range chunks(line, sectionText) {
			blocks = append(blocks, p.rich(section(words(part)))...)
		}
	}
	return blocks
}

// beside is a text with a button at its side.
func (p *painter) beside(text string, b *dialog.Button) []slackapi.Block {
	parts := chunks(text, sectionText)
	beside := slackapi.NewAccessory(p.button(*b))
	blocks := []slackapi.Block{slackapi.NewSectionBlock(plain(parts[0]), nil, beside, slackapi.SectionBlockOptionBlockID(p.id("beside")))}
	for _, part := range parts[1:] {
		blocks = append(blocks, p.rich(section(words(part)))...)
	}
	return blocks
}

// clock is a deadline in the reader's own time; the fallback is in UTC.
func (p *painter) clock(c dialog.Clock) []slackapi.Block {
	if c.Done {
		return p.rich(section(bold("✅ "), words(c.Label+": done")))
	}
	fallback := c.Due.UTC().Format("2006-01-02 15:04 UTC")
	date := slackapi.NewRichTextSectionDateElement(c.Due.Unix(), "{date_short_pretty} at {time}", nil, &fallback)
	return p.rich(section(bold("⏰ "), bold(c.Label), words(": by "), date))
}

func section(elements ...slackapi.RichTextSectionElement) *slackapi.RichTextSection {
	return slackapi.NewRichTextSection(elements...)
}

// rich packs elements into as few blocks as their limit allows.
func (p *painter) rich(elements ...slackapi.RichTextElement) []slackapi.Block {
	var blocks []slackapi.Block
	for _, part := range packed(elements) {
		blocks = append(blocks, slackapi.NewRichTextBlock(p.id("text"), part...))
	}
	return blocks
}

// listed packs the entries of a list into as few lists as a block's limit allows.
func (p *painter) listed(style slackapi.RichTextListElementType, entries []slackapi.RichTextElement) []slackapi.Block {
	var blocks []slackapi.Block
	count := 0
	for _, part := range packed(entries) {
		list := slackapi.NewRichTextList(style, 0, part...)
		if style == slackapi.RTEListOrdered {
			list.Offset = count
		}
		count += len(part)
		blocks = append(blocks, slackapi.NewRichTextBlock(p.id("list"), list))
	}
	return blocks
}

func packed(elements []slackapi.RichTextElement) [][]slackapi.RichTextElement {
	var parts [][]slackapi.RichTextElement
	size := sectionText + 1
	for _, e := range elements {
		weight := weighRich(e)
		if size+weight > sectionText {
			parts = append(parts, nil)
			size = 0
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], e)
		size += weight
	}
	return parts
}

func words(text string) *slackapi.RichTextSectionTextElement {
	return slackapi.NewRichTextSectionTextElement(text, nil)
}

func bold(text string) *slackapi.RichTextSectionTextElement {
	return slackapi.NewRichTextSectionTextElement(text, &slackapi.RichTextSectionTextStyle{Bold: true})
}

// plain is a text without markup. Slack reads entities in it, so what looks like
// one is written as one; a lone & stands for itself.
func plain(text string) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject(slackapi.PlainTextType, entities.Replace(text), false, false)
}

var entities = strings.NewReplacer("&amp;", "&amp;amp;", "&lt;", "&amp;lt;", "&gt;", "&amp;gt;")

// length counts as Slack's clients do, to whom an astral character is two.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// fit shortens a label, never a text of the law.
func fit(s string, most int) string {
	if length(s) <= most {
		return s
	}
	n := 0
	for i, r := range s {
		if n += max(utf16.RuneLen(r), 1); n > most-1 {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

// chunks cuts a text into parts, at the end of a line, a sentence or a word
// where there is one.
func chunks(s string, most int) []string {
	var parts []string
	for length(s) > most {
		end := len(fitting(s, most))
		at := end
		for _, mark := range []string{"\n", ". ", "; ", " "} {
			if i := strings.LastIndex(s[:end], mark); i > end/2 {
				at = i + len(mark)
				break
			}
		}
		parts = append(parts, s[:at])
		s = s[at:]
	}
	if s != "" {
		parts = append(parts, s)
	}
	return parts
}

// fitting is the beginning of s that has at most so many characters.
func fitting(s string, most int) string {
	n := 0
	for i, r := range s {
		if n += max(utf16.RuneLen(r), 1); n > most {
			return s[:i]
		}
	}
	return s
}
