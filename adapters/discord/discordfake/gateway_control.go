package discordfake

import "github.com/gorilla/websocket"

// Sessions is how many sessions have a connection.
func (s *Server) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, one := range s.sessions {
		if one.conn != nil {
			n++
		}
	}
	return n
}

// Identified is how many sessions were begun in the last day.
func (s *Server) Identified() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.identified)
}

// Intents are what the sessions that are open asked for, together.
func (s *Server) Intents() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := 0
	for _, one := range s.sessions {
		all |= one.intents
	}
	return all
}

func (s *Server) sockets() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*socket
	for _, one := range s.sessions {
		if one.conn != nil {
			open = append(open, one.conn)
		}
	}
	return open
}

// DropSockets cuts every connection without a word. The sessions can be resumed.
func (s *Server) DropSockets() {
	for _, c := range s.sockets() {
		_ = c.conn.Close() // it may be closed
	}
}

// CloseSockets ends every connection with a code.
func (s *Server) CloseSockets(code int) {
	for _, c := range s.sockets() {
		c.end(code, "A fault on command")
	}
}

// CloseIdentifies ends every connection that identifies itself with a code; 0
// lets them again.
func (s *Server) CloseIdentifies(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = code
}

// Reconnect asks every client to connect anew.
func (s *Server) Reconnect() {
	for _, c := range s.sockets() {
		c.write(frame{Op: opReconnect})
	}
}

// InvalidateSessions ends every session: their clients are told, and n resumes
// are refused.
func (s *Server) InvalidateSessions(n int) {
	open := s.sockets()
	s.mu.Lock()
	s.invalid = n
	s.sessions = map[string]*session{}
	for _, c := range open {
		c.session = nil
	}
	s.mu.Unlock()
	for _, c := range open {
		c.write(frame{Op: opInvalidSession, Data: false})
	}
}

// AskHeartbeat asks every client for a sign of life at once.
func (s *Server) AskHeartbeat() {
	for _, c := range s.sockets() {
		c.write(frame{Op: opHeartbeat})
	}
}

// SendRaw sends a text to every client, whatever it is.
func (s *Server) SendRaw(text string) {
	for _, c := range s.sockets() {
		c.writing.Lock()
		_ = c.conn.WriteMessage(websocket.TextMessage, []byte(text)) // a dead connection loses it
		c.writing.Unlock()
	}
}
