package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/gorilla/websocket"
	"github.com/redis/go-redis/v9"

	"curbside/bot"
)

// A fakeGateway is one that says hello, lets people in and does as it is told.
type fakeGateway struct {
	*httptest.Server
	t testing.TB

	mu     sync.Mutex
	conns  []*websocket.Conn
	hellos []map[string]any // what came first on each connection
	close  int              // with which code a connection ends at once
	mute   bool             // whether it says nothing at all
}

func newFakeGateway(t testing.TB) *fakeGateway {
	t.Helper()
	g := &fakeGateway{t: t}
	g.Server = httptest.NewServer(http.HandlerFunc(g.serve))
	t.Cleanup(g.Close)
	return g
}

func (g *fakeGateway) address() string { return strings.Replace(g.URL, "http://", "ws://", 1) }

func (g *fakeGateway) serve(w http.ResponseWriter, r *http.Request) {
	conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	g.mu.Lock()
	mute, end := g.mute, g.close
	g.mu.Unlock()
	if mute {
		_, _, _ = conn.ReadMessage()
		return
	}
	_ = conn.WriteJSON(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": 20}})
	var first map[string]any
	if conn.ReadJSON(&first) != nil {
		return
	}
	g.mu.Lock()
	g.hellos = append(g.hellos, first)
	g.mu.Unlock()
	if end != 0 {
		_ = conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(end, "no"))
		return
	}
	ready := map[string]any{"op": 0, "s": 1, "t": "READY", "d": map[string]any{"session_id": "session", "v": 9}}
	if first["op"] == 6.0 {
		ready = map[string]any{"op": 0, "s": 2, "t": "RESUMED", "d": map[string]any{}}
	}
	_ = conn.WriteJSON(ready)
	g.mu.Lock()
	g.conns = append(g.conns, conn)
	g.mu.Unlock()
	for {
		var m map[string]any
		if conn.ReadJSON(&m) != nil {
			return
		}
		if m["op"] == 1.0 {
			g.mu.Lock()
			_ = conn.WriteJSON(map[string]any{"op": 11})
			g.mu.Unlock()
		}
	}
}

func (g *fakeGateway) connected() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.conns)
}

// event sends an event on the newest connection.
func (g *fakeGateway) event(kind string, data any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	_ = g.conns[len(g.conns)-1].WriteJSON(map[string]any{"op": 0, "s": 7, "t": kind, "d": data})
}

// runs runs the adapter with a gateway, until the test ends.
func runs(t *testing.T, g *fakeGateway, change ...func(*Options)) (*lab, chan error) {
	t.Helper()
	l := newLab(t, append([]func(*Options){func(o *Options) { o.Mode, o.Gateway = ModeGateway, g.address() }}, change...)...)
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ended <- l.Run(ctx, l.bot)
	}()
	t.Cleanup(func() {
		end()
		<-done
	})
	return l, ended
}

func gatewayPress(id string) map[string]any {
	return map[string]any{
		"id": "500000000000000001", "application_id": application, "token": "interaction-token", "type": 3, "version": 1,
		"guild_id": guildID, "channel_id": channelID, "member": memberOf(ana),
		"message": cardMessage(), "data": map[string]any{"custom_id": id, "component_type": 2},
	}
}

func TestAPressComesThroughTheGatewayAndIsAnswered(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t)
	l, _ := runs(t, g)
	next := view("second look")
	l.bot.says(bot.Reply{View: &next, Version: 8})
	until(t, "a connection", func() bool { return g.connected() == 1 })
	identify := g.hellos[0]["d"].(map[string]any)
	if identify["token"] != "Bot the-token" || identify["intents"] != 1.0 {
		t.Errorf("it introduces itself with %v", identify["intents"])
	}
	g.event("INTERACTION_CREATE", gatewayPress("amber-heron-42:7:a"))
	answered := l.stub.one(http.MethodPost, "interactions/500000000000000001/interaction-token/callback")
	var a response
	if err := json.Unmarshal(answered.raw, &a); err != nil || a.Type != callbackUpdate || !strings.Contains(data(t, a).text(), "second look") {
		t.Errorf("answered %s", answered.raw)
	}
	if l.bot.last(t).Press.Version != 7 {
		t.Errorf("heard %+v", l.bot.last(t))
	}
}

func TestWhatIsStrangeOnTheGatewayEndsNothing(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t)
	l, _ := runs(t, g)
	until(t, "a connection", func() bool { return g.connected() == 1 })
	g.event("INTERACTION_CREATE", map[string]any{
		"id": "1", "application_id": application, "token": "t", "type": 5, "guild_id": guildID, "member": memberOf(ana),
		"data": map[string]any{"custom_id": "x", "components": []any{map[string]any{"type": 18, "component": map[string]any{"type": 99}}}},
	})
	g.event("INTERACTION_CREATE", []any{})
	g.event("A_NEW_EVENT", map[string]any{"what": "ever"})
	g.event("INTERACTION_CREATE", gatewayPress("amber-heron-42:7:a"))
	l.stub.one(http.MethodPost, "interactions/500000000000000001")
	if strings.Contains(l.logged(), "recovered") {
		t.Error("it panicked on the way")
	}
}

func TestALostConnectionIsResumed(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t)
	_, _ = runs(t, g)
	until(t, "a connection", func() bool { return g.connected() == 1 })
	g.mu.Lock()
	_ = g.conns[0].Close()
	g.mu.Unlock()
	until(t, "another connection", func() bool { return g.connected() == 2 })
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.hellos[1]["op"] != 6.0 {
		t.Errorf("it came back with %v, want a resumed session", g.hellos[1])
	}
}

func TestAFatalEndEndsTheProgramWithAWordWhatToDo(t *testing.T) {
	for code := range fatalCloses {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			g := newFakeGateway(t)
			g.close = code
			_, ended := runs(t, g)
			select {
			case err := <-ended:
				fatal, ok := errors.AsType[*FatalError](err)
				if !ok || fatal.Code != code || strings.Contains(err.Error(), "the-token") {
					t.Errorf("ended with %v", err)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("it goes on")
			}
		})
	}
}

func TestAnotherEndIsTriedAgain(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t)
	g.close = 4000
	_, ended := runs(t, g)
	until(t, "a second try", func() bool { g.mu.Lock(); defer g.mu.Unlock(); return len(g.hellos) == 2 })
	select {
	case err := <-ended:
		t.Errorf("ended with %v", err)
	default:
	}
}

func TestAPlainGatewayElsewhereIsNeverSpokenTo(t *testing.T) {
	l := newLab(t, func(o *Options) { o.Mode = ModeGateway })
	l.stub.refuses(func(_, path string) (int, string) {
		if path == "gateway" {
			return 200, `{"url":"ws://gateway.example"}`
		}
		return 0, ""
	})
	if _, ok := errors.AsType[*FatalError](l.serveGateway(t.Context(), l.bot)); !ok {
		t.Error("it goes there")
	}
	if _, err := New(Options{
		Application: "1", Guild: "1", Channel: "1", Token: func() string { return "x" }, Staff: func() []string { return nil },
		Log: l.log, API: "http://discord.example",
	}); err == nil {
		t.Error("a plain API elsewhere is taken")
	}
}

func TestAGarbledAnswerAboutTheGatewayIsAskedForAgain(t *testing.T) {
	t.Parallel()
	l := newLab(t, func(o *Options) { o.Mode = ModeGateway })
	l.stub.refuses(func(_, path string) (int, string) {
		if path == "gateway" {
			return 200, `{"url":["nonsense"]}`
		}
		return 0, ""
	})
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- l.serveGateway(ctx, l.bot) }()
	until(t, "a second question", func() bool { return len(l.stub.all(http.MethodGet, "gateway")) > 1 })
	end()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestRoleAndChannelEventsHaveTheChannelLookedAtAgain(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t)
	l, _ := runs(t, g)
	l.serves(privateServer())
	until(t, "a connection", func() bool { return g.connected() == 1 })
	open := privateServer().overwrite(guildID, 0, "1024", "0")
	l.serves(open)
	g.event("CHANNEL_UPDATE", map[string]any{"id": channelID})
	until(t, "a word in the log", func() bool { return strings.Contains(l.logged(), "code=public") })
}

func TestOneProcessOfTwoHasTheGateway(t *testing.T) {
	redisServer := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: redisServer.Addr()})
	t.Cleanup(func() { _ = client.Close() })
	first, second := NewRedisLease(client, application), NewRedisLease(client, application)
	ctx := t.Context()
	for i, c := range []struct {
		who  Lease
		want bool
	}{{first, true}, {second, false}, {first, true}} {
		if held, err := c.who.Hold(ctx); err != nil || held != c.want {
			t.Errorf("step %d: held %t, %v", i, held, err)
		}
	}
	if err := second.Release(ctx); err != nil {
		t.Fatal(err)
	}
	if held, _ := second.Hold(ctx); held {
		t.Error("one let go of what was the other's")
	}
	redisServer.FastForward(leaseTime + time.Second)
	if held, err := second.Hold(ctx); err != nil || !held {
		t.Errorf("a dead process keeps it: %v", err)
	}
	if err := second.Release(ctx); err != nil {
		t.Fatal(err)
	}
	if held, _ := first.Hold(ctx); !held {
		t.Error("what was let go is not to be had")
	}
}

func TestTheProcessWithoutTheLeaseStaysAway(t *testing.T) {
	t.Parallel()
	redisServer := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: redisServer.Addr()})
	t.Cleanup(func() { _ = client.Close() })
	if held, err := NewRedisLease(client, application).Hold(t.Context()); err != nil || !held {
		t.Fatal(err)
	}
	g := newFakeGateway(t)
	mine := NewRedisLease(client, application)
	asked := &countingLease{Lease: mine}
	runs(t, g, func(o *Options) { o.Lease = asked })
	until(t, "a question for the lease", func() bool { return asked.times() > 0 })
	if g.connected() > 0 {
		t.Error("it connected")
	}
}

type countingLease struct {
	Lease
	mu sync.Mutex
	n  int
}

func (c *countingLease) Hold(ctx context.Context) (bool, error) {
	held, err := c.Lease.Hold(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return held, err
}

func (c *countingLease) times() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func TestTheCommandIsRegisteredOnlyWhenItHasChanged(t *testing.T) {
	l := newLab(t)
	path := "applications/" + application + "/guilds/" + guildID + "/commands"
	if err := l.register(t.Context()); err != nil {
		t.Fatal(err)
	}
	registered := l.stub.one(http.MethodPut, path).raw
	for _, want := range []string{`"default_member_permissions":"0"`, `"contexts":[0]`, `"integration_types":[0]`} {
		if !strings.Contains(string(registered), want) {
			t.Errorf("registered %s, want %s", registered, want)
		}
	}
	l.stub.refuses(func(method, at string) (int, string) {
		if method == http.MethodGet && at == path {
			return 200, strings.Replace(string(registered), `"name"`, `"id":"42","version":"1","name"`, 1)
		}
		return 0, ""
	})
	if err := l.register(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.stub.one(http.MethodPut, path)
}
