package discord

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"curbside/bot"
	"curbside/dialog"
)

func asking() *dialog.Form {
	return &dialog.Form{
		Title: "Ask the supervisor", Intro: "No names.", Label: "Send", Submit: pressOf(9, "words", "question"),
		Fields: []dialog.Field{
			{ID: "text", Label: "Your question", Hint: strings.Repeat("Who, not which person. ", 6), Multiline: true, Required: true, MaxLength: 600},
			{ID: "leaning", Label: "Your own leaning", Value: "not sure yet", MaxLength: 80},
		},
	}
}

// modalIn is the form that an answer opens.
func modalIn(t *testing.T, a response) modal {
	t.Helper()
	if a.Type != callbackModal {
		t.Fatalf("answered with type %d, want a form", a.Type)
	}
	raw, _ := json.Marshal(a.Data)
	var m modal
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	modalKeepsLimits(t, "form", m)
	return m
}

// sending is a form that was filled in and sent.
func sending(m modal, on map[string]any, values map[string]string) map[string]any {
	rows := []any{}
	for _, r := range m.Components {
		f := r.Components[0]
		value := string(f.Value)
		if v, ok := values[f.CustomID]; ok {
			value = v
		}
		rows = append(rows, map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": f.CustomID, "value": value}}})
	}
	return map[string]any{"type": interactionSubmit, "message": on, "data": map[string]any{"custom_id": m.CustomID, "components": rows}}
}

// opened has somebody open the form from the card.
func opened(t *testing.T, l *lab) modal {
	t.Helper()
	l.bot.says(bot.Reply{Reply: dialog.Reply{Form: asking()}})
	return modalIn(t, l.did(pressing("amber-heron-42:9:words:question", cardMessage())))
}

func TestAFormOpensAndWhatIsSentComesBack(t *testing.T) {
	l := newLab(t)
	m := opened(t, l)
	if m.Title != "Ask the supervisor" || m.Components[1].Components[0].Value != "not sure yet" {
		t.Errorf("opened %+v", m)
	}
	next := view("second look")
	l.bot.says(bot.Reply{View: &next, Reply: dialog.Reply{Notice: "Sent."}})
	a := l.did(sending(m, cardMessage(), map[string]string{"text": "Two lines:\nmay I, <must> I?"}))
	in := l.bot.last(t)
	want := map[dialog.FieldID]string{"text": "Two lines:\nmay I, <must> I?", "leaning": "not sure yet"}
	if in.Kind != bot.Submit || !maps.Equal(in.Form, want) || in.Press.String() != asking().Submit.String() {
		t.Errorf("heard %+v", in)
	}
	if a.Type != callbackUpdate || !strings.Contains(data(t, a).text(), "second look") {
		t.Errorf("answered %+v", a)
	}
}

func TestEveryFormOfTheDialogKeepsDiscordsLimits(t *testing.T) {
	k := newClinic(t)
	k.press("ana", "California").pick("ana", "Harm to others", "Child abuse or neglect")
	k.press("ana", "The client", "Somebody who can be identified", "Yes").pick("ana", "Physical", "Neglect").press("ana", "No", "Yes")
	k.press("ana", "Go on: what are the ways?").pick("ana", "Make a safety plan with the client").press("ana", "Go on: consult and act")
	for _, label := range []string{"Add your question", "Add your reasons"} {
		k.press("ana", label)
		if k.last.Reply.Form == nil {
			t.Fatalf("%s opens no form", label)
		}
		modalKeepsLimits(t, label, modalOf(*k.last.Reply.Form))
	}
}
