package discordfake

import "strings"

// The types of components.
const (
	typeRow         = 1
	typeButton      = 2
	typeSelect      = 3
	typeInput       = 4
	typeUserSelect  = 5
	typeLastSelect  = 8 // roles, mentionables and channels are between
	typeTextDisplay = 10
	typeLabel       = 18

	styleLink = 5
	styleLast = 6 // premium
)

// A Component is any component of a message or modal.
type Component struct {
	Type        int         `json:"type"`
	ID          int         `json:"id,omitempty"`
	CustomID    string      `json:"custom_id,omitempty"`
	Style       int         `json:"style,omitempty"`
	Label       string      `json:"label,omitempty"`
	Description string      `json:"description,omitempty"`
	URL         string      `json:"url,omitempty"`
	Disabled    bool        `json:"disabled,omitempty"`
	Emoji       *Emoji      `json:"emoji,omitempty"`
	Options     []Option    `json:"options,omitempty"`
	Placeholder string      `json:"placeholder,omitempty"`
	MinValues   *int        `json:"min_values,omitempty"`
	MaxValues   *int        `json:"max_values,omitempty"`
	MinLength   *int        `json:"min_length,omitempty"`
	MaxLength   *int        `json:"max_length,omitempty"`
	Required    *bool       `json:"required,omitempty"`
	Value       string      `json:"value,omitempty"`
	Content     string      `json:"content,omitempty"`
	Components  []Component `json:"components,omitempty"`
	Component   *Component  `json:"component,omitempty"`
}

// An Emoji is an emoji on a button or option.
type Emoji struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// An Option is one of a select.
type Option struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

func (c Component) selects() bool {
	return c.Type == typeSelect || c.Type >= typeUserSelect && c.Type <= typeLastSelect
}

// Button reports whether c is something to press.
func (c Component) Button() bool { return c.Type == typeButton }

// Select reports whether c is a list to pick from.
func (c Component) Select() bool { return c.selects() }

// Controls are what can be pressed and picked in a message.
func (m Message) Controls() []Component {
	var all []Component
	for _, row := range m.Components {
		all = append(all, row.Components...)
	}
	return all
}

// words are what a component shows.
func (c Component) words() []string {
	all := []string{c.Label, c.Placeholder}
	for _, o := range c.Options {
		all = append(all, o.Label, o.Description)
	}
	for _, inner := range c.Components {
		all = append(all, inner.words()...)
	}
	return all
}

// Readable is everything that can be read in a message, its components included.
func (m Message) Readable() string {
	text := []string{m.Text()}
	for _, c := range m.Components {
		for _, words := range c.words() {
			if words != "" {
				text = append(text, words)
			}
		}
	}
	return strings.Join(text, "\n")
}

// Text is what a message says: its content and its embeds.
func (m Message) Text() string {
	var text []string
	if m.Content != "" {
		text = append(text, rendered(m.Content, m.names))
	}
	for _, e := range m.Embeds {
		text = append(text, e.readable(m.names))
	}
	return strings.Join(text, "\n")
}

// onScreen is what a lock screen shows of a message: its content, or its embeds
// where it has none.
func (m Message) onScreen() string {
	if m.Content != "" {
		return rendered(m.Content, m.names)
	}
	return m.Text()
}
