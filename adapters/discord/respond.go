package discord

import (
	"context"
	"net/http"
	"time"

	"curbside/dialog"
)

// The types of first answers to an interaction.
const (
	callbackPong         = 1
	callbackMessage      = 4
	callbackLaterMessage = 5
	callbackLaterUpdate  = 6
	callbackUpdate       = 7
	callbackModal        = 9
)

const (
	followTries = 6 // for what follows the first answer
	followPause = 150 * time.Millisecond
	settleAfter = 3 * time.Second  // a first answer has arrived by then, or never will
	lateTime    = 60 * time.Second // an answer that takes longer is not given any more
)

// A response is a first answer as Discord takes it.
type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// onlyComponents leaves the rest of a message as it is.
type onlyComponents struct {
	Components []component `json:"components"`
}

func (a answer) response() response {
	switch a.kind {
	case answerPong:
		return response{Type: callbackPong}
	case answerUpdate:
		return response{Type: callbackUpdate, Data: a.message}
	case answerPicks:
		return response{Type: callbackUpdate, Data: onlyComponents{a.message.Components}}
	case answerPrivate:
		return response{Type: callbackMessage, Data: ephemeral(a.message)}
	case answerModal:
		return response{Type: callbackModal, Data: a.modal}
	default:
		return response{Type: callbackLaterUpdate}
	}
}

func ephemeral(m message) message {
	m.Flags |= flagEphemeral
	return m
}

// deferral tells Discord that an answer will come.
func deferral(in interaction) response {
	if in.Message != nil {
		return response{Type: callbackLaterUpdate}
	}
	return response{Type: callbackLaterMessage, Data: struct {
		Flags int `json:"flags"`
	}{flagEphemeral}}
}

// respond answers an interaction by send: with the answer when it is there in
// time, and otherwise with a word that it will come, and then with the answer.
// What follows the first answer is sent by itself. It returns when the first
// answer was sent.
func (d *Discord) respond(ctx context.Context, b Answers, in interaction, send func(response) bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lateTime)
	found := make(chan answer, 1)
	d.late.Go(func() { found <- d.take(ctx, b, in) })
	timer := time.NewTimer(d.options.Patience)
	defer timer.Stop()
	select {
	case a := <-found:
		if !send(a.response()) {
			cancel()
			return
		}
		d.noted(in, a)
		d.late.Go(func() {
			defer cancel()
			d.follow(ctx, in, a)
			d.settle(ctx, b, in, a)
		})
	case <-timer.C:
		sent := send(deferral(in))
		d.late.Go(func() {
			defer cancel()
			if a := <-found; sent {
				d.catchUp(ctx, in, a)
				d.settle(ctx, b, in, a)
			}
		})
	}
}

// noted remembers which version a message shows now. What it looks like is left
// open: Discord takes an answer that comes too late without a word.
func (d *Discord) noted(in interaction, a answer) {
	if a.kind == answerUpdate && in.Message != nil && a.of.version != 0 {
		d.shown.shows(in.Message.ID, a.of, [32]byte{})
	}
}

// follow sends what comes after the first answer.
func (d *Discord) follow(ctx context.Context, in interaction, a answer) {
	if a.kind == answerRemove {
		d.webhook(ctx, in, request{method: http.MethodDelete, path: "/messages/@original"})
	}
	for _, m := range a.more {
		d.whisper(ctx, in, m, nil)
	}
	if a.file != nil {
		d.whisper(ctx, in, newMessage(), a.file)
	}
}

// catchUp gives an answer after Discord was told that one will come.
func (d *Discord) catchUp(ctx context.Context, in interaction, a answer) {
	fresh := in.Message == nil // the deferral made a message of its own, to be filled
	switch a.kind {
	case answerUpdate:
		d.webhook(ctx, in, request{method: http.MethodPatch, path: "/messages/@original", body: a.message})
		d.noted(in, a)
	case answerPicks:
		d.webhook(ctx, in, request{method: http.MethodPatch, path: "/messages/@original", body: onlyComponents{a.message.Components}})
	case answerPrivate, answerModal, answerNothing:
		m := a.message
		if a.kind == answerModal {
			m = d.line("That took too long for a form to open. Please press again.")
		}
		switch {
		case fresh && a.kind == answerNothing:
			d.webhook(ctx, in, request{method: http.MethodPatch, path: "/messages/@original", body: d.line("Done.")})
		case fresh:
			d.webhook(ctx, in, request{method: http.MethodPatch, path: "/messages/@original", body: m})
		case a.kind != answerNothing:
			d.whisper(ctx, in, m, nil)
		}
	}
	d.follow(ctx, in, a)
}

// whisper sends a further private reply.
func (d *Discord) whisper(ctx context.Context, in interaction, m message, file *dialog.File) {
	if file != nil {
		m.Attachments = []attachment{{ID: "0", Filename: file.Name}}
	}
	d.webhook(ctx, in, request{method: http.MethodPost, body: ephemeral(m), file: file})
}

// webhook uses an interaction's token. The first answer may not have arrived
// yet, so what is not known there is tried again.
func (d *Discord) webhook(ctx context.Context, in interaction, r request) {
	r.path = "webhooks/" + d.options.Application + "/" + in.Token + r.path
	r.single = true
	pause := followPause
	for try := 1; ; try++ {
		err := d.api.do(ctx, r)
		if err == nil || r.method == http.MethodDelete && coded(err, codeUnknownMessage) {
			return
		}
		again := coded(err, codeUnknownWebhook, codeUnknownMessage)
		if wait, busy := busyFor(err); busy {
			again, pause = true, wait
		}
		if !again || try == followTries {
			d.metrics.count(countLost)
			d.log.Warn("reply lost", "interaction", in.ID, "reason", labelOf(err))
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
			pause *= 2
		}
	}
}

// settle looks at a card again after its reply has certainly arrived: another
// process may have shown something newer before, which the reply has covered. A
// card on which somebody picks is looked at as well: the process that ought to
// have done so may have died.
func (d *Discord) settle(ctx context.Context, b Answers, in interaction, a answer) {
	if a.settle == "" {
		return
	}
	select {
	case <-d.end:
		return
	case <-time.After(d.settleAfter):
	}
	pause := followPause
	for try := 1; ; try++ {
		err := d.uncover(ctx, b, in, a)
		wait, busy := busyFor(err)
		if err == nil {
			return
		}
		if try == followTries || !busy && !unclear(err) {
			d.log.Warn("card not settled", "consult", a.settle, "reason", labelOf(err))
			return
		}
		select {
		case <-d.end:
			return
		case <-ctx.Done():
			return
		case <-time.After(max(wait, pause)):
			pause *= 2
		}
	}
}

// uncover shows on a card what it ought to show, unless it does.
func (d *Discord) uncover(ctx context.Context, b Answers, in interaction, a answer) error {
	e := dialog.Effect{Handle: a.settle, Version: a.of.version, Kind: dialog.UpdateCard}
	loaded := time.Now()
	view, _, ok := b.Show(ctx, e)
	if !ok {
		return nil
	}
	l := d.layout()
	l.more, l.fallback = moreID(e), true
	m := l.pages(view)[0]
	shows := a.kind == answerUpdate && digest(m) == digest(a.message)
	picks := a.kind != answerUpdate && versionOn(m.Components) <= versionOn(in.Message.Components)
	if shows || picks {
		return nil
	}
	of := edition{versionOn(m.Components), loaded, time.Now()}
	if d.shown.newer(in.Message.ID, of) {
		return nil // somebody was faster still
	}
	if err := d.edit(ctx, in.ChannelID, in.Message.ID, m); err != nil {
		return err
	}
	d.shown.shows(in.Message.ID, of, digest(m))
	return nil
}

// versionOn is the newest version that what can be pressed on a message is of.
func versionOn(components []component) uint64 {
	var newest uint64
	for _, r := range components {
		for _, c := range r.Components {
			if press, err := dialog.ParsePress(c.CustomID); err == nil {
				newest = max(newest, press.Version)
			}
		}
	}
	return newest
}
