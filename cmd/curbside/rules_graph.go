package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/spf13/cobra"

	"curbside/rules"
)

//go:embed rules_graph.svg
var graphPicture string

func newRulesGraphCommand(open opener) *cobra.Command {
	var asOf dayFlag
	cmd := &cobra.Command{
		Use:   "graph RULE",
		Short: "Draw how a rule is decided, as SVG",
		Args:  exactArgs(1, "the id of a rule, such as us-ca.harm.protect"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := asOf.on(cmd, open)
			if err != nil {
				return err
			}
			rule, home, ok := s.book.Rule(rules.RuleID(args[0]))
			if !ok {
				return usageError{
					command: cmd.CommandPath(),
					cause:   fmt.Errorf("there is no rule %q; curbside rules list --jurisdiction US-CA shows those of a place", args[0]),
				}
			}
			picture, err := template.New("graph").Parse(graphPicture)
			if err != nil {
				return fmt.Errorf("draw the rule: %w", err)
			}
			var out bytes.Buffer
			if err := picture.Execute(&out, newGraph(s.book, home, inWords(s.book, rule), s.today)); err != nil {
				return fmt.Errorf("draw the rule: %w", err)
			}
			if _, err := cmd.OutOrStdout().Write(out.Bytes()); err != nil {
				return fmt.Errorf("write the picture: %w", err)
			}
			return nil
		},
	}
	asOf.register(cmd)
	return cmd
}

// Measures of the picture, in pixels.
const (
	graphLetters = 62 // of a line of text
	graphLine    = 20
	graphPad     = 14
	graphGap     = 44
)

// A graph is a rule from top to bottom: what must be met, one box each, with a
// way out to the right that ends in "does not apply".
type graph struct {
	Title, Description string
	Height, RailTop    int // RailTop is where the first way out joins the rail
	Boxes              []graphBox
	Rail               bool
	RailEnd            int // the middle of the last box, where the rail ends
}

// A graphBox is one step.
type graphBox struct {
	Class       string // start, element, limbs, unless or outcome
	Y, Height   int
	Lines       []graphText
	Exit        string // what leads out, "" for no way out
	Middle, End int    // of the box, and of the arrow under it; End is 0 without one
}

// A graphText is one line of a box.
type graphText struct {
	Y      int
	Text   string
	Strong bool
}

func newGraph(b *rules.Book, home rules.JurisdictionID, r *rules.Rule, day rules.Date) graph {
	g := graph{
		Title:       duty(r.Effect) + ": " + r.Title,
		Description: graphDescription(r),
	}
	about := []string{"Binds: " + bindingWords(b, r)}
	if force := forceText(r.Effective, day); force != "" {
		about = append(about, "In force: "+force)
	}
	g.box("start", "", []string{string(r.ID)}, about)
	for _, e := range r.Elements {
		g.box("element", "not met", []string{e.Text}, []string{e.When})
	}
	if len(r.AnyOf) > 0 {
		g.limbs(r.AnyOf)
	}
	for _, e := range r.Unless {
		g.box("unless", "met", []string{"Unless: " + e.Text}, []string{e.When})
	}
	head := g.Title
	class := "outcome"
	if neverFirm(r) {
		head, class = "Undetermined, ask counsel: "+head, "outcome open"
	}
	if !r.Effective.Covers(day) {
		head, class = fmt.Sprintf("Not in force on %s: %s", day, head), "outcome open"
		g.Description = fmt.Sprintf("The rule is not in force on %s. ", day) + g.Description
	}
	var then []string
	if r.Discharge != nil {
		then = append(then, dischargeLabel(r.Discharge)+":")
		then = append(then, trimmed(dischargeLines(b, home, r.Discharge))...)
	}
	for _, d := range r.Deadlines {
		then = append(then, "By: "+clockText(b, home, d))
	}
	g.box(class, "", []string{head}, then)
	g.finish()
	return g
}

// graphDescription says the whole picture to somebody who cannot see it.
func graphDescription(r *rules.Rule) string {
	var parts []string
	for _, p := range points(r) {
		parts = append(parts, p.Status+": "+p.Text)
	}
	if len(parts) == 0 {
		return "The rule applies to everybody it binds."
	}
	return "The rule applies when everything required is met, with one of the alternatives where there are any, and no exception. " + strings.Join(parts, " ")
}

// box adds a step below the last one.
func (g *graph) box(class, exit string, strong, plain []string) {
	box := graphBox{Class: class, Exit: exit, Y: g.Height + graphPad}
	y := box.Y + graphPad
	write := func(texts []string, strong bool) {
		for _, text := range texts {
			if text == "" {
				continue
			}
			for _, line := range wrap(text, graphLetters) {
				y += graphLine
				box.Lines = append(box.Lines, graphText{y - graphLine/4, line, strong})
			}
		}
	}
	write(strong, true)
	write(plain, false)
	box.Height = y + graphPad - box.Y
	box.Middle = box.Y + box.Height/2
	g.Height = box.Y + box.Height + graphGap - graphPad
	g.Boxes = append(g.Boxes, box)
}

// limbs adds one step that holds the alternatives, one under the other.
func (g *graph) limbs(limbs []rules.Limb) {
	texts := make([]string, 0, 4*len(limbs))
	for i, limb := range limbs {
		texts = append(texts, strings.TrimSuffix(fmt.Sprintf("Either %d: %s", i+1, limb.Text), ": "))
		for j, e := range limb.Elements {
			joint := "– "
			if j > 0 {
				joint = "– and "
			}
			texts = append(texts, joint+e.Text+" ["+e.When+"]")
		}
	}
	g.box("limbs", "none met", []string{"At least one of these, each as a whole"}, texts)
}

// finish joins the boxes and leads the ways out to the last line.
func (g *graph) finish() {
	for i := range g.Boxes {
		box := &g.Boxes[i]
		if i < len(g.Boxes)-1 {
			box.End = g.Boxes[i+1].Y
		}
		if box.Exit != "" && !g.Rail {
			g.Rail, g.RailTop = true, box.Middle
		}
	}
	g.RailEnd = g.Boxes[len(g.Boxes)-1].Y + 2*graphPad
}
