package web

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"curbside/rules"
)

// firstTopic is what the explorer opens on: where the states differ most.
const firstTopic rules.TopicID = "harm_to_others"

// An explorer shows the law that the packs hold, as it is written there and
// without a question asked.
type explorer struct {
	*site
	book *rules.Book
}

// A reading is one look at the law of one day.
type reading struct {
	*explorer
	day   rules.Date
	asked bool // for this day, which is not today
}

// explorerData is what every page of the explorer begins with.
type explorerData struct {
	Title    string
	Practice string
	Map      bool // the page is the map
	Compare  bool // the page is the comparison
	Day      rules.Date
	Asked    bool   // the day is not today
	Here     string // the page's own path
	Now      string // the page on the day of today
	MapLink  string
	TwoLink  string
}

// explore adds the explorer's pages, when there is a book to show.
func (s *site) explore(mux *http.ServeMux) {
	if s.options.Book == nil {
		return
	}
	e := &explorer{site: s, book: s.options.Book}
	mux.HandleFunc("GET /rules", e.read(reading.overview))
	mux.HandleFunc("GET /rules/compare", e.read(reading.comparison))
	mux.HandleFunc("GET /rules/{jurisdiction}", e.read(reading.jurisdiction))
}

// read answers a request with the law of the day it asks for, or of today.
func (e *explorer) read(show func(reading, http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		today := rules.DateOf(e.now())
		look := reading{explorer: e, day: today}
		if asked := r.URL.Query().Get("as-of"); asked != "" {
			day, err := rules.ParseDate(asked)
			if err != nil {
				look.refuse(w, http.StatusBadRequest, "That is no day", "A day is written as year, month and day, such as 2027-01-01.")
				return
			}
			look.day, look.asked = day, day != today
		}
		show(look, w, r)
	}
}

// topics are the book's, the most urgent first.
func (e *explorer) topics() []rules.Topic {
	return slices.SortedFunc(slices.Values(e.book.Vocabulary().Topics), func(a, b rules.Topic) int {
		return cmp.Compare(a.Order, b.Order)
	})
}

// topic returns the topic a request asks for; it answers the request and returns
// false when there is none of that name.
func (e reading) topic(w http.ResponseWriter, r *http.Request) (rules.Topic, bool) {
	asked := cmp.Or(rules.TopicID(r.URL.Query().Get("topic")), firstTopic)
	t, ok := e.book.Topic(asked)
	if !ok {
		e.refuse(w, http.StatusNotFound, "There is no such topic", "The map lists the topics that the packs know.")
		return rules.Topic{}, false
	}
	return *t, true
}

// link leads to a page of the explorer, on the day that is shown. Pairs are names
// and values of the query.
func (e reading) link(path string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	if e.asked {
		query.Set("as-of", e.day.String())
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// place leads to the page of a jurisdiction, and there to a topic when its packs
// say something on it.
func (e reading) place(id rules.JurisdictionID, topic rules.TopicID) string {
	link := e.link("/rules/" + string(id))
	if speaks(e.book.Packs(id), topic) {
		link += "#topic-" + string(topic)
	}
	return link
}

// speaks reports whether packs say anything on a topic, on whatever day.
func speaks(packs []*rules.Pack, topic rules.TopicID) bool {
	return slices.ContainsFunc(packs, func(p *rules.Pack) bool {
		return slices.ContainsFunc(p.Rules, func(r rules.Rule) bool { return slices.Contains(r.Topics, topic) }) ||
			slices.ContainsFunc(p.Statements, func(s rules.Statement) bool { return slices.Contains(s.Topics, topic) })
	})
}

// show sends a page of the explorer.
func (e reading) show(w http.ResponseWriter, status int, template string, data any) {
	var out bytes.Buffer
	if err := e.pages.ExecuteTemplate(&out, template, data); err != nil {
		e.failed(w, template, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // a reader that has gone needs no answer
}

// refuse says why there is nothing to show.
func (e reading) refuse(w http.ResponseWriter, status int, title, text string) {
	e.show(w, status, "rules-refused", struct {
		explorerData
		Text string
	}{e.head(title, "/rules"), text})
}

// head is the beginning of the page at a path; pairs are what its query asks for
// besides the day.
func (e reading) head(title, path string, pairs ...string) explorerData {
	now := e
	now.asked = false
	return explorerData{
		Title: title, Practice: e.options.Practice().Name, Day: e.day, Asked: e.asked, Here: path,
		Now: now.link(path, pairs...), MapLink: e.link("/rules"), TwoLink: e.link("/rules/compare"),
	}
}
