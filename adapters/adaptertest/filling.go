package adaptertest

import (
	"maps"

	"curbside/bot"
	"curbside/dialog"
)

// question is a form with two fields.
func question() *dialog.Form {
	return &dialog.Form{
		Title: "Ask the supervisor", Intro: "No names, dates or places.", Label: "Send",
		Submit: press(9, "ask", "question"),
		Fields: []dialog.Field{
			{ID: "question", Label: "Your question", Hint: "What would help you decide?", Multiline: true, Required: true, MaxLength: 500},
			{ID: "leaning", Label: "Your own leaning", Value: "not sure yet", MaxLength: 80},
		},
	}
}

// asked opens the form of the card as the clinician.
func (s *scene) asked() {
	s.t.Helper()
	card := s.opens(asks(dialog.Button{Label: "Ask", Press: press(9, "ask"), Opens: true}))
	s.bot.replies(bot.Reply{Reply: dialog.Reply{Form: question()}})
	s.As(Clinician).Press(card, "Ask")
	s.until("the form is open", func() bool { _, open := s.As(Clinician).Form(); return open })
}

// Forms open, refuse, keep what was typed, and give back what was sent.
var filling = map[string]func(*scene){
	"a form opens on a press, with its fields and their values": func(s *scene) {
		s.asked()
		form, _ := s.As(Clinician).Form()
		if form.Title != "Ask the supervisor" || len(form.Fields) != 2 {
			s.t.Fatalf("got %+v", form)
		}
		if f := form.Fields[0]; f.ID != "question" || f.Label != "Your question" || f.Value != "" || f.Fault != "" {
			s.t.Errorf("the first field is %+v", f)
		}
		if f := form.Fields[1]; f.ID != "leaning" || f.Value != "not sure yet" {
			s.t.Errorf("the second field is %+v", f)
		}
		if _, open := s.As(Supervisor).Form(); open {
			s.t.Error("it opened for the supervisor as well")
		}
	},
	"what is sent comes back as the form's press and its fields": func(s *scene) {
		s.asked()
		sent := map[dialog.FieldID]string{"question": "Two lines:\nmay I, <must> I & \"when\"?", "leaning": "warn – größer"}
		s.bot.replies(bot.Reply{})
		s.As(Clinician).Submit(sent)
		in := s.hears(2)
		if in.Kind != bot.Submit || in.Press.String() != question().Submit.String() || in.From != s.Account(Clinician) {
			s.t.Errorf("got %+v", in)
		}
		if !maps.Equal(in.Form, sent) {
			s.t.Errorf("got %q, want %q", in.Form, sent)
		}
		s.until("the form is closed", func() bool { _, open := s.As(Clinician).Form(); return !open })
	},
	"a refused form is there again with what was typed, or with what would be kept of it": func(s *scene) {
		const typed, kept = "May I tell Jane?", "May I tell [a relative]?"
		s.asked()
		rewrite := question()
		rewrite.Fields[0].Value, rewrite.Fields[1].Value = kept, "warn"
		s.bot.answers(func(in bot.Inbound) bot.Reply {
			if in.Kind != bot.Submit { // a platform that has closed the form asks for it again
				return bot.Reply{Reply: dialog.Reply{Form: question()}}
			}
			return bot.Reply{Reply: dialog.Reply{FieldErrors: map[dialog.FieldID]string{"question": "This names a person."}, Rewrite: rewrite}}
		})
		s.As(Clinician).Submit(map[dialog.FieldID]string{"question": typed, "leaning": "warn"})
		s.hears(2)
		var form Form
		s.until("the refusal is shown", func() bool {
			form, _ = s.As(Clinician).Form()
			return len(form.Fields) == 2 && form.Fields[0].Fault != ""
		})
		if f := form.Fields[0]; f.Fault != "This names a person." || f.Value != typed && f.Value != kept {
			s.t.Errorf("the refused field is %+v", f)
		}
		if f := form.Fields[1]; f.Fault != "" || f.Value != "warn" {
			s.t.Errorf("the other field is %+v", f)
		}
		for _, p := range []Person{Supervisor, Colleague} {
			s.nowhere(p, "Jane")
		}
		s.bot.replies(bot.Reply{})
		s.As(Clinician).Submit(map[dialog.FieldID]string{"question": "May I tell somebody?"})
		var in bot.Inbound
		s.until("the second try is heard", func() bool {
			heard := s.bot.inbound()
			in = heard[len(heard)-1]
			return in.Kind == bot.Submit && len(heard) > 2
		})
		if in.Form["question"] != "May I tell somebody?" || in.Form["leaning"] != "warn" {
			s.t.Errorf("the second try brought %q", in.Form)
		}
	},
	"the reply to a form is shown": func(s *scene) {
		s.asked()
		next := says("second look")
		s.bot.replies(bot.Reply{View: &next, Reply: dialog.Reply{Notice: "Sent."}})
		s.As(Clinician).Submit(map[dialog.FieldID]string{"question": "May I?"})
		s.inPrivate(Clinician, "Sent.")
		s.inThread(Clinician, "second look")
	},
}
