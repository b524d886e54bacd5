package discordfake

import (
	"slices"
	"time"
)

// A Trouble is something that goes wrong with the REST API.
type Trouble struct {
	Route string // "" is every one
	Times int    // how many requests it meets; 0 is all until it is lifted

	Status     int           // answered instead of doing anything: 500, 403, or 429 with RetryAfter
	RetryAfter time.Duration // with 429
	Code       int           // Discord's own code, with Status
	Lost       bool          // the work is done and the answer is lost
	Delay      time.Duration // the work is done late
}

// Cause lets something go wrong until it has met its requests, or lift is called.
func (s *Server) Cause(t Trouble) (lift func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.troubles = append(s.troubles, &t)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.troubles = slices.DeleteFunc(s.troubles, func(other *Trouble) bool { return other == &t })
	}
}

// trouble returns what goes wrong with this request. The lock is held.
func (s *Server) trouble(route string) Trouble {
	for i, t := range s.troubles {
		if t.Route != "" && t.Route != route {
			continue
		}
		met := *t
		if t.Times == 1 {
			s.troubles = slices.Delete(s.troubles, i, i+1)
		}
		t.Times = max(0, t.Times-1)
		return met
	}
	return Trouble{}
}
