package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

// eachAtOnce runs a test for each name, all at the same time however few the
// processors: these stories wait most of the time.
func eachAtOnce(t *testing.T, names []string, test func(t *testing.T, name string)) {
	t.Helper()
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { t.Run(name, func(t *testing.T) { test(t, name) }) })
	}
	all.Wait()
}

// eachSlackWay tells a story over sockets and over HTTP, with two processes.
func eachSlackWay(t *testing.T, tell func(t *testing.T, p *slackPractice)) {
	t.Helper()
	eachAtOnce(t, []string{"socket", "http"}, func(t *testing.T, mode string) {
		p := newSlackPractice(t, slackSetup{mode: mode, replicas: 2})
		tell(t, p)
		p.holdsItsPromises(t)
	})
}

// onSlack answers everything up to the duty. The last answer is left to the story.
func (p *slackPractice) onSlack() {
	p.t.Helper()
	p.command(slackDana, "about "+strings.Join(planted, " "))
	dana := func(label string) sign { return p.can(slackDana, label) }
	p.press(slackDana, "California", "", dana("Harm to others"))
	p.pick(slackDana, "Go on", dana("Imminent: now or within days"), "Harm to others")
	p.press(slackDana, "Imminent: now or within days", "", dana("Kill somebody or injure somebody seriously"))
	p.press(slackDana, "Kill somebody or injure somebody seriously", "", dana("The client"))
	p.press(slackDana, "The client", "", dana(completes))
}

// completes is the answer that completes the duty.
const completes = "A person (or persons) I can point to"

// goesOn is everything from the duty to the record.
func (p *slackPractice) goesOn() {
	p.t.Helper()
	p.upToSignOff()
	pages, mentions := p.pages(slackSam), p.mentions(slackSam)
	p.press(slackDana, "Ask a supervisor", "", func() bool { return p.pages(slackSam) > pages && p.mentions(slackSam) > mentions })
	p.signsOff()
}

// upToSignOff is everything from the duty until a supervisor can be asked.
func (p *slackPractice) upToSignOff() {
	p.t.Helper()
	// Whoever answers sooner than the page is not paged any more.
	p.until("Sam is paged", func() bool { return p.pages(slackSam) > 0 })
	p.press(slackSam, "Seen: I am on it", "", p.says(slackDana, "Sam Okafor knows"))
	p.press(slackDana, "None of these", "", p.can(slackDana, "Go on: what are the ways?"))
	for _, line := range []string{"Tell the police", "Warn the person in danger", "Send the firearms report"} {
		marked, asked := p.says(slackDana, "☑ "+line), p.can(slackDana, "The minimum on the card, nothing more")
		p.press(slackDana, "Done", "☐ "+line, asked)
		p.press(slackDana, "The minimum on the card, nothing more", "", func() bool { return marked() && !asked() })
	}
	p.press(slackDana, "Go on: what are the ways?", "", p.can(slackDana, "See or call the client more often"))
	p.pick(slackDana, "This is my plan", p.can(slackDana, "Go on: consult and act"), "See or call the client more often")
	p.press(slackDana, "Go on: consult and act", "", p.can(slackDana, "Ask a supervisor"))
}

// signsOff is everything from the page that asks for it to the record.
func (p *slackPractice) signsOff() {
	p.t.Helper()
	p.press(slackSam, "Seen: I am on it", "", p.can(slackSam, "Approve"))
	p.press(slackSam, "Approve", "", p.says(slackDana, "Sam Okafor approved"))
	p.press(slackDana, "Close with the record", "", p.says(slackDana, "Its record is here"))
}

// applied is the process that applied a version of the consult, if one has.
func (p *slackPractice) applied(version int) *replica {
	for _, r := range p.replicas {
		if bytes.Contains(r.log.bytes(), fmt.Appendf(nil, " version=%d ", version)) {
			return r
		}
	}
	return nil
}

// cards are the messages of the channel that are no replies, files or pointers.
func (p *slackPractice) cards() []slackfake.Message {
	return slices.DeleteFunc(p.fake.Messages("", slackChannel), func(m slackfake.Message) bool { return m.ThreadTS != "" || m.File != nil })
}

// mentions are the lines of the thread that call somebody.
func (p *slackPractice) mentions(user string) int {
	n := 0
	for _, m := range p.fake.Messages("", slackChannel) {
		if slices.Contains(m.Mentions().People, user) {
			n++
		}
	}
	return n
}

// pages are the direct messages that paged somebody.
func (p *slackPractice) pages(user string) int {
	n := 0
	for _, m := range p.fake.Direct(user) {
		if m.File == nil {
			n++
		}
	}
	return n
}

// onLockScreens are words that no lock screen may show.
var onLockScreens = []string{"California", "Kill", "43.92", "Protect", "police", "You must", "plan"}

// holdsItsPromises is what must be true after every story, whatever happened in it.
func (p *slackPractice) holdsItsPromises(t *testing.T) {
	t.Helper()
	for _, fault := range p.fake.Faults() {
		t.Errorf("Slack was misused: %s", fault)
	}
	for _, m := range slices.Concat(p.fake.Messages("", slackChannel), p.fake.Direct(slackDana), p.fake.Direct(slackSam), p.fake.Direct(slackKim)) {
		if m.Mentions().Channel {
			t.Errorf("a message calls everybody: %q", m.Readable())
		}
		for _, user := range m.Mentions().People {
			if user != slackSam && user != slackKim {
				t.Errorf("a message calls %s: %q", user, m.Readable())
			}
		}
	}
	for _, user := range []string{slackDana, slackSam, slackKim} {
		for _, shown := range p.fake.Notifications(user) {
			for _, word := range onLockScreens {
				if strings.Contains(shown, word) {
					t.Errorf("the lock screen of %s shows %q", user, shown)
				}
			}
		}
	}
	searched := map[string][]byte{}
	for i, r := range p.replicas {
		searched["the log of process "+string(rune('1'+i))] = r.log.bytes()
	}
	var sent strings.Builder
	for _, c := range p.fake.Calls("") {
		sent.WriteString(c.Args + "\n")
	}
	searched["what went to Slack"] = []byte(sent.String())
	(&practiceDay{t: t, server: p.server, log: &lockedBuffer{}}).holdsNothingOf(planted, searched)
}

// onceEach is a consult that was played to its end: one card, the notice and the
// sign-off paged in so many direct messages and mentions to the one who answers,
// one approval, one record of each kind.
func (p *slackPractice) onceEach(t *testing.T, pages, mentions int) {
	t.Helper()
	cards := slices.DeleteFunc(p.cards(), func(m slackfake.Message) bool { return strings.Contains(m.Readable(), slackFrank) })
	if len(cards) != 1 {
		t.Errorf("there are %d cards, want one", len(cards))
	}
	if got, called := p.pages(slackSam), p.mentions(slackSam); got != pages || called != mentions {
		t.Errorf("Sam has %d direct messages and is called %d times, want %d and %d", got, called, pages, mentions)
	}
	if got := p.pages(slackKim); got != 0 {
		t.Errorf("Kim was paged %d times although Sam answered", got)
	}
	approvals := 0
	for _, r := range p.replicas {
		approvals += bytes.Count(r.log.bytes(), []byte(" action=approve "))
	}
	if approvals != 1 {
		t.Errorf("there are %d approvals, want one", approvals)
	}
	files := map[string]int{}
	p.within(slackWait, "the record is in the thread", func() bool {
		clear(files)
		for _, m := range p.fake.Messages("", slackChannel) {
			if m.File != nil {
				files[m.File.Name]++
			}
		}
		return len(files) > 1
	})
	for name, n := range files {
		if n != 1 {
			t.Errorf("%s is there %d times", name, n)
		}
	}
}

func TestNothingOnSlackIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	stories := map[string]func(t *testing.T){
		"when everything is pressed twice": func(t *testing.T) {
			p := newSlackPractice(t, slackSetup{mode: "http", replicas: 2})
			p.twice = true
			p.onSlack()
			p.press(slackDana, completes, "", p.says(slackDana, "You must"))
			p.endsWell(t, 2)
		},
	}
	for _, mode := range []string{"socket", "http"} {
		for when, trouble := range slackTroubles {
			stories["over "+mode+" "+when] = func(t *testing.T) { outlastsAMinute(t, mode, trouble) }
		}
	}
	eachAtOnce(t, slices.Sorted(maps.Keys(stories)), func(t *testing.T, name string) { stories[name](t) })
}

// endsWell plays a consult from its duty to its end, and holds it to its promises.
func (p *slackPractice) endsWell(t *testing.T, mentions int) {
	t.Helper()
	p.goesOn()
	p.onceEach(t, 2, mentions)
	p.holdsItsPromises(t)
}

func TestOfTwoCardsOnSlackTheNewestWinsAndThePressOnTheOlderIsServed(t *testing.T) {
	t.Parallel()
	eachSlackWay(t, func(t *testing.T, p *slackPractice) {
		p.fake.Cause(slackfake.Trouble{Method: "chat.postMessage", Lost: true, Times: 1})
		p.command(slackDana, "")
		p.until("there are two cards", func() bool { return len(p.cards()) == 2 })
		p.until("the newest is the consult's", func() bool {
			p.command(slackDana, "list")
			time.Sleep(100 * time.Millisecond)
			return p.linked(p.cards()[1])
		})
		client := p.fake.As(slackDana)
		older := func(w slackfake.Where) bool { return w == p.cards()[0].Where() }
		spot, ok := client.Find("California", "", older)
		if !ok {
			t.Fatal("the older card cannot be pressed")
		}
		if _, err := client.Do(spot, "California"); err != nil {
			t.Fatal(err)
		}
		p.until("the newest goes on", func() bool {
			_, ok := client.Find("Harm to others", "", func(w slackfake.Where) bool { return w == p.cards()[1].Where() })
			return ok
		})
		p.until("the older only points to it", func() bool {
			_, still := client.Find("Immediate danger", "", older)
			return !still && p.leads(p.cards()[0], p.cards()[1])
		})
		if got := len(p.cards()); got != 2 {
			t.Errorf("there are %d cards, want two", got)
		}
	})
}

// linked reports whether what Dana sees alone leads to a card.
func (p *slackPractice) linked(card slackfake.Message) bool {
	for _, m := range p.fake.Ephemeral(slackDana) {
		if p.leads(m, card) {
			return true
		}
	}
	return false
}

// leads reports whether a message links to another one.
func (p *slackPractice) leads(from, to slackfake.Message) bool {
	return slices.ContainsFunc(from.Links(), func(url string) bool {
		return strings.Contains(url, strings.ReplaceAll(to.TS, ".", ""))
	})
}

// press2 presses the same from two clients of one person at once.
func press2(client *slackfake.Client, spot slackfake.Spot, label string) {
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { _, _ = client.Do(spot, label) }) // the second may find that it has changed
	}
	both.Wait()
}
