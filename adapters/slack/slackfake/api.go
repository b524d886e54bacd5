package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A reply is what a method answers besides ok.
type reply map[string]any

// A refusal is an error of Slack's.
type refusal struct {
	code  string
	needs string   // missing_scope: which
	says  []string // response_metadata.messages
	wait  time.Duration
}

func (r refusal) Error() string { return r.code }

func refuse(code string, says ...string) error { return refusal{code: code, says: says} }

// A method is one method of the Web API.
type method struct {
	tier   int
	scopes []string // one of them is needed; none needs no scope
	app    bool     // takes the app-level token instead of the bot's
	do     func(*Server, request) (reply, error)
}

// methods are those that are there. The lock is held while they run.
func methods() map[string]method {
	return map[string]method{
		"auth.test":             {tierNone, nil, false, (*Server).authTest},
		"apps.connections.open": {tier1, []string{"connections:write"}, true, (*Server).connectionsOpen},

		"chat.postMessage":   {tierNone, []string{"chat:write"}, false, (*Server).postMessage},
		"chat.postEphemeral": {tier4, []string{"chat:write"}, false, (*Server).postEphemeral},
		"chat.update":        {tier3, []string{"chat:write"}, false, (*Server).updateMessage},
		"chat.delete":        {tier3, []string{"chat:write"}, false, (*Server).deleteMessage},
		"chat.getPermalink":  {tierNone, nil, false, (*Server).permalink},

		"conversations.info":    {tier3, []string{"groups:read", "channels:read", "im:read", "mpim:read"}, false, (*Server).channelInfo},
		"conversations.members": {tier4, []string{"groups:read", "channels:read", "im:read", "mpim:read"}, false, (*Server).channelMembers},
		"conversations.open":    {tier3, []string{"im:write", "mpim:write"}, false, (*Server).openDirect},
		"conversations.create":  {tier2, []string{"groups:write", "channels:manage"}, false, (*Server).createChannel},
		"conversations.invite":  {tier3, []string{"groups:write", "channels:manage"}, false, (*Server).invite},

		"users.info": {tier4, []string{"users:read"}, false, (*Server).userInfo},

		"views.open":    {tier4, nil, false, (*Server).viewsOpen},
		"views.push":    {tier4, nil, false, (*Server).viewsPush},
		"views.update":  {tier4, nil, false, (*Server).viewsUpdate},
		"views.publish": {tier4, nil, false, (*Server).viewsPublish},

		"files.getUploadURLExternal":   {tier4, []string{"files:write"}, false, (*Server).uploadURL},
		"files.completeUploadExternal": {tier4, []string{"files:write"}, false, (*Server).completeUpload},
	}
}

// A request is one call with its arguments, form-encoded or JSON.
type request struct {
	form url.Values
	body map[string]json.RawMessage
}

// text returns an argument as text.
func (r request) text(name string) string {
	if raw, ok := r.body[name]; ok {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
		return strings.Trim(string(raw), `"`)
	}
	return r.form.Get(name)
}

// json returns an argument that is JSON: in a form it is always a string.
func (r request) json(name string) json.RawMessage {
	if raw, ok := r.body[name]; ok {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return json.RawMessage(s)
		}
		return raw
	}
	return json.RawMessage(r.form.Get(name))
}

func (r request) yes(name string) bool {
	s := r.text(name)
	return s == "true" || s == "1"
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	raw, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if r.Method == http.MethodGet {
		raw = []byte(r.URL.RawQuery)
	}
	s.mu.Lock()
	trouble := s.trouble(name)
	s.mu.Unlock()
	time.Sleep(trouble.Delay)
	hold := s.held(Call{Method: name, Args: said(raw)})
	if !hold.stop(r, false, s.done) {
		return
	}
	var answer reply
	switch {
	case trouble.Status == http.StatusTooManyRequests:
		err = refusal{code: "ratelimited", wait: time.Duration(trouble.RetryAfter) * time.Second}
	case trouble.Status != 0:
		s.record(name, raw, fmt.Sprint(trouble.Status))
		w.WriteHeader(trouble.Status)
		return
	case trouble.Code != "":
		err = refuse(trouble.Code)
	default:
		answer, err = s.call(name, r.Header, raw)
	}
	code := ""
	if err != nil {
		code = err.Error()
	}
	s.record(name, raw, code)
	if trouble.Lost || !hold.stop(r, true, s.done) {
		panic(http.ErrAbortHandler)
	}
	s.answer(w, answer, err)
}

func (s *Server) record(name string, raw []byte, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.options.Forgetful {
		raw = nil
	}
	s.calls = append(s.calls, Call{Method: name, Args: said(raw), Code: code, At: s.now()})
}

// said are the arguments of a call as they can be read.
func said(raw []byte) string {
	args := string(raw)
	if form, err := url.QueryUnescape(args); err == nil && !strings.HasPrefix(args, "{") {
		args = form
	}
	return withoutTokens(args)
}

// answer writes what Slack says: 200 also for errors, 429 when it was too fast.
func (s *Server) answer(w http.ResponseWriter, answer reply, err error) {
	body := map[string]any{"ok": true}
	for name, value := range answer {
		body[name] = value
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if r, refused := err.(refusal); refused {
		body = map[string]any{"ok": false, "error": r.code}
		if r.needs != "" {
			body["needed"], body["provided"] = r.needs, strings.Join(s.options.Scopes, ",")
		}
		if len(r.says) > 0 {
			body["response_metadata"] = map[string]any{"messages": r.says}
		}
		if r.code == "ratelimited" {
			w.Header().Set("Retry-After", fmt.Sprint(max(1, int(math.Ceil(r.wait.Seconds())))))
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}
	_ = json.NewEncoder(w).Encode(body) // whoever has gone reads no answer
}

// call checks token, limits and scope, and does what the method does.
func (s *Server) call(name string, h http.Header, raw []byte) (reply, error) {
	m, known := methods()[name]
	if !known {
		return nil, refuse("unknown_method")
	}
	var r request
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	switch kind {
	case "application/json":
		if len(raw) > 0 && string(raw) != "null\n" && json.Unmarshal(raw, &r.body) != nil {
			return nil, refuse("invalid_json")
		}
	default:
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return nil, refuse("invalid_form_data")
		}
		r.form = form
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.authorised(m, h, r); err != nil {
		return nil, err
	}
	if m.tier != tierNone {
		if wait, ok := s.limited(name, float64(m.tier)/60, float64(m.tier)); !ok {
			return nil, refusal{code: "ratelimited", wait: wait}
		}
	}
	return m.do(s, r)
}

func (s *Server) authorised(m method, h http.Header, r request) error {
	token, bearer := strings.CutPrefix(h.Get("Authorization"), "Bearer ")
	if !bearer {
		token = r.text("token")
	}
	wanted, scopes := BotToken, s.options.Scopes
	if m.app {
		wanted, scopes = AppToken, s.options.AppScopes
	}
	switch token {
	case "":
		return refuse("not_authed")
	case wanted:
	case BotToken, AppToken:
		return refuse("not_allowed_token_type")
	default:
		return refuse("invalid_auth")
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, func(scope string) bool { return slices.Contains(scopes, scope) }) {
		return refusal{code: "missing_scope", needs: strings.Join(m.scopes, ",")}
	}
	return nil
}

// allowed demands one scope more, which what a call is about makes necessary.
func (s *Server) allowed(scope string) error {
	if slices.Contains(s.options.Scopes, scope) {
		return nil
	}
	return refusal{code: "missing_scope", needs: scope}
}

func (s *Server) authTest(request) (reply, error) {
	answer := reply{
		"url": "https://harbor.slack.test/", "team": "Harbor Street Counseling", "user": "curbside",
		"team_id": TeamID, "user_id": BotUser, "bot_id": botID, "is_enterprise_install": false,
	}
	if s.options.Enterprise != "" {
		answer["enterprise_id"] = s.options.Enterprise
	}
	return answer, nil
}
