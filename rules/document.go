package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A document is one YAML file. It is parsed once; its nodes are kept only
// while it is checked, so that faults can name their lines.
type document struct {
	file string
	data []byte
	root *yaml.Node // nil when the file is empty or cannot be read
	bad  bool       // the file cannot be read
	hash string     // of what root says
}

// A place is a spot in a document: a path of keys and indexes such as
// "rules/3/elements/0/when".
type place struct {
	doc  *document
	path string
}

func (d *document) top() place { return place{doc: d} }

func (p place) key(k string) place {
	if p.path == "" {
		return place{p.doc, k}
	}
	return place{p.doc, p.path + "/" + k}
}

func (p place) at(i int) place { return p.key(strconv.Itoa(i)) }

// line returns the line of the deepest node on the path, so that a key that is
// missing is reported where it belongs.
func (p place) line() int {
	n := p.doc.root
	if n == nil {
		return 0
	}
	for part := range strings.SplitSeq(p.path, "/") {
		child := childOf(n, part)
		if child == nil {
			break
		}
		n = child
	}
	return n.Line
}

func (p place) fault(what, remedy string) Fault {
	return Fault{File: p.doc.file, Line: p.line(), Severity: Error, What: what, Remedy: remedy}
}

func childOf(n *yaml.Node, part string) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == part {
				return n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(part); err == nil && i < len(n.Content) {
			return n.Content[i]
		}
	}
	return nil
}

var (
	yamlLine    = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	yamlTyped   = regexp.MustCompile("^cannot unmarshal (\\S+) (`.*` )?into (.*)$")
	yamlMessage = map[string]string{
		"bool": "write true or false", "int": "write a whole number", "string": "write text",
		"rules.Date": "write a date as YYYY-MM-DD",
	}
)

const invalidYAML = "write valid YAML: quote a text that holds one of : ? , # { } [ ]"

// parse reads the file's nodes. What is no YAML ends in a fault.
func (d *document) parse() []Fault {
	var top yaml.Node
	read := yaml.NewDecoder(bytes.NewReader(d.data))
	if err := read.Decode(&top); err != nil && !errors.Is(err, io.EOF) {
		return d.yamlFaults(err)
	}
	var more yaml.Node
	if err := read.Decode(&more); err == nil {
		return []Fault{{
			File: d.file, Line: more.Line, Severity: Error,
			What: "the file holds a second document, which nothing would read", Remedy: "leave out the line ---",
		}}
	}
	if len(top.Content) == 0 {
		return nil
	}
	if budget := maxNodes; !affordable(top.Content[0], &budget) {
		return []Fault{{
			File: d.file, Line: 1, Severity: Error,
			What: "the file is too large, or an alias holds itself", Remedy: "write it out without aliases",
		}}
	}
	d.root = top.Content[0]
	d.hash = hashNode(d.root)
	return nil
}

// maxNodes is far more than any pack has. It stops aliases that hold themselves
// or multiply.
const maxNodes = 500_000

// affordable reports whether n, with its aliases written out, has no more nodes
// than budget.
func affordable(n *yaml.Node, budget *int) bool {
	if *budget--; *budget < 0 {
		return false
	}
	if n.Kind == yaml.AliasNode {
		return affordable(n.Alias, budget)
	}
	for _, child := range n.Content {
		if !affordable(child, budget) {
			return false
		}
	}
	return true
}

// decode fills v from the nodes. Keys outside s and values of the wrong kind
// end in faults.
func (d *document) decode(s *shape, v any) []Fault {
	if d.root == nil {
		return []Fault{{File: d.file, Severity: Error, What: "the file is empty", Remedy: "write " + s.keyList()}}
	}
	faults := s.check(d.file, d.root)
	if err := d.root.Decode(v); err != nil {
		faults = append(faults, d.yamlFaults(err)...)
	}
	return faults
}

func (d *document) yamlFaults(err error) []Fault {
	messages := []string{err.Error()}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	}
	faults := make([]Fault, len(messages))
	for i, m := range messages {
		f := Fault{File: d.file, Severity: Error, What: strings.TrimPrefix(m, "yaml: "), Remedy: invalidYAML}
		if found := yamlLine.FindStringSubmatch(m); found != nil {
			f.Line, _ = strconv.Atoi(found[1])
			f.What = found[2]
			if strings.HasPrefix(f.What, "did not find expected") {
				f.Line++ // The library counts the lines of these from 0, those of all others from 1.
			}
		}
		if strings.HasPrefix(f.What, "mapping key") {
			f.Remedy = "leave out one of the two"
		}
		if found := yamlTyped.FindStringSubmatch(f.What); found != nil {
			f.What = strings.TrimSpace(fmt.Sprintf("%sis no value of this key", found[2]))
			f.Remedy = yamlMessage[found[3]]
			if f.Remedy == "" {
				f.Remedy = "write " + kindOfGo(found[3])
			}
		}
		faults[i] = f
	}
	return faults
}

// kindOfGo names what YAML the Go type wants, for a person.
func kindOfGo(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	case strings.HasPrefix(goType, "rules."):
		return "a mapping or a word that fits this key"
	}
	return "a value of type " + goType
}
