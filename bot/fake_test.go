package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
	"curbside/dialog/deid"
	"curbside/rules"
)

var errAway = errors.New("connection refused to secret-host:6379")

// A memory is a store in memory whose faults are switched on. What it keeps
// goes through JSON, as in the real one.
type memory struct {
	mu      sync.Mutex
	kept    map[string][]byte
	lists   map[dialog.PersonID][]string
	seen    map[string]bool
	commits []bot.Commit

	away   bool              // nothing answers
	rival  func(rec *memory) // called once, before the next commit: somebody was faster
	taken  int               // so many fresh handles are taken
	before func()            // called before every commit
}

func newMemory() *memory {
	return &memory{kept: map[string][]byte{}, lists: map[dialog.PersonID][]string{}, seen: map[string]bool{}}
}

func (m *memory) Load(_ context.Context, handle string) (bot.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var rec bot.Record
	if m.away {
		return rec, errAway
	}
	data, ok := m.kept[handle]
	if !ok {
		return rec, bot.ErrNotFound
	}
	return rec, json.Unmarshal(data, &rec)
}

func (m *memory) Commit(_ context.Context, c bot.Commit) error {
	if rival := m.rival; rival != nil {
		m.rival = nil
		rival(m)
	}
	if m.before != nil {
		m.before()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	handle := c.Record.Consult.Handle
	was, exists := m.kept[handle]
	var old bot.Record
	if exists {
		if err := json.Unmarshal(was, &old); err != nil {
			return err
		}
	}
	switch {
	case m.away:
		return errAway
	case c.InputID != "" && m.seen[c.InputID]:
		return bot.ErrSeen
	case c.Record.Consult.Version == 1 && m.taken > 0:
		m.taken--
		return bot.ErrExists
	case c.Record.Consult.Version == 1 && exists:
		return bot.ErrExists
	case c.Record.Consult.Version != old.Consult.Version+1:
		return bot.ErrConflict
	}
	data, err := json.Marshal(c.Record)
	if err != nil {
		return err
	}
	m.kept[handle] = data
	m.seen[c.InputID] = true
	for _, p := range c.Left {
		m.lists[p] = slices.DeleteFunc(m.lists[p], func(h string) bool { return h == handle })
	}
	for _, p := range c.Joined {
		m.lists[p] = append(m.lists[p], handle)
	}
	m.commits = append(m.commits, c)
	return nil
}

func (m *memory) Involving(_ context.Context, p dialog.PersonID) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return nil, errAway
	}
	return slices.Clone(m.lists[p]), nil
}

func (m *memory) Refs(context.Context, string) (map[string]bot.Ref, error) { return nil, nil }

// newest returns the last commit.
func (m *memory) newest(t *testing.T) bot.Commit {
	t.Helper()
	if len(m.commits) == 0 {
		t.Fatal("nothing was committed")
	}
	return m.commits[len(m.commits)-1]
}

// A chat is a platform that takes everything and remembers it.
type chat struct {
	verdict   bot.Verdict
	checkErr  error
	delivered []bot.Delivery
	answer    bot.Receipt
}

func (c *chat) Name() bot.PlatformName { return "chat" }

func (c *chat) Check(context.Context, bot.Place) (bot.Verdict, error) { return c.verdict, c.checkErr }

func (c *chat) Deliver(_ context.Context, d bot.Delivery) bot.Receipt {
	c.delivered = append(c.delivered, d)
	return c.answer
}

// A practice is an office that never reloads: dana sees clients, sam and kim
// supervise, kim has a pager and no account.
type practice struct {
	people map[dialog.PersonID]dialog.Person
	pages  []bot.PageRequest
	rings  bot.Receipt
	rotas  []dialog.Rota
	chain  [][]dialog.PersonID // nil is sam, then kim
}

func account(user string) bot.Identity {
	return bot.Identity{Platform: "chat", Workspace: "w", User: user}
}

var channel = bot.Place{Platform: "chat", Workspace: "w", Channel: "consults"}

func (p *practice) Practice(bot.PlatformName) *dialog.Practice {
	minutes := map[dialog.Urgency]time.Duration{dialog.Routine: time.Hour, dialog.Today: time.Hour, dialog.Imminent: time.Hour}
	chain := p.chain
	if chain == nil {
		chain = [][]dialog.PersonID{{"sam"}, {"kim"}}
	}
	return &dialog.Practice{
		Name: "Practice", Location: time.UTC, Jurisdictions: []rules.JurisdictionID{"US-CA"}, People: p.people,
		Chain: chain, Rotas: p.rotas, StepTime: minutes, DecideTime: minutes,
		EmergencyContact: "the director", RemindAfter: 24 * time.Hour, CloseAfter: 72 * time.Hour, FreeText: true,
	}
}

func (p *practice) Person(id bot.Identity) (dialog.Person, bool) {
	person, ok := p.people[dialog.PersonID(id.User)]
	return person, ok && id == account(id.User) && id.User != "kim"
}

func (p *practice) Account(id dialog.PersonID, on bot.PlatformName) (bot.Identity, bool) {
	_, ok := p.people[id]
	return account(string(id)), ok && on == "chat" && id != "kim"
}

func (p *practice) Channel(on bot.PlatformName) (bot.Place, bool) { return channel, on == "chat" }

func (p *practice) Pager(id dialog.PersonID) (bot.Pager, bool) {
	return bot.PagerFunc(func(_ context.Context, r bot.PageRequest) bot.Receipt {
		p.pages = append(p.pages, r)
		return p.rings
	}), id == "kim"
}

func (p *practice) Keep(closed bool) time.Duration {
	if closed {
		return time.Hour
	}
	return 24 * time.Hour
}

// A world is a bot with everything it leans on at hand.
type world struct {
	*bot.Bot
	store    *memory
	chat     *chat
	practice *practice
	now      time.Time
	logged   *logbook
	late     bool // nobody looks for due timers
	inputs   int
}

// A logbook keeps what was logged.
type logbook struct {
	mu   sync.Mutex
	text []byte
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	return len(p), nil
}

var _ io.Writer = (*logbook)(nil)

func newWorld(t *testing.T) *world {
	t.Helper()
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	scrubber, err := deid.New(deid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		store: newMemory(),
		chat:  &chat{verdict: bot.Verdict{Private: true}, answer: bot.Receipt{Outcome: bot.Delivered, Ref: "ref-1"}},
		practice: &practice{people: map[dialog.PersonID]dialog.Person{
			"dana": {ID: "dana", Name: "Dana", Roles: []dialog.Role{dialog.Clinician}, Profession: "psychologist", Licences: []rules.JurisdictionID{"US-CA"}, Reachable: true},
			"sam":  {ID: "sam", Name: "Sam", Roles: []dialog.Role{dialog.Supervisor}, Reachable: true},
			"kim":  {ID: "kim", Name: "Kim", Roles: []dialog.Role{dialog.Supervisor}, Reachable: true},
		}},
		now:    time.Date(2026, 11, 21, 21, 0, 0, 0, time.UTC),
		logged: &logbook{},
	}
	w.Bot = bot.New(bot.Parts{
		Store: w.store, Platforms: []bot.Platform{w.chat}, Office: w.practice, Book: book, Scrubber: scrubber,
		Clock: bot.ClockFunc(func() time.Time { return w.now }), Log: slog.New(slog.NewTextHandler(w.logged, nil)), Program: "test",
		TimersLate: func() bool { return w.late },
	})
	return w
}

// id is a fresh id of an interaction.
func (w *world) id() string {
	w.inputs++
	return fmt.Sprintf("interaction-%d", w.inputs)
}

// command types /consult and a word.
func (w *world) command(who, word string) bot.Reply {
	return w.Handle(context.Background(), bot.Inbound{ID: w.id(), From: account(who), In: channel, Kind: bot.Command, Word: word})
}

// press presses in the channel.
func (w *world) press(who string, p dialog.Press) bot.Reply {
	return w.Handle(context.Background(), bot.Inbound{ID: w.id(), From: account(who), In: channel, Kind: bot.Pressed, Press: p})
}

// open opens a consult and returns its handle.
func (w *world) open(t *testing.T) string {
	t.Helper()
	w.command("dana", "")
	return w.store.newest(t).Record.Consult.Handle
}

// danger is a press that anybody involved may make at any time.
func danger(handle string, version uint64) dialog.Press {
	return dialog.Press{Handle: handle, Version: version, Action: dialog.ActDanger}
}
