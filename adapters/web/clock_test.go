package web

import (
	"testing"
	"time"

	"curbside/bot"
)

func TestTheClockOnlyMovesForward(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	system := start
	c := NewClock(bot.ClockFunc(func() time.Time { return system }))
	woken := 0
	c.OnMove(func() { woken++ })

	if got := c.Now(); !got.Equal(start) {
		t.Errorf("before any move it shows %v, want the system's %v", got, start)
	}
	if !c.Advance(time.Hour) || !c.Now().Equal(start.Add(time.Hour)) || woken != 1 {
		t.Errorf("an hour later it shows %v, after %d calls", c.Now(), woken)
	}
	for _, d := range []time.Duration{0, -time.Minute} {
		if c.Advance(d) || !c.Now().Equal(start.Add(time.Hour)) || woken != 1 {
			t.Errorf("moving by %v shows %v, after %d calls", d, c.Now(), woken)
		}
	}
	system = system.Add(time.Minute)
	if got, want := c.Now(), start.Add(61*time.Minute); !got.Equal(want) {
		t.Errorf("a minute later it shows %v, want %v", got, want)
	}
}

func TestTimesAreSaidInWords(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 21, 15, 0, 0, 0, time.UTC)
	for want, d := range map[string]time.Duration{
		"in less than a minute": 40 * time.Second, "in 1 minute": time.Minute,
		"in 1 hour 30 minutes": 90 * time.Minute, "in 1 day 12 hours": 36 * time.Hour,
		"in 2 days": 48 * time.Hour, "5 minutes ago": -5 * time.Minute, "1 hour ago": -time.Hour,
	} {
		if got := relative(now.Add(d), now); got != want {
			t.Errorf("%v from now is %q, want %q", d, got, want)
		}
	}
}
