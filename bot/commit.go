package bot

import (
	"context"
	"slices"
	"time"

	"curbside/dialog"
)

// commit keeps what an input led to, in one step.
func (b *Bot) commit(ctx context.Context, was Record, out dialog.Outcome, inputID string) error {
	before, after := was.Consult.Involved(), out.Consult.Involved()
	return b.Store.Commit(ctx, Commit{
		Record:  Record{Consult: out.Consult, Home: was.Home},
		InputID: inputID,
		Effects: b.withPagers(out.Effects),
		Timers:  out.Timers,
		Audit:   out.Audit,
		Left:    without(before, after),
		Joined:  without(after, before),
		Keep:    b.keep(out.Consult),
	})
}

// leastKeep is for how long an ended consult is kept that is committed once more
// at the very end of its retention.
const leastKeep = time.Minute

// keep is how long from now a consult is kept. What has ended is kept from its
// end on: no reminder prolongs that.
func (b *Bot) keep(c dialog.Consult) time.Duration {
	keep := b.Office.Keep(c.Closed())
	if c.Closed() {
		keep = max(c.End.At.Add(keep).Sub(b.Clock.Now()), leastKeep)
	}
	return keep
}

// withPagers gives the pager part of every page, and of its end, an effect of its
// own, so that a pager that is down never sends a direct message twice, and the
// chat never keeps a pager from going quiet before it is to ring again.
func (b *Bot) withPagers(effects []dialog.Effect) []dialog.Effect {
	all := slices.Clone(effects)
	next := 0
	for _, e := range effects {
		next = max(next, e.Index+1)
	}
	for _, e := range effects {
		part, isPage := map[dialog.EffectKind]dialog.EffectKind{dialog.Page: dialog.CallPager, dialog.EndPage: dialog.EndPager}[e.Kind]
		if _, has := b.Office.Pager(e.To); !isPage || !has {
			continue
		}
		e.Kind, e.Index = part, next
		next++
		all = append(all, e)
	}
	return all
}

// without returns the people of a that are not in b.
func without(a, b []dialog.PersonID) []dialog.PersonID {
	return slices.DeleteFunc(slices.Clone(a), func(p dialog.PersonID) bool { return slices.Contains(b, p) })
}
