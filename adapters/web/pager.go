package web

import (
	"context"
	"slices"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// A ringing is a page on somebody's phone: handle and urgency, nothing else.
type ringing struct {
	ID      string
	Handle  string
	Urgency string // or that it is a rehearsal
	To      dialog.PersonID
	At      time.Time
}

// Page implements [bot.Pager]: the person's phone rings on the page until the
// page is over or silenced. It is kept in memory only.
func (w *Workbench) Page(_ context.Context, r bot.PageRequest) bot.Receipt {
	if _, known := w.person(r.To); !known {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "unknown_account"}
	}
	w.mu.Lock()
	w.phones = slices.DeleteFunc(slices.Clone(w.phones), func(p ringing) bool {
		return p.To == r.To && p.Handle == r.Handle
	})
	urgency := string(r.Urgency)
	if r.Rehearsal {
		urgency = "rehearsal"
	}
	if !r.End {
		w.phones = append(w.phones, ringing{ID: r.ID, Handle: r.Handle, Urgency: urgency, To: r.To, At: w.options.Clock.Now()})
	}
	w.mu.Unlock()
	w.watch.wake()
	return bot.Receipt{Outcome: bot.Delivered}
}

// silence puts a person's phone away; the page itself goes on.
func (w *Workbench) silence(id string, of dialog.PersonID) {
	w.mu.Lock()
	w.phones = slices.DeleteFunc(slices.Clone(w.phones), func(p ringing) bool { return p.To == of && p.ID == id })
	w.mu.Unlock()
	w.watch.wake()
}

func (w *Workbench) ringingFor(p dialog.PersonID) []ringing {
	w.mu.Lock()
	defer w.mu.Unlock()
	var mine []ringing
	for _, r := range w.phones {
		if r.To == p {
			mine = append(mine, r)
		}
	}
	return mine
}
