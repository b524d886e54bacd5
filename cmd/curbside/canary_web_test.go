package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// A hand is somebody at the workbench without a browser: it sends what the page's
// forms would, and whatever else it likes.
type hand struct {
	t    *testing.T
	url  string
	tab  string
	side string
	pane []byte // as it was answered last
}

// hands opens one page and returns who sits at its two sides.
func hands(t *testing.T, at string) (left, right *hand) {
	t.Helper()
	page := []byte(get(t, at+"/?left=dana&right=sam"))
	tab := ""
	for _, f := range formsIn(t, page) {
		tab = f.values.Get("tab")
	}
	if tab == "" {
		t.Fatal("the page has no tab")
	}
	return &hand{t: t, url: at, tab: tab, side: "left", pane: page}, &hand{t: t, url: at, tab: tab, side: "right", pane: page}
}

// A pageForm is a form of a page with what its hidden fields hold, and its buttons.
type pageForm struct {
	action  string
	values  url.Values
	buttons []pageButton
}

type pageButton struct{ label, name, value string }

func formsIn(t *testing.T, page []byte) []pageForm {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []pageForm
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" {
			found = append(found, formOf(n))
		}
	}
	return found
}

func formOf(n *html.Node) pageForm {
	f := pageForm{action: attribute(n, "action"), values: url.Values{}}
	for c := range n.Descendants() {
		name := attribute(c, "name")
		switch {
		case c.Data == "input" && attribute(c, "type") == "hidden":
			f.values.Add(name, attribute(c, "value"))
		case c.Data == "input" && attribute(c, "type") == "checkbox":
			f.buttons = append(f.buttons, pageButton{labelled(c), name, attribute(c, "value")})
		case c.Data == "button", c.Data == "option":
			if c.Data == "option" {
				name = "press"
			}
			f.buttons = append(f.buttons, pageButton{firstWords(c), name, attribute(c, "value")})
		}
	}
	return f
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// firstWords is the first text in n: a label without its hint.
func firstWords(n *html.Node) string {
	for c := range n.Descendants() {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return strings.TrimSpace(c.Data)
		}
	}
	return ""
}

func labelled(n *html.Node) string {
	if n.Parent == nil {
		return ""
	}
	return firstWords(n.Parent)
}

// send posts a form and keeps the pane that comes back.
func (h *hand) send(path string, values url.Values) {
	h.t.Helper()
	values.Set("tab", h.tab)
	values.Set("side", h.side)
	answer := h.request(request{method: http.MethodPost, path: path, form: values})
	if bytes.Contains(answer, []byte("pane-"+h.side)) {
		h.pane = answer
	}
}

// press sends the form that has a button of this label, as soon as it is there.
func (h *hand) press(label string) {
	h.t.Helper()
	h.until("press "+strconv.Quote(label), func(f pageForm) bool {
		for _, b := range f.buttons {
			if b.label == label {
				if b.name != "" {
					f.values.Set(b.name, b.value)
				}
				return true
			}
		}
		return false
	})
}

// choose ticks boxes of a question and sends it.
func (h *hand) choose(send string, labels ...string) {
	h.t.Helper()
	h.until(fmt.Sprintf("choose %q", labels), func(f pageForm) bool {
		sends, picks := false, []string(nil)
		for _, b := range f.buttons {
			sends = sends || b.label == send
			if slices.Contains(labels, b.label) {
				picks = append(picks, b.value)
			}
		}
		f.values["pick"] = picks
		return sends && len(picks) == len(labels)
	})
}

// until waits for a form that is the right one, and sends it as it was left.
func (h *hand) until(what string, right func(pageForm) bool) {
	h.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		for _, f := range formsIn(h.t, h.pane) {
			if f.action == "/press" && right(f) {
				h.send("/press", f.values)
				return
			}
		}
		h.look()
	}
	h.t.Fatalf("%s cannot %s; the pane says:\n%s", h.side, what, h.says())
}

// look asks for the pane as it stands now.
func (h *hand) look() {
	h.t.Helper()
	h.send("/cancel", url.Values{"surface": {"home"}})
}

func (h *hand) says() string {
	root, err := html.Parse(bytes.NewReader(h.pane))
	if err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(textOf(root)), " ")
}

// A request is what a door takes: anything may be planted in any part of it.
type request struct {
	method, path string
	query, form  url.Values
	header       http.Header
	body         string
	contentType  string
}

// request sends and returns what came back, head and body: both are searched.
func (h *hand) request(r request) []byte {
	h.t.Helper()
	ctx, stop := context.WithCancel(h.t.Context())
	defer stop()
	address := h.url + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	body := r.body
	if r.form != nil {
		body, r.contentType = r.form.Encode(), "application/x-www-form-urlencoded"
	}
	asked, err := http.NewRequestWithContext(ctx, r.method, address, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for key, values := range r.header {
		if key == "Host" {
			asked.Host = values[0]
			continue
		}
		asked.Header[key] = values
	}
	if r.contentType != "" {
		asked.Header.Set("Content-Type", r.contentType)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(asked)
	if err != nil {
		return nil // refused before it was read, as a host or a header that cannot be
	}
	defer func() { _ = answer.Body.Close() }()
	const enough = 1 << 20
	most := int64(enough)
	if r.path == "/events" {
		most = 1 << 10 // a stream has no end
	}
	var all bytes.Buffer
	_, _ = fmt.Fprintln(&all, answer.Status)
	_ = answer.Header.Write(&all)
	_, _ = io.Copy(&all, io.LimitReader(answer.Body, most))
	return all.Bytes()
}
