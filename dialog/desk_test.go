package dialog

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"curbside/rules"
)

// bookWith is the small book with one file replaced.
func bookWith(t testing.TB, name, content string) *rules.Book {
	t.Helper()
	files := fstest.MapFS{}
	for _, file := range []string{"vocabulary.yaml", "actions.yaml", "us-federal.yaml", "us-tx.yaml", "us-wa.yaml"} {
		files[file] = &fstest.MapFile{Data: read(t, "testdata/clinic/"+file)}
	}
	files[name] = &fstest.MapFile{Data: []byte(content)}
	book, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestOnlyCliniciansStartAConsult(t *testing.T) {
	for _, who := range []PersonID{"dana", "omar", "nobody", ""} {
		k := newClinic(t)
		out := Open(k.env, "amber-heron-42", who, "x")
		if out.Changed || out.Reply.Notice == "" {
			t.Errorf("%q started a consult", who)
		}
	}
}

func TestAConsultThatIsLeftRemindsAndThenClosesWithItsRecord(t *testing.T) {
	k := threatIn(t, "Texas").later(5 * time.Hour)
	if !k.told("ana", LineRemind) || k.c.Closed() {
		t.Fatalf("reminded = %v, closed = %v after the time to remind", k.told("ana", LineRemind), k.c.Closed())
	}
	k.later(20 * time.Hour)
	if !k.c.Closed() || k.c.End.How != EndLapsed {
		t.Fatal("it did not close by itself")
	}
	if !slices.ContainsFunc(k.sent, func(e Effect) bool { return e.Kind == SendFile }) {
		t.Error("it closed without its record")
	}
	sees(t, k.card(), "closed by itself")
	for id := range k.timers {
		if !strings.HasPrefix(string(id), "clock.") && !strings.HasPrefix(string(id), "escalation.") {
			t.Errorf("the timer %s is left", id)
		}
	}
}

func TestAnEndedConsultTakesNothingButTheRecord(t *testing.T) {
	k := newClinic(t).open("ana").press("ana", "Cancel", "Opened by mistake")
	sees(t, k.card(), "cancelled: Opened by mistake")
	if slices.ContainsFunc(k.sent, func(e Effect) bool { return e.Kind == SendFile }) {
		t.Error("a record was sent of a consult in which nothing was answered")
	}
	k.do(Input{ID: "x", Actor: "ana", Version: k.c.Version, Action: ActClient, Args: []string{"US-CA"}})
	sees(t, k.last.Reply.Notice, "has ended")
	k.do(Input{ID: "x", Actor: "ana", Version: k.c.Version, Action: ActRecord, Args: []string{"md"}})
	if k.last.Changed || k.last.Reply.File == nil || k.last.Reply.File.Name != "amber-heron-42.md" {
		t.Errorf("reply = %+v, want the record", k.last.Reply)
	}
	k.do(Input{ID: "x", Actor: "ana", Version: k.c.Version, Action: ActRecord, Args: []string{"exe"}})
	sees(t, k.last.Reply.Notice, "could not be written")
}

func everybody(PersonID) bool { return true }

func TestTheHomeShowsOnesOwnAndWhatWaits(t *testing.T) {
	mine, other := waiting(t, "Sign-off: today"), newClinic(t).open("ana")
	other.c.Handle = "quiet-otter-77"
	golden(t, "home-clinician", plain(RenderHome(mine.env, Home{Viewer: "ana", Open: []Consult{mine.c, other.c}, Reaches: everybody})))
	golden(t, "home-supervisor", plain(RenderHome(mine.env, Home{Viewer: "dana", Open: []Consult{mine.c, other.c}, Reaches: everybody})))
	golden(t, "home-empty", plain(RenderHome(mine.env, Home{Viewer: "omar", Open: []Consult{mine.c, other.c}, Reaches: everybody})))
	golden(t, "person-clinician", plain(renderPerson(mine.env, mine.c, "ana")))
}

func TestHelpAndTheCardForWhenEverythingIsDown(t *testing.T) {
	k := newClinic(t)
	golden(t, "help", plain(RenderHelp(k.env, "ben")))
	for _, what := range []string{"store", "network", "internal", "?"} {
		v := RenderDown(k.env, what)
		withinLimits(t, v)
		sees(t, plain(v), "Nothing was saved", "911", "988", "1-833-401-0832", "extension 12", "!cdss.ca.gov")
	}
	golden(t, "down", plain(RenderDown(k.env, "store")))
	k.env.Book = nil
	sees(t, plain(RenderDown(k.env, "internal")), "911", "988")
}

func TestHandlesAreManyAndCanBeSaid(t *testing.T) {
	if Handles() < 10_000_000 {
		t.Errorf("%d handles, want at least ten million", Handles())
	}
	shape := regexp.MustCompile(`^[a-z]{3,8}-[a-z]{3,8}-[1-9][0-9]{1,2}$`)
	words := slices.Concat(handleAdjectives, handleNouns)
	slices.Sort(words)
	if twice := slices.Compact(slices.Clone(words)); len(twice) != len(words) {
		t.Error("a word is in the lists twice")
	}
	seen := map[string]bool{}
	for r := uint64(0); r < Handles(); r += Handles()/5000 + 7 {
		h := Handle(r)
		if !shape.MatchString(h) || seen[h] || !IsHandle(h) {
			t.Errorf("Handle(%d) = %q", r, h)
		}
		seen[h] = true
	}
	if Handle(3) != Handle(3+Handles()) {
		t.Error("equal numbers modulo Handles give different handles")
	}
	for _, s := range []string{"", "mellow-heron", "mellow-heron-9", "mellow-heron-1000", "mellow-heron-042", "mellow-heron-+42", "heron-mellow-42", "lorenzo-heron-42", "mellow-heron-42-1", "Mellow-heron-42"} {
		if IsHandle(s) {
			t.Errorf("%q counts as a handle", s)
		}
	}
}

func TestAConsultComesBackFromWhereItIsKept(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	k.pressDirect("dana", "Seen: I am on it").pressDirect("dana", "Ask").pick("dana", "Are the means at hand?")
	raw, err := json.Marshal(k.c)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 3<<10 {
		t.Errorf("the consult has %d bytes, want a few kilobytes at most:\n%s", len(raw), raw)
	}
	if plain(renderCard(k.env, keptCopy(t, k.c))) != k.card() {
		t.Error("the card reads differently after the consult was kept")
	}
	for _, private := range []string{"Ana Reyes", "Dana Kim", "Harbor"} {
		if strings.Contains(string(raw), private) {
			t.Errorf("%q is kept in the consult", private)
		}
	}
}

func TestNotificationsHoldNoAnswerAndNoFinding(t *testing.T) {
	k := threatIn(t, "California").press("ana", "Immediate danger")
	for _, e := range k.sent {
		if v, _, ok := RenderEffect(k.env, k.c, e); ok {
			for _, leak := range []string{"threat", "Threat", "victim", "California", "police", "duty"} {
				if strings.Contains(v.Fallback, leak) {
					t.Errorf("the notification of %s %s says %q", e.Kind, e.Code, v.Fallback)
				}
			}
		}
	}
}

func TestThePageBeforeItIsSeenHoldsHandleAndUrgencyOnly(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	sees(t, plain(renderPerson(k.env, k.c, "dana")), "amber-heron-42", "today", "!Texas", "!Harm", "!Psychologist", "!Sign-off")
}

func TestEffectsThatTheConsultHasPassedAreNotShown(t *testing.T) {
	k := waiting(t, "Sign-off: today")
	var page Effect
	for _, e := range k.sent {
		if e.Kind == Page {
			page = e
		}
	}
	k.later(25 * time.Minute)
	k.pressDirect("eli", "Seen: I am on it").pressDirect("eli", "Approve")
	for _, e := range []Effect{page, {Kind: Message, To: "ana", Code: string(LineNobody)}, {Kind: PostNote, Code: "something"}, {Kind: "something"}} {
		if _, _, ok := RenderEffect(k.env, k.c, e); ok {
			t.Errorf("%s %s is still shown", e.Kind, e.Code)
		}
	}
}

func TestDangerAndCancellingDoNotMix(t *testing.T) {
	k := newClinic(t).open("ana").press("ana", "Immediate danger", "Cancel", "Opened by mistake")
	sees(t, k.last.Reply.Notice, "Say first that it has passed")
	k.press("ana", "The danger has passed", "Cancel", "Opened by mistake")
	if !k.c.Closed() {
		t.Error("it cannot be cancelled after the danger has passed")
	}
}

func TestDangerIsTakenFromAViewThatTheStoreHasLost(t *testing.T) {
	k := newClinic(t).open("ana")
	if out := k.do(Input{ID: "x", Actor: "ana", Version: k.c.Version + 7, Action: ActDanger}); !out.Changed {
		t.Errorf("immediate danger was refused: %s", out.Reply.Notice)
	}
	if out := k.do(Input{ID: "x", Actor: "ana", Version: k.c.Version + 7, Action: ActClient, Args: []string{"US-CA"}}); out.Changed {
		t.Error("an answer to a version that is not kept was taken")
	}
}

func TestTheCardSaysWhatIsFailing(t *testing.T) {
	for _, trouble := range []Trouble{TroublePager, TroubleTimers, TroubleDelivery} {
		k := newClinic(t).open("ana")
		k.env.Trouble = []Trouble{trouble}
		withinLimits(t, renderCard(k.env, k.c))
		sees(t, k.card(), "(warning) ", "yourself")
	}
}
