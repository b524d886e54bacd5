package discord_test

import (
	"strings"
	"testing"

	"curbside/adapters/adaptertest"
	"curbside/adapters/discord/discordfake"
	"curbside/bot"
	"curbside/dialog"
)

func TestWhoLostTheChannelASecondAgoChangesNothing(t *testing.T) {
	t.Parallel()
	for name, does := range map[string]func(*story) discordfake.Outcome{
		"a press": func(s *story) discordfake.Outcome { return s.yes(s.dana().Stale()) },
		"a form": func(s *story) discordfake.Outcome {
			out, err := s.dana().Stale().Submit(map[string]string{"question": "may I?"})
			if err != nil {
				s.t.Fatal(err)
			}
			return out
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachWay(t, discordfake.Options{}, func(t *testing.T, s *story) {
				s.opens()
				s.bot.answers(func(bot.Inbound) bot.Reply {
					return bot.Reply{Reply: dialog.Reply{Form: &dialog.Form{
						Title: "Ask", Label: "Send", Submit: press("ask", "q"), Fields: []dialog.Field{{ID: "question", Label: "Your question"}},
					}}}
				})
				if name == "a form" {
					s.yes(s.dana())
				}
				before := s.bot.count()
				s.fake.ChangePerson(accounts[adaptertest.Clinician], func(p *discordfake.Person) { p.Roles = nil })
				if out := does(s); !out.Answered {
					t.Error("it is not answered")
				}
				if got := s.bot.count(); got != before {
					t.Errorf("the bot heard %+v", s.bot.heard[before:])
				}
				if !s.log.has("reason=no_access") {
					t.Error("the log does not say so")
				}
				waitFor(t, "there is a private word", func() bool {
					private := s.fake.Ephemeral(accounts[adaptertest.Clinician])
					return len(private) == 1 && strings.Contains(private[0].Text(), "nothing was changed")
				})
			})
		})
	}
}
