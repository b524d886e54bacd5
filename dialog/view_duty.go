package dialog

import (
	"slices"
	"strconv"
	"time"
)

// maxTurns is how many turns ahead a view lists.
const maxTurns = 3

// RenderDuty shows who has each duty now and next, and what this person can do
// about it.
func RenderDuty(env Env, d Desk, viewer PersonID) View {
	env.Covers = d.Covers
	p := env.Practice
	view := View{Title: "Who is on duty", Fallback: "Curbside: who is on duty"}
	if len(p.Rotas) == 0 {
		view.Blocks = append(view.Blocks, chainList(env, viewer))
	}
	for _, r := range p.Rotas {
		view.Blocks = append(view.Blocks, dutyBlocks(env, r, viewer)...)
	}
	for _, c := range d.Covers {
		if r := p.rota(c.Rota); r != nil && within(env.Now, c.From, c.Until) {
			view.Blocks = append(view.Blocks, coverBlocks(env, *r, c, viewer)...)
		}
	}
	return view
}

// chainList names the steps of a practice without a rota.
func chainList(env Env, viewer PersonID) Block {
	l := List{Title: "Nobody takes turns here. These are paged, step by step", Ordered: true}
	for _, step := range env.Practice.ChainAt(viewer, env.Now, env.Covers) {
		names := namesOf(env.Practice, step.People)
		if names == "" {
			names = "Nobody"
		}
		if step.All {
			names += " (all of them)"
		}
		l.Items = append(l.Items, names)
	}
	return l
}

func dutyBlocks(env Env, r Rota, viewer PersonID) []Block {
	plan := env.Practice.DutyPlan(r.ID, env.Now, env.Now.Add(planAhead), env.Covers)
	items := []Pair{}
	for i, s := range plan[:min(len(plan), maxTurns+1)] {
		label, from := "Now", ""
		if i > 0 {
			label, from = "Then", "from "+dutyWhen(r.zone(), s.From)+" "
		}
		who := namesOf(env.Practice, s.People)
		if len(s.People) == 0 {
			who = "NOBODY"
		}
		until := "until " + dutyWhen(r.zone(), s.Until)
		if s.Until.Equal(env.Now.Add(planAhead)) {
			until = "for as far as the plan was looked at"
		}
		items = append(items, Pair{Label: label, Value: who + ", " + from + until})
	}
	blocks := []Block{Pairs{Title: r.Name, Items: items}}
	if !env.Practice.People[viewer].Has(Supervisor) {
		return blocks
	}
	if slices.Contains(env.Practice.OnDuty(r.ID, env.Now, env.Covers), viewer) {
		return append(blocks, Buttons{Items: []Button{{Label: "Ask for a stand-in", Press: Press{Action: ActAsk, Args: []string{string(r.ID)}}}}})
	}
	return append(blocks, Buttons{Items: []Button{{Label: "I take this duty over", Press: Press{Action: ActCover, Args: []string{string(r.ID)}}}}})
}

func coverBlocks(env Env, r Rota, c Cover, viewer PersonID) []Block {
	blocks := []Block{Text{Text: nameOf(env.Practice, c.By) + " has taken the duty “" + r.Name + "” from " + nameOf(env.Practice, c.Who) + " until " + dutyWhen(r.zone(), c.Until) + "."}}
	if viewer == c.By || viewer == c.Who || env.Practice.People[viewer].Has(Owner) {
		blocks = append(blocks, Buttons{Items: []Button{{Label: "Give it back now", Press: Press{Action: ActBack, Args: []string{strconv.Itoa(c.Number)}}}}})
	}
	return blocks
}

// myDuty says what duties somebody has, now and next, on their home.
func myDuty(env Env, viewer PersonID) []string {
	var lines []string
	for _, r := range env.Practice.Rotas {
		if slices.Contains(env.Practice.OnDuty(r.ID, env.Now, env.Covers), viewer) {
			lines = append(lines, "You are on duty now: "+r.Name+"."+turnEnds(env, r, viewer))
			continue
		}
		for _, s := range env.Practice.DutyPlan(r.ID, env.Now, env.Now.Add(planAhead), env.Covers) {
			if slices.Contains(s.People, viewer) {
				lines = append(lines, "Your next turn: "+r.Name+", from "+dutyWhen(r.zone(), s.From)+" until "+dutyWhen(r.zone(), s.Until)+".")
				break
			}
		}
	}
	for i, step := range env.Practice.Chain {
		if slices.Contains(step, viewer) {
			lines = append(lines, "You are in step "+strconv.Itoa(i+1)+" of the practice's chain.")
		}
	}
	return lines
}

// turnEnds says when the turn of somebody who is on duty ends.
func turnEnds(env Env, r Rota, who PersonID) string {
	end := env.Now.Add(planAhead)
	for _, s := range env.Practice.DutyPlan(r.ID, env.Now, end, env.Covers) {
		if !slices.Contains(s.People, who) {
			return " It ends " + dutyWhen(r.zone(), s.From) + "."
		}
	}
	return ""
}

// standing says what would keep a page from reaching somebody, for owners.
func standing(env Env, d Desk, reaches func(PersonID) bool) []Block {
	p := env.Practice
	var items []string
	for _, g := range p.Gaps(env.Now, env.Covers, reaches) {
		r := p.rota(g.Rota)
		who := "nobody has it"
		if len(g.People) > 0 {
			who = namesOf(p, g.People) + " cannot be reached"
		}
		items = append(items, "Gap in “"+r.Name+"”: "+who+" from "+dutyWhen(r.zone(), g.From)+" until "+dutyWhen(r.zone(), g.Until)+".")
	}
	for _, who := range p.Unreachable(reaches) {
		items = append(items, nameOf(p, who)+" is in the chain and cannot be reached: no account on a platform in use, and no pager.")
	}
	for _, trouble := range env.Trouble {
		items = append(items, troubleWords(trouble))
	}
	for _, who := range p.Answering() {
		if last, ok := d.lastDrill(who); ok && !last.Over.IsZero() {
			items = append(items, nameOf(p, who)+" did not answer the last rehearsal, "+ago(env.Now, last.At)+".")
		}
	}
	if len(items) == 0 {
		return []Block{Text{Tone: ToneGood, Text: "Nothing is known that would keep a page from reaching somebody in the next fourteen days."}}
	}
	return []Block{List{Tone: ToneWarning, Title: "To put right", Items: items}}
}

// lastDrill is the last rehearsal of somebody that is over.
func (d Desk) lastDrill(of PersonID) (Drill, bool) {
	for _, one := range slices.Backward(d.Drills) {
		if one.To == of && !one.waits() {
			return one, true
		}
	}
	return Drill{}, false
}

// lastTest says how somebody's last rehearsal went.
func lastTest(env Env, d Desk, viewer PersonID) string {
	last, ok := d.lastDrill(viewer)
	switch {
	case !ok:
		return "Your page was never rehearsed."
	case last.Got.IsZero():
		return "Your last rehearsal, " + ago(env.Now, last.At) + ", was not answered."
	default:
		return "Your last rehearsal, " + ago(env.Now, last.At) + ", was answered after " + seconds(int(last.Got.Sub(last.At)/time.Second)) + "."
	}
}

func testButton() Button { return Button{Label: "Test my page", Press: Press{Action: ActTest}} }

func dutyButton() Button { return Button{Label: "Who is on duty", Press: Press{Action: ActDuty}} }
