package config

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A document is the YAML file with the line of every setting.
type document struct {
	values  map[string]any
	lines   map[string]int
	unknown []Problem // keys that the schema does not have
}

// readDocument parses src. A document with a fault cannot be used at all.
func readDocument(src []byte) (*document, []Problem) {
	doc := &document{values: map[string]any{}, lines: map[string]int{}}
	var root, second yaml.Node
	in := yaml.NewDecoder(bytes.NewReader(src))
	switch err := in.Decode(&root); {
	case errors.Is(err, io.EOF):
		return doc, nil
	case err != nil:
		return doc, []Problem{Fault("", "is no YAML: %s", cleaned(err))}
	}
	if in.Decode(&second) == nil {
		return doc, []Problem{Fault("", "holds more than one YAML document; keep the first and take out what follows the line ---")}
	}
	top := root.Content[0]
	if top.Kind != yaml.MappingNode {
		return doc, []Problem{Fault("", "must begin with a key such as practice:")}
	}
	if err := root.Decode(&doc.values); err != nil {
		return doc, []Problem{Fault("", "is no YAML that can be used: %s", cleaned(err))}
	}
	doc.unknown = doc.walk(top, schema(), "")
	return doc, nil
}

// cleaned takes the library's name and line breaks out of a message.
func cleaned(err error) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "yaml: ", "")), " ")
}

// walk notes the line of every node and finds the keys that do not exist.
func (d *document) walk(n *yaml.Node, known any, path string) []Problem {
	var found []Problem
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch n.Kind {
	case yaml.MappingNode:
		keys, isSection := known.(section)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			at := strings.TrimPrefix(path+"."+key.Value, ".")
			d.lines[at] = key.Line
			if inner, ok := keys[key.Value]; ok {
				found = append(found, d.walk(value, inner, at)...)
			} else if isSection {
				found = append(found, Fault(at, "%s", unknownKey(keys, at, key.Value)))
			}
		}
	case yaml.SequenceNode:
		var inner any
		if people, ok := known.([]section); ok {
			inner = people[0]
		}
		for i, value := range n.Content {
			at := path + "[" + strconv.Itoa(i) + "]"
			d.lines[at] = value.Line
			found = append(found, d.walk(value, inner, at)...)
		}
	}
	return found
}

// unknownKey says what to write instead of a key that does not exist.
func unknownKey(keys section, path, key string) string {
	if _, ok := keys[key+"_file"]; ok {
		return "is a secret and must not stand in this file; keep it in a file of its own and name that in " + key + "_file"
	}
	known := slices.Sorted(maps.Keys(keys))
	if near := nearest(key, known); near != "" {
		return "is no setting; did you mean " + near + "?"
	}
	if strings.Contains(path, ".") {
		return "is no setting; the settings here are " + list(known)
	}
	return "is no setting; the sections are " + list(known)
}

// settings returns the values without the sections that are left empty, which
// would hide their defaults.
func (d *document) settings() map[string]any { return withoutEmpty(d.values) }

func withoutEmpty(m map[string]any) map[string]any {
	full := make(map[string]any, len(m))
	for key, value := range m {
		switch value := value.(type) {
		case nil:
		case map[string]any:
			full[key] = withoutEmpty(value)
		default:
			full[key] = value
		}
	}
	return full
}

// line returns the line of a setting or of the nearest section around it.
func (d *document) line(path string) int {
	for path != "" {
		if line, ok := d.lines[path]; ok {
			return line
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 0
}
