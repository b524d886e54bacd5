package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2 // the command line was not understood
)

// run is the whole program. It ends when its work is done, when ctx ends, or at
// the first interrupt or SIGTERM; a second one ends it the hard way.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, stop)()

	log.SetOutput(io.Discard) // net/http quotes there what a server says out of turn
	root := newRootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return report(stderr, root.ExecuteContext(ctx))
}

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "curbside",
		Short: "May I, must I, must I not break confidentiality? A consult in team chat.",
		Long: "Curbside runs de-identified consultations for therapists: it asks only what the\n" +
			"law needs, says what the law requires, permits and forbids, and pages a supervisor.\n" +
			"It informs; it does not replace a supervisor or counsel.",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{command: cmd.CommandPath(), cause: err}
	})
	root.AddCommand(
		newDemoCommand(),
		newServeCommand(),
		newRulesCommand(),
		newAuditCommand(redisOfPractice),
		newForgetCommand(redisOfPractice),
		newScrubCommand(),
		newConfigCommand(),
		newDoctorCommand(),
		newManifestCommand(),
		newKeysetCommand(),
		newPageCommand(),
		newVersionCommand(),
	)
	return groupOnly(root)
}

// A usageError is a command line that was not understood.
type usageError struct {
	command string
	cause   error
}

func (e usageError) Error() string { return e.cause.Error() }
func (e usageError) Unwrap() error { return e.cause }

// An advisedError is an error with what an operator needs besides: what is
// safe, and what to do next.
type advisedError struct {
	cause error
	safe  string // what has not been harmed; "" says nothing
	next  string // what to do
}

func (e advisedError) Error() string { return e.cause.Error() }
func (e advisedError) Unwrap() error { return e.cause }

// advise adds to an error what is safe and what to do next.
func advise(err error, safe, next string) error {
	if err == nil {
		return nil
	}
	return advisedError{cause: err, safe: safe, next: next}
}

// report says what happened, what is safe and what to do next, and returns the
// exit code.
func report(stderr io.Writer, err error) int {
	if err == nil {
		return exitOK
	}
	var b strings.Builder
	fmt.Fprintf(&b, "curbside: %v\n", err)
	code := exitFailed
	if usage, ok := errors.AsType[usageError](err); ok {
		fmt.Fprintf(&b, "  next: %s --help\n", usage.command)
		code = exitUsage
	}
	if advised, ok := errors.AsType[advisedError](err); ok {
		if advised.safe != "" {
			fmt.Fprintf(&b, "  safe: %s\n", advised.safe)
		}
		fmt.Fprintf(&b, "  next: %s\n", advised.next)
	}
	_, _ = io.WriteString(stderr, b.String()) // there is nowhere left to complain to
	return code
}
