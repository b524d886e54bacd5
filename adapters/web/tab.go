package web

import (
	"crypto/rand"
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// maxPrivate bounds the private replies that one pane keeps.
const maxPrivate = 12

// maxTabs bounds how many open pages are remembered.
const maxTabs = 64

// A tab is one open page: who its two panes stand for, and what only they see.
// It is kept in memory and gone when the page is loaded again, as private
// replies are in any chat.
type tab struct {
	id     string
	people [2]dialog.PersonID

	drawing sync.Mutex // one region at a time, so that later is newer
	drawn   drawings

	mu    sync.Mutex
	used  time.Time // by the system's clock
	count int
	panes [2]pane
}

// A pane is what one side of a tab sees and nobody else.
type pane struct {
	private []private
	form    *openForm
}

// A private is a reply to one person alone.
type private struct {
	id   int
	in   bot.Place // where what it replies to was done
	view dialog.View
	file *dialog.File
}

// An openForm is a form that waits to be sent. What was typed stays in the
// browser: a refused text may name a client, so it is kept nowhere here.
type openForm struct {
	id     int
	form   dialog.Form
	from   surface
	in     bot.Place
	faults map[dialog.FieldID]string
}

func (t *tab) person(s side) dialog.PersonID { return t.people[s] }

// pane returns what a side sees, as a value of its own.
func (t *tab) pane(s side) pane {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.panes[s]
	p.private = slices.Clone(p.private)
	if p.form != nil {
		form := *p.form
		p.form = &form
	}
	return p
}

// hush takes a private reply away.
func (t *tab) hush(s side, id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.panes[s].private = slices.DeleteFunc(t.panes[s].private, func(p private) bool { return p.id == id })
}

// whisper shows a private reply and returns its id.
func (t *tab) whisper(s side, p private) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count++
	p.id = t.count
	list := append(t.panes[s].private, p)
	t.panes[s].private = list[max(0, len(list)-maxPrivate):]
	return p.id
}

// whispered finds a private reply.
func (t *tab) whispered(s side, id int) (private, bool) {
	for _, p := range t.pane(s).private {
		if p.id == id {
			return p, true
		}
	}
	return private{}, false
}

// rewrite replaces what a private reply says.
func (t *tab) rewrite(s side, id int, view dialog.View) {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := slices.Clone(t.panes[s].private)
	for i := range list {
		if list[i].id == id {
			list[i].view = view
		}
	}
	t.panes[s].private = list
}

// open opens a form in the place of any other.
func (t *tab) open(s side, f openForm) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count++
	f.id = t.count
	t.panes[s].form = &f
}

// refuse keeps form id open and says what is wrong with which field.
func (t *tab) refuse(s side, id int, faults map[dialog.FieldID]string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f := t.panes[s].form; f != nil && f.id == id {
		next := *f
		next.faults = faults
		t.panes[s].form = &next
	}
}

// shut closes form id, if it is still the open one.
func (t *tab) shut(s side, id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f := t.panes[s].form; f != nil && f.id == id {
		t.panes[s].form = nil
	}
}

func (t *tab) touch() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.used = time.Now()
}

func (t *tab) lastUsed() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.used
}

// openTab remembers a new page; the one that was not used for longest makes room.
func (s *site) openTab(people [2]dialog.PersonID) *tab {
	t := &tab{
		id: rand.Text(), people: people, used: time.Now(),
		drawn: drawings{seed: maphash.MakeSeed(), given: map[region]uint64{}},
	}
	s.tabsMu.Lock()
	defer s.tabsMu.Unlock()
	if len(s.tabs) >= maxTabs {
		var oldest *tab
		for _, other := range s.tabs {
			if oldest == nil || other.lastUsed().Before(oldest.lastUsed()) {
				oldest = other
			}
		}
		delete(s.tabs, oldest.id)
	}
	s.tabs[t.id] = t
	return t
}

// tab finds an open page; one from before the last start is unknown.
func (s *site) tab(id string) (*tab, bool) {
	s.tabsMu.Lock()
	defer s.tabsMu.Unlock()
	t, ok := s.tabs[id]
	if ok {
		t.touch()
	}
	return t, ok
}
