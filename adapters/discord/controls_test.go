package discord

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"curbside/dialog"
)

func buttons(n int) dialog.Buttons {
	var b dialog.Buttons
	for i := range n {
		b.Items = append(b.Items, dialog.Button{Label: fmt.Sprintf("Button %02d", i), Press: pressOf(1, "b", fmt.Sprint(i))})
	}
	return b
}

// pressable are the labels of all that can be pressed on some pages, in order.
func pressable(pages []message) []string {
	var labels []string
	for _, m := range pages {
		for _, r := range m.Components {
			for _, c := range r.Components {
				if c.Type == typeButton {
					labels = append(labels, c.Label)
				}
				for _, o := range c.Options {
					labels = append(labels, o.Label)
				}
			}
		}
	}
	return labels
}

func TestHoweverMuchThereIsToPressNothingIsLost(t *testing.T) {
	for _, n := range []int{0, 1, 5, 6, 24, 25, 26, 45, 46, 80, 130} {
		for _, answers := range []int{0, 3, 26, 130} {
			v := view("the card", buttons(n))
			q := dialog.Choices{ID: "q", Prompt: "Which?"}
			for i := range answers {
				q.Options = append(q.Options, dialog.Option{Label: fmt.Sprintf("Answer %03d", i), Press: pressOf(1, "a", fmt.Sprint(i))})
			}
			if answers > 0 {
				v.Blocks = append(v.Blocks, q)
			}
			pages := layoutForTests().pages(v)
			for _, m := range pages {
				keepsLimits(t, fmt.Sprintf("%d buttons, %d answers", n, answers), m)
			}
			labels := pressable(pages)
			slices.Sort(labels)
			if got := len(slices.Compact(labels)); got != n+answers {
				t.Errorf("%d buttons and %d answers: %d things can be pressed", n, answers, got)
			}
		}
	}
}

func TestWhatIsPressedInAHurryIsNeverInAList(t *testing.T) {
	v := view("the card", buttons(40))
	v.Blocks = append(v.Blocks, dialog.Buttons{Items: []dialog.Button{{Label: "Immediate danger", Style: dialog.StyleDanger, Press: pressOf(1, "danger")}}})
	l := layoutForTests()
	l.more = idMore + "x"
	first := l.pages(v)[0]
	for _, r := range first.Components {
		for _, c := range r.Components {
			if c.Label == "Immediate danger" && c.Style == styleDanger {
				return
			}
		}
	}
	t.Error("immediate danger is no button of the card")
}

func TestTheSameButtonStandsThereOnce(t *testing.T) {
	b := dialog.Button{Label: "Why?", Press: pressOf(1, "why")}
	m := layoutForTests().pages(view("the card", dialog.Buttons{Items: []dialog.Button{b, b}}, dialog.Buttons{Items: []dialog.Button{b}}))[0]
	keepsLimits(t, "card", m)
	if got := pressable([]message{m}); len(got) != 1 {
		t.Errorf("it stands there %d times", len(got))
	}
}

func TestAWayToAThreadThatIsNotKnownYetIsLookedUpWhenPressed(t *testing.T) {
	l := newLab(t)
	l.stub.threads = []channel{{ID: "700000000000000077", Name: "amber-heron-42", Type: channelPrivateThread, ParentID: channelID}}
	m := l.layout().pages(view("open", dialog.Pointer{Label: "Go to the consult", Handle: "amber-heron-42"}))[0]
	id, ok := idOf(m, "Go to the consult")
	if !ok {
		t.Fatal("there is no way")
	}
	shown := data(t, l.did(pressing(id, privateMessage())))
	if url := shown.Components[0].Components[0].URL; url != "https://discord.com/channels/"+guildID+"/700000000000000077" {
		t.Errorf("it leads to %q", url)
	}
	again := l.layout().pages(view("open", dialog.Pointer{Label: "Go to the consult", Handle: "amber-heron-42"}))[0]
	if !strings.Contains(again.text(), "[Go to the consult](https://discord.com/channels/"+guildID+"/700000000000000077)") {
		t.Errorf("once it is known it reads %q", again.text())
	}
}

func TestAnEffectSurvivesItsWayThroughAButton(t *testing.T) {
	for _, e := range []dialog.Effect{
		{Handle: "amber-heron-42", Version: 1, Index: 0, Kind: dialog.PostCard},
		{Handle: "amber-heron-42", Version: 4095, Index: 12, Kind: dialog.UpdateCard},
		{Handle: "amber-heron-42", Version: 7, Index: 1, Kind: dialog.PostNote, Code: "asked", Args: []string{"dana", "2"}},
		{Handle: "amber-heron-42", Version: 7, Index: 1, Kind: dialog.Message, To: "dana", Code: "answered", Args: []string{"1"}},
		{Handle: "amber-heron-42", Version: 7, Index: 2, Kind: dialog.EndPage, To: "dana"},
	} {
		id := moreID(e)
		back, ok := parseMore(strings.TrimPrefix(id, idMore))
		if !ok || back.ID() != e.ID() || back.Kind != e.Kind || back.To != e.To || back.Code != e.Code || !slices.Equal(back.Args, e.Args) {
			t.Errorf("%+v came back as %+v", e, back)
		}
	}
	long := dialog.Effect{Handle: "amber-heron-42", Kind: dialog.PostNote, Args: []string{strings.Repeat("x", 100)}}
	if id := moreID(long); id != "" {
		t.Errorf("an id of %d", len(id))
	}
}

func FuzzAnEffectIsReadOrRefused(f *testing.F) {
	f.Add("amber-heron-42:1:0:c")
	f.Fuzz(func(t *testing.T, text string) {
		if e, ok := parseMore(text); ok && (e.Handle == "" || e.Kind == "") {
			t.Errorf("%q became %+v", text, e)
		}
	})
}
