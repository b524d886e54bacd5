package slackfake

import (
	"net/http"
	"slices"
)

// A Hold stops the first call of the Web API that it is about, until it is
// released or whoever called has gone.
type Hold struct {
	// By is the process that called, once the call is there: see [Server.URLFor].
	By string

	about func(Call) bool
	taken bool
	met   chan struct{}
	over  chan struct{}
}

// Hold stops the next call that about describes: before Slack has taken it, or
// after Slack has done what it asks and before it is answered. What is held before
// it is taken is never done when its caller goes away.
func (s *Server) Hold(taken bool, about func(Call) bool) *Hold {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := &Hold{about: about, taken: taken, met: make(chan struct{}), over: make(chan struct{})}
	s.holds = append(s.holds, h)
	return h
}

// IsMet reports whether the call is there.
func (h *Hold) IsMet() bool {
	select {
	case <-h.met:
		return true
	default:
		return false
	}
}

// Release lets the call go on. It may be called once.
func (h *Hold) Release() { close(h.over) }

// URLFor is the address of the Web API for one of several processes, by which
// [Hold.By] tells them apart.
func (s *Server) URLFor(process string) string { return s.http.URL + "/by/" + process + "/api/" }

// held returns the hold that a call meets, which is none for another one.
func (s *Server) held(c Call) *Hold {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.holds, func(h *Hold) bool { return h.about(c) })
	if i < 0 {
		return nil
	}
	h := s.holds[i]
	s.holds = slices.Delete(s.holds, i, i+1)
	return h
}

// stop holds a call at the point that the hold names, and reports whether its
// caller is still there.
func (h *Hold) stop(r *http.Request, taken bool, ended <-chan struct{}) bool {
	if h == nil || h.taken != taken {
		return true
	}
	h.By = r.PathValue("process")
	close(h.met)
	select {
	case <-h.over:
		return true
	case <-r.Context().Done():
	case <-ended:
	}
	return false
}
