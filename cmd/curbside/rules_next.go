package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesNextCommand(open opener) *cobra.Command {
	var flags queryFlags
	cmd := &cobra.Command{
		Use:   "next",
		Short: "Say which question comes next, and why",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			q, err := flags.query(cmd, s)
			if err != nil {
				return err
			}
			question, more, err := s.book.Next(q)
			switch {
			case err != nil:
				return refused(cmd, err)
			case flags.asJSON && !more:
				return writeJSON(cmd.OutOrStdout(), nil)
			case flags.asJSON:
				return writeJSON(cmd.OutOrStdout(), questionJSON(question))
			}
			var p page
			if more {
				showQuestion(&p, question)
			} else {
				p.WriteString("Nothing more to ask: no answer changes the finding.\n")
			}
			return p.writeTo(cmd.OutOrStdout())
		},
	}
	flags.register(cmd)
	return cmd
}

func showQuestion(p *page, q rules.Question) {
	p.heading(q.Fact.Question)
	p.item(showColumn, "Fact", fmt.Sprintf("%s (%s)", q.Fact.ID, q.Fact.Kind))
	p.item(showColumn, "Help", q.Fact.Help)
	for _, c := range q.Fact.Choices {
		p.item(showColumn, "  "+string(c.ID), c.Label)
	}
	p.item(showColumn, "To find out", q.Fact.Settle)
	p.item(showColumn, "Left", fmt.Sprintf("at most %d, this one included", q.Left))

	p.heading("Asked for")
	for _, n := range q.For {
		why := "how it is done, who is told or by when"
		if n.Element != nil {
			why = n.Element.Text
		}
		p.item(showColumn, "", fmt.Sprintf("%s: %s", n.Rule.ID, why))
	}
}
