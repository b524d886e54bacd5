package slack

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/dialog"
	"curbside/dialog/deid"
	"curbside/rules"
)

var updateCards = flag.Bool("update-cards", false, "rewrite the golden cards")

// A clinic is a practice with its consult, pressed by codes: the same practice
// and law as those of the dialog's own golden cards.
type clinic struct {
	t    testing.TB
	env  dialog.Env
	c    dialog.Consult
	last dialog.Reply
	sent []dialog.Effect
}

func newClinic(t testing.TB, book *rules.Book) *clinic {
	t.Helper()
	scrubber, err := deid.New(deid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := &clinic{t: t, env: dialog.Env{
		Book: book, Scrubber: scrubber, Program: "v1.0.0", Now: time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC),
		Practice: &dialog.Practice{
			Name: "Harbor Counseling", Location: time.FixedZone("PST", -8*3600), Jurisdictions: []rules.JurisdictionID{"US-CA", "US-TX"},
			People: map[dialog.PersonID]dialog.Person{
				"ana":  {ID: "ana", Name: "Ana Reyes", Roles: []dialog.Role{dialog.Clinician}, Profession: "psychologist", Licences: []rules.JurisdictionID{"US-CA", "US-TX"}, Reachable: true},
				"dana": {ID: "dana", Name: "Dana Kim", Roles: []dialog.Role{dialog.Supervisor}, Reachable: true},
				"eli":  {ID: "eli", Name: "Eli Stone", Roles: []dialog.Role{dialog.Supervisor}, Reachable: true},
			},
			Chain:            [][]dialog.PersonID{{"dana"}, {"eli"}},
			StepTime:         map[dialog.Urgency]time.Duration{dialog.Routine: time.Hour, dialog.Today: 10 * time.Minute, dialog.Imminent: 2 * time.Minute},
			DecideTime:       map[dialog.Urgency]time.Duration{dialog.Routine: 2 * time.Hour, dialog.Today: 20 * time.Minute, dialog.Imminent: 5 * time.Minute},
			EmergencyContact: "the clinical director, extension 12", RemindAfter: 4 * time.Hour, CloseAfter: 20 * time.Hour, FreeText: true,
		},
	}}
	k.took(dialog.Open(k.env, "amber-heron-42", "ana", "input-0"))
	return k
}

// dialogsBook is the law of the dialog's own golden cards.
func dialogsBook(t testing.TB) *rules.Book {
	t.Helper()
	book, err := rules.Load(os.DirFS(filepath.Join("..", "..", "dialog", "testdata", "clinic")))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func (k *clinic) took(out dialog.Outcome) {
	k.last = out.Reply
	if out.Changed {
		k.c = out.Consult
		k.sent = append(k.sent, out.Effects...)
	}
}

// does has somebody press something by its code.
func (k *clinic) does(by dialog.PersonID, a dialog.Action, args ...string) *clinic {
	k.t.Helper()
	k.took(dialog.Apply(k.env, k.c, dialog.Input{ID: "input", Actor: by, Version: k.c.Version, Action: a, Args: args}))
	return k
}

// answers answers every question that is open with its first answer, or with
// what is known.
func (k *clinic) answers(known map[string]string) *clinic {
	k.t.Helper()
	for range 30 {
		at := slices.IndexFunc(k.card().Blocks, func(b dialog.Block) bool {
			c, ok := b.(dialog.Choices)
			return ok && strings.HasPrefix(c.ID, "fact.")
		})
		if at < 0 || k.c.Phase != dialog.PhaseEvaluate {
			return k
		}
		c, _ := k.card().Blocks[at].(dialog.Choices)
		fact := strings.TrimPrefix(c.ID, "fact.")
		switch value := known[fact]; {
		case value != "":
			k.does("ana", dialog.ActAnswer, fact, value)
		case c.Multiple:
			k.does("ana", dialog.ActAnswer, fact, c.Options[0].Value)
		default:
			k.does("ana", c.Options[0].Press.Action, c.Options[0].Press.Args...)
		}
	}
	k.t.Fatal("the questions never end")
	return k
}

func (k *clinic) card() dialog.View {
	return dialog.Render(k.env, k.c, dialog.Surface{Kind: dialog.SurfaceCard})
}

func (k *clinic) direct(p dialog.PersonID) dialog.View {
	return dialog.Render(k.env, k.c, dialog.Surface{Kind: dialog.SurfacePerson, Viewer: p})
}

// drawn is a view as it is sent to Slack, with all its pages.
func drawn(v dialog.View, mark string, in room) [][]json.RawMessage {
	p := newPainter(mark, func(handle string) string { return "https://harbor.slack.com/archives/C0CONSULTS/" + handle })
	var pages [][]json.RawMessage
	for _, blocks := range p.pages(v, in, p.turner(dialog.Effect{Kind: dialog.UpdateCard, Handle: "amber-heron-42", Version: 1})) {
		var page []json.RawMessage
		for _, b := range blocks {
			raw, err := json.Marshal(b)
			if err != nil {
				panic(err)
			}
			page = append(page, raw)
		}
		pages = append(pages, page)
	}
	return pages
}

// golden compares a view's blocks with the file that was reviewed: its pages can
// be put into Slack's Block Kit Builder one by one.
func golden(t *testing.T, name string, v dialog.View, mark string) {
	t.Helper()
	checked(t, name, v, mark)
	type file struct {
		Text  string              `json:"text"`
		Pages [][]json.RawMessage `json:"pages"`
	}
	got, err := json.MarshalIndent(file{fallback(v), drawn(v, mark, messageRoom)}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", "cards", name+".json")
	if *updateCards {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s has changed; review it and run with -update-cards.\ngot:\n%s", name, got)
	}
}

// checked holds a view to Slack's limits as a message and as a modal.
func checked(t testing.TB, name string, v dialog.View, mark string) {
	t.Helper()
	link := func(string) string { return "https://harbor.slack.com/archives/C0CONSULTS" }
	for in, most := range map[room]int{messageRoom: mostInMessage, messageRoom.half(): mostInMessage, viewRoom: mostInView} {
		p := newPainter(mark, link)
		for _, page := range p.pages(v, in, p.turner(dialog.Effect{Kind: dialog.UpdateCard, Handle: "amber-heron-42"})) {
			withinLimits(t, name, page, most)
		}
	}
}

func TestEveryCardOfADutyIsShownAsItWasReviewed(t *testing.T) {
	t.Parallel()
	k := newClinic(t, dialogsBook(t))
	golden(t, "ca-1-opened", k.card(), markCard)
	k.does("ana", dialog.ActChange, string(dialog.SubjectAnywhere))
	golden(t, "ca-1-anywhere", k.card(), markCard)
	k.does("ana", dialog.ActClient, "US-CA")
	golden(t, "ca-2-topics", k.card(), markCard)
	k.does("ana", dialog.ActTopics, "harm_to_others", "child_abuse")
	golden(t, "ca-2-first-question", k.card(), markCard)
	question, _ := find[dialog.Choices](k.card(), func(c dialog.Choices) bool { return strings.HasPrefix(c.ID, "fact.") })
	k.does("ana", dialog.ActWhy, strings.TrimPrefix(question.ID, "fact."))
	golden(t, "ca-3-why", *k.last.Private, markPrivate)
	k.answers(map[string]string{"threat_source": "client", "victim": "identifiable"})
	golden(t, "ca-5-finding", k.card(), markCard)
	k.does("ana", dialog.ActLaw)
	golden(t, "ca-5-law", *k.last.Private, markPrivate)
	k.does("ana", dialog.ActWeigh)
	golden(t, "ca-5-weigh", *k.last.Private, markPrivate)
	k.does("ana", dialog.ActGo, string(dialog.PhaseHypothesise))
	golden(t, "ca-6-ways", k.card(), markCard)
	ways, _ := find[dialog.Choices](k.card(), func(c dialog.Choices) bool { return c.ID == "plan" })
	k.does("ana", dialog.ActPlan, ways.Options[0].Value)
	golden(t, "ca-7-who-is-told", k.card(), markCard)
	k.does("ana", dialog.ActGo, string(dialog.PhaseConsult))
	golden(t, "ca-8-to-do", k.card(), markCard)
	golden(t, "ca-8-direct", k.direct("ana"), markDirect+"ana")
	golden(t, "ca-8-page", k.direct("dana"), markDirect+"dana")
	k.does("ana", dialog.ActChange)
	golden(t, "ca-8-change", *k.last.Private, markPrivate)
	k.does("ana", dialog.ActDepart)
	golden(t, "ca-8-depart", *k.last.Private, markPrivate)
	k.does("ana", dialog.ActCancel)
	golden(t, "ca-9-cancel", *k.last.Private, markPrivate)
	reasons, _ := find[dialog.Choices](*k.last.Private, func(c dialog.Choices) bool { return c.ID == "cancel" })
	k.does("ana", dialog.ActCancel, reasons.Options[0].Press.Args...)
	golden(t, "ca-11-closed", k.card(), markCard)
}

func TestEveryCardOfASignOffIsShownAsItWasReviewed(t *testing.T) {
	t.Parallel()
	k := newClinic(t, dialogsBook(t)).does("ana", dialog.ActClient, "US-TX").does("ana", dialog.ActTopics, "harm_to_others")
	k.answers(map[string]string{"threat_source": "client", "victim": "identifiable"})
	golden(t, "tx-1-finding", k.card(), markCard)
	k.does("ana", dialog.ActGo, string(dialog.PhaseHypothesise)).does("ana", dialog.ActPlan, "notify_police")
	golden(t, "tx-3-who-is-told", k.card(), markCard)
	k.does("ana", dialog.ActSignOff, string(dialog.Today))
	golden(t, "tx-4-waiting", k.card(), markCard)
	golden(t, "tx-5-page", k.direct("dana"), markDirect+"dana")
	k.does("dana", dialog.ActSeen, "1")
	golden(t, "tx-6-seen", k.direct("dana"), markDirect+"dana")
	k.does("dana", dialog.ActConditions, "1")
	golden(t, "tx-7-conditions", *k.last.Private, markPrivate)
	k.does("dana", dialog.ActInquire, "1")
	golden(t, "tx-7-ask", *k.last.Private, markPrivate)
	ask, _ := find[dialog.Choices](*k.last.Private, func(dialog.Choices) bool { return true })
	press := ask.Submit
	if ask.Multiple {
		press = press.With(ask.Options[0].Value)
	} else {
		press = ask.Options[0].Press
	}
	k.does("dana", press.Action, press.Args...)
	golden(t, "tx-7-asked", k.card(), markCard)
	k.does("dana", dialog.ActApprove, "1")
	golden(t, "tx-8-approved", k.card(), markCard)
	k.does("ana", dialog.ActMore)
	golden(t, "tx-9-more", *k.last.Private, markPrivate)
}

func TestEveryOtherCardIsShownAsItWasReviewed(t *testing.T) {
	t.Parallel()
	k := newClinic(t, dialogsBook(t)).does("ana", dialog.ActDanger)
	golden(t, "danger-1-declared", k.card(), markCard)
	golden(t, "danger-2-page", k.direct("dana"), markDirect+"dana")
	golden(t, "down", dialog.RenderDown(k.env, "store"), markPrivate)
	golden(t, "help", dialog.RenderHelp(k.env, "ana"), markPrivate)
	golden(t, "home", dialog.RenderHome(k.env, dialog.Home{Viewer: "ana", Open: []dialog.Consult{k.c}}), markHome)
	for _, e := range k.sent {
		if e.Kind != dialog.PostNote {
			continue
		}
		if v, _, ok := dialog.RenderEffect(k.env, k.c, e); ok {
			golden(t, "danger-note-"+e.Code, v, markNote)
		}
	}
}

func TestEveryCardOfEveryLawFitsIntoSlack(t *testing.T) {
	t.Parallel()
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	draw := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		k := newClinic(t, book)
		k.wander(draw)
	}
}

// wander presses what it finds, wherever that leads, and holds every view on the
// way to the limits.
func (k *clinic) wander(draw *rand.Rand) {
	for range 40 {
		who := []dialog.PersonID{"ana", "ana", "ana", "dana"}[draw.IntN(4)]
		views := []dialog.View{k.card(), k.direct(who)}
		if k.last.Private != nil {
			views = append(views, *k.last.Private)
		}
		var presses []dialog.Press
		for _, v := range views {
			checked(k.t, string(k.c.Phase), v, markCard)
			presses = append(presses, allPresses(v, draw)...)
		}
		if k.last.Form != nil {
			formWithinLimits(k.t, *k.last.Form)
		}
		if len(presses) == 0 || k.t.Failed() {
			return
		}
		p := presses[draw.IntN(len(presses))]
		if p.Action == dialog.ActCancel && draw.IntN(10) > 0 {
			continue
		}
		k.does(who, p.Action, p.Args...)
		k.env.Now = k.env.Now.Add(time.Duration(draw.IntN(600)) * time.Second)
	}
}

func allPresses(v dialog.View, draw *rand.Rand) []dialog.Press {
	var all []dialog.Press
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Buttons:
			for _, one := range b.Items {
				all = append(all, one.Press)
			}
		case dialog.Choices:
			p := b.Submit
			for _, o := range b.Options {
				if !b.Multiple {
					all = append(all, o.Press)
				} else if draw.IntN(3) == 0 {
					p = p.With(o.Value)
				}
			}
			if b.Multiple {
				all = append(all, p, p, p)
			}
		case dialog.Checklist:
			for _, item := range b.Items {
				if item.Press != nil {
					all = append(all, item.Press.Press)
				}
			}
		}
	}
	return all
}

func formWithinLimits(t testing.TB, f dialog.Form) {
	t.Helper()
	view := formView(f, surface{channel: "C0CONSULTS", ts: "1700000000.000100", mark: markCard})
	withinLimits(t, "a form", view.Blocks.BlockSet, mostInView)
	for what, text := range map[string]string{"title": view.Title.Text, "submit": view.Submit.Text, "close": view.Close.Text} {
		if length(text) > 24 {
			t.Errorf("a form's %s is %q", what, text)
		}
	}
	if length(view.PrivateMetadata) > 2700 {
		t.Errorf("a form carries %d characters", length(view.PrivateMetadata))
	}
}

// find is the first block of a kind.
func find[B dialog.Block](v dialog.View, is func(B) bool) (B, bool) {
	for _, b := range v.Blocks {
		if one, ok := b.(B); ok && is(one) {
			return one, true
		}
	}
	var none B
	return none, false
}
