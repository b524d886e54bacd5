package adaptertest

import (
	"curbside/bot"
	"curbside/dialog"
)

// atHome turns to a person's home. Where the platform has no homes the promise
// has nothing to keep.
func (s *scene) atHome(p Person) (m Message, has bool) {
	s.t.Helper()
	seat, homely := s.As(p).(Homely)
	if !homely {
		s.t.Skip("this platform has no homes")
	}
	return seat.Home()
}

// Where people have a home, it shows what the bot says, to its owner alone.
var homing = map[string]func(*scene){
	"a home shows everything the bot says, to the one it belongs to": func(s *scene) {
		view, others := everyBlock(), says("somebody else's home")
		s.bot.homes(func(who bot.Identity) (dialog.View, bool) {
			if who == s.Account(Supervisor) {
				return view, true
			}
			return others, true
		})
		home, has := s.atHome(Supervisor)
		if !has {
			s.t.Fatal("the supervisor has no home")
		}
		s.readsAll(Supervisor, home)
		for _, p := range []Person{Clinician, Colleague} {
			if m, has := s.atHome(p); has && m.Text != "" {
				s.lacks(p, m, "a plain paragraph")
			}
		}
	},
	"a home shows what stands now, each time somebody turns to it": func(s *scene) {
		for _, text := range []string{"nothing waits", "two consults wait"} {
			now := says(text)
			s.bot.homes(func(bot.Identity) (dialog.View, bool) { return now, true })
			home, has := s.atHome(Clinician)
			if !has {
				s.t.Fatal("the clinician has no home")
			}
			s.reads(Clinician, home, text)
		}
	},
	"a press at home reaches the bot, and is answered": func(s *scene) {
		test := dialog.Press{Action: "test", Args: []string{"now"}}
		view := says("home")
		view.Blocks = append(view.Blocks, dialog.Buttons{Items: []dialog.Button{{Label: "Test my page", Press: test}}})
		s.bot.homes(func(bot.Identity) (dialog.View, bool) { return view, true })
		answer := says("your phone rings")
		s.bot.replies(bot.Reply{Reply: dialog.Reply{Private: &answer}})
		home, _ := s.atHome(Supervisor)
		s.As(Supervisor).Press(home, "Test my page")
		in := s.hears(1)
		if in.Press.String() != test.String() || in.From != s.Account(Supervisor) || in.In != bot.DirectTo(s.Account(Supervisor)) {
			s.t.Errorf("got %+v", in)
		}
		s.inPrivate(Supervisor, "your phone rings")
	},
	"a stranger finds nothing of the practice at home": func(s *scene) {
		s.bot.homes(func(who bot.Identity) (dialog.View, bool) {
			return says("the practice's own"), who != s.Account(Stranger)
		})
		if m, has := s.atHome(Stranger); has {
			s.lacks(Stranger, m, "the practice's own")
		}
	},
}
