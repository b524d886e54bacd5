package adaptertest

import (
	"reflect"
	"strings"

	"curbside/bot"
	"curbside/dialog"
)

// What people do reaches the bot as what it means, and as nothing else.
var pressing = map[string]func(*scene){
	"a press reaches the bot with who, where and what": func(s *scene) {
		want := press(7, "answer", "victim", "yes.1_a-B")
		card := s.opens(asks(dialog.Button{Label: "Yes", Press: want}))
		s.As(Clinician).Press(card, "Yes")
		in := s.hears(1)
		if in.Kind != bot.Pressed || in.Press.String() != want.String() || in.From != s.Account(Clinician) || in.In != s.Home() {
			s.t.Errorf("got %+v", in)
		}
		if in.Word != "" || len(in.Form) != 0 {
			s.t.Errorf("a press brought words: %q, %v", in.Word, in.Form)
		}
	},
	"a press in a direct message comes from there": func(s *scene) {
		s.opens(says("the card"))
		s.arrives(s.to(Supervisor, dialog.Message, 1, asks(dialog.Button{Label: "Approve", Press: press(3, "approve")})))
		s.As(Supervisor).Press(s.inDirect(Supervisor, "Please choose."), "Approve")
		if in := s.hears(1); in.In != bot.DirectTo(s.Account(Supervisor)) || in.From != s.Account(Supervisor) {
			s.t.Errorf("from %+v in %+v", in.From, in.In)
		}
	},
	"the same press twice reaches the bot twice, under two ids": func(s *scene) {
		card := s.opens(asks(dialog.Button{Label: "Yes", Press: press(7, "answer")}))
		s.As(Clinician).Press(card, "Yes")
		first := s.hears(1)
		s.As(Clinician).Press(card, "Yes")
		second := s.hears(2)
		if first.ID == "" || first.ID == second.ID {
			s.t.Errorf("the ids are %q and %q", first.ID, second.ID)
		}
	},
	"a button that has to be confirmed asks first": func(s *scene) {
		question := "This pages the whole chain. Nothing has to wait for it."
		card := s.opens(asks(dialog.Button{Label: "Danger", Style: dialog.StyleDanger, Confirm: question, Press: press(1, "danger")}))
		asked := s.As(Clinician).Press(card, "Danger")
		if !strings.Contains(asked, question) {
			s.t.Errorf("asked %q, want %q", asked, question)
		}
		if in := s.hears(1); in.Press.Action != "danger" {
			s.t.Errorf("heard %+v", in.Press)
		}
	},
	"the command is heard, and of its words only those of the closed list": func(s *scene) {
		heard := 0
		for typed, want := range map[string]string{
			"": "", "list": "list", "help": "help", "duty": "duty", "Duty": "duty",
			"Jane Roe threatened her husband": "", "list Jane": "list", "Jane list": "",
		} {
			s.As(Clinician).Command(typed)
			heard++
			in := s.hears(heard)
			if in.Kind != bot.Command || in.Word != want || in.From != s.Account(Clinician) || in.In != s.Home() {
				s.t.Errorf("%q: got %+v, want the word %q", typed, in, want)
			}
			if !reflect.DeepEqual(in.Press, dialog.Press{}) || len(in.Form) != 0 {
				s.t.Errorf("%q: the command brought more: %+v", typed, in)
			}
		}
		for _, p := range Staff() {
			s.nowhere(p, "Jane")
			s.nowhere(p, "husband")
		}
	},
}

// What the bot replies is seen by the one who acted, at once.
var answering = map[string]func(*scene){
	"the reply to a press replaces what was pressed": func(s *scene) {
		card := s.opens(asks(dialog.Button{Label: "Yes", Press: press(1, "answer")}))
		next := says("second look")
		s.bot.replies(bot.Reply{View: &next})
		s.As(Clinician).Press(card, "Yes")
		if after := s.inThread(Clinician, "second look"); after.ID != card.ID {
			s.t.Errorf("the answer is message %q, want %q", after.ID, card.ID)
		}
		s.nowhere(Clinician, "Please choose.")
	},
	"a reply without a view leaves what was pressed alone": func(s *scene) {
		card := s.opens(asks(dialog.Button{Label: "Why?", Press: press(1, "why")}))
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Notice: "Because."}})
		s.As(Clinician).Press(card, "Why?")
		s.inPrivate(Clinician, "Because.")
		s.inThread(Clinician, "Please choose.")
	},
	"a private reply is seen by the one who pressed, and by nobody else": func(s *scene) {
		card := s.opens(asks(dialog.Button{Label: "Why?", Press: press(1, "why")}))
		private := says("the rule that needs it")
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Private: &private, Notice: "a private hint"}})
		s.As(Clinician).Press(card, "Why?")
		s.inPrivate(Clinician, "the rule that needs it")
		s.inPrivate(Clinician, "a private hint")
		for _, p := range []Person{Supervisor, Colleague, Stranger} {
			s.nowhere(p, "the rule that needs it")
			s.nowhere(p, "a private hint")
		}
	},
	"the reply to a command is private": func(s *scene) {
		private := says("your open consults")
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Private: &private}})
		s.As(Clinician).Command("list")
		s.inPrivate(Clinician, "your open consults")
		s.nowhere(Supervisor, "your open consults")
	},
	"a button in a private reply can be pressed": func(s *scene) {
		private := asks(dialog.Button{Label: "Open it", Press: press(4, "show")})
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Private: &private}})
		s.As(Clinician).Command("list")
		s.As(Clinician).Press(s.inPrivate(Clinician, "Please choose."), "Open it")
		if in := s.hears(2); in.Press.String() != press(4, "show").String() {
			s.t.Errorf("heard %+v", in)
		}
	},
	"a private reply goes when it has been answered": func(s *scene) {
		private, card := asks(dialog.Button{Label: "The minimum", Press: press(4, "told")}), says("the card")
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Private: &private}}, bot.Reply{View: &card})
		s.As(Clinician).Command("list")
		s.As(Clinician).Press(s.inPrivate(Clinician, "Please choose."), "The minimum")
		s.until("the private reply is gone", func() bool { return len(s.As(Clinician).Private()) == 0 })
	},
	"a private reply is followed by the next in its place": func(s *scene) {
		private, next := asks(dialog.Button{Label: "More", Press: press(4, "law")}), says("the second page")
		card := says("the card")
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Private: &private}}, bot.Reply{View: &card, Reply: dialog.Reply{Private: &next}})
		s.As(Clinician).Command("list")
		s.As(Clinician).Press(s.inPrivate(Clinician, "Please choose."), "More")
		s.inPrivate(Clinician, "the second page")
		if got := len(s.As(Clinician).Private()); got != 1 {
			s.t.Errorf("%d private replies, want the second alone", got)
		}
	},
	"a file in a reply arrives byte for byte, for the one who pressed alone": func(s *scene) {
		card := s.opens(asks(dialog.Button{Label: "My record", Press: press(1, "record")}))
		want := &dialog.File{Name: handle + ".md", Type: "text/markdown", Title: "Record", Content: []byte("# amber\r\n\x00\xff")}
		s.bot.replies(bot.Reply{Reply: dialog.Reply{File: want}})
		s.As(Clinician).Press(card, "My record")
		var got *File
		s.until("the file is there", func() bool {
			for _, m := range s.As(Clinician).Private() {
				if m.File != nil {
					got = m.File
				}
			}
			return got != nil
		})
		if got.Name != want.Name || string(got.Content) != string(want.Content) {
			s.t.Errorf("got %q as %q", got.Content, got.Name)
		}
		for _, m := range append(s.As(Supervisor).Private(), s.As(Supervisor).Thread(handle)...) {
			if m.File != nil {
				s.t.Error("the supervisor has the file too")
			}
		}
	},
}
