package rules

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// hashNode returns the SHA-256, in hex, of what a YAML document says. Comments,
// layout and the order of keys do not change it; any change of the text does.
// It rests on the text alone and not on this program's types, so a review that
// is bound to it outlives the program's next version.
func hashNode(n *yaml.Node) string {
	sum := sha256.Sum256(appendNode(nil, n))
	return hex.EncodeToString(sum[:])
}

// hashTexts returns the SHA-256, in hex, over a list of texts.
func hashTexts(texts []string) string {
	var b []byte
	for _, t := range texts {
		b = appendText(b, t)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func appendNode(b []byte, n *yaml.Node) []byte {
	switch n.Kind {
	case yaml.AliasNode:
		return appendNode(b, n.Alias)
	case yaml.MappingNode:
		return appendMapping(b, n)
	case yaml.SequenceNode:
		b = appendToken(b, 's', len(n.Content))
		for _, entry := range n.Content {
			b = appendNode(b, entry)
		}
		return b
	}
	return appendText(appendText(b, n.ShortTag()), n.Value)
}

func appendMapping(b []byte, n *yaml.Node) []byte {
	type pair struct{ key, value *yaml.Node }
	pairs := make([]pair, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		pairs = append(pairs, pair{n.Content[i], n.Content[i+1]})
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return strings.Compare(x.key.Value, y.key.Value) })
	b = appendToken(b, 'm', len(pairs))
	for _, p := range pairs {
		b = appendNode(appendText(b, p.key.Value), p.value)
	}
	return b
}

// appendText writes the length first, so that no two texts run into one.
func appendText(b []byte, s string) []byte {
	return append(appendToken(b, 't', len(s)), s...)
}

func appendToken(b []byte, kind byte, n int) []byte {
	return binary.LittleEndian.AppendUint64(append(b, kind), uint64(n))
}
