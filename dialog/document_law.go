package dialog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"curbside/dialog/record"
	"curbside/rules"
)

// law shows what applied, what else the law says, what was looked at and does
// not apply, and exactly which texts that rests on.
func (b documentation) law() []record.Block {
	blocks := b.replay()
	var not []string
	for _, r := range b.study.finding.Rules {
		switch r.Status {
		case rules.Applies:
			blocks = append(blocks, b.entry(r))
		case rules.DoesNotApply:
			not = append(not, b.rejected(r))
		}
	}
	if said := b.statements(); len(said) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "What the law says besides"}, record.List{Items: said})
	}
	if len(not) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "Looked at and found not to apply"}, record.List{Items: not})
	}
	return append(blocks, b.packs()...)
}

// statements are what the law says without asking anything of anybody.
func (b documentation) statements() []string {
	var said []string
	for _, s := range b.study.finding.Statements {
		item := b.jurisdiction(s.Jurisdiction) + b.seat(s.Seat) + ": " + cited(s.Statement.Text, strings.Join(s.Statement.Citations, "; "))
		if s.When != "" {
			item += " Only where: " + b.env.Book.SaidWhen(s.Statement) + "."
		}
		if s.Statement.Confidence != rules.High {
			item += " Checked: " + confidenceWords(s.Statement.Confidence) + "."
		}
		for _, q := range s.Statement.Open {
			item += " Open question: " + q
		}
		said = append(said, item)
	}
	return said
}

// replay says when the law cannot be shown as it stood: nothing is hidden.
func (b documentation) replay() []record.Block {
	s, found := b.study, b.c.Found
	switch {
	case s.err != nil:
		return append([]record.Block{record.Paragraph{Tone: record.Alert, Text: "The finding cannot be made again with the law that is loaded now. What stood is listed as it was kept."}}, b.stood()...)
	case !s.ready:
		return []record.Block{record.Paragraph{Text: "There is no finding: where the client is, the licence and the concerns were not all answered."}}
	case found != nil && !slices.Equal(found.Packs, packsOf(s.finding)):
		return append([]record.Block{record.Paragraph{Tone: record.Alert, Text: "The law that is loaded now is not the text on which the finding rested. What follows is today’s text; what stood then is listed first."}}, b.stood()...)
	default:
		return nil
	}
}

// stood lists the finding as it was kept, with the texts it rested on.
func (b documentation) stood() []record.Block {
	if b.c.Found == nil {
		return nil
	}
	var rows []record.Row
	for _, id := range slices.Sorted(maps.Keys(b.c.Found.Standing)) {
		rows = append(rows, record.Row{Label: statusWords(b.c.Found.Standing[id]), Value: ruleTitle(b.env.Book, id) + " (" + string(id) + ")"})
	}
	rows = append(rows, record.Row{Label: "Rested on", Value: strings.Join(b.c.Found.Packs, ", ")})
	return []record.Block{record.Table{Rows: rows}}
}

// entry shows one rule that applies or is undetermined.
func (b documentation) entry(r rules.RuleFinding) record.Law {
	from := packHolding(b.env.Book, r.Jurisdiction, r.Rule.ID)
	l := record.Law{
		Verdict: verdictWords(r), Weight: record.Permits, Title: r.Rule.Title, Text: r.Rule.Summary,
		Citations: r.Rule.Citations, Footer: b.footer(r.Jurisdiction, r.Seat, from, r.Rule.Confidence),
	}
	switch {
	case r.Status == rules.Undetermined:
		l.Weight = record.Open
	case r.Rule.Effect == rules.Must, r.Rule.Effect == rules.MustNot:
		l.Weight = record.Binds
	}
	for _, e := range r.Elements {
		l.Points = append(l.Points, record.Point{Status: elementWords(e.Status), Text: elementText(r.Rule, e), Citation: e.Element.Citation})
	}
	l.Terms = b.terms(r)
	return l
}

func verdictWords(r rules.RuleFinding) string {
	open := r.Status == rules.Undetermined
	switch {
	case r.Rule.Effect == rules.Must && open:
		return "Undetermined: a possible duty"
	case r.Rule.Effect == rules.Must:
		return "The clinician must"
	case r.Rule.Effect == rules.May && open:
		return "Undetermined: a possible permission"
	case r.Rule.Effect == rules.May:
		return "The clinician may"
	case r.Rule.Effect == rules.MustNot && open:
		return "Undetermined: a possible bar"
	case r.Rule.Effect == rules.MustNot:
		return "The clinician must not"
	case open:
		return "Undetermined: possibly good practice"
	default:
		return "Good practice"
	}
}

func statusWords(s rules.Status) string {
	switch s {
	case rules.Applies:
		return "Applies"
	case rules.DoesNotApply:
		return "Does not apply"
	default:
		return "Undetermined"
	}
}

func elementWords(s rules.Status) string {
	switch s {
	case rules.Applies:
		return "Met"
	case rules.DoesNotApply:
		return "Not met"
	default:
		return "Not known"
	}
}

// elementText is an element with what it is in its rule: one of several ways, or an exception.
func elementText(rule *rules.Rule, e rules.ElementFinding) string {
	if e.Except {
		return "Exception: " + e.Element.Text
	}
	for i, limb := range rule.AnyOf {
		if limb.ID != e.Limb {
			continue
		}
		way := fmt.Sprintf("Way %d of %d", i+1, len(rule.AnyOf))
		if limb.Text != "" {
			way += ", " + strings.TrimRight(limb.Text, ".")
		}
		return way + ": " + e.Element.Text
	}
	return e.Element.Text
}

// terms are how a rule is met, by when, what protects who follows it, and what it leaves open.
func (b documentation) terms(r rules.RuleFinding) []record.Row {
	var rows []record.Row
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, record.Row{Label: label, Value: value})
		}
	}
	if r.Discharge != nil {
		label := "Is met by"
		switch {
		case r.Rule.Effect == rules.MustNot:
			label = "Bars"
		case r.Discharge.Kind == rules.EarnsImmunity:
			label = "Earns immunity"
		}
		add(label, b.steps(*r.Discharge, r.Jurisdiction))
	}
	for _, d := range r.Deadlines {
		add("By when", clock{rule: r, deadline: d}.label(b.env)+": "+cited(d.Text, d.Citation))
	}
	for _, t := range r.Tell {
		add("Is told", t.Text)
	}
	for _, n := range r.Rule.Immunity {
		add("Immunity", cited(n.Text, n.Citation))
	}
	for _, n := range r.Rule.WaysOut {
		add("Lawful way", cited(n.Text, n.Citation))
	}
	for _, n := range r.Rule.Notes {
		add("Note", cited(n.Text, n.Citation))
	}
	return append(rows, openQuestions(r.Rule.Open)...)
}

func openQuestions(open []string) []record.Row {
	rows := make([]record.Row, len(open))
	for i, q := range open {
		rows[i] = record.Row{Label: "Open question", Value: q}
	}
	return rows
}

func cited(text, citation string) string {
	if citation == "" {
		return text
	}
	return text + " (" + citation + ")"
}

// steps puts a discharge tree in words.
func (b documentation) steps(d rules.Discharge, in rules.JurisdictionID) string {
	join := func(branches []rules.Discharge, before, between string) string {
		said := make([]string, len(branches))
		for i, branch := range branches {
			said[i] = b.steps(branch, in)
		}
		if len(said) == 1 {
			return said[0]
		}
		return before + strings.Join(said, between)
	}
	var said string
	switch {
	case d.Action != "":
		said = b.action(d.Action)
		if a, ok := b.env.Book.Agency(in, d.Agency); ok {
			said += " [" + a.Name + "]"
		}
	case len(d.All) > 0:
		said = join(d.All, "all of: ", "; ")
	case len(d.Any) > 0:
		said = join(d.Any, "one of: ", "; or ")
	case len(d.First) > 0:
		said = join(d.First, "in this order: ", "; if that cannot be had, ")
	}
	if d.Text != "" {
		said += " (" + strings.TrimRight(d.Text, ".") + ")"
	}
	return said
}

// rejected says why a rule does not apply.
func (b documentation) rejected(r rules.RuleFinding) string {
	said := r.Rule.Title + " (" + strings.Join(r.Rule.Citations, "; ") + ")"
	for _, e := range r.Elements {
		switch {
		case e.Except && e.Status == rules.Applies:
			return said + ": an exception is met: " + e.Element.Text
		case !e.Except && e.Limb == "" && e.Status == rules.DoesNotApply:
			return said + ": not met: " + e.Element.Text
		}
	}
	if len(r.Rule.AnyOf) > 0 {
		return said + ": none of its ways is met."
	}
	return said
}

// open lists what is undetermined and what would settle it, conflicts and gaps.
func (b documentation) open() []record.Block {
	var blocks []record.Block
	for _, line := range differences(b.env, b.c.Case, b.study) {
		blocks = append(blocks, record.Paragraph{Text: strings.ToUpper(line[:1]) + line[1:]})
	}
	for _, r := range b.study.finding.Rules {
		if r.Status != rules.Undetermined {
			continue
		}
		entry := b.entry(r)
		for _, id := range r.Settles {
			entry.Terms = append(entry.Terms, record.Row{Label: "Would settle it", Value: b.settles(id)})
		}
		blocks = append(blocks, entry)
	}
	for _, c := range b.study.finding.Conflicts {
		blocks = append(blocks, record.Paragraph{Tone: record.Alert, Text: "Two rules pull apart: “" + ruleTitle(b.env.Book, c.Bar) + "” and “" + ruleTitle(b.env.Book, c.Duty) + "”. This needs counsel."})
	}
	for _, g := range b.study.finding.Gaps {
		blocks = append(blocks, record.Paragraph{Tone: record.Alert, Text: "The law of " + b.jurisdiction(g.Jurisdiction) + " on “" + b.topic(g.Topic) + "” is not covered here: ask counsel."})
	}
	if len(blocks) == 0 && b.study.complete() {
		return []record.Block{record.Paragraph{Text: "Nothing on the answers given."}}
	}
	return blocks
}

func (b documentation) settles(id rules.FactID) string {
	f, ok := b.env.Book.Fact(id)
	if !ok {
		return string(id)
	}
	if f.Settle == "" {
		return f.Short
	}
	return f.Short + ": " + f.Settle
}

// footer says whose law it is, from which pack, and how far its text was checked.
func (b documentation) footer(j rules.JurisdictionID, seat rules.Seat, from *rules.Pack, confidence rules.Confidence) string {
	parts := []string{b.jurisdiction(j) + b.seat(seat)}
	if from != nil {
		parts = append(parts, "as of "+from.AsOf.String(), "pack "+shortHash(from.Hash), b.review(from.Review))
	}
	return strings.Join(append(parts, confidenceWords(confidence)), " · ")
}

// seat says why a jurisdiction's law was looked at, when that is not plain.
func (b documentation) seat(s rules.Seat) string {
	switch k := b.c.Case; {
	case s == rules.SeatLicence, s == rules.SeatClient && k.Where != WhereKnown:
		return ", where the clinician is licensed"
	case s == rules.SeatClient && k.Licence != k.Client:
		return ", where the client is"
	default:
		return ""
	}
}

func confidenceWords(c rules.Confidence) string {
	switch c {
	case rules.High:
		return "the text or an official source was read"
	case rules.Medium:
		return "read in part or in a secondary source"
	default:
		return "a pointer for counsel, not settled"
	}
}

// review says whether counsel had read the text on the day of the consult.
func (b documentation) review(r rules.Review) string {
	switch {
	case r.By == "":
		return "not reviewed by counsel"
	case r.Until.Before(b.c.Case.AsOf):
		return "review by " + r.By + " ran out on " + r.Until.String()
	default:
		return "reviewed by " + r.By + " on " + r.On.String() + ", until " + r.Until.String()
	}
}

// shortHash is the part of a hash that people compare.
func shortHash(hash string) string { return hash[:min(len(hash), 12)] }

// packs names exactly the texts and the program the finding rests on.
func (b documentation) packs() []record.Block {
	var rows []record.Row
	for _, p := range b.study.finding.Packs {
		rows = append(rows, record.Row{
			Label: p.Name + " (" + string(p.Jurisdiction) + ")",
			Value: "as of " + p.AsOf.String() + ", " + b.review(p.Review) + ", SHA-256 " + p.Hash,
		})
	}
	if b.c.Found != nil && b.c.Found.Program != "" {
		rows = append(rows, record.Row{Label: "Program", Value: "Curbside " + b.c.Found.Program})
	}
	if len(rows) == 0 {
		return nil
	}
	return []record.Block{record.Paragraph{Tone: record.Subtitle, Text: "Texts the finding rests on"}, record.Table{Rows: rows}}
}
