package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"curbside/adapters/slack"
)

func newManifestCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "manifest",
		Short: "Print what a chat platform needs to know of the app",
	}
	cmd.AddCommand(newManifestSlackCommand(), newManifestDiscordCommand())
	return groupOnly(cmd)
}

func newManifestSlackCommand() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "slack",
		Short: "Print the manifest of the Slack app",
		Long: "Prints the app's manifest with the least permissions the program works with. Paste it\n" +
			"at https://api.slack.com/apps under Create New App, From an app manifest. Without\n" +
			"--url the app connects by Socket Mode and needs no address that Slack could reach.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := slack.Manifest(address)
			if err != nil {
				return usageError{command: cmd.CommandPath(), cause: err}
			}
			if _, err = cmd.OutOrStdout().Write(text); err != nil {
				return fmt.Errorf("print the manifest: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&address, "url", "", "for slack.mode: http: where Slack reaches this program, such as https://curbside.example")
	return cmd
}
