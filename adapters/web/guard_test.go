package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"curbside/adapters/adaptertest"
	"curbside/bot"
	"curbside/dialog"
)

func TestEveryAnswerKeepsTheBrowserInBounds(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	for _, path := range []string{"/", "/static/workbench.css", "/static/htmx.min.js", "/static/", "/nothing", "/file/post", "/?left=mallory"} {
		response, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		h := response.Header
		if got := h.Get("Content-Security-Policy"); got != "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
			"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'" {
			t.Errorf("%s: Content-Security-Policy: %s", path, got)
		}
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestThePageHoldsNothingThatThePolicyForbids(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{})
	response, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, forbidden := range []string{"<style", " style=", "<script>", " onclick", "javascript:", "hx-on", "http://", "https://"} {
		if strings.Contains(string(page), forbidden) {
			t.Errorf("the page holds %q", forbidden)
		}
	}
}

func TestItAnswersOnlyToNamesOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{Hosts: []string{"bench.practice.example"}})
	for host, want := range map[string]int{
		"127.0.0.1:8080": 200, "localhost:8080": 200, "LOCALHOST": 200, "[::1]:8080": 200, "[::1]": 200, "127.9.9.9": 200,
		"bench.practice.example": 200, "bench.practice.example:8080": 200,
		"evil.example": 421, "localhost.evil.example:8080": 421, "127.0.0.1.evil.example": 421, "10.0.0.7:8080": 421, "0.0.0.0": 421,
	} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Host = host
		answer := httptest.NewRecorder()
		s.Config.Handler.ServeHTTP(answer, request)
		if answer.Code != want {
			t.Errorf("host %q: status %d, want %d", host, answer.Code, want)
		}
	}
}

func TestWhatAnotherPageSendsIsRefused(t *testing.T) {
	t.Parallel()
	b := &adaptertest.Bot{}
	s := newServer(t, b, Options{})
	for name, header := range map[string]http.Header{
		"by what the browser says of the sender": {"Sec-Fetch-Site": {"cross-site"}},
		"from another port of this machine":      {"Sec-Fetch-Site": {"same-site"}},
		"by its origin":                          {"Origin": {"http://evil.example"}},
	} {
		t.Run(name, func(t *testing.T) {
			request, err := http.NewRequest(http.MethodPost, s.URL+"/command", strings.NewReader("typed=%2Fconsult"))
			if err != nil {
				t.Fatal(err)
			}
			request.Header = header
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != http.StatusForbidden {
				t.Errorf("status %d, want 403", response.StatusCode)
			}
		})
	}
}

// told is a bot that passes on what it was told.
type told struct {
	adaptertest.Bot
	inbound chan bot.Inbound
	reply   bot.Reply
}

func (b *told) Handle(_ context.Context, in bot.Inbound) bot.Reply {
	b.inbound <- in
	return b.reply
}

func TestWhatIsNotAFormOfThePageChangesNothing(t *testing.T) {
	t.Parallel()
	b := &told{inbound: make(chan bot.Inbound, 10)}
	s := newServer(t, b, Options{})
	seat := openPage(t, s.URL, "dana")
	hidden := url.Values{}
	for _, n := range findAll(seat.the("the composer", byID("left-composer")), func(n *html.Node) bool { return attr(n, "type") == "hidden" }) {
		hidden.Set(attr(n, "name"), attr(n, "value"))
	}
	with := func(more url.Values) url.Values {
		all := url.Values{"tab": hidden["tab"], "side": hidden["side"]}
		for name, values := range more {
			all[name] = values
		}
		return all
	}
	for name, tc := range map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"a press that is none":             {"/press", with(url.Values{"surface": {"home"}, "press": {"<script>"}}), 400},
		"a press longer than any":          {"/press", with(url.Values{"surface": {"home"}, "press": {"a:1:" + strings.Repeat("x", 200)}}), 400},
		"a surface that is none":           {"/press", with(url.Values{"surface": {"elsewhere"}, "press": {"a:1:b"}}), 400},
		"a picked value that is no code":   {"/press", with(url.Values{"surface": {"home"}, "press": {"a:1:b"}, "pick": {"a b"}}), 400},
		"more picks than any question has": {"/press", with(url.Values{"surface": {"home"}, "press": {"a:1:b"}, "pick": make([]string, 101)}), 400},
		"a form larger than any":           {"/submit", with(url.Values{"press": {"a:1:b"}, "field.x": {strings.Repeat("x", maxBody)}}), 400},
		"a form that is not open":          {"/submit", with(url.Values{"press": {"a:1:b"}, "field.x": {"x"}}), 200},
		"a message that is not there":      {"/press", with(url.Values{"surface": {"post:x/1/1"}, "press": {"a:1:b"}}), 200},
		"a clock step that is none":        {"/clock", with(url.Values{"by": {"-1h"}}), 400},
		"a page that is not open":          {"/press", url.Values{"tab": {"x"}, "surface": {"home"}, "press": {"a:1:b"}}, 200},
	} {
		t.Run(name, func(t *testing.T) {
			response, err := http.PostForm(s.URL+tc.path, tc.form)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != tc.status {
				t.Errorf("status %d, want %d", response.StatusCode, tc.status)
			}
			select {
			case in := <-b.inbound:
				t.Errorf("the bot heard %+v", in)
			default:
			}
		})
	}
}

func TestSomebodyElsesDirectMessageCannotBePressedOrDownloaded(t *testing.T) {
	t.Parallel()
	b := &told{inbound: make(chan bot.Inbound, 10)}
	s := newServer(t, b, Options{})
	sam := Account("sam")
	e := dialog.Effect{Handle: "amber-heron-42", Version: 1, Kind: dialog.Message, To: "sam"}
	receipt := s.bench.Deliver(t.Context(), bot.Delivery{
		ID: e.ID(), Kind: e.Kind, Effect: e, Handle: e.Handle, Version: 1, Home: Home(), To: &sam,
		File: &dialog.File{Name: "x.md", Type: "text/markdown", Content: []byte("x")},
	})
	kim := openPage(t, s.URL, "kim") // with dana at her side
	composer := kim.the("the composer", byID("left-composer"))
	tab := attr(find(composer, func(n *html.Node) bool { return attr(n, "name") == "tab" }), "value")
	response, err := http.PostForm(s.URL+"/press", url.Values{
		"tab": {tab}, "side": {"left"}, "surface": {"post:" + string(receipt.Ref)}, "press": {"amber-heron-42:1:approve"},
	})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if len(b.inbound) > 0 {
		t.Error("the press reached the bot")
	}
	response, err = http.Get(s.URL + "/file/post?" + url.Values{"tab": {tab}, "ref": {string(receipt.Ref)}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("the file: status %d, want 404", response.StatusCode)
	}
}

func TestAClockThatIsNotToBeMovedIsNot(t *testing.T) {
	t.Parallel()
	s := newServer(t, &adaptertest.Bot{}, Options{Steady: true})
	before := s.bench.options.Clock.Now()
	response, err := http.PostForm(s.URL+"/clock", url.Values{"by": {"1h"}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusNotFound && response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("status %d, want that there is no such thing", response.StatusCode)
	}
	if moved := s.bench.options.Clock.Now().Sub(before); moved > time.Minute {
		t.Errorf("the clock moved by %v", moved)
	}
}
