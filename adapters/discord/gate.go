package discord

import (
	"context"
	"sync"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// gateTime is how long a token that was refused is not shown again. Discord bans
// an address that asks too often in vain, and what is refused once is refused
// again. That one person or one channel is refused says nothing about others.
const gateTime = time.Minute

// A gate keeps requests back while Discord refuses the bot's token: all of them
// but the urgent ones, which are few, and are tried whatever is known.
type gate struct {
	mu    sync.Mutex
	until time.Time
}

// shut says how long the gate stays closed.
func (g *gate) shut(now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.until.Sub(now)
}

func (g *gate) close(now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.until = now.Add(gateTime)
}

// An urgencyKey is under which the context of urgent requests holds true.
type urgencyKey struct{}

// urgently is a context whose requests pass the gate when a delivery calls
// somebody, or tells of what cannot wait.
func urgently(ctx context.Context, v bot.Delivery) context.Context {
	if v.Kind == dialog.Page || v.Kind == dialog.EndPage || v.Effect.Lane == dialog.LaneUrgent {
		return context.WithValue(ctx, urgencyKey{}, true)
	}
	return ctx
}

func urgent(ctx context.Context) bool { return ctx.Value(urgencyKey{}) != nil }
