package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"curbside/bot"
	"curbside/bot/store"
	"curbside/dialog"
)

// newForgetCommand makes the command that removes one consult for good.
func newForgetCommand(practice redisOf) *cobra.Command {
	source := redisSource{practice: practice}
	var by string
	var sure bool
	cmd := &cobra.Command{
		Use:   "forget HANDLE",
		Short: "Remove one consult at once, and prove that nothing of it is left",
		Long: "Removes a consult with its deliveries, timers and receipts from Redis, leaves an entry\n" +
			"in the audit chain, and then searches every key again. Without --yes it only says what\n" +
			"it would remove.\n\n" +
			"What stays: the audit chain (codes, staff ids and times, until retention.audit ends);\n" +
			"messages and files in Slack or Discord, which follow the retention of that platform;\n" +
			"backups; and what a running workbench shows, until it is restarted. An open consult\n" +
			"pages nobody any more. Ask counsel before you remove a record that may be needed.",
		Example: "  curbside forget amber-heron-42 --config curbside.yaml\n" +
			"  curbside forget amber-heron-42 --config curbside.yaml --by robin --yes",
		Args: exactArgs(1, "the handle of a consult, such as amber-heron-42"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if sure && by == "" {
				return usageError{command: cmd.CommandPath(), cause: errors.New("--yes needs --by: the audit chain says who removed a consult")}
			}
			client, err := source.open(cmd)
			if err != nil {
				return err
			}
			defer func() { _ = client.Close() }() // fails only when it is closed already
			ctx, handle := cmd.Context(), args[0]
			if !sure {
				found, err := store.Find(ctx, client, handle)
				if err != nil {
					return unknownConsult(err)
				}
				return sayFound(cmd.OutOrStdout(), handle, found)
			}
			entry := dialog.AuditEntry{Actor: dialog.PersonID(by), Action: dialog.ActForget, At: time.Now().UTC()}
			removed, left, err := store.Forget(ctx, client, handle, entry)
			if err != nil {
				return unknownConsult(err)
			}
			return sayForgotten(cmd.OutOrStdout(), handle, removed, left)
		},
	}
	source.flags(cmd)
	cmd.Flags().StringVar(&by, "by", "", "the id of the person who decided it, as in the settings")
	cmd.Flags().BoolVar(&sure, "yes", false, "remove it")
	return cmd
}

func unknownConsult(err error) error {
	if errors.Is(err, bot.ErrNotFound) {
		return advise(errors.New("nothing that is kept names this consult"), "nothing was changed",
			"look at the handle again: it stands on the card and in the chart; a consult also goes by itself when its retention ends")
	}
	return err
}

func sayFound(out io.Writer, handle string, found store.Search) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d keys were searched for %s. Nothing was changed.\n", found.Keys, handle)
	fmt.Fprintf(&b, "To be removed: %s.\n", counted(found.Traces))
	fmt.Fprintf(&b, "To stay: %d links of the audit chain.\n", found.Links)
	if len(found.Traces) > 0 {
		b.WriteString("Add --yes and --by PERSON to remove it.\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func sayForgotten(out io.Writer, handle string, removed, left store.Search) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Removed of %s: %s.\n", handle, counted(removed.Traces))
	fmt.Fprintf(&b, "Then %d keys were searched: %s left of it.\n", left.Keys, counted(left.Traces))
	fmt.Fprintf(&b, "The audit chain has %d links that name it; they hold codes, staff ids and times.\n", left.Links)
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("say what was removed: %w", err)
	}
	if len(left.Traces) > 0 {
		return advise(fmt.Errorf("a delivery under way left %s", counted(left.Traces)), "the consult itself is gone",
			"wait a minute, and run the command again")
	}
	return nil
}

// counted says how many traces of each kind there are, as in "3 keys, 1 timer".
func counted(traces []store.Trace) string {
	if len(traces) == 0 {
		return "nothing"
	}
	several := map[string]string{"key": "keys", "entry": "entries", "timer": "timers", "field": "fields", "effect": "effects"}
	kinds := map[string]int{}
	for _, trace := range traces {
		kinds[trace.What]++
	}
	var said []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		one := "1 " + kind
		if n := kinds[kind]; n > 1 {
			one = fmt.Sprintf("%d %s", n, several[kind])
		}
		said = append(said, one)
	}
	return strings.Join(said, ", ")
}
