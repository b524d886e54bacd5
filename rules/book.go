package rules

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"
)

// A Book is a vocabulary, its actions and a set of packs, loaded and checked.
// It is immutable and safe for concurrent use.
type Book struct {
	vocabulary  Vocabulary
	facts       map[FactID]*Fact
	factOrder   map[FactID]int            // the vocabulary's before the packs'
	factOwner   map[FactID]JurisdictionID // facts that a pack declared
	topics      map[TopicID]*Topic
	professions map[ProfessionID]*Profession
	groups      map[ProfessionID]bool
	actions     map[ActionID]*Action
	packs       map[JurisdictionID][]*Pack // a practice's own after the shipped
	rules       []*bookRule
	rulesOf     map[*Pack][]*bookRule
	byID        map[RuleID]*bookRule
	saidWhen    map[*Statement]*bookRule // conditions of statements, each as a rule of one element
	declared    map[string]bool          // every id, with its kind before it
	origins     map[*Pack]*document
	documents   []*document // the vocabulary and the actions, for lint
	hash        string
}

func emptyBook() *Book {
	return &Book{
		facts: map[FactID]*Fact{}, factOrder: map[FactID]int{}, factOwner: map[FactID]JurisdictionID{},
		topics: map[TopicID]*Topic{}, professions: map[ProfessionID]*Profession{}, groups: map[ProfessionID]bool{},
		actions: map[ActionID]*Action{}, packs: map[JurisdictionID][]*Pack{}, rulesOf: map[*Pack][]*bookRule{},
		byID: map[RuleID]*bookRule{}, saidWhen: map[*Statement]*bookRule{}, declared: map[string]bool{}, origins: map[*Pack]*document{},
	}
}

// Extend returns a book with the packs of a practice's own folder added. They
// may add facts, actions and rules or, by a rule of their own, ask for more
// than the law; they can never loosen a must. Its errors are those of [Load].
func (b *Book) Extend(fsys fs.FS) (*Book, error) {
	l, err := newLoader(b)
	if err != nil {
		return nil, err
	}
	return l.load(fsys)
}

// Vocabulary returns the closed vocabulary; read only.
func (b *Book) Vocabulary() *Vocabulary { return &b.vocabulary }

// Fact returns a fact of the vocabulary or of any pack.
func (b *Book) Fact(id FactID) (*Fact, bool) { f, ok := b.facts[id]; return f, ok }

// Topic returns a concern.
func (b *Book) Topic(id TopicID) (*Topic, bool) { t, ok := b.topics[id]; return t, ok }

// Profession returns a licence.
func (b *Book) Profession(id ProfessionID) (*Profession, bool) {
	p, ok := b.professions[id]
	return p, ok
}

// Action returns an action.
func (b *Book) Action(id ActionID) (*Action, bool) { a, ok := b.actions[id]; return a, ok }

// Rule returns a rule and the jurisdiction whose law it is.
func (b *Book) Rule(id RuleID) (*Rule, JurisdictionID, bool) {
	r, ok := b.byID[id]
	if !ok {
		return nil, "", false
	}
	return r.rule, r.pack.Jurisdiction, true
}

// Pack returns the pack of a jurisdiction, without what a practice has added
// to it; read only.
func (b *Book) Pack(id JurisdictionID) (*Pack, bool) {
	if len(b.packs[id]) == 0 {
		return nil, false
	}
	return b.packs[id][0], true
}

// Packs returns all packs of a jurisdiction: the shipped one, then the
// practice's own; read only.
func (b *Book) Packs(id JurisdictionID) []*Pack { return b.packs[id] }

// Jurisdictions returns those that have a pack, federal law first, then by id.
func (b *Book) Jurisdictions() []JurisdictionID {
	return slices.Sorted(maps.Keys(b.packs)) // "US" sorts before "US-AL"
}

// Agency returns a receiver of reports of a jurisdiction.
func (b *Book) Agency(j JurisdictionID, id string) (*Agency, bool) {
	for _, p := range b.packs[j] {
		for i := range p.Agencies {
			if p.Agencies[i].ID == id {
				return &p.Agencies[i], true
			}
		}
	}
	return nil, false
}

// Hash is a SHA-256, in hex, over everything the book was loaded from.
func (b *Book) Hash() string { return b.hash }

// clone returns a copy that can be added to without changing b.
func (b *Book) clone() *Book {
	c := *b
	c.facts, c.factOrder, c.factOwner = maps.Clone(b.facts), maps.Clone(b.factOrder), maps.Clone(b.factOwner)
	c.actions, c.rulesOf, c.byID = maps.Clone(b.actions), maps.Clone(b.rulesOf), maps.Clone(b.byID)
	c.saidWhen, c.declared, c.origins = maps.Clone(b.saidWhen), maps.Clone(b.declared), maps.Clone(b.origins)
	c.rules, c.documents = slices.Clone(b.rules), slices.Clone(b.documents)
	c.packs = make(map[JurisdictionID][]*Pack, len(b.packs))
	for j, packs := range b.packs {
		c.packs[j] = slices.Clone(packs)
	}
	return &c
}

// inOrder compares facts: those to ask first first.
func (b *Book) inOrder(x, y FactID) int {
	return cmp.Or(
		cmp.Compare(b.facts[x].Order, b.facts[y].Order),
		cmp.Compare(b.factOrder[x], b.factOrder[y]),
	)
}
