package adaptertest

import (
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// A bot that fails takes nobody else down.
var lasting = map[string]func(*scene){
	"a bot that panics leaves the platform standing": func(s *scene) {
		card := s.opens(asks(dialog.Button{Label: "Yes", Press: press(1, "answer")}))
		s.bot.answers(func(bot.Inbound) bot.Reply { panic("a fault") })
		s.As(Clinician).Press(card, "Yes")
		s.hears(1)
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Notice: "here again"}})
		s.As(Clinician).Press(card, "Yes")
		s.inPrivate(Clinician, "here again")
		s.nowhere(Clinician, "a fault")
	},
	"a slow answer holds nobody else up, and still comes": func(s *scene) {
		card := s.opens(asks(dialog.Button{Label: "Slow", Press: press(1, "slow")}, dialog.Button{Label: "Fast", Press: press(1, "fast")}))
		release := make(chan struct{})
		s.bot.answers(func(in bot.Inbound) bot.Reply {
			if in.Press.Action == "slow" {
				select {
				case <-release:
				case <-time.After(2 * patience):
				}
				return bot.Reply{Reply: dialog.Reply{Notice: "the slow answer"}}
			}
			return bot.Reply{Reply: dialog.Reply{Notice: "the fast answer"}}
		})
		s.As(Clinician).Press(card, "Slow")
		s.As(Supervisor).Press(s.theCard(Supervisor), "Fast")
		s.inPrivate(Supervisor, "the fast answer")
		s.arrives(s.to(Supervisor, dialog.Message, 1, says("delivered meanwhile")))
		s.inDirect(Supervisor, "delivered meanwhile")
		close(release)
		s.inPrivate(Clinician, "the slow answer")
	},
}
