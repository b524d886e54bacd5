package discord

import "curbside/bot"

// A standing is what a message shows, as far as this process has put it there.
type standing struct {
	version uint64 // of the consult; 0 is not known
	digest  [32]byte
}

// shown is what messages show, by their id, and which message each effect became.
type shown struct {
	recent[string, standing]
	refs recent[string, bot.Ref]
}

// newer reports whether a message shows a later version than this one.
func (s *shown) newer(id string, version uint64) bool {
	now, ok := s.get(id)
	return ok && version != 0 && now.version > version
}

// shows notes what was put into a message. A version that is not known does not
// replace one that is.
func (s *shown) shows(id string, version uint64, digest [32]byte) {
	s.change(id, func(was standing) standing {
		return standing{version: max(was.version, version), digest: digest}
	})
}
