package dialog

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A DeskLine is one message of the desk: a code in the effect, whose words are
// found when it is delivered.
type DeskLine string

// The messages of the desk.
const (
	DeskAsked  DeskLine = "duty_asked"  // rota, who asks, until
	DeskTaken  DeskLine = "duty_taken"  // rota, who took it, until
	DeskBack   DeskLine = "duty_back"   // rota, whose it is again, who had it
	DeskOver   DeskLine = "duty_over"   // rota, from whom it was taken over
	DeskBegins DeskLine = "duty_begins" // rota
	DeskDrill  DeskLine = "rehearsed"   // number of the rehearsal
	DeskWeekly DeskLine = "weekly"      // how the practice stands, for its owners
)

// RenderDesk shows what an effect of the desk puts in front of its addressee. ok
// is false when there is nothing left to show. unreached are those who cannot be
// reached.
func RenderDesk(env Env, d Desk, e Effect, reaches func(PersonID) bool) (v View, ok bool) {
	env.Covers = d.Covers
	switch e.Kind {
	case Page, EndPage:
		return drillView(env, d, argOf(e, 1))
	case Message:
	default:
		return View{}, false
	}
	text := func(title, words string) View {
		return View{Title: title, Blocks: []Block{Text{Text: words}}, Fallback: "Curbside: " + strings.ToLower(title)}
	}
	switch DeskLine(e.Code) {
	case DeskDrill:
		i := drillAt(d, argOf(e, 0))
		if i < 0 {
			return View{}, false
		}
		return text("A rehearsal", drillReport(env, d.Drills[i])), true
	case DeskWeekly:
		view := text("Your practice this week", "Every Monday: what would keep a page from reaching somebody in the next fourteen days.")
		view.Blocks = append(view.Blocks, standing(env, d, reaches)...)
		if env.Heads != "" {
			view.Blocks = append(view.Blocks,
				Text{Text: "Keep the next line: with it, curbside audit verify --heads shows later whether anything was cut off the audit trail."},
				Text{Text: env.Heads})
		}
		return view, true
	}
	r := env.Practice.rota(RotaID(argOf(e, 0)))
	if r == nil {
		return View{}, false
	}
	switch DeskLine(e.Code) {
	case DeskAsked:
		return askedView(env, *r, e)
	case DeskTaken:
		return text("Your duty", nameOf(env.Practice, PersonID(argOf(e, 1)))+" has taken your duty “"+r.Name+"” until "+dutyWhen(r.zone(), unstamp(argOf(e, 2)))+"."), true
	case DeskBack:
		return text("The duty", nameOf(env.Practice, PersonID(argOf(e, 1)))+" has the duty “"+r.Name+"” again, as the rota says; until now "+nameOf(env.Practice, PersonID(argOf(e, 2)))+" had it."), true
	case DeskOver:
		return text("The duty", "What you had taken over from "+nameOf(env.Practice, PersonID(argOf(e, 1)))+", “"+r.Name+"”, has ended. The rota holds again."), true
	case DeskBegins:
		view := text("Your duty has begun", "You have the duty “"+r.Name+"” now."+turnEnds(env, *r, e.To))
		view.Blocks = append(view.Blocks, Buttons{Items: []Button{testButton(), dutyButton()}})
		return view, true
	default:
		return View{}, false
	}
}

// askedView asks somebody to take over, while the one who asks still has it.
func askedView(env Env, r Rota, e Effect) (View, bool) {
	who, until := argOf(e, 1), unstamp(argOf(e, 2))
	if !until.After(env.Now) {
		return View{}, false
	}
	view := View{Title: "A duty for you?", Fallback: "Curbside: a duty for you?"}
	view.Blocks = []Block{
		Text{Text: nameOf(env.Practice, PersonID(who)) + " asks you to take the duty “" + r.Name + "” until " + dutyWhen(r.zone(), until) + ". It stays with them until you have taken it; you need not answer."},
		Buttons{Items: []Button{{Label: "I take it", Style: StylePrimary, Press: Press{Action: ActCover, Args: []string{string(r.ID), who, untilMoment + argOf(e, 2)}}}}},
	}
	return view, true
}

// drillView is the message of a rehearsal.
func drillView(env Env, d Desk, number string) (View, bool) {
	i := drillAt(d, number)
	if i < 0 {
		return View{}, false
	}
	one := d.Drills[i]
	view := View{Title: "Rehearsal of a page", Fallback: "Curbside: this is a rehearsal"}
	if !one.waits() {
		view.Blocks = []Block{Text{Tone: ToneGood, Text: drillReport(env, one)}}
		if one.Got.IsZero() {
			view.Blocks = []Block{Text{Tone: ToneWarning, Text: drillReport(env, one)}}
		}
		return view, true
	}
	view.Blocks = []Block{
		Text{Tone: ToneHeading, Text: "This is a rehearsal. No consult waits for you."},
		Text{Text: "It went the whole way of a page: this message, and your pager if you have one. Press as soon as it reaches you, where you would be at night."},
		Buttons{Items: []Button{{Label: "I have it", Style: StylePrimary, Press: Press{Action: ActGot, Args: []string{number}}}}},
	}
	return view, true
}

func drillAt(d Desk, number string) int {
	for i, one := range d.Drills {
		if strconv.Itoa(one.Number) == number {
			return i
		}
	}
	return -1
}

// drillReport says what came of a rehearsal, way by way.
func drillReport(env Env, d Drill) string {
	text := "Rehearsal for " + nameOf(env.Practice, d.To) + ", " + ago(env.Now, d.At) + ". "
	for _, w := range d.Ways {
		text += WayWords(w) + " "
	}
	switch {
	case !d.Got.IsZero():
		return text + "Answered after " + seconds(int(d.Got.Sub(d.At)/time.Second)) + "."
	case !d.Over.IsZero():
		return text + "Nobody answered: at night this page would have gone on to the next step."
	default:
		return text + "No answer yet."
	}
}

// WayWords says what came of one way of a rehearsal.
func WayWords(w Way) string {
	name := map[string]string{WayPager: "The pager", "slack": "The message on Slack", "discord": "The message on Discord", "web": "The message in the workbench"}[w.Name]
	if name == "" {
		name = "The message on " + w.Name
	}
	switch {
	case w.OK:
		return name + " was taken after " + seconds(w.After) + "."
	case w.Code != "":
		return name + " did not get through (" + w.Code + ")."
	default:
		return name + " is on its way."
	}
}

// seconds says a short time: "42 s", "3 min 5 s".
func seconds(n int) string {
	switch {
	case n < 60:
		return fmt.Sprintf("%d s", n)
	case n%60 == 0:
		return fmt.Sprintf("%d min", n/60)
	default:
		return fmt.Sprintf("%d min %d s", n/60, n%60)
	}
}

// dutyWhen is a moment by the clock of a place: "Mon Jan 2, 3:04 PM EST".
func dutyWhen(zone *time.Location, at time.Time) string {
	return at.In(zone).Format("Mon Jan 2, 3:04 PM MST")
}
