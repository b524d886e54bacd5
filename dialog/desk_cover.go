package dialog

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// coverBands are how long a duty can be taken over.
var coverBands = codedList{
	{"turn", "Until the end of this turn", ""},
	{"h2", "For 2 hours", ""},
	{"h4", "For 4 hours", ""},
	{"h12", "For 12 hours", ""},
	{"d1", "For a day", ""},
	{"d3", "For three days", ""},
	{"d7", "For a week", ""},
}

// untilMoment begins an argument that holds a moment instead of a band.
const untilMoment = "at."

// until reads how long a duty is to be taken over.
func (t *deskTurn) until(rota RotaID, code string) (time.Time, bool) {
	lengths := map[string]time.Duration{"h2": 2 * time.Hour, "h4": 4 * time.Hour, "h12": 12 * time.Hour, "d1": 24 * time.Hour, "d3": 72 * time.Hour, "d7": 168 * time.Hour}
	now := t.now()
	until := now.Add(lengths[code])
	if text, exact := strings.CutPrefix(code, untilMoment); exact {
		until = unstamp(text)
	}
	if code == "turn" {
		if plan := t.env.Practice.DutyPlan(rota, t.env.Now, t.env.Now.Add(longestTurn), t.d.Covers); len(plan) > 0 {
			until = plan[0].Until.UTC().Truncate(time.Second)
		}
	}
	return until, until.After(now) && !until.After(now.Add(longestTurn))
}

// cover takes over a duty: whose, and until when. The one who takes it presses,
// so that nobody has a duty they do not know of.
func (t *deskTurn) cover() {
	rota, who, code := RotaID(t.arg(0)), PersonID(t.arg(1)), t.arg(2)
	r := t.env.Practice.rota(rota)
	taker := t.env.Practice.People[t.in.Actor]
	switch {
	case r == nil:
		t.notice("There is no such rota any more.")
		return
	case !taker.Has(Supervisor):
		t.notice("Only a supervisor can take over a duty, because whoever has it signs.")
		return
	}
	on := t.env.Practice.OnDuty(rota, t.env.Now, t.d.Covers)
	if who == "" && len(on) == 1 {
		who = on[0]
	}
	until, ok := t.until(rota, code)
	switch {
	case slices.Contains(on, t.in.Actor):
		t.notice("You have this duty already.")
	case who == "" && len(on) > 1:
		t.private(t.whoseView(*r, on))
	case !slices.Contains(on, who):
		t.notice(absentWords(t.env, *r, who))
	case code == "":
		t.private(t.untilView("Take over: "+r.Name, Press{Action: ActCover, Args: []string{string(rota), string(who)}}))
	case !ok:
		t.notice("That time is over, or too far away: at most two weeks can be taken over at a time.")
	default:
		t.takeOver(*r, who, until)
	}
}

// absentWords says that somebody has no duty to be taken over.
func absentWords(env Env, r Rota, who PersonID) string {
	if who == "" {
		return "Nobody has this duty now. Your practice's owner can name somebody in the settings."
	}
	return nameOf(env.Practice, who) + " does not have the duty “" + r.Name + "” now. Nothing was changed."
}

func (t *deskTurn) takeOver(r Rota, who PersonID, until time.Time) {
	t.changed = true
	t.d.Count++
	c := Cover{Number: t.d.Count, Rota: r.ID, Who: who, By: t.in.Actor, From: t.now(), Until: until}
	t.d.Covers = append(t.d.Covers, c)
	t.timer(coverTimer(c.Number), until)
	t.audit(ActCover, "rota", string(r.ID), "who", string(who), "until", until.Format(time.RFC3339), "number", strconv.Itoa(c.Number))
	t.tell(who, DeskTaken, string(r.ID), string(t.in.Actor), stamp(until))
	t.notice("You have the duty “" + r.Name + "” now, until " + dutyWhen(r.zone(), until) + ". " + t.person(who) + " is told. Pages of consults that are being paged already stay where they are.")
}

// coverTimer names the timer of the end of a cover.
func coverTimer(n int) TimerID { return TimerID("cover." + strconv.Itoa(n)) }

// ask asks somebody to take over one's own duty. Until they take it, it stays.
func (t *deskTurn) ask() {
	rota, code, to := RotaID(t.arg(0)), t.arg(1), PersonID(t.arg(2))
	r := t.env.Practice.rota(rota)
	if r == nil || !slices.Contains(t.env.Practice.OnDuty(rota, t.env.Now, t.d.Covers), t.in.Actor) {
		t.notice("You do not have this duty now, so there is nothing to pass on.")
		return
	}
	until, ok := t.until(rota, code)
	switch {
	case code == "":
		t.private(t.untilView("Ask for a stand-in: "+r.Name, Press{Action: ActAsk, Args: []string{string(rota)}}))
	case !ok:
		t.notice("That time is over, or too far away: at most two weeks can be taken over at a time.")
	case !slices.Contains(t.standIns(rota), to):
		t.private(t.standInView(*r, code))
	default:
		t.changed = true
		t.audit(ActAsk, "rota", string(rota), "to", string(to), "until", until.Format(time.RFC3339))
		t.tell(to, DeskAsked, string(rota), string(t.in.Actor), stamp(until))
		t.notice(t.person(to) + " is asked. The duty stays with you until they have taken it; you are told then.")
	}
}

// standIns are the supervisors who could take over a duty, by name.
func (t *deskTurn) standIns(rota RotaID) []PersonID {
	p := t.env.Practice
	on := p.OnDuty(rota, t.env.Now, t.d.Covers)
	return slices.DeleteFunc(p.supervisors(), func(q PersonID) bool {
		return q == t.in.Actor || slices.Contains(on, q) || p.present(q, t.env.Now) != q
	})
}

// giveBack ends what was taken over, by either side or by an owner.
func (t *deskTurn) giveBack() {
	n, _ := strconv.Atoi(t.arg(0))
	i := slices.IndexFunc(t.d.Covers, func(c Cover) bool { return c.Number == n && t.now().Before(c.Until) })
	if i < 0 {
		t.notice("That is over already.")
		return
	}
	c := t.d.Covers[i]
	if t.in.Actor != c.By && t.in.Actor != c.Who && !t.env.Practice.People[t.in.Actor].Has(Owner) {
		t.notice("Only the two of them or an owner can end that.")
		return
	}
	t.changed = true
	t.d.Covers[i].Until = t.now()
	t.timer(coverTimer(n), time.Time{})
	t.audit(ActBack, "rota", string(c.Rota), "number", t.arg(0))
	for _, p := range []PersonID{c.Who, c.By} {
		if p != t.in.Actor {
			t.tell(p, DeskBack, string(c.Rota), string(c.Who), string(c.By))
		}
	}
	t.notice(t.person(c.Who) + " has the duty again, as the rota says.")
}

// coverOver tells whoever had taken a duty over that this has ended. Whose it is
// now is told that by the hand-over.
func (t *deskTurn) coverOver(number string) {
	n, _ := strconv.Atoi(number)
	for _, c := range t.d.Covers {
		if c.Number == n && !t.now().Before(c.Until) {
			t.changed = true
			t.tell(c.By, DeskOver, string(c.Rota), string(c.Who))
		}
	}
}

func (t *deskTurn) whoseView(r Rota, on []PersonID) View {
	ch := Choices{ID: "cover.who", Prompt: "Whose duty do you take over?"}
	for _, p := range on {
		ch.Options = append(ch.Options, Option{Label: clip(t.person(p), 70), Press: Press{Action: ActCover, Args: []string{string(r.ID), string(p)}}})
	}
	return deskView("Take over: "+r.Name, ch)
}

// untilView asks how long; the answer becomes the last argument.
func (t *deskTurn) untilView(title string, press Press) View {
	ch := Choices{ID: "cover.until", Prompt: "Until when?"}
	for _, band := range coverBands {
		o := Option{Label: band.Label, Press: press.With(string(band.Code))}
		if until, ok := t.until(RotaID(press.Args[0]), string(band.Code)); ok {
			o.Help = clip(dutyWhen(t.env.Practice.rota(RotaID(press.Args[0])).zone(), until), 70)
			ch.Options = append(ch.Options, o)
		}
	}
	return deskView(title, ch)
}

func (t *deskTurn) standInView(r Rota, code string) View {
	ch := Choices{ID: "ask.who", Prompt: "Whom do you ask?", Help: "The duty stays with you until they have taken it."}
	for _, p := range t.standIns(r.ID) {
		if len(ch.Options) < maxWays {
			ch.Options = append(ch.Options, Option{Label: clip(t.person(p), 70), Press: Press{Action: ActAsk, Args: []string{string(r.ID), code, string(p)}}})
		}
	}
	if len(ch.Options) == 0 {
		return deskView("Ask for a stand-in", Text{Text: "There is no other supervisor who could take it."})
	}
	return deskView("Ask for a stand-in: "+r.Name, ch)
}

func deskView(title string, blocks ...Block) View {
	return View{Title: clip(title, 120), Blocks: blocks, Fallback: "Curbside: the duty"}
}
