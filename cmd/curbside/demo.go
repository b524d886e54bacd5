package main

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/spf13/cobra"

	"curbside/config"
)

func newDemoCommand() *cobra.Command {
	var listen, name string
	var open bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try Curbside in a browser with a made-up practice",
		Long: "Serves the workbench: two people of a made-up practice side by side, and a clock\n" +
			"that can be moved. It needs no account, no network and no settings, and keeps\n" +
			"nothing when it ends.\n\n" +
			"With --play it plays a consult in the terminal instead; --play list names them.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := demoSettings(listen)
			if err != nil {
				return err
			}
			switch name {
			case "":
				return serveDemo(cmd, s, open)
			case "list":
				return listPlays(cmd.OutOrStdout())
			default:
				return playDemo(cmd, s, name)
			}
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "the loopback address to serve on; port 0 takes a free one")
	cmd.Flags().BoolVar(&open, "open", false, "open the page in a browser")
	cmd.Flags().StringVar(&name, "play", "", "play a consult in the terminal: its name, or list")
	return cmd
}

// demoSettings are those of the made-up practice, on an address of choice.
func demoSettings(listen string) (*settings, error) {
	cfg, found, err := config.Demo(listen)
	if err != nil {
		return nil, fmt.Errorf("use --listen %s: %w: %s", listen, err, found)
	}
	s, found, err := newSettings(cfg)
	if err == nil && config.Faulty(found) {
		err = fmt.Errorf("open the demo's practice: %w: %s", config.ErrInvalid, found)
	}
	return s, err
}

func serveDemo(cmd *cobra.Command, s *settings, open bool) error {
	p, err := newProgram(cmd.Context(), s, newLog(cmd.ErrOrStderr(), config.Log{Level: "warn"}))
	if err != nil {
		return err
	}
	address := p.addresses()[0]
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Curbside is ready at %s\nThe practice is made up and nothing is kept. Press Ctrl+C to end.\n", address); err != nil {
		p.shut()
		return fmt.Errorf("say where: %w", err)
	}
	if open {
		openBrowser(cmd.Context(), address)
	}
	return p.run(cmd.Context())
}

// openBrowser tries; the address stands in the terminal all the same.
func openBrowser(ctx context.Context, address string) {
	for _, command := range []string{"xdg-open", "open"} {
		if exec.CommandContext(ctx, command, address).Start() == nil {
			return
		}
	}
}

// playDemo plays a canned consult.
func playDemo(cmd *cobra.Command, s *settings, name string) error {
	script, err := loadScript(name)
	if err != nil {
		return advise(err, "", "curbside demo --play list names the consults")
	}
	return playOn(cmd.Context(), s, script, cmd.OutOrStdout())
}
