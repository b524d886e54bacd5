package discord

import "encoding/json"

// The types of components that this package makes or reads.
const (
	typeRow    = 1
	typeButton = 2
	typeSelect = 3
	typeInput  = 4
)

// The styles of a button.
const (
	stylePrimary   = 1
	styleSecondary = 2
	styleSuccess   = 3
	styleDanger    = 4
	styleLink      = 5
)

// The styles of a text input.
const (
	inputLine      = 1
	inputParagraph = 2
)

// The flags of a message.
const (
	flagEphemeral = 1 << 6
	flagSilent    = 1 << 12
)

// A message is one message as it is sent or as an edit replaces it. Empty lists
// are written out, because an edit keeps what is left out.
type message struct {
	Content     string       `json:"content"`
	Embeds      []embed      `json:"embeds"`
	Components  []component  `json:"components"`
	Mentions    mentions     `json:"allowed_mentions"`
	Flags       int          `json:"flags,omitempty"`
	Nonce       string       `json:"nonce,omitempty"`
	EnforceOnce bool         `json:"enforce_nonce,omitempty"`
	Attachments []attachment `json:"attachments,omitempty"`
}

// newMessage is an empty message that calls nobody.
func newMessage() message {
	return message{Embeds: []embed{}, Components: []component{}, Mentions: mentions{Parse: []string{}}}
}

// A mentions says whom a message may call. Parse is always empty: nothing in a
// text calls anybody, only the ids in Users do.
type mentions struct {
	Parse []string `json:"parse"`
	Users []string `json:"users,omitempty"`
}

type embed struct {
	Title       string `json:"title,omitempty"`
	Description string `json:"description"`
	Color       int    `json:"color,omitempty"`
}

type attachment struct {
	ID       string `json:"id"`
	Filename string `json:"filename"`
}

// A component is any component that this package makes, and what it reads of
// those that come back. What it does not know is left out, and never an error.
type component struct {
	Type        int         `json:"type"`
	CustomID    string      `json:"custom_id,omitempty"`
	Style       int         `json:"style,omitempty"`
	Label       string      `json:"label,omitempty"`
	URL         string      `json:"url,omitempty"`
	Options     []option    `json:"options,omitempty"`
	Placeholder string      `json:"placeholder,omitempty"`
	MinValues   *int        `json:"min_values,omitempty"`
	MaxValues   int         `json:"max_values,omitempty"`
	Value       word        `json:"value,omitempty"`
	MinLength   int         `json:"min_length,omitempty"`
	MaxLength   int         `json:"max_length,omitempty"`
	Required    *bool       `json:"required,omitempty"`
	Components  []component `json:"components,omitempty"`
	Component   *component  `json:"component,omitempty"` // newer modals: what a label is for
}

type option struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// A word is a text where newer components may have something else, which then
// counts as empty.
type word string

// UnmarshalJSON implements [json.Unmarshaler]. It never fails.
func (w *word) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) != nil {
		text = ""
	}
	*w = word(text)
	return nil
}

// A modal is a form.
type modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []component `json:"components"`
}

func row(of ...component) component { return component{Type: typeRow, Components: of} }
