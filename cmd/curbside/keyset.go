package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"curbside/bot/store"
)

func newKeysetCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keyset",
		Short: "Make or rotate the keys that seal what is kept",
	}
	cmd.AddCommand(newKeysetNewCommand(), newKeysetRotateCommand())
	return groupOnly(cmd)
}

func newKeysetNewCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new FILE",
		Short: "Make a keyset for redis.encryption.keyset_file",
		Long: "Makes a keyset and writes it to a new file that its owner alone can read. Whoever has\n" +
			"the file can read every consult, and without it nothing can be read again: keep a copy\n" +
			"somewhere safe.",
		Args: exactArgs(1, "the file to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			keys, err := store.NewKeyset()
			if err != nil {
				return err
			}
			if err := writeNew(args[0], keys); err != nil {
				if errors.Is(err, fs.ErrExist) {
					return advise(fmt.Errorf("%s exists already", args[0]), "it was left as it is",
						"name another file, or curbside keyset rotate "+args[0])
				}
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds a new keyset. Keep a copy somewhere safe.\n", args[0])
			return err
		},
	}
}

func newKeysetRotateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate FILE",
		Short: "Add a fresh key to a keyset",
		Long: "Adds a key that seals from now on. The older keys stay, so that what they sealed can be\n" +
			"read. Restart serve, everywhere, to use it.",
		Args: exactArgs(1, "the keyset's file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			old, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("read the keyset: %w", err)
			}
			keys, err := store.RotateKeyset(old)
			if err != nil {
				return advise(err, "the file was left as it is", "name a file that curbside keyset new made")
			}
			if err := replace(args[0], keys); err != nil {
				return advise(err, "the file was left as it is", "make its folder writable for this account")
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s seals with a fresh key once serve has been restarted. Renew your copy.\n", args[0])
			return err
		},
	}
}

// writeNew writes a file that its owner alone can read and that does not exist yet.
func writeNew(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the keyset: %w", err)
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the keyset: %w", errors.Join(err, os.Remove(name)))
	}
	return nil
}

// replace puts new content in a file's place, all or nothing: half a keyset
// would lose every consult.
func replace(name string, content []byte) error {
	next := name + ".new"
	if err := writeNew(next, content); err != nil {
		return err
	}
	if err := os.Rename(next, name); err != nil {
		return fmt.Errorf("replace the keyset: %w", errors.Join(err, os.Remove(next)))
	}
	return nil
}
