package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"curbside/dialog"
)

// Discord's own codes of errors that decide what follows.
const (
	codeUnknownChannel = 10003
	codeUnknownMember  = 10007
	codeUnknownMessage = 10008
	codeUnknownUser    = 10013
	codeUnknownWebhook = 10015
	codeNoAccess       = 50001
	codeNoDirect       = 50007
	codeNoPermission   = 50013
	codeArchived       = 50083
	codeNoMutualServer = 50278
)

// An apiError is how a request to Discord ended. It holds codes only: what the
// library says quotes tokens, addresses and bodies.
type apiError struct {
	status int           // of HTTP; 0 when no answer came
	code   int           // Discord's own; 0 when it gave none
	after  time.Duration // busy: when to ask again
	unsent bool          // it never left this program
}

// Error implements error.
func (e *apiError) Error() string {
	switch {
	case e.busy():
		return fmt.Sprintf("discord is busy for %s", e.after)
	case e.status == 0:
		return "discord did not answer"
	default:
		return fmt.Sprintf("discord answered %d, code %d", e.status, e.code)
	}
}

func (e *apiError) busy() bool { return e.unsent || e.status == http.StatusTooManyRequests }

// label names it for a log.
func (e *apiError) label() string {
	switch {
	case e.busy():
		return "busy"
	case e.status == 0:
		return "no_answer"
	case e.code != 0:
		return "discord_" + strconv.Itoa(e.code)
	default:
		return "http_" + strconv.Itoa(e.status)
	}
}

// coded reports whether err is an answer of Discord with one of the codes.
func coded(err error, codes ...int) bool {
	e, ok := errors.AsType[*apiError](err)
	if !ok {
		return false
	}
	for _, c := range codes {
		if e.code == c {
			return true
		}
	}
	return false
}

// busyFor returns when to ask again, if Discord wants to be asked again.
func busyFor(err error) (time.Duration, bool) {
	e, ok := errors.AsType[*apiError](err)
	if !ok || !e.busy() {
		return 0, false
	}
	return e.after, true
}

// labelOf names an error for a log.
func labelOf(err error) string {
	if e, ok := errors.AsType[*apiError](err); ok {
		return e.label()
	}
	return "failed"
}

// A client asks Discord. It is safe for concurrent use.
type client struct {
	session *discordgo.Session
	gate    gate
}

// A request is one request to Discord.
type request struct {
	method string
	path   string // beneath the API's root, without a first slash
	body   any    // nil is none
	file   *dialog.File
	out    any // what the answer is read into; nil throws it away
	// single requests share no bucket with others: their path holds the token of
	// one interaction, which Discord goes by and not by the bot's own. When it has
	// run out, it answers with 401 too.
	single bool
}

// do sends r. Where Discord wants it later, it does not wait but says so.
func (c *client) do(ctx context.Context, r request) error {
	if wait := c.gate.shut(time.Now()); wait > 0 && !r.single && !urgent(ctx) {
		return &apiError{after: wait, unsent: true}
	}
	contentType, body, err := r.encode()
	if err != nil {
		return err
	}
	bucket, wait := c.bucket(r)
	if wait > 0 {
		return &apiError{after: wait, unsent: true}
	}
	var saw seen
	answer, err := c.session.RequestWithLockedBucket(r.method, discordgo.EndpointAPI+r.path, contentType, body, bucket, 0,
		discordgo.WithContext(watched(ctx, &saw)))
	if err != nil || saw.status >= 300 {
		failed := failure(err, saw)
		if failed.status == http.StatusUnauthorized && !r.single {
			c.gate.close(time.Now())
		}
		return failed
	}
	if r.out == nil {
		return nil
	}
	if json.Unmarshal(answer, r.out) != nil {
		return &apiError{status: saw.status}
	}
	return nil
}

func (r request) encode() (contentType string, body []byte, err error) {
	if r.body == nil {
		return "", nil, nil
	}
	if r.file == nil {
		body, err = json.Marshal(r.body)
		contentType = "application/json"
	} else {
		contentType, body, err = discordgo.MultipartBodyWithJSON(r.body, []*discordgo.File{
			{Name: r.file.Name, ContentType: r.file.Type, Reader: bytes.NewReader(r.file.Content)},
		})
	}
	if err != nil {
		return "", nil, errors.New("a request to discord cannot be encoded")
	}
	return contentType, body, nil
}

// bucket locks the rate limit that r counts against, or says how long it is
// used up.
func (c *client) bucket(r request) (*discordgo.Bucket, time.Duration) {
	limits := c.session.Ratelimiter
	if r.single {
		limits = discordgo.NewRatelimiter()
	}
	b := limits.GetBucket(r.method + " " + routeOf(r.path))
	b.Lock()
	if wait := limits.GetWaitTime(b, 1); wait > 0 {
		b.Unlock()
		return nil, wait
	}
	b.Remaining--
	return b, 0
}

// routeOf is a path without the ids that do not divide its rate limit: all but
// the first.
func routeOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for i := 2; i < len(parts); i++ {
		if len(parts[i]) >= 15 && strings.Trim(parts[i], "0123456789") == "" {
			parts[i] = "id"
		}
	}
	return strings.Join(parts, "/")
}

// failure reads an error of the library without keeping any of it.
func failure(err error, saw seen) *apiError {
	e := &apiError{status: saw.status}
	if refused, ok := errors.AsType[*discordgo.RESTError](err); ok && refused.Message != nil {
		e.code = refused.Message.Code
	}
	if limited, ok := errors.AsType[*discordgo.RateLimitError](err); ok && limited.RateLimit != nil && limited.TooManyRequests != nil {
		e.after = limited.RetryAfter
	}
	if e.status == http.StatusTooManyRequests && e.after <= 0 {
		seconds, _ := strconv.ParseFloat(saw.retryAfter, 64)
		e.after = max(time.Duration(seconds*float64(time.Second)), time.Second)
	}
	return e
}
