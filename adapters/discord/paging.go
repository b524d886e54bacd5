package discord

import (
	"context"

	"curbside/bot"
)

// message writes to one person.
func (d *Discord) message(ctx context.Context, v bot.Delivery) bot.Receipt {
	if channel, id, ok := parseReference(string(v.Ref)); ok {
		if r := d.change(ctx, v, channel, id); r.Code != "gone" {
			return r
		}
	}
	return d.toPerson(ctx, v)
}

// toPerson sends a new direct message.
func (d *Discord) toPerson(ctx context.Context, v bot.Delivery) bot.Receipt {
	if v.To == nil || v.To.Platform != Name || v.To.Workspace != d.options.Guild {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "unknown_account"}
	}
	of := editionOf(v)
	if done, ok := d.shown.posted(v); ok {
		return delivered(done)
	}
	channel, err := d.direct(ctx, v.To.User)
	if err != nil {
		return d.failed(v, err)
	}
	m := d.first(v)
	id, err := d.post(ctx, channel, m, nonce(v, "direct"), nil)
	if err != nil {
		return d.failed(v, err)
	}
	ref := bot.Ref(reference(channel, id))
	d.shown.post(v, ref)
	d.shown.shows(id, of, digest(m))
	return delivered(ref)
}

// mentionTries is how often a mention is tried whose fate is not known: its nonce
// keeps it from standing there twice.
const mentionTries = 3

// page calls one person: by a direct message, and by a mention in the thread.
func (d *Discord) page(ctx context.Context, v bot.Delivery) bot.Receipt {
	r := d.toPerson(ctx, v)
	if r.Outcome == bot.Busy || r.Outcome == bot.Ambiguous {
		return r
	}
	for range mentionTries {
		mentioned := d.mention(ctx, v)
		if mentioned.Outcome == bot.Busy {
			return mentioned
		}
		if mentioned.Outcome == bot.Delivered {
			return r
		}
		d.log.Warn("no mention", "consult", v.Handle, "effect", v.ID, "code", mentioned.Code)
	}
	return r
}

// mention calls those who are paged in the consult's thread. A consult in direct
// messages has no thread that they could see. Where the thread has not been made
// yet, it is made with the card and not here: two would be one too many.
func (d *Discord) mention(ctx context.Context, v bot.Delivery) bot.Receipt {
	if len(v.Mention) == 0 || v.Home.Direct {
		return bot.Receipt{Outcome: bot.Delivered}
	}
	s, ok, err := d.spotOf(ctx, v.Handle)
	if err != nil {
		return d.failed(v, err)
	}
	if !ok || s.direct {
		return bot.Receipt{Outcome: bot.Delivered}
	}
	m := newMessage()
	for _, called := range v.Mention {
		if err := d.addMember(ctx, s.channel, called.User); err != nil {
			d.log.Warn("not in the thread", "consult", v.Handle, "user", called.User, "reason", labelOf(err))
		}
		m.Content += "<@" + called.User + "> "
		m.Mentions.Users = append(m.Mentions.Users, called.User)
	}
	m.Content += shortened(escaped(v.View.Fallback), maxContent/2)
	id, err := d.post(ctx, s.channel, m, nonce(v, "thread"), nil)
	if err != nil {
		return d.failed(v, err)
	}
	return delivered(bot.Ref(reference(s.channel, id)))
}

// endPage shows in its direct message that a page is over.
func (d *Discord) endPage(ctx context.Context, v bot.Delivery) bot.Receipt {
	channel, id, ok := parseReference(string(v.Ref))
	if !ok {
		return bot.Receipt{Outcome: bot.Delivered, Code: "no_page"}
	}
	r := d.change(ctx, v, channel, id)
	if r.Code == "gone" {
		return bot.Receipt{Outcome: bot.Delivered, Code: "gone"}
	}
	return r
}
