package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesDiffCommand(lib library, packs *string) *cobra.Command {
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "diff JURISDICTION [OTHER]",
		Short: "Compare the law of two places, or two versions of one pack",
		Long: "With two jurisdictions, shows their rules side by side, concern by concern. With one and\n" +
			"--packs, says what became of the shipped pack in the version in that folder.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 && *packs == "" || len(args) == 1 && *packs != "" {
				return nil
			}
			return usageError{
				command: cmd.CommandPath(),
				cause:   fmt.Errorf("%s needs two jurisdictions, or one and --packs with the folder of its other version", cmd.CommandPath()),
			}
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := asOf.on(cmd, func() (*shelf, error) { return lib.open("") })
			if err != nil {
				return err
			}
			for _, id := range args {
				if _, ok := s.book.Pack(rules.JurisdictionID(id)); !ok {
					return unknownPlace(cmd, rules.JurisdictionID(id))
				}
			}
			var p page
			if len(args) == 2 {
				showSideBySide(&p, s.book, rules.JurisdictionID(args[0]), rules.JurisdictionID(args[1]), s.today)
				return p.writeTo(cmd.OutOrStdout())
			}
			id := rules.JurisdictionID(args[0])
			next, err := rules.Load(replacement{FS: lib.files, name: packFile(id), from: os.DirFS(*packs)})
			if err != nil {
				return advise(fmt.Errorf("open %s in %s: %w", packFile(id), *packs, err), "nothing was changed", "put right what is said above")
			}
			if err := showChanges(&p, s.book, next, id, s.today); err != nil {
				return err
			}
			return p.writeTo(cmd.OutOrStdout())
		},
	}
	asOf.register(cmd)
	return cmd
}

// A replacement is a folder in which one file comes from another folder.
type replacement struct {
	fs.FS
	name string
	from fs.FS
}

// Open implements [fs.FS].
func (r replacement) Open(name string) (fs.File, error) {
	if name == r.name {
		return r.from.Open(name)
	}
	return r.FS.Open(name)
}

// packFile is the name of the file that holds a jurisdiction's pack.
func packFile(id rules.JurisdictionID) string {
	if id == rules.Federal {
		return "us-federal.yaml"
	}
	return strings.ToLower(string(id)) + ".yaml"
}

func showChanges(p *page, old, next *rules.Book, id rules.JurisdictionID, day rules.Date) error {
	was, _ := old.Pack(id)
	is, ok := next.Pack(id)
	if !ok {
		return fmt.Errorf("the other version has no pack of %s", id)
	}
	changes, err := rules.Compare(was, is)
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		fmt.Fprintf(p, "Both versions of %s say the same, text %s.\n", id, is.Hash[:12])
		return nil
	}
	fmt.Fprintf(p, "%s: text %s became %s. %d entries differ.\n", id, was.Hash[:12], is.Hash[:12], len(changes))
	for _, c := range changes {
		p.heading(strings.TrimSpace(fmt.Sprintf("%s: %s %s", c.Kind, c.Entry, c.ID)))
		p.item(0, "", notInForce("was", old, c.ID, day))
		p.item(0, "", notInForce("is", next, c.ID, day))
		for _, t := range c.Texts {
			p.item(0, "", t.Where)
			p.item(4, "  -", t.Old)
			p.item(4, "  +", t.New)
		}
	}
	return nil
}

// notInForce says that a rule was or is not in force on a day; "" for one that is,
// and for what is no rule.
func notInForce(verb string, b *rules.Book, id string, day rules.Date) string {
	r, _, ok := b.Rule(rules.RuleID(id))
	if !ok || r.Effective.Covers(day) {
		return ""
	}
	return fmt.Sprintf("%s not in force on %s: %s", verb, day, forceText(r.Effective, day))
}

const (
	halfPage = 48 // characters of each of two columns
	between  = 4
)

// showSideBySide sets what two places say on each concern next to each other.
func showSideBySide(p *page, b *rules.Book, left, right rules.JurisdictionID, day rules.Date) {
	showHalves(p, []string{placeText(b, left)}, []string{placeText(b, right)})
	for _, t := range b.Vocabulary().Topics {
		l, r := lawOn(b, left, t.ID, day), lawOn(b, right, t.ID, day)
		if len(l)+len(r) == 0 {
			continue
		}
		p.heading(t.Label)
		for i := range max(len(l), len(r)) {
			if i > 0 {
				p.WriteByte('\n')
			}
			showHalves(p, entryAt(l, i), entryAt(r, i))
		}
	}
}

func entryAt(entries [][]string, i int) []string {
	switch {
	case i < len(entries):
		return entries[i]
	case i == 0:
		return []string{"Nothing in the pack"}
	}
	return nil
}

func placeText(b *rules.Book, id rules.JurisdictionID) string {
	pack, _ := b.Pack(id)
	return fmt.Sprintf("%s (%s), as of %s", pack.Name, id, pack.AsOf)
}

// lawOn lists the rules and statements of a place on a concern, duties first and
// what is not in force that day last.
func lawOn(b *rules.Book, id rules.JurisdictionID, topic rules.TopicID, day rules.Date) [][]string {
	on, statements := onTopic(b.Packs(id), topic)
	slices.SortStableFunc(on, func(x, y *rules.Rule) int { return strength(x) - strength(y) })
	slices.SortStableFunc(on, func(x, y *rules.Rule) int { return later(x.Effective, day) - later(y.Effective, day) })
	var entries [][]string
	for _, r := range on {
		title := duty(r.Effect) + ": " + r.Title
		if neverFirm(r) {
			title = "Undetermined: " + title
		}
		force := forceText(r.Effective, day)
		if !r.Effective.Covers(day) {
			title = "Not in force: " + title
		}
		entry := []string{title, string(r.ID), strings.Join(r.Citations, "; ")}
		if force != "" {
			entry = append(entry, "In force: "+force)
		}
		for _, d := range r.Deadlines {
			entry = append(entry, "By: "+actionText(b, id, d.Action, "")+": "+d.Text)
		}
		entries = append(entries, entry)
	}
	for _, s := range statements {
		entries = append(entries, []string{s.Text, s.ID, strings.Join(s.Citations, "; ")})
	}
	return entries
}

// later orders what is in force on a day before what is not.
func later(in rules.Period, day rules.Date) int {
	if in.Covers(day) {
		return 0
	}
	return 1
}

// showHalves sets two entries in columns, what follows an entry's first text indented.
func showHalves(p *page, left, right []string) {
	l, r := halfLines(left), halfLines(right)
	for i := range max(len(l), len(r)) {
		var a, b string
		if i < len(l) {
			a = l[i]
		}
		if i < len(r) {
			b = r[i]
		}
		p.WriteString(strings.TrimRight(fmt.Sprintf("%-*s%s", halfPage+between, a, b), " ") + "\n")
	}
}

func halfLines(texts []string) []string {
	var lines []string
	for i, text := range texts {
		if i > 0 {
			text = "  " + text
		}
		lines = append(lines, wrap(text, halfPage)...)
	}
	return lines
}
