package discordfake

import "fmt"

// What Discord documents of modals.
const (
	maxModalTitle = 45
	maxModalParts = 5
	maxInputLabel = 45
	maxInputHint  = 100
	maxInputText  = 4000
)

// A Modal is a form in front of somebody.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`

	from *interaction
}

// Inputs are the text fields of a modal, in order, with their labels.
func (m Modal) Inputs() []Component {
	var all []Component
	for _, part := range m.Components {
		switch part.Type {
		case typeRow:
			all = append(all, part.Components...)
		case typeLabel:
			if part.Component != nil && part.Component.Type == typeInput {
				input := *part.Component
				input.Label = part.Label
				all = append(all, input)
			}
		}
	}
	return all
}

// modal checks a modal.
func (f *form) modal(m Modal) {
	f.within("data.custom_id", m.CustomID, 1, maxCustomID)
	f.within("data.title", m.Title, 1, maxModalTitle)
	if len(m.Components) < 1 || len(m.Components) > maxModalParts {
		f.fault("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	}
	ids := map[string]bool{}
	for i, part := range m.Components {
		at := fmt.Sprintf("data.components.%d", i)
		switch part.Type {
		case typeRow:
			if len(part.Components) != 1 || part.Components[0].Type != typeInput {
				f.fault(at+".components", "UNION_TYPE_CHOICES", "A row of a modal holds one text input.")
				continue
			}
			f.within(at+".components.0.label", part.Components[0].Label, 1, maxInputLabel)
			f.input(at+".components.0", part.Components[0], ids)
		case typeLabel:
			f.within(at+".label", part.Label, 1, maxInputLabel)
			f.within(at+".description", part.Description, 0, maxInputHint)
			switch inner := part.Component; {
			case inner == nil:
				f.fault(at+".component", "BASE_TYPE_REQUIRED", "This field is required")
			case inner.Type == typeInput:
				f.input(at+".component", *inner, ids)
			case inner.selects():
				f.menu(at+".component", *inner)
			default:
				f.fault(at+".component.type", "UNION_TYPE_CHOICES", "A label cannot hold this.")
			}
		case typeTextDisplay:
			f.within(at+".content", part.Content, 1, maxInputText)
		default:
			f.fault(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1, 10, 18).")
		}
	}
}

func (f *form) input(at string, c Component, ids map[string]bool) {
	f.within(at+".custom_id", c.CustomID, 1, maxCustomID)
	f.within(at+".placeholder", c.Placeholder, 0, maxInputHint)
	f.within(at+".value", c.Value, 0, maxInputText)
	if ids[c.CustomID] {
		f.fault(at+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	ids[c.CustomID] = true
	if c.Style != 1 && c.Style != 2 {
		f.fault(at+".style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")
	}
	least, most := 0, maxInputText
	if c.MinLength != nil {
		least = *c.MinLength
	}
	if c.MaxLength != nil {
		most = *c.MaxLength
	}
	if least < 0 || least > maxInputText || most < 1 || most > maxInputText || most < least {
		f.fault(at+".max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 4000.")
	}
	if length(c.Value) > most {
		f.fault(at+".value", "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", most))
	}
}
