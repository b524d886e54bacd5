package discord

import (
	"context"
	"slices"
	"strings"

	"curbside/bot"
	"curbside/dialog"
)

// confirm asks before a press counts. The question is the view's; after a
// restart it is the button's own label.
func (d *Discord) confirm(_ context.Context, _ Answers, in interaction, press string) answer {
	label := labelOn(in, idConfirm+press)
	question, ok := d.asked.get(press)
	if !ok {
		question = label + ": is that what you mean?"
	}
	a := d.said(question)
	a.message.Components = []component{row(
		component{Type: typeButton, Style: styleDanger, Label: shortened(label, maxButtonLabel), CustomID: press},
		component{Type: typeButton, Style: styleSecondary, Label: "Leave it", CustomID: idLeave},
	)}
	return a
}

// labelOn is what stands on the button or in the list with a custom id.
func labelOn(in interaction, id string) string {
	if in.Message != nil {
		for _, r := range in.Message.Components {
			for _, c := range r.Components {
				if c.CustomID == id && c.Label != "" {
					return c.Label
				}
				for _, o := range c.Options {
					if o.Value == id {
						return o.Label
					}
				}
			}
		}
	}
	return "Yes"
}

// readOn shows the further pages of what an effect put in front of people.
func (d *Discord) readOn(ctx context.Context, b Answers, in interaction, text string) answer {
	e, ok := parseMore(text)
	if !ok || !d.staff(in.user()) || in.GuildID != "" && (e.Kind == dialog.Message || e.Kind == dialog.EndPage) {
		return d.said("There is no more to read here.")
	}
	view, _, ok := b.Show(ctx, e)
	if !ok {
		return d.said("This has moved on. The consult's card shows how it stands.")
	}
	l := d.layout()
	l.more = moreID(e) // so that the pages are divided as on the message
	pages := l.pages(view)
	if len(pages) < 2 {
		return d.said("This has become shorter: all of it stands on the card.")
	}
	return first(answerPrivate, pages[1:])
}

// lead shows the way to a consult.
func (d *Discord) lead(ctx context.Context, _ Answers, in interaction, handle string) answer {
	if !d.staff(in.user()) {
		return d.said("Curbside does not know this account. Ask your practice's owner to add it.")
	}
	to, label := d.link(d.options.Channel), "Open the channel"
	text := "The consult is not there yet, or has been put away. It stands in the consultation channel, under its name."
	if s, ok, err := d.spotOf(ctx, handle); err == nil && ok {
		to, label, text = s.url(d), "Open "+handle, "Here is the consult."
	}
	a := d.said(text)
	a.message.Components = []component{row(component{Type: typeButton, Style: styleLink, Label: label, URL: to})}
	return a
}

func (d *Discord) staff(user string) bool { return slices.Contains(d.options.Staff(), user) }

// picked notes what was picked in a list of several answers. On a message that
// others see too, the picking goes on in a private reply: what has not been sent
// is nobody else's.
func (d *Discord) picked(_ context.Context, _ Answers, in interaction, rest string) answer {
	if in.Message == nil || len(rest) < 2 {
		return answer{}
	}
	press := rest[1:]
	if in.private() {
		return answer{kind: answerPicks, message: message{Components: marked(in.Message.Components, in.Data.CustomID, in.Data.Values)}}
	}
	return d.picking(in, press)
}

// picking opens the private reply in which several answers are picked.
func (d *Discord) picking(in interaction, press string) answer {
	var rows []component
	for _, r := range marked(in.Message.Components, in.Data.CustomID, in.Data.Values) {
		for _, c := range r.Components {
			if c.CustomID == idSend+press || picksFor(c, press) {
				rows = append(rows, row(c))
			}
		}
	}
	if len(rows) == 0 {
		return answer{}
	}
	a := d.said("Your choice. It counts when you press the button below.")
	a.message.Components = rows
	if asked, err := dialog.ParsePress(press); err == nil && in.GuildID != "" && !in.private() {
		a.settle, a.of.version = asked.Handle, asked.Version // nothing of what is picked comes to the card
	}
	return a
}

// picksFor reports whether a list holds answers that are sent with a press.
func picksFor(c component, press string) bool {
	rest, ok := strings.CutPrefix(c.CustomID, idPicks)
	return ok && len(rest) > 1 && rest[1:] == press
}

// marked returns components in which what was picked in one list is marked.
func marked(components []component, id string, values []string) []component {
	all := slices.Clone(components)
	for i := range all {
		all[i].Components = slices.Clone(all[i].Components)
		for j := range all[i].Components {
			c := &all[i].Components[j]
			if c.CustomID != id || c.Type != typeSelect {
				continue
			}
			c.Options = slices.Clone(c.Options)
			for k := range c.Options {
				c.Options[k].Default = slices.Contains(values, c.Options[k].Value)
			}
		}
	}
	return all
}

// sendPicks sends the answers that are marked in the lists of a message.
func (d *Discord) sendPicks(ctx context.Context, b Answers, in interaction, text string) answer {
	press, err := dialog.ParsePress(text)
	if err != nil || in.Message == nil {
		return d.said("This button is not known here. Nothing was changed.")
	}
	var picks []string
	for _, r := range in.Message.Components {
		for _, c := range r.Components {
			if !picksFor(c, text) {
				continue
			}
			for _, o := range c.Options {
				if o.Default {
					picks = append(picks, o.Value)
				}
			}
		}
	}
	if len(picks) == 0 && !in.private() {
		return d.picking(in, text)
	}
	return d.ask(ctx, b, in, bot.Inbound{Kind: bot.Pressed, Press: press.With(picks...)})
}
