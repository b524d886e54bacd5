package adaptertest

import (
	"slices"
	"strings"

	"curbside/bot"
	"curbside/dialog"
)

// What is for somebody reaches them, and nobody else.
var addressing = map[string]func(*scene){
	"a direct message reaches its addressee and nobody else": func(s *scene) {
		s.opens(says("the card"))
		s.arrives(s.to(Supervisor, dialog.Message, 1, says("only for the supervisor")))
		s.inDirect(Supervisor, "only for the supervisor")
		for _, p := range []Person{Clinician, Colleague, Stranger} {
			s.nowhere(p, "only for the supervisor")
		}
	},
	"a direct message is delivered once, also when its delivery is repeated": func(s *scene) {
		s.opens(says("the card"))
		d := s.to(Supervisor, dialog.Message, 1, says("a word"))
		first := s.arrives(d)
		d.Ref = first
		if second := s.arrives(d); second != first {
			s.t.Errorf("the second receipt says %q, want %q", second, first)
		}
		s.inDirect(Supervisor, "a word")
		if got := len(s.As(Supervisor).Direct()); got != 1 {
			s.t.Errorf("the supervisor has %d direct messages, want 1", got)
		}
	},
	"a page is a direct message and a mention in the thread": func(s *scene) {
		s.opens(says("the card"))
		d := s.to(Supervisor, dialog.Page, 1, says("please decide"))
		d.Mention = []bot.Identity{s.Account(Supervisor)}
		s.arrives(d)
		s.inDirect(Supervisor, "please decide")
		s.until("the thread mentions the supervisor", func() bool {
			return slices.ContainsFunc(s.As(Supervisor).Thread(handle), func(m Message) bool {
				return slices.Equal(m.Pings, []Person{Supervisor}) && !m.Loud
			})
		})
		s.nowhere(Colleague, "please decide")
	},
	"the end of a page is shown in its direct message": func(s *scene) {
		s.opens(says("the card"))
		page := s.to(Supervisor, dialog.Page, 1, says("please decide"))
		page.Mention = []bot.Identity{s.Account(Supervisor)}
		ref := s.arrives(page)
		before := s.inDirect(Supervisor, "please decide")
		end := s.to(Supervisor, dialog.EndPage, 2, says("somebody else has decided"))
		end.Ref = ref
		s.arrives(end)
		after := s.inDirect(Supervisor, "somebody else has decided")
		if after.ID != before.ID {
			s.t.Errorf("the end is message %q, want %q", after.ID, before.ID)
		}
		s.nowhere(Supervisor, "please decide")
	},
	"a person without an account is unreachable": func(s *scene) {
		s.opens(says("the card"))
		for _, kind := range []dialog.EffectKind{dialog.Message, dialog.Page} {
			if r := s.delivers(s.to(Stranger, kind, 1, says("for nobody"))); r.Outcome != bot.Unreachable {
				s.t.Errorf("%s: outcome %v, want unreachable", kind, r.Outcome)
			}
		}
	},
	"nothing reaches a stranger": func(s *scene) {
		s.opens(says("the card"))
		s.arrives(s.effect(dialog.PostNote, 1, says("the note")))
		s.arrives(s.to(Supervisor, dialog.Message, 1, says("the message")))
		s.inThread(Supervisor, "the note")
		for _, text := range []string{"the card", "the note", "the message", handle} {
			s.nowhere(Stranger, text)
		}
	},
	"what a lock screen shows holds no answer, no law and no question": func(s *scene) {
		view := everyBlock()
		s.opens(view)
		s.arrives(s.effect(dialog.PostNote, 1, view))
		page := s.to(Supervisor, dialog.Page, 1, view)
		page.Mention = []bot.Identity{s.Account(Supervisor)}
		s.arrives(page)
		s.until("the supervisor is notified", func() bool { return len(s.As(Supervisor).Notifications()) > 0 })
		for _, p := range Staff() {
			for _, shown := range s.As(p).Notifications() {
				for _, content := range words {
					if strings.Contains(shown, content) {
						s.t.Errorf("%s was notified of %q", p, content)
					}
				}
			}
		}
	},
}
