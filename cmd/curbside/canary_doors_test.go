package main

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"curbside/dialog"
)

// addressDoors are the paths and queries of the workbench and its rules.
func addressDoors(d *canaryDay) []entrance {
	var doors []entrance
	for _, path := range []string{"/", "/events", "/file/post", "/file/private", "/rules", "/rules/compare", "/rules/us-ca", "/static/workbench.css", "/nowhere"} {
		for _, key := range []string{"left", "tab", "ref", "topic", "a", "as-of", "page"} {
			doors = append(doors, entrance{"GET " + path + "?" + key + "=…", func(p plant) []byte {
				return d.dana.request(request{method: http.MethodGet, path: path, query: url.Values{key: {p.text}}})
			}})
		}
		doors = append(doors, entrance{"GET " + path + " with a parameter of that name", func(p plant) []byte {
			return d.dana.request(request{method: http.MethodGet, path: path, query: url.Values{p.text: {"1"}}})
		}}, entrance{"GET below " + path, func(p plant) []byte {
			return d.dana.request(request{method: http.MethodGet, path: strings.TrimSuffix(path, "/") + "/" + url.PathEscape(p.text)})
		}})
	}
	return append(doors, entrance{"a method of that name", func(p plant) []byte {
		return d.dana.request(request{method: word(p.text), path: "/press"})
	}})
}

// word keeps the letters and digits of a text, and the marks that a code may hold.
func word(s string) string {
	return regexp.MustCompile(`[^A-Za-z0-9_.-]`).ReplaceAllString(s, "")
}

// headerDoors are the heads of requests that are answered and of some that are not.
func headerDoors(d *canaryDay) []entrance {
	var doors []entrance
	for _, key := range []string{
		"User-Agent", "Referer", "Origin", "Cookie", "Authorization", "X-Forwarded-For", "X-Request-Id", "Traceparent", "Accept-Language", "Accept",
		"Host", "If-None-Match", "Last-Event-Id", "Hx-Current-Url", "Hx-Prompt", "Hx-Target", "Content-Disposition", "Content-Language", "X-Canary",
	} {
		doors = append(doors, entrance{"the header " + key, func(p plant) []byte {
			value := url.PathEscape(p.text)
			if key == "Cookie" {
				value = "session=" + value
			}
			header := http.Header{key: {value}}
			back := d.dana.request(request{method: http.MethodGet, path: "/rules", header: header})
			return append(back, d.dana.request(request{method: http.MethodPost, path: "/command", header: header, form: url.Values{"typed": {"/consult help"}, "tab": {d.dana.tab}, "side": {"left"}}})...)
		}})
	}
	return doors
}

// composerDoors are what is typed as a command, and the fields beside it.
func composerDoors(d *canaryDay) []entrance {
	typed := func(p plant, pattern string) []byte {
		return d.sam.request(request{method: http.MethodPost, path: "/command", form: url.Values{"tab": {d.sam.tab}, "side": {"right"}, "typed": {strings.ReplaceAll(pattern, "%", p.text)}}})
	}
	var doors []entrance
	for _, pattern := range []string{"%", "/consult list %", "/consult duty %", "/consult help\n%", "/consult %", "/%", "consult %", "/consult\u00a0%"} {
		doors = append(doors, entrance{"the command " + strconv.Quote(pattern), func(p plant) []byte { return typed(p, pattern) }})
	}
	return append(doors, fieldsOf(d, "/command", url.Values{"typed": {"/consult help"}})...)
}

// fieldsOf are the fields that a form of the page carries unseen, and some that none has.
func fieldsOf(d *canaryDay, path string, rest url.Values) []entrance {
	var doors []entrance
	for _, field := range []string{"tab", "side", "surface", "press", "pick", "page", "by", "field.text", "field.other", "anything"} {
		doors = append(doors, entrance{"POST " + path + ", field " + field, func(p plant) []byte {
			form := url.Values{"tab": {d.sam.tab}, "side": {"right"}, "surface": {"home"}}
			for k, v := range rest {
				form[k] = v
			}
			form.Set(field, p.text)
			return d.sam.request(request{method: http.MethodPost, path: path, form: form})
		}})
	}
	return append(doors, entrance{"POST " + path + ", a field of that name", func(p plant) []byte {
		return d.sam.request(request{method: http.MethodPost, path: path, form: url.Values{"tab": {d.sam.tab}, "side": {"right"}, p.text: {p.text}}})
	}})
}

// pressDoors put a plant into each part of everything that can be pressed, as it
// is and as a word that a part may hold.
func pressDoors(d *canaryDay) []entrance {
	var doors []entrance
	seen := map[string]bool{}
	for _, h := range []*hand{d.dana, d.sam} {
		h.look()
		for _, f := range formsIn(d.t, h.pane) {
			presses := f.values["press"]
			for _, b := range f.buttons {
				if b.name == "press" {
					presses = append(presses, b.value)
				}
			}
			for _, press := range presses {
				parts := strings.Split(press, ":")
				if f.action != "/press" || len(parts) < 3 || seen[h.side+strings.Join(parts[2:], ":")] {
					continue
				}
				seen[h.side+strings.Join(parts[2:], ":")] = true
				doors = append(doors, partsOf(h, f.values.Get("surface"), parts)...)
			}
		}
	}
	for _, path := range []string{"/press", "/submit", "/cancel", "/dismiss", "/silence", "/clock"} {
		doors = append(doors, fieldsOf(d, path, nil)...)
	}
	return doors
}

func partsOf(h *hand, surface string, parts []string) []entrance {
	var doors []entrance
	for i := range len(parts) + 1 { // one argument more than there is, as well
		changed := make([]string, max(len(parts), i+1))
		copy(changed, parts)
		name := strings.Join(parts[2:], ":")
		doors = append(doors, entrance{"the " + h.side + " press " + name + ", part " + strconv.Itoa(i), func(p plant) []byte {
			var back []byte
			for _, text := range []string{p.text, word(p.text)} {
				changed[i] = text
				back = append(back, h.request(request{method: http.MethodPost, path: "/press", form: url.Values{
					"tab": {h.tab}, "side": {h.side}, "surface": {surface}, "press": {strings.Join(changed, ":")}, "pick": {word(p.text)},
				}})...)
			}
			return back
		}})
	}
	return doors
}

// fieldDoors are the free texts: the clinician's, and those of who decides.
func fieldDoors(d *canaryDay) []entrance {
	d.dana.look()
	var doors []entrance
	doors = append(doors, freeText(d, d.dana, "question", ""), freeText(d, d.dana, "rationale", ""))
	d.dana.press("Ask a supervisor")
	for _, kind := range []string{"condition", "decline", "inquiry"} {
		doors = append(doors, freeText(d, d.sam, kind, "2"))
	}
	return doors
}

// freeText is the form of one kind of note. It is opened anew for each plant, as
// its press is one of the consult as it then stands.
func freeText(d *canaryDay, h *hand, kind, number string) entrance {
	return entrance{"the free text of a " + kind, func(p plant) []byte {
		h.look()
		press, surface := ownWords(d, h, kind, number)
		h.send("/press", url.Values{"surface": {surface}, "press": {press}})
		for _, f := range formsIn(d.t, h.pane) {
			if f.action != "/submit" {
				continue
			}
			f.values.Set("field.text", "She told me of "+p.text+" last week, and I wonder what that changes.")
			f.values.Set("tab", h.tab)
			f.values.Set("side", h.side)
			back := h.request(request{method: http.MethodPost, path: "/submit", form: f.values})
			if !bytes.Contains(back, []byte("fault")) {
				d.t.Errorf("the free text of a %s takes %s", kind, p.kind)
			}
			return back
		}
		d.t.Errorf("there is no form for a %s behind %s; the pane says: %s", kind, press, h.says())
		return nil
	}}
}

// ownWords returns the press that opens a form, as the page would make it, and
// what it is pressed on.
func ownWords(d *canaryDay, h *hand, kind, number string) (press, surface string) {
	for _, f := range formsIn(d.t, d.dana.pane) {
		for _, text := range f.values["press"] {
			if parts := strings.Split(text, ":"); len(parts) > 3 && dialog.Action(parts[2]) == dialog.ActOwnWords {
				parts[3] = kind
				if number != "" {
					parts = append(parts[:4], number)
				}
				return strings.Join(parts, ":"), f.values.Get("surface")
			}
		}
	}
	d.t.Fatalf("nothing opens a form for %s; the pane says: %s", h.side, d.dana.says())
	return "", ""
}

// bodyDoors are bodies that are no form of the page.
func bodyDoors(d *canaryDay) []entrance {
	var doors []entrance
	for name, make := range map[string]func(p plant) request{
		"JSON": func(p plant) request {
			return request{body: `{"typed":` + strconv.Quote(p.text) + `}`, contentType: "application/json"}
		},
		"plain text": func(p plant) request { return request{body: p.text, contentType: "text/plain"} },
		"a form that breaks": func(p plant) request {
			return request{body: "typed=%ZZ" + p.text, contentType: "application/x-www-form-urlencoded"}
		},
		"a type of content": func(p plant) request { return request{body: "x", contentType: "text/" + word(p.text)} },
		"a file": func(p plant) request {
			return request{contentType: "multipart/form-data; boundary=b", body: "--b\r\nContent-Disposition: form-data; name=\"typed\"; filename=" + strconv.Quote(p.text) + "\r\n\r\n" + p.text + "\r\n--b--\r\n"}
		},
		"too long": func(p plant) request {
			return request{contentType: "application/x-www-form-urlencoded", body: "typed=" + strings.Repeat(url.QueryEscape(p.text)+"+", 4000)}
		},
	} {
		for _, path := range []string{"/command", "/submit"} {
			doors = append(doors, entrance{"a body to " + path + ": " + name, func(p plant) []byte {
				r := make(p)
				r.method, r.path = http.MethodPost, path
				return d.dana.request(r)
			}})
		}
	}
	return doors
}

// metricsDoors are where Prometheus asks.
func metricsDoors(d *canaryDay) []entrance {
	prometheus := &hand{t: d.t, url: d.metrics}
	return []entrance{
		{"the metrics with a query", func(p plant) []byte {
			return prometheus.request(request{method: http.MethodGet, path: "/metrics", query: url.Values{"name[]": {p.text}}})
		}},
		{"a path beside the metrics", func(p plant) []byte {
			return prometheus.request(request{method: http.MethodGet, path: "/" + url.PathEscape(p.text)})
		}},
		{"the metrics with a header", func(p plant) []byte {
			return prometheus.request(request{method: http.MethodGet, path: "/metrics", header: http.Header{"User-Agent": {url.PathEscape(p.text)}}})
		}},
	}
}

// commandLineDoors are the texts that the program takes from a terminal.
func commandLineDoors(d *canaryDay) []entrance {
	line := func(stdin string, args ...string) []byte {
		var out, errs bytes.Buffer
		run(d.t.Context(), args, strings.NewReader(stdin), &out, &errs)
		return append(out.Bytes(), errs.Bytes()...)
	}
	return []entrance{
		{"scrub, from standard input", func(p plant) []byte { return line("She told me of "+p.text+" last week.", "scrub") }},
		{"scrub, alone on a line", func(p plant) []byte { return line(p.text+"\n", "scrub") }},
		{"scrub, lines of JSON", func(p plant) []byte {
			return bytes.ReplaceAll(line(`{"id":1,"text":`+strconv.Quote("It was "+p.text+" again.")+"}\n", "scrub", "--jsonl"), []byte(`\u003c`), []byte("<"))
		}},
		{"scrub, a line that is no JSON", func(p plant) []byte { return line(p.text+"\n", "scrub", "--jsonl") }},
		{"scrub, words allowed and forbidden", func(p plant) []byte {
			return line("It was "+p.text+" again.", "scrub", "--forbid", strings.ReplaceAll(p.text, ",", " "), "--allow", "nothing")
		}},
		{"scrub, with an argument", func(p plant) []byte { return line("", "scrub", p.text) }},
	}
}
