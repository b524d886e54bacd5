package rules

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// jurisdictions are the states and the District of Columbia.
var jurisdictions = strings.Fields(`
	AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO
	MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY`)

// A gap in a pack is silence that looks like the absence of a duty.
func TestEveryPackSpeaksOnWhatCliniciansBringMost(t *testing.T) {
	book := shippedBook(t)
	topics := []TopicID{"harm_to_others", "self_harm", "child_abuse", "elder_abuse", "dependent_adult_abuse"}
	for _, state := range jurisdictions {
		id := JurisdictionID("US-" + state)
		pack, ok := book.Pack(id)
		if !ok {
			t.Errorf("%s has no pack", id)
			continue
		}
		spoken := map[TopicID]bool{}
		for _, r := range pack.Rules {
			for _, topic := range r.Topics {
				spoken[topic] = true
			}
		}
		for _, s := range pack.Statements {
			for _, topic := range s.Topics {
				spoken[topic] = spoken[topic] || len(s.Citations) > 0
			}
		}
		for _, topic := range topics {
			if !spoken[topic] {
				t.Errorf("%s has neither a rule on %s nor a cited statement that the law is silent", id, topic)
			}
		}
	}
}

// sectionNumber finds the numbers of a citation: sections, volumes and pages.
// Editions of reporters (2d, 4th) are no numbers of their own.
var (
	sectionNumber = regexp.MustCompile(`\d+[A-Za-z]{0,2}(?:[.:–-]\d+[A-Za-z]{0,2})*`)
	virginia      = strings.NewReplacer("VAC", " VAC ")
	edition       = regexp.MustCompile(`^\d+(?:d|nd|rd|th|st)$|^\d$`)
)

func TestEveryCitationOfTheResearchStandsInAPack(t *testing.T) {
	data, err := os.ReadFile("testdata/citations.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var research map[JurisdictionID][]string
	if err := yaml.Unmarshal(data, &research); err != nil {
		t.Fatal(err)
	}
	if len(research) != len(jurisdictions)+1 {
		t.Errorf("the research is on %d jurisdictions, not %d", len(research), len(jurisdictions)+1)
	}
	for id, citations := range research {
		file := strings.ToLower(string(id)) + ".yaml"
		if id == Federal {
			file = "us-federal.yaml"
		}
		pack, err := fs.ReadFile(ShippedFiles(), file)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		for _, citation := range citations {
			for _, number := range sectionNumber.FindAllString(virginia.Replace(citation), -1) {
				if !edition.MatchString(number) && !hasNumber(string(pack), number) {
					t.Errorf("%s does not cite %s (%s)", file, citation, number)
				}
			}
		}
	}
}

// hasNumber reports whether a number stands in a text, and not within another one.
func hasNumber(text, number string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], number)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(number)
		before, after := byte(' '), byte(' ')
		if at > 0 {
			before = text[at-1]
		}
		if end < len(text) {
			after = text[end]
		}
		if !strings.ContainsRune("0123456789.", rune(before)) && !strings.ContainsRune("0123456789", rune(after)) {
			return true
		}
		from = end
	}
}
