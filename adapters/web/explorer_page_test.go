package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"curbside/adapters/adaptertest"
	"curbside/rules"
)

// open reads a page of the explorer as a browser does.
func open(t *testing.T, s *server, path string) *html.Node {
	t.Helper()
	status, page := read(t, s, path)
	if status != http.StatusOK {
		t.Fatalf("%s: status %d", path, status)
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// ids are the ids of a page; one that is there twice fails the test.
func ids(t *testing.T, page *html.Node) []string {
	t.Helper()
	var all []string
	for _, n := range findAll(page, func(n *html.Node) bool { return attr(n, "id") != "" }) {
		if slices.Contains(all, attr(n, "id")) {
			t.Errorf("the id %s is there twice", attr(n, "id"))
		}
		all = append(all, attr(n, "id"))
	}
	return all
}

// newPractice is a library with a practice's own pack beside the shipped ones.
func newPractice(t *testing.T, name, pack string) *server {
	t.Helper()
	book, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	if book, err = book.Extend(fstest.MapFS{name: {Data: []byte(pack)}}); err != nil {
		t.Fatal(err)
	}
	return newServer(t, &adaptertest.Bot{}, Options{Book: book})
}

const laterRule = `jurisdiction: US-TX
name: House rules
as_of: 2026-05-01
rules:
  - id: own.harm.second_opinion
    topics: [harm_to_others, public_safety]
    effect: must
    title: Ask <script>alert(1)</script> "first" & 'then'
    summary: </p><img src=x onerror=alert(1)>
    basis: [ethics_code]
    citations: [House Code § 4]
    professions: [any]
    elements: [{id: near, text: <b>Serious</b> harm is near, when: 'danger == "imminent"'}]
    discharge: {kind: duty, action: document, text: '<style>*{}</style>'}
    deadlines: [{action: document, form: any, hours: 24, from: knowledge, text: "Within a day, by the House Code."}]
    sign_off: concurrent
    effective: {from: 2031-07-01}
    sources: [{title: "<i>House</i>", url: "javascript:alert(1)"}]
    confidence: high
statements:
  - {id: own.harm.note, topics: [harm_to_others, self_harm], text: </article><script>alert(1)</script>, citations: [House Code § 5], confidence: high, sources: [{title: House rules}]}
`

func TestTheMapHas51TilesThatSayWhatTheStatesSay(t *testing.T) {
	t.Parallel()
	s, book := newLibrary(t)
	page := open(t, s, "/rules?topic=harm_to_others")
	list := find(page, byClass("tiles"))
	tiles := findAll(list, byClass("tile"))
	if len(tiles) != 51 {
		t.Errorf("%d tiles, want the states and the District of Columbia", len(tiles))
	}
	places := map[string]bool{}
	for _, n := range findAll(list, func(n *html.Node) bool { return n.Data == "li" }) {
		places[attr(n, "class")] = true
	}
	if len(places) != 51 {
		t.Errorf("the tiles stand in %d places", len(places))
	}
	for name, want := range map[string]struct{ class, word string }{
		"California": {"must", "must"}, "Texas": {"may", "may"}, "Wyoming": {"open_duty", "must?"}, "Mississippi": {"may", "may"},
	} {
		tile := find(list, func(n *html.Node) bool { return strings.HasPrefix(attr(n, "aria-label"), name+".") })
		if !hasClass(tile, want.class) || !strings.HasSuffix(text(tile), "\n"+want.word) {
			t.Errorf("%s is %q and says %q", name, attr(tile, "class"), text(tile))
		}
	}
	counted := 0
	for _, n := range findAll(page, byClass("legend")) {
		counted += len(findAll(n, func(n *html.Node) bool { return n.Data == "a" }))
	}
	if counted != 51 || len(book.Jurisdictions()) != 52 {
		t.Errorf("the legend names %d of %d jurisdictions", counted, len(book.Jurisdictions()))
	}
}

func TestNoLinkOfTheMapLeadsNowhere(t *testing.T) {
	t.Parallel()
	s, book := newLibrary(t)
	there := map[string][]string{}
	for _, id := range book.Jurisdictions() {
		there["/rules/"+string(id)] = ids(t, open(t, s, "/rules/"+string(id)))
	}
	for _, topic := range book.Vocabulary().Topics {
		for _, n := range findAll(open(t, s, "/rules?topic="+string(topic.ID)), func(n *html.Node) bool { return n.Data == "a" }) {
			path, section, deep := strings.Cut(attr(n, "href"), "#")
			if deep && path != "" && !slices.Contains(there[path], section) {
				t.Errorf("%s: %s is not there", topic.ID, attr(n, "href"))
			}
		}
	}
}

func TestWhatIsSaidOnSeveralTopicsStandsOnceAndIsPointedTo(t *testing.T) {
	t.Parallel()
	s := newPractice(t, "us-tx.yaml", laterRule)
	page := open(t, s, "/rules/US-TX")
	all := ids(t, page)
	for _, id := range []string{"own.harm.second_opinion", "own.harm.note"} {
		links := findAll(page, func(n *html.Node) bool {
			return attr(n, "href") == "#"+id && hasClass(closest(n, "ul"), "also")
		})
		if !slices.Contains(all, id) || len(links) != 1 {
			t.Errorf("%s: %d links to it from the other topics", id, len(links))
		}
	}
}

func TestNoPageShowsCodeOrADoubleStop(t *testing.T) {
	t.Parallel()
	s, book := newLibrary(t)
	odd := regexp.MustCompile(`==|&&|\|\||[^.]\.\.(\s|$)|Only if (\n|$)|\?\.\s`)
	for _, id := range book.Jurisdictions() {
		main := find(open(t, s, "/rules/"+string(id)), func(n *html.Node) bool { return n.Data == "main" })
		if got := odd.FindString(text(main)); got != "" {
			at := odd.FindStringIndex(text(main))[0]
			t.Errorf("%s holds %q: …%s…", id, got, text(main)[max(0, at-80):at+20])
		}
	}
}

func TestHostileLawIsShownAsText(t *testing.T) {
	t.Parallel()
	s := newPractice(t, "us-tx.yaml", laterRule)
	for _, path := range []string{"/rules/US-TX", "/rules/compare?a=US-CA&b=US-TX", "/rules/US-TX?as-of=2031-07-01"} {
		status, page := read(t, s, path)
		if status != http.StatusOK || !strings.Contains(page, "&lt;script&gt;alert(1)") || !strings.Contains(page, "&lt;img src=x") {
			t.Errorf("%s: status %d, and the text is not there", path, status)
		}
		for _, alive := range []string{"<script", "<style", "<img src=x", "<b>", "<i>", "javascript:", " style=", "onerror=alert(1)>"} {
			if strings.Contains(page, alive) {
				t.Errorf("%s holds %q", path, alive)
			}
		}
	}
}

func TestEveryPageOfTheRulesKeepsTheBrowserInBounds(t *testing.T) {
	t.Parallel()
	s, _ := newLibrary(t)
	for _, path := range []string{"/rules", "/rules/US-CA", "/rules/compare", "/rules/US-ZZ", "/rules?topic=none", "/rules?as-of=soon"} {
		response, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Permissions-Policy": "camera=(), geolocation=(), microphone=()", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := response.Header.Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestTwoJurisdictionsStandSideBySide(t *testing.T) {
	t.Parallel()
	s, _ := newLibrary(t)
	page := open(t, s, "/rules/compare?a=US-CA&b=US-TX&topic=harm_to_others")
	ids(t, page)
	for side, want := range map[string]struct{ name, own, strange string }{
		"side-a": {"California", "us-ca.", "us-tx."}, "side-b": {"Texas", "us-tx.", "us-ca."},
	} {
		column := find(page, byID(side))
		if text(find(column, func(n *html.Node) bool { return n.Data == "h2" })) != want.name {
			t.Errorf("%s is not headed %s", side, want.name)
		}
		articles := findAll(column, func(n *html.Node) bool { return n.Data == "article" })
		for _, n := range articles {
			if !strings.HasPrefix(attr(n, "id"), want.own) {
				t.Errorf("beside %s stands %s", want.name, attr(n, "id"))
			}
		}
		if len(articles) < 3 {
			t.Errorf("%s has %d entries", want.name, len(articles))
		}
	}
}

func TestAJurisdictionIsNotComparedWithItself(t *testing.T) {
	t.Parallel()
	s, _ := newLibrary(t)
	for path, twice := range map[string]bool{
		"/rules/compare": false, "/rules/compare?a=US-TX": false, "/rules/compare?a=US-CA&b=US-CA": true,
		"/rules/compare?b=US-CA": true, "/rules/compare?a=US&b=US": true,
	} {
		page := open(t, s, path)
		ids(t, page)
		said := strings.Contains(text(page), "was chosen twice")
		first, second := text(find(page, byID("side-title-a"))), text(find(page, byID("side-title-b")))
		if said != twice || first == second {
			t.Errorf("%s: %s beside %s, and said so: %t", path, first, second, said)
		}
	}
}

func TestTheLawOfAnotherDayIsShown(t *testing.T) {
	t.Parallel()
	s := newPractice(t, "us-tx.yaml", laterRule)
	rule := func(path string) *html.Node { return find(open(t, s, path), byID("own.harm.second_opinion")) }
	now, later := rule("/rules/US-TX"), rule("/rules/US-TX?as-of=2031-07-01")
	if !hasClass(now, "not_in_force") || !strings.HasPrefix(text(now), "Not in force on 2026-11-21 · You must") || !strings.Contains(text(now), "from 2031-07-01") {
		t.Errorf("today the rule is %q: %s", attr(now, "class"), text(now))
	}
	if !hasClass(later, "must") || !strings.HasPrefix(text(later), "You must\n") {
		t.Errorf("in 2031 the rule is %q: %s", attr(later, "class"), text(later))
	}
	for day, want := range map[string]string{"2031-06-30": "may", "2031-07-01": "must"} {
		page := open(t, s, "/rules?topic=harm_to_others&as-of="+day)
		texas := find(page, func(n *html.Node) bool { return strings.HasPrefix(attr(n, "aria-label"), "Texas.") })
		if !hasClass(texas, want) || attr(texas, "href") != "/rules/US-TX?as-of="+day+"#topic-harm_to_others" {
			t.Errorf("on %s Texas is %q and leads to %s", day, attr(texas, "class"), attr(texas, "href"))
		}
		if back := find(page, func(n *html.Node) bool { return text(n) == "Back to today" && n.Data == "a" }); attr(back, "href") != "/rules?topic=harm_to_others" {
			t.Errorf("the way back to today is %q", attr(back, "href"))
		}
		if field := find(page, byID("as-of")); attr(field, "value") != day {
			t.Errorf("the field says %q", attr(field, "value"))
		}
	}
	if strings.Contains(text(open(t, s, "/rules?as-of=2026-11-21")), "Back to today") {
		t.Error("today is called another day")
	}
	if status, page := read(t, s, "/rules/US-TX?as-of=<b>"); status != http.StatusBadRequest || strings.Contains(page, "<b>") {
		t.Errorf("a day that is none: status %d", status)
	}
}

func TestARefusalIsAPageWithAWayOn(t *testing.T) {
	t.Parallel()
	s, _ := newLibrary(t)
	_, page := read(t, s, "/rules/US-ZZ")
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	headings := findAll(root, func(n *html.Node) bool { return n.Data == "h1" })
	way := find(root, func(n *html.Node) bool { return n.Data == "a" && text(n) == "To the map" })
	if len(headings) != 1 || text(headings[0]) != "There is no such jurisdiction" || attr(way, "href") != "/rules" {
		t.Errorf("it says: %s", text(root))
	}
}

func TestTheStrengthOfEveryKindOfLaw(t *testing.T) {
	t.Parallel()
	met := []rules.Element{{ID: "told", When: "threat"}}
	rule := func(e rules.Effect) rules.Rule {
		return rules.Rule{Topics: []rules.TopicID{"harm"}, Effect: e, Elements: met, Confidence: rules.High}
	}
	with := func(r rules.Rule, change func(*rules.Rule)) rules.Rule {
		change(&r)
		return r
	}
	next, last := rules.Date{Year: 2027, Month: 1, Day: 1}, rules.Date{Year: 2026, Month: 12, Day: 31}
	statement := rules.Statement{Topics: []rules.TopicID{"harm"}}
	for name, tc := range map[string]struct {
		want       strength
		rules      []rules.Rule
		statements []rules.Statement
	}{
		"a limit alone":                     {mustNot, []rules.Rule{rule(rules.MustNot)}, nil},
		"a permission beside a limit":       {mayAct, []rules.Rule{rule(rules.MustNot), rule(rules.May)}, nil},
		"good practice alone":               {shouldAct, []rules.Rule{rule(rules.Should)}, nil},
		"a must without a condition":        {manner, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Elements = nil })}, nil},
		"a must of alternatives alone":      {mustAct, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Elements, r.AnyOf = nil, []rules.Limb{{Elements: met}} })}, nil},
		"an unsettled duty":                 {openDuty, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Unsettled = true }), rule(rules.May)}, nil},
		"a duty of low confidence":          {openDuty, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Confidence = rules.Low })}, nil},
		"an unsettled permission":           {unsettled, []rules.Rule{with(rule(rules.May), func(r *rules.Rule) { r.Unsettled = true })}, nil},
		"a statement alone":                 {imposesNo, nil, []rules.Statement{statement}},
		"a statement beside a manner":       {imposesNo, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Elements = nil })}, []rules.Statement{statement}},
		"a duty that begins on another day": {notNow, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Effective.From = next })}, nil},
		"a duty on its last day":            {mustAct, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Effective.Until = last })}, nil},
		"a duty that has ended":             {mayAct, []rules.Rule{with(rule(rules.Must), func(r *rules.Rule) { r.Effective.Until = rules.Date{Year: 2026, Month: 12, Day: 30} }), rule(rules.May)}, nil},
		"nothing":                           {silent, nil, nil},
	} {
		pack := &rules.Pack{Rules: tc.rules, Statements: tc.statements}
		if got := strongest([]*rules.Pack{pack}, "harm", last); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

func TestAClockSaysHowItIsCounted(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]rules.Deadline{
		"At once, by the law's own word; at the latest 24 hours or 1 working day, whichever is earlier": {Immediate: "law", Hours: 24, WorkingDays: 1, Whichever: "earlier"},
		"24 hours or the end of the next working day, whichever is later":                               {Hours: 24, WorkingDays: 1, Until: "end_of_day", Whichever: "later"},
		"72 hours, weekends and holidays left out":                                                      {Hours: 72, DaysOff: "left_out"},
		"the end of the next 2 working days":                                                            {WorkingDays: 2, Until: "end_of_day"},
		"1 hour":                                                                                        {Hours: 1},
	} {
		if got := timeWords(d); got != want {
			t.Errorf("%+v: %q, want %q", d, got, want)
		}
	}
}
