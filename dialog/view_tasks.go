package dialog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"curbside/rules"
)

// actions shows the action list with its clocks: at once when a duty applies,
// whatever the phase.
func (v *card) actions() {
	v.clocks()
	v.looks()
	for _, g := range v.list {
		if g.kind != groupDanger && g.kind != groupManner {
			v.checklist(g)
		}
	}
	v.alsoDone()
	v.manner()
}

// alsoDone lists what was done and stands on the list no more, such as a step of
// a danger that has passed or of a plan that was changed.
func (v *card) alsoDone() {
	listed := v.list
	if v.c.Phase == PhaseConsult {
		listed = slices.Concat(v.list, aftercare(v.env, v.c))
	}
	var items []CheckItem
	for _, id := range slices.Sorted(maps.Keys(v.c.Marks)) {
		m := v.c.Marks[id]
		if _, shown := find(listed, id); shown || m.Tried || m.Kept == "marked_by_mistake" || slices.Contains(v.c.acted(v.s), id) {
			continue
		}
		undo := v.c.button("Not done after all", ActUndo, string(id))
		items = append(items, CheckItem{Label: taskName(v.env, id), Done: "Done by " + v.role(m.By) + ", " + ago(v.env.Now, m.At), Press: &undo})
	}
	if len(items) > 0 {
		v.add(Checklist{Title: "Also done", Items: items})
	}
}

// manner says how to tell, once somebody is told: nothing to tick off.
func (v *card) manner() {
	if !anyTask(v.list, func(t task) bool { return t.action.Discloses }) {
		return
	}
	var items []string
	for _, r := range v.s.rules(rules.Applies, rules.Must) {
		if manner(r.Rule) {
			items = append(items, r.Rule.Title+" ("+strings.Join(r.Rule.Citations, "; ")+")")
		}
	}
	if len(items) > 0 {
		v.add(List{Title: "The law, whenever you tell anybody", Items: items})
	}
}

// clocks shows the legal deadlines that are not met.
func (v *card) clocks() {
	running := slices.DeleteFunc(clocks(v.env, v.c, v.s), func(k clock) bool { return k.done })
	if len(running) == 0 {
		return
	}
	v.atOnce(running)
	for _, k := range running {
		label := k.label(v.env)
		switch {
		case k.waiting:
			v.say(ToneMuted, label+": "+k.deadline.Text+" ("+k.from()+")")
		case !k.immediate:
			if k.late(v.env.Now) {
				v.say(ToneUrgent, "The deadline has passed: "+label+". Do it now, even late, then mark it.")
			}
			v.add(Clock{Label: clip(label, 100), Due: k.due})
			v.say(ToneMuted, k.daysOff(v.env))
		}
	}
	since := LearnedBands.Label("now") + " (assumed)"
	if v.c.Case.Learned != "" {
		since = LearnedBands.Label(v.c.Case.Learned)
	}
	change := v.c.button("Change", ActChange, string(SubjectLearned))
	v.add(Pairs{Items: []Pair{{Label: "You learned of it", Value: since, Change: &change}}})
}

// atOnce lists what is due without a number of hours, once for each formula of
// the law: its own word, or that it sets no clock.
func (v *card) atOnce(running []clock) {
	var formulas []string
	named := map[string][]string{}
	for _, k := range running {
		if !k.immediate || k.waiting {
			continue
		}
		formula := k.deadline.Text
		if k.deadline.Immediate == "law" {
			formula = "The law's own words: " + formula
		}
		if len(named[formula]) == 0 {
			formulas = append(formulas, formula)
		}
		named[formula] = union(named[formula], []string{k.label(v.env)})
	}
	for _, formula := range formulas {
		v.say(ToneWarning, "At once: "+strings.Join(named[formula], "; ")+". "+formula)
	}
}

// groupTitle says in words how much of a group is enough.
func (v *card) groupTitle(g group) string {
	title := map[groupKind]string{
		groupDanger: "At once", groupDuty: "You must", groupImmunity: "You must; this earns the immunity of the statute",
		groupMore: "More than required", groupPlan: "Your plan", groupAftercare: "Afterwards: good practice",
	}[g.kind]
	if len(g.options) > 1 {
		switch g.mode {
		case modeAny:
			title += ": one of these is enough"
		case modeFirst:
			title += ": in this order, the next only if the one before cannot be had"
		case modeAll:
			if g.kind == groupDuty || g.kind == groupImmunity {
				title += ": all of these"
			}
		}
	}
	if g.mode != modeAll && len(g.rules) > 0 {
		title += " (" + ruleTitle(v.env.Book, g.rules[0]) + ")"
	}
	if v.c.met(g) && g.mode != modeAll {
		title += " · met"
	}
	return title
}

// checklist shows one group. A task that has a button further up gets no second one.
func (v *card) checklist(g group) {
	for _, text := range g.texts {
		v.say(TonePlain, text)
	}
	list := Checklist{Title: v.groupTitle(g)}
	for i, option := range g.options {
		for _, t := range option {
			item := v.item(t)
			if g.mode != modeAll && len(option) > 1 {
				item.Label = fmt.Sprintf("Way %d, with the others of it: %s", i+1, item.Label)
			}
			list.Items = append(list.Items, item)
		}
	}
	v.add(list)
}

func (v *card) item(t task) CheckItem {
	item := CheckItem{Label: clip(taskLabel(t), 150), Detail: clip(v.taskDetail(t), 400)}
	m, marked := v.c.Marks[t.id]
	var press Button
	switch {
	case marked && m.Tried:
		item.Detail = strings.TrimSpace("Tried by " + v.role(m.By) + " " + ago(v.env.Now, m.At) + ", not reached. " + item.Detail)
		press = v.c.button("Done", ActDone, string(t.id))
	case marked:
		item.Done = v.doneWords(t, m)
		press = v.c.button("Not done after all", ActUndo, string(t.id))
	case t.waits:
		press = v.c.button("Done already", ActDone, string(t.id))
	default:
		press = v.c.button("Done", ActDone, string(t.id))
	}
	if !v.marked[t.id] && !v.c.Closed() {
		v.marked[t.id] = true
		item.Press = &press
	}
	return item
}

// doneWords says who did it, when, and who was told how much.
func (v *card) doneWords(t task, m Mark) string {
	words := "Done by " + v.role(m.By) + ", " + ago(v.env.Now, m.At)
	if t.agency != nil && t.action.Discloses {
		words += ". Told: " + t.agency.Name
	}
	if m.Told != "" {
		words += ". " + ToldAmounts.Label(m.Told)
	}
	return words
}

// taskLabel names a task, its receiver and its form.
func taskLabel(t task) string {
	label := t.action.Label
	if t.agency != nil {
		label += ": " + t.agency.Name
	}
	if t.form != "" && t.form != "any" {
		label += " (" + t.form + ")"
	}
	return label
}

// taskName names a task by its id alone, for one that is not on the list any more.
func taskName(env Env, id TaskID) string {
	action, _, _ := strings.Cut(string(id), ".")
	if a, ok := env.Book.Action(rules.ActionID(action)); ok {
		return a.Label
	}
	return action
}

// taskDetail says what the law adds, how the receiver is reached, and whether
// it waits. A number that is not confirmed is never shown as one to ring.
func (v *card) taskDetail(t task) string {
	var parts []string
	if t.waits {
		parts = append(parts, "Waits for sign-off: the law leaves it to judgement.")
	}
	if t.text != "" {
		parts = append(parts, t.text)
	}
	if t.open {
		parts = append(parts, "Whether the law asks for it depends on an answer that is not known.")
	}
	if t.agency != nil {
		parts = append(parts, agencyWords(t.agency))
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	for i, part := range parts {
		parts[i] = strings.TrimRight(part, ". ") + "."
	}
	return strings.Join(parts, " ")
}

func agencyWords(a *rules.Agency) string {
	if !a.Confirmed || a.Phone == "" {
		return a.Find
	}
	words := "Phone " + a.Phone
	if a.Hours != "" {
		words += " (" + a.Hours + ")"
	}
	return words + "."
}

// consult is the last phase: what is decided and what is to be done.
func (v *card) consult() {
	c := v.c
	switch {
	case c.live(KindSignOff) > 0:
		v.say(TonePlain, "Sign-off is asked for. What you must do and what keeps somebody safe does not wait for it.")
		v.sooner(c.Escalations[c.live(KindSignOff)-1])
	case needsSignOff(v.env, c, v.s):
		v.say(TonePlain, "Part of the plan waits for a supervisor. Ask for sign-off, or change the plan.")
		v.signOffButtons()
	case len(c.owed(v.list)) > 0:
		v.say(TonePlain, "Do what you must do now: it waits for nobody. Mark what is done.")
	default:
		v.say(TonePlain, "Do what is on the list, talk with the client, then close with the record.")
	}
	end := c.button("Close with the record", ActClose)
	end.Confirm = "The consult ends here, and its record is put into the thread. The record can be fetched again later."
	if len(c.owed(v.list)) == 0 {
		end.Style = StylePrimary
	}
	row := []Button{end}
	if c.live(KindSignOff) == 0 && !needsSignOff(v.env, c, v.s) {
		row = append(row, c.button("Ask a supervisor", ActSignOff, string(Today)))
	}
	row = append(row, c.button("How to do it well", ActHow), c.button("Plan a second look", ActLook), c.button("Change the plan", ActGo, string(PhaseHypothesise)),
		c.button("Record so far", ActRecord, "pdf"), v.words("Add your question", NoteQuestion), v.words("Add your reasons", NoteRationale))
	v.buttons(row...)
}

// afterwards is what follows the action list: how the client took it, words for
// the conversation, and good practice for later.
func (v *card) afterwards() {
	if v.c.Phase != PhaseConsult || v.c.Ask != "" {
		return
	}
	v.response()
	v.say(TonePractice, talkWords(len(v.musts()) > 0, len(v.tellings()) > 0))
	for _, g := range aftercare(v.env, v.c) {
		v.checklist(g)
	}
}

// sooner offers to ask for an answer sooner than it was asked for.
func (v *card) sooner(e Escalation) {
	var row []Button
	if Today.sooner(e.Urgency) {
		row = append(row, v.c.button("I need it today after all", ActSignOff, string(Today)))
	}
	if Imminent.sooner(e.Urgency) {
		row = append(row, v.c.button("Now: page everybody", ActSignOff, string(Imminent)))
	}
	v.buttons(row...)
}

func (v *card) signOffButtons() {
	c := v.c
	v.buttons(
		Button{Label: "Sign-off: today", Press: c.press(ActSignOff, string(Today)), Style: StylePrimary},
		c.button("Now: page everybody", ActSignOff, string(Imminent)),
		c.button("When they can", ActSignOff, string(Routine)))
}

const responsePrompt = "How did the client respond?"

// response asks how the client responded, once somebody was told.
func (v *card) response() {
	if v.c.Response != "" {
		change := v.c.button("Change the response", ActResponse)
		v.add(Pairs{Items: []Pair{{Label: "The client's response", Value: Responses.Label(v.c.Response), Change: &change}}})
		return
	}
	for _, g := range v.list {
		for _, option := range g.options {
			for _, t := range option {
				if t.action.Discloses && v.c.done(t.id) {
					v.add(v.coded("response", responsePrompt, Responses, ActResponse))
					return
				}
			}
		}
	}
}

// talkWords are words for the conversation with the client, before anybody is
// told where that is safe.
func talkWords(must, tells bool) string {
	const unless = "Not where telling the client first would put somebody in danger. "
	switch {
	case must && tells:
		return "Words for the client. " + unless + "“What you told me matters, and I take it seriously. The law asks me to tell somebody about this. I want you to hear it from me first: whom I tell, and how little. We can make the call together. I am still here for you.”"
	case tells:
		return "Words for the client. " + unless + "“I am worried enough that I want to bring somebody else in. I would rather do it with you. This is whom I would tell, and this is all I would say. What would make it easier for you?”"
	default:
		return "Words for the client. “Thank you for telling me. What you said stays here. If that ever had to change, I would tell you first wherever I safely can. Let us plan how you get through the next days.”"
	}
}
