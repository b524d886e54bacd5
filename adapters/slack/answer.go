package slack

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
	"curbside/dialog"
)

const (
	// commitTime is how long the acknowledgement of a press waits for the bot to
	// have kept it: Slack waits three seconds, and the acknowledgement has to travel.
	commitTime = 2 * time.Second
	// patience is how long a submitted form waits for its answer: Slack waits
	// three seconds, and the answer has to travel.
	patience = 2300 * time.Millisecond
	// settleTime is how long Slack may take to show what a form was answered with:
	// a change that overtakes it would be lost.
	settleTime = 500 * time.Millisecond
	// maxAnswerView bounds a view that is sent in the answer to a form: Slack drops
	// answers over a socket of 20 KB and more without a word.
	maxAnswerView = 18 << 10
	// answerTime bounds everything that follows from one press.
	answerTime = 30 * time.Second
)

// begin answers what somebody did. It returns when that may be acknowledged: once
// the bot has kept it, after [commitTime] at the latest. What ends the program
// before leaves Slack without an acknowledgement, and Slack says so to the one who
// pressed. What they see follows.
func (s *Slack) begin(ctx context.Context, b Answers, a asked) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime)
	kept := make(chan struct{})
	s.working.Go(func() {
		defer cancel()
		done := sync.OnceFunc(func() { close(kept) })
		defer done()
		defer s.recovered(ctx, a)
		s.answer(ctx, b, a, done)
	})
	timer := time.NewTimer(commitTime)
	defer timer.Stop()
	select {
	case <-kept:
	case <-timer.C:
	}
}

// answer calls kept once the bot has taken the press in.
func (s *Slack) answer(ctx context.Context, b Answers, a asked, kept func()) {
	if a.opens {
		id, err := s.openView(ctx, a.on, skeleton())
		if err != nil {
			s.options.Log.Warn("no window", "platform", Name, "input", a.in.ID, "code", codeOf(err))
		}
		a.on.window = id
	}
	if why := s.turnedAway(ctx, a.in.From); why != "" {
		kept()
		s.present(ctx, b, a, notice(why))
		return
	}
	if a.blank {
		kept() // there is nothing to keep
		s.present(ctx, b, a, notice("Choose an answer first."))
		return
	}
	if a.more != nil {
		kept()
		s.turn(ctx, b, a)
		return
	}
	reply := b.Handle(ctx, a.in)
	kept()
	s.present(ctx, b, a, reply)
}

func notice(text string) bot.Reply { return bot.Reply{Reply: dialog.Reply{Notice: text}} }

// recovered keeps a fault in one answer from reaching another, and tells the
// one who waits for it. What the fault says may quote what came in.
func (s *Slack) recovered(ctx context.Context, a asked) {
	if recover() == nil {
		return
	}
	s.counts.WithLabelValues("fault").Inc()
	s.options.Log.Error("recovered", "platform", Name, "input", a.in.ID)
	defer func() { _ = recover() }() // the same fault again
	again, _ := asideOf(a, notice("Something went wrong in the program. Please press again."))
	s.tell(ctx, a, again, beside)
}

func said(text string) dialog.View {
	return dialog.View{Blocks: []dialog.Block{dialog.Text{Text: text}}, Fallback: "Curbside"}
}

// submit answers a form that was sent: with what its window is to do now, nil to
// close it. When the answer takes longer than Slack waits, the window says so and
// shows the answer when it is there.
func (s *Slack) submit(ctx context.Context, b Answers, a asked) *slackapi.ViewSubmissionResponse {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime)
	a.on.responseURL, _ = s.urls.get(a.on.view)
	var settled atomic.Bool // by whoever is first: the answer or the end of patience
	answered := make(chan *slackapi.ViewSubmissionResponse, 1)
	s.working.Go(func() {
		defer cancel()
		defer close(answered)
		defer s.recovered(ctx, a)
		reply := notice(s.turnedAway(ctx, a.in.From))
		if reply.Notice == "" {
			reply = b.Handle(ctx, a.in)
		}
		inTime := settled.CompareAndSwap(false, true)
		switch {
		case len(reply.FieldErrors) > 0 && inTime:
			answered <- fieldErrors(reply.FieldErrors, a.in.Form)
			return
		case len(reply.FieldErrors) > 0:
			pause(ctx, settleTime)
			s.refuseLate(ctx, a, reply)
			return
		case a.on.channel == "" && inTime: // opened in a window: the answer stays there
			answered <- s.inWindow(ctx, a, &reply)
		case inTime:
			answered <- nil
		default:
			a.on.window = a.on.view
			pause(ctx, settleTime)
		}
		a.on.view = ""
		s.present(ctx, b, a, reply)
	})
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case answer := <-answered:
		return answer
	case <-timer.C:
	}
	if settled.CompareAndSwap(false, true) {
		return slackapi.NewUpdateViewSubmissionResponse(new(skeleton()))
	}
	return <-answered
}

// inWindow is an answer that takes the place of the form in its window; what the
// window shows is taken out of the reply. What is longer than a socket's answer
// may be closes the form, and is told elsewhere.
func (s *Slack) inWindow(ctx context.Context, a asked, reply *bot.Reply) *slackapi.ViewSubmissionResponse {
	aside, ok := asideOf(a, *reply)
	if !ok {
		return nil
	}
	view := modal("Curbside", s.drawAll(ctx, aside, markPrivate, nil, viewRoom)[0])
	if text, err := json.Marshal(view); err != nil || len(text) > maxAnswerView {
		return nil
	}
	reply.Private, reply.Notice = nil, ""
	return slackapi.NewUpdateViewSubmissionResponse(&view)
}

// refuseLate opens a refused form again whose window has given up waiting.
func (s *Slack) refuseLate(ctx context.Context, a asked, reply bot.Reply) {
	var why []string
	for _, id := range sortedKeys(reply.FieldErrors) {
		why = append(why, reply.FieldErrors[id])
	}
	words := strings.Join(why, " ")
	if reply.Rewrite == nil {
		s.window(ctx, a, a.on.view, said(words+" Nothing was kept. Please open the form again."))
		return
	}
	again := *reply.Rewrite
	again.Intro = strings.TrimSpace(words + "\n" + again.Intro)
	if err := s.changeView(ctx, a.on.view, formView(again, a.on)); err != nil {
		s.window(ctx, a, a.on.view, said(words))
	}
}

// present shows the bot's reply: the surface that was pressed first, then what
// the one who pressed sees alone.
func (s *Slack) present(ctx context.Context, b Answers, a asked, reply bot.Reply) {
	if reply.Form != nil {
		s.presentForm(ctx, a, *reply.Form)
		a.on.window = ""
	}
	if reply.View != nil {
		s.presentView(ctx, b, a, reply)
	}
	if aside, ok := asideOf(a, reply); ok || a.on.window != "" {
		s.presentAside(ctx, a, aside, reply)
	} else if a.on.ephemeral && reply.View != nil && a.in.Press.Handle != "" {
		if err := s.respond(ctx, a.on, message{}, away); err != nil {
			s.options.Log.Info("private reply stays", "platform", Name, "input", a.in.ID, "code", codeOf(err))
		}
	}
	if reply.File != nil {
		s.presentFile(ctx, a, *reply.File)
	}
	if a.on.home {
		s.publish(ctx, b, a.in.From)
	}
}

// asideOf is what the one who acted sees alone: the line and the view in one.
// What cannot be chosen a second time gets a button that asks the same again.
func asideOf(a asked, reply bot.Reply) (v dialog.View, ok bool) {
	if reply.Private != nil {
		v = *reply.Private
	}
	if reply.Notice != "" {
		v.Blocks = append([]dialog.Block{dialog.Text{Text: reply.Notice}}, v.Blocks...)
	}
	ok = reply.Private != nil || reply.Notice != ""
	if ok && a.sticky && reply.View == nil {
		v.Blocks = append(v.Blocks[:len(v.Blocks):len(v.Blocks)], dialog.Buttons{Items: []dialog.Button{{Label: "Try again", Press: a.in.Press}}})
	}
	return v, ok
}

func (s *Slack) presentForm(ctx context.Context, a asked, f dialog.Form) {
	view := formView(f, a.on)
	id, err := a.on.window, error(nil)
	if id != "" {
		err = s.changeView(ctx, id, view)
	} else {
		id, err = s.openView(ctx, a.on, view)
	}
	if err != nil {
		s.options.Log.Warn("no form", "platform", Name, "input", a.in.ID, "code", codeOf(err))
		s.tell(ctx, a, said("The form did not open in time. Please press again."), beside)
		return
	}
	if a.on.responseURL != "" {
		s.urls.put(id, a.on.responseURL)
	}
}

// presentView replaces what was pressed.
func (s *Slack) presentView(ctx context.Context, b Answers, a asked, reply bot.Reply) {
	switch {
	case a.on.home, a.on.ephemeral && a.in.Press.Handle != "":
	case a.on.view != "" && a.in.Press.Handle == "":
		s.publish(ctx, b, a.in.From)
	case a.on.view != "":
		if reply.Private == nil && reply.Notice == "" {
			s.window(ctx, a, a.on.view, *reply.View)
		}
	case a.on.ephemeral:
		s.tell(ctx, a, *reply.View, instead)
	case a.on.ts == "":
		s.tell(ctx, a, *reply.View, beside)
	default:
		s.replace(ctx, b, a, reply)
	}
}

// replace shows a version of the consult on the message that was pressed. A card
// that is not the consult's own was posted twice, when Slack did not say that it
// had taken the first: it points to the one that is kept.
func (s *Slack) replace(ctx context.Context, b Answers, a asked, reply bot.Reply) {
	at := ref(a.on.channel, a.on.ts)
	if a.on.mark == markCard || a.on.mark == markMoved {
		if card, ok := s.cardOf(ctx, a.in.Press.Handle); ok && card != at {
			if err := s.edit(ctx, at, s.pointer(ctx, a.in.Press.Handle, "This consult has another card.")); err != nil {
				s.options.Log.Warn("no pointer", "consult", a.in.Press.Handle, "code", codeOf(err))
			}
			return
		}
	}
	e := dialog.Effect{Kind: dialog.UpdateCard, Handle: a.in.Press.Handle, Version: reply.Version}
	if person, ok := strings.CutPrefix(a.on.mark, markDirect); ok {
		e.Kind, e.To = dialog.EndPage, dialog.PersonID(person)
	}
	err := s.screens.show(at, reply.Version, reply.Loaded, func() error {
		return roomy(func(in room) error {
			m := s.draw(ctx, *reply.View, a.on.mark, &e, in)
			if err := s.respond(ctx, a.on, m, instead); err != nil {
				if err = s.edit(ctx, at, m); err != nil {
					return err
				}
			}
			return s.catchUp(ctx, b, e, at, a.on.mark, m, in)
		})
	})
	if err != nil { // the delivery of the same version follows
		s.options.Log.Warn("not replaced", "platform", Name, "input", a.in.ID, "code", codeOf(err))
	}
}

// catchUp looks again after a reply has been put on a message: another process
// may have put something newer there in between.
func (s *Slack) catchUp(ctx context.Context, b Answers, e dialog.Effect, at bot.Ref, mark string, shown message, in room) error {
	if e.Handle == "" {
		return nil
	}
	view, _, ok := b.Show(ctx, e)
	if !ok {
		return nil
	}
	newest := s.draw(ctx, view, mark, &e, in)
	if newest.same(shown) {
		return nil
	}
	return s.edit(ctx, at, newest)
}

func (s *Slack) presentAside(ctx context.Context, a asked, v dialog.View, reply bot.Reply) {
	switch {
	case a.on.window != "":
		s.window(ctx, a, a.on.window, v)
	case a.on.view != "" || a.on.home:
		s.window(ctx, a, a.on.view, v)
	case a.on.ephemeral && reply.View != nil:
		s.tell(ctx, a, v, instead)
	default:
		s.tell(ctx, a, v, beside)
	}
}

// presentFile sends a file to the one who asked, as a direct message: nothing
// that only one person sees in a channel can hold one.
func (s *Slack) presentFile(ctx context.Context, a asked, f dialog.File) {
	channel, err := s.direct(ctx, a.in.From.User)
	if err == nil {
		_, err = s.upload(ctx, channel, "", f)
	}
	if err != nil {
		s.options.Log.Error("no file", "platform", Name, "input", a.in.ID, "code", codeOf(err))
		s.tell(ctx, a, said("The file could not be sent. Please press again."), beside)
		return
	}
	if !direct(a.on.channel) {
		s.tell(ctx, a, said("The file is in your direct messages with Curbside."), beside)
	}
}

// turn shows another page of what an effect put in front of people, as it is
// now, to the one who asked for it.
func (s *Slack) turn(ctx context.Context, b Answers, a asked) {
	view, _, ok := b.Show(ctx, a.more.Effect)
	if !ok || a.more.Effect.To != "" && !direct(a.on.channel) { // a direct message is read where it stands
		s.tell(ctx, a, said("This has moved on. The newest is on the consult's card."), beside)
		return
	}
	pages := s.drawAll(ctx, view, markPrivate, &a.more.Effect, messageRoom)
	how := beside
	if a.on.ephemeral {
		how = instead
	}
	m := message{pages[min(a.more.Number, len(pages)-1)], fallback(view)}
	if err := s.respond(ctx, a.on, m, how); err != nil {
		if err = s.whisper(ctx, a.on.channel, a.on.thread, a.in.From.User, m); err != nil {
			s.options.Log.Error("no page", "platform", Name, "input", a.in.ID, "code", codeOf(err))
		}
	}
}
