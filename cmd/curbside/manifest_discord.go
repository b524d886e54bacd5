package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"curbside/adapters/discord"
)

func newManifestDiscordCommand() *cobra.Command {
	var application, guild string
	cmd := &cobra.Command{
		Use:   "discord",
		Short: "Print how the Discord app is set up and installed",
		Long: "Prints the address that adds the app to the practice's server with the least permissions\n" +
			"the program works with, what to switch off in the developer portal, and the command as\n" +
			"the program registers it.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := discord.Manifest(application, guild)
			if err != nil {
				return usageError{command: cmd.CommandPath(), cause: err}
			}
			if _, err := cmd.OutOrStdout().Write(text); err != nil {
				return fmt.Errorf("print the manifest: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&application, "application", "", "the application's id, from General Information in the developer portal")
	cmd.Flags().StringVar(&guild, "guild", "", "the practice's server, so that no other can be chosen")
	_ = cmd.MarkFlagRequired("application") // fails only when there is no such flag
	return cmd
}
