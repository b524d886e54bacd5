package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesTestCommand(open opener) *cobra.Command {
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "test [PACK]",
		Short: "Run the cases that stand beside the rules, of all packs or of one such as us-ca",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("%s takes one pack at most", cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			cases, err := s.cases()
			if err != nil {
				return advise(fmt.Errorf("read the cases: %w", err), "", "put right what is said above")
			}
			for i := range cases {
				q := &cases[i].Query
				if cases[i].Dated {
					continue
				}
				if q.AsOf, err = asOf.or(cmd, q.AsOf); err != nil {
					return err
				}
			}
			if len(args) == 1 {
				cases = slices.DeleteFunc(cases, func(c rules.Case) bool {
					return c.File != "cases/"+strings.ToLower(args[0])+".yaml"
				})
				if len(cases) == 0 {
					return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("pack %q has no cases", args[0])}
				}
			}
			return showFaults(cmd, s.book.RunCases(cases), fmt.Sprintf("%d cases end as expected.\n", len(cases)))
		},
	}
	asOf.register(cmd)
	cmd.Flag("as-of").Usage = "day of the cases that name none, YYYY-MM-DD; the day of their pack if left out"
	return cmd
}

// cases reads those of the shipped packs and those of a practice's own.
func (s *shelf) cases() ([]rules.Case, error) {
	var all []rules.Case
	for _, folder := range s.folders {
		cases, err := s.book.ReadCases(folder)
		if err != nil {
			return nil, err
		}
		all = append(all, cases...)
	}
	return all, nil
}
