package discordfake

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// globalLimit is how many requests the bot may make in a second.
const globalLimit = 50

// An allowance is how many calls of a route are allowed in a time. Discord
// documents none of these numbers and tells them in headers: they are as
// observed.
type allowance struct {
	calls int
	per   time.Duration
}

func allowed(route string) allowance {
	switch {
	case route == "POST /channels/{channel_id}/messages", strings.HasPrefix(route, "PATCH /channels/{channel_id}/messages"),
		strings.HasPrefix(route, "DELETE /channels/{channel_id}/messages"):
		return allowance{5, 5 * time.Second}
	case strings.Contains(route, "/webhooks/"):
		return allowance{5, 2 * time.Second}
	case route == "PATCH /channels/{channel_id}":
		return allowance{5, 15 * time.Second}
	case route == "POST /channels/{channel_id}/threads", strings.HasPrefix(route, "PUT /channels/{channel_id}/thread-members"):
		return allowance{5, 5 * time.Second}
	case route == "POST /users/@me/channels":
		return allowance{10, 10 * time.Second}
	case strings.HasSuffix(route, "member-counts"):
		return allowance{5, 10 * time.Second}
	default:
		return allowance{25, 5 * time.Second}
	}
}

// A bucket is one rate limit.
type bucket struct {
	name  string
	most  int
	left  int
	reset time.Time
}

// headers tell a client about its limit. The server's lock is held.
func (b *bucket) headers(h http.Header, now time.Time, scale float64) {
	if b == nil || scale == 0 {
		return
	}
	after := max(0, b.reset.Sub(now))
	h.Set("X-RateLimit-Limit", strconv.Itoa(b.most))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, b.left)))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(now.Add(after).UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(after.Seconds(), 'f', 3, 64))
	h.Set("X-RateLimit-Bucket", b.name)
}

// limited takes one call of a route, or refuses it. A limit is shared by what has
// the same channel, server or webhook. First answers have none. The lock is held.
func (s *Server) limited(c *call, route string) (*bucket, error) {
	if s.options.Limits == 0 || route == callbackRoute {
		return nil, nil
	}
	if !byToken(route) {
		if _, err := s.take("global", allowance{globalLimit, time.Second}, true); err != nil {
			return nil, err
		}
	}
	major := c.arg("channel_id") + c.arg("guild_id") + c.arg("webhook_id") + c.arg("webhook_token")
	return s.take(route+" "+major, allowed(route), false)
}

func (s *Server) take(name string, a allowance, global bool) (*bucket, error) {
	now := s.now()
	b, ok := s.buckets[name]
	if !ok || !now.Before(b.reset) {
		sum := fnv.New64()
		_, _ = sum.Write([]byte(name)) // never fails
		b = &bucket{name: fmt.Sprintf("%x", sum.Sum64()), most: a.calls, left: a.calls, reset: now.Add(time.Duration(float64(a.per) * s.options.Limits))}
		s.buckets[name] = b
	}
	if b.left <= 0 {
		scope := "user"
		if global {
			scope = "global"
		}
		return b, refusal{status: 429, message: "You are being rate limited.", wait: b.reset.Sub(now), scope: scope, global: global}
	}
	b.left--
	return b, nil
}

// banned reports whether the caller was refused too often within ten minutes.
// The lock is held.
func (s *Server) banned() bool {
	since := s.now().Add(-10 * time.Minute)
	for len(s.refusals) > 0 && s.refusals[0].Before(since) {
		s.refusals = s.refusals[1:]
	}
	return len(s.refusals) >= s.options.BanAfter
}
