package discordfake

import (
	"fmt"
	"unicode/utf16"
)

// What Discord documents of components.
const (
	maxRows        = 5
	maxButtons     = 5
	maxOptions     = 25
	maxCustomID    = 100
	maxButtonLabel = 80
	maxOptionText  = 100
	maxPlaceholder = 150
	maxURL         = 512
)

// length counts as Discord's clients do, which is the stricter of the ways in
// which it may count: signs outside the basic plane are two.
func length(text string) int { return len(utf16.Encode([]rune(text))) }

// within notes a text that is too short or too long.
func (f *form) within(path, text string, least, most int) {
	switch n := length(text); {
	case n == 0 && least > 0:
		f.fault(path, "BASE_TYPE_REQUIRED", "This field is required")
	case n < least || n > most:
		f.fault(path, "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", least, most))
	}
}

// components checks those of a message.
func (f *form) components(at string, rows []Component) {
	if len(rows) > maxRows {
		f.fault(at+"components", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 5 in length.")
	}
	ids := map[string]bool{}
	for i, row := range rows {
		at := fmt.Sprintf("%scomponents.%d", at, i)
		if row.Type != typeRow {
			f.fault(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).")
			continue
		}
		f.row(at, row, ids)
	}
}

// row checks one row: up to five buttons, or one select.
func (f *form) row(at string, row Component, ids map[string]bool) {
	if len(row.Components) < 1 || len(row.Components) > maxButtons {
		f.fault(at+".components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	}
	for j, c := range row.Components {
		at := fmt.Sprintf("%s.components.%d", at, j)
		switch {
		case c.Type == typeButton:
			f.button(at, c)
		case c.selects():
			if len(row.Components) > 1 {
				f.fault(at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
			}
			f.menu(at, c)
		default:
			f.fault(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).")
			continue
		}
		if c.CustomID != "" && ids[c.CustomID] {
			f.fault(at+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
		}
		ids[c.CustomID] = true
	}
}

func (f *form) button(at string, c Component) {
	if c.Style < 1 || c.Style > styleLast {
		f.fault(at+".style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
	}
	if c.Label == "" && c.Emoji == nil {
		f.fault(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or emoji")
	}
	f.within(at+".label", c.Label, 0, maxButtonLabel)
	if c.Style == styleLink {
		if c.CustomID != "" {
			f.fault(at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
		}
		f.within(at+".url", c.URL, 1, maxURL)
		return
	}
	if c.URL != "" {
		f.fault(at, "BUTTON_COMPONENT_INVALID_URL", "Only link buttons have a url")
	}
	f.within(at+".custom_id", c.CustomID, 1, maxCustomID)
}

func (f *form) menu(at string, c Component) {
	f.within(at+".custom_id", c.CustomID, 1, maxCustomID)
	f.within(at+".placeholder", c.Placeholder, 0, maxPlaceholder)
	least, most := 1, 1
	if c.MinValues != nil {
		least = *c.MinValues
	}
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	if least < 0 || least > maxOptions {
		f.fault(at+".min_values", "NUMBER_TYPE_MIN", "int value should be between 0 and 25.")
	}
	if most < 1 || most > maxOptions {
		f.fault(at+".max_values", "NUMBER_TYPE_MAX", "int value should be between 1 and 25.")
	}
	if most < least {
		f.fault(at, "SELECT_COMPONENT_INVALID_MIN_MAX_VALUES", "min_values must not be more than max_values")
	}
	if c.Type != typeSelect {
		return
	}
	if len(c.Options) < 1 || len(c.Options) > maxOptions {
		f.fault(at+".options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
	}
	if most > len(c.Options) {
		f.fault(at+".max_values", "SELECT_COMPONENT_MAX_VALUES_EXCEEDED", "There are not as many options")
	}
	f.options(at, c.Options, most)
}

func (f *form) options(at string, options []Option, most int) {
	values, marked := map[string]bool{}, 0
	for i, o := range options {
		at := fmt.Sprintf("%s.options.%d", at, i)
		f.within(at+".label", o.Label, 1, maxOptionText)
		f.within(at+".value", o.Value, 1, maxOptionText)
		f.within(at+".description", o.Description, 0, maxOptionText)
		if values[o.Value] {
			f.fault(at+".value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		values[o.Value] = true
		if o.Default {
			marked++
		}
	}
	if marked > most {
		f.fault(at+".options", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "There are more default values than may be picked")
	}
}
