package slackfake

import (
	"slices"
	"time"
)

// A Trouble is something that goes wrong with the Web API.
type Trouble struct {
	Method string // which method; "" is every one, "response_url" and "upload" are those addresses
	Times  int    // how many calls it meets; 0 is all until it is lifted

	Status     int           // answered instead of doing anything: 500, or 429 with RetryAfter
	RetryAfter int           // seconds, with 429
	Code       string        // an error of Slack's, such as "fatal_error"
	Lost       bool          // the work is done and the answer is lost
	Delay      time.Duration // the answer comes late
}

// Cause lets something go wrong until it has met its calls, or lift is called.
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

// trouble returns what goes wrong with this call. The lock is held.
func (s *Server) trouble(method string) Trouble {
	for i, t := range s.troubles {
		if t.Method != "" && t.Method != method {
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

// ExpireTriggers lets every trigger that was given out expire at once, as they
// do for slow apps.
func (s *Server) ExpireTriggers() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.triggers {
		t.at = t.at.Add(-triggerLife - time.Second)
	}
}

// HurryTriggers says how much of a trigger's life is gone before the app has it.
func (s *Server) HurryTriggers(gone time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hurry = gone
}
