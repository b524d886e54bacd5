package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesAttestCommand(open opener) *cobra.Command {
	var by, until, keyFile, out, text string
	cmd := &cobra.Command{
		Use:   "attest JURISDICTION",
		Short: "Sign that counsel has read the text of a pack",
		Long: "Writes a signed statement that somebody has read exactly this text of a pack and relies\n" +
			"on it until a day. Any change of the text voids it.",
		Args: exactArgs(1, "a jurisdiction, such as US-CA"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			pack, err := s.packToSign(cmd, rules.JurisdictionID(args[0]), text)
			if err != nil {
				return err
			}
			last, err := rules.ParseDate(until)
			if err != nil {
				return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("--until: %w", err)}
			}
			key, err := readSigningKey(keyFile)
			if err != nil {
				return err
			}
			signed, err := rules.Attest(pack, strings.TrimSpace(by), s.today, last, key)
			if err != nil {
				return usageError{command: cmd.CommandPath(), cause: err}
			}
			if out == "" {
				out = signed.FileName()
			}
			content, err := json.MarshalIndent(signed, "", "  ")
			if err != nil {
				return fmt.Errorf("write the statement: %w", err)
			}
			if err := saveNew(out, append(content, '\n'), 0o644); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s says that %s has read %s, text %s, and relies on it until %s.\n",
				out, signed.By, signed.Jurisdiction, signed.Hash[:12], signed.Until)
			return err
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who has read it, such as \"Jo Doe, attorney\"")
	cmd.Flags().StringVar(&until, "until", "", "the last day on which the statement counts, YYYY-MM-DD")
	cmd.Flags().StringVar(&keyFile, "key", "", "the signing key that rules attest keygen made")
	cmd.Flags().StringVar(&out, "out", "", "file to write (default: us-ca.attestation.json)")
	cmd.Flags().StringVar(&text, "text", "", "beginning of the text's hash, where a place has several packs")
	cmd.AddCommand(newRulesKeygenCommand(), newRulesVerifyCommand(open))
	return cmd
}

func newRulesKeygenCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "keygen FILE",
		Short: "Make the key that counsel signs with",
		Long: "Writes a signing key to a new file that its owner alone can read, and prints the public\n" +
			"key that goes with it. Whoever has the file can sign in counsel's name.",
		Args: exactArgs(1, "the file to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			public, key, err := ed25519.GenerateKey(rand.Reader)
			if err != nil {
				return fmt.Errorf("make a signing key: %w", err)
			}
			der, err := x509.MarshalPKCS8PrivateKey(key)
			if err != nil {
				return fmt.Errorf("make a signing key: %w", err)
			}
			if err := saveNew(args[0], pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds a new signing key. Its public key:\n%s\n",
				args[0], base64.StdEncoding.EncodeToString(public))
			return err
		},
	}
}

func newRulesVerifyCommand(open opener) *cobra.Command {
	var key string
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Say whether a statement counts today for a pack that is here",
		Args:  exactArgs(1, "the statement's file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			public, err := base64.StdEncoding.DecodeString(key)
			if err != nil || len(public) != ed25519.PublicKeySize {
				return usageError{command: cmd.CommandPath(), cause: errors.New("--key needs the public key that rules attest keygen printed")}
			}
			data, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("read the statement: %w", err)
			}
			var a rules.Attestation
			if err := json.Unmarshal(data, &a); err != nil {
				return advise(fmt.Errorf("read the statement in %s: %w", args[0], err), "", "name a file that curbside rules attest wrote")
			}
			_, faults := s.book.Reviewed(s.today, []ed25519.PublicKey{public}, a)
			return showFaults(cmd, faults, fmt.Sprintf("%s has read %s as it is here. The statement counts until %s.\n", a.By, a.Jurisdiction, a.Until))
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "counsel's public key, as rules attest keygen printed it")
	return cmd
}

// packToSign is the pack of a place, or that of several whose hash begins with text.
func (s *shelf) packToSign(cmd *cobra.Command, id rules.JurisdictionID, text string) (*rules.Pack, error) {
	var fit []*rules.Pack
	for _, p := range s.book.Packs(id) {
		if strings.HasPrefix(p.Hash, text) {
			fit = append(fit, p)
		}
	}
	switch {
	case len(s.book.Packs(id)) == 0:
		return nil, unknownPlace(cmd, id)
	case len(fit) != 1:
		return nil, usageError{
			command: cmd.CommandPath(),
			cause:   fmt.Errorf("%d packs of %s have a text %q; write in --text the one that curbside rules list shows", len(fit), id, text),
		}
	}
	return fit[0], nil
}

func readSigningKey(name string) (ed25519.PrivateKey, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, advise(fmt.Errorf("read the signing key: %w", err), "nothing was signed", "name in --key a file that curbside rules attest keygen made")
	}
	if block, _ := pem.Decode(data); block != nil {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if signing, ok := key.(ed25519.PrivateKey); ok {
				return signing, nil
			}
		}
	}
	return nil, advise(fmt.Errorf("%s holds no signing key", name), "nothing was signed", "name in --key a file that curbside rules attest keygen made")
}

// saveNew writes a file that does not exist yet, all or nothing.
func saveNew(name string, content []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return advise(fmt.Errorf("%s exists already", name), "it was left as it is", "name another file")
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, errors.Join(err, os.Remove(name)))
	}
	return nil
}
