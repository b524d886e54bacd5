package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// scrub runs the command and returns its output and its summary.
func scrub(t *testing.T, in string, args ...string) (out, summary string, err error) {
	t.Helper()
	cmd := newScrubCommand()
	var o, s bytes.Buffer
	cmd.SetIn(strings.NewReader(in))
	cmd.SetOut(&o)
	cmd.SetErr(&s)
	cmd.SetArgs(args)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	err = cmd.ExecuteContext(t.Context())
	return o.String(), s.String(), err
}

func TestScrubReplacesAndSaysHowMuch(t *testing.T) {
	t.Parallel()
	out, summary, err := scrub(t, "Candace called on 6/30.\n")
	if err != nil {
		t.Fatal(err)
	}
	if out != "[name] called on [date].\n" {
		t.Errorf("out = %q", out)
	}
	if summary != "curbside: 2 replaced in 1 text: date 1, name 1\n" {
		t.Errorf("summary = %q", summary)
	}
	if strings.Contains(summary, "Candace") {
		t.Error("the summary repeats the text")
	}
}

func TestScrubTellsToReadTheTextWhenNothingIsFound(t *testing.T) {
	t.Parallel()
	out, summary, err := scrub(t, "Client denies SI.")
	if err != nil {
		t.Fatal(err)
	}
	if out != "Client denies SI." || !strings.Contains(summary, "read it once yourself") {
		t.Errorf("out = %q, summary = %q", out, summary)
	}
}

func TestScrubWritesLinesWithOffsetsOfTheTextRead(t *testing.T) {
	t.Parallel()
	out, _, err := scrub(t, "{\"id\":7,\"text\":\"Größe: Candace called.\"}\n\n{\"id\":\"b\",\"text\":\"Denies SI.\"}\n", "--jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatalf("out = %q", out)
	}
	var first struct {
		ID    int
		Text  string
		Spans []struct {
			Start, End int
			Type       string
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
		t.Fatal(err)
	}
	last := first.Spans[len(first.Spans)-1]
	if first.ID != 7 || last.Start != 7 || last.End != 14 || last.Type != "name" || strings.Contains(first.Text, "Candace") {
		t.Errorf("first line = %+v", first)
	}
	if lines[1] != `{"id":"b","text":"Denies SI.","spans":[]}` {
		t.Errorf("second line = %s", lines[1])
	}
}

func TestScrubDoesNotRepeatALineItCannotRead(t *testing.T) {
	t.Parallel()
	out, _, err := scrub(t, "{\"id\":1,\"text\":\"Denies SI.\"}\nCandace called\n", "--jsonl")
	if err == nil || !strings.Contains(err.Error(), "line 2") || strings.Contains(err.Error(), "Candace") {
		t.Errorf("err = %v", err)
	}
	if !strings.Contains(out, "Denies SI.") {
		t.Errorf("the lines before are lost: %q", out)
	}
}

func TestScrubAsksForASecondOpinionThatCanOnlyAdd(t *testing.T) {
	t.Parallel()
	asked := ""
	analyzer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct{ Text, Language string }
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || r.URL.Path != "/analyze" || q.Language != "en" {
			t.Errorf("asked %s %+v: %v", r.URL.Path, q, err)
		}
		asked = q.Text
		_, _ = w.Write([]byte(`[{"entity_type":"LOCATION","start":18,"end":22,"score":0.9}]`))
	}))
	t.Cleanup(analyzer.Close)
	out, summary, err := scrub(t, "Candace is at the lake.", "--presidio", analyzer.URL)
	if err != nil {
		t.Fatal(err)
	}
	if out != "[name] is at the [city]." || asked == "" || strings.Contains(summary, "no second opinion") {
		t.Errorf("out = %q, summary = %q", out, summary)
	}
}

func TestScrubShowsThatTheSecondOpinionIsMissing(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"it fails":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"it talks nonsense":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
		"it points elsewhere": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`[{"start":3,"end":999}]`)) },
		"it sends the text on": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://203.0.113.9/analyze", http.StatusTemporaryRedirect)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			analyzer := httptest.NewServer(answer)
			t.Cleanup(analyzer.Close)
			out, summary, err := scrub(t, "Candace called.", "--presidio", analyzer.URL)
			if err != nil {
				t.Fatal(err)
			}
			if out != "[name] called." || !strings.Contains(summary, "no second opinion on 1 text") || strings.Contains(summary, "Candace") {
				t.Errorf("out = %q, summary = %q", out, summary)
			}
		})
	}
}

func TestScrubSendsNothingToAnotherComputerUnlessTold(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://203.0.113.9:5002", "http://presidio.example", "http://127.0.0.1.example"} {
		if _, _, err := scrub(t, "Candace called.", "--presidio", url); err == nil {
			t.Errorf("%s was accepted", url)
		}
	}
	for _, url := range []string{"ftp://127.0.0.1", "127.0.0.1:5002", "http://user:secret@127.0.0.1"} {
		if _, _, err := scrub(t, "Candace called.", "--presidio", url, "--presidio-remote"); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", url, err)
		}
	}
}
