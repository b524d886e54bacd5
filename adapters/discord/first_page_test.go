package discord

import (
	"strings"
	"testing"

	"curbside/dialog"
	"curbside/rules"
)

// mustDo is what a view says is to be done at once, or must be, as it is set.
func mustDo(v dialog.View) []string {
	var all []string
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Text:
			if b.Tone == dialog.ToneUrgent || b.Tone == dialog.ToneWarning {
				all = append(all, strings.TrimSpace(toned(b.Tone)(parts(b.Text, chunk)[0])))
			}
		case dialog.Clock:
			all = append(all, escaped(b.Label)+": <t:")
		case dialog.Checklist:
			if strings.HasPrefix(b.Title, "You must") || strings.HasPrefix(b.Title, "At once") {
				for _, item := range b.Items {
					all = append(all, escaped(parts(item.Label, chunk)[0]))
				}
			}
		}
	}
	return all
}

// answerFirst gives the first answer to the question on the card. It is false
// when there is none.
func (k *clinic) answerFirst() bool {
	k.t.Helper()
	for _, b := range k.card().Blocks {
		q, ok := b.(dialog.Choices)
		if !ok || len(q.Options) == 0 {
			continue
		}
		p := q.Options[0].Press
		if q.Multiple {
			p = q.Submit.With(q.Options[0].Value)
		}
		version := k.c.Version
		k.took(dialog.Apply(k.env, k.c, dialog.Input{ID: "input", Actor: "ana", Version: p.Version, Action: p.Action, Args: p.Args}))
		return k.c.Version != version
	}
	return false
}

// What a tired clinician has to do stands where they look first, whatever else
// the law says.
func TestWhatMustBeDoneStandsOnTheFirstPage(t *testing.T) {
	t.Parallel()
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, place := range []rules.JurisdictionID{"US-CA", "US-NY", "US-TX"} {
		for _, topics := range [][]string{{"Harm to others"}, {"Harm to others", "Child abuse or neglect"}} {
			k := newClinic(t)
			k.env.Book = book
			k.env.Practice.Jurisdictions = []rules.JurisdictionID{place}
			ana := k.env.Practice.People["ana"]
			ana.Licences = k.env.Practice.Jurisdictions
			k.env.Practice.People["ana"] = ana
			k.took(dialog.Open(k.env, "amber-heron-42", "ana", "input-0"))
			k.answerFirst()
			k.pick("ana", topics...)
			for more := true; more; more = k.answerFirst() {
				v := k.card()
				l := layoutForTests()
				l.more = moreID(dialog.Effect{Handle: "amber-heron-42", Version: 12, Index: 3, Kind: dialog.UpdateCard})
				pages := l.pages(v)
				for _, what := range mustDo(v) {
					seen++
					if !strings.Contains(pages[0].text(), what) {
						t.Errorf("%s, %s, %q: %q is not on the first of %d pages", place, topics, v.Status, what, len(pages))
					}
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d things were to be done", seen)
	}
}
