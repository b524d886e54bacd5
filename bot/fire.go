package bot

import (
	"context"
	"errors"
	"fmt"

	"curbside/dialog"
)

// Fire implements [Worker]: a due timer comes back to its consult as an input.
func (b *Bot) Fire(ctx context.Context, handle string, id dialog.TimerID) error {
	return b.system(ctx, handle, dialog.ActTimer, string(id))
}

// system applies an input that no person pressed. A consult that is gone has
// nothing left to do.
func (b *Bot) system(ctx context.Context, handle string, action dialog.Action, arg string) error {
	ctx, cancel := bounded(ctx)
	defer cancel()
	for range attempts {
		rec, err := b.Store.Load(ctx, handle)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("load %s for %s: %w", handle, action, err)
		}
		out := dialog.Apply(b.env(rec.Home.Platform), rec.Consult, dialog.Input{Action: action, Args: []string{arg}})
		if !out.Changed {
			return nil
		}
		err = b.commit(ctx, rec, out, "")
		if err == nil {
			b.Log.Info("applied", "consult", handle, "version", out.Consult.Version, "action", action, "arg", arg)
			return nil
		}
		if !errors.Is(err, ErrConflict) {
			return fmt.Errorf("commit %s for %s: %w", handle, action, err)
		}
	}
	return fmt.Errorf("apply %s to %s: %w", action, handle, ErrConflict)
}
