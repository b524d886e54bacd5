package discordfake

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// The opcodes of the gateway.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// The codes with which Discord ends a connection.
const (
	CloseUnknownOpcode   = 4001
	CloseDecode          = 4002
	CloseNotIdentified   = 4003
	CloseNotAuthorised   = 4004
	CloseIdentifiedTwice = 4005
	CloseSequence        = 4007
	CloseTooFast         = 4008
	CloseTimeout         = 4009
	CloseShard           = 4010
	CloseVersion         = 4012
	CloseIntents         = 4013
	CloseForbidden       = 4014
)

// Intents.
const (
	intentGuilds     = 1 << 0
	intentMembers    = 1 << 1
	intentPresences  = 1 << 8
	intentContent    = 1 << 15
	privileged       = intentMembers | intentPresences | intentContent
	allIntents       = 1<<26 - 1
	maxSends         = 120 // a minute
	identifyEvery    = 5 * time.Second
	gatewayWriteTime = 3 * time.Second
)

// A session is one client of the gateway. It outlives its connection, so that
// the client can go on with it.
type session struct {
	id      string
	intents int
	seq     int
	log     []frame // what was dispatched
	conn    *socket
}

// A frame is one message of the gateway.
type frame struct {
	Op   int    `json:"op"`
	Data any    `json:"d"`
	Seq  *int   `json:"s"`
	Type string `json:"t,omitempty"`
}

// A socket is one connection.
type socket struct {
	conn    *websocket.Conn
	writing sync.Mutex
	ended   bool // by Discord: what the client says to that comes too late
	session *session
	version string
	resumes bool // it is where sessions are to be resumed
	sends   []time.Time
	heard   time.Time
}

// write sends one frame; a connection that is gone loses it, as in life.
func (c *socket) write(f frame) {
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.conn.SetWriteDeadline(time.Now().Add(gatewayWriteTime)) // fails with the write that follows
	_ = c.conn.WriteJSON(f)
}

// end closes a connection with a code.
func (c *socket) end(code int, text string) {
	c.writing.Lock()
	c.ended = true
	_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), time.Now().Add(gatewayWriteTime)) // it may be gone
	c.writing.Unlock()
	_ = c.conn.Close() // it may be closed
}

func (s *Server) gatewayAddress(resume bool) string {
	path := "/gateway/"
	if resume {
		path = "/gateway/resume/"
	}
	return strings.Replace(s.http.URL, "http", "ws", 1) + path
}

// GatewayURL is the address of the gateway.
func (s *Server) GatewayURL() string { return s.gatewayAddress(false) }

func (s *Server) gatewayURL(*call) (int, any, error) {
	return 200, map[string]any{"url": s.gatewayAddress(false)}, nil
}

func (s *Server) gatewayBot(*call) (int, any, error) {
	left := max(0, s.options.Identifies-len(s.identified))
	return 200, map[string]any{
		"url": s.gatewayAddress(false), "shards": 1,
		"session_start_limit": map[string]any{"total": s.options.Identifies, "remaining": left, "reset_after": 86400000, "max_concurrency": 1},
	}, nil
}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{conn: conn, version: r.URL.Query().Get("v"), resumes: strings.HasSuffix(r.URL.Path, "/resume/"), heard: time.Now()}
	if c.version != "9" && c.version != "10" || r.URL.Query().Get("encoding") == "etf" {
		c.end(CloseVersion, "Invalid API version")
		return
	}
	c.write(frame{Op: opHello, Data: map[string]any{"heartbeat_interval": s.options.Heartbeat.Milliseconds()}})
	gone := make(chan struct{})
	go s.supervise(c, gone)
	s.listen(c)
	close(gone)
}

// supervise ends a connection that has gone silent.
func (s *Server) supervise(c *socket, gone <-chan struct{}) {
	every := time.NewTicker(s.options.Heartbeat / 2)
	defer every.Stop()
	for {
		select {
		case <-gone:
			return
		case <-s.done:
			_ = c.conn.Close() // it may be closed
			return
		case <-every.C:
			s.mu.Lock()
			silent := time.Since(c.heard) > 2*s.options.Heartbeat+gatewayWriteTime
			s.mu.Unlock()
			if silent {
				c.end(CloseTimeout, "Session timed out.")
				return
			}
		}
	}
}

// listen takes what a client sends until the connection ends. One that a client
// ends by 1000 or 1001 has ended its session too.
func (s *Server) listen(c *socket) {
	for {
		_, raw, err := c.conn.ReadMessage()
		if err != nil {
			c.writing.Lock()
			ended := c.ended
			c.writing.Unlock()
			s.mu.Lock()
			if c.session != nil && c.session.conn == c {
				c.session.conn = nil
				if !ended && websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) {
					delete(s.sessions, c.session.id)
				}
			}
			s.mu.Unlock()
			_ = c.conn.Close() // it may be closed
			return
		}
		if code, text := s.receive(c, raw); code != 0 {
			c.end(code, text)
		}
	}
}

// receive does what a client asks for. A code ends the connection.
func (s *Server) receive(c *socket, raw []byte) (code int, text string) {
	var in struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(raw, &in) != nil {
		return CloseDecode, "Error while decoding payload."
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	c.sends = slices.DeleteFunc(append(c.sends, now), func(t time.Time) bool { return now.Sub(t) > time.Minute })
	if len(c.sends) > maxSends {
		return CloseTooFast, "You are sending payloads too quickly."
	}
	switch in.Op {
	case opHeartbeat:
		c.heard = now
		go c.write(frame{Op: opHeartbeatAck})
		return 0, ""
	case opIdentify:
		return s.identify(c, in.Data)
	case opResume:
		return s.resume(c, in.Data)
	case 3, 4, 8, 31:
		if c.session == nil {
			return CloseNotIdentified, "Not authenticated."
		}
		s.faulty("sent the gateway opcode %d", in.Op)
		return 0, ""
	default:
		return CloseUnknownOpcode, "Unknown opcode."
	}
}

func (s *Server) tokenIs(token string) bool { return strings.TrimPrefix(token, "Bot ") == s.token }

func (s *Server) identify(c *socket, raw json.RawMessage) (int, string) {
	var in struct {
		Token      string         `json:"token"`
		Intents    *int           `json:"intents"`
		Properties map[string]any `json:"properties"`
		Shard      []int          `json:"shard"`
	}
	if json.Unmarshal(raw, &in) != nil || in.Properties == nil {
		return CloseDecode, "Error while decoding payload."
	}
	now := s.now()
	s.identified = slices.DeleteFunc(s.identified, func(t time.Time) bool { return now.Sub(t) > 24*time.Hour })
	hasty := len(s.identified) > 0 && now.Sub(s.identified[len(s.identified)-1]) < time.Duration(float64(identifyEvery)*s.options.Limits)
	switch {
	case s.closing != 0:
		return s.closing, "A fault on command"
	case c.session != nil:
		return CloseIdentifiedTwice, "Already authenticated."
	case !s.tokenIs(in.Token):
		return CloseNotAuthorised, "Authentication failed."
	case len(s.identified) >= s.options.Identifies:
		s.token += "-reset"
		return CloseNotAuthorised, "Authentication failed."
	case len(in.Shard) == 2 && in.Shard[0] >= in.Shard[1]:
		return CloseShard, "Invalid shard."
	case in.Intents == nil || *in.Intents < 0 || *in.Intents > allIntents:
		return CloseIntents, "Invalid intent(s)."
	case *in.Intents&privileged&^s.options.Privileged != 0:
		return CloseForbidden, "Disallowed intent(s)."
	case hasty:
		go c.write(frame{Op: opInvalidSession, Data: false})
		return 0, ""
	}
	s.identified = append(s.identified, now)
	one := &session{id: "session-" + s.snowflake(), intents: *in.Intents, conn: c}
	c.session = one
	s.sessions[one.id] = one
	guilds := []any{}
	for id := range s.guilds {
		guilds = append(guilds, map[string]any{"id": id, "unavailable": true})
	}
	one.dispatch("READY", map[string]any{
		"v": 9, "user": s.shapeUser(BotUser), "guilds": guilds, "session_id": one.id, "session_type": "normal",
		"resume_gateway_url": s.gatewayAddress(true), "shard": []int{0, 1}, "application": map[string]any{"id": AppID, "flags": 0},
		"private_channels": []any{}, "relationships": []any{}, "presences": []any{},
	})
	if one.intents&intentGuilds != 0 {
		for _, g := range s.guilds {
			one.dispatch("GUILD_CREATE", s.shapeGuild(g))
		}
	}
	return 0, ""
}

// resume goes on with a session: what was missed is sent again.
func (s *Server) resume(c *socket, raw json.RawMessage) (int, string) {
	var in struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	if json.Unmarshal(raw, &in) != nil {
		return CloseDecode, "Error while decoding payload."
	}
	one, ok := s.sessions[in.Session]
	switch {
	case !s.tokenIs(in.Token):
		return CloseNotAuthorised, "Authentication failed."
	case !ok || s.invalid > 0:
		s.invalid = max(0, s.invalid-1)
		delete(s.sessions, in.Session)
		go c.write(frame{Op: opInvalidSession, Data: false})
		return 0, ""
	case in.Seq > one.seq:
		delete(s.sessions, in.Session)
		return CloseSequence, "Invalid seq."
	}
	if !c.resumes {
		s.faulty("resumed a session where sessions begin")
	}
	c.session, one.conn = one, c
	for _, f := range one.log {
		if *f.Seq > in.Seq {
			c.write(f)
		}
	}
	one.dispatch("RESUMED", map[string]any{})
	return 0, ""
}

// dispatch sends an event to a session, or keeps it until the client is back. The
// server's lock is held.
func (one *session) dispatch(name string, data any) {
	one.seq++
	seq := one.seq
	f := frame{Op: opDispatch, Data: data, Seq: &seq, Type: name}
	one.log = append(one.log, f)
	if one.conn != nil {
		one.conn.write(f)
	}
}

// event tells every session what its intents let it know. The lock is held.
func (s *Server) event(name string, data map[string]any) {
	for _, one := range s.sessions {
		if name == "INTERACTION_CREATE" || one.intents&intentGuilds != 0 {
			one.dispatch(name, data)
		}
	}
}
