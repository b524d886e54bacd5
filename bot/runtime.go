package bot

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"log/slog"
	"maps"
	"runtime"
	"slices"
	"time"

	"curbside/dialog"
	"curbside/dialog/deid"
	"curbside/rules"
)

// storeTime bounds all that one press asks of the store: platforms want an
// answer within three seconds.
const storeTime = 2 * time.Second

// Parts are what a [Bot] is made of. All but the last two must be set.
type Parts struct {
	Store     Store
	Platforms []Platform
	Office    Office
	Book      *rules.Book
	Scrubber  *deid.Scrubber
	Clock     Clock
	Log       *slog.Logger
	Program   string // the version of the program
	// TimersLate says whether nobody looks for due timers any more.
	TimersLate func() bool
	// AuditHeads returns the heads of the audit chain in one word.
	AuditHeads func(context.Context) (string, error)
}

// A Bot turns what people do into committed steps of consults, and committed
// effects into deliveries. It is safe for concurrent use and keeps nothing of a
// consult in memory between two calls.
type Bot struct {
	Parts
	platforms map[PlatformName]Platform
	first     PlatformName // whose view of the practice the desk takes
	trouble   trouble
}

var _ Worker = (*Bot)(nil)

// New makes a bot.
func New(p Parts) *Bot {
	b := &Bot{Parts: p, platforms: make(map[PlatformName]Platform, len(p.Platforms))}
	for _, platform := range p.Platforms {
		b.platforms[platform.Name()] = platform
	}
	if names := slices.Sorted(maps.Keys(b.platforms)); len(names) > 0 {
		b.first = names[0]
	}
	return b
}

// env is what the dialog needs for a consult that lives on a platform; "" is the
// desk, which lives on none.
func (b *Bot) env(on PlatformName) dialog.Env {
	if on == "" {
		on = b.first
	}
	now := b.Clock.Now()
	return dialog.Env{
		Book:     b.Book,
		Practice: b.Office.Practice(on),
		Scrubber: b.Scrubber,
		Program:  b.Program,
		Now:      now,
		Trouble:  b.trouble.list(b.TimersLate != nil && b.TimersLate(), now),
	}
}

// bounded gives the store its time, whether or not the platform still waits:
// what a person pressed is carried through.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), storeTime)
}

// newHandle draws a handle.
func newHandle() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return dialog.Handle(binary.LittleEndian.Uint64(b[:]))
}

// recovered logs a panic by its place in the code: its value may quote input.
func (b *Bot) recovered(where string, cause any) {
	if cause == nil {
		return
	}
	at := "unknown"
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)])
	if frame, _ := frames.Next(); frame.Function != "" {
		at = frame.Function
	}
	b.Log.Error("recovered", "in", where, "at", at)
}
