package discordfake

import (
	"context"
	"net/http"
	"strings"
)

// A Moment is when a request to the REST API can be held.
type Moment int

// The moments.
const (
	Arriving  Moment = iota // before anything is done
	Answering               // done, before it is answered
)

// A Hold holds one request.
type Hold struct {
	// Met gets the request when it is held.
	Met  <-chan Call
	at   Moment
	is   func(Call) bool
	met  chan Call
	goes chan bool
}

// Release lets the request go on.
func (h *Hold) Release() { h.goes <- true }

// Lose ends the request without an answer. One that was [Arriving] never came.
func (h *Hold) Lose() { h.goes <- false }

// Hold holds the first request that is one of those to be held. is must not keep
// anything waiting.
func (s *Server) Hold(at Moment, is func(Call) bool) *Hold {
	h := &Hold{at: at, is: is, met: make(chan Call, 1), goes: make(chan bool, 1)}
	h.Met = h.met
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holds = append(s.holds, h)
	return h
}

// held waits where a request is held. It ends the request that is lost.
func (s *Server) held(at Moment, c *call, route string) {
	one := Call{Route: route, Path: c.path(), Body: string(c.body), Client: c.client()}
	s.mu.Lock()
	all := append([]*Hold(nil), s.holds...)
	s.mu.Unlock()
	for _, h := range all {
		if h.at != at || !h.is(one) || !s.takes(h) {
			continue
		}
		h.met <- one
		select {
		case on := <-h.goes:
			if !on {
				panic(http.ErrAbortHandler)
			}
		case <-s.done:
		}
	}
}

// takes reports whether h still holds, and ends it: it holds one request.
func (s *Server) takes(h *Hold) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.holds {
		if s.holds[i] == h {
			s.holds = append(s.holds[:i:i], s.holds[i+1:]...)
			return true
		}
	}
	return false
}

// clientKey is under which a request's context holds its client's name.
type clientKey struct{}

// URLAs is an address like [Server.URL] by whose requests a client is known: its
// name is in [Call.Client].
func (s *Server) URLAs(client string) string { return s.URL + "/as/" + client }

// knownAs serves a client by its name.
func knownAs(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		client := r.PathValue("client")
		out := r.Clone(context.WithValue(r.Context(), clientKey{}, client))
		out.URL.Path = strings.TrimPrefix(r.URL.Path, "/as/"+client)
		next.ServeHTTP(w, out)
	}
}

func (c *call) client() string {
	name, _ := c.r.Context().Value(clientKey{}).(string)
	return name
}
