package discordfake

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxRequest is how long a request may be, with its files.
const maxRequest = 25 << 20

// A call is one request that is being answered.
type call struct {
	r     *http.Request
	body  []byte // JSON
	files map[string]File
}

func (c *call) arg(name string) string { return c.r.PathValue(name) }

// path is the path without the version.
func (c *call) path() string {
	if v := c.arg("version"); v != "" {
		return strings.TrimPrefix(c.r.URL.Path, "/api/"+v)
	}
	return c.r.URL.Path
}

// into reads the body. What is no JSON is refused, and so is what has the wrong
// type.
func (c *call) into(out any) error {
	if len(c.body) == 0 {
		return refuse(400, codeInvalidJSON, "The request body contains invalid JSON.")
	}
	if err := json.Unmarshal(c.body, out); err != nil {
		var f form
		f.fault("_body", "INVALID_TYPE", "A value has the wrong type.")
		return f.err()
	}
	return nil
}

// A handler answers one route. The lock is held while it runs.
type handler func(*Server, *call) (status int, answer any, err error)

// routes are those that are there, as Discord's reference names them.
func routes() map[string]handler {
	return map[string]handler{
		"GET /gateway":     (*Server).gatewayURL,
		"GET /gateway/bot": (*Server).gatewayBot,
		"GET /users/@me":   (*Server).self,

		"POST /users/@me/channels": (*Server).openDirect,

		"GET /applications/@me": (*Server).application,
		"GET /applications/{application_id}/guilds/{guild_id}/commands/permissions": (*Server).commandPermissions,

		"GET /applications/{application_id}/guilds/{guild_id}/commands": (*Server).listCommands,
		"PUT /applications/{application_id}/guilds/{guild_id}/commands": (*Server).overwriteCommands,
		"GET /applications/{application_id}/commands":                   (*Server).listCommands,
		"PUT /applications/{application_id}/commands":                   (*Server).overwriteCommands,

		"GET /guilds/{guild_id}":                     (*Server).guild,
		"GET /guilds/{guild_id}/channels":            (*Server).guildChannels,
		"GET /guilds/{guild_id}/roles":               (*Server).guildRoles,
		"GET /guilds/{guild_id}/roles/member-counts": (*Server).roleCounts,
		"GET /guilds/{guild_id}/members":             (*Server).listMembers,
		"GET /guilds/{guild_id}/members/{user_id}":   (*Server).member,
		"GET /guilds/{guild_id}/threads/active":      (*Server).activeThreads,

		"GET /channels/{channel_id}":                                    (*Server).channel,
		"PATCH /channels/{channel_id}":                                  (*Server).changeChannel,
		"POST /channels/{channel_id}/messages":                          (*Server).createMessage,
		"GET /channels/{channel_id}/messages":                           (*Server).listMessages,
		"GET /channels/{channel_id}/messages/{message_id}":              (*Server).message,
		"PATCH /channels/{channel_id}/messages/{message_id}":            (*Server).editMessage,
		"DELETE /channels/{channel_id}/messages/{message_id}":           (*Server).deleteMessage,
		"POST /channels/{channel_id}/threads":                           (*Server).createThread,
		"GET /channels/{channel_id}/threads/archived/private":           (*Server).archivedThreads,
		"GET /channels/{channel_id}/thread-members":                     (*Server).threadMembers,
		"PUT /channels/{channel_id}/thread-members/@me":                 (*Server).joinThread,
		"GET /channels/{channel_id}/thread-members/{user_id}":           (*Server).threadMember,
		"PUT /channels/{channel_id}/thread-members/{user_id}":           (*Server).addThreadMember,
		"DELETE /channels/{channel_id}/thread-members/{user_id}":        (*Server).removeThreadMember,
		"GET /channels/{channel_id}/users/@me/threads/archived/private": (*Server).ownArchivedThreads,

		callbackRoute: (*Server).callback,
		"POST /webhooks/{webhook_id}/{webhook_token}":                         (*Server).followUp,
		"GET /webhooks/{webhook_id}/{webhook_token}/messages/@original":       (*Server).getReply,
		"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original":     (*Server).editReply,
		"DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original":    (*Server).deleteReply,
		"GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}":    (*Server).getReply,
		"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}":  (*Server).editReply,
		"DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": (*Server).deleteReply,
	}
}

// callbackRoute takes first answers.
const callbackRoute = "POST /interactions/{interaction_id}/{interaction_token}/callback"

// byToken reports whether a route is used with an interaction's token, which is
// in its path, instead of the bot's, and outside the bot's global limit.
func byToken(route string) bool {
	return route == callbackRoute || strings.Contains(route, "/webhooks/")
}

func (s *Server) unknownRoute(*call) (int, any, error) {
	return 0, nil, refuse(404, codeGeneral, "404: Not Found")
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request, route string, do handler) {
	c := &call{r: r}
	tooBig := c.read()
	s.mu.Lock()
	if s.banned() {
		s.mu.Unlock()
		http.Error(w, "error code: 1015", http.StatusTooManyRequests)
		return
	}
	trouble := s.trouble(route)
	s.mu.Unlock()
	select {
	case <-time.After(trouble.Delay):
	case <-s.done:
	}
	s.held(Arriving, c, route)
	status, answer, err := 0, any(nil), tooBig
	var limit *bucket
	switch {
	case trouble.Status == http.StatusTooManyRequests:
		err = refusal{status: 429, message: "You are being rate limited.", wait: trouble.RetryAfter, scope: "shared"}
	case trouble.Status != 0 && trouble.Code == 0:
		s.record(c, route, trouble.Status, 0, "")
		w.WriteHeader(trouble.Status)
		return
	case trouble.Status != 0:
		err = refuse(trouble.Status, trouble.Code, "A fault on command")
	case err == nil:
		s.mu.Lock()
		if err = s.authorised(c, route); err == nil {
			limit, err = s.limited(c, route)
		}
		if err == nil {
			status, answer, err = do(s, c)
		}
		s.mu.Unlock()
	}
	s.answer(w, c, route, status, answer, err, limit, trouble.Lost)
}

// read reads the body: JSON, or a form with payload_json and files.
func (c *call) read() error {
	kind, params, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		raw, err := io.ReadAll(io.LimitReader(c.r.Body, maxRequest+1))
		if err != nil {
			panic(http.ErrAbortHandler) // whoever asked has gone in the middle of it
		}
		if len(raw) > maxRequest {
			return refuse(413, codeTooBig, "Request entity too large")
		}
		c.body = raw
		if len(raw) > 0 && kind != "application/json" {
			return refuse(400, codeInvalidJSON, "The request body contains invalid JSON.")
		}
		return nil
	}
	c.files = map[string]File{}
	parts, total := multipart.NewReader(c.r.Body, params["boundary"]), 0
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refuse(400, codeInvalidForm, "Invalid Form Body")
		}
		content, err := io.ReadAll(io.LimitReader(part, maxRequest+1))
		if total += len(content); err != nil || total > maxRequest {
			return refuse(413, codeTooBig, "Request entity too large")
		}
		if part.FormName() == "payload_json" {
			c.body = content
		} else {
			c.files[part.FormName()] = File{Name: part.FileName(), Content: content}
		}
	}
}

var versioned = regexp.MustCompile(`^v(9|10)$`)

// authorised demands a version that is served, and the bot's token with "Bot ".
func (s *Server) authorised(c *call, route string) error {
	if v := c.arg("version"); v != "" && !versioned.MatchString(v) {
		return refuse(400, codeInvalidVersion, "Invalid API version")
	}
	if route == "GET /gateway" || byToken(route) {
		return nil
	}
	if c.r.Header.Get("Authorization") != "Bot "+s.token {
		return refuse(401, codeGeneral, "401: Unauthorized")
	}
	return nil
}

// answer writes what Discord says, and keeps what was asked.
func (s *Server) answer(w http.ResponseWriter, c *call, route string, status int, answer any, err error, limit *bucket, lost bool) {
	code, h := 0, w.Header()
	if refused, ok := err.(refusal); ok {
		status, code = refused.status, refused.code
		body := map[string]any{"message": refused.message, "code": refused.code}
		if refused.fields != nil {
			body["errors"] = refused.fields
		}
		if status == http.StatusTooManyRequests {
			seconds := refused.wait.Seconds()
			body = map[string]any{"message": refused.message, "code": 0, "retry_after": seconds, "global": refused.global}
			h.Set("Retry-After", strconv.FormatFloat(seconds, 'f', 3, 64))
			h.Set("X-RateLimit-Scope", refused.scope)
			if refused.global {
				h.Set("X-RateLimit-Global", "true")
			}
		}
		answer = body
	}
	s.mu.Lock()
	limit.headers(h, s.now(), s.options.Limits)
	if status == 401 || status == 403 || status == 429 && h.Get("X-RateLimit-Scope") != "shared" {
		s.refusals = append(s.refusals, s.now())
	}
	s.mu.Unlock()
	var text []byte
	if answer != nil {
		text, _ = json.Marshal(answer) // made of maps, texts and numbers
	}
	s.record(c, route, status, code, string(text))
	s.held(Answering, c, route)
	if lost {
		panic(http.ErrAbortHandler)
	}
	if answer != nil {
		h.Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_, _ = w.Write(text) // whoever has gone reads no answer
}

func (s *Server) record(c *call, route string, status, code int, answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.options.Forgetful {
		s.calls = append(s.calls, Call{Route: route, Files: len(c.files), Status: status, Code: code, At: s.now()})
		return
	}
	s.calls = append(s.calls, Call{
		Route: route, Path: s.withoutTokens(c.path()), Client: c.client(), Body: string(c.body), Files: len(c.files),
		Status: status, Code: code, Answer: s.withoutTokens(answer), At: s.now(),
	})
}

func (s *Server) self(*call) (int, any, error) { return 200, s.shapeUser(BotUser), nil }

// validID refuses what is no id at all.
func validID(id string) error {
	if _, err := strconv.ParseUint(id, 10, 64); err != nil {
		var f form
		f.fault("id", "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", id))
		return f.err()
	}
	return nil
}
