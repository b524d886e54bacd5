package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

var (
	loadPeople = flag.Int("people", 20, "the load on Slack: how many clinicians press at the same time")
	loadThink  = flag.Duration("think", 2*time.Second, "the load on Slack: how long a clinician thinks between two presses, on average")
	loadTime   = flag.Duration("load", 5*time.Second, "the load on Slack: how long it lasts")
	loadBound  = flag.Duration("p99", 0, "the load on Slack: the longest that 99 of 100 acknowledgements may take; 0 is any")
)

// A crowd are clinicians who press what stands on their cards, all at once.
type crowd struct {
	*slackPractice
	mu   sync.Mutex
	took []time.Duration
	lost []string // what Slack said of presses that were not acknowledged
}

// BenchmarkPressesOnSlack lets many clinicians work on a consult each, over HTTP,
// with the program in one process, and says how long Slack waits for the
// acknowledgement of a press.
func BenchmarkPressesOnSlack(b *testing.B) {
	for b.Loop() {
		names := make([]string, *loadPeople)
		for i := range names {
			names[i] = fmt.Sprintf("U0LOAD%04d", i)
		}
		c := &crowd{slackPractice: newSlackPractice(b, slackSetup{mode: "http", replicas: 1, more: names})}
		c.open(names)
		var working sync.WaitGroup
		end := time.Now().Add(*loadTime)
		for _, user := range names {
			working.Go(func() { c.work(user, end) })
		}
		working.Wait()
		c.kill(c.replicas[0])
		c.report(b)
	}
}

// open opens a consult for everybody. The channel is shared meanwhile, so each
// consult is held in a direct message: Slack takes one message a second in a
// channel, and the load is that of presses.
func (c *crowd) open(names []string) {
	c.t.Helper()
	c.fake.ChangeChannel(slackChannel, func(ch *slackfake.Channel) { ch.Shared = true })
	var opening sync.WaitGroup
	for part := range slices.Chunk(names, (len(names)+7)/8) {
		opening.Go(func() {
			for _, user := range part {
				if _, err := c.fake.As(user).Command(slackChannel, "/consult", ""); err != nil {
					c.t.Errorf("%s opens no consult: %v", user, err)
				}
			}
		})
	}
	opening.Wait()
	c.until("everybody has a card", func() bool {
		return !slices.ContainsFunc(names, func(user string) bool { return len(c.fake.Direct(user)) == 0 })
	})
}

// work presses until the end, with time to think in between.
func (c *crowd) work(user string, end time.Time) {
	client := c.fake.As(user)
	for {
		think := time.Duration(rand.ExpFloat64() * float64(*loadThink))
		if time.Now().Add(think).After(end) {
			return
		}
		time.Sleep(think)
		at, control, ok := c.something(user)
		if !ok {
			continue
		}
		out, err := c.use(client, at, control)
		if err != nil || out.Took == 0 {
			continue // it has changed under the finger, or is chosen already
		}
		c.mu.Lock()
		c.took = append(c.took, out.Took)
		if out.Notice != "" {
			c.lost = append(c.lost, out.Notice)
		}
		c.mu.Unlock()
	}
}

// ends are buttons that end a consult, call everybody or draw up documents.
var ends = []string{"Cancel", "Close with the record", "Immediate danger", "Now: page everybody", "Record so far"}

// something is anything that can be pressed in front of somebody: most often on
// the card, now and then on what only they see, which they put away after a while.
func (c *crowd) something(user string) (at slackfake.Where, found slackfake.Control, ok bool) {
	messages := c.fake.Direct(user)
	if hints := c.fake.Ephemeral(user); len(hints) > 3 {
		c.fake.Reload(user)
	} else if len(hints) > 0 && rand.N(3) == 0 {
		messages = hints
	}
	m := messages[rand.N(len(messages))]
	controls := slices.DeleteFunc(m.Controls(), func(control slackfake.Control) bool {
		return control.Element.URL != "" || slices.Contains(ends, control.Label())
	})
	if len(controls) == 0 {
		return m.Where(), found, false
	}
	return m.Where(), controls[rand.N(len(controls))], true
}

func (c *crowd) use(client *slackfake.Client, at slackfake.Where, control slackfake.Control) (slackfake.Outcome, error) {
	options := control.Options()
	if len(options) == 0 {
		return client.Do(slackfake.Spot{Where: at, Control: control})
	}
	return client.Do(slackfake.Spot{Where: at, Control: control}, options[rand.N(len(options))])
}

// report says how long acknowledgements took, and fails over the bound.
func (c *crowd) report(b *testing.B) {
	b.Helper()
	if len(c.took) == 0 {
		b.Fatal("nobody pressed anything")
	}
	slices.Sort(c.took)
	at := func(part float64) time.Duration { return c.took[int(part*float64(len(c.took)-1))] }
	for name, part := range map[string]float64{"p50-ms": 0.5, "p95-ms": 0.95, "p99-ms": 0.99, "max-ms": 1} {
		b.ReportMetric(float64(at(part).Microseconds())/1000, name)
	}
	b.ReportMetric(float64(len(c.took))/loadTime.Seconds(), "presses/s")
	used := c.replicas[0].process.ProcessState
	b.ReportMetric(float64((used.UserTime()+used.SystemTime()).Microseconds())/1000/float64(len(c.took)), "cpu-ms/press")
	b.ReportMetric(0, "ns/op")
	if len(c.lost) > 0 {
		b.Errorf("%d of %d presses were not acknowledged: %s", len(c.lost), len(c.took), c.lost[0])
	}
	if strings.Contains(string(c.replicas[0].log.bytes()), "recovered") {
		b.Error("the program met a fault")
	}
	b.Logf("%d presses: half within %v, 95 of 100 within %v, 99 within %v, all within %v", len(c.took), at(0.5), at(0.95), at(0.99), at(1))
	if *loadBound > 0 && at(0.99) > *loadBound {
		b.Errorf("99 of 100 acknowledgements took up to %v, more than %v", at(0.99), *loadBound)
	}
}
