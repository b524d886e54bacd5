package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"curbside/rules"
)

func newRulesFactsCommand(open opener) *cobra.Command {
	return &cobra.Command{
		Use:   "facts [WORD]",
		Short: "List the facts that can be answered, all or those that a word is in",
		Long: "Lists what the law may ask, with the answers that --facts of rules eval and rules next\n" +
			"takes: true or false, one code as \"code\", or several as [\"code\", \"code\"]. null stands\n" +
			"for \"I don't know\" everywhere.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("%s takes one word at most", cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			word := strings.ToLower(strings.Join(args, ""))
			var p page
			for _, f := range allFacts(s.book) {
				if strings.Contains(strings.ToLower(string(f.ID)+"\n"+f.Question+"\n"+f.Short), word) {
					showFact(&p, f)
				}
			}
			if p.Len() == 0 {
				return usageError{command: cmd.CommandPath(), cause: fmt.Errorf("no fact has %q in its name or question; %s alone lists all", args[0], cmd.CommandPath())}
			}
			return p.writeTo(cmd.OutOrStdout())
		},
	}
}

// allFacts are the facts that any law asks, and then those of one pack alone.
func allFacts(b *rules.Book) []rules.Fact {
	all := slices.Clone(b.Vocabulary().Facts)
	for _, j := range b.Jurisdictions() {
		for _, p := range b.Packs(j) {
			all = append(all, p.Facts...)
		}
	}
	return all
}

func showFact(p *page, f rules.Fact) {
	if p.Len() > 0 {
		p.WriteByte('\n')
	}
	p.item(0, "", string(f.ID))
	p.item(4, "", f.Question)
	switch f.Kind {
	case rules.Bool:
		p.item(4, "", "true or false")
	case rules.Choice:
		p.item(4, "", "one of "+choiceCodes(f))
	case rules.Choices:
		p.item(4, "", "any of ["+choiceCodes(f)+"]")
	}
}

func choiceCodes(f rules.Fact) string {
	codes := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		codes[i] = fmt.Sprintf("%q", c.ID)
	}
	return strings.Join(codes, ", ")
}
