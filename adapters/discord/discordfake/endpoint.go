package discordfake

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// maxAnswer is how much of an answer over HTTP is read.
const maxAnswer = 1 << 20

// ErrEndpoint says that Discord does not take an address for interactions.
var ErrEndpoint = errors.New("the specified interactions endpoint url could not be verified")

// A Delivery is one request that Discord makes.
type Delivery struct {
	Body      []byte
	Signature string // hex
	Timestamp string
}

// Sign signs a body as Discord does, at a time.
func (s *Server) Sign(body []byte, at time.Time) Delivery {
	return signed(s.key, body, at)
}

// Forge signs a body with a key that is not Discord's.
func Forge(body []byte, at time.Time) Delivery {
	seed := bytes.Repeat([]byte{7}, ed25519.SeedSize)
	return signed(ed25519.NewKeyFromSeed(seed), body, at)
}

func signed(key ed25519.PrivateKey, body []byte, at time.Time) Delivery {
	stamp := strconv.FormatInt(at.Unix(), 10)
	return Delivery{Body: body, Timestamp: stamp, Signature: hex.EncodeToString(ed25519.Sign(key, append([]byte(stamp), body...)))}
}

// Post makes a request of Discord's to an address.
func (d Delivery) Post(ctx context.Context, url string) (status int, contentType string, body []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(d.Body))
	if err != nil {
		return 0, "", nil, fmt.Errorf("make a request: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	r.Header.Set("X-Signature-Ed25519", d.Signature)
	r.Header.Set("X-Signature-Timestamp", d.Timestamp)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", nil, fmt.Errorf("post: %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // it was read
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return 0, "", nil, fmt.Errorf("read an answer: %w", err)
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return resp.StatusCode, kind, body, nil
}

// UseHTTP delivers interactions to addresses in turn, as behind one that shares
// them out, and no longer over the gateway. Each is tried first, as Discord
// does: it has to answer a ping, and to refuse one that is signed wrongly.
func (s *Server) UseHTTP(urls ...string) error {
	for _, url := range urls {
		if err := s.Verify(url); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoints = slices.Clone(urls)
	return nil
}

// Verify tries an address as Discord does now and then.
func (s *Server) Verify(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), s.options.Patience)
	defer cancel()
	ping, _ := json.Marshal(map[string]any{ // texts and numbers
		"id": "1", "application_id": AppID, "type": interactionPing, "token": "ping", "version": 1, "entitlements": []any{},
	})
	status, kind, body, err := s.Sign(ping, time.Now()).Post(ctx, url)
	var pong struct {
		Type int `json:"type"`
	}
	if err != nil || status != http.StatusOK || kind != "application/json" || json.Unmarshal(body, &pong) != nil || pong.Type != answerPong {
		return fmt.Errorf("a ping is answered by %d: %w", status, ErrEndpoint)
	}
	status, _, _, err = Forge(ping, time.Now()).Post(ctx, url)
	if err != nil || status != http.StatusUnauthorized {
		return fmt.Errorf("a wrong signature is answered by %d: %w", status, ErrEndpoint)
	}
	return nil
}

// Deliveries are the interactions that were delivered over HTTP, oldest first.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// overHTTP delivers an interaction to the next address and takes what it answers.
func (s *Server) overHTTP(in *interaction, body []byte, url string) {
	d := s.Sign(body, time.Now())
	s.mu.Lock()
	if !s.options.Forgetful {
		s.sent = append(s.sent, d)
	}
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), s.options.Patience)
	defer cancel()
	status, kind, answer, err := d.Post(ctx, url)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil: // nobody is there
	case status == http.StatusAccepted:
		return // it answers by the callback
	case status != http.StatusOK || kind != "application/json":
		s.faulty("answered an interaction with %d of type %q", status, kind)
	default:
		err := s.acknowledge(in, answer, nil)
		c := Call{Route: callbackRoute, Path: "in the answer", Status: http.StatusNoContent, At: s.now()}
		if !s.options.Forgetful {
			c.Body = s.withoutTokens(string(answer))
		}
		if refused, ok := errors.AsType[refusal](err); ok {
			c.Status, c.Code = refused.status, refused.code
		}
		s.calls = append(s.calls, c)
		if err == nil {
			return
		}
		if !in.over && c.Status != http.StatusNotFound { // what it is about may have gone meanwhile
			s.faulty("answered an interaction with what Discord refuses: %v", describe(err))
		}
	}
	close(in.failed)
}

// describe says what is wrong with a body, too.
func describe(err error) string {
	if r, ok := errors.AsType[refusal](err); ok && r.fields != nil {
		fields, _ := json.Marshal(r.fields) // texts
		return r.message + " " + string(fields)
	}
	return err.Error()
}
