package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"curbside/adapters/slack/slackfake"
)

// isPage, isMention and isPointer are the calls that one page to Sam is made of,
// in their order: the direct message, the line in the thread, and what becomes of
// the page before it.
func isPage(c slackfake.Call) bool {
	return c.Method == "chat.postMessage" && strings.Contains(c.Args, "(step ")
}

func isMention(c slackfake.Call) bool {
	return c.Method == "chat.postMessage" && strings.Contains(c.Args, "<@"+slackSam+">")
}

func isPointer(c slackfake.Call) bool {
	return c.Method == "chat.update" && strings.Contains(c.Args, "paged again")
}

// A death is the moment at which a process dies that sends a page, and what Sam
// has of that page in the end.
type death struct {
	call            func(slackfake.Call) bool
	taken           bool // Slack has done what the call asks, and nobody read the answer
	signOff         bool // the page asks for the sign-off: there is one before it
	pages, mentions int
}

// deaths are all the moments there are: nothing tells whether a mention was sent,
// so who takes over sends it again.
var deaths = map[string]death{
	"before Slack took anything":                     {call: isPage, pages: 1, mentions: 1},
	"when Slack took the direct message":             {call: isPage, taken: true, pages: 1, mentions: 1},
	"before Slack took the mention":                  {call: isMention, pages: 1, mentions: 1},
	"when Slack took the mention":                    {call: isMention, taken: true, pages: 1, mentions: 2},
	"when both were answered and the receipt is due": {call: isPointer, taken: true, signOff: true, pages: 1, mentions: 2},
}

func TestAPageOnSlackOutlivesTheProcessThatSendsIt(t *testing.T) {
	t.Parallel()
	var names []string
	for _, mode := range []string{"socket", "http"} {
		for _, when := range slices.Sorted(maps.Keys(deaths)) {
			names = append(names, mode+"/"+when)
		}
	}
	eachAtOnce(t, names, func(t *testing.T, name string) {
		mode, when, _ := strings.Cut(name, "/")
		d := deaths[when]
		p := newSlackPractice(t, slackSetup{mode: mode, replicas: 2})
		if d.signOff {
			p.onSlack()
			p.press(slackDana, completes, "", p.says(slackDana, "You must"))
			p.upToSignOff()
			p.dies(d, func() { p.press(slackDana, "Ask a supervisor", "", func() bool { return p.pages(slackSam) == 2 }) })
			p.signsOff()
		} else {
			p.onSlack()
			p.dies(d, func() { p.press(slackDana, completes, "", func() bool { return p.applied(7) != nil }) })
			p.goesOn()
		}
		p.onceEach(t, d.pages+1, d.mentions+1)
		p.holdsItsPromises(t)
	})
}

// dies does what pages Sam, kills the process that sends the page at its moment,
// and waits until another one has done all that is left of it.
func (p *slackPractice) dies(d death, page func()) {
	p.t.Helper()
	pages, mentions := p.pages(slackSam), p.mentions(slackSam)
	held := p.fake.Hold(d.taken, d.call)
	page()
	p.until("the call is there at which a process dies", held.IsMet)
	number, err := strconv.Atoi(held.By)
	if err != nil {
		p.t.Fatal(err)
	}
	p.kill(p.replicas[number-1])
	p.until("another process has taken over", func() bool {
		return p.pages(slackSam) == pages+d.pages && p.mentions(slackSam) == mentions+d.mentions
	})
}

func TestAPageOnSlackComesTwiceRatherThanNever(t *testing.T) {
	t.Parallel()
	eachAtOnce(t, []string{"socket", "http"}, func(t *testing.T, mode string) {
		p := newSlackPractice(t, slackSetup{mode: mode, replicas: 2, noLatest: true})
		p.onSlack()
		p.dies(death{call: isPage, taken: true, pages: 2, mentions: 1}, func() {
			p.press(slackDana, completes, "", func() bool { return p.applied(7) != nil })
		})
		client, twin := p.fake.As(slackSam), p.fake.Direct(slackSam)[0].Where()
		spot, ok := client.Find("Seen: I am on it", "", func(w slackfake.Where) bool { return w == twin })
		if !ok {
			t.Fatal("the first of the two cannot be pressed")
		}
		if out, err := client.Do(spot); err != nil || out.Notice != "" {
			t.Errorf("a press on the first of the two is answered %+v, %v", out, err)
		}
		p.until("the press on the first of the two has counted", p.says(slackDana, "Sam Okafor knows"))
		p.goesOn()
		p.onceEach(t, 3, 2)
		p.holdsItsPromises(t)
	})
}
