package main

import (
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"curbside/rules"
)

func TestAPictureOfARule(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, rule, golden string }{
		{"a duty with two limbs and its clocks", "us-aa.harm.protect", "graph-protect.svg"},
		{"a bar with an exception", "us.part2.bar", "graph-bar.svg"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := rulesOn(t, "", "graph", test.rule)
			if code != exitOK {
				t.Fatalf("exit %d, said %q", code, errs)
			}
			compareGolden(t, filepath.Join("testdata", "rules", test.golden), out)
		})
	}
}

func TestEveryShippedRuleGivesAPictureThatCanBeRead(t *testing.T) {
	t.Parallel()
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range []rules.JurisdictionID{rules.Federal, "US-CA"} {
		pack, _ := book.Pack(j)
		for i := range pack.Rules {
			rule := &pack.Rules[i]
			g := newGraph(book, j, inWords(book, rule), rules.Date{Year: 2026, Month: 11, Day: 21})
			last := g.Boxes[len(g.Boxes)-1]
			if last.Y+last.Height > g.Height || g.RailEnd+46 > g.Height {
				t.Errorf("%s: the picture ends before its last box", rule.ID)
			}
			if ways := len(rule.Elements) + len(rule.Unless) + len(rule.AnyOf); g.Rail != (ways > 0) {
				t.Errorf("%s: %d ways out, and a rail: %t", rule.ID, ways, g.Rail)
			}
		}
	}
}

func TestAPictureIsWellFormedAndSaysWhatItShows(t *testing.T) {
	t.Parallel()
	_, out, _ := rulesOn(t, "", "graph", "us-aa.harm.protect")
	read := xml.NewDecoder(strings.NewReader(out))
	for {
		if _, err := read.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"<title id=\"rule-title\">You must: Protect the person in danger</title>", "Required: The client voiced a threat", "prefers-color-scheme: dark"} {
		if !strings.Contains(out, want) {
			t.Errorf("the picture does not say %q", want)
		}
	}
}

func TestNoPictureOfARuleThatIsNotThere(t *testing.T) {
	t.Parallel()
	if code, out, errs := rulesOn(t, "", "graph", "us-aa.none"); code == exitOK || out != "" || !strings.Contains(errs, "there is no rule") {
		t.Errorf("exit %d, wrote %q, said %q", code, out, errs)
	}
}
