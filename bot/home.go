package bot

import (
	"context"
	"errors"
	"strings"

	"curbside/dialog"
)

// The words that may follow the command. Adapters keep no other: see [KnownWord].
const (
	WordList = "list" // what waits for this person: the same as [Bot.Home]
	WordHelp = "help"
	WordDuty = "duty" // who is on duty, and taking over
)

// KnownWord returns the word after the command if it is one of the closed list,
// whatever its case, and "" for anything else, which is then kept nowhere.
func KnownWord(typed string) string {
	for _, word := range []string{WordList, WordHelp, WordDuty} {
		if strings.EqualFold(typed, word) {
			return word
		}
	}
	return ""
}

// Home shows a person what concerns them: their consults, what waits for their
// answer, their duty and, for owners, how the practice stands. It is false for
// an account that nobody of the practice has. With the store away the view says
// so, and what is safe to do at once.
//
// Presses in it carry no handle; [Bot.Handle] takes them and answers with a
// private reply, or with the new home as the reply's View.
func (b *Bot) Home(ctx context.Context, who Identity) (dialog.View, bool) {
	person, known := b.Office.Person(who)
	if !known {
		return dialog.View{}, false
	}
	return b.homeOf(ctx, who.Platform, person.ID), true
}

// homeOf renders the home of somebody the practice knows.
func (b *Bot) homeOf(ctx context.Context, on PlatformName, person dialog.PersonID) dialog.View {
	ctx, cancel := bounded(ctx)
	defer cancel()
	open, err := b.involving(ctx, person)
	var desk dialog.Desk
	if err == nil {
		desk, err = b.loadDesk(ctx)
	}
	if err != nil {
		b.Log.Error("store away", "doing", "home", "reason", reason(err))
		return dialog.RenderDown(b.env(on), "store")
	}
	return dialog.RenderHome(b.env(on), dialog.Home{Viewer: person, Open: open, Desk: desk, Reaches: b.reaches})
}

// dutyOf renders who is on duty, for somebody the practice knows.
func (b *Bot) dutyOf(ctx context.Context, on PlatformName, person dialog.PersonID) dialog.View {
	ctx, cancel := bounded(ctx)
	defer cancel()
	desk, err := b.loadDesk(ctx)
	if err != nil {
		b.Log.Error("store away", "doing", "duty", "reason", reason(err))
		return dialog.RenderDown(b.env(on), "store")
	}
	return dialog.RenderDuty(b.env(on), desk, person)
}

// involving loads what a person is involved in. A consult that is gone is left out.
func (b *Bot) involving(ctx context.Context, person dialog.PersonID) ([]dialog.Consult, error) {
	handles, err := b.Store.Involving(ctx, person)
	if err != nil {
		return nil, err
	}
	var open []dialog.Consult
	for _, handle := range handles {
		rec, err := b.Store.Load(ctx, handle)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		open = append(open, rec.Consult)
	}
	return open, nil
}
