package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"curbside/bot"
	"curbside/dialog"
)

// text is everything a view says.
func text(v *dialog.View) string {
	if v == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(v.Title + "\n" + v.Status + "\n")
	for _, block := range v.Blocks {
		switch block := block.(type) {
		case dialog.Text:
			b.WriteString(block.Text + "\n")
		case dialog.List:
			b.WriteString(block.Title + "\n" + strings.Join(block.Items, "\n") + "\n")
		case dialog.Pointer:
			b.WriteString(block.Label + " " + block.Handle + "\n")
		}
	}
	return b.String()
}

func TestAConsultOpensInTheChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	reply := w.command("dana", "")

	c := w.store.newest(t)
	if c.Record.Home != channel || c.Record.Consult.Version != 1 || c.Record.Consult.Clinician != "dana" {
		t.Errorf("committed %+v, want version 1 of dana's consult in the channel", c.Record)
	}
	if !slices.ContainsFunc(c.Effects, func(e dialog.Effect) bool { return e.Kind == dialog.PostCard }) {
		t.Errorf("effects %v post no card", c.Effects)
	}
	if !slices.Equal(c.Joined, []dialog.PersonID{"dana"}) {
		t.Errorf("joined %v, want dana", c.Joined)
	}
	if !strings.Contains(text(reply.Private), c.Record.Consult.Handle) {
		t.Errorf("the private reply %q does not point to the consult", text(reply.Private))
	}
}

func TestAPlaceThatIsNotPrivateIsRefusedAndTheGuidanceIsNot(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		verdict bot.Verdict
		err     error
		says    string
	}{
		"a public channel":                      {verdict: bot.Verdict{Code: "public", Reason: "The channel is public.", Remedy: "Make it private."}, says: "The channel is public. Make it private."},
		"a channel that could not be looked up": {verdict: bot.Verdict{Private: true}, err: errAway, says: "could not check"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.chat.verdict, w.chat.checkErr = tc.verdict, tc.err
			reply := w.command("dana", "")
			if got, want := w.store.newest(t).Record.Home, bot.DirectTo(account("dana")); got != want {
				t.Errorf("the consult is at %+v, want %+v", got, want)
			}
			if !strings.Contains(text(reply.Private), tc.says) {
				t.Errorf("the reply %q does not say %q", text(reply.Private), tc.says)
			}
		})
	}
}

func TestWhoIsUnknownIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	for name, in := range map[string]bot.Inbound{
		"a stranger's command":             {From: account("stranger"), Kind: bot.Command},
		"a stranger's press":               {From: account("stranger"), Kind: bot.Pressed, Press: danger(handle, 1)},
		"the same user of another company": {From: bot.Identity{Platform: "chat", Workspace: "other", User: "dana"}, Kind: bot.Pressed, Press: danger(handle, 1)},
	} {
		if reply := w.Handle(context.Background(), in); !strings.Contains(reply.Notice, "does not know this account") {
			t.Errorf("%s: %+v, want a refusal", name, reply)
		}
	}
	if len(w.store.commits) != 1 {
		t.Errorf("%d commits, want that of the opening alone", len(w.store.commits))
	}
}

func TestAPressIsCommittedBeforeItIsAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	reply := w.press("dana", danger(handle, 1))
	c := w.store.newest(t)
	if c.Record.Consult.Version != 2 || c.Record.Consult.Danger == nil {
		t.Fatalf("committed %+v, want danger at version 2", c.Record.Consult)
	}
	if reply.View == nil {
		t.Error("the card that was pressed is not updated in the reply")
	}
	if !slices.Contains(c.Joined, "sam") {
		t.Errorf("joined %v, want those who were paged", c.Joined)
	}
}

func TestWhoIsSlowerIsAppliedToWhatTheFasterLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	w.store.rival = func(*memory) {
		w.press("dana", dialog.Press{Handle: handle, Version: 1, Action: dialog.ActClient, Args: []string{"US-CA"}})
	}
	w.press("dana", danger(handle, 1))
	c := w.store.newest(t).Record.Consult
	if c.Version != 3 || c.Danger == nil || c.Case.Client != "US-CA" {
		t.Errorf("version %d, danger %v, client %q: one of the two presses is lost", c.Version, c.Danger, c.Case.Client)
	}
}

func TestAnInputThatWasCommittedIsAnsweredWithTheConsultAsItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	in := bot.Inbound{ID: "same", From: account("dana"), In: channel, Kind: bot.Pressed, Press: danger(handle, 1)}
	w.Handle(context.Background(), in)
	commits := len(w.store.commits)
	in.Press.Action, in.Press.Args = dialog.ActClient, []string{"US-CA"}
	reply := w.Handle(context.Background(), in)
	if len(w.store.commits) != commits || reply.View == nil {
		t.Errorf("%d commits and view %v, want nothing new and the current card", len(w.store.commits)-commits, reply.View)
	}
}

func TestWithoutTheStoreTheAnswerStillHelps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	w.store.away = true
	for name, reply := range map[string]bot.Reply{
		"a new consult": w.command("dana", ""),
		"the list":      w.command("dana", "list"),
		"a press":       w.press("dana", danger(handle, 1)),
	} {
		said := text(reply.Private)
		for _, want := range []string{"911", "988", "saved"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q does not say %s", name, said, want)
			}
		}
	}
	home, _ := w.Home(context.Background(), account("dana"))
	if !strings.Contains(text(&home), "988") {
		t.Errorf("home %q does not say 988", text(&home))
	}
	if strings.Contains(string(w.logged.text), "secret-host") {
		t.Error("the log repeats a foreign error")
	}
	w.store.away = false
	if w.press("dana", danger(handle, 1)); w.store.newest(t).Record.Consult.Danger == nil {
		t.Error("the next press does not work again")
	}
}

func TestAPanicIsAnsweredAndLoggedByItsPlaceAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	w.store.before = func() { panic("Candace Whitfield") }
	reply := w.press("dana", danger(handle, 1))
	if !strings.Contains(text(reply.Private), "911") {
		t.Errorf("the reply %q gives no guidance", text(reply.Private))
	}
	if logged := string(w.logged.text); strings.Contains(logged, "Whitfield") || !strings.Contains(logged, "recovered") {
		t.Errorf("logged %q, want the place and not the value", logged)
	}
}

func TestATakenHandleIsDrawnAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.store.taken = 2
	if w.open(t) == "" {
		t.Error("no consult")
	}
}

func TestAConsultThatIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if reply := w.press("dana", danger("amber-heron-42", 1)); !strings.Contains(reply.Notice, "no longer kept") {
		t.Errorf("%+v, want that it is gone", reply)
	}
	if err := w.Fire(context.Background(), "amber-heron-42", "remind"); err != nil {
		t.Errorf("a timer of a consult that is gone: %v, want nothing to do", err)
	}
}

func TestATimerThatTheStoreLosesFiresAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	w.store.away = true
	if err := w.Fire(context.Background(), handle, "remind"); !errors.Is(err, errAway) {
		t.Errorf("error %v, want that of the store", err)
	}
}
