package adaptertest

import (
	"fmt"
	"strings"
	"time"

	"curbside/dialog"
)

// words are what stands in [everyBlock]: none may be lost, and none may stand
// on a lock screen.
var words = []string{
	"a plain paragraph", "an urgent step", "a good practice", "California", "where the client is",
	"the listed item", "You must", "protect the victim", "what the statute says", "an element that is met",
	"Civ. Code 43.92", "as of 2026-11-01", "who might be harmed", "a group or a place", "call the hotline",
	"the number on the card", "done by the clinician", "the written report", "open the thread",
}

// everyBlock is a view with every kind of block.
func everyBlock() dialog.View {
	change := &dialog.Button{Label: "Change", Press: press(1, "change", "place")}
	return dialog.View{
		Title: handle, Status: "Think through", Fallback: handle + ": changed",
		Blocks: []dialog.Block{
			dialog.Text{Text: "a plain paragraph"},
			dialog.Text{Tone: dialog.ToneUrgent, Text: "an urgent step"},
			dialog.Text{Tone: dialog.TonePractice, Text: "a good practice"},
			dialog.Pairs{Title: "Answered", Items: []dialog.Pair{{Label: "where the client is", Value: "California", Change: change}}},
			dialog.List{Title: "Steps", Ordered: true, Items: []string{"the listed item"}},
			dialog.Law{
				Effect: "You must", Kind: "must", Title: "protect the victim", Text: "what the statute says",
				Points: []string{"an element that is met"}, Citations: []string{"Civ. Code 43.92"}, Footer: "as of 2026-11-01",
			},
			dialog.Choices{ID: "victim", Prompt: "who might be harmed", Options: []dialog.Option{
				{Label: "a group or a place", Press: press(1, "answer", "victim", "group")},
				{Label: "a person", Press: press(1, "answer", "victim", "person")},
			}},
			dialog.Checklist{Title: "To do", Items: []dialog.CheckItem{
				{Label: "call the hotline", Detail: "the number on the card", Press: &dialog.Button{Label: "Did it", Press: press(1, "did", "call")}},
				{Label: "tell the client", Done: "done by the clinician"},
			}},
			dialog.Clock{Label: "the written report", Due: time.Date(2026, time.November, 23, 17, 0, 0, 0, time.UTC)},
			dialog.Pointer{Label: "open the thread", Handle: handle},
			dialog.Buttons{Items: []dialog.Button{{Label: "Why?", Press: press(1, "why")}}},
		},
	}
}

// readsAll demands that a person can read every word of [everyBlock].
func (s *scene) readsAll(p Person, m Message) {
	s.t.Helper()
	for _, want := range words {
		s.reads(p, m, want)
	}
}

// reads demands that a person can read a text in a message.
func (s *scene) reads(p Person, m Message, text string) {
	s.t.Helper()
	if !strings.Contains(s.As(p).Read(m), text) {
		s.t.Errorf("%s cannot read %q", p, text)
	}
}

// lacks demands that a text stands nowhere in a message.
func (s *scene) lacks(p Person, m Message, text string) {
	s.t.Helper()
	if strings.Contains(s.As(p).Read(m), text) {
		s.t.Errorf("%s reads %q", p, text)
	}
}

// Everything that is shown can be read, as it was written.
var reading = map[string]func(*scene){
	"nothing that a view says is lost": func(s *scene) {
		s.opens(says("the card"))
		s.arrives(s.to(Supervisor, dialog.Message, 1, everyBlock()))
		s.readsAll(Supervisor, s.inDirect(Supervisor, "a plain paragraph"))
	},
	"a view longer than any message loses no word of the law": func(s *scene) {
		view := dialog.View{Title: handle, Status: "Think through", Fallback: handle + ": changed"}
		var want []string
		for i := range 40 {
			law := dialog.Law{
				Effect: "You must", Kind: "must", Title: fmt.Sprintf("Duty number %02d", i),
				Text:      strings.Repeat(fmt.Sprintf("Sentence of duty %02d. ", i), 30) + fmt.Sprintf("Last words of duty %02d.", i),
				Points:    []string{fmt.Sprintf("Element of duty %02d", i)},
				Citations: []string{fmt.Sprintf("Code § %02d.92", i)}, Footer: fmt.Sprintf("As of day %02d", i),
			}
			want = append(want, law.Title, fmt.Sprintf("Last words of duty %02d.", i), law.Points[0], law.Citations[0], law.Footer)
			view.Blocks = append(view.Blocks, law)
		}
		view.Blocks = append(view.Blocks, dialog.Buttons{Items: []dialog.Button{{Label: "After all", Press: press(1, "next")}}})
		card := s.opens(view)
		text := s.As(Clinician).Read(card)
		for _, words := range want {
			if !strings.Contains(text, words) {
				s.t.Errorf("%q cannot be read", words)
			}
		}
		s.As(Clinician).Press(s.theCard(Clinician), "After all")
		if in := s.hears(1); in.Press.Action != "next" {
			s.t.Errorf("heard %+v", in.Press)
		}
	},
	"markup in a text is shown as it is and calls nobody": func(s *scene) {
		marked := "<!channel> <!here> @everyone @here <@U123|x> <#C1> *bold* _low_ ~no~ `code` # head > quote [x](https://example.test) <script>alert(1)</script> &amp; {{.}} \\*"
		v := says(marked)
		v.Blocks = append(v.Blocks,
			dialog.Law{Effect: "You may", Kind: "may", Title: "law " + marked, Text: "text " + marked, Points: []string{"point " + marked}, Citations: []string{"cited " + marked}, Footer: "foot " + marked},
			dialog.List{Items: []string{"item " + marked}},
			dialog.Pairs{Items: []dialog.Pair{{Label: "pair", Value: "value " + marked}}},
		)
		card := s.opens(v)
		text := s.As(Clinician).Read(card)
		for _, where := range []string{"", "law ", "text ", "point ", "cited ", "foot ", "item ", "value "} {
			if !strings.Contains(text, where+marked) {
				s.t.Errorf("%q is not shown as it was written in %q", where+marked, text)
			}
		}
		if now := s.theCard(Clinician); now.Loud || len(now.Pings) > 0 {
			s.t.Errorf("it calls %v, a whole channel: %v", now.Pings, now.Loud)
		}
	},
}
