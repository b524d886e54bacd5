package discord

import (
	"cmp"
	"context"
	"runtime"
	"strings"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// command is the name of the one command.
const command = "consult"

// An answerKind is what the first answer to an interaction does.
type answerKind int

// The kinds of first answers.
const (
	answerNothing answerKind = iota // everything stays as it is
	answerPong
	answerUpdate  // the message that was pressed is replaced
	answerPicks   // the components of that message are replaced, and nothing else
	answerPrivate // a new reply that only the one who pressed sees
	answerModal
	answerRemove // the private reply that was pressed goes
)

// An answer is the first answer and what follows it.
type answer struct {
	kind    answerKind
	message message
	modal   modal
	more    []message    // further private replies
	file    *dialog.File // and a file, for the one who pressed alone
	of      edition      // update: of the consult that is shown
	settle  string       // update of a card, or picks on it: the handle to look at again
}

// said is a private reply of one line.
func (d *Discord) said(text string) answer {
	return answer{kind: answerPrivate, message: d.line(text)}
}

func (d *Discord) line(text string) message {
	return d.layout().pages(dialog.View{Blocks: []dialog.Block{dialog.Text{Text: text}}})[0]
}

// take finds the answer to an interaction. It never panics.
func (d *Discord) take(ctx context.Context, b Answers, in interaction) (a answer) {
	defer func() {
		if cause := recover(); cause != nil {
			d.recovered("interaction", in.ID)
			a = d.said("Something went wrong in the program. Please press again.")
		}
	}()
	if in.Type == interactionPing {
		return answer{kind: answerPong}
	}
	if !d.ours(in) {
		d.metrics.count(countRefused)
		d.log.Warn("refused", "reason", "foreign_interaction", "interaction", in.ID)
		return d.said("Curbside answers in its practice's own server only, where the server installed it.")
	}
	if !in.sees() {
		d.metrics.count(countRefused)
		d.log.Warn("refused", "reason", "no_access", "interaction", in.ID, "user", in.user())
		return d.said("Discord says that you can no longer see this channel, so nothing was changed. " +
			"If you should, ask your practice's owner to give you its role again.")
	}
	if in.garbled {
		d.metrics.count(countMalformed)
		d.log.Warn("not understood", "reason", "garbled", "interaction", in.ID)
		return d.said("Discord sent this in a way that Curbside cannot read. Nothing was changed. Please try again.")
	}
	switch in.Type {
	case interactionCommand:
		return d.command(ctx, b, in)
	case interactionPress:
		return d.pressed(ctx, b, in)
	case interactionSubmit:
		return d.submitted(ctx, b, in)
	default:
		return d.said("Curbside does not know what to do with that. Nothing was changed.")
	}
}

// recovered logs a panic by its place in the code: its value may quote input.
func (d *Discord) recovered(where, id string) {
	d.metrics.count(countFault)
	at := "unknown"
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)])
	if frame, _ := frames.Next(); frame.Function != "" {
		at = frame.Function
	}
	d.log.Error("recovered", "in", where, "interaction", id, "at", at)
}

// command keeps one word of a closed list of what was typed, and nothing else.
func (d *Discord) command(ctx context.Context, b Answers, in interaction) answer {
	if in.Data.Name != command {
		return d.said("This command is not known here. Use /" + command + ".")
	}
	word := ""
	if len(in.Data.Options) > 0 {
		if words := strings.Fields(string(in.Data.Options[0].Value)); len(words) > 0 {
			word = bot.KnownWord(words[0])
		}
	}
	return d.ask(ctx, b, in, bot.Inbound{Kind: bot.Command, Word: word})
}

// pressed reads what was pressed: a button's id, or the value picked in a list.
func (d *Discord) pressed(ctx context.Context, b Answers, in interaction) answer {
	id := in.Data.CustomID
	if strings.HasPrefix(id, idList) {
		if len(in.Data.Values) != 1 {
			return answer{}
		}
		id = in.Data.Values[0]
	}
	for _, own := range []struct {
		mark string
		do   func(context.Context, Answers, interaction, string) answer
	}{
		{idConfirm, d.confirm},
		{idPicks, d.picked},
		{idSend, d.sendPicks},
		{idMore, d.readOn},
		{idGo, d.lead},
		{idUse, d.useDraft},
		{idEdit, d.editDraft},
	} {
		if rest, ok := strings.CutPrefix(id, own.mark); ok {
			return own.do(ctx, b, in, rest)
		}
	}
	if id == idLeave {
		return answer{kind: answerRemove}
	}
	press, err := dialog.ParsePress(id)
	if err != nil {
		return d.said("This button is not known here. Nothing was changed. Find your consults with /consult list.")
	}
	return d.ask(ctx, b, in, bot.Inbound{Kind: bot.Pressed, Press: press})
}

func (d *Discord) submitted(ctx context.Context, b Answers, in interaction) answer {
	press, err := dialog.ParsePress(in.Data.CustomID)
	if err != nil {
		return d.said("This form is not known here. Nothing was kept.")
	}
	return d.ask(ctx, b, in, bot.Inbound{Kind: bot.Submit, Press: press, Form: fieldsOf(in.Data.Components)})
}

// ask has the bot answer.
func (d *Discord) ask(ctx context.Context, b Answers, in interaction, act bot.Inbound) answer {
	act = d.inbound(in, act)
	return d.compose(ctx, b, in, act, b.Handle(ctx, act))
}

// inbound fills in who did something where. Its id is the interaction's, unless
// it has one.
func (d *Discord) inbound(in interaction, act bot.Inbound) bot.Inbound {
	act.ID, act.From, act.In = cmp.Or(act.ID, in.ID), d.identity(in), d.place(in, act.Press.Handle)
	if act.Press.Handle != "" && in.GuildID != "" && in.Channel != nil && in.Channel.Type == channelPrivateThread && in.Channel.Name == act.Press.Handle {
		d.threads.put(act.Press.Handle, spot{channel: in.Channel.ID})
	}
	return act
}

// compose turns the bot's reply into an answer.
func (d *Discord) compose(ctx context.Context, b Answers, in interaction, act bot.Inbound, reply bot.Reply) answer {
	if len(reply.FieldErrors) > 0 {
		return d.refused(ctx, b, in, act, reply)
	}
	if reply.Form != nil {
		return d.open(in, *reply.Form)
	}
	var private []message
	if reply.Private != nil {
		private = d.layout().pages(*reply.Private)
	}
	if reply.Notice != "" {
		private = append(private, d.line(reply.Notice))
	}
	a := d.surface(in, act, reply, private)
	a.file = reply.File
	if a.kind == answerNothing && in.Message == nil {
		a = answer{kind: answerPrivate, message: d.line("Done."), file: reply.File}
	}
	return a
}

// surface decides what becomes of the message that was pressed.
func (d *Discord) surface(in interaction, act bot.Inbound, reply bot.Reply, private []message) answer {
	of := edition{reply.Version, reply.Loaded, time.Now()}
	switch {
	case in.Message == nil:
		if reply.View != nil {
			private = append(d.layout().pages(*reply.View), private...)
		}
		return first(answerPrivate, private)
	case reply.View == nil && onDraft(in):
		return first(answerPrivate, private) // nothing came of it: the words stay
	case in.private() && reply.View != nil && act.Press.Handle == "":
		return first(answerUpdate, append(d.layout().pages(*reply.View), private...))
	case in.private() && (reply.Private != nil || reply.View != nil):
		if len(private) == 0 {
			return answer{kind: answerRemove}
		}
		return first(answerUpdate, private)
	case !in.private() && reply.View != nil && !d.shown.newer(in.Message.ID, of):
		a := answer{kind: answerUpdate, message: d.replacing(in, act, reply), more: private, of: of}
		if in.GuildID != "" {
			a.settle = act.Press.Handle
		}
		return a
	default:
		return first(answerPrivate, private)
	}
}

// first is an answer that begins with the first of some messages.
func first(kind answerKind, messages []message) answer {
	if len(messages) == 0 {
		return answer{}
	}
	return answer{kind: kind, message: messages[0], more: messages[1:]}
}

// replacing is the message that takes the place of the one that was pressed,
// which everybody who sees that one will see.
func (d *Discord) replacing(in interaction, act bot.Inbound, reply bot.Reply) message {
	l := d.layout()
	l.fallback = true
	if in.GuildID != "" {
		l.more = moreID(dialog.Effect{Handle: act.Press.Handle, Version: reply.Version, Kind: dialog.UpdateCard})
	} else {
		l.more = readOnID(in.Message.Components)
	}
	l.more = cmp.Or(l.more, idGo+act.Press.Handle)
	return l.pages(*reply.View)[0]
}

// readOnID is the id of the button for further pages that a message has already.
func readOnID(components []component) string {
	for _, r := range components {
		for _, c := range r.Components {
			if strings.HasPrefix(c.CustomID, idMore) {
				return c.CustomID
			}
		}
	}
	return ""
}
