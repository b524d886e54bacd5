package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesListCommand(open opener) *cobra.Command {
	var jurisdiction string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the jurisdictions that have a pack, or the rules of one",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			rows := packRows(s.book)
			if jurisdiction != "" {
				id := rules.JurisdictionID(jurisdiction)
				if _, ok := s.book.Pack(id); !ok {
					return unknownPlace(cmd, id)
				}
				rows = ruleRows(s.book, id)
			}
			var p page
			if err := p.table(rows); err != nil {
				return err
			}
			return p.writeTo(cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&jurisdiction, "jurisdiction", "", "list the rules of this one, such as US-CA")
	return cmd
}

func unknownPlace(cmd *cobra.Command, id rules.JurisdictionID) error {
	return usageError{
		command: cmd.CommandPath(),
		cause:   fmt.Errorf("there is no rule pack for %q; curbside rules list shows those there are", id),
	}
}

func packRows(b *rules.Book) [][]string {
	rows := [][]string{{"JURISDICTION", "NAME", "AS OF", "REVIEW", "RULES", "TEXT"}}
	for _, j := range b.Jurisdictions() {
		for _, p := range b.Packs(j) {
			rows = append(rows, []string{
				string(j), p.Name, p.AsOf.String(), reviewText(p.Review), strconv.Itoa(len(p.Rules)), p.Hash[:12],
			})
		}
	}
	return rows
}

func ruleRows(b *rules.Book, j rules.JurisdictionID) [][]string {
	rows := [][]string{{"RULE", "EFFECT", "CONFIDENCE", "TITLE"}}
	for _, p := range b.Packs(j) {
		for i := range p.Rules {
			r := &p.Rules[i]
			rows = append(rows, []string{string(r.ID), string(r.Effect), string(r.Confidence), r.Title})
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
