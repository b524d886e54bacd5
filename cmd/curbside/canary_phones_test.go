package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// phones are the pagers and the alarm. When they fail, they repeat what they
// were asked, with plants.
type phones struct {
	URL     string
	failing atomic.Bool
	turn    atomic.Int64

	mu    sync.Mutex
	asked [][]byte
}

func newPhones(t *testing.T) *phones {
	s := &phones{}
	server := httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	s.URL = server.URL
	return s
}

func (s *phones) heard() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

func (s *phones) answer(w http.ResponseWriter, r *http.Request) {
	var text bytes.Buffer
	_ = r.Write(&text)
	s.mu.Lock()
	s.asked = append(s.asked, text.Bytes())
	s.mu.Unlock()
	turn := int(s.turn.Add(1))
	if !s.failing.Load() {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	_, _ = conn.Write(badAnswer(turn, plants[turn%len(plants)], text.Bytes()))
	time.AfterFunc(300*time.Millisecond, func() { _ = conn.Close() })
}

// badAnswer is an answer of a web service that fails: whole, with its head. It
// repeats what was asked, and a plant.
func badAnswer(turn int, p plant, asked []byte) []byte {
	echo := p.text + ": " + strings.ToValidUTF8(string(asked[:min(len(asked), 400)]), "?")
	sized := func(status, head, body string) []byte {
		return fmt.Appendf(nil, "HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s", status, head, len(body), body)
	}
	quoted, _ := json.Marshal(echo) // a text
	w := strings.ToLower(strings.NewReplacer("-", "_", ".", "_").Replace(word(p.text)))
	structured := fmt.Sprintf(`{"ok":false,"error":%q,"warning":%s,"needed":%s,"response_metadata":{"messages":[%s]},"code":50035,"message":%s,"errors":{%s:{"_errors":[{"code":%s,"message":%s}]}}}`,
		w, quoted, quoted, quoted, quoted, quoted, quoted, quoted)
	const json = "Content-Type: application/json\r\n"
	answers := [][]byte{
		sized("500 "+p.text, "X-Request-Id: "+p.text+"\r\n", echo),
		sized("200 OK", json, structured),
		sized("400 Bad Request", json, structured),
		sized("200 OK", json, echo),
		sized("200 OK", json, `{"ok":`+string(quoted)+`,"code":`+string(quoted)+`,"error":["`+w+`"],"message":{"`+w+`":1}}`),
		sized("403 Forbidden", "Content-Type: text/html; name="+w+"\r\n", "<h1>"+echo+"</h1>"),
		append(sized("200 OK", json, `{"ok":true}`), "HTTP/1.1 "+echo...), // more than it said
		sized("302 Found", "Location: http://"+w+".example/"+w+"\r\n", echo),
		[]byte("HTTP/1.1 " + p.text + "\r\n\r\n"),
		[]byte(p.text + " " + echo),
		[]byte("HTTP/1.1 200 OK\r\n" + p.text + "\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + w + "\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + w + "\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 900\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nContent-Length: " + w + "\r\n\r\n" + echo),
		[]byte("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + echo),
		sized("429 Too Many Requests", "Retry-After: "+p.text+"\r\n"+json, structured),
		sized("404 Not Found", json, structured),
		{},
	}
	return answers[turn%len(answers)]
}

const pagerDutySecret = "canary-pagerduty-secret"

// pagerDutyDoors are what PagerDuty says of a page.
func (d *chatDay) pagerDutyDoors() []chatDoor {
	handle := regexp.MustCompile(`"consult":"([a-z]+-[a-z]+-[0-9]+)"`).FindSubmatch(d.log.bytes())
	if handle == nil {
		d.t.Fatal("the log names no consult")
	}
	event := map[string]any{"event": map[string]any{
		"id": "01E", "event_type": "incident.acknowledged", "resource_type": "incident", "occurred_at": time.Now().Format(time.RFC3339),
		"agent": map[string]any{"id": "PXPGF42", "type": "user_reference", "summary": "x", "html_url": "x"}, "client": map[string]any{"name": "x"},
		"data": map[string]any{
			"id": "PT4KHLK", "type": "incident", "status": "acknowledged", "incident_key": "curbside/" + string(handle[1]) + "/sam", "title": "x",
			"service": map[string]any{"summary": "x"}, "assignees": []any{map[string]any{"summary": "x"}}, "teams": []any{map[string]any{"summary": "x"}},
		},
	}}
	send := func(body []byte, header string, value string) []byte {
		mac := hmac.New(sha256.New, []byte(pagerDutySecret))
		mac.Write(body)
		h := http.Header{"Content-Type": {"application/json"}, "X-Pagerduty-Signature": {"v1=" + hex.EncodeToString(mac.Sum(nil))}}
		if header != "" {
			h[header] = []string{value}
		}
		return rawPost(d.hook, "/pagerduty", h, body)
	}
	var doors []chatDoor
	for _, l := range leavesOf(event) {
		doors = append(doors, chatDoor{name: "pagerduty" + l.name(), put: func(p plant, way int) []byte {
			return send(written(l.planted(event, p, way)), "", "")
		}})
	}
	for i, part := range []string{"curbside", "the handle", "the person"} {
		doors = append(doors, chatDoor{name: "pagerduty, of the key " + part, put: func(p plant, _ int) []byte {
			parts := []string{"curbside", string(handle[1]), "sam"}
			parts[i] = strings.ToLower(word(p.text))
			return send(written(with(event, []any{"event", "data", "incident_key"}, strings.Join(parts, "/"))), "", "")
		}})
	}
	for _, key := range []string{"X-Pagerduty-Signature", "User-Agent", "X-Webhook-Id", "Content-Type"} {
		doors = append(doors, chatDoor{name: "pagerduty, the header " + key, put: func(p plant, _ int) []byte {
			return send(written(event), key, p.text)
		}})
	}
	return append(doors, chatDoor{name: "pagerduty, words", put: func(p plant, _ int) []byte { return send([]byte(p.text), "", "") }})
}
