package bot

import (
	"sync"
	"time"

	"curbside/dialog"
)

// patience is how long deliveries may fail before the card says so: a platform
// that asks to be called a little later is no trouble.
const patience = 30 * time.Second

// A trouble keeps what fails right now, as far as this process has seen. Its
// zero value is ready for use; it is safe for concurrent use.
type trouble struct {
	mu            sync.Mutex
	pagerFails    bool
	deliveryFails time.Time // since when; zero while it works
}

// paged takes in what came of a pager's last call.
func (t *trouble) paged(r Receipt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pagerFails = r.Outcome != Delivered
}

// delivered takes in what came of the last delivery.
func (t *trouble) delivered(r Receipt, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case r.Outcome == Delivered || r.Outcome == Unreachable: // the platform has answered
		t.deliveryFails = time.Time{}
	case t.deliveryFails.IsZero():
		t.deliveryFails = now
	}
}

// list says what the card has to warn of.
func (t *trouble) list(timersLate bool, now time.Time) []dialog.Trouble {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []dialog.Trouble
	if t.pagerFails {
		all = append(all, dialog.TroublePager)
	}
	if timersLate {
		all = append(all, dialog.TroubleTimers)
	}
	if !t.deliveryFails.IsZero() && now.Sub(t.deliveryFails) > patience {
		all = append(all, dialog.TroubleDelivery)
	}
	return all
}
