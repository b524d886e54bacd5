package discord

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// refusedAgain is when a delivery is tried again that Discord refuses for want of
// a permission: somebody has to give it back.
const refusedAgain = time.Minute

// Deliver implements [bot.Platform].
func (d *Discord) Deliver(ctx context.Context, v bot.Delivery) bot.Receipt {
	if v.Card != "" {
		d.learn(v)
	}
	ctx = urgently(ctx, v)
	switch v.Kind {
	case dialog.PostCard:
		return d.postCard(ctx, v)
	case dialog.UpdateCard:
		return d.updateCard(ctx, v)
	case dialog.PostNote:
		return d.postNote(ctx, v)
	case dialog.SendFile:
		return d.sendFile(ctx, v)
	case dialog.Message:
		return d.message(ctx, v)
	case dialog.Page:
		return d.page(ctx, v)
	case dialog.EndPage:
		return d.endPage(ctx, v)
	default:
		return bot.Receipt{Outcome: bot.Unreachable, Code: "unknown_kind"}
	}
}

// learn takes in where a consult lives.
func (d *Discord) learn(v bot.Delivery) {
	channel, card, ok := parseReference(string(v.Card))
	if !ok {
		return
	}
	s := spot{channel: channel, card: card, direct: v.Home.Direct}
	if was, known := d.threads.known(v.Handle); known && was.channel == channel {
		s.direct, s.moved = was.direct, was.moved
	} else if v.Asker != nil {
		with, has := d.directs.get(v.Asker.User)
		s.moved = has && with == channel && !v.Home.Direct
		s.direct = s.direct || s.moved
	}
	d.threads.put(v.Handle, s)
}

// first is the message that shows a delivery; the pages after it are behind a
// button.
func (d *Discord) first(v bot.Delivery) message {
	l := d.layout()
	l.more, l.fallback = cmp.Or(moreID(v.Effect), idGo+v.Handle), true
	return l.pages(v.View)[0]
}

// where returns the channel that a consult's thread is, making it when needed.
func (d *Discord) where(ctx context.Context, v bot.Delivery) (string, error) {
	if v.Home.Direct {
		return d.direct(ctx, v.Home.Channel)
	}
	if channel, _, ok := parseReference(string(v.Card)); ok {
		return channel, nil
	}
	if s, ok := d.threads.known(v.Handle); ok && s.moved {
		return s.channel, nil
	}
	return d.openThread(ctx, v.Handle)
}

// postCard posts the card into a thread of its own, or into the direct messages
// with the clinician where the channel takes none: the place can be refused, the
// guidance never.
func (d *Discord) postCard(ctx context.Context, v bot.Delivery) bot.Receipt {
	if !v.Home.Direct && v.Home.Channel != d.options.Channel {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "unknown_place"}
	}
	of := editionOf(v)
	if done, ok := d.shown.posted(v); ok {
		return d.seen(ctx, v, done)
	}
	channel, err := d.where(ctx, v)
	moved := false
	if d.shutOut(err) && v.Asker != nil {
		d.log.Error("channel takes no consult", "consult", v.Handle, "code", labelOf(err))
		moved = true
		channel, err = d.direct(ctx, v.Asker.User)
	}
	if err != nil {
		return d.failed(v, err)
	}
	m := d.first(v)
	id, err := d.post(ctx, channel, m, nonce(v, "card"), nil)
	if err != nil {
		if coded(err, codeUnknownChannel) {
			d.threads.drop(v.Handle) // and the next try makes another one
		}
		return d.failed(v, err)
	}
	d.threads.put(v.Handle, spot{channel: channel, card: id, direct: v.Home.Direct || moved, moved: moved})
	ref := bot.Ref(reference(channel, id))
	d.shown.post(v, ref)
	d.shown.shows(id, of, digest(m))
	return d.seen(ctx, v, ref)
}

// shutOut reports whether the channel, and not this one request, was refused.
func (d *Discord) shutOut(err error) bool {
	return coded(err, codeNoAccess, codeNoPermission, codeUnknownChannel)
}

// seen lets those of a consult see its thread, whose it is first. Whoever cannot
// be added is named in the log, and holds nobody else up. Only for the one who
// asks, who sees nothing of it otherwise, it is tried until Discord has said what
// became of it.
func (d *Discord) seen(ctx context.Context, v bot.Delivery, ref bot.Ref) bot.Receipt {
	if s, ok := d.threads.known(v.Handle); !ok || s.direct {
		return delivered(ref)
	}
	thread, _, _ := parseReference(string(ref))
	asks := func(m bot.Identity) bool { return v.Asker != nil && m == *v.Asker }
	members := v.Members
	if v.Asker != nil {
		members = append([]bot.Identity{*v.Asker}, slices.DeleteFunc(slices.Clone(members), asks)...)
	}
	for _, member := range members {
		err := d.addSoon(ctx, thread, member.User)
		if wait, busy := busyFor(err); busy {
			return bot.Receipt{Outcome: bot.Busy, RetryAfter: wait, Code: "busy"}
		}
		if unclear(err) && (asks(member) || ctx.Err() != nil) {
			return bot.Receipt{Outcome: bot.Busy, RetryAfter: addAgain, Code: labelOf(err)}
		}
		if err != nil {
			d.log.Warn("not in the thread", "consult", v.Handle, "user", member.User, "reason", labelOf(err))
		}
	}
	return delivered(ref)
}

const (
	addTime  = 3 * time.Second // for one request, so that one that hangs leaves time for the others
	addAgain = time.Second     // when it is tried again where Discord did not say
)

// addSoon adds somebody to a thread, which does no harm twice: once more when
// Discord did not say what became of it.
func (d *Discord) addSoon(ctx context.Context, thread, user string) (err error) {
	for range 2 {
		once, cancel := context.WithTimeout(ctx, addTime)
		err = d.addMember(once, thread, user)
		cancel()
		if !unclear(err) {
			break
		}
	}
	return err
}

// unclear reports whether Discord did not say what became of a request.
func unclear(err error) bool {
	e, ok := errors.AsType[*apiError](err)
	return ok && !e.busy() && (e.status == 0 || e.status >= http.StatusInternalServerError)
}

func (d *Discord) updateCard(ctx context.Context, v bot.Delivery) bot.Receipt {
	channel, id, ok := parseReference(string(cmp.Or(v.Ref, v.Card)))
	if !ok {
		return d.postCard(ctx, v)
	}
	r := d.change(ctx, v, channel, id)
	if r.Code == "gone" {
		d.threads.drop(v.Handle)
		v.Card, v.Ref = "", ""
		return d.postCard(ctx, v)
	}
	return r
}

// change shows a delivery in a message that stands. What was overtaken changes
// nothing, and neither does what looks the same.
func (d *Discord) change(ctx context.Context, v bot.Delivery, channel, id string) bot.Receipt {
	done := delivered(bot.Ref(reference(channel, id)))
	of := editionOf(v)
	if d.shown.newer(id, of) {
		done.Code = "moved_on"
		return done
	}
	m := d.first(v)
	sum := digest(m)
	if now, ok := d.shown.get(id); ok && now.digest == sum {
		d.shown.shows(id, of, sum)
		done.Code = "same"
		return done
	}
	err := d.edit(ctx, channel, id, m)
	switch {
	case coded(err, codeUnknownMessage, codeUnknownChannel):
		return bot.Receipt{Outcome: bot.Unreachable, Code: "gone"}
	case err != nil:
		return d.failed(v, err)
	}
	d.shown.shows(id, of, sum)
	return done
}

func (d *Discord) postNote(ctx context.Context, v bot.Delivery) bot.Receipt {
	m := d.first(v)
	if v.Effect.Lane != dialog.LaneUrgent {
		m.Flags |= flagSilent
	}
	return d.intoThread(ctx, v, m, nil)
}

func (d *Discord) sendFile(ctx context.Context, v bot.Delivery) bot.Receipt {
	if v.File == nil {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "no_file"}
	}
	m := newMessage()
	m.Content, m.Flags = escaped(cmp.Or(v.View.Fallback, v.File.Name)), flagSilent
	return d.intoThread(ctx, v, m, v.File)
}

// intoThread posts something new into a consult's thread.
func (d *Discord) intoThread(ctx context.Context, v bot.Delivery, m message, file *dialog.File) bot.Receipt {
	channel, err := d.where(ctx, v)
	if err != nil {
		return d.failed(v, err)
	}
	id, err := d.post(ctx, channel, m, nonce(v, "thread"), file)
	if err != nil {
		return d.failed(v, err)
	}
	return delivered(bot.Ref(reference(channel, id)))
}

func delivered(ref bot.Ref) bot.Receipt { return bot.Receipt{Outcome: bot.Delivered, Ref: ref} }

// failed says what becomes of a delivery that failed.
func (d *Discord) failed(v bot.Delivery, err error) bot.Receipt {
	e, ok := errors.AsType[*apiError](err)
	if !ok {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "unsendable"}
	}
	r := bot.Receipt{Code: e.label()}
	switch {
	case e.busy():
		r.Outcome, r.RetryAfter = bot.Busy, e.after
	case e.code == codeNoDirect || e.code == codeNoMutualServer || e.code == codeUnknownUser:
		r.Outcome = bot.Unreachable
	case e.status == 401 || e.status == 403:
		r.Outcome, r.RetryAfter = bot.Busy, refusedAgain
		d.log.Error("refused by discord", "consult", v.Handle, "effect", v.ID, "code", e.label())
	case e.status == 0 || e.status >= 500 || e.status < 300:
		r.Outcome = bot.Ambiguous
	default:
		r.Outcome = bot.Unreachable
		d.log.Error("refused by discord", "consult", v.Handle, "effect", v.ID, "code", e.label())
	}
	return r
}
