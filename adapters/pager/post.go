// Package pager reaches people outside the chat: through PagerDuty, or through
// any service that takes a signed request. A page holds the consult's handle
// and its urgency, and nothing of what was answered.
package pager

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"curbside/bot"
)

const (
	// postTime bounds one request; the outbox tries again.
	postTime = 5 * time.Second
	// defaultRetry is how long to wait when the service names no time: a phone that did
	// not ring is tried again within seconds.
	defaultRetry = 2 * time.Second
	// longestRetry keeps a service from putting off a page for long.
	longestRetry = time.Minute
)

// newClient returns a client that follows no redirect: a page goes where the
// owner said, or nowhere.
func newClient() *http.Client {
	return &http.Client{
		Timeout:       postTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// post sends one body and says what came of it. Errors of the HTTP client are
// reduced to a code: their texts hold the address, which may hold a secret.
func post(ctx context.Context, c *http.Client, url string, body []byte, header http.Header) bot.Receipt {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return bot.Receipt{Outcome: bot.Unreachable, Code: "bad_address"}
	}
	req.Header = header
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		return bot.Receipt{Outcome: bot.Busy, RetryAfter: defaultRetry, Code: "no_answer"}
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 64<<10) // so that the connection is used again
	code := "http_" + strconv.Itoa(resp.StatusCode)
	switch {
	case resp.StatusCode >= 200 && resp.StatusCode < 300:
		return bot.Receipt{Outcome: bot.Delivered, Code: code}
	case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500 || resp.StatusCode == http.StatusRequestTimeout:
		return bot.Receipt{Outcome: bot.Busy, RetryAfter: retryAfter(resp.Header), Code: code}
	default:
		return bot.Receipt{Outcome: bot.Unreachable, Code: code}
	}
}

// retryAfter reads the seconds of a Retry-After header.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds <= 0 {
		return defaultRetry
	}
	return min(time.Duration(seconds)*time.Second, longestRetry)
}
