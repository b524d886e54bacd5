// Package web is the workbench: the same bot in a browser, for trying, training
// and review. One page shows two people of the practice side by side, each with
// the consultation channel, their direct messages, their private replies and
// their phone, and one clock that can be moved forward.
//
// It is made for a loopback address. Who somebody is, is a choice on the page
// and proves nothing, and the page says so.
package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"curbside/bot"
	"curbside/dialog"
	"curbside/rules"
)

// Name is the platform's name.
const Name bot.PlatformName = "web"

// Workspace is the only workspace there is.
const Workspace = "local"

// Channel is the workbench's private consultation channel. Everybody of the
// practice is in it and nobody else.
const Channel = "consults"

// Home is the place of the consultation channel.
func Home() bot.Place { return bot.Place{Platform: Name, Workspace: Workspace, Channel: Channel} }

// Account is a person's account in the workbench: its user id is the person's id.
func Account(p dialog.PersonID) bot.Identity {
	return bot.Identity{Platform: Name, Workspace: Workspace, User: string(p)}
}

// Bot is what the workbench puts on the screen.
type Bot interface {
	// Handle answers one thing that a person did.
	Handle(ctx context.Context, in bot.Inbound) bot.Reply
	// Show renders again what an effect put in front of people.
	Show(ctx context.Context, e dialog.Effect) (dialog.View, *dialog.File, bool)
	// Home shows a person what concerns them; false for an account nobody has.
	Home(ctx context.Context, id bot.Identity) (dialog.View, bool)
}

// Options are what a workbench is made of.
type Options struct {
	// Practice returns the practice as it is configured now. Required.
	Practice func() *dialog.Practice
	// Admits says whether a person of the practice may use the workbench. nil
	// admits everybody.
	Admits func(dialog.PersonID) bool
	// Board keeps which messages there are. Required.
	Board Board
	// Clock is the time of the practice. Required.
	Clock *Clock
	// Steady keeps the clock from being moved from the page.
	Steady bool
	// NextTimer returns when the next timer of any consult is due, and false
	// when none is. Without it the clock moves by fixed steps only.
	NextTimer func(ctx context.Context) (time.Time, bool)
	// Hosts are names, besides those of the loopback, under which the page may
	// be asked for.
	Hosts []string
	// Patience is how long the page waits for the bot before it says so; the
	// answer is shown when it comes. 0 means 5 s.
	Patience time.Duration
	// Book is the law that the explorer of the rules shows. nil leaves the
	// explorer out.
	Book *rules.Book
	// Log gets ids and codes only. Required.
	Log *slog.Logger
}

// A Workbench is a [bot.Platform] and a [bot.Pager]; [Workbench.Handler] is its
// page. It is safe for concurrent use.
type Workbench struct {
	options Options
	pages   *template.Template
	watch   watchers
	late    sync.WaitGroup // answers of the bot that are still to come
	putting sync.Mutex     // one message at a time is kept and shown

	mu     sync.Mutex
	posts  map[bot.Ref]*post
	last   int // the highest Seq
	phones []ringing
}

var (
	_ bot.Platform = (*Workbench)(nil)
	_ bot.Pager    = (*Workbench)(nil)
)

// New makes a workbench with the messages its board has kept.
func New(ctx context.Context, o Options) (*Workbench, error) {
	if o.Practice == nil || o.Board == nil || o.Clock == nil || o.Log == nil {
		return nil, errors.New("a workbench needs a practice, a board, a clock and a log")
	}
	o.Patience = cmp.Or(o.Patience, 5*time.Second)
	pages, err := parseTemplates()
	if err != nil {
		return nil, fmt.Errorf("read the page's templates: %w", err)
	}
	entries, err := o.Board.Load(ctx)
	if err != nil {
		return nil, fmt.Errorf("load the board: %w", err)
	}
	w := &Workbench{options: o, pages: pages, posts: make(map[bot.Ref]*post, len(entries))}
	for _, e := range entries {
		w.posts[e.Ref] = &post{Entry: e}
		w.last = max(w.last, e.Seq)
	}
	return w, nil
}

// Handler serves the page, answering presses with b. Its paths begin at "/". An
// event stream lasts until its request's context ends: a server that is to stop
// ends them by its base context.
func (w *Workbench) Handler(b Bot) http.Handler {
	s := &site{Workbench: w, bot: b, tabs: map[string]*tab{}}
	return s.guard(s.routes())
}

// Wait returns when no answer of the bot is outstanding any more: the last step
// of a shutdown, after the server has stopped.
func (w *Workbench) Wait() { w.late.Wait() }

// people returns those who may use the workbench, sorted by name.
func (w *Workbench) people() []dialog.Person {
	var people []dialog.Person
	for id, p := range w.options.Practice().People {
		if w.admits(id) {
			people = append(people, p)
		}
	}
	slices.SortFunc(people, func(a, b dialog.Person) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return people
}

// person finds somebody who may use the workbench; whoever may not is a stranger.
func (w *Workbench) person(id dialog.PersonID) (dialog.Person, bool) {
	p, ok := w.options.Practice().People[id]
	return p, ok && w.admits(id)
}

func (w *Workbench) admits(id dialog.PersonID) bool {
	return w.options.Admits == nil || w.options.Admits(id)
}
