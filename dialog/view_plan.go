package dialog

import (
	"slices"
	"strings"

	"curbside/rules"
)

// weighing says briefly what speaks for and against some ways.
func (v *card) weighing(limit int) {
	var items []string
	for _, w := range ways(v.env, v.c, v.s) {
		if line := weighed(w.action, 1); line != "" && len(items) < limit {
			items = append(items, line)
		}
	}
	if len(items) > 0 {
		v.add(List{Tone: TonePractice, Title: "Benefits and harms, the least intrusive ways first", Items: items})
	}
}

// weighed names an action with up to n benefits and harms, "" when none are known.
func weighed(a *rules.Action, n int) string {
	var parts []string
	if len(a.Benefits) > 0 {
		parts = append(parts, "For: "+strings.Join(a.Benefits[:min(n, len(a.Benefits))], "; "))
	}
	if len(a.Harms) > 0 {
		parts = append(parts, "Against: "+strings.Join(a.Harms[:min(n, len(a.Harms))], "; "))
	}
	if len(parts) == 0 {
		return ""
	}
	return a.Label + ". " + strings.Join(parts, ". ")
}

// hypothesise lays out the ways, least intrusive first; the clinician picks.
func (v *card) hypothesise() {
	if len(v.musts()) > 0 {
		v.say(TonePlain, "What you must do is on the action list already. Pick what you plan beside it.")
	}
	ch := Choices{
		ID: "plan", Prompt: "What do you plan? Least intrusive first.", Multiple: true,
		Help: "What tells nobody outside treatment stands first.", Submit: v.c.press(ActPlan), Label: "This is my plan",
	}
	for _, w := range ways(v.env, v.c, v.s) {
		ch.Options = append(ch.Options, Option{
			Label: clip(w.action.Label, 70), Help: wayHelp(w), Value: string(w.action.ID),
			Selected: v.c.Plan != nil && slices.Contains(v.c.Plan.Actions, w.action.ID),
		})
	}
	if len(ch.Options) > 0 {
		v.add(ch)
	}
	v.buttons(v.c.button("Nothing more for now", ActPlan, planNothing), v.c.button("For and against each way", ActWeigh), v.c.button("Back to the finding", ActGo, string(PhaseThink)))
}

// wayHelp says what the law says of a way, in few words.
func wayHelp(w way) string {
	switch {
	case w.kind == wayFree:
		return "Tells nobody outside treatment"
	case w.kind == wayAtOnce:
		return "An emergency step: never waits"
	case w.barredBy != "":
		return "Tells others. A rule bars it: ask counsel first"
	case w.kind == wayPermitted && w.waits:
		return "Tells others. Permitted, your judgement: waits for sign-off"
	case w.kind == wayPermitted:
		return "Tells others. Permitted"
	case w.kind == wayFederal:
		return "Tells others. Federal law permits it, state law may not: waits"
	case w.kind == wayOpen && !w.waits:
		return "Tells others. May be a duty: does not wait"
	case w.kind == wayOpen:
		return "Tells others. The law leaves it open: waits for sign-off"
	default:
		return "Tells others. With the client's consent, or after sign-off"
	}
}

// identify shows who would be told, the least they need, and what to leave out.
func (v *card) identify() {
	told := false
	for _, line := range v.tellings() {
		told = true
		v.add(line)
	}
	if !told {
		v.say(TonePlain, "Nobody outside treatment would be told. Confidentiality is kept.")
	}
	for _, id := range v.c.Plan.Actions {
		if a, ok := v.env.Book.Action(id); ok {
			if w := wayOf(v.env, v.c, v.s, a); w.barredBy != "" {
				v.say(ToneWarning, a.Label+": a rule bars disclosure ("+w.barredBy+"). Ask counsel before you do it, unless it is an emergency.")
			}
		}
	}
	c := v.c
	change := c.button("Change the plan", ActGo, string(PhaseHypothesise))
	if needsSignOff(v.env, c, v.s) && c.live(KindSignOff) == 0 {
		v.say(TonePlain, "The law leaves part of this to judgement, so a supervisor decides first. How soon do you need the answer?")
		v.buttons(
			Button{Label: "Sign-off: today", Press: c.press(ActSignOff, string(Today)), Style: StylePrimary},
			c.button("Now: page everybody", ActSignOff, string(Imminent)),
			c.button("When they can", ActSignOff, string(Routine)), change, v.words("Add your question", NoteQuestion))
		return
	}
	v.buttons(Button{Label: "Go on: consult and act", Press: c.press(ActGo, string(PhaseConsult)), Style: StylePrimary}, change)
}

// words is a button for a free text of the clinician, where that is allowed.
func (v *card) words(label string, kind NoteKind) Button {
	if !v.env.Practice.FreeText {
		return Button{}
	}
	b := v.c.button(label, ActOwnWords, string(kind))
	b.Opens = true
	return b
}

// tellings are the disclosures of duties and plan: what the law names as the
// least, and what good practice leaves out.
func (v *card) tellings() []Block {
	var blocks []Block
	seen := map[rules.ActionID]bool{}
	tell := func(a *rules.Action, from string) {
		if seen[a.ID] || !a.Discloses {
			return
		}
		seen[a.ID] = true
		blocks = append(blocks, List{Title: clip(a.Label+" ("+from+")", 120), Items: v.telling(a)})
	}
	for _, g := range v.list {
		for _, option := range g.options {
			for _, t := range option {
				switch g.kind {
				case groupDuty, groupImmunity:
					tell(t.action, "you must")
				case groupDanger:
					tell(t.action, "emergency")
				case groupMore:
					tell(t.action, "more than required")
				}
			}
		}
	}
	if v.c.Plan != nil {
		for _, id := range v.c.Plan.Actions {
			if a, ok := v.env.Book.Action(id); ok {
				tell(a, "your plan")
			}
		}
	}
	return blocks
}

func (v *card) telling(a *rules.Action) []string {
	var items []string
	for _, r := range v.s.finding.Rules {
		if r.Status == rules.DoesNotApply {
			continue
		}
		for _, t := range r.Tell {
			if t.Action == a.ID {
				items = append(items, strings.TrimSuffix("The law, who: "+t.Text+". The minimum: "+strings.Join(t.Minimum, "; "), ". The minimum: "))
			}
		}
	}
	slices.Sort(items)
	items = slices.Compact(items)
	if len(a.Minimum) > 0 {
		items = append(items, "Tell: "+strings.Join(a.Minimum, "; "))
	}
	if len(a.LeaveOut) > 0 {
		items = append(items, "Leave out: "+strings.Join(a.LeaveOut, "; "))
	}
	if len(items) == 0 {
		items = append(items, "Tell only what they need to act, nothing more.")
	}
	return items
}
