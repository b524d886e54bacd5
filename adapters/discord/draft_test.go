package discord

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"unicode/utf8"

	"curbside/bot"
	"curbside/dialog"
)

// handedBack is a private reply as Discord hands it back with a press on it: the
// white space around its texts is gone.
func handedBack(m message) map[string]any {
	on := privateMessage(m.Components...)
	var embeds []embed
	for _, e := range m.Embeds {
		e.Title, e.Description = strings.TrimSpace(e.Title), strings.TrimSpace(e.Description)
		embeds = append(embeds, e)
	}
	on["embeds"] = embeds
	return on
}

// rewritten is the form with what would be kept of it.
func rewritten(text, leaning string) *dialog.Form {
	f := asking()
	f.Fields[0].Value, f.Fields[1].Value = text, leaning
	return f
}

// refuses has the bot give the form when it is asked for it, and refuse what is sent.
func (s *script) refuses(fault string, rewrite *dialog.Form) {
	s.answers(func(in bot.Inbound) bot.Reply {
		if in.Kind == bot.Pressed {
			return bot.Reply{Reply: dialog.Reply{Form: asking()}}
		}
		return bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"text": fault}, Rewrite: rewrite}}
	})
}

const typedText = "May I tell Jane Roe?"

// offered is the private reply to a form that was refused.
func offered(t *testing.T, l *lab, rewrite *dialog.Form) message {
	t.Helper()
	m := opened(t, l)
	l.bot.refuses("This names a person.", rewrite)
	a := l.did(sending(m, cardMessage(), map[string]string{"text": typedText, "leaning": "Jane again"}))
	shown := data(t, a)
	if a.Type != callbackMessage || shown.Flags != flagEphemeral {
		t.Fatalf("answered %+v", a)
	}
	keepsLimits(t, "refusal", shown)
	if strings.Contains(fmt.Sprint(shown)+l.logged(), "Jane") {
		t.Error("what was typed is shown or logged")
	}
	return shown
}

func pressOn(t *testing.T, shown message, label string) map[string]any {
	t.Helper()
	id, ok := idOf(shown, label)
	if !ok {
		t.Fatalf("there is no %q", label)
	}
	return pressing(id, handedBack(shown))
}

func TestARefusedTextIsShownScrubbedAndAnyProcessGoesOnWithIt(t *testing.T) {
	const text, leaning = "May I tell [a relative] *now*?\n- or 1. later, by example.test/x_y?", "warn"
	shown := offered(t, newLab(t), rewritten("  "+text+"\n", leaning))
	for _, says := range []string{"Your question: This names a person.", "This would be kept:", `May I tell \[a relative\] \*now\*?`, "warn"} {
		if !strings.Contains(shown.text(), says) {
			t.Errorf("%q is not shown in %q", says, shown.text())
		}
	}
	edited := newLab(t)
	edited.bot.refuses("", nil)
	again := modalIn(t, edited.did(pressOn(t, shown, "Edit")))
	if got := again.Components[0].Components[0].Value; string(got) != text {
		t.Errorf("it opens again with %q", got)
	}
	if got := again.Components[1].Components[0].Value; got != leaning {
		t.Errorf("its second field opens with %q", got)
	}
	if in := edited.bot.last(t); in.Kind != bot.Pressed || in.Press.String() != asking().Submit.String() {
		t.Errorf("the form was asked for by %+v", in)
	}
	card := view("the card")
	ids := map[string]bool{}
	for range 2 { // pressed twice, and heard by two processes
		used := newLab(t)
		used.bot.says(bot.Reply{View: &card, Version: 10})
		if a := used.did(pressOn(t, shown, "Use this")); a.Type != callbackLaterUpdate {
			t.Errorf("using it is answered with %+v", a)
		}
		in := used.bot.last(t)
		want := map[dialog.FieldID]string{"text": text, "leaning": leaning}
		if in.Kind != bot.Submit || !maps.Equal(in.Form, want) || in.Press.String() != asking().Submit.String() || in.From != accountOf(ana) {
			t.Errorf("heard %+v", in)
		}
		ids[in.ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("the store cannot see that both are the same: %v", ids)
	}
}

func TestWhatIsUsedIsScrubbedAgainAndWhatIsThenKeptTakesItsPlace(t *testing.T) {
	l := newLab(t)
	shown := offered(t, l, rewritten("[a relative] of Rob", ""))
	l.bot.refuses("This names a person.", rewritten("[a relative] of [a friend]", ""))
	a := l.did(pressOn(t, shown, "Use this"))
	next := data(t, a)
	if a.Type != callbackUpdate || strings.Contains(fmt.Sprint(next), "Rob") || !strings.Contains(next.text(), `\[a friend\]`) {
		t.Errorf("answered %+v", next)
	}
	if _, offered := idOf(next, "Use this"); !offered {
		t.Error("it cannot be used")
	}
}

func TestARefusalWithoutAnotherTextShowsNothingOfWhatWasTyped(t *testing.T) {
	l := newLab(t)
	shown := offered(t, l, nil)
	if _, offered := idOf(shown, "Use this"); offered || len(shown.Embeds) != 1 || !strings.Contains(shown.text(), "Your question: This names") {
		t.Errorf("it shows %+v", shown)
	}
	again := modalIn(t, l.did(pressOn(t, shown, "Edit")))
	if f := again.Components; f[0].Components[0].Value != "" || f[1].Components[0].Value != "not sure yet" {
		t.Errorf("it opens with %+v", again)
	}
	card := view("the card")
	l.bot.says(bot.Reply{View: &card})
	if a := l.did(sending(again, handedBack(shown), map[string]string{"text": "short"})); a.Type != callbackLaterUpdate {
		t.Errorf("the second try is answered with %+v", a)
	}
	if in := l.bot.last(t); in.Kind != bot.Submit || in.Form["text"] != "short" {
		t.Errorf("heard %+v", in)
	}
}

func TestWhatWasShownStaysWhenAnEditOfItIsRefusedOrNothingCanBeSaved(t *testing.T) {
	l := newLab(t)
	shown := offered(t, l, rewritten("May I tell [a relative]?", "warn"))
	again := modalIn(t, l.did(pressOn(t, shown, "Edit")))
	l.bot.refuses("At most 600 characters.", nil)
	kept := data(t, l.did(sending(again, handedBack(shown), map[string]string{"text": "Jane once more"})))
	if _, offered := idOf(kept, "Use this"); offered || strings.Contains(fmt.Sprint(kept), "Jane") || !strings.Contains(kept.text(), "At most 600") {
		t.Errorf("it shows %+v", kept)
	}
	again = modalIn(t, l.did(pressOn(t, kept, "Edit")))
	if got := again.Components[0].Components[0].Value; got != "May I tell [a relative]?" {
		t.Errorf("it opens with %q", got)
	}
	down := view("Nothing was saved.")
	l.bot.says(bot.Reply{Reply: dialog.Reply{Private: &down}})
	for what, did := range map[string]map[string]any{
		"using it":     pressOn(t, shown, "Use this"),
		"editing it":   pressOn(t, shown, "Edit"),
		"sending more": sending(again, handedBack(kept), map[string]string{"text": "x"}),
	} {
		if a := l.did(did); a.Type != callbackMessage || !strings.Contains(data(t, a).text(), "Nothing was saved") {
			t.Errorf("%s is answered with %+v", what, a)
		}
	}
}

func TestATextThatHasBecomeTooLongIsEditedAndNotSent(t *testing.T) {
	l := newLab(t)
	long := strings.TrimSpace(strings.Repeat("[a relative] ", 60)) // of 600 characters
	shown := offered(t, l, rewritten(long, "warn"))
	if _, offered := idOf(shown, "Use this"); offered || !strings.Contains(shown.text(), "longer than 600 characters") {
		t.Errorf("it shows %q", shown.text())
	}
	again := modalIn(t, l.did(pressOn(t, shown, "Edit")))
	if got := string(again.Components[0].Components[0].Value); got != long {
		t.Errorf("it opens with %d characters, want %d", len(got), len(long))
	}
	shown = offered(t, l, rewritten(strings.Repeat("[a relative]\n", 400), "warn"))
	if _, offered := idOf(shown, "Use this"); offered || len(shown.Embeds) != 1 || !strings.Contains(shown.text(), "too long to be shown here") {
		t.Errorf("it shows %+v", shown)
	}
	if again := modalIn(t, l.did(pressOn(t, shown, "Edit"))); again.Components[0].Components[0].Value != "" {
		t.Errorf("it opens with %+v", again)
	}
}

func TestWhatCannotBeThisPersonsDraftIsRefusedKindly(t *testing.T) {
	l := newLab(t)
	shown := offered(t, l, rewritten("May I tell [a relative]?", "warn"))
	for name, change := range map[string]func(press, on map[string]any){
		"somebody else presses it":       func(press, _ map[string]any) { press["member"] = memberOf(dana) },
		"it stands where all can see it": func(_, on map[string]any) { on["flags"] = 0 },
		"there is no message":            func(press, _ map[string]any) { press["message"] = nil },
		"its texts were taken away":      func(_, on map[string]any) { on["embeds"] = nil },
		"one text was taken away":        func(_, on map[string]any) { on["embeds"] = shown.Embeds[:2] },
		"there is a text too many":       func(_, on map[string]any) { on["embeds"] = append(shown.Embeds, shown.Embeds[1]) },
		"a text is empty":                func(_, on map[string]any) { on["embeds"] = []embed{{}, {Title: "Your question"}, shown.Embeds[2]} },
		"a text is none of ours": func(_, on map[string]any) {
			on["embeds"] = []embed{{}, {Description: "May I tell *Jane*?"}, shown.Embeds[2]}
		},
		"a text ends in half a sign": func(_, on map[string]any) {
			on["embeds"] = []embed{{}, {Description: `May I tell \`}, shown.Embeds[2]}
		},
		"its button says nothing": func(press, _ map[string]any) { press["data"] = map[string]any{"custom_id": idUse} },
		"its button names no press": func(press, _ map[string]any) {
			press["data"] = map[string]any{"custom_id": idEdit + ana + ":text,leaning:hello"}
		},
		"its button names one field twice": func(press, _ map[string]any) {
			press["data"] = map[string]any{"custom_id": idUse + ana + ":text,text:" + asking().Submit.String()}
		},
		"its button names a field of words": func(press, _ map[string]any) {
			press["data"] = map[string]any{"custom_id": idUse + ana + ":text,my leaning:" + asking().Submit.String()}
		},
		"its button uses nothing": func(press, on map[string]any) {
			press["data"] = map[string]any{"custom_id": idUse + ana + "::" + asking().Submit.String()}
			on["embeds"] = shown.Embeds[:1]
		},
	} {
		for _, label := range []string{"Use this", "Edit"} {
			on := handedBack(shown)
			press := pressOn(t, shown, label)
			press["message"] = on
			change(press, on)
			heard := len(l.bot.heard)
			a := l.did(press)
			if a.Type != callbackMessage || len(l.bot.heard) != heard || !strings.Contains(data(t, a).text(), "nothing was changed") {
				t.Errorf("%s, %s: answered %+v, the bot heard %d things", name, label, a, len(l.bot.heard)-heard)
			}
		}
	}
	if !strings.Contains(l.logged(), "reason=no_draft") {
		t.Error("the log says nothing of it")
	}
}

func TestAFormThatMayNotBeSentAnyMoreSaysSoInsteadOfOpening(t *testing.T) {
	l := newLab(t)
	shown := offered(t, l, rewritten("May I tell [a relative]?", "warn"))
	now := view("as it stands")
	l.bot.says(bot.Reply{View: &now, Version: 12, Reply: dialog.Reply{Notice: "Nothing is to be answered there any more."}})
	for _, label := range []string{"Use this", "Edit"} {
		if a := l.did(pressOn(t, shown, label)); a.Type != callbackUpdate || !strings.Contains(data(t, a).text(), "any more") {
			t.Errorf("%s is answered with %+v", label, a)
		}
	}
}

func TestAFormInAnswerToAFormIsOpenedByAButton(t *testing.T) {
	l := newLab(t)
	m := opened(t, l)
	a := l.did(sending(m, cardMessage(), nil)) // the bot still answers with the form
	shown := data(t, a)
	if a.Type != callbackMessage {
		t.Fatalf("answered %+v", shown)
	}
	other := newLab(t)
	other.bot.refuses("", nil)
	modalIn(t, other.did(pressOn(t, shown, "Ask the supervisor")))
}

func FuzzADraftIsReadBackAsItWasShown(f *testing.F) {
	f.Add("May I tell [a relative] *now*?", "warn\n- x\n1. y")
	f.Add(" \t\\ <@1> https://x \u200b", "\u00a0😀\\")
	f.Fuzz(func(t *testing.T, one, two string) {
		if !utf8.ValidString(one + two) {
			t.Skip()
		}
		form := rewritten(one, two)
		put := draft{user: ana, press: form.Submit}
		put.keep(*form)
		boxes, fit := put.boxes(*form)
		if !fit {
			return
		}
		m := newMessage()
		m.Embeds = append([]embed{{Description: "what is wrong"}}, boxes...)
		m.Components = []component{row(put.button(idEdit, stylePrimary, "Edit"))}
		keepsLimits(t, "draft", m)
		for i := range m.Embeds {
			m.Embeds[i].Description = strings.TrimSpace(m.Embeds[i].Description)
		}
		got, ok := draftUnder(interaction{
			Member:  &member{User: user{ID: ana}},
			Message: &received{Flags: flagEphemeral, Embeds: m.Embeds, Components: m.Components},
		})
		if !ok || !maps.Equal(got.texts, put.texts) || got.press.String() != form.Submit.String() {
			t.Fatalf("%q is read back as %+v", put.texts, got)
		}
		for _, text := range got.texts {
			if strings.ContainsAny(text, "\t\r\x00") || text != strings.TrimSpace(text) {
				t.Errorf("%q holds what Discord would take away", text)
			}
		}
	})
}

func FuzzWhateverStandsInAReplyIsADraftOrNone(f *testing.F) {
	f.Add(ana+":text:amber-heron-42:9:words:question", `May I tell \[a relative\]?`)
	f.Add("::", `\`)
	f.Add(ana+":text,leaning::0:x", "")
	f.Fuzz(func(t *testing.T, id, shown string) {
		got, ok := draftOn(interaction{
			Member:  &member{User: user{ID: ana}},
			Message: &received{Flags: flagEphemeral, Embeds: []embed{{}, {Description: shown}}},
		}, id)
		if !ok {
			return
		}
		if got.user != ana || len(got.fields) != 1 || escaped(got.texts[got.fields[0]]) != shown {
			t.Errorf("%q with %q is taken for %+v", id, shown, got)
		}
		if back, ok := parseDraft(strings.TrimPrefix(got.id(idUse), idUse)); !ok || back.id("") != got.id("") {
			t.Errorf("%q is read back as %+v", got.id(idUse), back)
		}
	})
}
