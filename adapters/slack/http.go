package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	slackapi "github.com/slack-go/slack"
)

// maxBody bounds what is read of one request: Slack's own payloads hold at most
// one message or view.
const maxBody = 1 << 20

// readTime bounds how long one request may take to come in.
const readTime = 5 * time.Second

// The paths of [Slack.Handler], as the app's manifest names them.
const (
	EventsPath       = "/slack/events"
	InteractionsPath = "/slack/interactivity"
	CommandsPath     = "/slack/commands"
)

// Handler answers what Slack sends over HTTP: events, presses and forms, and the
// slash command, at paths of their own. What was not signed by Slack within five
// minutes is refused before any of it is read. What somebody did is acknowledged
// once the bot has kept it.
func (s *Slack) Handler(b Answers) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST "+EventsPath, s.signed(func(w http.ResponseWriter, r *http.Request, body []byte) error {
		return s.httpEvent(r.Context(), w, b, body)
	}))
	mux.Handle("POST "+InteractionsPath, s.signed(func(w http.ResponseWriter, r *http.Request, body []byte) error {
		return s.httpInteraction(r.Context(), w, b, body)
	}))
	mux.Handle("POST "+CommandsPath, s.signed(func(w http.ResponseWriter, r *http.Request, body []byte) error {
		return s.httpCommand(r.Context(), b, body)
	}))
	return mux
}

// signed lets through what Slack has signed, and answers 400 to what it cannot
// have sent: whatever is not understood is never acknowledged.
func (s *Slack) signed(next func(http.ResponseWriter, *http.Request, []byte) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				s.counts.WithLabelValues("fault").Inc()
				s.options.Log.Error("recovered", "platform", Name, "in", "request")
				http.Error(w, "internal", http.StatusInternalServerError)
			}
		}()
		w.Header().Set("Cache-Control", "no-store")
		// A sender that is slower than Slack ever is; a test's recorder has no deadline.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readTime))
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			s.reject(w, "too_large", http.StatusRequestEntityTooLarge)
			return
		}
		if err != nil || !s.genuine(r.Header, body) {
			s.reject(w, "signature", http.StatusUnauthorized)
			return
		}
		if err := next(w, r, body); err != nil {
			s.counts.WithLabelValues("malformed").Inc()
			s.options.Log.Error("malformed", "platform", Name, "path", r.Pattern)
			http.Error(w, "malformed", http.StatusBadRequest)
		}
	})
}

func (s *Slack) reject(w http.ResponseWriter, code string, status int) {
	s.counts.WithLabelValues("refused").Inc()
	s.options.Log.Warn("request refused", "platform", Name, "reason", code)
	http.Error(w, code, status)
}

func (s *Slack) genuine(h http.Header, body []byte) bool {
	if s.options.SigningSecret == nil {
		return false
	}
	verifier, err := slackapi.NewSecretsVerifier(h, s.options.SigningSecret())
	if err != nil {
		return false
	}
	_, err = verifier.Write(body)
	return err == nil && verifier.Ensure() == nil
}

func (s *Slack) httpEvent(ctx context.Context, w http.ResponseWriter, b Answers, body []byte) error {
	var e event
	if json.Unmarshal(body, &e) != nil {
		return errMalformed
	}
	if e.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, e.Challenge) // a caller that has gone asks again
		return nil
	}
	return s.handleEvent(ctx, b, body)
}

// formOf reads a signed body that is a form. What stands in the address was not
// signed and is not looked at.
func formOf(body []byte) (url.Values, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, errMalformed
	}
	return form, nil
}

func (s *Slack) httpInteraction(ctx context.Context, w http.ResponseWriter, b Answers, body []byte) error {
	form, err := formOf(body)
	if err != nil {
		return err
	}
	answer, err := s.interact(ctx, b, []byte(form.Get("payload")))
	if err != nil || answer == nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // a caller that has gone needs no answer
	return nil
}

func (s *Slack) httpCommand(ctx context.Context, b Answers, body []byte) error {
	form, err := formOf(body)
	if err != nil {
		return err
	}
	a, err := s.decodeCommand(commandOf(form))
	if err == nil {
		s.begin(ctx, b, a)
	}
	return err
}

// interact takes in a press, a choice or a form. Only a form has an answer of
// its own; everything else is answered when it is ready.
func (s *Slack) interact(ctx context.Context, b Answers, payload []byte) (*slackapi.ViewSubmissionResponse, error) {
	a, ok, err := s.decodeInteraction(payload)
	if err != nil || !ok {
		return nil, err
	}
	if a.in.Form != nil {
		return s.submit(ctx, b, a), nil
	}
	s.begin(ctx, b, a)
	return nil, nil
}
