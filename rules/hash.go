package rules

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// hashNode returns the SHA-256 of what a YAML document says. Comments, layout
// and the order of keys do not change it; any change of the text does. It rests
// on the text alone and not on this program's types, so a review that is bound
// to it outlives the program's next version.
func hashNode(n *yaml.Node) string {
	h := sha256.New()
	writeNode(h, n)
	return hex.EncodeToString(h.Sum(nil))
}

func writeNode(h hash.Hash, n *yaml.Node) {
	switch n.Kind {
	case yaml.AliasNode:
		writeNode(h, n.Alias)
	case yaml.MappingNode:
		writeMapping(h, n)
	case yaml.SequenceNode:
		writeToken(h, 's', len(n.Content))
		for _, entry := range n.Content {
			writeNode(h, entry)
		}
	default:
		writeText(h, n.ShortTag())
		writeText(h, n.Value)
	}
}

func writeMapping(h hash.Hash, n *yaml.Node) {
	type pair struct{ key, value *yaml.Node }
	var pairs []pair
	for i := 0; i+1 < len(n.Content); i += 2 {
		pairs = append(pairs, pair{n.Content[i], n.Content[i+1]})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return strings.Compare(a.key.Value, b.key.Value) })
	writeToken(h, 'm', len(pairs))
	for _, p := range pairs {
		writeText(h, p.key.Value)
		writeNode(h, p.value)
	}
}

// writeText writes the length first, so that no two texts run into one.
func writeText(h hash.Hash, s string) {
	writeToken(h, 't', len(s))
	h.Write([]byte(s))
}

func writeToken(h hash.Hash, kind byte, n int) {
	h.Write(binary.LittleEndian.AppendUint64([]byte{kind}, uint64(n)))
}

// hashTexts returns the SHA-256 over a list of texts.
func hashTexts(texts []string) string {
	h := sha256.New()
	for _, t := range texts {
		writeText(h, t)
	}
	return hex.EncodeToString(h.Sum(nil))
}
