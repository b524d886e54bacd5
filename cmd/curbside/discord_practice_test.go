package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"curbside/adapters/discord/discordfake"
	"curbside/bot/store/redistest"
)

// The practice of these stories, as Discord names it.
const (
	discordDana      = "500000000000000001"
	discordSam       = "500000000000000002"
	discordKim       = "500000000000000003"
	discordOwner     = "500000000000000009"
	discordClinician = "700000000000000003" // the role that sees the channel
	discordChannel   = "600000000000000001"
)

// A discordPractice is a practice on Discord: the program in as many processes
// as the practice wants, on one Redis, with a Discord that people use.
type discordPractice struct {
	t        *testing.T
	fake     *discordfake.Server
	server   *redistest.Server
	mode     string
	settings string
	replicas []*discordReplica
	dead     []*discordReplica
	words    bool // people may write in their own words
	started  int
	twice    bool // people press everything twice at once
}

// A discordReplica is one process of the program.
type discordReplica struct {
	name    string // by which Discord tells its requests from those of others
	process *exec.Cmd
	log     *lockedBuffer
	address string     // where it answers Discord over HTTP
	line    *storeLine // between it and Redis
}

// newDiscordPractice opens a practice that is reached over "gateway" or "http",
// with a number of processes.
func newDiscordPractice(t *testing.T, mode string, replicas int) *discordPractice {
	t.Helper()
	p := openDiscordPractice(t, mode)
	for range replicas {
		p.start()
	}
	p.registered()
	return p
}

// openDiscordPractice opens a practice without any process.
func openDiscordPractice(t *testing.T, mode string) *discordPractice {
	t.Helper()
	p := &discordPractice{t: t, fake: discordfake.New(discordfake.Options{}), server: redistest.Start(t), mode: mode}
	t.Cleanup(p.fake.Close)
	p.fake.ChangeGuild(discordfake.GuildID, func(g *discordfake.Guild) {
		g.Owner = discordOwner
		g.NotifyAll = true
		g.Roles = append(g.Roles, discordfake.Role{ID: discordClinician, Name: "Clinicians"})
	})
	p.fake.AddPerson(discordfake.Person{ID: discordOwner, Name: "Olive"})
	for id, name := range map[string]string{discordDana: "Dana", discordSam: "Sam", discordKim: "Kim"} {
		p.fake.AddPerson(discordfake.Person{ID: id, Name: name, Roles: []string{discordClinician}})
	}
	see := discordfake.ViewChannel | discordfake.SendMessagesInThreads | discordfake.UseCommands
	p.fake.AddChannel(discordfake.Channel{ID: discordChannel, Name: "consults", Overwrites: []discordfake.Overwrite{
		{ID: discordfake.GuildID, Deny: discordfake.Everyday}, {ID: discordClinician, Allow: see}, {ID: discordfake.BotRole, Allow: discordfake.Needed},
	}})
	p.settings = p.write()
	return p
}

// registered waits until a process has registered the command, and lets
// everybody use it.
func (p *discordPractice) registered() {
	p.t.Helper()
	p.until("the command is registered", func() bool { return len(p.fake.Commands(discordfake.GuildID)) > 0 })
	p.fake.OpenCommand("consult")
}

// write writes the settings and the secrets, and returns the settings' path.
func (p *discordPractice) write() string {
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
	way := "  mode: gateway\n"
	if p.mode == "http" {
		way = fmt.Sprintf("  mode: http\n  listen: 127.0.0.1:0\n  public_key: %q\n", p.fake.PublicKey())
	}
	return keep("curbside.yaml", fmt.Sprintf(`practice:
  name: Harbor Street Counseling
  time_zone: America/Los_Angeles
  jurisdictions: [US-CA, US-TX, US-WA]
  emergency_contact: Director on call, 555-0100
people:
  - {id: dana, name: Dana Reyes, roles: [clinician], profession: psychologist, licences: [US-CA], discord: {user: %[1]q}}
  - {id: sam, name: Sam Okafor, roles: [supervisor], discord: {user: %[2]q}}
  - {id: kim, name: Kim Lindqvist, roles: [supervisor], discord: {user: %[3]q}}
  - {id: olive, name: Olive Brandt, roles: [owner], discord: {user: %[4]q}}
escalation:
  chain: [[sam], [kim]]
  step_time: {routine: 30m, today: 20m, imminent: 10m}
  decide_time: {routine: 60m, today: 40m, imminent: 20m}
redis:
  url: unix://%[5]s
  encryption: {keyset_file: %[6]s}
web: {enabled: false}
log: {level: info}
discord:
  enabled: true
  api_url: %[7]s
  application: %[8]q
  guild: %[9]q
  channel: %[10]q
  bot_token_file: %[11]s
%[12]s`, discordDana, discordSam, discordKim, discordOwner, p.server.Options.Addrs[0], keyset,
		p.fake.URL, discordfake.AppID, discordfake.GuildID, discordChannel, keep("bot", discordfake.Token), way))
}

// own writes the settings of one process, which has an address of Discord and a
// line to Redis to itself.
func (p *discordPractice) own(r *discordReplica) (path string) {
	p.t.Helper()
	settings, err := os.ReadFile(p.settings)
	if err != nil {
		p.t.Fatal(err)
	}
	more := ""
	if p.words {
		more = "\nfree_text:\n  discord: {enabled: true, plan: none, baa: none}\n"
	}
	path = filepath.Join(filepath.Dir(p.settings), r.name+".yaml")
	text := strings.NewReplacer("unix://"+p.server.Options.Addrs[0], "redis://"+r.line.address, p.fake.URL, p.fake.URLAs(r.name)).Replace(string(settings)) + more
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// start starts one more process and waits until it runs.
func (p *discordPractice) start() *discordReplica {
	p.t.Helper()
	p.started++
	r := &discordReplica{name: fmt.Sprintf("process-%d", p.started), log: &lockedBuffer{}, line: newStoreLine(p.t, p.server.Options.Addrs[0])}
	r.process = exec.Command(os.Args[0], "serve", "--config", p.own(r))
	r.process.Env = append(os.Environ(), actAs+"="+asProgram)
	r.process.Stderr = r.log
	out, err := r.process.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := r.process.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		p.kill(r)
		if p.t.Failed() {
			p.t.Logf("%s says:\n%s", r.name, r.log.bytes())
		}
	})
	p.replicas = append(p.replicas, r)
	if p.mode == "http" {
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			p.t.Fatalf("the program does not listen: %v\n%s", err, r.log.bytes())
		}
		r.address = strings.TrimSpace(strings.TrimPrefix(line, "Listening on "))
		p.route()
		return r
	}
	p.until("a session is open", func() bool { return p.fake.Sessions() == 1 })
	return r
}

// route tells Discord where the processes answer, as behind one address.
func (p *discordPractice) route() {
	p.t.Helper()
	var urls []string
	for _, r := range p.replicas {
		urls = append(urls, r.address)
	}
	if err := p.fake.UseHTTP(urls...); err != nil {
		p.t.Fatal(err)
	}
}

// kill ends a process at once, as a crash would. Discord goes on as if it were
// there.
func (p *discordPractice) kill(r *discordReplica) {
	_ = r.process.Process.Kill()
	_ = r.process.Wait()
}

// process is the process with a name.
func (p *discordPractice) process(name string) *discordReplica {
	p.t.Helper()
	at := slices.IndexFunc(p.replicas, func(r *discordReplica) bool { return r.name == name })
	if at < 0 {
		p.t.Fatalf("there is no process %q", name)
	}
	return p.replicas[at]
}

// bury kills a process that does not come back.
func (p *discordPractice) bury(r *discordReplica) {
	p.kill(r)
	p.replicas = slices.DeleteFunc(p.replicas, func(one *discordReplica) bool { return one == r })
	p.dead = append(p.dead, r)
}

// discordPatience is how long a story waits for something to show.
const discordPatience = 40 * time.Second

func (p *discordPractice) until(what string, holds func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(discordPatience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("did not come about: %s\nDana sees:\n%s", what, strings.Join(p.fake.As(discordDana).Screen(), "\n----\n"))
		}
	}
}

// says is a text that somebody comes to see.
func (p *discordPractice) says(user, text string) func() bool {
	return func() bool { return strings.Contains(strings.Join(p.fake.As(user).Screen(), "\n"), text) }
}

// can is something that somebody can come to press or pick.
func (p *discordPractice) can(user, label string) func() bool {
	return func() bool { _, can := p.fake.As(user).Find(label, nil); return can }
}

// press presses or picks what has a label, and again when nothing comes of it, as
// people do, until there is a sign that it was heard.
func (p *discordPractice) press(user, label string, heard func() bool) {
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
		if spot, ok := client.Find(label, nil); ok {
			if p.twice {
				p.press2(client, spot, label)
				last = time.Now()
				return false
			}
			out, err := client.Do(spot, label) // it may have changed under the finger
			if last = time.Now(); err == nil && !out.Answered {
				last = time.Time{} // Discord says at once that it failed
			}
		}
		return false
	})
}

// pick picks in a list of several answers and sends them. On a card that others
// see, the list goes on in private.
func (p *discordPractice) pick(user, send string, heard func() bool, label string) {
	p.t.Helper()
	client := p.fake.As(user)
	private := func(m discordfake.Message) bool { return m.For == user }
	p.until(user+" picks "+label, func() bool {
		spot, ok := client.Find(label, private)
		if !ok {
			spot, ok = client.Find(label, nil)
		}
		if ok {
			_, _ = client.Do(spot, label) // it may have changed under the finger
		}
		spot, ok = client.Find(label, private)
		for _, o := range spot.Component.Options {
			if ok && o.Label == label && o.Default {
				return true
			}
		}
		return heard()
	})
	p.press(user, send, heard)
}

// command uses the command.
func (p *discordPractice) command(user, words string) {
	p.t.Helper()
	options := map[string]string{}
	if words != "" {
		options[p.fake.Commands(discordfake.GuildID)[0].Options[0].Name] = words
	}
	if _, err := p.fake.As(user).Typed(discordChannel, "consult", options); err != nil {
		p.t.Fatal(err)
	}
}

// logged reports how often a line with a text stands in the logs.
func (p *discordPractice) logged(text string) int {
	n := 0
	for _, r := range slices.Concat(p.replicas, p.dead) {
		n += bytes.Count(r.log.bytes(), []byte(text))
	}
	return n
}
