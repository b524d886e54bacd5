package slackfake

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// How long what an interaction brings can be used.
const (
	triggerLife = 3 * time.Second
	hookLife    = 30 * time.Minute
)

// A trigger lets the app open a modal, once and soon.
type trigger struct {
	user string
	at   time.Time
	used bool
}

// trigger makes a trigger for somebody. The lock is held.
func (s *Server) trigger(user string) string {
	id := s.name("1234567890.") + ".trigger"
	s.triggers[id] = &trigger{user: user, at: s.now().Add(-s.hurry)}
	return id
}

// pull uses a trigger. The lock is held.
func (s *Server) pull(id string) (*trigger, error) {
	t, ok := s.triggers[id]
	switch {
	case !ok:
		return nil, refuse("invalid_trigger_id")
	case s.now().Sub(t.at) > triggerLife:
		return nil, refuse("expired_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	}
	t.used = true
	return t, nil
}

// A hook is a response address: for one person, in one channel, about one message.
type hook struct {
	user, channel string
	original      *Message // nil after a command
	at            time.Time
	uses          int
}

// hook makes a response address. The lock is held.
func (s *Server) hook(h hook) string {
	id := s.name("R")
	h.at = s.now()
	s.hooks[id] = &h
	return s.http.URL + "/response/" + id
}

// A sentResponse is what an app sends to a response address, or answers a
// command with.
type sentResponse struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	ResponseType    string          `json:"response_type"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
	ThreadTS        string          `json:"thread_ts"`
}

func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	trouble := s.trouble("response_url")
	s.mu.Unlock()
	time.Sleep(trouble.Delay)
	if trouble.Status != 0 {
		s.record("response_url", raw, http.StatusText(trouble.Status))
		if trouble.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(trouble.RetryAfter))
		}
		w.WriteHeader(trouble.Status)
		return
	}
	err = s.respond(r.PathValue("hook"), raw)
	if err != nil {
		s.record("response_url", raw, err.Error())
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": err.Error()}) // whoever has gone reads no answer
		return
	}
	s.record("response_url", raw, "")
	if trouble.Lost {
		panic(http.ErrAbortHandler)
	}
	_, _ = io.WriteString(w, "ok") // whoever has gone reads no answer
}

func (s *Server) respond(id string, raw []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.hooks[id]
	switch {
	case !ok:
		return refuse("invalid_url")
	case s.now().Sub(h.at) > hookLife:
		return refuse("expired_url")
	case h.uses >= maxResponseURL:
		return refuse("used_url")
	}
	var sent sentResponse
	if json.Unmarshal(raw, &sent) != nil {
		return refuse("invalid_payload")
	}
	h.uses++
	if sent.DeleteOriginal {
		s.take(h.original)
		return nil
	}
	blocks, err := s.content(sent.Text, sent.Blocks)
	if err != nil {
		return err
	}
	switch {
	case sent.ReplaceOriginal && h.original != nil:
		s.edit(h.original, sent.Text, blocks, mentioned(sent.Text, blocks))
	case sent.ResponseType == "in_channel":
		s.post(s.channels[h.channel], sent.ThreadTS, sent.Text, blocks, mentioned(sent.Text, blocks))
	default:
		s.hint(h.user, h.channel, sent.ThreadTS, sent.Text, blocks)
	}
	return nil
}

// take removes a message. The lock is held.
func (s *Server) take(m *Message) {
	same := func(other *Message) bool { return other == m }
	s.posts = slices.DeleteFunc(s.posts, same)
	s.hints = slices.DeleteFunc(s.hints, same)
}
