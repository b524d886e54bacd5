package main

import (
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"curbside/rules"
)

// A library is where the rules commands find the law.
type library struct {
	book  func() (*rules.Book, error)
	files fs.FS // the folder that book is loaded from
	today func() rules.Date
}

func newRulesCommand() *cobra.Command {
	return newRulesCommandOf(library{
		book:  rules.Shipped,
		files: rules.ShippedFiles(),
		today: func() rules.Date { return rules.DateOf(time.Now()) },
	})
}

func newRulesCommandOf(lib library) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Look at the law in the rule packs, try it, and check packs",
		Long: "The law is data. These commands show it, apply it to answers, say which question\n" +
			"comes next, and check packs, the shipped ones and a practice's own.",
	}
	var packs string
	cmd.PersistentFlags().StringVar(&packs, "packs", "", "folder of a practice's own packs, added to the shipped ones")
	open := func() (*shelf, error) { return lib.open(packs) }
	cmd.AddCommand(
		newRulesListCommand(open),
		newRulesShowCommand(open),
		newRulesFactsCommand(open),
		newRulesEvalCommand(open),
		newRulesNextCommand(open),
		newRulesLintCommand(open),
		newRulesTestCommand(open),
		newRulesReportCommand(open),
		newRulesAttestCommand(open),
		newRulesReviewCommand(open),
		newRulesGraphCommand(open),
		newRulesDiffCommand(lib, &packs),
	)
	return groupOnly(cmd)
}

// A shelf is the law that one command works on.
type shelf struct {
	book    *rules.Book
	folders []fs.FS    // what the book was loaded from, for the cases in it
	today   rules.Date // the day whose law is asked
}

// opener opens the packs once the flags are known.
type opener func() (*shelf, error)

func (l library) open(packs string) (*shelf, error) {
	book, err := l.book()
	if err != nil {
		return nil, fmt.Errorf("open the rule packs: %w", err)
	}
	s := &shelf{book: book, folders: []fs.FS{l.files}, today: l.today()}
	if packs == "" {
		return s, nil
	}
	own := os.DirFS(packs)
	if s.book, err = book.Extend(own); err != nil {
		return nil, advise(fmt.Errorf("open the packs in %s: %w", packs, err), "nothing was changed", "put right what is said above")
	}
	s.folders = append(s.folders, own)
	return s, nil
}
