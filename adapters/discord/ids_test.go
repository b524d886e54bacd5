package discord

import (
	"slices"
	"strings"
	"testing"

	"curbside/dialog"
	"curbside/rules"
)

// longestHandle is as long as a handle gets.
func longestHandle() string {
	longest := ""
	for i := range dialog.Handles() / 990 {
		if h := dialog.Handle(i*990 + 989); len(h) > len(longest) {
			longest = h
		}
	}
	return longest
}

func TestEveryPressOfTheVocabularyFitsWithItsMarks(t *testing.T) {
	book, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	handle := longestHandle()
	fits := func(what, id string) {
		if len(id) > maxCustomID {
			t.Errorf("%s: an id of %d: %s", what, len(id), id)
		}
	}
	for _, note := range []dialog.NoteKind{dialog.NoteQuestion, dialog.NoteRationale, dialog.NoteCondition, dialog.NoteDecline, dialog.NoteInquiry} {
		words := draft{
			user: strings.Repeat("9", 20), fields: []dialog.FieldID{"text"},
			press: dialog.Press{Handle: handle, Version: 36*36*36 - 1, Action: dialog.ActOwnWords, Args: []string{string(note), "99"}},
		}
		fits(string(note), words.id(idEdit))
		if !words.fits() {
			t.Errorf("%s: %q cannot be read back", note, words.id(idEdit))
		}
	}
	facts := slices.Clone(book.Vocabulary().Facts)
	for _, place := range book.Jurisdictions() {
		for _, pack := range book.Packs(place) {
			facts = append(facts, pack.Facts...)
		}
	}
	for _, f := range facts {
		press := dialog.Press{Handle: handle, Version: 36*36*36 - 1, Action: dialog.ActAnswer, Args: []string{string(f.ID)}}
		fits(string(f.ID), idPicks+"4"+press.String())
		fits(string(f.ID), idSend+press.String())
		for _, v := range f.Choices {
			fits(string(f.ID), idConfirm+press.With(string(v.ID)).String())
		}
	}
	if !strings.Contains(handle, "-") {
		t.Errorf("%q is no handle", handle)
	}
}
