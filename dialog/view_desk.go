package dialog

import (
	"strings"

	"curbside/rules"
)

// RenderHelp is the answer to /consult help, for this person.
func RenderHelp(env Env, viewer PersonID) View {
	person := env.Practice.People[viewer]
	view := View{Title: "Curbside", Fallback: "How Curbside works"}
	view.Blocks = append(view.Blocks, Text{Text: "A quick word with a colleague about a case, with nothing in it that says who the client is: what the law requires, permits and forbids where the client is, what to do next, by when, and a supervisor on the line."})
	if person.Has(Clinician) {
		view.Blocks = append(view.Blocks, List{Title: "As a clinician", Items: []string{
			"/consult starts one. Answer with the buttons; name nobody.",
			"Immediate danger: one press shows the steps and pages everybody.",
			"What you must do waits for nobody. Only what the law leaves to judgement waits for sign-off.",
			"Write the consult's name in the chart. /consult list finds it again.",
		}})
	}
	if person.Has(Supervisor) {
		view.Blocks = append(view.Blocks, List{Title: "As a supervisor", Items: []string{
			"A page shows the consult's name and how soon. Press Seen, then decide with one press.",
			"You can step aside at any time; no reason is asked.",
		}})
	}
	view.Blocks = append(view.Blocks,
		Text{Tone: ToneMuted, Text: "Curbside cannot read this channel. It keeps codes only. What people write to each other in the thread is theirs."},
		Text{Tone: ToneWarning, Text: "In an emergency call 911. For a suicidal crisis call or text 988."})
	if person.Has(Clinician) {
		view.Blocks = append(view.Blocks, startButton())
	}
	return view
}

// RenderDown is shown when something that a press needs is away: what happened,
// that nothing was saved, what is safe to do at once (911, 988, the hotlines of
// the practice's jurisdictions), and that the same press works again later.
// what is a code: store, network, internal.
func RenderDown(env Env, what string) View {
	cause := map[string]string{
		"store":   "The place where consults are kept cannot be reached.",
		"network": "The network is away.",
	}[what]
	if cause == "" {
		cause = "Something went wrong inside Curbside."
	}
	view := View{Title: "Curbside is down", Fallback: "Curbside is down: nothing was saved"}
	view.Blocks = []Block{
		Text{Tone: ToneWarning, Text: cause + " Nothing was saved."},
		List{Tone: ToneUrgent, Title: "Do not wait for this program", Items: urgentNumbers(env)},
	}
	if contact := env.Practice.EmergencyContact; contact != "" {
		view.Blocks = append(view.Blocks, Text{Tone: ToneUrgent, Text: "The practice's emergency contact: " + contact})
	}
	view.Blocks = append(view.Blocks, Text{Text: "Call your supervisor yourself. When Curbside is back, the same press works again."})
	return view
}

// maxHotlines bounds how many numbers the card shows when everything else is down.
const maxHotlines = 10

// urgentNumbers are what works without this program. Only confirmed numbers are
// shown as numbers to ring.
func urgentNumbers(env Env) []string {
	items := []string{
		"Somebody is in danger now: call 911.",
		"A suicidal crisis: call or text 988.",
		"A report that the law asks for does not wait for a supervisor or for Curbside.",
	}
	if env.Book == nil {
		return items
	}
	for _, j := range append([]rules.JurisdictionID{rules.Federal}, env.Practice.Jurisdictions...) {
		for _, pack := range env.Book.Packs(j) {
			for _, a := range pack.Agencies {
				if a.Confirmed && a.Phone != "" && len(items) < 3+maxHotlines {
					items = append(items, strings.TrimSpace(a.Name+", "+placeName(env.Book, j)+": "+a.Phone+" "+a.Hours))
				}
			}
		}
	}
	return items
}
