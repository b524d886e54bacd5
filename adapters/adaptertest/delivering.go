package adaptertest

import (
	"bytes"
	"context"
	"strings"

	"curbside/bot"
	"curbside/dialog"
)

// What is delivered stands where it belongs, once, and in its newest version.
var delivering = map[string]func(*scene){
	"the card is posted once, also when its delivery is repeated": func(s *scene) {
		d := s.effect(dialog.PostCard, 1, says("first look"))
		d.Members = []bot.Identity{s.Account(Clinician)}
		first := s.arrives(d)
		second := s.arrives(d)
		if first != second {
			s.t.Errorf("the second receipt says %q, want %q", second, first)
		}
		s.inThread(Clinician, "first look")
		if got := len(s.As(Clinician).Thread(handle)); got != 1 {
			s.t.Errorf("the thread has %d messages, want 1", got)
		}
	},
	"an update lands on the same message": func(s *scene) {
		before := s.opens(says("first look"))
		d := s.effect(dialog.UpdateCard, 2, says("second look"))
		d.Ref = s.card
		if ref := s.arrives(d); ref != s.card {
			s.t.Errorf("the update stands at %q, want %q", ref, s.card)
		}
		after := s.inThread(Clinician, "second look")
		if after.ID != before.ID {
			s.t.Errorf("the update is message %q, want %q", after.ID, before.ID)
		}
		s.nowhere(Clinician, "first look")
	},
	"an older version never replaces a newer one": func(s *scene) {
		s.opens(says("first look"))
		newer := s.effect(dialog.UpdateCard, 5, says("fifth look"))
		older := s.effect(dialog.UpdateCard, 4, says("fourth look"))
		newer.Ref, older.Ref = s.card, s.card
		s.arrives(newer)
		s.arrives(older)
		s.inThread(Clinician, "fifth look")
		s.nowhere(Clinician, "fourth look")
	},
	"a note stands in the consult's thread, below the card": func(s *scene) {
		s.opens(says("the card"))
		s.arrives(s.effect(dialog.PostNote, 1, says("the note")))
		s.inThread(Supervisor, "the note")
		thread := s.As(Supervisor).Thread(handle)
		if len(thread) != 2 || !strings.Contains(thread[0].Text, "the card") {
			s.t.Errorf("the thread is %d messages with %q first", len(thread), thread[0].Text)
		}
	},
	"a file arrives byte for byte under its name": func(s *scene) {
		s.opens(says("the card"))
		want := dialog.File{
			Name: handle + ".pdf", Type: "application/pdf", Title: "Record",
			Content: append([]byte("%PDF-1.7\r\n\x00\xff\xfe"), bytes.Repeat([]byte{0, 1, 2, 253}, 5000)...),
		}
		d := s.effect(dialog.SendFile, 1, dialog.View{})
		d.File = &want
		s.arrives(d)
		s.until("the file is in the thread", func() bool { return s.fileFor(Supervisor) != nil })
		got := s.fileFor(Supervisor)
		if got.Name != want.Name || !bytes.Equal(got.Content, want.Content) {
			s.t.Errorf("got %d bytes as %q, want %d bytes as %q", len(got.Content), got.Name, len(want.Content), want.Name)
		}
	},
	"the practice's channel is private enough": func(s *scene) {
		verdict, err := s.Platform().Check(context.Background(), s.Home())
		if err != nil || !verdict.Private {
			s.t.Errorf("verdict %+v, error %v", verdict, err)
		}
	},
	"a place that is not private is refused, with reason and remedy": func(s *scene) {
		unfit := s.Unfit()
		if len(unfit) == 0 {
			s.t.Fatal("the harness names no unfit place")
		}
		for what, place := range unfit {
			verdict, err := s.Platform().Check(context.Background(), place)
			switch {
			case err != nil:
			case verdict.Private:
				s.t.Errorf("%s: taken for private", what)
			case verdict.Code == "" || verdict.Reason == "" || verdict.Remedy == "":
				s.t.Errorf("%s: refused without saying all: %+v", what, verdict)
			}
		}
	},
}

// fileFor is the first file in the thread.
func (s *scene) fileFor(p Person) *File {
	for _, m := range s.As(p).Thread(handle) {
		if m.File != nil {
			return m.File
		}
	}
	return nil
}
