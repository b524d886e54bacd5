package web

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"curbside/adapters/adaptertest"
	"curbside/rules"
)

// read opens a page of the explorer over the shipped packs.
func read(t *testing.T, s *server, path string) (status int, page string) {
	t.Helper()
	response, err := http.Get(s.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if policy := response.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("%s has the policy %q", path, policy)
	}
	return response.StatusCode, string(body)
}

// shipped is the book of the shipped packs, read once for all tests.
var shipped = sync.OnceValues(rules.Shipped)

func newLibrary(t *testing.T) (*server, *rules.Book) {
	t.Helper()
	book, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return newServer(t, &adaptertest.Bot{}, Options{Book: book}), book
}

func TestEveryRuleCanBeRead(t *testing.T) {
	t.Parallel()
	s, book := newLibrary(t)
	for _, id := range book.Jurisdictions() {
		status, page := read(t, s, "/rules/"+string(id))
		if status != http.StatusOK {
			t.Fatalf("%s: status %d", id, status)
		}
		pack, _ := book.Pack(id)
		for i := range pack.Rules {
			if !strings.Contains(page, `id="`+string(pack.Rules[i].ID)+`"`) {
				t.Errorf("the page of %s leaves out %s", id, pack.Rules[i].ID)
			}
		}
		for i := range pack.Statements {
			if !strings.Contains(page, `id="`+pack.Statements[i].ID+`"`) {
				t.Errorf("the page of %s leaves out %s", id, pack.Statements[i].ID)
			}
		}
		if !strings.Contains(page, pack.Hash) || !strings.Contains(page, "Not reviewed by counsel") {
			t.Errorf("the page of %s does not say which text it shows and that nobody reviewed it", id)
		}
	}
}

func TestTheMapShowsEveryJurisdiction(t *testing.T) {
	t.Parallel()
	s, book := newLibrary(t)
	status, page := read(t, s, "/rules?topic=harm_to_others")
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	for _, id := range book.Jurisdictions() {
		if !strings.Contains(page, `href="/rules/`+string(id)) {
			t.Errorf("the map leaves out %s", id)
		}
	}
}

func TestWhatIsNotInTheBookIsNotFound(t *testing.T) {
	t.Parallel()
	s, _ := newLibrary(t)
	for _, path := range []string{"/rules/US-ZZ", "/rules/<script>", "/rules?topic=astrology", "/rules/compare?a=US-CA&b=US-ZZ"} {
		if status, page := read(t, s, path); status != http.StatusNotFound || strings.Contains(page, "<script>") {
			t.Errorf("%s: status %d", path, status)
		}
	}
	bare := newServer(t, &adaptertest.Bot{}, Options{})
	if status, _ := read(t, bare, "/rules"); status != http.StatusNotFound {
		t.Errorf("without a book: status %d", status)
	}
}

func TestTheStrengthOfALawIsTheMostItSays(t *testing.T) {
	t.Parallel()
	_, book := newLibrary(t)
	today := rules.Date{Year: 2026, Month: 11, Day: 21}
	for name, tc := range map[string]struct {
		id   rules.JurisdictionID
		want strength
	}{
		"California's duty to protect":          {"US-CA", mustAct},
		"Texas's permission":                    {"US-TX", mayAct},
		"Florida's duty to tell the police":     {"US-FL", mustAct},
		"a permission beside an unsettled duty": {"US-WY", openDuty},
		"a permission with nothing open beside": {"US-MS", mayAct},
		"a jurisdiction of which nobody knows":  {"US-ZZ", noPack},
	} {
		if got := strongest(book.Packs(tc.id), "harm_to_others", today); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
	if got := strongest(book.Packs("US-CA"), "no_such_topic", today); got != silent {
		t.Errorf("a topic that no rule has: %s, want %s", got, silent)
	}
}
