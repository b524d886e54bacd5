package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesEvalCommand(open opener) *cobra.Command {
	var flags queryFlags
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Apply the law to answers",
		Long: "Applies the law of the client's jurisdiction, of the licence's if that is another,\n" +
			"and federal law to the answers in a file. What is not answered stays open.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			q, err := flags.query(cmd, s)
			if err != nil {
				return err
			}
			finding, err := s.book.Evaluate(q)
			if err != nil {
				return refused(cmd, err)
			}
			if flags.asJSON {
				return writeJSON(cmd.OutOrStdout(), findingJSON(finding))
			}
			var p page
			showFinding(&p, s.book, q, finding)
			return p.writeTo(cmd.OutOrStdout())
		},
	}
	flags.register(cmd)
	return cmd
}

func writeJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(v); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

func showFinding(p *page, b *rules.Book, q rules.Query, f rules.Finding) {
	fmt.Fprintf(p, "%s, the law in force on %s\n", q.Client, q.AsOf)
	if q.Licence != "" && q.Licence != q.Client {
		fmt.Fprintf(p, "licensed in %s\n", q.Licence)
	}
	law, practice, rest := sorted(f.Rules)
	showRules(p, b, "The law", law)
	if len(f.Statements) > 0 {
		p.heading("What else the law says")
	}
	for _, s := range f.Statements {
		p.item(showColumn, string(s.Jurisdiction), s.Statement.Text)
		if s.When != "" {
			p.item(showColumn, "", "Only if "+b.SaidWhen(s.Statement))
		}
		p.items(showColumn, "", s.Statement.Citations)
	}
	showRules(p, b, "Good practice, not law", practice)
	if len(f.Conflicts) > 0 {
		p.heading("These pull apart: ask counsel")
		for _, c := range f.Conflicts {
			p.item(showColumn, "", fmt.Sprintf("%s, against %s", ruleTitle(b, c.Bar), ruleTitle(b, c.Duty)))
		}
	}
	if len(f.Gaps) > 0 {
		p.heading("Not covered here: ask counsel")
		for _, g := range f.Gaps {
			label := string(g.Topic)
			if t, ok := b.Topic(g.Topic); ok {
				label = t.Label
			}
			p.item(showColumn, string(g.Jurisdiction), label)
		}
	}
	if len(rest) > 0 {
		p.heading("Does not apply")
		for _, r := range rest {
			p.item(showColumn, "", fmt.Sprintf("%s (%s)", r.Rule.Title, r.Rule.ID))
		}
	}
	p.heading("Rests on")
	for _, ref := range f.Packs {
		p.item(showColumn, string(ref.Jurisdiction),
			fmt.Sprintf("%s, as of %s, %s, text %s", ref.Name, ref.AsOf, reviewText(ref.Review), ref.Hash[:12]))
	}
}

// ruleTitle names a rule by its title and its id.
func ruleTitle(b *rules.Book, id rules.RuleID) string {
	r, _, ok := b.Rule(id)
	if !ok {
		return string(id)
	}
	return fmt.Sprintf("%s (%s)", r.Title, id)
}

// sorted keeps what the law says apart from good practice and from what does
// not apply; the order within each stays.
func sorted(all []rules.RuleFinding) (law, practice, rest []rules.RuleFinding) {
	for _, r := range all {
		switch {
		case r.Status == rules.DoesNotApply:
			rest = append(rest, r)
		case r.Rule.Effect == rules.Should:
			practice = append(practice, r)
		default:
			law = append(law, r)
		}
	}
	return law, practice, rest
}

func showRules(p *page, b *rules.Book, title string, all []rules.RuleFinding) {
	if len(all) == 0 {
		return
	}
	p.heading(title)
	for i, r := range all {
		if i > 0 {
			p.WriteByte('\n')
		}
		showRuleFinding(p, b, r)
	}
}

func showRuleFinding(p *page, b *rules.Book, r rules.RuleFinding) {
	label, title := verdict(r.Rule, r.Status == rules.Undetermined)
	p.item(showColumn, label, fmt.Sprintf("%s (%s)", title, r.Rule.ID))
	p.item(showColumn, "", r.Rule.Summary)
	for _, e := range r.Elements {
		text := mark(e.Status) + " " + e.Element.Text
		if e.Except {
			text = mark(e.Status) + " but not if: " + e.Element.Text
		}
		p.item(showColumn, "", text)
	}
	if r.Status == rules.Undetermined {
		p.item(showColumn, "Would settle it", shorts(b, r.Settles))
		p.items(showColumn, "Open", r.Rule.Open)
	}
	left := *r.Rule // what the answers leave of it
	left.Discharge, left.Tell, left.Deadlines = r.Discharge, r.Tell, r.Deadlines
	said := inWords(b, &left)
	p.items(showColumn, dischargeLabel(said.Discharge), dischargeLines(b, r.Jurisdiction, said.Discharge))
	for _, t := range said.Tell {
		p.item(showColumn, "Tell", tellText(t))
	}
	for _, d := range said.Deadlines {
		p.item(showColumn, "By", clockText(b, r.Jurisdiction, d))
	}
	notes(p, "Ways out", r.Rule.WaysOut)
	p.items(showColumn, "Cited", r.Rule.Citations)
}
