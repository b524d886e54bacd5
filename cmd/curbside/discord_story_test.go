package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"curbside/adapters/discord/discordfake"
)

// eachDiscordWay tells a story over the gateway and over HTTP, with two processes.
func eachDiscordWay(t *testing.T, tell func(t *testing.T, p *discordPractice)) {
	t.Helper()
	eachAtOnce(t, []string{"gateway", "http"}, func(t *testing.T, mode string) {
		p := newDiscordPractice(t, mode, 2)
		tell(t, p)
		p.holdsItsPromises(t)
	})
}

// dutyAnswer is the answer that completes the duty to protect.
const dutyAnswer = "A person (or persons) I can point to"

// onDiscord answers everything up to the duty. The last answer is left to the
// story.
func (p *discordPractice) onDiscord() {
	p.t.Helper()
	p.opensOnDiscord()
	p.answersOnDiscord()
}

// opensOnDiscord opens the consult, and again where she is told that nothing was
// saved.
func (p *discordPractice) opensOnDiscord() {
	p.t.Helper()
	down := p.says(discordDana, "Nothing was saved")
	p.command(discordDana, "about "+strings.Join(planted, " "))
	p.until("Dana's consult is open", func() bool {
		if down() {
			for _, m := range p.fake.Ephemeral(discordDana) {
				p.fake.As(discordDana).Hide(m.ID)
			}
			p.command(discordDana, "about "+strings.Join(planted, " "))
		}
		return p.says(discordDana, "Your consult is open")()
	})
}

// answersOnDiscord answers everything up to the duty.
func (p *discordPractice) answersOnDiscord() {
	p.t.Helper()
	dana := func(label string) func() bool { return p.can(discordDana, label) }
	p.press(discordDana, "California", dana("Harm to others"))
	p.pick(discordDana, "Go on", dana("Imminent: now or within days"), "Harm to others")
	p.press(discordDana, "Imminent: now or within days", dana("Kill somebody or injure somebody seriously"))
	p.press(discordDana, "Kill somebody or injure somebody seriously", dana("The client"))
	p.press(discordDana, "The client", dana(dutyAnswer))
}

// goesOn is everything from the duty to the record.
func (p *discordPractice) goesOn() {
	p.t.Helper()
	p.upToSignOff()
	pages, calls := p.direct(discordSam), p.calls(discordSam)
	p.press(discordDana, "Ask a supervisor", p.can(discordSam, "Seen: I am on it"))
	p.until("Sam is paged for the sign-off", func() bool { return p.direct(discordSam) == pages+1 && p.calls(discordSam) == calls+1 })
	p.signsOff()
}

// upToSignOff is everything from the duty to where a supervisor can be asked.
func (p *discordPractice) upToSignOff() {
	p.t.Helper()
	// Who has seen a page is not called for it again: both parts of it first.
	p.until("Sam is paged", func() bool { return p.direct(discordSam) > 0 && p.calls(discordSam) > 0 })
	p.press(discordSam, "Seen: I am on it", p.says(discordDana, "Sam Okafor knows"))
	p.press(discordDana, "None of these", p.can(discordDana, "Go on: what are the ways?"))
	for _, line := range []string{"Tell the police", "Warn the person in danger", "Send the firearms report"} {
		asked := p.can(discordDana, "The minimum on the card, nothing more")
		marked := func() bool { return p.listed("Not done after all: "+line) != "" }
		p.until("the list offers to mark "+line, func() bool { return p.listed("Done: "+line) != "" })
		p.press(discordDana, p.listed("Done: "+line), asked)
		p.press(discordDana, "The minimum on the card, nothing more", func() bool { return marked() && !asked() })
	}
	p.press(discordDana, "Go on: what are the ways?", p.can(discordDana, "See or call the client more often"))
	p.pick(discordDana, "This is my plan", p.can(discordDana, "Go on: consult and act"), "See or call the client more often")
	p.press(discordDana, "Go on: consult and act", p.can(discordDana, "Ask a supervisor"))
}

// signsOff is everything from the page for the sign-off to the record.
func (p *discordPractice) signsOff() {
	p.t.Helper()
	p.press(discordSam, "Seen: I am on it", p.can(discordSam, "Approve"))
	p.press(discordSam, "Approve", p.says(discordDana, "Sam Okafor approved"))
	p.press(discordDana, "Close with the record", p.says(discordDana, "Its record is here"))
}

// listed is the option of a card's lists that begins so, "" while there is none.
func (p *discordPractice) listed(begins string) string {
	for _, m := range p.inThreads() {
		for _, control := range m.Controls() {
			for _, o := range control.Options {
				if strings.HasPrefix(o.Label, begins) {
					return o.Label
				}
			}
		}
	}
	return ""
}

func (p *discordPractice) threads() []discordfake.Channel { return p.fake.Threads("") }

// inThreads are the messages of all threads that are for more than one person.
func (p *discordPractice) inThreads() []discordfake.Message {
	var all []discordfake.Message
	for _, c := range p.threads() {
		all = append(all, p.fake.Messages("", c.ID)...)
	}
	return all
}

// calls are the lines of the threads that call somebody.
func (p *discordPractice) calls(user string) int {
	n := 0
	for _, m := range p.inThreads() {
		if slices.Contains(m.Pings, user) {
			n++
		}
	}
	return n
}

// direct is how many direct messages somebody has.
func (p *discordPractice) direct(user string) int { return len(p.fake.Direct(user)) }

// notOnLockScreens are words that no lock screen may show.
var notOnLockScreens = []string{"California", "Kill", "43.92", "Protect", "police", "You must", "plan"}

// raced are the codes of what two people, or two processes, did at the same time:
// an answer or a message was there, or was gone, already.
var raced = []int{10008, 10015, 10062, 40060, 50007}

// holdsItsPromises is what must be true after every story, whatever happened in it.
func (p *discordPractice) holdsItsPromises(t *testing.T) {
	t.Helper()
	for _, fault := range p.fake.Faults() {
		t.Errorf("Discord was misused: %s", fault)
	}
	for _, m := range slices.Concat(p.inThreads(), p.fake.Direct(discordDana), p.fake.Direct(discordSam), p.fake.Direct(discordKim)) {
		if m.Everyone || slices.ContainsFunc(m.Pings, func(user string) bool { return user != discordSam && user != discordKim }) {
			t.Errorf("a message calls %v, everybody: %v: %q", m.Pings, m.Everyone, m.Readable())
		}
	}
	for _, user := range []string{discordDana, discordSam, discordKim, discordOwner} {
		for _, shown := range p.fake.Notifications(user) {
			for _, word := range notOnLockScreens {
				if strings.Contains(shown, word) {
					t.Errorf("the lock screen of %s shows %q", user, shown)
				}
			}
		}
	}
	for _, c := range p.fake.Calls("") {
		if c.Status >= 400 && c.Status != 429 && c.Status < 500 && !slices.Contains(raced, c.Code) {
			t.Errorf("Discord refused %s with %d, code %d", c.Route, c.Status, c.Code)
		}
	}
	searched := map[string][]byte{}
	for _, r := range slices.Concat(p.replicas, p.dead) {
		searched["the log of "+r.name] = r.log.bytes()
		for _, secret := range []string{discordfake.Token, "interaction-token-"} {
			if bytes.Contains(r.log.bytes(), []byte(secret)) {
				t.Errorf("the log of %s holds a token", r.name)
			}
		}
	}
	var sent strings.Builder
	for _, c := range p.fake.Calls("") {
		sent.WriteString(c.Path + " " + c.Body + "\n")
	}
	searched["what went to Discord"] = []byte(sent.String())
	(&practiceDay{t: t, server: p.server, log: &lockedBuffer{}}).holdsNothingOf(planted, searched)
}

// onceOnDiscord is a consult that was played to its end: one thread, one card, the
// notice and the sign-off paged once each, in the thread and in a direct message of
// their own, one approval, each file once.
func (p *discordPractice) onceOnDiscord(t *testing.T) {
	t.Helper()
	if got := len(p.threads()); got != 1 {
		t.Errorf("there are %d threads, want one", got)
	}
	if got := p.logged(" action=approve "); got != 1 {
		t.Errorf("there are %d approvals, want one", got)
	}
	if got := p.calls(discordSam); got != 2 {
		t.Errorf("Sam is called %d times in the thread, want two", got)
	}
	if got := p.fake.Direct(discordSam); len(got) != 2 {
		t.Errorf("Sam has %d direct messages, want one for each page", len(got))
		for _, m := range got {
			t.Errorf("one of them says %q", m.Readable())
		}
	}
	cards, files := 0, map[string]int{}
	p.until("the record is in the thread", func() bool {
		cards = 0
		clear(files)
		for _, m := range p.inThreads() {
			for _, f := range m.Files {
				files[f.Name]++
			}
			if len(m.Files) == 0 && strings.Contains(m.Text(), "Answered") {
				cards++
			}
		}
		return len(files) > 1
	})
	if cards > 1 {
		t.Errorf("there are %d cards, want one", cards)
	}
	for name, n := range files {
		if n != 1 {
			t.Errorf("%s is there %d times", name, n)
		}
	}
}
