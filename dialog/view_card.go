package dialog

import (
	"slices"
	"strconv"
	"strings"

	"curbside/rules"
)

// A card is one view of a consult in the making.
type card struct {
	env    Env
	c      Consult
	s      study
	list   []group
	blocks []Block
	marked map[TaskID]bool // tasks that have a button already: a view holds each press once
}

func newCard(env Env, c Consult) *card {
	v := &card{env: env, c: c, s: studied(env, c), marked: map[TaskID]bool{}}
	v.list = actionList(env, c, v.s)
	return v
}

func (v *card) add(blocks ...Block) { v.blocks = append(v.blocks, blocks...) }

func (v *card) say(tone Tone, text string) {
	if text != "" {
		v.add(Text{Tone: tone, Text: clip(text, 2400)})
	}
}

// renderCard is the living card: what is to be decided now on top, what is
// known and what the law says below.
func renderCard(env Env, c Consult) View {
	v := newCard(env, c)
	switch {
	case c.Closed():
		v.ended()
	default:
		v.danger()
		v.warnings()
		v.now()
		v.always()
		v.actions()
		v.signOff()
		v.afterwards()
		v.standing()
		v.answers()
		v.footer()
	}
	return View{Title: consultTitle(c), Status: v.status(), Blocks: v.blocks, Fallback: "Consult " + c.Handle}
}

// status says the phase and for whom the consult waits.
func (v *card) status() string {
	c := v.c
	if c.Closed() {
		return "Ended " + ago(v.env.Now, c.End.At)
	}
	asker := nameOf(v.env.Practice, c.Clinician)
	phase := phaseWords(c.Phase)
	if c.inDanger() {
		phase = "Immediate danger"
	}
	switch {
	case nobodyNow(c):
		return phase + " · nobody has been reached"
	case c.openInquiry() > 0:
		return phase + " · a supervisor asks " + asker
	case c.live(KindSignOff, KindDeparture) > 0:
		return phase + " · waits for a supervisor"
	default:
		return phase + " · with " + asker
	}
}

// danger shows the emergency steps.
func (v *card) danger() {
	d := v.c.Danger
	if d != nil && d.Over != nil {
		v.say(ToneMuted, "Immediate danger was declared by "+nameOf(v.env.Practice, d.By)+" "+ago(v.env.Now, d.At)+" and said to have passed "+ago(v.env.Now, *d.Over)+".")
	}
	if !v.c.inDanger() {
		return
	}
	v.say(ToneUrgent, "Immediate danger, declared by "+nameOf(v.env.Practice, d.By)+" "+ago(v.env.Now, d.At)+
		". Do this now. Nothing here waits for anybody. If a life is at risk, call 911.")
	for _, g := range v.list {
		if g.kind == groupDanger {
			v.checklist(g)
		}
	}
	v.add(Buttons{Items: []Button{v.c.button("The danger has passed", ActSafe)}})
}

// warnings are what must not be overlooked: something is failing, nobody was
// reached, the finding changed after somebody acted, a duty is departed from.
func (v *card) warnings() {
	for _, trouble := range v.env.Trouble {
		v.say(ToneWarning, troubleWords(trouble))
	}
	if nobodyNow(v.c) {
		v.say(ToneUrgent, nobodyWords(v.env, v.c))
	}
	if v.s.err != nil {
		v.say(ToneWarning, "The rules for this case cannot be read right now, so there is no finding. Nothing was lost. Ask counsel, and do at once what safety and your own knowledge of a duty demand.")
	}
	for _, id := range v.c.acted(v.s) {
		m := v.c.Marks[id]
		v.say(ToneWarning, "You acted on this; the finding has changed. "+taskName(v.env, id)+": done by "+v.role(m.By)+" "+ago(v.env.Now, m.At)+". Decide what becomes of it:")
		v.add(v.coded("kept."+string(id), "What becomes of it?", ActedDecisions, ActKept, string(id)))
	}
	for i, d := range v.c.Departures {
		newer := slices.ContainsFunc(v.c.Departures[i+1:], func(o Departure) bool { return o.Rule == d.Rule })
		if !d.Withdrawn && !newer {
			v.departure(d)
		}
	}
	v.whatChanged()
}

// troubleWords says what is failing and what to do meanwhile.
func troubleWords(t Trouble) string {
	switch t {
	case TroublePager:
		return "The pager is failing: pages reach people in chat only. Call your supervisor yourself."
	case TroubleTimers:
		return "The clock of this program is late: the next supervisor and the reminders may come late. Call your supervisor yourself, and watch the deadlines."
	default:
		return "Messages are late. What others see may be old; call them yourself."
	}
}

func (v *card) departure(d Departure) {
	title := ruleTitle(v.env.Book, d.Rule)
	state := "not decided yet"
	switch e := v.c.Escalations[d.Escalation-1]; e.State {
	case StateApproved:
		last, _ := e.Last(TurnApproved, TurnConditions)
		state = "agreed to by " + nameOf(v.env.Practice, last.By) + " " + ago(v.env.Now, last.At)
	case StateDeclined:
		state = "declined: the duty has to be met"
	case StateVoid:
		state = "void: the finding has changed since"
	case StateDropped:
		return
	}
	v.say(ToneWarning, "Departure from a duty: "+title+". Reason: "+DepartureReasons.Label(d.Reason)+". It is "+state+". The law still asks for it.")
	v.add(Buttons{Items: []Button{v.c.button("I will do it after all", ActStay, string(d.Rule))}})
}

// whatChanged says how the last change of an answer has changed the finding.
func (v *card) whatChanged() {
	f := v.c.Found
	if f == nil || f.Before == nil {
		return
	}
	var items []string
	for _, r := range v.s.finding.Rules {
		was, now := f.Before[r.Rule.ID], f.Standing[r.Rule.ID]
		switch {
		case was == now:
		case now == rules.Applies:
			items = append(items, "Now applies: "+headline(r.Rule))
		case now == rules.Undetermined:
			items = append(items, "Now open: "+r.Rule.Title)
		}
	}
	for _, id := range sortedRules(f.Before) {
		if f.Standing[id] == "" {
			items = append(items, "No longer: "+ruleTitle(v.env.Book, id))
		}
	}
	if len(items) > 0 {
		v.add(List{Tone: ToneWarning, Title: "The finding has changed", Items: items})
	}
}

// now is the question or decision of now.
func (v *card) now() {
	if s := subject(v.c, v.s); s != "" {
		v.question(s)
		return
	}
	switch v.c.Phase {
	case PhaseThink:
		v.thinkThrough()
	case PhaseHypothesise:
		v.hypothesise()
	case PhaseIdentify:
		v.identify()
	case PhaseConsult:
		v.consult()
	}
}

// always are the buttons that are there at every step.
func (v *card) always() {
	c := v.c
	var row []Button
	if !c.inDanger() {
		row = append(row, Button{Label: "Immediate danger", Press: c.press(ActDanger), Style: StyleDanger})
	}
	if c.Case.Where != "" {
		row = append(row, c.button("Change an answer", ActChange))
	}
	if c.Found != nil {
		row = append(row, c.button("All the law says", ActLaw), c.button("I will do more", ActMore))
	}
	if len(v.musts()) > 0 {
		row = append(row, c.button("I will not do this", ActDepart))
	}
	v.add(Buttons{Items: append(row, c.button("Cancel", ActCancel))})
}

// musts are the duties that apply, without those that only say how to tell.
func (v *card) musts() []rules.RuleFinding {
	return slices.DeleteFunc(v.s.rules(rules.Applies, rules.Must), func(r rules.RuleFinding) bool { return manner(r.Rule) })
}

// answers lists what is known.
func (v *card) answers() {
	items := v.known()
	if len(items) > 0 {
		v.add(Pairs{Title: "What is known", Items: items})
	}
}

func (v *card) known() []Pair {
	k := v.c.Case
	var items []Pair
	switch k.Where {
	case WhereKnown:
		items = append(items, Pair{Label: "Client is in", Value: placeName(v.env.Book, k.Client)})
	case WhereUnknown:
		items = append(items, Pair{Label: "Client is in", Value: "I don't know"})
	case WhereElsewhere:
		items = append(items, Pair{Label: "Client is in", Value: "Somewhere else"})
	}
	if k.Licence != "" && k.Licence != k.Client {
		items = append(items, Pair{Label: "Licensed in", Value: placeName(v.env.Book, k.Licence)})
	}
	if p, ok := v.env.Book.Profession(k.Profession); ok {
		items = append(items, Pair{Label: "Licence", Value: p.Label})
	}
	var topics []string
	for _, topic := range pickedTopics(v.env.Book, k) {
		topics = append(topics, topic.Label)
	}
	if len(topics) > 0 {
		items = append(items, Pair{Label: "Concerns", Value: strings.Join(topics, "; ")})
	}
	for _, g := range k.Order {
		if fact, ok := v.env.Book.Fact(g.Fact); ok {
			items = append(items, Pair{Label: fact.Short, Value: answerWords(fact, k.Facts[g.Fact])})
		}
	}
	return items
}

// role says who somebody is for this consult.
func (v *card) role(p PersonID) string {
	if p == v.c.Clinician {
		return "the clinician"
	}
	return "a supervisor"
}

// coded offers a closed list, one press each.
func (v *card) coded(id, prompt string, list codedList, a Action, args ...string) Choices {
	ch := Choices{ID: id, Prompt: prompt}
	for _, one := range list {
		ch.Options = append(ch.Options, Option{
			Label: one.Label, Help: one.Help, Press: v.c.press(a, args...).With(string(one.Code)),
		})
	}
	return ch
}

// ended shows that only the record is left.
func (v *card) ended() {
	v.say(ToneMuted, endLine(v.c))
	if v.c.Found == nil {
		return
	}
	v.standing()
	for _, g := range v.list {
		if !v.c.met(g) && g.kind == groupDuty {
			v.say(ToneWarning, "A duty was not marked as done when this ended.")
			break
		}
	}
	v.add(Buttons{Items: []Button{v.c.button("Record as PDF", ActRecord, "pdf"), v.c.button("Record as text", ActRecord, "md")}})
	v.footer()
}

// signOff shows the escalations that matter now.
func (v *card) signOff() {
	latest := map[EscalationKind]int{}
	for i, e := range v.c.Escalations {
		latest[e.Kind] = i + 1
	}
	for i, e := range v.c.Escalations {
		n := i + 1
		if e.Live() || n == latest[e.Kind] && e.Kind != KindDeparture && e.State != StateDropped {
			v.escalation(n, e)
		}
	}
}

func (v *card) escalation(n int, e Escalation) {
	words := v.called(e) + ": " + stateWords(v.env, e)
	if e.Kind == KindNotice && !v.stands(e.Rules) {
		words += " The finding has changed since."
	}
	v.say(stateTone(e), words)
	if !e.Live() {
		return
	}
	if e.State == StateAsked {
		v.add(inquiry(v.env, v.c, n)...)
	}
	row := decisionButtons(v.c, n, e, e.State != StateWaiting)
	if len(e.Paged) > 0 && !e.Nobody {
		row = append(row, v.c.button("Not this supervisor", ActAnother, strconv.Itoa(n)))
	}
	v.add(Buttons{Items: row})
}

// stands reports whether one of the rules still stands in the finding.
func (v *card) stands(ids []rules.RuleID) bool {
	return slices.ContainsFunc(ids, func(id rules.RuleID) bool { _, ok := v.s.standing(id); return ok })
}
