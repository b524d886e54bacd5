// Package slackfake is a Slack for tests: a workspace that keeps state, speaks
// the Web API, Socket Mode and signed HTTP, enforces the limits that Slack
// documents, and misbehaves when told to. It is written from Slack's reference
// and knows nothing of the adapter.
package slackfake

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"
)

// The one app that is installed.
const (
	BotToken      = "xoxb-fake-bot"
	AppToken      = "xapp-fake-app"
	SigningSecret = "fake-signing-secret"
	AppID         = "A0CURBSIDE"
	BotUser       = "U0CURBSIDE"
	TeamID        = "T0HARBOR"

	botID = "B0CURBSIDE"
)

// LeastScopes are the scopes that the app's bot token has unless [Options] says
// otherwise.
func LeastScopes() []string {
	return []string{"commands", "chat:write", "groups:read", "im:write", "users:read", "files:write"}
}

// Options are what differs between one Slack and another.
type Options struct {
	Scopes     []string      // of the bot token; nil are [LeastScopes]
	AppScopes  []string      // of the app-level token; nil is connections:write
	Enterprise string        // the organisation's id, "" outside Enterprise Grid
	Limited    bool          // the rate limits are in force
	EditWindow time.Duration // how long a message may be edited; 0 is for ever
	Events     []string      // the bot events that are subscribed to; nil are all
	Forgetful  bool          // calls are kept without their arguments, for many of them
	NoLatest   bool          // a direct message does not say what stands last in it
	KeepsLost  bool          // a choice that the app did not acknowledge stands all the same
	// RetryAfter is when an event that failed is sent again: nil is at once, after
	// a minute and after five.
	RetryAfter []time.Duration
}

// A Server is one Slack with one workspace. All its methods are safe for
// concurrent use.
type Server struct {
	// URL is the address of the Web API, with the slash at its end.
	URL string

	options Options
	http    *httptest.Server
	done    chan struct{}

	mu        sync.Mutex
	ahead     time.Duration // what [Server.Advance] moved the clock by
	hurry     time.Duration // how much of a trigger's life is gone when it is given out
	serial    int
	stamp     int64 // the last message's timestamp, in microseconds
	people    map[string]*Person
	channels  map[string]*Channel
	posts     []*Message
	hints     []*Message // ephemeral messages
	views     map[string]*View
	stacks    map[string][]string // a person's open modals, the top one last
	homes     map[string]string   // a person's home view
	files     map[string]*File
	triggers  map[string]*trigger
	hooks     map[string]*hook
	shown     map[string][]string // what lock screens showed
	notices   map[string][]string // what Slack itself told somebody
	calls     []Call
	faults    []string
	troubles  []*Trouble
	holds     []*Hold
	buckets   map[string]*bucket
	sockets   []*socket
	turn      int // whose turn it is to be given a payload
	endpoints Endpoints
	awaiting  map[string]*envelope
	typed     map[elementAt]entry // what people put into messages
}

// New starts a Slack with an empty workspace. [Server.Close] ends it.
func New(o Options) *Server {
	if o.Scopes == nil {
		o.Scopes = LeastScopes()
	}
	if o.AppScopes == nil {
		o.AppScopes = []string{"connections:write"}
	}
	if o.RetryAfter == nil {
		o.RetryAfter = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	s := &Server{
		options: o, done: make(chan struct{}),
		people: map[string]*Person{}, channels: map[string]*Channel{}, views: map[string]*View{},
		stacks: map[string][]string{}, homes: map[string]string{}, files: map[string]*File{},
		triggers: map[string]*trigger{}, hooks: map[string]*hook{}, shown: map[string][]string{},
		notices: map[string][]string{}, buckets: map[string]*bucket{}, awaiting: map[string]*envelope{},
		typed: map[elementAt]entry{},
	}
	s.AddPerson(Person{ID: BotUser, Name: "Curbside", Bot: true})
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("/by/{process}/api/{method}", s.serveAPI)
	mux.HandleFunc("POST /upload/{file}", s.serveUpload)
	mux.HandleFunc("POST /response/{hook}", s.serveResponse)
	mux.HandleFunc("/link/{ticket}", s.serveSocket)
	s.http = httptest.NewServer(mux)
	s.URL = s.http.URL + "/api/"
	return s
}

// Close ends the server and every connection to it.
func (s *Server) Close() {
	s.mu.Lock()
	select {
	case <-s.done:
		s.mu.Unlock()
		return
	default:
		close(s.done)
	}
	s.mu.Unlock()
	s.DropSockets()
	s.http.CloseClientConnections()
	s.http.Close()
}

// Advance moves Slack's clock ahead: triggers, response addresses and edit
// windows expire by it, and rate limits recover.
func (s *Server) Advance(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += by
}

// now is Slack's time. The lock is held.
func (s *Server) now() time.Time { return time.Now().Add(s.ahead) }

// name makes an id that nothing else has. The lock is held.
func (s *Server) name(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%08d", prefix, s.serial)
}

// timestamp makes the ts of a new message: unique and in order. The lock is held.
func (s *Server) timestamp() string {
	s.stamp = max(s.stamp+1, s.now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.stamp/1e6, s.stamp%1e6)
}

// A Call is one call of the Web API or of a response address.
type Call struct {
	Method string // "response_url" for the latter
	Args   string // as they were sent, the token taken out
	Code   string // the error that was answered; "" is success
	At     time.Time
}

// Calls are the calls of a method so far, oldest first; "" is all.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			calls = append(calls, c)
		}
	}
	return calls
}

// Faults are what the app did that Slack takes without a word and no app should
// do, such as acknowledging twice.
func (s *Server) Faults() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.faults)
}

func (s *Server) faulty(format string, args ...any) {
	s.faults = append(s.faults, fmt.Sprintf(format, args...))
}

// withoutTokens takes tokens out of what is kept of a call.
func withoutTokens(args string) string {
	for _, token := range []string{BotToken, AppToken} {
		args = strings.ReplaceAll(args, token, "token")
	}
	return args
}
