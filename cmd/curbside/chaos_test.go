package main

import (
	"flag"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/anishathalye/porcupine"

	"curbside/bot/store/redistest"
	"curbside/dialog"
)

var (
	chaosConsults = flag.Int("chaos", 6, "consults in the test that breaks everything; a quarter of them, four at least, in those that break one thing")
	chaosTime     = flag.Duration("chaos-time", 20*time.Minute, "how long people begin consults in a test that breaks things")
	chaosSeed     = flag.Uint64("chaos-seed", 0, "what the tests that break things draw from; 0 draws one")
)

// fewer is how many consults there are where one thing breaks.
func fewer() int { return max(4, *chaosConsults/4) }

func drawnSeed() uint64 {
	if *chaosSeed != 0 {
		return *chaosSeed
	}
	return uint64(time.Now().UnixNano())
}

// TestNothingIsLostWhateverBreaks lets people ask, answer, page and sign while
// processes are killed, Redis crashes, connections break, clocks differ and the
// platform answers badly or not at all.
func TestNothingIsLostWhateverBreaks(t *testing.T) {
	t.Parallel()
	server := redistest.StartTCP(t)
	h := newHouse(t, drawnSeed(), 2*time.Second)
	var lines []*toxiproxy.Proxy
	for _, skew := range []time.Duration{0, 1500 * time.Millisecond, -1500 * time.Millisecond} {
		line := newLine(t, "line", server.Options.Addrs[0])
		lines = append(lines, line)
		h.move(h.settings("  url: redis://"+line.Listen+"\n"), skew)
	}
	h.stand(*chaosConsults, 0.1, 2*time.Second, processFaults(), serverFaults(server), lineFaults(lines))
	a := h.aftermath(server.Client(t))
	a.holds()
	a.report()
}

// TestNothingIsLostOnFakesWhateverBreaks is the same on a fake Slack and a fake
// Discord, in each of the ways in which they reach the program: people press what
// they see there, and what holds afterwards is what these platforms have received.
func TestNothingIsLostOnFakesWhateverBreaks(t *testing.T) {
	t.Parallel()
	for _, way := range []struct{ name, slack, discord string }{{"over HTTP", "http", "http"}, {"over sockets", "socket", "gateway"}} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			h, server, lines := onFakes(t, way.slack, way.discord)
			h.stand(max(4, *chaosConsults/2), 0.04, 5*time.Second, processFaults(), serverFaults(server), lineFaults(lines))
			a := h.aftermath(server.Client(t))
			a.holds()
			a.report()
		})
	}
}

// TestWhatIsNoOneRowIsFound holds the check of the sign-offs to finding what it
// looks for.
func TestWhatIsNoOneRowIsFound(t *testing.T) {
	t.Parallel()
	approves, declines, looks := signed{"sam", dialog.ActApprove}, signed{"kim", dialog.ActDecline}, signed{}
	row := func(steps ...any) (history []porcupine.Operation) {
		for i := 0; i < len(steps); i += 2 {
			history = append(history, porcupine.Operation{ClientId: i, Input: steps[i], Output: steps[i+1], Call: int64(10 * i), Return: int64(10*i + 5)})
		}
		return history
	}
	for name, tc := range map[string]struct {
		history []porcupine.Operation
		holds   bool
	}{
		"one decides and everybody sees it":      {row(looks, verdictTold{}, approves, verdictTold{taken: true}, declines, verdictTold{stands: "sam"}, looks, verdictTold{stands: "sam"}), true},
		"one is told twice of what they decided": {row(approves, verdictTold{twice: true, stands: "sam"}, looks, verdictTold{stands: "sam"}), true},
		"two are told that they decided":         {row(approves, verdictTold{taken: true}, declines, verdictTold{taken: true}), false},
		"a decision is forgotten":                {row(approves, verdictTold{taken: true}, looks, verdictTold{}), false},
		"somebody else has decided":              {row(approves, verdictTold{taken: true}, looks, verdictTold{stands: "kim"}), false},
		"it shows before it was made":            {row(looks, verdictTold{stands: "sam"}, approves, verdictTold{taken: true}), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := porcupine.CheckOperations(oneSignOff, tc.history); got != tc.holds {
				t.Errorf("one row: %t, want %t", got, tc.holds)
			}
		})
	}
}
