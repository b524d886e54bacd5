package discord

import (
	"cmp"
	"context"
	"crypto/rand"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// A draft is a form that was refused or has still to be opened. It holds what
// was typed, so it is kept in memory alone, for one person and some minutes.
type draft struct {
	form dialog.Form
	user string
}

// drafts are forms by a random key, and the forms that are open, by person and
// press: Discord gives back what was typed, not what was asked.
type drafts struct {
	recent[string, draft]
	opened recent[string, dialog.Form]
}

func (s *drafts) keep(f draft) (key string) {
	key = rand.Text()
	s.put(key, f)
	time.AfterFunc(recentTime, func() { s.drop(key) })
	return key
}

func openedKey(user string, press dialog.Press) string { return user + " " + press.String() }

// open answers with a form. Where Discord takes none as an answer, a button
// opens it.
func (d *Discord) open(in interaction, f dialog.Form) answer {
	d.drafts.opened.put(openedKey(in.user(), f.Submit), blank(f))
	if in.Type == interactionPress {
		return answer{kind: answerModal, modal: modalOf(f)}
	}
	key := d.drafts.keep(draft{f, in.user()})
	a := d.said(cmp.Or(f.Intro, "This takes some words of your own."))
	a.message.Components = []component{row(component{Type: typeButton, Style: stylePrimary, Label: shortened(f.Title, maxButtonLabel), CustomID: idEdit + key})}
	return a
}

// blank is a form without what stands in it.
func blank(f dialog.Form) dialog.Form {
	f.Fields = append([]dialog.Field(nil), f.Fields...)
	for i := range f.Fields {
		f.Fields[i].Value = ""
	}
	return f
}

// refused shows what is wrong with a form, which Discord has closed, and offers
// to open it again: with what would be kept, or with what was typed.
func (d *Discord) refused(in interaction, act bot.Inbound, reply bot.Reply) answer {
	form, known := d.drafts.opened.get(openedKey(in.user(), act.Press))
	if reply.Rewrite != nil {
		form, known = *reply.Rewrite, true
	} else {
		form = blank(form)
		for i := range form.Fields {
			form.Fields[i].Value = act.Form[form.Fields[i].ID]
		}
	}
	v := dialog.View{}
	for _, f := range form.Fields {
		if fault := reply.FieldErrors[f.ID]; fault != "" {
			v.Blocks = append(v.Blocks, dialog.Text{Tone: dialog.ToneWarning, Text: f.Label + ": " + fault})
		}
	}
	if !known {
		for _, fault := range reply.FieldErrors {
			v.Blocks = append(v.Blocks, dialog.Text{Tone: dialog.ToneWarning, Text: fault})
		}
		v.Blocks = append(v.Blocks, dialog.Text{Text: "Press the button on the card to write it again."})
		return d.private(in, d.layout().pages(v)[0])
	}
	key := d.drafts.keep(draft{form, in.user()})
	buttons := row(component{Type: typeButton, Style: styleSecondary, Label: "Edit", CustomID: idEdit + key})
	if reply.Rewrite != nil {
		v.Blocks = append(v.Blocks, dialog.Text{Tone: dialog.ToneHeading, Text: "This would be kept:"})
		for _, f := range form.Fields {
			v.Blocks = append(v.Blocks, dialog.Text{Text: f.Value})
		}
		use := component{Type: typeButton, Style: stylePrimary, Label: "Use this", CustomID: idUse + key}
		buttons.Components = append([]component{use}, buttons.Components...)
	}
	m := d.layout().pages(v)[0]
	m.Components = []component{buttons}
	return d.private(in, m)
}

// private puts a message in the place of a private reply that was pressed, or
// makes a new one.
func (d *Discord) private(in interaction, m message) answer {
	if in.private() {
		return answer{kind: answerUpdate, message: m}
	}
	return answer{kind: answerPrivate, message: m}
}

// gone answers for a draft that is not kept here, or no longer. Of several
// processes that Discord asks in turn, another may still have it.
func (d *Discord) gone() answer {
	return d.said("What was typed is not kept here. Press once more. If you see this again, press the button on the card and write it again.")
}

// useDraft sends a form as it was rewritten.
func (d *Discord) useDraft(ctx context.Context, b Answers, in interaction, key string) answer {
	kept, ok := d.drafts.take(key)
	if !ok || kept.user != in.user() {
		return d.gone()
	}
	values := map[dialog.FieldID]string{}
	for _, f := range kept.form.Fields {
		values[f.ID] = f.Value
	}
	return d.ask(ctx, b, in, bot.Inbound{Kind: bot.Submit, Press: kept.form.Submit, Form: values})
}

// editDraft opens a form again, filled in.
func (d *Discord) editDraft(_ context.Context, _ Answers, in interaction, key string) answer {
	kept, ok := d.drafts.get(key)
	if !ok || kept.user != in.user() {
		return d.gone()
	}
	d.drafts.opened.put(openedKey(in.user(), kept.form.Submit), blank(kept.form))
	return answer{kind: answerModal, modal: modalOf(kept.form)}
}
