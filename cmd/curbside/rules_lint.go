package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesLintCommand(open opener) *cobra.Command {
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Say what is wrong in the packs, with line and remedy",
		Long: "Checks every text, citation, source and condition of the packs. Errors end with\n" +
			"exit code 1; warnings are for whoever writes the pack. Whether a pack is old is asked of\n" +
			"the day in --as-of.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := asOf.on(cmd, open)
			if err != nil {
				return err
			}
			return showFaults(cmd, s.book.Lint(s.today), "No pack has an error.\n")
		},
	}
	asOf.register(cmd)
	return cmd
}

// showFaults lists faults and fails when there is an error among them.
func showFaults(cmd *cobra.Command, faults []rules.Fault, clean string) error {
	var p page
	wrong := 0
	for _, f := range faults {
		fmt.Fprintf(&p, "%s: %s\n", f.Severity, f)
		if f.Severity == rules.Error {
			wrong++
		}
	}
	if wrong == 0 {
		p.WriteString(clean)
	}
	if err := p.writeTo(cmd.OutOrStdout()); err != nil {
		return err
	}
	switch wrong {
	case 0:
		return nil
	case 1:
		return advise(fmt.Errorf("1 error"), "", "put right what is said above")
	}
	return advise(fmt.Errorf("%d errors", wrong), "", "put right what is said above")
}
