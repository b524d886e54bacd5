package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"curbside/adapters/discord"
	"curbside/adapters/discord/discordfake"
	"curbside/adapters/slack"
	"curbside/adapters/slack/slackfake"
	"curbside/bot"
	"curbside/dialog"
)

// The Go runtime writes what every goroutine does when a process is made to
// crash. Of texts that is where they are and how long, and never what they say.
func TestNothingOfAPlantIsFoundInWhatACrashLeaves(t *testing.T) {
	t.Parallel()
	signals := map[string]syscall.Signal{"quit": syscall.SIGQUIT, "abort": syscall.SIGABRT, "a fault in memory": syscall.SIGSEGV}
	eachAtOnce(t, inOrder(signals), func(t *testing.T, name string) {
		s := newSlackDay(t, "http")
		s.p.asksOpenly()
		s.p.press(slackDana, "Add your question", "", func() bool { _, open := s.p.fake.Modal(slackDana); return open })
		s.p.fill(slackDana, "She told me of "+plants[0].text+", is that enough?")
		form := s.theForm()
		s.m.mu.Lock()
		s.m.spoil = func(string, []byte) spoiled { return spoiled{never: true} }
		s.m.mu.Unlock()
		s.line.set(redisIsSilent)
		// Each of them stands in the middle of a form, with the text in its hands.
		var all sync.WaitGroup
		for _, p := range plants {
			all.Go(func() { s.send("interactive", form("She told me of "+p.text+" last week."), nil) })
			all.Go(func() {
				s.send("slash_commands", map[string]any{
					"team_id": slackfake.TeamID, "channel_id": slackChannel, "user_id": slackDana, "command": "/consult", "text": p.text, "trigger_id": "1", "user_name": p.text,
				}, nil)
			})
		}
		s.eventually("forms are under way", func() bool { return s.line.waiting() > 8 })
		if err := s.process.Process.Signal(signals[name]); err != nil {
			t.Fatal(err)
		}
		_ = s.process.Wait() // it crashed
		all.Wait()
		left := s.log.bytes()
		if n := bytes.Count(left, []byte("\ngoroutine ")); n < 20 || !bytes.Contains(left, []byte("(*Bot).Handle")) {
			t.Fatalf("the crash left %d goroutines, and nothing of a form:\n%s", n, s.log.last(40))
		}
		s.report("what the crash left", left, newSieve(plants...))
		s.line.set("")
		s.search(nil)
		t.Logf("%d plants under way, %d bytes left by the crash", 2*len(plants), len(left))
	})
}

// theForm makes the form that was sent last, with another text in it.
func (s *slackDay) theForm() func(text string) any {
	s.t.Helper()
	for name, raw := range s.m.heardSoFar() {
		if !strings.HasPrefix(name, "interactive view_submission") {
			continue
		}
		payload := read(s.t, raw)
		for _, l := range leavesOf(payload) {
			if slices.Contains(l.path, any("state")) && l.last() == "value" {
				return func(text string) any { return with(payload, l.path, text) }
			}
		}
	}
	s.t.Fatal("no form was sent")
	return nil
}

// A log that cannot be written to keeps nobody from being answered, and what
// could not be written goes nowhere else.
func TestADiskThatIsFullHoldsNothingBackAndLetsNothingOut(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no disk that is always full")
	}
	defer func() { _ = full.Close() }()
	p := newSlackPractice(t, slackSetup{mode: "http", freeText: true})
	m := newMirror(t, p.fake.URL)
	m.dress = slackPayload
	s := &slackDay{chatDay: newChatDay(t, m, p.server, p.settings, p.fake.URL), p: p}
	address := s.start(full)
	m.app = func(path string) string { return address + path }
	m.sign = func(r *http.Request, body []byte) { signSlack(r.Header, body) }
	p.fake.UseHTTP(slackfake.Endpoints{
		Events: []string{m.Inbound + "/slack/events"}, Interactions: []string{m.Inbound + "/slack/interactivity"}, Commands: []string{m.Inbound + "/slack/commands"},
	})
	s.p.asksOpenly()
	s.p.press(slackDana, "Add your question", "", func() bool { _, open := s.p.fake.Modal(slackDana); return open })
	s.p.fill(slackDana, "She told me of "+plants[0].text+", is that enough?")
	s.freeTexts()
	metrics := s.metricsNow()
	s.end()
	s.search(metrics)
}

// panics is a bot that fails by a panic that quotes what came in.
type panics struct{ how int }

func (p panics) fail(what any) {
	switch p.how {
	case 0:
		panic(fmt.Sprintf("cannot go on with %+v", what))
	case 1:
		panic(fmt.Errorf("cannot go on with %+v: %w", what, errors.New(plants[0].text)))
	default:
		panic(what)
	}
}

func (p panics) Handle(_ context.Context, in bot.Inbound) bot.Reply {
	p.fail([]any{in, plants})
	return bot.Reply{}
}

func (p panics) Home(_ context.Context, who bot.Identity) (dialog.View, bool) {
	p.fail([]any{who, plants})
	return dialog.View{}, false
}

func (p panics) Show(_ context.Context, e dialog.Effect) (dialog.View, *dialog.File, bool) {
	p.fail([]any{e, plants})
	return dialog.View{}, nil, false
}

// What a panic says may quote what came in: none of it is written, neither by a
// platform nor by the server it answers through.
func TestNothingOfAPlantIsFoundInWhatAPanicLeaves(t *testing.T) {
	t.Parallel()
	for how := range 3 {
		log := &lockedBuffer{}
		quiet := slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		back := bytes.Join([][]byte{panicsOnSlack(t, quiet, panics{how}), panicsOnDiscord(t, quiet, panics{how})}, []byte("\n"))
		if n := bytes.Count(log.bytes(), []byte(`"recovered"`)); n < 3 {
			t.Errorf("only %d panics were recovered from:\n%s", n, log.last(20))
		}
		for name, content := range map[string][]byte{"the log": log.bytes(), "what came back": back} {
			if found := newSieve(plants...).find(content); len(found) > 0 {
				t.Errorf("%s holds %s:\n%s", name, strings.Join(found, "; "), content)
			}
		}
	}
}

func panicsOnSlack(t *testing.T, log *slog.Logger, b panics) []byte {
	t.Helper()
	fake := slackfake.New(slackfake.Options{})
	t.Cleanup(fake.Close)
	fake.AddPerson(slackfake.Person{ID: slackDana, Name: plants[0].text})
	fake.AddChannel(slackfake.Channel{ID: slackChannel, Name: "consults", Private: true, Members: []string{slackfake.BotUser, slackDana}})
	s, err := slack.New(slack.Options{
		BotToken: func() string { return slackfake.BotToken }, SigningSecret: func() string { return slackfake.SigningSecret },
		APIURL: fake.URL, Team: slackfake.TeamID, Channel: slackChannel, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler(b))
	defer server.Close()
	fake.UseHTTP(slackfake.Endpoints{Events: []string{server.URL + slack.EventsPath}, Interactions: []string{server.URL + slack.InteractionsPath}, Commands: []string{server.URL + slack.CommandsPath}})
	if _, err := fake.As(slackDana).Command(slackChannel, "/consult", plants[0].text); err != nil {
		t.Fatal(err)
	}
	<-fake.As(slackDana).OpenHome()
	form := url.Values{"payload": {string(written(map[string]any{
		"type": "view_submission", "team": map[string]any{"id": slackfake.TeamID}, "user": map[string]any{"id": slackDana, "name": plants[0].text}, "trigger_id": "1",
		"view": map[string]any{"id": "V1", "type": "modal", "private_metadata": `{"p":"mellow-heron-42:1:words:question"}`, "state": map[string]any{"values": map[string]any{
			"field|text": map[string]any{"text": map[string]any{"value": plants[0].text}},
		}}},
	}))}}.Encode()
	r := httptest.NewRequest(http.MethodPost, slack.InteractionsPath, strings.NewReader(form))
	signSlack(r.Header, []byte(form))
	answer := httptest.NewRecorder()
	s.Handler(b).ServeHTTP(answer, r)
	s.Wait()
	var back bytes.Buffer
	for _, c := range fake.Calls("") {
		_, _ = fmt.Fprintln(&back, c.Method, c.Args)
	}
	return append(back.Bytes(), answer.Body.Bytes()...)
}

func panicsOnDiscord(t *testing.T, log *slog.Logger, b panics) []byte {
	t.Helper()
	fake := discordfake.New(discordfake.Options{})
	t.Cleanup(fake.Close)
	d, err := discord.New(discord.Options{
		Mode: discord.ModeHTTP, Application: discordfake.AppID, Guild: discordfake.GuildID, Channel: discordChannel, PublicKey: fake.PublicKey(),
		Token: func() string { return discordfake.Token }, Staff: func() []string { return nil }, API: fake.URL, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(d.Handler(b))
	defer server.Close()
	var back bytes.Buffer
	for kind, data := range map[int]map[string]any{
		2: {"name": "consult", "options": []any{map[string]any{"value": plants[0].text}}},
		3: {"custom_id": "mellow-heron-42:1:a:target"},
		5: {"custom_id": "mellow-heron-42:1:words:question", "components": []any{map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": "text", "value": plants[0].text}}}}},
	} {
		body := written(map[string]any{
			"id": fmt.Sprint(kind), "application_id": discordfake.AppID, "type": kind, "token": "x", "guild_id": discordfake.GuildID, "channel_id": discordChannel,
			"member": map[string]any{"user": map[string]any{"id": discordDana, "global_name": plants[0].text}, "permissions": "8"}, "data": data,
		})
		_, _, answer, err := fake.Sign(body, time.Now()).Post(t.Context(), server.URL)
		if err != nil {
			t.Fatal(err)
		}
		back.Write(answer)
	}
	return back.Bytes()
}
