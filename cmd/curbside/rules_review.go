package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"curbside/dialog/record"
	"curbside/rules"
)

func newRulesReviewCommand(open opener) *cobra.Command {
	var out string
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "review JURISDICTION",
		Short: "Write a pack as a sheet for counsel to read and mark",
		Long: "Writes every rule of a pack in words, with what it rests on, its disputes and its cases,\n" +
			"and room to agree, to change and to date. The sheet is for the text whose hash it bears.",
		Args: exactArgs(1, "a jurisdiction, such as US-CA"),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind := strings.ToLower(filepath.Ext(out))
			if kind != ".pdf" && kind != ".html" {
				return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("--out needs a file that ends in .pdf or .html, not %q", out)}
			}
			s, err := open()
			if err != nil {
				return err
			}
			id := rules.JurisdictionID(args[0])
			if _, ok := s.book.Pack(id); !ok {
				return unknownPlace(cmd, id)
			}
			cases, err := s.cases()
			if err != nil {
				return advise(fmt.Errorf("read the cases: %w", err), "", "put right what is said above")
			}
			day, err := asOf.or(cmd, s.today)
			if err != nil {
				return err
			}
			sheet := newReviewSheet(s.book, id, cases, s.today, day)
			render := sheet.html
			if kind == ".pdf" {
				render = sheet.pdf
			}
			content, err := render()
			if err != nil {
				return err
			}
			if err := saveNew(out, content, 0o644); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds %d entries of %s to mark.\n", out, sheet.count(), id)
			return err
		},
	}
	asOf.register(cmd)
	cmd.Flags().StringVar(&out, "out", "", "file to write, ending in .pdf or .html")
	return cmd
}

// A reviewSheet is a pack as a lawyer reads and marks it.
type reviewSheet struct {
	Title    string
	Handle   string // jurisdiction and hash, for every page
	Lead     string
	About    []record.Row
	Sections []reviewSection
	made     time.Time
}

// A reviewSection is one concern; each of its entries is marked on its own.
type reviewSection struct {
	Heading string
	Entries []record.Law
}

const reviewLead = "Mark each entry: agree, or what to change, with date and initials. " +
	"The sheet is for the text with this hash alone. It says what the pack says; it is no legal advice."

// newReviewSheet makes the sheet that is made today of the law of a day.
func newReviewSheet(b *rules.Book, id rules.JurisdictionID, cases []rules.Case, today, day rules.Date) *reviewSheet {
	packs := b.Packs(id)
	hashes := make([]string, len(packs))
	s := &reviewSheet{
		Title: packs[0].Name + ": rules for review", Lead: reviewLead,
		made: time.Date(today.Year, today.Month, today.Day, 0, 0, 0, 0, time.UTC),
	}
	for i, p := range packs {
		hashes[i] = p.Hash
		s.About = append(s.About,
			record.Row{Label: "Pack", Value: fmt.Sprintf("%s, as of %s, %s", p.Name, p.AsOf, reviewText(p.Review))},
			record.Row{Label: "Holds", Value: fmt.Sprintf("%d rules, %d statements, %d agencies", len(p.Rules), len(p.Statements), len(p.Agencies))},
			record.Row{Label: "SHA-256 of its text", Value: p.Hash},
		)
	}
	s.About = append(s.About,
		record.Row{Label: "Sheet made on", Value: today.String()},
		record.Row{Label: "Law in force on", Value: day.String() + "; a rule that is not in force that day says so"})
	s.Handle = fmt.Sprintf("%s · text %s", id, strings.Join(hashes, " · "))
	proofs := casesByRule(cases)
	for _, t := range b.Vocabulary().Topics {
		s.add(topicSection(b, t, packs, proofs, day))
	}
	s.add(agencySection(packs))
	return s
}

func (s *reviewSheet) add(section reviewSection) {
	if len(section.Entries) > 0 {
		s.Sections = append(s.Sections, section)
	}
}

func (s *reviewSheet) count() int {
	n := 0
	for _, section := range s.Sections {
		n += len(section.Entries)
	}
	return n
}

// casesByRule says, rule by rule, which case ends how.
func casesByRule(cases []rules.Case) map[rules.RuleID][]string {
	proofs := map[rules.RuleID][]string{}
	for _, c := range cases {
		for _, id := range slices.Sorted(maps.Keys(c.Expect)) {
			proofs[id] = append(proofs[id], fmt.Sprintf("%s: %s", c.Name, statusText(c.Expect[id])))
		}
	}
	return proofs
}

// topicSection holds what has the topic as its first, so that nothing is marked twice.
func topicSection(b *rules.Book, t rules.Topic, packs []*rules.Pack, proofs map[rules.RuleID][]string, day rules.Date) reviewSection {
	section := reviewSection{Heading: t.Label}
	for _, p := range packs {
		for i := range p.Rules {
			if r := &p.Rules[i]; r.Topics[0] == t.ID {
				section.Entries = append(section.Entries, ruleEntry(b, p, r, proofs[r.ID], day))
			}
		}
		for i := range p.Statements {
			if st := &p.Statements[i]; st.Topics[0] == t.ID {
				section.Entries = append(section.Entries, statementEntry(b, p, st))
			}
		}
	}
	return section
}

func agencySection(packs []*rules.Pack) reviewSection {
	section := reviewSection{Heading: "Agencies and telephone numbers"}
	for _, p := range packs {
		for i := range p.Agencies {
			a := &p.Agencies[i]
			section.Entries = append(section.Entries, record.Law{
				Verdict: "Receives reports", Title: a.Name, Text: agencyText(a), Footer: entryFooter(p, a.ID),
			})
		}
	}
	return section
}

// entryFooter names an entry and the text it stands in.
func entryFooter(p *rules.Pack, id string) string {
	return fmt.Sprintf("%s · %s, text %s", id, p.Jurisdiction, p.Hash[:12])
}

func (s *reviewSheet) pdf() ([]byte, error) {
	d := record.Document{Title: s.Title, Handle: s.Handle, Created: s.made, Lead: s.Lead}
	d.Sections = append(d.Sections, record.Section{Heading: "The pack", Blocks: []record.Block{record.Table{Rows: s.About}}})
	for _, section := range s.Sections {
		blocks := make([]record.Block, 0, 3*len(section.Entries))
		for _, e := range section.Entries {
			blocks = append(blocks, e,
				record.Checklist{Items: []record.Check{{Label: "Agree"}, {Label: "Change"}}},
				record.Blanks{Labels: []string{"What to change", "Date and initials"}})
		}
		d.Sections = append(d.Sections, record.Section{Heading: section.Heading, Blocks: blocks})
	}
	return record.PDF(d)
}
