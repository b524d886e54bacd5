package deid_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"curbside/dialog/deid"
)

func TestReplaceIsConsistentWithinOneText(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"one person is one placeholder": {
			"Candace called. Then Candace's mother called Lorenzo.",
			"[name] called. Then [name] mother called [name 2].",
		},
		"kinds are counted apart": {
			"Seen 6/30 in Truckee, again 7/14 in Kalamazoo.",
			"Seen [date] in [city], again [date 2] in [city 2].",
		},
		"a relative is called what they are": {
			"Her brother Lorenzo has a gun.",
			"Her brother [sibling] has a gun.",
		},
		"placeholders that were there stand for somebody else": {
			"[name] met Candace.",
			"[name] met [name 2].",
		},
		"nothing to find changes nothing": {
			"Client denies SI.",
			"Client denies SI.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, _ := scrubber(t).Replace(tc.in); got != tc.want {
				t.Errorf("Replace(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestSpansAreCodePointsOfTheOriginal(t *testing.T) {
	t.Parallel()
	text := "Größe 🎉 — I met Gr\u200bace."
	spans := scrubber(t).Find(text)
	if len(spans) == 0 {
		t.Fatal("nothing found")
	}
	last := spans[len(spans)-1]
	if got := string([]rune(text)[last.Start:last.End]); got != "Gr\u200bace" {
		t.Errorf("the last span is %q", got)
	}
}

func TestWhatCannotBeReadIsRefusedWhole(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no UTF-8": "Client \xff called",
		"too long": strings.Repeat("a ", deid.MaxBytes),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := scrubber(t)
			spans := s.Find(text)
			if len(spans) != 1 || spans[0].Kind != deid.Unreadable || spans[0].Start != 0 || spans[0].End != utf8.RuneCountInString(text) {
				t.Fatalf("got %+v", spans)
			}
			if got, _ := s.Replace(text); got != "[unreadable]" {
				t.Errorf("Replace gives %.40q", got)
			}
		})
	}
}

func TestAPracticeCanAllowWordsButNoIdentifier(t *testing.T) {
	t.Parallel()
	s, err := deid.New(deid.Options{
		Allow:  []string{"Zorblax", "Whitfield", "614-555-0188", "a@b.example", "June"},
		Forbid: []string{"sunflower"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ in, want string }{
		"its own word stands":            {"We used the Zorblax method.", "We used the Zorblax method."},
		"a telephone number goes":        {"Call 614-555-0188 now.", "Call [phone] now."},
		"an address goes":                {"Write a@b.example now.", "Write [email] now."},
		"a date goes":                    {"It was June 30 then.", "It was [date] then."},
		"a name after a title goes":      {"Dr. Whitfield called.", "Dr. [name] called."},
		"what it forbids goes":           {"She held a sunflower.", "She held a [name]."},
		"what it forbids goes in plural": {"She held Sunflowers.", "She held [name]."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, _ := s.Replace(tc.in); got != tc.want {
				t.Errorf("Replace(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestNobodyCanClaimAPlaceholder(t *testing.T) {
	t.Parallel()
	s := scrubber(t)
	for _, text := range []string{"[Candace] called", "[name Candace] called", "[name 614] called", "[NAME Whitfield]", "[name\nCandace]"} {
		if spans := s.Find(text); len(spans) == 0 {
			t.Errorf("nothing found in %q", text)
		}
	}
}

func TestMergeOnlyAdds(t *testing.T) {
	t.Parallel()
	first := []deid.Span{deid.Name.Of(2, 5), deid.Date.Of(10, 12)}
	got := deid.Merge(first, []deid.Span{deid.Place.Of(4, 7), deid.Code.Of(20, 22), deid.Kind("odd").Of(30, 31)})
	want := []struct {
		start, end int
		kind       deid.Kind
	}{{2, 7, deid.Name}, {10, 12, deid.Date}, {20, 22, deid.Code}, {30, 31, deid.Code}}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i, w := range want {
		if got[i].Start != w.start || got[i].End != w.end || got[i].Kind != w.kind {
			t.Errorf("span %d is %+v, want %+v", i, got[i], w)
		}
	}
}

func TestTheListsArePinned(t *testing.T) {
	t.Parallel()
	if got := scrubber(t).Lists(); len(got) != 64 {
		t.Errorf("Lists() = %q, want a SHA-256", got)
	}
}
