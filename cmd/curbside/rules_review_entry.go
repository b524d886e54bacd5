package main

import (
	"fmt"
	"slices"
	"strings"

	"curbside/dialog/record"
	"curbside/rules"
)

// ruleEntry is a rule as it is put before counsel: conditions in words, nothing left out.
func ruleEntry(b *rules.Book, p *rules.Pack, rule *rules.Rule, cases []string, day rules.Date) record.Law {
	r := inWords(b, rule)
	e := record.Law{
		Verdict: duty(r.Effect), Weight: weightOf(r), Title: r.Title, Text: r.Summary,
		Points: points(r), Citations: r.Citations, Footer: entryFooter(p, string(r.ID)),
	}
	if neverFirm(r) {
		e.Verdict = "Undetermined: " + e.Verdict
	}
	add := func(label string, values ...string) {
		for _, v := range values {
			if v != "" {
				e.Terms = append(e.Terms, record.Row{Label: label, Value: v})
			}
		}
	}
	add("Concerns", topicLabels(b, r.Topics))
	add("Binds", bindingWords(b, r))
	add("In force", forceText(r.Effective, day))
	add(dischargeLabel(r.Discharge), trimmed(dischargeLines(b, p.Jurisdiction, r.Discharge))...)
	for _, t := range r.Tell {
		add("Tell", tellText(t))
	}
	for _, d := range r.Deadlines {
		add("By when", clockText(b, p.Jurisdiction, d))
	}
	add("Immunity", noteTexts(r.Immunity)...)
	add("Ways out", noteTexts(r.WaysOut)...)
	add("Supervisor", signOffText(r.SignOff))
	add("Note", noteTexts(r.Notes)...)
	if r.Unsettled {
		add("Unsettled", "What is open decides the outcome; the rule never ends firmer than undetermined.")
	}
	add("Open question", r.Open...)
	add("Rests on", strings.ReplaceAll(join(r.Basis), "_", " ")+"; confidence "+string(r.Confidence))
	add("Read in", sourceTexts(r.Sources)...)
	add("Case", cases...)
	return e
}

func statementEntry(b *rules.Book, p *rules.Pack, st *rules.Statement) record.Law {
	e := record.Law{
		Verdict: "Statement", Title: topicLabels(b, st.Topics), Text: st.Text, Citations: st.Citations, Footer: entryFooter(p, st.ID),
		Terms: []record.Row{{Label: "Confidence", Value: string(st.Confidence)}},
	}
	if when := b.SaidWhen(st); when != "" {
		e.Terms = append(e.Terms, record.Row{Label: "Said only where", Value: when})
	}
	if len(st.Professions) > 0 {
		e.Terms = append(e.Terms, record.Row{Label: "For", Value: professionLabels(b, st.Professions)})
	}
	for _, open := range st.Open {
		e.Terms = append(e.Terms, record.Row{Label: "Open question", Value: open})
	}
	for _, source := range sourceTexts(st.Sources) {
		e.Terms = append(e.Terms, record.Row{Label: "Read in", Value: source})
	}
	return e
}

func weightOf(r *rules.Rule) record.Weight {
	switch {
	case neverFirm(r):
		return record.Open
	case r.Effect == rules.Must || r.Effect == rules.MustNot:
		return record.Binds
	}
	return record.Permits
}

// points lists what must be met, the ways to meet the rest, and the exceptions.
func points(r *rules.Rule) []record.Point {
	var all []record.Point
	add := func(status, before string, elements []rules.Element) {
		for _, e := range elements {
			all = append(all, record.Point{Status: status, Text: fmt.Sprintf("%s%s. Met when: %s.", before, strings.TrimSuffix(e.Text, "."), e.When), Citation: e.Citation})
		}
	}
	add("Required", "", r.Elements)
	for i, limb := range r.AnyOf {
		before := ""
		if limb.Text != "" {
			before = limb.Text + ": "
		}
		add(fmt.Sprintf("Either %d", i+1), before, limb.Elements)
	}
	add("Unless", "", r.Unless)
	return all
}

// inWords is a copy of a rule whose conditions are in words.
func inWords(b *rules.Book, r *rules.Rule) *rules.Rule {
	c := *r
	words := func(when string) string { return b.InWords(r.ID, when) }
	say := func(elements []rules.Element) []rules.Element {
		said := slices.Clone(elements)
		for i := range said {
			said[i].When = words(said[i].When)
		}
		return said
	}
	c.Elements, c.Unless, c.AnyOf = say(r.Elements), say(r.Unless), slices.Clone(r.AnyOf)
	for i := range c.AnyOf {
		c.AnyOf[i].Elements = say(c.AnyOf[i].Elements)
	}
	c.Tell, c.Deadlines = slices.Clone(r.Tell), slices.Clone(r.Deadlines)
	for i := range c.Tell {
		c.Tell[i].When = words(c.Tell[i].When)
	}
	for i := range c.Deadlines {
		c.Deadlines[i].When = words(c.Deadlines[i].When)
	}
	if r.Discharge != nil {
		c.Discharge = &branchesInWords([]rules.Discharge{*r.Discharge}, words)[0]
	}
	return &c
}

func branchesInWords(branches []rules.Discharge, words func(string) string) []rules.Discharge {
	said := slices.Clone(branches)
	for i := range said {
		d := &said[i]
		d.When = words(d.When)
		d.All, d.Any, d.First = branchesInWords(d.All, words), branchesInWords(d.Any, words), branchesInWords(d.First, words)
	}
	return said
}

func topicLabels(b *rules.Book, ids []rules.TopicID) string {
	labels := make([]string, len(ids))
	for i, id := range ids {
		labels[i] = string(id)
		if t, ok := b.Topic(id); ok {
			labels[i] = t.Label
		}
	}
	return strings.Join(labels, "; ")
}

// professionLabels names licences; a group has no label and is said as it is written.
func professionLabels(b *rules.Book, ids []rules.ProfessionID) string {
	labels := make([]string, len(ids))
	for i, id := range ids {
		labels[i] = strings.ReplaceAll(string(id), "_", " ")
		if p, ok := b.Profession(id); ok {
			labels[i] = p.Label
		}
	}
	return strings.Join(labels, "; ")
}

func bindingWords(b *rules.Book, r *rules.Rule) string {
	text := professionLabels(b, r.Professions)
	if len(r.Except) > 0 {
		text += ". Not: " + professionLabels(b, r.Except)
	}
	return text
}

func noteTexts(notes []rules.Note) []string {
	texts := make([]string, len(notes))
	for i, n := range notes {
		texts[i] = noteText(n)
	}
	return texts
}

func sourceTexts(sources []rules.Source) []string {
	texts := make([]string, len(sources))
	for i, s := range sources {
		texts[i] = strings.Join(strings.Fields(s.Title+" "+s.URL+" "+s.AsOf), " ")
	}
	return texts
}

// trimmed takes the indents away, where a dash alone shows the depth.
func trimmed(lines []string) []string {
	for i, line := range lines {
		depth := (len(line) - len(strings.TrimLeft(line, " "))) / 2
		lines[i] = strings.Repeat("– ", depth) + strings.TrimLeft(line, " ")
	}
	return lines
}
