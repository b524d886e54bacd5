package slackfake

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Mentions are whom a text calls.
type Mentions struct {
	People  []string // user ids
	Channel bool     // <!channel>, <!here> or <!everyone>
}

func (m *Mentions) add(user string) {
	if !slices.Contains(m.People, user) {
		m.People = append(m.People, user)
	}
}

var (
	angle = regexp.MustCompile(`<([^<>\n]+)>`)
	// What makes bold, italic, struck or code: a pair of marks around words, with
	// nothing but space or punctuation outside.
	emphasis = regexp.MustCompile("(^|[\\s(\\[{\"'—–-])([*_~`])([^\\s*_~`]|[^\\s*_~`][^*_~`\\n]*[^\\s*_~`])([*_~`])($|[\\s)\\]}\"'.,;:!?—–-])")
	quote    = regexp.MustCompile(`(?m)^&gt;(&gt;&gt;)? ?`)
	shortcut = regexp.MustCompile(`:[a-z0-9_+-]+:`)
)

// unescape undoes the three escapes that Slack has. Nothing else is one.
var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// plain is what a reader sees of a text object, without its formatting.
func plain(t *Text) string {
	switch {
	case t == nil:
		return ""
	case t.Type == "mrkdwn":
		return mrkdwn(t.Text)
	case t.Emoji == nil || *t.Emoji:
		return emoji(unescape.Replace(t.Text))
	default:
		return unescape.Replace(t.Text)
	}
}

// mrkdwn renders Slack's markup as its reader sees it: marks that format are
// gone, mentions and links show what stands for them. Between fences nothing is
// formatted.
func mrkdwn(s string) string {
	parts := strings.Split(s, "```")
	for i := range parts {
		if fenced := i%2 == 1 && i < len(parts)-1; !fenced {
			parts[i] = emoji(formatted(parts[i]))
		}
	}
	s = angle.ReplaceAllStringFunc(strings.Join(parts, ""), func(match string) string { return shown(match[1 : len(match)-1]) })
	return unescape.Replace(s)
}

// formatted takes out the marks that format, from the outside in.
func formatted(s string) string {
	s = quote.ReplaceAllString(s, "")
	for {
		next := emphasis.ReplaceAllStringFunc(s, func(match string) string {
			part := emphasis.FindStringSubmatch(match)
			if part[2] != part[4] {
				return match
			}
			return part[1] + part[3] + part[5]
		})
		if next == s {
			return s
		}
		s = next
	}
}

// shown is what stands for <inner>.
func shown(inner string) string {
	target, label, labelled := strings.Cut(inner, "|")
	switch {
	case labelled:
		return label
	case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		return target
	case strings.HasPrefix(target, "!"):
		return "@" + target[1:]
	default:
		return target
	}
}

// emoji draws the few that tests meet; an unknown name stays as it is.
func emoji(s string) string {
	known := map[string]string{
		":warning:": "⚠", ":rotating_light:": "🚨", ":white_check_mark:": "✅", ":heavy_check_mark:": "✔",
		":100:": "💯", ":x:": "❌", ":no_entry:": "⛔", ":bell:": "🔔", ":scales:": "⚖", ":lock:": "🔒",
	}
	return shortcut.ReplaceAllStringFunc(s, func(name string) string {
		if drawn, ok := known[name]; ok {
			return drawn
		}
		return name
	})
}

// mentions finds whom a markup text calls.
func (m *Mentions) mrkdwn(s string) {
	for _, match := range angle.FindAllStringSubmatch(s, -1) {
		target, _, _ := strings.Cut(match[1], "|")
		switch target {
		case "!channel", "!here", "!everyone":
			m.Channel = true
		default:
			if user, ok := strings.CutPrefix(target, "@"); ok {
				m.add(user)
			}
		}
	}
}

// full finds the names that parse=full and link_names make live.
func (m *Mentions) full(s string) {
	for _, word := range strings.Fields(s) {
		switch strings.TrimRight(word, ".,;:!?") {
		case "@channel", "@here", "@everyone":
			m.Channel = true
		}
	}
}

// mentioned is whom a message calls: by its top-level text and by its blocks.
func mentioned(text string, blocks []Block) Mentions {
	var m Mentions
	m.mrkdwn(text)
	of := func(t *Text) {
		if t != nil && t.Type == "mrkdwn" {
			m.mrkdwn(t.Text)
		}
	}
	for i := range blocks {
		b := &blocks[i]
		of(b.Text)
		for j := range b.Fields {
			of(&b.Fields[j])
		}
		for _, t := range contextTexts(b) {
			of(t)
		}
		m.rich(b)
	}
	return m
}

func (m *Mentions) rich(b *Block) {
	visit := func(n RichText) {
		switch n.Type {
		case "user":
			m.add(n.UserID)
		case "broadcast":
			m.Channel = true
		}
	}
	for _, row := range b.Rows {
		for _, cell := range row {
			cell.walk(visit)
		}
	}
	if b.Type != "rich_text" {
		return
	}
	for _, raw := range b.RawElements {
		var node RichText
		if json.Unmarshal(raw, &node) == nil {
			node.walk(visit)
		}
	}
}
