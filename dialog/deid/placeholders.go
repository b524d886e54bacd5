package deid

import (
	"strings"
)

// placeholderKinds are the words that may stand in brackets, those of every
// replacement and nothing else, with what they stand for.
var placeholderKinds = func() map[string]Kind {
	m := map[string]Kind{}
	for kind, r := range reasons {
		m[strings.Trim(r.replacement, "[]")] = kind
	}
	for _, r := range kinName {
		m[strings.Trim(r, "[]")] = Name
	}
	return m
}()

// joinPlaceholders makes one token of each placeholder that an earlier run put
// in. It is kept, and its neighbours read as they did beside what it stands for,
// so that scrubbing twice changes nothing more.
func joinPlaceholders(text string, tokens []token) []token {
	if strings.IndexByte(text, '[') < 0 {
		return tokens
	}
	out, from := tokens[:0], 0 // from is the first token that is in its place no more
	for i := 0; i < len(tokens); i++ {
		if tokens[i].text != "[" {
			continue
		}
		if end, kind := placeholderAt(text, tokens, i); end > 0 {
			placed := standIn(text, tokens[i], tokens[end-1], kind)
			out = append(append(out, tokens[from:i]...), placed)
			from = end
			i = end - 1
		}
	}
	return append(out, tokens[from:]...)
}

// placeholderAt returns the end of the placeholder that opens at token i, 0 for none.
func placeholderAt(text string, tokens []token, i int) (int, Kind) {
	const longest = 7
	for j := i + 1; j < min(len(tokens), i+longest); j++ {
		if tokens[j].text != "]" {
			continue
		}
		if kind, ok := placeholder(text, tokens[i+1:j]); ok {
			return j + 1, kind
		}
		return 0, ""
	}
	return 0, ""
}

func placeholder(text string, inside []token) (Kind, bool) {
	var parts []string
	for k := range inside {
		if t := &inside[k]; t.casing != lower || t.gap == '\n' || t.disguised || t.accented {
			return "", false
		}
		parts = append(parts, text[inside[k].from:inside[k].to])
	}
	words := strings.ReplaceAll(strings.Join(parts, " "), "ex - partner", "ex-partner")
	if kind, ok := placeholderKinds[words]; ok {
		return kind, true
	}
	last := len(parts) - 1
	if last < 1 || !figures(parts[last]) || len(parts[last]) > 2 || parts[last][0] == '0' {
		return "", false
	}
	kind, ok := placeholderKinds[strings.TrimSuffix(words, " "+parts[last])]
	return kind, ok
}

// standIn is the token of a placeholder for a kind.
func standIn(text string, first, last token, kind Kind) token {
	t := token{from: first.from, to: last.to, text: text[first.from:last.to], gap: first.gap, form: word, casing: initial, opens: first.opens, kept: true, placed: true}
	switch kind {
	case Name, Unknown, Place, Organization, Post, Case, Handle, Photo, Biometric, Email, URL:
	default:
		t.form = number
	}
	return t
}

func figures(s string) bool {
	for i := range len(s) {
		if !figure(s[i]) {
			return false
		}
	}
	return s != ""
}
