package slack

import (
	"sync"
	"time"
)

const (
	// slackPace is how often a channel takes a message (Slack: about one a second).
	slackPace = time.Second
	// burst is how many may come at once after a rest.
	burst = 3
)

// gates keep to Slack's limits: a method that was refused with a Retry-After is
// left alone for that long, and a channel is written to about once a second. They
// are safe for concurrent use.
type gates struct {
	pace time.Duration // how often a channel takes a message

	mu       sync.Mutex
	reopens  map[string]time.Time // by gate: a method, or a method and a channel
	channels map[string]time.Time // when a channel's allowance is full again
}

func newGates(pace time.Duration) *gates {
	return &gates{pace: pace, reopens: map[string]time.Time{}, channels: map[string]time.Time{}}
}

// closed returns how long a gate is to be left alone.
func (g *gates) closed(gate string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(time.Until(g.reopens[gate]), 0)
}

func (g *gates) shut(gate string, wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(wait); until.After(g.reopens[gate]) {
		g.reopens[gate] = until
	}
}

// enter takes one message's allowance of a channel, or returns how long to wait
// for it. What is urgent always enters; what comes after it waits for both.
func (g *gates) enter(channel string, urgent bool) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	full := g.channels[channel]
	if full.Before(now) {
		full = now
	}
	next := full.Add(g.pace)
	if wait := next.Sub(now) - burst*g.pace; wait > 0 && !urgent {
		return wait
	}
	g.channels[channel] = next
	if len(g.channels) > 4096 {
		for name, at := range g.channels {
			if at.Before(now) {
				delete(g.channels, name)
			}
		}
	}
	return 0
}
