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
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Print what the packs hold, by jurisdiction and concern, as Markdown",
		Long: "Prints for every jurisdiction and concern the strongest effect, what it rests on, how\n" +
			"well that was checked, how many rules and cases there are, and how many questions a\n" +
			"consult takes, measured on random answers.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := asOf.on(cmd, open)
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
	asOf.register(cmd)
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
	fmt.Fprintf(&out, "# The rule packs\n\nWritten by `make rules-report`. The questions are those of %d consults with random answers for each line, of a %s: the median and the most. Effects and citations are those of the strongest rules in force on %s; what counsel has not reviewed says so.\n",
		reportConsults, reportProfession, today)
	for _, j := range on {
		packs := b.Packs(j)
		fmt.Fprintf(&out, "\n## %s (%s)\n", packs[0].Name, j)
		for i, pack := range packs {
			fmt.Fprintf(&out, "\n%sAs of %s, text %s, %s. %s rules, %d statements.\n", ownName(i, pack), pack.AsOf, pack.Hash[:12], reviewText(pack.Review), ruleCount(pack, today), len(pack.Statements))
		}
		out.WriteByte('\n')
		out.WriteString("| concern | effect | rests on | confidence | rules | cases | questions |\n|---|---|---|---|---|---|---|\n")
		for _, topic := range reportTopics {
			line, err := reportLine(b, packs, topic, tested, today)
			if err != nil {
				return "", err
			}
			out.WriteString(line)
		}
	}
	return out.String(), nil
}

// ownName names a practice's own pack, which comes after the shipped one.
func ownName(i int, p *rules.Pack) string {
	if i == 0 {
		return ""
	}
	return p.Name + ", of the practice: "
}

func reportLine(b *rules.Book, packs []*rules.Pack, topic rules.TopicID, tested map[rules.RuleID]int, today rules.Date) (string, error) {
	on, statements := onTopic(packs, topic)
	count := 0
	for _, r := range on {
		count += tested[r.ID]
	}
	effect, citations, confidence := "nothing imposed", []string(nil), rules.Confidence("")
	now := inForce(on, today)
	if len(now) > 0 {
		strongest := slices.MinFunc(now, func(x, y *rules.Rule) int { return cmp.Compare(strength(x), strength(y)) })
		effect = effectText(strongest)
		citations, confidence = strongest.Citations, strongest.Confidence
	} else {
		if len(on) > 0 {
			effect = "nothing in force"
		}
		for _, s := range statements {
			citations, confidence = append(citations, s.Citations...), s.Confidence
		}
	}
	median, most, err := questions(b, packs[0].Jurisdiction, topic, today)
	if err != nil {
		return "", fmt.Errorf("measure %s in %s: %w", topic, packs[0].Jurisdiction, err)
	}
	label, _ := b.Topic(topic)
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %d | %d, at most %d |\n",
		label.Label, effect, strings.ReplaceAll(strings.Join(citations[:min(3, len(citations))], "; "), "|", "\\|"), confidence, countText(len(on), len(now)), count, median, most), nil
}

// onTopic gathers what packs say on a concern.
func onTopic(packs []*rules.Pack, topic rules.TopicID) (on []*rules.Rule, statements []*rules.Statement) {
	for _, p := range packs {
		for i := range p.Rules {
			if r := &p.Rules[i]; slices.Contains(r.Topics, topic) {
				on = append(on, r)
			}
		}
		for i := range p.Statements {
			if s := &p.Statements[i]; slices.Contains(s.Topics, topic) {
				statements = append(statements, s)
			}
		}
	}
	return on, statements
}

// strength orders rules: duties first, the settled before the open, so that a
// permission never hides a duty that counsel has to settle; then everything else,
// the settled before the open, and last what only says how to disclose.
func strength(r *rules.Rule) int {
	order := 2 * slices.Index([]rules.Effect{rules.Must, rules.May, rules.MustNot, rules.Should}, r.Effect)
	switch {
	case onlyHow(r):
		return order + 20
	case !neverFirm(r):
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
