package deid_test

import (
	"testing"

	"curbside/dialog/deid"
)

func TestHandlesOfTheProgramStayWhereTheyStandByThemselves(t *testing.T) {
	t.Parallel()
	s, err := deid.New(deid.Options{
		Handle: func(h string) bool { return h == "mellow-heron-442" || h == "plucky-owl-917" },
		Forbid: []string{"plucky"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ text, want string }{
		"in a sentence":             {"See mellow-heron-442 about the stepdad.", "See mellow-heron-442 about the stepdad."},
		"at the start, in capitals": {"Mellow-Heron-442: no change.", "Mellow-Heron-442: no change."},
		"in brackets":               {"Same client (mellow-heron-442), new threat.", "Same client (mellow-heron-442), new threat."},
		"as the owner":              {"mellow-heron-442's deadline is near", "mellow-heron-442's deadline is near"},
		"beside a name":             {"mellow-heron-442, Lorenzo called", "mellow-heron-442, [name] called"},
		"behind the word chart":     {"chart mellow-heron-442", "chart mellow-heron-442"},
	} {
		if got, _ := s.Replace(c.text); got != c.want {
			t.Errorf("%s: %q became %q", name, c.text, got)
		}
	}
	for name, text := range map[string]string{
		"another of the same shape":         "See mellow-heron-443 about it.",
		"as a part of a longer number":      "See mellow-heron-442-5501 about it.",
		"as a part of a longer word":        "See lorenzo-mellow-heron-442 about it.",
		"with something invisible inside":   "See mellow-her\u200bon-442 about it.",
		"with a number that goes on":        "See mellow-heron-442.5501 about it.",
		"with a word that is never to pass": "See plucky-owl-917 about it.",
	} {
		if len(s.Find(text)) == 0 {
			t.Errorf("%s: nothing is found in %q", name, text)
		}
	}
}
