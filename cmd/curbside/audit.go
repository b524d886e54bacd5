package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"curbside/bot/store"
)

// newAuditCommand makes the commands that look at the audit chain.
func newAuditCommand(practice redisOf) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Verify or export the record of who did what",
		Long: "Every step of every consult is a link of an audit chain: codes, staff ids, the hashes\n" +
			"of the rule packs and times, each link hashed over the one before. These commands\n" +
			"change nothing and need no keyset.",
	}
	cmd.AddCommand(newAuditVerifyCommand(practice), newAuditExportCommand(practice))
	return groupOnly(cmd)
}

func newAuditVerifyCommand(practice redisOf) *cobra.Command {
	source := redisSource{practice: practice}
	var known string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that no link was changed, taken out, moved or cut off",
		Long: "Checks every link, and prints the last one of every chain. Keep that somewhere else,\n" +
			"and name it with --heads the next time: only then does it show when the end of a chain\n" +
			"was cut off. What curbside audit export wrote will do as well, and so will the one word\n" +
			"that owners get every week.",
		Example: "  curbside audit verify --config curbside.yaml > heads.jsonl\n" +
			"  curbside audit verify --config curbside.yaml --heads heads.jsonl",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var heads []store.Head
			if known != "" {
				text, err := os.ReadFile(known)
				if err != nil {
					return fmt.Errorf("read the heads: %w", err)
				}
				if heads, err = store.ReadHeads(string(text)); err != nil {
					return fmt.Errorf("read the heads: %w", err)
				}
			}
			client, err := source.open(cmd)
			if err != nil {
				return err
			}
			defer func() { _ = client.Close() }() // fails only when it is closed already
			return verifyAudit(cmd.Context(), store.NewAudit(client), heads, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	source.flags(cmd)
	cmd.Flags().StringVar(&known, "heads", "", "a file that an earlier verify or export wrote")
	return cmd
}

// verifyAudit writes the heads to out, where they can be kept, and says how many
// links there are on the side.
func verifyAudit(ctx context.Context, audit *store.Audit, known []store.Head, out, side io.Writer) error {
	seen, err := audit.Verify(ctx, known)
	if err != nil {
		if _, broken := errors.AsType[*store.BrokenLinkError](err); broken {
			return advise(err, "nothing was changed", "keep a copy of this Redis as it is, and compare it with your last export")
		}
		return err
	}
	lines := json.NewEncoder(out)
	for _, head := range seen.Heads {
		if err := lines.Encode(head); err != nil {
			return fmt.Errorf("write the heads: %w", err)
		}
	}
	_, err = fmt.Fprintf(side, "%d links in %d chains fit. %d older ones were cut off when their retention ended.\nTheir heads in one word: %s\n",
		seen.Links, len(seen.Heads), seen.Pruned, store.HeadsCode(seen.Heads))
	return err
}

func newAuditExportCommand(practice redisOf) *cobra.Command {
	source := redisSource{practice: practice}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print every link as JSON Lines",
		Long: "Prints one line for each link, chain by chain, oldest first: its place, its hash, and the\n" +
			"link to the letter, whose SHA-256 is the hash. It does not check them: see curbside\n" +
			"audit verify.",
		Example: "  curbside audit export --config curbside.yaml > audit.jsonl",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := source.open(cmd)
			if err != nil {
				return err
			}
			defer func() { _ = client.Close() }() // fails only when it is closed already
			return exportAudit(cmd.Context(), store.NewAudit(client), cmd.OutOrStdout())
		},
	}
	source.flags(cmd)
	return cmd
}

func exportAudit(ctx context.Context, audit *store.Audit, out io.Writer) error {
	buffered := bufio.NewWriter(out)
	lines := json.NewEncoder(buffered)
	for link, err := range audit.Links(ctx) {
		if err != nil {
			return err
		}
		if err := lines.Encode(link); err != nil {
			return fmt.Errorf("write link %d of partition %d: %w", link.Seq, link.Partition, err)
		}
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write the links: %w", err)
	}
	return nil
}
