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
const storeAway = 250 * time.Millisecond

// Deliver implements [Worker].
func (b *Bot) Deliver(ctx context.Context, e dialog.Effect, refs map[string]Ref, again bool) (Receipt, string) {
	ctx, cancel := context.WithTimeout(ctx, deliverTime)
	defer cancel()
	loaded := time.Now()
	rec, err := b.Store.Load(ctx, e.Handle)
	if errors.Is(err, ErrNotFound) {
		return Receipt{Outcome: Delivered, Code: "expired"}, ""
	}
	if err != nil {
		return Receipt{Outcome: Busy, RetryAfter: storeAway, Code: reason(err)}, ""
	}
	if rec.Desk != nil {
		return b.deliverDesk(ctx, e, *rec.Desk, loaded, refs)
	}
	switch e.Kind {
	case dialog.CallPager:
		return b.call(ctx, e, rec.Home.Platform), ""
	case dialog.EndPager:
		return b.callPager(ctx, e, true), ""
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
		ID: e.ID(), Kind: e.Kind, Effect: e, Handle: e.Handle, Version: rec.Consult.Version, Loaded: loaded,
		Again: again && e.Kind == dialog.Page, Home: rec.Home, Card: refs[RefCard], View: view, File: file,
	}
	if e.Kind == dialog.PostCard || e.Kind == dialog.UpdateCard {
		if asker, has := b.Office.Account(rec.Consult.Clinician, rec.Home.Platform); has {
			d.Asker = &asker
		}
	}
	key, reachable := b.address(&d, e, rec.Consult.Involved(), refs)
	if !reachable {
		return b.unreached(ctx, e, "no_account"), ""
	}
	receipt := platform.Deliver(ctx, d)
	b.trouble.delivered(receipt, b.Clock.Now())
	if receipt.Outcome == Delivered && e.Kind == dialog.Page {
		b.retire(ctx, platform, d)
	}
	if receipt.Outcome == Unreachable && e.Kind == dialog.Page {
		return b.unreached(ctx, e, receipt.Code), ""
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
		kept := refs[RefPerson(e.To)]
		if e.Kind == dialog.Page { // a page is always new: what is changed rings nobody
			d.Older = kept
		} else {
			d.Ref = kept
		}
		return RefPerson(e.To), true
	default:
		return "", true
	}
}

// retire turns the page before this one into a pointer to it, so that nobody
// answers the older of the two. When it fails, the older one still answers with
// the consult as it stands.
func (b *Bot) retire(ctx context.Context, platform Platform, page Delivery) {
	if page.Older == "" {
		return
	}
	page.ID, page.Kind, page.Ref, page.Older = page.ID+"/older", dialog.EndPage, page.Older, ""
	page.Mention, page.Again = nil, false
	page.View = dialog.RenderPagedAgain(page.Handle)
	if r := platform.Deliver(ctx, page); r.Outcome != Delivered {
		b.Log.Info("older page left as it is", "consult", page.Handle, "person", page.Effect.To, "code", r.Code)
	}
}

// members are those who must be able to see a consult's thread.
func (b *Bot) members(on PlatformName, involved []dialog.PersonID) []Identity {
	people := slices.Concat(involved, b.Office.Practice(on).Answering())
	slices.Sort(people)
	var accounts []Identity
	for _, p := range slices.Compact(people) {
		if account, has := b.Office.Account(p, on); has {
			accounts = append(accounts, account)
		}
	}
	return accounts
}

// call is the pager's part of a page. A pager that refuses for good leaves
// whoever has no account on the platform unreached.
func (b *Bot) call(ctx context.Context, e dialog.Effect, on PlatformName) Receipt {
	receipt := b.callPager(ctx, e, false)
	if receipt.Outcome != Unreachable {
		return receipt
	}
	b.Log.Error("pager refuses", "consult", e.Handle, "effect", e.ID(), "person", e.To, "code", receipt.Code)
	if _, has := b.Office.Account(e.To, on); !has {
		return b.next(ctx, e, receipt)
	}
	return receipt
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
	receipt := pager.Page(ctx, PageRequest{ID: e.ID(), Handle: e.Handle, Urgency: urgency, To: e.To, End: end})
	b.trouble.paged(receipt)
	return receipt
}

// unreached is the end of a delivery to somebody who cannot be reached in chat.
// Whoever has a pager is still reached by that.
func (b *Bot) unreached(ctx context.Context, e dialog.Effect, code string) Receipt {
	b.Log.Warn("unreachable", "consult", e.Handle, "effect", e.ID(), "person", e.To, "code", code)
	receipt := Receipt{Outcome: Unreachable, Code: code}
	if _, has := b.Office.Pager(e.To); e.Kind == dialog.Page && !has {
		return b.next(ctx, e, receipt)
	}
	return receipt
}

// next lets the consult know that a page reached nobody, so that the next step
// of the chain begins at once.
func (b *Bot) next(ctx context.Context, e dialog.Effect, receipt Receipt) Receipt {
	if err := b.system(ctx, e.Handle, dialog.ActUnreachable, string(e.To)); err != nil {
		return Receipt{Outcome: Busy, RetryAfter: storeAway, Code: reason(err)}
	}
	return receipt
}
