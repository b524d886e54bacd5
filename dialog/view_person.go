package dialog

import (
	"slices"
	"strconv"
)

// renderPerson is the one direct message a person has about a consult. Before a
// supervisor has seen the page it holds handle and urgency only.
func renderPerson(env Env, c Consult, viewer PersonID) View {
	v := newCard(env, c)
	view := View{Title: consultTitle(c), Fallback: "Consult " + c.Handle}
	switch {
	case viewer == c.Clinician:
		v.forClinician()
	case !c.paged(viewer):
		v.say(TonePlain, "Nothing here waits for you.")
	default:
		view.Fallback += ": " + v.forSupervisor(viewer)
	}
	view.Status = v.status()
	if !c.Closed() && viewer != c.Clinician && !slices.ContainsFunc(c.Escalations, func(e Escalation) bool { return e.sawIt(viewer) }) {
		view.Status = ""
	}
	view.Blocks = append(v.blocks, Pointer{Label: "Go to the consult", Handle: c.Handle})
	return view
}

func (v *card) forClinician() {
	c := v.c
	if c.Closed() {
		v.ended()
		return
	}
	v.danger()
	if nobodyNow(c) {
		v.say(ToneUrgent, nobodyWords(v.env, v.c))
	}
	if n := c.openInquiry(); n > 0 {
		v.add(inquiry(v.env, c, n)...)
	}
	if owed := c.owed(v.list); len(owed) > 0 {
		v.clocks()
		for _, g := range owed {
			v.checklist(g)
		}
	}
	if len(v.blocks) == 0 {
		v.say(TonePlain, "Your consult is open. The next step is on its card.")
	}
}

// forSupervisor shows what waits for a supervisor and returns the words for a
// notification, which never say what it is about.
func (v *card) forSupervisor(viewer PersonID) string {
	c := v.c
	shown, seen, fallback := 0, false, "nothing waits for you"
	for i, e := range c.Escalations {
		if !e.Live() || !slices.Contains(e.Paged, viewer) {
			continue
		}
		shown++
		fallback = "your answer is needed " + urgencyWords(e.Urgency)
		saw := e.sawIt(viewer)
		if saw && !seen {
			seen = true
			v.caseInView(i + 1)
		}
		v.toDecide(i+1, e, viewer)
	}
	if shown == 0 {
		v.over(viewer)
	}
	if !seen && !c.Closed() && slices.ContainsFunc(c.Escalations, func(e Escalation) bool { return e.sawIt(viewer) && !e.out(viewer) }) {
		v.caseInView(0)
	}
	return fallback
}

// toDecide shows one escalation and its buttons.
func (v *card) toDecide(n int, e Escalation, viewer PersonID) {
	saw := e.sawIt(viewer)
	if !saw {
		v.say(toneOf(e.Urgency), "You are paged: "+urgencyWords(e.Urgency)+".")
		if by, ok := e.inHand(); ok && e.State != StateWaiting {
			v.say(ToneMuted, nameOf(v.env.Practice, by.By)+" has seen it "+ago(v.env.Now, by.At)+". You need not answer; you still can.")
		}
		v.add(Buttons{Items: decisionButtons(v.c, n, e, false)})
		return
	}
	if e.Kind == KindDeparture {
		for _, d := range v.c.Departures {
			if d.Escalation == n {
				v.say(ToneWarning, "The clinician means not to meet a duty: "+ruleTitle(v.env.Book, d.Rule)+". Reason: "+DepartureReasons.Label(d.Reason)+". Your approval makes it a recorded departure; it does not lift the duty.")
			}
		}
	}
	v.say(stateTone(e), v.called(e)+": "+stateWords(v.env, e))
	v.buttons(v.toPress(n, e, viewer)...)
}

// toPress is what a supervisor who has seen it can press: to decide, to take it
// up again when they are paged anew, to give it back or to hand it over.
func (v *card) toPress(n int, e Escalation, viewer PersonID) []Button {
	number := strconv.Itoa(n)
	if slices.Contains(e.signed(), viewer) {
		return nil
	}
	row := decisionButtons(v.c, n, e, true)
	switch {
	case e.has(viewer):
		row = append(row, v.c.button("I cannot take it after all", ActUnsee, number), v.c.button("Hand it over", ActHandOver, number))
	case e.State == StateWaiting:
		row = append(decisionButtons(v.c, n, e, false)[:1], row...)
	}
	return row
}

// caseInView is the case, the law and the plan at one look.
func (v *card) caseInView(n int) {
	c := v.c
	if c.inDanger() {
		v.say(ToneUrgent, "Immediate danger, declared by "+nameOf(v.env.Practice, c.Danger.By)+" "+ago(v.env.Now, c.Danger.At)+". Call the clinician now: "+nameOf(v.env.Practice, c.Clinician)+".")
	}
	for _, note := range slices.Concat(c.notesOf(NoteQuestion, 0), c.notesOf(NoteRationale, 0), c.notesOf(NoteRationale, n)) {
		v.say(TonePlain, nameOf(v.env.Practice, note.By)+": “"+note.Text+"”")
	}
	if items := v.known(); len(items) > 0 {
		v.add(Pairs{Title: "The case", Items: items})
	}
	laws := v.laws(false)
	for _, l := range laws[:min(len(laws), maxLaws)] {
		v.add(l)
	}
	v.caveats()
	if c.Plan != nil {
		v.add(List{Title: "The plan", Items: v.planned()})
	}
}

// planned lists the plan with what the law says of each part.
func (v *card) planned() []string {
	var items []string
	for _, w := range ways(v.env, v.c, v.s) {
		if slices.Contains(v.c.Plan.Actions, w.action.ID) {
			items = append(items, w.action.Label+". "+wayHelp(w))
		}
	}
	for _, r := range v.musts() {
		items = append(items, "Required in any case: "+r.Rule.Title)
	}
	if len(items) == 0 {
		items = append(items, "Nothing is disclosed.")
	}
	return items
}

// over says how what a supervisor was paged for has ended.
func (v *card) over(viewer PersonID) {
	for _, e := range slices.Backward(v.c.Escalations) {
		if !e.paged(viewer) {
			continue
		}
		if e.out(viewer) {
			v.say(ToneMuted, "You are out of this one. Nothing waits for you.")
			return
		}
		if e.Live() {
			continue
		}
		v.say(ToneMuted, v.called(e)+": "+stateWords(v.env, e))
		return
	}
	v.say(ToneMuted, "Nothing waits for you.")
}

// sawIt reports whether p has acknowledged the escalation.
func (e Escalation) sawIt(p PersonID) bool {
	return slices.ContainsFunc(e.Turns, func(t Turn) bool { return t.Kind == TurnSeen && t.By == p })
}

func toneOf(u Urgency) Tone {
	if u == Imminent {
		return ToneUrgent
	}
	return TonePlain
}
