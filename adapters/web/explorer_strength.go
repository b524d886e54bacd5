package web

import (
	"slices"

	"curbside/rules"
)

// A strength is the most that the packs of a jurisdiction say on one topic.
type strength string

// The strengths, the strongest first. A permission stands before a bar: nearly
// every state bars disclosure as such, and what sets states apart is what they
// allow nonetheless. A duty that is not settled stands before a permission that
// is: nobody may read "may" where the law may say "must".
const (
	mustAct   strength = "must"
	openDuty  strength = "open_duty"
	mayAct    strength = "may"
	mustNot   strength = "must_not"
	shouldAct strength = "should"
	unsettled strength = "undetermined" // only rules that never end firmer, none of them a duty
	imposesNo strength = "nothing"      // only statements, of what the law does not impose
	manner    strength = "manner"       // only rules on how to disclose, once somebody does
	notNow    strength = "not_in_force" // only rules that begin later or have ended
	silent    strength = "silent"       // a pack that says nothing on the topic
	noPack    strength = "no_pack"
)

// strengths are all of them, the strongest first.
func strengths() []strength {
	return []strength{mustAct, openDuty, mayAct, mustNot, shouldAct, unsettled, imposesNo, manner, notNow, silent, noPack}
}

// rank is a strength's place among them, 0 for the strongest.
func (s strength) rank() int { return slices.Index(strengths(), s) }

// glyph marks a strength beside its color.
func (s strength) glyph() string {
	switch s {
	case mustAct:
		return "■"
	case openDuty:
		return "◩"
	case mayAct:
		return "○"
	case mustNot:
		return "✕"
	case shouldAct:
		return "◇"
	case unsettled:
		return "?"
	case imposesNo:
		return "–"
	case manner:
		return "≡"
	case notNow:
		return "◌"
	case silent:
		return "·"
	default:
		return " "
	}
}

// word is short enough for a tile.
func (s strength) word() string {
	switch s {
	case mustAct:
		return "must"
	case openDuty:
		return "must?"
	case mayAct:
		return "may"
	case mustNot:
		return "limit"
	case shouldAct:
		return "should"
	case unsettled:
		return "unclear"
	case imposesNo:
		return "none"
	case manner:
		return "how"
	case notNow:
		return "not now"
	case silent:
		return "no entry"
	default:
		return "no pack"
	}
}

// label says what a strength means.
func (s strength) label() string {
	switch s {
	case mustAct:
		return "A duty: must"
	case openDuty:
		return "A duty that is not settled: ask counsel. Permissions may stand beside it"
	case mayAct:
		return "A permission, and no open duty: may"
	case mustNot:
		return "Only a limit the law sets: must not"
	case shouldAct:
		return "Only good practice: should"
	case unsettled:
		return "Undetermined: a permission or limit that is not settled"
	case imposesNo:
		return "No rule: a statement of what the law does not impose"
	case manner:
		return "Only rules on how to disclose"
	case notNow:
		return "Nothing in force that day: only rules that begin later or have ended"
	case silent:
		return "No entry: the pack says nothing, which is not the same as no duty"
	default:
		return "No pack: nothing is known here of this law"
	}
}

// strongest is the most that packs say on a topic on a day, to anybody and on
// whatever facts.
func strongest(packs []*rules.Pack, topic rules.TopicID, on rules.Date) strength {
	if len(packs) == 0 {
		return noPack
	}
	found := silent
	note := func(s strength) {
		if s.rank() < found.rank() {
			found = s
		}
	}
	for _, p := range packs {
		for i := range p.Rules {
			r := &p.Rules[i]
			switch {
			case !slices.Contains(r.Topics, topic):
			case r.Effective.Covers(on):
				note(strengthOf(r))
			default:
				note(notNow)
			}
		}
		for _, s := range p.Statements {
			if slices.Contains(s.Topics, topic) {
				note(imposesNo)
			}
		}
	}
	return found
}

// strengthOf is what one rule adds up to: a rule that never ends firmer than
// undetermined is an open duty at most, and a must without a condition of its own
// says how to disclose and not that anybody has to.
func strengthOf(r *rules.Rule) strength {
	switch {
	case r.Effect == rules.Must && len(r.Elements) == 0 && len(r.AnyOf) == 0:
		return manner
	case neverFirm(r) && r.Effect == rules.Must:
		return openDuty
	case neverFirm(r):
		return unsettled
	default:
		return strength(r.Effect)
	}
}

func neverFirm(r *rules.Rule) bool { return r.Unsettled || r.Confidence == rules.Low }
