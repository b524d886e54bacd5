package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"curbside/dialog"
)

// deskKeep is how long the desk is kept after its last change. It changes every
// week at the latest, when the owners are written to.
const deskKeep = 400 * 24 * time.Hour

// tendTime is how often the desk's timers are looked after, and tendAgain how
// soon again while the store is away.
const (
	tendTime  = time.Hour
	tendAgain = 5 * time.Second
)

// loadDesk returns the desk as it is kept, an empty one before its first change.
func (b *Bot) loadDesk(ctx context.Context) (dialog.Desk, error) {
	rec, err := b.Store.Load(ctx, dialog.DeskHandle)
	if errors.Is(err, ErrNotFound) || err == nil && rec.Desk == nil {
		return dialog.Desk{}, nil
	}
	if err != nil {
		return dialog.Desk{}, fmt.Errorf("load the desk: %w", err)
	}
	return *rec.Desk, nil
}

// onDuty fills in what was taken over in chat, where a rota makes that matter.
func (b *Bot) onDuty(ctx context.Context, env dialog.Env) (dialog.Env, error) {
	if len(env.Practice.Rotas) == 0 {
		return env, nil
	}
	desk, err := b.loadDesk(ctx)
	env.Covers = desk.Covers
	return env, err
}

// atDesk applies an input to the desk, again when somebody else was faster.
func (b *Bot) atDesk(ctx context.Context, on PlatformName, in dialog.Input) (dialog.DeskOutcome, error) {
	for range attempts {
		desk, err := b.loadDesk(ctx)
		if err != nil {
			return dialog.DeskOutcome{}, err
		}
		out := dialog.ApplyDesk(b.env(on), desk, in)
		if !out.Changed {
			return out, nil
		}
		err = b.Store.Commit(ctx, Commit{
			Record:  Record{Consult: dialog.Consult{Handle: dialog.DeskHandle, Version: out.Desk.Version}, Desk: &out.Desk},
			InputID: in.ID, Effects: out.Effects, Timers: out.Timers, Audit: out.Audit, Keep: deskKeep,
		})
		switch {
		case err == nil:
			b.Log.Info("applied", "desk", out.Desk.Version, "action", in.Action, "actor", in.Actor)
			return out, nil
		case errors.Is(err, ErrSeen):
			return dialog.DeskOutcome{Desk: desk, Reply: dialog.Reply{Notice: "That was taken already."}}, nil
		case !errors.Is(err, ErrConflict) && !errors.Is(err, ErrExists):
			return dialog.DeskOutcome{}, fmt.Errorf("commit the desk: %w", err)
		}
	}
	return dialog.DeskOutcome{}, fmt.Errorf("apply %s to the desk: %w", in.Action, ErrConflict)
}

// deskPress answers a press that changes the desk.
func (b *Bot) deskPress(ctx context.Context, in Inbound, person dialog.Person) Reply {
	ctx, cancel := bounded(ctx)
	defer cancel()
	input := dialog.Input{ID: in.ID, Actor: person.ID, Action: in.Press.Action, Args: in.Press.Args}
	if input.Action == dialog.ActTest {
		to := person.ID
		if len(input.Args) > 0 {
			to = dialog.PersonID(input.Args[0])
		}
		input.Args = append([]string{string(to)}, b.ways(to)...)
	}
	out, err := b.atDesk(ctx, in.From.Platform, input)
	if err != nil {
		b.Log.Error("store away", "doing", "desk", "reason", reason(err))
		return b.down(in.From.Platform, "store")
	}
	return Reply{Reply: out.Reply}
}

// Rehearse begins the rehearsal of a page for whoever runs the program, and
// returns it, or why it could not begin, for people.
func (b *Bot) Rehearse(ctx context.Context, to dialog.PersonID) (d dialog.Drill, why string, err error) {
	out, err := b.atDesk(ctx, "", dialog.Input{Action: dialog.ActTest, Args: append([]string{string(to)}, b.ways(to)...)})
	if err != nil {
		return dialog.Drill{}, "", err
	}
	if last := len(out.Desk.Drills) - 1; out.Changed && last >= 0 && out.Desk.Drills[last].To == to {
		return out.Desk.Drills[last], "", nil
	}
	return dialog.Drill{}, out.Reply.Notice, nil
}

// Rehearsal returns how a rehearsal stands; false when it is not kept any more.
func (b *Bot) Rehearsal(ctx context.Context, number int) (dialog.Drill, bool, error) {
	desk, err := b.loadDesk(ctx)
	if err != nil {
		return dialog.Drill{}, false, err
	}
	i := slices.IndexFunc(desk.Drills, func(d dialog.Drill) bool { return d.Number == number })
	if i < 0 {
		return dialog.Drill{}, false, nil
	}
	return desk.Drills[i], true, nil
}

// ways are the ways to a person: the platforms in use on which they have an
// account, and their pager.
func (b *Bot) ways(p dialog.PersonID) []string {
	var ways []string
	for _, platform := range b.chatsOf(p) {
		ways = append(ways, string(platform))
	}
	if _, has := b.Office.Pager(p); has {
		ways = append(ways, dialog.WayPager)
	}
	return ways
}

// chatsOf are the platforms in use on which a person has an account; the
// workbench, where nobody sits at night, comes last.
func (b *Bot) chatsOf(p dialog.PersonID) []PlatformName {
	var names []PlatformName
	for name := range b.platforms {
		_, has := b.Office.Account(p, name)
		if _, used := b.Office.Channel(name); has && used {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(x, y PlatformName) int {
		last := map[PlatformName]int{"web": 1}
		return cmp.Or(cmp.Compare(last[x], last[y]), cmp.Compare(x, y))
	})
	return names
}

// reaches reports whether a page could reach somebody at all.
func (b *Bot) reaches(p dialog.PersonID) bool { return len(b.ways(p)) > 0 }

// Tend looks after the timers of the desk until ctx ends: the weekly message to
// the owners, and the hand-overs. It returns nil.
func (b *Bot) Tend(ctx context.Context) error {
	for {
		wait := tendTime
		if err := b.tend(ctx); err != nil {
			b.Log.Warn("desk not tended", "reason", reason(err))
			wait = tendAgain
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
	}
}

func (b *Bot) tend(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	_, err := b.atDesk(ctx, "", dialog.Input{})
	return err
}

// fireDesk hands a due timer to the desk.
func (b *Bot) fireDesk(ctx context.Context, id dialog.TimerID) error {
	ctx, cancel := bounded(ctx)
	defer cancel()
	_, err := b.atDesk(ctx, "", dialog.Input{Action: dialog.ActTimer, Args: []string{string(id)}})
	return err
}

// deliverDesk delivers an effect of the desk: on the platform that the effect
// names, or on the first one of its addressee.
func (b *Bot) deliverDesk(ctx context.Context, e dialog.Effect, desk dialog.Desk, loaded time.Time, refs map[string]Ref) (Receipt, string) {
	way := ""
	if len(e.Args) > 2 && e.Code == string(dialog.KindDrill) {
		way = e.Args[2]
	}
	if way == dialog.WayPager {
		r := b.drillPager(ctx, e)
		return r, ""
	}
	name := PlatformName(way)
	if chats := b.chatsOf(e.To); way == "" && len(chats) > 0 {
		name = chats[0]
	}
	platform := b.platforms[name]
	account, has := b.Office.Account(e.To, name)
	if platform == nil || !has {
		return b.reached(ctx, e, way, Receipt{Outcome: Unreachable, Code: "no_account"}), ""
	}
	env := b.env(name)
	if e.Code == string(dialog.DeskWeekly) && b.AuditHeads != nil {
		heads, err := b.AuditHeads(ctx)
		if err != nil {
			return Receipt{Outcome: Busy, RetryAfter: storeAway, Code: reason(err)}, ""
		}
		env.Heads = heads
	}
	view, ok := dialog.RenderDesk(env, desk, e, b.reaches)
	if !ok {
		return Receipt{Outcome: Delivered, Code: "moved_on"}, ""
	}
	home, _ := b.Office.Channel(name)
	d := Delivery{
		ID: e.ID(), Kind: e.Kind, Effect: e, Handle: e.Handle, Version: desk.Version, Loaded: loaded,
		Home: home, To: &account, View: view,
	}
	key := ""
	if way != "" {
		key = RefPerson(e.To) + "/" + way + "/" + e.Args[1]
		d.Ref = refs[key]
		if e.Kind == dialog.EndPage && d.Ref == "" {
			return Receipt{Outcome: Delivered, Code: "never_sent"}, ""
		}
	}
	return b.reached(ctx, e, way, platform.Deliver(ctx, d)), key
}

// drillHandle stands where a page names its consult. It has no number, so no
// consult is ever called so.
const drillHandle = "rehearsal"

// acknowledgeDrill takes in that somebody answered a rehearsal on their pager.
func (b *Bot) acknowledgeDrill(ctx context.Context, id string, who dialog.PersonID) error {
	desk, err := b.loadDesk(ctx)
	if err != nil {
		return err
	}
	for _, d := range desk.Drills {
		if d.To == who && d.Got.IsZero() && d.Over.IsZero() {
			_, err = b.atDesk(ctx, "", dialog.Input{ID: id, Actor: who, Action: dialog.ActGot, Args: []string{strconv.Itoa(d.Number)}})
		}
	}
	return err
}

// drillPager rings or ends a pager for a rehearsal.
func (b *Bot) drillPager(ctx context.Context, e dialog.Effect) Receipt {
	pager, has := b.Office.Pager(e.To)
	if !has {
		return b.reached(ctx, e, dialog.WayPager, Receipt{Outcome: Unreachable, Code: "no_pager"})
	}
	receipt := pager.Page(ctx, PageRequest{
		ID: e.ID(), Handle: drillHandle, Urgency: dialog.Routine, To: e.To, End: e.Kind == dialog.EndPage, Rehearsal: true,
	})
	return b.reached(ctx, e, dialog.WayPager, receipt)
}

// reached tells the desk what came of one way of a rehearsal, and returns the
// receipt. While that cannot be kept, the way is tried again: doing so does no harm.
func (b *Bot) reached(ctx context.Context, e dialog.Effect, way string, r Receipt) Receipt {
	if way == "" || e.Kind == dialog.EndPage {
		return r
	}
	code, took := r.Code, ""
	if r.Outcome == Delivered {
		took = "ok"
	} else if code == "" {
		code = "outcome_" + strconv.Itoa(int(r.Outcome))
	}
	input := dialog.Input{Action: dialog.ActReached, Args: []string{e.Args[1], way, code, took}}
	if _, err := b.atDesk(ctx, "", input); err != nil {
		return Receipt{Outcome: Busy, RetryAfter: storeAway, Code: reason(err)}
	}
	return r
}
