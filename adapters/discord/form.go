package discord

import "curbside/dialog"

// modalOf sets a form as a modal. Discord shows no text above the fields and
// chooses the words of the button itself, so intro and label are left out.
func modalOf(f dialog.Form) modal {
	m := modal{CustomID: f.Submit.String(), Title: shortened(f.Title, maxModalTitle), Components: []component{}}
	for _, field := range f.Fields[:min(len(f.Fields), maxModalFields)] {
		style, required := inputLine, field.Required
		if field.Multiline {
			style = inputParagraph
		}
		most := maxInputText
		if field.MaxLength > 0 { // what stands there already is for its writer to shorten
			most = min(max(field.MaxLength, width(field.Value)), maxInputText)
		}
		m.Components = append(m.Components, row(component{
			Type: typeInput, CustomID: string(field.ID), Style: style,
			Label: shortened(field.Label, maxInputLabel), Placeholder: shortened(field.Hint, maxInputHint),
			Value: word(shortened(field.Value, most)), MaxLength: most, Required: &required,
		}))
	}
	return m
}

// fieldsOf reads the text fields of a modal that was sent, also where newer
// components stand around them.
func fieldsOf(components []component) map[dialog.FieldID]string {
	fields := map[dialog.FieldID]string{}
	var walk func(of []component, depth int)
	walk = func(of []component, depth int) {
		for _, c := range of {
			if c.Type == typeInput && c.CustomID != "" {
				fields[dialog.FieldID(c.CustomID)] = string(c.Value)
			}
			if depth > 4 {
				continue
			}
			walk(c.Components, depth+1)
			if c.Component != nil {
				walk([]component{*c.Component}, depth+1)
			}
		}
	}
	walk(components, 0)
	return fields
}
