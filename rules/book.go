package rules

import (
	"errors"
	"io/fs"
)

// A Book is a vocabulary, its actions and a set of packs, loaded and checked.
// It is immutable and safe for concurrent use.
type Book struct {
	vocabulary Vocabulary
	actions    map[ActionID]*Action
	packs      map[JurisdictionID]*Pack
}

// Shipped returns the book of the packs that are built into the program.
func Shipped() (*Book, error) { return nil, errors.New("not built yet") }

// Load reads vocabulary.yaml, actions.yaml and every pack (us*.yaml) of a folder.
// Its error lists every fault with file, line and remedy.
func Load(fsys fs.FS) (*Book, error) { return nil, errors.New("not built yet") }

// Extend returns a book with the packs of a practice's own folder added. They
// may add facts and rules or make a rule stricter; they can never loosen a must.
func (b *Book) Extend(fsys fs.FS) (*Book, error) { return nil, errors.New("not built yet") }

// Vocabulary returns the closed vocabulary; read only.
func (b *Book) Vocabulary() *Vocabulary { return &b.vocabulary }

// Fact returns a fact of the vocabulary or of any pack.
func (b *Book) Fact(id FactID) (*Fact, bool) { return nil, false }

// Topic returns a concern.
func (b *Book) Topic(id TopicID) (*Topic, bool) { return nil, false }

// Profession returns a licence.
func (b *Book) Profession(id ProfessionID) (*Profession, bool) { return nil, false }

// Action returns an action.
func (b *Book) Action(id ActionID) (*Action, bool) { a, ok := b.actions[id]; return a, ok }

// Pack returns the pack of a jurisdiction; read only.
func (b *Book) Pack(id JurisdictionID) (*Pack, bool) { p, ok := b.packs[id]; return p, ok }

// Jurisdictions returns those that have a pack, federal law first, then by id.
func (b *Book) Jurisdictions() []JurisdictionID { return nil }

// Agency returns a receiver of reports of a jurisdiction.
func (b *Book) Agency(j JurisdictionID, id string) (*Agency, bool) { return nil, false }

// Evaluate applies the law of q's jurisdictions to its facts. It returns an
// error when q names a jurisdiction without a pack, or a topic, profession,
// fact or value outside the vocabulary.
func (b *Book) Evaluate(q Query) (Finding, error) { return Finding{}, errors.New("not built yet") }

// Next returns the question whose answer is expected to end the consult
// earliest. It returns false when no answer can change the finding any more.
// Its errors are those of [Book.Evaluate].
func (b *Book) Next(q Query) (Question, bool, error) {
	return Question{}, false, errors.New("not built yet")
}
