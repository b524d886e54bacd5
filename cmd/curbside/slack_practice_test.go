package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/bot/outbox"
	"curbside/bot/store"
	"curbside/bot/store/redistest"
)

// The practice of these stories: its people as Slack names them, and its channel.
const (
	slackDana    = "U0DANA"
	slackSam     = "U0SAM"
	slackKim     = "U0KIM"
	slackFrank   = "U0FRANK" // a clinician in some stories, called as his id
	slackChannel = "C0CONSULTS"
)

// A slackPractice is a practice on Slack: the program in as many processes as
// the practice wants, on one Redis, with a Slack that people use.
type slackPractice struct {
	t        testing.TB
	fake     *slackfake.Server
	server   *redistest.Server
	mode     string
	settings string
	replicas []*replica
	twice    bool // people press everything twice at once
}

// A replica is one process of the program.
type replica struct {
	process *exec.Cmd
	log     *lockedBuffer
	address string // where it answers Slack over HTTP
}

// A slackSetup is how a practice is set up on Slack.
type slackSetup struct {
	mode     string // "socket" or "http"
	replicas int
	more     []string // clinicians besides Dana, by their user ids
	freeText bool     // words may be written in forms
	noLatest bool     // Slack does not say what stands last in a direct message
	keepLost bool     // Slack lets a choice stand that nobody acknowledged
}

// newSlackPractice opens a practice and starts its processes.
func newSlackPractice(t testing.TB, setup slackSetup) *slackPractice {
	t.Helper()
	more := setup.more
	p := &slackPractice{t: t, fake: slackfake.New(slackfake.Options{Forgetful: len(more) > 1, NoLatest: setup.noLatest, KeepsLost: setup.keepLost}), server: redistest.Start(t), mode: setup.mode}
	t.Cleanup(p.fake.Close)
	members := []string{slackfake.BotUser}
	for id, name := range map[string]string{slackDana: "Dana", slackSam: "Sam", slackKim: "Kim"} {
		p.fake.AddPerson(slackfake.Person{ID: id, Name: name})
		members = append(members, id)
	}
	for _, id := range more {
		p.fake.AddPerson(slackfake.Person{ID: id, Name: id})
		members = append(members, id)
	}
	p.fake.AddChannel(slackfake.Channel{ID: slackChannel, Name: "consults", Private: true, Members: members})
	p.settings = p.write(setup)
	for range setup.replicas {
		p.start()
	}
	return p
}

// write writes the settings and the secrets, and returns the settings' path.
func (p *slackPractice) write(setup slackSetup) string {
	p.t.Helper()
	dir := p.t.TempDir()
	keep := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			p.t.Fatal(err)
		}
		return path
	}
	keyset := filepath.Join(dir, "keyset.json")
	if code := run(p.t.Context(), []string{"keyset", "new", keyset}, nil, io.Discard, io.Discard); code != exitOK {
		p.t.Fatal("no keyset was made")
	}
	var people strings.Builder
	for _, id := range setup.more {
		_, _ = fmt.Fprintf(&people, "  - {id: %s, name: %s, roles: [clinician], profession: psychologist, licences: [US-CA], slack: {user: %s}}\n", strings.ToLower(id), id, id)
	}
	way := fmt.Sprintf("  mode: socket\n  app_token_file: %s\n", keep("app", slackfake.AppToken))
	if p.mode == "http" {
		way = fmt.Sprintf("  mode: http\n  listen: 127.0.0.1:0\n  signing_secret_file: %s\n", keep("signing", slackfake.SigningSecret))
	}
	if setup.freeText {
		way += "free_text:\n  slack: {enabled: true, plan: enterprise_grid, baa: signed}\n"
	}
	return keep("curbside.yaml", fmt.Sprintf(`practice:
  name: Harbor Street Counseling
  time_zone: America/Los_Angeles
  jurisdictions: [US-CA, US-TX, US-WA]
  emergency_contact: Director on call, 555-0100
people:
  - {id: dana, name: Dana Reyes, roles: [clinician], profession: psychologist, licences: [US-CA], slack: {user: %[1]s}}
  - {id: sam, name: Sam Okafor, roles: [supervisor], slack: {user: %[2]s}}
  - {id: kim, name: Kim Lindqvist, roles: [supervisor], slack: {user: %[3]s}}
%[4]sescalation:
  chain: [[sam], [kim]]
  step_time: {routine: 30m, today: 20m, imminent: 10m}
  decide_time: {routine: 60m, today: 40m, imminent: 20m}
redis:
  url: unix://%[5]s
  encryption: {keyset_file: %[6]s}
web: {enabled: false}
log: {level: info}
slack:
  enabled: true
  api_url: %[7]s
  team: %[8]s
  channel: %[9]s
  bot_token_file: %[10]s
%[11]s`, slackDana, slackSam, slackKim, people.String(), p.server.Options.Addrs[0], keyset,
		p.fake.URL, slackfake.TeamID, slackChannel, keep("bot", slackfake.BotToken), way))
}

// own are the settings for one more process: it has an address of the Web API to
// itself, by which Slack tells the processes apart.
func (p *slackPractice) own() string {
	p.t.Helper()
	settings, err := os.ReadFile(p.settings)
	if err != nil {
		p.t.Fatal(err)
	}
	number := strconv.Itoa(len(p.replicas) + 1)
	path := filepath.Join(filepath.Dir(p.settings), "curbside-"+number+".yaml")
	if err := os.WriteFile(path, bytes.ReplaceAll(settings, []byte(p.fake.URL), []byte(p.fake.URLFor(number))), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// start starts one more process and waits until Slack can reach it.
func (p *slackPractice) start() *replica {
	p.t.Helper()
	r := &replica{process: exec.Command(os.Args[0], "serve", "--config", p.own()), log: &lockedBuffer{}}
	r.process.Env = append(os.Environ(), actAs+"="+asProgram)
	r.process.Stderr = r.log
	out, err := r.process.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	sockets := p.fake.Sockets()
	if err := r.process.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		_ = r.process.Process.Kill()
		_ = r.process.Wait()
		if p.t.Failed() {
			p.t.Logf("a process says last:\n%s", r.log.last(60))
		}
	})
	p.replicas = append(p.replicas, r)
	if p.mode == "http" {
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			p.t.Fatalf("the program does not listen: %v\n%s", err, r.log.bytes())
		}
		r.address = strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(line, "Listening on ")), "/")
		p.route()
		return r
	}
	p.until("a process has its two sockets", func() bool { return p.fake.Sockets() >= sockets+2 })
	return r
}

// last are the last lines that were written.
func (b *lockedBuffer) last(lines int) string {
	all := strings.Split(string(b.bytes()), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// route tells Slack where the processes answer.
func (p *slackPractice) route() {
	var e slackfake.Endpoints
	for _, r := range p.replicas {
		e.Events = append(e.Events, r.address+"/slack/events")
		e.Interactions = append(e.Interactions, r.address+"/slack/interactivity")
		e.Commands = append(e.Commands, r.address+"/slack/commands")
	}
	p.fake.UseHTTP(e)
}

// kill ends a process at once, as a crash would. Slack goes on as if it were there.
func (p *slackPractice) kill(r *replica) {
	_ = r.process.Process.Kill()
	_ = r.process.Wait()
}

// patience is how long a story waits for something to show.
const slackPatience = 25 * time.Second

func (p *slackPractice) until(what string, holds func() bool) {
	p.t.Helper()
	p.within(slackPatience, what, holds)
}

// within waits for something to show, as long as is said.
func (p *slackPractice) within(most time.Duration, what string, holds func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(most); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("did not come about: %s\nDana sees:\n%s\nand could press: %s", what,
				p.screen(slackDana), strings.Join(p.fake.As(slackDana).Labels(), "; "))
		}
	}
}

// settles waits until everything is delivered that was committed.
func (p *slackPractice) settles() {
	p.t.Helper()
	kept, err := store.New(store.Options{Client: p.server.Client(p.t), Sealer: store.Unencrypted()})
	if err != nil {
		p.t.Fatal(err)
	}
	looking := outbox.New(outbox.Parts{Store: kept, Clock: bot.ClockFunc(time.Now), Log: slog.New(slog.DiscardHandler)})
	p.until("everything is delivered", func() bool {
		settled, err := looking.Settled(p.t.Context())
		return err == nil && settled
	})
}

// screen is everything that somebody sees, in one line.
func (p *slackPractice) screen(user string) string {
	var all []string
	for _, m := range slices.Concat(p.fake.Messages(user, slackChannel), p.fake.Direct(user), p.fake.Ephemeral(user)) {
		all = append(all, m.Readable())
	}
	return strings.Join(strings.Fields(strings.Join(all, "\n")), " ")
}

// A sign is what shows that a press has been heard.
type sign func() bool

// says is a text that somebody comes to see.
func (p *slackPractice) says(user, text string) sign {
	return func() bool { return strings.Contains(p.screen(user), text) }
}

// can is something that somebody can come to press or choose.
func (p *slackPractice) can(user, label string) sign {
	return func() bool { _, can := p.fake.As(user).Find(label, "", nil); return can }
}

// press presses or chooses what has a label, and again when nothing comes of it,
// as people do, until the sign. on begins the line that the button stands beside.
func (p *slackPractice) press(user, label, on string, heard sign) {
	p.t.Helper()
	client := p.fake.As(user)
	var last time.Time
	p.until(user+" presses "+label+" and something comes of it", func() bool {
		if heard() {
			return true
		}
		if time.Since(last) < 3*time.Second {
			return false
		}
		if spot, ok := client.Find(label, on, nil); ok {
			last = time.Now()
			if p.twice {
				press2(client, spot, label)
			} else {
				_, _ = client.Do(spot, label) // it may have changed under the finger
			}
		}
		return false
	})
}

// pick ticks boxes and sends them.
func (p *slackPractice) pick(user, send string, heard sign, labels ...string) {
	p.t.Helper()
	client := p.fake.As(user)
	p.until(user+" ticks "+labels[0], func() bool {
		spot, ok := client.Find(labels[0], "", nil)
		if !ok {
			return false
		}
		_, err := client.Do(spot, labels...)
		return err == nil
	})
	p.press(user, send, "", heard)
}

// command types the command.
func (p *slackPractice) command(user, words string) {
	p.t.Helper()
	if _, err := p.fake.As(user).Command(slackChannel, "/consult", words); err != nil {
		p.t.Fatal(err)
	}
}
