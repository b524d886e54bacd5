package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"curbside/adapters/adaptertest"
	"curbside/bot"
	"curbside/dialog"
)

// seen waits for what a page shows.
func seen(t *testing.T, b *browser, what string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(text(b.now()), what) {
			return
		}
	}
	t.Errorf("the page does not show %q but\n%s", what, text(b.now()))
}

func card(version uint64, says string) bot.Delivery {
	e := dialog.Effect{Handle: "amber-heron-42", Version: version, Kind: dialog.PostCard}
	return bot.Delivery{
		ID: e.ID(), Kind: e.Kind, Effect: e, Handle: e.Handle, Version: version, Home: Home(),
		View: dialog.View{Title: e.Handle, Status: "Evaluate", Fallback: e.Handle + ": opened", Blocks: []dialog.Block{dialog.Text{Text: says}}},
	}
}

// rendering is a bot that renders every effect by its id, or cannot.
type rendering struct {
	adaptertest.Bot
	gone bool
}

func (b *rendering) Show(_ context.Context, e dialog.Effect) (dialog.View, *dialog.File, bool) {
	return dialog.View{Title: e.Handle, Blocks: []dialog.Block{dialog.Text{Text: "rendered anew: " + e.ID()}}}, nil, !b.gone
}

func TestAfterARestartThePageShowsTheSameMessages(t *testing.T) {
	t.Parallel()
	board := &memoryBoard{}
	before := newServer(t, &adaptertest.Bot{}, Options{Board: board})
	before.bench.Deliver(t.Context(), card(1, "what was said"))

	after := newServer(t, &rendering{}, Options{Board: board})
	page := openPage(t, after.URL, "dana")
	seen(t, page, "rendered anew: amber-heron-42/1/0")

	if r := after.bench.Deliver(t.Context(), card(1, "said again")); r.Outcome != bot.Delivered {
		t.Errorf("outcome %v", r.Outcome)
	}
	seen(t, page, "said again")
	if n := len(page.Thread("amber-heron-42")); n != 1 {
		t.Errorf("the thread has %d messages, want 1", n)
	}
}

func TestAnOlderCardIsShownOnlyWhenItWasLoadedLater(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{Board: &memoryBoard{}})
	update := func(version uint64, says string, loaded time.Time) {
		d := card(version, says)
		d.Kind, d.Effect.Kind, d.Ref, d.Loaded = dialog.UpdateCard, dialog.UpdateCard, "the-card", loaded
		s.bench.Deliver(t.Context(), d)
	}
	early := time.Now()
	update(12, "the twelfth", early)
	update(11, "overtaken", early)
	page := openPage(t, s.URL, "dana")
	seen(t, page, "the twelfth")
	update(10, "what the store has kept", time.Now())
	seen(t, page, "what the store has kept")
}

func TestAMessageThatCannotBeRenderedAnyMoreSaysSo(t *testing.T) {
	t.Parallel()
	board := &memoryBoard{}
	newServer(t, &adaptertest.Bot{}, Options{Board: board}).bench.Deliver(t.Context(), card(1, "what was said"))
	after := newServer(t, &rendering{gone: true}, Options{Board: board})
	seen(t, openPage(t, after.URL, "dana"), "This message is no longer current.")
}

func TestTheBoardHoldsNothingThatWasSaid(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	s.bench.Deliver(t.Context(), card(1, "what was said"))
	kept, err := json.Marshal(s.board.entries)
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"what was said", "Evaluate", "opened"} {
		if strings.Contains(string(kept), content) {
			t.Errorf("the board holds %q: %s", content, kept)
		}
	}
}

func TestWhenTheBoardIsAwayADeliveryIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	s.board.fail(errors.New("away"))
	if r := s.bench.Deliver(t.Context(), card(1, "x")); r.Outcome != bot.Busy || r.RetryAfter <= 0 {
		t.Errorf("receipt %+v, want busy", r)
	}
	s.board.fail(nil)
	if r := s.bench.Deliver(t.Context(), card(1, "here again")); r.Outcome != bot.Delivered {
		t.Errorf("receipt %+v, want delivered", r)
	}
	seen(t, openPage(t, s.URL, "dana"), "here again")
}

func TestAPhoneRingsUntilThePageIsOver(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	sam, dana := openPage(t, s.URL, "sam"), openPage(t, s.URL, "dana")
	page := bot.PageRequest{ID: "amber-heron-42/3/1", Handle: "amber-heron-42", Urgency: dialog.Imminent, To: "sam"}
	for range 2 {
		if r := s.bench.Page(t.Context(), page); r.Outcome != bot.Delivered {
			t.Fatalf("receipt %+v", r)
		}
	}
	seen(t, sam, "Phone")
	phones := findAll(sam.now(), byClass("phone"))
	if len(phones) != 1 || !strings.Contains(text(phones[0]), "amber-heron-42\nimminent") {
		t.Errorf("%d phones ring", len(phones))
	}
	if find(dana.now(), byClass("phone")) != nil {
		t.Error("another phone rings too")
	}
	page.End = true
	s.bench.Page(t.Context(), page)
	for deadline := time.Now().Add(10 * time.Second); find(sam.now(), byClass("phone")) != nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the phone still rings")
		}
	}
}

func TestAPhoneCanBePutAway(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	s.bench.Page(t.Context(), bot.PageRequest{ID: "amber-heron-42/3/1", Handle: "amber-heron-42", Urgency: dialog.Today, To: "sam"})
	sam := openPage(t, s.URL, "sam")
	sam.send(sam.the("the phone's form", func(n *html.Node) bool { return attr(n, "action") == "/silence" }), nil)
	if find(sam.now(), byClass("phone")) != nil {
		t.Error("the phone still rings")
	}
}

func TestNobodyOfThePracticeHasNoPhone(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	if r := s.bench.Page(t.Context(), bot.PageRequest{ID: "x", To: "mallory"}); r.Outcome != bot.Unreachable {
		t.Errorf("outcome %v, want unreachable", r.Outcome)
	}
}

func TestPrivateRepliesAreGoneWhenThePageIsLoadedAgain(t *testing.T) {
	t.Parallel()
	b := &told{inbound: make(chan bot.Inbound, 10), reply: bot.Reply{Reply: dialog.Reply{Notice: "only for you"}}}
	s := newServer(t, b, Options{})
	first := openPage(t, s.URL, "dana")
	first.Command("")
	seen(t, first, "only for you")
	if again := openPage(t, s.URL, "dana"); strings.Contains(text(again.now()), "only for you") {
		t.Error("the private reply is still there")
	}
}

func TestAPrivateReplyCanBeDismissed(t *testing.T) {
	t.Parallel()
	b := &told{inbound: make(chan bot.Inbound, 10), reply: bot.Reply{Reply: dialog.Reply{Notice: "only for you"}}}
	page := openPage(t, newServer(t, b, Options{}).URL, "dana")
	page.Command("")
	seen(t, page, "only for you")
	page.send(page.the("the dismiss button", func(n *html.Node) bool { return attr(n, "action") == "/dismiss" }), nil)
	if strings.Contains(text(page.now()), "only for you") {
		t.Error("the private reply is still there")
	}
}

func TestWordsThatAreNoCommandAreNeitherSentNorShownNorLogged(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	b := &told{inbound: make(chan bot.Inbound, 10)}
	s := newServer(t, b, Options{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	page := openPage(t, s.URL, "dana")
	page.send(page.the("the composer", byID("left-composer")), url.Values{"typed": {"Jane Roe called again"}})
	seen(t, page, "What you typed was not kept.")
	if strings.Contains(text(page.now()), "Jane") || strings.Contains(log.String(), "Jane") || len(b.inbound) > 0 {
		t.Error("the words went further than the door")
	}
}

func TestMovingTheClockWakesWhoWaitsAndIsShown(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.November, 21, 17, 0, 0, 0, time.UTC)
	clock := NewClock(bot.ClockFunc(func() time.Time { return start }))
	due := start.Add(10 * time.Minute)
	woken := make(chan time.Time, 10)
	clock.OnMove(func() { woken <- clock.Now() })
	s := newServer(t, &adaptertest.Bot{}, Options{Clock: clock, NextTimer: func(context.Context) (time.Time, bool) {
		return due, clock.Now().Before(due)
	}})
	response, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	root, err := html.Parse(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if said := text(find(root, byID("clock"))); !strings.Contains(said, "Sat Nov 21, 9:00 AM PST") || !strings.Contains(said, "in 10 minutes") {
		t.Errorf("the clock says %q", said)
	}
	tab := attr(find(find(root, byID("moves")), func(n *html.Node) bool { return attr(n, "name") == "tab" }), "value")
	answer, err := http.PostForm(s.URL+"/clock", url.Values{"tab": {tab}, "by": {"next"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := <-woken, due.Add(time.Second); !got.Equal(want) {
		t.Errorf("moving to the next timer shows %v, want %v", got, want)
	}
	if !strings.Contains(string(said), "9:10 AM") || strings.Contains(string(said), "next timer") {
		t.Errorf("the answer is %s", said)
	}
}

func TestAPageFromBeforeTheLastStartIsLoadedAgain(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	response, err := http.PostForm(s.URL+"/press", url.Values{"tab": {"an older one"}, "surface": {"home"}, "press": {"a:1:b"}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.Header.Get("HX-Refresh") != "true" {
		t.Error("a press from an older page does not load it again")
	}
	events, err := http.Get(s.URL + "/events?tab=older")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	if said, _ := io.ReadAll(events.Body); !strings.HasPrefix(string(said), "event: stale\n") {
		t.Errorf("the stream says %q", said)
	}
}

func TestOnlySoManyPagesAreRemembered(t *testing.T) {
	t.Parallel()
	bench := newServer(t, &adaptertest.Bot{}, Options{}).bench
	s := &site{Workbench: bench, tabs: map[string]*tab{}}
	kept := s.openTab([2]dialog.PersonID{"dana", "sam"})
	for range 3 * maxTabs {
		kept.touch()
		s.openTab([2]dialog.PersonID{"dana", "sam"})
	}
	if len(s.tabs) != maxTabs {
		t.Errorf("%d pages are remembered, want %d", len(s.tabs), maxTabs)
	}
	if _, ok := s.tab(kept.id); !ok {
		t.Error("a page in use was forgotten")
	}
}

func TestAWorkbenchWithoutItsPartsIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := New(t.Context(), Options{}); err == nil {
		t.Error("it started")
	}
	board := &memoryBoard{away: errors.New("away")}
	_, err := New(t.Context(), Options{
		Board: board, Clock: NewClock(bot.ClockFunc(time.Now)), Log: slog.New(slog.DiscardHandler),
		Practice: func() *dialog.Practice { return testPractice() },
	})
	if !errors.Is(err, board.away) {
		t.Errorf("error %v, want what the board said", err)
	}
}

func TestWhoMayNotUseTheWorkbenchIsAStrangerToIt(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{Admits: func(p dialog.PersonID) bool { return p != "kim" }})
	if page := openPage(t, s.URL, "kim"); page.refused != http.StatusNotFound {
		t.Errorf("status %d, want 404", page.refused)
	}
	kim := Account("kim")
	e := dialog.Effect{Handle: "amber-heron-42", Version: 1, Kind: dialog.Message, To: "kim"}
	if r := s.bench.Deliver(t.Context(), bot.Delivery{ID: e.ID(), Kind: e.Kind, Effect: e, To: &kim, Home: Home()}); r.Outcome != bot.Unreachable {
		t.Errorf("outcome %v, want unreachable", r.Outcome)
	}
	page := openPage(t, s.URL, "dana")
	chooser := find(page.now(), byID("left-person"))
	if got := text(chooser); got != "Dana Reyes\nSam Okafor" {
		t.Errorf("one can be %q", got)
	}
}

func TestWhatAnAnswerShowedAndIsOverLeavesThePage(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	b := &slow{release: release}
	page := openPage(t, newServer(t, b, Options{Patience: time.Millisecond}).URL, "dana")
	page.Command("")
	seen(t, page, "This takes longer than it should.")
	close(release)
	for deadline := time.Now().Add(10 * time.Second); strings.Contains(text(page.now()), "This takes longer"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the page still says that it takes longer")
		}
	}
}

// slow is a bot that answers nothing, when it is let.
type slow struct {
	adaptertest.Bot
	release chan struct{}
}

func (b *slow) Handle(context.Context, bot.Inbound) bot.Reply {
	<-b.release
	return bot.Reply{}
}

func TestThePageOpensWithAClinicianAndWhoeverIsPagedFirst(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		chain [][]dialog.PersonID
		left  string
		right string
	}{
		"without a chain it is a supervisor":          {nil, "Dana Reyes", "Sam Okafor"},
		"the first of the chain":                      {[][]dialog.PersonID{{}, {"kim", "sam"}}, "Dana Reyes", "Kim Tran"},
		"the next of the chain when that one may not": {[][]dialog.PersonID{{"nobody"}, {"sam"}}, "Dana Reyes", "Sam Okafor"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			practice := testPractice()
			practice.Chain = tc.chain
			s := newServer(t, &adaptertest.Bot{}, Options{Practice: func() *dialog.Practice { return practice }})
			response, err := http.Get(s.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			root, err := html.Parse(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			left, right := text(find(root, byID("left-name"))), text(find(root, byID("right-name")))
			if left != "Screen of "+tc.left || right != "Screen of "+tc.right {
				t.Errorf("%q and %q", left, right)
			}
		})
	}
}
