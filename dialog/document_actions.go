package dialog

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"curbside/dialog/record"
	"curbside/rules"
)

// actions is the action list as it stood: what was done, by whom and when, and
// what was not.
func (b documentation) actions() []record.Block {
	var blocks []record.Block
	listed := map[TaskID]bool{}
	for _, g := range b.list() {
		var list record.Checklist
		for _, option := range g.options {
			for _, t := range option {
				if !listed[t.id] {
					list.Items = append(list.Items, b.check(t))
				}
				listed[t.id] = true
			}
		}
		if len(list.Items) > 0 {
			blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: groupWords(g)}, list)
		}
	}
	var besides record.Checklist
	for _, id := range b.marks() {
		if !listed[id] {
			besides.Items = append(besides.Items, b.check(b.task(id)))
		}
	}
	if len(besides.Items) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "Marked, and no longer on the list"}, besides)
	}
	if rows := b.deadlines(); len(rows) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "The clocks of the law"}, record.Table{Rows: rows})
	}
	if rows := b.looks(); len(rows) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "Second looks at the risk"}, record.Table{Rows: rows})
	}
	if len(blocks) == 0 {
		return []record.Block{record.Paragraph{Text: "Nothing was on the action list."}}
	}
	return blocks
}

// looks are the second looks that were planned, and what became of them.
func (b documentation) looks() []record.Row {
	var rows []record.Row
	for _, l := range b.c.Looks {
		became := "Not marked as taken"
		switch {
		case l.Off:
			became = "Taken off the list"
		case !l.Done.IsZero() && l.Done.After(l.Due):
			became = "Taken LATE, " + b.when(l.Done)
		case !l.Done.IsZero():
			became = "Taken, " + b.when(l.Done)
		}
		label := "Planned by " + b.signed(l.By, l.At)
		if l.Asked {
			label = "Condition of " + b.signed(l.By, l.At)
		}
		rows = append(rows, record.Row{Label: label, Value: "Due " + b.when(l.Due) + ". " + became + "."})
	}
	return rows
}

// list is the action list with what looks after client and clinician.
func (b documentation) list() []group {
	return append(actionList(b.env, b.c, b.study), aftercare(b.env, b.c)...)
}

func groupWords(g group) string {
	words := map[groupKind]string{
		groupDanger:    "Immediate danger",
		groupDuty:      "The law requires it",
		groupImmunity:  "Earns the statute’s immunity",
		groupMore:      "More than required",
		groupPlan:      "The clinician’s plan",
		groupAftercare: "Afterwards: good practice",
	}[g.kind]
	switch {
	case len(g.options) < 2 || g.mode == modeAll:
		return words
	case g.mode == modeFirst:
		return words + ": in this order, the next if one cannot be had"
	default:
		return words + ": one of these ways is enough"
	}
}

// deadlines are the clocks of the duties that apply, and whether they were kept.
func (b documentation) deadlines() []record.Row {
	var rows []record.Row
	for _, k := range clocks(b.env, b.c, b.study) {
		rows = append(rows, record.Row{Label: k.label(b.env), Value: b.clock(k)})
	}
	return rows
}

func (b documentation) clock(k clock) string {
	said := strings.TrimRight(k.deadline.Text, ".")
	switch {
	case k.waiting && k.deadline.From == "consent":
		said += ". Counted from the client's consent, the day of which stands in the chart"
	case k.waiting && k.deadline.From == "request":
		said += ". Due only if it was asked for, the day of which stands in the chart"
	case k.waiting:
		said += ". Starts with the oral report, which is not marked as made"
	case !k.immediate:
		said += ". Due " + b.when(k.due) + ", counted from the earliest moment that the answers allow"
		if off := k.daysOff(b.env); off != "" {
			said += ". " + strings.TrimSuffix(off, ".")
		}
	}
	for _, id := range b.marks() {
		m := b.c.Marks[id]
		if m.Tried || !isTask(id, k.deadline) {
			continue
		}
		if !k.immediate && !k.waiting && m.At.After(k.due) {
			return said + ". Marked as done LATE, " + b.when(m.At) + "."
		}
		return said + ". Marked as done " + b.when(m.At) + "."
	}
	if k.done {
		return said + ". Not marked: met in another way, or departed from."
	}
	return said + ". Not marked as done."
}

// marks are the lines of the list that somebody marked, in the order of time.
func (b documentation) marks() []TaskID {
	return slices.SortedFunc(maps.Keys(b.c.Marks), func(x, y TaskID) int {
		return cmp.Or(b.c.Marks[x].At.Compare(b.c.Marks[y].At), cmp.Compare(x, y))
	})
}

// task returns a line of the list, also one that the list no longer holds.
func (b documentation) task(id TaskID) task {
	if t, ok := find(b.list(), id); ok {
		return t
	}
	action, _, _ := strings.Cut(string(id), ".")
	if a, ok := b.env.Book.Action(rules.ActionID(action)); ok {
		return task{id: id, action: a}
	}
	return task{id: id, action: &rules.Action{ID: rules.ActionID(action), Label: taskName(b.env, id)}}
}

func (b documentation) check(t task) record.Check {
	c := record.Check{Label: taskLabel(t), Done: b.c.done(t.id)}
	var details []string
	if m, marked := b.c.Marks[t.id]; marked {
		details = append(details, b.mark(m))
		if tried := b.tries(t.id); len(tried) > 0 {
			details = append(details, "Tried before and not reached by "+strings.Join(tried, "; "))
		}
	} else {
		details = append(details, "Not marked as done")
	}
	if t.text != "" {
		details = append(details, t.text)
	}
	c.Detail = strings.Join(details, ". ")
	return c
}

// mark says what became of a line, by whom and when.
func (b documentation) mark(m Mark) string {
	said := "Done by "
	if m.Tried {
		said = "Tried and not reached by "
	}
	said += b.signed(m.By, m.At)
	if m.Told != "" {
		said += "; told: " + ToldAmounts.Label(m.Told)
	}
	if m.Kept != "" {
		said += "; when the answers changed: " + ActedDecisions.Label(m.Kept)
	}
	return said
}

// marked lists every press on the action list as a moment, in order: a try that
// reached nobody is not lost when the next one did.
func (b documentation) marked() []moment {
	var all []moment
	for _, m := range b.c.Log {
		what := map[Action]string{
			ActDone: "Done: ", ActTried: "Tried, not reached: ", ActTold: "How much was told: ", ActUndo: "Taken back, not done after all: ",
			ActKept: "Decided when the answers had changed: ",
		}[m.Did] + taskLabel(b.task(m.Task))
		switch {
		case m.Did == ActTold:
			what += ": " + ToldAmounts.Label(m.Code)
		case m.Did == ActKept:
			what += ": " + ActedDecisions.Label(m.Code)
		}
		all = append(all, moment{m.At, what + ", by " + b.who(m.By) + "."})
	}
	return all
}

// tries are the tries of a line that reached nobody before it was done.
func (b documentation) tries(id TaskID) []string {
	var tried []string
	for _, m := range b.c.Log {
		if m.Task == id && m.Did == ActTried {
			tried = append(tried, b.signed(m.By, m.At))
		}
	}
	if m := b.c.Marks[id]; m.Tried && len(tried) > 0 {
		tried = tried[:len(tried)-1] // the last one stands as the mark itself
	}
	return tried
}

// disclosures shows who was informed, why, of how much, and what was left out,
// with blanks for everything that names people.
func (b documentation) disclosures() []record.Block {
	var blocks []record.Block
	for _, id := range b.marks() {
		m, t := b.c.Marks[id], b.task(id)
		if m.Tried || !t.action.Discloses {
			continue
		}
		blocks = append(blocks,
			record.Paragraph{Tone: record.Subtitle, Text: taskLabel(t)},
			record.Table{Rows: b.disclosure(t, m)},
			record.Blanks{Labels: []string{"Date and time of call", "Person spoken to", "Telephone or address", "Log, badge or confirmation number", "What exactly was said", "Entered in the accounting of disclosures on"}})
	}
	if len(blocks) == 0 {
		return []record.Block{record.Paragraph{Text: "Nobody outside treatment, as far as it was marked here."}}
	}
	return append(blocks,
		record.Paragraph{Text: "Accounting of disclosures (45 CFR 164.528): enter each of these with its date, the receiver’s name and, if known, address, what was disclosed in brief, and why. Disclosures for treatment, to the client or with the client’s authorization are left off."})
}

func (b documentation) disclosure(t task, m Mark) []record.Row {
	why := "The clinician’s judgement"
	if len(m.For) > 0 {
		titles := make([]string, len(m.For))
		for i, id := range m.For {
			titles[i] = ruleTitle(b.env.Book, id)
		}
		why = strings.Join(titles, "; ")
	}
	informed, minimum := b.recipient(t)
	rows := []record.Row{{Label: "Informed", Value: informed}, {Label: "Why", Value: why}, {Label: "When", Value: b.mark(m)}}
	if len(minimum) > 0 {
		rows = append(rows, record.Row{Label: "The minimum", Value: sentence(minimum)})
	}
	if len(t.action.LeaveOut) > 0 {
		rows = append(rows, record.Row{Label: "To leave out", Value: sentence(t.action.LeaveOut)})
	}
	return rows
}

// recipient is who a task tells and the least they need: as the law says, or
// else as good practice does.
func (b documentation) recipient(t task) (informed string, minimum []string) {
	informed, minimum = "Those reached by it", t.action.Minimum
	if t.agency != nil {
		informed = t.agency.Name
	}
	for _, r := range b.study.finding.Rules {
		if r.Status == rules.DoesNotApply {
			continue
		}
		for _, to := range r.Tell {
			if to.Action != t.action.ID {
				continue
			}
			if len(to.Minimum) > 0 {
				minimum = to.Minimum
			}
			return to.Text, minimum
		}
	}
	return informed, minimum
}

// client shows how the client responded and what was done to reduce harm.
func (b documentation) client() []record.Block {
	response := unanswered
	if b.c.Response != "" {
		response = Responses.Label(b.c.Response)
	}
	blocks := []record.Block{record.Table{Rows: []record.Row{{Label: "The client’s response", Value: response}}}}
	if steps := b.gentle(); len(steps) > 0 {
		blocks = append(blocks, record.Paragraph{Tone: record.Subtitle, Text: "Steps taken to reduce harm and keep the relationship"}, record.List{Items: steps})
	}
	return blocks
}

// gentle lists what was done that tells nobody, and where no more than the
// minimum was told.
func (b documentation) gentle() []string {
	var steps []string
	for _, id := range b.marks() {
		m, t := b.c.Marks[id], b.task(id)
		switch {
		case m.Tried:
		case !t.action.Discloses:
			steps = append(steps, taskLabel(t)+" ("+b.when(m.At)+")")
		case m.Told == "minimum" || m.Told == "less" || m.Told == "nothing":
			steps = append(steps, taskLabel(t)+" (told: "+ToldAmounts.Label(m.Told)+")")
		}
	}
	return steps
}

// chart are the blanks that only the chart may hold.
func (b documentation) chart() []record.Block {
	return []record.Block{record.Blanks{Labels: []string{
		"Date and time the clinician learned of it",
		"Risk and protective factors weighed",
		"Why the client was or was not told beforehand",
		"Counsel or others consulted, when, and what they advised",
		"Plan for follow-up, and next contact",
		"Clinician’s signature and date",
	}}}
}
