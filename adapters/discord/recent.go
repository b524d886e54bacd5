package discord

import (
	"sync"
	"time"
)

// How much is kept in memory, and how long: as long as Discord lets an answer
// be changed.
const (
	recentMost = 4096
	recentTime = 15 * time.Minute
)

// A recent keeps what was put into it lately. Its zero value is ready for use;
// it is safe for concurrent use. What has gone is never missed: whoever asks has
// another way to find out.
type recent[K comparable, V any] struct {
	mu    sync.Mutex
	items map[K]dated[V]
}

type dated[V any] struct {
	value V
	at    time.Time
}

func (r *recent[K, V]) put(key K, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.place(key, value)
}

func (r *recent[K, V]) place(key K, value V) {
	now := time.Now()
	if r.items == nil {
		r.items = map[K]dated[V]{}
	}
	if len(r.items) >= recentMost {
		r.prune(now)
	}
	r.items[key] = dated[V]{value, now}
}

// prune drops what is old and, when all is new, anything at all.
func (r *recent[K, V]) prune(now time.Time) {
	for k, item := range r.items {
		if now.Sub(item.at) > recentTime {
			delete(r.items, k)
		}
	}
	for k := range r.items {
		if len(r.items) < recentMost/2 {
			return
		}
		delete(r.items, k)
	}
}

func (r *recent[K, V]) get(key K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	item, ok := r.items[key]
	return item.value, ok
}

// change replaces what is kept under key by what with makes of it.
func (r *recent[K, V]) change(key K, with func(V) V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.place(key, with(r.items[key].value))
}

func (r *recent[K, V]) drop(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.items, key)
}
