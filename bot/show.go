package bot

import (
	"context"

	"curbside/dialog"
)

// Show renders what an effect put in front of people as it stands now, for a
// platform that keeps references instead of contents. ok is false when the
// consult is gone, has moved on, or cannot be loaded.
func (b *Bot) Show(ctx context.Context, e dialog.Effect) (view dialog.View, file *dialog.File, ok bool) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	rec, err := b.Store.Load(ctx, e.Handle)
	if err != nil {
		return dialog.View{}, nil, false
	}
	if rec.Desk != nil {
		view, ok = dialog.RenderDesk(b.env(rec.Home.Platform), *rec.Desk, e, b.reaches)
		return view, nil, ok
	}
	return dialog.RenderEffect(b.env(rec.Home.Platform), rec.Consult, e)
}
