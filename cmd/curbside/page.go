package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"curbside/bot"
	"curbside/dialog"
)

const (
	// reachTime is how long a page test waits for Redis.
	reachTime = 10 * time.Second
	// askTime is how often it looks how the rehearsal stands.
	askTime = 200 * time.Millisecond
	// silentTime is after how long without a sign it asks whether anybody serves.
	silentTime = 15 * time.Second
)

func newPageCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "page",
		Short: "Rehearse the way of a page to somebody",
	}
	cmd.AddCommand(newPageTestCommand())
	return groupOnly(cmd)
}

func newPageTestCommand() *cobra.Command {
	var path, to string
	var wait time.Duration
	cmd := &cobra.Command{
		Use:   "test --config FILE --to PERSON",
		Short: "Send somebody a page that says it is a rehearsal, and report the time it took",
		Long: "Asks the program that serves the practice to page somebody for practice: over Redis,\n" +
			"the outbox, the chat and the person's pager, the whole way of a real page. It says\n" +
			"what each of them answered and when, and ends when the person has pressed “I have it”.\n" +
			"It creates no consult, and everything about it says that it is a rehearsal. The same is\n" +
			"done in chat with “Test my page”.",
		Example: "  curbside page test --config curbside.yaml --to sam",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := loadConfig(path, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			return pageTest(cmd.Context(), s, dialog.PersonID(to), wait, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&path, "config", "", "the practice's settings, those that curbside serve runs with")
	cmd.Flags().StringVar(&to, "to", "", "the person's id in the settings")
	cmd.Flags().DurationVar(&wait, "wait", 5*time.Minute, "how long to wait for the person")
	for _, flag := range []string{"config", "to"} {
		_ = cmd.MarkFlagRequired(flag) // fails only when there is no such flag
	}
	return cmd
}

// A quietPlatform stands for a platform that another process serves.
type quietPlatform bot.PlatformName

func (q quietPlatform) Name() bot.PlatformName { return bot.PlatformName(q) }

func (quietPlatform) Check(context.Context, bot.Place) (bot.Verdict, error) {
	return bot.Verdict{}, errors.ErrUnsupported
}

func (quietPlatform) Deliver(context.Context, bot.Delivery) bot.Receipt {
	return bot.Receipt{Outcome: bot.Busy, Code: "elsewhere"}
}

// pageTest begins a rehearsal and reports how it goes.
func pageTest(ctx context.Context, s *settings, to dialog.PersonID, wait time.Duration, out io.Writer) error {
	if s.config.Redis.Embedded {
		return advise(errors.New("these settings keep everything in memory, so another program cannot reach it"),
			"nothing was sent", "press “Test my page” in the workbench instead")
	}
	reaching, cancel := context.WithTimeoutCause(ctx, reachTime, errors.New("redis cannot be reached"))
	defer cancel()
	client, stop, err := connect(reaching, s.config.Redis, slog.New(slog.DiscardHandler))
	if err != nil {
		return advise(err, "nothing was sent", "check redis in the settings")
	}
	defer stop()
	var platforms []bot.Platform
	for _, name := range platformNames {
		platforms = append(platforms, quietPlatform(name))
	}
	elsewhere := bot.PagerFunc(func(context.Context, bot.PageRequest) bot.Receipt { return bot.Receipt{Outcome: bot.Busy} })
	c, err := newCore(s, client, bot.ClockFunc(time.Now), slog.New(slog.DiscardHandler), elsewhere, platforms...)
	if err != nil {
		return err
	}
	drill, why, err := c.bot.Rehearse(ctx, to)
	if err == nil && why != "" {
		err = errors.New(why)
	}
	if err != nil {
		return advise(err, "nothing was sent", "")
	}
	return watchDrill(ctx, c.bot, drill, wait, out)
}

// watchDrill says what becomes of a rehearsal until it is answered.
func watchDrill(ctx context.Context, b *bot.Bot, drill dialog.Drill, wait time.Duration, out io.Writer) error {
	if _, err := fmt.Fprintf(out, "Rehearsing the page of %s. It says that it is a rehearsal; they press “I have it”.\n", drill.To); err != nil {
		return fmt.Errorf("say what is sent: %w", err)
	}
	said := make([]string, len(drill.Ways))
	began, asked := time.Now(), false
	for {
		now, kept, err := b.Rehearsal(ctx, drill.Number)
		if err != nil {
			return advise(err, "the rehearsal may go on without this command", "")
		}
		if !kept {
			return errors.New("the rehearsal is not kept any more")
		}
		silent := true
		for i, w := range now.Ways {
			words := dialog.WayWords(w)
			if w.Code != "" || w.OK {
				silent = false
				if words != said[i] {
					said[i] = words
					_, err = fmt.Fprintln(out, words)
				}
			}
		}
		switch {
		case err != nil:
			return fmt.Errorf("say how it stands: %w", err)
		case !now.Got.IsZero():
			_, err = fmt.Fprintf(out, "Answered after %s.\n", now.Got.Sub(now.At))
			return err
		case !now.Over.IsZero() || time.Since(began) > wait:
			return advise(fmt.Errorf("%s has not answered", drill.To), "no consult was waiting",
				"ask where the page got stuck, put it right, and rehearse again")
		case silent && !asked && time.Since(began) > silentTime:
			asked = true
			_, _ = fmt.Fprintln(out, "Nothing has taken it yet. Is curbside serve running with these settings?")
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(askTime):
		}
	}
}
