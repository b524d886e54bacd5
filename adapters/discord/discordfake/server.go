// Package discordfake is a Discord for tests: servers that keep state, the REST
// API, the gateway and signed interactions over HTTP, with the limits that
// Discord documents enforced and faults on command. It is written from Discord's
// reference and knows nothing of the adapter.
package discordfake

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The one application, and the one server in which it is installed to begin with.
const (
	Token   = "fake-bot-token" // without "Bot "
	AppID   = "800000000000000001"
	BotUser = "800000000000000002"
	GuildID = "700000000000000001" // also the id of its role @everyone
	BotRole = "700000000000000002" // the role that came with the installation

	// epoch is Discord's first second, in milliseconds.
	epoch = 1420070400000
)

// Options are what differs between one Discord and another.
type Options struct {
	// Limits puts the rate limits in force, scaled: 1 is as observed, 0.1 resets
	// ten times as fast, 0 is none.
	Limits float64
	// BanAfter is how many answers of 401, 403 and 429 within ten minutes ban the
	// caller; 0 is Discord's 10,000.
	BanAfter int
	// Heartbeat is how often the gateway wants to hear of a client; 0 is 41.25 s.
	Heartbeat time.Duration
	// Identifies is how many sessions may be begun in a day before the token is
	// reset; 0 is Discord's 1000.
	Identifies int
	// Privileged are the privileged intents that the application was granted.
	Privileged int
	// MaxThreads is how many threads of a server may be active; 0 is Discord's 1000.
	MaxThreads int
	// MentionsAdd says that a mention in a private thread adds whom it calls,
	// which depends on who mentions and is not documented for apps.
	MentionsAdd bool
	// Forgetful keeps requests without what was in them, and no deliveries, for
	// many of them.
	Forgetful bool
	// Patience is how long an interaction waits for its first answer; 0 is 3 s.
	Patience time.Duration
}

// A Server is one Discord. All its methods are safe for concurrent use.
type Server struct {
	// URL stands for https://discord.com.
	URL string

	options Options
	http    *httptest.Server
	done    chan struct{}
	key     ed25519.PrivateKey

	mu           sync.Mutex
	ahead        time.Duration
	serial       uint64
	token        string
	people       map[string]*Person
	guilds       map[string]*Guild
	channels     map[string]*Channel
	messages     []*Message
	commands     map[string][]Command // by server, "" is everywhere
	opened       map[string]bool      // commands that an administrator opened to everybody
	interactions map[string]*interaction
	modals       map[string]*Modal
	shown        map[string][]string // what lock screens showed
	notices      map[string][]string // what Discord itself told somebody
	nonces       map[string]once
	calls        []Call
	faults       []string
	troubles     []*Trouble
	buckets      map[string]*bucket
	refusals     []time.Time
	sessions     map[string]*session
	identified   []time.Time
	endpoints    []string
	turn         int
	sent         []Delivery
	closing      int // identifies are ended with this code
	invalid      int // resumes that are still refused
	holds        []*Hold
}

// New starts a Discord with one server, in which the application is installed
// with the permissions that [Needed] names and nobody else is. [Server.Close]
// ends it.
func New(o Options) *Server {
	if o.BanAfter == 0 {
		o.BanAfter = 10_000
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 41250 * time.Millisecond
	}
	if o.Identifies == 0 {
		o.Identifies = 1000
	}
	if o.MaxThreads == 0 {
		o.MaxThreads = 1000
	}
	if o.Patience == 0 {
		o.Patience = 3 * time.Second
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		panic(err) // the machine has no randomness
	}
	s := &Server{
		options: o, done: make(chan struct{}), key: key, token: Token,
		people: map[string]*Person{}, guilds: map[string]*Guild{}, channels: map[string]*Channel{},
		commands: map[string][]Command{}, opened: map[string]bool{}, interactions: map[string]*interaction{},
		modals: map[string]*Modal{}, shown: map[string][]string{}, notices: map[string][]string{},
		nonces: map[string]once{}, buckets: map[string]*bucket{}, sessions: map[string]*session{},
	}
	s.AddGuild(Guild{ID: GuildID, Name: "Harbor Street Counseling", Roles: []Role{
		{ID: GuildID, Name: "@everyone", Permissions: Everyday},
		{ID: BotRole, Name: "Curbside", Permissions: Needed, Bot: BotUser},
	}})
	s.AddPerson(Person{ID: BotUser, Name: "Curbside", Bot: true, Roles: []string{BotRole}})
	s.http = httptest.NewServer(s.routes())
	s.URL = s.http.URL
	return s
}

// PublicKey is the key with which interactions over HTTP are signed, in hex.
func (s *Server) PublicKey() string {
	return hex.EncodeToString(s.key.Public().(ed25519.PublicKey))
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

// Advance moves Discord's clock ahead: tokens of interactions and nonces expire
// by it, threads are archived, and rate limits recover.
func (s *Server) Advance(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += by
	for _, c := range s.channels {
		if c.thread() && !c.Archived && s.now().Sub(c.active) > time.Duration(c.AutoArchive)*time.Minute {
			c.Archived = true
			s.event("THREAD_UPDATE", s.shapeChannel(c))
		}
	}
}

// now is Discord's time. The lock is held.
func (s *Server) now() time.Time { return time.Now().Add(s.ahead) }

// snowflake makes an id: unique, and in order of time. The lock is held.
func (s *Server) snowflake() string {
	s.serial++
	return strconv.FormatUint(uint64(s.now().UnixMilli()-epoch)<<22|s.serial&(1<<22-1), 10)
}

// A Call is one request to the REST API.
type Call struct {
	Route  string // "POST /channels/{channel_id}/messages", as Discord's reference names it
	Path   string // without the version
	Body   string // the JSON of the body, also of one with files
	Files  int
	Status int
	Code   int // Discord's own, of an error
	Answer string
	Client string // who asked: see [Server.URLAs]
	At     time.Time
}

// Calls are the requests by a route so far, oldest first; "" is all.
func (s *Server) Calls(route string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []Call
	for _, c := range s.calls {
		if route == "" || c.Route == route {
			calls = append(calls, c)
		}
	}
	return calls
}

// Faults are what the app did that Discord takes without a word and no app
// should do, such as leaving it open whom a message may call.
func (s *Server) Faults() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.faults)
}

func (s *Server) faulty(format string, args ...any) {
	s.faults = append(s.faults, fmt.Sprintf(format, args...))
}

// withoutTokens takes tokens of interactions out of what is kept of a request.
func (s *Server) withoutTokens(text string) string {
	for _, in := range s.interactions {
		text = strings.ReplaceAll(text, in.token, "token")
	}
	return text
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for route, do := range routes() {
		method, path, _ := strings.Cut(route, " ")
		mux.HandleFunc(method+" /api/{version}"+path, func(w http.ResponseWriter, r *http.Request) { s.serveAPI(w, r, route, do) })
	}
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		s.serveAPI(w, r, r.Method+" "+r.URL.Path, (*Server).unknownRoute)
	})
	mux.HandleFunc("/gateway/", s.serveGateway)
	mux.HandleFunc("/as/{client}/", knownAs(mux))
	return mux
}
