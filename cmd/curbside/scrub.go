package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"curbside/dialog"
	"curbside/dialog/deid"
)

// A scrubOptions holds the flags of scrub.
type scrubOptions struct {
	jsonl, remote bool
	presidio      string
	allow, forbid []string
}

func newScrubCommand() *cobra.Command {
	var o scrubOptions
	cmd := &cobra.Command{
		Use:   "scrub",
		Short: "Replace client identifiers in text",
		Long: "Scrub reads text from standard input, writes it to standard output with every client\n" +
			"identifier replaced, and says on standard error what was found. Nothing leaves this\n" +
			"computer unless --presidio names another one. No program can promise that nobody knows\n" +
			"the rest: read the result before you send it.",
		Example: "  curbside scrub < note.txt\n  curbside scrub --jsonl < notes.jsonl > scrubbed.jsonl",
		Args:    noText,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.run(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.jsonl, "jsonl", false, `read {"id","text"} and write {"id","text","spans"} line by line; offsets are code points of the text read`)
	f.StringVar(&o.presidio, "presidio", "", "ask a Presidio analyzer at this `URL` for a second opinion; it can only add")
	f.BoolVar(&o.remote, "presidio-remote", false, "let --presidio name another computer: the text goes there as it is")
	f.StringSliceVar(&o.allow, "allow", nil, "`words` that are harmless here; numbers, dates and names after a cue are found all the same")
	f.StringSliceVar(&o.forbid, "forbid", nil, "`words` that are always replaced")
	return cmd
}

// noText refuses arguments without repeating them: who gives scrub any may have
// written the note there.
func noText(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{command: cmd.CommandPath(), cause: errors.New("the text is read from standard input, and nothing is taken from the command line")}
	}
	return nil
}

func (o scrubOptions) run(ctx context.Context, in io.Reader, out, summary io.Writer) error {
	s, err := deid.New(deid.Options{Allow: o.allow, Forbid: o.forbid, Handle: dialog.IsHandle})
	if err != nil {
		return err
	}
	c := scrubber{own: s, found: map[deid.Kind]int{}}
	if o.presidio != "" {
		if c.second, err = newPresidio(o.presidio, o.remote); err != nil {
			return err
		}
	}
	if o.jsonl {
		err = c.lines(ctx, in, out)
	} else {
		err = c.whole(ctx, in, out)
	}
	return errors.Join(err, c.report(summary))
}

// A scrubber finds with both opinions and keeps count.
type scrubber struct {
	own    *deid.Scrubber
	second *presidio
	found  map[deid.Kind]int
	texts  int
	silent error // why the second opinion is missing in some text, the last reason
	missed int
}

// errTooLong is returned for text that the scrubber does not look through.
var errTooLong = fmt.Errorf("text is longer than %d bytes", deid.MaxBytes)

func (c *scrubber) whole(ctx context.Context, in io.Reader, out io.Writer) error {
	text, err := io.ReadAll(io.LimitReader(in, deid.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read the text: %w", err)
	}
	if len(text) > deid.MaxBytes {
		return advise(errTooLong, "nothing was written", "split it and scrub the parts")
	}
	scrubbed, _ := c.scrub(ctx, string(text))
	if _, err := io.WriteString(out, scrubbed); err != nil {
		return fmt.Errorf("write the text: %w", err)
	}
	return nil
}

// A scrubLine is a line of --jsonl, read and written.
type scrubLine struct {
	ID    json.RawMessage `json:"id"`
	Text  string          `json:"text"`
	Spans []scrubSpan     `json:"spans"`
}

type scrubSpan struct {
	Start int       `json:"start"`
	End   int       `json:"end"`
	Type  deid.Kind `json:"type"`
}

func (c *scrubber) lines(ctx context.Context, in io.Reader, out io.Writer) error {
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	r := bufio.NewScanner(in)
	r.Buffer(nil, 8*deid.MaxBytes)
	for n := 1; r.Scan(); n++ {
		if strings.TrimSpace(r.Text()) == "" {
			continue
		}
		var line scrubLine
		if err := json.Unmarshal(r.Bytes(), &line); err != nil {
			// The cause of the JSON package can quote the text.
			return errors.Join(fmt.Errorf("line %d is not a JSON object with an id and a text", n), w.Flush())
		}
		if !utf8.Valid(r.Bytes()) {
			line.Text = "\xff" // JSON has mended it, so that offsets would be wrong
		}
		text, spans := c.scrub(ctx, line.Text)
		line.Text, line.Spans = text, make([]scrubSpan, 0, len(spans))
		for _, sp := range spans {
			line.Spans = append(line.Spans, scrubSpan{sp.Start, sp.End, sp.Kind})
		}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("write line %d: %w", n, err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the lines: %w", err)
	}
	if err := r.Err(); err != nil {
		return fmt.Errorf("read the lines: %w", err)
	}
	return nil
}

func (c *scrubber) scrub(ctx context.Context, text string) (string, []deid.Span) {
	c.texts++
	spans := c.own.Find(text)
	if c.second != nil && utf8.ValidString(text) && text != "" {
		more, err := c.second.find(ctx, text)
		if err != nil {
			c.silent, c.missed = err, c.missed+1
		}
		spans = deid.Merge(spans, more)
	}
	for _, sp := range spans {
		c.found[sp.Kind]++
	}
	return deid.Redact(text, spans)
}

// report says what was found, in kinds and numbers only.
func (c *scrubber) report(w io.Writer) error {
	var parts []string
	total := 0
	for _, k := range slices.Sorted(maps.Keys(c.found)) {
		parts = append(parts, fmt.Sprintf("%s %d", k, c.found[k]))
		total += c.found[k]
	}
	said := fmt.Sprintf("curbside: nothing found in %s; read it once yourself", texts(c.texts))
	if total > 0 {
		said = fmt.Sprintf("curbside: %d replaced in %s: %s", total, texts(c.texts), strings.Join(parts, ", "))
	}
	if c.missed > 0 {
		said += fmt.Sprintf("\ncurbside: no second opinion on %s: %v", texts(c.missed), c.silent)
	}
	if _, err := fmt.Fprintln(w, said); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}

func texts(n int) string {
	if n == 1 {
		return "1 text"
	}
	return fmt.Sprintf("%d texts", n)
}
