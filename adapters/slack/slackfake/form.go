package slackfake

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Type puts a text into a field of the modal in front of somebody.
func (c *Client) Type(block, action, text string) error {
	v, open := c.s.Modal(c.user)
	if !open {
		return fmt.Errorf("no modal: %w", ErrNotThere)
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	_, e := element(v.Blocks, block, action)
	if e == nil || e.Type != "plain_text_input" {
		return fmt.Errorf("%s in %s: %w", action, block, ErrNotThere)
	}
	c.s.typed[elementAt{v.ID, c.user, block, action}] = entry{text: text}
	return nil
}

// Submit sends the modal in front of somebody. Slack's client does not send what
// is required and empty, or too long.
func (c *Client) Submit() (Outcome, error) {
	v, open := c.s.Modal(c.user)
	if !open || v.Submit == "" {
		return Outcome{}, fmt.Errorf("no form: %w", ErrNotThere)
	}
	c.s.mu.Lock()
	if err := c.complete(v); err != nil {
		c.s.mu.Unlock()
		return Outcome{}, err
	}
	payload := c.s.interaction("view_submission", c.user)
	payload["view"] = c.s.shapeView(c.s.views[v.ID])
	payload["response_urls"] = []any{}
	c.s.mu.Unlock()
	a := c.s.deliver(interactive, payload, retry{})
	return c.outcome(a, c.taken(v.ID, a)), nil
}

// complete looks whether Slack's client would send a form. The lock is held.
func (c *Client) complete(v View) error {
	for i := range v.Blocks {
		b := &v.Blocks[i]
		if b.Type != "input" {
			continue
		}
		put := c.s.entered(elementAt{v.ID, c.user, b.BlockID, b.Element.ActionID}, b.Element)
		if put.text == "" && len(put.options) == 0 {
			if !b.Optional {
				return fmt.Errorf("%s is required: %w", b.BlockID, ErrRefused)
			}
			continue
		}
		if most := b.Element.MaxLength; most != nil && length(put.text) > *most {
			return fmt.Errorf("%s is too long: %w", b.BlockID, ErrRefused)
		}
		if least := b.Element.MinLength; least != nil && length(put.text) < *least {
			return fmt.Errorf("%s is too short: %w", b.BlockID, ErrRefused)
		}
	}
	return nil
}

// taken does what the acknowledgement of a form says. What Slack does not
// understand shows as trouble, and the form stays.
func (c *Client) taken(id string, a ack) (notice string) {
	if a.reason != "" {
		return ""
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	v, ok := c.s.views[id]
	if !ok {
		return ""
	}
	v.Errors = nil
	body := bytes.TrimSpace(a.body)
	if len(body) == 0 || string(body) == "{}" {
		c.s.closeTop(c.user)
		return ""
	}
	var answer struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return noticeTrouble
	}
	switch answer.Action {
	case "clear":
		c.s.closeAll(c.user)
		return ""
	case "errors":
		return v.refuse(answer.Errors)
	case "update", "push":
		next, err := c.s.readView(answer.View, onModal)
		if err == nil && answer.Action == "push" {
			err = c.s.push(next, c.user)
		} else if err == nil {
			c.s.replaceView(v, next)
		}
		if err != nil {
			c.s.faulty("answered a form with a view that Slack refuses: %v", err)
			return noticeTrouble
		}
		return ""
	}
	return noticeTrouble
}

// refuse shows what is wrong beside the fields. A key that is no input block of
// this view makes all of it fail.
func (v *View) refuse(errors map[string]string) (notice string) {
	if len(errors) == 0 {
		return noticeTrouble
	}
	for block := range errors {
		if !v.inputs(block) {
			return noticeTrouble
		}
	}
	v.Errors = errors
	return ""
}

// CloseModal closes the modal in front of somebody with its cross or Cancel.
func (c *Client) CloseModal() Outcome {
	v, open := c.s.Modal(c.user)
	if !open {
		return Outcome{}
	}
	c.s.mu.Lock()
	payload := c.s.interaction("view_closed", c.user)
	payload["view"], payload["is_cleared"] = c.s.shapeView(&v), v.ClearOnClose
	if v.ClearOnClose {
		c.s.closeAll(c.user)
	} else {
		c.s.closeTop(c.user)
	}
	c.s.mu.Unlock()
	if !v.NotifyOnClose {
		return Outcome{}
	}
	return c.outcome(c.s.deliver(interactive, payload, retry{}), "")
}
