package discordfake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// What Discord documents of messages.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedText   = 6000
	maxTitle       = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256
	maxNonce       = 25
	maxFiles       = 10
	maxFile        = 10 << 20
	maxMentioned   = 100
)

// The flags of messages.
const (
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
	flagLoading        = 1 << 7
	flagSilent         = 1 << 12
	flagComponentsV2   = 1 << 15
)

// An Embed is one box of a message.
type Embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	URL         string  `json:"url,omitempty"`
	Color       int     `json:"color,omitempty"`
	Timestamp   string  `json:"timestamp,omitempty"`
	Footer      *Footer `json:"footer,omitempty"`
	Author      *Author `json:"author,omitempty"`
	Fields      []Field `json:"fields,omitempty"`
}

// A Footer stands below an embed.
type Footer struct {
	Text string `json:"text"`
}

// An Author stands above an embed.
type Author struct {
	Name string `json:"name"`
}

// A Field is one of an embed.
type Field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// A sent message is what an app posts, or what it changes one to. A key that is
// left out changes nothing.
type sentMessage struct {
	Content         *string          `json:"content"`
	Embeds          []Embed          `json:"embeds"`
	Components      []Component      `json:"components"`
	AllowedMentions *allowedMentions `json:"allowed_mentions"`
	Flags           int              `json:"flags"`
	Nonce           any              `json:"nonce"`
	EnforceNonce    bool             `json:"enforce_nonce"`
	Attachments     []attachment     `json:"attachments"`

	has map[string]bool // what was sent at all
}

type attachment struct {
	ID       any    `json:"id"`
	Filename string `json:"filename"`
}

// allowedMentions say what may be called. Without them everything may.
type allowedMentions struct {
	Parse []string `json:"parse"`
	Roles []string `json:"roles"`
	Users []string `json:"users"`

	vague bool // parse is null, which says nothing
}

// UnmarshalJSON implements [json.Unmarshaler].
func (a *allowedMentions) UnmarshalJSON(data []byte) error {
	type plain allowedMentions
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(data, (*plain)(a)); err != nil {
		return err
	}
	if err := json.Unmarshal(data, &keys); err != nil {
		return err
	}
	raw, sent := keys["parse"]
	a.vague = sent && string(raw) == "null"
	return nil
}

// parse reads a message and checks it. at is where it stands in the body: "" or
// "data.".
func parseMessage(raw []byte, at string) (sentMessage, error) {
	var m sentMessage
	var keys map[string]json.RawMessage
	var f form
	if json.Unmarshal(raw, &m) != nil || json.Unmarshal(raw, &keys) != nil {
		f.fault(at+"_body", "INVALID_TYPE", "A value has the wrong type.")
		return m, f.err()
	}
	m.has = map[string]bool{}
	for key := range keys {
		m.has[key] = true
	}
	if m.Content != nil {
		trimmed := strings.TrimSpace(*m.Content)
		m.Content = &trimmed
		if length(trimmed) > maxContent {
			f.fault(at+"content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
		}
	}
	f.embeds(at, m.Embeds)
	if m.Flags&flagComponentsV2 != 0 {
		f.fault(at+"flags", "NOT_HERE", "The newer components are not kept by this Discord.")
	}
	f.components(at, m.Components)
	f.mentions(at+"allowed_mentions", m.AllowedMentions)
	if text, ok := m.Nonce.(string); ok && len(text) > maxNonce {
		f.fault(at+"nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.")
	}
	if len(m.Attachments) > maxFiles {
		f.fault(at+"attachments", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 10 in length.")
	}
	return m, f.err()
}

func (f *form) embeds(at string, embeds []Embed) {
	if len(embeds) > maxEmbeds {
		f.fault(at+"embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
	}
	total := 0
	for i := range embeds {
		e := &embeds[i]
		e.Title, e.Description = strings.TrimSpace(e.Title), strings.TrimSpace(e.Description) // as Discord does
		at := fmt.Sprintf("%sembeds.%d", at, i)
		total += length(e.Title) + length(e.Description)
		f.within(at+".title", e.Title, 0, maxTitle)
		f.within(at+".description", e.Description, 0, maxDescription)
		if len(e.Fields) > maxFields {
			f.fault(at+".fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
		}
		for j, field := range e.Fields {
			total += length(field.Name) + length(field.Value)
			f.within(fmt.Sprintf("%s.fields.%d.name", at, j), field.Name, 1, maxFieldName)
			f.within(fmt.Sprintf("%s.fields.%d.value", at, j), field.Value, 1, maxFieldValue)
		}
		if e.Footer != nil {
			total += length(e.Footer.Text)
			f.within(at+".footer.text", e.Footer.Text, 1, maxFooter)
		}
		if e.Author != nil {
			total += length(e.Author.Name)
			f.within(at+".author.name", e.Author.Name, 1, maxAuthor)
		}
		if e.Color < 0 || e.Color > 0xFFFFFF {
			f.fault(at+".color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.")
		}
	}
	if total > maxEmbedText {
		f.fault(at+"embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
	}
}

func (f *form) mentions(at string, a *allowedMentions) {
	if a == nil {
		return
	}
	for i, kind := range a.Parse {
		if !slices.Contains([]string{"users", "roles", "everyone"}, kind) {
			f.fault(fmt.Sprintf("%s.parse.%d", at, i), "BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').")
		}
	}
	for kind, ids := range map[string][]string{"users": a.Users, "roles": a.Roles} {
		if len(ids) > maxMentioned {
			f.fault(at+"."+kind, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
		}
		if len(ids) > 0 && slices.Contains(a.Parse, kind) {
			f.fault(at+".parse", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:["+kind+"] and "+kind+": [ids...] are mutually exclusive.")
		}
	}
}

// readable is what can be read in an embed.
func (e Embed) readable(names map[string]string) string {
	var lines []string
	if e.Author != nil {
		lines = append(lines, e.Author.Name)
	}
	for _, text := range []string{e.Title, e.Description} {
		if text != "" {
			lines = append(lines, rendered(text, names))
		}
	}
	for _, field := range e.Fields {
		lines = append(lines, rendered(field.Name, names), rendered(field.Value, names))
	}
	if e.Footer != nil {
		lines = append(lines, e.Footer.Text)
	}
	return strings.Join(lines, "\n")
}
