package main

import (
	"strings"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
)

// fill writes into the first field of the form in front of somebody, and sends it.
func (p *slackPractice) fill(user, text string) {
	p.t.Helper()
	var field slackfake.Control
	p.until("a form is open", func() bool {
		v, open := p.fake.Modal(user)
		for _, c := range v.Controls() {
			if c.Element.Type == "plain_text_input" {
				field = c
				return open
			}
		}
		return false
	})
	client := p.fake.As(user)
	if err := client.Type(field.BlockID, field.Element.ActionID, text); err != nil {
		p.t.Fatal(err)
	}
	if out, err := client.Submit(); err != nil || out.Notice != "" {
		p.t.Fatalf("sending the form: %+v, %v", out, err)
	}
}

// asksOpenly goes to where a question in words can be asked of a supervisor.
func (p *slackPractice) asksOpenly() {
	p.t.Helper()
	p.onSlack()
	p.press(slackDana, completes, "", p.says(slackDana, "You must"))
	p.press(slackDana, "None of these", "", p.can(slackDana, "Go on: what are the ways?"))
	p.press(slackDana, "Go on: what are the ways?", "", p.can(slackDana, "Bring in family or friends with the client's consent"))
	p.pick(slackDana, "This is my plan", p.can(slackDana, "Add your question"), "Bring in family or friends with the client's consent")
}

func TestWordsOnSlackCallNobodyAndNameNobody(t *testing.T) {
	t.Parallel()
	p := newSlackPractice(t, slackSetup{mode: "http", replicas: 2, freeText: true})
	p.asksOpenly()
	open := func() bool { _, open := p.fake.Modal(slackDana); return open }
	p.press(slackDana, "Add your question", "", open)
	for _, words := range []string{"She told " + planted[0] + " in " + planted[3], "Is this enough, <!channel>?", "What says <@" + slackKim + ">?"} {
		p.fill(slackDana, words)
		if v, _ := p.fake.Modal(slackDana); len(v.Errors) == 0 {
			t.Fatalf("this was taken: %s", words)
		}
	}
	question := "Is *this* enough & is _that_ < safe > for !channel?"
	p.fill(slackDana, question)
	if v, open := p.fake.Modal(slackDana); open {
		t.Fatalf("the question was refused: %v", v.Errors)
	}
	p.press(slackDana, "Sign-off: today", "", p.says(slackSam, "Sign-off: asked for"))
	p.press(slackSam, "Seen: I am on it", "", p.says(slackSam, question))
	for _, c := range p.fake.Calls("") {
		if strings.Contains(c.Args, planted[0]) {
			t.Errorf("%s was sent a name", c.Method)
		}
	}
	p.holdsItsPromises(t)
}

func TestAFormOnSlackThatOpensTooLateIsAskedForAgain(t *testing.T) {
	t.Parallel()
	p := newSlackPractice(t, slackSetup{mode: "socket", replicas: 2, freeText: true})
	p.asksOpenly()
	p.fake.HurryTriggers(time.Minute)
	p.press(slackDana, "Add your question", "", p.says(slackDana, "Please press again."))
	p.fake.HurryTriggers(0)
	p.press(slackDana, "Add your question", "", func() bool { _, open := p.fake.Modal(slackDana); return open })
	p.fill(slackDana, "Is the plan enough?")
	p.press(slackDana, "Sign-off: today", "", p.says(slackSam, "Sign-off: asked for"))
	p.press(slackSam, "Seen: I am on it", "", p.says(slackSam, "Is the plan enough?"))
	p.holdsItsPromises(t)
}
