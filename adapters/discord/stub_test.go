package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// The ids of the tests.
const (
	application = "800000000000000001"
	guildID     = "900000000000000001"
	channelID   = "900000000000000002"
	ana         = "100000000000000001"
	dana        = "100000000000000002"
	mallory     = "100000000000000009"
)

// A sent request, as it reached the stub.
type sent struct {
	method, path string
	message      message
	raw          []byte
}

// A stub answers as Discord does when all is well, and as it is told otherwise.
type stub struct {
	*httptest.Server
	t       testing.TB
	schemas checker // nil where Discord's own description is not at hand

	mu      sync.Mutex
	got     []sent
	next    int
	threads []channel
	refuse  func(method, path string) (status int, body string)
}

func newStub(t testing.TB) *stub {
	t.Helper()
	s := &stub{t: t, schemas: newChecker(t)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// refuses sets what is refused from now on: with status 0, nothing.
func (s *stub) refuses(with func(method, path string) (int, string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = with
}

// all are the requests so far whose method and path begin so.
func (s *stub) all(method, prefix string) []sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []sent
	for _, r := range s.got {
		if r.method == method && strings.HasPrefix(r.path, prefix) {
			found = append(found, r)
		}
	}
	return found
}

// one waits for exactly one such request.
func (s *stub) one(method, prefix string) sent {
	s.t.Helper()
	until(s.t, method+" "+prefix, func() bool { return len(s.all(method, prefix)) > 0 })
	found := s.all(method, prefix)
	if len(found) != 1 {
		s.t.Fatalf("%d requests %s %s, want one", len(found), method, prefix)
	}
	return found[0]
}

func (s *stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	path := strings.TrimPrefix(r.URL.Path, "/api/v9/")
	status, body := s.answer(r, path, raw)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func (s *stub) answer(r *http.Request, path string, raw []byte) (int, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if auth := r.Header.Get("Authorization"); auth != "Bot the-token" {
		s.t.Errorf("%s %s came with %q", r.Method, path, auth)
	}
	got := sent{method: r.Method, path: path, raw: raw}
	payload := raw
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		r.Body = io.NopCloser(bytes.NewReader(raw))
		if err := r.ParseMultipartForm(1 << 20); err == nil {
			payload = []byte(r.FormValue("payload_json"))
		}
	}
	_ = json.Unmarshal(payload, &got.message) // not every request is a message
	if what := sentAs(r.Method, path); what != "" && s.schemas != nil {
		s.schemas.holds(s.t, what, payload)
	}
	s.got = append(s.got, got)
	if s.refuse != nil {
		if status, body := s.refuse(r.Method, path); status != 0 {
			return status, body
		}
	}
	s.next++
	id := strconv.Itoa(700000000000000000 + s.next)
	switch {
	case r.Method == http.MethodPost && strings.HasSuffix(path, "/threads"):
		var made channel
		_ = json.Unmarshal(raw, &made)
		made.ID, made.ParentID = id, channelID
		s.threads = append(s.threads, made)
	case strings.HasSuffix(path, "/threads/active"):
		list, _ := json.Marshal(map[string]any{"threads": s.threads})
		return http.StatusOK, string(list)
	case path == "users/@me/channels":
		var to struct {
			Recipient string `json:"recipient_id"`
		}
		_ = json.Unmarshal(raw, &to)
		return http.StatusOK, `{"id":"6` + to.Recipient[1:] + `"}`
	case path == "users/@me":
		return http.StatusOK, `{"id":"` + application + `"}`
	case strings.HasSuffix(path, "/commands") && r.Method == http.MethodGet:
		return http.StatusOK, `[]`
	case strings.HasSuffix(path, "/callback"):
		return http.StatusNoContent, ""
	}
	return http.StatusOK, `{"id":"` + id + `"}`
}

func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("did not come about: %s", what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// A script answers what people do.
type script struct {
	mu     sync.Mutex
	heard  []bot.Inbound
	answer func(bot.Inbound) bot.Reply
	show   map[string]dialog.View // by handle
}

func (s *script) Handle(_ context.Context, in bot.Inbound) bot.Reply {
	s.mu.Lock()
	s.heard = append(s.heard, in)
	answer := s.answer
	s.mu.Unlock()
	if answer == nil {
		return bot.Reply{}
	}
	return answer(in)
}

func (s *script) Show(_ context.Context, e dialog.Effect) (dialog.View, *dialog.File, bool) {
	v, ok := s.show[e.Handle]
	return v, nil, ok
}

// says has every input answered with r.
func (s *script) says(r bot.Reply) { s.answers(func(bot.Inbound) bot.Reply { return r }) }

func (s *script) answers(with func(bot.Inbound) bot.Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = with
}

func (s *script) last(t testing.TB) bot.Inbound {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.heard) == 0 {
		t.Fatal("the bot has heard nothing")
	}
	return s.heard[len(s.heard)-1]
}

// A lab is the adapter with everything around it.
type lab struct {
	*Discord
	t    testing.TB
	stub *stub
	bot  *script
	sign ed25519.PrivateKey
	logs *bytes.Buffer
	logm sync.Mutex
	http http.Handler
	ids  int
}

func (l *lab) Write(p []byte) (int, error) {
	l.logm.Lock()
	defer l.logm.Unlock()
	return l.logs.Write(p)
}

func (l *lab) logged() string {
	l.logm.Lock()
	defer l.logm.Unlock()
	return l.logs.String()
}

func newLab(t testing.TB, change ...func(*Options)) *lab {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := &lab{t: t, stub: newStub(t), bot: &script{show: map[string]dialog.View{}}, sign: private, logs: &bytes.Buffer{}}
	o := Options{
		Mode: ModeHTTP, Application: application, PublicKey: hex.EncodeToString(public), Guild: guildID, Channel: channelID,
		Token: func() string { return "the-token" }, API: l.stub.URL, Staff: func() []string { return []string{ana, dana} },
		Log: slog.New(slog.NewTextHandler(l, nil)),
	}
	for _, c := range change {
		c(&o)
	}
	l.Discord, err = New(o)
	if err != nil {
		t.Fatal(err)
	}
	l.http = l.Handler(l.bot)
	t.Cleanup(l.finish)
	return l
}

// memberOf is somebody who can see the place where they press.
func memberOf(user string) map[string]any {
	return map[string]any{"user": map[string]any{"id": user}, "permissions": strconv.Itoa(permViewChannel)}
}

// did sends an interaction to the endpoint, signed, and returns the answer.
func (l *lab) did(in map[string]any) response {
	l.t.Helper()
	l.ids++
	full := map[string]any{
		"id": strconv.Itoa(500000000000000000 + l.ids), "application_id": application, "token": "interaction-token", "version": 1,
		"guild_id": guildID, "channel_id": channelID, "context": 0,
		"authorizing_integration_owners": map[string]string{"0": guildID},
		"member":                         memberOf(ana),
	}
	for k, v := range in {
		if full[k] = v; v == nil {
			delete(full, k)
		}
	}
	raw, err := json.Marshal(full)
	if err != nil {
		l.t.Fatal(err)
	}
	w := l.post(raw, time.Now())
	if w.Code != http.StatusOK {
		l.t.Fatalf("answered %d: %s", w.Code, w.Body)
	}
	var a response
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		l.t.Fatal(err)
	}
	return a
}

func (l *lab) post(raw []byte, at time.Time) *httptest.ResponseRecorder {
	stamp := strconv.FormatInt(at.Unix(), 10)
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(raw))
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(l.sign, append([]byte(stamp), raw...))))
	w := httptest.NewRecorder()
	l.http.ServeHTTP(w, r)
	return w
}

// data is what an answer carries, as a message.
func data(t testing.TB, a response) message {
	t.Helper()
	raw, err := json.Marshal(a.Data)
	if err != nil {
		t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// text is all that stands in a message.
func (m message) text() string {
	all := m.Content
	for _, e := range m.Embeds {
		all += "\n" + e.Description
	}
	return all
}

// pressing is a press on a message.
func pressing(id string, on map[string]any, values ...string) map[string]any {
	return map[string]any{
		"type": interactionPress, "message": on,
		"data": map[string]any{"custom_id": id, "component_type": 2, "values": values},
	}
}

// cardMessage is the card as Discord hands it back with a press.
func cardMessage(components ...component) map[string]any {
	return map[string]any{"id": "700000000000000999", "channel_id": "700000000000000001", "flags": 0, "components": components}
}

func privateMessage(components ...component) map[string]any {
	m := cardMessage(components...)
	m["flags"] = flagEphemeral
	return m
}

func view(text string, blocks ...dialog.Block) dialog.View {
	return dialog.View{
		Title: "Consult amber-heron-42", Fallback: "Consult amber-heron-42",
		Blocks: append([]dialog.Block{dialog.Text{Text: text}}, blocks...),
	}
}

func pressOf(version uint64, action dialog.Action, args ...string) dialog.Press {
	return dialog.Press{Handle: "amber-heron-42", Version: version, Action: action, Args: args}
}

func deliveryOf(kind dialog.EffectKind, index int, version uint64, v dialog.View) bot.Delivery {
	e := dialog.Effect{Handle: "amber-heron-42", Version: version, Index: index, Kind: kind}
	return bot.Delivery{
		ID: e.ID(), Kind: kind, Effect: e, Handle: e.Handle, Version: version, View: v,
		Home: bot.Place{Platform: Name, Workspace: guildID, Channel: channelID},
	}
}

func accountOf(user string) bot.Identity {
	return bot.Identity{Platform: Name, Workspace: guildID, User: user}
}

func refused(status, code int) string {
	return fmt.Sprintf(`{"message":"secret words of discord","code":%d,"retry_after":1.5,"status":%d}`, code, status)
}
