package web

import "sync"

// watchers are those who want to know that something on the page may have
// changed. Its zero value has none.
type watchers struct {
	mu    sync.Mutex
	wakes map[chan struct{}]struct{}
}

// join returns a channel that holds a value when something may have changed
// since it was last read. leave ends it.
func (s *watchers) join() (wake <-chan struct{}, leave func()) {
	c := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.wakes == nil {
		s.wakes = map[chan struct{}]struct{}{}
	}
	s.wakes[c] = struct{}{}
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.wakes, c)
	}
}

func (s *watchers) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.wakes {
		select {
		case c <- struct{}{}:
		default: // it has yet to look
		}
	}
}
