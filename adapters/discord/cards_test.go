package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"curbside/dialog"
	"curbside/dialog/deid"
	"curbside/rules"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A clinic plays one consult by what is read on its views, as people do.
type clinic struct {
	t    testing.TB
	env  dialog.Env
	c    dialog.Consult
	last dialog.Outcome
}

func newClinic(t testing.TB) *clinic {
	t.Helper()
	book, err := rules.Load(os.DirFS("../../dialog/testdata/clinic"))
	if err != nil {
		t.Fatal(err)
	}
	scrubber, err := deid.New(deid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := &clinic{t: t, env: dialog.Env{
		Book: book, Scrubber: scrubber, Program: "v1.0.0", Now: time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC),
		Practice: &dialog.Practice{
			Name: "Harbor Counseling", Location: time.UTC, Jurisdictions: []rules.JurisdictionID{"US-CA", "US-TX"},
			People: map[dialog.PersonID]dialog.Person{
				"ana": {
					ID: "ana", Name: "Ana Reyes", Roles: []dialog.Role{dialog.Clinician}, Profession: "psychologist",
					Licences: []rules.JurisdictionID{"US-CA", "US-TX"}, Reachable: true,
				},
				"dana": {ID: "dana", Name: "Dana Kim", Roles: []dialog.Role{dialog.Supervisor}, Reachable: true},
				"eli":  {ID: "eli", Name: "Eli Stone", Roles: []dialog.Role{dialog.Supervisor}, Reachable: true},
			},
			Chain: [][]dialog.PersonID{{"dana"}, {"eli"}}, EmergencyContact: "the clinical director, extension 12",
			RemindAfter: 4 * time.Hour, CloseAfter: 20 * time.Hour, FreeText: true,
		},
	}}
	k.took(dialog.Open(k.env, "amber-heron-42", "ana", "input-0"))
	return k
}

func (k *clinic) took(out dialog.Outcome) {
	k.last = out
	if out.Changed {
		k.c = out.Consult
	}
}

func (k *clinic) card() dialog.View {
	return dialog.Render(k.env, k.c, dialog.Surface{Kind: dialog.SurfaceCard})
}

func (k *clinic) person(id dialog.PersonID) dialog.View {
	return dialog.Render(k.env, k.c, dialog.Surface{Kind: dialog.SurfacePerson, Viewer: id})
}

// press has somebody press what they read on the card, in their direct message or
// in their last private reply.
func (k *clinic) press(by dialog.PersonID, labels ...string) *clinic {
	k.t.Helper()
	for _, label := range labels {
		p, ok := k.find(by, label)
		if !ok {
			k.t.Fatalf("there is nothing that reads %q", label)
		}
		k.took(dialog.Apply(k.env, k.c, dialog.Input{ID: "input", Actor: by, Version: p.Version, Action: p.Action, Args: p.Args}))
	}
	return k
}

func (k *clinic) find(by dialog.PersonID, label string) (dialog.Press, bool) {
	views := []dialog.View{k.card(), k.person(by)}
	if private := k.last.Reply.Private; private != nil {
		views = append([]dialog.View{*private}, views...)
	}
	for _, v := range views {
		for _, m := range layoutForTests().pages(v) {
			if id, ok := idOf(m, label); ok {
				p, err := dialog.ParsePress(id)
				return p, err == nil
			}
		}
	}
	return dialog.Press{}, false
}

// idOf is the custom id behind a label.
func idOf(m message, label string) (string, bool) {
	for _, r := range m.Components {
		for _, c := range r.Components {
			if c.Label == label {
				return c.CustomID, true
			}
			for _, o := range c.Options {
				if o.Label == label {
					return o.Value, true
				}
			}
		}
	}
	return "", false
}

// pick picks several answers of the question that takes several.
func (k *clinic) pick(by dialog.PersonID, labels ...string) *clinic {
	k.t.Helper()
	for _, b := range k.card().Blocks {
		q, ok := b.(dialog.Choices)
		if !ok || !q.Multiple {
			continue
		}
		p := q.Submit
		for _, o := range q.Options {
			if slices.Contains(labels, o.Label) {
				p = p.With(o.Value)
			}
		}
		k.took(dialog.Apply(k.env, k.c, dialog.Input{ID: "input", Actor: by, Version: p.Version, Action: p.Action, Args: p.Args}))
		return k
	}
	k.t.Fatal("there is nothing to pick")
	return k
}

func layoutForTests() layout {
	return layout{
		link:  func(string) string { return "https://discord.com/channels/900000000000000001/900000000000000003" },
		asked: func(dialog.Button) {},
	}
}

// cardsOfAConsult are the views that people see from the first to the last step.
func cardsOfAConsult(t testing.TB) map[string]dialog.View {
	t.Helper()
	all := map[string]dialog.View{}
	k := newClinic(t)
	all["opened"] = k.card()
	k.press("ana", "California").pick("ana", "Harm to others", "Child abuse or neglect")
	all["first-question"] = k.card()
	k.press("ana", "Why do you ask?")
	all["why"] = *k.last.Reply.Private
	k.press("ana", "The client", "Somebody who can be identified")
	all["duty-while-asking"] = k.card()
	k.press("ana", "Yes").pick("ana", "Physical", "Neglect").press("ana", "No", "Yes")
	all["finding"] = k.card()
	k.press("ana", "All the law says")
	all["all-the-law"] = *k.last.Reply.Private
	k.press("ana", "Go on: what are the ways?")
	all["ways"] = k.card()
	k.pick("ana", "Make a safety plan with the client")
	all["who-is-told"] = k.card()
	k.press("ana", "Go on: consult and act")
	all["to-do"] = k.card()
	all["page"] = k.person("dana")
	k.press("ana", "Done: Report to child protection by phone: County child welfare services")
	all["told"] = *k.last.Reply.Private
	k.press("ana", "The minimum on the card, nothing more", "Immediate danger")
	all["danger"] = k.card()
	all["danger-page"] = k.person("eli")
	for i, e := range k.last.Effects {
		if v, _, ok := dialog.RenderEffect(k.env, k.c, e); ok && e.Kind == dialog.PostNote && i >= 0 {
			all["danger-note"] = v
		}
	}
	all["help"] = dialog.RenderHelp(k.env, "ana")
	all["down"] = dialog.RenderDown(k.env, "store")
	all["home"] = dialog.RenderHome(k.env, dialog.Home{Viewer: "ana", Open: []dialog.Consult{k.c}})
	return all
}

func TestEveryCardOfAConsultLooksAsItWasReviewedAndKeepsDiscordsLimits(t *testing.T) {
	cards := cardsOfAConsult(t)
	for _, name := range slices.Sorted(maps.Keys(cards)) {
		l := layoutForTests()
		l.fallback = true
		l.more = moreID(dialog.Effect{Handle: "amber-heron-42", Version: 12, Index: 3, Kind: dialog.UpdateCard})
		pages := l.pages(cards[name])
		for _, m := range pages {
			keepsLimits(t, name, m)
		}
		got, err := json.MarshalIndent(pages, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".golden.json", append(got, '\n'))
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s has changed; look at it and run with -update. It is now:\n%s", name, got)
	}
}
