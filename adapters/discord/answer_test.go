package discord

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

func TestOfACommandOnlyOneKnownWordIsHeard(t *testing.T) {
	l := newLab(t)
	for typed, want := range map[string]string{"": "", "list": "list", "Duty": "duty", "list Jane": "list", "Jane Roe said": ""} {
		data := map[string]any{"name": "consult", "type": 1}
		if typed != "" {
			data["options"] = []map[string]any{{"name": "show", "type": 3, "value": typed}}
		}
		a := l.did(map[string]any{"type": interactionCommand, "data": data})
		in := l.bot.last(t)
		if in.Kind != bot.Command || in.Word != want || in.From != accountOf(ana) || in.In != l.home() {
			t.Errorf("%q: heard %+v", typed, in)
		}
		if a.Type != callbackMessage {
			t.Errorf("%q: answered with type %d, want a message", typed, a.Type)
		}
	}
	if strings.Contains(l.logged(), "Jane") {
		t.Error("what was typed stands in the log")
	}
}

func TestEveryReplyToACommandIsPrivate(t *testing.T) {
	l := newLab(t)
	private := view("for you alone")
	l.bot.says(bot.Reply{Reply: dialog.Reply{Private: &private}})
	a := l.did(map[string]any{"type": interactionCommand, "data": map[string]any{"name": "consult"}})
	m := data(t, a)
	if a.Type != callbackMessage || m.Flags != flagEphemeral || !strings.Contains(m.text(), "for you alone") {
		t.Errorf("answered %+v", a)
	}
	keepsLimits(t, "reply", m)
}

func TestWhatIsNotOfThePracticesServerIsRefused(t *testing.T) {
	command := map[string]any{"name": "consult"}
	for name, in := range map[string]map[string]any{
		"another server":                 {"type": 2, "data": command, "guild_id": "900000000000000099"},
		"installed by a person":          {"type": 2, "data": command, "authorizing_integration_owners": map[string]string{"1": ana}},
		"installed in another server":    {"type": 2, "data": command, "authorizing_integration_owners": map[string]string{"0": "900000000000000099"}},
		"another application":            {"type": 2, "data": command, "application_id": "1"},
		"nobody":                         {"type": 2, "data": command, "member": nil},
		"a command in direct messages":   {"type": 2, "data": command, "guild_id": nil, "context": 1, "member": nil, "user": map[string]string{"id": ana}, "authorizing_integration_owners": map[string]string{"0": "0"}},
		"direct messages between others": {"type": 3, "data": map[string]any{"custom_id": "amber-heron-42:1:a"}, "message": cardMessage(), "guild_id": nil, "context": 2, "member": nil, "user": map[string]string{"id": ana}, "authorizing_integration_owners": map[string]string{"0": "0"}},
		"a press by a person's own app":  {"type": 3, "data": map[string]any{"custom_id": "amber-heron-42:1:a"}, "message": cardMessage(), "guild_id": nil, "context": 1, "member": nil, "user": map[string]string{"id": ana}, "authorizing_integration_owners": map[string]string{"1": ana}},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			a := l.did(in)
			if len(l.bot.heard) > 0 {
				t.Errorf("the bot heard %+v", l.bot.heard)
			}
			if m := data(t, a); m.Flags&flagEphemeral == 0 || !strings.Contains(m.text(), "own server only") {
				t.Errorf("answered %+v", a)
			}
		})
	}
}

func TestAPressInAThreadComesFromItsChannel(t *testing.T) {
	l := newLab(t)
	in := pressing("amber-heron-42:7:a:victim:yes.1_a-B", cardMessage())
	in["channel_id"] = "700000000000000001"
	in["channel"] = map[string]any{"id": "700000000000000001", "type": channelPrivateThread, "parent_id": channelID, "name": "amber-heron-42"}
	l.did(in)
	heard := l.bot.last(t)
	if heard.Kind != bot.Pressed || heard.In != l.home() || heard.Press.String() != "amber-heron-42:7:a:victim:yes.1_a-B" || heard.ID == "" {
		t.Errorf("heard %+v", heard)
	}
}

func TestAPressInADirectMessageComesFromThere(t *testing.T) {
	l := newLab(t)
	in := pressing("amber-heron-42:7:seen:1", cardMessage())
	for k, v := range map[string]any{"guild_id": nil, "member": nil, "context": 1, "user": map[string]string{"id": dana}, "authorizing_integration_owners": map[string]string{"0": "0"}} {
		in[k] = v
	}
	l.did(in)
	if heard := l.bot.last(t); heard.In != bot.DirectTo(accountOf(dana)) || heard.From != accountOf(dana) {
		t.Errorf("heard %+v", heard)
	}
}

func TestTheReplyToAPressReplacesTheCardAndSaysTheRestInPrivate(t *testing.T) {
	l := newLab(t)
	next, private := view("second look"), view("only for you")
	file := &dialog.File{Name: "amber-heron-42.md", Type: "text/markdown", Content: []byte("# record")}
	l.bot.says(bot.Reply{View: &next, Version: 8, Reply: dialog.Reply{Private: &private, Notice: "a hint", File: file}})
	a := l.did(pressing("amber-heron-42:7:a", cardMessage()))
	m := data(t, a)
	if a.Type != callbackUpdate || !strings.Contains(m.text(), "second look") || m.Flags != 0 {
		t.Errorf("answered %+v", a)
	}
	path := "webhooks/" + application + "/interaction-token"
	until(t, "three more replies", func() bool { return len(l.stub.all(http.MethodPost, path)) == 3 })
	more := l.stub.all(http.MethodPost, path)
	for i, want := range []string{"only for you", "a hint", ""} {
		if m := more[i].message; m.Flags != flagEphemeral || !strings.Contains(m.text(), want) {
			t.Errorf("reply %d is %+v", i, m)
		}
	}
	if !strings.Contains(string(more[2].raw), "# record") || more[2].message.Attachments[0].Filename != "amber-heron-42.md" {
		t.Errorf("the file came as %s", more[2].raw)
	}
}

func TestAnOlderReplyNeverReplacesANewerCard(t *testing.T) {
	l := newLab(t)
	card := deliveryOf(dialog.UpdateCard, 1, 9, view("ninth look"))
	card.Ref = "700000000000000001/700000000000000999"
	if r := l.Deliver(t.Context(), card); r.Outcome != bot.Delivered {
		t.Fatalf("got %+v", r)
	}
	older := view("eighth look")
	l.bot.says(bot.Reply{View: &older, Version: 8, Reply: dialog.Reply{Notice: "done"}})
	if a := l.did(pressing("amber-heron-42:7:a", cardMessage())); a.Type != callbackMessage || strings.Contains(data(t, a).text(), "eighth") {
		t.Errorf("answered %+v", a)
	}
}

func TestACardThatAReplyHasCoveredIsPutRight(t *testing.T) {
	for name, c := range map[string]struct {
		now   string
		fails int // how often Discord answers the edit with 500
		edits int
	}{
		"somebody else was faster": {"ninth look", 0, 1},
		"it shows what stands":     {"eighth look", 0, 0},
		"Discord fails twice":      {"ninth look", 2, 3},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			l.settleAfter = time.Millisecond
			fails := c.fails
			l.stub.refuses(func(method, _ string) (int, string) {
				if method != http.MethodPatch || fails == 0 {
					return 0, ""
				}
				fails--
				return http.StatusInternalServerError, ""
			})
			next := view("eighth look", dialog.Buttons{Items: []dialog.Button{{Label: "On", Press: pressOf(8, "go")}}})
			now := view(c.now, dialog.Buttons{Items: []dialog.Button{{Label: "On", Press: pressOf(8, "go")}}})
			l.bot.show["amber-heron-42"] = now
			l.bot.says(bot.Reply{View: &next, Version: 8})
			in := pressing("amber-heron-42:7:a", cardMessage())
			in["channel_id"] = "700000000000000001"
			l.did(in)
			l.late.Wait()
			edits := l.stub.all(http.MethodPatch, "channels/700000000000000001/messages/700000000000000999")
			if len(edits) != c.edits || c.edits > 0 && !strings.Contains(edits[0].message.text(), c.now) {
				t.Errorf("%d edits, want %d", len(edits), c.edits)
			}
		})
	}
}

// Who picks answers one private reply further on never presses the card again.
func TestACardOnWhichSomebodyPicksIsPutRight(t *testing.T) {
	for name, c := range map[string]struct{ now, edits int }{
		"it is older than what stands": {now: 9, edits: 1},
		"it shows what stands":         {now: 7, edits: 0},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			l.settleAfter = time.Millisecond
			l.bot.show["amber-heron-42"] = view("what stands", dialog.Buttons{Items: []dialog.Button{{Label: "On", Press: pressOf(uint64(c.now), "go")}}})
			card := cardMessage()
			card["components"] = []any{
				map[string]any{"type": 1, "components": []any{map[string]any{
					"type": 3, "custom_id": "*0amber-heron-42:7:topics",
					"options": []any{map[string]any{"label": "Harm to others", "value": "harm"}},
				}}},
				map[string]any{"type": 1, "components": []any{
					map[string]any{"type": 2, "style": 1, "label": "Go on", "custom_id": "!amber-heron-42:7:topics"},
					map[string]any{"type": 2, "style": 1, "label": "Danger", "custom_id": "amber-heron-42:7:danger"},
				}},
			}
			in := pressing("*0amber-heron-42:7:topics", card)
			in["channel_id"] = "700000000000000001"
			in["data"].(map[string]any)["values"] = []any{"harm"}
			if a := l.did(in); a.Type != callbackMessage {
				t.Errorf("answered %+v", a)
			}
			l.late.Wait()
			if edits := l.stub.all(http.MethodPatch, "channels/700000000000000001/messages/700000000000000999"); len(edits) != c.edits {
				t.Errorf("%d edits, want %d", len(edits), c.edits)
			}
		})
	}
}

func TestAPrivateReplyThatWasPressedGoesOrIsFollowed(t *testing.T) {
	card, next := view("the card"), view("the next page")
	for name, c := range map[string]struct {
		press string
		reply bot.Reply
		want  int
		text  string
	}{
		"it goes":                             {"amber-heron-42:7:told", bot.Reply{View: &card}, callbackLaterUpdate, ""},
		"the next takes its place":            {"amber-heron-42:7:law", bot.Reply{View: &card, Reply: dialog.Reply{Private: &next}}, callbackUpdate, "the next page"},
		"a hint takes its place":              {"amber-heron-42:7:told", bot.Reply{View: &card, Reply: dialog.Reply{Notice: "a hint"}}, callbackUpdate, "a hint"},
		"a hint alone leaves it":              {"amber-heron-42:7:told", bot.Reply{Reply: dialog.Reply{Notice: "a hint"}}, callbackMessage, "a hint"},
		"a home is shown anew":                {":0:home", bot.Reply{View: &next}, callbackUpdate, "the next page"},
		"what is shown there, without a card": {"amber-heron-42:7:law", bot.Reply{Reply: dialog.Reply{Private: &next}}, callbackUpdate, "the next page"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			l.bot.says(c.reply)
			a := l.did(pressing(c.press, privateMessage()))
			if a.Type != c.want || !strings.Contains(data(t, a).text(), c.text) {
				t.Errorf("answered %+v", a)
			}
			if c.text == "" {
				l.stub.one(http.MethodDelete, "webhooks/"+application+"/interaction-token/messages/@original")
			}
		})
	}
}

func TestASlowAnswerIsAnnouncedAndComesLater(t *testing.T) {
	release := make(chan struct{})
	l := newLab(t, func(o *Options) { o.Patience = 10 * time.Millisecond })
	next := view("second look")
	l.bot.answers(func(bot.Inbound) bot.Reply {
		<-release
		return bot.Reply{View: &next, Reply: dialog.Reply{Notice: "a hint"}}
	})
	a := l.did(pressing("amber-heron-42:7:a", cardMessage()))
	close(release)
	if a.Type != callbackLaterUpdate {
		t.Errorf("announced with type %d", a.Type)
	}
	path := "webhooks/" + application + "/interaction-token"
	if m := l.stub.one(http.MethodPatch, path+"/messages/@original").message; !strings.Contains(m.text(), "second look") {
		t.Errorf("the card became %+v", m)
	}
	if m := l.stub.one(http.MethodPost, path).message; m.Flags != flagEphemeral || !strings.Contains(m.text(), "a hint") {
		t.Errorf("the hint came as %+v", m)
	}
}

func TestASlowCommandIsAnsweredInItsOwnReply(t *testing.T) {
	release := make(chan struct{})
	l := newLab(t, func(o *Options) { o.Patience = 10 * time.Millisecond })
	private := view("your consults")
	l.bot.answers(func(bot.Inbound) bot.Reply {
		<-release
		return bot.Reply{Reply: dialog.Reply{Private: &private}}
	})
	a := l.did(map[string]any{"type": interactionCommand, "data": map[string]any{"name": "consult"}})
	close(release)
	if a.Type != callbackLaterMessage || data(t, a).Flags != flagEphemeral {
		t.Errorf("announced with %+v", a)
	}
	if m := l.stub.one(http.MethodPatch, "webhooks/"+application+"/interaction-token/messages/@original").message; !strings.Contains(m.text(), "your consults") {
		t.Errorf("it became %+v", m)
	}
}

func TestAReplyThatDiscordDoesNotKnowYetIsSentAgain(t *testing.T) {
	l := newLab(t)
	refusals := 0
	l.stub.refuses(func(_, path string) (int, string) {
		if strings.HasPrefix(path, "webhooks/") && refusals < 2 {
			refusals++
			return http.StatusNotFound, refused(404, codeUnknownWebhook)
		}
		return 0, ""
	})
	next := view("second look")
	l.bot.says(bot.Reply{View: &next, Reply: dialog.Reply{Notice: "a hint"}})
	l.did(pressing("amber-heron-42:7:a", cardMessage()))
	until(t, "the third try", func() bool { return len(l.stub.all(http.MethodPost, "webhooks/")) == 3 })
}

func TestABotThatPanicsIsAnsweredForAndLeavesNoWords(t *testing.T) {
	l := newLab(t)
	l.bot.answers(func(bot.Inbound) bot.Reply { panic("Jane Roe") })
	a := l.did(pressing("amber-heron-42:7:a", cardMessage()))
	if m := data(t, a); !strings.Contains(m.text(), "Please press again") {
		t.Errorf("answered %+v", m)
	}
	if log := l.logged(); strings.Contains(log, "Jane") || !strings.Contains(log, "recovered") {
		t.Errorf("the log says %s", log)
	}
}

func TestAButtonThatHasToBeConfirmedAsksFirst(t *testing.T) {
	l := newLab(t)
	button := dialog.Button{Label: "Danger", Confirm: "This pages everybody.", Style: dialog.StyleDanger, Press: pressOf(1, "danger")}
	card := deliveryOf(dialog.PostCard, 0, 1, view("the card", dialog.Buttons{Items: []dialog.Button{button}}))
	l.Deliver(t.Context(), card)
	posted := l.stub.one(http.MethodPost, "channels/700000000000000002/messages").message
	id, ok := idOf(posted, "Danger")
	if !ok || id != idConfirm+"amber-heron-42:1:danger" {
		t.Fatalf("the button is %q", id)
	}
	asked := data(t, l.did(pressing(id, cardMessage(posted.Components...))))
	if len(l.bot.heard) > 0 || !strings.Contains(asked.text(), "This pages everybody.") || asked.Flags != flagEphemeral {
		t.Fatalf("asked %+v", asked)
	}
	keepsLimits(t, "question", asked)
	yes, _ := idOf(asked, "Danger")
	l.did(pressing(yes, privateMessage(asked.Components...)))
	if l.bot.last(t).Press.Action != "danger" {
		t.Errorf("heard %+v", l.bot.last(t))
	}
	leave, _ := idOf(asked, "Leave it")
	if a := l.did(pressing(leave, privateMessage(asked.Components...))); a.Type != callbackLaterUpdate {
		t.Errorf("leaving it is answered with type %d", a.Type)
	}
	after := newLab(t) // restarted: the words are gone, the button is not
	if m := data(t, after.did(pressing(id, cardMessage(posted.Components...)))); !strings.Contains(m.text(), "Danger: is that what you mean?") {
		t.Errorf("after a restart it asks %q", m.text())
	}
}

func sixtyAnswers() dialog.Choices {
	q := dialog.Choices{ID: "place", Prompt: "Where?", Multiple: true, Submit: pressOf(2, "topics"), Label: "Continue"}
	for i := range 60 {
		q.Options = append(q.Options, dialog.Option{Label: "Place " + string(rune('A'+i%26)) + string(rune('a'+i/26)), Value: "p" + string(rune('a'+i%26)) + string(rune('a'+i/26))})
	}
	return q
}

func TestSeveralOfSixtyAnswersArePickedInPrivateAndSentTogether(t *testing.T) {
	l := newLab(t)
	card := l.layout().pages(view("the card", sixtyAnswers()))[0]
	keepsLimits(t, "card", card)
	lists := card.Components
	a := l.did(pressing(lists[0].Components[0].CustomID, cardMessage(lists...), "paa", "pca"))
	first := data(t, a)
	if a.Type != callbackMessage || first.Flags != flagEphemeral || len(l.bot.heard) > 0 {
		t.Fatalf("picking on the card is answered with %+v", a)
	}
	keepsLimits(t, "picking", first)
	second := l.did(pressing(first.Components[2].Components[0].CustomID, privateMessage(first.Components...), "phc"))
	if second.Type != callbackUpdate {
		t.Fatalf("picking more is answered with %+v", second)
	}
	if raw, _ := json.Marshal(second.Data); strings.Contains(string(raw), `"embeds"`) {
		t.Error("picking more wipes the text above")
	}
	now := data(t, second)
	send, _ := idOf(now, "Continue")
	l.did(pressing(send, privateMessage(now.Components...)))
	in := l.bot.last(t)
	slices.Sort(in.Press.Args)
	if in.Press.Action != "topics" || !slices.Equal(in.Press.Args, []string{"paa", "pca", "phc"}) {
		t.Errorf("heard %+v", in.Press)
	}
}

func TestSendingWithoutAPickOnTheCardOpensThePicking(t *testing.T) {
	l := newLab(t)
	card := l.layout().pages(view("the card", sixtyAnswers()))[0]
	send, _ := idOf(card, "Continue")
	if m := data(t, l.did(pressing(send, cardMessage(card.Components...)))); len(l.bot.heard) > 0 || len(m.Components) != 4 {
		t.Errorf("answered %+v", m)
	}
}

func TestAnAnswerFromAListIsAPress(t *testing.T) {
	l := newLab(t)
	q := dialog.Choices{ID: "place", Prompt: "Where?"}
	for _, place := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		q.Options = append(q.Options, dialog.Option{Label: "Place " + place, Press: pressOf(2, "a", "place", place)})
	}
	card := l.layout().pages(view("the card", q))[0]
	id, _ := idOf(card, "Place f")
	l.did(pressing(card.Components[0].Components[0].CustomID, cardMessage(card.Components...), id))
	if in := l.bot.last(t); !slices.Equal(in.Press.Args, []string{"place", "f"}) {
		t.Errorf("heard %+v", in.Press)
	}
}

func TestWhatDoesNotFitIsReadOnInPrivate(t *testing.T) {
	l := newLab(t)
	long := view("the card")
	for range 40 {
		long.Blocks = append(long.Blocks, dialog.Law{Effect: "You must", Kind: "must", Title: "a duty", Text: strings.Repeat("A sentence of the law. ", 30)})
	}
	long.Blocks = append(long.Blocks, dialog.Text{Text: "the very last words"})
	l.bot.show["amber-heron-42"] = long
	l.Deliver(t.Context(), deliveryOf(dialog.PostCard, 0, 1, long))
	posted := l.stub.one(http.MethodPost, "channels/700000000000000002/messages").message
	keepsLimits(t, "card", posted)
	last := posted.Components[len(posted.Components)-1].Components[0]
	if !strings.HasPrefix(last.Label, "Read on") {
		t.Fatalf("the last button is %q", last.Label)
	}
	stranger := pressing(last.CustomID, cardMessage(posted.Components...))
	stranger["member"] = memberOf(mallory)
	if m := data(t, l.did(stranger)); strings.Contains(m.text(), "law") {
		t.Error("a stranger reads on")
	}
	a := l.did(pressing(last.CustomID, cardMessage(posted.Components...)))
	all := posted.text() + data(t, a).text()
	until(t, "the last page", func() bool {
		more := l.stub.all(http.MethodPost, "webhooks/")
		return len(more) > 0 && strings.Contains(more[len(more)-1].message.text(), "the very last words")
	})
	for _, m := range l.stub.all(http.MethodPost, "webhooks/") {
		keepsLimits(t, "page", m.message)
		all += m.message.text()
	}
	if n := strings.Count(all, "a duty"); n != 40 {
		t.Errorf("%d duties can be read, want 40", n)
	}
}

func TestNewerAndStrangeComponentsAreAnsweredCalmly(t *testing.T) {
	for name, in := range map[string]map[string]any{
		"a modal of labels": {"type": 5, "data": map[string]any{"custom_id": "amber-heron-42:9:words", "components": []any{
			map[string]any{"type": 18, "component": map[string]any{"type": 4, "custom_id": "text", "value": "may I?"}},
			map[string]any{"type": 18, "component": map[string]any{"type": 22, "custom_id": "boxes", "values": []string{"a"}, "value": true}},
		}}},
		"a button of another program": pressing("whatever/42", cardMessage()),
		"a list without a value":      pressing(idList+"x", cardMessage()),
		"a list with two values":      pressing(idList+"x", cardMessage(), "a", "b"),
		"picks without a press":       pressing(idPicks, cardMessage()),
		"picks of nothing":            pressing(idPicks+"0nonsense", cardMessage()),
		"a draft that never was":      pressing(idEdit+"x", privateMessage()),
		"more of nothing":             pressing(idMore+"::", cardMessage()),
		"an unknown type":             {"type": 99, "data": map[string]any{}},
		"a command of another name":   {"type": 2, "data": map[string]any{"name": "delete"}},
		"autocomplete":                {"type": 4, "data": map[string]any{"name": "consult"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			l.did(in)
			if name == "a modal of labels" && l.bot.last(t).Form["text"] != "may I?" {
				t.Errorf("heard %+v", l.bot.last(t))
			}
			if strings.Contains(l.logged(), "recovered") {
				t.Error("it panicked on the way")
			}
		})
	}
}

func FuzzInteractionsNeverPanic(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":5,"application_id":"800000000000000001","guild_id":"900000000000000001","member":{"user":{"id":"1"},"permissions":"1024"},"data":{"custom_id":"a:1:b","components":[{"type":18,"component":{"type":4,"custom_id":"x","value":7}}]}}`))
	f.Add([]byte(`{"id":"1","type":3,"application_id":"800000000000000001","guild_id":"900000000000000001","member":{"user":{"id":"1"},"permissions":"1024"},"message":{"id":"2","components":[{"type":1,"components":[{"custom_id":"*"}]}]},"data":{"custom_id":"*0a:1:b"}}`))
	l := newLab(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := decodeInteraction(raw)
		if err != nil {
			return
		}
		if a := l.take(t.Context(), l.bot, in); a.kind == answerPrivate {
			keepsLimits(t, "answer", a.message)
		}
		if strings.Contains(l.logged(), "recovered") {
			t.Fatal("it panicked on the way")
		}
	})
}
