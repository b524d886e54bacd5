package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesShowCommand(open opener) *cobra.Command {
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "show RULE",
		Short: "Show one rule: what it says, when it applies, what it rests on",
		Args:  exactArgs(1, "the id of a rule, such as us-ca.harm.protect"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := asOf.on(cmd, open)
			if err != nil {
				return err
			}
			rule, home, ok := s.book.Rule(rules.RuleID(args[0]))
			if !ok {
				return usageError{
					command: cmd.CommandPath(),
					cause:   fmt.Errorf("there is no rule %q; curbside rules list --jurisdiction US-CA shows those of a place", args[0]),
				}
			}
			var p page
			showRule(&p, s.book, rule, home, s.today)
			return p.writeTo(cmd.OutOrStdout())
		},
	}
	asOf.register(cmd)
	return cmd
}

// showColumn is where the text of a rule begins.
const showColumn = 16

func showRule(p *page, b *rules.Book, rule *rules.Rule, home rules.JurisdictionID, day rules.Date) {
	r := inWords(b, rule)
	p.heading(string(r.ID))
	label, title := verdict(r, neverFirm(r))
	p.item(showColumn, label, title)
	p.item(showColumn, "The law says", r.Summary)
	p.item(showColumn, "Topics", topicLabels(b, r.Topics))
	p.item(showColumn, "Binds", bindingWords(b, r))
	p.items(showColumn, "Cited", r.Citations)
	p.item(showColumn, "Basis", strings.ReplaceAll(join(r.Basis), "_", " "))
	p.item(showColumn, "Confidence", string(r.Confidence))
	p.items(showColumn, "Open", r.Open)
	switch {
	case r.Unsettled:
		p.item(showColumn, "Unsettled", "what is open decides the outcome: the rule never ends firmer than undetermined")
	case neverFirm(r):
		p.item(showColumn, "Unsettled", "what it rests on is a pointer for counsel: the rule never ends firmer than undetermined")
	}
	p.item(showColumn, "In force", forceText(r.Effective, day))

	p.heading("Applies when")
	elements(p, rule.Elements, r.Elements)
	for i := range r.AnyOf {
		label := "either"
		if i > 0 {
			label = "or"
		}
		p.item(0, "", label+" "+r.AnyOf[i].Text)
		elements(p, rule.AnyOf[i].Elements, r.AnyOf[i].Elements)
	}
	if len(r.Unless) > 0 {
		p.item(0, "", "unless")
		elements(p, rule.Unless, r.Unless)
	}
	if len(r.Elements)+len(r.AnyOf) == 0 {
		p.item(0, "", "Always, for those it binds.")
	}

	p.heading("Then")
	p.items(showColumn, dischargeLabel(r.Discharge), dischargeLines(b, home, r.Discharge))
	for _, t := range r.Tell {
		p.item(showColumn, "Tell", tellText(t))
	}
	for _, d := range r.Deadlines {
		p.item(showColumn, "By", clockText(b, home, d))
	}
	notes(p, "Immunity", r.Immunity)
	notes(p, "Ways out", r.WaysOut)
	notes(p, "Note", r.Notes)
	p.item(showColumn, "Supervisor", signOffText(r.SignOff))

	p.heading("Read in")
	for _, s := range r.Sources {
		p.item(showColumn, s.AsOf, strings.TrimSpace(s.Title+" "+s.URL))
	}
}

// elements shows what must be met, its condition in words and as the pack has it.
func elements(p *page, written, said []rules.Element) {
	for i, e := range written {
		text := e.Text
		if e.Citation != "" {
			text += " (" + e.Citation + ")"
		}
		p.item(2, "", text)
		p.item(showColumn, "    when", said[i].When)
		p.item(showColumn, "    code", e.ID+": "+e.When)
	}
}

func notes(p *page, label string, all []rules.Note) {
	for _, n := range all {
		p.item(showColumn, label, noteText(n))
	}
}

func tellText(t rules.Recipient) string {
	text := t.Text
	if len(t.Minimum) > 0 {
		text += ". No more than: " + strings.Join(t.Minimum, "; ")
	}
	return onlyIf(text, t.When)
}

func signOffText(s rules.SignOff) string {
	if s == rules.Required {
		return "the disclosure waits for a supervisor's sign-off"
	}
	return "told at the same moment; nothing waits"
}

func dischargeLabel(d *rules.Discharge) string {
	if d != nil && d.Kind == rules.EarnsImmunity {
		return "For immunity"
	}
	return "Do"
}

// dischargeLines shows a tree of steps, its branches indented.
func dischargeLines(b *rules.Book, home rules.JurisdictionID, d *rules.Discharge) []string {
	if d == nil {
		return nil
	}
	return branchLines(b, home, d, 0)
}

func branchLines(b *rules.Book, home rules.JurisdictionID, d *rules.Discharge, depth int) []string {
	kind, branches := "", []rules.Discharge(nil)
	switch {
	case len(d.All) > 0:
		kind, branches = "all of these", d.All
	case len(d.Any) > 0:
		kind, branches = "one of these is enough", d.Any
	case len(d.First) > 0:
		kind, branches = "the first that can be had", d.First
	default:
		kind = actionText(b, home, d.Action, d.Agency)
	}
	line := onlyIf(kind, d.When)
	if depth > 0 {
		line = strings.Repeat("  ", depth-1) + "- " + line
	}
	if d.Text != "" {
		line += ". " + d.Text
	}
	lines := []string{line}
	for i := range branches {
		lines = append(lines, branchLines(b, home, &branches[i], depth+1)...)
	}
	return lines
}
