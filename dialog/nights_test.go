package dialog

import (
	"strings"
	"testing"
	"time"
)

// A night is an escalation as its people live it: what they press and when, and
// everything that follows by itself, as lines that can be read. bot has nights of
// the whole program; those here are about who is asked next.
type night struct {
	*clinic
	lines []string
}

// newNight is a plan in Texas that waits for a supervisor, at a moment of choice,
// in a practice of choice.
func newNight(t *testing.T, start string, change func(*Practice)) *night {
	t.Helper()
	k := threatIn(t, "Texas").press("ana", "Go on: what are the ways?").pick("ana", "Tell the police")
	k.env.Practice = rotas(t)
	change(k.env.Practice)
	k.env.Now = instant(t, start)
	k.timers = map[TimerID]time.Time{}
	return &night{clinic: k}
}

// say writes down what somebody pressed and what is sent since.
func (n *night) say(did string, before int) {
	clock := n.env.Now.In(n.env.Practice.Location).Format("Mon 15:04 MST")
	if did != "" {
		n.lines = append(n.lines, clock+" "+did)
	}
	paged, ended, told := "", "", ""
	for _, e := range n.sent[before:] {
		switch e.Kind {
		case Page:
			paged += " " + string(e.To)
		case EndPage:
			ended += " " + string(e.To)
		case Message:
			if !strings.HasPrefix(e.Code, "clock") && e.Code != string(LineRemind) && e.Code != string(LineEnded) {
				told += " " + string(e.To) + ":" + e.Code
			}
		}
	}
	for _, part := range []struct{ verb, who string }{{"pages", paged}, {"ends the pages of", ended}, {"tells", told}} {
		if part.who != "" {
			n.lines = append(n.lines, clock+"   "+part.verb+part.who)
		}
	}
}

// at lets the time pass until a time of the wall clock of today or tomorrow.
func (n *night) at(clock string) *night {
	n.t.Helper()
	zone := n.env.Practice.Location
	want, err := time.ParseInLocation("15:04", clock, zone)
	if err != nil {
		n.t.Fatal(err)
	}
	local := n.env.Now.In(zone)
	until := time.Date(local.Year(), local.Month(), local.Day(), want.Hour(), want.Minute(), 0, 0, zone)
	if until.Before(local) {
		until = until.AddDate(0, 0, 1)
	}
	for {
		var next TimerID
		for id, due := range n.timers {
			if !due.After(until) && (next == "" || due.Before(n.timers[next]) || due.Equal(n.timers[next]) && id < next) {
				next = id
			}
		}
		if next == "" {
			n.env.Now = until
			return n
		}
		if n.timers[next].After(n.env.Now) {
			n.env.Now = n.timers[next]
		}
		delete(n.timers, next)
		before := len(n.sent)
		n.do(Input{ID: string(next), Action: ActTimer, Args: []string{string(next)}})
		n.say("", before)
	}
}

// on has somebody press what they read: the clinician on the card, the others in
// their message.
func (n *night) on(who PersonID, label string) *night {
	n.t.Helper()
	before := len(n.sent)
	if who == "ana" {
		n.press(who, label)
	} else {
		n.pressDirect(who, label)
	}
	n.say(string(who)+" presses "+label, before)
	return n
}

// onCard has somebody press on the card in the thread.
func (n *night) onCard(who PersonID, label string) *night {
	n.t.Helper()
	before := len(n.sent)
	n.pressOn(who, label, renderCard(n.env, n.c), nil)
	n.say(string(who)+" presses "+label+" on the card", before)
	return n
}

func plainChain(chain ...[]PersonID) func(*Practice) {
	return func(p *Practice) { p.Rotas, p.Chain = nil, chain }
}

func TestNightsOfEscalation(t *testing.T) {
	const tuesday = "2026-03-10T21:00:00-04:00" // eli has the week, then ben
	for name, tc := range map[string]struct {
		start  string
		change func(*Practice)
		live   func(*night)
		want   string
	}{
		"one of two is enough, and who is told what": {
			start: tuesday, change: plainChain([]PersonID{"dana", "eli"}, []PersonID{"ben"}),
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:04").on("eli", "Seen: I am on it").at("21:09").on("eli", "Approve").at("22:30")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana eli
Tue 21:04 EDT eli presses Seen: I am on it
Tue 21:04 EDT   ends the pages of dana eli
Tue 21:04 EDT   tells ana:seen
Tue 21:09 EDT eli presses Approve
Tue 21:09 EDT   ends the pages of dana eli
Tue 21:09 EDT   tells ana:approved`,
		},
		"all of a step have to see it": {
			start: tuesday, change: plainChain([]PersonID{"all", "dana", "eli"}, []PersonID{"ben"}),
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:04").on("eli", "Seen: I am on it").at("21:12").on("ben", "Seen: I am on it").at("21:15")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana eli
Tue 21:04 EDT eli presses Seen: I am on it
Tue 21:04 EDT   ends the pages of eli
Tue 21:04 EDT   tells ana:seen
Tue 21:10 EDT   pages ben
Tue 21:10 EDT   tells ana:passed
Tue 21:12 EDT ben presses Seen: I am on it
Tue 21:12 EDT   ends the pages of dana eli ben
Tue 21:12 EDT   tells ana:seen`,
		},
		"given back: those of the same step are paged again": {
			start: tuesday, change: plainChain([]PersonID{"dana", "eli"}, []PersonID{"ben"}),
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:03").on("dana", "Seen: I am on it").at("21:05").on("dana", "I cannot take it after all")
				n.at("21:16").on("dana", "Approve")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana eli
Tue 21:03 EDT dana presses Seen: I am on it
Tue 21:03 EDT   ends the pages of dana eli
Tue 21:03 EDT   tells ana:seen
Tue 21:05 EDT dana presses I cannot take it after all
Tue 21:05 EDT   pages eli
Tue 21:05 EDT   tells ana:unseen
Tue 21:15 EDT   pages ben
Tue 21:15 EDT   tells ana:passed
Tue 21:16 EDT dana presses Approve
Tue 21:16 EDT   ends the pages of dana eli ben
Tue 21:16 EDT   tells ana:approved`,
		},
		"given back by the only one: the next step at once": {
			start: tuesday, change: plainChain([]PersonID{"dana"}, []PersonID{"eli"}),
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:03").on("dana", "Seen: I am on it").at("21:05").on("dana", "I cannot take it after all")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana
Tue 21:03 EDT dana presses Seen: I am on it
Tue 21:03 EDT   ends the pages of dana
Tue 21:03 EDT   tells ana:seen
Tue 21:05 EDT dana presses I cannot take it after all
Tue 21:05 EDT   pages eli
Tue 21:05 EDT   tells ana:unseen`,
		},
		"a conflict after it was seen: the others of the step ring again": {
			start: tuesday, change: plainChain([]PersonID{"dana", "eli"}, []PersonID{"ben"}),
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:03").on("dana", "Seen: I am on it").at("21:05").on("dana", "I have a conflict")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana eli
Tue 21:03 EDT dana presses Seen: I am on it
Tue 21:03 EDT   ends the pages of dana eli
Tue 21:03 EDT   tells ana:seen
Tue 21:05 EDT dana presses I have a conflict
Tue 21:05 EDT   pages eli
Tue 21:05 EDT   ends the pages of dana
Tue 21:05 EDT   tells ana:aside`,
		},
		"handed over, and the one who took it does not answer": {
			start: tuesday, change: plainChain([]PersonID{"dana"}, []PersonID{"eli"}),
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:03").on("dana", "Seen: I am on it").on("dana", "Hand it over").on("dana", "Ben Osei").at("21:15")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana
Tue 21:03 EDT dana presses Seen: I am on it
Tue 21:03 EDT   ends the pages of dana
Tue 21:03 EDT   tells ana:seen
Tue 21:03 EDT dana presses Hand it over
Tue 21:03 EDT dana presses Ben Osei
Tue 21:03 EDT   pages ben
Tue 21:03 EDT   tells ana:handed
Tue 21:13 EDT   pages eli
Tue 21:13 EDT   tells ana:passed`,
		},
		"two signatures: the second person is asked at once, and the first cannot be both": {
			start: tuesday, change: func(p *Practice) {
				plainChain([]PersonID{"dana"}, []PersonID{"eli"})(p)
				p.Signatures = map[EscalationKind]int{KindSignOff: 2}
			},
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:03").on("dana", "Seen: I am on it").on("dana", "Approve")
				n.do(Input{ID: "x", Actor: "dana", Version: n.c.Version, Action: ActApprove, Args: []string{"1"}})
				sees(n.t, n.last.Reply.Notice, "Another person has to sign it too")
				sees(n.t, n.card(), "1 of 2 signatures", "Waits for sign-off")
				n.at("21:08").on("eli", "Seen: I am on it").on("eli", "Approve")
				sees(n.t, n.card(), "approved by Dana Kim 5 min ago and Eli Stone just now", "!Waits for sign-off")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana
Tue 21:03 EDT dana presses Seen: I am on it
Tue 21:03 EDT   ends the pages of dana
Tue 21:03 EDT   tells ana:seen
Tue 21:03 EDT dana presses Approve
Tue 21:03 EDT   pages eli
Tue 21:03 EDT   ends the pages of dana
Tue 21:03 EDT   tells ana:signed
Tue 21:08 EDT eli presses Seen: I am on it
Tue 21:08 EDT   ends the pages of dana eli
Tue 21:08 EDT   tells ana:seen
Tue 21:08 EDT eli presses Approve
Tue 21:08 EDT   ends the pages of dana eli
Tue 21:08 EDT   tells ana:approved`,
		},
		"two signatures and nobody for the second": {
			start: tuesday, change: func(p *Practice) {
				plainChain([]PersonID{"dana"})(p)
				p.Signatures = map[EscalationKind]int{KindSignOff: 2}
			},
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("21:03").on("dana", "Seen: I am on it").on("dana", "Approve with conditions").at("21:04")
				n.pick("dana", "Tell only the minimum on the card")
				n.say("dana picks a condition", len(n.sent)-len(n.last.Effects))
				sees(n.t, n.card(), "Nobody has been reached for the signature that is still missing", "extension 12")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana
Tue 21:03 EDT dana presses Seen: I am on it
Tue 21:03 EDT   ends the pages of dana
Tue 21:03 EDT   tells ana:seen
Tue 21:03 EDT dana presses Approve with conditions
Tue 21:04 EDT dana picks a condition
Tue 21:04 EDT   ends the pages of dana
Tue 21:04 EDT   tells ana:signed ana:nobody`,
		},
		"what can wait and cannot after all": {
			start: tuesday, change: quiet,
			live: func(n *night) {
				n.on("ana", "When they can").at("23:30").on("ana", "I need it today after all").at("23:45")
			},
			want: `
Tue 21:00 EDT ana presses When they can
Tue 23:30 EDT ana presses I need it today after all
Tue 23:30 EDT   pages eli
Tue 23:40 EDT   pages dana
Tue 23:40 EDT   tells ana:passed`,
		},
		"what can wait is taken up at night by whoever is on duty, and forgotten": {
			start: tuesday, change: quiet,
			live: func(n *night) {
				n.on("ana", "When they can").at("22:00").onCard("eli", "Seen: I am on it").at("10:35")
			},
			want: `
Tue 21:00 EDT ana presses When they can
Tue 22:00 EDT eli presses Seen: I am on it on the card
Tue 22:00 EDT   ends the pages of eli
Tue 22:00 EDT   tells eli:taken ana:seen
Wed 08:30 EDT   tells eli:decide_due ana:reminded
Wed 09:30 EDT   pages eli
Wed 09:30 EDT   tells ana:passed
Wed 10:30 EDT   pages dana
Wed 10:30 EDT   tells ana:passed`,
		},
		"what was asked in the evening goes on in the morning": {
			start: "2026-03-10T20:30:00-04:00", change: quiet,
			live: func(n *night) { n.on("ana", "When they can").at("08:45") },
			want: `
Tue 20:30 EDT ana presses When they can
Tue 20:30 EDT   pages eli
Wed 08:30 EDT   pages dana
Wed 08:30 EDT   tells ana:passed`,
		},
		"what is urgent knows no quiet hours": {
			start: tuesday, change: quiet,
			live: func(n *night) { n.on("ana", "Sign-off: today") },
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages eli`,
		},
		"who was paged may answer after the duty has passed on": {
			start: "2026-03-16T07:55:00-04:00", change: func(*Practice) {},
			live: func(n *night) {
				n.on("ana", "Sign-off: today").at("08:02").on("eli", "Seen: I am on it").on("eli", "Approve")
			},
			want: `
Mon 07:55 EDT ana presses Sign-off: today
Mon 07:55 EDT   pages eli
Mon 08:02 EDT eli presses Seen: I am on it
Mon 08:02 EDT   ends the pages of eli
Mon 08:02 EDT   tells ana:seen
Mon 08:02 EDT eli presses Approve
Mon 08:02 EDT   ends the pages of eli
Mon 08:02 EDT   tells ana:approved`,
		},
		"a gap in the rota is skipped at once": {
			start: "2026-03-04T21:00:00-05:00", change: away("dana", ""),
			live: func(n *night) { n.on("ana", "Sign-off: today") },
			want: `
Wed 21:00 EST ana presses Sign-off: today
Wed 21:00 EST   pages eli`,
		},
		"the clinician does not want this supervisor": {
			start: tuesday, change: plainChain([]PersonID{"dana"}, []PersonID{"eli"}),
			live: func(n *night) { n.on("ana", "Sign-off: today").at("21:02").on("ana", "Not this supervisor") },
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   pages dana
Tue 21:02 EDT ana presses Not this supervisor
Tue 21:02 EDT   pages eli
Tue 21:02 EDT   ends the pages of dana`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNight(t, tc.start, tc.change)
			tc.live(n)
			if got := "\n" + strings.Join(n.lines, "\n"); got != tc.want {
				t.Errorf("the night went%s\n\nwant%s", got, tc.want)
			}
		})
	}
}

// quiet is a practice that lets the night be.
func quiet(p *Practice) {
	p.QuietFrom, p.QuietUntil = DayTime(21*60), DayTime(8*60+30)
	p.Chain = [][]PersonID{{"first"}, {"dana"}}
}
