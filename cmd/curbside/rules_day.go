package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"curbside/rules"
)

// A dayFlag asks for the law of another day than today.
type dayFlag struct{ text string }

func (f *dayFlag) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.text, "as-of", "", "day whose law is asked, YYYY-MM-DD; today if left out")
}

// or is the day asked for, the other one when none is. A text that is no day
// ends in a usageError.
func (f *dayFlag) or(cmd *cobra.Command, other rules.Date) (rules.Date, error) {
	if f.text == "" {
		return other, nil
	}
	day, err := rules.ParseDate(f.text)
	if err != nil {
		return rules.Date{}, usageError{command: cmd.CommandPath(), cause: fmt.Errorf("--as-of: %w", err)}
	}
	return day, nil
}

// on opens the packs as they are seen on the day asked for: the shelf's today.
func (f *dayFlag) on(cmd *cobra.Command, open opener) (*shelf, error) {
	s, err := open()
	if err != nil {
		return nil, err
	}
	s.today, err = f.or(cmd, s.today)
	return s, err
}

// forceText says from when until when a rule is in force, and first of all when a
// day lies outside. It is "" for a rule that always is.
func forceText(in rules.Period, day rules.Date) string {
	text := ""
	switch {
	case in.From.IsZero() && in.Until.IsZero():
		return ""
	case in.Until.IsZero():
		text = fmt.Sprintf("from %s", in.From)
	case in.From.IsZero():
		text = fmt.Sprintf("until %s", in.Until)
	default:
		text = fmt.Sprintf("from %s until %s", in.From, in.Until)
	}
	switch {
	case in.Covers(day):
		return text
	case day.Before(in.From):
		return "not yet: " + text
	}
	return "no longer: " + text
}

// inForce leaves out the rules that are not in force on a day.
func inForce(all []*rules.Rule, day rules.Date) []*rules.Rule {
	var now []*rules.Rule
	for _, r := range all {
		if r.Effective.Covers(day) {
			now = append(now, r)
		}
	}
	return now
}

// countText counts rules, and those among them that are not in force.
func countText(all, now int) string {
	if all == now {
		return fmt.Sprint(all)
	}
	return fmt.Sprintf("%d (%d not in force)", all, all-now)
}
