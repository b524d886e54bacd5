package web

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"curbside/adapters/adaptertest"
	"curbside/dialog"
)

// A browser is one open page of which one side is used: it sends the page's
// forms as they stand and takes what comes by the event stream.
type browser struct {
	t    *testing.T
	base string

	mu      sync.Mutex
	pane    *html.Node
	said    []string
	typed   map[string]string // by id of the field, as a browser keeps it
	refused int               // the status of a page that was not served
}

// openPage opens a page on whose left side sits person.
func openPage(t *testing.T, base, person string) *browser {
	t.Helper()
	b := &browser{t: t, base: base, typed: map[string]string{}}
	other := "dana"
	if person == other {
		other = "sam"
	}
	response, err := http.Get(base + "/?left=" + person + "&right=" + other)
	if err != nil {
		t.Fatalf("open the page: %v", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		b.refused = response.StatusCode
		return b
	}
	root, err := html.Parse(response.Body)
	if err != nil {
		t.Fatalf("read the page: %v", err)
	}
	b.takes(find(root, byID("pane-left")))
	stream := find(root, func(n *html.Node) bool { return attr(n, "hx-sse:connect") != "" })
	b.follow(base + attr(stream, "hx-sse:connect"))
	return b
}

// follow reads the event stream until the test ends.
func (b *browser) follow(link string) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		b.t.Fatalf("join the events: %v", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.t.Fatalf("join the events: %v", err)
	}
	done := make(chan struct{})
	b.t.Cleanup(func() {
		cancel()
		<-done
	})
	go func() {
		defer close(done)
		defer response.Body.Close()
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 8<<20)
		var event strings.Builder
		for lines.Scan() {
			line := lines.Text()
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				event.WriteString(data + "\n")
			} else if line == "" && event.Len() > 0 {
				b.merge(event.String())
				event.Reset()
			}
		}
	}()
}

// merge does what htmx does with a part of the page.
func (b *browser) merge(part string) {
	root, err := html.Parse(strings.NewReader(part))
	if err != nil {
		b.t.Errorf("read a part of the page: %v", err)
		return
	}
	if pane := find(root, byID("pane-left")); pane != nil {
		b.takes(pane)
	}
}

func (b *browser) takes(pane *html.Node) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pane != nil && drawn(pane) < drawn(b.pane) {
		return // overtaken by a later one
	}
	b.pane = pane
	said := text(find(pane, byID("left-said")))
	for _, phone := range findAll(pane, byClass("phone")) {
		said += " " + text(phone)
	}
	if said != "" && (len(b.said) == 0 || b.said[len(b.said)-1] != said) {
		b.said = append(b.said, said)
	}
}

// drawn is the number by which the page tells a later drawing from an earlier one.
func drawn(pane *html.Node) int {
	n, _ := strconv.Atoi(attr(pane, "data-drawn"))
	return n
}

func (b *browser) now() *html.Node {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pane == nil {
		return &html.Node{}
	}
	return b.pane
}

func (b *browser) messages(at func(*html.Node) bool) []adaptertest.Message {
	var list []adaptertest.Message
	place := find(b.now(), at)
	if place == nil {
		return nil
	}
	for _, n := range findAll(place, byClass("message")) {
		m := adaptertest.Message{ID: attr(n, "id"), Text: b.readable(n)}
		for _, call := range findAll(n, byClass("call")) {
			for id, p := range testPractice().People {
				if text(call) == "@"+p.Name {
					m.Pings = append(m.Pings, adaptertest.Person(id))
				}
			}
		}
		if link := find(n, func(n *html.Node) bool { return n.Data == "a" && attr(n, "download") != "" }); link != nil {
			m.File = b.download(link)
		}
		list = append(list, m)
	}
	return list
}

// readable is the text of a message, with the head of its thread for a card.
func (b *browser) readable(message *html.Node) string {
	if hasClass(message, "card") && message.Parent != nil {
		if head := find(message.Parent, func(n *html.Node) bool { return n.Data == "summary" }); head != nil {
			return text(head) + "\n" + text(message)
		}
	}
	return text(message)
}

func (b *browser) download(link *html.Node) *adaptertest.File {
	response, err := http.Get(b.base + attr(link, "href"))
	if err != nil {
		b.t.Errorf("download: %v", err)
		return nil
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		b.t.Errorf("download: %s, %v", response.Status, err)
		return nil
	}
	return &adaptertest.File{Name: attr(link, "download"), Content: content}
}

func (b *browser) Thread(handle string) []adaptertest.Message {
	return b.messages(byID("left-thread-" + handle))
}

func (b *browser) Direct() []adaptertest.Message {
	newest := b.messages(byID("left-direct"))
	slices.Reverse(newest)
	return newest
}

// Home turns to the home, which the page draws anew with every answer.
func (b *browser) Home() (adaptertest.Message, bool) {
	b.t.Helper()
	if b.refused != 0 {
		return adaptertest.Message{}, false
	}
	composer := b.the("the composer", byID("left-composer"))
	b.sendTo("/cancel", composer, nil)
	home := b.messages(byID("left-home"))
	return home[0], true
}

func (b *browser) Private() []adaptertest.Message {
	newest := b.messages(byID("left-privates"))
	slices.Reverse(newest)
	return newest
}

func (b *browser) Form() (adaptertest.Form, bool) {
	open := find(b.now(), func(n *html.Node) bool { return n.Data == "dialog" && hasClass(n, "form") && hasAttr(n, "open") })
	if open == nil {
		return adaptertest.Form{}, false
	}
	form := adaptertest.Form{Title: text(find(open, func(n *html.Node) bool { return n.Data == "h3" }))}
	for _, n := range findAll(open, byClass("field")) {
		input := find(n, func(n *html.Node) bool { return n.Data == "input" || n.Data == "textarea" })
		label := find(n, func(n *html.Node) bool { return n.Data == "label" })
		field := adaptertest.Field{
			ID:    dialog.FieldID(strings.TrimPrefix(attr(input, "name"), "field.")),
			Label: strings.TrimSpace(strings.TrimSuffix(text(label), "optional")),
			Value: b.valueOf(input), Fault: text(find(n, byClass("fault"))),
		}
		form.Fields = append(form.Fields, field)
	}
	return form, true
}

// valueOf is what stands in a field: what was typed, as long as it is the same field.
func (b *browser) valueOf(input *html.Node) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if typed, ok := b.typed[attr(input, "id")]; ok {
		return typed
	}
	if input.Data == "textarea" {
		return strings.TrimPrefix(rawText(input), "\n")
	}
	return attr(input, "value")
}

func (b *browser) Notifications() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.said)
}

func (b *browser) Read(m adaptertest.Message) string {
	if n := find(b.now(), byID(m.ID)); n != nil {
		return b.readable(n)
	}
	return m.Text
}

func (b *browser) Command(words string) {
	b.t.Helper()
	composer := b.the("the composer", byID("left-composer"))
	b.send(composer, url.Values{"typed": {strings.TrimSpace("/consult " + words)}})
}

func (b *browser) Press(m adaptertest.Message, label string) (asked string) {
	b.t.Helper()
	button := b.the("the button "+label, within(m.ID, labelled("button", label)))
	form := closest(button, "form")
	if opens := attr(button, "data-opens"); opens != "" {
		asked = text(find(form, func(n *html.Node) bool { return n.Data == "p" && n.Parent != nil && attr(n.Parent, "id") == opens }))
	}
	b.send(form, nil)
	return asked
}

func (b *browser) Choose(m adaptertest.Message, label string) {
	b.t.Helper()
	if button := find(b.now(), within(m.ID, labelled("button", label))); button != nil {
		b.send(closest(button, "form"), url.Values{attr(button, "name"): {attr(button, "value")}})
		return
	}
	option := b.the("the answer "+label, within(m.ID, labelled("option", label)))
	b.send(closest(option, "form"), url.Values{"press": {attr(option, "value")}})
}

func (b *browser) Pick(m adaptertest.Message, send string, labels ...string) {
	b.t.Helper()
	form := closest(b.the("the button "+send, within(m.ID, labelled("button", send))), "form")
	var picks []string
	for _, label := range labels {
		option := b.the("the answer "+label, within(m.ID, labelled("label", label)))
		picks = append(picks, attr(find(option, func(n *html.Node) bool { return n.Data == "input" }), "value"))
	}
	b.send(form, url.Values{"pick": picks})
}

func (b *browser) Submit(fields map[dialog.FieldID]string) {
	b.t.Helper()
	form := b.the("the open form", func(n *html.Node) bool { return attr(n, "action") == "/submit" })
	values := url.Values{}
	for _, input := range findAll(form, func(n *html.Node) bool { return strings.HasPrefix(attr(n, "name"), "field.") }) {
		name := attr(input, "name")
		if typed, ok := fields[dialog.FieldID(strings.TrimPrefix(name, "field."))]; ok {
			b.mu.Lock()
			b.typed[attr(input, "id")] = typed
			b.mu.Unlock()
		}
		values.Set(name, strings.ReplaceAll(b.valueOf(input), "\n", "\r\n"))
	}
	b.send(form, values)
}

func (b *browser) the(what string, is func(*html.Node) bool) *html.Node {
	b.t.Helper()
	n := find(b.now(), is)
	if n == nil {
		b.t.Fatalf("%s is not on the page", what)
	}
	return n
}

// send sends a form with its hidden fields and takes the answer into the page.
func (b *browser) send(form *html.Node, values url.Values) {
	b.t.Helper()
	b.sendTo(attr(form, "hx-post"), form, values)
}

func (b *browser) sendTo(path string, form *html.Node, values url.Values) {
	b.t.Helper()
	if values == nil {
		values = url.Values{}
	}
	for _, n := range findAll(form, func(n *html.Node) bool { return n.Data == "input" && attr(n, "type") == "hidden" }) {
		if values.Get(attr(n, "name")) == "" {
			values.Set(attr(n, "name"), attr(n, "value"))
		}
	}
	response, err := http.PostForm(b.base+path, values)
	if err != nil {
		b.t.Errorf("send a form: %v", err)
		return
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		b.t.Errorf("send a form: %s, %v: %s", response.Status, err, answer)
		return
	}
	b.merge(string(answer))
}
