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

func TestARefusedTextIsShownScrubbedToBeUsedOrEdited(t *testing.T) {
	l := newLab(t)
	m := opened(t, l)
	rewrite := asking()
	rewrite.Fields[0].Value = "May I tell [a relative] *now*?"
	rewrite.Fields[1].Value = "warn"
	l.bot.says(bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"text": "This names a person."}, Rewrite: rewrite}})
	a := l.did(sending(m, cardMessage(), map[string]string{"text": "May I tell Jane Roe?", "leaning": "warn"}))
	shown := data(t, a)
	if a.Type != callbackMessage || shown.Flags != flagEphemeral || !strings.Contains(shown.text(), `May I tell \[a relative\] \*now\*?`) || !strings.Contains(shown.text(), "This names a person") {
		t.Fatalf("answered %+v", shown)
	}
	if strings.Contains(shown.text()+l.logged(), "Jane") {
		t.Error("what was refused is shown or logged")
	}
	keepsLimits(t, "refusal", shown)

	edit, _ := idOf(shown, "Edit")
	again := modalIn(t, l.did(pressing(edit, privateMessage(shown.Components...))))
	if got := again.Components[0].Components[0].Value; got != "May I tell [a relative] *now*?" {
		t.Errorf("it opens again with %q", got)
	}

	card := view("the card")
	l.bot.says(bot.Reply{View: &card})
	use, _ := idOf(shown, "Use this")
	if a := l.did(pressing(use, privateMessage(shown.Components...))); a.Type != callbackLaterUpdate {
		t.Errorf("using it is answered with %+v", a)
	}
	in := l.bot.last(t)
	if in.Kind != bot.Submit || in.Form["text"] != "May I tell [a relative] *now*?" || in.Form["leaning"] != "warn" || in.Press.String() != rewrite.Submit.String() {
		t.Errorf("heard %+v", in)
	}
	heard := len(l.bot.heard)
	if m := data(t, l.did(pressing(use, privateMessage()))); len(l.bot.heard) != heard || !strings.Contains(m.text(), "not kept here") {
		t.Errorf("used twice: %+v", m)
	}
}

func TestARefusalWithoutAnotherTextKeepsWhatWasTyped(t *testing.T) {
	l := newLab(t)
	m := opened(t, l)
	l.bot.says(bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"text": "At most 600 characters."}}})
	shown := data(t, l.did(sending(m, cardMessage(), map[string]string{"text": "too long", "leaning": "warn"})))
	if _, offered := idOf(shown, "Use this"); offered {
		t.Error("a text that is too long can be used")
	}
	edit, _ := idOf(shown, "Edit")
	again := modalIn(t, l.did(pressing(edit, privateMessage(shown.Components...))))
	if again.Components[0].Components[0].Value != "too long" || again.Components[1].Components[0].Value != "warn" {
		t.Errorf("it opens again with %+v", again)
	}
	card := view("the card")
	l.bot.says(bot.Reply{View: &card})
	if a := l.did(sending(again, privateMessage(shown.Components...), map[string]string{"text": "short"})); a.Type != callbackLaterUpdate {
		t.Errorf("the second try is answered with %+v", a)
	}
	if in := l.bot.last(t); in.Form["text"] != "short" || in.Form["leaning"] != "warn" {
		t.Errorf("heard %+v", in)
	}
}

func TestAnotherProcessDoesNotHaveWhatWasTypedAndSaysWhatToDo(t *testing.T) {
	l, other := newLab(t), newLab(t)
	m := opened(t, l)
	l.bot.says(bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"text": "no"}, Rewrite: asking()}})
	shown := data(t, l.did(sending(m, cardMessage(), map[string]string{"text": "Jane Roe"})))
	for _, label := range []string{"Edit", "Use this"} {
		id, _ := idOf(shown, label)
		a := other.did(pressing(id, privateMessage(shown.Components...)))
		if a.Type != callbackMessage || len(other.bot.heard) > 0 {
			t.Errorf("%s is answered with %+v, the bot heard %+v", label, a, other.bot.heard)
		}
		for _, says := range []string{"Press once more", "the button on the card"} {
			if !strings.Contains(data(t, a).text(), says) {
				t.Errorf("%s: %q is not said", label, says)
			}
		}
	}
	edit, _ := idOf(shown, "Edit")
	modalIn(t, l.did(pressing(edit, privateMessage(shown.Components...))))
}

func TestADraftIsItsWritersAlone(t *testing.T) {
	l := newLab(t)
	m := opened(t, l)
	rewrite := asking()
	l.bot.says(bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"text": "no"}, Rewrite: rewrite}})
	shown := data(t, l.did(sending(m, cardMessage(), nil)))
	for _, label := range []string{"Edit", "Use this"} {
		id, _ := idOf(shown, label)
		other := pressing(id, privateMessage(shown.Components...))
		other["member"] = memberOf(dana)
		heard := len(l.bot.heard)
		if a := l.did(other); a.Type == callbackModal || len(l.bot.heard) != heard {
			t.Errorf("%s: somebody else's answer is %+v", label, a)
		}
	}
}

func TestAFormInAnswerToAFormIsOpenedByAButton(t *testing.T) {
	l := newLab(t)
	m := opened(t, l)
	a := l.did(sending(m, cardMessage(), nil)) // the bot still answers with the form
	shown := data(t, a)
	id, ok := idOf(shown, "Ask the supervisor")
	if a.Type != callbackMessage || !ok {
		t.Fatalf("answered %+v", shown)
	}
	modalIn(t, l.did(pressing(id, privateMessage(shown.Components...))))
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
