package slack

import (
	"sync"
	"time"
)

// A memory remembers values for a while, and the newest of them when there are
// too many. It is safe for concurrent use.
type memory[V any] struct {
	most int
	keep time.Duration

	mu    sync.Mutex
	held  map[string]kept[V]
	order []string // by age, with keys that have been renewed or dropped since
}

type kept[V any] struct {
	value V
	until time.Time
}

func newMemory[V any](most int, keep time.Duration) *memory[V] {
	return &memory[V]{most: most, keep: keep, held: map[string]kept[V]{}}
}

func (m *memory[V]) get(key string) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	have, ok := m.held[key]
	if !ok || time.Now().After(have.until) {
		var none V
		return none, false
	}
	return have.value, true
}

func (m *memory[V]) put(key string, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.set(key, value)
}

// add keeps value unless the key is remembered, and reports whether it did.
func (m *memory[V]) add(key string, value V) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if have, ok := m.held[key]; ok && time.Now().Before(have.until) {
		return false
	}
	m.set(key, value)
	return true
}

func (m *memory[V]) drop(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.held, key)
}

func (m *memory[V]) set(key string, value V) {
	if _, known := m.held[key]; !known {
		m.order = append(m.order, key)
	}
	m.held[key] = kept[V]{value, time.Now().Add(m.keep)}
	for len(m.order) > m.most {
		delete(m.held, m.order[0])
		m.order = m.order[1:]
	}
}
