package web

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// look is how often an open page is rendered again without anything having
// happened, so that "in 5 min" stays true.
const look = 20 * time.Second

// page sends the whole page of a tab.
func (s *site) page(w http.ResponseWriter, r *http.Request, t *tab) {
	var out bytes.Buffer
	if err := s.pages.ExecuteTemplate(&out, "page", s.renderPage(r.Context(), t)); err != nil {
		s.failed(w, "page", err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(out.Bytes()) // a reader that has gone needs no answer
}

// send answers what was done with the region where it was done, as it now is.
func (s *site) send(w http.ResponseWriter, r *http.Request, t *tab, of region) {
	html, _, err := s.draw(r.Context(), t, of)
	if err != nil {
		s.failed(w, string(of), err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(html) // a reader that has gone needs no answer
}

func (s *site) failed(w http.ResponseWriter, what string, err error) {
	s.options.Log.Error("not rendered", "part", what, "cause", err)
	http.Error(w, "The page could not be shown.", http.StatusInternalServerError)
}

// events sends every region of a tab when it is joined, and again whenever it
// shows something else than the browser has.
func (s *site) events(w http.ResponseWriter, r *http.Request) {
	stream := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	t, known := s.tab(r.URL.Query().Get("tab"))
	if !known {
		_, _ = fmt.Fprint(w, "event: stale\ndata: load the page again\n\n")
		return
	}
	wake, leave := s.watch.join()
	defer leave()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for joined := true; ; joined = false {
		t.touch()
		// A reader that takes nothing for this long is gone. Writers that cannot
		// be told so have no deadline of their own either.
		_ = stream.SetWriteDeadline(time.Now().Add(2 * look))
		for _, of := range regions {
			html, changed, err := s.draw(r.Context(), t, of)
			if err != nil {
				s.options.Log.Error("not rendered", "part", of, "cause", err)
				continue
			}
			if (joined || changed) && writeEvent(w, html) != nil {
				return
			}
		}
		if _, err := fmt.Fprint(w, ": here\n\n"); err != nil || stream.Flush() != nil {
			return
		}
		select {
		case <-wake:
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

// writeEvent sends html as the data of one server-sent event.
func writeEvent(w http.ResponseWriter, html []byte) error {
	for line := range bytes.Lines(html) {
		if _, err := fmt.Fprintf(w, "data: %s\n", bytes.TrimRight(line, "\r\n")); err != nil {
			return err
		}
	}
	_, err := fmt.Fprint(w, "\n")
	return err
}

// steps are how far the clock can be moved at once.
var steps = map[string]time.Duration{
	"5m": 5 * time.Minute, "15m": 15 * time.Minute, "1h": time.Hour, "1d": 24 * time.Hour,
}

func (s *site) moveClock(w http.ResponseWriter, r *http.Request) {
	t, known := s.tab(r.PostFormValue("tab"))
	if !known {
		w.Header().Set("HX-Refresh", "true")
		return
	}
	by, ok := steps[r.PostFormValue("by")]
	if r.PostFormValue("by") == "next" && s.options.NextTimer != nil {
		due, some := s.options.NextTimer(r.Context())
		by, ok = due.Sub(s.options.Clock.Now())+time.Second, true
		if !some {
			by = 0
		}
	}
	if !ok {
		http.Error(w, "The clock moves by fixed steps only.", http.StatusBadRequest)
		return
	}
	s.options.Clock.Advance(by)
	s.watch.wake()
	s.send(w, r, t, regionClock)
}

// postedFile sends the file of a message to somebody who can see the message.
func (s *site) postedFile(w http.ResponseWriter, r *http.Request) {
	t, known := s.tab(r.URL.Query().Get("tab"))
	p, posted := s.post(bot.Ref(r.URL.Query().Get("ref")))
	if !known || !posted || p.To != "" && p.To != t.people[left] && p.To != t.people[right] {
		http.NotFound(w, r)
		return
	}
	if _, file := s.shown(r.Context(), p); file != nil {
		sendFile(w, file)
		return
	}
	http.NotFound(w, r)
}

// privateFile sends the file of a private reply to the page it was made for.
func (s *site) privateFile(w http.ResponseWriter, r *http.Request) {
	t, known := s.tab(r.URL.Query().Get("tab"))
	number, err := strconv.Atoi(r.URL.Query().Get("id"))
	if !known || err != nil {
		http.NotFound(w, r)
		return
	}
	for _, of := range []side{left, right} {
		if p, ok := t.whispered(of, number); ok && p.file != nil {
			sendFile(w, p.file)
			return
		}
	}
	http.NotFound(w, r)
}

func sendFile(w http.ResponseWriter, f *dialog.File) {
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	w.Header().Set("Content-Length", strconv.Itoa(len(f.Content)))
	_, _ = w.Write(f.Content) // a reader that has gone needs no answer
}
