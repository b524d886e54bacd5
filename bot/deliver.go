package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"curbside/dialog"
)

// deliverTime bounds one delivery; a platform that is slower is asked again.
const deliverTime = 15 * time.Second

// storeAway is how long a delivery waits when the store cannot be read.
const storeAway = time.Second

// Deliver implements [Worker].
func (b *Bot) Deliver(ctx context.Context, e dialog.Effect, refs map[string]Ref) (Receipt, string) {
	ctx, cancel := context.WithTimeout(ctx, deliverTime)
	defer cancel()
	rec, err := b.Store.Load(ctx, e.Handle)
	if errors.Is(err, ErrNotFound) {
		return Receipt{Outcome: Delivered, Code: "expired"}, ""
	}
	if err != nil {
		return Receipt{Outcome: Busy, RetryAfter: storeAway, Code: reason(err)}, ""
	}
	if e.Kind == dialog.CallPager {
		return b.callPager(ctx, e, false), ""
	}
	platform := b.platforms[rec.Home.Platform]
	if platform == nil {
		return Receipt{Outcome: Unreachable, Code: "no_platform"}, ""
	}
	view, file, ok := dialog.RenderEffect(b.env(rec.Home.Platform), rec.Consult, e)
	if !ok {
		return Receipt{Outcome: Delivered, Code: "moved_on"}, ""
	}
	d := Delivery{
		ID: e.ID(), Kind: e.Kind, Effect: e, Handle: e.Handle, Version: rec.Consult.Version,
		Home: rec.Home, Card: refs[RefCard], View: view, File: file,
	}
	key, reachable := b.address(&d, e, rec.Consult.Involved(), refs)
	if !reachable {
		return b.unreached(ctx, e, "no_account"), ""
	}
	receipt := platform.Deliver(ctx, d)
	if receipt.Outcome == Unreachable && e.Kind == dialog.Page {
		return b.unreached(ctx, e, receipt.Code), ""
	}
	if e.Kind == dialog.EndPage && receipt.Outcome != Busy {
		if paged := b.callPager(ctx, e, true); paged.Outcome == Busy {
			return paged, ""
		}
	}
	return receipt, key
}

// address fills in whom a delivery is for and which message it updates. The key
// says under which the new reference is kept. It reports false when the person
// has no account on the platform.
func (b *Bot) address(d *Delivery, e dialog.Effect, involved []dialog.PersonID, refs map[string]Ref) (key string, ok bool) {
	switch e.Kind {
	case dialog.PostCard:
		d.Members = b.members(d.Home.Platform, involved)
		return RefCard, true
	case dialog.UpdateCard:
		d.Ref = refs[RefCard]
		return RefCard, true
	case dialog.Message, dialog.Page, dialog.EndPage:
		account, has := b.Office.Account(e.To, d.Home.Platform)
		if !has {
			return "", false
		}
		d.To = &account
		if e.Kind == dialog.Page {
			d.Mention = []Identity{account}
		}
		if e.Kind == dialog.Message {
			return "", true
		}
		d.Ref = refs[RefPerson(e.To)]
		return RefPerson(e.To), true
	default:
		return "", true
	}
}

// members are those who must be able to see a consult's thread.
func (b *Bot) members(on PlatformName, involved []dialog.PersonID) []Identity {
	people := slices.Concat(append([][]dialog.PersonID{involved}, b.Office.Practice(on).Chain...)...)
	slices.Sort(people)
	var accounts []Identity
	for _, p := range slices.Compact(people) {
		if account, has := b.Office.Account(p, on); has {
			accounts = append(accounts, account)
		}
	}
	return accounts
}

// callPager rings or ends a person's pager.
func (b *Bot) callPager(ctx context.Context, e dialog.Effect, end bool) Receipt {
	pager, has := b.Office.Pager(e.To)
	if !has {
		return Receipt{Outcome: Delivered, Code: "no_pager"}
	}
	urgency := dialog.Routine
	if len(e.Args) > 0 {
		urgency = dialog.Urgency(e.Args[0])
	}
	return pager.Page(ctx, PageRequest{ID: e.ID(), Handle: e.Handle, Urgency: urgency, To: e.To, End: end})
}

// unreached lets the dialog know that a page reached nobody, so that the next
// step begins at once; a person with a pager is still reached by that.
func (b *Bot) unreached(ctx context.Context, e dialog.Effect, code string) Receipt {
	if e.Kind == dialog.Page {
		if _, has := b.Office.Pager(e.To); !has {
			if err := b.system(ctx, e.Handle, dialog.ActUnreachable, string(e.To)); err != nil {
				return Receipt{Outcome: Busy, RetryAfter: storeAway, Code: reason(err)}
			}
		}
	}
	b.Log.Warn("unreachable", "consult", e.Handle, "effect", e.ID(), "person", e.To, "code", code)
	return Receipt{Outcome: Unreachable, Code: code}
}
