package main

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesListCommand(open opener) *cobra.Command {
	var jurisdiction string
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the jurisdictions that have a pack, or the rules of one",
		Long: "Lists the packs: the day up to which the law was read, whether counsel has read exactly\n" +
			"this text, how many rules it holds, and the beginning of the text's hash. With\n" +
			"--jurisdiction, lists the rules of one.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := asOf.on(cmd, open)
			if err != nil {
				return err
			}
			rows := packRows(s.book, s.today)
			if jurisdiction != "" {
				id := rules.JurisdictionID(jurisdiction)
				if _, ok := s.book.Pack(id); !ok {
					return unknownPlace(cmd, id)
				}
				rows = ruleRows(s.book, id, s.today)
			}
			var p page
			if err := p.table(rows); err != nil {
				return err
			}
			return p.writeTo(cmd.OutOrStdout())
		},
	}
	asOf.register(cmd)
	cmd.Flags().StringVar(&jurisdiction, "jurisdiction", "", "list the rules of this one, such as US-CA")
	return cmd
}

func unknownPlace(cmd *cobra.Command, id rules.JurisdictionID) error {
	return usageError{
		command: cmd.CommandPath(),
		cause:   fmt.Errorf("there is no rule pack for %q; curbside rules list shows those there are", id),
	}
}

func packRows(b *rules.Book, day rules.Date) [][]string {
	rows := [][]string{{"JURISDICTION", "NAME", "AS OF", "REVIEW", "RULES", "TEXT"}}
	for _, j := range b.Jurisdictions() {
		for _, p := range b.Packs(j) {
			rows = append(rows, []string{
				string(j), p.Name, p.AsOf.String(), reviewText(p.Review), ruleCount(p, day), p.Hash[:12],
			})
		}
	}
	return rows
}

// ruleCount counts a pack's rules, and those not in force.
func ruleCount(p *rules.Pack, day rules.Date) string {
	all := make([]*rules.Rule, len(p.Rules))
	for i := range p.Rules {
		all[i] = &p.Rules[i]
	}
	return countText(len(all), len(inForce(all, day)))
}

func ruleRows(b *rules.Book, j rules.JurisdictionID, day rules.Date) [][]string {
	rows := [][]string{{"RULE", "EFFECT", "CONFIDENCE", "IN FORCE", "TITLE"}}
	for _, p := range b.Packs(j) {
		for i := range p.Rules {
			r := &p.Rules[i]
			rows = append(rows, []string{string(r.ID), effectText(r), string(r.Confidence), cmp.Or(forceText(r.Effective, day), "yes"), r.Title})
		}
	}
	return rows
}

// reviewText says whether counsel has read exactly this text.
func reviewText(r rules.Review) string {
	if r.By == "" {
		return "not reviewed by counsel"
	}
	return fmt.Sprintf("reviewed by %s on %s, until %s", r.By, r.On, r.Until)
}
