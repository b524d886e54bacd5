package dialog

import "slices"

// A Home is what the home of a person is rendered from.
type Home struct {
	Viewer PersonID
	Open   []Consult // what they are involved in
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
	if env.Practice.People[h.Viewer].Has(Clinician) {
		view.Blocks = append(view.Blocks, startButton())
	}
	return view
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
