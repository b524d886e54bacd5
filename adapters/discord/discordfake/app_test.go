package discordfake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// The people and places of these tests.
const (
	dana    = "500000000000000001"
	sam     = "500000000000000002"
	mallory = "500000000000000004" // in no server
	owner   = "500000000000000009"
	staff   = "700000000000000003"
	consult = "600000000000000001" // private, with the bot
	public  = "600000000000000002"
	hidden  = "600000000000000003" // private, without the bot
)

// server starts a Discord with a few people and channels.
func server(t *testing.T, o Options) *Server {
	t.Helper()
	s := New(o)
	t.Cleanup(s.Close)
	s.ChangeGuild(GuildID, func(g *Guild) {
		g.Owner = owner
		g.Roles = append(g.Roles, Role{ID: staff, Name: "Clinicians"})
	})
	s.AddPerson(Person{ID: owner, Name: "Olive"})
	s.AddPerson(Person{ID: dana, Name: "Dana", Roles: []string{staff}})
	s.AddPerson(Person{ID: sam, Name: "Sam", Roles: []string{staff}})
	s.AddPerson(Person{ID: mallory, Name: "Mallory", Outside: true})
	closed := []Overwrite{{ID: GuildID, Deny: Everyday}, {ID: staff, Allow: ViewChannel | SendMessagesInThreads | UseCommands}}
	s.AddChannel(Channel{ID: consult, Name: "consults", Overwrites: append(closed, Overwrite{ID: BotRole, Allow: Needed | SendMessages | ReadMessageHistory})})
	s.AddChannel(Channel{ID: public, Name: "general"})
	s.AddChannel(Channel{ID: hidden, Name: "hidden", Overwrites: closed})
	return s
}

// An answer is what the REST API said.
type answer struct {
	status int
	code   int
	header http.Header
	raw    string
	body   map[string]any
}

func (a answer) text(key string) string { return fmt.Sprint(a.body[key]) }

// ask makes a request with the bot's token. body is JSON, "" is none.
func ask(t *testing.T, s *Server, method, path, body string) answer {
	t.Helper()
	return askAs(t, s, "Bot "+Token, method, "/api/v10"+path, body)
}

func askAs(t *testing.T, s *Server, authorization, method, path, body string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: resp.StatusCode, header: resp.Header, raw: string(raw), body: map[string]any{}}
	if strings.HasPrefix(a.raw, "{") {
		if err := json.Unmarshal(raw, &a.body); err != nil {
			t.Fatal(err)
		}
		if code, ok := a.body["code"].(float64); ok {
			a.code = int(code)
		}
	}
	return a
}

// is demands a status and a code of Discord's; 0 is none.
func (a answer) is(t *testing.T, status, code int) answer {
	t.Helper()
	if a.status != status || a.code != code {
		t.Errorf("answered %d with code %d, want %d with %d: %s", a.status, a.code, status, code, a.raw)
	}
	return a
}

// post posts into a channel.
func post(t *testing.T, s *Server, channel, body string) answer {
	t.Helper()
	return ask(t, s, http.MethodPost, "/channels/"+channel+"/messages", body)
}

// thread makes a private thread in the consultation channel.
func thread(t *testing.T, s *Server) string {
	t.Helper()
	return ask(t, s, http.MethodPost, "/channels/"+consult+"/threads", `{"name":"amber-heron-42","type":12,"invitable":false}`).is(t, 201, 0).text("id")
}

// redirected sends what is meant for Discord to the fake.
type redirected struct{ to *url.URL }

func (r redirected) RoundTrip(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.URL.Scheme, out.URL.Host, out.Host = r.to.Scheme, r.to.Host, r.to.Host
	return http.DefaultTransport.RoundTrip(out)
}

// library is a client that others wrote.
func library(t *testing.T, s *Server) *discordgo.Session {
	t.Helper()
	d, err := discordgo.New("Bot " + Token)
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	d.Client = &http.Client{Transport: redirected{to}}
	d.LogLevel = -1
	d.Identify.Intents = discordgo.IntentsGuilds
	return d
}

func long(n int) string { return strings.Repeat("a", n) }

func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("did not come about: %s", what)
		}
	}
}

func js(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
