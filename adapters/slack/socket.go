package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const (
	// maxFrame bounds one message over the socket.
	maxFrame = 4 << 20
	// reconnect is how long to wait before a socket that could not be opened is
	// tried again.
	reconnect = 5 * time.Second
	// lastWords is how long answers under way may take once the program is to end.
	lastWords = 3 * time.Second
)

// Run keeps the App Homes true, and in Socket Mode the connections open, until
// ctx ends. It returns an error when Slack refuses the tokens for good.
func (s *Slack) Run(ctx context.Context, b Answers) error {
	if err := s.greet(ctx); err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	var parts sync.WaitGroup
	parts.Go(func() { s.keepHomes(working, b) })
	parts.Go(func() { s.recheck(working, "start") })
	var failed error
	if s.options.AppToken != nil {
		failed = s.sockets(working, b)
	} else {
		<-working.Done()
	}
	stop()
	parts.Wait()
	s.finish()
	return failed
}

// greet asks until Slack says whose token this is.
func (s *Slack) greet(ctx context.Context) error {
	for {
		s.who.Lock()
		err := s.authenticate(ctx)
		s.who.Unlock()
		switch {
		case err == nil || ctx.Err() != nil:
			return nil
		case errors.Is(err, errElsewhere):
			return fmt.Errorf("connect to Slack: %w", errElsewhere)
		case refusedForGood[codeOf(err)]:
			return fmt.Errorf("connect to Slack: %w", err)
		}
		s.options.Log.Warn("slack away", "code", codeOf(err))
		pause(ctx, reconnect)
	}
}

// refusedForGood are the codes of tokens that will not do however often one asks.
var refusedForGood = map[string]bool{
	"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true, "token_expired": true,
	"not_allowed_token_type": true, "missing_scope": true,
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// sockets keeps several connections, since Slack closes each of them now and
// then: what comes in is sent to any one. When ctx ends they take nothing new and
// stay open until the answers under way have gone out.
func (s *Slack) sockets(ctx context.Context, b Answers) error {
	open, closeAll := context.WithCancel(context.WithoutCancel(ctx))
	defer closeAll()
	ended := make(chan error, s.options.Connections)
	for range s.options.Connections {
		go func() { ended <- s.socket(ctx, open, b) }()
	}
	left := s.options.Connections
	var failed error
	select {
	case failed = <-ended:
		left--
	case <-ctx.Done():
		s.finish()
	}
	closeAll()
	for range left {
		<-ended
	}
	return failed
}

// finish waits for the answers under way, not for ever.
func (s *Slack) finish() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Wait()
	}()
	select {
	case <-done:
	case <-time.After(lastWords):
	}
}

// socket keeps one connection until open ends, or until Slack refuses the token.
func (s *Slack) socket(ctx, open context.Context, b Answers) error {
	for open.Err() == nil {
		client := socketmode.New(s.api,
			socketmode.OptionLog(silence{}), socketmode.OptionReadLimit(maxFrame), socketmode.OptionDialer(dialer()))
		running, stop := context.WithCancel(open)
		var reading sync.WaitGroup
		reading.Go(func() { s.read(ctx, running, client, b) })
		err := client.RunContext(running)
		stop()
		reading.Wait()
		switch code := codeOf(err); {
		case open.Err() != nil:
			return nil
		case refusedForGood[code]:
			s.options.Log.Error("slack refuses the app token", "code", code)
			return fmt.Errorf("connect to Slack by Socket Mode: %w", clean("apps.connections.open", err))
		default:
			s.options.Log.Warn("socket lost", "platform", Name, "code", code)
			pause(open, reconnect)
		}
	}
	return nil
}

// dialer connects by TLS, or without it to this machine alone.
func dialer() *websocket.Dialer {
	return &websocket.Dialer{
		HandshakeTimeout: 15 * time.Second,
		WriteBufferSize:  32 << 10, // Slack drops an answer that comes in several frames
		Proxy: func(r *http.Request) (*url.URL, error) {
			if err := safeURL(r.URL.String()); err != nil {
				return nil, err
			}
			return http.ProxyFromEnvironment(r)
		},
	}
}

// read takes in what comes by one connection. Nothing in it waits.
func (s *Slack) read(ctx, open context.Context, client *socketmode.Client, b Answers) {
	for {
		select {
		case <-open.Done():
			return
		case e := <-client.Events:
			s.guarded("socket", func() { s.received(ctx, open, client, b, e) })
		}
	}
}

func (s *Slack) received(ctx, open context.Context, client *socketmode.Client, b Answers, e socketmode.Event) {
	switch e.Type {
	case socketmode.EventTypeConnected:
		s.options.Log.Info("connected", "platform", Name)
	case socketmode.EventTypeConnectionError:
		if failed, ok := e.Data.(*slackapi.ConnectionErrorEvent); ok {
			s.options.Log.Warn("slack away", "code", codeOf(failed.ErrorObj))
		}
	case socketmode.EventTypeErrorBadMessage, socketmode.EventTypeIncomingError:
		s.malformed(string(e.Type))
	case socketmode.EventTypeErrorWriteFailed:
		s.options.Log.Error("answer not sent", "platform", Name, "code", "write")
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
		if e.Request == nil || ctx.Err() != nil {
			return // another connection gets it
		}
		s.working.Go(func() {
			s.guarded("envelope", func() { s.envelope(open, client, b, *e.Request) })
		})
	}
}

func (s *Slack) malformed(kind string) {
	s.counts.WithLabelValues("malformed").Inc()
	s.options.Log.Error("malformed", "platform", Name, "kind", kind)
}

// envelope takes in one envelope and acknowledges it once it is understood, and
// what somebody did in it is kept.
func (s *Slack) envelope(ctx context.Context, client *socketmode.Client, b Answers, r socketmode.Request) {
	var (
		answer any
		err    error
	)
	switch r.Type {
	case socketmode.RequestTypeEventsAPI:
		err = s.handleEvent(ctx, b, r.Payload)
	case socketmode.RequestTypeInteractive:
		form, failed := s.interact(ctx, b, r.Payload)
		if err = failed; form != nil {
			answer = form
		}
	case socketmode.RequestTypeSlashCommands:
		var c command
		if json.Unmarshal(r.Payload, &c) != nil {
			err = errMalformed
			break
		}
		var a asked
		if a, err = s.decodeCommand(c); err == nil {
			s.begin(ctx, b, a)
		}
	}
	if err != nil {
		s.malformed(r.Type)
		return
	}
	if err := client.AckCtx(ctx, r.EnvelopeID, answer); err != nil {
		s.options.Log.Error("answer not sent", "platform", Name, "code", codeOf(err))
	}
}
