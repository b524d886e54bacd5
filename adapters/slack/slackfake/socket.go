package slackfake

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// pingEvery is how often Slack pings a socket.
const pingEvery = 5 * time.Second

// A socket is one connection of Socket Mode.
type socket struct {
	conn    *websocket.Conn
	writing sync.Mutex
	gone    chan struct{}
}

// An envelope waits for its acknowledgement.
type envelope struct {
	accepts bool // a payload with the acknowledgement
	answer  chan []byte
	acked   bool
}

// write sends one message; a socket that is gone loses it, as in life.
func (c *socket) write(message any) {
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.conn.SetWriteDeadline(time.Now().Add(ackTime)) // fails with the write that follows
	_ = c.conn.WriteJSON(message)
}

func (c *socket) close() {
	_ = c.conn.Close() // fails only when it is closed already
}

func (s *Server) connectionsOpen(request) (reply, error) {
	ticket := s.name("ticket")
	return reply{"url": strings.Replace(s.http.URL, "http", "ws", 1) + "/link/" + ticket + "?app_id=" + AppID}, nil
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{conn: conn, gone: make(chan struct{})}
	s.mu.Lock()
	if len(s.sockets) >= maxConnections {
		s.mu.Unlock()
		c.write(map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
		c.close()
		return
	}
	s.sockets = append(s.sockets, c)
	number := len(s.sockets)
	s.mu.Unlock()
	c.write(map[string]any{
		"type": "hello", "num_connections": number, "connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{"host": "applink-1", "approximate_connection_time": 18060},
	})
	go c.ping(s.done)
	s.listen(c)
}

func (c *socket) ping(done <-chan struct{}) {
	every := time.NewTicker(pingEvery)
	defer every.Stop()
	for {
		_ = c.conn.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(ackTime)) // a dead socket ends the reader
		select {
		case <-every.C:
		case <-c.gone:
			return
		case <-done:
			return
		}
	}
}

// listen takes acknowledgements until the socket ends.
func (s *Server) listen(c *socket) {
	defer func() {
		close(c.gone)
		c.close()
		s.mu.Lock()
		s.sockets = slices.DeleteFunc(s.sockets, func(other *socket) bool { return other == c })
		s.mu.Unlock()
	}()
	for {
		_, raw, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		s.acknowledge(raw)
	}
}

func (s *Server) acknowledge(raw []byte) {
	var answer struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if json.Unmarshal(raw, &answer) != nil {
		s.faulty("sent over a socket what is no JSON")
		return
	}
	e, ok := s.awaiting[answer.EnvelopeID]
	switch {
	case !ok:
		s.faulty("acknowledged an envelope that is not there: %q", answer.EnvelopeID)
	case e.acked:
		s.faulty("acknowledged an envelope twice")
	case len(raw) >= maxAckPayload:
		s.faulty("acknowledged with %d bytes, which Slack drops without a word", len(raw))
	default:
		if !e.accepts && len(answer.Payload) > 0 && string(answer.Payload) != "null" {
			s.faulty("acknowledged with a payload where none is taken")
		}
		e.acked = true
		e.answer <- answer.Payload
	}
}

// overSocket hands a payload to one of the connections.
func (s *Server) overSocket(k kind, raw []byte, again retry) ack {
	var accepts struct {
		Type string `json:"type"`
	}
	_ = json.Unmarshal(raw, &accepts) // what has no type takes no payload
	e := &envelope{answer: make(chan []byte, 1), accepts: k == command || accepts.Type == "view_submission"}
	s.mu.Lock()
	id := s.name("envelope-")
	s.awaiting[id] = e
	var c *socket
	if len(s.sockets) > 0 {
		c = s.sockets[s.turn%len(s.sockets)]
	}
	s.mu.Unlock()
	if c == nil {
		return ack{reason: "connection_failed"}
	}
	message := map[string]any{"type": k, "envelope_id": id, "payload": json.RawMessage(raw), "accepts_response_payload": e.accepts}
	if k == event {
		message["retry_attempt"], message["retry_reason"] = again.number, again.reason
	}
	c.write(message)
	select {
	case body := <-e.answer:
		if string(body) == "null" {
			body = nil
		}
		return ack{body: body}
	case <-c.gone:
		return ack{reason: "connection_failed"}
	case <-time.After(ackTime):
		return ack{reason: "http_timeout"}
	}
}

// Sockets is how many connections there are.
func (s *Server) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets)
}

// open are the connections at this moment.
func (s *Server) open() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sockets)
}

// DropSockets cuts every connection without a word.
func (s *Server) DropSockets() {
	for _, c := range s.open() {
		c.close()
	}
}

// Disconnect asks every connection to end: "warning", "refresh_requested" or
// "link_disabled".
func (s *Server) Disconnect(reason string) {
	for _, c := range s.open() {
		c.write(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-1"}})
	}
}

// SendRaw sends a text over every connection, whatever it is.
func (s *Server) SendRaw(text string) {
	for _, c := range s.open() {
		c.writing.Lock()
		_ = c.conn.WriteMessage(websocket.TextMessage, []byte(text)) // a dead socket loses it
		c.writing.Unlock()
	}
}
