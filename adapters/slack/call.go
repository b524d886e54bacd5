package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"curbside/bot"
)

const (
	// callTime bounds one request to Slack.
	callTime = 8 * time.Second
	// maxAnswer bounds what is read of one answer of Slack.
	maxAnswer = 8 << 20
)

// A fault is what went wrong with a request: the method and a code, and nothing
// of what was sent or answered. Library errors quote addresses, which can hold
// tokens, and bodies.
type fault struct {
	method string
	code   string
	retry  time.Duration // when Slack has said so
	doubt  bool          // it may have been done
}

// errGarbled says that Slack's answer names no place where anything could be.
var errGarbled = &fault{method: "answer", code: "garbled", doubt: true}

func (f *fault) Error() string { return "slack " + f.method + ": " + f.code }

var codeWord = regexp.MustCompile(`^[a-z][a-z0-9_]{0,60}$`)

// call makes one request by method, unless Slack has asked for time.
func (s *Slack) call(ctx context.Context, method string, do func(context.Context) error) error {
	return s.callAt(ctx, method, method, do)
}

// callAt is call for a method whose limit is counted at a gate of its own: that
// on posting is counted for each channel, so a full channel delays no page.
func (s *Slack) callAt(ctx context.Context, method, gate string, do func(context.Context) error) error {
	if wait := s.gates.closed(gate); wait > 0 {
		return &fault{method: method, code: "rate_limited", retry: wait}
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	err := do(ctx)
	if err == nil {
		return nil
	}
	f := clean(method, err)
	f.doubt = f.doubt && !asks[method]
	if f.retry > 0 {
		s.gates.shut(gate, f.retry)
	}
	return f
}

// clean reduces an error to its code.
func clean(method string, err error) *fault {
	if f, ok := errors.AsType[*fault](err); ok {
		return f
	}
	f := &fault{method: method, code: "unknown", doubt: true}
	if limited, ok := errors.AsType[*slackapi.RateLimitedError](err); ok {
		return &fault{method: method, code: "rate_limited", retry: max(limited.RetryAfter, time.Second)}
	}
	if said, ok := errors.AsType[slackapi.SlackErrorResponse](err); ok {
		switch {
		case known[said.Err]:
			f.code = said.Err
		case codeWord.MatchString(said.Err):
			f.code = unlisted
		}
		f.doubt = doubtful[f.code]
		if f.code == "ratelimited" || f.code == "rate_limited" {
			f.retry = 30 * time.Second
		}
		return f
	}
	if status, ok := errors.AsType[slackapi.StatusCodeError](err); ok {
		f.code, f.doubt = fmt.Sprintf("http_%d", status.Code), status.Code >= http.StatusInternalServerError
		if status.Code == http.StatusTooManyRequests {
			f.retry = 30 * time.Second
		}
		return f
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return &fault{method: method, code: "unreachable"}
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		f.code = "timeout"
	case errors.Is(err, context.Canceled):
		f.code = "canceled"
	case isTimeout(err):
		f.code = "timeout"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f.code = "cut_off"
	}
	return f
}

func isTimeout(err error) bool {
	late, ok := errors.AsType[net.Error](err)
	return ok && late.Timeout()
}

// doubtful are the codes after which Slack may have done what was asked.
var doubtful = map[string]bool{"unknown": true, "fatal_error": true, "internal_error": true, "request_timeout": true}

// asks are the methods that put nothing in front of anybody: when one fails that a
// delivery needs first, nothing of it has arrived.
var asks = map[string]bool{"auth.test": true, "conversations.info": true, "conversations.members": true, "conversations.open": true, "users.info": true}

// gone are the codes that stay the same however often one asks: this person or
// place cannot be reached.
var gone = map[string]bool{
	"channel_not_found": true, "not_in_channel": true, "is_archived": true, "user_not_found": true,
	"users_not_found": true, "user_disabled": true, "user_not_visible": true, "cannot_dm_bot": true,
	"method_not_supported_for_channel_type": true, "messages_tab_disabled": true, "restricted_action": true,
	"restricted_action_read_only_channel": true, "restricted_action_thread_only_channel": true,
	"restricted_action_non_threadable_channel": true, "team_not_found": true, "external_channel_migrating": true,
	"invalid_blocks": true, "invalid_blocks_format": true, "msg_too_long": true, "msg_blocks_too_long": true,
	"no_text": true, "users_list_not_supplied": true,
}

// fixed reports whether a card cannot be edited any more and a new one is needed.
func fixed(err error) bool {
	switch codeOf(err) {
	case "edit_window_closed", "cant_update_message", "message_not_found", "is_inactive":
		return true
	}
	return false
}

// tooLong reports whether Slack would take less of the same.
func tooLong(err error) bool {
	switch codeOf(err) {
	case "msg_too_long", "msg_blocks_too_long":
		return true
	}
	return false
}

// codeOf is what went wrong, for logs and decisions; "" is nothing.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return clean("", err).code
}

// receipt is what a delivery's failure comes to.
func receipt(err error) bot.Receipt {
	f := clean("", err)
	switch {
	case f.retry > 0:
		return bot.Receipt{Outcome: bot.Busy, RetryAfter: f.retry, Code: f.code}
	case gone[f.code]:
		return bot.Receipt{Outcome: bot.Unreachable, Code: f.code}
	case f.doubt:
		return bot.Receipt{Outcome: bot.Ambiguous, Code: f.code}
	default:
		return bot.Receipt{Outcome: bot.Busy, Code: f.code}
	}
}

// newClient makes the one HTTP client: it follows nobody elsewhere, since what
// it carries is for Slack alone, and reads no endless answer.
func newClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 8
	return &http.Client{
		Timeout:       callTime + time.Second,
		Transport:     bounded{transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, maxAnswer), answer.Body}
	}
	return answer, err
}

// safeURL wants TLS for whatever leaves this machine.
func safeURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return errors.New("not a web address")
	}
	switch u.Scheme {
	case "https", "wss":
		return nil
	case "http", "ws":
		if loopback(u.Hostname()) {
			return nil
		}
	}
	return errors.New("not encrypted, and not on this machine")
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// silence is a log that keeps nothing: the library quotes what it sends.
type silence struct{}

// Output implements the library's log.
func (silence) Output(int, string) error { return nil }
