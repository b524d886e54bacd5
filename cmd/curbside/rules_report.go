package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"curbside/rules"
)

// reportTopics are the concerns that the report measures.
var reportTopics = []rules.TopicID{"harm_to_others", "self_harm", "child_abuse", "elder_abuse", "dependent_adult_abuse"}

// reportConsults is how many consults with random answers measure one cell. They
// are the same ones each time.
const reportConsults = 60

// reportProfession is the licence of these consults: one that most laws name.
const reportProfession rules.ProfessionID = "psychologist"

func newRulesReportCommand(open opener) *cobra.Command {
	var jurisdiction string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Print what the packs hold, by jurisdiction and concern, as Markdown",
		Long: "Prints for every jurisdiction and concern the strongest effect, what it rests on, how\n" +
			"well that was checked, how many rules and cases there are, and how many questions a\n" +
			"consult takes, measured on random answers.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := open()
			if err != nil {
				return err
			}
			cases, err := s.cases()
			if err != nil {
				return err
			}
			on := s.book.Jurisdictions()
			if jurisdiction != "" {
				on = []rules.JurisdictionID{rules.JurisdictionID(jurisdiction)}
				if _, ok := s.book.Pack(on[0]); !ok {
					return unknownPlace(cmd, on[0])
				}
			}
			report, err := rulesReport(s.book, on, cases, s.today)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), report)
			return err
		},
	}
	cmd.Flags().StringVar(&jurisdiction, "jurisdiction", "", "report on this one alone, such as US-CA")
	return cmd
}

func rulesReport(b *rules.Book, on []rules.JurisdictionID, cases []rules.Case, today rules.Date) (string, error) {
	tested := map[rules.RuleID]int{}
	for _, c := range cases {
		for id := range c.Expect {
			tested[id]++
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "# The rule packs\n\nWritten by `make rules-report`. The questions are those of %d consults with random answers for each line, of a %s: the median and the most. Effects and citations are those of the strongest rules; what counsel has not reviewed says so.\n",
		reportConsults, reportProfession)
	for _, j := range on {
		pack, _ := b.Pack(j)
		fmt.Fprintf(&out, "\n## %s (%s)\n\nAs of %s, text %s, %s. %d rules, %d statements.\n\n", pack.Name, j, pack.AsOf, pack.Hash[:12], reviewText(pack.Review), len(pack.Rules), len(pack.Statements))
		out.WriteString("| concern | effect | rests on | confidence | rules | cases | questions |\n|---|---|---|---|---|---|---|\n")
		for _, topic := range reportTopics {
			line, err := reportLine(b, pack, topic, tested, today)
			if err != nil {
				return "", err
			}
			out.WriteString(line)
		}
	}
	return out.String(), nil
}

func reportLine(b *rules.Book, pack *rules.Pack, topic rules.TopicID, tested map[rules.RuleID]int, today rules.Date) (string, error) {
	var on []*rules.Rule
	count := 0
	for i := range pack.Rules {
		if r := &pack.Rules[i]; slices.Contains(r.Topics, topic) {
			on = append(on, r)
			count += tested[r.ID]
		}
	}
	effect, citations, confidence := "nothing imposed", []string(nil), rules.Confidence("")
	if len(on) > 0 {
		strongest := slices.MinFunc(on, func(x, y *rules.Rule) int { return cmp.Compare(strength(x), strength(y)) })
		effect = strings.ReplaceAll(string(strongest.Effect), "_", " ")
		if strongest.Unsettled || strongest.Confidence == rules.Low {
			effect = "undetermined (" + effect + ")"
		}
		citations, confidence = strongest.Citations, strongest.Confidence
	} else {
		for _, s := range pack.Statements {
			if slices.Contains(s.Topics, topic) {
				citations, confidence = append(citations, s.Citations...), s.Confidence
			}
		}
	}
	median, most, err := questions(b, pack.Jurisdiction, topic, today)
	if err != nil {
		return "", fmt.Errorf("measure %s in %s: %w", topic, pack.Jurisdiction, err)
	}
	label, _ := b.Topic(topic)
	return fmt.Sprintf("| %s | %s | %s | %s | %d | %d | %d, at most %d |\n",
		label.Label, effect, strings.ReplaceAll(strings.Join(citations[:min(3, len(citations))], "; "), "|", "\\|"), confidence, len(on), count, median, most), nil
}

// strength orders rules: duties first, the settled before the open, so that a
// permission never hides a duty that counsel has to settle; then everything else,
// the settled before the open.
func strength(r *rules.Rule) int {
	order := 2 * slices.Index([]rules.Effect{rules.Must, rules.May, rules.MustNot, rules.Should}, r.Effect)
	switch {
	case !r.Unsettled && r.Confidence != rules.Low:
		return order
	case r.Effect == rules.Must:
		return order + 1
	default:
		return order + 10
	}
}

// questions plays consults with random answers to their end and returns the
// median and the largest number of questions.
func questions(b *rules.Book, j rules.JurisdictionID, topic rules.TopicID, today rules.Date) (median, most int, err error) {
	draw := rand.New(rand.NewPCG(1, 2)) // the same answers each time
	var counts []int
	for range reportConsults {
		q := rules.Query{Client: j, Profession: reportProfession, Topics: []rules.TopicID{topic}, Facts: rules.Facts{}, AsOf: today}
		for {
			next, more, err := b.Next(q)
			if err != nil {
				return 0, 0, err
			}
			if !more {
				break
			}
			q.Facts[next.Fact.ID] = randomAnswer(draw, next.Fact)
		}
		counts = append(counts, len(q.Facts))
	}
	slices.Sort(counts)
	return counts[len(counts)/2], counts[len(counts)-1], nil
}

// randomAnswer answers a fact; one answer in ten is that nobody knows.
func randomAnswer(draw *rand.Rand, f *rules.Fact) rules.Answer {
	if draw.IntN(10) == 0 {
		return rules.Answer{Unknown: true}
	}
	switch f.Kind {
	case rules.Bool:
		return rules.Answer{Values: []rules.Value{[]rules.Value{rules.Yes, rules.No}[draw.IntN(2)]}}
	case rules.Choice:
		return rules.Answer{Values: []rules.Value{f.Choices[draw.IntN(len(f.Choices))].ID}}
	default:
		a := rules.Answer{Values: []rules.Value{}}
		for _, c := range f.Choices {
			if draw.IntN(len(f.Choices)) == 0 {
				a.Values = append(a.Values, c.ID)
			}
		}
		slices.Sort(a.Values)
		return a
	}
}
