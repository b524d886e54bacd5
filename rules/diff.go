package rules

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// A ChangeKind says what became of an entry of a pack.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// A Change is what became of one entry of a pack.
type Change struct {
	Kind  ChangeKind
	Entry string // what it is: "pack", "rule", "statement", "agency" or "fact"
	ID    string // "" for the pack itself
	Texts []TextChange
}

// A TextChange is one text that differs; Old or New is "" where there is none.
type TextChange struct {
	Where    string // as the pack writes it: "elements.told.when"
	Old, New string
}

// Compare returns what became of the entries of a pack in its next version:
// first the pack itself, then rules, statements, agencies and facts by id.
// Entries that say the same are left out, also when they have moved.
func Compare(old, next *Pack) ([]Change, error) {
	before, err := entriesOf(old)
	if err != nil {
		return nil, err
	}
	after, err := entriesOf(next)
	if err != nil {
		return nil, err
	}
	var all []Change
	for _, kind := range []string{"pack", "rule", "statement", "agency", "fact"} {
		ids := maps.Clone(before[kind])
		maps.Copy(ids, after[kind])
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			was, had := before[kind][id]
			is, has := after[kind][id]
			c := Change{Kind: Changed, Entry: kind, ID: id, Texts: compareTexts(was, is)}
			switch {
			case !had:
				c.Kind = Added
			case !has:
				c.Kind = Removed
			case len(c.Texts) == 0:
				continue
			}
			all = append(all, c)
		}
	}
	return all, nil
}

// texts are the texts of an entry by where they stand.
type texts map[string]string

// entriesOf returns the texts of every entry, by kind and id.
func entriesOf(p *Pack) (map[string]map[string]texts, error) {
	entries := map[string]map[string]texts{"pack": {}, "rule": {}, "statement": {}, "agency": {}, "fact": {}}
	add := func(kind, id string, v any) error {
		var n yaml.Node
		if err := n.Encode(v); err != nil {
			return fmt.Errorf("compare %s %s: %w", kind, id, err)
		}
		t := texts{}
		t.collect("", &n)
		entries[kind][id] = t
		return nil
	}
	if err := add("pack", "", map[string]string{
		"jurisdiction": string(p.Jurisdiction), "name": p.Name, "as_of": p.AsOf.String(),
	}); err != nil {
		return nil, err
	}
	for _, r := range p.Rules {
		if err := add("rule", string(r.ID), r); err != nil {
			return nil, err
		}
	}
	for _, s := range p.Statements {
		if err := add("statement", s.ID, s); err != nil {
			return nil, err
		}
	}
	for _, a := range p.Agencies {
		if err := add("agency", a.ID, a); err != nil {
			return nil, err
		}
	}
	for _, f := range p.Facts {
		if err := add("fact", string(f.ID), f); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// collect adds the texts below a node. An entry of a list is named by its id,
// and by its number where it has none.
func (t texts) collect(where string, n *yaml.Node) {
	under := func(key string) string {
		if where == "" {
			return key
		}
		return where + "." + key
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			t.collect(under(n.Content[i].Value), n.Content[i+1])
		}
	case yaml.SequenceNode:
		for i, entry := range n.Content {
			key := strconv.Itoa(i + 1)
			if id := childOf(entry, "id"); id != nil {
				key = id.Value
			}
			t.collect(under(key), entry)
		}
	default:
		t[where] = n.Value
	}
}

func compareTexts(old, next texts) []TextChange {
	places := maps.Clone(old)
	if places == nil {
		places = texts{}
	}
	maps.Copy(places, next)
	var changes []TextChange
	for _, where := range slices.Sorted(maps.Keys(places)) {
		if old[where] != next[where] {
			changes = append(changes, TextChange{where, old[where], next[where]})
		}
	}
	return changes
}
