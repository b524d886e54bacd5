package slackfake

import (
	"encoding/json"
	"strings"
)

// Links are the addresses that a message leads to: of its buttons, of its rich
// text and of its markup.
func (m Message) Links() []string {
	var all []string
	add := func(url string) {
		if url != "" {
			all = append(all, url)
		}
	}
	for _, c := range m.Controls() {
		add(c.Element.URL)
	}
	marked := []string{m.Text}
	for i := range m.Blocks {
		b := &m.Blocks[i]
		if b.Text != nil && b.Text.Type == "mrkdwn" {
			marked = append(marked, b.Text.Text)
		}
		if b.Type != "rich_text" {
			continue
		}
		for _, raw := range b.RawElements {
			var node RichText
			if json.Unmarshal(raw, &node) == nil {
				node.walk(func(n RichText) { add(n.URL) })
			}
		}
	}
	for _, text := range marked {
		for _, match := range angle.FindAllStringSubmatch(text, -1) {
			if url, _, _ := strings.Cut(match[1], "|"); strings.Contains(url, "://") {
				add(url)
			}
		}
	}
	return all
}
