package slackfake

import (
	"math"
	"time"
)

// What Slack's tiers allow, in calls a minute for each method.
const (
	tierNone = 0
	tier1    = 10 // documented as 1+; connections are opened by several replicas
	tier2    = 20
	tier3    = 50
	tier4    = 100
)

// Posting is allowed about once a second for each channel, with short bursts.
const (
	postsPerSecond = 1
	postBurst      = 3
)

// A bucket holds calls that may still be made.
type bucket struct {
	left float64
	at   time.Time
}

// take takes one call, or says how long to wait for the next.
func (b *bucket) take(now time.Time, perSecond, most float64) (wait time.Duration, ok bool) {
	b.left = math.Min(most, b.left+now.Sub(b.at).Seconds()*perSecond)
	b.at = now
	if b.left < 1 {
		return time.Duration((1 - b.left) / perSecond * float64(time.Second)), false
	}
	b.left--
	return 0, true
}

// limited takes a call from a bucket by name. The lock is held.
func (s *Server) limited(name string, perSecond, most float64) (wait time.Duration, ok bool) {
	if !s.options.Limited {
		return 0, true
	}
	b, there := s.buckets[name]
	if !there {
		b = &bucket{left: most, at: s.now()}
		s.buckets[name] = b
	}
	return b.take(s.now(), perSecond, most)
}
