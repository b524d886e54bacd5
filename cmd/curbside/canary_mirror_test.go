package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A mirror stands between the program and a platform. All that is said passes
// through it, so that what the program says is kept apart from what people and
// the platform say; and it can say what the platform never would.
type mirror struct {
	t       *testing.T
	URL     string // what stands for the platform
	Inbound string // where the platform sends, over HTTP
	real    string // the platform's own address
	out     *httptest.Server
	in      *httptest.Server
	dress   func(raw []byte) (name string, dressed []byte) // names a payload of the platform, "" of none

	mu       sync.Mutex
	app      func(path string) string // where the program answers
	said     map[string]said          // what the program said, each once
	spoken   int                      // how often it said something
	payloads map[string][]byte        // what the platform said, the newest of each name
	sockets  []*canarySocket
	frames   int
	spoil    func(route string, asked []byte) spoiled
	hears    func(route string) bool // the mirror answers by itself
	sign     func(r *http.Request, body []byte)
	waiting  map[string]chan []byte
}

// A said thing was said by the program.
type said struct {
	how  string
	text []byte
}

// A canarySocket is a connection of the program.
type canarySocket struct {
	conn    *websocket.Conn
	writing sync.Mutex
	last    []byte // the last frame of the platform that has a number
}

func (c *canarySocket) write(frame []byte) {
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.conn.WriteMessage(websocket.TextMessage, frame) // a connection that is gone loses it
}

// A spoiled answer takes the place of the platform's own.
type spoiled struct {
	raw   []byte // the whole answer, head and body; nil is the platform's own
	never bool
	plant func(body []byte) []byte // what becomes of the platform's own body
	head  map[string]string        // more of its head
}

func newMirror(t *testing.T, platform string) *mirror {
	m := &mirror{
		t: t, real: strings.TrimPrefix(strings.TrimSuffix(platform, "/"), "http://"), said: map[string]said{}, payloads: map[string][]byte{},
		waiting: map[string]chan []byte{},
	}
	m.real, _, _ = strings.Cut(m.real, "/")
	m.out = httptest.NewServer(http.HandlerFunc(m.outward))
	m.in = httptest.NewServer(http.HandlerFunc(m.inward))
	m.URL, m.Inbound = m.out.URL, m.in.URL
	t.Cleanup(func() {
		m.out.CloseClientConnections()
		m.in.CloseClientConnections()
		for _, c := range m.open() {
			_ = c.conn.Close() // it may be closed
		}
		m.out.Close()
		m.in.Close()
	})
	return m
}

// own puts the mirror's address in the place of the platform's.
func (m *mirror) own(text []byte) []byte {
	ours := strings.TrimPrefix(m.URL, "http://")
	text = bytes.ReplaceAll(text, []byte(m.real), []byte(ours))
	return bytes.ReplaceAll(text, []byte(url.QueryEscape(m.real)), []byte(url.QueryEscape(ours)))
}

// say keeps what the program said.
func (m *mirror) say(how string, text []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.said[how+string(text)] = said{how, bytes.Clone(text)}
	m.spoken++
}

// times is how often the program said something.
func (m *mirror) times() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.spoken
}

// saidSoFar is all that the program said.
func (m *mirror) saidSoFar() []said {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []said
	for _, one := range m.said {
		all = append(all, one)
	}
	return all
}

// heard keeps what the platform said, and gives it to the program in the dress
// in which platforms give it.
func (m *mirror) heard(raw []byte) {
	if name, dressed := m.dress(raw); name != "" {
		m.mu.Lock()
		m.payloads[name] = dressed
		m.mu.Unlock()
	}
}

func (m *mirror) heardSoFar() map[string][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := map[string][]byte{}
	for name, payload := range m.payloads {
		all[name] = payload
	}
	return all
}

func (m *mirror) open() []*canarySocket {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]*canarySocket(nil), m.sockets...)
}

// outward hands what the program asks on to the platform.
func (m *mirror) outward(w http.ResponseWriter, r *http.Request) {
	if websocket.IsWebSocketUpgrade(r) {
		m.connect(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	route := r.Method + " " + r.URL.Path
	var head bytes.Buffer
	_ = r.Header.Write(&head)
	m.say(route+" ", []byte(r.URL.RequestURI()))
	m.say("the head of "+route+" ", bytes.ReplaceAll(head.Bytes(), []byte(r.Header.Get("Content-Type")), nil)) // it may name a boundary, anew each time
	m.say("the body of "+route+" ", body)
	m.mu.Lock()
	spoil, hears := m.spoil, m.hears
	m.mu.Unlock()
	if hears != nil && hears(route) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"id":"900000000000000001","channel_id":"1"}`)
		return
	}
	var s spoiled
	if spoil != nil {
		s = spoil(route, body)
	}
	switch {
	case s.never:
		<-r.Context().Done()
		return
	case s.raw != nil:
		m.raw(w, s.raw)
		return
	}
	m.forward(w, r, body, s)
}

// raw answers with bytes of any kind and ends the connection.
func (m *mirror) raw(w http.ResponseWriter, answer []byte) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	_, _ = conn.Write(answer)
	time.AfterFunc(300*time.Millisecond, func() { _ = conn.Close() }) // what is read only then is late
}

func (m *mirror) forward(w http.ResponseWriter, r *http.Request, body []byte, s spoiled) {
	asked, err := http.NewRequestWithContext(r.Context(), r.Method, "http://"+m.real+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return
	}
	asked.Header = r.Header.Clone()
	asked.Header.Del("Accept-Encoding")
	answer, err := mirrors.Do(asked)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	text = m.own(text)
	if s.plant != nil {
		text = s.plant(text)
	}
	for key, values := range answer.Header {
		if key != "Content-Length" && key != "Date" {
			w.Header()[key] = values
		}
	}
	for key, value := range s.head {
		w.Header().Set(key, value)
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write(text)
}

// mirrors keeps connections to platforms and follows nobody.
var mirrors = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// numbered is a frame of Discord's with a number, which its clients repeat.
var numbered = regexp.MustCompile(`"s":[0-9]`)

// connect joins a socket of the program to one of the platform.
func (m *mirror) connect(w http.ResponseWriter, r *http.Request) {
	there, _, err := websocket.DefaultDialer.DialContext(r.Context(), "ws://"+m.real+r.URL.RequestURI(), nil)
	if err != nil {
		return
	}
	defer func() { _ = there.Close() }()
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	here, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &canarySocket{conn: here}
	m.mu.Lock()
	m.sockets = append(m.sockets, c)
	m.mu.Unlock()
	go func() {
		defer func() { _ = here.Close() }()
		for {
			_, frame, err := there.ReadMessage()
			if err != nil {
				return
			}
			m.heard(frame)
			if numbered.Match(frame) {
				m.mu.Lock()
				c.last = frame
				m.mu.Unlock()
			}
			c.write(m.own(frame))
		}
	}()
	for {
		_, frame, err := here.ReadMessage()
		if err != nil {
			return
		}
		m.say("a frame ", frame)
		if !m.answered(frame) && there.WriteMessage(websocket.TextMessage, frame) != nil {
			return
		}
	}
}

// answered takes the acknowledgement of what the mirror itself sent.
func (m *mirror) answered(frame []byte) bool {
	var ack struct {
		ID string `json:"envelope_id"`
	}
	if json.Unmarshal(frame, &ack) != nil || ack.ID == "" {
		return false
	}
	m.mu.Lock()
	waiting, ours := m.waiting[ack.ID]
	delete(m.waiting, ack.ID)
	m.mu.Unlock()
	if ours {
		waiting <- frame
	}
	return ours || strings.HasPrefix(ack.ID, "canary-")
}

// frame sends a frame to the program, over one of its sockets. make gets the
// last frame that the platform sent there.
func (m *mirror) frame(make func(last []byte) []byte) {
	m.mu.Lock()
	m.frames++
	var c *canarySocket
	var last []byte
	if n := len(m.sockets); n > 0 {
		c = m.sockets[max(0, n-2)+m.frames%min(n, 2)] // older ones may have ended
		last = c.last
	}
	m.mu.Unlock()
	if c != nil {
		c.write(make(last))
	}
}

// envelope sends a payload in an envelope, and returns what acknowledges it.
func (m *mirror) envelope(kind string, payload []byte, more string) []byte {
	m.mu.Lock()
	id := fmt.Sprintf("canary-%d", len(m.waiting)+m.frames*1000)
	answer := make(chan []byte, 1)
	m.waiting[id] = answer
	m.mu.Unlock()
	m.frame(func([]byte) []byte {
		return fmt.Appendf(nil, `{"type":%q,"envelope_id":%q,"payload":%s%s}`, kind, id, payload, more)
	})
	select {
	case frame := <-answer:
		return frame
	case <-time.After(60 * time.Millisecond): // what is not understood is never acknowledged
		return nil
	}
}

// inward hands what the platform sends on to the program.
func (m *mirror) inward(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	m.heard(body)
	body = m.own(body)
	m.mu.Lock()
	app, sign := m.app, m.sign
	m.mu.Unlock()
	if app == nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	asked, err := http.NewRequestWithContext(r.Context(), r.Method, app(r.URL.RequestURI()), bytes.NewReader(body))
	if err != nil {
		return
	}
	asked.Header = r.Header.Clone()
	if sign != nil {
		sign(asked, body)
	}
	answer, err := mirrors.Do(asked)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer func() { _ = answer.Body.Close() }()
	for key, values := range answer.Header {
		w.Header()[key] = values
	}
	text, _ := io.ReadAll(answer.Body)
	m.say("an answer over HTTP ", text)
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write(text)
}

// post sends a request of any kind to the program and returns what came back.
func (m *mirror) post(path string, header http.Header, body []byte) []byte {
	m.mu.Lock()
	app := m.app
	m.mu.Unlock()
	host, rest, _ := strings.Cut(strings.TrimPrefix(app(path), "http://"), "/")
	return rawPost(host, "/"+rest, header, body)
}

// rawPost sends a request in which anything may stand, and returns all that
// comes back. What is away answers nothing.
func rawPost(host, path string, header http.Header, body []byte) []byte {
	conn, err := net.DialTimeout("tcp", host, 5*time.Second)
	if err != nil {
		return nil
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	var text bytes.Buffer
	_, _ = fmt.Fprintf(&text, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n", path, host, len(body))
	_ = header.Write(&text)
	text.WriteString("\r\n")
	text.Write(body)
	if _, err := conn.Write(text.Bytes()); err != nil {
		return nil
	}
	answer, _ := io.ReadAll(conn) // what was said until it ended is what came back
	return answer
}

// hangUp ends every connection with words that are none of a platform's.
func (m *mirror) hangUp(p plant) {
	for _, c := range m.open() {
		c.writing.Lock()
		_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(4000, p.text), time.Now().Add(time.Second)) // it may have gone
		c.writing.Unlock()
	}
}
