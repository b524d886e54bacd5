package outbox

import "sync"

// surfaces are the surfaces that this process delivers to now. The leases in
// Redis keep processes apart; while Redis is away a lease can run out, and this
// keeps the process apart from itself. The zero value is ready.
type surfaces struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // closed when it is free again
}

// lock waits until nobody delivers to a surface, and takes it until unlock.
func (s *surfaces) lock(surface string) (unlock func()) {
	for {
		s.mu.Lock()
		other, taken := s.busy[surface]
		if !taken {
			if s.busy == nil {
				s.busy = make(map[string]chan struct{})
			}
			free := make(chan struct{})
			s.busy[surface] = free
			s.mu.Unlock()
			return func() {
				s.mu.Lock()
				delete(s.busy, surface)
				s.mu.Unlock()
				close(free)
			}
		}
		s.mu.Unlock()
		<-other
	}
}
