package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"curbside/config"
)

func newConfigCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check a practice's settings, or start from an example",
	}
	cmd.AddCommand(newConfigCheckCommand(), newConfigExampleCommand())
	return groupOnly(cmd)
}

func newConfigCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "Say everything that is wrong in a file of settings",
		Long: "Reads the file, the environment and every file of secrets as serve does, looks up\n" +
			"every jurisdiction and profession in the rule packs, and says everything that is\n" +
			"wrong at once, with its line and what would be right. Gaps in a rota within the\n" +
			"next fourteen days, and supervisors who cannot be reached, are faults as well.\n" +
			"It changes nothing.",
		Args: exactArgs(1, "the file to check"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := loadConfig(args[0], cmd.OutOrStdout())
			if err == nil {
				err = checkDuty(s.config, args[0], cmd.OutOrStdout())
			}
			if err == nil {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s can be used.\n", filepath.Base(args[0]))
			}
			return err
		},
	}
}

// checkDuty says who could not be reached in the next fourteen days.
func checkDuty(cfg *config.Config, path string, out io.Writer) error {
	found := cfg.Locate(dutyProblems(cfg, time.Now()))
	for _, p := range found {
		if _, err := fmt.Fprintln(out, p); err != nil {
			return fmt.Errorf("write the problems: %w", err)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return advise(fmt.Errorf("%s leaves pages unanswered: %w", filepath.Base(path), config.ErrInvalid),
		"nothing was changed, and serve would start with it", "put right what is said above, then curbside config check "+path)
}

func newConfigExampleCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "example",
		Short: "Print a commented file of settings to start from",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(config.Example())
			return err
		},
	}
}

// loadConfig reads a file of settings, checks it by itself and against the
// rules, and writes every problem to problems.
func loadConfig(path string, problems io.Writer) (*settings, error) {
	cfg, found, err := config.Load(path)
	if err != nil && !errors.Is(err, config.ErrInvalid) {
		return nil, advise(err, "nothing was changed", "curbside config example > curbside.yaml writes a file to start from")
	}
	var s *settings
	if err == nil {
		var more []config.Problem
		if s, more, err = newSettings(cfg); err != nil {
			return nil, err
		}
		found = cfg.Locate(append(found, more...))
	}
	for _, p := range found {
		_, _ = fmt.Fprintln(problems, p) // a disk that is full keeps nobody from being answered
	}
	if config.Faulty(found) {
		return nil, advise(fmt.Errorf("%s cannot be used: %w", filepath.Base(path), config.ErrInvalid),
			"nothing was changed", "put right what is said above, then curbside config check "+path)
	}
	return s, nil
}
