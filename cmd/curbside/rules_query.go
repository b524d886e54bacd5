package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"curbside/rules"
)

// A queryFlags is a query as the command line has it.
type queryFlags struct {
	jurisdiction, licence, profession, facts string
	topics                                   []string
	asOf                                     dayFlag
	asJSON                                   bool
}

func (f *queryFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.jurisdiction, "jurisdiction", "", "where the client is, such as US-CA; US asks federal law alone")
	flags.StringVar(&f.licence, "licence", "", "where the clinician is licensed, if elsewhere")
	flags.StringVar(&f.profession, "profession", "", "the clinician's licence, such as psychologist")
	flags.StringArrayVar(&f.topics, "topic", nil, "a concern, such as harm_to_others; once for each, all if left out")
	flags.StringVar(&f.facts, "facts", "", `file of answers as JSON, such as {"threat_explicit": true, "target": "group"}; - reads them from standard input`)
	f.asOf.register(cmd)
	flags.BoolVar(&f.asJSON, "json", false, "write JSON")
}

// query reads the flags. What is wrong in them ends in a usageError.
func (f *queryFlags) query(cmd *cobra.Command, s *shelf) (rules.Query, error) {
	q := rules.Query{
		Client:     rules.JurisdictionID(f.jurisdiction),
		Licence:    rules.JurisdictionID(f.licence),
		Profession: rules.ProfessionID(f.profession),
		Topics:     as[rules.TopicID](f.topics),
		Facts:      rules.Facts{},
		AsOf:       s.today,
	}
	wrong := func(err error) (rules.Query, error) {
		return rules.Query{}, usageError{command: cmd.CommandPath(), cause: err}
	}
	if f.jurisdiction == "" || f.profession == "" {
		return wrong(fmt.Errorf("%s needs --jurisdiction and --profession", cmd.CommandPath()))
	}
	if len(q.Topics) == 0 {
		for _, t := range s.book.Vocabulary().Topics {
			q.Topics = append(q.Topics, t.ID)
		}
	}
	var err error
	if q.AsOf, err = f.asOf.or(cmd, s.today); err != nil || f.facts == "" {
		return q, err
	}
	data, err := f.readFacts(cmd.InOrStdin())
	if err != nil {
		return rules.Query{}, err
	}
	if q.Facts, err = s.book.ParseFacts(data); err != nil {
		if _, unknown := errors.AsType[*rules.QueryError](err); unknown {
			err = fmt.Errorf("%w (curbside rules facts lists the facts and their answers)", err)
		}
		return wrong(err)
	}
	return q, nil
}

func (f *queryFlags) readFacts(stdin io.Reader) ([]byte, error) {
	var data []byte
	var err error
	if f.facts == "-" {
		data, err = io.ReadAll(stdin)
	} else {
		data, err = os.ReadFile(f.facts)
	}
	if err != nil {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	return data, nil
}

// refused turns what the book does not know into a usageError.
func refused(cmd *cobra.Command, err error) error {
	if q, ok := errors.AsType[*rules.QueryError](err); ok {
		return usageError{command: cmd.CommandPath(), cause: q}
	}
	return err
}
