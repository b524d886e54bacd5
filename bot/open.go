package bot

import (
	"context"
	"errors"

	"curbside/dialog"
)

// open starts a consult in the practice's channel. When that is not private
// right now, the consult is held in a direct message with the clinician: the
// place is refused, the guidance never.
func (b *Bot) open(ctx context.Context, in Inbound, person dialog.Person) Reply {
	ctx, cancel := bounded(ctx)
	defer cancel()
	home, refused := b.home(ctx, in.From)
	env := b.env(in.From.Platform)
	for range attempts {
		out := dialog.Open(env, newHandle(), person.ID, in.ID)
		if !out.Changed {
			return Reply{Reply: out.Reply}
		}
		rec := Record{Home: home}
		switch err := b.commit(ctx, rec, out, in.ID); {
		case err == nil:
			b.Log.Info("opened", "consult", out.Consult.Handle, "actor", person.ID, "platform", home.Platform)
			return Reply{Reply: opened(out, refused)}
		case errors.Is(err, ErrExists):
			continue
		case errors.Is(err, ErrSeen):
			return notice("That consult is open already. Find it with /consult list.")
		default:
			b.Log.Error("store away", "doing", "open", "reason", reason(err))
			return b.down(in.From.Platform, "store")
		}
	}
	return b.down(in.From.Platform, "internal")
}

// home decides where a new consult lives, and why not in the channel.
func (b *Bot) home(ctx context.Context, from Identity) (Place, *Verdict) {
	direct := DirectTo(from)
	channel, ok := b.Office.Channel(from.Platform)
	platform := b.platforms[from.Platform]
	if !ok || platform == nil {
		return direct, &Verdict{Code: "none", Reason: "No consultation channel is configured.", Remedy: "Ask your practice's owner to name one."}
	}
	verdict, err := platform.Check(ctx, channel)
	if err != nil {
		b.Log.Warn("channel unchecked", "platform", from.Platform, "reason", reason(err))
		verdict = Verdict{Code: "unknown", Reason: "Curbside could not check that the consultation channel is private.", Remedy: "It tries again with the next consult."}
	}
	if verdict.Private {
		return channel, nil
	}
	b.Log.Warn("channel refused", "platform", from.Platform, "code", verdict.Code)
	return direct, &verdict
}

// opened tells the clinician where the consult is.
func opened(out dialog.Outcome, refused *Verdict) dialog.Reply {
	reply := out.Reply
	view := dialog.View{
		Title:    "Consult " + out.Consult.Handle,
		Fallback: "Consult " + out.Consult.Handle + " is open.",
		Blocks: []dialog.Block{
			dialog.Text{Text: "Your consult is open in the consultation channel. Write its name in the chart, and name nobody here."},
			dialog.Pointer{Label: "Go to the consult", Handle: out.Consult.Handle},
		},
	}
	if refused != nil {
		view.Blocks[0] = dialog.Text{Tone: dialog.ToneWarning, Text: "The consultation channel was refused: " + refused.Reason + " " + refused.Remedy +
			" Your consult goes on in a direct message that only you can see. Supervisors are still paged."}
	}
	reply.Private = &view
	return reply
}
