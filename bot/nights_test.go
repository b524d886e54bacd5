package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"curbside/dialog"
)

// emergency is what ana reads when nobody is left to page.
const emergency = "Nobody has been reached. Emergency steps, required reports and everything else you must do wait for nobody: do them now. " +
	"Call the practice's emergency contact: Director on call, 555-0100."

// Each night is told by what people notice, by the clock on the wall.
func TestNightsOfTheWholeBot(t *testing.T) {
	t.Parallel()
	shared := newLibrary(t)
	const tuesday = "2026-03-10T21:00:00-04:00" // kim has the week, then lee
	chain := func(steps ...[]dialog.PersonID) func(*nightOffice) {
		return func(o *nightOffice) { o.practice.Chain = steps }
	}
	quiet := func(o *nightOffice) {
		o.practice.QuietFrom, o.practice.QuietUntil = 21*60, 8*60+30
	}
	for name, tc := range map[string]struct {
		start  string
		change func(*nightOffice)
		live   func(*night)
		want   string
	}{
		"nobody answers until the emergency contact": {
			start: tuesday, change: chain([]dialog.PersonID{"sam"}, []dialog.PersonID{"theo", "olive"}),
			live: func(n *night) { n.presses("ana", "Sign-off: today").at("23:00") },
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   sam is called in the chat
Tue 21:00 EDT   the phone of sam rings: today
Tue 21:10 EDT   olive is called in the chat
Tue 21:10 EDT   ana reads: Nobody answered in time. Paged now: Theo Brandt and Olive Hart.
Tue 21:10 EDT   the phone of theo rings: today
Tue 21:20 EDT   ana reads: (the emergency contact)`,
		},
		"seen, and then silence": {
			start: tuesday, change: chain([]dialog.PersonID{"sam"}, []dialog.PersonID{"olive"}),
			live: func(n *night) {
				n.presses("ana", "Sign-off: today").at("21:03").presses("sam", "Seen: I am on it").at("21:50")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   sam is called in the chat
Tue 21:00 EDT   the phone of sam rings: today
Tue 21:03 EDT sam presses Seen: I am on it
Tue 21:03 EDT   ana reads: Sam Okafor has seen it and will decide.
Tue 21:03 EDT   the phone of sam is quiet
Tue 21:23 EDT   sam reads: Your answer is still awaited. Without it, the next step is paged soon.
Tue 21:23 EDT   ana reads: Sam Okafor was reminded that you wait for an answer.
Tue 21:33 EDT   olive is called in the chat
Tue 21:33 EDT   ana reads: Sam Okafor has seen it but not answered in time. Paged now: Olive Hart.
Tue 21:43 EDT   ana reads: (the emergency contact)`,
		},
		"acknowledged on the phone, and decided in the chat": {
			start: tuesday, change: chain([]dialog.PersonID{"sam"}, []dialog.PersonID{"olive"}),
			live: func(n *night) {
				n.presses("ana", "Sign-off: today").at("21:02").acknowledges("sam").at("21:06").presses("sam", "Approve").at("22:00")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   sam is called in the chat
Tue 21:00 EDT   the phone of sam rings: today
Tue 21:02 EDT sam acknowledges on the phone
Tue 21:02 EDT   ana reads: Sam Okafor has seen it and will decide.
Tue 21:02 EDT   the phone of sam is quiet
Tue 21:06 EDT sam presses Approve
Tue 21:06 EDT sam is answered: Thank you. Ana Reyes is told at once.
Tue 21:06 EDT   ana reads: Sam Okafor approved the plan.`,
		},
		"what can wait is asked in the morning, of whoever is on duty then": {
			start: "2026-03-15T23:00:00-04:00", change: quiet, // the duty changes hands on Monday at eight
			live: func(n *night) {
				n.presses("ana", "When they can").at("10:00")
			},
			want: `
Sun 23:00 EDT ana presses When they can
Sun 23:00 EDT ana is answered: It is night at the practice, and you said that this can wait: the supervisors are asked Mon 8:30 AM EDT. If it cannot wait after all, say so on the card.
Mon 08:30 EDT   lee is called in the chat
Mon 09:30 EDT   olive is called in the chat
Mon 09:30 EDT   ana reads: Nobody answered in time. Paged now: Olive Hart.`,
		},
		"what can wait and the night in which the clocks go forward": {
			start: "2026-03-07T23:30:00-05:00", change: quiet,
			live: func(n *night) { n.presses("ana", "When they can").at("09:00") },
			want: `
Sat 23:30 EST ana presses When they can
Sat 23:30 EST ana is answered: It is night at the practice, and you said that this can wait: the supervisors are asked Sun 8:30 AM EDT. If it cannot wait after all, say so on the card.
Sun 08:30 EDT   sam is called in the chat
Sun 08:30 EDT   the phone of sam rings: routine`,
		},
		"ten minutes are ten minutes when the clocks go forward": {
			start: "2026-03-08T01:55:00-05:00", change: func(*nightOffice) {},
			live: func(n *night) { n.presses("ana", "Sign-off: today").at("03:30") },
			want: `
Sun 01:55 EST ana presses Sign-off: today
Sun 01:55 EST   sam is called in the chat
Sun 01:55 EST   the phone of sam rings: today
Sun 03:05 EDT   olive is called in the chat
Sun 03:05 EDT   ana reads: Nobody answered in time. Paged now: Olive Hart.
Sun 03:15 EDT   ana reads: (the emergency contact)`,
		},
		"the hour that comes twice is two hours": {
			start: "2026-11-01T01:55:00-04:00", change: func(*nightOffice) {},
			live: func(n *night) { n.presses("ana", "Sign-off: today").at("04:00") },
			want: `
Sun 01:55 EDT ana presses Sign-off: today
Sun 01:55 EDT   kim is called in the chat
Sun 01:05 EST   olive is called in the chat
Sun 01:05 EST   ana reads: Nobody answered in time. Paged now: Olive Hart.
Sun 01:15 EST   ana reads: (the emergency contact)`,
		},
		"the duty changes hands while a page is open": {
			start: "2026-03-16T07:55:00-04:00", change: func(*nightOffice) {},
			live: func(n *night) {
				n.presses("ana", "Sign-off: today").at("07:59")
				n.presses("lee", "Seen: I am on it")
				n.at("08:02").presses("lee", "Seen: I am on it").presses("lee", "Approve").at("09:00")
			},
			want: `
Mon 07:55 EDT ana presses Sign-off: today
Mon 07:55 EDT   kim is called in the chat
Mon 07:59 EDT lee presses Seen: I am on it
Mon 07:59 EDT lee is answered: You are not on duty for this one, so you cannot answer it. The people who are have been paged.
Mon 08:02 EDT lee presses Seen: I am on it
Mon 08:02 EDT   lee reads: You took this up while on duty.
Mon 08:02 EDT   ana reads: Lee Park has seen it and will decide.
Mon 08:02 EDT lee presses Approve
Mon 08:02 EDT lee is answered: Thank you. Ana Reyes is told at once.
Mon 08:02 EDT   ana reads: Lee Park approved the plan.`,
		},
		"immediate danger at three at night": {
			start: "2026-03-11T03:00:00-04:00", change: func(o *nightOffice) {
				quiet(o)
				o.practice.Chain = [][]dialog.PersonID{{"sam"}, {"kim", "theo"}, {"olive"}}
			},
			live: func(n *night) {
				n.presses("ana", "Immediate danger").at("03:04").presses("olive", "Seen: I am on it", "I am with the clinician").at("04:00")
			},
			want: `
Wed 03:00 EDT ana presses Immediate danger
Wed 03:00 EDT   sam is called in the chat
Wed 03:00 EDT   kim is called in the chat
Wed 03:00 EDT   olive is called in the chat
Wed 03:00 EDT   the phone of sam rings: imminent
Wed 03:00 EDT   the phone of theo rings: imminent
Wed 03:02 EDT   ana reads: (the emergency contact)
Wed 03:02 EDT   sam is called in the chat
Wed 03:02 EDT   kim is called in the chat
Wed 03:02 EDT   olive is called in the chat
Wed 03:02 EDT   the phone of sam rings: imminent
Wed 03:02 EDT   the phone of theo rings: imminent
Wed 03:04 EDT olive presses Seen: I am on it
Wed 03:04 EDT   ana reads: Olive Hart has seen it.
Wed 03:04 EDT   the phone of sam is quiet
Wed 03:04 EDT   the phone of theo is quiet
Wed 03:04 EDT olive presses I am with the clinician
Wed 03:04 EDT   ana reads: Olive Hart is with Ana Reyes.`,
		},
		"who cannot be reached and steps without anybody cost no minute": {
			start: tuesday, change: func(o *nightOffice) {
				o.practice.Chain = [][]dialog.PersonID{{"kim"}, {}, {"ana"}, {"olive"}}
				o.gone["kim"] = true
			},
			live: func(n *night) { n.presses("ana", "Sign-off: today").at("21:09") },
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   ana reads: Kim Lindqvist could not be reached. It goes on to the next step at once.
Tue 21:00 EDT   ana reads: Step 2 of the chain has nobody who can be reached. It was skipped at once.
Tue 21:00 EDT   ana reads: Step 3 of the chain has nobody who can be reached. It was skipped at once.
Tue 21:00 EDT   olive is called in the chat`,
		},
		"whose messages do not get through still has a phone": {
			start: tuesday, change: func(o *nightOffice) { o.practice.Chain = [][]dialog.PersonID{{"theo"}, {"olive"}} },
			live: func(n *night) { n.presses("ana", "Sign-off: today").at("21:15") },
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   the phone of theo rings: today
Tue 21:10 EDT   olive is called in the chat
Tue 21:10 EDT   ana reads: Nobody answered in time. Paged now: Olive Hart.`,
		},
		"two signatures": {
			start: tuesday, change: func(o *nightOffice) {
				o.practice.Chain = [][]dialog.PersonID{{"sam"}, {"olive"}}
				o.practice.Signatures = map[dialog.EscalationKind]int{dialog.KindSignOff: 2}
			},
			live: func(n *night) {
				n.presses("ana", "Sign-off: today").at("21:03").presses("sam", "Seen: I am on it", "Approve")
				n.at("21:08").presses("olive", "Seen: I am on it", "Approve").at("22:00")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   sam is called in the chat
Tue 21:00 EDT   the phone of sam rings: today
Tue 21:03 EDT sam presses Seen: I am on it
Tue 21:03 EDT   ana reads: Sam Okafor has seen it and will decide.
Tue 21:03 EDT   the phone of sam is quiet
Tue 21:03 EDT sam presses Approve
Tue 21:03 EDT sam is answered: Thank you. A second signature is needed: somebody else is asked for it.
Tue 21:03 EDT   ana reads: Sam Okafor has signed. Another person has to sign as well before it counts.
Tue 21:03 EDT   olive is called in the chat
Tue 21:08 EDT olive presses Seen: I am on it
Tue 21:08 EDT   ana reads: Olive Hart has seen it and will decide.
Tue 21:08 EDT olive presses Approve
Tue 21:08 EDT olive is answered: Thank you. Ana Reyes is told at once.
Tue 21:08 EDT   ana reads: Olive Hart approved the plan.`,
		},
		"given back, and the next one has a conflict": {
			start: tuesday, change: chain([]dialog.PersonID{"sam", "kim"}, []dialog.PersonID{"olive"}),
			live: func(n *night) {
				n.presses("ana", "Sign-off: today").at("21:03").presses("sam", "Seen: I am on it").at("21:05").presses("sam", "I cannot take it after all")
				n.at("21:08").presses("kim", "Seen: I am on it").at("21:09").presses("kim", "I have a conflict").at("21:30")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   sam is called in the chat
Tue 21:00 EDT   kim is called in the chat
Tue 21:00 EDT   the phone of sam rings: today
Tue 21:03 EDT sam presses Seen: I am on it
Tue 21:03 EDT   ana reads: Sam Okafor has seen it and will decide.
Tue 21:03 EDT   the phone of sam is quiet
Tue 21:05 EDT sam presses I cannot take it after all
Tue 21:05 EDT sam is answered: Given back. Somebody else is asked now; you can still answer.
Tue 21:05 EDT   ana reads: Sam Okafor cannot take it after all. Somebody else is asked now.
Tue 21:05 EDT   kim is called in the chat
Tue 21:08 EDT kim presses Seen: I am on it
Tue 21:08 EDT   ana reads: Kim Lindqvist has seen it and will decide.
Tue 21:09 EDT kim presses I have a conflict
Tue 21:09 EDT kim is answered: You are out of this one. No reason is asked.
Tue 21:09 EDT   olive is called in the chat
Tue 21:09 EDT   ana reads: Kim Lindqvist stepped aside. No reason is asked; the next one is paged.
Tue 21:19 EDT   ana reads: (the emergency contact)`,
		},
		"Redis is away when the next step is due": {
			start: tuesday, change: chain([]dialog.PersonID{"sam"}, []dialog.PersonID{"olive"}),
			live: func(n *night) {
				n.presses("ana", "Sign-off: today").at("21:09")
				n.store.isAway(true)
				n.at("21:14")
				n.store.isAway(false)
				n.at("21:20")
			},
			want: `
Tue 21:00 EDT ana presses Sign-off: today
Tue 21:00 EDT   sam is called in the chat
Tue 21:00 EDT   the phone of sam rings: today
Tue 21:14 EDT   olive is called in the chat
Tue 21:14 EDT   ana reads: Nobody answered in time. Paged now: Olive Hart.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := "\n" + strings.ReplaceAll(shared.liveNight(t, tc.start, tc.change, tc.live), emergency, "(the emergency contact)")
			if got != tc.want {
				t.Errorf("the night went%s\n\nwant%s", got, tc.want)
			}
		})
	}
}

// acknowledges is somebody who presses a key of their phone.
func (n *night) acknowledges(who dialog.PersonID) *night {
	n.t.Helper()
	n.noticed("%s acknowledges on the phone", who)
	if err := n.Acknowledge(context.Background(), "key", n.store.newest(n.t).Record.Consult.Handle, who); err != nil {
		n.t.Fatal(err)
	}
	time.Sleep(time.Second)
	return n
}
