package discord

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"curbside/bot"
	"curbside/dialog"
)

func TestTheCardIsPostedIntoAPrivateThreadOfItsOwn(t *testing.T) {
	l := newLab(t)
	d := deliveryOf(dialog.PostCard, 0, 1, view("the card"))
	d.Members = []bot.Identity{accountOf(ana), accountOf(dana)}
	r := l.Deliver(t.Context(), d)
	if r.Outcome != bot.Delivered {
		t.Fatalf("got %+v", r)
	}
	thread := l.stub.one(http.MethodPost, "channels/"+channelID+"/threads")
	for _, want := range []string{`"name":"amber-heron-42"`, `"type":12`, `"invitable":false`} {
		if !strings.Contains(string(thread.raw), want) {
			t.Errorf("the thread is made with %s, want %s", thread.raw, want)
		}
	}
	at, _, _ := parseReference(string(r.Ref))
	posted := l.stub.one(http.MethodPost, "channels/"+at+"/messages").message
	keepsLimits(t, "card", posted)
	if posted.Nonce == "" || posted.Content != "Consult amber-heron-42" {
		t.Errorf("posted %+v", posted)
	}
	for _, user := range []string{ana, dana} {
		l.stub.one(http.MethodPut, "channels/"+at+"/thread-members/"+user)
	}
	if again := l.Deliver(t.Context(), d); again.Ref != r.Ref || len(l.stub.all(http.MethodPost, "channels/"+at+"/messages")) != 1 {
		t.Errorf("delivered again it is %+v", again)
	}
}

func TestAThreadIsLookedUpByItsHandleBeforeASecondOneIsMade(t *testing.T) {
	l := newLab(t)
	l.stub.threads = []channel{
		{ID: "1", Name: "amber-heron-42", Type: channelPublicThread, ParentID: channelID},
		{ID: "2", Name: "amber-heron-42", Type: channelPrivateThread, ParentID: "900000000000000077"},
		{ID: "3", Name: "amber-heron-42", Type: channelPrivateThread, ParentID: channelID},
	}
	r := l.Deliver(t.Context(), deliveryOf(dialog.PostCard, 0, 1, view("the card")))
	if !strings.HasPrefix(string(r.Ref), "3/") || len(l.stub.all(http.MethodPost, "channels/"+channelID+"/threads")) > 0 {
		t.Errorf("the card stands at %q", r.Ref)
	}
}

func TestAMemberWhoCannotBeAddedHoldsNobodyUp(t *testing.T) {
	l := newLab(t)
	l.stub.refuses(func(method, path string) (int, string) {
		if strings.HasSuffix(path, ana) {
			return http.StatusNotFound, refused(404, codeUnknownMember)
		}
		return 0, ""
	})
	d := deliveryOf(dialog.PostCard, 0, 1, view("the card"))
	d.Members = []bot.Identity{accountOf(ana), accountOf(dana)}
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered || len(l.stub.all(http.MethodPut, "channels/")) != 2 {
		t.Errorf("got %+v", r)
	}
	if !strings.Contains(l.logged(), "not in the thread") {
		t.Error("nobody is told who is missing")
	}
}

func TestWhoAsksIsAddedUntilDiscordSaysThatTheyAre(t *testing.T) {
	for name, tc := range map[string]struct {
		fails   string // whom Discord adds with an answer of 500
		outcome bot.Outcome
		adds    int // of the supervisor
	}{
		"who asks is tried again":                   {ana, bot.Busy, 0},
		"a supervisor is tried twice and then left": {dana, bot.Delivered, 2},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			l.stub.refuses(func(_, path string) (int, string) {
				if strings.HasSuffix(path, tc.fails) {
					return http.StatusInternalServerError, ""
				}
				return 0, ""
			})
			asker := accountOf(ana)
			d := deliveryOf(dialog.PostCard, 0, 1, view("the card"))
			d.Members, d.Asker = []bot.Identity{accountOf(dana), asker}, &asker
			r := l.Deliver(t.Context(), d)
			at := l.stub.one(http.MethodPost, "channels/"+channelID+"/threads")
			adds := l.stub.all(http.MethodPut, "channels/")
			if r.Outcome != tc.outcome || !strings.HasSuffix(adds[0].path, ana) {
				t.Errorf("got %+v after %d tries to add, the first with %s of the thread %s", r, len(adds), adds[0].path, at.raw)
			}
			supervisor := 0
			for _, add := range adds {
				if strings.HasSuffix(add.path, dana) {
					supervisor++
				}
			}
			if supervisor != tc.adds {
				t.Errorf("the supervisor was tried %d times, want %d", supervisor, tc.adds)
			}
			l.stub.refuses(nil)
			again := l.Deliver(t.Context(), d)
			if again.Outcome != bot.Delivered || len(l.stub.all(http.MethodPost, "channels/"+channelID+"/threads")) != 1 {
				t.Errorf("tried again it is %+v", again)
			}
		})
	}
}

func TestWhereTheChannelTakesNoConsultTheCardGoesToTheClinician(t *testing.T) {
	l := newLab(t)
	l.stub.refuses(func(_, path string) (int, string) {
		if strings.HasPrefix(path, "channels/"+channelID) {
			return 403, refused(403, codeNoPermission)
		}
		return 0, ""
	})
	asker := accountOf(ana)
	d := deliveryOf(dialog.PostCard, 0, 1, view("the card"))
	d.Asker, d.Members = &asker, []bot.Identity{asker, accountOf(dana)}
	r := l.Deliver(t.Context(), d)
	channel, card, _ := parseReference(string(r.Ref))
	if r.Outcome != bot.Delivered || channel != "6"+ana[1:] || len(l.stub.all(http.MethodPut, "")) > 0 {
		t.Fatalf("got %+v", r)
	}
	note := deliveryOf(dialog.PostNote, 1, 1, view("a note"))
	note.Card = r.Ref
	if r := l.Deliver(t.Context(), note); r.Outcome != bot.Delivered {
		t.Errorf("got %+v", r)
	}
	press := pressing("amber-heron-42:7:a", map[string]any{"id": card, "flags": 0})
	for k, v := range map[string]any{"guild_id": nil, "member": nil, "context": 1, "user": map[string]string{"id": ana}, "authorizing_integration_owners": map[string]string{"0": "0"}} {
		press[k] = v
	}
	l.did(press)
	if in := l.bot.last(t).In; in != l.home() {
		t.Errorf("a press on the card comes from %+v", in)
	}
}

func TestAMemberIsAddedLaterWhenDiscordIsBusy(t *testing.T) {
	l := newLab(t)
	busy := true
	l.stub.refuses(func(method, path string) (int, string) {
		if busy && method == http.MethodPut {
			busy = false
			return 429, `{"retry_after":0.01}`
		}
		return 0, ""
	})
	d := deliveryOf(dialog.PostCard, 0, 1, view("the card"))
	d.Members = []bot.Identity{accountOf(dana)}
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Busy {
		t.Fatalf("got %+v", r)
	}
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered || len(l.stub.all(http.MethodPut, "")) != 2 {
		t.Errorf("got %+v", r)
	}
	if got := len(l.stub.all(http.MethodPost, "channels/700")); got != 1 {
		t.Errorf("%d cards, want 1", got)
	}
}

func TestAnUpdateReplacesTheCardUnlessItIsOlderOrTheSame(t *testing.T) {
	l := newLab(t)
	update := func(version uint64, text string) bot.Receipt {
		d := deliveryOf(dialog.UpdateCard, int(version), version, view(text))
		d.Ref, d.Card = "7/8", "7/8"
		return l.Deliver(t.Context(), d)
	}
	for _, c := range []struct {
		version uint64
		text    string
		edits   int
	}{{5, "fifth look", 1}, {4, "fourth look", 1}, {6, "fifth look", 1}, {5, "fifth look again", 1}, {7, "seventh look", 2}} {
		if r := update(c.version, c.text); r.Outcome != bot.Delivered || r.Ref != "7/8" {
			t.Errorf("%s: got %+v", c.text, r)
		}
		if got := len(l.stub.all(http.MethodPatch, "channels/7/messages/8")); got != c.edits {
			t.Errorf("after %q: %d edits, want %d", c.text, got, c.edits)
		}
	}
}

func TestAnEditWipesWhatTheMessageNoLongerHas(t *testing.T) {
	l := newLab(t)
	d := deliveryOf(dialog.UpdateCard, 1, 2, view("nothing to press"))
	d.Ref = "7/8"
	l.Deliver(t.Context(), d)
	raw := string(l.stub.one(http.MethodPatch, "channels/7/messages/8").raw)
	if !strings.Contains(raw, `"components":[]`) || !strings.Contains(raw, `"parse":[]`) {
		t.Errorf("edited with %s", raw)
	}
}

func TestAnArchivedThreadIsRevivedFirst(t *testing.T) {
	for _, kind := range []dialog.EffectKind{dialog.UpdateCard, dialog.PostNote} {
		l := newLab(t)
		archived := true
		l.stub.refuses(func(method, path string) (int, string) {
			switch {
			case method == http.MethodPatch && path == "channels/7":
				archived = false
			case archived && strings.HasPrefix(path, "channels/7/messages"):
				return http.StatusBadRequest, refused(400, codeArchived)
			}
			return 0, ""
		})
		d := deliveryOf(kind, 1, 2, view("news"))
		d.Ref, d.Card = "7/8", "7/8"
		if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered {
			t.Errorf("%s: got %+v", kind, r)
		}
		if got := string(l.stub.all(http.MethodPatch, "channels/7")[kindOfFirst(kind)].raw); got != `{"archived":false}` {
			t.Errorf("revived with %s", got)
		}
	}
}

// kindOfFirst is which change of the thread's is the reviving: an update has tried
// before.
func kindOfFirst(kind dialog.EffectKind) int {
	if kind == dialog.UpdateCard {
		return 1
	}
	return 0
}

func TestACardWhoseThreadIsGoneIsPostedAnew(t *testing.T) {
	for _, code := range []int{codeUnknownMessage, codeUnknownChannel} {
		l := newLab(t)
		l.stub.refuses(func(_, path string) (int, string) {
			if strings.HasPrefix(path, "channels/7/") {
				return http.StatusNotFound, refused(404, code)
			}
			return 0, ""
		})
		d := deliveryOf(dialog.UpdateCard, 1, 2, view("news"))
		d.Ref, d.Card = "7/8", "7/8"
		if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered || r.Ref == "7/8" {
			t.Errorf("code %d: got %+v", code, r)
		}
		l.stub.one(http.MethodPost, "channels/"+channelID+"/threads")
	}
}

func TestWhatIsNotUrgentRingsNowhere(t *testing.T) {
	for lane, want := range map[dialog.Lane]int{dialog.LaneNormal: flagSilent, dialog.LaneUrgent: 0} {
		l := newLab(t)
		d := deliveryOf(dialog.PostNote, 1, 2, view("a note"))
		d.Card, d.Effect.Lane = "7/8", lane
		l.Deliver(t.Context(), d)
		if got := l.stub.one(http.MethodPost, "channels/7/messages").message.Flags; got != want {
			t.Errorf("%s: flags %d, want %d", lane, got, want)
		}
	}
}

func TestAPageIsADirectMessageAndAMentionThatCallsOnePersonAlone(t *testing.T) {
	l := newLab(t)
	to := accountOf(dana)
	d := deliveryOf(dialog.Page, 1, 2, view("please decide"))
	d.To, d.Mention, d.Card = &to, []bot.Identity{to}, "7/8"
	r := l.Deliver(t.Context(), d)
	if r.Outcome != bot.Delivered {
		t.Fatalf("got %+v", r)
	}
	direct := l.stub.one(http.MethodPost, "channels/6"+dana[1:]+"/messages").message
	if !strings.Contains(direct.text(), "please decide") || direct.Flags != 0 || direct.Content != "Consult amber-heron-42" {
		t.Errorf("the direct message is %+v", direct)
	}
	mention := l.stub.one(http.MethodPost, "channels/7/messages").message
	if mention.Content != "<@"+dana+"> Consult amber-heron-42" || len(mention.Embeds) > 0 || len(mention.Mentions.Users) != 1 || mention.Mentions.Users[0] != dana {
		t.Errorf("the mention is %+v", mention)
	}
	keepsLimits(t, "mention", mention)
	l.stub.one(http.MethodPut, "channels/7/thread-members/"+dana)
}

func TestAMentionWhoseFateIsUnknownIsTriedAgainAndNeverDoubled(t *testing.T) {
	l := newLab(t)
	failed := 0
	l.stub.refuses(func(_, path string) (int, string) {
		if path == "channels/7/messages" && failed < 2 {
			failed++
			return 500, ""
		}
		return 0, ""
	})
	to := accountOf(dana)
	d := deliveryOf(dialog.Page, 1, 2, view("please decide"))
	d.To, d.Mention, d.Card = &to, []bot.Identity{to}, "7/8"
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered {
		t.Errorf("got %+v", r)
	}
	tries := l.stub.all(http.MethodPost, "channels/7/messages")
	if len(tries) != 3 || tries[0].message.Nonce != tries[2].message.Nonce {
		t.Errorf("%d tries", len(tries))
	}
}

func TestTheEndOfAPageChangesItsDirectMessage(t *testing.T) {
	l := newLab(t)
	to := accountOf(dana)
	d := deliveryOf(dialog.EndPage, 1, 3, view("somebody else has decided"))
	d.To, d.Ref = &to, "6/9"
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered {
		t.Errorf("got %+v", r)
	}
	l.stub.one(http.MethodPatch, "channels/6/messages/9")
}

func TestWhoTakesNoDirectMessagesIsUnreachableAndStillMentioned(t *testing.T) {
	for _, code := range []int{codeNoDirect, codeNoMutualServer} {
		l := newLab(t)
		l.stub.refuses(func(method, path string) (int, string) {
			if strings.HasPrefix(path, "channels/6") {
				return http.StatusForbidden, refused(403, code)
			}
			return 0, ""
		})
		to := accountOf(dana)
		d := deliveryOf(dialog.Page, 1, 2, view("please decide"))
		d.To, d.Mention, d.Card = &to, []bot.Identity{to}, "7/8"
		if r := l.Deliver(t.Context(), d); r.Outcome != bot.Unreachable {
			t.Errorf("got %+v", r)
		}
		l.stub.one(http.MethodPost, "channels/7/messages")
	}
}

func TestAFileArrivesUnderItsName(t *testing.T) {
	l := newLab(t)
	d := deliveryOf(dialog.SendFile, 1, 2, dialog.View{Fallback: "Record of amber-heron-42"})
	d.Card, d.File = "7/8", &dialog.File{Name: "amber-heron-42.pdf", Type: "application/pdf", Content: []byte("%PDF\x00\xff")}
	if r := l.Deliver(t.Context(), d); r.Outcome != bot.Delivered {
		t.Fatalf("got %+v", r)
	}
	got := l.stub.one(http.MethodPost, "channels/7/messages")
	if !strings.Contains(string(got.raw), "%PDF\x00\xff") || got.message.Attachments[0].Filename != "amber-heron-42.pdf" || got.message.Nonce == "" {
		t.Errorf("sent %q", got.raw)
	}
}

func TestAConsultInDirectMessagesHasItsCardAndNotesThere(t *testing.T) {
	l := newLab(t)
	card := deliveryOf(dialog.PostCard, 0, 1, view("the card"))
	card.Home, card.Members = bot.DirectTo(accountOf(ana)), []bot.Identity{accountOf(dana)}
	r := l.Deliver(t.Context(), card)
	note := deliveryOf(dialog.PostNote, 1, 1, view("a note"))
	note.Home, note.Card = card.Home, r.Ref
	l.Deliver(t.Context(), note)
	if got := len(l.stub.all(http.MethodPost, "channels/6"+ana[1:]+"/messages")); got != 2 {
		t.Errorf("%d direct messages, want 2", got)
	}
	if len(l.stub.all(http.MethodPost, "channels/"+channelID))+len(l.stub.all(http.MethodPut, "")) > 0 {
		t.Error("something was put into the refused channel")
	}
}

func TestANonceNamesOneMessageForEver(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range []string{"amber-heron-42/1/0", "amber-heron-42/1/1", "amber-heron-42/11/0"} {
		for _, part := range []string{"card", "thread", "direct"} {
			v := bot.Delivery{ID: id, Kind: dialog.Page}
			n := nonce(v, part)
			if seen[n] || len(n) != maxNonce || n != nonce(v, part) {
				t.Errorf("%s %s: %q", id, part, n)
			}
			seen[n] = true
		}
	}
}

func TestNothingOfAStrangersIsDelivered(t *testing.T) {
	l := newLab(t)
	for _, to := range []*bot.Identity{nil, {Platform: "slack", Workspace: guildID, User: dana}, {Platform: Name, Workspace: "1", User: dana}} {
		d := deliveryOf(dialog.Message, 1, 2, view("a word"))
		d.To = to
		if r := l.Deliver(t.Context(), d); r.Outcome != bot.Unreachable {
			t.Errorf("%+v: got %+v", to, r)
		}
	}
	elsewhere := deliveryOf(dialog.PostCard, 1, 1, view("a word"))
	elsewhere.Home.Channel = "1"
	if r := l.Deliver(t.Context(), elsewhere); r.Outcome != bot.Unreachable {
		t.Errorf("got %+v", r)
	}
	if len(l.stub.got) > 0 {
		t.Errorf("discord was asked: %+v", l.stub.got[0])
	}
}

func TestAMessageIsWrittenAsDiscordReadsIt(t *testing.T) {
	m := newMessage()
	m.Content = "hello"
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"content":"hello","embeds":[],"components":[],"allowed_mentions":{"parse":[]}}`
	if string(raw) != want {
		t.Errorf("got %s, want %s", raw, want)
	}
}
