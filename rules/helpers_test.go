package rules

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// testFolder returns the invented book with some of its text replaced: pairs of
// old and new after the file's name.
func testFolder(t testing.TB, edits ...string) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	for _, name := range []string{"vocabulary.yaml", "actions.yaml", "us-federal.yaml", "us-aa.yaml", "us-bb.yaml"} {
		data, err := os.ReadFile("testdata/book/" + name)
		if err != nil {
			t.Fatal(err)
		}
		folder[name] = &fstest.MapFile{Data: data}
	}
	for ; len(edits) >= 3; edits = edits[3:] {
		file, ok := folder[edits[0]]
		if !ok || !strings.Contains(string(file.Data), edits[1]) {
			t.Fatalf("%s does not say %q", edits[0], edits[1])
		}
		folder[edits[0]] = &fstest.MapFile{Data: []byte(strings.Replace(string(file.Data), edits[1], edits[2], 1))}
	}
	return folder
}

func testBook(t testing.TB, edits ...string) *Book {
	t.Helper()
	return load(t, testFolder(t, edits...))
}

func load(t testing.TB, folder fs.FS) *Book {
	t.Helper()
	b, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func shippedBook(t testing.TB) *Book {
	t.Helper()
	b, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// answers reads facts in the form of [Facts].
func answers(t testing.TB, b *Book, text string) Facts {
	t.Helper()
	f, err := b.ParseFacts([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// testQuery is a query that the invented book answers.
func testQuery(facts Facts, topics ...TopicID) Query {
	return Query{
		Client: "US-AA", Profession: "psychologist", Topics: topics, Facts: facts, AsOf: Date{2026, 6, 1},
	}
}

func evaluate(t testing.TB, b *Book, q Query) Finding {
	t.Helper()
	f, err := b.Evaluate(q)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// find returns a rule of a finding.
func (f Finding) find(t testing.TB, id RuleID) RuleFinding {
	t.Helper()
	for _, r := range f.Rules {
		if r.Rule.ID == id {
			return r
		}
	}
	t.Fatalf("the finding has no rule %s", id)
	return RuleFinding{}
}

func known(v ...Value) Answer { return Answer{Values: v} }

var dontKnow = Answer{Unknown: true}
