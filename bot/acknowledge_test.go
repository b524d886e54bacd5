package bot_test

import (
	"context"
	"errors"
	"testing"

	"curbside/dialog"
)

func TestAPageAcknowledgedOnThePagerCountsAsSeenAndDecidesNothing(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		who  dialog.PersonID
		of   string // "" is the consult that was paged for
		seen bool
	}{
		"by who was paged":                     {who: "sam", seen: true},
		"by who was not":                       {who: "dana"},
		"by somebody nobody knows":             {who: "mallory"},
		"of a consult that is not kept":        {who: "sam", of: "quiet-otter-07"},
		"of a consult that has no such handle": {who: "sam", of: "a:b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			handle := w.open(t)
			w.press("dana", danger(handle, 1))
			commits := len(w.store.commits)
			of := tc.of
			if of == "" {
				of = handle
			}
			for range 2 { // the service sends what was answered late again
				if err := w.Acknowledge(context.Background(), "event-1", of, tc.who); err != nil {
					t.Fatal(err)
				}
			}
			after := w.store.newest(t)
			if made := len(w.store.commits) - commits; (made == 1) != tc.seen || made > 1 {
				t.Fatalf("%d commits", made)
			}
			if !tc.seen {
				return
			}
			e := after.Record.Consult.Escalations[0]
			if turn, ok := e.Last(dialog.TurnSeen); !ok || turn.By != tc.who || !e.Live() {
				t.Errorf("escalation %+v, want it seen by %s and open", e, tc.who)
			}
			if len(after.Audit) == 0 || after.Audit[0].Codes["via"] != dialog.ViaPager {
				t.Errorf("audit %+v does not say that it came from the pager", after.Audit)
			}
		})
	}
}

func TestAnAcknowledgementThatTheStoreLosesComesAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	handle := w.open(t)
	w.press("dana", danger(handle, 1))
	w.store.away = true
	if err := w.Acknowledge(context.Background(), "event-1", handle, "sam"); !errors.Is(err, errAway) {
		t.Errorf("error %v, want that of the store", err)
	}
}
