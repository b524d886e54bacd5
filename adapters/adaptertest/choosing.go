package adaptertest

import (
	"fmt"
	"slices"

	"curbside/dialog"
)

// sixty is a question with more answers than any platform's list holds at once
// beside the others that a message has.
func sixty(multiple bool) dialog.View {
	c := dialog.Choices{ID: "place", Prompt: "Where is the client now?", Help: "The law of that place speaks.", Multiple: multiple}
	if multiple {
		c.Submit, c.Label = press(2, "answer", "place"), "Continue"
	}
	for i := range 60 {
		o := dialog.Option{Label: fmt.Sprintf("Place %02d", i)}
		if multiple {
			o.Value = fmt.Sprintf("p%02d", i)
		} else {
			o.Press = press(2, "answer", "place", fmt.Sprintf("p%02d", i))
		}
		c.Options = append(c.Options, o)
	}
	v := says("One question is open.")
	v.Blocks = append(v.Blocks, c)
	return v
}

// Every answer can be given.
var choosing = map[string]func(*scene){
	"each of few answers can be chosen": func(s *scene) {
		c := dialog.Choices{ID: "victim", Prompt: "Is it clear who might be harmed?"}
		for _, answer := range []string{"yes", "no", "unknown"} {
			c.Options = append(c.Options, dialog.Option{Label: "It is " + answer, Press: press(2, "answer", "victim", answer)})
		}
		v := says("One question is open.")
		v.Blocks = append(v.Blocks, c)
		card := s.opens(v)
		for i, answer := range []string{"unknown", "yes", "no"} {
			s.As(Clinician).Choose(card, "It is "+answer)
			if in := s.hears(i + 1); !slices.Equal(in.Press.Args, []string{"victim", answer}) {
				s.t.Errorf("choosing %s brought %v", answer, in.Press.Args)
			}
		}
	},
	"each of sixty answers can be chosen": func(s *scene) {
		card := s.opens(sixty(false))
		for n, i := range []int{0, 24, 25, 26, 59} {
			s.As(Clinician).Choose(card, fmt.Sprintf("Place %02d", i))
			want := []string{"place", fmt.Sprintf("p%02d", i)}
			if in := s.hears(n + 1); !slices.Equal(in.Press.Args, want) || in.Press.Version != 2 {
				s.t.Errorf("answer %d brought %+v", i, in.Press)
			}
		}
	},
	"several answers come back as the last arguments of the press": func(s *scene) {
		c := dialog.Choices{ID: "topics", Prompt: "What is it about?", Multiple: true, Submit: press(2, "topics", "t"), Label: "Continue"}
		for _, topic := range []string{"harm", "self", "child", "elder"} {
			c.Options = append(c.Options, dialog.Option{Label: "About " + topic, Value: topic})
		}
		v := says("One question is open.")
		v.Blocks = append(v.Blocks, c)
		card := s.opens(v)
		s.As(Clinician).Pick(card, "Continue", "About self", "About elder")
		in := s.hears(1)
		if in.Press.Action != "topics" || !sameSet(in.Press.Args, "t", "self", "elder") {
			s.t.Errorf("got %+v", in.Press)
		}
	},
	"several of sixty answers can be picked, wherever they are": func(s *scene) {
		card := s.opens(sixty(true))
		s.As(Clinician).Pick(card, "Continue", "Place 03", "Place 31", "Place 59")
		if in := s.hears(1); !sameSet(in.Press.Args, "place", "p03", "p31", "p59") {
			s.t.Errorf("got %+v", in.Press)
		}
	},
}

// sameSet reports whether got begins with first and holds the others after it,
// in any order.
func sameSet(got []string, first string, others ...string) bool {
	if len(got) == 0 || got[0] != first {
		return false
	}
	rest := slices.Sorted(slices.Values(got[1:]))
	slices.Sort(others)
	return slices.Equal(rest, others)
}
