package web

import (
	"bytes"
	"cmp"
	"net/http"
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

// explorerData is what every page of the explorer begins with.
type explorerData struct {
	Title    string
	Practice string
	Map      bool // the page is the map
	Compare  bool // the page is the comparison
}

// explore adds the explorer's pages, when there is a book to show.
func (s *site) explore(mux *http.ServeMux) {
	if s.options.Book == nil {
		return
	}
	e := &explorer{site: s, book: s.options.Book}
	mux.HandleFunc("GET /rules", e.overview)
	mux.HandleFunc("GET /rules/compare", e.comparison)
	mux.HandleFunc("GET /rules/{jurisdiction}", e.jurisdiction)
}

// topics are the book's, the most urgent first.
func (e *explorer) topics() []rules.Topic {
	return slices.SortedFunc(slices.Values(e.book.Vocabulary().Topics), func(a, b rules.Topic) int {
		return cmp.Compare(a.Order, b.Order)
	})
}

// topic returns the topic a request asks for; it answers the request and returns
// false when there is none of that name.
func (e *explorer) topic(w http.ResponseWriter, r *http.Request) (rules.Topic, bool) {
	asked := cmp.Or(rules.TopicID(r.URL.Query().Get("topic")), firstTopic)
	t, ok := e.book.Topic(asked)
	if !ok {
		http.Error(w, "There is no such topic.", http.StatusNotFound)
		return rules.Topic{}, false
	}
	return *t, true
}

// today is the day whose law is shown.
func (e *explorer) today() rules.Date { return rules.DateOf(e.now()) }

// show sends a page of the explorer.
func (e *explorer) show(w http.ResponseWriter, template string, data any) {
	var out bytes.Buffer
	if err := e.pages.ExecuteTemplate(&out, template, data); err != nil {
		e.failed(w, template, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(out.Bytes()) // a reader that has gone needs no answer
}

func (e *explorer) head(title string) explorerData {
	return explorerData{Title: title, Practice: e.options.Practice().Name}
}
