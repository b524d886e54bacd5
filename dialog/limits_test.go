package dialog

import (
	"slices"
	"testing"
	"unicode/utf8"

	"curbside/rules"
)

// The least of what any platform shows in one message (see the doc comments of
// the blocks): characters in all, and blocks.
const (
	mostCharacters = 12000
	mostBlocks     = 45
)

// withinLimits checks a view against what every adapter may rely on.
func withinLimits(t testing.TB, v View) {
	t.Helper()
	k := limits{t: t, pressed: map[string]string{}, ids: map[string]bool{}}
	k.most("title", v.Title, 120)
	k.most("status", v.Status, 150)
	k.most("fallback", v.Fallback, 150)
	if len(v.Blocks) > mostBlocks {
		t.Errorf("%d blocks, at most %d:\n%s", len(v.Blocks), mostBlocks, plain(v))
	}
	for _, b := range v.Blocks {
		k.block(b)
	}
	if n := utf8.RuneCountInString(plain(v)); n > mostCharacters {
		t.Errorf("%d characters, at most %d:\n%s", n, mostCharacters, plain(v))
	}
}

type limits struct {
	t       testing.TB
	pressed map[string]string
	ids     map[string]bool
}

func (k limits) most(what, s string, n int) {
	k.t.Helper()
	if utf8.RuneCountInString(s) > n {
		k.t.Errorf("%s of more than %d characters: %q", what, n, s)
	}
}

func (k limits) some(what, s string, n int) {
	k.t.Helper()
	if s == "" {
		k.t.Errorf("%s is empty", what)
	}
	k.most(what, s, n)
}

func (k limits) block(b Block) {
	k.t.Helper()
	switch x := b.(type) {
	case Text:
		k.some("text", x.Text, 2500)
	case Pairs:
		for _, p := range x.Items {
			k.some("label", p.Label, 75)
			k.some("value", p.Value, 1000)
			if p.Change != nil {
				k.button(*p.Change)
			}
		}
	case List:
		k.most("list title", x.Title, 150)
		for _, item := range x.Items {
			k.some("list item", item, 1500)
		}
	case Law:
		k.some("law title", x.Title, 120)
		k.some("law text", x.Text, 2500)
	case Choices:
		k.choices(x)
	case Buttons:
		if len(x.Items) == 0 {
			k.t.Error("a row without buttons")
		}
		for _, button := range x.Items {
			k.button(button)
		}
	case Checklist:
		k.some("checklist title", x.Title, 250)
		for _, item := range x.Items {
			k.some("task", item.Label, 200)
			k.most("detail", item.Detail, 700)
			if item.Press != nil {
				k.button(*item.Press)
			}
		}
	case Clock:
		k.some("clock", x.Label, 100)
	}
}

func (k limits) choices(x Choices) {
	k.t.Helper()
	if x.ID == "" || k.ids[x.ID] {
		k.t.Errorf("choices without an id of their own: %q", x.ID)
	}
	k.ids[x.ID] = true
	k.some("prompt", x.Prompt, 200)
	k.most("help", x.Help, 500)
	if len(x.Options) == 0 || len(x.Options) > 25 {
		k.t.Errorf("%d options for %q", len(x.Options), x.Prompt)
	}
	for _, o := range x.Options {
		k.some("option", o.Label, 70)
		k.most("option help", o.Help, 70)
		if x.Multiple {
			k.some("option value", o.Value, 75)
		} else {
			k.press(o.Label, o.Press)
		}
	}
	if x.Multiple {
		k.some("submit label", x.Label, 30)
		k.press("submit", x.Submit)
	}
}

func (k limits) button(b Button) {
	k.t.Helper()
	k.some("button", b.Label, 30)
	k.most("confirm", b.Confirm, 280)
	k.press(b.Label, b.Press)
}

// press checks that a press can be encoded, comes back, and is the only one of
// its kind on the view.
func (k limits) press(label string, p Press) {
	k.t.Helper()
	s := p.String()
	if len(s) > MaxPress {
		k.t.Errorf("the press of %q has %d bytes: %s", label, len(s), s)
	}
	back, err := ParsePress(s)
	if err != nil || back.String() != s {
		k.t.Errorf("the press of %q does not come back: %s", label, s)
	}
	if other, taken := k.pressed[s]; taken {
		k.t.Errorf("%q and %q are the same press: %s", label, other, s)
	}
	k.pressed[s] = label
	if atDesk := []Action{ActOpen, ActHome, ActDuty, ActHelp, ActCover, ActAsk, ActBack, ActTest, ActGot}; p.Handle == "" && slices.Contains(atDesk, p.Action) {
		return
	}
	if _, known := deeds(p.Action); !known {
		k.t.Errorf("%q presses an action that is not known: %s", label, p.Action)
	}
}

func TestEveryFormIsWithinTheLimits(t *testing.T) {
	for _, kind := range []NoteKind{NoteQuestion, NoteRationale, NoteCondition, NoteDecline, NoteInquiry} {
		f, _ := formOf(kind)
		k := limits{t: t}
		k.some("form title", f.Title, 24)
		k.some("form button", f.Label, 24)
		for _, field := range f.Fields {
			k.some("field label", field.Label, 45)
			k.some("field hint", field.Hint, 150)
			if field.MaxLength <= 0 || field.MaxLength > 3000 {
				t.Errorf("%s takes %d characters", kind, field.MaxLength)
			}
		}
	}
}

// Whatever a pack names its facts, rules and agencies, a press on them has to
// fit what the narrowest platform gives back.
func TestEveryCodeOfTheShippedBookFitsAPress(t *testing.T) {
	book := shipped(t)
	c := Consult{Handle: "abcdefgh-abcdefgh-999", Version: 36*36*36 - 1}
	fits := func(a Action, args ...string) {
		if s := c.press(a, args...).String(); len(s) > MaxPress {
			t.Errorf("%d bytes: %s", len(s), s)
		}
	}
	facts := func(all []rules.Fact) {
		for _, f := range all {
			fits(ActChange, string(SubjectOf(f.ID)))
			for _, o := range factOptions(&f) {
				fits(ActAnswer, string(f.ID), o.Value)
			}
		}
	}
	facts(book.Vocabulary().Facts)
	for _, j := range book.Jurisdictions() {
		for _, pack := range book.Packs(j) {
			facts(pack.Facts)
			for i := range pack.Rules {
				r := rules.RuleFinding{Rule: &pack.Rules[i], Jurisdiction: j, Discharge: pack.Rules[i].Discharge, Deadlines: pack.Rules[i].Deadlines}
				fits(ActDepart, string(r.Rule.ID), "counsel_advised")
				w := treeWalk{env: Env{Book: book}, rule: r, kind: groupDuty}
				list := []group{{options: [][]task{w.spread()}}}
				for _, g := range append(list, w.choices...) {
					for _, option := range g.options {
						for _, one := range option {
							fits(ActKept, string(one.id), "marked_by_mistake")
							fits(ActMore, string(one.action.ID), "danger_growing")
						}
					}
				}
			}
		}
	}
}
