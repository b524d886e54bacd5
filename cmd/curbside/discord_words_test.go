package main

import (
	"slices"
	"strings"
	"testing"
)

// withWords opens a practice in which people may write in their own words, with
// two processes.
func withWords(t *testing.T, mode string) *discordPractice {
	t.Helper()
	p := openDiscordPractice(t, mode)
	p.words = true
	for range 2 {
		p.start()
	}
	p.registered()
	return p
}

// formOf is a form that comes to stand in front of somebody.
func (p *discordPractice) formOf(user string) func() bool {
	return func() bool { _, open := p.fake.Modal(user); return open }
}

// fill sends the form in front of somebody: as it stands with an empty text.
func (p *discordPractice) fill(user, text string, newer bool) {
	p.t.Helper()
	client := p.fake.As(user)
	send, texts := client.Submit, map[string]string{}
	if newer {
		send = client.SubmitNewer
	}
	if text != "" {
		texts["text"] = text
	}
	if out, err := send(texts); err != nil || !out.Answered {
		p.t.Fatalf("sending the form comes to %+v, %v", out, err)
	}
}

// stands is what stands in the only field of the form in front of somebody.
func (p *discordPractice) stands(user string) string {
	p.t.Helper()
	form, open := p.fake.Modal(user)
	if !open || len(form.Inputs()) != 1 {
		p.t.Fatalf("the form is %+v", form)
	}
	return form.Inputs()[0].Value
}

// An aside is a practice in which what one process has begun is gone on with by
// another.
type aside struct {
	*discordPractice
	last *discordReplica // over HTTP: the process to which everything goes
}

// next has everything from now on go to another process. Over the gateway one
// process hears everything, for as long as it lives.
func (p *aside) next() {
	p.t.Helper()
	if p.mode == "gateway" {
		return
	}
	at := slices.IndexFunc(p.replicas, func(r *discordReplica) bool { return r != p.last })
	p.last = p.replicas[at]
	if err := p.fake.UseHTTP(p.last.address); err != nil {
		p.t.Fatal(err)
	}
}

// dies kills the process that heard what came last.
func (p *aside) dies() {
	p.t.Helper()
	dying := p.last
	if p.mode == "gateway" {
		dying = p.leads()
	}
	p.bury(dying)
	p.start()
	p.next()
}

func TestARefusedTextOnDiscordGoesOnInAnyProcess(t *testing.T) {
	t.Parallel()
	eachAtOnce(t, []string{"gateway", "http"}, func(t *testing.T, mode string) {
		p := &aside{discordPractice: withWords(t, mode)}
		p.asksOpenly()

		p.next()
		p.press(discordDana, "Add your question", p.formOf(discordDana))
		p.next()
		const rest = " *twice*: is [this] enough?\n- or > not"
		p.fill(discordDana, "She told "+planted[0]+rest, false)
		p.until("it is refused", p.can(discordDana, "Use this"))
		p.dies()
		p.press(discordDana, "Edit", p.formOf(discordDana))
		kept := p.stands(discordDana)
		if strings.Contains(kept, planted[0]) || !strings.HasPrefix(kept, "She told ") || !strings.HasSuffix(kept, rest) {
			t.Errorf("it opens with %q", kept)
		}
		p.next()
		p.fill(discordDana, "He told "+planted[0]+", call "+planted[1]+" or "+planted[2], true)
		p.until("it is refused again", p.says(discordDana, "He told"))
		p.next()
		p.press(discordDana, "Edit", p.formOf(discordDana))
		p.next()
		p.fill(discordDana, kept, true)
		p.until("it is kept", func() bool { return p.logged(" action=words ") == 1 && !p.can(discordDana, "Edit")() })

		p.press(discordDana, "Add your reasons", p.formOf(discordDana))
		p.fill(discordDana, "Because "+planted[0]+" said so", true)
		p.until("it is refused", p.can(discordDana, "Use this"))
		p.dies()
		if mode == "http" {
			p.route() // pressed twice, each time in another process
		}
		p.twice = true
		p.press(discordDana, "Use this", func() bool { return !p.can(discordDana, "Use this")() })
		p.twice = false

		p.press(discordDana, "Ask a supervisor", p.can(discordSam, "Seen: I am on it"))
		p.until("Sam is paged for the sign-off", func() bool { return p.direct(discordSam) == 2 && p.calls(discordSam) == 2 })
		p.press(discordSam, "Seen: I am on it", p.says(discordSam, "*twice*: is [this] enough?"))
		p.until("Sam reads the reasons", p.says(discordSam, "said so"))
		if got := p.logged(" action=words "); got != 2 {
			t.Errorf("words were kept %d times, want the question and the reasons once each", got)
		}
		p.onlyItsWriters()
		p.holdsItsPromises(t)
	})
}

// asksOpenly goes to where a question in words can be asked of a supervisor.
func (p *discordPractice) asksOpenly() {
	p.t.Helper()
	p.onDiscord()
	p.press(discordDana, dutyAnswer, p.says(discordDana, "You must"))
	p.until("Sam is paged", func() bool { return p.direct(discordSam) == 1 && p.calls(discordSam) == 1 })
	p.upToSignOff()
}

// onlyItsWriters demands that what was typed is in nothing that Curbside sent.
func (p *discordPractice) onlyItsWriters() {
	p.t.Helper()
	for _, c := range p.fake.Calls("") {
		for _, word := range planted {
			if strings.Contains(c.Body, word) {
				p.t.Errorf("%s was sent %q", c.Route, word)
			}
		}
	}
	for _, m := range slices.Concat(p.inThreads(), p.fake.Ephemeral(discordDana), p.fake.Direct(discordSam)) {
		if strings.Contains(m.Readable(), planted[0]) {
			p.t.Errorf("a message says %q", m.Readable())
		}
	}
}

func TestWhatIsWrongWithATextOnDiscordIsSaidAndWrittenAgainInAnyProcess(t *testing.T) {
	t.Parallel()
	p := &aside{discordPractice: withWords(t, "http")}
	p.asksOpenly()
	p.next()
	p.press(discordDana, "Add your question", p.formOf(discordDana))
	p.next()
	p.fill(discordDana, "   ", false)
	p.until("it is said what is wrong", p.says(discordDana, "Your question: Write something"))
	p.next()
	p.press(discordDana, "Edit", p.formOf(discordDana))
	if got := p.stands(discordDana); got != "" {
		t.Errorf("it opens with %q", got)
	}
	p.next()
	p.fill(discordDana, "Is the plan enough?", false)
	p.until("it is kept", func() bool { return p.logged(" action=words ") == 1 && !p.can(discordDana, "Edit")() })
	p.holdsItsPromises(t)
}
