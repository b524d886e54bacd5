package deid

import "strings"

// placeholderWords are the words that may stand in brackets: those of every
// replacement, and nothing else.
var placeholderWords = func() map[string]bool {
	m := map[string]bool{}
	for _, r := range reasons {
		m[strings.Trim(r.replacement, "[]")] = true
	}
	for _, r := range kinName {
		m[strings.Trim(r, "[]")] = true
	}
	return m
}()

// placeholders keeps what an earlier run put in, so that scrubbing twice
// changes nothing more.
func (d *doc) placeholders() {
	for i := 0; i < len(d.t); i++ {
		if !d.is(i, "[") {
			continue
		}
		for j := i + 1; j < len(d.t) && j < i+7; j++ {
			if !d.is(j, "]") {
				continue
			}
			if d.placeholder(i+1, j) {
				for ; i <= j; i++ {
					d.t[i].kept = true
				}
				i--
			}
			break
		}
	}
}

func (d *doc) placeholder(i, j int) bool {
	var parts []string
	for k := i; k < j; k++ {
		if t := &d.t[k]; t.casing != lower || t.gap == '\n' || t.disguised || t.accented {
			return false
		}
		parts = append(parts, d.text[d.t[k].from:d.t[k].to])
	}
	inside := strings.ReplaceAll(strings.Join(parts, " "), "ex - partner", "ex-partner")
	if placeholderWords[inside] {
		return true
	}
	last := len(parts) - 1
	return last > 0 && figures(parts[last]) && len(parts[last]) <= 2 && parts[last][0] != '0' &&
		placeholderWords[strings.TrimSuffix(inside, " "+parts[last])]
}

func figures(s string) bool {
	for i := range len(s) {
		if !figure(s[i]) {
			return false
		}
	}
	return s != ""
}
