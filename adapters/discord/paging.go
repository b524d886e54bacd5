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
	if done, ok := d.shown.posted(v.ID); ok {
		return delivered(done)
	}
	channel, err := d.direct(ctx, v.To.User)
	if err != nil {
		return d.failed(v, err)
	}
	m := d.first(v)
	id, err := d.post(ctx, channel, m, nonce(v.ID, "direct"), nil)
	if err != nil {
		return d.failed(v, err)
	}
	ref := bot.Ref(reference(channel, id))
	d.shown.post(v.ID, ref)
	d.shown.shows(id, v.Version, digest(m))
	return delivered(ref)
}

// page calls one person: a new direct message, because a change of an old one
// rings nowhere, and a mention in the thread. The message of an earlier page goes.
func (d *Discord) page(ctx context.Context, v bot.Delivery) bot.Receipt {
	_, again := d.shown.posted(v.ID)
	r := d.toPerson(ctx, v)
	if r.Outcome == bot.Busy || r.Outcome == bot.Ambiguous {
		return r
	}
	if mentioned := d.mention(ctx, v); mentioned.Outcome == bot.Busy {
		return mentioned
	}
	if channel, id, ok := parseReference(string(v.Ref)); ok && !again && r.Outcome == bot.Delivered && v.Ref != r.Ref {
		if err := d.remove(ctx, channel, id); err != nil {
			d.log.Warn("earlier page stays", "consult", v.Handle, "effect", v.ID, "reason", labelOf(err))
		}
	}
	return r
}

// mention calls those who are paged in the consult's thread. A consult in direct
// messages has no thread that they could see.
func (d *Discord) mention(ctx context.Context, v bot.Delivery) bot.Receipt {
	if len(v.Mention) == 0 || v.Home.Direct || v.Card == "" {
		return bot.Receipt{Outcome: bot.Delivered}
	}
	if s, ok := d.threads.known(v.Handle); ok && s.direct {
		return bot.Receipt{Outcome: bot.Delivered}
	}
	m := newMessage()
	for _, called := range v.Mention {
		if thread, err := d.where(ctx, v); err == nil {
			if err := d.addMember(ctx, thread, called.User); err != nil {
				d.log.Warn("not in the thread", "consult", v.Handle, "user", called.User, "reason", labelOf(err))
			}
		}
		m.Content += "<@" + called.User + "> "
		m.Mentions.Users = append(m.Mentions.Users, called.User)
	}
	m.Content += shortened(escaped(v.View.Fallback), maxContent/2)
	r := d.intoThread(ctx, v, m, nil)
	if r.Outcome != bot.Delivered {
		d.log.Warn("no mention", "consult", v.Handle, "effect", v.ID, "code", r.Code)
	}
	return r
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

// posted are the messages that effects have become, so that an effect that is
// delivered again posts nothing.
func (s *shown) posted(effect string) (bot.Ref, bool) { return s.refs.get(effect) }

func (s *shown) post(effect string, ref bot.Ref) { s.refs.put(effect, ref) }
