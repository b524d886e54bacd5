package slackfake

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// encode writes blocks as a library does.
func encode(t *testing.T, blocks ...any) string {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func buttonOf(id, label, value string) map[string]any {
	return map[string]any{"type": "button", "action_id": id, "text": map[string]any{"type": "plain_text", "text": label}, "value": value}
}

func actionsOf(elements ...any) map[string]any {
	return map[string]any{"type": "actions", "elements": elements}
}

func optionsOf(n, length int) []any {
	var all []any
	for i := range n {
		all = append(all, map[string]any{"text": map[string]any{"type": "plain_text", "text": long(length)}, "value": fmt.Sprint("v", i)})
	}
	return all
}

func menuOf(kind string, options []any) map[string]any {
	return actionsOf(map[string]any{"type": kind, "action_id": "a", "options": options})
}

func sectionOf(kind, text string) map[string]any {
	return map[string]any{"type": "section", "text": map[string]any{"type": kind, "text": text}}
}

func repeat(n int, one func(i int) any) []any {
	var all []any
	for i := range n {
		all = append(all, one(i))
	}
	return all
}

func TestBlocksAreHeldToTheirLimits(t *testing.T) {
	s := workspace(t, Options{})
	confirmed := func(text string) map[string]any {
		p := func(s string) map[string]any { return map[string]any{"type": "plain_text", "text": s} }
		b := buttonOf("a", "Yes", "v")
		b["confirm"] = map[string]any{"title": p("Sure?"), "text": p(text), "confirm": p("Yes"), "deny": p("No")}
		return actionsOf(b)
	}
	for name, tt := range map[string]struct{ fits, breaks []any }{
		"fifty blocks, one more": {
			repeat(50, func(int) any { return map[string]any{"type": "divider"} }),
			repeat(51, func(int) any { return map[string]any{"type": "divider"} }),
		},
		"a section of 3000":            {[]any{sectionOf("plain_text", long(3000))}, []any{sectionOf("plain_text", long(3001))}},
		"an empty section":             {[]any{sectionOf("mrkdwn", "x")}, []any{sectionOf("mrkdwn", "")}},
		"an astral character is two":   {[]any{sectionOf("plain_text", strings.Repeat("🚨", 1500))}, []any{sectionOf("plain_text", strings.Repeat("🚨", 1501))}},
		"a kind of text that is none":  {[]any{sectionOf("mrkdwn", "x")}, []any{sectionOf("markdown", "x")}},
		"a header of 150":              {[]any{map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": long(150)}}}, []any{map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": long(151)}}}},
		"a header is plain":            {nil, []any{map[string]any{"type": "header", "text": map[string]any{"type": "mrkdwn", "text": "x"}}}},
		"ten fields":                   {[]any{map[string]any{"type": "section", "fields": repeat(10, func(int) any { return map[string]any{"type": "mrkdwn", "text": "x"} })}}, []any{map[string]any{"type": "section", "fields": repeat(11, func(int) any { return map[string]any{"type": "mrkdwn", "text": "x"} })}}},
		"ten in a context":             {[]any{map[string]any{"type": "context", "elements": repeat(10, func(int) any { return map[string]any{"type": "mrkdwn", "text": "x"} })}}, []any{map[string]any{"type": "context", "elements": repeat(11, func(int) any { return map[string]any{"type": "mrkdwn", "text": "x"} })}}},
		"25 actions":                   {[]any{actionsOf(repeat(25, func(i int) any { return buttonOf(fmt.Sprint(i), "x", "v") })...)}, []any{actionsOf(repeat(26, func(i int) any { return buttonOf(fmt.Sprint(i), "x", "v") })...)}},
		"a button of 75":               {[]any{actionsOf(buttonOf("a", long(75), "v"))}, []any{actionsOf(buttonOf("a", long(76), "v"))}},
		"a button's value of 2000":     {[]any{actionsOf(buttonOf("a", "x", long(2000)))}, []any{actionsOf(buttonOf("a", "x", long(2001)))}},
		"an action id of 255":          {[]any{actionsOf(buttonOf(long(255), "x", "v"))}, []any{actionsOf(buttonOf(long(256), "x", "v"))}},
		"an action id once in a block": {[]any{actionsOf(buttonOf("a", "x", "v")), actionsOf(buttonOf("a", "x", "v"))}, []any{actionsOf(buttonOf("a", "x", "v"), buttonOf("a", "y", "v"))}},
		"a block id once": {
			[]any{map[string]any{"type": "divider", "block_id": "a"}, map[string]any{"type": "divider", "block_id": "b"}},
			[]any{map[string]any{"type": "divider", "block_id": "a"}, map[string]any{"type": "divider", "block_id": "a"}},
		},
		"a hundred options":               {[]any{menuOf("static_select", optionsOf(100, 5))}, []any{menuOf("static_select", optionsOf(101, 5))}},
		"an option of 75":                 {[]any{menuOf("static_select", optionsOf(2, 75))}, []any{menuOf("static_select", optionsOf(2, 76))}},
		"no options":                      {nil, []any{menuOf("static_select", []any{})}},
		"an option twice":                 {nil, []any{menuOf("static_select", append(optionsOf(1, 5), optionsOf(1, 6)...))}},
		"ten radio buttons":               {[]any{menuOf("radio_buttons", optionsOf(10, 5))}, []any{menuOf("radio_buttons", optionsOf(11, 5))}},
		"ten checkboxes":                  {[]any{menuOf("checkboxes", optionsOf(10, 5))}, []any{menuOf("checkboxes", optionsOf(11, 5))}},
		"five in an overflow":             {[]any{menuOf("overflow", optionsOf(5, 5))}, []any{menuOf("overflow", optionsOf(6, 5))}},
		"a question of 300":               {[]any{confirmed(long(300))}, []any{confirmed(long(301))}},
		"a markdown block of 12,000":      {[]any{map[string]any{"type": "markdown", "text": long(12_000)}}, []any{map[string]any{"type": "markdown", "text": long(12_001)}}},
		"a property that is not Slack's":  {nil, []any{map[string]any{"type": "divider", "text": "x"}}},
		"a button with another's options": {nil, []any{actionsOf(map[string]any{"type": "button", "text": map[string]any{"type": "plain_text", "text": "x"}, "options": optionsOf(1, 5)})}},
		"a type that is not Slack's":      {nil, []any{map[string]any{"type": "panel"}}},
		"an initial option not offered": {nil, []any{actionsOf(map[string]any{
			"type": "static_select", "options": optionsOf(2, 5),
			"initial_option": map[string]any{"text": map[string]any{"type": "plain_text", "text": "other"}, "value": "v0"},
		})}},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.fits != nil {
				if code := post(t, s, encode(t, tt.fits...)); code != "" {
					t.Errorf("what fits is refused: %s", code)
				}
			}
			if code := post(t, s, encode(t, tt.breaks...)); code != "invalid_blocks" {
				t.Errorf("what does not fit got %q", code)
			}
		})
	}
	many := repeat(10, func(int) any { return sectionOf("plain_text", long(1400)) })
	if code := post(t, s, encode(t, many...)); code != "msg_blocks_too_long" {
		t.Errorf("14,000 characters in all got %q", code)
	}
}

func TestViewsAreHeldToTheirLimits(t *testing.T) {
	s := workspace(t, Options{})
	text := func(s string) map[string]any { return map[string]any{"type": "plain_text", "text": s} }
	modal := func(change func(map[string]any)) string {
		v := map[string]any{"type": "modal", "title": text("A title"), "submit": text("Send"), "blocks": []any{sectionOf("plain_text", "x")}}
		change(v)
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	input := map[string]any{"type": "input", "block_id": "q", "label": text("Question"), "element": map[string]any{"type": "plain_text_input", "action_id": "q"}}
	for name, tt := range map[string]struct {
		view string
		code string
	}{
		"a title of 24":             {modal(func(v map[string]any) { v["title"] = text(long(24)) }), ""},
		"a title of 25":             {modal(func(v map[string]any) { v["title"] = text(long(25)) }), "invalid_arguments"},
		"no title":                  {modal(func(v map[string]any) { delete(v, "title") }), "invalid_arguments"},
		"a button of 25":            {modal(func(v map[string]any) { v["submit"] = text(long(25)) }), "invalid_arguments"},
		"a form with its button":    {modal(func(v map[string]any) { v["blocks"] = []any{input} }), ""},
		"a form without its button": {modal(func(v map[string]any) { v["blocks"] = []any{input}; delete(v, "submit") }), "invalid_arguments"},
		"private metadata of 3000":  {modal(func(v map[string]any) { v["private_metadata"] = long(3000) }), ""},
		"private metadata of 3001":  {modal(func(v map[string]any) { v["private_metadata"] = long(3001) }), "invalid_arguments"},
		"a callback id of 256":      {modal(func(v map[string]any) { v["callback_id"] = long(256) }), "invalid_arguments"},
		"a hundred blocks": {modal(func(v map[string]any) {
			v["blocks"] = repeat(100, func(int) any { return map[string]any{"type": "divider"} })
		}), ""},
		"a hundred and one": {modal(func(v map[string]any) {
			v["blocks"] = repeat(101, func(int) any { return map[string]any{"type": "divider"} })
		}), "invalid_arguments"},
		"a markdown block": {modal(func(v map[string]any) { v["blocks"] = []any{map[string]any{"type": "markdown", "text": "x"}} }), "invalid_arguments"},
		"more than 250 KB": {modal(func(v map[string]any) {
			v["blocks"] = repeat(90, func(int) any { return sectionOf("plain_text", long(2990)) })
		}), "view_too_large"},
		"a home tab where one opens": {modal(func(v map[string]any) { v["type"] = "home" }), "invalid_arguments"},
		"a block id twice":           {modal(func(v map[string]any) { v["blocks"] = []any{input, input} }), "invalid_arguments"},
	} {
		t.Run(name, func(t *testing.T) {
			if code := openRaw(t, s, tt.view); code != tt.code {
				t.Errorf("got %q, want %q", code, tt.code)
			}
		})
	}
}

func TestATriggerOpensOneModalAndSoon(t *testing.T) {
	s := workspace(t, Options{})
	view := slack.ModalViewRequest{Type: slack.VTModal, Title: plainText("A title"), Blocks: slack.Blocks{BlockSet: []slack.Block{section("x")}}}
	open := func(id string) error {
		_, err := app(s).OpenView(id, view)
		return err
	}
	id := trig(s, dana)
	taken(t, open(id))
	refused(t, open(id), "exchanged_trigger_id")
	refused(t, open("made up"), "invalid_trigger_id")
	id = trig(s, dana)
	s.Advance(triggerLife * 2)
	refused(t, open(id), "expired_trigger_id")
	id = trig(s, dana)
	s.ExpireTriggers()
	refused(t, open(id), "expired_trigger_id")
	s.HurryTriggers(triggerLife * 2)
	refused(t, open(trig(s, dana)), "expired_trigger_id")
}

func TestTheStackOfModalsIsThreeHigh(t *testing.T) {
	s := workspace(t, Options{})
	view := slack.ModalViewRequest{Type: slack.VTModal, Title: plainText("A title"), Blocks: slack.Blocks{BlockSet: []slack.Block{section("x")}}}
	_, err := app(s).PushView(trig(s, dana), view)
	refused(t, err, "not_found")
	_, err = app(s).OpenView(trig(s, dana), view)
	taken(t, err)
	for range maxModals - 1 {
		_, err = app(s).PushView(trig(s, dana), view)
		taken(t, err)
	}
	_, err = app(s).PushView(trig(s, dana), view)
	refused(t, err, "push_limit_reached")
}

func TestAHashGuardsAView(t *testing.T) {
	s := workspace(t, Options{})
	view := slack.ModalViewRequest{Type: slack.VTModal, Title: plainText("A title"), Blocks: slack.Blocks{BlockSet: []slack.Block{section("x")}}}
	opened, err := app(s).OpenView(trig(s, dana), view)
	taken(t, err)
	changed, err := app(s).UpdateView(view, "", opened.Hash, opened.ID)
	taken(t, err)
	if changed.Hash == opened.Hash || changed.ID != opened.ID {
		t.Errorf("after an update: %s, %s; before: %s, %s", changed.ID, changed.Hash, opened.ID, opened.Hash)
	}
	_, err = app(s).UpdateView(view, "", opened.Hash, opened.ID)
	refused(t, err, "hash_conflict")
	_, err = app(s).UpdateView(view, "", "", "V0NONE")
	refused(t, err, "not_found")

	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{section("home")}}}
	first, err := app(s).PublishView(dana, home, "")
	taken(t, err)
	_, err = app(s).PublishView(dana, home, first.Hash)
	taken(t, err)
	_, err = app(s).PublishView(dana, home, first.Hash)
	refused(t, err, "hash_conflict")
	if v, ok := s.Home(dana); !ok || v.Readable() != "home" {
		t.Errorf("the home tab shows %q", v.Readable())
	}
	if _, ok := s.Home(sam); ok {
		t.Error("it shows for Sam too")
	}
}
