package rules

import (
	"fmt"
	"regexp"
	"slices"
)

// The forms of ids. They fit the presses of every platform.
var (
	wordPattern         = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	valuePattern        = regexp.MustCompile(`^[a-z0-9][a-z0-9_]*$`)
	dottedPattern       = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$`)
	jurisdictionPattern = regexp.MustCompile(`^US(-[A-Z]{2})?$`)
)

// celWords cannot name a fact: CEL keeps them for itself.
var celWords = []string{
	"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in",
	"let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while",
}

// maxID is the longest id in bytes. The press that names a rule and a reason has
// to fit what the narrowest platform gives back.
const maxID = 50

// maxChoices is the largest number of choices that a fact may have.
const maxChoices = 20

// declare notes an id and reports one that is malformed or taken.
func (l *loader) declare(p place, kind, id string, form *regexp.Regexp) bool {
	key := kind + " " + id
	switch {
	case id == "":
		l.report(p, fmt.Sprintf("the %s has no id", kind), "give it an id of the form "+form.String())
		return false
	case !form.MatchString(id):
		l.report(p, fmt.Sprintf("%q is no id for the %s", id, kind), "write it as "+form.String())
		return false
	case len(id) > maxID:
		l.report(p, fmt.Sprintf("the id %q of the %s has %d characters", id, kind, len(id)), fmt.Sprintf("use at most %d: it has to fit a button of every platform", maxID))
		return false
	case l.book.declared[key]:
		remedy := "use an id that is not taken"
		if l.extends {
			remedy = "a practice adds and never redefines: use an id that is not taken"
		}
		l.report(p, fmt.Sprintf("the %s %q is there already", kind, id), remedy)
		return false
	}
	l.book.declared[key] = true
	return true
}

// refer reports an id that nothing declares.
func refer[K ~string, V any](l *loader, p place, kind string, id K, known map[K]V) {
	if _, ok := known[id]; !ok {
		l.report(p, fmt.Sprintf("unknown %s %q", kind, id), suggest(string(id), sortedKeys(known)))
	}
}

// oneOf reports a word that is none of those a key may have.
func oneOf[S ~string](l *loader, p place, what string, word S, allowed ...S) {
	if slices.Contains(allowed, word) {
		return
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	if word == "" {
		l.report(p, "there is no "+what, suggest("", names))
		return
	}
	l.report(p, fmt.Sprintf("%q is no %s", word, what), suggest(string(word), names))
}

func (l *loader) checkVocabulary(top place) {
	v := &l.book.vocabulary
	for i := range v.Topics {
		if l.declare(top.key("topics").at(i).key("id"), "topic", string(v.Topics[i].ID), wordPattern) {
			l.book.topics[v.Topics[i].ID] = &v.Topics[i]
		}
	}
	for i := range v.Professions {
		p := &v.Professions[i]
		if l.declare(top.key("professions").at(i).key("id"), "profession", string(p.ID), wordPattern) {
			l.book.professions[p.ID] = p
		}
		for _, g := range p.Groups {
			l.book.groups[g] = true
		}
	}
	for i := range v.Facts {
		l.addFact(top.key("facts").at(i), &v.Facts[i], "")
	}
	l.checkAfter(top.key("facts"), v.Facts, "")
}

// checkTopics looks whether the actions that topics name exist.
func (l *loader) checkTopics(d *document) {
	if d == nil {
		return
	}
	for i := range l.book.vocabulary.Topics {
		t := &l.book.vocabulary.Topics[i]
		at := d.top().key("topics").at(i)
		l.checkActions(at.key("alternatives"), t.Alternatives)
		l.checkActions(at.key("emergency"), t.Emergency)
		l.checkActions(at.key("aftercare"), t.Aftercare)
	}
}

func (l *loader) checkActions(p place, ids []ActionID) {
	for i, id := range ids {
		refer(l, p.at(i), "action", id, l.book.actions)
	}
}

// addFact checks a fact and makes it known; owner is "" for the vocabulary's.
func (l *loader) addFact(p place, f *Fact, owner JurisdictionID) {
	if !l.declare(p.key("id"), "fact", string(f.ID), wordPattern) {
		return
	}
	if slices.Contains(celWords, string(f.ID)) {
		l.report(p.key("id"), fmt.Sprintf("%q is a word of CEL", f.ID), "give the fact another id")
	}
	l.book.facts[f.ID] = f
	l.book.factOrder[f.ID] = len(l.book.factOrder)
	if owner != "" {
		l.book.factOwner[f.ID] = owner
	}
	oneOf(l, p.key("kind"), "kind of fact", f.Kind, Bool, Choice, Choices)
	switch n := len(f.Choices); {
	case f.Kind == Bool && n > 0:
		l.report(p.key("choices"), "a bool has no choices", "leave them out: its answers are yes and no")
	case f.Kind != Bool && (n == 0 || n > maxChoices):
		l.report(p.key("choices"), fmt.Sprintf("the fact has %d choices", n), fmt.Sprintf("give it 1 to %d", maxChoices))
	}
	seen := map[Value]bool{}
	for i, c := range f.Choices {
		at := p.key("choices").at(i).key("id")
		if !valuePattern.MatchString(string(c.ID)) {
			l.report(at, fmt.Sprintf("%q is no id of a choice", c.ID), "write it as "+valuePattern.String())
		}
		if seen[c.ID] {
			l.report(at, fmt.Sprintf("there is a choice %q already", c.ID), "use an id that is not taken")
		}
		seen[c.ID] = true
	}
}

// checkPackHead checks what other packs do not depend on and declares the
// pack's facts and agencies. It returns false when nothing of the pack was read,
// so that what it holds is not taken for missing.
func (l *loader) checkPackHead(top place, p *Pack) bool {
	j := p.Jurisdiction
	switch {
	case !jurisdictionPattern.MatchString(string(j)):
		l.report(top.key("jurisdiction"), fmt.Sprintf("%q is no jurisdiction", j), "write US or a code such as US-CA")
		if j == "" {
			return false
		}
	case !namedAfter(top.doc.file, j):
		l.report(top.key("jurisdiction"), fmt.Sprintf("the file is not named after %s", j), "name it "+fileStem(j)+".yaml")
	case slices.ContainsFunc(l.book.packs[j], func(o *Pack) bool { return l.loaded[o] }):
		l.report(top.key("jurisdiction"), fmt.Sprintf("there is a pack of %s already", j), "write both into one file")
	}
	l.loaded[p] = true
	if p.Name == "" {
		l.report(top.key("name"), "the pack has no name", "write the name of the jurisdiction")
	}
	if p.AsOf.IsZero() {
		l.report(top.key("as_of"), "the pack has no as_of date", "write the day on which its law was looked up")
	}
	for i := range p.Facts {
		l.addFact(top.key("facts").at(i), &p.Facts[i], j)
	}
	for i := range p.Agencies {
		l.declare(top.key("agencies").at(i).key("id"), "agency of "+string(j), p.Agencies[i].ID, wordPattern)
	}
	return true
}

// checkAfter looks whether the facts that others come after exist and can be
// asked before them.
func (l *loader) checkAfter(p place, facts []Fact, owner JurisdictionID) {
	for i := range facts {
		f := &facts[i]
		at := p.at(i).key("after")
		for n, id := range f.After {
			refer(l, at.at(n), "fact", id, l.book.facts)
			if other, owned := l.book.factOwner[id]; owned && other != owner {
				l.report(at.at(n), fmt.Sprintf("fact %q belongs to the pack of %s", id, other), "name a fact of the vocabulary or of this pack")
			}
		}
		if l.comesAfter(f.After, f.ID, map[FactID]bool{}) {
			l.report(at, fmt.Sprintf("%s comes after itself", f.ID), "leave out one of the two ways round")
		}
	}
}

// comesAfter reports whether one of the facts is, or comes after, a fact.
func (l *loader) comesAfter(ids []FactID, fact FactID, seen map[FactID]bool) bool {
	return slices.ContainsFunc(ids, func(id FactID) bool {
		if id == fact || seen[id] || l.book.facts[id] == nil {
			return id == fact
		}
		seen[id] = true
		return l.comesAfter(l.book.facts[id].After, fact, seen)
	})
}

func (l *loader) checkPackBody(top place, p *Pack) {
	for i := range p.Rules {
		at := top.key("rules").at(i)
		r := &bookRule{rule: &p.Rules[i], pack: p, conditions: map[string]*condition{}}
		l.checkRule(at, r)
		if l.declare(at.key("id"), "rule", string(r.rule.ID), dottedPattern) {
			l.book.rules = append(l.book.rules, r)
			l.book.rulesOf[p] = append(l.book.rulesOf[p], r)
			l.book.byID[r.rule.ID] = r
		}
	}
	for i := range p.Statements {
		s := &p.Statements[i]
		at := top.key("statements").at(i)
		l.declare(at.key("id"), "statement", s.ID, dottedPattern)
		l.checkTopicIDs(at.key("topics"), s.Topics)
		l.checkProfessions(at.key("professions"), s.Professions)
		oneOf(l, at.key("confidence"), "confidence", s.Confidence, High, Medium, Low)
		l.checkSaidWhen(at.key("when"), p, s)
	}
}

// checkSaidWhen reads the condition of a statement that has one.
func (l *loader) checkSaidWhen(at place, p *Pack, s *Statement) {
	if s.When == "" {
		return
	}
	said := &bookRule{
		rule: &Rule{Elements: []Element{{When: s.When}}}, pack: p, conditions: map[string]*condition{},
	}
	if l.checkWhen(at, said, s.When); len(said.conditions) > 0 {
		l.book.saidWhen[s] = said
	}
}

func (l *loader) checkTopicIDs(p place, ids []TopicID) {
	if len(ids) == 0 {
		l.report(p, "there is no topic", "name the concerns it belongs to")
	}
	for i, id := range ids {
		refer(l, p.at(i), "topic", id, l.book.topics)
	}
}

func (l *loader) checkProfessions(p place, ids []ProfessionID) {
	for i, id := range ids {
		if id != Anybody && !l.book.groups[id] {
			refer(l, p.at(i), "profession", id, l.book.professions)
		}
	}
}
