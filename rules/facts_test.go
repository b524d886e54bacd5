package rules

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestAnswersAsJSON(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct {
		name, text string
		want       Facts
	}{
		{"nothing asked yet", `{}`, Facts{}},
		{"yes and no", `{"means":false,"threat":true}`, Facts{"threat": known(Yes), "means": known(No)}},
		{"a choice", `{"victim":"named"}`, Facts{"victim": known("named")}},
		{"several choices", `{"harms":["physical","sexual"]}`, Facts{"harms": known("physical", "sexual")}},
		{"none of the choices", `{"harms":[]}`, Facts{"harms": {Values: []Value{}}}},
		{"I don't know", `{"threat":null}`, Facts{"threat": dontKnow}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := b.ParseFacts([]byte(test.text))
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Fatalf("read is %v, %v and not %v", got, err, test.want)
			}
			written, err := json.Marshal(got)
			if err != nil || string(written) != test.text {
				t.Errorf("written is %s, %v and not %s", written, err, test.text)
			}
		})
	}
}

func TestAListOfOneChoiceIsReadLikeTheChoice(t *testing.T) {
	b := testBook(t)
	if got := answers(t, b, `{"harms":["physical"]}`); !reflect.DeepEqual(got, Facts{"harms": known("physical")}) {
		t.Errorf("read is %v", got)
	}
	if got := answers(t, b, `{"harms":["sexual","physical"]}`); !reflect.DeepEqual(got, Facts{"harms": known("physical", "sexual")}) {
		t.Errorf("the choices are not sorted: %v", got)
	}
}

func TestAnswersThatAreNoneAreRefused(t *testing.T) {
	b := testBook(t)
	for _, test := range []struct{ name, text, want string }{
		{"no object", `[]`, "reading the answers: "},
		{"half an object", `{"threat":`, "reading the answers: "},
		{"a number", `{"threat":1}`, `reading the answers: an answer is true, false, "a choice", ["a","list"] or null for I don't know`},
		{"an object", `{"threat":{}}`, "reading the answers: an answer is"},
		{"a list of numbers", `{"harms":[1]}`, "reading the answers: an answer is"},
		{"a fact that does not exist", `{"thret":true}`, `unknown fact "thret"; did you mean "threat"?`},
		{"a choice that does not exist", `{"victim":"somebody"}`, `"somebody" is no answer to fact "victim"; give one of [named group public]`},
		{"yes to a choice", `{"victim":true}`, `"yes" is no answer to fact "victim"`},
		{"a list for a bool", `{"threat":[]}`, `fact "threat" has 0 answers; give one of [no yes]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := b.ParseFacts([]byte(test.text))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("the error is %v and not %s", err, test.want)
			}
		})
	}
}

func FuzzParseFacts(f *testing.F) {
	for _, seed := range []string{`{"threat":true,"victim":"named"}`, `{"harms":["physical"],"means":null}`, `{"harms":[]}`, `{"threat":"yes"}`, `null`} {
		f.Add([]byte(seed))
	}
	b := testBook(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		facts, err := b.ParseFacts(data)
		if err != nil {
			return
		}
		if _, err := b.Evaluate(testQuery(facts, "harm", "child")); err != nil {
			t.Errorf("%v is read and then refused: %v", facts, err)
		}
		written, err := json.Marshal(facts)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := b.ParseFacts(written); err != nil || !reflect.DeepEqual(again, facts) {
			t.Errorf("%v is written as %s and read as %v, %v", facts, written, again, err)
		}
	})
}

func TestDates(t *testing.T) {
	d, err := ParseDate("2026-02-28")
	if err != nil || d.String() != "2026-02-28" {
		t.Errorf("read is %v, %v", d, err)
	}
	for _, wrong := range []string{"", "2026-02-30", "28.2.2026", "2026-2-8"} {
		if d, err := ParseDate(wrong); err == nil {
			t.Errorf("%q is read as %v", wrong, d)
		}
	}
	if !d.Before(Date{2026, 3, 1}) || d.Before(d) || (Date{}).String() != "" {
		t.Error("days are out of order")
	}
}
