package main

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"curbside/bot/store"
	"curbside/config"
)

func newServeCommand() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "serve --config FILE",
		Short: "Run Curbside for a practice",
		Long: "Runs until it is interrupted. Presses that were answered are kept and what follows\n" +
			"from them is delivered, also after a restart. A change of the people, the chain or\n" +
			"other settings of the practice takes effect when the file is saved; a file with a\n" +
			"fault changes nothing.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := loadConfig(path, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			log := newLog(cmd.ErrOrStderr(), s.config.Log)
			p, err := newProgram(cmd.Context(), s, log)
			if err != nil {
				return err
			}
			go p.watch(cmd.Context(), path)
			go p.keepRetention(cmd.Context())
			go verifyChain(cmd.Context(), store.NewAudit(p.outbox.Store.Client()), log)
			for _, address := range p.addresses() {
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Listening on %s\n", address); err != nil {
					p.shut()
					return fmt.Errorf("say where: %w", err)
				}
			}
			return p.run(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&path, "config", "", "the practice's settings; curbside config example prints a file to start from")
	_ = cmd.MarkFlagRequired("config") // fails only when there is no such flag
	return cmd
}

// newLog writes ids and codes where the settings say how.
func newLog(w io.Writer, l config.Log) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(l.Level)) // the configuration was checked
	options := &slog.HandlerOptions{Level: level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
