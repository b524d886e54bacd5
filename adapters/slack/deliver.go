package slack

import (
	"bytes"
	"cmp"
	"context"
	"time"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
	"curbside/dialog"
)

// checkAgain is when a delivery waits for a channel that could not be checked.
const checkAgain = 3 * time.Second

// Deliver implements [bot.Platform]. A message that was posted is edited from
// then on; what was posted within the last hour is not posted again.
func (s *Slack) Deliver(ctx context.Context, d bot.Delivery) bot.Receipt {
	if d.Card != "" {
		s.cards.put(d.Handle, d.Card)
	}
	switch d.Kind {
	case dialog.PostCard, dialog.UpdateCard:
		return s.deliverCard(ctx, d)
	case dialog.PostNote:
		return s.deliverNote(ctx, d)
	case dialog.SendFile:
		return s.deliverFile(ctx, d)
	case dialog.Page:
		return s.deliverPage(ctx, d)
	case dialog.Message, dialog.EndPage:
		return s.deliverDirect(ctx, d)
	default:
		return bot.Receipt{Outcome: bot.Unreachable, Code: "unknown_kind"}
	}
}

func urgent(d bot.Delivery) bool { return d.Effect.Lane == dialog.LaneUrgent || d.Kind == dialog.Page }

func delivered(r bot.Ref) bot.Receipt { return bot.Receipt{Outcome: bot.Delivered, Ref: r} }

func paced(wait time.Duration) bot.Receipt {
	return bot.Receipt{Outcome: bot.Busy, RetryAfter: wait, Code: "paced"}
}

// home returns the channel where a consult's messages belong: the channel of its
// card, or else the one it was opened in. A receipt says why there is none.
func (s *Slack) home(ctx context.Context, d bot.Delivery) (channel string, no *bot.Receipt) {
	if d.Home.Direct {
		channel, err := s.direct(ctx, d.Home.Channel)
		if err != nil {
			r := receipt(err)
			return "", &r
		}
		return channel, nil
	}
	if card, _ := split(cmp.Or(d.Ref, d.Card)); card != "" && card != d.Home.Channel {
		return card, nil // it has gone on in a direct message
	}
	age := goodFor
	if d.Kind == dialog.PostCard {
		age = freshFor
	}
	verdict, err := s.check(ctx, d.Home, age)
	if err != nil {
		s.options.Log.Warn("channel unchecked", "platform", Name, "code", codeOf(err))
		return "", &bot.Receipt{Outcome: bot.Busy, RetryAfter: checkAgain, Code: "unchecked"}
	}
	if !verdict.Private {
		s.options.Log.Warn("channel refused", "platform", Name, "code", verdict.Code, "consult", d.Handle)
		return "", &bot.Receipt{Outcome: bot.Unreachable, Code: "not_private_" + verdict.Code}
	}
	return d.Home.Channel, nil
}

// deliverCard puts the card where it stands, or posts it. When the channel is
// not private any more it goes on in a direct message with the clinician.
func (s *Slack) deliverCard(ctx context.Context, d bot.Delivery) bot.Receipt {
	if have, ok := s.posted.get(d.ID); ok && d.Ref == "" {
		d.Ref = have
	}
	if have, ok := s.cards.get(d.Handle); ok && d.Ref == "" && d.Kind == dialog.UpdateCard {
		d.Ref = have
	}
	channel, no := s.home(ctx, d)
	if no != nil {
		if no.Outcome == bot.Unreachable && d.Asker != nil && !d.Home.Direct {
			return s.moveCard(ctx, d)
		}
		return *no
	}
	if d.Ref == "" {
		return s.postCard(ctx, d, channel)
	}
	if wait := s.gates.enter(channel, urgent(d)); wait > 0 {
		return paced(wait)
	}
	err := s.screens.show(d.Ref, d.Version, d.Loaded, func() error {
		return roomy(func(in room) error { return s.edit(ctx, d.Ref, s.drawCard(ctx, d, channel, in)) })
	})
	if fixed(err) {
		return s.replaceCard(ctx, d, channel)
	}
	if err != nil {
		return receipt(err)
	}
	s.cards.put(d.Handle, d.Ref)
	return delivered(d.Ref)
}

func (s *Slack) drawCard(ctx context.Context, d bot.Delivery, channel string, in room) message {
	mark := markCard
	if !d.Home.Direct && channel != d.Home.Channel {
		mark = markMoved
	}
	return s.draw(ctx, d.View, mark, &d.Effect, in)
}

func (s *Slack) postCard(ctx context.Context, d bot.Delivery, channel string) bot.Receipt {
	if wait := s.gates.enter(channel, urgent(d)); wait > 0 {
		return paced(wait)
	}
	var posted bot.Ref
	err := roomy(func(in room) (err error) {
		posted, err = s.post(ctx, channel, "", s.drawCard(ctx, d, channel, in))
		return err
	})
	if err != nil {
		return receipt(err)
	}
	s.posted.put(d.ID, posted)
	s.cards.put(d.Handle, posted)
	_ = s.screens.show(posted, d.Version, d.Loaded, func() error { return nil }) // it shows that version now
	return delivered(posted)
}

// replaceCard posts a new card for one that Slack lets nobody edit any more, and
// says in the old one's thread where it went.
func (s *Slack) replaceCard(ctx context.Context, d bot.Delivery, channel string) bot.Receipt {
	r := s.postCard(ctx, d, channel)
	if r.Outcome != bot.Delivered {
		return r
	}
	at, thread := split(d.Ref)
	if _, err := s.post(ctx, at, thread, s.pointer(ctx, d.Handle, "The card of this consult goes on further down.")); err != nil {
		s.options.Log.Warn("no pointer", "consult", d.Handle, "code", codeOf(err))
	}
	return r
}

// moveCard takes a consult out of a channel that is not private any more: what
// stood there is hidden, and the card goes on with the clinician alone.
func (s *Slack) moveCard(ctx context.Context, d bot.Delivery) bot.Receipt {
	channel, err := s.direct(ctx, d.Asker.User)
	if err != nil {
		return receipt(err)
	}
	r := s.postCard(ctx, d, channel)
	if r.Outcome != bot.Delivered || d.Ref == "" {
		return r
	}
	hidden := dialog.View{Title: "Consult " + d.Handle, Fallback: "Consult " + d.Handle, Blocks: []dialog.Block{dialog.Text{
		Tone: dialog.ToneWarning,
		Text: "This channel is not private any more, so nothing is shown here. The consult goes on in a direct message with the clinician.",
	}}}
	if err := s.edit(ctx, d.Ref, s.draw(ctx, hidden, markNote, nil, messageRoom)); err != nil {
		s.options.Log.Error("card not hidden", "consult", d.Handle, "code", codeOf(err))
	}
	return r
}

// pointer leads to where a consult's card is now.
func (s *Slack) pointer(ctx context.Context, handle, text string) message {
	return s.draw(ctx, dialog.View{
		Fallback: "Consult " + handle,
		Blocks:   []dialog.Block{dialog.Text{Text: text}, dialog.Pointer{Label: "Go to the consult", Handle: handle}},
	}, markNote, nil, messageRoom)
}

// deliverNote puts a line into the consult's thread.
func (s *Slack) deliverNote(ctx context.Context, d bot.Delivery) bot.Receipt {
	if have, ok := s.posted.get(d.ID); ok {
		return delivered(have)
	}
	channel, no := s.home(ctx, d)
	if no != nil {
		return *no
	}
	if wait := s.gates.enter(channel, urgent(d)); wait > 0 {
		return paced(wait)
	}
	_, thread := split(d.Card)
	var posted bot.Ref
	err := roomy(func(in room) (err error) {
		posted, err = s.post(ctx, channel, thread, s.draw(ctx, d.View, markNote, &d.Effect, in))
		return err
	})
	if err != nil {
		return receipt(err)
	}
	s.posted.put(d.ID, posted)
	return delivered(posted)
}

// deliverDirect writes to one person, or edits what was written.
func (s *Slack) deliverDirect(ctx context.Context, d bot.Delivery) bot.Receipt {
	if have, ok := s.posted.get(d.ID); ok && d.Ref == "" {
		d.Ref = have
	}
	if d.Kind == dialog.EndPage && d.Ref == "" {
		return bot.Receipt{Outcome: bot.Delivered, Code: "nothing_shown"}
	}
	if d.Kind == dialog.Page && d.Ref != "" {
		return delivered(d.Ref) // it has rung
	}
	if why, ok := s.reachable(ctx, d.To); !ok {
		return bot.Receipt{Outcome: bot.Unreachable, Code: why}
	}
	s.visits.stale(d.To.User)
	if have, ok := s.arrived(ctx, d); ok {
		s.posted.put(d.ID, have)
		return delivered(have)
	}
	draw := func(in room) message { return s.drawDirect(ctx, d, in) }
	if d.Ref != "" {
		err := s.screens.show(d.Ref, d.Version, d.Loaded, func() error {
			return roomy(func(in room) error { return s.edit(ctx, d.Ref, draw(in)) })
		})
		if err == nil {
			return delivered(d.Ref)
		}
		if !fixed(err) || d.Kind == dialog.EndPage {
			return receipt(err)
		}
	}
	channel, err := s.direct(ctx, d.To.User)
	if err != nil {
		return receipt(err)
	}
	if wait := s.gates.enter(channel, urgent(d)); wait > 0 {
		return paced(wait)
	}
	var posted bot.Ref
	err = roomy(func(in room) (err error) {
		posted, err = s.post(ctx, channel, "", draw(in))
		return err
	})
	if err != nil {
		return receipt(err)
	}
	s.posted.put(d.ID, posted)
	_ = s.screens.show(posted, d.Version, d.Loaded, func() error { return nil }) // it shows that version now
	return delivered(posted)
}

func (s *Slack) drawDirect(ctx context.Context, d bot.Delivery, in room) message {
	m := s.draw(ctx, d.View, markDirect+string(d.Effect.To), &d.Effect, in)
	if d.Kind == dialog.Page {
		m.text = pageText(d)
	}
	return m
}

// deliverPage writes to the supervisor and mentions them in the thread. The
// direct message is the page and goes first; a mention that fails is tried again
// only while Slack asks for time or does not say whether the channel is private. A
// page that was found to have arrived is followed by the mention all the same:
// nothing tells whether that had been sent.
func (s *Slack) deliverPage(ctx context.Context, d bot.Delivery) bot.Receipt {
	r := s.deliverDirect(ctx, d)
	if r.Outcome != bot.Delivered || d.Card == "" {
		return r
	}
	channel, no := s.home(ctx, inThread(d))
	if no != nil && no.Outcome == bot.Busy {
		return *no
	}
	if no != nil {
		return r
	}
	_, thread := split(d.Card)
	for _, called := range d.Mention {
		if _, done := s.posted.get(d.ID + "@" + called.User); done {
			continue
		}
		s.gates.enter(channel, true)
		line := "<@" + called.User + "> " + escape(fallback(d.View))
		posted, err := s.mention(ctx, channel, thread, line)
		if f := clean("", err); err != nil && f.retry > 0 {
			return bot.Receipt{Outcome: bot.Busy, RetryAfter: f.retry, Code: "mention_" + f.code}
		}
		if err != nil {
			s.options.Log.Warn("no mention", "consult", d.Handle, "effect", d.ID, "code", codeOf(err))
			continue
		}
		s.posted.put(d.ID+"@"+called.User, posted)
	}
	return r
}

// mention posts a line that calls somebody: the only text with markup of ours.
func (s *Slack) mention(ctx context.Context, channel, thread, line string) (posted bot.Ref, err error) {
	err = s.callAt(ctx, "chat.postMessage", "chat.postMessage "+channel, func(ctx context.Context) error {
		at, ts, err := s.api.PostMessageContext(ctx, channel, slackapi.MsgOptionText(line, false), slackapi.MsgOptionTS(thread),
			slackapi.MsgOptionDisableLinkUnfurl(), slackapi.MsgOptionDisableMediaUnfurl())
		posted, err = placed(at, ts, err)
		return err
	})
	return posted, err
}

// deliverFile puts a file into the consult's thread.
func (s *Slack) deliverFile(ctx context.Context, d bot.Delivery) bot.Receipt {
	if have, ok := s.posted.get(d.ID); ok {
		return delivered(have)
	}
	if d.File == nil || len(d.File.Content) == 0 {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "no_file"}
	}
	channel, no := s.home(ctx, d)
	if no != nil {
		return *no
	}
	_, thread := split(d.Card)
	file, err := s.upload(ctx, channel, thread, *d.File)
	if err != nil {
		return receipt(err)
	}
	s.posted.put(d.ID, file)
	return delivered(file)
}

// upload shows a file in a channel or in a thread of it.
func (s *Slack) upload(ctx context.Context, channel, thread string, f dialog.File) (bot.Ref, error) {
	var id string
	err := s.call(ctx, "files.upload", func(ctx context.Context) error {
		summary, err := s.api.UploadFileContext(ctx, slackapi.UploadFileParameters{
			Reader: bytes.NewReader(f.Content), FileSize: len(f.Content), Filename: f.Name, Title: f.Title,
			Channel: channel, ThreadTimestamp: thread,
		})
		if err == nil && !slackID.MatchString(summary.ID) {
			err = errGarbled
		}
		if err == nil {
			id = summary.ID
		}
		return err
	})
	return ref(channel, "file-"+id), err
}

// inThread is a delivery as one to the thread: its reference is the direct message.
func inThread(d bot.Delivery) bot.Delivery {
	d.Ref = ""
	return d
}
