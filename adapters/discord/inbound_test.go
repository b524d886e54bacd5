package discord

import (
	"strings"
	"testing"
)

func TestWhoCannotSeeThePlaceIsRefusedInPrivate(t *testing.T) {
	command := map[string]any{"type": 2, "data": map[string]any{"name": "consult"}}
	form := map[string]any{"type": 5, "data": map[string]any{"custom_id": "amber-heron-42:1:ask:q"}}
	for name, c := range map[string]struct {
		in          map[string]any
		permissions any
		heard       bool
	}{
		"a press by who sees the channel":         {pressing("amber-heron-42:7:a", cardMessage()), "1024", true},
		"a press by an administrator":             {pressing("amber-heron-42:7:a", cardMessage()), "8", true},
		"a press by who may do all else":          {pressing("amber-heron-42:7:a", cardMessage()), "4294966263", false},
		"a press by who may do nothing":           {pressing("amber-heron-42:7:a", cardMessage()), "0", false},
		"a press of which Discord does not say":   {pressing("amber-heron-42:7:a", cardMessage()), nil, false},
		"a press with permissions of no number":   {pressing("amber-heron-42:7:a", cardMessage()), []any{"1024"}, false},
		"the command by who sees the channel":     {command, "1024", true},
		"the command by who does not see it":      {command, "0", false},
		"a form by who does not see the channel":  {form, "0", false},
		"a form by who sees the channel it is of": {form, "1024", true},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			who := memberOf(ana)
			who["permissions"] = c.permissions
			c.in["member"] = who
			a := l.did(c.in)
			if got := len(l.bot.heard) > 0; got != c.heard {
				t.Errorf("the bot heard %+v", l.bot.heard)
			}
			if c.heard {
				return
			}
			if m := data(t, a); m.Flags&flagEphemeral == 0 || !strings.Contains(m.text(), "can no longer see this channel") {
				t.Errorf("answered %+v", a)
			}
			if !strings.Contains(l.logged(), "reason=no_access") {
				t.Errorf("the log says %s", l.logged())
			}
		})
	}
}

func TestWhatIsOfAnotherTypeThanDocumentedIsAnsweredAndNotHandedOn(t *testing.T) {
	for name, sent := range map[string]map[string]any{
		"a value that is a number":     {"custom_id": idList + "1", "values": []any{"amber-heron-42:7:a", 7}},
		"an id that is an object":      {"custom_id": map[string]any{}},
		"components that are a text":   {"custom_id": "amber-heron-42:7:a", "components": "none"},
		"data that is a list of lists": nil,
	} {
		t.Run(name, func(t *testing.T) {
			for _, kind := range []int{interactionPress, interactionSubmit} {
				l := newLab(t)
				in := map[string]any{"type": kind, "message": cardMessage(), "data": any(sent)}
				if sent == nil {
					in["data"] = []any{[]any{1}}
				}
				a := l.did(in)
				if len(l.bot.heard) > 0 {
					t.Errorf("the bot heard %+v", l.bot.heard)
				}
				if m := data(t, a); m.Flags&flagEphemeral == 0 || !strings.Contains(m.text(), "Nothing was changed") {
					t.Errorf("answered %+v", a)
				}
				if !strings.Contains(l.logged(), "reason=garbled") {
					t.Errorf("the log says %s", l.logged())
				}
			}
		})
	}
}
