package web

import (
	"sync"
	"time"

	"curbside/bot"
)

// A Clock is the time of the practice: the system's, moved forward by whoever
// tries out what happens later. It never goes back. It is safe for concurrent use.
type Clock struct {
	base bot.Clock

	mu     sync.Mutex
	offset time.Duration
	moved  []func()
}

var _ bot.Clock = (*Clock)(nil)

// NewClock makes a clock that shows the time of base.
func NewClock(base bot.Clock) *Clock { return &Clock{base: base} }

// Now implements [bot.Clock].
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base.Now().Add(c.offset)
}

// Moved returns by how much the clock was moved so far.
func (c *Clock) Moved() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.offset
}

// OnMove has f called after every move, so that whatever waits for a time can
// look again. f is called on the goroutine of the one who moved the clock.
func (c *Clock) OnMove(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved = append(c.moved, f)
}

// Advance moves the clock forward by d. It reports false, and does nothing, when
// d is not forward.
func (c *Clock) Advance(d time.Duration) bool {
	if d <= 0 {
		return false
	}
	c.mu.Lock()
	c.offset += d
	moved := c.moved
	c.mu.Unlock()
	for _, f := range moved {
		f()
	}
	return true
}
