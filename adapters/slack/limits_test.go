package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"
)

// withinLimits holds blocks to every limit that Slack documents, with a tenth to
// spare. Source: docs.slack.dev/reference/block-kit.
func withinLimits(t testing.TB, name string, blocks []slackapi.Block, most int) {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]any
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	c := &limits{t: t, name: name, ids: map[string]bool{}}
	if len(list) == 0 || len(list) > most {
		c.fault("it has %d blocks", len(list))
	}
	for _, b := range list {
		c.block(b)
	}
	if most == mostInMessage && c.text > 13_200*9/10 {
		c.fault("it has %d characters", c.text)
	}
	if len(raw) > 250_000*9/10 {
		c.fault("it has %d bytes", len(raw))
	}
}

// limits collects what is too long or stands twice.
type limits struct {
	t    testing.TB
	name string
	ids  map[string]bool
	text int // characters of all texts
}

func (c *limits) fault(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf("%s: %s", c.name, fmt.Sprintf(format, args...))
}

// short holds a text to nine tenths of a limit; it must not be empty.
func (c *limits) short(what string, text any, limit int) {
	s, _ := text.(string)
	c.text += length(s)
	if n := length(s); n == 0 || n > limit*9/10 {
		c.fault("%s has %d characters of %d", what, n, limit)
	}
}

func (c *limits) object(what string, of any, limit int) {
	o, _ := of.(map[string]any)
	if o["type"] != "plain_text" {
		c.fault("%s is %v, and could be read as markup", what, o["type"])
	}
	c.short(what, o["text"], limit)
}

func (c *limits) count(what string, list any, limit int) []any {
	l, _ := list.([]any)
	if len(l) == 0 || len(l) > limit*9/10 {
		c.fault("%s are %d of %d", what, len(l), limit)
	}
	return l
}

func (c *limits) block(b map[string]any) {
	id, _ := b["block_id"].(string)
	if length(id) > 255*9/10 || id != "" && c.ids[id] {
		c.fault("the id %q is too long or stands twice", id)
	}
	c.ids[id] = true
	switch b["type"] {
	case "header":
		c.object("a header", b["text"], 150)
	case "section":
		c.object("a section", b["text"], 3000)
		if beside, ok := b["accessory"].(map[string]any); ok {
			c.element(beside)
		}
	case "context":
		for _, e := range c.count("context elements", b["elements"], 10) {
			c.object("a context", e, 2000)
		}
	case "actions":
		seen := map[any]bool{}
		for _, e := range c.count("actions", b["elements"], 25) {
			element, _ := e.(map[string]any)
			if seen[element["action_id"]] {
				c.fault("the action %v stands twice", element["action_id"])
			}
			seen[element["action_id"]] = true
			c.element(element)
		}
	case "input":
		c.object("a label", b["label"], 2000)
		if b["hint"] != nil {
			c.object("a hint", b["hint"], 2000)
		}
	case "rich_text":
		before := c.text
		c.rich(b)
		if c.text-before > 3000*9/10 {
			c.fault("a rich text has %d characters", c.text-before)
		}
	default:
		c.fault("a block is of the type %v", b["type"])
	}
}

func (c *limits) element(e map[string]any) {
	if id, _ := e["action_id"].(string); id == "" || length(id) > 255*9/10 {
		c.fault("the action id %q is missing or too long", id)
	}
	switch e["type"] {
	case "button":
		c.object("a button", e["text"], 75)
		if value, _ := e["value"].(string); value == "" || length(value) > 2000*9/10 {
			c.fault("a button's value has %d characters of 2000", length(value))
		}
		if ask, ok := e["confirm"].(map[string]any); ok {
			c.object("a question's title", ask["title"], 100)
			c.object("a question", ask["text"], 300)
		}
	case "radio_buttons", "checkboxes":
		c.options(e, 10)
	case "static_select", "multi_static_select":
		c.object("a placeholder", e["placeholder"], 150)
		c.options(e, 100)
	default:
		c.fault("an element is of the type %v", e["type"])
	}
}

func (c *limits) options(e map[string]any, limit int) {
	for _, o := range c.count("options", e["options"], limit) {
		one, _ := o.(map[string]any)
		c.object("an option", one["text"], 75)
		if one["description"] != nil {
			c.object("an option's description", one["description"], 75)
		}
		if value, _ := one["value"].(string); value == "" || length(value) > 150*9/10 {
			c.fault("an option's value has %d characters of 150", length(value))
		}
	}
}

// rich looks at everything in a rich text: nothing in it may call anybody.
func (c *limits) rich(node map[string]any) {
	kind, _ := node["type"].(string)
	switch kind {
	case "user", "usergroup", "channel", "broadcast", "team", "emoji", "color":
		c.fault("a rich text holds a %s", kind)
	case "text":
		c.short("a text", node["text"], 3000)
	case "link":
		if url, _ := node["url"].(string); !strings.HasPrefix(url, "https://") || length(url) > 3000*9/10 {
			c.fault("a link leads to %q", url)
		}
	}
	elements, _ := node["elements"].([]any)
	for _, e := range elements {
		if child, ok := e.(map[string]any); ok {
			c.rich(child)
		}
	}
}
