package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A leaf is a place in a payload: a text, a number, or a list or an object that
// one more thing can be put into.
type leaf struct {
	path []any // keys and indices
	more bool  // something is added there
}

func (l leaf) name() string {
	var b strings.Builder
	for _, step := range l.path {
		_, _ = fmt.Fprintf(&b, "/%v", step)
	}
	if l.more {
		b.WriteString("/…")
	}
	return b.String()
}

// last is the last key on the way to a leaf.
func (l leaf) last() string {
	for _, step := range slices.Backward(l.path) {
		if key, ok := step.(string); ok {
			return key
		}
	}
	return ""
}

// leavesOf are all places in a payload, in an order that is always the same.
func leavesOf(v any, at ...any) []leaf {
	at = slices.Clone(at)
	switch v := v.(type) {
	case map[string]any:
		all := []leaf{{at, true}}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(all, leavesOf(v[key], append(at, key)...)...)
		}
		return all
	case []any:
		var all []leaf
		for i, one := range v {
			all = append(all, leavesOf(one, append(at, i)...)...)
		}
		return all
	default:
		return []leaf{{at, false}}
	}
}

// with is a payload with something else at a place.
func with(v any, path []any, put any) any {
	if len(path) == 0 {
		return put
	}
	switch v := v.(type) {
	case map[string]any:
		key := path[0].(string)
		next := maps.Clone(v)
		next[key] = with(v[key], path[1:], put)
		return next
	case []any:
		next := slices.Clone(v)
		i := path[0].(int)
		next[i] = with(v[i], path[1:], put)
		return next
	}
	return v
}

// valueAt is what stands at a place.
func valueAt(v any, path []any) any {
	for _, step := range path {
		switch at := v.(type) {
		case map[string]any:
			v = at[step.(string)]
		case []any:
			v = at[step.(int)]
		}
	}
	return v
}

// planted is a payload with a plant at a place: in one of the ways in which
// something can stand there, by turns.
func (l leaf) planted(v any, p plant, way int) any {
	if l.more {
		object, _ := valueAt(v, l.path).(map[string]any)
		next := maps.Clone(object)
		next[p.text] = p.text
		return with(v, l.path, next)
	}
	before, _ := valueAt(v, l.path).(string)
	return with(v, l.path, []any{
		p.text, word(p.text), map[string]any{p.text: p.text}, []any{p.text}, before + word(p.text), before + " " + p.text,
	}[way%6])
}

// few cuts long lists short: one block of a message is as good as forty.
func few(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			v[key] = few(one)
		}
	case []any:
		for i, one := range v {
			v[i] = few(one)
		}
		return v[:min(len(v), 2)]
	}
	return v
}

// furnish puts into the objects of a payload what platforms put there and a
// fake leaves out: names above all.
func furnish(v any, more map[string]map[string]any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			furnish(one, more)
			if object, ok := one.(map[string]any); ok {
				for name, value := range more[key] {
					if _, has := object[name]; !has {
						object[name] = value
					}
				}
			}
		}
	case []any:
		for _, one := range v {
			furnish(one, more)
		}
	}
	return v
}

// read reads a payload of a test's own.
func read(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func written(v any) []byte {
	text, _ := json.Marshal(v) // made of what JSON is made of
	return text
}
