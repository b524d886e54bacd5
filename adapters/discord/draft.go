package discord

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"curbside/bot"
	"curbside/dialog"
)

// A draft is what a refused form comes to. Discord has closed the form; what
// would be kept of it stands in a private reply, and a press on that reply brings
// it back, signed by Discord. So nothing has to be remembered, and any process
// can go on with it. What was typed is never in it.
type draft struct {
	user   string       // whose it is, by id
	press  dialog.Press // which sends the form, and opens it
	fields []dialog.FieldID
	texts  map[dialog.FieldID]string // what would be kept in each field
}

var (
	draftUser  = regexp.MustCompile(`^[0-9]{1,20}$`)
	draftField = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
)

// id encodes d behind a mark: the texts stand in the reply, in the order of its
// fields.
func (d draft) id(mark string) string {
	fields := make([]string, len(d.fields))
	for i, f := range d.fields {
		fields[i] = string(f)
	}
	return mark + strings.Join([]string{d.user, strings.Join(fields, ","), d.press.String()}, ":")
}

// fits reports whether what d says about its texts has room in an id.
func (d draft) fits() bool {
	_, ok := parseDraft(strings.TrimPrefix(d.id(idEdit), idEdit))
	return ok && len(d.id(idEdit)) <= maxCustomID
}

// parseDraft reads what [draft.id] wrote, without its mark and without texts.
func parseDraft(text string) (draft, bool) {
	user, rest, _ := strings.Cut(text, ":")
	fields, rest, ok := strings.Cut(rest, ":")
	press, err := dialog.ParsePress(rest)
	if !ok || err != nil || !draftUser.MatchString(user) {
		return draft{}, false
	}
	d := draft{user: user, press: press}
	for field := range strings.SplitSeq(fields, ",") {
		id := dialog.FieldID(field)
		switch {
		case fields == "":
		case !draftField.MatchString(field) || slices.Contains(d.fields, id):
			return draft{}, false
		default:
			d.fields = append(d.fields, id)
		}
	}
	return d, true
}

// draftOn reads the draft of a private reply that was pressed, or from which a
// form was opened. It is false for what this program cannot have put there for
// this person.
func draftOn(in interaction, text string) (draft, bool) {
	d, ok := parseDraft(text)
	if !ok || d.user != in.user() || !in.private() || len(in.Message.Embeds) != 1+len(d.fields) {
		return draft{}, false
	}
	d.texts = map[dialog.FieldID]string{}
	for i, field := range d.fields {
		shown, ok := unescaped(in.Message.Embeds[1+i].Description)
		if !ok || shown == "" {
			return draft{}, false
		}
		d.texts[field] = shown
	}
	return d, true
}

// draftUnder is the draft of the private reply from which a form was opened, if
// it was opened from one.
func draftUnder(in interaction) (draft, bool) {
	if in.private() {
		for _, r := range in.Message.Components {
			for _, c := range r.Components {
				if text, ok := strings.CutPrefix(c.CustomID, idEdit); ok {
					return draftOn(in, text)
				}
			}
		}
	}
	return draft{}, false
}

// onDraft reports whether a draft stands where something was done.
func onDraft(in interaction) bool {
	_, ok := draftUnder(in)
	return ok
}

// open answers with a form. Where Discord takes none as an answer, a button
// opens it.
func (d *Discord) open(in interaction, f dialog.Form) answer {
	if in.Type != interactionSubmit {
		return answer{kind: answerModal, modal: modalOf(f)}
	}
	a := d.said(cmp.Or(f.Intro, "This takes some words of your own."))
	to := draft{user: in.user(), press: f.Submit}
	a.message.Components = []component{row(to.button(idEdit, stylePrimary, f.Title))}
	return a
}

// refused shows what is wrong with a form and what would be kept of it instead,
// and offers to send that or to open the form again, filled in with that. Where
// there is nothing instead, what the form was opened with is still there.
func (d *Discord) refused(ctx context.Context, b Answers, in interaction, act bot.Inbound, reply bot.Reply) answer {
	var form dialog.Form
	to := draft{user: in.user(), press: act.Press}
	if reply.Rewrite != nil {
		form = *reply.Rewrite
		to.keep(form)
	} else {
		if again := b.Handle(ctx, d.inbound(in, bot.Inbound{Kind: bot.Pressed, Press: act.Press})); again.Form != nil {
			form = *again.Form
		}
		if before, ok := draftUnder(in); ok {
			to.fields, to.texts = before.fields, before.texts
		}
	}
	m := d.offer(form, to, faults(form, reply.FieldErrors), reply.Rewrite != nil)
	if in.private() {
		return answer{kind: answerUpdate, message: m}
	}
	return answer{kind: answerPrivate, message: m}
}

// offer is the private reply that holds a draft, beneath what is to be said.
func (d *Discord) offer(f dialog.Form, to draft, said []dialog.Block, usable bool) message {
	boxes, fit := to.boxes(f)
	long := to.tooLong(f)
	switch {
	case !fit || !to.fits():
		to.fields, boxes, usable = nil, nil, false
		said = append(said, dialog.Text{Text: "What would be kept is too long to be shown here. Write it again, and shorter."})
	case len(boxes) == 0:
		usable = false
	case long != "":
		usable = false
		said = append(said, dialog.Text{Tone: dialog.ToneWarning, Text: long}, dialog.Text{Tone: dialog.ToneHeading, Text: "Edit opens the form with this:"})
	case !usable:
		said = append(said, dialog.Text{Tone: dialog.ToneHeading, Text: "Edit opens the form with this:"})
	default:
		said = append(said, dialog.Text{Tone: dialog.ToneHeading, Text: "This would be kept:"})
	}
	buttons := []component{to.button(idEdit, styleSecondary, "Edit")}
	if usable {
		buttons = slices.Insert(buttons, 0, to.button(idUse, stylePrimary, "Use this"))
	}
	m := d.layout().pages(dialog.View{Blocks: said})[0]
	m.Embeds = append(m.Embeds[:1], boxes...)
	m.Components = []component{row(buttons...)}
	return m
}

func (d draft) button(mark string, style int, label string) component {
	return component{Type: typeButton, Style: style, Label: shortened(label, maxButtonLabel), CustomID: d.id(mark)}
}

// keep takes over the texts of a form.
func (d *draft) keep(f dialog.Form) {
	d.texts = map[dialog.FieldID]string{}
	for _, field := range f.Fields {
		if text := bare(field.Value); text != "" {
			d.fields, d.texts[field.ID] = append(d.fields, field.ID), text
		}
	}
}

// boxes show the texts of d, each in an embed of its own from which it can be
// read back. It is false when there is no room for them.
func (d draft) boxes(f dialog.Form) (boxes []embed, fit bool) {
	labels := map[dialog.FieldID]string{}
	for _, field := range f.Fields {
		labels[field.ID] = shortened(escaped(field.Label), maxEmbedTitle)
	}
	used := 0
	for _, field := range d.fields {
		box := embed{Title: labels[field], Description: escaped(d.texts[field]), Color: colorPlain}
		used += width(box.Title) + width(box.Description)
		if width(box.Description) > maxDescription || used > maxDraft {
			return nil, false
		}
		boxes = append(boxes, box)
	}
	return boxes, len(boxes) < maxEmbeds
}

// tooLong says which text of d is longer than its field may be, "" when none is.
func (d draft) tooLong(f dialog.Form) string {
	for _, field := range f.Fields {
		if field.MaxLength > 0 && utf8.RuneCountInString(d.texts[field.ID]) > field.MaxLength {
			return fmt.Sprintf("%s: with that in it, it is longer than %d characters. Shorten it with Edit.", field.Label, field.MaxLength)
		}
	}
	return ""
}

// faults says what is wrong with each field, by its label where that is known.
func faults(f dialog.Form, wrong map[dialog.FieldID]string) []dialog.Block {
	labels := map[dialog.FieldID]string{}
	for _, field := range f.Fields {
		labels[field.ID] = field.Label + ": "
	}
	var blocks []dialog.Block
	for _, id := range slices.Sorted(maps.Keys(wrong)) {
		blocks = append(blocks, dialog.Text{Tone: dialog.ToneWarning, Text: labels[id] + wrong[id]})
	}
	return blocks
}

// gone answers for a draft that cannot be read.
func (d *Discord) gone(in interaction) answer {
	d.metrics.count(countRefused)
	d.log.Warn("refused", "reason", "no_draft", "interaction", in.ID, "user", in.user())
	return d.said("This text cannot be used from here any more, and nothing was changed. Press the button on the card and write it again.")
}

// useDraft sends a form with what would be kept. It is sent once, however often
// that is pressed and whichever processes hear it: the store knows it by the
// reply on which it stands.
func (d *Discord) useDraft(ctx context.Context, b Answers, in interaction, text string) answer {
	kept, ok := draftOn(in, text)
	if !ok || len(kept.fields) == 0 {
		return d.gone(in)
	}
	return d.ask(ctx, b, in, bot.Inbound{ID: "draft " + in.Message.ID, Kind: bot.Submit, Press: kept.press, Form: kept.texts})
}

// editDraft opens a form again, filled in with what would be kept. The dialog
// says what the form is, and whether it may still be sent.
func (d *Discord) editDraft(ctx context.Context, b Answers, in interaction, text string) answer {
	kept, ok := draftOn(in, text)
	if !ok {
		return d.gone(in)
	}
	act := bot.Inbound{Kind: bot.Pressed, Press: kept.press}
	reply := b.Handle(ctx, d.inbound(in, act))
	if reply.Form == nil {
		return d.compose(ctx, b, in, act, reply)
	}
	form := *reply.Form
	form.Fields = slices.Clone(form.Fields)
	for i := range form.Fields {
		if text := kept.texts[form.Fields[i].ID]; text != "" {
			form.Fields[i].Value = text
		}
	}
	return d.open(in, form)
}
