package bot

import (
	"context"
	"errors"
	"fmt"

	"curbside/dialog"
)

// Fire implements [Worker]: a due timer comes back to its consult as an input.
func (b *Bot) Fire(ctx context.Context, handle string, id dialog.TimerID) error {
	if handle == dialog.DeskHandle {
		return b.fireDesk(ctx, id)
	}
	return b.system(ctx, handle, dialog.ActTimer, string(id))
}

// system applies an input that no person pressed.
func (b *Bot) system(ctx context.Context, handle string, action dialog.Action, arg string) error {
	return b.apply(ctx, handle, "", func(dialog.Consult) (dialog.Input, bool) {
		return dialog.Input{Action: action, Args: []string{arg}}, true
	})
}

// apply applies what next makes of a consult as it stands, until nobody was
// faster. A consult that is gone has nothing left to do.
func (b *Bot) apply(ctx context.Context, handle, inputID string, next func(dialog.Consult) (dialog.Input, bool)) error {
	ctx, cancel := bounded(ctx)
	defer cancel()
	for range attempts {
		rec, err := b.Store.Load(ctx, handle)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("load %s: %w", handle, err)
		}
		in, has := next(rec.Consult)
		if !has {
			return nil
		}
		env, err := b.onDuty(ctx, b.env(rec.Home.Platform))
		if err != nil {
			return fmt.Errorf("look up the duty for %s: %w", handle, err)
		}
		out := dialog.Apply(env, rec.Consult, in)
		if !out.Changed {
			return nil
		}
		err = b.commit(ctx, rec, out, inputID)
		if err == nil {
			b.Log.Info("applied", "consult", handle, "version", out.Consult.Version, "action", in.Action, "args", in.Args)
			return nil
		}
		if !errors.Is(err, ErrConflict) {
			return fmt.Errorf("commit %s for %s: %w", handle, in.Action, err)
		}
	}
	return fmt.Errorf("apply to %s: %w", handle, ErrConflict)
}
