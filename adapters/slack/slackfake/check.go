package slackfake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// The limits of Block Kit, from Slack's reference of blocks, elements and views.
const (
	maxMessageBlocks  = 50
	maxViewBlocks     = 100
	maxID             = 255
	maxSection        = 3000
	maxFields         = 10
	maxField          = 2000
	maxHeader         = 150
	maxContext        = 10
	maxActions        = 25
	maxButton         = 75
	maxButtonValue    = 2000
	maxURL            = 3000
	maxOption         = 75
	maxOptionValue    = 150
	maxOptions        = 100
	maxRadio          = 10
	maxOverflow       = 5
	maxPlaceholder    = 150
	maxConfirmTitle   = 100
	maxConfirmText    = 300
	maxConfirmButton  = 30
	maxLabel          = 2000
	maxInput          = 3000
	maxMarkdown       = 12_000
	maxRows           = 100
	maxColumns        = 20
	maxMessageText    = 40_000
	maxBlockText      = 13_200 // of a whole message; Slack does not document it
	maxView           = 250_000
	maxViewTitle      = 24
	maxMetadata       = 3000
	maxAckPayload     = 20 * 1024
	maxConnections    = 10
	maxModals         = 3
	maxResponseURL    = 5
	maxInvited        = 100
	maxDirect         = 8
	maxChannelName    = 80
	maxAccessibleName = 75
)

// length counts as Slack's clients do: an astral character is two.
func length(s string) int { return len(utf16.Encode([]rune(s))) }

// A surface is where blocks are to stand.
type surface string

const (
	onMessage surface = "message"
	onModal   surface = "modal"
	onHome    surface = "home"
)

// properties of each block and element: Slack refuses others.
var properties = map[string]string{
	"section":   "type block_id text fields accessory expand",
	"header":    "type block_id text",
	"divider":   "type block_id",
	"context":   "type block_id elements",
	"actions":   "type block_id elements",
	"image":     "type block_id image_url slack_file alt_text title",
	"input":     "type block_id label element hint optional dispatch_action",
	"rich_text": "type block_id elements",
	"markdown":  "type block_id text",
	"table":     "type block_id rows column_settings",

	"button":              "type action_id text value url style confirm accessibility_label",
	"static_select":       "type action_id placeholder options option_groups initial_option confirm focus_on_load",
	"multi_static_select": "type action_id placeholder options option_groups initial_options confirm focus_on_load max_selected_items",
	"radio_buttons":       "type action_id options initial_option confirm focus_on_load",
	"checkboxes":          "type action_id options initial_options confirm focus_on_load",
	"overflow":            "type action_id options confirm",
	"plain_text_input":    "type action_id initial_value multiline min_length max_length placeholder focus_on_load dispatch_action_config",
}

// allowedOn says which blocks may not stand everywhere.
var allowedOn = map[string][]surface{
	"markdown": {onMessage},
	"table":    {onMessage},
}

// A checker collects what Slack would say against blocks.
type checker struct {
	on       surface
	faults   []string
	blockIDs map[string]bool
	input    bool
	markdown int
}

func (c *checker) fault(at, format string, args ...any) {
	c.faults = append(c.faults, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

// blocks decodes and checks raw blocks. newID names those that have no id.
func checkBlocks(raw json.RawMessage, on surface, newID func() string) ([]Block, *checker) {
	c := &checker{on: on, blockIDs: map[string]bool{}}
	var list []json.RawMessage
	if len(raw) == 0 || string(raw) == "null" {
		return nil, c
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		c.fault("/blocks", "must be an array")
		return nil, c
	}
	most := maxViewBlocks
	if on == onMessage {
		most = maxMessageBlocks
	}
	if len(list) > most {
		c.fault("/blocks", "no more than %d items allowed", most)
	}
	blocks := make([]Block, len(list))
	for i, one := range list {
		c.block(fmt.Sprintf("/blocks/%d", i), one, &blocks[i], newID)
	}
	if c.markdown > maxMarkdown {
		c.fault("/blocks", "markdown blocks hold more than %d characters", maxMarkdown)
	}
	return blocks, c
}

func (c *checker) known(at, kind string, raw json.RawMessage) {
	var has map[string]json.RawMessage
	if json.Unmarshal(raw, &has) != nil {
		c.fault(at, "must be an object")
		return
	}
	allowed := strings.Fields(properties[kind])
	if allowed == nil {
		c.fault(at, "unsupported type: %s", kind)
		return
	}
	for name := range has {
		if !slices.Contains(allowed, name) {
			c.fault(at, "invalid additional property: %s", name)
		}
	}
}

func (c *checker) id(at, id string) {
	if length(id) > maxID {
		c.fault(at, "must be less than %d characters", maxID+1)
	}
}

func (c *checker) block(at string, raw json.RawMessage, b *Block, newID func() string) {
	if err := json.Unmarshal(raw, b); err != nil {
		c.fault(at, "cannot be read")
		return
	}
	c.known(at, b.Type, raw)
	if where, some := allowedOn[b.Type]; some && !slices.Contains(where, c.on) {
		c.fault(at, "%s is not allowed on a %s", b.Type, c.on)
	}
	c.id(at+"/block_id", b.BlockID)
	if b.BlockID == "" {
		b.BlockID = newID()
	}
	if c.blockIDs[b.BlockID] {
		c.fault(at+"/block_id", "block_id already exists: %s", b.BlockID)
	}
	c.blockIDs[b.BlockID] = true
	if b.Type == "markdown" {
		var text string
		if json.Unmarshal(b.RawText, &text) != nil || text == "" {
			c.fault(at+"/text", "must be a string")
		}
		c.markdown += length(text)
		b.Text = &Text{Type: "mrkdwn", Text: text}
	} else if b.RawText != nil {
		b.Text = &Text{}
		if json.Unmarshal(b.RawText, b.Text) != nil {
			c.fault(at+"/text", "must be a text object")
		}
	}
	switch b.Type {
	case "section":
		c.section(at, b)
	case "header":
		c.plainText(at+"/text", b.Text, 1, maxHeader)
	case "context":
		c.context(at, b)
	case "actions":
		c.actions(at, b, newID)
	case "input":
		c.inputBlock(at, b, newID)
	case "image":
		c.image(at, b.ImageURL, b.AltText)
	case "rich_text":
		c.richText(at, b)
	case "table":
		c.table(at, b)
	}
	if b.Accessory != nil {
		c.element(at+"/accessory", b.Accessory, newID)
	}
	c.actionIDs(at, b)
}

func (c *checker) section(at string, b *Block) {
	if b.Text == nil && len(b.Fields) == 0 {
		c.fault(at, "missing required field: text or fields")
	}
	if b.Text != nil {
		c.text(at+"/text", b.Text, 1, maxSection)
	}
	if len(b.Fields) > maxFields {
		c.fault(at+"/fields", "no more than %d items allowed", maxFields)
	}
	for i := range b.Fields {
		c.text(fmt.Sprintf("%s/fields/%d", at, i), &b.Fields[i], 1, maxField)
	}
}

func (c *checker) context(at string, b *Block) {
	if len(b.RawElements) == 0 || len(b.RawElements) > maxContext {
		c.fault(at+"/elements", "must have 1 to %d items", maxContext)
	}
	for i, raw := range b.RawElements {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		var e struct {
			Text
			ImageURL string `json:"image_url"`
			AltText  string `json:"alt_text"`
		}
		if json.Unmarshal(raw, &e) != nil {
			c.fault(where, "cannot be read")
			continue
		}
		if e.Type == "image" {
			c.image(where, e.ImageURL, e.AltText)
			continue
		}
		c.text(where, &e.Text, 1, maxSection)
	}
}

func (c *checker) actions(at string, b *Block, newID func() string) {
	if len(b.RawElements) == 0 || len(b.RawElements) > maxActions {
		c.fault(at+"/elements", "must have 1 to %d items", maxActions)
	}
	b.Elements = make([]Element, len(b.RawElements))
	for i, raw := range b.RawElements {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		if err := json.Unmarshal(raw, &b.Elements[i]); err != nil {
			c.fault(where, "cannot be read")
			continue
		}
		if b.Elements[i].Type == "plain_text_input" {
			c.fault(where, "plain_text_input is not allowed in an actions block")
		}
		c.element(where, &b.Elements[i], newID)
	}
}

func (c *checker) inputBlock(at string, b *Block, newID func() string) {
	c.input = true
	c.plainText(at+"/label", b.Label, 1, maxLabel)
	if b.Hint != nil {
		c.plainText(at+"/hint", b.Hint, 1, maxLabel)
	}
	if b.Element == nil {
		c.fault(at, "missing required field: element")
		return
	}
	if b.Element.Type == "button" || b.Element.Type == "overflow" {
		c.fault(at+"/element", "%s is not allowed in an input block", b.Element.Type)
	}
	c.element(at+"/element", b.Element, newID)
}

func (c *checker) richText(at string, b *Block) {
	if len(b.RawElements) == 0 {
		c.fault(at+"/elements", "must have 1 item or more")
	}
	for i, raw := range b.RawElements {
		var n RichText
		if json.Unmarshal(raw, &n) != nil || !strings.HasPrefix(n.Type, "rich_text_") {
			c.fault(fmt.Sprintf("%s/elements/%d", at, i), "unsupported type: %s", n.Type)
		}
	}
}

func (c *checker) table(at string, b *Block) {
	if len(b.Rows) == 0 || len(b.Rows) > maxRows {
		c.fault(at+"/rows", "must have 1 to %d items", maxRows)
	}
	for i, row := range b.Rows {
		if len(row) == 0 || len(row) > maxColumns {
			c.fault(fmt.Sprintf("%s/rows/%d", at, i), "must have 1 to %d items", maxColumns)
		}
	}
}

// actionIDs demands that an action id stands once in its block.
func (c *checker) actionIDs(at string, b *Block) {
	seen := map[string]bool{}
	for _, e := range b.controls() {
		if seen[e.ActionID] {
			c.fault(at, "action_id already exists: %s", e.ActionID)
		}
		seen[e.ActionID] = true
	}
}
