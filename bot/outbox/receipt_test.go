package outbox

import (
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

func TestWhatBecomesOfATry(t *testing.T) {
	t.Parallel()
	posted := map[string]bot.Ref{bot.RefCard: "m1", bot.RefPerson("dana"): "m2"}
	page := dialog.Effect{Kind: dialog.Page, To: "dana", Lane: dialog.LaneUrgent}
	message := dialog.Effect{Kind: dialog.Message, To: "dana", Lane: dialog.LaneUrgent}
	doubted := func(n int) receipt { return receipt{Outcome: ambiguous, Tries: n, Doubts: n} }
	for name, tc := range map[string]struct {
		effect      dialog.Effect
		refs        map[string]bot.Ref
		before      receipt
		now         bot.Receipt
		outcome     string
		least, most time.Duration
	}{
		"what arrived is done": {
			dialog.Effect{Kind: dialog.PostCard}, nil, receipt{}, bot.Receipt{}, delivered, 0, 0,
		},
		"who cannot be reached is not tried again": {
			page, nil, receipt{}, bot.Receipt{Outcome: bot.Unreachable}, unreachable, 0, 0,
		},
		"a platform that names a time is left alone for as long": {
			page, nil, receipt{}, bot.Receipt{Outcome: bot.Busy, RetryAfter: time.Minute}, busy, time.Minute, time.Minute,
		},
		"an ordinary effect waits longer each time": {
			dialog.Effect{Kind: dialog.PostNote}, nil, receipt{Outcome: busy, Tries: 20}, bot.Receipt{Outcome: bot.Busy}, busy, 22 * time.Second, 30 * time.Second,
		},
		"a page is tried again within seconds however often": {
			page, nil, receipt{Outcome: busy, Tries: 20}, bot.Receipt{Outcome: bot.Busy}, busy, 2 * time.Second, 3 * time.Second,
		},
		"a note that may have arrived is repeated once, when the platform had time": {
			dialog.Effect{Kind: dialog.PostNote}, nil, receipt{}, bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 2 * time.Second, 2 * time.Second,
		},
		"a note that may have arrived twice is not": {
			dialog.Effect{Kind: dialog.PostNote}, nil, doubted(1), bot.Receipt{Outcome: bot.Ambiguous}, unclear, 0, 0,
		},
		"an urgent message that may have arrived is repeated within seconds": {
			message, nil, doubted(3), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 2 * time.Second, 3 * time.Second,
		},
		"and less often when it may have arrived many times": {
			message, nil, doubted(8), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 22 * time.Second, 30 * time.Second,
		},
		"and not for ever": {
			message, nil, doubted(9), bot.Receipt{Outcome: bot.Ambiguous}, unclear, 0, 0,
		},
		"an urgent note in the thread is repeated like it": {
			dialog.Effect{Kind: dialog.PostNote, Lane: dialog.LaneUrgent}, nil, doubted(8), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 22 * time.Second, 30 * time.Second,
		},
		"a card that may have arrived is repeated more often than a note": {
			dialog.Effect{Kind: dialog.PostCard}, nil, doubted(4), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 2 * time.Second, 4 * time.Second,
		},
		"and not for ever either": {
			dialog.Effect{Kind: dialog.PostCard}, nil, doubted(9), bot.Receipt{Outcome: bot.Ambiguous}, unclear, 0, 0,
		},
		"an edit is repeated until it is clear": {
			dialog.Effect{Kind: dialog.UpdateCard}, posted, doubted(9), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 22 * time.Second, 30 * time.Second,
		},
		"an update that has no card yet posts one": {
			dialog.Effect{Kind: dialog.UpdateCard}, nil, doubted(9), bot.Receipt{Outcome: bot.Ambiguous}, unclear, 0, 0,
		},
		"the end of a page is an edit": {
			dialog.Effect{Kind: dialog.EndPage, To: "dana"}, posted, doubted(1), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 300 * time.Millisecond, time.Second,
		},
		"a page that may have arrived is never given up": {
			page, nil, doubted(3), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, time.Second, 3 * time.Second,
		},
		"a page that may have arrived many times comes less often": {
			page, nil, doubted(20), bot.Receipt{Outcome: bot.Ambiguous}, ambiguous, 22 * time.Second, 30 * time.Second,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			after, wait := settle(tc.effect, tc.refs, tc.before, tc.now, time.Now())
			if after.Outcome != tc.outcome || wait < tc.least || wait > tc.most {
				t.Errorf("%s after %v, want %s after %v to %v", after.Outcome, wait, tc.outcome, tc.least, tc.most)
			}
			if after.final() != (wait == 0) {
				t.Errorf("final %t, and tried again after %v", after.final(), wait)
			}
			if kept := readReceipt(after.String()); kept != after {
				t.Errorf("kept %+v, read %+v", after, kept)
			}
		})
	}
}

func TestWhatIsUrgentOutlastsAPlatformThatFailsForAMinute(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]dialog.Effect{
		"a message to the clinician": {Kind: dialog.Message, To: "dana", Lane: dialog.LaneUrgent},
		"a note in the thread":       {Kind: dialog.PostNote, Lane: dialog.LaneUrgent},
		"an urgent card":             {Kind: dialog.PostCard, Lane: dialog.LaneUrgent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r receipt
			for passed, wait := time.Duration(0), time.Duration(0); passed < time.Minute; passed += wait {
				if r, wait = settle(e, nil, r, bot.Receipt{Outcome: bot.Ambiguous}, time.Now()); r.final() {
					t.Fatalf("given up after %v", passed)
				}
			}
		})
	}
}

func FuzzReadReceipt(f *testing.F) {
	f.Add(receipt{Outcome: busy, Tries: 2}.String())
	f.Add("")
	f.Add("=tgyo5s")
	f.Add("delivered tgyo5s 1 x ")
	f.Add("busy tgyo5s 3 1 http_503 and more")
	f.Fuzz(func(t *testing.T, text string) {
		if r := readReceipt(text); r.Outcome == "" && r.final() {
			t.Error("an effect without a receipt is never tried")
		}
	})
}
