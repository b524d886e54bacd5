package slack

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestAChannelTakesAFewMessagesAtOnceAndThenOneASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, taken := newGates(slackPace), 0
		for start := time.Now(); time.Since(start) < 20*time.Second; {
			if wait := g.enter("C1", false); wait > 0 {
				time.Sleep(wait)
				continue
			}
			taken++
		}
		if taken < 20 || taken > 20+burst {
			t.Errorf("%d messages in twenty seconds", taken)
		}
		if wait := g.enter("C2", false); wait > 0 {
			t.Errorf("another channel waits %v", wait)
		}
	})
}

func TestWhatIsUrgentWaitsForNothingAndTheRestWaitsForIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGates(slackPace)
		for range 10 {
			if wait := g.enter("C1", true); wait > 0 {
				t.Fatalf("what is urgent waits %v", wait)
			}
		}
		if wait := g.enter("C1", false); wait < 5*time.Second {
			t.Errorf("the rest waits %v only", wait)
		}
	})
}

func TestAGateStaysShutAsLongAsSlackHasSaid(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGates(slackPace)
		g.shut("chat.update", 30*time.Second)
		g.shut("chat.update", time.Second) // an answer that was under way
		time.Sleep(29 * time.Second)
		if g.closed("chat.update") == 0 || g.closed("views.open") > 0 {
			t.Error("the wrong gate is shut")
		}
		time.Sleep(2 * time.Second)
		if wait := g.closed("chat.update"); wait > 0 {
			t.Errorf("it is shut for %v more", wait)
		}
	})
}
