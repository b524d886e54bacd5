package slackfake

import "fmt"

// text checks a text object of either kind.
func (c *checker) text(at string, t *Text, least, most int) {
	if t.Type != "plain_text" && t.Type != "mrkdwn" {
		c.fault(at+"/type", "must be plain_text or mrkdwn")
	}
	if t.Type == "mrkdwn" && t.Emoji != nil {
		c.fault(at, "invalid additional property: emoji")
	}
	if t.Type == "plain_text" && t.Verbatim {
		c.fault(at, "invalid additional property: verbatim")
	}
	if n := length(t.Text); n < least || n > most {
		c.fault(at+"/text", "must have %d to %d characters, has %d", least, most, n)
	}
}

// plainText checks a text object that must be plain and must be there.
func (c *checker) plainText(at string, t *Text, least, most int) {
	if t == nil {
		c.fault(at, "missing required field")
		return
	}
	if t.Type != "plain_text" {
		c.fault(at+"/type", "must be plain_text")
	}
	c.text(at, t, least, most)
}

func (c *checker) image(at, url, alt string) {
	if url == "" || length(url) > maxURL || alt == "" {
		c.fault(at, "image_url and alt_text are required")
	}
}

// element checks an interactive element; its own properties were looked at where
// its text is at hand.
func (c *checker) element(at string, e *Element, newID func() string) {
	if e.Type == "image" {
		c.image(at, e.ImageURL, e.AltText)
		return
	}
	if _, known := properties[e.Type]; !known {
		c.fault(at, "unsupported type: %s", e.Type)
		return
	}
	c.known(at, e.Type, e.raw)
	c.id(at+"/action_id", e.ActionID)
	if e.ActionID == "" {
		e.ActionID = newID()
	}
	c.confirm(at+"/confirm", e.Confirm)
	if e.Placeholder != nil {
		c.plainText(at+"/placeholder", e.Placeholder, 1, maxPlaceholder)
	}
	switch e.Type {
	case "button":
		c.button(at, e)
	case "plain_text_input":
		c.textInput(at, e)
	default:
		c.menu(at, e)
	}
}

func (c *checker) button(at string, e *Element) {
	c.plainText(at+"/text", e.Text, 1, maxButton)
	if length(e.Value) > maxButtonValue {
		c.fault(at+"/value", "must have at most %d characters", maxButtonValue)
	}
	if length(e.URL) > maxURL {
		c.fault(at+"/url", "must have at most %d characters", maxURL)
	}
	if length(e.AccessibilityLabel) > maxAccessibleName {
		c.fault(at+"/accessibility_label", "must have at most %d characters", maxAccessibleName)
	}
	if e.Style != "" && e.Style != "primary" && e.Style != "danger" {
		c.fault(at+"/style", "must be primary or danger")
	}
}

func (c *checker) textInput(at string, e *Element) {
	if e.MaxLength != nil && (*e.MaxLength < 1 || *e.MaxLength > maxInput) {
		c.fault(at+"/max_length", "must be 1 to %d", maxInput)
	}
	if e.MinLength != nil && (*e.MinLength < 0 || *e.MinLength > maxInput) {
		c.fault(at+"/min_length", "must be 0 to %d", maxInput)
	}
	most := maxInput
	if e.MaxLength != nil {
		most = *e.MaxLength
	}
	if length(e.InitialValue) > most {
		c.fault(at+"/initial_value", "must have at most %d characters", most)
	}
}

// menu checks what has options.
func (c *checker) menu(at string, e *Element) {
	most, marked := maxOptions, false
	switch e.Type {
	case "radio_buttons", "checkboxes":
		most, marked = maxRadio, true
	case "overflow":
		most = maxOverflow
	}
	if len(e.Options) > 0 && len(e.OptionGroups) > 0 {
		c.fault(at, "options and option_groups exclude each other")
	}
	if len(e.OptionGroups) > maxOptions {
		c.fault(at+"/option_groups", "no more than %d items allowed", maxOptions)
	}
	if len(e.OptionGroups) == 0 {
		c.options(at+"/options", e.Options, most, marked)
	}
	for i, g := range e.OptionGroups {
		where := fmt.Sprintf("%s/option_groups/%d", at, i)
		c.plainText(where+"/label", g.Label, 1, maxOption)
		c.options(where+"/options", g.Options, maxOptions, marked)
	}
	initial := e.InitialOptions
	if e.InitialOption != nil {
		initial = append(initial, *e.InitialOption)
	}
	for _, o := range initial {
		if !offered(e, o) {
			c.fault(at, "initial option %q is not among the options", o.Value)
		}
	}
}

// offered reports whether an option is one of an element's, word for word: Slack
// compares the whole object.
func offered(e *Element, o Option) bool {
	for _, other := range e.all() {
		if other.Value == o.Value && plain(other.Text) == plain(o.Text) && plain(other.Description) == plain(o.Description) {
			return true
		}
	}
	return false
}

func (c *checker) options(at string, options []Option, most int, marked bool) {
	if len(options) == 0 || len(options) > most {
		c.fault(at, "must have 1 to %d items, has %d", most, len(options))
	}
	seen := map[string]bool{}
	for i, o := range options {
		where := fmt.Sprintf("%s/%d", at, i)
		if o.Text == nil {
			c.fault(where, "missing required field: text")
			continue
		}
		if o.Text.Type == "mrkdwn" && !marked {
			c.fault(where+"/text", "must be plain_text")
		}
		c.text(where+"/text", o.Text, 1, maxOption)
		if o.Value == "" || length(o.Value) > maxOptionValue {
			c.fault(where+"/value", "must have 1 to %d characters", maxOptionValue)
		}
		if seen[o.Value] {
			c.fault(where+"/value", "value already exists: %s", o.Value)
		}
		seen[o.Value] = true
		if o.Description != nil {
			c.text(where+"/description", o.Description, 1, maxOption)
		}
	}
}

func (c *checker) confirm(at string, q *Confirm) {
	if q == nil {
		return
	}
	c.plainText(at+"/title", q.Title, 1, maxConfirmTitle)
	if q.Text == nil {
		c.fault(at+"/text", "missing required field")
	} else {
		c.text(at+"/text", q.Text, 1, maxConfirmText)
	}
	c.plainText(at+"/confirm", q.Confirm, 1, maxConfirmButton)
	c.plainText(at+"/deny", q.Deny, 1, maxConfirmButton)
}
