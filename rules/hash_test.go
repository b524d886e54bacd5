package rules

import (
	"testing"
	"testing/fstest"
)

func TestThePackHashFollowsTheTextAndNothingElse(t *testing.T) {
	hash := func(t *testing.T, b *Book) string {
		t.Helper()
		p, ok := b.Pack("US-BB")
		if !ok {
			t.Fatal("there is no pack")
		}
		return p.Hash
	}
	base := hash(t, testBook(t))
	for _, test := range []struct {
		name, old, new string
		changes        bool
	}{
		{"a comment", "# Invented law for tests.", "# Something else.\n\n", false},
		{"the order of keys", "jurisdiction: US-BB\nname: Beta\n", "name: Beta\njurisdiction: US-BB\n", false},
		{"the layout", "topics: [harm]", "topics:\n      - harm", false},
		{"quotes", "title: You may warn", `title: "You may warn"`, false},
		{"a letter of a title", "You may warn", "You may warm", true},
		{"a condition", "threat ? means : reported", "threat ? reported : means", true},
		{"a condition's spaces", "threat ? means : reported", "threat ? means  : reported", true},
		{"a date", "as_of: 2026-01-15", "as_of: 2026-01-16", true},
		{"the confidence", "confidence: high", "confidence: medium", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := hash(t, testBook(t, "us-bb.yaml", test.old, test.new)); (got != base) != test.changes {
				t.Errorf("the hash changed: %v", got != base)
			}
		})
	}
}

func TestTheBookHashCoversEveryFile(t *testing.T) {
	base := testBook(t).Hash()
	if again := testBook(t).Hash(); again != base {
		t.Error("the same files have two hashes")
	}
	for _, edit := range [][]string{
		{"vocabulary.yaml", "A threat to somebody", "A threat"},
		{"actions.yaml", "Say who you are.", "Say your name."},
		{"us-federal.yaml", "Federal law imposes no duty", "Federal law has no duty"},
	} {
		if testBook(t, edit...).Hash() == base {
			t.Errorf("a change of %s does not change the hash", edit[0])
		}
	}
	b := testBook(t)
	more, err := b.Extend(fstest.MapFS{"us-cc.yaml": &fstest.MapFile{Data: []byte("jurisdiction: US-CC\nname: Gamma\nas_of: 2026-01-15\nrules: []\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if more.Hash() == base || b.Hash() != base {
		t.Error("an extension does not change its own hash, or changes the book it extends")
	}
}
