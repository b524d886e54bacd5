package main

import (
	"slices"
	"strings"

	"curbside/dialog"
)

// findPress finds what a label on a view presses: a button, an answer to a
// question with one answer, or the button on the line that on begins.
func findPress(v dialog.View, label, on string) (dialog.Press, bool) {
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Buttons:
			for _, item := range b.Items {
				if on == "" && item.Label == label {
					return item.Press, true
				}
			}
		case dialog.Checklist:
			for _, item := range b.Items {
				if item.Press != nil && item.Press.Label == label && strings.HasPrefix(item.Label, on) {
					return item.Press.Press, true
				}
			}
		case dialog.Pairs:
			for _, item := range b.Items {
				if item.Change != nil && item.Change.Label == label && strings.HasPrefix(item.Label, on) {
					return item.Change.Press, true
				}
			}
		}
	}
	return dialog.Press{}, false
}

// findChoice finds what choosing the labels means: all of them have to be
// answers to the same question.
func findChoice(v dialog.View, labels []string) (dialog.Press, bool) {
	for _, b := range v.Blocks {
		c, ok := b.(dialog.Choices)
		if !ok {
			continue
		}
		var values []string
		var press dialog.Press
		for _, o := range c.Options {
			if slices.Contains(labels, o.Label) {
				values, press = append(values, o.Value), o.Press
			}
		}
		switch {
		case len(values) != len(labels):
		case c.Multiple:
			return c.Submit.With(values...), true
		case len(values) == 1:
			return press, true
		}
	}
	return dialog.Press{}, false
}

// labels lists what can be pressed and chosen on a view, for whoever writes a script.
func labels(v dialog.View) []string {
	var all []string
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Buttons:
			for _, item := range b.Items {
				all = append(all, item.Label)
			}
		case dialog.Choices:
			for _, o := range b.Options {
				all = append(all, o.Label)
			}
		case dialog.Checklist:
			for _, item := range b.Items {
				if item.Press != nil {
					all = append(all, item.Press.Label+" on "+item.Label)
				}
			}
		}
	}
	return all
}
