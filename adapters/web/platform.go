package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// retryBoard is when a delivery whose entry could not be kept is tried again.
const retryBoard = time.Second

// A post is one message: its entry and, once delivered or asked for, what it says.
type post struct {
	Entry
	view *dialog.View
	file *dialog.File
	came time.Time // when the version it shows had been loaded at the latest; zero is before the last start
}

// Name implements [bot.Platform].
func (w *Workbench) Name() bot.PlatformName { return Name }

// Check implements [bot.Platform]. The consultation channel is private by
// construction; there is no other channel.
func (w *Workbench) Check(_ context.Context, p bot.Place) (bot.Verdict, error) {
	if p == Home() {
		return bot.Verdict{Private: true}, nil
	}
	return bot.Verdict{
		Code:   "unknown",
		Reason: "This is not the workbench's private channel.",
		Remedy: "Start the consult in #" + Channel + ".",
	}, nil
}

// Deliver implements [bot.Platform]. A message's reference is the id of the
// effect that posted it, so the same effect can never post twice, not even
// across a restart.
func (w *Workbench) Deliver(ctx context.Context, d bot.Delivery) bot.Receipt {
	var to dialog.PersonID
	if isDirect(d.Kind) {
		if d.To == nil || !w.member(*d.To) {
			return bot.Receipt{Outcome: bot.Unreachable, Code: "unknown_account"}
		}
		to = dialog.PersonID(d.To.User)
	} else if d.Home != Home() {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "unknown_place"}
	}
	for _, called := range d.Mention {
		if !w.member(called) {
			continue
		}
		line := Entry{Ref: bot.Ref(d.ID + "@" + called.User), Effect: d.Effect, Version: d.Version, Mention: dialog.PersonID(called.User)}
		if err := w.put(ctx, line, d.Loaded, nil, nil); err != nil {
			return w.boardAway(d, err)
		}
	}
	entry := Entry{Ref: reference(d), Effect: d.Effect, Version: d.Version, To: to}
	if err := w.put(ctx, entry, d.Loaded, &d.View, d.File); err != nil {
		return w.boardAway(d, err)
	}
	return bot.Receipt{Outcome: bot.Delivered, Ref: entry.Ref}
}

func isDirect(k dialog.EffectKind) bool {
	return k == dialog.Message || k == dialog.Page || k == dialog.EndPage
}

func reference(d bot.Delivery) bot.Ref {
	if d.Kind == dialog.UpdateCard {
		return cmp.Or(d.Ref, d.Card, bot.Ref(d.ID))
	}
	return cmp.Or(d.Ref, bot.Ref(d.ID))
}

func (w *Workbench) member(id bot.Identity) bool {
	_, known := w.person(dialog.PersonID(id.User))
	return known && id.Platform == Name && id.Workspace == Workspace
}

func (w *Workbench) boardAway(d bot.Delivery, err error) bot.Receipt {
	w.options.Log.Error("board away", "consult", d.Handle, "effect", d.ID, "cause", err)
	return bot.Receipt{Outcome: bot.Busy, RetryAfter: retryBoard, Code: "board"}
}

// put keeps e, which began to be loaded at a time, and shows it. What is older than
// what already stands there changes nothing, unless it began to be loaded after
// that had come: then the store has lost commits. view nil stands for a line that
// is the workbench's own.
func (w *Workbench) put(ctx context.Context, e Entry, loaded time.Time, view *dialog.View, file *dialog.File) error {
	came := time.Now()
	w.putting.Lock()
	defer w.putting.Unlock()
	now := w.options.Clock.Now()
	w.mu.Lock()
	e.Seq, e.At = w.last+1, now
	if old, ok := w.posts[e.Ref]; ok {
		if e.Version < old.Version && !loaded.After(old.came) {
			w.mu.Unlock()
			return nil
		}
		e.Seq, e.At = old.Seq, old.At
	}
	w.mu.Unlock()
	e.Changed = now
	if err := w.options.Board.Save(ctx, e); err != nil {
		return err
	}
	w.mu.Lock()
	w.last = max(w.last, e.Seq)
	w.posts[e.Ref] = &post{Entry: e, view: view, file: file, came: came}
	w.mu.Unlock()
	w.watch.wake()
	return nil
}

func isCard(k dialog.EffectKind) bool { return k == dialog.PostCard || k == dialog.UpdateCard }

// replace shows view in a message until something is delivered to it: what the
// one who pressed there got in answer. Nothing happens to a message that is gone.
func (w *Workbench) replace(ref bot.Ref, view dialog.View) {
	w.mu.Lock()
	if p, ok := w.posts[ref]; ok {
		changed := *p
		changed.view, changed.Changed = &view, w.options.Clock.Now()
		w.posts[ref] = &changed
	}
	w.mu.Unlock()
	w.watch.wake()
}

// remember keeps in memory what the bot rendered for a message from before the
// last start, unless something was delivered to it in the meantime.
func (w *Workbench) remember(seen *post, view dialog.View, file *dialog.File) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.posts[seen.Ref] == seen {
		w.posts[seen.Ref] = &post{Entry: seen.Entry, view: &view, file: file, came: seen.came}
	}
}

// standing returns all messages in the order of posting. A post is never
// changed once it is in the map, so they can be read without the lock.
func (w *Workbench) standing() []*post {
	w.mu.Lock()
	defer w.mu.Unlock()
	posts := make([]*post, 0, len(w.posts))
	for _, p := range w.posts {
		posts = append(posts, p)
	}
	slices.SortFunc(posts, func(a, b *post) int { return cmp.Compare(a.Seq, b.Seq) })
	return posts
}

func (w *Workbench) post(ref bot.Ref) (*post, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, ok := w.posts[ref]
	return p, ok
}
