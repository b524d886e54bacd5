package slack

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"curbside/bot"
	"curbside/dialog"
)

func plainSlack(t testing.TB) *Slack {
	t.Helper()
	s, err := New(Options{
		BotToken: func() string { return "xoxb-1" }, Team: "T0HARBOR", Channel: "C0CONSULTS", Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pressPayload is what Slack sends for a press on the card.
func pressPayload(change func(map[string]any)) []byte {
	p := map[string]any{
		"type": "block_actions", "trigger_id": "1.2.abc", "response_url": "https://hooks.slack.com/actions/T/1/x",
		"team": map[string]any{"id": "T0HARBOR"}, "enterprise": nil,
		"user":      map[string]any{"id": "U0DANA", "team_id": "T0HARBOR", "name": "dana"},
		"channel":   map[string]any{"id": "C0CONSULTS"},
		"container": map[string]any{"type": "message", "channel_id": "C0CONSULTS", "message_ts": "1700000000.000100"},
		"actions":   []any{map[string]any{"action_id": "press|1", "block_id": "card|buttons", "value": "amber-heron-42:7:answer:victim:yes"}},
	}
	if change != nil {
		change(p)
	}
	raw, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	return raw
}

func TestAPressIsReadFromWhatSlackVouchesFor(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(map[string]any)
		want   func(asked) bool
	}{
		"on the card": {nil, func(a asked) bool {
			return a.in.In == bot.Place{Platform: Name, Workspace: "T0HARBOR", Channel: "C0CONSULTS"} && a.in.From.User == "U0DANA" &&
				a.in.Press.String() == "amber-heron-42:7:answer:victim:yes" && a.on.mark == markCard
		}},
		"by somebody of another workspace": {
			func(p map[string]any) { p["user"] = map[string]any{"id": "U0EVE", "team_id": "T0OTHER"} },
			func(a asked) bool { return a.in.From.Workspace == "T0OTHER" },
		},
		"in an organisation": {
			func(p map[string]any) { p["enterprise"] = map[string]any{"id": "E0HARBOR"} },
			func(a asked) bool { return a.in.From.Workspace == "E0HARBOR/T0HARBOR" },
		},
		"in an organisation whose id stands for the workspace": {
			func(p map[string]any) {
				p["enterprise"] = map[string]any{"id": "E0HARBOR"}
				p["user"] = map[string]any{"id": "U0DANA", "team_id": "E0HARBOR"}
			},
			func(a asked) bool { return a.in.From.Workspace == "E0HARBOR/T0HARBOR" },
		},
		"in a direct message": {
			func(p map[string]any) {
				p["container"] = map[string]any{"channel_id": "D0SAM", "message_ts": "1700000000.000100"}
			},
			func(a asked) bool { return a.in.In == bot.DirectTo(a.in.From) },
		},
		"on a card that went on in a direct message": {
			func(p map[string]any) {
				p["container"] = map[string]any{"channel_id": "D0DANA", "message_ts": "1700000000.000100"}
				p["actions"] = []any{map[string]any{"action_id": "press|1", "block_id": "moved|buttons", "value": "amber-heron-42:7:go"}}
			},
			func(a asked) bool { return a.in.In.Channel == "C0CONSULTS" && !a.in.In.Direct },
		},
		"of an option": {
			func(p map[string]any) {
				p["actions"] = []any{map[string]any{"action_id": "choose|x", "block_id": "card|x", "selected_option": map[string]any{"value": "amber-heron-42:7:client:US-CA"}}}
			},
			func(a asked) bool { return a.sticky && slices.Equal(a.in.Press.Args, []string{"US-CA"}) },
		},
		"of the button beside a list that sends what stands there": {
			func(p map[string]any) {
				p["actions"] = []any{map[string]any{"action_id": "give|x", "block_id": "card|two", "value": "x"}}
				p["state"] = map[string]any{"values": map[string]any{
					"card|one": map[string]any{"choose|x": map[string]any{"selected_option": map[string]any{"value": "amber-heron-42:7:client:US-TX"}}},
					"card|two": map[string]any{"choose|x": map[string]any{"selected_option": map[string]any{"value": "amber-heron-42:7:client:US-CA"}}},
				}}
			},
			func(a asked) bool { return !a.sticky && !a.blank && slices.Equal(a.in.Press.Args, []string{"US-CA"}) },
		},
		"of the button beside a list in which nothing stands": {
			func(p map[string]any) {
				p["actions"] = []any{map[string]any{"action_id": "give|x", "block_id": "card|x", "value": "x"}}
				p["state"] = map[string]any{"values": map[string]any{"card|x": map[string]any{"choose|x": map[string]any{"selected_option": nil}}}}
			},
			func(a asked) bool { return a.blank && a.in.Press.Handle == "" },
		},
		"of a button that opens a form": {
			func(p map[string]any) {
				p["actions"] = []any{map[string]any{"action_id": "open|1", "block_id": "card|x", "value": "amber-heron-42:7:words"}}
			},
			func(a asked) bool { return a.opens },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, ok, err := plainSlack(t).decodeInteraction(pressPayload(tc.change))
			if err != nil || !ok || !tc.want(a) {
				t.Errorf("read %+v, %v, %v", a, ok, err)
			}
		})
	}
}

func TestWhatSlackCannotHaveSentIsMalformed(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(map[string]any){
		"a press of another program": func(p map[string]any) {
			p["actions"] = []any{map[string]any{"action_id": "press|1", "block_id": "card|x", "value": "DROP TABLE"}}
		},
		"nobody":        func(p map[string]any) { delete(p, "user") },
		"a user's name": func(p map[string]any) { p["user"] = map[string]any{"id": "Jane Roe", "team_id": "T0HARBOR"} },
		"no message": func(p map[string]any) {
			p["container"] = map[string]any{"channel_id": "C0CONSULTS", "message_ts": "now"}
		},
		"a page of nothing": func(p map[string]any) {
			p["actions"] = []any{map[string]any{"action_id": "more|1", "block_id": "card|x", "value": "{}"}}
		},
		"no action": func(p map[string]any) { p["actions"] = []any{} },
		"a picked value with words": func(p map[string]any) {
			p["actions"] = []any{map[string]any{"action_id": "send|q", "block_id": "card|x", "value": "amber-heron-42:7:topics"}}
			p["state"] = map[string]any{"values": map[string]any{"b": map[string]any{"pick|q": map[string]any{"selected_options": []any{map[string]any{"value": "Jane Roe"}}}}}}
		},
		"a list of another program": func(p map[string]any) {
			p["actions"] = []any{map[string]any{"action_id": "give|q", "block_id": "card|x", "value": "q"}}
			p["state"] = map[string]any{"values": map[string]any{"card|x": map[string]any{"choose|q": map[string]any{"selected_option": map[string]any{"value": "DROP TABLE"}}}}}
		},
		"a form of another program": func(p map[string]any) {
			p["type"], p["view"] = "view_submission", map[string]any{"id": "V1", "private_metadata": "{}"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if a, ok, err := plainSlack(t).decodeInteraction(pressPayload(change)); err == nil {
				t.Errorf("read %+v, %v", a, ok)
			} else if strings.Contains(err.Error(), "Jane") {
				t.Errorf("the error repeats it: %v", err)
			}
		})
	}
}

func TestABoxThatIsTickedAndALinkAskNothing(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"pick|topics", "link|1", "something else"} {
		_, ok, err := plainSlack(t).decodeInteraction(pressPayload(func(p map[string]any) {
			p["actions"] = []any{map[string]any{"action_id": id, "block_id": "card|x"}}
		}))
		if ok || err != nil {
			t.Errorf("%s: %v, %v", id, ok, err)
		}
	}
}

func TestTheIdOfAnInputSaysNothingAndIsTheSameAgain(t *testing.T) {
	t.Parallel()
	first, again, other := inputID("123.456.secret"), inputID("123.456.secret"), inputID("123.457.secret")
	if first != again || first == other || strings.Contains(first, "secret") {
		t.Errorf("got %s, %s and %s", first, again, other)
	}
}

func FuzzDecodeInteraction(f *testing.F) {
	f.Add(pressPayload(nil))
	f.Add(pressPayload(func(p map[string]any) {
		p["type"], p["view"] = "view_submission", map[string]any{
			"id": "V1", "private_metadata": `{"p":"amber-heron-42:7:words:question","c":"C0CONSULTS","t":"1700000000.000100"}`,
			"state": map[string]any{"values": map[string]any{"field|words": map[string]any{"text": map[string]any{"value": "may I?"}}}},
		}
	}))
	f.Add([]byte(`{"type":"view_closed"}`))
	s := plainSlack(f)
	f.Fuzz(func(t *testing.T, payload []byte) {
		a, ok, err := s.decodeInteraction(payload)
		if err != nil || !ok {
			return
		}
		if a.in.From.User == "" || a.in.From.Workspace == "" || a.in.ID == "" {
			t.Errorf("nobody did %+v", a.in)
		}
		if _, err := dialog.ParsePress(a.in.Press.String()); a.more == nil && err != nil && len(a.in.Press.String()) <= dialog.MaxPress {
			t.Errorf("a press that is none: %q", a.in.Press)
		}
	})
}

func FuzzDecodeCommand(f *testing.F) {
	f.Add("list Jane Roe", "U0DANA")
	f.Add("Jane Roe threatened", "U0DANA")
	s := plainSlack(f)
	f.Fuzz(func(t *testing.T, text, user string) {
		a, err := s.decodeCommand(command{TeamID: "T0HARBOR", UserID: user, ChannelID: "C0CONSULTS", Text: text})
		if err != nil {
			return
		}
		if bot.KnownWord(a.in.Word) != a.in.Word {
			t.Errorf("kept %q", a.in.Word)
		}
	})
}
