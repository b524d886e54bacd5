package slack

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/dialog"
)

// A held bot hears what people do and does not answer before it is let.
type held struct {
	desk
	let chan struct{}
}

func (b *held) Handle(ctx context.Context, in bot.Inbound) bot.Reply {
	reply := b.desk.Handle(ctx, in)
	<-b.let
	return reply
}

// A failing bot meets a fault in everything that people do.
type failing struct{ desk }

func (*failing) Handle(context.Context, bot.Inbound) bot.Reply { panic("a fault") }

// asking is a card with a button, an answer from a list, and a button that opens
// a form.
func (h *harness) asking() {
	h.t.Helper()
	press := dialog.Press{Handle: handle, Version: 1, Action: "answer"}
	h.card(1, "", dialog.Buttons{Items: []dialog.Button{
		{Label: "Press", Press: press},
		{Label: "Form", Press: press, Opens: true},
	}}, dialog.Choices{ID: "who", Prompt: "Who?", Options: []dialog.Option{
		{Label: "List", Help: "one of two", Press: press.With("one")},
		{Label: "Other", Help: "the other", Press: press.With("two")},
	}})
}

// does presses, chooses or types what a test names.
func (h *harness) does(dana *slackfake.Client, what string) slackfake.Outcome {
	h.t.Helper()
	if what == "/consult" {
		out, err := dana.Command(consults, what, "")
		if err != nil {
			h.t.Error(err)
		}
		return out
	}
	spot, ok := dana.Find(what, "", nil)
	if !ok {
		h.t.Errorf("there is no %s", what)
		return slackfake.Outcome{}
	}
	out, err := dana.Do(spot, what)
	if err != nil {
		h.t.Error(err)
	}
	return out
}

// eachDoing tries everything whose answer Slack waits for, over sockets and HTTP.
func eachDoing(t *testing.T, try func(h *harness, connect func(*harness, Answers), what string)) {
	for way, connect := range map[string]func(*harness, Answers){
		"sockets": (*harness).overSockets, "http": (*harness).overHTTP,
	} {
		for _, what := range []string{"/consult", "Press", "List", "Form"} {
			t.Run(what+" over "+way, func(t *testing.T) {
				t.Parallel()
				try(newHarness(t, slackfake.Options{}), connect, what)
			})
		}
	}
}

func TestWhatPeopleDoIsAcknowledgedOnceTheBotHasKeptIt(t *testing.T) {
	t.Parallel()
	eachDoing(t, func(h *harness, connect func(*harness, Answers), what string) {
		b := &held{let: make(chan struct{})}
		connect(h, b)
		h.asking()
		acknowledged := make(chan slackfake.Outcome, 1)
		go func() { acknowledged <- h.does(h.fake.As(accounts[adaptertest.Clinician]), what) }()
		waitFor(h.t, "the bot hears it", func() bool { return len(b.inbound()) == 1 })
		if _, open := h.fake.Modal(accounts[adaptertest.Clinician]); open != (what == "Form") {
			h.t.Errorf("before the bot has answered a window is there: %v", open)
		}
		select {
		case out := <-acknowledged:
			h.t.Errorf("acknowledged before the bot has kept it: %+v", out)
			close(b.let)
		case <-time.After(100 * time.Millisecond): // as long as one that came too early may take
			close(b.let)
			if out := <-acknowledged; out.Notice != "" {
				h.t.Errorf("Slack says %q", out.Notice)
			}
		}
	})
}

func TestABotThatTakesTooLongIsAcknowledgedBeforeSlackGivesUp(t *testing.T) {
	t.Parallel()
	for name, connect := range map[string]func(*harness, Answers){
		"sockets": (*harness).overSockets, "http": (*harness).overHTTP,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, b := newHarness(t, slackfake.Options{}), &held{let: make(chan struct{})}
			connect(h, b)
			h.asking()
			if out := h.does(h.fake.As(accounts[adaptertest.Clinician]), "List"); out.Notice != "" || out.Took < commitTime {
				t.Errorf("acknowledged with %+v", out)
			}
			close(b.let)
		})
	}
}

func TestAnAnswerThatEndsInAFaultCanBeGivenAgain(t *testing.T) {
	t.Parallel()
	eachDoing(t, func(h *harness, connect func(*harness, Answers), what string) {
		connect(h, &failing{})
		h.asking()
		dana := h.fake.As(accounts[adaptertest.Clinician])
		if out := h.does(dana, what); out.Notice != "" {
			h.t.Errorf("Slack says %q", out.Notice)
		}
		waitFor(h.t, "it is told", func() bool {
			for _, m := range h.As(adaptertest.Clinician).Private() {
				if strings.Contains(m.Text, "Something went wrong") {
					return true
				}
			}
			return false
		})
		if _, again := dana.Find("Try again", "", nil); again != (what == "List") {
			h.t.Errorf("it can be tried again: %v", again)
		}
	})
}

func TestTheButtonBesideAListSendsWhatStandsThere(t *testing.T) {
	t.Parallel()
	eachWay(t, slackfake.Options{}, func(h *harness, d *desk) {
		h.asking()
		dana := h.fake.As(accounts[adaptertest.Clinician])
		if out := h.does(dana, "Give this answer"); out.Notice != "" {
			h.t.Errorf("with nothing chosen Slack says %q", out.Notice)
		}
		h.message("Choose an answer first.", h.As(adaptertest.Clinician).Private)
		if got := d.inbound(); len(got) != 0 {
			h.t.Fatalf("with nothing chosen the bot hears %+v", got)
		}
		h.does(dana, "List")
		h.does(dana, "List") // stands there already: Slack says nothing
		h.does(dana, "Give this answer")
		waitFor(h.t, "the bot hears both", func() bool { return len(d.inbound()) == 2 })
		for _, in := range d.inbound() {
			if in.Kind != bot.Pressed || in.Press.Action != "answer" || !slices.Equal(in.Press.Args, []string{"one"}) {
				h.t.Errorf("the bot hears %+v", in)
			}
		}
	})
}
