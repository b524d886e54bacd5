package web

import (
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"curbside/dialog"
)

func FuzzDecodePress(f *testing.F) {
	for _, seed := range []string{
		"surface=home&press=amber-heron-42%3A7%3Aanswer%3Avictim%3Ayes",
		"surface=post%3Aamber-heron-42%2F1%2F0&press=amber-heron-42%3A1z%3Atopics&pick=harm&pick=self",
		"surface=private%3A3&press=%3A0%3Aopen", "surface=private%3A-1&press=a", "pick=%00", "surface=post%3A",
	} {
		f.Add(seed)
	}
	code := regexp.MustCompile(`^[A-Za-z0-9_.-]*$`)
	f.Fuzz(func(t *testing.T, body string) {
		form, err := url.ParseQuery(body)
		if err != nil {
			return
		}
		got, err := decodePress(form)
		if err != nil {
			if err != errNotOurs {
				t.Errorf("the error may say what was sent: %v", err)
			}
			return
		}
		if len(got.press.Args) > maxPicks+dialog.MaxPress || !code.MatchString(strings.Join(got.press.Args, "")) {
			t.Errorf("arguments that are no codes: %q", got.press.Args)
		}
		if back, err := parseSurface(got.from.String()); err != nil || back != got.from {
			t.Errorf("surface %+v does not come back: %+v, %v", got.from, back, err)
		}
	})
}

func FuzzDecodeCommand(f *testing.F) {
	for _, seed := range []string{"/consult", "/consult list", "/CONSULT Help me", "/consultation", "my client Jane", " /consult\tlist\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		word, ours := decodeCommand(typed)
		if word != "" && word != "list" && word != "help" {
			t.Errorf("kept %q of what was typed", word)
		}
		if ours != strings.EqualFold(first(strings.Fields(typed)), "/consult") {
			t.Errorf("%q: ours is %v", typed, ours)
		}
	})
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

func FuzzDecodeFields(f *testing.F) {
	f.Add("field.question=may+I%3F%0D%0Aor+must+I%3F&field.other=x")
	f.Add("field.question=%ff%fe&field.question=twice")
	form := dialog.Form{Fields: []dialog.Field{{ID: "question", Required: true, MaxLength: 20}, {ID: "leaning"}}}
	f.Fuzz(func(t *testing.T, body string) {
		sent, err := url.ParseQuery(body)
		if err != nil {
			return
		}
		values, faults := decodeFields(form, sent)
		if len(values) != len(form.Fields) {
			t.Errorf("got %d fields, want those of the form", len(values))
		}
		if len(faults) == 0 && (len([]rune(values["question"])) > 20 || strings.TrimSpace(values["question"]) == "") {
			t.Errorf("%q was taken", values["question"])
		}
	})
}

func TestFieldsAreCheckedBeforeTheyAreSentOn(t *testing.T) {
	t.Parallel()
	form := dialog.Form{Fields: []dialog.Field{{ID: "question", Required: true, MaxLength: 5}, {ID: "leaning", MaxLength: 3}}}
	for name, tc := range map[string]struct {
		sent   url.Values
		faults map[dialog.FieldID]string
	}{
		"an empty required field":              {url.Values{}, map[dialog.FieldID]string{"question": "Please fill this in."}},
		"a field of spaces":                    {url.Values{"field.question": {"  \r\n "}}, map[dialog.FieldID]string{"question": "Please fill this in."}},
		"a text that is too long":              {url.Values{"field.question": {"größere"}}, map[dialog.FieldID]string{"question": "Please shorten this: at most 5 characters."}},
		"characters are counted, not bytes":    {url.Values{"field.question": {"größe"}}, map[dialog.FieldID]string{}},
		"an optional field may be left out":    {url.Values{"field.question": {"may I"}}, map[dialog.FieldID]string{}},
		"an optional field has its length too": {url.Values{"field.question": {"may I"}, "field.leaning": {"warn"}}, map[dialog.FieldID]string{"leaning": "Please shorten this: at most 3 characters."}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, faults := decodeFields(form, tc.sent); !reflect.DeepEqual(faults, tc.faults) {
				t.Errorf("faults %v, want %v", faults, tc.faults)
			}
		})
	}
}
