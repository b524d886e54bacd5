package web

import (
	"context"
	"time"

	"curbside/bot"
	"curbside/dialog"
)

// An Entry is one message as the board keeps it: where it stands and what it was
// rendered from, in ids and codes. What it says is rendered when it is looked at.
type Entry struct {
	Ref     bot.Ref         `json:"ref"` // the id of the effect that posted it
	Seq     int             `json:"seq"` // its place in the order of posting
	Effect  dialog.Effect   `json:"effect"`
	Version uint64          `json:"version"` // of the consult that it shows
	To      dialog.PersonID `json:"to,omitempty"`
	Mention dialog.PersonID `json:"mention,omitempty"` // a line in the thread that calls somebody
	At      time.Time       `json:"at"`
	Changed time.Time       `json:"changed"`
}

// A Board keeps which messages there are, so that the page shows the same ones
// after a restart. It is safe for concurrent use.
type Board interface {
	// Load returns all entries, in any order.
	Load(ctx context.Context) ([]Entry, error)
	// Save keeps e in the place of the entry with the same Ref.
	Save(ctx context.Context, e Entry) error
}
