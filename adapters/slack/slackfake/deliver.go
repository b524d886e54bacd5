package slackfake

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// ackTime is how long Slack waits for an acknowledgement.
const ackTime = 3 * time.Second

// A kind is what a payload is about; the words are those of Socket Mode.
type kind string

const (
	interactive kind = "interactive"
	command     kind = "slash_commands"
	event       kind = "events_api"
)

// Endpoints are the app's addresses for HTTP delivery, one for each replica: a
// payload goes to one of them, and to the next when nobody listens there, not when
// the answer is lost. With none, payloads go over sockets.
type Endpoints struct {
	Events, Interactions, Commands []string
}

// UseHTTP delivers to addresses from now on.
func (s *Server) UseHTTP(e Endpoints) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoints = e
}

// A retry says which try of an event this is, and why.
type retry struct {
	number int
	reason string
}

// An ack is what the app answered within its time.
type ack struct {
	body    []byte
	took    time.Duration
	reason  string // why there is none: a retry reason of Slack's, "" when there is
	nobody  bool   // nobody listens there: the payload was not sent
	noRetry bool
}

// deliver hands a payload to the app and waits for its acknowledgement.
func (s *Server) deliver(k kind, payload any, again retry) ack {
	raw, err := json.Marshal(payload)
	if err != nil {
		return ack{reason: "unknown_error"}
	}
	s.mu.Lock()
	addresses := map[kind][]string{interactive: s.endpoints.Interactions, command: s.endpoints.Commands, event: s.endpoints.Events}[k]
	s.turn++
	turn := s.turn
	s.mu.Unlock()
	begun := time.Now()
	var a ack
	if len(addresses) == 0 {
		a = s.overSocket(k, raw, again)
	}
	for i := range addresses {
		a = s.overHTTP(addresses[(turn+i)%len(addresses)], k, raw, again)
		if !a.nobody {
			break
		}
	}
	a.took = time.Since(begun)
	return a
}

// Sign signs a body as Slack does, with scheme v0.
func Sign(secret string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%d:", at.Unix()) // writing to a hash never fails
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// Encode is the body of a payload over HTTP, and its media type.
func (k kind) encode(raw []byte) (body []byte, mediaType string) {
	switch k {
	case event:
		return raw, "application/json"
	case interactive:
		return []byte(url.Values{"payload": {string(raw)}}.Encode()), "application/x-www-form-urlencoded"
	}
	var fields map[string]string
	_ = json.Unmarshal(raw, &fields) // a command's payload is made of strings
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	return []byte(form.Encode()), "application/x-www-form-urlencoded"
}

func (s *Server) overHTTP(address string, k kind, raw []byte, again retry) ack {
	body, mediaType := k.encode(raw)
	ctx, cancel := context.WithTimeout(context.Background(), ackTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return ack{reason: "unknown_error"}
	}
	now := time.Now()
	req.Header.Set("Content-Type", mediaType)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("X-Slack-Signature", Sign(SigningSecret, now, body))
	if again.number > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(again.number))
		req.Header.Set("X-Slack-Retry-Reason", again.reason)
	}
	resp, err := deliveries.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return ack{reason: "http_timeout"}
		}
		dial, ok := errors.AsType[*net.OpError](err)
		return ack{reason: "connection_failed", nobody: ok && dial.Op == "dial"}
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return ack{reason: "http_timeout"}
	case resp.StatusCode != http.StatusOK:
		return ack{reason: "http_error", noRetry: resp.Header.Get("X-Slack-No-Retry") == "1"}
	}
	return ack{body: answer}
}

// deliveries follows no redirects and keeps enough connections for many people
// at once.
var deliveries = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{MaxIdleConnsPerHost: 512},
}

// Event sends an event to the app, again when it is not acknowledged, as often
// as Slack does. It returns the event's id, and when all is done.
func (s *Server) Event(fields map[string]any) (id string, done <-chan struct{}) {
	s.mu.Lock()
	id = s.name("Ev")
	payload := map[string]any{
		"type": "event_callback", "token": "legacy", "team_id": TeamID, "api_app_id": AppID, "event": fields,
		"event_id": id, "event_time": s.now().Unix(), "authorizations": []map[string]any{{
			"team_id": TeamID, "user_id": BotUser, "is_bot": true, "is_enterprise_install": false,
			"enterprise_id": s.enterprise(),
		}},
	}
	if s.options.Enterprise != "" {
		payload["enterprise_id"] = s.options.Enterprise
	}
	wanted := s.subscribed(fmt.Sprint(fields["type"]))
	s.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if wanted {
			s.insist(payload)
		}
	}()
	return id, ended
}

// insist delivers an event until it is acknowledged or Slack gives up.
func (s *Server) insist(payload map[string]any) {
	a := s.deliver(event, payload, retry{})
	for i, wait := range s.options.RetryAfter {
		if a.reason == "" || a.noRetry {
			return
		}
		select {
		case <-time.After(wait):
		case <-s.done:
			return
		}
		a = s.deliver(event, payload, retry{i + 1, a.reason})
	}
}

// Redeliver sends an event once more that the app has acknowledged already, as
// Slack does when the acknowledgement was lost.
func (s *Server) Redeliver(id string, fields map[string]any) {
	s.mu.Lock()
	payload := map[string]any{
		"type": "event_callback", "token": "legacy", "team_id": TeamID, "api_app_id": AppID, "event": fields,
		"event_id": id, "event_time": s.now().Unix(),
	}
	s.mu.Unlock()
	s.deliver(event, payload, retry{1, "http_timeout"})
}

// Challenge asks the app's address for events to prove itself and returns its answer.
func (s *Server) Challenge(challenge string) string {
	a := s.deliver(event, map[string]any{"type": "url_verification", "token": "legacy", "challenge": challenge}, retry{})
	return string(a.body)
}

func (s *Server) enterprise() any {
	if s.options.Enterprise == "" {
		return nil
	}
	return s.options.Enterprise
}

func (s *Server) subscribed(name string) bool {
	if s.options.Events == nil {
		return true
	}
	for _, e := range s.options.Events {
		if e == name {
			return true
		}
	}
	return false
}
