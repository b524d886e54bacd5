package main

import (
	"bytes"
	"testing"
	"time"
)

// takeOver is how long presses may go unanswered after the process with the
// connection has died.
const takeOver = 10 * time.Second

// leads finds the process that has the connection.
func (p *discordPractice) leads() *discordReplica {
	p.t.Helper()
	var leader *discordReplica
	p.until("a process has the connection", func() bool {
		for _, r := range p.replicas {
			if bytes.Contains(r.log.bytes(), []byte("gateway connected")) {
				leader = r
			}
		}
		return leader != nil && p.fake.Sessions() == 1
	})
	return leader
}

// diesLeading kills the process that has the connection, and returns how long it
// takes until another has it.
func (p *discordPractice) diesLeading() time.Duration {
	p.t.Helper()
	leader := p.leads()
	p.bury(leader)
	died := time.Now()
	p.leads()
	return time.Since(died)
}

// The best of two: how busy the machine is says nothing about the promise.
func TestWhenTheProcessWithTheConnectionToDiscordDiesAnotherHasItWithinTenSeconds(t *testing.T) {
	t.Parallel()
	p := newDiscordPractice(t, "gateway", 3)
	p.onDiscord()
	took := p.diesLeading()
	p.press(discordDana, dutyAnswer, p.says(discordDana, "You must"))
	if took > takeOver {
		took = p.diesLeading()
	}
	if took > takeOver {
		t.Errorf("it took %s twice, want at most %s", took, takeOver)
	}
	p.holdsItsPromises(t)
}
