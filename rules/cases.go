package rules

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Case is a set of answers and where rules must end on them. The cases of a
// pack stand beside it, in cases/us-ca.yaml for us-ca.yaml, as a list:
//
//   - name: A threat against a person who can be named is a duty
//     profession: psychologist
//     topics: [harm_to_others]   # default: all topics of the rules expected
//     licence: US-NV             # default: the pack's jurisdiction alone
//     as_of: 2026-06-01          # default: the pack's as_of
//     facts:
//     threat_voiced: true      # bool: true or false
//     victim: named            # choice
//     harm_kinds: [physical]   # choices; [] is none of them
//     means: null              # I don't know
//     expect:
//     us-ca.harm.protect: applies   # applies, does_not_apply, undetermined
//
// A fact that is not listed was not asked. A rule that does not bind the
// profession, or is not in force that day, counts as does_not_apply.
type Case struct {
	Name   string
	Query  Query
	Expect map[RuleID]Status
	Dated  bool // the case names its day itself
	File   string
	Line   int
}

// A caseEntry is a case as its file has it.
type caseEntry struct {
	Name       string               `yaml:"name"`
	Profession ProfessionID         `yaml:"profession"`
	Topics     []TopicID            `yaml:"topics"`
	Licence    JurisdictionID       `yaml:"licence"`
	AsOf       Date                 `yaml:"as_of"`
	Facts      map[FactID]yaml.Node `yaml:"facts"`
	Expect     map[RuleID]Status    `yaml:"expect"`
}

// ReadCases reads cases/*.yaml of a folder of packs. Its error is a *[LoadError]
// with every fault, or says why the folder cannot be read.
func (b *Book) ReadCases(fsys fs.FS) ([]Case, error) {
	names, err := fs.Glob(fsys, "cases/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("looking for cases: %w", err)
	}
	var cases []Case
	var faults []Fault
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("reading cases: %w", err)
		}
		r := caseReader{book: b, doc: &document{file: name, data: data}}
		cases = append(cases, r.read()...)
		faults = append(faults, r.faults...)
	}
	if len(faults) > 0 {
		sortFaults(faults)
		return nil, &LoadError{Faults: faults}
	}
	return cases, nil
}

// A caseReader reads one file of cases.
type caseReader struct {
	book   *Book
	doc    *document
	faults []Fault
}

func (r *caseReader) report(p place, what, remedy string) {
	r.faults = append(r.faults, p.fault(what, remedy))
}

func (r *caseReader) read() []Case {
	pack := r.pack()
	if pack == nil {
		r.report(r.doc.top(), "there is no pack of this name", "name the file after its pack, such as us-ca.yaml")
		return nil
	}
	r.faults = append(r.faults, r.doc.parse()...)
	if len(r.faults) > 0 {
		return nil
	}
	var entries []caseEntry
	r.faults = append(r.faults, r.doc.decode(fileShapes().cases, &entries)...)
	cases := make([]Case, len(entries))
	for i := range entries {
		cases[i] = r.caseOf(r.doc.top().at(i), &entries[i], pack)
	}
	return cases
}

// pack returns the pack that the file's cases are about.
func (r *caseReader) pack() *Pack {
	for _, j := range r.book.Jurisdictions() {
		if strings.TrimSuffix(path.Base(r.doc.file), ".yaml") == fileStem(j) {
			return r.book.packs[j][0]
		}
	}
	return nil
}

func (r *caseReader) caseOf(at place, e *caseEntry, pack *Pack) Case {
	c := Case{Name: e.Name, Expect: e.Expect, Dated: !e.AsOf.IsZero(), File: r.doc.file, Line: at.line()}
	if e.Name == "" {
		r.report(at, "the case has no name", "write a sentence that says what it shows")
	}
	if len(e.Expect) == 0 {
		r.report(at, "the case expects nothing", "name rules and where they must end")
	}
	c.Query = Query{
		Client: pack.Jurisdiction, Licence: e.Licence, Profession: e.Profession, Topics: e.Topics, AsOf: e.AsOf,
		Facts: Facts{},
	}
	if !c.Dated {
		c.Query.AsOf = pack.AsOf
	}
	for id, node := range e.Facts {
		answer, err := answerOf(&node)
		if err != nil {
			r.report(at.key("facts").key(string(id)), fmt.Sprintf("fact %q: %v", id, err), "")
		}
		c.Query.Facts[id] = answer
	}
	topics := r.topicsOf(at.key("expect"), &c)
	if len(c.Query.Topics) == 0 {
		c.Query.Topics = topics
	}
	if err := r.book.check(&c.Query); err != nil {
		r.report(at, err.Error(), "")
	}
	return c
}

// topicsOf checks what a case expects and returns the topics of those rules.
func (r *caseReader) topicsOf(at place, c *Case) []TopicID {
	topics := map[TopicID]bool{}
	for _, id := range slices.Sorted(maps.Keys(c.Expect)) {
		p := at.key(string(id))
		rule, home, ok := r.book.Rule(id)
		if !ok {
			r.report(p, fmt.Sprintf("unknown rule %q", id), suggest(string(id), sortedKeys(r.book.byID)))
			continue
		}
		if !slices.ContainsFunc(c.Query.seats(), func(s seated) bool { return s.jurisdiction == home }) {
			r.report(p, fmt.Sprintf("the case does not look at the law of %s", home), "name it as licence, or leave the rule out")
		}
		if s := c.Expect[id]; s != Applies && s != DoesNotApply && s != Undetermined {
			r.report(p, fmt.Sprintf("%q is no status", s), "write applies, does_not_apply or undetermined")
		}
		for _, t := range rule.Topics {
			topics[t] = true
		}
	}
	return slices.Sorted(maps.Keys(topics))
}

// answerOf reads an answer in the forms of [Facts], as YAML.
func answerOf(n *yaml.Node) (Answer, error) {
	switch {
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return Answer{Unknown: true}, nil
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool":
		var yes bool
		if err := n.Decode(&yes); err != nil {
			return Answer{}, errNoAnswer
		}
		if yes {
			return Answer{Values: []Value{Yes}}, nil
		}
		return Answer{Values: []Value{No}}, nil
	case n.Kind == yaml.ScalarNode:
		return Answer{Values: []Value{Value(n.Value)}}, nil
	}
	var values []Value
	if err := n.Decode(&values); err != nil {
		return Answer{}, errNoAnswer
	}
	slices.Sort(values)
	return Answer{Values: values}, nil
}

// RunCases evaluates cases and returns a fault for each rule that ends
// otherwise than its case expects.
func (b *Book) RunCases(cases []Case) []Fault {
	var faults []Fault
	for _, c := range cases {
		finding, err := b.Evaluate(c.Query)
		if err != nil {
			faults = append(faults, c.fault(err.Error(), ""))
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(c.Expect)) {
			status, waits := statusIn(finding, id)
			if status == c.Expect[id] {
				continue
			}
			what := fmt.Sprintf("%s: %s ends %s", c.Name, id, status)
			if len(waits) > 0 {
				what += " (waits for " + strings.Join(waits, " or ") + ")"
			}
			faults = append(faults, c.fault(what, "expected "+string(c.Expect[id])))
		}
	}
	return faults
}

func (c *Case) fault(what, remedy string) Fault {
	return Fault{File: c.File, Line: c.Line, Severity: Error, What: what, Remedy: remedy}
}

// statusIn returns where a rule stands in a finding and the facts it waits for.
func statusIn(f Finding, id RuleID) (s Status, waits []string) {
	for _, r := range f.Rules {
		if r.Rule.ID == id {
			for _, fact := range r.Settles {
				waits = append(waits, string(fact))
			}
			return r.Status, waits
		}
	}
	return DoesNotApply, nil
}
