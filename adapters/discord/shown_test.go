package discord

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

func TestWhatWasLoadedLaterWinsAlsoWhenTheStoreHasLostCommits(t *testing.T) {
	l := newLab(t)
	edits := func() []sent { return l.stub.all(http.MethodPatch, "channels/7/messages/8") }
	update := func(version uint64, text string, loaded time.Time) {
		t.Helper()
		d := deliveryOf(dialog.UpdateCard, int(version), version, view(text))
		d.Ref, d.Card, d.Loaded = "7/8", "7/8", loaded
		if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered {
			t.Fatalf("%s: got %+v", text, r)
		}
	}
	shows := func(text string, n int) {
		t.Helper()
		if all := edits(); len(all) != n || !strings.Contains(all[n-1].message.text(), text) {
			t.Errorf("after %d edits, want %d with %q", len(all), n, text)
		}
	}
	early := time.Now()
	update(12, "the twelfth", early)
	update(10, "overtaken", early)
	update(10, "of nobody knows when", time.Time{})
	shows("the twelfth", 1)
	kept := time.Now()
	update(10, "what the store has kept", kept)
	shows("what the store has kept", 2)
	update(12, "lost with the twelfth", early) // it was under way meanwhile, and has a later number
	update(11, "and on from there", time.Now())
	shows("and on from there", len(edits()))

	on := map[string]any{"id": "8", "channel_id": "7", "flags": 0, "components": []component{}}
	press := func(version uint64, loaded time.Time) response {
		next := view("the answer")
		l.bot.says(bot.Reply{View: &next, Version: version, Loaded: loaded, Reply: dialog.Reply{Notice: "It has moved on."}})
		return l.did(pressing("amber-heron-42:12:go:identify", on))
	}
	if a := press(9, early); a.Type != callbackMessage {
		t.Errorf("an answer that was overtaken is given as %d", a.Type)
	}
	if a := press(9, time.Now()); a.Type != callbackUpdate || !strings.Contains(data(t, a).text(), "the answer") {
		t.Errorf("an answer with what the store has kept is given as %d", a.Type)
	}
	n := len(edits())
	update(10, "on from the answer", time.Now())
	shows("on from the answer", n+1)
}

func TestAPageWhoseNumberWasLostAndCameAgainStillCallsWhomItIsFor(t *testing.T) {
	l := newLab(t)
	l.threads.put("amber-heron-42", spot{channel: "7"})
	var nonces []string
	for _, to := range []string{dana, mallory, dana} {
		d := deliveryOf(dialog.Page, 2, 11, view("please decide"))
		d.Effect.To = dialog.PersonID(to)
		called := accountOf(to)
		d.To, d.Mention = &called, []bot.Identity{called}
		if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered {
			t.Fatalf("got %+v", r)
		}
	}
	for _, post := range slices.Concat(l.stub.all(http.MethodPost, "channels/6"), l.stub.all(http.MethodPost, "channels/7/messages")) {
		nonces = append(nonces, post.message.Nonce)
	}
	slices.Sort(nonces)
	if len(nonces) != 5 || len(slices.Compact(nonces)) != 4 {
		t.Errorf("posted with the nonces %q: want two direct messages, and three mentions of which two are the same", nonces)
	}
}
