package dialog

import "slices"

// A Home is what the home of a person is rendered from.
type Home struct {
	Viewer  PersonID
	Open    []Consult // what they are involved in
	Desk    Desk
	Reaches func(PersonID) bool // whether somebody can be reached at all; required
}

// RenderHome shows a person what concerns them: what waits for their answer,
// their own consults, their duty and, for owners, how the practice stands.
func RenderHome(env Env, h Home) View {
	view := View{Title: "What waits for you", Fallback: "Curbside: what waits for you"}
	var mine, waiting []Consult
	for _, c := range h.Open {
		switch {
		case c.Closed():
		case c.Clinician == h.Viewer:
			mine = append(mine, c)
		case slices.Contains(c.Involved(), h.Viewer):
			waiting = append(waiting, c)
		}
	}
	oldest := func(a, b Consult) int { return a.Opened.Compare(b.Opened) }
	slices.SortFunc(mine, oldest)
	slices.SortFunc(waiting, oldest)
	view.Blocks = append(view.Blocks, listed(env, "Waiting for you", waiting)...)
	view.Blocks = append(view.Blocks, listed(env, "Your own", mine)...)
	if len(view.Blocks) == 0 {
		view.Blocks = append(view.Blocks, Text{Text: "Nothing is open, and nothing waits for you."})
	}
	env.Covers = h.Desk.Covers
	person := env.Practice.People[h.Viewer]
	if person.Has(Clinician) {
		view.Blocks = append(view.Blocks, startButton())
	}
	view.Blocks = append(view.Blocks, dutyAtHome(env, h, person)...)
	if person.Has(Owner) {
		view.Blocks = append(view.Blocks, Text{Tone: ToneHeading, Text: "The practice"})
		view.Blocks = append(view.Blocks, standing(env, h.Desk, h.Reaches)...)
	}
	return view
}

// dutyAtHome is a person's own part in the duties, and what they can do about it.
func dutyAtHome(env Env, h Home, person Person) []Block {
	row := []Button{dutyButton(), {Label: "How it works", Press: Press{Action: ActHelp}}}
	if !person.Has(Supervisor) {
		return []Block{Buttons{Items: row}}
	}
	var blocks []Block
	for _, line := range append(myDuty(env, h.Viewer), lastTest(env, h.Desk, h.Viewer)) {
		blocks = append(blocks, Text{Text: line})
	}
	blocks = append([]Block{Text{Tone: ToneHeading, Text: "Your duty"}}, blocks...)
	return append(blocks, Buttons{Items: append([]Button{testButton()}, row...)})
}

// maxListed keeps a list of consults on one screen.
const maxListed = 15

func listed(env Env, title string, open []Consult) []Block {
	if len(open) == 0 {
		return nil
	}
	blocks := []Block{Text{Tone: ToneHeading, Text: title}}
	for _, c := range open[:min(len(open), maxListed)] {
		v := card{env: env, c: c}
		blocks = append(blocks, Text{Text: c.Handle + " · " + v.status() + " · opened " + ago(env.Now, c.Opened)},
			Pointer{Label: c.Handle, Handle: c.Handle})
	}
	if more := len(open) - maxListed; more > 0 {
		blocks = append(blocks, Text{Tone: ToneMuted, Text: "And " + plural(more, "more consult") + "."})
	}
	return blocks
}

func startButton() Buttons {
	return Buttons{Items: []Button{{Label: "Start a consult", Press: Press{Action: ActOpen}, Style: StylePrimary}}}
}
