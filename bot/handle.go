package bot

import (
	"context"
	"errors"
	"time"

	"curbside/dialog"
)

// attempts bounds how often an input is applied anew because somebody else was
// faster. Every lost race means that another input was committed.
const attempts = 8

// notKept answers for a consult that has gone, or that never was.
const notKept = "This consult is no longer kept, so nothing was changed. Start a new one with /consult."

// Handle answers one thing that a person did. It never fails: when something is
// away, the reply says that nothing was saved and what is safe to do at once.
func (b *Bot) Handle(ctx context.Context, in Inbound) (reply Reply) {
	defer func() {
		if cause := recover(); cause != nil {
			b.recovered("handle", cause)
			reply = b.down(in.From.Platform, "internal")
		}
	}()
	person, known := b.Office.Person(in.From)
	if !known {
		b.Log.Info("refused", "reason", "unknown_account", "platform", in.From.Platform)
		return notice("Curbside does not know this account. Ask your practice's owner to add it.")
	}
	switch in.Kind {
	case Command:
		return b.command(ctx, in, person)
	case Pressed, Submit:
		switch {
		case in.Press.Handle == "":
			return b.desk(ctx, in, person)
		case !dialog.IsHandle(in.Press.Handle): // it would stand in the log
			return notice(notKept)
		default:
			return b.press(ctx, in, person)
		}
	default:
		return notice("Curbside does not know what to do with that. Nothing was changed.")
	}
}

// desk answers a press that belongs to no consult.
func (b *Bot) desk(ctx context.Context, in Inbound, person dialog.Person) Reply {
	switch in.Press.Action {
	case dialog.ActOpen:
		return b.open(ctx, in, person)
	case dialog.ActHome:
		view := b.homeOf(ctx, in.From.Platform, person.ID)
		return Reply{View: &view}
	case dialog.ActDuty:
		return private(b.dutyOf(ctx, in.From.Platform, person.ID))
	case dialog.ActHelp:
		return private(dialog.RenderHelp(b.env(in.From.Platform), person.ID))
	case dialog.ActCover, dialog.ActAsk, dialog.ActBack, dialog.ActTest, dialog.ActGot:
		return b.deskPress(ctx, in, person)
	default:
		return notice("This button is not known here. Nothing was changed.")
	}
}

func (b *Bot) command(ctx context.Context, in Inbound, person dialog.Person) Reply {
	switch in.Word {
	case WordHelp:
		return private(dialog.RenderHelp(b.env(in.From.Platform), person.ID))
	case WordList:
		return private(b.homeOf(ctx, in.From.Platform, person.ID))
	case WordDuty:
		return private(b.dutyOf(ctx, in.From.Platform, person.ID))
	default:
		return b.open(ctx, in, person)
	}
}

// press applies one press to its consult, again when somebody else was faster.
func (b *Bot) press(ctx context.Context, in Inbound, person dialog.Person) Reply {
	ctx, cancel := bounded(ctx)
	defer cancel()
	input := dialog.Input{
		ID: in.ID, Actor: person.ID, Version: in.Press.Version,
		Action: in.Press.Action, Args: in.Press.Args, Form: in.Form,
	}
	for range attempts {
		loaded := time.Now()
		rec, err := b.Store.Load(ctx, in.Press.Handle)
		if errors.Is(err, ErrNotFound) || err == nil && rec.Desk != nil {
			return notice(notKept)
		}
		if err != nil {
			b.Log.Error("store away", "doing", "load", "consult", in.Press.Handle, "reason", reason(err))
			return b.down(in.From.Platform, "store")
		}
		env, err := b.onDuty(ctx, b.env(rec.Home.Platform))
		if err != nil {
			b.Log.Error("store away", "doing", "duty", "consult", in.Press.Handle, "reason", reason(err))
			return b.down(in.From.Platform, "store")
		}
		out := dialog.Apply(env, rec.Consult, input)
		if !out.Changed {
			return b.answer(env, in, rec, loaded, out.Reply)
		}
		switch err = b.commit(ctx, rec, out, in.ID); {
		case err == nil:
			b.Log.Info("applied", "consult", in.Press.Handle, "version", out.Consult.Version, "action", input.Action, "actor", person.ID)
			rec.Consult = out.Consult
			return b.answer(env, in, rec, loaded, out.Reply)
		case errors.Is(err, ErrConflict):
			continue
		case errors.Is(err, ErrSeen):
			return b.current(ctx, in)
		default:
			b.Log.Error("store away", "doing", "commit", "consult", in.Press.Handle, "reason", reason(err))
			return b.down(in.From.Platform, "store")
		}
	}
	b.Log.Warn("gave up", "consult", in.Press.Handle, "reason", "busy")
	return notice("Several people pressed at the same moment and yours was not saved. Please press again.")
}

// current shows the consult as it is, for an input that was committed before.
func (b *Bot) current(ctx context.Context, in Inbound) Reply {
	loaded := time.Now()
	rec, err := b.Store.Load(ctx, in.Press.Handle)
	if err != nil {
		return b.down(in.From.Platform, "store")
	}
	return b.answer(b.env(rec.Home.Platform), in, rec, loaded, dialog.Reply{})
}

// answer renders the surface that was pressed, from what was loaded. A form and its
// errors leave it alone.
func (b *Bot) answer(env dialog.Env, in Inbound, rec Record, loaded time.Time, said dialog.Reply) Reply {
	reply := Reply{Reply: said}
	if said.Form != nil || said.FieldErrors != nil {
		return reply
	}
	surface := dialog.Surface{Kind: dialog.SurfaceCard}
	if in.In.Direct && in.In != rec.Home {
		person, _ := b.Office.Person(in.From)
		surface = dialog.Surface{Kind: dialog.SurfacePerson, Viewer: person.ID}
	}
	view := dialog.Render(env, rec.Consult, surface)
	reply.View, reply.Version, reply.Loaded = &view, rec.Consult.Version, loaded
	return reply
}

func (b *Bot) down(on PlatformName, what string) Reply {
	return private(dialog.RenderDown(b.env(on), what))
}

func private(view dialog.View) Reply { return Reply{Reply: dialog.Reply{Private: &view}} }

func notice(text string) Reply { return Reply{Reply: dialog.Reply{Notice: text}} }

// reason is a code for a log: the texts of foreign errors are not ours to print.
func reason(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, context.Canceled):
		return "canceled"
	default:
		return "unavailable"
	}
}
