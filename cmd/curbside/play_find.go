package main

import (
	"slices"
	"strings"

	"curbside/dialog"
)

// A pressable is something that a person can press, and what is asked before it
// counts.
type pressable struct {
	press   dialog.Press
	confirm string
}

// findPress finds what a label on a view presses: a button, or the button on the
// line that on begins.
func findPress(v dialog.View, label, on string) (pressable, bool) {
	match := func(line string, b *dialog.Button) bool {
		return b != nil && b.Label == label && strings.HasPrefix(line, on)
	}
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case dialog.Buttons:
			for _, item := range b.Items {
				if match("", &item) {
					return pressable{item.Press, item.Confirm}, true
				}
			}
		case dialog.Checklist:
			for _, item := range b.Items {
				if match(item.Label, item.Press) {
					return pressable{item.Press.Press, item.Press.Confirm}, true
				}
			}
		case dialog.Pairs:
			for _, item := range b.Items {
				if match(item.Label, item.Change) {
					return pressable{item.Change.Press, item.Change.Confirm}, true
				}
			}
		}
	}
	return pressable{}, false
}

// findChoice finds what choosing the labels means: all of them have to be
// answers to the same question.
func findChoice(v dialog.View, labels []string) (pressable, bool) {
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
			return pressable{press: c.Submit.With(values...)}, true
		case len(values) == 1:
			return pressable{press: press}, true
		}
	}
	return pressable{}, false
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
