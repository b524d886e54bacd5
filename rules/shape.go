package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A shape is the keys that a YAML mapping may have, each with the shape of its
// value: nil for scalars and lists of scalars. A list has the shape of its
// entries. It is what makes a misspelt key a fault instead of a silence.
type shape struct {
	keys map[string]*shape
}

func keys(nested map[string]*shape, plain ...string) *shape {
	all := maps.Clone(nested)
	if all == nil {
		all = map[string]*shape{}
	}
	for _, k := range plain {
		all[k] = nil
	}
	return &shape{all}
}

func (s *shape) keyList() string {
	return strings.Join(slices.Sorted(maps.Keys(s.keys)), ", ")
}

// check reports the keys of n, and of everything in it, that s does not have.
func (s *shape) check(file string, n *yaml.Node) []Fault {
	if s == nil {
		return nil
	}
	var faults []Fault
	switch n.Kind {
	case yaml.AliasNode:
		return s.check(file, n.Alias)
	case yaml.SequenceNode:
		for _, entry := range n.Content {
			faults = append(faults, s.check(file, entry)...)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			nested, known := s.keys[key.Value]
			if !known {
				faults = append(faults, Fault{
					File: file, Line: key.Line, Severity: Error,
					What:   fmt.Sprintf("unknown key %q", key.Value),
					Remedy: suggest(key.Value, slices.Sorted(maps.Keys(s.keys))),
				})
				continue
			}
			faults = append(faults, nested.check(file, value)...)
		}
	}
	return faults
}

// shapes are the files' shapes; a test holds them against the Go types.
type shapes struct {
	vocabulary, actions, pack, cases *shape
}

func fileShapes() shapes {
	source := keys(nil, "title", "url", "as_of")
	note := keys(nil, "text", "citation")
	fact := keys(
		map[string]*shape{"choices": keys(nil, "id", "label", "help")},
		"id", "kind", "question", "short", "help", "settle", "order", "after",
	)
	element := keys(nil, "id", "text", "when", "citation")
	limb := keys(map[string]*shape{"elements": element}, "id", "text")
	discharge := keys(nil, "kind", "action", "agency", "when", "text")
	discharge.keys["all"], discharge.keys["any"], discharge.keys["first"] = discharge, discharge, discharge
	recipient := keys(nil, "action", "agency", "when", "text", "minimum")
	deadline := keys(
		nil, "action", "form", "hours", "days_off", "working_days", "until", "whichever", "immediate", "from", "when",
		"text", "citation",
	)
	rule := keys(
		map[string]*shape{
			"elements": element, "any_of": limb, "unless": element, "discharge": discharge, "tell": recipient,
			"deadlines": deadline, "immunity": note, "ways_out": note, "effective": keys(nil, "from", "until"),
			"sources": source, "notes": note,
		},
		"id", "topics", "effect", "title", "summary", "basis", "citations", "professions", "except_professions",
		"sign_off", "bars", "confidence", "open_questions", "unsettled",
	)
	statement := keys(
		map[string]*shape{"sources": source},
		"id", "topics", "professions", "when", "text", "citations", "confidence", "open_questions",
	)
	agency := keys(nil, "id", "name", "phone", "confirmed", "hours", "find")
	topic := keys(nil, "id", "label", "help", "order", "alternatives", "emergency", "aftercare")
	action := keys(
		map[string]*shape{"sources": source},
		"id", "label", "detail", "discloses", "minimum", "leave_out", "benefits", "harms",
	)
	return shapes{
		vocabulary: keys(map[string]*shape{
			"topics": topic, "professions": keys(nil, "id", "label", "groups"), "facts": fact,
		}),
		actions: action,
		pack: keys(
			map[string]*shape{"facts": fact, "agencies": agency, "rules": rule, "statements": statement},
			"jurisdiction", "name", "as_of",
		),
		cases: keys(nil, "name", "profession", "topics", "licence", "facts", "expect", "as_of"),
	}
}
