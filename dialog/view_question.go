package dialog

import (
	"fmt"
	"slices"
	"strings"

	"curbside/rules"
)

// perSelect is how many places one list offers: one platform's select holds 25.
const perSelect = 24

// question asks about one subject.
func (v *card) question(s Subject) {
	c := v.c
	switch s {
	case SubjectClient:
		v.askClient()
	case SubjectAnywhere:
		v.askAnywhere("Where is the client right now?", ActClient)
		v.buttons(v.keepButton(), c.button("Somewhere else", ActClient, string(WhereElsewhere)))
	case SubjectLicence:
		v.askAnywhere("Where are you licensed, for this client?", ActLicence)
		v.buttons(v.keepButton(), c.button("Not licensed yet", ActLicence, string(NoLicence)))
	case SubjectProfession:
		v.askProfession()
	case SubjectTopics:
		v.askTopics()
	case SubjectLearned:
		v.add(v.coded("learned", "When did you learn of it? The law's clocks start there.", LearnedBands, ActLearned))
		v.buttons(v.keepButton())
	default:
		v.askFact(rules.FactID(strings.TrimPrefix(string(s), "fact.")))
	}
}

// buttons adds a row of those that have a label.
func (v *card) buttons(row ...Button) {
	row = slices.DeleteFunc(row, func(b Button) bool { return b.Label == "" })
	if len(row) > 0 {
		v.add(Buttons{Items: row})
	}
}

// keepButton leaves an answer as it was, while one is being changed.
func (v *card) keepButton() Button {
	if v.c.Ask == "" {
		return Button{}
	}
	return v.c.button("Leave it as it was", ActKeep)
}

func (v *card) askClient() {
	ch := Choices{
		ID: "client", Prompt: "Where is the client right now?",
		Help: "The law of that place counts, also on the phone and on video.",
	}
	own := v.env.Practice.Jurisdictions
	for _, j := range own[:min(len(own), perSelect-2)] {
		ch.Options = append(ch.Options, Option{
			Label: placeName(v.env.Book, j), Press: v.c.press(ActClient, string(j)), Selected: v.c.Case.Client == j,
		})
	}
	ch.Options = append(ch.Options,
		Option{Label: "Another state", Press: v.c.press(ActChange, string(SubjectAnywhere))},
		Option{Label: "I don't know", Press: v.c.press(ActClient, string(WhereUnknown))})
	v.add(ch)
	if len(v.c.Case.Topics) == 0 {
		v.say(ToneMuted, "Answer with the buttons. Name nobody: no names, places, dates or numbers. Curbside cannot read this channel.")
	}
	v.buttons(v.keepButton())
}

// askAnywhere offers every place, the practice's own first, in lists a platform can show.
func (v *card) askAnywhere(prompt string, a Action) {
	all := places(v.env)
	own := min(len(v.env.Practice.Jurisdictions), perSelect)
	v.askPlaces(string(a)+".own", prompt, a, all[:own])
	rest := slices.SortedFunc(slices.Values(all[own:]), func(x, y rules.JurisdictionID) int {
		return strings.Compare(placeName(v.env.Book, x), placeName(v.env.Book, y))
	})
	for part := range slices.Chunk(rest, perSelect) {
		label := placeName(v.env.Book, part[0]) + " to " + placeName(v.env.Book, part[len(part)-1])
		v.askPlaces(string(a)+"."+string(part[0]), label, a, part)
	}
}

func (v *card) askPlaces(id, prompt string, a Action, places []rules.JurisdictionID) {
	if len(places) == 0 {
		return
	}
	ch := Choices{ID: id, Prompt: prompt}
	for _, j := range places {
		ch.Options = append(ch.Options, Option{Label: placeName(v.env.Book, j), Press: v.c.press(a, string(j))})
	}
	v.add(ch)
}

func (v *card) askProfession() {
	prompt := "Under which licence do you see this client?"
	for part := range slices.Chunk(v.env.Book.Vocabulary().Professions, perSelect) {
		ch := Choices{ID: "profession." + string(part[0].ID), Prompt: prompt}
		for _, p := range part {
			ch.Options = append(ch.Options, Option{
				Label: p.Label, Press: v.c.press(ActProfession, string(p.ID)), Selected: v.c.Case.Profession == p.ID,
			})
		}
		v.add(ch)
		prompt = "Or one of these?"
	}
	v.buttons(v.keepButton())
}

func (v *card) askTopics() {
	ch := Choices{
		ID: "topics", Prompt: "What worries you? Pick all that apply.", Multiple: true,
		Submit: v.c.press(ActTopics), Label: "Go on",
	}
	for _, t := range v.env.Book.Vocabulary().Topics {
		ch.Options = append(ch.Options, Option{
			Label: t.Label, Help: t.Help, Value: string(t.ID), Selected: slices.Contains(v.c.Case.Topics, t.ID),
		})
	}
	v.add(ch)
	v.buttons(v.keepButton())
}

// askFact asks the question the law needs now. "I don't know" is an answer.
func (v *card) askFact(id rules.FactID) {
	fact, ok := v.env.Book.Fact(id)
	if !ok {
		v.buttons(v.keepButton())
		return
	}
	ch := Choices{ID: "fact." + string(id), Prompt: fact.Question, Help: fact.Help, Multiple: fact.Kind == rules.Choices}
	have := v.c.Case.Facts[id]
	for _, o := range factOptions(fact) {
		o.Selected = slices.Contains(have.Values, rules.Value(o.Value))
		if !ch.Multiple {
			o.Press, o.Value = v.c.press(ActAnswer, string(id), o.Value), ""
		}
		ch.Options = append(ch.Options, o)
	}
	none := Button{}
	if ch.Multiple {
		ch.Submit, ch.Label = v.c.press(ActAnswer, string(id)), "Go on"
		none = v.c.button("None of these", ActNone, string(id))
	}
	v.add(ch)
	why := Button{}
	if v.s.asking && v.s.question.Fact.ID == id {
		why = v.c.button("Why do you ask?", ActWhy, string(id))
	}
	v.buttons(none, v.c.button("I don't know", ActDunno, string(id)), why, v.keepButton())
	if v.s.asking && v.c.Ask == "" {
		v.say(ToneMuted, fmt.Sprintf("At most %s left.", plural(v.s.question.Left, "question")))
	}
}

// factOptions are the answers of a fact, with their codes as values.
func factOptions(f *rules.Fact) []Option {
	if f.Kind == rules.Bool {
		return []Option{{Label: "Yes", Value: string(rules.Yes)}, {Label: "No", Value: string(rules.No)}}
	}
	var options []Option
	for _, c := range f.Choices {
		options = append(options, Option{Label: c.Label, Help: c.Help, Value: string(c.ID)})
	}
	return options
}
