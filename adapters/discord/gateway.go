package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

const (
	openTime   = 30 * time.Second // until a connection has to be up
	silence    = 100 * time.Second
	watchEvery = 5 * time.Second
	// longestWait is between two tries to connect: every try to begin a session
	// counts, and after a thousand in a day Discord resets the token.
	longestWait = 2 * time.Minute
	goodbye     = 50 * time.Millisecond
	// keepSession closes a connection so that it can be resumed: 1000 and 1001
	// would throw the session away.
	keepSession = 4900
)

// fatalCloses are the codes with which Discord ends a connection for good: it
// would end the next one too, and every try counts against the token.
var fatalCloses = map[int]string{
	4004: "discord refuses the bot's token; put a new one into discord.bot_token_file",
	4010: "discord refuses the shard; this program uses none, so something else uses its token",
	4011: "discord wants shards: the bot is in too many servers; it should be in the practice's alone",
	4012: "discord no longer serves this version of its gateway; update curbside",
	4013: "discord does not know the intents; update curbside",
	4014: "discord refuses an intent that was not granted; curbside asks for GUILDS alone, so update curbside",
}

// A FatalError says that Discord has ended the connection for good, and what to
// do about it.
type FatalError struct {
	Code int // Discord's code for the end of a connection
	Say  string
}

// Error implements error.
func (e *FatalError) Error() string { return fmt.Sprintf("%s (code %d)", e.Say, e.Code) }

// A gateway is the one connection through which interactions and events come.
type gateway struct {
	*Discord
	answers Answers
	session *discordgo.Session
	lost    chan struct{} // holds a value when the connection has ended
	at      string        // the address that the library keeps

	mu     sync.Mutex
	conn   net.Conn // the connection beneath, to end a try that hangs
	resume string   // where Discord wants the session to be resumed, "" before there is one
	astray bool     // no connection is to be opened now
}

var errAstray = errors.New("the library is to go elsewhere")

// serveGateway keeps a connection to the gateway until ctx ends or Discord ends
// it for good.
func (d *Discord) serveGateway(ctx context.Context, b Answers) error {
	session, err := newSession(d.options.Token(), d.api.session.Client)
	if err != nil {
		return err
	}
	g := &gateway{Discord: d, answers: b, session: session, lost: make(chan struct{}, 1)}
	session.Dialer = &websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: openTime / 2, NetDialContext: g.dial,
	}
	session.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { g.event(ctx, e) })
	session.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { g.ended() })
	defer g.close()
	wait := time.Second
	for {
		began := time.Now()
		err := g.connect(ctx)
		if fatal, ok := errors.AsType[*FatalError](err); ok {
			return fatal
		}
		if err == nil {
			d.log.Info("gateway connected")
			d.metrics.connected.Set(1)
			g.watch(ctx)
			d.metrics.connected.Set(0)
			if ctx.Err() == nil {
				d.log.Warn("gateway lost")
			}
		} else {
			d.log.Warn("gateway away", "reason", labelOf(err))
		}
		if time.Since(began) > longestWait {
			wait = time.Second
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		wait = min(2*wait, longestWait)
	}
}

// dial remembers the connection, so that a try that hangs can be ended.
func (g *gateway) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	g.mu.Lock()
	astray := g.astray
	g.mu.Unlock()
	if astray {
		return nil, errAstray
	}
	conn, err := (&net.Dialer{Timeout: openTime / 2}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	g.conn = conn
	g.mu.Unlock()
	return conn, nil
}

func (g *gateway) cut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.conn != nil {
		_ = g.conn.Close() // it may be closed already
	}
}

// connect opens the connection: a new one, or the session that was before.
func (g *gateway) connect(ctx context.Context) error {
	if err := g.find(ctx); err != nil {
		return err
	}
	select {
	case <-g.lost:
	default:
	}
	opened := make(chan error, 1)
	go func() { opened <- g.session.Open() }()
	select {
	case err := <-opened:
		if err = closed(err); err != nil {
			g.resumesAt("") // the next try is where every session begins
		}
		return err
	case <-ctx.Done():
	case <-time.After(openTime):
	}
	g.resumesAt("")
	g.cut()
	<-opened
	return &apiError{}
}

// resumesAt notes where Discord wants the session to be resumed.
func (g *gateway) resumesAt(url string) {
	if _, err := address(url, "wss", "ws"); err != nil {
		url = ""
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.resume = url
}

// lead has the library go to an address. It knows of none but the one that it was
// told first, and forgets that when it cannot connect there.
func (g *gateway) lead(at string) {
	if g.at != "" && g.at != at {
		g.keepBack(true)
		_ = g.session.Open() // which fails, and is meant to
		g.keepBack(false)
	}
	g.at = at
	g.session.Client = httpClient(&transport{to: g.wire.to, next: g.wire.next, gateway: at})
}

func (g *gateway) keepBack(back bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.astray = back
}

// find leads to the gateway: where the session is to be resumed, where it is set
// to be, or where Discord says it is. It makes sure that it is no plain address
// out of this machine.
func (g *gateway) find(ctx context.Context) error {
	g.mu.Lock()
	resume := g.resume
	g.mu.Unlock()
	at := cmp.Or(g.options.Gateway, resume)
	if at == "" {
		var answer struct {
			URL string `json:"url"`
		}
		if err := g.api.do(ctx, request{method: http.MethodGet, path: "gateway", out: &answer}); err != nil {
			return fmt.Errorf("find the gateway: %w", err)
		}
		at = answer.URL
	}
	if _, err := address(at, "wss", "ws"); err != nil {
		if u, err := url.Parse(at); err != nil || u.Host == "" || u.Scheme != "ws" {
			return fmt.Errorf("find the gateway: %w", &apiError{}) // garbled: what fails can recover
		}
		return &FatalError{Say: "the gateway's address " + err.Error()}
	}
	g.lead(at)
	return nil
}

// closed reads why a connection did not open, and keeps nothing of what the
// library says.
func closed(err error) error {
	if err == nil || errors.Is(err, discordgo.ErrWSAlreadyOpen) {
		return nil
	}
	if end, ok := errors.AsType[*websocket.CloseError](err); ok {
		if say, fatal := fatalCloses[end.Code]; fatal {
			return &FatalError{Code: end.Code, Say: say}
		}
	}
	return &apiError{}
}

func (g *gateway) ended() {
	select {
	case g.lost <- struct{}{}:
	default:
	}
}

// watch returns when the connection is lost, has gone silent, or ctx ends. The
// library would wait for a silent one much longer, and then give up the session.
func (g *gateway) watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-g.lost:
			return
		case <-tick.C:
			g.session.RLock()
			heard := g.session.LastHeartbeatAck
			g.session.RUnlock()
			if time.Since(heard) > silence {
				g.log.Warn("gateway silent")
				_ = g.session.CloseWithCode(keepSession) // it is given up either way
				return
			}
		}
	}
}

// close says goodbye. The library then waits a second for the connection to end,
// which nobody has to wait for.
func (g *gateway) close() {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = g.session.Close() // the process or its lease ends
	}()
	select {
	case <-closed:
	case <-time.After(goodbye):
	}
}

// event takes one event. It never panics.
func (g *gateway) event(ctx context.Context, e *discordgo.Event) {
	defer func() {
		if cause := recover(); cause != nil {
			g.recovered("gateway", "")
		}
	}()
	switch e.Type {
	case "READY":
		var ready struct {
			Resume string `json:"resume_gateway_url"`
		}
		if json.Unmarshal(e.RawData, &ready) == nil {
			g.resumesAt(ready.Resume)
		}
	case "INTERACTION_CREATE":
		in, err := decodeInteraction(e.RawData)
		if err != nil {
			g.metrics.count(countMalformed)
			g.log.Warn("not understood", "reason", "undecodable", "bytes", len(e.RawData))
			return
		}
		g.respond(ctx, g.answers, in, func(a response) bool { return g.callback(ctx, in, a) })
	case "CHANNEL_UPDATE", "CHANNEL_DELETE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE", "GUILD_UPDATE":
		g.census.forget()
		g.recheck()
	}
}

// callback sends the first answer to an interaction.
func (g *gateway) callback(ctx context.Context, in interaction, a response) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestTime)
	defer cancel()
	err := g.api.do(ctx, request{
		method: http.MethodPost, path: "interactions/" + in.ID + "/" + in.Token + "/callback", body: a, single: true,
	})
	if err != nil {
		g.metrics.count(countLost)
		g.log.Warn("answer lost", "interaction", in.ID, "reason", labelOf(err))
	}
	return err == nil
}
