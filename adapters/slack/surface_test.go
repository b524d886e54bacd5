package slack

import (
	"errors"
	"testing"
	"time"

	"curbside/bot"
)

func TestWhatWasLoadedLaterWins(t *testing.T) {
	t.Parallel()
	const card = bot.Ref("C0CONSULTS/1.000001")
	before := time.Now().Add(-time.Minute)
	for name, c := range map[string]struct {
		version uint64
		loaded  func() time.Time
		shown   bool
	}{
		"a newer version is shown":                                              {13, func() time.Time { return before }, true},
		"the same version is shown again":                                       {12, func() time.Time { return before }, true},
		"an older version that was under way is not shown":                      {11, func() time.Time { return before }, false},
		"an older version of which nobody says when it was loaded is not shown": {11, func() time.Time { return time.Time{} }, false},
		"an older version that was loaded later is what the store has kept":     {10, time.Now, true},
		"a version that is not known is shown":                                  {0, func() time.Time { return before }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, wrote := newScreens(), 0
			write := func() error { wrote++; return nil }
			if err := s.show(card, 12, before, write); err != nil {
				t.Fatal(err)
			}
			if err := s.show(card, c.version, c.loaded(), write); err != nil {
				t.Fatal(err)
			}
			if shown := wrote == 2; shown != c.shown {
				t.Errorf("shown: %t, want %t", shown, c.shown)
			}
		})
	}
}

func TestWhatTheStoreHasKeptGoesOnFromThere(t *testing.T) {
	t.Parallel()
	const card = bot.Ref("C0CONSULTS/1.000001")
	s := newScreens()
	var on uint64
	show := func(version uint64, loaded time.Time) {
		t.Helper()
		if err := s.show(card, version, loaded, func() error { on = version; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	show(12, time.Now())
	_ = s.show(card, 10, time.Now(), func() error { return errors.New("slack fails") })
	late := time.Now()
	show(10, time.Now())
	show(11, time.Now())
	show(10, late) // was under way meanwhile
	if on != 11 {
		t.Errorf("the message shows version %d, want 11", on)
	}
}
