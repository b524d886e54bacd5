package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// noArgs is for commands that take none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("%s takes no %q", cmd.CommandPath(), args[0])}
	}
	return nil
}

// exactArgs is for commands that take n arguments; what says which.
func exactArgs(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("%s needs %s", cmd.CommandPath(), what)}
		}
		return nil
	}
}

// groupOnly makes a command that only holds others print its help, and refuse a
// word it does not know, where cobra would print its help and succeed.
func groupOnly(cmd *cobra.Command) *cobra.Command {
	cmd.SuggestionsMinimumDistance = 2 // letters
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		cause := fmt.Errorf("%s has no command %q", cmd.CommandPath(), args[0])
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			cause = fmt.Errorf("%w; did you mean %s?", cause, near[0])
		}
		return usageError{command: cmd.CommandPath(), cause: cause}
	}
	return cmd
}
