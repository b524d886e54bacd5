package web

import (
	"context"
	"log/slog"
	"net"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"curbside/adapters/adaptertest"
	"curbside/bot"
	"curbside/dialog"
)

func TestWorkbenchKeepsThePromisesOfAPlatform(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T, b *adaptertest.Bot) adaptertest.Harness {
		return newHarness(t, newServer(t, b, Options{}))
	})
}

// A server is a workbench over HTTP.
type server struct {
	*httptest.Server
	bench *Workbench
	clock *Clock
	board *memoryBoard
}

// newServer serves a workbench to b; what o leaves open is filled in.
func newServer(t *testing.T, b Bot, o Options) *server {
	t.Helper()
	s := &server{clock: o.Clock, board: &memoryBoard{}}
	if s.clock == nil {
		start := time.Date(2026, time.November, 21, 15, 0, 0, 0, time.UTC)
		s.clock = NewClock(bot.ClockFunc(func() time.Time { return start }))
		o.Clock = s.clock
	}
	if o.Board == nil {
		o.Board = s.board
	}
	if o.Practice == nil {
		practice := testPractice()
		o.Practice = func() *dialog.Practice { return practice }
	}
	if o.Patience == 0 {
		o.Patience = 200 * time.Millisecond
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	bench, err := New(context.Background(), o)
	if err != nil {
		t.Fatalf("new workbench: %v", err)
	}
	s.bench = bench
	streams, end := context.WithCancel(context.Background())
	s.Server = httptest.NewUnstartedServer(bench.Handler(b))
	s.Config.BaseContext = func(net.Listener) context.Context { return streams }
	s.Start()
	t.Cleanup(func() {
		end()
		s.Close()
		bench.Wait()
	})
	return s
}

func testPractice() *dialog.Practice {
	return &dialog.Practice{
		Name: "Harbor Street Counseling", Location: time.FixedZone("PST", -8*3600),
		People: map[dialog.PersonID]dialog.Person{
			"dana": {ID: "dana", Name: "Dana Reyes", Roles: []dialog.Role{dialog.Clinician}},
			"sam":  {ID: "sam", Name: "Sam Okafor", Roles: []dialog.Role{dialog.Supervisor}},
			"kim":  {ID: "kim", Name: "Kim Tran", Roles: []dialog.Role{dialog.Clinician}},
		},
	}
}

// A memoryBoard is a board that lasts as long as the test.
type memoryBoard struct {
	mu      sync.Mutex
	entries map[bot.Ref]Entry
	away    error
}

func (b *memoryBoard) Load(context.Context) ([]Entry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []Entry
	for _, e := range b.entries {
		all = append(all, e)
	}
	return all, b.away
}

func (b *memoryBoard) Save(_ context.Context, e Entry) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.away != nil {
		return b.away
	}
	if b.entries == nil {
		b.entries = map[bot.Ref]Entry{}
	}
	b.entries[e.Ref] = e
	return nil
}

func (b *memoryBoard) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.away = err
}

// A harness is the workbench in people's terms: everybody has a page of their
// own, in a browser that follows its events.
type harness struct {
	t      *testing.T
	server *server

	mu    sync.Mutex
	seats map[adaptertest.Person]*browser
}

func newHarness(t *testing.T, s *server) *harness {
	h := &harness{t: t, server: s, seats: map[adaptertest.Person]*browser{}}
	for _, p := range adaptertest.Staff() {
		h.As(p) // opened before anything happens
	}
	return h
}

func (h *harness) Platform() bot.Platform { return h.server.bench }

func (h *harness) Account(p adaptertest.Person) bot.Identity { return Account(dialog.PersonID(p)) }

func (h *harness) Home() bot.Place { return Home() }

func (h *harness) Unfit() map[string]bot.Place {
	elsewhere, direct := Home(), bot.DirectTo(Account("dana"))
	elsewhere.Channel = "general"
	return map[string]bot.Place{"another channel": elsewhere, "a direct message": direct}
}

func (h *harness) As(p adaptertest.Person) adaptertest.Seat {
	h.mu.Lock()
	defer h.mu.Unlock()
	b, open := h.seats[p]
	if !open {
		b = openPage(h.t, h.server.URL, string(p))
		h.seats[p] = b
	}
	return b
}
