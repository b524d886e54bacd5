package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
)

func (s *Server) uploadURL(r request) (reply, error) {
	size, err := strconv.Atoi(r.text("length"))
	if r.text("filename") == "" || err != nil || size < 1 {
		return nil, refuse("invalid_arguments")
	}
	f := &File{ID: s.name("F"), Name: r.text("filename"), length: size}
	s.files[f.ID] = f
	return reply{"upload_url": s.http.URL + "/upload/" + f.ID, "file_id": f.ID}, nil
}

func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	trouble := s.trouble("upload")
	f, known := s.files[r.PathValue("file")]
	s.mu.Unlock()
	content, err := uploaded(r)
	switch {
	case trouble.Status != 0:
		w.WriteHeader(trouble.Status)
		return
	case !known, err != nil, len(content) != f.length:
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	f.Content = content
	s.mu.Unlock()
	if trouble.Lost {
		panic(http.ErrAbortHandler)
	}
	_, _ = fmt.Fprintf(w, "OK - %d", len(content)) // whoever has gone reads no answer
}

// uploaded reads a file from a form or from the body itself.
func uploaded(r *http.Request) ([]byte, error) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return io.ReadAll(r.Body)
	}
	parts := multipart.NewReader(r.Body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, err
		}
		if part.FileName() != "" {
			return io.ReadAll(part)
		}
	}
}

func (s *Server) completeUpload(r request) (reply, error) {
	var named []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if json.Unmarshal(r.json("files"), &named) != nil || len(named) == 0 {
		return nil, refuse("invalid_arguments")
	}
	var c *Channel
	if id := r.text("channel_id"); id != "" {
		var err error
		if c, err = s.writable(id); err != nil {
			return nil, err
		}
	}
	var done []map[string]any
	for _, one := range named {
		f, ok := s.files[one.ID]
		if !ok || f.Content == nil || f.shared {
			return nil, refuse("file_not_found")
		}
		f.Title, f.shared = one.Title, true
		done = append(done, map[string]any{"id": f.ID, "title": f.Title})
		if c != nil {
			s.share(c, r.text("thread_ts"), r.text("initial_comment"), f)
		}
	}
	return reply{"files": done}, nil
}

// share posts a file. Phones show its title, or the comment it came with.
func (s *Server) share(c *Channel, thread, comment string, f *File) {
	title := f.Title
	if title == "" {
		title = f.Name
	}
	m := &Message{
		Channel: c.ID, TS: s.timestamp(), ThreadTS: thread, User: BotUser, Text: comment,
		Posted: s.now(), File: f, mentions: mentioned(comment, nil),
	}
	s.posts = append(s.posts, m)
	for _, user := range c.Members {
		if user != BotUser {
			s.shown[user] = append(s.shown[user], mrkdwn(comment), title)
		}
	}
}
