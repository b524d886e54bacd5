package bot

import (
	"time"

	"curbside/dialog"
)

// An Office is the practice as it is configured at this moment. It is safe for
// concurrent use and may answer differently after a reload.
type Office interface {
	// Practice returns what the dialog needs, with the chain resolved for now.
	Practice(p PlatformName) *dialog.Practice
	// Person returns who stands behind an account, by ids alone.
	Person(id Identity) (dialog.Person, bool)
	// Account returns a person's account on a platform.
	Account(p dialog.PersonID, on PlatformName) (Identity, bool)
	// Channel returns the practice's consultation channel on a platform.
	Channel(p PlatformName) (Place, bool)
	// Pager returns how a person is reached outside the chat.
	Pager(p dialog.PersonID) (Pager, bool)
	// Keep returns how long a consult is kept after its last change.
	Keep(closed bool) time.Duration
}
