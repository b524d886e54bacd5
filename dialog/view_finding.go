package dialog

import (
	"maps"
	"slices"
	"strings"

	"curbside/rules"
)

// maxLaws is how many rules a card shows in full; the rest is one press away.
const maxLaws = 5

// lawsPerPage is how many rules a page of everything the law says holds.
const lawsPerPage = 5

// effectWords says what a rule does. The titles of bars say what to do or leave
// undone, so that no "must not" may stand before them.
func effectWords(e rules.Effect) string {
	switch e {
	case rules.Must:
		return "You must"
	case rules.MustNot:
		return "A limit the law sets"
	case rules.May:
		return "You may"
	default:
		return "Good practice"
	}
}

// headline is a rule in one line; a title that says it itself is not told twice.
func headline(r *rules.Rule) string {
	words := effectWords(r.Effect)
	if strings.HasPrefix(r.Title, words) {
		return r.Title
	}
	return words + ": " + r.Title
}

// thinkThrough shows the finding in full.
func (v *card) thinkThrough() {
	laws := v.laws(false)
	for _, l := range laws[:min(len(laws), maxLaws)] {
		v.add(l)
	}
	if len(laws) == 0 {
		v.say(TonePlain, "No rule of the packs asks, permits or bars anything on these answers. Confidentiality stands.")
	}
	if two := differences(v.env, v.c.Case, v.s); len(two) > 0 {
		v.add(List{Tone: ToneWarning, Title: "Two laws were looked at", Items: two})
	}
	if more := len(laws) - maxLaws; more > 0 {
		v.say(ToneMuted, "And "+plural(more, "more rule")+": press \"All the law says\".")
	}
	v.caveats()
	v.weighing(3)
	v.add(Buttons{Items: []Button{
		{Label: "Go on: what are the ways?", Press: v.c.press(ActGo, string(PhaseHypothesise)), Style: StylePrimary},
		v.c.button("For and against each way", ActWeigh),
	}})
}

// laws are the rules that stand, in order of urgency: duties, where rules pull
// apart, the rest, how to tell, and what the law does not ask. While questions
// are open, what is undetermined only by them is left out unless open is set.
func (v *card) laws(open bool) []Law {
	var firm, rest, how []Law
	open = open || v.s.complete()
	for _, r := range v.s.finding.Rules {
		switch {
		case r.Status == rules.DoesNotApply || r.Status == rules.Undetermined && !open:
		case manner(r.Rule):
			how = append(how, v.law(r))
		case r.Status == rules.Applies && r.Rule.Effect == rules.Must:
			firm = append(firm, v.law(r))
		default:
			rest = append(rest, v.law(r))
		}
	}
	laws := slices.Concat(firm, v.conflicts(open), rest, how)
	for _, s := range v.s.finding.Statements {
		laws = append(laws, v.statement(s))
	}
	return laws
}

// law is one rule as the card shows it.
func (v *card) law(r rules.RuleFinding) Law {
	l := Law{
		Effect: effectWords(r.Rule.Effect), Kind: string(r.Rule.Effect), Title: r.Rule.Title, Text: r.Rule.Summary,
		Citations: r.Rule.Citations, Footer: v.lawFooter(r.Jurisdiction, r.Seat, r.Rule.ID, r.Rule.Confidence),
	}
	if r.Status == rules.Undetermined {
		l.Kind = "undetermined"
		l.Effect = "Undetermined: " + strings.ToLower(effectWords(r.Rule.Effect)) + ", if it applies"
		l.Points = append(l.Points, v.settling(r)...)
	}
	for _, d := range r.Deadlines {
		l.Points = append(l.Points, "By when: "+d.Text)
	}
	for _, t := range r.Tell {
		point := "Who is told: " + t.Text
		if len(t.Minimum) > 0 {
			point += ". The minimum: " + strings.Join(t.Minimum, "; ")
		}
		l.Points = append(l.Points, point)
	}
	if r.Status == rules.Applies && r.Rule.Effect == rules.MustNot {
		for _, n := range r.Rule.WaysOut {
			l.Points = append(l.Points, "A lawful way: "+n.Text)
		}
	}
	for _, open := range r.Rule.Open {
		l.Points = append(l.Points, "The law leaves open: "+open)
	}
	l.Points = union(nil, l.Points)
	return l
}

// settling says what would settle an undetermined rule, and how to find out.
func (v *card) settling(r rules.RuleFinding) []string {
	var points []string
	for _, id := range r.Settles[:min(len(r.Settles), 3)] {
		if fact, ok := v.env.Book.Fact(id); ok {
			point := "Would settle it: " + fact.Question
			if fact.Settle != "" {
				point += " " + fact.Settle
			}
			points = append(points, point)
		}
	}
	if len(points) == 0 {
		points = append(points, "No answer of yours settles this: ask counsel.")
	}
	return points
}

// conflicts say which rules pull apart, one for each bar, and name counsel.
func (v *card) conflicts(open bool) []Law {
	var laws []Law
	for _, bar := range v.s.finding.Rules {
		var duties []string
		sure := bar.Status == rules.Applies
		for _, c := range v.s.finding.Conflicts {
			duty, ok := v.s.standing(c.Duty)
			if !ok || c.Bar != bar.Rule.ID || manner(duty.Rule) {
				continue
			}
			duties = append(duties, duty.Rule.Title)
			sure = sure && duty.Status == rules.Applies
		}
		if len(duties) == 0 || !sure && !open {
			continue
		}
		effect := "These pull apart"
		if !sure {
			effect = "These may pull apart"
		}
		laws = append(laws, Law{
			Effect: effect, Kind: "conflict", Title: bar.Rule.Title, Citations: bar.Rule.Citations,
			Text:   "One rule bars what others ask or permit. Ask counsel which way is lawful before you tell anybody more than an emergency needs.",
			Points: []string{"It stands against: " + strings.Join(duties, "; ")},
			Footer: v.lawFooter(bar.Jurisdiction, bar.Seat, bar.Rule.ID, bar.Rule.Confidence),
		})
	}
	return laws
}

func (v *card) statement(s rules.StatementFinding) Law {
	l := Law{
		Effect: "What the law does not ask", Kind: "statement", Title: placeName(v.env.Book, s.Jurisdiction), Text: s.Statement.Text,
		Citations: s.Statement.Citations, Footer: v.lawFooter(s.Jurisdiction, s.Seat, "", s.Statement.Confidence),
	}
	if s.When != "" {
		l.Points = []string{"Only where: " + v.env.Book.SaidWhen(s.Statement)}
	}
	return l
}

// lawFooter says whose law it is, of when, and how well it was checked.
func (v *card) lawFooter(j rules.JurisdictionID, seat rules.Seat, id rules.RuleID, confidence rules.Confidence) string {
	parts := []string{placeName(v.env.Book, j) + v.seatWords(seat)}
	if p := packHolding(v.env.Book, j, id); p != nil {
		parts = append(parts, "as of "+p.AsOf.String(), "text "+shortHash(p.Hash), reviewWords(p.Review, rules.DateOf(v.env.Now)))
	}
	return strings.Join(append(parts, "confidence "+string(confidence)), " · ")
}

// seatWords says why a jurisdiction's law is looked at, when that is not plain.
func (v *card) seatWords(seat rules.Seat) string {
	switch {
	case seat == rules.SeatLicence || seat == rules.SeatClient && v.c.Case.Where != WhereKnown:
		return ", where you are licensed"
	case seat == rules.SeatClient && v.c.Case.Licence != v.c.Case.Client:
		return ", where the client is"
	default:
		return ""
	}
}

// reviewWords says whether counsel has read exactly this text.
func reviewWords(r rules.Review, today rules.Date) string {
	switch {
	case r.By == "":
		return "not reviewed by your counsel"
	case !r.Until.IsZero() && r.Until.Before(today):
		return "counsel's review has run out"
	default:
		return "reviewed by " + r.By + " on " + r.On.String()
	}
}

// packHolding returns the pack of a jurisdiction that a rule stands in, or its first.
func packHolding(b *rules.Book, j rules.JurisdictionID, id rules.RuleID) *rules.Pack {
	packs := b.Packs(j)
	for _, p := range packs {
		if slices.ContainsFunc(p.Rules, func(r rules.Rule) bool { return r.ID == id }) {
			return p
		}
	}
	if len(packs) == 0 {
		return nil
	}
	return packs[0]
}

// caveats are what the finding cannot say: gaps, a client whose place is not known.
func (v *card) caveats() {
	switch v.c.Case.Where {
	case WhereUnknown:
		v.say(ToneWarning, "You do not know where the client is. Shown is federal law and the law where you are licensed; where the client is may ask for more. Ask the client, or look at the address they gave for emergencies, and change the answer.")
	case WhereElsewhere:
		v.say(ToneWarning, "The law of the place where the client is is not covered here: ask counsel there. Shown is federal law and the law where you are licensed.")
	}
	for _, g := range v.s.finding.Gaps {
		label := string(g.Topic)
		if topic, ok := v.env.Book.Topic(g.Topic); ok {
			label = topic.Label
		}
		v.say(ToneWarning, label+", "+placeName(v.env.Book, g.Jurisdiction)+": state law not covered here. Ask counsel; this finding is not complete.")
	}
	if v.s.complete() && len(v.s.rules(rules.Undetermined, rules.Must, rules.MustNot)) > 0 {
		v.say(ToneWarning, "Something is undetermined. What would settle it is named above; where no answer can, ask counsel. If you judge that a duty is there, do not wait.")
	}
}

// standing is what the law says so far, one line each; the finding itself is
// shown in full while it is thought through.
func (v *card) standing() {
	if v.c.Phase == PhaseThink && v.c.Ask == "" && !v.c.Closed() {
		return
	}
	var items []string
	for _, r := range v.s.finding.Rules {
		if r.Status == rules.DoesNotApply || !v.s.complete() && (r.Status == rules.Undetermined || manner(r.Rule)) {
			continue
		}
		line := headline(r.Rule)
		if r.Status == rules.Undetermined {
			line = "Undetermined: " + r.Rule.Title
		}
		cite := ""
		if len(r.Rule.Citations) > 0 {
			cite = " (" + r.Rule.Citations[0] + ")"
		}
		items = append(items, line+cite)
	}
	more := len(items) - 2*maxLaws
	if more > 0 {
		items = append(items[:2*maxLaws], "And "+plural(more, "more rule")+".")
	}
	if len(items) > 0 {
		v.add(List{Title: "What the law says so far", Items: items})
	}
}

// footer says on which texts the finding rests.
func (v *card) footer() {
	var packs []string
	for _, p := range v.s.finding.Packs {
		packs = append(packs, placeName(v.env.Book, p.Jurisdiction)+" as of "+p.AsOf.String()+", text "+shortHash(p.Hash)+", "+reviewWords(p.Review, rules.DateOf(v.env.Now)))
	}
	text := strings.Join(packs, " · ")
	if text != "" {
		text += ". "
	}
	v.say(ToneMuted, text+"What the law says is set apart from what is good practice. Your own judgement decides.")
}

func ruleTitle(b *rules.Book, id rules.RuleID) string {
	if r, _, ok := b.Rule(id); ok {
		return r.Title
	}
	return string(id)
}

func sortedRules(standing map[rules.RuleID]rules.Status) []rules.RuleID {
	return slices.Sorted(maps.Keys(standing))
}
