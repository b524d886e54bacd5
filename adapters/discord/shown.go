package discord

import (
	"strings"
	"time"

	"curbside/bot"
)

// An edition is a version of a consult on its way to a message.
type edition struct {
	version uint64    // 0 is not known
	loaded  time.Time // when it began to be loaded; zero is not known
	came    time.Time // when it was here, loaded
}

func editionOf(v bot.Delivery) edition { return edition{v.Version, v.Loaded, time.Now()} }

// A standing is what a message shows, as far as this process has put it there.
type standing struct {
	edition
	digest [32]byte
}

// covers reports whether a message that shows s already shows something newer
// than e. A version that began to be loaded after a later one was here is newer
// all the same: the store has lost commits.
func (s standing) covers(e edition) bool {
	return e.version != 0 && s.version > e.version && !e.loaded.After(s.came)
}

// shown is what messages show, by their id, and which message each effect became.
type shown struct {
	recent[string, standing]
	refs recent[string, bot.Ref]
}

// newer reports whether a message shows something newer than e.
func (s *shown) newer(id string, e edition) bool {
	now, ok := s.get(id)
	return ok && now.covers(e)
}

// shows notes what was put into a message. What is not known, or was overtaken,
// does not replace what is there.
func (s *shown) shows(id string, e edition, digest [32]byte) {
	s.change(id, func(was standing) standing {
		if e.version == 0 || was.covers(e) {
			e = was.edition
		}
		return standing{edition: e, digest: digest}
	})
}

// posted are the messages that deliveries have become, so that one that comes
// again posts nothing.
func (s *shown) posted(v bot.Delivery) (bot.Ref, bool) { return s.refs.get(identity(v)) }

func (s *shown) post(v bot.Delivery, ref bot.Ref) { s.refs.put(identity(v), ref) }

// identity is what makes two deliveries the same: their id, and what they say to
// whom. When a store has lost commits, an id may come again for something else.
func identity(v bot.Delivery) string {
	return strings.Join(append([]string{v.ID, string(v.Kind), string(v.Effect.To), v.Effect.Code}, v.Effect.Args...), "|")
}
