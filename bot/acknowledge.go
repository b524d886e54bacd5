package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"curbside/dialog"
)

// Acknowledge takes in that a person acknowledged a page on their pager: it
// counts as seen, as if they had pressed that, for whatever of the consult they
// are asked for now. It never decides anything. The same id twice counts once; a
// consult that is gone or asks for somebody else leaves nothing to do. An error
// means that it was not kept: it may come again.
func (b *Bot) Acknowledge(ctx context.Context, id, handle string, who dialog.PersonID) error {
	if handle == drillHandle {
		return b.acknowledgeDrill(ctx, id, who)
	}
	if !dialog.IsHandle(handle) {
		return nil // of no consult, and it would stand in the log
	}
	rec, err := b.Store.Load(ctx, handle)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load %s for an acknowledgement: %w", handle, err)
	}
	for i := range rec.Consult.Escalations {
		number := strconv.Itoa(i + 1)
		err := b.apply(ctx, handle, id+"/"+number, func(c dialog.Consult) (dialog.Input, bool) {
			e := c.Escalations[i]
			return dialog.Input{Actor: who, Version: c.Version, Action: dialog.ActSeen, Args: []string{number, dialog.ViaPager}},
				e.Live() && slices.Contains(e.Ringing, who)
		})
		if err != nil && !errors.Is(err, ErrSeen) {
			return err
		}
	}
	return nil
}
