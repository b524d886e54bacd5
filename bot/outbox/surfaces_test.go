package outbox

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestASurfaceIsDeliveredToOnceAtATime(t *testing.T) {
	t.Parallel()
	var s surfaces
	var all sync.WaitGroup
	var on [2]atomic.Int32
	for i := range 60 {
		all.Go(func() {
			surface := i % 2
			unlock := s.lock([]string{"card", "page/dana"}[surface])
			if on[surface].Add(1) > 1 {
				t.Error("two at once")
			}
			time.Sleep(time.Millisecond)
			on[surface].Add(-1)
			unlock()
		})
	}
	all.Wait()
	if len(s.busy) != 0 {
		t.Errorf("%d surfaces are never let go", len(s.busy))
	}
}

func TestASurfaceDoesNotWaitForAnother(t *testing.T) {
	t.Parallel()
	var s surfaces
	defer s.lock("card")()
	done := make(chan struct{})
	go func() {
		s.lock("page/dana")()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Error("a page waits for the card")
	}
}
