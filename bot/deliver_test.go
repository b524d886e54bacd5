package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// paged opens a consult, declares danger, and returns the page effects by kind
// and person.
func paged(t *testing.T, w *world) map[dialog.EffectKind]map[dialog.PersonID]dialog.Effect {
	t.Helper()
	handle := w.open(t)
	w.press("dana", danger(handle, 1))
	found := map[dialog.EffectKind]map[dialog.PersonID]dialog.Effect{}
	for _, e := range w.store.newest(t).Effects {
		if found[e.Kind] == nil {
			found[e.Kind] = map[dialog.PersonID]dialog.Effect{}
		}
		found[e.Kind][e.To] = e
	}
	return found
}

func TestAPagerHasAnEffectOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	effects := paged(t, w)
	if len(effects[dialog.CallPager]) != 1 {
		t.Fatalf("pager effects %v, want one for kim, who has a pager", effects[dialog.CallPager])
	}
	ids := map[string]bool{}
	for _, e := range w.store.newest(t).Effects {
		if ids[e.ID()] {
			t.Errorf("two effects are called %s", e.ID())
		}
		ids[e.ID()] = true
	}
	call := effects[dialog.CallPager]["kim"]
	if call.Lane != dialog.LaneUrgent {
		t.Errorf("lane %q, want that of the page", call.Lane)
	}
	w.practice.rings = bot.Receipt{Outcome: bot.Busy, RetryAfter: time.Second}
	if got, _ := w.Deliver(context.Background(), call, nil, false); got.Outcome != bot.Busy {
		t.Errorf("%+v, want what the pager said", got)
	}
	if len(w.chat.delivered) != 0 {
		t.Error("the pager's part was delivered to the chat")
	}
	if got := w.practice.pages[0]; got.Urgency != dialog.Imminent || got.To != "kim" || got.End {
		t.Errorf("page %+v, want imminent for kim", got)
	}
}

func TestAPagerGoesQuietWhateverBecomesOfTheMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	paged(t, w)
	rec, err := w.store.Load(context.Background(), w.store.newest(t).Record.Consult.Handle)
	if err != nil {
		t.Fatal(err)
	}
	c := rec.Consult
	w.press("sam", dialog.Press{Handle: c.Handle, Version: c.Version, Action: dialog.ActSeen, Args: []string{"1"}})
	ends := map[dialog.EffectKind]dialog.Effect{}
	for _, e := range w.store.newest(t).Effects {
		if e.To == "kim" {
			ends[e.Kind] = e
		}
	}
	end, has := ends[dialog.EndPager]
	if !has || end.Lane != dialog.LaneUrgent {
		t.Fatalf("kim, who has a pager and no account, gets %v", ends)
	}
	w.Deliver(context.Background(), ends[dialog.EndPage], nil, false)
	if len(w.practice.pages) > 0 {
		t.Error("the end of the message was told to the pager")
	}
	if got, _ := w.Deliver(context.Background(), end, nil, false); got.Outcome != bot.Delivered || len(w.practice.pages) != 1 || !w.practice.pages[0].End {
		t.Errorf("%+v, and the pager was told %+v", got, w.practice.pages)
	}
}

func TestAPageGoesToTheAddresseeAndItsMessageIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := paged(t, w)[dialog.Page]["sam"]
	receipt, key := w.Deliver(context.Background(), e, map[string]bot.Ref{bot.RefCard: "card-1", bot.RefPerson("sam"): "dm-7"}, false)
	d := w.chat.delivered[0]
	if d.To == nil || *d.To != account("sam") || !slices.Equal(d.Mention, []bot.Identity{account("sam")}) {
		t.Errorf("to %v, mentioning %v; want sam", d.To, d.Mention)
	}
	if d.Card != "card-1" || d.Ref != "" || key != bot.RefPerson("sam") || receipt.Ref != "ref-1" {
		t.Errorf("card %q, ref %q, key %q, receipt %+v", d.Card, d.Ref, key, receipt)
	}
}

func TestAPageRingsAnewAndItsForerunnerPointsToIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := paged(t, w)[dialog.Page]["sam"]
	refs := map[string]bot.Ref{bot.RefCard: "card-1", bot.RefPerson("sam"): "dm-7"}
	w.Deliver(context.Background(), e, refs, true)
	if len(w.chat.delivered) != 2 {
		t.Fatalf("%d deliveries, want the page and what becomes of the older one", len(w.chat.delivered))
	}
	older := w.chat.delivered[1]
	if w.chat.delivered[0].Older != "dm-7" || older.Older != "" {
		t.Errorf("the page is said to follow %q, want dm-7", w.chat.delivered[0].Older)
	}
	if !w.chat.delivered[0].Again || older.Again {
		t.Error("it is the page of which an earlier try may have arrived, and not its forerunner")
	}
	if older.Kind != dialog.EndPage || older.Ref != "dm-7" || older.ID == e.ID() || len(older.Mention) > 0 ||
		!strings.Contains(text(&older.View), "the newest message is the one to answer") {
		t.Errorf("the older page becomes %+v", older)
	}
	w.chat.delivered, w.chat.answer = nil, bot.Receipt{Outcome: bot.Busy}
	w.Deliver(context.Background(), e, refs, false)
	if len(w.chat.delivered) != 1 {
		t.Error("the older page was taken back although the new one is not there yet")
	}
	w.chat.answer = bot.Receipt{Outcome: bot.Delivered}
	end := e
	end.Kind = dialog.EndPage
	w.chat.delivered = nil
	w.Deliver(context.Background(), end, refs, false)
	if len(w.chat.delivered) > 0 && w.chat.delivered[0].Ref != "dm-7" {
		t.Errorf("the end of a page goes to %q, want the page", w.chat.delivered[0].Ref)
	}
}

func TestWhoCannotBeReachedIsPassedOverAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := paged(t, w)[dialog.Page]["sam"]
	w.chat.answer = bot.Receipt{Outcome: bot.Unreachable, Code: "dm_closed"}
	before := len(w.store.commits)
	if got, _ := w.Deliver(context.Background(), e, nil, false); got.Outcome != bot.Unreachable {
		t.Errorf("%+v, want unreachable", got)
	}
	if len(w.store.commits) == before {
		t.Error("the consult was not told, so the next step waits for its time")
	}
}

func TestWhoHasAPagerIsReachedWithoutAnAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := paged(t, w)[dialog.Page]["kim"]
	before := len(w.store.commits)
	if got, _ := w.Deliver(context.Background(), e, nil, false); got.Outcome != bot.Unreachable {
		t.Errorf("%+v, want that there is no account", got)
	}
	if len(w.store.commits) != before {
		t.Error("the consult was told that kim cannot be reached, and her pager is ringing")
	}
}

func TestDeliveryWaitsForTheStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := paged(t, w)[dialog.Page]["sam"]
	w.store.away = true
	if got, _ := w.Deliver(context.Background(), e, nil, false); got.Outcome != bot.Busy || got.RetryAfter <= 0 {
		t.Errorf("%+v, want busy and when to try again", got)
	}
}

func TestACardIsSeenByThoseWhoAreInvolved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(t)
	e := w.store.newest(t).Effects[0]
	_, key := w.Deliver(context.Background(), e, nil, false)
	d := w.chat.delivered[0]
	if key != bot.RefCard || !slices.Equal(d.Members, []bot.Identity{account("dana"), account("sam")}) {
		t.Errorf("key %q, members %v; want the card for dana and sam", key, d.Members)
	}
	if d.View.Title == "" || d.Home != channel || d.Version != 1 {
		t.Errorf("delivery %+v is not the card of version 1", d)
	}
}

func TestACardSaysWhatFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	effects := paged(t, w)
	handle := w.store.newest(t).Record.Consult.Handle
	card := func() string {
		view := w.press("dana", dialog.Press{Handle: handle, Version: 1, Action: dialog.ActDanger}).View
		return text(view)
	}
	if strings.Contains(card(), "failing") || strings.Contains(card(), "late") {
		t.Fatal("the card warns of nothing")
	}

	w.practice.rings = bot.Receipt{Outcome: bot.Busy}
	w.Deliver(context.Background(), effects[dialog.CallPager]["kim"], nil, false)
	if !strings.Contains(card(), "The pager is failing") {
		t.Error("the card does not say that the pager is failing")
	}
	w.practice.rings = bot.Receipt{Outcome: bot.Delivered}
	w.Deliver(context.Background(), effects[dialog.CallPager]["kim"], nil, false)
	if strings.Contains(card(), "The pager is failing") {
		t.Error("the card still says that the pager is failing")
	}

	w.chat.answer = bot.Receipt{Outcome: bot.Busy}
	w.Deliver(context.Background(), effects[dialog.Page]["sam"], nil, false)
	if strings.Contains(card(), "Messages are late") {
		t.Error("one delivery that has to wait is no trouble yet")
	}
	w.now = w.now.Add(time.Minute)
	if !strings.Contains(card(), "Messages are late") {
		t.Error("the card does not say that messages are late")
	}

	w.late = true
	if !strings.Contains(card(), "clock of this program is late") {
		t.Error("the card does not say that timers are late")
	}
}

func TestAPagerThatRefusesForGoodLeavesNobodyWaiting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := paged(t, w)[dialog.CallPager]["kim"]
	w.practice.rings = bot.Receipt{Outcome: bot.Unreachable, Code: "http_400"}
	before := len(w.store.commits)
	if got, _ := w.Deliver(context.Background(), e, nil, false); got.Outcome != bot.Unreachable {
		t.Errorf("%+v, want unreachable", got)
	}
	if len(w.store.commits) == before {
		t.Error("kim has no account and her pager refuses, and the consult was not told")
	}
}
