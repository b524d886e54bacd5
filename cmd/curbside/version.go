package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// programVersion names this build: a release's version, or the commit it was
// built from. It stands in every record, so that a finding can be replayed.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return cmp.Or(info.Main.Version, "unknown")
}

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which build this is",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "curbside %s\n%s\n", programVersion(), buildDetails())
			return err
		},
	}
}

// buildDetails tells what the build was made with and from.
func buildDetails() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "built without details"
	}
	details := "built with " + info.GoVersion
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			details += "\nfrom commit " + s.Value
		case "vcs.time":
			details += " of " + s.Value
		case "vcs.modified":
			if s.Value == "true" {
				details += ", with changes that are not committed"
			}
		}
	}
	return details
}
