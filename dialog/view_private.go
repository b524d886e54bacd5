package dialog

import (
	"slices"
	"strconv"
	"strings"

	"curbside/rules"
)

// privately frames a view that the presser alone sees.
func privately(c Consult, title string, blocks ...Block) View {
	return View{Title: title, Blocks: blocks, Fallback: "Consult " + c.Handle}
}

// changeView lists the answers that can be changed.
func changeView(env Env, c Consult) View {
	ch := Choices{ID: "change", Prompt: "Which answer do you want to change?", Help: "Only what depends on it is asked again."}
	add := func(s Subject, label string) {
		if len(ch.Options) < maxWays {
			ch.Options = append(ch.Options, Option{Label: clip(label, 70), Press: c.press(ActChange, string(s))})
		}
	}
	for _, s := range []struct {
		subject Subject
		label   string
	}{
		{SubjectClient, "Where the client is"},
		{SubjectLicence, "Where you are licensed"},
		{SubjectProfession, "Your licence"},
		{SubjectTopics, "The concerns"},
		{SubjectLearned, "When you learned of it"},
	} {
		if c.answered(s.subject) {
			add(s.subject, s.label)
		}
	}
	for _, g := range slices.Backward(c.Case.Order) {
		if fact, ok := env.Book.Fact(g.Fact); ok {
			add(SubjectOf(g.Fact), fact.Short+": "+answerWords(fact, c.Case.Facts[g.Fact]))
		}
	}
	if len(ch.Options) == 0 {
		return privately(c, "Change an answer", Text{Text: "Nothing is answered yet."})
	}
	return privately(c, "Change an answer", ch)
}

// whyView names the rules and elements that need the question.
func whyView(env Env, c Consult, s study) View {
	v := privately(c, "Why do you ask?", Text{Text: s.question.Fact.Question})
	for _, need := range s.question.For[:min(len(s.question.For), 6)] {
		law := Law{
			Effect: effectWords(need.Rule.Effect), Kind: string(need.Rule.Effect), Title: need.Rule.Title,
			Text: "It turns on the answer, if everything else holds.", Citations: need.Rule.Citations,
		}
		if need.Element != nil {
			law.Text = need.Element.Text
			if need.Element.Citation != "" {
				law.Citations = []string{need.Element.Citation}
			}
		}
		v.Blocks = append(v.Blocks, law)
	}
	v.Blocks = append(v.Blocks, Text{Tone: ToneMuted, Text: "A question is asked only while its answer can change the finding."})
	return v
}

// pickView offers a closed list to a supervisor, and their own words where that is allowed.
func pickView(t *turn, title, prompt string, a Action, list codedList, multiple bool, own NoteKind) View {
	number := t.arg(0)
	ch := Choices{ID: string(a) + "." + number, Prompt: prompt, Multiple: multiple}
	press := t.c.press(a, number)
	if multiple {
		ch.Submit, ch.Label = press, title
	}
	for _, one := range list {
		o := Option{Label: one.Label, Help: one.Help}
		if multiple {
			o.Value = string(one.Code)
		} else {
			o.Press = press.With(string(one.Code))
		}
		ch.Options = append(ch.Options, o)
	}
	v := privately(t.c, title, ch)
	if t.env.Practice.FreeText {
		b := t.c.button("In your own words", ActOwnWords, string(own), number)
		b.Opens = true
		v.Blocks = append(v.Blocks, Buttons{Items: []Button{b}})
	}
	return v
}

// anotherView asks which supervisor is not to decide; no reason is asked.
func anotherView(env Env, c Consult, n int) View {
	ch := Choices{ID: "another", Prompt: "Which supervisor should not answer this? No reason is asked."}
	for _, p := range c.Escalations[n-1].Paged {
		ch.Options = append(ch.Options, Option{Label: clip(nameOf(env.Practice, p), 70), Press: c.press(ActAnother, strconv.Itoa(n), string(p))})
	}
	if len(ch.Options) == 0 {
		return privately(c, "Not this supervisor", Text{Text: "Nobody is asked right now."})
	}
	return privately(c, "Not this supervisor", ch)
}

// handOverView asks who is to take it.
func handOverView(t *turn, n int) View {
	ch := Choices{ID: "handover", Prompt: "Who takes it? They are paged at once.", Help: "Until they have seen it, it stays with you too."}
	duty := t.env.Practice.onDutyFor(t.c.Clinician, t.env.Now, t.env.Covers)
	for _, p := range t.heirs(n) {
		o := Option{Label: clip(t.person(p), 70), Press: t.c.press(ActHandOver, strconv.Itoa(n), string(p))}
		if slices.Contains(duty, p) {
			o.Help = "On duty now"
		}
		if len(ch.Options) < maxWays {
			ch.Options = append(ch.Options, o)
		}
	}
	if len(ch.Options) == 0 {
		return privately(t.c, "Hand it over", Text{Text: "There is nobody to hand it to. Call the clinician, or the practice's emergency contact."})
	}
	return privately(t.c, "Hand it over", ch)
}

// departView asks which duty the clinician means not to meet.
func departView(env Env, c Consult, s study) View {
	ch := Choices{ID: "depart", Prompt: "Which duty?", Help: "A supervisor decides. The duty stays on the card whatever is decided."}
	for _, r := range s.rules(rules.Applies, rules.Must) {
		if !manner(r.Rule) && len(ch.Options) < maxWays {
			ch.Options = append(ch.Options, Option{Label: clip(r.Rule.Title, 70), Help: clip(placeName(env.Book, r.Jurisdiction), 70), Press: c.press(ActDepart, string(r.Rule.ID))})
		}
	}
	if len(ch.Options) == 0 {
		return privately(c, "I will not do this", Text{Text: "No duty stands in the finding."})
	}
	return privately(c, "I will not do this", ch)
}

func departReasonView(env Env, c Consult, r rules.RuleFinding) View {
	v := card{env: env, c: c}
	return privately(c, "I will not do this",
		Text{Tone: ToneWarning, Text: "The law asks for this: " + r.Rule.Title + ". Doing less is a departure: it needs a reason and a supervisor, and the record says so."},
		v.coded("depart.reason", "Why?", DepartureReasons, ActDepart, string(r.Rule.ID)))
}

// moreView offers what the clinician could do beyond the finding.
func moreView(env Env, c Consult, s study) View {
	ch := Choices{ID: "more", Prompt: "What else will you do?", Help: "You need nobody's leave, only a reason."}
	for _, w := range ways(env, c, s) {
		if c.further(w.action.ID) || len(ch.Options) >= maxWays {
			continue
		}
		help := "Tells nobody outside treatment"
		switch {
		case w.barredBy != "":
			help = "Tells others. A rule bars it: ask counsel first"
		case w.action.Discloses:
			help = "Tells others: only the least they need"
		}
		ch.Options = append(ch.Options, Option{Label: clip(w.action.Label, 70), Help: help, Press: c.press(ActMore, string(w.action.ID))})
	}
	if len(ch.Options) == 0 {
		return privately(c, "I will do more", Text{Text: "Everything known here is on the list already."})
	}
	return privately(c, "I will do more", ch)
}

func moreReasonView(env Env, c Consult, a rules.ActionID) View {
	v := card{env: env, c: c}
	return privately(c, "I will do more", v.coded("more.reason", "Why?", MoreReasons, ActMore, string(a)))
}

// tooSoonView is shown when something that waits for sign-off was done before it.
func tooSoonView(env Env, c Consult, t task) View {
	v := card{env: env, c: c}
	return privately(c, "This waited for sign-off",
		Text{Text: taskLabel(t) + " waits for a supervisor. If you did it, say why it could not wait; your supervisor is told, and then mark it as done."},
		v.coded("soon.reason", "Why did it not wait?", MoreReasons, ActMore, string(t.action.ID)))
}

// toldView asks how much was told.
func toldView(env Env, c Consult, t task) View {
	v := card{env: env, c: c}
	ch := v.coded("told", "Marked as done. What did you tell them?", ToldAmounts, ActTold, string(t.id))
	tried := c.button("I tried and did not reach them", ActUndo, string(t.id))
	tried.Press.Action = ActTried
	view := privately(c, clip(taskLabel(t), 120), ch)
	view.Blocks = append(view.Blocks, Buttons{Items: []Button{tried}})
	return view
}

// cancelView asks why a consult is cancelled.
func cancelView(env Env, c Consult) View {
	v := card{env: env, c: c}
	return privately(c, "Cancel this consult", v.coded("cancel", "Why?", CancelReasons, ActCancel))
}

// page returns the part of items on a page and whether another one follows.
func page[T any](items []T, number string, size int) (part []T, next string) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n*size >= len(items) {
		n = 0
	}
	end := min((n+1)*size, len(items))
	if end < len(items) {
		next = strconv.Itoa(n + 1)
	}
	return items[n*size : end], next
}

// showLaw shows everything the law says, rules that do not apply as well.
func (t *turn) showLaw() {
	v := newCard(t.env, t.c)
	laws := v.laws(true)
	for _, r := range v.s.finding.Rules {
		if r.Status == rules.DoesNotApply {
			l := v.law(r)
			l.Effect, l.Kind, l.Points = "Does not apply", "statement", v.rejected(r)
			laws = append(laws, l)
		}
	}
	part, next := page(laws, t.arg(0), lawsPerPage)
	for _, l := range part {
		v.add(l)
	}
	if len(part) == 0 {
		v.say(TonePlain, "There is no finding yet: answer the questions first.")
	}
	v.caveats()
	if next != "" {
		v.add(Buttons{Items: []Button{t.c.button("More", ActLaw, next)}})
	}
	t.private(privately(t.c, "All the law says", v.blocks...))
}

// rejected says which elements a rule that does not apply is missing.
func (v *card) rejected(r rules.RuleFinding) []string {
	var points []string
	for _, e := range r.Elements {
		switch {
		case e.Except && e.Status == rules.Applies:
			points = append(points, "Excepted: "+e.Element.Text)
		case !e.Except && e.Status == rules.DoesNotApply:
			points = append(points, "Not met: "+e.Element.Text)
		}
	}
	return points[:min(len(points), 6)]
}

// showWeighing shows what speaks for and against each way.
func (t *turn) showWeighing() {
	v := newCard(t.env, t.c)
	part, next := page(ways(t.env, t.c, v.s), t.arg(0), 10)
	for _, w := range part {
		items := []string{"The law: " + wayHelp(w)}
		if w.barredBy != "" {
			items = append(items, "Barred by: "+w.barredBy)
		}
		for _, b := range w.action.Benefits {
			items = append(items, "For: "+b)
		}
		for _, h := range w.action.Harms {
			items = append(items, "Against: "+h)
		}
		v.add(List{Tone: TonePractice, Title: clip(w.action.Label, 120), Items: items})
	}
	if len(part) == 0 {
		v.say(TonePlain, "There is nothing to weigh yet: answer the questions first.")
	}
	if next != "" {
		v.add(Buttons{Items: []Button{t.c.button("More", ActWeigh, next)}})
	}
	t.private(privately(t.c, "For and against each way", v.blocks...))
}

// showHow says how to do each thing on the list well.
func (t *turn) showHow() {
	v := newCard(t.env, t.c)
	var actions []*rules.Action
	for _, g := range append(v.list, aftercare(t.env, t.c)...) {
		for _, option := range g.options {
			for _, one := range option {
				actions = withAction(t.env.Book, actions, one.action.ID)
			}
		}
	}
	part, next := page(actions, t.arg(0), 6)
	for _, a := range part {
		v.say(ToneHeading, a.Label)
		v.say(TonePractice, strings.TrimSpace(a.Detail))
		if a.Discloses {
			v.add(List{Items: v.telling(a)})
		}
	}
	if len(part) == 0 {
		v.say(TonePlain, "The action list is empty.")
	}
	if next != "" {
		v.add(Buttons{Items: []Button{t.c.button("More", ActHow, next)}})
	}
	t.private(privately(t.c, "How to do it well", v.blocks...))
}
