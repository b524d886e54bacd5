package discord_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/discord"
	"curbside/adapters/discord/discordfake"
	"curbside/bot"
	"curbside/dialog"
)

// consult is the consult that the stories are about.
const consult = "amber-heron-42"

// A listener stands where the bot stands: it keeps what it hears and answers as
// it is told.
type listener struct {
	mu     sync.Mutex
	heard  []bot.Inbound
	answer func(bot.Inbound) bot.Reply
}

func (l *listener) Handle(_ context.Context, in bot.Inbound) bot.Reply {
	l.mu.Lock()
	l.heard = append(l.heard, in)
	answer := l.answer
	l.mu.Unlock()
	if answer == nil {
		return bot.Reply{Reply: dialog.Reply{Notice: "Heard."}}
	}
	return answer(in)
}

func (l *listener) Show(context.Context, dialog.Effect) (dialog.View, *dialog.File, bool) {
	return dialog.View{}, nil, false
}

func (l *listener) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.heard)
}

func (l *listener) answers(with func(bot.Inbound) bot.Reply) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answer = with
}

// A story is a harness with a bot that is told what to answer.
type story struct {
	*harness
	bot *listener
	log *lines
	url string // over HTTP: where it answers
}

// lines takes what is logged.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) has(text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.buf.String(), text)
}

// eachWay tells a story over the gateway and over HTTP.
func eachWay(t *testing.T, o discordfake.Options, tell func(t *testing.T, s *story)) {
	t.Helper()
	outer := t
	for _, mode := range []discord.Mode{discord.ModeGateway, discord.ModeHTTP} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			tell(t, newStory(outer, t, o, mode))
		})
	}
}

// newStory brings up a Discord for t. What ends slowly ends by the end of outer,
// and holds no other story up.
func newStory(outer, t *testing.T, o discordfake.Options, mode discord.Mode) *story {
	t.Helper()
	s := &story{harness: newHarness(t, o), bot: &listener{}, log: &lines{}}
	s.outer = outer
	s.logger = slog.New(slog.NewTextHandler(s.log, nil))
	t.Cleanup(func() {
		for _, secret := range []string{discordfake.Token, "interaction-token-", "what the statute says"} {
			if s.log.has(secret) {
				t.Errorf("the log holds %q", secret)
			}
		}
	})
	if mode == discord.ModeHTTP {
		s.url = s.overHTTP(s.bot)
	} else {
		s.overGateway(s.bot)
	}
	return s
}

// view is a card that says a text, with one button.
func view(text string) dialog.View {
	return dialog.View{
		Title: consult, Status: "Evaluate", Fallback: consult + ": changed",
		Blocks: []dialog.Block{
			dialog.Text{Text: text},
			dialog.Law{Effect: "You must", Kind: "must", Title: "protect", Text: "what the statute says"},
			dialog.Buttons{Items: []dialog.Button{{Label: "Yes", Press: press("answer", "yes")}}},
		},
	}
}

func press(action dialog.Action, args ...string) dialog.Press {
	return dialog.Press{Handle: consult, Version: 1, Action: action, Args: args}
}

// effect is a delivery of the consult.
func (s *story) effect(kind dialog.EffectKind, version uint64, index int, text string) bot.Delivery {
	e := dialog.Effect{Handle: consult, Version: version, Index: index, Kind: kind}
	return bot.Delivery{ID: e.ID(), Kind: kind, Effect: e, Handle: consult, Version: version, Home: s.Home(), View: view(text)}
}

// card is the delivery of the card, for Dana and Sam.
func (s *story) card() bot.Delivery {
	d := s.effect(dialog.PostCard, 1, 1, "the card")
	d.Members = []bot.Identity{s.Account(adaptertest.Clinician), s.Account(adaptertest.Supervisor)}
	return d
}

// page pages Sam.
func (s *story) page(card bot.Ref) bot.Delivery {
	d := s.effect(dialog.Page, 1, 2, "please decide")
	sam := s.Account(adaptertest.Supervisor)
	d.To, d.Mention, d.Card = &sam, []bot.Identity{sam}, card
	return d
}

// delivers delivers as the outbox does: again while Discord is busy, and again
// where it may have arrived. It returns what it came to at last.
func (s *story) delivers(d bot.Delivery) bot.Receipt {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		r := s.discord.Deliver(context.Background(), d)
		switch r.Outcome {
		case bot.Busy:
			time.Sleep(min(r.RetryAfter, 200*time.Millisecond))
		case bot.Ambiguous:
			time.Sleep(10 * time.Millisecond)
		default:
			return r
		}
	}
	s.t.Fatalf("%s does not arrive", d.Kind)
	return bot.Receipt{}
}

// opens posts the card and returns where it stands.
func (s *story) opens() bot.Ref {
	s.t.Helper()
	r := s.delivers(s.card())
	if r.Outcome != bot.Delivered || r.Ref == "" {
		s.t.Fatalf("the card is not posted: %+v", r)
	}
	return r.Ref
}

// thread is the one thread with its messages, as nobody in particular sees them.
func (s *story) thread() (discordfake.Channel, []discordfake.Message) {
	s.t.Helper()
	all := s.fake.Threads("")
	if len(all) != 1 {
		s.t.Fatalf("there are %d threads, want one", len(all))
	}
	return all[0], s.fake.Messages("", all[0].ID)
}

// yes presses the card's button as Dana.
func (s *story) yes(client *discordfake.Client) discordfake.Outcome {
	s.t.Helper()
	_, messages := s.thread()
	out, err := client.Press(messages[0].ID, press("answer", "yes").String())
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

func (s *story) dana() *discordfake.Client { return s.fake.As(accounts[adaptertest.Clinician]) }
