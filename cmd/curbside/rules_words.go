package main

import (
	"fmt"
	"strings"

	"curbside/rules"
)

// duty is a rule's effect as it is said to a clinician.
func duty(e rules.Effect) string {
	switch e {
	case rules.Must:
		return "You must"
	case rules.MustNot:
		return "You must not"
	case rules.May:
		return "You may"
	}
	return "Good practice"
}

// neverFirm reports whether a rule ends no firmer than undetermined on any answers.
func neverFirm(r *rules.Rule) bool { return r.Unsettled || r.Confidence == rules.Low }

// onlyHow reports whether a rule binds whoever discloses, and nobody to disclose.
func onlyHow(r *rules.Rule) bool {
	return r.Effect == rules.Must && len(r.Elements) == 0 && len(r.AnyOf) == 0
}

// effectText is a rule's effect in the word of its pack, and how firm it is.
func effectText(r *rules.Rule) string {
	effect := strings.ReplaceAll(string(r.Effect), "_", " ")
	switch {
	case neverFirm(r):
		return "undetermined (" + effect + ")"
	case onlyHow(r):
		return effect + ", if you disclose"
	}
	return effect
}

// verdict says what a rule comes to, and what it is called: what is undetermined is
// never told as a duty.
func verdict(r *rules.Rule, undetermined bool) (label, title string) {
	if undetermined {
		return "Undetermined", duty(r.Effect) + ", if it applies: " + r.Title
	}
	return duty(r.Effect), r.Title
}

// statusText is where a rule stands, in words.
func statusText(s rules.Status) string {
	switch s {
	case rules.Applies:
		return "applies"
	case rules.DoesNotApply:
		return "does not apply"
	}
	return "undetermined"
}

// mark shows where an element stands at the beginning of its line.
func mark(s rules.Status) string {
	switch s {
	case rules.Applies:
		return "[yes]"
	case rules.DoesNotApply:
		return "[no] "
	}
	return "[?]  "
}

// shorts names facts as a card does.
func shorts(b *rules.Book, ids []rules.FactID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
		if f, ok := b.Fact(id); ok {
			names[i] = fmt.Sprintf("%s (%s)", f.Short, id)
		}
	}
	return strings.Join(names, "; ")
}

// actionText names an action and whom it reaches.
func actionText(b *rules.Book, j rules.JurisdictionID, id rules.ActionID, agency string) string {
	text := string(id)
	if a, ok := b.Action(id); ok {
		text = a.Label
	}
	if a, ok := b.Agency(j, agency); ok {
		text += ": " + agencyText(a)
	}
	return text
}

// agencyText names an agency; a number that is not confirmed is not shown.
func agencyText(a *rules.Agency) string {
	switch {
	case a.Confirmed && a.Phone != "" && a.Hours != "":
		return fmt.Sprintf("%s, %s (%s)", a.Name, a.Phone, a.Hours)
	case a.Confirmed && a.Phone != "":
		return fmt.Sprintf("%s, %s", a.Name, a.Phone)
	case a.Find != "":
		return fmt.Sprintf("%s. To find the number: %s", a.Name, a.Find)
	}
	return a.Name
}

// clockText says what is due by when, in the law's words.
func clockText(b *rules.Book, j rules.JurisdictionID, d rules.Deadline) string {
	form := d.Form
	if form == "any" {
		form = "in any form"
	}
	text := actionText(b, j, d.Action, "") + ": " + d.Text + " (" + form
	if d.Immediate == "treat_as" && !strings.Contains(strings.ToLower(d.Text), "treat it as immediate") {
		text += "; the law sets no clock: treat it as immediate"
	}
	text = onlyIf(text+")", d.When)
	if d.Citation != "" {
		text += ". " + d.Citation
	}
	return text
}

// onlyIf adds a condition that is not settled to what depends on it.
func onlyIf(text, when string) string {
	if when == "" {
		return text
	}
	return strings.TrimSuffix(text, ".") + ", only if " + when
}

// noteText is a remark with its authority.
func noteText(n rules.Note) string {
	if n.Citation == "" {
		return n.Text
	}
	return fmt.Sprintf("%s (%s)", n.Text, n.Citation)
}

// join lists words of one of the rules' types.
func join[T ~string](words []T) string {
	plain := make([]string, len(words))
	for i, w := range words {
		plain[i] = string(w)
	}
	return strings.Join(plain, ", ")
}
