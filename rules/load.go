package rules

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Load reads vocabulary.yaml, actions.yaml and every pack (us*.yaml) of a
// folder. Its error is a *[LoadError] with every fault, its file, line and
// remedy, or says why the folder cannot be read.
func Load(fsys fs.FS) (*Book, error) {
	l, err := newLoader(nil)
	if err != nil {
		return nil, err
	}
	return l.load(fsys)
}

// The files of a folder besides its packs.
const (
	vocabularyFile = "vocabulary.yaml"
	actionsFile    = "actions.yaml"
)

// A loader builds a book. It goes on after a fault so that all come at once.
type loader struct {
	book       *Book
	extends    bool
	shapes     shapes
	conditions *conditions
	faults     []Fault
	loaded     map[*Pack]bool // the packs of this folder
}

// newLoader returns a loader that starts from base, or from nothing.
func newLoader(base *Book) (*loader, error) {
	l := &loader{book: emptyBook(), shapes: fileShapes(), loaded: map[*Pack]bool{}}
	if base != nil {
		l.book, l.extends = base.clone(), true
	}
	var err error
	l.conditions, err = newConditions(l.book.facts)
	return l, err
}

func (l *loader) load(fsys fs.FS) (*Book, error) {
	docs, err := readFolder(fsys)
	if err != nil {
		return nil, fmt.Errorf("reading the rule packs: %w", err)
	}
	for _, d := range docs {
		faults := d.parse()
		d.bad = len(faults) > 0
		l.faults = append(l.faults, faults...)
	}
	l.vocabularyOf(docs)
	if len(l.book.topics) == 0 && len(l.faults) > 0 {
		// Without a vocabulary every word of every pack would be a fault.
		return nil, l.failed()
	}
	l.actionsOf(docs)
	if len(l.book.actions) > 0 {
		l.checkTopics(documentOf(docs, vocabularyFile))
	}
	l.packsOf(docs)
	if len(l.faults) > 0 {
		return nil, l.failed()
	}
	hashes := []string{l.book.hash}
	for _, d := range docs {
		hashes = append(hashes, d.file, d.hash)
		d.root = nil
	}
	l.book.hash = hashTexts(hashes)
	return l.book, nil
}

func (l *loader) failed() error {
	sortFaults(l.faults)
	return &LoadError{Faults: l.faults}
}

// readFolder returns the YAML files at the top of a folder, by name.
func readFolder(fsys fs.FS) ([]*document, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var docs []*document
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		docs = append(docs, &document{file: name, data: data})
	}
	return docs, nil
}

func documentOf(docs []*document, file string) *document {
	i := slices.IndexFunc(docs, func(d *document) bool { return d.file == file })
	if i < 0 {
		return nil
	}
	return docs[i]
}

func (l *loader) report(p place, what, remedy string) {
	l.faults = append(l.faults, p.fault(what, remedy))
}

func (l *loader) vocabularyOf(docs []*document) {
	d := documentOf(docs, vocabularyFile)
	switch {
	case l.extends && d != nil:
		l.report(d.top(), "a practice cannot change the vocabulary", "declare facts of your own in a pack, under facts")
		return
	case l.extends:
		return
	case d == nil:
		l.faults = append(l.faults, Fault{
			File: vocabularyFile, Severity: Error,
			What: "the file is missing", Remedy: "write the topics, professions and facts of a consult into it",
		})
		return
	case d.bad:
		return
	}
	l.faults = append(l.faults, d.decode(l.shapes.vocabulary, &l.book.vocabulary)...)
	l.book.documents = append(l.book.documents, d)
	l.checkVocabulary(d.top())
}

func (l *loader) actionsOf(docs []*document) {
	d := documentOf(docs, actionsFile)
	if d == nil && !l.extends {
		l.faults = append(l.faults, Fault{
			File: actionsFile, Severity: Error, What: "the file is missing", Remedy: "write what a clinician can do into it",
		})
	}
	if d == nil || d.bad {
		return
	}
	var actions []Action
	l.faults = append(l.faults, d.decode(l.shapes.actions, &actions)...)
	l.book.documents = append(l.book.documents, d)
	for i := range actions {
		if l.declare(d.top().at(i).key("id"), "action", string(actions[i].ID), wordPattern) {
			l.book.actions[actions[i].ID] = &actions[i]
		}
	}
}

// packsOf reads the packs. All facts are known before any condition is read.
func (l *loader) packsOf(docs []*document) {
	var packs []*Pack
	var tops []place
	for _, d := range docs {
		if d.file == vocabularyFile || d.file == actionsFile {
			continue
		}
		if !strings.HasPrefix(d.file, "us") {
			l.faults = append(l.faults, Fault{
				File: d.file, Severity: Error,
				What: "the file is no pack", Remedy: "name a pack after its jurisdiction, such as us-ca.yaml",
			})
			continue
		}
		if d.bad {
			continue
		}
		p := &Pack{Hash: d.hash}
		l.faults = append(l.faults, d.decode(l.shapes.pack, p)...)
		if d.root != nil && l.checkPackHead(d.top(), p) {
			l.book.packs[p.Jurisdiction] = append(l.book.packs[p.Jurisdiction], p)
			l.book.origins[p] = d
			packs, tops = append(packs, p), append(tops, d.top())
		}
	}
	for i, p := range packs {
		l.checkAfter(tops[i].key("facts"), p.Facts, p.Jurisdiction)
		l.checkPackBody(tops[i], p)
	}
}

// fileStem is the beginning of the file name of a jurisdiction's pack.
func fileStem(j JurisdictionID) string {
	if j == Federal {
		return "us-federal"
	}
	return strings.ToLower(string(j))
}

func namedAfter(file string, j JurisdictionID) bool {
	rest, ok := strings.CutPrefix(strings.TrimSuffix(path.Base(file), ".yaml"), fileStem(j))
	return ok && (rest == "" || rest[0] == '-')
}

// condition reads one condition of pack p and reports its faults.
func (l *loader) condition(at place, p *Pack, text string) *condition {
	c, err := l.conditions.parse(text)
	if err != nil {
		l.reportCondition(at, err)
		return nil
	}
	for _, f := range c.facts {
		if owner, owned := l.book.factOwner[f.ID]; owned && owner != p.Jurisdiction {
			l.report(at, fmt.Sprintf("fact %q belongs to the pack of %s", f.ID, owner),
				"move it to the vocabulary or ask a fact of this pack")
		}
	}
	return c
}

func (l *loader) reportCondition(at place, err error) {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			l.reportCondition(at, e)
		}
		return
	}
	what, remedy := err.Error(), ""
	var c *conditionError
	if errors.As(err, &c) {
		what, remedy = c.what, c.remedy
	}
	l.report(at, what, remedy)
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []string {
	names := make([]string, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		names = append(names, fmt.Sprint(k))
	}
	return names
}
