package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// A passage is what stands between one replica and a fake platform: it lets calls go
// wrong as often as the world wants it, and keeps what was posted.
type passage struct {
	world   *world
	replica string
	fake    string // its address
	read    reader
	server  *httptest.Server
}

// A reader reads what a call has posted, from the call and from what the fake
// answered. ok is false for calls that post nothing new.
type reader func(r *http.Request, body, answer []byte) (p post, ok bool)

// A post is a message that came to stand on a fake.
type post struct {
	ref    string // where
	person string // to whom alone; "" is in the channel
	text   string // what a lock screen shows
	body   string // what the message holds, as it was sent
	calls  string // who is called by it in the channel; "" is nobody
	begins bool   // it stands in no thread of a message
}

// openPassage opens a passage that is closed with the test.
func (h *house) openPassage(replica, fake string, read reader) *passage {
	d := &passage{world: h.world, replica: replica, fake: strings.TrimSuffix(fake, "/"), read: read}
	d.server = httptest.NewServer(d)
	h.t.Cleanup(func() {
		d.server.CloseClientConnections()
		d.server.Close()
	})
	return d
}

// through is the connection to the fakes.
var through = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

// ServeHTTP lets a call through, or not, and answers it, or not.
func (d *passage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // whoever called has gone
	}
	how, late := d.world.next()
	switch how {
	case answersBusy:
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"ok":false,"error":"ratelimited","message":"You are being rate limited.","retry_after":1,"global":false}`)
		return
	case answersFailed:
		w.WriteHeader(http.StatusInternalServerError)
		return
	case answersNever:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case answersLate:
		time.Sleep(late) // that is the fault
	}
	status, header, answer, err := d.pass(r, body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if p, ok := d.read(r, body, answer); ok && status < 300 {
		d.keep(p, how != answersBroken && how != answersLost && r.Context().Err() == nil)
	}
	switch how {
	case answersBroken:
		w.WriteHeader(http.StatusInternalServerError)
		return
	case answersLost:
		panic(http.ErrAbortHandler)
	}
	for name, values := range header {
		w.Header()[name] = values
	}
	w.WriteHeader(status)
	_, _ = w.Write(answer) // whoever has gone reads no answer
}

// pass hands a call to the fake.
func (d *passage) pass(r *http.Request, body []byte) (status int, header http.Header, answer []byte, err error) {
	req, err := http.NewRequest(r.Method, d.fake+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	req.Header = r.Header.Clone()
	req.Header.Del("Accept-Encoding")
	resp, err := through.Do(req)
	if err != nil {
		return 0, nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = io.ReadAll(resp.Body)
	resp.Header.Del("Content-Length")
	return resp.StatusCode, resp.Header, answer, err
}

var (
	consultNamed = regexp.MustCompile(`[Cc]onsult ([a-z]+-[a-z]+-\d+)`)
	pressesIn    = regexp.MustCompile(`[a-z]+-[a-z]+-\d+:[0-9a-z]+:[a-z_]+(?::[A-Za-z0-9_.-]*)*`)
	askerNamed   = regexp.MustCompile(`with Clinician (\d+)`)
)

// keep counts what was posted as an arrival. What an effect was is told from the
// message alone, as people see it: a page by what the lock screen shows.
func (d *passage) keep(p post, answered bool) {
	named := consultNamed.FindStringSubmatch(p.text)
	if named == nil {
		return // of no consult
	}
	s := sent{Replica: d.replica, To: p.person, Effect: dialog.Effect{Handle: named[1], To: dialog.PersonID(p.person)}}
	switch {
	case p.person != "" && strings.Contains(p.text, ": your answer is needed"):
		s.Kind, s.ID = dialog.Page, "page:"+p.person
		s.Effect.Args = append([]string{""}, escalationsIn(p.body)...)
	case p.person != "":
		s.Kind, s.ID = dialog.Message, "message:"+p.person+":"+p.body
	case p.calls != "":
		s.Kind, s.ID, s.Effect.To = dialog.PostNote, "mention:"+p.calls, dialog.PersonID(p.calls)
	case p.begins && p.text == "Consult "+named[1]:
		s.Kind, s.ID = dialog.PostCard, "card"
		if asker := askerNamed.FindStringSubmatch(p.body); asker != nil {
			s.Asker = "c" + asker[1]
		}
	default:
		s.Kind, s.ID = dialog.PostNote, "note:"+p.text+p.body
	}
	d.world.keepAt(p.ref, s, answered)
}

// escalationsIn are the numbers of the escalations that can be answered on a page.
func escalationsIn(body string) (numbers []string) {
	for _, text := range pressesIn.FindAllString(body, -1) {
		press, err := dialog.ParsePress(text)
		if err == nil && len(press.Args) > 0 && (press.Action == dialog.ActSeen || press.Action == dialog.ActAside) {
			numbers = append(numbers, press.Args[0])
		}
	}
	return numbers
}

// keepAt is keep for a message that stands on a fake. The same message again is
// no other one.
func (w *world) keepAt(ref string, s sent, answered bool) {
	surface := s.Effect.Handle + " "
	if s.Kind == dialog.Page {
		surface += s.To
	}
	w.mu.Lock()
	for _, all := range w.arrived[s.Effect.Handle][s.ID] {
		if string(all.Ref) == ref {
			w.mu.Unlock()
			return
		}
	}
	if s.Kind == dialog.Page || s.Kind == dialog.PostCard {
		w.places[surface] = append(w.places[surface], ref)
	}
	w.mu.Unlock()
	s.Ref = bot.Ref(ref)
	w.keep(s.ID, s, answered)
}

// standsAt is where the messages of a surface stand, the newest first.
func (w *world) standsAt(handle, whose string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.places[handle+" "+whose]
	newest := make([]string, 0, len(all))
	for i := range all {
		newest = append(newest, all[len(all)-1-i])
	}
	return newest
}
